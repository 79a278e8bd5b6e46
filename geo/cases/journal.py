"""What a long run has finished, kept beside its output so that a killed run goes on where it was.

::

    magic, then frames:   kind 1 byte | rows 4 | length 4 | CRC-32 4 | length bytes
        H  what the work is bound to, JSON, compressed
        A  the answers to the next rows, as `geo.cases.route_chunk.pack` made them
        F  the manifest, JSON, compressed: the output is whole and about to get its name

Only answers are kept, which may quote an address; no other cell of the input. A frame that was cut off by a kill, a
full disk or a power cut does not fit its length or its sum; it and what follows it are dropped.
"""

from __future__ import annotations

import errno
import json
import os
import struct
import sys
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, Self

from geo.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MAGIC: Final = b"hanoi-wards journal 1\n"
_FRAME: Final = struct.Struct(">cIII")
_HEADER, _ANSWERS, _FINISHED = b"H", b"A", b"F"

_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "input_sha256": ("nội dung tệp vào", "the input's content"),
    "columns": ("các cột được đọc", "the columns read"),
    "options": ("lựa chọn của lệnh", "options of the command"),
    "chunk_rows": ("cỡ khối dòng", "the size of a chunk"),
    "generation": ("đời đơn vị hành chính", "the generation of units"),
    "data_version": ("phiên bản dữ liệu", "the data version"),
    "program_version": ("phiên bản chương trình", "the program version"),
}
"""What a run can be bound to, in words."""


class _Frame(NamedTuple):
    kind: bytes
    rows: int
    payload: bytes


class Journal:
    """The journal of one run, locked against a second run. Made by `Journal.open`; a context manager.

    It stays when the ``with`` block ends, unless it holds no answers or `remove` was called.

    Attributes
    ----------
    rows
        How many rows are answered in it.
    manifest
        The manifest of a run that was killed between finishing its output and removing its journal.
    removed
        Whether it is gone.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.rows = 0
        self.manifest: dict[str, Any] | None = None
        self._file = file
        self._end = 0
        self.removed = False

    @classmethod
    def open(cls, path: Path, binding: Mapping[str, Any], *, restart: bool = False) -> Self:
        """Open the journal of a run, or begin one.

        Parameters
        ----------
        binding
            Everything the answers depend on; JSON.
        restart
            Forget what a journal that is there holds.

        Raises
        ------
        TableError
            Another run holds it, it belongs to other work, or the disk does not take it.
        """
        with _disk_errors(path):
            # What it holds may tell where people live: for the owner's eyes only.
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        # Without a buffer, what is written is what the file holds, even when the next write fails.
        file = os.fdopen(descriptor, "r+b", buffering=0)
        try:
            _lock(file, path)
            journal = cls(path, file)
            journal._load(binding, restart=restart)
        except BaseException:
            file.close()
            raise
        return journal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.rows == 0:
            self.remove()
        self._file.close()

    def answers(self) -> Iterator[tuple[int, bytes]]:
        """Yield what was kept: a number of rows and their answers, in the order of the table.

        Take all of it before appending.
        """
        self._file.seek(len(MAGIC))
        while self._file.tell() < self._end:
            frame = self._next_frame()
            if frame is None:  # it was sound when the journal was opened
                raise _damaged(self.path)
            if frame.kind == _ANSWERS:
                yield frame.rows, frame.payload

    def append(self, rows: int, answers: bytes) -> None:
        """Keep the answers to the next rows.

        Raises
        ------
        TableError
            The disk does not take them; what was kept before stays sound.
        """
        self._write(_ANSWERS, rows, answers)
        self.rows += rows

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Note that the output is whole and about to get its name."""
        self._write(_FINISHED, 0, _packed(manifest))

    def remove(self) -> None:
        """Remove the journal: it has done its duty, or is of no use."""
        if not self.removed:
            self.removed = True
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _load(self, binding: Mapping[str, Any], *, restart: bool) -> None:
        size = os.fstat(self._file.fileno()).st_size
        start = self._file.read(len(MAGIC))
        if not MAGIC.startswith(start):
            raise TableError(
                vi=f"“{self.path.name}” đã có và không phải nhật ký của chương trình này. Hãy dời nó đi, hoặc chọn tên "
                "tệp ra khác.",
                en=f"“{self.path.name}” exists and is no journal of this program. Move it, or choose another output.",
            )
        header = self._next_frame() if start == MAGIC else None
        if restart or header is None or header.kind != _HEADER:
            # Nothing at all, or a run that was killed before it had begun.
            self._begin(binding)
            return
        self._refuse_other_work(binding, _unpacked(header.payload))
        self._end = self._file.tell()
        while (frame := self._next_frame()) is not None:
            self.rows += frame.rows
            self._end = self._file.tell()
            if frame.kind == _FINISHED:
                self.manifest = _unpacked(frame.payload)
        if self._end < size:
            with _disk_errors(self.path):
                self._file.truncate(self._end)

    def _begin(self, binding: Mapping[str, Any]) -> None:
        with _disk_errors(self.path):
            self._file.truncate(0)
            self._file.seek(0)
            self._file.write(MAGIC)
        self._end = len(MAGIC)
        self._write(_HEADER, 0, _packed(binding))

    def _refuse_other_work(self, binding: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        wanted: dict[str, Any] = json.loads(json.dumps(binding))
        differing = [name for name in {**wanted, **found} if wanted.get(name) != found.get(name)]
        if not differing:
            return
        vi, en = (", ".join(_PARTS.get(name, (name, name))[lang] for name in differing) for lang in (0, 1))
        raise TableError(
            vi=f"“{self.path.name}” giữ phần đã làm của một lần chạy khác (khác nhau: {vi}), nên không làm tiếp được. "
            "Hãy chạy lại với --restart để bỏ phần đó và làm từ đầu, hoặc chọn tên tệp ra khác.",
            en=f"“{self.path.name}” holds the work of another run (they differ in: {en}), which cannot be continued. "
            "Run again with --restart to drop it and begin anew, or choose another output.",
        )

    def _next_frame(self) -> _Frame | None:
        """Read one frame; None at the end, and where what is left is no whole frame."""
        head = self._file.read(_FRAME.size)
        if len(head) < _FRAME.size:
            return None
        kind, rows, length, total = _FRAME.unpack(head)
        if length > os.fstat(self._file.fileno()).st_size - self._file.tell():
            return None
        payload = self._file.read(length)
        sound = len(payload) == length and _sum(kind, rows, payload) == total
        return _Frame(kind, rows, payload) if sound else None

    def _write(self, kind: bytes, rows: int, payload: bytes) -> None:
        """Write one frame behind the last sound one, or nothing."""
        data = memoryview(_FRAME.pack(kind, rows, len(payload), _sum(kind, rows, payload)) + payload)
        with _disk_errors(self.path):
            try:
                self._file.seek(self._end)
                while data:
                    data = data[self._file.write(data) :]
            except OSError:
                with suppress(OSError):
                    self._file.truncate(self._end)
                raise
        self._end = self._file.tell()


def _sum(kind: bytes, rows: int, payload: bytes) -> int:
    return zlib.crc32(payload, zlib.crc32(kind + rows.to_bytes(4, "big")))


def _packed(value: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode())


def _unpacked(payload: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(payload))
    return found


def _lock(file: BinaryIO, path: Path) -> None:
    """Lock a journal until its process ends, however it ends."""
    if sys.platform == "win32":
        return  # no such lock there; two runs into one output are the user's own doing
    import fcntl  # noqa: PLC0415  (does not exist on Windows)

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise TableError(
            vi=f"Một lần chạy khác đang ghi cùng tệp ra này (“{path.name}” đang bị giữ). Hãy đợi nó xong.",
            en=f"Another run is writing the same output (“{path.name}” is held). Wait for it to end.",
        ) from None


def _damaged(path: Path) -> TableError:
    return TableError(
        vi=f"“{path.name}” vừa bị thay đổi hoặc không đọc được. Hãy chạy lại với --restart để làm từ đầu.",
        en=f"“{path.name}” was changed just now or cannot be read. Run again with --restart to begin anew.",
    )


def cannot_write(path: Path, error: OSError) -> TableError:
    """Return the error for a file beside an output that the disk does not take."""
    if error.errno in _FULL:
        return TableError(
            vi=f"Hết chỗ trên đĩa khi ghi “{path.name}”. Hãy dọn đĩa rồi chạy lại.",
            en=f"The disk is full while writing “{path.name}”. Make room and run again.",
        )
    reason = error.strerror or str(error)
    return TableError(vi=f"Không ghi được “{path.name}”: {reason}.", en=f"Cannot write “{path.name}”: {reason}.")


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error
