"""Which ward does a point lie in? Positions are people's: never cached, never logged."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Annotated, Any, Literal

import numpy as np
import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError

from api import point_answers
from api.dependencies import AsOf, LanguageDep, MetricsDep, ServicesDep, reject_unknown_parameters
from api.errors import BadRequest, TooLarge, error_item, problem_responses
from api.metrics import Metrics
from api.schemas import DEGREES, RADIUS, BulkAnswer, CompactAnswer, PointAnswer, PointQuery
from api.services import Services
from api.views import provenance
from geo.crs import LAT_RANGE, LON_RANGE, Coordinate, InputCrs, check_lonlat, from_lonlat, parse_coordinate
from geo.errors import HanoiWardsError, InvalidCoordinate, Language

router = APIRouter(
    prefix="/v1/lookup",
    tags=["lookup"],
    dependencies=[Depends(reject_unknown_parameters)],
    responses=problem_responses(400, 404, 422),
)

INVALID = -2
"""The compact form's position of a point that cannot be looked up."""

_BULK_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["points"],
                    "additionalProperties": False,
                    "properties": {
                        "points": {
                            "type": "array",
                            "description": "Pairs [lon, lat] in degrees (EPSG:4326).",
                            "items": {
                                "anyOf": [
                                    {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
                                    {"description": "Anything else gets an error in its place."},
                                ]
                            },
                        },
                        "as_of": {"type": ["string", "null"], "format": "date"},
                    },
                },
                "examples": {"two points": {"value": {"points": [[105.8542, 21.0285], [105.4, 21.1]]}}},
            }
        },
    }
}


_POINT_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    name: part
                    for name, part in PointQuery.model_json_schema(ref_template="#/components/schemas/{model}").items()
                    if name != "$defs"  # InputCrs stands among the components: the answer has it too
                },
                "examples": {
                    "degrees": {"value": {"lon": 105.8542, "lat": 21.0285, "accuracy_m": 30}},
                    "degrees, minutes, seconds": {"value": {"text": "21°01'42\"N 105°51'15\"E"}},
                    "VN-2000": {"value": {"text": "X=2326000 Y=588500", "crs": "vn2000-105-00"}},
                },
            }
        },
    }
}


@router.get(
    "/point", operation_id="lookupPoint", summary="The ward of a point", responses={200: {"model": PointAnswer}}
)
async def lookup_point(
    services: ServicesDep,
    metrics: MetricsDep,
    lang: LanguageDep,
    lon: Annotated[
        float, Query(description="Longitude, degrees.", examples=[105.8542], json_schema_extra=DEGREES["lon"])
    ],
    lat: Annotated[
        float, Query(description="Latitude, degrees.", examples=[21.0285], json_schema_extra=DEGREES["lat"])
    ],
    accuracy_m: Annotated[
        float | None,
        Query(description="Radius of a GPS accuracy disc, metres.", examples=[30], json_schema_extra=RADIUS),
    ] = None,
    as_of: AsOf = None,
) -> Response:
    """Say which ward covers a point, how near its border, how certain, and where its offices are.

    For a person's position prefer the POST form: an address line ends up in logs and histories.
    """
    coordinate = from_lonlat(lon=lon, lat=lat)
    outcome, answer = point_answers.point_answer(services, services.index(as_of), coordinate, accuracy_m, lang)
    metrics.looked_up(outcome)
    return _unkept(answer)


POINT_ROUTE = next(route for route in router.routes if isinstance(route, APIRoute))
"""The route above, for `api.quick_lookup`, which answers plain questions in its name."""


@router.post(
    "/point",
    operation_id="lookupPointPrivately",
    summary="The ward of a point, kept out of the address line",
    openapi_extra=_POINT_BODY,
    responses={200: {"model": PointAnswer}, **problem_responses(408, 413, 415)},
)
async def lookup_point_privately(
    request: Request, services: ServicesDep, metrics: MetricsDep, lang: LanguageDep
) -> Response:
    """Say the same for a point in the body: ``lon`` and ``lat``, or ``text`` as staff have it."""
    query = _point_query(await read_body(request, services.settings.max_body_bytes))
    index, coordinate = services.index(query.as_of), _coordinate(query)
    outcome, answer = point_answers.point_answer(services, index, coordinate, query.accuracy_m, lang)
    metrics.looked_up(outcome)
    return _unkept(answer)


@router.post(
    "/points",
    operation_id="lookupPoints",
    summary="The wards of many points",
    openapi_extra=_BULK_BODY,
    responses={200: {"model": BulkAnswer | CompactAnswer}, **problem_responses(408, 413, 415)},
)
async def lookup_points(
    request: Request,
    services: ServicesDep,
    metrics: MetricsDep,
    lang: LanguageDep,
    form: Annotated[
        Literal["items", "compact"],
        Query(
            description="`items`: one object a point, with border and certainty; `compact`: positions in a list of "
            "codes, many times quicker; on a shared border the smaller code.",
            alias="format",
            examples=["compact"],
        ),
    ] = "items",
) -> Response:
    """Look up many points in one call; answers stand in the order of the questions.

    A wrong point never stops the others: its place holds an error (``items``) or −2 (``compact``).
    """
    body = await read_body(request, services.settings.max_body_bytes)
    # Seconds of work for a full call: not on the event loop.
    answer = await run_in_threadpool(_bulk_answer, body, services, metrics, lang, compact=form == "compact")
    return _unkept(answer)


def _unkept(answer: bytes) -> Response:
    return Response(answer, media_type="application/json", headers={"Cache-Control": "no-store"})


def _bulk_answer(body: bytes, services: Services, metrics: Metrics, lang: Language, *, compact: bool) -> bytes:
    points, as_of = _bulk_query(body, services.settings.max_points)
    index = services.index(as_of)
    lons, lats = _columns(points)
    found = index.locate_many(lons, lats)
    meta = {**provenance(services, index.dataset.generation.id, lang), "count": len(points)}
    # Nothing can be wrong with a point in Việt Nam's envelope. NaN is in no envelope.
    plausible = (lons >= LON_RANGE[0]) & (lons <= LON_RANGE[1]) & (lats >= LAT_RANGE[0]) & (lats <= LAT_RANGE[1])
    errors = {i: error for i in np.flatnonzero(~plausible).tolist() if (error := _error(points[i], lang))}
    metrics.looked_up("INVALID", len(errors))
    if compact:
        metrics.looked_up("OUTSIDE", int((found < 0).sum()) - len(errors))
        metrics.looked_up("INSIDE", int((found >= 0).sum()))  # or on a border: this form does not ask
        found[list(errors)] = INVALID
        codes = [unit.code for unit in index.wards]
        return orjson.dumps({**meta, "codes": codes, "positions": found}, option=orjson.OPT_SERIALIZE_NUMPY)
    valid = [i for i in range(len(points)) if i not in errors]
    items: list[dict[str, Any]] = [{"query": point} for point in points]
    for i, error in errors.items():
        items[i]["error"] = error
    for i, result in zip(valid, index.locate_each(lons[valid].tolist(), lats[valid].tolist()), strict=True):
        metrics.looked_up(result.outcome)
        items[i]["result"] = {
            "outcome": result.outcome,
            "wards": [unit.code for unit in result.units],
            "possible": [unit.code for unit in result.possible],
            "certain": result.certain,
            "border_distance_m": round(result.border.distance_m, 1),
        }
    return orjson.dumps({**meta, "items": items})


def _point_query(body: bytes) -> PointQuery:
    try:
        return PointQuery.model_validate_json(body)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False, include_context=False)
        raise RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in errors]) from None


def _coordinate(query: PointQuery) -> Coordinate:
    if query.text is not None and query.lon is None and query.lat is None:
        return parse_coordinate(query.text, crs=query.crs)
    if query.text is None and query.lon is not None and query.lat is not None and query.crs in (None, InputCrs.WGS84):
        return from_lonlat(lon=query.lon, lat=query.lat)
    raise BadRequest(
        vi='Cần "lon" và "lat", hoặc chỉ "text" (toạ độ dạng chữ, VN-2000 cũng viết ở đây).',
        en='Give "lon" and "lat", or "text" alone (coordinates as text; VN-2000 goes here too).',
        field="text",
    )


async def read_body(request: Request, limit: int) -> bytes:
    """Read the body, and stop reading when it passes the limit."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge(
                vi=f"Nội dung gửi lên quá {limit} byte. Hãy chia nhỏ.",
                en=f"The body is over {limit} bytes. Send it in parts.",
                field="body",
            )
        chunks.append(chunk)
    return b"".join(chunks)


def load_json(body: bytes) -> Any:
    """Read a body that is JSON, and say where it is not."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        raise BadRequest(
            vi="Nội dung gửi lên không phải JSON hợp lệ, hoặc có số không hữu hạn: "
            f"dòng {broken.lineno}, cột {broken.colno}.",
            en="The body is not valid JSON, or has a number that is not finite: "
            f"line {broken.lineno}, column {broken.colno}.",
            field="body",
        ) from None


def _bulk_query(body: bytes, limit: int) -> tuple[list[Any], date | None]:
    query = load_json(body)
    points = query.get("points") if isinstance(query, dict) else None
    if not isinstance(points, list) or set(query) - {"points", "as_of"}:
        raise BadRequest(
            vi='Cần một đối tượng JSON {"points": [[kinh độ, vĩ độ], …]}, có thể thêm "as_of".',
            en='A JSON object {"points": [[lon, lat], …]} is needed, with an optional "as_of".',
            field="points",
        )
    if len(points) > limit:
        raise TooLarge(
            vi=f"{len(points)} điểm, quá giới hạn {limit} điểm một lần. Hãy chia nhỏ.",
            en=f"{len(points)} points, over the limit of {limit} a call. Send them in parts.",
            field="points",
        )
    try:
        as_of = date.fromisoformat(query["as_of"]) if query.get("as_of") is not None else None
    except (TypeError, ValueError):
        raise BadRequest(
            vi="as_of phải là một ngày dạng NĂM-THÁNG-NGÀY.",
            en="as_of must be a date, YYYY-MM-DD.",
            field="as_of",
        ) from None
    return points, as_of


def _columns(points: list[Any]) -> tuple[np.ndarray, np.ndarray]:
    """Return longitudes and latitudes; NaN, which is outside, where a point is not a pair of numbers."""
    # numpy would take "105.8", true and null for numbers, so the types are looked at first.
    pairs = set(map(type, points)) <= {list} and set(map(len, points)) <= {2}
    if not (pairs and set(map(type, chain.from_iterable(points))) <= {int, float}):
        points = [point if _is_pair(point) else (np.nan, np.nan) for point in points]
    array = np.fromiter(chain.from_iterable(points), np.float64, 2 * len(points)).reshape(len(points), 2)
    return array[:, 0], array[:, 1]


def _is_pair(point: Any) -> bool:
    pair = 2
    return (
        isinstance(point, list)
        and len(point) == pair
        and all(isinstance(value, int | float) and not isinstance(value, bool) for value in point)
    )


def _error(point: Any, lang: Language) -> dict[str, Any] | None:
    """Say what is wrong with a point that no ward covers; None where it is simply outside."""
    try:
        if not _is_pair(point):
            raise InvalidCoordinate(
                vi="Mỗi điểm phải là một cặp số [kinh độ, vĩ độ].",
                en="Each point must be a pair of numbers [lon, lat].",
                field="points",
            )
        check_lonlat(lon=float(point[0]), lat=float(point[1]))
    except HanoiWardsError as error:
        return error_item(error, lang)
    return None
