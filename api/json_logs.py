"""Logs as lines of JSON, with the id of the request and without a word of what users sent."""

from __future__ import annotations

import asyncio
import atexit
import contextvars
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TextIO

import orjson

if TYPE_CHECKING:
    from types import TracebackType

REQUEST_ID: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

_OURS = ("api", "geo", "maps", "uvicorn")
"""Loggers whose messages are known to hold nothing that a user sent. Others may quote an exception."""

_WITHHELD = "(message withheld: it may quote what a user sent)"


class JsonLines(logging.Formatter):
    """Write a record as one line.

    Of an exception only its kind and its place are written: its message may quote an address.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        ours = record.name.partition(".")[0] in _OURS
        line: dict[str, Any] = {
            "time": _written(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().strip() if ours else _WITHHELD,
        }
        if request_id := REQUEST_ID.get():
            line["request_id"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = _places(record.exc_info[2])
        return orjson.dumps(line, default=lambda _: None).decode()


def configure(level: str) -> None:
    """Send every log of the process to standard error in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    if root.isEnabledFor(logging.INFO):
        _requests.stream = handler.stream
        atexit.register(_requests.write)


def log_request(request_id: str, method: str, route: str, status: int, seconds: float) -> None:
    """Log one request, from the event loop; nothing where logs are not configured.

    Lines are written together: a `LogRecord` and a write for each would take as long as a look-up.
    """
    if _requests.stream is not None:
        if not _requests.noted:
            asyncio.get_running_loop().call_later(_LATE_SECONDS, _requests.write)
        _requests.noted.append((time.time(), request_id, method, route, status, seconds))


_LATE_SECONDS = 0.1
"""How long the line of a request may wait for others."""


class _Requests:
    """Requests on their way to the log; none before `configure`."""

    def __init__(self) -> None:
        self.stream: TextIO | None = None
        self.noted: list[tuple[float, str, str, str, int, float]] = []

    def write(self) -> None:
        """Write a line for each."""
        noted, self.noted = self.noted, []
        if self.stream is not None and noted:
            self.stream.write(b"".join(_request_line(*one) for one in noted).decode())
            self.stream.flush()


_requests = _Requests()


def _request_line(at: float, request_id: str, method: str, route: str, status: int, seconds: float) -> bytes:
    line = {
        "time": _written(at),
        "level": "info",
        "logger": "api.access",
        "message": "request",
        "request_id": request_id,
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 2),
    }
    return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def _written(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
