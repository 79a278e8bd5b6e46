"""The spreadsheet for staff to fill in, and the downloads of what is known."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from geo.errors import TableError
from geo.premises import columns as col
from geo.premises.register import Arrangement
from geo.premises.workbook import Sheet, write_workbook
from geo.tables.spreadsheet_safety import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.errors import Language
    from geo.premises.register import Register

BOM: Final = b"\xef\xbb\xbf"
"""By which Excel knows that a CSV is UTF-8."""

_MOST: Final = 2


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


def known_rows(register: Register) -> list[dict[str, str]]:
    """Return every known premises as the cells of a download."""
    return [
        col.cells_of(one, line.ward, register.imported.get(one.id)) for line in register.wards for one in line.premises
    ]


def write_template(path: Path, register: Register, lang: Language) -> int:
    """Write the spreadsheet to fill in; return how many wards it asks about.

    XLSX has three sheets: the rows to fill in, what is known, and what goes into each column. CSV has the first.

    Raises
    ------
    TableError
        The name ends in neither ``.xlsx`` nor ``.csv``, or a file of that name exists.
    """
    rows = missing_rows(register)
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        raise TableError(
            vi=f"Tên tệp “{path.name}” phải có đuôi .xlsx hoặc .csv.",
            en=f"The name “{path.name}” has to end in .xlsx or .csv.",
        )
    try:
        with path.open("xb") as file:
            if suffix == ".csv":
                file.write(BOM + csv_bytes(col.NAMES, rows))
            else:
                write_workbook(file, [_to_fill_in(rows), known_sheet(register), _explained(lang)])
    except FileExistsError as exists:
        raise TableError(
            vi=f"Tệp “{path}” đã có. Hãy chọn tên khác.", en=f"“{path}” exists already. Choose another name."
        ) from exists
    return len(rows)


def csv_bytes(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> bytes:
    r"""Return rows as CSV: UTF-8, ``\r\n``, cells that a spreadsheet would run as formulas made inert."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([inert(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue().encode()


def known_sheet(register: Register) -> Sheet:
    """Return what is known as a sheet."""
    widths = {column.name: column.width for column in col.COLUMNS}
    return Sheet(
        title="da-biet",
        headings=col.OUT_COLUMNS,
        widths=[widths.get(name, 14) for name in col.OUT_COLUMNS],
        rows=[[row[name] for name in col.OUT_COLUMNS] for row in known_rows(register)],
    )


def _to_fill_in(rows: Sequence[dict[str, str]]) -> Sheet:
    return Sheet(
        title="tru-so",
        headings=col.NAMES,
        widths=[column.width for column in col.COLUMNS],
        rows=[[row.get(name, "") for name in col.NAMES] for row in rows],
        choices={column.name: column.choices for column in col.COLUMNS if column.choices},
    )


def _explained(lang: Language) -> Sheet:
    headings = ("cột", "ghi gì", "chọn trong", "bắt buộc") if lang == "vi" else ("column", "what", "one of", "needed")
    yes = "có" if lang == "vi" else "yes"
    return Sheet(
        title="huong-dan",
        headings=headings,
        widths=(18, 60, 50, 10),
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
