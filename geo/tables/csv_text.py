"""Delimited text: finding records and cells in it without changing a character.

Python's ``csv`` module parses but does not say how a record was written, so the splitting is done here, by
the same rules: a quotation mark means something only at the beginning of a cell; inside a quoted cell ``""``
is one mark; line breaks inside it belong to it.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from geo.errors import TableError

DELIMITERS = (",", ";", "\t", "|")
# A quotation mark that is never closed would swallow the rest of the file as one cell.
MAX_RECORD_CHARACTERS = 4_000_000
_SAMPLE_RECORDS = 50
_SHORT = 100_000


class _Patterns(NamedTuple):
    """The expressions for one delimiter; possessive throughout, so that none is slower than linear."""

    complete: re.Pattern[str]
    closing: re.Pattern[str]
    cell: re.Pattern[str]


@lru_cache(maxsize=32)
def _patterns(delimiter: str) -> _Patterns:
    """Return the expressions for a delimiter."""
    d = re.escape(delimiter)
    quoted = rf'"(?:[^"]++|"")*+"[^{d}]*+'
    cell = rf'(?:{quoted}|[^"{d}][^{d}]*+|)'
    return _Patterns(
        re.compile(rf"{cell}(?:{d}{cell})*+", re.DOTALL),
        re.compile(rf'(?:[^"]++|"")*+"[^{d}]*+(?:{d}{cell})*+', re.DOTALL),
        re.compile(rf'"((?:[^"]++|"")*+)"([^{d}]*+)|[^{d}]*+', re.DOTALL),
    )


def parse_record(text: str, delimiter: str) -> list[str]:
    """Return the cells of one record, as ``csv.reader`` would.

    >>> parse_record('a,"b ""c"", d",e', ",")
    ['a', 'b "c", d', 'e']
    """
    if '"' not in text:
        return text.split(delimiter)
    # The csv module is faster, but refuses long cells and line breaks where it does not expect them.
    if len(text) < _SHORT and "\n" not in text and "\r" not in text:
        return next(csv.reader((text,), delimiter=delimiter))
    return parse_any_record(text, delimiter)


def parse_any_record(text: str, delimiter: str) -> list[str]:
    """Return the cells of a record of any length, with line breaks in any of them."""
    pattern = _patterns(delimiter).cell
    cells: list[str] = []
    position = 0
    while True:
        match = pattern.match(text, position)
        assert match is not None  # the last alternative matches nothing at all
        quoted, rest = match.group(1, 2)
        cells.append(match.group() if quoted is None else quoted.replace('""', '"') + rest)
        position = match.end() + 1
        if position > len(text):
            return cells


class RecordSplitter:
    r"""Cuts text that comes in pieces into records.

    Parameters
    ----------
    delimiter
        One character.
    line_break
        ``"\n"`` (records may end in ``\n`` or ``\r\n``) or ``"\r"`` (a file without any line feed).
    uncounted_records
        Records at the beginning that a spreadsheet does not number.

    Attributes
    ----------
    next_row
        The number, as a spreadsheet shows it, of the record after the last one found.
    """

    def __init__(self, delimiter: str, *, line_break: str = "\n", uncounted_records: int = 0) -> None:
        self._patterns = _patterns(delimiter)
        self._line_break = line_break
        self._rest = ""
        self._open: list[str] = []
        self._open_length = 0
        self.next_row = 1 - uncounted_records

    def feed(self, text: str) -> tuple[list[str], list[str]]:
        """Take a piece of text; return the records that are complete now, and how each one ended."""
        text = self._rest + text
        cut = text.rfind(self._line_break) + 1
        body, self._rest = text[:cut], text[cut:]
        records, endings = self._lines(body) if body else ([], [])
        if self._open or '"' in body:
            records, endings = self._join_quoted(records, endings)
        self.next_row += len(records)
        if self._open_length + len(self._rest) > MAX_RECORD_CHARACTERS:
            raise self._too_long()
        return records, endings

    def finish(self) -> tuple[list[str], list[str]]:
        """Return the last record where the text does not end in a line break.

        Raises
        ------
        TableError
            Where a quotation mark is still open.
        """
        records, endings = ([self._rest], [""]) if self._rest else ([], [])
        self._rest = ""
        records, endings = self._join_quoted(records, endings)
        if self._open:
            raise self._too_long()
        self.next_row += len(records)
        return records, endings

    def _lines(self, body: str) -> tuple[list[str], list[str]]:
        """Cut text that ends in a line break into lines; no Python work per line where all end alike."""
        if self._line_break == "\r" or "\r" not in body:
            lines = body.split(self._line_break)
            lines.pop()
            return lines, [self._line_break] * len(lines)
        line_feeds = body.count("\n")
        if body.count("\r\n") == line_feeds == body.count("\r"):
            lines = body.split("\r\n")
            lines.pop()
            return lines, ["\r\n"] * len(lines)
        lines = body.split("\n")
        lines.pop()
        endings = ["\r\n" if line.endswith("\r") else "\n" for line in lines]
        return [line.removesuffix("\r") for line in lines], endings

    def _join_quoted(self, lines: list[str], endings: list[str]) -> tuple[list[str], list[str]]:
        """Join the lines of cells that have line breaks in them."""
        complete, closing = self._patterns.complete.fullmatch, self._patterns.closing.fullmatch
        records: list[str] = []
        kept: list[str] = []
        for line, ending in zip(lines, endings, strict=True):
            if self._open:
                if '"' in line and closing(line):
                    records.append("".join(self._open) + line)
                    kept.append(ending)
                    self._open, self._open_length = [], 0
                    continue
            elif '"' not in line or complete(line):
                records.append(line)
                kept.append(ending)
                continue
            self._open += (line, ending)
            self._open_length += len(line) + len(ending)
            if self._open_length > MAX_RECORD_CHARACTERS:
                self.next_row += len(records)
                raise self._too_long()
        return records, kept

    def _too_long(self) -> TableError:
        """Return the error for a quotation mark that is not closed, or for a line that does not end."""
        row = self.next_row
        if self._open:
            return TableError(
                vi=f'Dòng {row}: có dấu ngoặc kép (") mở mà không đóng. Hãy sửa dòng này rồi chạy lại.',
                en=f'Row {row}: a quotation mark (") is opened and not closed. Mend this row and run again.',
            )
        return TableError(
            vi=f"Dòng {row} dài hơn {MAX_RECORD_CHARACTERS} ký tự: tệp này có đúng là bảng không?",
            en=f"Row {row} is longer than {MAX_RECORD_CHARACTERS} characters: is this file a table?",
        )


def sniff_delimiter(head: str, *, whole: bool, line_break: str = "\n") -> tuple[str, bool]:
    """Return the delimiter of a text and whether that is certain.

    The delimiter is the one that cuts the first rows into as many cells as the heading; among equals, the
    one that makes more columns. Quotation marks are honoured.

    Parameters
    ----------
    head
        The beginning of the text.
    whole
        Whether that is all of it; if not, the last record is incomplete and is not looked at.
    line_break
        As for `RecordSplitter`.
    """
    scores: dict[str, tuple[float, int]] = {}
    for delimiter in DELIMITERS:
        widths = [len(parse_record(record, delimiter)) for record in _sample(head, delimiter, line_break, whole)]
        if widths and widths[0] > 1:
            alike = sum(width == widths[0] for width in widths) / len(widths)
            scores[delimiter] = (alike, widths[0])
    if not scores:
        return ",", True
    ranked = sorted(scores, key=lambda delimiter: scores[delimiter], reverse=True)
    tied = any(scores[one] == scores[other] for one, other in list(pairwise(ranked))[:1])
    return ranked[0], scores[ranked[0]][0] > 0.5 and not tied  # noqa: PLR2004


def _sample(head: str, delimiter: str, line_break: str, whole: bool) -> list[str]:  # noqa: FBT001
    """Return the first records that are not empty."""
    splitter = RecordSplitter(delimiter, line_break=line_break)
    try:
        records, _ = splitter.feed(head)
        if whole or not records:
            records = records + splitter.finish()[0]
    except TableError:
        return []
    return [record for record in records if record][:_SAMPLE_RECORDS]
