"""To which ward does an old address belong now? Addresses are people's: in bodies only, never cached, never logged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from api.dependencies import LanguageDep, MetricsDep, ServicesDep, reject_unknown_parameters
from api.errors import BadRequest, TooLarge, error_item, invalid_item, problem_responses
from api.geocodejson import GEOCODEJSON_SCHEMA, geocodejson
from api.metrics import Metrics
from api.private_routing import RoutingFault, private_routing
from api.reference import GEOJSON
from api.route_query import route_query
from api.route_schemas import RouteAnswer, RouteBatchAnswer, RouteBody
from api.route_views import attribution, route_answer, route_result
from api.routers.lookup import load_json, read_body
from api.services import Services
from geo.errors import HanoiWardsError, Language
from geo.model import RouteDecision, RouteQuery

log = logging.getLogger(__name__)

router = APIRouter(
    prefix="/v1/route",
    tags=["route"],
    dependencies=[Depends(reject_unknown_parameters)],
    responses=problem_responses(400, 408, 413, 415, 422),
)

_PRIVATE = {"Cache-Control": "no-store"}
_FAULT = {"vi": "Có lỗi ở phía chúng tôi với hồ sơ này.", "en": "A fault of ours with this case."}

_CASE_SCHEMA = {
    name: part
    for name, part in RouteBody.model_json_schema(ref_template="#/components/schemas/{model}").items()
    if name != "$defs"  # Subject stands among the components: the answer has it too
}
_CASES: dict[str, dict[str, Any]] = {
    "old ward and district": {"address": "Số 12 ngõ 34 Giải Phóng, Phường Thịnh Liệt, Quận Hoàng Mai"},
    "columns of their own": {"address": "Thôn Đoài", "old_ward": "Tam Hưng", "district": "Thanh Oai"},
    "a parcel with coordinates": {
        "address": "Phường Ngọc Thụy, Long Biên",
        "lon": 105.8718,
        "lat": 21.0561,
        "accuracy_m": 20,
        "subject": "parcel",
    },
}


def _body(schema: dict[str, Any], examples: dict[str, Any]) -> dict[str, Any]:
    content = {"schema": schema, "examples": {name: {"value": value} for name, value in examples.items()}}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


_ONE_BODY = _body(_CASE_SCHEMA, _CASES)
_ANYTHING_ELSE = {"description": "What is no case does not stop the others: its place holds an error."}
_BATCH_BODY = _body(
    {
        "type": "object",
        "required": ["cases"],
        "additionalProperties": False,
        "properties": {"cases": {"type": "array", "items": {"anyOf": [_CASE_SCHEMA, _ANYTHING_ELSE]}}},
    },
    {"three cases": {"cases": list(_CASES.values())}},
)


@router.post(
    "",
    operation_id="route",
    summary="The ward responsible for an address",
    response_model=RouteAnswer,
    openapi_extra=_ONE_BODY,
    responses={200: {"content": {GEOJSON: {"schema": GEOCODEJSON_SCHEMA}}}},
)
async def route(
    request: Request,
    services: ServicesDep,
    metrics: MetricsDep,
    lang: LanguageDep,
    form: Annotated[
        Literal["json", "geocodejson"],
        Query(
            description="`json`: the whole decision; `geocodejson`: the candidate wards as GeocodeJSON 0.1.0, each "
            "with a label point inside it.",
            alias="format",
            examples=["json"],
        ),
    ] = "json",
) -> Response:
    """Say to which ward an address belongs now: one ward with its khoản, or the set with the question that shrinks it.

    The law comes first, then streets, numbers and places. The set always holds every ward that the law allows unless
    evidence excludes it. Addresses are not logged.
    """
    query = _query(load_json(await read_body(request, services.settings.max_body_bytes)))
    decision = await run_in_threadpool(_decide_one, query, services, metrics)
    if form == "geocodejson":
        content, media_type = geocodejson(decision, services.index(), lang), GEOJSON
    else:
        content, media_type = orjson.dumps(route_answer(decision, lang)), "application/json"
    return Response(content, media_type=media_type, headers=_PRIVATE)


@router.post(
    "/batch",
    operation_id="routeBatch",
    summary="The wards responsible for many addresses",
    response_model=RouteBatchAnswer,
    openapi_extra=_BATCH_BODY,
)
async def route_batch(request: Request, services: ServicesDep, metrics: MetricsDep, lang: LanguageDep) -> Response:
    """Route many cases in one call, at most 10,000 unless the operator set another limit.

    Answers stand in the order of the cases, and each is what a single call would say. A wrong case never stops the
    others: its place holds an error.
    """
    body = await read_body(request, services.settings.max_body_bytes)
    # Seconds of work for a full call: not on the event loop.
    content = await run_in_threadpool(_batch_answer, body, services, metrics, lang)
    return Response(content, media_type="application/json", headers=_PRIVATE)


def _decide_one(query: RouteQuery, services: Services, metrics: Metrics) -> RouteDecision:
    with private_routing(services.router, metrics) as decide:
        return decide(query)


def _batch_answer(body: bytes, services: Services, metrics: Metrics, lang: Language) -> bytes:
    cases = _cases(body, services.settings.max_routes)
    decided: list[RouteDecision] = []
    with private_routing(services.router, metrics) as decide:
        items = [_item(case, decide, lang, decided) for case in cases]
    return orjson.dumps(
        {
            "generation": services.router.generation,
            "data_version": services.data_version,
            "attribution": attribution(decided, lang),
            "count": len(items),
            "items": items,
        }
    )


def _item(
    case: Any, decide: Callable[[RouteQuery], RouteDecision], lang: Language, decided: list[RouteDecision]
) -> dict[str, Any]:
    """Answer one case of many; the decision is also added to those ``decided``, for their credits."""
    try:
        decision = decide(_query(case))
    except RequestValidationError as wrong:
        return {"query": case, "error": invalid_item(wrong.errors(), lang)}
    except HanoiWardsError as wrong:
        return {"query": case, "error": error_item(wrong, lang)}
    except RoutingFault:
        log.exception("a case could not be routed")
        return {"query": case, "error": {"type": "about:blank", "field": None, "detail": _FAULT[lang]}}
    decided.append(decision)
    return {"query": case, "result": route_result(decision, lang)}


def _query(case: Any) -> RouteQuery:
    if not isinstance(case, dict):
        wrong_type = {"type": "model_type", "loc": ("body",), "msg": "Input should be a JSON object"}
        raise RequestValidationError([wrong_type])
    try:
        body = RouteBody.model_validate(case)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        raise RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in errors]) from None
    return route_query(**dict(body))


def _cases(body: bytes, limit: int) -> list[Any]:
    asked = load_json(body)
    cases = asked.get("cases") if isinstance(asked, dict) else None
    if not isinstance(cases, list) or set(asked) - {"cases"}:
        raise BadRequest(
            vi='Cần một đối tượng JSON {"cases": [{"address": …}, …]}.',
            en='A JSON object {"cases": [{"address": …}, …]} is needed.',
            field="cases",
        )
    if len(cases) > limit:
        raise TooLarge(
            vi=f"{len(cases)} hồ sơ, quá giới hạn {limit} hồ sơ một lần. Hãy chia nhỏ.",
            en=f"{len(cases)} cases, over the limit of {limit} a call. Send them in parts.",
            field="cases",
        )
    return cases
