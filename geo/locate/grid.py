"""A raster over a polygon coverage that makes point-in-polygon fast and leaves it exact.

Every cell that no border touches lies wholly inside one polygon or outside all: a point in it is answered by
one table look-up. A cell that a border touches names the few polygons whose border it is: a point in it is
answered by shapely's own predicate on those polygons, unclipped. So the answer is shapely's on every point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.locate.segments import segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

OUTSIDE = -1
FIRST_SET = -2
"""Labels from here down name a set of candidate polygons: set ``k`` is label ``-2 - k``."""

_MARGIN = 1e-6
"""Cells within this many cell widths of a border count as touched: far above any rounding of the arithmetic."""

_FLAT = 1e-3
"""Below this height, in cells, a segment's crossing of a row is not interpolated: its whole width is taken."""

_BLOCK_BITS = 2
_BLOCK = 1 << _BLOCK_BITS
"""Cells along each side of a block; a block of one label throughout answers for its cells."""

_MIXED = np.iinfo(np.int16).min
"""The label of a block whose cells have different labels."""

_CHUNK = 1 << 16
"""Points handled at a time, so that intermediate arrays stay in the processor's cache."""


class CoverageGrid:
    """A labelled raster over the bounding box of a coverage.

    Parameters
    ----------
    polygons
        Shape (n,), a valid coverage, in any one CRS. A point on a shared border belongs to the polygon that comes
        first.
    size
        Cells along each axis, a multiple of 4. Memory is ``2 * size**2`` bytes; the share of points that need an
        exact test falls as ``1 / size``. Labels have 16 bits: fewer than 32,000 polygons, and as many sets of
        neighbours.
    """

    def __init__(self, polygons: NDArray[np.object_], size: int = 4096) -> None:
        shapely.prepare(polygons)
        self.polygons = polygons
        self.size = size
        x_min, y_min, x_max, y_max = (float(bound) for bound in shapely.total_bounds(polygons))
        # One empty cell all round: whatever is out of the box is clipped into a cell that is outside.
        self.x_scale = (size - 3) / (x_max - x_min)
        self.y_scale = (size - 3) / (y_max - y_min)
        self.x_min = x_min - 1 / self.x_scale
        self.y_min = y_min - 1 / self.y_scale
        border_cells, border_labels = self._border_cells()
        self.labels = self._all_labels(border_cells, border_labels)
        self._blocks = self._block_labels()
        self._fast_labels = self.labels.data

    def locate_many(self, x: Floats, y: Floats) -> NDArray[np.int16]:
        """Return for each point the first polygon that covers it, `OUTSIDE` where none does.

        Parameters
        ----------
        x, y
            Shape (n,), the CRS of the polygons. A point that is not finite is outside.
        """
        found = np.empty(len(x), dtype=np.int16)
        with np.errstate(invalid="ignore", over="ignore"):  # infinite points are outside, not a warning
            for start in range(0, len(x), _CHUNK):
                part = slice(start, start + _CHUNK)
                found[part] = self._labels_at(x[part], y[part])
        undecided = np.flatnonzero(found <= FIRST_SET)
        if len(undecided):
            found[undecided] = self._exact(x[undecided], y[undecided], found[undecided])
        return found

    def label(self, x: float, y: float) -> int:
        """Return the label of one point's cell: a polygon, `OUTSIDE`, or a set of candidates.

        Raises
        ------
        ValueError, OverflowError
            The point is not finite.
        """
        column = int((x - self.x_min) * self.x_scale)
        row = int((y - self.y_min) * self.y_scale)
        if 0 <= column < self.size and 0 <= row < self.size:
            return self._fast_labels[row * self.size + column]
        return OUTSIDE

    def candidates_of(self, label: int) -> list[int]:
        """Return the polygons whose border touches the cells of that label, in order."""
        return [int(polygon) for polygon in self._candidates[FIRST_SET - label] if polygon != OUTSIDE]

    def _labels_at(self, x: Floats, y: Floats) -> NDArray[np.int16]:
        """Return the labels of the points' cells: by blocks where one label fills the block, for they fit the cache."""
        row, column = self._rows(y), self._columns(x)
        block = row >> _BLOCK_BITS
        block *= self.size >> _BLOCK_BITS
        block += column >> _BLOCK_BITS
        found = self._blocks.take(block, mode="clip")
        mixed = np.flatnonzero(found == _MIXED)
        found[mixed] = self.labels.take(row[mixed] * self.size + column[mixed])
        return found

    def _columns(self, x: Floats) -> NDArray[np.int32]:
        return _whole((x - self.x_min) * self.x_scale, self.size)

    def _rows(self, y: Floats) -> NDArray[np.int32]:
        return _whole((y - self.y_min) * self.y_scale, self.size)

    def _exact(self, x: Floats, y: Floats, labels: NDArray[np.int16]) -> NDArray[np.int16]:
        """Test points against the candidates of their labels, first candidate first."""
        sets = FIRST_SET - labels.astype(np.int64)
        found = np.full(len(x), OUTSIDE, dtype=np.int16)
        left = np.argsort(labels, kind="stable")  # points of one neighbourhood together: polygons stay in the cache
        for choice in self._candidates.T:
            candidates = choice[sets[left]]
            left, candidates = left[candidates != OUTSIDE], candidates[candidates != OUTSIDE]
            inside = shapely.intersects_xy(self.polygons[candidates], x[left], y[left])
            found[left[inside]] = candidates[inside]
            left = left[~inside]
        return found

    def _border_cells(self) -> tuple[Integers, NDArray[np.int16]]:
        """Return the cells that a border touches, in order, each with the label of its set of candidates."""
        cells, owners = self._touched_cells()
        count = len(self.polygons)
        pairs = np.sort(cells * count + owners)  # np.unique would hash first, and take three times as long
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        cells, owners = pairs // count, pairs % count
        starts = np.flatnonzero(np.diff(cells, prepend=-1))
        sizes = np.diff(starts, append=len(cells))
        rank = np.arange(len(cells)) - np.repeat(starts, sizes)
        sets = np.full((len(starts), int(sizes.max())), OUTSIDE, dtype=np.int16)
        sets[np.repeat(np.arange(len(starts)), sizes), rank] = owners
        # Few sets, many cells: compare whole rows as bytes.
        distinct, members = np.unique(sets.view(f"V{sets.shape[1] * 2}").ravel(), return_inverse=True)
        self._candidates: NDArray[np.int16] = distinct.view(np.int16).reshape(len(distinct), -1)
        return cells[starts], (FIRST_SET - members).astype(np.int16)

    def _block_labels(self) -> NDArray[np.int16]:
        """Label the blocks, four cells at a time: their labels, read as one 64-bit number, are equal or not."""
        blocks = self.size // _BLOCK
        quads = self.labels.view(np.uint64).reshape(blocks, _BLOCK, blocks)
        corner = quads[:, 0, :].astype(np.uint16)
        uniform = (quads == (corner * np.uint64(0x0001_0001_0001_0001))[:, None, :]).all(axis=1)
        return np.where(uniform, corner.view(np.int16), np.int16(_MIXED)).ravel()

    def _touched_cells(self) -> tuple[Integers, Integers]:
        """Return (cell, polygon) for every cell that a polygon's border touches, with repeats."""
        starts, ends, owner = segments(self.polygons)
        u0, u1 = ((end[:, 0] - self.x_min) * self.x_scale for end in (starts, ends))
        v0, v1 = ((end[:, 1] - self.y_min) * self.y_scale for end in (starts, ends))
        low, high = np.minimum(v0, v1), np.maximum(v0, v1)
        segment, row = _spread(np.floor(low - _MARGIN), np.floor(high + _MARGIN))
        left, right = _span_in_row(u0[segment], u1[segment], v0[segment], v1[segment], row)
        piece, column = _spread(np.floor(left - _MARGIN), np.floor(right + _MARGIN))
        return row[piece] * self.size + column, owner[segment[piece]]

    def _all_labels(self, border_cells: Integers, border_labels: NDArray[np.int16]) -> NDArray[np.int16]:
        """Label the runs of cells between two border cells of a row: each run has one answer throughout.

        The answer is among the candidates of the border cell before the run. Before the first border cell of a row
        and after its last one lies the outside.
        """
        before, after = border_cells[:-1], border_cells[1:]
        runs = np.flatnonzero((after - before > 1) & (after // self.size == before // self.size))
        row, column = np.divmod(before[runs] + 1, self.size)
        x = self.x_min + (column + 0.5) / self.x_scale
        y = self.y_min + (row + 0.5) / self.y_scale
        gap_labels = np.full(len(border_cells) + 1, OUTSIDE, dtype=np.int16)
        gap_labels[runs + 1] = self._exact(x, y, border_labels[runs])
        # The raster as steps: what the label changes by at the start of each gap and of each border cell. An empty
        # gap has no cell of its own and is left out.
        starts = np.column_stack([np.append(0, border_cells + 1)[:-1], border_cells]).ravel()
        values = np.column_stack([gap_labels[:-1], border_labels]).ravel()
        kept = np.append(starts[1:] > starts[:-1], True)
        steps = np.zeros(self.size**2, dtype=np.int16)
        steps[starts[kept]] = np.diff(values[kept], prepend=np.int16(0))
        steps[border_cells[-1] + 1] = OUTSIDE - values[-1]
        return np.cumsum(steps, out=steps, dtype=np.int16)


def _whole(cells: Floats, size: int) -> NDArray[np.int32]:
    """Round down to whole cells; what is off the grid goes to its rim, which is outside.

    What is no number becomes the least integer or 0, by processor: clipped once more, that is the rim too.
    """
    return cells.clip(0.0, size - 1.0, out=cells).astype(np.int32)


def _spread(begin: Floats, end: Floats) -> tuple[Integers, Integers]:
    """Expand ranges: for each i every integer from begin[i] to end[i], with the index i beside it."""
    first = begin.astype(np.int64)
    counts = end.astype(np.int64) - first + 1
    index = np.repeat(np.arange(len(first), dtype=np.int64), counts)
    offset = np.cumsum(counts) - counts
    return index, np.arange(len(index), dtype=np.int64) - offset[index] + first[index]


def _span_in_row(u0: Floats, u1: Floats, v0: Floats, v1: Floats, row: Integers) -> tuple[Floats, Floats]:
    """Return the range of u over which each segment runs inside its row, a little more rather than less."""
    height = v1 - v0
    flat = np.abs(height) < _FLAT
    safe = np.where(flat, 1.0, height)
    low = np.clip((row - _MARGIN - v0) / safe, 0.0, 1.0)
    high = np.clip((row + 1 + _MARGIN - v0) / safe, 0.0, 1.0)
    at_low = np.where(flat, u0, u0 + low * (u1 - u0))
    at_high = np.where(flat, u1, u0 + high * (u1 - u0))
    return np.minimum(at_low, at_high), np.maximum(at_low, at_high)
