"""The reference systems that shapes are handed out in, each with the axis order of its authority."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.crs.reproject import to_metres

if TYPE_CHECKING:
    from geo.crs.reproject import FloatArray, GeometryArray

_EARTH_RADIUS_M: Final = 6_378_137.0
_METRE_DECIMALS: Final = 3
_DEGREE_DECIMALS: Final = 7

# Where EPSG:3857 ends: its square's north edge. Nearer the pole it runs to infinity.
_WEB_MERCATOR_LAT: Final = 85.06


class PublishedCrs(StrEnum):
    """A reference system by its OGC URI.

    ===========  ==============================  =================================================
    name         axes, in order                  unit
    ===========  ==============================  =================================================
    CRS84        longitude, latitude             degrees
    EPSG:4326    latitude, longitude             degrees
    EPSG:3857    easting, northing               metres
    EPSG:5897    easting, northing               metres (VN-2000 / TM-3 zone 482, Hà Nội's)
    ===========  ==============================  =================================================

    Vietnamese land papers write EPSG:5897 as X (northing), Y (easting); the EPSG register has the easting first, and
    so has whoever reads by it.
    """

    CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    EPSG_4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
    EPSG_3857 = "http://www.opengis.net/def/crs/EPSG/0/3857"
    EPSG_5897 = "http://www.opengis.net/def/crs/EPSG/0/5897"

    @property
    def latitude_first(self) -> bool:
        """True where the first axis points north."""
        return self is PublishedCrs.EPSG_4326

    @property
    def in_degrees(self) -> bool:
        """True where coordinates are degrees."""
        return self in {PublishedCrs.CRS84, PublishedCrs.EPSG_4326}


def geometry_to_published(geometries: GeometryArray, crs: PublishedCrs) -> GeometryArray:
    """Take geometries in EPSG:4326 (lon, lat) to a published system, in its axis order.

    Parameters
    ----------
    geometries
        Shapely geometries; None stays None.

    Returns
    -------
    numpy.ndarray
        New geometries, rounded to 7 decimals of a degree (1 cm) or to millimetres. Vertices are moved and none is
        added. Rings keep the sense that they have on the ground, so with the latitude first they look clockwise.
    """
    if crs is PublishedCrs.CRS84:
        return geometries

    def move(vertices: FloatArray) -> FloatArray:
        lon, lat = vertices[:, 0], vertices[:, 1]
        if crs is PublishedCrs.EPSG_4326:
            return _rounded((lat, lon), _DEGREE_DECIMALS)
        moved = to_metres(lon, lat) if crs is PublishedCrs.EPSG_5897 else _web_mercator(lon, lat)
        return _rounded(moved, _METRE_DECIMALS)

    return np.asarray(shapely.transform(np.asarray(geometries), move))


def _rounded(axes: tuple[FloatArray, FloatArray], decimals: int) -> FloatArray:
    return np.asarray(np.round(np.column_stack(axes), decimals), dtype=np.float64)


def _web_mercator(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Project by EPSG:1024 (Popular Visualisation Pseudo Mercator), whose formula needs no datum shift."""
    if np.abs(lat).max(initial=0) > _WEB_MERCATOR_LAT:
        message = "EPSG:3857 does not reach so near the pole"
        raise ValueError(message)
    return (
        _EARTH_RADIUS_M * np.radians(lon),
        _EARTH_RADIUS_M * np.log(np.tan(math.pi / 4 + np.radians(lat) / 2)),
    )
