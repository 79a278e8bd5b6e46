"""The pages for people. Questions travel in POST bodies; wards, not positions, have addresses."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from api.dependencies import MetricsDep, PageLanguageDep, ServicesDep
from api.errors import UnknownFile
from api.finder import answer_form, page_files
from api.metrics import Metrics
from api.routers.lookup import read_body
from api.services import Services
from geo.errors import Language
from maps.page_assets import ASSET_TYPES, assets
from maps.ward_card import Answer
from maps.ward_finder import Question, answer_fragment, finder_page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_LARGEST_FORM = 10_000
_PRIVATE = {"Cache-Control": "no-store"}


@router.get("/")
def home(services: ServicesDep, lang: PageLanguageDep) -> HTMLResponse:
    """Show the ward finder."""
    return _page(services, lang, Question(), None)


@router.post("/")
async def home_answer(
    request: Request, services: ServicesDep, metrics: MetricsDep, lang: PageLanguageDep
) -> HTMLResponse:
    """Answer without JavaScript: the whole page again, with the answer in it."""
    question, answer = await _answer(request, services, metrics, lang)
    return _page(services, lang, question, answer)


@router.post("/tra-cuu")
async def ask(request: Request, services: ServicesDep, metrics: MetricsDep, lang: PageLanguageDep) -> HTMLResponse:
    """Answer the page's script: only the answer."""
    question, answer = await _answer(request, services, metrics, lang)
    return HTMLResponse(answer_fragment(answer=answer, question=question, lang=lang), headers=_PRIVATE)


@router.get("/assets/{path:path}")
def asset(path: str, services: ServicesDep) -> Response:
    """Serve a file under its content's name, for ever.

    A page that was open when the data were replaced gets the files it was made with, never newer ones in their place:
    they might not fit together.
    """
    every = (*assets().values(), *page_files(services).served, *services.earlier)
    by_path = {found.path: found for found in every}
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
        files=page_files(services),
        lang=lang,
        question=question,
        answer=answer,
        tiles={"url": settings.tile_url, "attribution": settings.tile_attribution},
    )
    return HTMLResponse(html, status, headers=_PRIVATE if question.text or answer else {"Cache-Control": "no-cache"})


async def _answer(
    request: Request, services: Services, metrics: Metrics, lang: Language
) -> tuple[Question, Answer | None]:
    body = await read_body(request, _LARGEST_FORM)
    text = body.decode("utf-8", "replace")
    form = {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
    question, answer = await run_in_threadpool(answer_form, services, metrics, form, lang)
    if answer and answer.lookup:
        metrics.looked_up(answer.lookup.outcome)
    return question, answer
