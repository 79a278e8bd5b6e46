"""Places of made-up projects."""

from __future__ import annotations

import shapely

from geo.crs import to_metres

LON, LAT = 105.8542, 21.0285  # Hoàn Kiếm
EAST, NORTH = to_metres(LON, LAT)


def square(east: float, north: float, half: float) -> shapely.Polygon:
    return shapely.box(east - half, north - half, east + half, north + half)
