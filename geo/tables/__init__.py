"""Tables in and out (CSV, XLSX, Parquet) as streams.

::

    with open_table("points.csv") as table:
        lon = find_column(table.columns, named=None, headings=["lon", "kinh độ"], what="kinh độ")
        with create_table("out.csv", like=table, added_columns=["ket_qua"]) as out:
            for batch in table.batches():
                out.write(batch, [[answer(text)] for text in batch.column(lon)])

Every column and row of the input is kept, in order; between delimited texts, byte for byte. Rows whose shape
is wrong are kept and flagged. The room knows nothing of wards.
"""

from __future__ import annotations

from geo.tables.headings import find_column, fold_heading
from geo.tables.opening import open_table
from geo.tables.reader import TableReader
from geo.tables.rows import Batch, Notice, Row, TableReport
from geo.tables.writer import TableWriter, create_table

__all__ = [
    "Batch",
    "Notice",
    "Row",
    "TableReader",
    "TableReport",
    "TableWriter",
    "create_table",
    "find_column",
    "fold_heading",
    "open_table",
]
