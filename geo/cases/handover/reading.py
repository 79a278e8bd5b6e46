"""Rows of a table to case files: what cannot be read is said of its row, and no row is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.cases.case_rules import recognise_kind, recognise_state
from geo.cases.points import degrees_reader
from geo.errors import InvalidCoordinate
from geo.model import CaseAddress, CaseFile, CaseKind, Text
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.cases.handover.columns import FoundColumns
    from geo.tables import Row

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?:[, ]+\d{1,2}[:h]\d{2}.*)?")
_TIME_FIRST: Final = re.compile(r"\d{1,2}[:h]\d{2}(?::\d{2})?[, ]+(?=\d)")
_IN_WORDS: Final = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_SERIAL_START: Final = date(1899, 12, 30)
_YEARS: Final = (1990, 2035)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about a row that people should look at. ``code`` is stable; the text names no person."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A row of the table as a case file."""

    number: int
    case: CaseFile
    issues: tuple[Issue, ...]
    blank: bool


class CaseReader:
    """Reads only the columns that place a file; every other cell passes by unread.

    Parameters
    ----------
    columns
        The table's headings.
    found
        Which of them are which.
    kind
        What every file is of which the table does not say it.
    old_district
        The district of every file of which the table does not say it.
    """

    def __init__(
        self, columns: Sequence[str], found: FoundColumns, *, kind: CaseKind | None = None, old_district: str = ""
    ) -> None:
        self._found = found
        self._kind = kind
        self._old_district = old_district
        self._read_point = (
            None if found.lon is None or found.lat is None else degrees_reader(found.lon, found.lat, columns)
        )

    def read(self, row: Row) -> CaseRow:
        """Read one row."""
        cells = row.cells
        if not any(cell.strip() for cell in cells):
            return CaseRow(row.number, CaseFile(), (_BLANK,), blank=True)
        issues: list[Issue] = []
        if row.problem is not None:
            issues.append(Issue(row.problem.code, Text(row.problem.vi, row.problem.en)))
        return CaseRow(row.number, self._case(cells, issues), tuple(issues), blank=False)

    def case_of(self, cells: Sequence[str]) -> CaseFile:
        """Read the cells of a row, whatever issues they have."""
        return self._case(cells, []) if any(cell.strip() for cell in cells) else CaseFile()

    def _case(self, cells: Sequence[str], issues: list[Issue]) -> CaseFile:
        found = self._found
        number, received_text = _cell(cells, found.number), _cell(cells, found.received)
        kind_text, state_text = _cell(cells, found.kind), _cell(cells, found.state)
        kind = recognise_kind(kind_text).kind if kind_text or self._kind is None else self._kind
        state, received = recognise_state(state_text), read_date(received_text)
        lon, lat = self._point(cells, issues)
        if found.number is not None and not number:
            issues.append(_NO_NUMBER)
        if received_text and received is None:
            issues.append(_quoted("unread_date", "ngày nhận không đọc được", "date not readable", received_text))
        if kind is CaseKind.OTHER and found.kind is not None:
            issues.append(_quoted("unclear_kind", "không rõ lĩnh vực", "kind not clear", kind_text))
        if state is None and found.state is not None:
            issues.append(_quoted("unclear_state", "không rõ trạng thái", "state not clear", state_text))
        return CaseFile(
            number=number,
            kind=kind,
            kind_text=kind_text,
            received=received,
            old_district=_cell(cells, found.old_district) or self._old_district,
            old_commune=_cell(cells, found.old_commune),
            addresses=tuple(
                CaseAddress(role, text) for role, position in found.addresses if (text := _cell(cells, position))
            ),
            lon=lon,
            lat=lat,
            state=state,
        )

    def _point(self, cells: Sequence[str], issues: list[Issue]) -> tuple[float | None, float | None]:
        """Return the coordinates; a row without them, or with some that cannot be right, is read without."""
        places = self._found.lon, self._found.lat
        if self._read_point is None or not any(_cell(cells, place) for place in places):
            return None, None
        try:
            point = self._read_point(cells)
        except InvalidCoordinate as error:
            issues.append(Issue("unread_coordinates", Text(error.vi, error.en)))
            return None, None
        return point.lon, point.lat


def read_date(text: str) -> date | None:
    """Read a day as people write it: ISO, day first, in words, or a spreadsheet's serial number.

    Returns
    -------
    date or None
        None for what is no day, and for what lies outside 1990–2035: a slip, not a day of receipt. The month is
        never written first in Việt Nam, so "06/25/2025" is no day.

    Examples
    --------
    >>> read_date("5/6/2025"), read_date("45813"), read_date("31/02/2025")
    (datetime.date(2025, 6, 5), datetime.date(2025, 6, 5), None)
    """
    text = _TIME_FIRST.sub("", text.strip(), count=1)
    if _SERIAL.fullmatch(text):
        return _plausible(_SERIAL_START + timedelta(days=int(float(text))))
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(fold(text)):
        day, month, year = match.groups()
    else:
        return None
    try:
        return _plausible(date(int(year.rjust(3, "0").rjust(4, "2")), int(month), int(day)))
    except ValueError:
        return None


def _plausible(day: date) -> date | None:
    return day if _YEARS[0] <= day.year <= _YEARS[1] else None


def _cell(cells: Sequence[str], position: int | None) -> str:
    return "" if position is None or position >= len(cells) else cells[position].strip()


def _quoted(code: str, vi: str, en: str, text: str) -> Issue:
    if not text:
        return Issue(code, Text(f"{vi}: ô trống", f"{en}: empty cell"))
    shown = text[:40]
    return Issue(code, Text(f"{vi}: “{shown}”", f"{en}: “{shown}”"))


_NO_NUMBER: Final = Issue("no_number", Text("không có số hồ sơ", "no case number"))
_BLANK: Final = Issue("blank_row", Text("dòng trống", "empty row"))
