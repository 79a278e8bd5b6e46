"""Delimited text read as a stream; every row keeps the text it was written in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.errors import TableError
from geo.tables.csv_text import RecordSplitter, parse_record, sniff_delimiter
from geo.tables.encoding import UndecodableError, decoded_chunks, inspect_text
from geo.tables.reader import TableReader
from geo.tables.rows import Batch, Notice, Row, TableReport, blank_row, ragged_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Excel writes and reads this line before the heading; it is not shown as a row.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


class CsvRow(Row):
    r"""A record of delimited text.

    Attributes
    ----------
    text
        The record as written, without its line ending.
    ending
        ``"\n"``, ``"\r\n"``, ``"\r"``, or ``""`` for a last line that has none.
    """

    __slots__ = ("_delimiter", "ending", "text")

    def __init__(self, number: int, text: str, ending: str, delimiter: str) -> None:
        self.number = number
        self.text = text
        self.ending = ending
        self.problem = None
        self.missing = 0
        self._delimiter = delimiter

    @property
    def cells(self) -> list[str]:
        """The cells, without their quotation marks; none for an empty line."""
        return parse_record(self.text, self._delimiter) if self.text else []


class CsvBatch(Batch):
    """Records of delimited text, held as text; rows and cells are only made when asked for.

    Attributes
    ----------
    texts, endings
        The records and their line endings, as for `CsvRow`.
    odd
        The rows that do not fit under the heading, by their position in the batch.
    """

    def __init__(
        self, first_number: int, texts: list[str], endings: list[str], *, delimiter: str, columns: int
    ) -> None:
        self.first_number = first_number
        self.texts = texts
        self.endings = endings
        self.odd: dict[int, CsvRow] = {}
        self._delimiter = delimiter
        self._parsed: list[list[str]] | None = None
        self._quoted: dict[int, list[str]] = {}
        # Counting delimiters is enough where nothing is quoted, and much faster than parsing.
        last = columns - 1
        for index, text in enumerate(texts):
            if '"' in text:
                cells = self._quoted[index] = parse_record(text, delimiter)
                if len(cells) != columns:
                    self.odd[index] = self._odd_row(index, len(cells), columns)
            elif not text or text.count(delimiter) != last:
                self.odd[index] = self._odd_row(index, text.count(delimiter) + 1, columns)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Row]:
        for index, (text, ending) in enumerate(zip(self.texts, self.endings, strict=True)):
            yield self.odd.get(index) or CsvRow(self.first_number + index, text, ending, self._delimiter)

    def column(self, index: int) -> list[str]:
        """Return one column as text, one cell a row, ``""`` where a row is too short."""
        if self._parsed is None:
            delimiter = self._delimiter
            self._parsed = [text.split(delimiter) for text in self.texts]
            for position, cells in self._quoted.items():
                self._parsed[position] = cells
        if not self.odd:
            return [cells[index] for cells in self._parsed]
        return [cells[index] if index < len(cells) else "" for cells in self._parsed]

    def _odd_row(self, index: int, cells: int, columns: int) -> CsvRow:
        """Return a row with its problem."""
        number, text = self.first_number + index, self.texts[index]
        row = CsvRow(number, text, self.endings[index], self._delimiter)
        row.missing = max(0, columns - cells)
        row.problem = ragged_row(number, cells=cells, columns=columns) if text else blank_row()
        return row


class CsvReader(TableReader):
    """A delimited text file.

    Attributes
    ----------
    encoding, bom, delimiter
        How the file is written.
    preamble
        The text before the heading: empty lines and Excel's ``sep=`` line, with their line endings.
    heading
        The heading row as written.
    """

    def __init__(self, path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> None:
        self.path = path
        facts = inspect_text(path, encoding=encoding)
        self._facts = facts
        self._line_break = "\n" if facts.line_feeds or not facts.returns else "\r"
        self.encoding, self.bom = facts.encoding, facts.bom
        separator = self._separator_line()
        self._hidden_rows = 1 if separator else 0
        sure = True
        if delimiter is None:
            delimiter, sure = (separator, True) if separator else self._sniff()
        elif len(delimiter) != 1 or delimiter in '"\r\n':
            raise TableError(
                vi="Dấu phân cách phải là đúng một ký tự, không phải ngoặc kép hay xuống dòng.",
                en="The delimiter is exactly one character, not a quotation mark or a line break.",
                field="delimiter",
            )
        self.delimiter = delimiter
        self.preamble, self.heading, self._skip = self._find_heading()
        report = TableReport(
            "csv",
            encoding=facts.encoding,
            bom=bool(facts.bom),
            delimiter=delimiter,
            line_ending=self.heading.ending,
            quoting=facts.quotes > 0,
            header_row=self.heading.number,
            notices=list(facts.notices),
        )
        super().__init__(path, parse_record(self.heading.text, delimiter), report)
        if not sure:
            report.add(
                Notice(
                    "delimiter_unsure",
                    f"Không chắc dấu phân cách là {delimiter!r}: hãy xem lại các cột, hoặc nêu rõ dấu phân cách.",
                    f"The delimiter may not be {delimiter!r}: look at the columns, or name the delimiter.",
                )
            )

    def _separator_line(self) -> str:
        """Return the delimiter that a ``sep=`` line names, or nothing."""
        match = _SEPARATOR_LINE.fullmatch(self._facts.head.split(self._line_break, 1)[0].removesuffix("\r"))
        return match.group(1) if match else ""

    def _sniff(self) -> tuple[str, bool]:
        return sniff_delimiter(self._facts.head, whole=self._facts.whole, line_break=self._line_break)

    def _pieces(self) -> Iterator[tuple[list[str], list[str]]]:
        """Yield records and their endings, as many as a piece of the file completes."""
        splitter = RecordSplitter(self.delimiter, line_break=self._line_break, uncounted_records=self._hidden_rows)
        try:
            for text in decoded_chunks(self.path, self.encoding, skip=len(self.bom)):
                yield splitter.feed(text)
        except UndecodableError as wrong:
            row = splitter.next_row
            raise TableError(
                vi=f"Dòng {row}: byte 0x{wrong.byte:02X} không đọc được theo bảng mã {self.encoding}. "
                "Hãy lưu lại tệp thành CSV UTF-8, hoặc nêu rõ bảng mã.",
                en=f"Row {row}: the byte 0x{wrong.byte:02X} is no text in {self.encoding}. "
                "Save the file again as CSV UTF-8, or name its encoding.",
                field="encoding",
            ) from None
        yield splitter.finish()

    def _find_heading(self) -> tuple[str, CsvRow, int]:
        """Return the text before the heading, the heading, and how many records they are."""
        before: list[str] = []
        position = 0
        for records, endings in self._pieces():
            for text, ending in zip(records, endings, strict=True):
                position += 1
                if text and position > self._hidden_rows:
                    number = position - self._hidden_rows
                    return "".join(before), CsvRow(number, text, ending, self.delimiter), position
                before += (text, ending)
        raise TableError(vi="Tệp trống: không có dòng tiêu đề.", en="The file is empty: there is no row of headings.")

    def close(self) -> None:
        """Do nothing: the file is open only while rows are read."""

    def _batches(self, size: int) -> Iterator[Batch]:
        texts: list[str] = []
        endings: list[str] = []
        skip, number = self._skip, self.heading.number + 1
        for more_texts, more_endings in self._pieces():
            here = min(skip, len(more_texts))
            skip -= here
            texts += more_texts[here:] if here else more_texts
            endings += more_endings[here:] if here else more_endings
            whole = len(texts) - len(texts) % size
            for start in range(0, whole, size):
                yield self._batch(number, texts[start : start + size], endings[start : start + size])
                number += size
            del texts[:whole], endings[:whole]
        if texts:
            yield self._batch(number, texts, endings)

    def _batch(self, number: int, texts: list[str], endings: list[str]) -> CsvBatch:
        """Return a batch, its rows' shapes looked at."""
        batch = CsvBatch(number, texts, endings, delimiter=self.delimiter, columns=len(self.columns))
        for row in batch.odd.values():
            self._count_problem(row)
        return batch
