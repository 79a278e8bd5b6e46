"""The page of the trial for planners and leaders, its figures for the page's script, and its annex."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import PageLanguageDep, ServicesDep
from api.reference import reference_response
from api.services import Services
from geo.trial import annex_csv, annex_workbook
from maps.coverage_file import DISPLAY_TOLERANCE_M
from maps.paths import TRIAL
from maps.trial_data import trial_data
from maps.trial_map import ANNEX_NAME, CSV_NAME, DATA_NAME, XLSX_NAME, trial_annex, trial_page
from maps.trial_view import TrialView

router = APIRouter(prefix=TRIAL, include_in_schema=False)

_FRESH = {"Cache-Control": "no-cache"}
"""An import may put new reports in place at any time."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("", response_class=HTMLResponse)
def page(request: Request, services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Show participation and, where reports are loaded, the figure, day and content group that are asked for."""
    view = services.trial.view()
    html = trial_page(
        view=view,
        shapes=services.display[view.generation, DISPLAY_TOLERANCE_M],
        selection=view.selection(request.query_params, lang),
        lang=lang,
        tiles={"url": services.settings.tile_url, "attribution": services.settings.tile_attribution},
    )
    status = HTTPStatus.SERVICE_UNAVAILABLE if view.trouble else HTTPStatus.OK
    return HTMLResponse(html, status, headers=_FRESH)


@router.get(f"/{DATA_NAME}")
def data(request: Request, services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Hand every figure to the page's script."""
    content = orjson.dumps(trial_data(_readable(services), lang))
    return _fresh(reference_response(request, services, content))


@router.get(f"/{ANNEX_NAME}", response_class=HTMLResponse)
def annex(services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Show the annex as a page to print."""
    view = services.trial.view()
    status = HTTPStatus.SERVICE_UNAVAILABLE if view.trouble else HTTPStatus.OK
    return HTMLResponse(trial_annex(view=view, lang=lang, standalone=False), status, headers=_FRESH)


@router.get(f"/{XLSX_NAME}")
def workbook(services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Hand over the annex as a workbook."""
    view = _readable(services)
    content = annex_workbook(view.figures, view.wards, view.loaded, lang)
    return Response(content, media_type=_XLSX, headers={**_FRESH, **_attached(XLSX_NAME)})


@router.get(f"/{CSV_NAME}")
def table(services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Hand over the annex's table of wards as CSV."""
    view = _readable(services)
    content = annex_csv(view.figures, view.wards, view.loaded, lang)
    return Response(content, media_type="text/csv; charset=utf-8", headers={**_FRESH, **_attached(CSV_NAME)})


def _readable(services: Services) -> TrialView:
    """Return the reports; unlike a page, a file has no place to say that they cannot be read."""
    view = services.trial.view()
    if view.trouble:
        raise view.trouble
    return view


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-cache"
    return answer
