"""The parameter ``datetime``: an instant or an interval, down to the days of Hà Nội that it covers."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

from api.errors import BadRequest

if TYPE_CHECKING:
    from geo.layers import Layer

HANOI: Final = timezone(timedelta(hours=7))
"""Units come into force at midnight in Hà Nội, whatever the asker's clock says."""

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_OPEN: Final = frozenset({"", ".."})


def days_asked(text: str) -> tuple[date, date]:
    """Read a day, an instant of RFC 3339, or an interval of them whose ends may be open (``..`` or nothing).

    Returns
    -------
    tuple
        The first and the last day in Hà Nội that the asker means.

    Raises
    ------
    BadRequest
        It is none of these, or an interval that ends before it begins.
    """
    ends = text.split("/")
    if len(ends) == 1:
        return _first(text).date(), _last(text).date()
    if len(ends) > 2:  # noqa: PLR2004
        raise _unreadable(text)
    opens, closes = ends
    first = datetime.min.replace(tzinfo=HANOI) if opens in _OPEN else _first(opens)
    last = datetime.max.replace(tzinfo=HANOI) if closes in _OPEN else _last(closes)
    if first > last:
        raise BadRequest(
            vi="datetime không dùng được: khoảng thời gian kết thúc trước khi bắt đầu.",
            en="datetime cannot be used: the interval ends before it begins.",
            field="datetime",
        )
    return first.date(), last.date()


def interval(layer: Layer) -> tuple[str, str | None]:
    """Return the validity of a layer as a closed interval of instants."""
    opens = datetime.combine(layer.valid_from, time(), HANOI).isoformat()
    if layer.valid_to is None:
        return opens, None
    return opens, (datetime.combine(layer.valid_to, time(), HANOI) - timedelta(seconds=1)).isoformat()


def _first(text: str) -> datetime:
    return _read(text, time.min)


def _last(text: str) -> datetime:
    return _read(text, time.max)


def _read(text: str, of_day: time) -> datetime:
    try:
        if _DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), of_day, HANOI)
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC).astimezone(HANOI)
    except (ValueError, OverflowError):  # the 31st of February; the first moments of the year 1
        pass
    raise _unreadable(text)


def _unreadable(text: str) -> BadRequest:
    return BadRequest(
        vi=f"datetime không đọc được: {text[:80]!r}. Ví dụ: 2025-07-01, 2025-07-01T00:00:00Z, 2025-01-01/2025-06-30, "
        "2025-07-01/.. (dấu + viết là %2B).",
        en=f"datetime cannot be read: {text[:80]!r}. For example 2025-07-01, 2025-07-01T00:00:00Z, "
        "2025-01-01/2025-06-30, 2025-07-01/.. (a plus sign is written %2B).",
        field="datetime",
    )
