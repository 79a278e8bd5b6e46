"""Writing a table: aside first, under its name only when it is whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self

from geo.errors import TableError
from geo.tables.csv_output import CsvOutput
from geo.tables.opening import SUFFIXES
from geo.tables.parquet_output import ParquetOutput
from geo.tables.whole_output import disk_errors
from geo.tables.xlsx_output import XlsxOutput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from geo.tables.reader import TableReader
    from geo.tables.rows import Batch


class _Output(Protocol):
    """What writes rows in one format."""

    def write(self, batch: Batch, added_cells: Sequence[Sequence[str]]) -> None: ...

    def finish(self) -> None: ...

    def discard(self) -> None: ...


class TableWriter:
    """A table being written. Made by `create_table`; a context manager.

    Rows go to a file beside the output, named like it with ``.part`` at the end. When the ``with`` block ends
    well, it is put in the output's place in one step. When the block ends in any exception, Ctrl-C included,
    it is removed. Only a killed process or a power cut leaves a ``.part`` behind; a finished output is
    always whole.

    Attributes
    ----------
    path
        The output.
    rows_written
        How many rows have been taken.
    """

    def __init__(
        self,
        path: Path,
        *,
        like: TableReader,
        added_columns: Sequence[str],
        excel_bom: bool,
        overwrite: bool,
        replace_part: bool,
        when_whole: Callable[[Path], object],
    ) -> None:
        self.path = path
        self.rows_written = 0
        self._replace_part = overwrite or replace_part
        self._when_whole = when_whole
        self._part = path.with_name(path.name + ".part")
        self._like = like
        self._added_columns = list(added_columns)
        self._excel_bom = excel_bom
        self._overwrite = overwrite
        self._next_row = like.report.header_row + 1
        self._file: BinaryIO | None = None
        self._output: _Output | None = None

    def __enter__(self) -> Self:
        with disk_errors(self._part):
            self._file = self._part.open("wb" if self._replace_part else "xb")
        try:
            with disk_errors(self.path):
                self._output = self._start(self._file)
        except BaseException:
            self._abandon()
            raise
        return self

    def write(self, batch: Batch, added_cells: Sequence[Sequence[str]]) -> None:
        """Write the next rows, each with its added cells.

        Parameters
        ----------
        batch
            As the reader gave it; batches are written in the reader's order, none left out.
        added_cells
            One sequence for each row of the batch, one text for each added column. Text that a spreadsheet
            would take for a formula gets an apostrophe in front, except in Parquet.

        Raises
        ------
        TableError
            Where the output's format or encoding cannot hold a cell, or the disk is full.
        ValueError
            Where rows are left out or come twice, or the added cells do not fit them.
        """
        if self._output is None:
            raise ValueError("write inside the with block")
        if batch.first_number != self._next_row:
            raise ValueError(f"row {self._next_row} comes next, not row {batch.first_number}")
        if len(added_cells) != len(batch):
            raise ValueError(f"{len(batch)} rows, added cells for {len(added_cells)}")
        width = len(self._added_columns)
        if any(len(cells) != width for cells in added_cells):
            raise ValueError(f"each row gets {width} added cells")
        with disk_errors(self.path):
            self._output.write(batch, added_cells)
        self._next_row += len(batch)
        self.rows_written += len(batch)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._abandon()
            return
        try:
            with disk_errors(self.path):
                self._complete()
        except BaseException:
            self._abandon()
            raise

    def _start(self, file: BinaryIO) -> _Output:
        """Begin the output in the format its name asks for."""
        suffix = self.path.suffix.lower()
        kind = SUFFIXES[suffix]
        if kind == "xlsx":
            return XlsxOutput(file, like=self._like, added_columns=self._added_columns)
        if kind == "parquet":
            return ParquetOutput(file, like=self._like, added_columns=self._added_columns)
        return CsvOutput(
            file,
            like=self._like,
            added_columns=self._added_columns,
            suffix=suffix,
            excel_bom=self._excel_bom,
        )

    def _complete(self) -> None:
        """Finish the file and give it its name."""
        assert self._output is not None
        assert self._file is not None
        self._output.finish()
        self._file.flush()
        # Without this a power cut after the renaming could leave the name on an empty file.
        os.fsync(self._file.fileno())
        self._file.close()
        if not self._overwrite and self.path.exists():
            raise _exists(self.path)
        self._when_whole(self._part)
        self._part.replace(self.path)
        self._output = None

    def _abandon(self) -> None:
        """Remove what was written so far."""
        if self._output is not None:
            self._output.discard()
            self._output = None
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)


def create_table(
    path: Path | str,
    *,
    like: TableReader,
    added_columns: Sequence[str],
    excel_bom: bool = False,
    overwrite: bool = False,
    replace_part: bool = False,
    when_whole: Callable[[Path], object] = lambda _: None,
) -> TableWriter:
    """Prepare a table with all columns and rows of another, and some columns more.

    Parameters
    ----------
    path
        The output; its suffix says the format. Delimited text to delimited text keeps every byte of the
        input, its delimiter and its encoding too.
    like
        The input.
    added_columns
        Headings of the columns that come at the end, at least one.
    excel_bom
        Delimited text only: write UTF-8 with a byte order mark, by which Excel recognises it. Input in
        another encoding then keeps its characters, not its bytes.
    overwrite
        Whether an output that exists already, or a ``.part`` beside it, may be replaced. The input never is.
    replace_part
        Whether a ``.part`` that a killed run left beside the output may be replaced: for callers who know that no
        other run is writing it.
    when_whole
        Called with the finished file just before it gets its name; an error from it keeps the name away.

    Raises
    ------
    TableError
        Where the output cannot be written there, or an added column is in the input already.
    """
    path = Path(path)
    if not added_columns or len(set(added_columns)) != len(added_columns):
        raise ValueError("added columns: at least one, all different")
    if path.suffix.lower() not in SUFFIXES or path.suffix.lower() == ".xlsm":
        known = ", ".join(suffix for suffix in SUFFIXES if suffix != ".xlsm")
        raise TableError(
            vi=f"Không ghi được tệp “{path.name}”: tên tệp ra phải có đuôi {known}.",
            en=f"Cannot write “{path.name}”: the output's name ends in one of {known}.",
        )
    _refuse_clash(like.columns, added_columns)
    if path.exists():
        if path.samefile(like.path):
            raise TableError(
                vi="Tệp ra trùng với tệp vào. Hãy chọn tên khác.",
                en="The output is the input. Choose another name.",
            )
        if not overwrite:
            raise _exists(path)
    return TableWriter(
        path,
        like=like,
        added_columns=added_columns,
        excel_bom=excel_bom,
        overwrite=overwrite,
        replace_part=replace_part,
        when_whole=when_whole,
    )


def _refuse_clash(columns: Sequence[str], added_columns: Sequence[str]) -> None:
    """Refuse added columns that the input has already, as its own output would; case does not tell apart."""
    present = {column.strip().casefold(): column for column in columns}
    clashes = [present[name.casefold()] for name in added_columns if name.casefold() in present]
    if clashes:
        listed = ", ".join(f"“{column}”" for column in clashes)
        raise TableError(
            vi=f"Bảng vào đã có cột {listed}, trùng tên cột sẽ thêm. Hãy đổi tên hoặc bỏ cột đó trong bảng vào.",
            en=f"The input already has {listed}, the name of a column to be added. Rename or drop it in the input.",
            field=clashes[0],
        )


def _exists(path: Path) -> TableError:
    return TableError(
        vi=f"Tệp “{path}” đã có. Hãy chọn tên khác, hoặc cho phép ghi đè.",
        en=f"“{path}” exists already. Choose another name, or allow it to be overwritten.",
    )
