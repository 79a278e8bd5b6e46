"""Workbooks of the trial: headings that stay in sight, lists to choose from, and text that is only text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from geo.tables.spreadsheet_safety import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.datavalidation import DataValidation

Value = str | int | float | date | None

_FILL: Final = PatternFill("solid", fgColor="E3EBD9")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_LONGEST_CELL: Final = 32_000
_A4: Final = 9  # as the file format counts paper sizes
_MADE: Final = datetime(2025, 7, 1)  # noqa: DTZ001  (the format has no zones; a fixed day keeps equal contents equal)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row of headings.

    Parameters
    ----------
    widths
        In characters, one a column.
    checks
        What the spreadsheet program itself lets into cells.
    """

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Value]]
    checks: Sequence[DataValidation] = field(default_factory=tuple)


def workbook(sheets: Iterable[Sheet], *, shown: int = 0) -> bytes:
    """Return sheets as one workbook; ``shown`` is the one that is in front when it is opened."""
    book: Any = openpyxl.Workbook(write_only=True)
    book.properties.creator, book.properties.created, book.properties.modified = "hanoi-wards", _MADE, _MADE
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    book.active = shown
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark, by which Excel recognises it; no text is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


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
    for position, width in enumerate(sheet.widths, 1):
        out.column_dimensions[get_column_letter(position)].width = width
    for check in sheet.checks:
        out.data_validations.append(check)
    out.append([_cell(out, heading, heads=True) for heading in sheet.headings])
    for row in sheet.rows:
        out.append([_cell(out, value) for value in row])


def _cell(out: Any, value: Value, *, heads: bool = False) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell: Any = WriteOnlyCell(out, inert(ILLEGAL_CHARACTERS_RE.sub(" ", value))[:_LONGEST_CELL])
        # By itself openpyxl takes a text such as "=1+1" for a formula.
        cell.data_type = "s"
        cell.alignment = _WRAPPED
        if heads:
            cell.font = Font(bold=True)
            cell.fill = _FILL
        return cell
    cell = WriteOnlyCell(out, value)  # type: ignore[arg-type]  # a plain date is taken too
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell
