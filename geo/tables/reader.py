"""What every kind of table offers to those who read it."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from itertools import islice
from typing import TYPE_CHECKING, Self

from geo.tables.headings import describe_columns, duplicate_positions
from geo.tables.rows import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from geo.tables.rows import Batch, Row, TableFormat, TableReport


class TableReader(ABC):
    """A table being read. Made by `open_table`; a context manager.

    Attributes
    ----------
    path
        The file.
    columns
        The headings exactly as written.
    report
        How the file was found to be written; grows while the rows are read.
    rows_read
        How many rows `batches` has handed out so far.
    """

    def __init__(self, path: Path, columns: list[str], report: TableReport) -> None:
        self.path = path
        self.columns = columns
        self.report = report
        self.rows_read = 0
        self._notice_headings()

    @property
    def format(self) -> TableFormat:
        """``csv``, ``xlsx`` or ``parquet``."""
        return self.report.format

    @abstractmethod
    def _batches(self, size: int) -> Iterator[Batch]:
        """Yield the rows under the heading."""

    def batches(self, size: int = 10_000) -> Iterator[Batch]:
        """Yield every row under the heading, in order, in batches of at most `size`.

        Called again, it begins again. How the rows fall into batches never changes what they hold.

        Raises
        ------
        TableError
            Where a row cannot be read at all; the message names it.
        """
        if size < 1:
            raise ValueError("a batch holds at least one row")
        self.rows_read = 0
        self.report.ragged_rows = self.report.blank_rows = 0
        for batch in self._batches(size):
            self.rows_read += len(batch)
            yield batch

    def sha256(self) -> str:
        """Return the SHA-256 of the file's bytes, in a pass of its own."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _count_problem(self, row: Row) -> None:
        """Count a row that has a problem."""
        if row.problem is None:
            return
        if row.problem.code == "blank_row":
            self.report.blank_rows += 1
        elif row.problem.code in {"short_row", "long_row"}:
            self.report.ragged_rows += 1

    def _notice_headings(self) -> None:
        """Say which headings are written twice or are missing."""
        twice = [index for index in duplicate_positions(self.columns) if self.columns[index]]
        if twice:
            self.report.add(
                Notice(
                    "duplicate_headings",
                    f"Tiêu đề trùng nhau: {describe_columns(self.columns, twice, word='cột')}.",
                    f"Headings occur more than once: {describe_columns(self.columns, twice, word='column')}.",
                )
            )
        empty = [index for index, column in enumerate(self.columns) if not column.strip()]
        if empty:
            self.report.add(
                Notice(
                    "empty_headings",
                    f"Cột không có tiêu đề: {describe_columns(self.columns, empty, word='cột')}.",
                    f"Columns without a heading: {describe_columns(self.columns, empty, word='column')}.",
                )
            )


def in_lists(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of at most `size`."""
    while taken := list(islice(rows, size)):
        yield taken
