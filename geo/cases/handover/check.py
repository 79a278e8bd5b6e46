"""The proof that nothing was lost: what was written is read again and held against what came in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.cases.added_columns import ADDED_COLUMNS
from geo.cases.handover.ledger import digest
from geo.cases.handover.rows import CSV_NAME, XLSX_NAME
from geo.errors import IntegrityError
from geo.tables import open_table
from geo.tables.csv_reader import CsvReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from geo.cases.handover.ledger import Entry, Ledger
    from geo.cases.handover.reading import CaseReader
    from geo.tables import Row, TableReader

_NINE = len(ADDED_COLUMNS)
_RESULT, _CODE = ADDED_COLUMNS.index("ket_qua"), ADDED_COLUMNS.index("ma_phuong_xa")


def check_handover(
    ledger: Ledger, written: Mapping[Path, Sequence[Entry]], *, table: TableReader, reader: CaseReader
) -> None:
    """Check that every row of the input is in one place, once, with its own cells, and that all totals agree.

    Parameters
    ----------
    written
        The folders, and the rows that each must hold in this order.
    table, reader
        The input, read to its end, and what reads its rows.

    Raises
    ------
    IntegrityError
        Anything is not as it must be. Nothing may then be put in place.
    """
    first = table.report.header_row + 1
    expected = list(range(first, first + table.rows_read))
    placed = sorted(entry.number for entries in written.values() for entry in entries)
    if placed != expected or [entry.number for entry in ledger.entries] != expected:
        raise _broken("không phải mỗi dòng vào nằm ở đúng một nơi", "not every row of the input is in just one place")
    totals: Counter[tuple[str, str, str, str]] = Counter()
    for folder, entries in written.items():
        _check_csv(folder / CSV_NAME, entries, table, reader, totals)
        _check_xlsx(folder / XLSX_NAME, entries)
    if totals != ledger.totals():
        raise _broken(
            "tổng theo phường xã, lĩnh vực, trạng thái, kết quả không khớp",
            "the totals by ward, kind, state and outcome differ",
        )


def _check_csv(
    path: Path,
    entries: Sequence[Entry],
    table: TableReader,
    reader: CaseReader,
    totals: Counter[tuple[str, str, str, str]],
) -> None:
    """Compare every cell of every row, and count what the rows say of themselves."""
    delimiter = table.delimiter if isinstance(table, CsvReader) else ","
    with open_table(path, delimiter=delimiter) as written:
        for row, entry in _pairs(path, written, entries):
            cells = row.cells
            own, ours = cells[:-_NINE], cells[-_NINE:]
            if digest(own) != entry.digest or (ours[_RESULT], ours[_CODE]) != (entry.result, entry.ward_code):
                raise _differs(path, row, entry)
            case = reader.case_of(own)
            totals[ours[_CODE], case.kind.value, case.state.value if case.state else "", ours[_RESULT]] += 1


def _check_xlsx(path: Path, entries: Sequence[Entry]) -> None:
    """Compare the answers; the cells are values here, which formats of numbers and dates may show otherwise."""
    with open_table(path) as written:
        for row, entry in _pairs(path, written, entries):
            ours = row.cells[-_NINE:]
            if (ours[_RESULT], ours[_CODE]) != (entry.result, entry.ward_code):
                raise _differs(path, row, entry)


def _pairs(path: Path, written: TableReader, entries: Sequence[Entry]) -> Iterator[tuple[Row, Entry]]:
    rows = (row for batch in written.batches() for row in batch)
    for entry in entries:
        row = next(rows, None)
        if row is None:
            break
        yield row, entry
    more = written.rows_read != len(entries) or next(rows, None) is not None
    if more:
        raise _broken(
            f"“{path.parent.name}/{path.name}” không có đúng {len(entries)} dòng",
            f"“{path.parent.name}/{path.name}” does not hold {len(entries)} rows",
        )


def _differs(path: Path, row: Row, entry: Entry) -> IntegrityError:
    return _broken(
        f"dòng {row.number} của “{path.parent.name}/{path.name}” không phải dòng {entry.number} của tệp vào",
        f"row {row.number} of “{path.parent.name}/{path.name}” is not row {entry.number} of the input",
    )


def _broken(vi: str, en: str) -> IntegrityError:
    return IntegrityError(
        vi=f"Đối soát không khớp: {vi}. Không ghi gì ra; hãy báo lỗi này kèm tệp vào.",
        en=f"The books do not balance: {en}. Nothing was put in place; report this with the input.",
    )
