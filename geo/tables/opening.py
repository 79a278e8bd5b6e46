"""Opening a table: what a file is, by its first bytes as well as by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import TableError
from geo.tables.csv_reader import CsvReader
from geo.tables.parquet_reader import ParquetReader
from geo.tables.xlsx_reader import XlsxReader

if TYPE_CHECKING:
    from geo.tables.reader import TableReader
    from geo.tables.rows import TableFormat

SUFFIXES: dict[str, TableFormat] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_NAMES = {"csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet"}
_LEGACY_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_BYTES = 1 << 20
_ADVICE = (
    "Hãy lưu lại thành XLSX, CSV hoặc Parquet.",
    "Save it as XLSX, CSV or Parquet.",
)
# Files that are often given the name of a table and are none; by their first bytes.
_STRANGERS = (
    (b"%PDF", "PDF", "PDF"),
    (b"\x1f\x8b", "tệp nén gzip", "gzip"),
    (b"Rar!", "tệp nén RAR", "RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z", "7z"),
    (b"PARE", "Parquet bị mã hoá", "encrypted Parquet"),
    (b"\x89PNG", "ảnh PNG", "PNG image"),
    (b"\xff\xd8\xff", "ảnh JPEG", "JPEG image"),
    (b"SQLite format 3", "SQLite/GeoPackage", "SQLite/GeoPackage"),
)
_STRANGE_TEXTS = (
    (b"<!doctype html", "HTML", "HTML"),
    (b"<html", "HTML", "HTML"),
    (b"<table", "HTML", "HTML"),
    (b"<?xml", "XML", "XML"),
    (b"{", "JSON/GeoJSON", "JSON/GeoJSON"),
    (b'[{"', "JSON", "JSON"),
)


def open_table(
    path: Path | str, *, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> TableReader:
    """Open a table for reading.

    Parameters
    ----------
    path
        A CSV (any delimited text), XLSX or Parquet file.
    sheet
        XLSX only: the sheet to read; the first one shown where None.
    encoding, delimiter
        Delimited text only: found out where None, and reported.

    Returns
    -------
    TableReader
        A context manager; `TableReader.report` says how the file was found to be written.

    Raises
    ------
    TableError
        Where there is no such file, or it cannot be read as a table; the message says what to do.
    """
    path = Path(path)
    kind = _kind(path)
    _refuse_options(kind, sheet=sheet, encoding=encoding, delimiter=delimiter)
    try:
        if kind == "xlsx":
            return XlsxReader(path, sheet=sheet)
        if kind == "parquet":
            return ParquetReader(path)
        return CsvReader(path, encoding=encoding, delimiter=delimiter)
    except OSError as error:
        raise _unreadable(path, error) from error


def _kind(path: Path) -> TableFormat:
    """Return the kind of table a file is, where its bytes and its name agree."""
    try:
        with path.open("rb") as file:
            head = file.read(_DIRECTORY_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error
    suffix = path.suffix.lower()
    if not head:
        raise TableError(vi=f"Tệp “{path.name}” trống (0 byte).", en=f"The file “{path.name}” is empty (0 bytes).")
    if head.startswith(_LEGACY_EXCEL):
        raise _legacy_excel(path, head)
    _refuse_strangers(path, head)
    found: TableFormat = "csv"
    if head.startswith(b"PK\x03\x04"):
        found = "xlsx"
    elif head.startswith(b"PAR1"):
        found = "parquet"
    expected = SUFFIXES.get(suffix, found)
    # A name without a known suffix says nothing of a file's kind; ".xls" says XLSX is meant, or text is.
    if expected != found or suffix == ".xls":
        raise TableError(
            vi=f"Tệp có tên “{path.name}” nhưng nội dung là {_NAMES[found]}. Hãy đổi đuôi tên tệp, hoặc chọn lại tệp.",
            en=f"The file is named “{path.name}” but its content is {_NAMES[found]}. Correct the suffix, or "
            "choose the file again.",
        )
    return found


def _refuse_options(kind: TableFormat, *, sheet: str | None, encoding: str | None, delimiter: str | None) -> None:
    """Refuse options that would be ignored."""
    given = {"sheet": sheet, "encoding": encoding, "delimiter": delimiter}
    allowed = {"csv": {"encoding", "delimiter"}, "xlsx": {"sheet"}, "parquet": set()}[kind]
    for name, value in given.items():
        if value is not None and name not in allowed:
            raise TableError(
                vi=f"Tệp {_NAMES[kind]} không dùng lựa chọn “{name}”. Hãy bỏ lựa chọn này.",
                en=f"A {_NAMES[kind]} file has no use for the option “{name}”. Leave it out.",
                field=name,
            )


def _refuse_strangers(path: Path, head: bytes) -> None:
    """Refuse what is no table, by name."""
    text = head[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    names = [names for start, *names in _STRANGERS if head.startswith(start)]
    names += [names for start, *names in _STRANGE_TEXTS if text.startswith(start)]
    if names:
        vi, en = names[0]
        raise TableError(
            vi=f"Tệp “{path.name}” là {vi}, không phải bảng. {_ADVICE[0]}",
            en=f"The file “{path.name}” is {en}, not a table. {_ADVICE[1]}",
        )


def _legacy_excel(path: Path, head: bytes) -> TableError:
    """Return the error for a file in Microsoft's old container: locked with a password, or .xls."""
    if _ENCRYPTED in head or path.suffix.lower() in {".xlsx", ".xlsm"}:
        return TableError(
            vi=f"Tệp “{path.name}” có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.",
            en=f"The file “{path.name}” is locked with a password. Open it in Excel, take the password "
            "off and "
            "save it again.",
        )
    return TableError(
        vi=f"Tệp “{path.name}” là Excel 97–2003 (.xls), không đọc được. {_ADVICE[0]}",
        en=f"The file “{path.name}” is Excel 97–2003 (.xls), which is not read. {_ADVICE[1]}",
    )


def _unreadable(path: Path, error: OSError) -> TableError:
    """Return the error for a file that the system does not hand over."""
    if isinstance(error, FileNotFoundError):
        return TableError(
            vi=f"Không có tệp “{path}”. Hãy kiểm tra lại đường dẫn.",
            en=f"There is no file “{path}”. Check the path.",
        )
    if isinstance(error, IsADirectoryError):
        return TableError(vi=f"“{path}” là thư mục, không phải tệp.", en=f"“{path}” is a folder, not a file.")
    reason = error.strerror or str(error)
    return TableError(vi=f"Không đọc được tệp “{path}”: {reason}.", en=f"Cannot read “{path}”: {reason}.")
