"""XLSX written as a stream: numbers stay numbers, dates dates, and text text, zeros in front included."""

from __future__ import annotations

import datetime as dt
import math
import re
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from geo.errors import TableError
from geo.tables.headings import column_letter
from geo.tables.parquet_reader import ParquetRow, value_text
from geo.tables.spreadsheet_safety import inert
from geo.tables.xlsx_archive import save_book
from geo.tables.xlsx_reader import MAX_ROWS, XlsxCell, XlsxReader, XlsxRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.tables.reader import TableReader
    from geo.tables.rows import Batch, Row

MAX_COLUMNS = 16_384
MAX_CELL_CHARACTERS = 32_767
# Beyond 15 digits a spreadsheet rounds; such numbers are codes, and go out as text.
_EXACT_BELOW = 10**15
# Excel takes 1900 for a leap year: dates of its first months come out a day off.
_FIRST_YEAR = 1901
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class XlsxOutput:
    """Rows as one sheet of a new workbook.

    openpyxl collects the sheet in the system's folder for temporary files and packs it at the end; it is
    removed whether that succeeds or not.
    """

    def __init__(self, file: BinaryIO, *, like: TableReader, added_columns: Sequence[str]) -> None:
        self._file = file
        self._columns = len(like.columns)
        self._added_columns = added_columns
        self._number = 0
        if self._columns + len(added_columns) > MAX_COLUMNS:
            raise TableError(
                vi=f"XLSX chỉ chứa được {MAX_COLUMNS} cột. Hãy ghi ra CSV hoặc Parquet.",
                en=f"XLSX holds {MAX_COLUMNS} columns at most. Write CSV or Parquet.",
            )
        self._book: Any = openpyxl.Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet(like.report.sheet or "Sheet1")
        try:
            own: list[Any] = [self._text(column, 1, index) for index, column in enumerate(like.columns)]
            if isinstance(like, XlsxReader):
                own = [self._typed(cell) for cell in like.heading.values]
                for _ in range(like.heading.number - 1):
                    self._append([])
            ours = [self._text(inert(name), 1, self._columns + i) for i, name in enumerate(added_columns)]
            self._append(own + ours)
        except BaseException:
            self.discard()
            raise

    def write(self, batch: Batch, added_cells: Sequence[Sequence[str]]) -> None:
        """Write rows with their added cells."""
        for row, cells in zip(batch, added_cells, strict=True):
            own = self._own(row)
            own += [None] * (self._columns - len(own))
            self._append(own + [self._text(inert(text), row.number, len(own) + i) for i, text in enumerate(cells)])

    def finish(self) -> None:
        """Pack the workbook into the file."""
        save_book(self._book, self._file)

    def discard(self) -> None:
        """Remove the sheet collected so far from the folder for temporary files."""
        writer = self._sheet._writer  # noqa: SLF001  # openpyxl has no public way to give a sheet up
        if writer is not None:
            with suppress(Exception):
                self._sheet.close()
            with suppress(OSError, ValueError):
                writer.cleanup()

    def _append(self, cells: list[Any]) -> None:
        self._number += 1
        if self._number > MAX_ROWS:
            raise TableError(
                vi=f"XLSX chỉ chứa được {MAX_ROWS} dòng. Hãy ghi ra CSV hoặc Parquet.",
                en=f"XLSX holds {MAX_ROWS} rows at most. Write CSV or Parquet.",
            )
        self._sheet.append(cells)

    def _own(self, row: Row) -> list[Any]:
        """Return the input's cells with the types they came with."""
        if isinstance(row, XlsxRow):
            return [self._typed(cell) for cell in row.values]
        if isinstance(row, ParquetRow):
            return [self._value(value, row.number, index) for index, value in enumerate(row.values)]
        return [self._text(text, row.number, index) for index, text in enumerate(row.cells)]

    def _typed(self, cell: XlsxCell) -> Any:
        """Return a cell of a workbook as it was."""
        value, kind, number_format = cell
        if value is None or value == "" or (kind == "f" and value == "="):
            return None
        if isinstance(value, str) and (value[0] == "=" or kind in ("e", "f")):
            return self._as(value, kind)
        if number_format != "General":
            shown = WriteOnlyCell(self._sheet, value)
            shown.number_format = number_format
            return shown
        return self._as(value, "s") if isinstance(value, str) and value in ERROR_CODES else value

    def _value(self, value: Any, number: int, index: int) -> Any:
        """Return a Python value as a cell; what a spreadsheet cannot hold exactly becomes text."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float | Decimal):
            exact = math.isfinite(value) and -_EXACT_BELOW < value < _EXACT_BELOW
        else:
            zone = getattr(value, "tzinfo", None)
            exact = isinstance(value, dt.date) and zone is None and value.year >= _FIRST_YEAR
        if exact:
            return value
        return self._text(value_text(value), number, index)

    def _text(self, text: str, number: int, index: int) -> Any:
        """Return text as a cell that is text, whatever it looks like."""
        if not text:
            return None
        text = _NOT_IN_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))
        if len(text) > MAX_CELL_CHARACTERS:
            column = column_letter(index)
            raise TableError(
                vi=f"Dòng {number}, cột {column}: ô có {len(text)} ký tự, XLSX chỉ chứa "
                f"{MAX_CELL_CHARACTERS}. "
                "Hãy ghi ra CSV hoặc Parquet.",
                en=f"Row {number}, column {column}: the cell has {len(text)} characters and XLSX holds "
                f"{MAX_CELL_CHARACTERS}. Write CSV or Parquet.",
                field=column,
            )
        return self._as(text, "s") if text[0] in "=#" else text

    def _as(self, value: str, kind: str) -> Any:
        """Return a cell of a given type; by itself openpyxl takes ``=`` for a formula."""
        cell = WriteOnlyCell(self._sheet, value)
        cell.data_type = kind
        return cell
