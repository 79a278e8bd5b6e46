"""How long an answer may take to begin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request

from api.errors import Busy, problem_of
from api.languages import preferred_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_RETRY_AFTER = 10


class Deadline:
    """Answer 503 in the place of a route that takes too long.

    A thread cannot be stopped from outside: the work goes on to its end with nobody listening. It keeps its place among
    the heavy jobs until then, so that late answers cannot pile up.
    """

    def __init__(self, app: ASGIApp, *, seconds: float) -> None:
        self.app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        started = False
        instead: asyncio.Task[None] | None = None

        async def timely(message: Message) -> None:
            nonlocal started
            if instead is None:
                started = True
                await send(message)

        def expire() -> None:
            nonlocal instead
            if not started:
                response = problem_of(self._late(), preferred_language(Request(scope)))
                instead = loop.create_task(response(scope, receive, send))

        timer = loop.call_later(self._seconds, expire)
        try:
            await self.app(scope, receive, timely)
        finally:
            timer.cancel()
            if instead is not None:
                await instead

    def _late(self) -> Busy:
        return Busy(
            vi=f"Chưa trả lời được trong {self._seconds:g} giây. Hãy chia nhỏ yêu cầu hoặc thử lại sau.",
            en=f"There was no answer within {self._seconds:g} s. Send less at once or try again later.",
            retry_after=_RETRY_AFTER,
        )
