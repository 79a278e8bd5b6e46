"""Workbooks for people to read or fill in, and their sheets as CSV: headings that stay in sight, text only ever text.

The same sheets are the same bytes, whenever they are written.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from geo.tables.spreadsheet_safety import inert
from geo.tables.xlsx_archive import save_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from openpyxl.worksheet.datavalidation import DataValidation

Value = str | int | float | date | None

HEADING_FILL: Final = PatternFill("solid", fgColor="E3EBD9")
LONGEST_CELL: Final = 32_000
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_A4: Final = 9  # as the file format counts paper sizes


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how wide its column is, in characters."""

    heading: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with one row of headings.

    Parameters
    ----------
    bold_rows
        Positions of rows (from 0) that stand out, such as totals.
    checks
        What the spreadsheet program itself lets into cells, or offers for them.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    bold_rows: frozenset[int] = frozenset()
    checks: Sequence[DataValidation] = ()


def write_workbook(file: BinaryIO, sheets: Iterable[Sheet], *, shown: int = 0) -> None:
    """Write sheets as one workbook; ``shown`` is the one that is in front when it is opened."""
    book: Any = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    book.active = shown
    save_book(book, file)


def workbook_bytes(sheets: Iterable[Sheet], *, shown: int = 0) -> bytes:
    """Return sheets as one workbook; see `write_workbook`."""
    file = io.BytesIO()
    write_workbook(file, sheets, shown=shown)
    return file.getvalue()


def csv_bytes(sheet: Sheet) -> bytes:
    r"""Return a sheet as CSV: UTF-8 with a byte order mark, by which Excel knows it, ``\r\n``, no text a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([inert(column.heading) for column in sheet.columns])
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def safe_text(text: str) -> str:
    """Return text that a cell can hold and that no spreadsheet takes for a formula."""
    text = inert(ILLEGAL_CHARACTERS_RE.sub(" ", text))
    return text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return inert(value) if isinstance(value, str) else value


def _write_sheet(out: Any, sheet: Sheet) -> None:
    out.freeze_panes = "A2"
    out.page_setup.orientation = "landscape"
    out.page_setup.paperSize = _A4
    out.page_setup.fitToHeight = 0
    out.sheet_properties.pageSetUpPr.fitToPage = True
    out.print_title_rows = "1:1"
    for position, column in enumerate(sheet.columns, 1):
        out.column_dimensions[get_column_letter(position)].width = column.width
    for check in sheet.checks:
        out.data_validations.append(check)
    out.append([_cell(out, column.heading, bold=True, fill=True) for column in sheet.columns])
    for position, row in enumerate(sheet.rows):
        bold = position in sheet.bold_rows
        out.append([_cell(out, value, bold=bold) for value in row])


def _cell(out: Any, value: Value, *, bold: bool = False, fill: bool = False) -> Any:
    if value is None or value == "":
        return None
    cell: Any = WriteOnlyCell(out, safe_text(value) if isinstance(value, str) else value)  # type: ignore[arg-type]  # a plain date is taken too
    if isinstance(value, str):
        # By itself openpyxl takes a text such as "=1+1" for a formula.
        cell.data_type = "s"
        cell.alignment = _WRAPPED
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if bold:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = HEADING_FILL
    return cell
