"""The borders of a coverage as lines that know both their sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_metres
from geo.locate.segments import segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.model import Disagreement

NOBODY = -1
"""The far side of the city border."""

_LONGEST_PIECE = 32
"""Segments in one piece of border: short pieces keep the tree's boxes small."""


class Borders:
    """All borders of a coverage, cut into short pieces, in metres.

    Parameters
    ----------
    polygons
        Shape (n,), a valid coverage, EPSG:4326; neighbours share the vertices of their common border.
    codes
        The polygons' codes, to find the disagreement of a pair.
    disagreement
        By pair of codes, smaller first; by code and ``""`` for the city border.
    """

    def __init__(
        self,
        polygons: NDArray[np.object_],
        codes: Sequence[str],
        disagreement: Mapping[tuple[str, str], Disagreement],
    ) -> None:
        starts, ends, left, right = _two_sided(polygons)
        self.pieces, of_segment = _pieces(starts, ends, left, right)
        first = np.unique(of_segment, return_index=True)[1]
        self.sides: list[tuple[int, int]] = list(zip(left[first].tolist(), right[first].tolist(), strict=True))
        names = [(codes[a], codes[b] if b != NOBODY else "") for a, b in self.sides]
        self.disagreement = [disagreement.get((min(a, b), max(a, b)) if b else (a, b)) for a, b in names]
        self._reach = np.array([found.reach_m if found else 0.0 for found in self.disagreement])
        self.widest_doubt: dict[int, float] = {}
        """By polygon, `NOBODY` for the outside: farther than this from every border, nothing is in doubt there."""
        for sides, reach in zip(self.sides, self._reach.tolist(), strict=True):
            for side in sides:
                self.widest_doubt[side] = max(reach, self.widest_doubt.get(side, 0.0))
        self._tree = shapely.STRtree(self.pieces)
        # Boxes, each as much wider than its piece as that piece is doubtful: most points then meet none.
        self._doubtful = np.flatnonzero(self._reach > 0)
        bounds = shapely.bounds(self.pieces[self._doubtful])
        reach = self._reach[self._doubtful]
        corners = (bounds[:, 0] - reach, bounds[:, 1] - reach, bounds[:, 2] + reach, bounds[:, 3] + reach)
        self._doubt_tree = shapely.STRtree(shapely.box(*corners))

    def nearest(self, points: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return for each point (EPSG:5897) the nearest piece of border and its distance in metres."""
        found, distances = self._tree.query_nearest(points, all_matches=False, return_distance=True)
        return found[1], distances

    def in_doubt(self, points: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the borders that are so near to a point that the two boundary sources may differ about it.

        Parameters
        ----------
        points
            Shape (n,), EPSG:5897.

        Returns
        -------
        Positions in ``points`` and pieces, pair by pair, shape (pairs,).
        """
        point, piece = self._doubt_tree.query(points, predicate="intersects")
        piece = self._doubtful[piece]
        within = shapely.distance(points[point], self.pieces[piece]) <= self._reach[piece]
        return point[within], piece[within]


def _two_sided(
    polygons: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return every border segment once: start and end (lon, lat), the polygon that drew it, the one across it."""
    starts, ends, owner = segments(polygons)
    # Neighbours run along a shared segment in opposite directions: matched by its two ends, smaller end first.
    swap = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    low, high = np.where(swap[:, None], ends, starts), np.where(swap[:, None], starts, ends)
    order = np.lexsort((owner, high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    same = (low[order][1:] == low[order][:-1]).all(axis=1) & (high[order][1:] == high[order][:-1]).all(axis=1)
    across = np.full(len(owner), NOBODY)
    across[order[:-1][same]] = owner[order[1:][same]]
    twin = np.zeros(len(owner), dtype=bool)
    twin[order[1:][same]] = True
    return starts[~twin], ends[~twin], owner[~twin], across[~twin]


def _pieces(
    starts: NDArray[np.float64], ends: NDArray[np.float64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Join segments that follow each other between the same two sides; return the pieces and each segment's piece."""
    joined = (starts[1:] == ends[:-1]).all(axis=1) & (left[1:] == left[:-1]) & (right[1:] == right[:-1])
    run_start = np.flatnonzero(np.append(True, ~joined))
    in_run = np.arange(len(left)) - np.repeat(run_start, np.diff(run_start, append=len(left)))
    begins = in_run % _LONGEST_PIECE == 0
    piece = np.cumsum(begins) - 1
    begin_at = np.flatnonzero(begins)
    vertices = np.insert(ends, begin_at, starts[begin_at], axis=0)
    vertex_piece = np.insert(piece, begin_at, piece[begin_at])
    east, north = to_metres(vertices[:, 0], vertices[:, 1])
    pieces = np.asarray(shapely.linestrings(np.column_stack([east, north]), indices=vertex_piece))
    return pieces, piece
