"""Pages of wards and old communes, and the lists of both. Units, unlike people's addresses, may stand in an address."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.dependencies import PageLanguageDep, ServicesDep
from api.services import Services
from geo.errors import UnknownUnit
from geo.model import Ward
from maps.paths import OLD_UNITS, WARDS, code_of, old_unit_path, ward_path
from maps.unit_lists import LONGEST_NAME, ListQuery, old_units_list, wards_list
from maps.unit_pages import UnitData, missing_page, old_unit_page, retired_page, ward_page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Slugged = Annotated[str, Path(alias="code", pattern=r"^\d{5}(-.*)?$")]


def _list_query(
    name: Annotated[str, Query(alias="ten")] = "",
    district: Annotated[str, Query(alias="huyen")] = "",
    sort: Annotated[str, Query(alias="xep")] = "",
) -> ListQuery:
    return ListQuery(name=name[:LONGEST_NAME], district=district, sort=sort)


QueryDep = Annotated[ListQuery, Depends(_list_query)]


def unit_data(services: Services) -> UnitData:
    """Gather what the pages of units are made from."""
    return UnitData(index=services.index(), crosswalk=services.crosswalk, pieces=services.pieces)


def page_response(request: Request, html: str, status: int = HTTPStatus.OK) -> Response:
    """Answer with a page that is asked for anew each time and sent only when it has changed.

    Not `reference_response`: a page kept for an hour would name scripts and styles that a new version no longer has.
    """
    body = html.encode()
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        "Cache-Control": "no-cache",
        "Vary": "Accept-Language, Accept-Encoding",
    }
    held = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if status == HTTPStatus.OK and headers["ETag"] in held:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return HTMLResponse(body, status, headers=headers)


@router.get(WARDS)
def list_wards(request: Request, services: ServicesDep, lang: PageLanguageDep, query: QueryDep) -> Response:
    """List the wards."""
    return page_response(request, wards_list(unit_data(services), services.districts, query, lang))


@router.get(OLD_UNITS)
def list_old_units(request: Request, services: ServicesDep, lang: PageLanguageDep, query: QueryDep) -> Response:
    """List the old communes."""
    return page_response(request, old_units_list(unit_data(services), services.districts, query, lang))


@router.get(WARDS + "/{code}")
def show_ward(request: Request, slugged: Slugged, services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Show one ward; the code of an old commune only answers 404 with its successors."""
    data = unit_data(services)
    code = code_of(slugged) or ""
    try:
        ward = data.index.unit(code)
    except UnknownUnit as unknown:
        old = data.crosswalk.old_units.get(code)
        if old is None:
            html = missing_page(data, lang, said=unknown.message(lang), old=False)
        else:
            html = retired_page(data, old, lang)
        return page_response(request, html, HTTPStatus.NOT_FOUND)
    if not isinstance(ward, Ward):
        raise UnknownUnit(vi=f"{code} không phải mã phường, xã mới.", en=f"{code} is no ward's code.", field="code")
    return _moved(request, ward_path(ward)) or page_response(request, ward_page(data, ward, lang))


@router.get(OLD_UNITS + "/{code}")
def show_old_unit(request: Request, slugged: Slugged, services: ServicesDep, lang: PageLanguageDep) -> Response:
    """Show one old commune and where it went."""
    data = unit_data(services)
    try:
        old = data.crosswalk.old_unit(code_of(slugged) or "")
    except UnknownUnit as unknown:
        html = missing_page(data, lang, said=unknown.message(lang), old=True)
        return page_response(request, html, HTTPStatus.NOT_FOUND)
    return _moved(request, old_unit_path(old)) or page_response(request, old_unit_page(data, old, lang))


def _moved(request: Request, path: str) -> Response | None:
    """Send who came by another name, or by the code alone, to the page's one address."""
    if request.url.path == path:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, HTTPStatus.PERMANENT_REDIRECT)
