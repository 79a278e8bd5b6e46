"""Logs as lines of JSON, with the id of the request and without a word of what users sent."""

from __future__ import annotations

import contextvars
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

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
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
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


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
