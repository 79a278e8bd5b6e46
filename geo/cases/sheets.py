"""Small workbooks for people: bold headings that stay in sight, wide columns, and text that is only text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from geo.tables.spreadsheet_safety import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Value = str | int | float | None

_A4: Final = 9  # as the file format counts paper sizes
MAX_CHARACTERS: Final = 32_000
HEADING_FILL: Final = PatternFill("solid", fgColor="E3EBD9")
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how wide its column is, in characters."""

    heading: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with one line of headings.

    ``bold_rows`` are positions of rows (from 0) that stand out, such as totals.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    bold_rows: frozenset[int] = frozenset()


def write_book(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write sheets as a workbook."""
    book: Any = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    book.save(path)


def safe_text(text: str) -> str:
    """Return text that a cell can hold and that no spreadsheet takes for a formula."""
    text = inert(ILLEGAL_CHARACTERS_RE.sub(" ", text))
    return text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + "…"


def _write_sheet(out: Any, sheet: Sheet) -> None:
    out.freeze_panes = "A2"
    out.page_setup.orientation = "landscape"
    out.page_setup.paperSize = _A4
    out.page_setup.fitToHeight = 0
    out.sheet_properties.pageSetUpPr.fitToPage = True
    out.print_title_rows = "1:1"
    for position, column in enumerate(sheet.columns, 1):
        out.column_dimensions[get_column_letter(position)].width = column.width
    out.append([_cell(out, column.heading, bold=True, fill=True) for column in sheet.columns])
    for position, row in enumerate(sheet.rows):
        bold = position in sheet.bold_rows
        out.append([_cell(out, value, bold=bold) for value in row])


def _cell(out: Any, value: Value, *, bold: bool = False, fill: bool = False) -> Any:
    if value is None or value == "":
        return None
    cell: Any = WriteOnlyCell(out, safe_text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        # By itself openpyxl takes a text such as "=1+1" for a formula.
        cell.data_type = "s"
        cell.alignment = WRAPPED
    if bold:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = HEADING_FILL
    return cell
