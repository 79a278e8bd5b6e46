"""How many bulk calls are worked on at the same time."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from api.errors import Busy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAVY = frozenset({"/v1/lookup/points", "/v1/route/batch"})

_QUEUE = 4
"""Calls that may wait for each that is worked on: each holds its body in memory."""


class HeavyJobs:
    """Let a bulk call begin its work when it has its turn, and answer 503 where that takes too long.

    The turn is taken when the body is whole: a slow upload holds no place.
    """

    def __init__(self, app: ASGIApp, *, places: int, wait_seconds: float) -> None:
        self.app = app
        self._places = places
        self._wait_seconds = wait_seconds
        self.working = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] not in HEAVY:
            await self.app(scope, receive, send)
            return
        placed = False

        async def in_turn() -> Message:
            nonlocal placed
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False) and not placed:
                await self._take_place()
                placed = True
            return message

        try:
            await self.app(scope, in_turn, send)
        finally:
            if placed:
                self._leave()

    async def _take_place(self) -> None:
        if self.working < self._places:
            self.working += 1
            return
        if len(self._waiting) >= _QUEUE * self._places:
            raise self._busy()
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._wait_seconds):
                await turn
        except (TimeoutError, asyncio.CancelledError) as stopped:
            if turn.done() and not turn.cancelled():  # the place came in the same moment
                self._leave()
            else:
                self._waiting.remove(turn)
            if isinstance(stopped, TimeoutError):
                raise self._busy() from None
            raise

    def _leave(self) -> None:
        """Hand the place on to who waits longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.working -= 1

    def _busy(self) -> Busy:
        return Busy(
            vi=f"Đang xử lý {self._places} yêu cầu lớn. Hãy thử lại sau ít giây.",
            en=f"{self._places} bulk calls are being worked on. Try again in a few seconds.",
            retry_after=max(1.0, self._wait_seconds / 2),
        )
