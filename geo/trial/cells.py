"""Reading one cell as a person typed it: whole numbers, percentages, times, days, content groups.

What could be read in two ways is refused with what to write instead, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.errors import TableError
from geo.tables.spreadsheet_safety import plain_text
from geo.tables.xlsx_reader import XlsxRow
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import ContentGroup
    from geo.tables import Row

LARGEST_COUNT: Final = 100_000
"""More for one ward, day and content is a slip: after the trial the whole city had about 6,000 a day."""
LARGEST_MINUTES: Final = 100_000
LONGEST_TEXT: Final = 2000

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0+)?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)?")
_DAY: Final = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?", re.IGNORECASE)
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_SERIAL: Final = re.compile(r"\d{5}")
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates, as they stand in cells that are not shown as dates."""
_NUMBERED: Final = re.compile(r"(\d{1,2})(?:(?:\s*[.):–-]\s*|\s+)(\D.*)|\s*[.)]?)", re.DOTALL)
_UNITS: Final = {"phut": 1.0, "p": 1.0, "minute": 1.0, "minutes": 1.0, "min": 1.0, "gio": 60.0, "h": 60.0, "hour": 60.0,
                 "hours": 60.0}  # fmt: skip


class WrongCell(TableError):
    """A cell that cannot be taken; ``vi`` and ``en`` say why and what to write."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text, and what a spreadsheet knows of it.

    Parameters
    ----------
    number
        True where the cell holds a number and not text: no separators are in doubt then.
    percent
        True where that number is shown as a percentage: 0.95 is 95 %.
    """

    text: str = ""
    number: bool = False
    percent: bool = False


def cell_at(row: Row, index: int | None) -> Cell:
    """Return a cell of a row; an empty one where the table has no such column."""
    if index is None:
        return Cell()
    text = plain_text(row.cell(index))
    if not isinstance(row, XlsxRow) or index >= len(row.values):
        return Cell(text)
    held = row.values[index]
    number = isinstance(held.value, int | float) and not isinstance(held.value, bool)
    return Cell(text, number, number and "%" in held.number_format)


def read_count(cell: Cell) -> int | None:
    """Return a whole number from 0; None where the cell is empty.

    Raises
    ------
    WrongCell
        It is no such number, or too large to be meant.
    """
    text = _SPACES.sub("", cell.text)
    if not text:
        return None
    if not cell.number and _GROUPED.fullmatch(text):
        digits = re.sub(r"[.,]", "", text)
        raise WrongCell(
            vi=f"“{cell.text}” có thể đọc theo hai cách; viết liền chữ số: {digits}.",
            en=f"“{cell.text}” can be read in two ways; write the digits together: {digits}.",
        )
    found = _WHOLE.fullmatch(text) if text.isascii() else None
    if found is None:
        raise WrongCell(
            vi=f"cần số nguyên từ 0 trở lên, không phải “{cell.text}”; chưa có số liệu thì để trống.",
            en=f"a whole number from 0 is needed, not “{cell.text}”; leave it empty where there is no figure.",
        )
    # Thousands of digits would be more than int() takes.
    value = int(found[1]) if len(found[1].lstrip("0")) < len(str(LARGEST_COUNT)) + 1 else LARGEST_COUNT + 1
    if value > LARGEST_COUNT:
        raise WrongCell(
            vi=f"“{cell.text[:40]}” quá lớn cho một phường, xã trong một ngày (nhiều nhất {LARGEST_COUNT}).",
            en=f"“{cell.text[:40]}” is too large for one ward and day (at most {LARGEST_COUNT}).",
        )
    return value


def read_percent(cell: Cell) -> float | None:
    """Return a percentage from 0 to 100; None where the cell is empty.

    Raises
    ------
    WrongCell
        It is none, or it could be a share of 1.
    """
    if not cell.text:
        return None
    if cell.percent:
        value, sure = float(cell.text) * 100, True
    else:
        text = cell.text.removesuffix("%").strip()
        value, sure = _decimal(cell, text), cell.text.endswith("%")
    if not 0 <= value <= 100:  # noqa: PLR2004
        raise WrongCell(
            vi=f"cần tỷ lệ từ 0 đến 100, không phải “{cell.text}”.",
            en=f"a percentage from 0 to 100 is needed, not “{cell.text}”.",
        )
    if 0 < value <= 1 and not sure:
        raise WrongCell(
            vi=f"“{cell.text}” là {value:g} % hay {value * 100:g} %? Ghi theo thang 0–100, hoặc thêm dấu %.",
            en=f"is “{cell.text}” {value:g} % or {value * 100:g} %? Write 0 to 100, or add the % sign.",
        )
    return round(value, 2)


def read_minutes(cell: Cell, unit: Cell, *, factor: float | None = None) -> float | None:
    """Return a time in minutes; None where the cell is empty.

    Parameters
    ----------
    unit
        ``phút`` or ``giờ``; not asked where the time has its unit in its own cell or heading.
    factor
        Minutes in the unit that the heading states; None where it states none.

    Raises
    ------
    WrongCell
        It is no time, or has no unit.
    """
    if not cell.text:
        return None
    found = re.fullmatch(r"([\d.,]+)\s*(\D*)", cell.text)
    number, stated = (found[1], fold(found[2])) if found else (cell.text, "")
    value = _decimal(cell, number)
    if stated and stated not in _UNITS:
        raise _no_unit(cell.text)
    named = fold(unit.text)
    if named and named not in _UNITS:
        raise _no_unit(unit.text)
    factors = {_UNITS[name] for name in (stated, named) if name} | ({factor} if factor else set())
    if len(factors) != 1:
        raise _no_unit(f"{cell.text} {unit.text}".strip())
    minutes = value * factors.pop()
    if minutes > LARGEST_MINUTES:
        raise WrongCell(
            vi=f"thời gian “{cell.text}” quá dài (nhiều nhất {LARGEST_MINUTES} phút).",
            en=f"the time “{cell.text}” is too long (at most {LARGEST_MINUTES} minutes).",
        )
    return round(minutes, 1)


def _no_unit(text: str) -> WrongCell:
    return WrongCell(
        vi=f"không rõ đơn vị của “{text}”: ghi phút hoặc giờ.",
        en=f"the unit of “{text}” is not clear: minutes or hours.",
    )


def _decimal(cell: Cell, text: str) -> float:
    if not cell.number and _GROUPED.fullmatch(text):
        raise WrongCell(
            vi=f"“{cell.text}” có thể đọc theo hai cách; viết liền chữ số, hoặc một chữ số thập phân.",
            en=f"“{cell.text}” can be read in two ways; write the digits together, or one decimal.",
        )
    if not (text.isascii() and _DECIMAL.fullmatch(text)):
        raise WrongCell(
            vi=f"cần một số từ 0 trở lên, không phải “{cell.text}”; chưa có số liệu thì để trống.",
            en=f"a number from 0 is needed, not “{cell.text}”; leave it empty where there is no figure.",
        )
    return float(text.replace(",", "."))


def read_day(cell: Cell, days: Sequence[date]) -> date:
    """Return a day of the trial; day and month as Vietnamese write them, the year may be left out.

    Raises
    ------
    WrongCell
        It is no day, or not one of the trial.
    """
    first, last = days[0], days[-1]
    if not cell.text:
        raise WrongCell(vi="chưa ghi ngày.", en="the day is missing.")
    day = _day(cell.text, first.year)
    if day is None or day not in days:
        raise WrongCell(
            vi=f"“{cell.text}” không phải một ngày từ {first:%d/%m} đến {last:%d/%m/%Y}; ghi dạng {first:%d/%m/%Y}.",
            en=f"“{cell.text}” is no day from {first:%d/%m} to {last:%d/%m/%Y}; write it as {first:%d/%m/%Y}.",
        )
    return day


def _day(text: str, year: int) -> date | None:
    if _SERIAL.fullmatch(text) and text.isascii():
        return _EPOCH + timedelta(days=int(text))
    try:
        if found := _ISO_DAY.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY.fullmatch(text):
            written = int(found[3]) if found[3] else year
            return date(written + 2000 if written < 100 else written, int(found[2]), int(found[1]))  # noqa: PLR2004
    except ValueError:
        return None
    return None


def read_content(cell: Cell, contents: Sequence[ContentGroup]) -> int:
    """Return the number of a content group, from its number, its name, or both.

    Raises
    ------
    WrongCell
        There is no such group, or number and name belong to two groups.
    """
    if not cell.text:
        raise WrongCell(vi="chưa ghi nội dung.", en="the content group is missing.")
    names = {fold(name): group.number for group in contents for text in (group.short, group.what)
             for name in (text.vi, text.en)}  # fmt: skip
    found = _NUMBERED.fullmatch(cell.text) if cell.text[0].isascii() else None
    number = int(found[1]) if found else names.get(fold(cell.text))
    named = names.get(fold(found[2])) if found and found[2] else None
    if number is None or not 1 <= number <= len(contents):
        raise WrongCell(
            vi=f"không có nhóm nội dung “{cell.text}”; ghi số từ 1 đến {len(contents)} hoặc tên trong danh mục.",
            en=f"there is no content group “{cell.text}”; write a number from 1 to {len(contents)} or a listed name.",
        )
    if named is not None and named != number:
        raise WrongCell(
            vi=f"“{cell.text}”: tên này là nhóm {named}, không phải nhóm {number}.",
            en=f"“{cell.text}”: this is the name of group {named}, not of group {number}.",
        )
    return number
