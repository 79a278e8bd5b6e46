"""How large a request body may be, and how slow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request

from api.errors import TooLarge, TooSlow, problem_of
from api.languages import preferred_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimits:
    """Refuse a body that says it is too large before reading it, and one that turns out so where it does."""

    def __init__(self, app: ASGIApp, *, largest: int, seconds: float) -> None:
        self.app = app
        self._largest = largest
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        announced = _announced(scope) if scope["type"] == "http" else 0
        if announced == 0:
            await self.app(scope, receive, send)
        elif announced is not None and announced > self._largest:
            await problem_of(self._too_large(), preferred_language(Request(scope)))(scope, receive, send)
        else:
            await self.app(scope, self._limited(receive), send)

    def _limited(self, receive: Receive) -> Receive:
        deadline = asyncio.get_running_loop().time() + self._seconds
        size, ended = 0, False

        async def limited() -> Message:
            nonlocal size, ended
            if ended:  # only a disconnection can still come, whenever it likes
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise TooSlow(
                    vi=f"Nội dung gửi lên không đến đủ trong {self._seconds:g} giây.",
                    en=f"The body did not arrive within {self._seconds:g} s.",
                    field="body",
                ) from None
            size += len(message.get("body", b""))
            if size > self._largest:
                raise self._too_large()
            ended = not message.get("more_body", False)
            return message

        return limited

    def _too_large(self) -> TooLarge:
        return TooLarge(
            vi=f"Nội dung gửi lên quá {self._largest} byte. Hãy chia nhỏ.",
            en=f"The body is over {self._largest} bytes. Send it in parts.",
            field="body",
        )


def _announced(scope: Scope) -> int | None:
    """Return the length that the head announces, 0 for no body, None where it will only turn out."""
    length: int | None = 0
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length":
            length = int(value) if value.isdigit() else None
    return length
