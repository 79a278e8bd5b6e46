"""XLSX read as a stream.

What is read is what a person sees: results of formulas, dates as ISO text, numbers with the 15 digits that
spreadsheets show. A workbook's shared text is held in memory, as its format requires; rows are not.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from geo.errors import TableError
from geo.tables.headings import column_letter
from geo.tables.reader import TableReader, in_lists
from geo.tables.rows import Notice, Row, RowBatch, TableReport, blank_row, ragged_row
from geo.tables.xlsx_package import Formula, check_package, damaged, formulas_without_value, survey_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.tables.rows import Batch

MAX_ROWS = 1_048_576
_READ_ERRORS = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, EOFError, OSError, KeyError, IndexError,
    ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError,
)  # fmt: skip
_ZERO_PADDED = re.compile("0{2,}")


class XlsxCell(NamedTuple):
    """A cell: its value, openpyxl's letter for its type (``f`` for a formula), and how it is shown."""

    value: Any
    kind: str = "s"
    number_format: str = "General"


class XlsxRow(Row):
    """A row of a sheet, with the types of its cells."""

    __slots__ = ("values",)

    def __init__(self, number: int, values: list[XlsxCell]) -> None:
        self.number = number
        self.values = values
        self.problem = None
        self.missing = 0

    @property
    def cells(self) -> list[str]:
        """The cells as a person sees them."""
        return [cell_text(cell) for cell in self.values]

    def cell(self, index: int) -> str:
        """Return one cell as text, ``""`` beyond the last."""
        return cell_text(self.values[index]) if index < len(self.values) else ""


def cell_text(cell: XlsxCell) -> str:
    """Return a cell as text: dates as ISO, whole numbers without a fraction, codes with their zeros."""
    value, kind, number_format = cell
    if value is None or kind == "f":
        return ""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        text = format(value, ".15g") if isinstance(value, float) else str(value)
        return text.zfill(len(number_format)) if _ZERO_PADDED.fullmatch(number_format) else text
    return _date_text(value, number_format)


def _date_text(value: Any, number_format: str) -> str:
    """Return a date or time as ISO text; the time of day only where it is shown or is not midnight."""
    if isinstance(value, dt.datetime) and value.time() == dt.time() and "h" not in number_format.lower():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


class XlsxReader(TableReader):
    """One sheet of a workbook.

    The heading is the first row that is not empty. Only the sheet read is copied to an output.
    """

    def __init__(self, path: Path, *, sheet: str | None = None) -> None:
        self._file = path.open("rb")
        try:
            check_package(self._file)
            with _damage_told(), warnings.catch_warnings():
                # What openpyxl warns of here is what it drops: charts, extensions, styles. None is a cell.
                warnings.simplefilter("ignore")
                self._book: Any = openpyxl.load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
            report = TableReport("xlsx", sheets=tuple(self._book.sheetnames))
            self._sheet = self._choose(sheet, report)
            # The size a sheet declares is often wrong; rows beyond it would be lost.
            self._sheet.reset_dimensions()
            self._part: str = self._sheet._worksheet_path  # noqa: SLF001  # openpyxl has no public name for it
            with _damage_told():
                self._survey = survey_sheet(self._file, self._part)
            self.heading = self._find_heading()
            report.header_row = self.heading.number
            super().__init__(path, self.heading.cells, report)
            self._check_merges()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        book = getattr(self, "_book", None)
        if book is not None:
            book.close()
        self._file.close()

    def _choose(self, name: str | None, report: TableReport) -> Any:
        """Return the sheet of that name, or the first one that is shown."""
        sheets = {sheet.title: sheet for sheet in self._book.worksheets}
        shown = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
        listed = ", ".join(f"“{title}”" for title in sheets)
        if name is None:
            name = (shown or list(sheets) or [""])[0]
        if name not in sheets:
            raise TableError(
                vi=f"Không có trang tính “{name}”. Tệp có: {listed or 'không trang nào'}.",
                en=f"There is no sheet “{name}”. The workbook has: {listed or 'none'}.",
                field="sheet",
            )
        report.sheet = name
        if len(sheets) > 1:
            report.add(
                Notice(
                    "other_sheets",
                    f"Chỉ đọc trang tính “{name}”. Tệp có: {listed}.",
                    f"Only the sheet “{name}” is read. The workbook has: {listed}.",
                )
            )
        return sheets[name]

    def _find_heading(self) -> XlsxRow:
        """Return the first row that is not empty, without empty cells at its end."""
        with _damage_told(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for row in self._rows():
                if row.problem is None or row.problem.code != "blank_row":
                    return row
        raise TableError(
            vi=f"Trang tính “{self._sheet.title}” trống: không có dòng tiêu đề.",
            en=f"The sheet “{self._sheet.title}” is empty: there is no row of headings.",
            field="sheet",
        )

    def _check_merges(self) -> None:
        """Refuse a heading of merged cells; say where other cells are merged."""
        row = self.heading.number
        for top, left, bottom, right in self._survey.merges:
            if top <= row <= bottom:
                place = f"{column_letter(left - 1)}{top}:{column_letter(right - 1)}{bottom}"
                raise TableError(
                    vi=f"Dòng tiêu đề (dòng {row}) có ô gộp {place}. Hãy bỏ gộp ô và đặt mỗi cột một "
                    "tiêu đề, "
                    "trên một dòng, ở đầu bảng.",
                    en=f"The heading (row {row}) has merged cells {place}. Unmerge them and give each "
                    "column one "
                    "heading, in one row, at the top of the table.",
                )
        if self._survey.merges:
            self.report.add(
                Notice(
                    "merged_cells",
                    f"Có {len(self._survey.merges)} vùng ô gộp: chỉ ô trên cùng bên trái có giá trị.",
                    f"There are {len(self._survey.merges)} merged areas: only the top left cell has the value.",
                )
            )

    def _rows(self) -> Iterator[XlsxRow]:
        """Yield every row of the sheet up to the last that is not empty, from row 1."""
        empty: list[int] = []
        unknown = formulas_without_value(self._file, self._part) if self._survey.formulas else iter(())
        following: Formula | None = next(unknown, None)
        for number, cells in enumerate(self._sheet.iter_rows(), 1):
            if number > MAX_ROWS:
                raise damaged()
            row = XlsxRow(number, [_cell(cell) for cell in cells])
            while following is not None and following.row <= number:
                if following.row == number:
                    _put_formula(row, following)
                following = next(unknown, None)
            while row.values and row.values[-1].value in (None, ""):
                row.values.pop()
            if not row.values:
                empty.append(number)
                continue
            for blank in empty:
                yield _empty_row(blank)
            empty.clear()
            _flag_errors(row)
            yield row

    def _batches(self, size: int) -> Iterator[Batch]:
        rows = self._rows_under_heading()
        lists = in_lists(rows, size)
        while True:
            # Warnings are caught one batch at a time: a generator must not hold the filters while it waits.
            with _damage_told(), warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                taken = next(lists, None)
            for warning in caught:
                text = str(warning.message)
                self.report.add(Notice("workbook", f"openpyxl: {text}", f"openpyxl: {text}"))
            if taken is None:
                return
            yield RowBatch(taken)

    def _rows_under_heading(self) -> Iterator[Row]:
        columns = len(self.columns)
        for row in self._rows():
            if row.number <= self.heading.number:
                continue
            if len(row.values) > columns:
                row.problem = ragged_row(row.number, cells=len(row.values), columns=columns)
            row.missing = max(0, columns - len(row.values))
            self._count_problem(row)
            yield row


def _cell(cell: Any) -> XlsxCell:
    """Return a cell without the workbook it hangs on."""
    kind = cell.data_type
    if kind in ("n", "d") and cell.value is not None:
        return XlsxCell(cell.value, kind, cell.number_format)
    return XlsxCell(cell.value, kind)


def _empty_row(number: int) -> XlsxRow:
    row = XlsxRow(number, [])
    row.problem = blank_row()
    return row


def _put_formula(row: XlsxRow, formula: Formula) -> None:
    """Put a formula in the place where openpyxl shows nothing, and flag the row."""
    place = f"{column_letter(formula.column - 1)}{formula.row}"
    row.values += [XlsxCell(None)] * (formula.column - len(row.values))
    row.values[formula.column - 1] = XlsxCell(f"={formula.text}", "f")
    row.problem = row.problem or Notice(
        "formula_without_value",
        f"Ô {place} là công thức chưa có kết quả: được coi là trống. Hãy mở tệp bằng Excel hay LibreOffice "
        "rồi lưu lại.",
        f"Cell {place} is a formula without its result and counts as empty. Open the file in Excel or "
        "LibreOffice and save it again.",
    )


def _flag_errors(row: XlsxRow) -> None:
    """Flag a row one of whose cells shows an error."""
    for index, cell in enumerate(row.values):
        if cell.kind == "e" and row.problem is None:
            place = f"{column_letter(index)}{row.number}"
            row.problem = Notice(
                "error_value",
                f"Ô {place} báo lỗi {cell.value}.",
                f"Cell {place} shows the error {cell.value}.",
            )


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn what openpyxl raises on a damaged workbook into one clear error."""
    try:
        yield
    except TableError:
        raise
    except _READ_ERRORS as error:
        raise damaged() from error
