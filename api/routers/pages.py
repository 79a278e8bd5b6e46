"""The pages for people. Questions travel in POST bodies; wards, not positions, have addresses."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from api.dependencies import PageLanguageDep, ServicesDep
from api.errors import UnknownFile
from api.routers.lookup import read_body
from api.services import Services
from geo.crs import from_lonlat, parse_coordinate
from geo.errors import HanoiWardsError, InvalidCoordinate, Language, UnknownUnit
from geo.locate.ward_index import LARGEST_RADIUS_M
from geo.model import Ward
from maps.ward_card import Answer, answer_point, ward_card
from maps.ward_finder import ASSET_TYPES, Question, answer_fragment, assets, finder_page, map_asset

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_LARGEST_FORM = 10_000
_PRIVATE = {"Cache-Control": "no-store"}


@router.get("/")
def home(services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Show the ward finder."""
    return _page(services, lang, Question(), None)


@router.post("/")
async def home_answer(request: Request, services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Answer without JavaScript: the whole page again, with the answer in it."""
    question, answer = await _answer(request, services, lang)
    return _page(services, lang, question, answer)


@router.post("/tra-cuu")
async def ask(request: Request, services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Answer the page's script: only the answer."""
    question, answer = await _answer(request, services, lang)
    return HTMLResponse(answer_fragment(answer=answer, question=question, lang=lang), headers=_PRIVATE)


@router.get("/phuong-xa/{code}")
def ward_page(
    code: Annotated[str, Path(pattern=r"^\d{5}$")], services: ServicesDep, lang: PageLanguageDep
) -> HTMLResponse:
    """Show one ward at its own address."""
    index = services.index()
    try:
        ward = index.unit(code)
    except UnknownUnit as unknown:
        return _page(services, lang, Question(error=unknown.message(lang)), None, status=HTTPStatus.NOT_FOUND)
    cards = [ward_card(index, services.crosswalk, ward, lang)] if isinstance(ward, Ward) else []
    return _page(services, lang, Question(), Answer(cards=cards))


@router.get("/assets/{path:path}")
def asset(path: str) -> Response:
    """Serve a script or style under its content's name, for ever."""
    by_path = {found.path: found for found in (*assets().values(), map_asset())}
    found = by_path.get(path)
    if found is None:
        raise UnknownFile(vi="Không có tệp này.", en="There is no such file.", field="path")
    suffix = "." + path.rpartition(".")[2]
    return Response(
        found.content,
        media_type=ASSET_TYPES[suffix],
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )


def _page(
    services: Services, lang: Language, question: Question, answer: Answer | None, status: int = HTTPStatus.OK
) -> HTMLResponse:
    settings = services.settings
    html = finder_page(
        index=services.index(),
        lang=lang,
        question=question,
        answer=answer,
        tiles={"url": settings.tile_url, "attribution": settings.tile_attribution},
    )
    return HTMLResponse(html, status, headers=_PRIVATE if question.text or answer else {"Cache-Control": "no-cache"})


async def _answer(request: Request, services: Services, lang: Language) -> tuple[Question, Answer | None]:
    body = await read_body(request, _LARGEST_FORM)
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    typed = form.get("q", "").strip()
    try:
        if "lon" in form or "lat" in form:
            lon, lat, accuracy = (_number(form, name) for name in ("lon", "lat", "accuracy"))
            _refuse_rough(accuracy)
            coordinate = from_lonlat(lon=math.nan if lon is None else lon, lat=math.nan if lat is None else lat)
            understood = []
        else:
            coordinate, accuracy = parse_coordinate(typed), None
            understood = list(coordinate.notices(lang))
        answer = answer_point(
            services.index(),
            services.crosswalk,
            lon=coordinate.lon,
            lat=coordinate.lat,
            lang=lang,
            accuracy_m=accuracy,
            understood=understood,
        )
    except HanoiWardsError as error:
        return Question(typed, error.message(lang)), None
    return Question(typed), answer


def _refuse_rough(accuracy_m: float | None) -> None:
    if accuracy_m is not None and accuracy_m > LARGEST_RADIUS_M:
        km = round(accuracy_m / 1000) if math.isfinite(accuracy_m) else "∞"
        raise InvalidCoordinate(
            vi=f"Thiết bị chỉ biết vị trí trong vòng khoảng {km} km, không đủ để biết phường, xã. Hãy nhập toạ độ "
            "hoặc chạm vào bản đồ.",
            en=f"The device knows its position only within about {km} km, not enough to tell the ward. Type "
            "coordinates or press the map.",
            field="accuracy",
        )


def _number(form: dict[str, str], name: str) -> float | None:
    if name not in form:
        return None
    try:
        return float(form[name])
    except ValueError:
        raise InvalidCoordinate(
            vi=f"{name} phải là một số, nhận được {form[name]!r}.",
            en=f"{name} must be a number, got {form[name]!r}.",
            field=name,
        ) from None
