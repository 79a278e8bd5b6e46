"""Reading a filled-in spreadsheet: every row checked, every problem named with its row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from geo.model import Text, TrialReport
from geo.tables import open_table
from geo.tables.headings import column_letter
from geo.text import detect_legacy, from_legacy
from geo.trial.cells import (
    LONGEST_TEXT,
    Cell,
    WrongCell,
    cell_at,
    read_content,
    read_count,
    read_day,
    read_minutes,
    read_percent,
)
from geo.trial.columns import COUNTS, FIGURES, ColumnKey, column, recognise
from geo.trial.ward_names import WardNames

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geo.errors import Language
    from geo.model import TrialFacts, Ward
    from geo.tables import Notice, Row, TableReader

_Value = TypeVar("_Value")

REPORT_SHEET: Final = Text("Báo cáo", "Reports")
"""Name of the template's sheet that is filled in; another workbook's first sheet is read."""

_HARMLESS: Final = {"blank_row", "short_row"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell.

    Parameters
    ----------
    row
        As a spreadsheet shows it.
    letter, column
        Of the column, as a spreadsheet shows it, and its heading; both empty where it is about the whole row.
    """

    row: int
    letter: str
    column: str
    vi: str
    en: str

    def message(self, lang: Language) -> str:
        """Return where it is and what is wrong."""
        row, col = ("Dòng", "cột") if lang == "vi" else ("Row", "column")
        place = f", {col} {self.letter} “{self.column}”" if self.letter else ""
        return f"{row} {self.row}{place}: {self.vi if lang == 'vi' else self.en}"


@dataclass
class Reading:
    """What a spreadsheet holds.

    Parameters
    ----------
    reports
        The reports of the rows in which nothing is wrong.
    problems
        In the order of the rows.
    left_out
        Numbers of the rows in which something is wrong, in order.
    rows, unfilled
        Rows under the heading; those of them with no figure at all, which are no reports.
    columns
        Which heading was taken for which column.
    ignored
        Headings that mean nothing here.
    """

    reports: list[TrialReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    rows: int = 0
    unfilled: int = 0
    columns: dict[ColumnKey, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    sha256: str = ""


def read_reports(path: Path, *, facts: TrialFacts, wards: Sequence[Ward], sheet: str | None = None) -> Reading:
    """Read a spreadsheet of reports and check every row.

    Parameters
    ----------
    path
        CSV, XLSX or Parquet, with the columns of the template in any order.
    sheet
        XLSX only; the template's own where it is there, else the first one shown.

    Raises
    ------
    TableError
        It is no table, or lacks a column that every report needs. What is wrong in rows is not raised but returned.
    """
    with _open(path, sheet) as table:
        places = recognise(table.columns)
        checker = _RowChecker(table.columns, places, facts, WardNames(wards))
        found = Reading(
            columns={key: table.columns[place] for key, place in places.items()},
            ignored=[name for at, name in enumerate(table.columns) if at not in places.values() and name.strip()],
            sha256=table.sha256(),
        )
        rows: dict[tuple[str, date, int], list[tuple[int, TrialReport]]] = {}
        for batch in table.batches():
            for row in batch:
                found.rows += 1
                report = checker.check(row)
                if report is not None:
                    rows.setdefault(report.key, []).append((row.number, report))
        found.unfilled = checker.unfilled
        _refuse_duplicates(rows, checker)
        found.notices = list(table.report.notices)
    found.problems = sorted(checker.problems, key=lambda problem: problem.row)
    found.left_out = sorted({problem.row for problem in found.problems})
    found.reports = sorted((same[0][1] for same in rows.values() if len(same) == 1), key=lambda report: report.key)
    return found


def _open(path: Path, sheet: str | None) -> TableReader:
    table = open_table(path, sheet=sheet)
    ours = [name for name in (REPORT_SHEET.vi, REPORT_SHEET.en) if name in table.report.sheets]
    if sheet is None and ours and table.report.sheet != ours[0]:
        table.close()
        table = open_table(path, sheet=ours[0])
    return table


def _refuse_duplicates(
    rows: Mapping[tuple[str, date, int], list[tuple[int, TrialReport]]], checker: _RowChecker
) -> None:
    """Refuse every row whose ward, day and content another row has: nobody can tell which one is meant."""
    for same in rows.values():
        if len(same) > 1:
            numbers = [number for number, _ in same]
            for number in numbers:
                others = ", ".join(str(other) for other in numbers if other != number)
                checker.problem(
                    number,
                    ColumnKey.CONTENT,
                    f"trùng phường, xã, ngày và nội dung với dòng {others}.",
                    f"the same ward, day and content as row {others}.",
                )


class _RowChecker:
    """Checks rows one after the other and keeps what is wrong."""

    def __init__(
        self, headings: Sequence[str], places: Mapping[ColumnKey, int], facts: TrialFacts, wards: WardNames
    ) -> None:
        self.problems: list[Problem] = []
        self.unfilled = 0
        self._headings = headings
        self._places = places
        self._facts = facts
        self._wards = wards

    def check(self, row: Row) -> TrialReport | None:
        """Return a row's report; None where it has none or where something is wrong with it."""
        if row.problem is not None and row.problem.code not in _HARMLESS:
            self.problems.append(Problem(row.number, "", "", row.problem.vi, row.problem.en))
            return None
        cells = {key: cell_at(row, self._places.get(key)) for key in ColumnKey}
        if not any(cells[key].text for key in FIGURES):
            self.unfilled += 1
            return None
        before = len(self.problems)
        ward = self._ward(row.number, cells)
        day = self._read(row.number, ColumnKey.DAY, lambda: read_day(cells[ColumnKey.DAY], self._facts.days))
        content = self._read(
            row.number, ColumnKey.CONTENT, lambda: read_content(cells[ColumnKey.CONTENT], self._facts.contents)
        )
        counts = {key: self._count(row.number, key, cells) for key in COUNTS}
        self._check_counts(row.number, counts, before)
        minutes = self._minutes(row.number, cells)
        satisfaction = self._read(
            row.number, ColumnKey.SATISFACTION, lambda: read_percent(cells[ColumnKey.SATISFACTION])
        )
        issues = self._text(row.number, cells[ColumnKey.ISSUES].text)
        if len(self.problems) > before or ward is None or day is None or content is None:
            return None
        return TrialReport(
            ward_code=ward.code,
            day=day,
            content=content,
            scenarios=counts[ColumnKey.SCENARIOS],
            received=counts[ColumnKey.RECEIVED],
            resolved=counts[ColumnKey.RESOLVED],
            on_time=counts[ColumnKey.ON_TIME],
            median_minutes=minutes,
            satisfaction_pct=satisfaction,
            issues=issues,
        )

    def problem(self, row: int, key: ColumnKey, vi: str, en: str) -> None:
        """Keep what is wrong with a cell; of a column that the table lacks, with the row."""
        place = self._places.get(key)
        letter, heading = ("", "") if place is None else (column_letter(place), self._headings[place])
        self.problems.append(Problem(row, letter, heading, vi, en))

    def _read(self, row: int, key: ColumnKey, read: Callable[[], _Value]) -> _Value | None:
        try:
            return read()
        except WrongCell as wrong:
            self.problem(row, key, wrong.vi, wrong.en)
            return None

    def _ward(self, row: int, cells: Mapping[ColumnKey, Cell]) -> Ward | None:
        code, name = cells[ColumnKey.WARD_CODE], cells[ColumnKey.WARD]
        key = ColumnKey.WARD_CODE if code.text and ColumnKey.WARD_CODE in self._places else ColumnKey.WARD
        return self._read(row, key, lambda: self._wards.read(code.text, name.text))

    def _count(self, row: int, key: ColumnKey, cells: Mapping[ColumnKey, Cell]) -> int | None:
        return self._read(row, key, lambda: read_count(cells[key]))

    def _minutes(self, row: int, cells: Mapping[ColumnKey, Cell]) -> float | None:
        forms = ((ColumnKey.MEDIAN, None), (ColumnKey.MEDIAN_MINUTES, 1.0), (ColumnKey.MEDIAN_HOURS, 60.0))
        filled = [(key, factor) for key, factor in forms if cells[key].text]
        if len(filled) > 1:
            self.problem(
                row,
                filled[1][0],
                "thời gian đã ghi ở cột khác; chỉ ghi ở một cột.",
                "the time stands in another column too; write it in one.",
            )
            return None
        if not filled:
            return None
        key, factor = filled[0]
        unit = cells[ColumnKey.MEDIAN_UNIT] if key is ColumnKey.MEDIAN else Cell()
        return self._read(row, key, lambda: read_minutes(cells[key], unit, factor=factor))

    def _check_counts(self, row: int, counts: Mapping[ColumnKey, int | None], before: int) -> None:
        """Hold resolved to received and on time to resolved; a part without its whole cannot be checked."""
        if len(self.problems) > before and None in counts.values():
            # A count that could not be read is no missing one.
            wrong = {problem.column for problem in self.problems[before:]}
            if wrong & {self._headings[self._places[key]] for key in COUNTS if key in self._places}:
                return
        for part, whole in ((ColumnKey.RESOLVED, ColumnKey.RECEIVED), (ColumnKey.ON_TIME, ColumnKey.RESOLVED)):
            small, large = counts[part], counts[whole]
            names = (column(part).heading, column(whole).heading)
            if small is not None and large is None:
                self.problem(
                    row,
                    part,
                    f"có “{names[0].vi}” thì phải có “{names[1].vi}”.",
                    f"“{names[0].en}” needs “{names[1].en}” beside it.",
                )
            elif small is not None and large is not None and small > large:
                self.problem(
                    row,
                    part,
                    f"“{names[0].vi}” ({small}) lớn hơn “{names[1].vi}” ({large}).",
                    f"“{names[0].en}” ({small}) is more than “{names[1].en}” ({large}).",
                )

    def _text(self, row: int, text: str) -> str:
        """Refuse texts that are too long or in a font of the 1990s, which nobody could read on the page."""
        font = detect_legacy(text)
        if font:
            read = from_legacy(text, font)[:80]
            self.problem(
                row,
                ColumnKey.ISSUES,
                f"gõ bằng phông {font}; hãy gõ bằng Unicode: “{read}”.",
                f"typed in a {font} font; type it in Unicode: “{read}”.",
            )
        if len(text) > LONGEST_TEXT:
            self.problem(
                row,
                ColumnKey.ISSUES,
                f"dài {len(text)} ký tự, nhiều nhất là {LONGEST_TEXT}.",
                f"has {len(text)} characters, at most {LONGEST_TEXT} are taken.",
            )
        return text
