"""Shapes as GeoJSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import orjson
import shapely
from shapely.geometry import mapping

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DECIMALS = 7
"""Of a degree: 1 cm. RFC 7946 (11.2) sees no use in more."""


def rounded(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Round to `DECIMALS`, so that every format holds the same numbers."""
    return np.asarray(shapely.transform(shapes, lambda vertices: np.round(vertices, DECIMALS)))


def geometry_text(shape: shapely.Geometry | None) -> str:
    """Write a geometry, or null.

    Not `shapely.to_geojson`: GEOS writes 21.050319 as 21.050318999999998, the same number with ten digits of noise.
    """
    return "null" if shape is None else orjson.dumps(mapping(cast("BaseGeometry", shape))).decode()
