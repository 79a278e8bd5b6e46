"""What a table is made of here: rows that remember how they were written, batches of them, a report."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.errors import Language

TableFormat = Literal["csv", "xlsx", "parquet"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that does not stop the work.

    Parameters
    ----------
    code
        A stable word for programs: ``short_row``, ``long_row``, ``blank_row``, ``formula_without_value``,
        ``error_value``, ``legacy_font``, ``duplicate_headings``…
    vi, en
        The same for people, in Vietnamese and in English.
    """

    code: str
    vi: str
    en: str

    def message(self, lang: Language) -> str:
        """Return the text for a user of that language."""
        return self.vi if lang == "vi" else self.en


@dataclass(slots=True)
class TableReport:
    r"""How a table was found to be written.

    Parameters
    ----------
    format
        ``csv`` (any delimited text), ``xlsx`` or ``parquet``.
    encoding, bom, delimiter, line_ending, quoting
        Delimited text only. `line_ending` is that of the heading (``"\n"``, ``"\r\n"``, ``"\r"`` or
        ``""``); `quoting` says whether quotation marks occur anywhere in the file.
    header_row
        The number of the heading row as a spreadsheet shows it.
    rows
        Rows under the heading, where that is known before reading them (Parquet); None otherwise.
    sheet, sheets
        XLSX only: the sheet read, and all there are.
    ragged_rows, blank_rows
        Counted while reading: rows with too few or too many cells, and rows with nothing in them.
    notices
        What else the user should know. Some are only found while reading the rows.
    """

    format: TableFormat
    encoding: str | None = None
    bom: bool = False
    delimiter: str | None = None
    line_ending: str | None = None
    quoting: bool = False
    header_row: int = 1
    rows: int | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    ragged_rows: int = 0
    blank_rows: int = 0
    notices: list[Notice] = field(default_factory=list)

    def add(self, notice: Notice) -> None:
        """Keep a notice, once."""
        if notice not in self.notices:
            self.notices.append(notice)


class Row:
    """One row of the input.

    Attributes
    ----------
    number
        1-based, as a spreadsheet shows it: the heading is row 1 and a cell with line breaks is one row.
    problem
        What is wrong with the row's shape or cells, or None. A row with a problem is kept like any other.
    missing
        How many cells the row is short of the heading; 0 for whole and for long rows.
    """

    __slots__ = ("missing", "number", "problem")

    number: int
    problem: Notice | None
    missing: int

    @property
    def cells(self) -> Sequence[str]:
        """The cells as text; fewer or more than there are headings where the row is ragged."""
        raise NotImplementedError

    def cell(self, index: int) -> str:
        """Return one cell as text, ``""`` where the row is too short to have it."""
        cells = self.cells
        return cells[index] if index < len(cells) else ""


class Batch(ABC):
    """Rows that follow each other, in the order of the input; at least one.

    Attributes
    ----------
    first_number
        The number of its first row.
    """

    first_number: int

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __iter__(self) -> Iterator[Row]: ...

    def column(self, index: int) -> list[str]:
        """Return one column as text, one cell a row, ``""`` where a row is too short."""
        return [row.cell(index) for row in self]


class RowBatch(Batch):
    """A batch of rows that are each made already."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.first_number = rows[0].number

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)


def blank_row() -> Notice:
    """Return the flag of a row with nothing in it."""
    return _BLANK


def ragged_row(number: int, *, cells: int, columns: int) -> Notice:
    """Return the flag of a row with too few or too many cells."""
    if cells < columns:
        return Notice(
            "short_row",
            f"Dòng {number} có {cells} ô, tiêu đề có {columns} cột: các ô thiếu được coi là trống.",
            f"Row {number} has {cells} cells under {columns} headings: the missing ones count as empty.",
        )
    return Notice(
        "long_row",
        f"Dòng {number} có {cells} ô, tiêu đề chỉ có {columns} cột: kiểm tra dấu phân cách trong dòng; "
        "các cột thêm vào nằm sau ô cuối của dòng này.",
        f"Row {number} has {cells} cells under {columns} headings: look for a delimiter that is not quoted; "
        "the added columns come after this row's last cell.",
    )


_BLANK = Notice("blank_row", "Dòng trống.", "The row is empty.")
