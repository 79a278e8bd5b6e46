"""The premises map for planners, and its downloads."""

from __future__ import annotations

from enum import StrEnum

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import PageLanguageDep, ServicesDep
from api.reference import reference_response
from maps.paths import PREMISES
from maps.premises_downloads import (
    CSV_NAME,
    GEOJSON_NAME,
    MEDIA_TYPES,
    XLSX_NAME,
    premises_csv,
    premises_geojson,
    premises_xlsx,
)
from maps.premises_map import premises_page

router = APIRouter(prefix=PREMISES, include_in_schema=False)


class Download(StrEnum):
    """A file to take away."""

    CSV = CSV_NAME
    XLSX = XLSX_NAME
    GEOJSON = GEOJSON_NAME


@router.get("", response_class=HTMLResponse)
def page(services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Show the map with its tables."""
    html = premises_page(
        survey=services.premises,
        crosswalk=services.crosswalk,
        lang=lang,
        tiles={"url": services.settings.tile_url, "attribution": services.settings.tile_attribution},
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-cache"})


@router.get("/{name}")
def download(request: Request, name: Download, services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Hand over the register as CSV, XLSX or GeoJSON."""
    if name is Download.CSV:
        content = premises_csv(services.premises)
    elif name is Download.XLSX:
        content = premises_xlsx(services.premises, services.crosswalk, lang)
    else:
        content = premises_geojson(services.premises)
    answer = reference_response(request, services, content, MEDIA_TYPES[name])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name.value}"'
    return answer
