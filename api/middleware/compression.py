"""gzip, and entity tags that tell the packed form from the plain one."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PACKED_TAG = "-gzip"

_WORTH_IT = (
    "text/",
    "application/json",
    "application/javascript",
    "application/xml",
    "application/octet-stream",  # the wards' shapes that the ward finder draws
    "image/svg+xml",
)
"""Beginnings of media types; whatever ends in ``+json`` too. Pictures, workbooks and archives are packed already."""

_OF_A_304 = ("etag", "cache-control", "content-location", "expires", "vary", "content-language", "link")

_GZIP = 16 + zlib.MAX_WBITS
_LARGE = 128 * 1024
"""Bytes above which packing would hold up every other request: then in a thread."""

_OK, _PARTIAL, _NOT_MODIFIED = 200, 206, 304


class Compression:
    """Pack answers for who takes them packed, and answer ``If-None-Match`` for the form that would be sent.

    A strong tag names one sequence of bytes (RFC 9110, 8.8.1), so the packed form has a tag of its own. The routes
    never see ``If-None-Match``: which form goes out is known here only.
    """

    def __init__(self, app: ASGIApp, *, minimum_size: int, level: int) -> None:
        self.app = app
        self._minimum_size = minimum_size
        self._level = level

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held, accepted = None, ""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accepted += "," + value.decode("latin-1")
            elif name == b"if-none-match" and scope["method"] == "GET":
                held = value.decode("latin-1") if held is None else f"{held},{value.decode('latin-1')}"
        if held is not None:
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
        least = self._minimum_size if takes_gzip(accepted) else None
        if least is None and held is None:  # it goes out as it comes
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Answer(send, held=held, least=least, level=self._level))


class _Answer:
    """One answer on its way out.

    Parameters
    ----------
    held
        The tags that the asker has.
    least
        Bytes from which it is worth packing; None where the asker takes no gzip.
    """

    def __init__(self, send: Send, *, held: str | None, least: int | None, level: int) -> None:
        self._send = send
        self._held = held
        self._least = least
        self._level = level
        self._start: Message | None = None
        self._packer: zlib._Compress | None = None
        self._dropped = False

    async def __call__(self, message: Message) -> None:
        """Send on, once the first part of the body has told which form it will have."""
        if message["type"] == "http.response.start":
            self._start = message
            message.setdefault("headers", [])
            return
        if self._dropped:
            return
        if self._start is not None:
            start, self._start = self._start, None
            if await self._begin(start, message):
                return
        if self._packer is not None and message["type"] == "http.response.body":
            message["body"] = await self._pack(message.get("body", b""), last=not message.get("more_body", False))
        await self._send(message)

    async def _begin(self, start: Message, first: Message) -> bool:
        """Send the head; return whether that was all, because the asker has the body already."""
        headers = MutableHeaders(raw=start["headers"])
        body, more = first.get("body", b""), first.get("more_body", False)
        packs = self._least is not None and (more or len(body) >= self._least)
        if packs or "etag" in headers:
            packs = _is_worth_packing(headers, start["status"]) and packs
            if tag := headers.get("etag"):
                tag = tag[:-1] + _PACKED_TAG + '"' if packs and tag.startswith('"') else tag
                headers["etag"] = tag
                if start["status"] == _OK and self._held is not None and _matches(self._held, tag):
                    kept = [pair for pair in headers.raw if pair[0].decode("latin-1") in _OF_A_304]
                    self._dropped = True
                    await self._send({"type": "http.response.start", "status": _NOT_MODIFIED, "headers": kept})
                    await self._send({"type": "http.response.body", "body": b""})
                    return True
        if packs:
            self._packer = zlib.compressobj(self._level, zlib.DEFLATED, _GZIP)
            headers["content-encoding"] = "gzip"
            headers.add_vary_header("Accept-Encoding")
            del headers["content-length"]
            if not more:
                first["body"] = await self._pack(body, last=True)
                headers["content-length"] = str(len(first["body"]))
                self._packer = None
        await self._send(start)
        return False

    async def _pack(self, body: bytes, *, last: bool) -> bytes:
        return (
            await run_in_threadpool(self._pack_now, body, last) if len(body) >= _LARGE else self._pack_now(body, last)
        )

    def _pack_now(self, body: bytes, last: bool) -> bytes:  # noqa: FBT001 (called by position, in a thread)
        assert self._packer is not None
        return self._packer.compress(body) + self._packer.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)


def takes_gzip(accepted: str) -> bool:
    """Read ``Accept-Encoding``."""
    if "gzip" not in accepted and "*" not in accepted:
        return False
    weights = {}
    for part in accepted.lower().replace(" ", "").split(","):
        name, _, quality = part.partition(";q=")
        weights[name] = quality == "" or quality.strip("0.") != ""
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


def _is_worth_packing(headers: Headers, status: int) -> bool:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    worth = media_type.startswith(_WORTH_IT) or media_type.endswith("+json")
    return worth and "content-encoding" not in headers and status != _PARTIAL


def _matches(held: str, tag: str) -> bool:
    tags = {one.strip().removeprefix("W/") for one in held.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags
