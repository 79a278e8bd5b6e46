"""One file written aside and put in place in one step; one that is there is replaced only where that is asked for."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from geo.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file.

    Raises
    ------
    TableError
        It is there already and may not be replaced, or the disk refuses.
    """
    if path.exists() and not overwrite:
        raise TableError(
            vi=f"Tệp “{path}” đã có. Hãy chọn tên khác, hoặc thêm --overwrite.",
            en=f"“{path}” exists already. Choose another name, or add --overwrite.",
            field="output",
        )
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise TableError(
            vi=f"Không ghi được “{path}”: {reason}.", en=f"Cannot write “{path}”: {reason}.", field="output"
        ) from error


def ending(path: Path, known: tuple[str, ...]) -> str:
    """Return the ending of a name, which says the format.

    Raises
    ------
    TableError
        It is none of those known.
    """
    suffix = path.suffix.lower()
    if suffix not in known:
        raise TableError(
            vi=f"Tên tệp phải có đuôi {', '.join(known)}, không phải “{path.name}”.",
            en=f"The name ends in one of {', '.join(known)}, not “{path.name}”.",
            field="output",
        )
    return suffix
