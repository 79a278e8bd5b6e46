"""The old-to-new map."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import PageLanguageDep, ServicesDep
from api.routers.unit_pages import page_response, unit_data
from geo.errors import UnknownUnit
from maps.crosswalk_map import choose, crosswalk_page
from maps.law_rows import Kind
from maps.paths import OLD_TO_NEW
from maps.unit_words import unit_words

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get(OLD_TO_NEW)
def page(
    request: Request,
    services: ServicesDep,
    lang: PageLanguageDep,
    old: Annotated[str, Query(alias="xa")] = "",
    district: Annotated[str, Query(alias="huyen")] = "",
    ward: Annotated[str, Query(alias="phuong")] = "",
) -> Response:
    """Show the map, with what the law did with the unit chosen; of several the first."""
    data = unit_data(services)
    asked: tuple[tuple[Kind, str, str], ...] = (
        ("old", old, "pick_old"),
        ("district", district, "pick_district"),
        ("ward", ward, "pick_ward"),
    )
    choice, problem, status = None, "", HTTPStatus.OK
    for kind, code, field in asked:
        if code:
            try:
                choice = choose(data, services.districts, kind, code, lang)
            except UnknownUnit:
                words = unit_words(lang)
                problem, status = words["unknown_code"].format(code=code[:20], field=words[field]), HTTPStatus.NOT_FOUND
            break
    settings = services.settings
    html = crosswalk_page(
        data,
        services.districts,
        lang,
        choice=choice,
        problem=problem,
        tiles={"url": settings.tile_url, "attribution": settings.tile_attribution},
    )
    return page_response(request, html, status)
