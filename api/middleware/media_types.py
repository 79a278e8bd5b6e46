"""Which forms of bodies are read, and whether the answer has a form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import Request

from api.errors import NotAcceptable, UnsupportedMediaType, problem_of
from api.languages import preferred_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REST = "/v1/"
_FORM = "application/x-www-form-urlencoded"
_FIRST_ERROR = 400


class MediaTypes:
    """Answer 415 to a body that is not JSON (a form, on the pages), and 406 where only other forms are asked for.

    ``Accept`` is looked at under ``/v1`` only: OGC API has its own rules, and pages are for browsers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        rest = scope["path"].startswith(_REST)
        if scope["method"] == "POST" and not _is_read(Headers(scope=scope).get("content-type", ""), rest=rest):
            await problem_of(_not_read(rest=rest), preferred_language(Request(scope)))(scope, receive, send)
            return
        wanted = "*/*"
        if rest:
            wanted = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), wanted)
        if "*/*" in wanted:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _only(wanted, scope, receive, send))


def _only(wanted: str, scope: Scope, receive: Receive, send: Send) -> Send:
    """Let through what is wanted, and problems: they are better than nothing in any form."""
    refused = False

    async def chosen(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start":
            given = Headers(raw=message.get("headers", [])).get("content-type", "").partition(";")[0]
            refused = bool(given) and message["status"] < _FIRST_ERROR and not accepts(wanted, given)
            if refused:
                error = NotAcceptable(
                    vi=f"Câu trả lời có dạng {given}, không có dạng nào trong Accept.",
                    en=f"The answer is {given}, and Accept names no such form.",
                )
                await problem_of(error, preferred_language(Request(scope)))(scope, receive, send)
        if not refused:
            await send(message)

    return chosen


def accepts(wanted: str, given: str) -> bool:
    """Say whether an ``Accept`` header takes a media type; who takes JSON takes the forms that are JSON too."""
    whole = {given, given.partition("/")[0] + "/*", "*/*"}
    if given.endswith("+json"):
        whole.add("application/json")
    for part in wanted.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name in whole and not any(_is_zero(parameter) for parameter in parameters):
            return True
    return False


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name == "q" and value.strip("0.") == "" and value != ""


def _is_read(content_type: str, *, rest: bool) -> bool:
    name = content_type.partition(";")[0].strip().lower()
    if not name:
        return True
    return name == "application/json" or (name.endswith("+json")) if rest else name == _FORM


def _not_read(*, rest: bool) -> UnsupportedMediaType:
    read = "application/json" if rest else _FORM
    return UnsupportedMediaType(
        vi=f"Nội dung gửi lên phải có kiểu {read} (Content-Type).",
        en=f"The body must be {read} (Content-Type).",
        field="body",
    )
