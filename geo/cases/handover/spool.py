"""Rows waiting to be written, on disk: memory does not grow with the table, whatever order the rows come in."""

from __future__ import annotations

import pickle
import tempfile
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from geo.tables.parquet_reader import ParquetBatch, ParquetRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from geo.tables import Batch, Row

Answered = tuple["Row", "tuple[str, ...]"]
"""A row and the cells that it gets."""


class Spool:
    """Blocks of rows by destination, in one file that has no name: nothing is left behind, even by a killed process.

    Parameters
    ----------
    folder
        Where the file is; on the disk that the output goes to, not in memory-backed temporary folders.
    """

    def __init__(self, folder: Path) -> None:
        self._file: Any = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by the with block it is used in
        self._blocks: dict[str, list[int]] = defaultdict(list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, batch: Batch, destinations: Sequence[str], cells: Sequence[tuple[str, ...]]) -> None:
        """Put the rows of a batch aside."""
        places: dict[str, list[int]] = defaultdict(list)
        for position, destination in enumerate(destinations):
            places[destination].append(position)
        rows = list(batch)
        for destination, positions in places.items():
            kept = _without_neighbours(batch, positions) or [rows[position] for position in positions]
            self._blocks[destination].append(self._file.tell())
            pickle.dump([(row, cells[at]) for row, at in zip(kept, positions, strict=True)], self._file)

    def blocks(self, destination: str) -> Iterator[list[Answered]]:
        """Yield the rows of a destination as they came, a block at a time."""
        for place in self._blocks.get(destination, ()):
            self._file.seek(place)
            yield pickle.load(self._file)  # noqa: S301  # written above, in a file that only this process can open


def _without_neighbours(batch: Batch, positions: Sequence[int]) -> list[Row]:
    """Return rows of Parquet that hold on to themselves alone; nothing for rows that do anyway."""
    if not isinstance(batch, ParquetBatch):
        return []
    own = ParquetBatch(batch.record_batch.take(pa.array(positions)), batch.first_number)
    return [ParquetRow(batch.first_number + position, own, index) for index, position in enumerate(positions)]
