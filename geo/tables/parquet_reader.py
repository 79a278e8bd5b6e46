"""Parquet read as a stream, its schema kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import TableError
from geo.tables.reader import TableReader
from geo.tables.rows import Batch, Row, TableReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class ParquetRow(Row):
    """A row of a record batch."""

    __slots__ = ("_index", "_owner")

    def __init__(self, number: int, owner: ParquetBatch, index: int) -> None:
        self.number = number
        self.problem = None
        self.missing = 0
        self._owner = owner
        self._index = index

    @property
    def cells(self) -> list[str]:
        """The cells as text; null is ``""``."""
        return [self.cell(index) for index in range(self._owner.record_batch.num_columns)]

    @property
    def values(self) -> list[Any]:
        """The cells as Python values."""
        return [self._owner.values(i)[self._index] for i in range(self._owner.record_batch.num_columns)]

    def cell(self, index: int) -> str:
        """Return one cell as text."""
        return self._owner.column(index)[self._index]


class ParquetBatch(Batch):
    """Rows of a Parquet file, converted to text one column at a time and only when asked for."""

    def __init__(self, record_batch: Any, first_number: int) -> None:
        self.record_batch = record_batch
        self._texts: dict[int, list[str]] = {}
        self._values: dict[int, list[Any]] = {}
        self.first_number = first_number

    def __len__(self) -> int:
        rows: int = self.record_batch.num_rows
        return rows

    def __iter__(self) -> Iterator[Row]:
        return (ParquetRow(self.first_number + index, self, index) for index in range(len(self)))

    def values(self, index: int) -> list[Any]:
        """Return one column as Python values."""
        if index not in self._values:
            self._values[index] = self.record_batch.column(index).to_pylist()
        return self._values[index]

    def column(self, index: int) -> list[str]:
        """Return one column as text."""
        if index not in self._texts:
            self._texts[index] = [value_text(value) for value in self.values(index)]
        return self._texts[index]


def value_text(value: Any) -> str:
    """Return a value as text: null as ``""``, dates as ISO, bytes in hexadecimal."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


class ParquetReader(TableReader):
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        try:
            self._file: Any = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise _damaged() from error
        self.schema: Any = self._file.schema_arrow
        if not self.schema.names:
            self._file.close()
            raise TableError(vi="Tệp Parquet không có cột nào.", en="The Parquet file has no columns.")
        super().__init__(path, list(self.schema.names), TableReport("parquet", rows=self._file.metadata.num_rows))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _batches(self, size: int) -> Iterator[Batch]:
        number = 2
        try:
            for record_batch in self._file.iter_batches(batch_size=size):
                if record_batch.num_rows:
                    yield ParquetBatch(record_batch, number)
                    number += record_batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise _damaged() from error


def _damaged() -> TableError:
    return TableError(
        vi="Tệp Parquet bị hỏng, bị mã hoá hoặc chép chưa xong. Hãy xuất lại tệp.",
        en="The Parquet file is damaged, encrypted or was not copied whole. Export it again.",
    )
