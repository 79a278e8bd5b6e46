"""The import of a spreadsheet of premises: read all of it, say everything that is wrong, show what would change, write.

Nothing is written before the whole spreadsheet is right, and then only when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geo.errors import TableError
from geo.model import PremisesStatus, Ward
from geo.premises import columns as col
from geo.premises.import_checks import check_together
from geo.premises.import_plan import Change, ImportPlan
from geo.premises.import_rows import Remark, RowReader
from geo.premises.operator_register import (
    OperatorRegister,
    in_order,
    load_operator_register,
    overlaid,
    put_in_place,
)
from geo.premises.roles import RowStatus, read_status
from geo.tables import find_column, fold_heading, open_table
from geo.tables.spreadsheet_safety import plain_text
from geo.tables.whole_output import held_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geo.locate import WardIndex
    from geo.model import Premises
    from geo.premises.operator_register import OperatorRow
    from geo.tables import TableReader

MOST_ROWS: Final = 5000
_ONLY_NAME_A_ROW: Final = {col.WARD_CODE, col.WARD_NAME, col.NUMBER}


@dataclass
class _Read:
    """What was read from the rows."""

    rows: int = 0
    blank: int = 0
    unchanged: int = 0
    said: dict[str, tuple[int, OperatorRow]] = field(default_factory=dict)
    first_row: dict[str, int] = field(default_factory=dict)


def plan_import(
    path: Path, *, index: WardIndex, register: OperatorRegister, on: date, sheet: str | None = None
) -> ImportPlan:
    """Read a spreadsheet and work out what it would change.

    Parameters
    ----------
    path
        CSV, XLSX or Parquet.
    index
        The wards, with `register` laid over their premises.
    register
        The operator's register as it stands.
    on
        The day of the import.
    sheet
        XLSX only: the sheet to read; the first one shown where None.

    Raises
    ------
    TableError
        The file cannot be read as a table, or has more than 5,000 rows. Wrong cells do not raise: see
        `ImportPlan.problems`.
    """
    wards = {unit.code: unit for unit in index.wards if isinstance(unit, Ward)}
    known = {one.id: one for one in index.dataset.premises}
    gone = {row.id for row in register.rows if row.status is RowStatus.WITHDRAWN}
    reader = RowReader(index=index, known=known, wards=wards, gone=gone)
    with open_table(path, sheet=sheet) as table:
        places = _find_columns(table, reader)
        read = _Read()
        if not reader.problems:
            _read_rows(table, places, reader, read, on)
        check_together(list(read.said.values()), reader)
        after = _merged(register, [row for _, row in read.said.values()])
        changes, settled = _changes(read.said, register, after, index, known)
        return ImportPlan(
            file_sha256=table.sha256(),
            columns={name: table.columns[place] for name, place in places.items()},
            ignored=_ignored(table, places),
            rows=read.rows,
            blank=read.blank,
            unchanged=read.unchanged + len(read.said) - len(changes),
            problems=sorted(reader.problems, key=lambda remark: remark.row),
            flags=sorted(reader.flags, key=lambda remark: remark.row),
            notices=tuple(table.report.notices),
            changes=changes,
            register=settled,
            in_use=(_in_use(known.values()), _in_use(overlaid(index.dataset, settled).premises)),
            on=on,
        )


def commit_import(plan: ImportPlan, path: Path) -> OperatorRegister:
    """Write what a plan would change, with its entry in the history.

    Raises
    ------
    TableError
        The plan has problems, another import is writing, the register is not the one the plan was made from, or the
        disk refuses.
    """
    if plan.problems:
        raise TableError(vi="Bảng còn chỗ sai, không ghi.", en="The table has problems; nothing is written.")
    aside = path.with_name(path.name + ".part")
    with held_alone(aside):
        standing = load_operator_register(path) if path.exists() else OperatorRegister()
        if standing.version != plan.register.version:
            raise TableError(
                vi="Sổ trụ sở đã đổi từ lúc đọc bảng. Hãy chạy lại để xem lại thay đổi.",
                en="The register changed after the table was read. Run again to see the changes anew.",
            )
        entry = plan.entry()
        written = OperatorRegister(rows=plan.register.rows, history=(*standing.history, entry))
        try:
            return put_in_place(written, aside=aside, path=path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise TableError(
                vi=f"Không ghi được sổ trụ sở “{path}”: {reason}. Sổ cũ còn nguyên.",
                en=f"Cannot write the register “{path}”: {reason}. The old one is untouched.",
            ) from error


def _find_columns(table: TableReader, reader: RowReader) -> dict[str, int]:
    """Find the columns by their headings; say of every needed one that is missing."""
    places: dict[str, int] = {}
    for column in col.COLUMNS:
        try:
            place = find_column(table.columns, named=None, headings=(column.name, *column.headings), what=column.name)
        except TableError as several:
            reader.problems.append(Remark(0, column.name, several.vi, several.en))
            continue
        if place is not None:
            places[column.name] = place
        elif column.needed and not (column.name == col.WARD_CODE and _has(table, col.WARD_NAME)):
            reader.problems.append(
                Remark(
                    0,
                    column.name,
                    f"Bảng thiếu cột “{column.name}”: {column.vi}",
                    f"The table lacks the column “{column.name}”: {column.en}",
                )
            )
    return places


def _has(table: TableReader, name: str) -> bool:
    column = next(one for one in col.COLUMNS if one.name == name)
    known = {fold_heading(heading) for heading in (column.name, *column.headings)}
    return any(fold_heading(heading) in known for heading in table.columns)


def _ignored(table: TableReader, places: Mapping[str, int]) -> list[str]:
    ours = {fold_heading(name) for name in col.ONLY_OUT}
    return [
        heading
        for place, heading in enumerate(table.columns)
        if place not in places.values() and heading.strip() and fold_heading(heading) not in ours
    ]


def _read_rows(table: TableReader, places: Mapping[str, int], reader: RowReader, read: _Read, on: date) -> None:
    for batch in table.batches():
        for row in batch:
            read.rows += 1
            if read.rows > MOST_ROWS:
                raise TableError(
                    vi=f"Bảng có hơn {MOST_ROWS} dòng; Hà Nội có 232 trụ sở. Hãy chọn lại tệp.",
                    en=f"The table has more than {MOST_ROWS} rows; Hà Nội has 232 premises. Choose the file again.",
                )
            cells = {name: plain_text(row.cell(place)) for name, place in places.items()}
            if not any(text for name, text in cells.items() if name not in _ONLY_NAME_A_ROW):
                read.blank += 1
            elif row.problem is not None and row.problem.code in {"long_row", "formula_without_value", "error_value"}:
                reader.problems.append(Remark(row.number, col.WARD_CODE, row.problem.vi, row.problem.en))
            elif _says_what_is_known(cells, reader):
                read.unchanged += 1
            else:
                _keep(row.number, reader.read(row.number, cells, on=on), reader, read)


def _says_what_is_known(cells: Mapping[str, str], reader: RowReader) -> bool:
    """Tell whether a row says nothing new.

    That is a download's own row, untouched, which may hold what no import would take; and a row that takes out what
    is out already, so that the same spreadsheet can come in twice.
    """
    ward = reader.ward(0, cells, quiet=True)
    identifier = f"{ward.code}-{cells.get(col.NUMBER, '')}" if ward else ""
    if identifier in reader.gone and read_status(cells.get(col.STATUS, "")) is RowStatus.WITHDRAWN:
        return True
    known = reader.known.get(identifier)
    if ward is None or known is None:
        return False
    standing = col.cells_of(known, ward)
    return all(
        name == col.WARD_CODE or plain_text(standing[name]) == text for name, text in cells.items() if name in standing
    )


def _keep(number: int, row: OperatorRow | None, reader: RowReader, read: _Read) -> None:
    """Keep a row that is right, unless another row has spoken of the same premises."""
    if row is None:
        return
    if row.id in read.first_row:
        earlier = read.first_row[row.id]
        reader.problems.append(
            Remark(
                number,
                col.NUMBER,
                f"dòng {earlier} đã ghi trụ sở {row.number} của {row.ward_code}.",
                f"row {earlier} already states premises {row.number} of {row.ward_code}.",
            )
        )
        return
    read.first_row[row.id] = number
    read.said[row.id] = (number, row)


def _merged(register: OperatorRegister, rows: Sequence[OperatorRow]) -> OperatorRegister:
    merged = {**register.by_id, **{row.id: row for row in rows}}
    return OperatorRegister(rows=in_order(list(merged.values())), history=register.history, version=register.version)


def _changes(
    said: Mapping[str, tuple[int, OperatorRow]],
    register: OperatorRegister,
    after: OperatorRegister,
    index: WardIndex,
    known: Mapping[str, Premises],
) -> tuple[list[Change], OperatorRegister]:
    """Return what differs, and the register with only those rows new: who says what is known becomes no source."""
    wards = {unit.code: unit for unit in index.wards if isinstance(unit, Ward)}
    then = {one.id: one for one in overlaid(index.dataset, after).premises}
    changes = []
    for identifier, (_, row) in sorted(said.items()):
        ward = wards[row.ward_code]
        before = col.cells_of(known[identifier], ward) if identifier in known else None
        stands = identifier in then and row.status is not RowStatus.WITHDRAWN
        after_cells = col.cells_of(then[identifier], ward) if stands else None
        change = Change(identifier, ward, row.number, before, after_cells, row.source)
        if change.differences:
            changes.append(change)
    new = {change.id for change in changes}
    return changes, _merged(register, [row for identifier, (_, row) in said.items() if identifier in new])


def _in_use(premises: Any) -> int:
    return sum(one.status is not PremisesStatus.PLANNED for one in premises)
