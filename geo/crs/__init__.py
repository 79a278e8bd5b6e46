"""Coordinates as Hà Nội's staff have them, and the only reprojection in the project.

::

    parse_coordinate ─┐ text: degrees, degrees-minutes-seconds, VN-2000 metres, map links
    from_lonlat ──────┤
    from_vn2000 ──────┼─▶ Coordinate (EPSG:4326)
    check_lonlat ─────┘─▶ lon, lat   (EPSG:4326)
    to_metres ◀──▶ to_lonlat         (EPSG:4326 ◀──▶ EPSG:5897)

The datum shift is EPSG:6960 "VN-2000 to WGS 84 (2)", accuracy 1 metre, written out in full in
`geo.crs.reproject` so that no machine's grids or database change it.
"""

from geo.crs.coordinate import LAT_RANGE, LON_RANGE, Coordinate, Notice, Order, check_lonlat, from_lonlat, from_vn2000
from geo.crs.parse import parse_coordinate
from geo.crs.reproject import (
    DATUM_SHIFT,
    DATUM_SHIFT_ACCURACY_M,
    HANOI_VN2000,
    WGS84,
    InputCrs,
    geometry_to_lonlat,
    geometry_to_metres,
    to_lonlat,
    to_metres,
)

__all__ = [
    "DATUM_SHIFT",
    "DATUM_SHIFT_ACCURACY_M",
    "HANOI_VN2000",
    "LAT_RANGE",
    "LON_RANGE",
    "WGS84",
    "Coordinate",
    "InputCrs",
    "Notice",
    "Order",
    "check_lonlat",
    "from_lonlat",
    "from_vn2000",
    "geometry_to_lonlat",
    "geometry_to_metres",
    "parse_coordinate",
    "to_lonlat",
    "to_metres",
]
