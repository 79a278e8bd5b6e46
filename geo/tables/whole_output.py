"""Files written whole: aside, through to the disk, and put in place in one step."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from geo.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def ending(path: Path, known: Sequence[str]) -> str:
    """Return the ending of a name, which says the format.

    Raises
    ------
    TableError
        It is none of those known.
    """
    suffix = path.suffix.lower()
    if suffix not in known:
        listed = ", ".join(known)
        raise TableError(
            vi=f"Không ghi được “{path.name}”: tên tệp ra phải có đuôi {listed}.",
            en=f"Cannot write “{path.name}”: the output's name ends in one of {listed}.",
            field="output",
        )
    return suffix


def refuse_existing(path: Path) -> None:
    """Refuse a file that is there.

    Raises
    ------
    TableError
        It is.
    """
    if path.exists():
        raise TableError(
            vi=f"Tệp “{path}” đã có. Hãy chọn tên khác, hoặc thêm --overwrite.",
            en=f"“{path}” exists already. Choose another name, or add --overwrite.",
            field="output",
        )


def write_file(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file.

    Raises
    ------
    TableError
        It is there already and may not be replaced, or the disk refuses.
    """
    if not overwrite:
        refuse_existing(path)
    part = path.with_name(path.name + ".part")
    try:
        write_through(part, content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


def write_through(path: Path, content: bytes) -> None:
    """Write a file and flush it to the disk: without this a power cut could leave a name on an empty file."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def held_alone(part: Path) -> Iterator[None]:
    """Hold a file aside for the block to write and put in place; that it is there keeps every other run out.

    It is removed where the block fails, and only then: once it has its name, the file aside may be another run's.

    Raises
    ------
    TableError
        Another run holds it, or its folder takes no file.
    """
    try:
        part.open("xb").close()
    except FileExistsError as error:
        raise TableError(
            vi=f"“{part}” đã có: một lần nhập khác đang ghi, hoặc đã bị ngắt. Nếu không còn chạy, hãy xoá nó.",
            en=f"“{part}” exists: another import is writing, or was killed. If none is running, delete it.",
            field="output",
        ) from error
    except OSError as error:
        raise cannot_write(part, error) from error
    try:
        yield
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the disk refuses into a clear error, where the block removes what it leaves unfinished.

    Raises
    ------
    TableError
        Another run is writing, the disk is full, or it refuses.
    """
    try:
        yield
    except FileExistsError as error:
        raise TableError(
            vi=f"“{path}” đã có: một lần chạy khác đang ghi, hoặc đã bị ngắt. Nếu không còn chạy, hãy xoá nó.",
            en=f"“{path}” exists: another run is writing it, or was killed. If none is running, delete it.",
            field="output",
        ) from error
    except OSError as error:
        if error.errno not in _FULL:
            raise cannot_write(path, error) from error
        raise TableError(
            vi=f"Hết chỗ trên đĩa khi ghi “{path}”. Phần dở dang đã được xoá; hãy dọn đĩa rồi chạy lại.",
            en=f"The disk is full while writing “{path}”. What was unfinished is removed; make room and run again.",
            field="output",
        ) from error


def cannot_write(path: Path, error: OSError) -> TableError:
    """Return the error for what the disk does not take."""
    reason = error.strerror or str(error)
    return TableError(vi=f"Không ghi được “{path}”: {reason}.", en=f"Cannot write “{path}”: {reason}.", field="output")
