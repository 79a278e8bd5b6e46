"""What holds for every table: nothing of the input is lost or changed, however it is written or cut."""

from __future__ import annotations

import csv
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.tables import create_table, open_table
from geo.tables import encoding as encodings
from geo.tables.csv_text import RecordSplitter, parse_any_record, parse_record
from geo.tables.encoding import encodable

LETTERS = "ab1 =-'é\x00\x0b\u2028ơđ"
ANYTHING = LETTERS + '",;\t|\n\r'
BOMS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@st.composite
def written_tables(draw: st.DrawFn) -> tuple[bytes, str, str, list[list[str]]]:
    """Return a file, its encoding and delimiter, and the cells under its heading."""
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1258"]))
    delimiter = draw(st.sampled_from(",;\t|"))
    endings = st.sampled_from(draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n"]])))
    alphabet = ANYTHING if encoding != "cp1258" else ANYTHING.replace("\u2028", "")
    rows = draw(st.lists(st.lists(st.text(alphabet, max_size=6), min_size=1, max_size=5), max_size=12))
    text = delimiter.join(["c1", "c2", '"c""3"']) + draw(endings)
    for number, row in enumerate(rows):
        cells = [_written(draw, cell, delimiter) for cell in row]
        # A last line with nothing in it, not even a line break, is no row.
        bare = number == len(rows) - 1 and cells != [""] and draw(st.booleans())
        text += delimiter.join(cells) + ("" if bare else draw(endings))
    rows = [[] if row == [""] else row for row in rows]
    codec = encoding.removesuffix("-sig")
    return BOMS.get(encoding, b"") + text.encode(codec), codec, delimiter, rows


def _written(draw: st.DrawFn, cell: str, delimiter: str) -> str:
    """Return a cell quoted where it must be, and sometimes where it need not be."""
    must = any(mark in cell for mark in (delimiter, '"', "\n", "\r"))
    if not must and (not cell or not draw(st.booleans())):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _copy(
    data: bytes, *, encoding: str, delimiter: str, size: int, added: list[str]
) -> tuple[bytes, list[list[str]], list[int]]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        source.write_bytes(data)
        cells: list[list[str]] = []
        missing: list[int] = []
        with (
            open_table(source, encoding=encoding, delimiter=delimiter) as table,
            create_table(target, like=table, added_columns=["ours", "too"]) as out,
        ):
            for batch in table.batches(size):
                cells += [list(row.cells) for row in batch]
                missing += [row.missing for row in batch]
                assert [batch.column(i) for i in range(3)] == [[row.cell(i) for row in batch] for i in range(3)]
                out.write(batch, [added] * len(batch))
        return target.read_bytes(), cells, missing


@settings(max_examples=300, deadline=None)
@given(written_tables(), st.integers(1, 5), st.sampled_from([["x", "y"], ['"', "a,b;c|\td"], ["=1", "\n"]]))
def test_without_our_cells_the_output_is_the_input_byte_for_byte(
    table: tuple[bytes, str, str, list[list[str]]], size: int, added: list[str]
) -> None:
    data, encoding, delimiter, rows = table
    result, cells, missing = _copy(data, encoding=encoding, delimiter=delimiter, size=size, added=added)
    assert cells == rows

    # An independent way to take our cells off again: walk through the output, record by record.
    ours = delimiter.join(_expected(cell, delimiter) for cell in added)
    bom = next((mark for mark in BOMS.values() if data.startswith(mark)), b"")
    left = result[len(bom) :].decode(encoding)
    assert result.startswith(bom)
    original = data[len(bom) :].decode(encoding)
    suffixes = [f"{delimiter}ours{delimiter}too", *(delimiter * (1 + short) + ours for short in missing)]
    rebuilt = ""
    for suffix, record in zip(suffixes, _records(original, delimiter), strict=True):
        bare = record.removesuffix("\n").removesuffix("\r") if record.endswith("\n") else record
        assert left.startswith(bare + suffix)
        left = left[len(bare + suffix) :]
        ending = record[len(bare) :]
        assert left.startswith(ending)
        left = left[len(ending) :]
        rebuilt += record
    assert left == ""
    assert rebuilt == original


def _expected(cell: str, delimiter: str) -> str:
    cell = "'" + cell if cell.startswith("=") else cell
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ('"', "\n", delimiter)) else cell


def _records(text: str, delimiter: str) -> list[str]:
    """Cut text into records character by character: slow, plain, and unlike the code under test."""
    records, start, quoted, cell_start = [], 0, False, True
    for position, character in enumerate(text):
        if character == '"':
            quoted = not quoted if quoted or cell_start or text[position - 1] == '"' else quoted
            cell_start = False
        elif quoted:
            continue
        elif character == "\n":
            records.append(text[start : position + 1])
            start, cell_start = position + 1, True
        else:
            cell_start = character == delimiter
    return records + ([text[start:]] if start < len(text) else [])


@settings(max_examples=200, deadline=None)
@given(written_tables(), st.integers(1, 40))
def test_how_it_is_cut_changes_nothing(table: tuple[bytes, str, str, list[list[str]]], chunk: int) -> None:
    data, encoding, delimiter, _ = table
    whole = _copy(data, encoding=encoding, delimiter=delimiter, size=1000, added=["x", "y"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "CHUNK_BYTES", chunk)
        for size in (1, 3):
            assert _copy(data, encoding=encoding, delimiter=delimiter, size=size, added=["x", "y"]) == whole


@settings(max_examples=300)
@given(st.text(ANYTHING, max_size=40), st.sampled_from(",;\t|"), st.integers(1, 7))
def test_no_character_is_lost_in_splitting(text: str, delimiter: str, piece: int) -> None:
    splitter = RecordSplitter(delimiter)
    found: list[tuple[str, str]] = []
    # Closing whatever is open: text of any kind is then a table.
    closing = ['"\n', "\n"]
    for start in range(0, len(text), piece):
        found += zip(*splitter.feed(text[start : start + piece]), strict=True)
    for end in closing:
        try:
            found += zip(*splitter.finish(), strict=True)
            break
        except ValueError:
            splitter = RecordSplitter(delimiter)
            found = list(zip(*splitter.feed(text + end), strict=True))
            text += end
    assert "".join(record + ending for record, ending in found) == text


@given(st.text('ab",;', max_size=20).filter(lambda text: '"' in text), st.sampled_from(",;"))
def test_cells_are_those_of_the_csv_module(text: str, delimiter: str) -> None:
    splitter = RecordSplitter(delimiter)
    records, _ = splitter.feed(text + "\n")
    if records == [text]:  # a record that is complete
        expected = next(csv.reader([text], delimiter=delimiter))
        assert parse_record(text, delimiter) == parse_any_record(text, delimiter) == expected


@given(st.text("aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐáàảãạấầẩẫậắằẳẵặếềểễệỉĩịốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ "))
def test_all_vietnamese_fits_windows_1258(text: str) -> None:
    back = encodable(text, "cp1258").encode("cp1258").decode("cp1258")
    assert unicodedata.normalize("NFC", back) == unicodedata.normalize("NFC", text)
