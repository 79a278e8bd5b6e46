"""Parquet written as a stream: the input's schema and values as they are, our columns as text at the end."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import TableError
from geo.tables.csv_reader import CsvBatch
from geo.tables.headings import describe_columns, duplicate_positions
from geo.tables.parquet_reader import ParquetBatch, ParquetReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.tables.reader import TableReader
    from geo.tables.rows import Batch, Row

# Rows are gathered into row groups of at least this size; small groups make a file slow to read.
ROW_GROUP = 100_000


class ParquetOutput:
    """Rows as Parquet. Rows from other formats become columns of text."""

    def __init__(self, file: BinaryIO, *, like: TableReader, added_columns: Sequence[str]) -> None:
        twice = duplicate_positions(like.columns)
        if twice:
            raise TableError(
                vi="Parquet cần tiêu đề khác nhau: "
                f"{describe_columns(like.columns, twice, word='cột')}. Hãy đổi tên, hoặc ghi ra CSV hay "
                "XLSX.",
                en="Parquet needs headings that differ: "
                f"{describe_columns(like.columns, twice, word='column')}. Rename them, or write CSV or XLSX.",
            )
        own: Any = (
            like.schema if isinstance(like, ParquetReader) else pa.schema([(c, pa.string()) for c in like.columns])
        )
        self._columns = like.columns
        self._schema: Any = own
        for name in added_columns:
            self._schema = self._schema.append(pa.field(name, pa.string()))
        self._waiting: list[Any] = []
        self._waiting_rows = 0
        self._writer: Any = pq.ParquetWriter(file, self._schema)

    def write(self, batch: Batch, added_cells: Sequence[Sequence[str]]) -> None:
        """Write rows with their added cells."""
        if isinstance(batch, ParquetBatch):
            arrays = list(batch.record_batch.columns)
        else:
            self._refuse_long_rows(batch.odd.values() if isinstance(batch, CsvBatch) else batch)
            arrays = [pa.array(batch.column(index), pa.string()) for index in range(len(self._columns))]
        arrays += [pa.array(cells, pa.string()) for cells in zip(*added_cells, strict=True)]
        self._waiting.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._waiting_rows += len(batch)
        if self._waiting_rows >= ROW_GROUP:
            self._flush()

    def finish(self) -> None:
        """Write the last rows and the footer."""
        self._flush()
        self._writer.close()

    def discard(self) -> None:
        """Let go of what is not written."""
        self._waiting.clear()
        with suppress(Exception):
            self._writer.close()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, schema=self._schema)
            self._writer.write_table(table, row_group_size=len(table))
            self._waiting.clear()
            self._waiting_rows = 0

    def _refuse_long_rows(self, rows: Iterable[Row]) -> None:
        """Refuse rows with cells beyond the headings, for which Parquet has no place."""
        columns = len(self._columns)
        for row in rows:
            if len(row.cells) > columns:
                raise TableError(
                    vi=f"Dòng {row.number} có {len(row.cells)} ô, tiêu đề chỉ có {columns} cột: Parquet "
                    "không chứa được ô thừa. Hãy sửa dòng này, hoặc ghi ra CSV hay XLSX.",
                    en=f"Row {row.number} has {len(row.cells)} cells under {columns} headings, and Parquet "
                    "has no place for the rest. Mend the row, or write CSV or XLSX.",
                )
