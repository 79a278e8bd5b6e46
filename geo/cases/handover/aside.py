"""A folder written aside and put in place in one step, only when it is whole."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from geo.cases.handover.words import MANIFEST_NAME
from geo.errors import TableError
from geo.tables.whole_output import disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT: Final = "hanoi-wards-handover"


@contextmanager
def written_aside(target: Path, *, source: Path, overwrite: bool) -> Iterator[Path]:
    """Give a new folder beside `target`, and put it there when the block ends well; else remove it.

    Only a handover is ever replaced: a folder that holds anything else stays as it is, whatever is asked.

    Raises
    ------
    TableError
        The target may not be replaced, another run is writing it, or the disk refuses.
    """
    _refuse(target, source, overwrite=overwrite)
    part = target.with_name(target.name + ".part")
    with disk_errors(part):
        if overwrite and part.exists():
            shutil.rmtree(part)
        part.mkdir(parents=True)
        try:
            yield part
            _put_in_place(part, target, overwrite=overwrite)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _put_in_place(part: Path, target: Path, *, overwrite: bool) -> None:
    """Rename the new folder; the old one is deleted only once the new one stands."""
    if not overwrite and target.exists():
        raise _exists(target)
    old = target.with_name(target.name + ".old")
    if not target.exists():
        part.rename(target)
        return
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    try:
        part.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse(target: Path, source: Path, *, overwrite: bool) -> None:
    if not target.exists():
        return
    if not overwrite:
        raise _exists(target)
    if not target.is_dir() or not (_is_handover(target) or not any(target.iterdir())):
        raise TableError(
            vi=f"“{target}” không phải thư mục bàn giao do chương trình này ghi ra, nên không bị ghi đè. Hãy chọn tên "
            "khác.",
            en=f"“{target}” is no handover of this program, and is not replaced. Choose another name.",
            field="output",
        )
    if source.resolve().is_relative_to(target.resolve()):
        raise TableError(
            vi=f"Tệp vào nằm trong “{target}”, sẽ bị xoá khi ghi đè. Hãy chọn thư mục ra khác.",
            en=f"The input lies in “{target}” and would be deleted with it. Choose another folder.",
            field="output",
        )


def _is_handover(folder: Path) -> bool:
    with suppress(OSError, ValueError, AttributeError):
        found = json.loads((folder / MANIFEST_NAME).read_bytes()).get("format")
        return bool(found == FORMAT)
    return False


def _exists(target: Path) -> TableError:
    return TableError(
        vi=f"“{target}” đã có. Hãy chọn tên khác, hoặc thêm --overwrite.",
        en=f"“{target}” exists already. Choose another name, or add --overwrite.",
        field="output",
    )
