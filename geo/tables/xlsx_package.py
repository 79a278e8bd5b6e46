"""XLSX as the package it is: whether it is safe to open, and what openpyxl's streaming mode does not show."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from openpyxl.utils.cell import column_index_from_string

from geo.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator

# A million rows of 30 columns make about 3 GiB of XML, and sheets compress 10 to 100 times; a bomb 1,000.
MAX_UNPACKED_BYTES = 8 << 30
MAX_SHARED_TEXT_BYTES = 1 << 30
MAX_RATIO = 250
RATIO_MATTERS_FROM_BYTES = 64 << 20
MAX_PARTS = 20_000
_CHUNK_BYTES = 1 << 20

_PREFIX = rb"(?:\w+:)?"
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s/>]")
_MERGE = re.compile(rb"<" + _PREFIX + rb'mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA_CELL = re.compile(
    rb"<" + _PREFIX + rb"c\b([^>]*)>\s*<" + _PREFIX + rb"f\b[^>]*?(?:/>|>([^<]*)</" + _PREFIX + rb"f>)"
    rb"\s*(<" + _PREFIX + rb"v>[^<]+<)?"
)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_EMPTY_TEXT = re.compile(rb'\bt="str"')
_CELL_STARTS = (b"<c ", b":c ")
_OVERLAP_BYTES = 256
_MAX_MERGES_KEPT = 1000


class Formula(NamedTuple):
    """A formula whose result is not in the file: row and column (1-based) and its text, if it has one."""

    row: int
    column: int
    text: str


@dataclass(slots=True)
class SheetSurvey:
    """What one pass over a sheet's XML found.

    Parameters
    ----------
    formulas
        Whether any cell has a formula.
    merges
        First row, first column, last row, last column (1-based) of merged cells, the first thousand.
    """

    formulas: bool = False
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def check_package(file: BinaryIO) -> None:
    """Refuse a package that would unpack into more than a table can be.

    Raises
    ------
    TableError
        Where the package is damaged, is not a workbook, or unpacks too large.
    """
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged() from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise TableError(
            vi="Tệp là gói ZIP nhưng không phải bảng tính XLSX. Hãy lưu lại thành XLSX hoặc CSV.",
            en="The file is a ZIP package but not an XLSX workbook. Save it again as XLSX or CSV.",
        )
    if "xl/workbook.bin" in names:
        raise TableError(
            vi="Tệp là XLSB (nhị phân). Hãy lưu lại thành XLSX hoặc CSV.",
            en="The file is XLSB (binary). Save it again as XLSX or CSV.",
        )
    unpacked = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > RATIO_MATTERS_FROM_BYTES and part.file_size > MAX_RATIO * max(1, part.compress_size)
        for part in parts
    )
    shared = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    if bomb or len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or shared > MAX_SHARED_TEXT_BYTES:
        raise TableError(
            vi=f"Tệp XLSX bung ra thành {unpacked >> 20} MiB, quá lớn hoặc nén bất thường nên không mở. "
            "Nếu là bảng thật, hãy lưu thành CSV.",
            en=f"The XLSX file unpacks into {unpacked >> 20} MiB, too large or strangely compressed, and "
            "is not "
            "opened. If it is a real table, save it as CSV.",
        )


def damaged() -> TableError:
    """Return the error for a workbook that cannot be read."""
    return TableError(
        vi="Tệp XLSX bị hỏng hoặc chép chưa xong. Hãy mở bằng Excel hay LibreOffice rồi lưu lại.",
        en="The XLSX file is damaged or was not copied whole. Open it in Excel or LibreOffice and save it again.",
    )


def survey_sheet(file: BinaryIO, part: str) -> SheetSurvey:
    """Look through a sheet for formulas and merged cells."""
    found = SheetSurvey()
    rest = b""
    with zipfile.ZipFile(file) as package, package.open(part) as xml:
        while data := xml.read(_CHUNK_BYTES):
            data = rest + data
            found.formulas = found.formulas or _FORMULA.search(data) is not None
            last = 0
            for match in _MERGE.finditer(data):
                left, top, right, bottom = match.groups()
                last = match.end()
                if len(found.merges) < _MAX_MERGES_KEPT:
                    found.merges.append((int(top), _column(left), int(bottom), _column(right)))
            rest = data[max(last, len(data) - _OVERLAP_BYTES) :]
    return found


def formulas_without_value(file: BinaryIO, part: str) -> Iterator[Formula]:
    """Yield, in the order of the sheet, the formulas whose result was not saved with them.

    Programs that are not spreadsheets write such cells; openpyxl shows them as empty.
    """
    rest = b""
    with zipfile.ZipFile(file) as package, package.open(part) as xml:
        while True:
            data = xml.read(_CHUNK_BYTES)
            whole = rest + data
            cut = max(whole.rfind(start) for start in _CELL_STARTS) if data else len(whole)
            if cut < 0:
                cut = max(0, len(whole) - _OVERLAP_BYTES)
            for match in _FORMULA_CELL.finditer(whole, 0, cut):
                attributes, text, value = match.groups()
                place = _REFERENCE.search(attributes)
                # A formula whose result is the empty text has a type and no value: that is a result.
                if value is None and place and not _EMPTY_TEXT.search(attributes):
                    yield Formula(int(place.group(2)), _column(place.group(1)), _unescaped(text or b""))
            rest = whole[cut:]
            if not data:
                return


def _column(letters: bytes) -> int:
    return column_index_from_string(letters.decode())


def _unescaped(text: bytes) -> str:
    """Return the text of XML character data."""
    plain = text.decode("utf-8", "replace")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    return plain
