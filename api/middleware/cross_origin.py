"""Scripts of other sites may read what is public by GET, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PUBLIC = ("/v1/", "/ogc", "/openapi.json", "/du-lieu")

_ANY = (b"access-control-allow-origin", b"*")
_READABLE = (
    b"access-control-expose-headers",
    b"ETag, Link, Content-Crs, Content-Language, Accept-Ranges, Content-Range, Retry-After, X-Request-ID",
)
_PREFLIGHT = [
    _ANY,
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"Accept, Accept-Language, If-None-Match, If-Range, Range, X-Request-ID"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]


class CrossOrigin:
    """Allow ``*`` for public GET. People's addresses travel by POST, which only our own pages send from a browser."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith(PUBLIC):
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and _asks_to_get(scope):
            await send({"type": "http.response.start", "status": 204, "headers": _PREFLIGHT})
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), _ANY, _READABLE]
            await send(message)

        await self.app(scope, receive, opened)


def _asks_to_get(scope: Scope) -> bool:
    return any(
        name == b"access-control-request-method" and value in (b"GET", b"HEAD") for name, value in scope["headers"]
    )
