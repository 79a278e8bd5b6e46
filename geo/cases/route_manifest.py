"""The manifest of a run: what went in, what came out and by which versions; nothing of what the cells hold."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from geo.cases.journal import cannot_write
from geo.tables.whole_output import write_through

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.tables import TableReader

SCHEMA_VERSION: Final = 1
_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 1 << 12
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="[A-Z]+\d+:[A-Z]+(\d+)"')


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What identifies a file, and how many lines it has where it is text."""

    size: int
    sha256: str
    lines: int


def file_facts(path: Path) -> FileFacts:
    """Read a file once."""
    digest, size, feeds, returns = hashlib.sha256(), 0, 0, 0
    with path.open("rb") as file:
        while data := file.read(_CHUNK_BYTES):
            digest.update(data)
            size += len(data)
            feeds += data.count(b"\n")
            returns += data.count(b"\r")
    return FileFacts(size, digest.hexdigest(), feeds or returns)


def expected_rows(table: TableReader, facts: FileFacts) -> int | None:
    """Estimate how many rows a table has, for showing progress only; None where nothing tells it."""
    if table.format == "csv":
        return max(0, facts.lines - table.report.header_row)
    if table.format == "xlsx":
        declared = _declared_rows(table.path)
        return None if declared is None else max(0, declared - table.report.header_row)
    return table.report.rows


def program_version() -> str:
    """Return the version of this program, ``"0"`` where it is not installed."""
    try:
        return version("hanoi-wards")
    except PackageNotFoundError:
        return "0"


def manifest_path(target: Path) -> Path:
    """Return where the manifest of an output lies."""
    return target.with_name(target.name + ".manifest.json")


def write_manifest(target: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest of an output: aside first, under its name only when it is whole.

    Raises
    ------
    TableError
        The disk does not take it.
    """
    path = manifest_path(target)
    aside = path.with_name(path.name + ".part")
    try:
        write_through(aside, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def _declared_rows(path: Path) -> int | None:
    """Return the rows that the largest sheet of a workbook says it has."""
    with zipfile.ZipFile(path) as package:
        sheets = [part for part in package.infolist() if part.filename.startswith("xl/worksheets/")]
        if not sheets:
            return None
        with package.open(max(sheets, key=lambda part: part.file_size)) as xml:
            found = _DIMENSION.search(xml.read(_HEAD_BYTES))
    return int(found.group(1)) if found else None
