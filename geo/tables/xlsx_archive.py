"""Workbooks packed without the hour: the same content is the same bytes, whenever it is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE

if TYPE_CHECKING:
    from openpyxl import Workbook


_ABOUT: Final = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>hanoi-wards</dc:creator></cp:coreProperties>'
)
"""What a workbook says of itself. openpyxl's own has the hour, and prefixes that other libraries may change."""


class _UndatedZip(ZipFile):
    """A package whose members have no time of their own."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Write a member from memory."""
        content = _ABOUT if zinfo_or_arcname == ARC_CORE else data
        super().writestr(ZipInfo(zinfo_or_arcname), content, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Write a member from a file, as a stream: a sheet may be larger than memory."""
        member = ZipInfo(arcname or filename)
        member.compress_type = ZIP_DEFLATED
        member.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(member, "w") as target:
            shutil.copyfileobj(source, target)


def save_book(book: Workbook, file: BinaryIO) -> None:
    """Pack a workbook into a file that is open for writing."""
    archive = _UndatedZip(file, "w", ZIP_DEFLATED)
    try:
        ExcelWriter(book, archive).save()
    except BaseException:
        # Otherwise the archive would try once more to write its end, when it is collected.
        archive.fp = None
        raise
