"""The border segments of polygons as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


def segments(
    polygons: NDArray[np.object_],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return every segment of every ring, in ring order.

    Parameters
    ----------
    polygons
        Shape (n,), polygons or multipolygons, any CRS.

    Returns
    -------
    Starts and ends, each of shape (segments, 2), and the position of the polygon that each belongs to.
    """
    parts, part_owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring[1:] == ring[:-1]
    owner = part_owner[ring_part[ring[:-1][same_ring]]].astype(np.int64)
    return coordinates[:-1][same_ring], coordinates[1:][same_ring], owner
