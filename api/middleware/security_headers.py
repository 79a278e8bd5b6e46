"""What browsers are told to forbid, on every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.settings import Settings

_FEATURES = ("camera", "microphone", "payment", "usb", "serial", "midi", "display-capture")


class SecurityHeaders:
    """Add the headers; where a route has set one itself, that one stands."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._everywhere = everywhere(settings)
        self._of_pages = [*self._everywhere, *of_pages(settings)]
        self._names = {name for name, _ in self._of_pages}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                own, ours = set(), self._everywhere
                for name, value in given:
                    if name in self._names:
                        own.add(name)
                    elif name == b"content-type" and value.startswith(b"text/html"):
                        ours = self._of_pages
                message["headers"] = [*given, *([pair for pair in ours if pair[0] not in own] if own else ours)]
            await send(message)

        await self.app(scope, receive, with_headers)


def everywhere(settings: Settings) -> list[tuple[bytes, bytes]]:
    """Build the headers of every answer."""
    return [
        (b"content-security-policy", content_security_policy(settings).encode("latin-1")),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
    ]


def of_pages(settings: Settings) -> list[tuple[bytes, bytes]]:
    """Build the headers that say something only of a page."""
    found = [
        (b"permissions-policy", ", ".join(["geolocation=(self)", *(f"{name}=()" for name in _FEATURES)]).encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]
    # For browsers that do not know frame-ancestors; it can say no more than these two.
    frames = {"'none'": b"DENY", "'self'": b"SAMEORIGIN"}.get(settings.frame_ancestors)
    return [*found, (b"x-frame-options", frames)] if frames else found


def content_security_policy(settings: Settings) -> str:
    """Write the policy: everything from here, no script in the page, the operator's tiles where there are any."""
    tiles = urlsplit(settings.tile_url.replace("{s}", "*"))
    # A placeholder for the server's letter is a whole label in every tile URL: CSP takes a star there, and only there.
    elsewhere = f" {tiles.scheme}://{tiles.netloc}" if tiles.scheme in ("http", "https") and tiles.netloc else ""
    directives = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        f"img-src 'self' data:{elsewhere}",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        f"frame-ancestors {settings.frame_ancestors}",
    )
    return "; ".join(directives)
