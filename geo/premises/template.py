"""The spreadsheet for staff to fill in, and the downloads of what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.premises import columns as col
from geo.premises.register import Arrangement
from geo.tables.whole_output import ending, write_file
from geo.tables.workbook import Column, Sheet, csv_bytes, workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.errors import Language
    from geo.premises.register import Register

_MOST: Final = 2
_LAST_ROW_OF_LISTS: Final = 600


def missing_rows(register: Register) -> list[dict[str, str]]:
    """Return a row to fill in for every ward that may have a second premises nobody has stated yet.

    A ward said to be central has none, and one with two premises in use neither.
    """
    rows = []
    for line in register.wards:
        if line.arrangement is not Arrangement.CENTRAL and len(line.in_use) < _MOST:
            used = {one.number for one in line.in_use}
            number = min({1, 2} - used)
            rows.append({col.WARD_CODE: line.ward.code, col.WARD_NAME: line.ward.full_name, col.NUMBER: str(number)})
    return rows


def write_template(path: Path, register: Register, lang: Language, *, overwrite: bool = False) -> int:
    """Write the spreadsheet to fill in; return how many wards it asks about.

    XLSX has three sheets: the rows to fill in, what is known, and what goes into each column. CSV has the first.

    Parameters
    ----------
    lang
        Of what is explained. Headings are the names of columns, the same as in the downloads.
    overwrite
        Whether a file that is there may be replaced: it may be one that somebody has filled in.

    Raises
    ------
    TableError
        The name ends in neither ``.xlsx`` nor ``.csv``, or the file is there already.
    """
    suffix = ending(path, (".xlsx", ".csv"))
    rows = missing_rows(register)
    first = _to_fill_in(rows)
    whole = suffix == ".xlsx"
    content = workbook_bytes([first, known_sheet(register), _explained(lang)]) if whole else csv_bytes(first)
    write_file(path, content, overwrite=overwrite)
    return len(rows)


def known_sheet(register: Register) -> Sheet:
    """Return every known premises as a sheet: a download, which an import recognises as unchanged."""
    rows = [
        col.cells_of(one, line.ward, register.imported.get(one.id)) for line in register.wards for one in line.premises
    ]
    widths = {column.name: column.width for column in col.COLUMNS}
    return Sheet(
        title="da-biet",
        columns=[Column(name, widths.get(name, 14)) for name in col.OUT_COLUMNS],
        rows=[[row[name] for name in col.OUT_COLUMNS] for row in rows],
    )


def _to_fill_in(rows: Sequence[dict[str, str]]) -> Sheet:
    return Sheet(
        title="tru-so",
        columns=[Column(column.name, column.width) for column in col.COLUMNS],
        rows=[[row.get(name, "") for name in col.NAMES] for row in rows],
        checks=list(_choices()),
    )


def _choices() -> Iterator[DataValidation]:
    """Offer what a cell may be; other text is taken too, for the import is what checks."""
    for position, column in enumerate(col.COLUMNS, 1):
        if column.choices:
            formula = '"' + ",".join(column.choices) + '"'
            offered = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
            offered.add(f"{get_column_letter(position)}2:{get_column_letter(position)}{_LAST_ROW_OF_LISTS}")
            yield offered


def _explained(lang: Language) -> Sheet:
    headings = ("cột", "ghi gì", "chọn trong", "bắt buộc") if lang == "vi" else ("column", "what", "one of", "needed")
    yes = "có" if lang == "vi" else "yes"
    return Sheet(
        title="huong-dan",
        columns=[Column(heading, width) for heading, width in zip(headings, (18, 60, 50, 10), strict=True)],
        rows=[
            (
                column.name,
                column.vi if lang == "vi" else column.en,
                " · ".join(column.choices),
                yes if column.needed else "",
            )
            for column in col.COLUMNS
        ],
    )
