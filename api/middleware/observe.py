"""Request ids, one line of log and one measurement for each request. Nothing of what was asked is in either."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from api.json_logs import REQUEST_ID, log_request

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.lifecycle import Lifecycle
    from api.metrics import Metrics

_ID = re.compile(rb"[0-9A-Fa-f-]{16,64}")
"""UUIDs and trace ids. Free text is not taken over: somebody might put an address there, and ids are logged."""

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

NO_ANSWER = 499
"""Logged and counted where the client left first; never sent."""


class Observe:
    """Give each request an id and its time; tell clients to go elsewhere while the service drains."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, lifecycle: Lifecycle, access_log: bool) -> None:
        self.app = app
        self._metrics = metrics
        self._lifecycle = lifecycle
        self._access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        request_id = _request_id(scope)
        token = REQUEST_ID.set(request_id.decode())
        status = NO_ANSWER

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", request_id)]
                if self._lifecycle.draining:
                    headers.append((b"connection", b"close"))
                message["headers"] = headers
            await send(message)

        try:
            await self.app(scope, receive, observed)
        finally:
            self._note(scope, status, time.perf_counter() - start)
            REQUEST_ID.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = route_template(scope)
        self._metrics.request(method, route, status, seconds)
        if self._access_log:
            log_request(REQUEST_ID.get(), method, route, status, seconds)


def route_template(scope: Scope) -> str:
    """Name the route, not the path: a path may hold anything that anybody typed."""
    path = getattr(scope.get("route"), "path", None)
    if isinstance(path, str):
        return path
    return getattr(scope.get("endpoint"), "__name__", "unmatched")


def _request_id(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            found: bytes = value
            return found
    return os.urandom(16).hex().encode()
