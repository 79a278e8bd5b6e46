"""How the bytes of a text file are to be read, found from the whole file and said, never assumed.

Only encodings in which every readable byte sequence has one text, and that text one byte sequence, are
accepted: what is read can then be written back byte for byte.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import TableError
from geo.tables.rows import Notice
from geo.text import LegacyFont, detect_legacy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 1 << 16

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BOM_OF = {encoding: bom for bom, encoding in _BOMS}
_ACCEPTED = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "ascii": "ascii",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1258": "cp1258",
    "cp1252": "cp1252",
    "iso8859-1": "latin-1",
}
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# A file with at least this many continuation bytes in order before the first wrong one is damaged UTF-8:
# text in Windows-1258 does not form them by chance.
_SURELY_UTF8 = 8
_NUL_SHARE = 0.3
_FEW_CELLS = 3


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What one pass over a text file found.

    Parameters
    ----------
    encoding
        The codec, without any byte order mark.
    bom
        The byte order mark the file begins with, or nothing.
    head
        The first decoded text (up to 64 KiB of the file), for finding out the delimiter.
    whole
        Whether `head` is all there is.
    line_feeds, returns, nuls, quotes
        How many of these characters the text has.
    notices
        What the user should know of the text.
    """

    encoding: str
    bom: bytes
    head: str = ""
    whole: bool = True
    line_feeds: int = 0
    returns: int = 0
    nuls: int = 0
    quotes: int = 0
    notices: tuple[Notice, ...] = ()


class UndecodableError(Exception):
    """Bytes that are no text in the encoding; the caller knows the row."""

    def __init__(self, byte: int) -> None:
        super().__init__(f"0x{byte:02X}")
        self.byte = byte


def inspect_text(path: Path, *, encoding: str | None = None) -> TextFacts:
    """Find out how a text file is encoded, from all of its bytes.

    Parameters
    ----------
    path
        The file.
    encoding
        What the user says it is; None to find out.

    Raises
    ------
    TableError
        Where the file is in none of the encodings known, is damaged, or is not in the one named.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise TableError(
            vi="Tệp mã hoá UTF-32: hãy lưu lại thành CSV UTF-8.",
            en="The file is in UTF-32: save it again as CSV UTF-8.",
        )
    if encoding is not None:
        facts = _survey(path, _named(encoding, head))
    else:
        found = _from_mark_or_nuls(head)
        facts = _survey(path, found) if found else _utf8_or_1258(path)
    return replace(facts, notices=tuple(_notices(facts, head)))


def _named(encoding: str, head: bytes) -> TextFacts:
    """Return the codec for a name a user gave."""
    try:
        name = _ACCEPTED[codecs.lookup(encoding).name]
    except LookupError:
        known = "utf-8, utf-16, utf-16-le, utf-16-be, cp1258, cp1252, latin-1, ascii"
        raise TableError(
            vi=f"Không đọc được bảng mã “{encoding}”. Hãy chọn một trong: {known}.",
            en=f"The encoding “{encoding}” is not one this reads. Choose one of: {known}.",
            field="encoding",
        ) from None
    if codecs.lookup(encoding).name == "utf-16" and head.startswith(codecs.BOM_UTF16_BE):
        name = "utf-16-be"
    bom = _BOM_OF.get(name, b"")
    return TextFacts(name, bom if bom and head.startswith(bom) else b"")


def _from_mark_or_nuls(head: bytes) -> TextFacts | None:
    """Return the encoding told by a byte order mark, or by where the NUL bytes stand."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return TextFacts(encoding, bom)
    pairs = len(head) // 2
    if pairs == 0:
        return None
    first, second = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if second > _NUL_SHARE * pairs and first * 10 < second:
        return TextFacts("utf-16-le", b"")
    if first > _NUL_SHARE * pairs and second * 10 < first:
        return TextFacts("utf-16-be", b"")
    return None


def _utf8_or_1258(path: Path) -> TextFacts:
    """Return UTF-8 where the whole file is; Windows-1258 where it is not and was not meant to be."""
    try:
        return _survey(path, TextFacts("utf-8", b""))
    except _DamagedError as damage:
        if damage.multibyte >= _SURELY_UTF8:
            raise
    return _survey(path, TextFacts("cp1258", b""))


class _DamagedError(TableError):
    """The survey met a byte that is no text; knows how much good multi-byte text came before."""

    multibyte = 0


def _survey(path: Path, facts: TextFacts) -> TextFacts:
    """Decode the whole file once, counting what the reader needs to know."""
    head: list[str] = []
    length = line_feeds = returns = nuls = quotes = characters = 0
    try:
        for text in decoded_chunks(path, facts.encoding, skip=len(facts.bom)):
            if length < _HEAD_BYTES:
                head.append(text[: _HEAD_BYTES - length])
            length += len(text)
            line_feeds += text.count("\n")
            returns += text.count("\r")
            nuls += text.count("\0")
            quotes += text.count('"')
            if facts.encoding == "utf-8" and characters < _SURELY_UTF8:
                characters += len(text.encode()) - len(text)
    except UndecodableError as wrong:
        line = (line_feeds or returns) + 1
        damage = _DamagedError(
            vi=f"Dòng {line} của tệp có byte 0x{wrong.byte:02X} không đọc được theo bảng mã "
            f"{facts.encoding}. "
            "Hãy lưu lại tệp thành CSV UTF-8, hoặc nêu rõ bảng mã.",
            en=f"Line {line} of the file has the byte 0x{wrong.byte:02X}, which is no text in "
            f"{facts.encoding}. Save the file again as CSV UTF-8, or name its encoding.",
            field="encoding",
        )
        damage.multibyte = characters
        raise damage from None
    text = "".join(head)
    return TextFacts(
        facts.encoding, facts.bom, text, length <= len(text), line_feeds, returns, nuls, quotes, facts.notices
    )


def decoded_chunks(path: Path, encoding: str, *, skip: int = 0) -> Iterator[str]:
    """Yield the text of a file in pieces; after the last good one, `UndecodableError` for a bad byte."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        file.seek(skip)
        while True:
            data = file.read(CHUNK_BYTES)
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                # What comes before the bad byte is handed out first, so that the row can be counted.
                good = error.object[: error.start].decode(encoding)
                bad = error.object[error.start]
                if good:
                    yield good
                raise UndecodableError(bad) from None
            if text:
                yield text
            if not data:
                return


def encodable(text: str, encoding: str) -> str:
    """Return text in the form the encoding can hold; Windows-1258 writes most tones as separate marks.

    Raises
    ------
    UnicodeEncodeError
        Where a character has no form in the encoding.
    """
    if encoding != "cp1258":
        text.encode(encoding)
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = "".join(_with_separate_tone(character) for character in unicodedata.normalize("NFC", text))
        text.encode(encoding)
    return text


def _with_separate_tone(character: str) -> str:
    """Return ``"ế"`` as ``"ê"`` and a combining acute; characters that Windows-1258 has stay as they are."""
    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        letter = "".join(part for part in parts if part not in _TONES)
        tones = "".join(part for part in parts if part in _TONES)
        return unicodedata.normalize("NFC", letter) + tones
    return character


# Text in a legacy font is told cell by cell; quotes and delimiters end one.
_CELL_END = re.compile(r"[\r\n\t,;|\"]+")


def legacy_font(text: str) -> LegacyFont | None:
    """Return the legacy font that cells of a text are typed in: a few of them, or all that are not plain ASCII.

    >>> print(legacy_font("1,Hoµn KiÕm"))
    TCVN3
    """
    cells = [cell for cell in _CELL_END.split(text) if not cell.isascii()]
    found = Counter(font for cell in cells if (font := detect_legacy(cell)))
    for font, count in found.most_common(1):
        if count >= min(_FEW_CELLS, len(cells)):
            return font
    return None


def _notices(facts: TextFacts, head: bytes) -> Iterator[Notice]:
    """Yield what the user should know of the text."""
    font = legacy_font(facts.head)
    if font:
        yield Notice(
            "legacy_font",
            f"Chữ trong tệp có vẻ gõ bằng phông {font}: tên tiêu đề và địa chỉ tiếng Việt có thể không "
            "nhận ra "
            "được. Hãy chuyển sang Unicode trước.",
            f"The text looks typed in a {font} font: Vietnamese headings and addresses may not be "
            "recognised. "
            "Convert it to Unicode first.",
        )
    if facts.nuls:
        yield Notice(
            "nul_characters",
            f"Tệp có {facts.nuls} ký tự NUL; chúng được giữ nguyên.",
            f"The file has {facts.nuls} NUL characters; they are kept.",
        )
    if facts.encoding.startswith("utf-16") and not facts.bom and head:
        yield Notice(
            "utf16_without_bom",
            f"Tệp UTF-16 không có dấu BOM: đọc theo {facts.encoding}.",
            f"UTF-16 without a byte order mark: read as {facts.encoding}.",
        )
