"""How long an answer may take to begin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from api.errors import Busy, problem_of
from api.languages import preferred_language

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

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
        self._watched: dict[_Answer, None] = {}
        """Oldest first: all have the same time. So one timer does for all of them."""
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        answer = _Answer(send, due=loop.time() + self._seconds, late=lambda: self._tell(scope, receive, send))
        self._watched[answer] = None
        if self._timer is None:
            self._timer = loop.call_at(answer.due, self._look)
        try:
            await self.app(scope, receive, answer)
        finally:
            self._watched.pop(answer, None)
            if answer.instead is not None:
                await answer.instead

    def _look(self) -> None:
        """Tell whose time is over, and come again when the next one's is."""
        loop = asyncio.get_running_loop()
        self._timer = None
        for answer in list(self._watched):
            if answer.due > loop.time():
                self._timer = loop.call_at(answer.due, self._look)
                return
            del self._watched[answer]
            if not answer.started:
                answer.instead = loop.create_task(answer.late())

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        await problem_of(self._late(), preferred_language(Request(scope)))(scope, receive, send)

    def _late(self) -> Busy:
        return Busy(
            vi=f"Chưa trả lời được trong {self._seconds:g} giây. Hãy chia nhỏ yêu cầu hoặc thử lại sau.",
            en=f"There was no answer within {self._seconds:g} s. Send less at once or try again later.",
            retry_after=_RETRY_AFTER,
        )


class _Answer:
    """An answer on its way out, unless it came too late.

    Parameters
    ----------
    due
        When it must have begun, on the loop's clock.
    late
        Sends what is said in its place.
    """

    __slots__ = ("_send", "due", "instead", "late", "started")

    def __init__(self, send: Send, *, due: float, late: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._send = send
        self.due = due
        self.late = late
        self.started = False
        self.instead: asyncio.Task[None] | None = None

    async def __call__(self, message: Message) -> None:
        """Send on."""
        if self.instead is None:
            self.started = True
            await self._send(message)
