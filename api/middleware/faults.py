"""Whatever was not foreseen answers 500 and tells nothing; the log names its kind and place, never its words."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request

from api.errors import NotReady, fault, problem_of
from api.languages import preferred_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_RETRY_AFTER = 5


class ResponseCutShort(RuntimeError):
    """The answer had begun when the fault came: all that is left is to close the connection."""


class Faults:
    """Stand between the routes and the server.

    The framework's own handler raises the exception again once it has answered, for the server to log; its message may
    quote an address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except asyncio.CancelledError:
            # The server ends and waits no longer. It would answer in plain text.
            if started:
                raise
            ending = NotReady(vi="Dịch vụ đang dừng.", en="The service is ending.", retry_after=_RETRY_AFTER)
            await problem_of(ending, preferred_language(Request(scope)))(scope, receive, send)
        except ClientDisconnect:
            log.info("the client left before its request was whole")
        except Exception as error:
            log.exception("unexpected %s", type(error).__name__)
            if started:
                raise ResponseCutShort from None
            await fault(preferred_language(Request(scope)))(scope, receive, send)
