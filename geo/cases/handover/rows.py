"""The rows of one destination as ``ho-so.xlsx`` and ``ho-so.csv``, every column of the input untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.cases.added_columns import ADDED_COLUMNS
from geo.tables import create_table
from geo.tables.csv_reader import CsvBatch, CsvReader, CsvRow
from geo.tables.rows import Row, RowBatch
from geo.tables.spreadsheet_safety import inert
from geo.tables.xlsx_reader import XlsxCell, XlsxRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.cases.handover.spool import Answered
    from geo.tables import Batch, TableReader

XLSX_NAME: Final = "ho-so.xlsx"
CSV_NAME: Final = "ho-so.csv"


class _TextRow(Row):
    """A row of plain text."""

    __slots__ = ("_cells",)

    def __init__(self, row: Row) -> None:
        self.number = row.number
        self.problem = row.problem
        self.missing = row.missing
        self._cells = safe_cells(row.cells)

    @property
    def cells(self) -> Sequence[str]:
        return self._cells


class _Placed(RowBatch):
    """Rows at a place of the output; each still knows its number in the input, for messages."""

    def __init__(self, rows: Sequence[Row], first_number: int) -> None:
        super().__init__(rows)
        self.first_number = first_number


def safe_cells(cells: Iterable[str]) -> list[str]:
    """Return cells of a workbook as they go into CSV: text that would run as a formula there gets an apostrophe."""
    return [inert(cell) for cell in cells]


def write_rows(folder: Path, blocks: Iterable[list[Answered]], *, like: TableReader) -> int:
    """Write the rows as XLSX and as CSV, and return their number.

    Delimited text keeps the very characters of its records, with a byte order mark by which Excel knows UTF-8. In
    XLSX no text is a formula.
    """
    number = like.report.header_row + 1
    first = number
    with (
        create_table(folder / XLSX_NAME, like=like, added_columns=ADDED_COLUMNS) as xlsx,
        create_table(folder / CSV_NAME, like=like, added_columns=ADDED_COLUMNS, excel_bom=True) as csv,
    ):
        for block in blocks:
            rows, cells = [row for row, _ in block], [cells for _, cells in block]
            xlsx.write(_Placed([_without_formulas(row) for row in rows], number), cells)
            csv.write(_csv_batch(rows, number, like), cells)
            number += len(block)
    return number - first


def _without_formulas(row: Row) -> Row:
    """Turn formulas into text: among other rows their references would mean other cells."""
    if isinstance(row, XlsxRow) and any(cell.kind == "f" for cell in row.values):
        kept = XlsxRow(row.number, [XlsxCell(cell.value) if cell.kind == "f" else cell for cell in row.values])
        kept.problem, kept.missing = row.problem, row.missing
        return kept
    return row


def _csv_batch(rows: Sequence[Row], first_number: int, like: TableReader) -> Batch:
    if not isinstance(like, CsvReader):
        return _Placed([_TextRow(row) for row in rows], first_number)
    records = [row for row in rows if isinstance(row, CsvRow)]
    ending = like.heading.ending or "\r\n"
    return CsvBatch(
        first_number,
        [row.text for row in records],
        # The last line of the input may have no ending, and is not the last one here.
        [row.ending or ending for row in records],
        delimiter=like.delimiter,
        columns=len(like.columns),
    )
