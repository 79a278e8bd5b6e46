"""Workbooks for people who fill them in or read them: wide columns, a heading that stays, lists to choose from."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.tables.spreadsheet_safety import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import BinaryIO

Value = str | int | float | None

_FILL: Final = PatternFill("solid", fgColor="E3EBD9")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_LAST_ROW_OF_LISTS: Final = 600
_LONGEST_CELL: Final = 32_000
# Whatever prefix stands for the terms' namespace: libraries in the same process may register another.
_HOUR: Final = re.compile(rb"<(\w+:(?:created|modified))\b[^>]*>[^<]*</\1>")
_A4: Final = 9  # as the file format counts paper sizes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one row of headings.

    Parameters
    ----------
    widths
        In characters, one a column.
    choices
        What the cells of a column may be, by heading; the spreadsheet offers it as a list and takes other text too,
        for the import is what checks.
    """

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Value]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_workbook(file: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write sheets as one workbook; text is only ever text, and the same sheets are the same bytes."""
    book: Any = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        out = book.create_sheet(sheet.title)
        out.freeze_panes = "A2"
        out.page_setup.orientation = "landscape"
        out.page_setup.paperSize = _A4
        out.page_setup.fitToHeight = 0
        out.sheet_properties.pageSetUpPr.fitToPage = True
        out.print_title_rows = "1:1"
        for position, width in enumerate(sheet.widths, 1):
            out.column_dimensions[get_column_letter(position)].width = width
        for heading, choices in sheet.choices.items():
            letter = get_column_letter(list(sheet.headings).index(heading) + 1)
            offered = DataValidation(
                type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=False
            )
            offered.add(f"{letter}2:{letter}{_LAST_ROW_OF_LISTS}")
            out.data_validations.append(offered)
        out.append([_cell(out, heading, bold=True) for heading in sheet.headings])
        for row in sheet.rows:
            out.append([_cell(out, value) for value in row])
    dated = io.BytesIO()
    book.save(dated)
    _without_dates(dated, file)


def _without_dates(dated: BinaryIO, file: BinaryIO) -> None:
    """Copy a workbook without the hour it was made, by which the same content would differ each time."""
    with ZipFile(dated) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _HOUR.sub(b"", content)
            new.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def _cell(out: Any, value: Value, *, bold: bool = False) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return WriteOnlyCell(out, value)
    cell: Any = WriteOnlyCell(out, inert(ILLEGAL_CHARACTERS_RE.sub(" ", value))[:_LONGEST_CELL])
    # By itself openpyxl takes a text such as "=1+1" for a formula.
    cell.data_type = "s"
    cell.alignment = _WRAPPED
    if bold:
        cell.font = Font(bold=True)
        cell.fill = _FILL
    return cell
