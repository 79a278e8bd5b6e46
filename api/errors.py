"""One table from exceptions to statuses, one JSON shape for every error (RFC 9457)."""

from __future__ import annotations

import json
import logging
import math
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.languages import preferred_language
from api.schemas import Problem
from geo.errors import (
    DataDamaged,
    DataMissing,
    HanoiWardsError,
    InvalidCoordinate,
    TableError,
    UnknownGeneration,
    UnknownUnit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI, Request

    from geo.errors import Language

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


class BadRequest(HanoiWardsError, ValueError):
    """The request is not one that this route takes."""


class UnknownFile(HanoiWardsError, LookupError):
    """No script, style or picture has that address."""


class TooLarge(HanoiWardsError, ValueError):
    """The request is over a stated limit."""


class NotAcceptable(HanoiWardsError, ValueError):
    """The answer has none of the forms that are asked for."""


class UnsupportedMediaType(HanoiWardsError, ValueError):
    """The body has a form that is not read here."""


class TooSlow(HanoiWardsError, TimeoutError):
    """The request did not arrive in time."""


class _ForNow(HanoiWardsError):
    """What may be tried again.

    Parameters
    ----------
    retry_after
        Seconds after which it makes sense.
    """

    def __init__(self, *, vi: str, en: str, retry_after: float) -> None:
        super().__init__(vi=vi, en=en)
        self.retry_after = max(1, math.ceil(retry_after))


class TooManyRequests(_ForNow, ValueError):
    """The client asks too often."""


class Busy(_ForNow, RuntimeError):
    """The service has too much work in hand, or needed too long."""


class NotReady(_ForNow, RuntimeError):
    """The service is starting or ending."""


class RetiredUnit(UnknownUnit):
    """The code belonged to a unit that is no longer in force; its successors are known."""

    def __init__(self, *, vi: str, en: str, successors: list[dict[str, Any]], field: str = "code") -> None:
        super().__init__(vi=vi, en=en, field=field)
        self.successors = successors


STATUS_OF: tuple[tuple[type[HanoiWardsError], HTTPStatus], ...] = (
    (BadRequest, HTTPStatus.BAD_REQUEST),
    (NotAcceptable, HTTPStatus.NOT_ACCEPTABLE),
    (TooSlow, HTTPStatus.REQUEST_TIMEOUT),
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (UnsupportedMediaType, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    (TooManyRequests, HTTPStatus.TOO_MANY_REQUESTS),
    (_ForNow, HTTPStatus.SERVICE_UNAVAILABLE),
    (InvalidCoordinate, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TableError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnknownFile, HTTPStatus.NOT_FOUND),
    (UnknownUnit, HTTPStatus.NOT_FOUND),
    (UnknownGeneration, HTTPStatus.NOT_FOUND),
    (DataMissing, HTTPStatus.SERVICE_UNAVAILABLE),
    (DataDamaged, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""First match wins; an exception that is not here is a fault of ours: 500."""

_TITLES: dict[int, tuple[str, str]] = {
    400: ("Yêu cầu không đúng", "Bad request"),
    404: ("Không tìm thấy", "Not found"),
    405: ("Không dùng được phương thức này ở đây", "Method not allowed"),
    406: ("Không có dạng trả lời này", "Not acceptable"),
    408: ("Yêu cầu đến quá chậm", "Request too slow"),
    413: ("Yêu cầu quá lớn", "Request too large"),
    415: ("Không đọc được kiểu nội dung này", "Unsupported media type"),
    416: ("Tệp không có phần được hỏi", "The file has no such part"),
    422: ("Giá trị không hợp lệ", "Invalid value"),
    429: ("Quá nhiều yêu cầu", "Too many requests"),
    431: ("Phần đầu của yêu cầu quá lớn", "Request head too large"),
    500: ("Lỗi của máy chủ", "Server error"),
    503: ("Dịch vụ chưa sẵn sàng", "Service unavailable"),
}

_SECONDS = {"description": "Seconds after which to try again.", "schema": {"type": "integer", "minimum": 1}}
_HEADERS: dict[int, dict[str, Any]] = {
    429: {"Retry-After": {**_SECONDS, "required": True}},
    503: {"Retry-After": _SECONDS},
}

_OUR_FAULT = {"vi": "Có lỗi ở phía chúng tôi. Hãy thử lại sau.", "en": "A fault of ours. Try again later."}
_OUR_DATA = {
    "vi": "Dữ liệu của dịch vụ đang thiếu hoặc hỏng. Hãy thử lại sau.",
    "en": "Data of the service are missing or damaged. Try again later.",
}

_VALIDATION_VI = {
    "missing": "thiếu giá trị",
    "float_parsing": "phải là một số",
    "float_type": "phải là một số",
    "string_type": "phải là một chuỗi chữ",
    "string_too_long": "quá dài",
    "string_pattern_mismatch": "không đúng dạng",
    "finite_number": "phải là một số hữu hạn",
    "int_parsing": "phải là một số nguyên",
    "date_type": "phải là một ngày dạng NĂM-THÁNG-NGÀY",
    "date_parsing": "phải là một ngày dạng NĂM-THÁNG-NGÀY",
    "date_from_datetime_parsing": "phải là một ngày dạng NĂM-THÁNG-NGÀY",
    "date_from_datetime_inexact": "phải là một ngày dạng NĂM-THÁNG-NGÀY",
    "json_invalid": "không phải JSON hợp lệ",
    "enum": "không thuộc các giá trị cho phép",
    "literal_error": "không thuộc các giá trị cho phép",
    "extra_forbidden": "không có trường này",
    "model_type": "phải là một đối tượng JSON",
}


def problem(
    status: int,
    *,
    lang: Language,
    detail: str,
    kind: str = "about:blank",
    errors: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
    **members: Any,
) -> Response:
    """Build one ``application/problem+json`` answer."""
    titles = _TITLES.get(status, (HTTPStatus(status).phrase,) * 2)
    body: dict[str, Any] = {
        "type": kind,
        "title": titles[0] if lang == "vi" else titles[1],
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    body |= members
    return Response(
        json.dumps(body, ensure_ascii=False),
        status_code=status,
        media_type=PROBLEM_JSON,
        headers={"Content-Language": lang, "Cache-Control": "no-store", **(headers or {})},
    )


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that a route may answer, for its ``responses``."""
    content = {PROBLEM_JSON: {"schema": Problem.model_json_schema()}}
    return {
        status: {"description": _TITLES[status][1], "content": content, "headers": _HEADERS.get(status, {})}
        for status in statuses
    }


def error_item(error: HanoiWardsError, lang: Language) -> dict[str, Any]:
    """Describe an error as an item of ``errors[]`` or of a bulk answer."""
    return {"type": _kind(error), "field": error.field, "detail": error.message(lang)}


def invalid_item(errors: Sequence[Any], lang: Language) -> dict[str, Any]:
    """Describe the errors of a `RequestValidationError` as one item of a bulk answer."""
    found = [_validation_item(error, lang) for error in errors]
    detail = "; ".join(f"{item['field']}: {item['detail']}" for item in found)
    return {"type": _urn("invalid-request"), "field": found[0]["field"], "detail": detail, "errors": found}


def status_of(error: HanoiWardsError) -> HTTPStatus:
    """Look the status up in the table."""
    return next((status for kind, status in STATUS_OF if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def problem_of(error: HanoiWardsError, lang: Language) -> Response:
    """Answer with an error that was raised on purpose."""
    status = status_of(error)
    if isinstance(error, DataMissing | DataDamaged):
        # Its text names files: that is for the operator.
        log.error("%s: %s", type(error).__name__, error)
        return problem(status, lang=lang, detail=_OUR_DATA[lang], kind=_kind(error))
    successors: dict[str, Any] = {"successors": error.successors} if isinstance(error, RetiredUnit) else {}
    return problem(
        status,
        lang=lang,
        detail=error.message(lang),
        kind=_kind(error),
        errors=[error_item(error, lang)] if error.field else None,
        headers={"Retry-After": str(error.retry_after)} if isinstance(error, _ForNow) else None,
        **successors,
    )


def fault(lang: Language) -> Response:
    """Answer where something went wrong that should not: nothing of it is told."""
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, lang=lang, detail=_OUR_FAULT[lang])


def install(app: FastAPI) -> None:
    """Make every error of the application answer in the one shape; `api.middleware.faults` sees to all others."""

    @app.exception_handler(HanoiWardsError)
    async def ours(request: Request, error: HanoiWardsError) -> Response:
        return problem_of(error, preferred_language(request))

    @app.exception_handler(RequestValidationError)
    async def validation(request: Request, error: RequestValidationError) -> Response:
        lang = preferred_language(request)
        errors = [_validation_item(item, lang) for item in error.errors()]
        intro = "Giá trị không hợp lệ" if lang == "vi" else "Invalid value"
        detail = "; ".join(f"{item['field']}: {item['detail']}" for item in errors)
        return problem(422, lang=lang, detail=f"{intro}: {detail}", kind=_urn("invalid-request"), errors=errors)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        lang = preferred_language(request)
        titles = _TITLES.get(error.status_code, (str(error.detail),) * 2)
        return problem(
            error.status_code,
            lang=lang,
            detail=titles[0] if lang == "vi" else titles[1],
            headers={**(error.headers or {}), **_allowed(request, error.status_code)},
        )


def _allowed(request: Request, status: int) -> dict[str, str]:
    """Name every method that the path takes: two routes may share a path, and the framework names only the first's."""
    if status != HTTPStatus.METHOD_NOT_ALLOWED:
        return {}
    taken = [method for method in _METHODS if _is_taken(request, method)]
    return {"Allow": ", ".join(taken)}


def _is_taken(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def _urn(name: str) -> str:
    return f"urn:hanoi-wards:problem:{name}"


def _kind(error: HanoiWardsError) -> str:
    name = type(error).__name__
    return _urn("".join("-" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("-"))


def _validation_item(item: Any, lang: Language) -> dict[str, Any]:
    where, *path = [str(part) for part in item["loc"]] or ["body"]
    pointer = {"pointer": "".join("/" + _escaped(part) for part in path)} if where == "body" else {"in": where}
    text = _VALIDATION_VI.get(item["type"], "không hợp lệ") if lang == "vi" else item["msg"]
    if lang == "vi" and "max_length" in item.get("ctx", {}):
        text += f" (tối đa {item['ctx']['max_length']} ký tự)"
    return {"type": item["type"], "field": ".".join(path) or where, **pointer, "detail": text}


def _escaped(part: str) -> str:
    """Write a member's name as RFC 6901 has it in a JSON pointer."""
    return part.replace("~", "~0").replace("/", "~1")
