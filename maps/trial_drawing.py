"""The wards as small pictures: one path each, drawn once in a page and used again in every picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TOLERANCE_DEGREES: Final = 0.004
"""About 400 m (of Visvalingam and Whyatt's area): the pictures are a few hundred pixels wide."""

WIDTH: Final = 1000
"""Units across; coordinates are whole numbers of them, about 90 m each."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The wards' outlines in whole units, y downwards.

    Parameters
    ----------
    paths
        The ``d`` of each ward, in the order of the shapes.
    width, height
        Of the picture.
    """

    paths: Sequence[str]
    width: int
    height: int


def draw(shapes: NDArray[np.object_]) -> Drawing:
    """Draw polygons (EPSG:4326, a valid coverage) small; neighbours keep their common line.

    Longitudes are shortened by the cosine of the middle latitude, so that the city has its own proportions.
    """
    small = shapely.coverage_simplify(shapes, TOLERANCE_DEGREES)
    west, south, east, north = shapely.total_bounds(small)
    stretch = math.cos(math.radians((south + north) / 2))
    unit = WIDTH / ((east - west) * stretch)

    def to_units(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        x = (coordinates[:, 0] - west) * stretch * unit
        placed: NDArray[np.float64] = np.rint(np.column_stack([x, (north - coordinates[:, 1]) * unit]))
        return placed

    return Drawing([_path(shapely.transform(shape, to_units)) for shape in small], WIDTH, round((north - south) * unit))


def _path(shape: shapely.Geometry) -> str:
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return "".join(_ring(shapely.get_coordinates(ring).astype(int)) for ring in rings)


def _ring(points: NDArray[np.int_]) -> str:
    """Write a closed ring as steps from point to point; they are shorter than places."""
    kept = points[:1].tolist() + [
        after for before, after in zip(points[:-1].tolist(), points[1:-1].tolist(), strict=False) if before != after
    ]
    steps = np.diff(np.array(kept), axis=0).tolist()
    return f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z"
