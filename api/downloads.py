"""The folder of whole layers that an operator has prepared, and what is sent from it."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from geo.errors import DataDamaged
from geo.layers.export import LISTING, LISTING_VERSION, file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_BLOCK: Final = 1 << 18

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Download:
    """One file of the listing, found to be what the listing says.

    Parameters
    ----------
    stamp
        Size and time of change when it was checked.
    """

    path: Path
    layer: str
    format: str
    size: int
    sha256: str
    stamp: Stamp

    def is_unchanged(self) -> bool:
        """Tell whether the file is still the one that was checked."""
        try:
            return _stamp(self.path) == self.stamp
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds."""

    data_version: str
    day: str
    files: Mapping[str, Download]


class Downloads:
    """A folder that may be filled or replaced while the service runs.

    Parameters
    ----------
    folder
        None where the operator has set none.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._lock = Lock()
        self._read: tuple[Stamp, Listing] | None = None

    def listing(self) -> Listing | None:
        """Return what is prepared; None where nothing is.

        Each file is compared with its SHA-256 once, and again when the listing has changed.

        Raises
        ------
        DataDamaged
            The listing cannot be read, or a file is not what it says.
        """
        if self.folder is None:
            return None
        path = self.folder / LISTING
        with self._lock:
            try:
                stamp = _stamp(path)
            except FileNotFoundError:
                return None
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, _checked(path))
            return self._read[1]

    def find(self, name: str) -> Download | None:
        """Return one file; None where it is not listed.

        Raises
        ------
        DataDamaged
            It is no longer the file that was listed.
        """
        listing = self.listing()
        found = None if listing is None else listing.files.get(name)
        if found is not None and not found.is_unchanged():
            with self._lock:
                self._read = None  # perhaps an export has just put others in place
            raise _damaged(name)
        return found


def asked_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Read a ``Range`` of one part.

    Returns
    -------
    tuple or None
        First byte and the byte after the last. None for the whole file: no range, several, or one that cannot be read,
        which RFC 9110 (14.2) has a server pass over.

    Raises
    ------
    IndexError
        The file has none of the bytes asked for.
    """
    match = _RANGE.fullmatch((header or "").replace(" ", ""))
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        begin, end = max(0, size - int(last)), size
    else:
        begin, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < begin:
            return None
    if begin >= end:
        message = "no byte of the file lies in the range"
        raise IndexError(message)
    return begin, end


def blocks(path: Path, begin: int, end: int) -> Iterator[bytes]:
    """Read a part of a file bit by bit."""
    with path.open("rb") as file:
        file.seek(begin)
        while begin < end:
            block = file.read(min(_BLOCK, end - begin))
            if not block:
                return
            begin += len(block)
            yield block


def _checked(path: Path) -> Listing:
    try:
        read = json.loads(path.read_bytes())
        if read["schema_version"] != LISTING_VERSION:
            raise _damaged(path.name)
        files = {entry["name"]: _download(path.parent, entry) for entry in read["files"]}
        return Listing(data_version=read["data_version"], day=read["day"], files=files)
    except (OSError, ValueError, KeyError, TypeError) as broken:
        if isinstance(broken, DataDamaged):
            raise
        raise _damaged(path.name) from broken


def _download(folder: Path, entry: Mapping[str, Any]) -> Download:
    name = entry["name"]
    path = folder / name
    # A listing is a file of the operator's, but it names files in its own folder only.
    if path.name != name or not path.is_file() or file_sha256(path) != entry["sha256"]:
        raise _damaged(str(name))
    return Download(
        path=path,
        layer=entry["layer"],
        format=entry["format"],
        size=entry["size"],
        sha256=entry["sha256"],
        stamp=_stamp(path),
    )


def _stamp(path: Path) -> Stamp:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def _damaged(name: str) -> DataDamaged:
    return DataDamaged(
        vi=f"Tệp tải về {name} không khớp với {LISTING}. Hãy chạy lại: hanoi-wards data export",
        en=f"The download {name} does not match {LISTING}. Run again: hanoi-wards data export",
    )
