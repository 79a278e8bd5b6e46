"""What a client may do to a connection: how slowly it may send a head or read an answer, and how much head it may send.

Bodies are watched by `api.middleware.body_limits`: there a problem can still be told in words.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from starlette.datastructures import Headers
from starlette.requests import Request
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.errors import problem
from api.languages import preferred_language

_SLOWEST_READ = 1000
"""Bytes a second below which a reader counts as standing still."""

_LAST_WORD_SECONDS = 0.5
"""How long an idle connection stays open when the service ends: a request may be on its way."""

_MOST_JOINED = 65_536
"""Bytes that wait for the end of the loop's turn; more go out at once."""

_WORDS = {
    400: ("Yêu cầu không đúng HTTP.", "The request is not HTTP."),
    408: ("Phần đầu của yêu cầu không đến đủ trong thời hạn.", "The request's head did not arrive in time."),
    431: ("Phần đầu của yêu cầu quá lớn.", "The request's head is too large."),
    503: ("Đang có quá nhiều kết nối. Hãy thử lại sau.", "Too many connections are open. Try again later."),
}


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The limits of one connection; ``connections`` of all of them."""

    connections: int
    header_seconds: float
    header_bytes: int
    write_seconds: float
    linger_seconds: float


class JoinedWrites:
    """A transport that writes at the end of the loop's turn what was written to it during the turn.

    Head and body go out together, and under load the answers of a turn are made one after the other, with no call to
    the system in between. Whatever is not about writing is the transport's own.

    Parameters
    ----------
    transport
        Where bytes go.
    loop
        Its loop.
    """

    __slots__ = ("_loop", "_parts", "_size", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        """Return what the transport has under a name."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write a little later; at once where much has come together, so that the transport can say stop."""
        if not self._parts:
            self._loop.call_soon(self.flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size >= _MOST_JOINED:
            self.flush()

    def flush(self) -> None:
        """Write what has come together, unless the other side is gone."""
        parts, self._parts, self._size = self._parts, [], 0
        if parts and not self._transport.is_closing():
            self._transport.write(b"".join(parts) if len(parts) > 1 else parts[0])

    def close(self) -> None:
        """Write the rest, then close."""
        self.flush()
        self._transport.close()


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's connection with the timeouts that it lacks, and fewer writes."""

    limits: ClassVar[ConnectionLimits]

    _head_timer: asyncio.TimerHandle | None = None
    _read_timer: asyncio.TimerHandle | None = None
    _linger_timer: asyncio.TimerHandle | None = None
    _head_begun = False
    _head_bytes = 0
    _unread = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        super().connection_made(cast("asyncio.Transport", JoinedWrites(transport, self.loop)))
        if len(self.connections) > self.limits.connections:
            self._refuse(503)
        else:
            self._head_timer = self.loop.call_later(self.limits.header_seconds, self._head_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        for timer in (self._head_timer, self._read_timer, self._linger_timer):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read, and watch over a head that has only begun."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._head_begun:
            self._head_bytes += len(data)
            if self._head_bytes > self.limits.header_bytes:
                self._refuse(431)
            elif self._head_timer is None:
                self._head_timer = self.loop.call_later(self.limits.header_seconds, self._head_is_late)

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        self._head_begun, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Go on to the body."""
        self._head_begun = False
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Know that nothing of a body is left to come."""
        if self._linger_timer is not None:
            self._linger_timer.cancel()
            self._linger_timer = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Let a body that nobody wants come for a while, so that its sender reads the answer; then close."""
        super().on_response_complete()
        if self.cycle.more_body and self._linger_timer is None and not self.transport.is_closing():
            self._linger_timer = self.loop.call_later(self.limits.linger_seconds, self.transport.close)

    def pause_writing(self) -> None:
        """Watch a reader who lets the answer stand."""
        super().pause_writing()
        self._unread = self.transport.get_write_buffer_size()
        self._read_timer = self.loop.call_later(self.limits.write_seconds, self._look_at_reader)

    def resume_writing(self) -> None:
        """Stop watching."""
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None
        super().resume_writing()

    def shutdown(self) -> None:
        """End after the request in hand, or after one whose first bytes are on their way."""
        if self._at_work():
            self.cycle.keep_alive = False
        else:
            self.loop.call_later(_LAST_WORD_SECONDS, self._close_when_idle)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (uvicorn's words are for nobody)
        """Answer what is not HTTP in the shape of every other error."""
        self._refuse(400)

    def _at_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _close_when_idle(self) -> None:
        if self._at_work():
            self.cycle.keep_alive = False
        elif self._head_begun:  # the head's own timer is running
            self.loop.call_later(_LAST_WORD_SECONDS, self._close_when_idle)
        else:
            self.transport.close()

    def _head_is_late(self) -> None:
        self._head_timer = None
        if self._head_begun:
            self._refuse(408)
        else:
            self.transport.close()

    def _look_at_reader(self) -> None:
        left = self.transport.get_write_buffer_size()
        if self._unread - left < _SLOWEST_READ * self.limits.write_seconds:
            self.transport.abort()
            return
        self._unread = left
        self._read_timer = self.loop.call_later(self.limits.write_seconds, self._look_at_reader)

    def _refuse(self, status: int) -> None:
        """Answer what never becomes a request, and close."""
        if self._at_work():  # an answer is under way on this connection: words in between would spoil it
            self.transport.close()
            return
        scope = {"type": "http", "headers": self.headers or [], "query_string": b""}
        lang = preferred_language(Request(scope))
        response = problem(status, lang=lang, detail=_WORDS[status][0 if lang == "vi" else 1])
        head = Headers(raw=[*response.raw_headers, (b"connection", b"close")])
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in head.raw)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + bytes(response.body))
        self.transport.close()


def guarded_protocol(limits: ConnectionLimits) -> type[GuardedProtocol]:
    """Return the protocol with its limits: the server makes the connections itself."""
    return type("LimitedProtocol", (GuardedProtocol,), {"limits": limits})
