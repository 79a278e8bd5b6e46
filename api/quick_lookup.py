"""The quick way to the ward of a point: a plain question is answered before the framework begins to read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api import point_answers
from api.languages import accepted_language
from api.routers.lookup import POINT_ROUTE
from geo.crs import from_lonlat

if TYPE_CHECKING:
    from starlette.datastructures import State
    from starlette.types import ASGIApp, Receive, Scope, Send

    from geo.errors import Language
    from geo.model import Outcome

_PLAIN = re.compile(rb"lon=(\d{1,3}(?:\.\d{1,15})?)&lat=(\d{1,2}(?:\.\d{1,15})?)(?:&lang=(vi|en))?")
"""A pair as programs write it. Any other question, wrong ones among them, is left to the route."""


class QuickLookup:
    """Answer ``GET /v1/lookup/point?lon=…&lat=…`` with the bytes that the route would send.

    Reading parameters, finding dependencies and checking the answer cost the framework several times what the look-up
    costs. Whatever is not plain or goes wrong is left to the route, which alone knows errors.
    """

    def __init__(self, app: ASGIApp, *, state: State) -> None:
        self.app = app
        self._state = state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answered = self._answer(scope) if _is_plain(scope) else None
        if answered is None:
            await self.app(scope, receive, send)
            return
        outcome, answer = answered
        self._state.metrics.looked_up(outcome)
        scope["route"] = POINT_ROUTE
        headers = [
            (b"cache-control", b"no-store"),
            (b"content-length", b"%d" % len(answer)),
            (b"content-type", b"application/json"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, scope: Scope) -> tuple[Outcome, bytes] | None:
        asked = _PLAIN.fullmatch(scope["query_string"])
        if asked is None:
            return None
        services = self._state.services
        try:
            coordinate = from_lonlat(lon=float(asked[1]), lat=float(asked[2]))
            return point_answers.point_answer(services, services.index(), coordinate, None, _language(asked[3], scope))
        except Exception:  # noqa: BLE001 (a fault of ours too: it is told and logged in one place)
            return None


def _is_plain(scope: Scope) -> bool:
    return bool(scope["type"] == "http" and scope["path"] == POINT_ROUTE.path and scope["method"] == "GET")


def _language(asked: bytes | None, scope: Scope) -> Language:
    if asked is not None:
        return "en" if asked == b"en" else "vi"
    accepted = [value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"]
    return accepted_language(accepted[0]) if accepted else "vi"
