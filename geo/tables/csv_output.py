"""Delimited text written as a stream: what came as delimited text goes out as it came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from geo.errors import TableError
from geo.tables.csv_reader import CsvBatch, CsvReader
from geo.tables.encoding import encodable
from geo.tables.spreadsheet_safety import FORMULA_STARTS, inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.tables.reader import TableReader
    from geo.tables.rows import Batch

_UTF8_BOM = b"\xef\xbb\xbf"


class CsvOutput:
    r"""Rows as delimited text.

    A row from delimited text is written byte for byte, then our cells, then its own line ending. Where it is
    short, empty cells come between, so that ours stand under their headings; where it is long, ours come
    after its last cell; where it is empty and so are our cells, it stays empty.

    Rows from other formats are written in UTF-8 with ``\r\n``, as RFC 4180 has it.
    """

    def __init__(
        self, file: BinaryIO, *, like: TableReader, added_columns: Sequence[str], suffix: str, excel_bom: bool
    ) -> None:
        self._file = file
        self._columns = len(like.columns)
        self._added_columns = added_columns
        if isinstance(like, CsvReader):
            self._delimiter, self._encoding, bom = like.delimiter, like.encoding, like.bom
        else:
            self._delimiter, self._encoding, bom = "\t" if suffix in {".tsv", ".tab"} else ",", "utf-8", b""
        if excel_bom:
            self._encoding, bom = "utf-8", _UTF8_BOM
        delimiter = re.escape(self._delimiter)
        self._must_quote = re.compile(rf'["\r\n{delimiter}]')
        file.write(bom)
        heading = self._delimiter.join(self._cell(column) for column in added_columns)
        if isinstance(like, CsvReader):
            written = like.heading
            self._write_heading(like.preamble + written.text, heading, written.ending)
        else:
            own = self._delimiter.join(self._quoted(column) for column in like.columns)
            self._write_heading(own, heading, "\r\n")

    def write(self, batch: Batch, added_cells: Sequence[Sequence[str]]) -> None:
        """Write rows with their added cells."""
        ours = self._ours(batch, added_cells)
        lines = self._after_records(batch, ours) if isinstance(batch, CsvBatch) else self._after_rows(batch, ours)
        try:
            data = "".join(lines).encode(self._encoding)
        except UnicodeEncodeError:
            for number, (joined, cells) in enumerate(zip(ours, added_cells, strict=True), batch.first_number):
                self._fitting(joined, cells, number)
            raise
        self._file.write(data)

    def _ours(self, batch: Batch, added_cells: Sequence[Sequence[str]]) -> list[str]:
        """Return our cells as they are written, joined, one text a row."""
        join = self._delimiter.join
        ours = [join(cells) for cells in added_cells]
        if not self._all_plain("\n".join(ours), len(ours)):
            cell = self._cell
            ours = [join([cell(text) for text in cells]) for cells in added_cells]
        if self._encoding == "cp1258":
            rows = enumerate(zip(ours, added_cells, strict=True), batch.first_number)
            ours = [self._fitting(joined, cells, number) for number, (joined, cells) in rows]
        return ours

    def _all_plain(self, text: str, rows: int) -> bool:
        """Tell whether no cell of a whole batch needs quoting or defusing; much faster than cell by cell."""
        cuts = text.count(self._delimiter), text.count("\n")
        if cuts != (rows * (len(self._added_columns) - 1), rows - 1) or '"' in text or "\r" in text:
            return False
        starts = [before + start for before in (self._delimiter, "\n") for start in FORMULA_STARTS]
        return text[:1] not in FORMULA_STARTS and not any(start in text for start in starts)

    def _after_records(self, batch: CsvBatch, ours: list[str]) -> list[str]:
        """Return records as they came, our cells before their line endings."""
        delimiter = self._delimiter
        lines = [
            f"{text}{delimiter}{joined}{ending}"
            for text, joined, ending in zip(batch.texts, ours, batch.endings, strict=True)
        ]
        nothing = delimiter * (len(self._added_columns) - 1)
        for index, row in batch.odd.items():
            if not row.text and ours[index] == nothing:
                lines[index] = row.ending
            else:
                lines[index] = f"{row.text}{delimiter * (row.missing + 1)}{ours[index]}{row.ending}"
        return lines

    def _after_rows(self, batch: Batch, ours: list[str]) -> list[str]:
        """Return rows of another format as records."""
        join, delimiter, quoted = self._delimiter.join, self._delimiter, self._quoted
        return [
            f"{join([quoted(cell) for cell in row.cells])}{delimiter * (row.missing + 1)}{joined}\r\n"
            for row, joined in zip(batch, ours, strict=True)
        ]

    def finish(self) -> None:
        """Write what is left: nothing, here."""

    def discard(self) -> None:
        """Let go of what is not written: nothing, here."""

    def _write_heading(self, own: str, heading: str, ending: str) -> None:
        ours = self._fitting(heading, self._added_columns, 1)
        self._file.write(f"{own}{self._delimiter}{ours}{ending}".encode(self._encoding))

    def _cell(self, text: str) -> str:
        """Return a cell of ours: no formula, quoted where it must be."""
        return self._quoted(inert(text))

    def _quoted(self, text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if self._must_quote.search(text) else text

    def _fitting(self, ours: str, cells: Sequence[str], number: int) -> str:
        """Return our cells in a form the encoding can hold, or say which cell it cannot."""
        try:
            return encodable(ours, self._encoding)
        except UnicodeEncodeError as error:
            column = next(
                (
                    name
                    for name, cell in zip(self._added_columns, cells, strict=True)
                    if error.object[error.start] in cell
                ),
                self._added_columns[0],
            )
            raise TableError(
                vi=f"Dòng {number}, cột “{column}”: ký tự {error.object[error.start]!r} không ghi được "
                "theo bảng "
                f"mã {self._encoding} của tệp vào. Hãy ghi ra XLSX hoặc CSV UTF-8 cho Excel.",
                en=f"Row {number}, column “{column}”: the character {error.object[error.start]!r} does "
                "not exist "
                f"in the input's encoding {self._encoding}. Write XLSX, or CSV in UTF-8 for Excel.",
                field=column,
            ) from None
