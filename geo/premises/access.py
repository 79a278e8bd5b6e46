"""How far residents are from the premises, as far as positions are known.

Where residents live is not in the data. A stand-in is used and said: points along the mapped streets and alleys of
a ward, or a regular grid over its ground where too few streets are mapped. Distances are straight lines in
EPSG:5897. Only premises in use with a position count, so every distance is at most this long: a premises whose
position is not known may be nearer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import geometry_to_metres, to_metres
from geo.model import PremisesStatus, Ward

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.model import Position
    from geo.premises.register import Register
    from geo.stores import Dataset

    Floats = NDArray[np.float64]

STREET_SPACING_M = 50.0
GRID_SPACING_M = 200.0

LEAST_STREET_KM_PER_KM2 = 1.0
"""Below this, a few mapped streets would speak for a whole commune; the grid does instead."""

_BLOCK = 4096
"""Points measured at a time against all premises."""


class Proxy(StrEnum):
    """What stands in for a ward's residents."""

    STREETS = "streets"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class Reach:
    """Distances from the stand-in's points to their nearest premises, metres.

    ``uncertainty_m`` is the largest uncertainty among the positions of the premises that are nearest to any point.
    """

    median_m: float
    p90_m: float
    uncertainty_m: float


@dataclass(frozen=True, slots=True)
class WardAccess:
    """What is measured of one ward.

    Parameters
    ----------
    people_per_premises
        Official population by premises in use; None where none is known.
    proxy, proxy_points, street_km
        What stands in for the residents, how many points, and how much street is mapped in the ward.
    own
        To the nearest premises of this ward; None where none has a position.
    nearest
        To the nearest premises of any ward; None where no premises has a position.
    """

    ward_code: str
    people_per_premises: float | None
    proxy: Proxy
    proxy_points: int
    street_km: float
    own: Reach | None
    nearest: Reach | None


def measure_access(
    dataset: Dataset, register: Register, street_lines: Mapping[str, NDArray[np.object_]]
) -> tuple[WardAccess, ...]:
    """Measure every ward.

    Parameters
    ----------
    dataset
        The generation of the wards.
    register
        Its register; premises that are only planned are not measured to.
    street_lines
        Lines of streets and alleys inside each ward, EPSG:4326, by ward code.

    Returns
    -------
    One measure a ward, in the order of the dataset.
    """
    lines_of = {line.ward.code: line for line in register.wards}
    placed = [one for one in register.placed if one.status is not PremisesStatus.PLANNED]
    positions = [one.position for one in placed if one.position is not None]
    everywhere = _metres(positions)
    uncertainty = np.array([position.uncertainty_m for position in positions])
    owners = np.array([one.ward_code for one in placed])
    measured = []
    for ward, polygon in zip(dataset.units, geometry_to_metres(dataset.geometries), strict=True):
        if not isinstance(ward, Ward):
            continue
        streets = street_lines.get(ward.code, np.empty(0, dtype=object))
        lines = geometry_to_metres(streets) if len(streets) else streets
        proxy, points = proxy_points(polygon, lines)
        own = owners == ward.code
        in_use = len(lines_of[ward.code].in_use)
        measured.append(
            WardAccess(
                ward_code=ward.code,
                people_per_premises=ward.population / in_use if in_use else None,
                proxy=proxy,
                proxy_points=len(points),
                street_km=float(shapely.length(lines).sum()) / 1000,
                own=reach(points, everywhere[own], uncertainty[own]),
                nearest=reach(points, everywhere, uncertainty),
            )
        )
    return tuple(measured)


def proxy_points(polygon: shapely.Geometry, lines: NDArray[np.object_]) -> tuple[Proxy, Floats]:
    """Choose the points that stand in for a ward's residents.

    Parameters
    ----------
    polygon, lines
        EPSG:5897.

    Returns
    -------
    What they are, and easting and northing in metres, shape (n, 2), at least one.
    """
    length_km = float(shapely.length(lines).sum()) / 1000
    if length_km >= LEAST_STREET_KM_PER_KM2 * shapely.area(polygon) / 1e6 and length_km > 0:
        return Proxy.STREETS, points_along(lines)
    return Proxy.GRID, points_over(polygon)


def points_along(lines: NDArray[np.object_]) -> Floats:
    """Cut lines into equal parts of about 50 m and return the middle of each, so that length is weight."""
    counts = np.maximum(1, np.rint(shapely.length(lines) / STREET_SPACING_M)).astype(np.int64)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    fraction = (np.arange(counts.sum()) - first + 0.5) / np.repeat(counts, counts)
    found = shapely.line_interpolate_point(np.repeat(lines, counts), fraction, normalized=True)
    return np.asarray(shapely.get_coordinates(found))


def points_over(polygon: shapely.Geometry) -> Floats:
    """Return the points of a 200 m grid that the polygon covers; one point of it where it is smaller than a cell.

    The grid's lines are the same for every ward: multiples of 200 m in EPSG:5897.
    """
    west, south, east, north = (float(bound) for bound in shapely.bounds(polygon))
    columns = np.arange(np.ceil(west / GRID_SPACING_M), np.floor(east / GRID_SPACING_M) + 1) * GRID_SPACING_M
    rows = np.arange(np.ceil(south / GRID_SPACING_M), np.floor(north / GRID_SPACING_M) + 1) * GRID_SPACING_M
    grid = np.array(np.meshgrid(columns, rows)).reshape(2, -1).T
    shapely.prepare(polygon)
    inside = grid[shapely.intersects_xy(polygon, grid[:, 0], grid[:, 1])]
    return inside if len(inside) else shapely.get_coordinates(shapely.point_on_surface(polygon))


def reach(points: Floats, premises: Floats, uncertainty_m: Floats) -> Reach | None:
    """Measure from each point to the nearest premises.

    Parameters
    ----------
    points, premises
        Shapes (n, 2) and (m, 2), EPSG:5897.
    uncertainty_m
        Shape (m,).

    Returns
    -------
    Median and 90th percentile; None without premises.
    """
    if not len(premises):
        return None
    distances = np.empty(len(points))
    nearest = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), _BLOCK):
        part = points[start : start + _BLOCK]
        apart = np.hypot(part[:, :1] - premises[:, 0], part[:, 1:] - premises[:, 1])
        nearest[start : start + _BLOCK] = apart.argmin(axis=1)
        distances[start : start + _BLOCK] = apart.min(axis=1)
    return Reach(
        median_m=float(np.median(distances)),
        p90_m=float(np.percentile(distances, 90)),
        uncertainty_m=float(uncertainty_m[np.unique(nearest)].max()),
    )


def _metres(positions: Sequence[Position]) -> Floats:
    if not positions:
        return np.empty((0, 2))
    east, north = to_metres(np.array([one.lon for one in positions]), np.array([one.lat for one in positions]))
    return np.column_stack([east, north])
