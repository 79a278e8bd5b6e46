"""The coordinate systems of the project and the one way it goes between them.

VN-2000 to WGS 84
-----------------
PROJ knows two operations between the datums (EPSG data set v11.022):

===========  ========================  ========  ==============================================
EPSG code    name                      accuracy  area
===========  ========================  ========  ==============================================
EPSG:6960    VN-2000 to WGS 84 (2)     1 m       Viet Nam, onshore
EPSG:5194    VN-2000 to WGS 84 (1)     1 m       Mekong delta blocks DBSCL 02 and 03
===========  ========================  ========  ==============================================

Neither needs a grid. Left to itself PROJ picks one of them point by point, by area. Here EPSG:6960
is written out in full, so that the answer does not depend on the machine's PROJ database, grids,
network or environment: its accuracy is **1 metre**, and it moves a point of Hà Nội by about 224 m.

EPSG:6960 is a coordinate frame rotation. Many Vietnamese programs put the same seven figures in
``+towgs84``, which PROJ reads as a position vector rotation, so their results lie 0.75 m away in
Hà Nội: within the accuracy above, and the reason two programs may not agree to the centimetre.

Nothing is built when this module is imported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from pyproj.enums import TransformDirection

from geo.errors import InvalidCoordinate

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.errors import Language

HANOI_VN2000: Final = "EPSG:5897"
WGS84: Final = "EPSG:4326"

DATUM_SHIFT: Final = "EPSG:6960"
DATUM_SHIFT_ACCURACY_M: Final = 1.0

FloatArray: TypeAlias = npt.NDArray[np.float64]
GeometryArray: TypeAlias = npt.NDArray[np.object_]


class InputCrs(StrEnum):
    """The coordinate systems in which staff may hand in a point."""

    WGS84 = "wgs84"
    VN2000_105_00 = "vn2000-105-00"
    VN2000_105_30 = "vn2000-105-30"
    VN2000_UTM48 = "vn2000-utm48"
    VN2000_UTM49 = "vn2000-utm49"

    @property
    def epsg(self) -> str:
        """The EPSG code, as ``"EPSG:5897"``."""
        return WGS84 if self is InputCrs.WGS84 else _ZONES[self].epsg

    def label(self, lang: Language) -> str:
        """Return the name of the system for a reader of that language."""
        if self is InputCrs.WGS84:
            return "WGS 84"
        zone = _ZONES[self]
        degrees, minutes = divmod(round(zone.central_meridian * 60), 60)
        meridian = f"{degrees}°{minutes:02d}′"
        if lang == "vi":
            return f"VN-2000, múi {zone.width}°, kinh tuyến trục {meridian} ({zone.epsg})"
        return f"VN-2000, {zone.width}° zone, central meridian {meridian} ({zone.epsg})"


@dataclass(frozen=True, slots=True)
class _Zone:
    """A transverse Mercator zone of VN-2000; false easting is 500 000 m and false northing 0 in all."""

    epsg: str
    width: int
    central_meridian: float
    scale: float


_ZONES: Final = {
    InputCrs.VN2000_105_00: _Zone(epsg=HANOI_VN2000, width=3, central_meridian=105.0, scale=0.9999),
    InputCrs.VN2000_105_30: _Zone(epsg="EPSG:9209", width=3, central_meridian=105.5, scale=0.9999),
    InputCrs.VN2000_UTM48: _Zone(epsg="EPSG:3405", width=6, central_meridian=105.0, scale=0.9996),
    InputCrs.VN2000_UTM49: _Zone(epsg="EPSG:3406", width=6, central_meridian=111.0, scale=0.9996),
}

# EPSG:6960 with its parameters as published; heights are taken as 0 and dropped, as for a 2D point.
_SHIFT: Final = (
    "+step +proj=push +v_3 "
    "+step +proj=cart +ellps=WGS84 "
    "+step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
    "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 "
)

_FORWARD: Final = TransformDirection.FORWARD
_INVERSE: Final = TransformDirection.INVERSE


@cache
def _transformer(crs: InputCrs) -> Transformer:
    """Build the operation easting, northing → longitude, latitude (degrees), once per zone."""
    zone = _ZONES[crs]
    return Transformer.from_pipeline(
        "+proj=pipeline "
        f"+step +inv +proj=tmerc +lat_0=0 +lon_0={zone.central_meridian} +k={zone.scale} "
        "+x_0=500000 +y_0=0 +ellps=WGS84 "
        f"{_SHIFT}"
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )


@overload
def to_metres(lon: float, lat: float) -> tuple[float, float]: ...
@overload
def to_metres(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]: ...
def to_metres(lon: float | FloatArray, lat: float | FloatArray) -> tuple[Any, Any]:
    """Take longitude and latitude to metres on Hà Nội's grid.

    Parameters
    ----------
    lon, lat
        Degrees in EPSG:4326: two numbers, or two arrays of one shape. Only their being finite is
        checked; what users type goes through `check_lonlat` or `parse_coordinate` first.

    Returns
    -------
    tuple
        Easting and northing, in that order, in metres in EPSG:5897, in the shape given.

    Raises
    ------
    InvalidCoordinate
        When a value is NaN or infinite.
    ValueError
        When the two arrays differ in shape.
    """
    _same_shape(lon, lat)
    result = _transformer(InputCrs.VN2000_105_00).transform(lon, lat, direction=_INVERSE)
    _all_finite(*result)
    return result


@overload
def to_lonlat(easting: float, northing: float, *, crs: InputCrs = ...) -> tuple[float, float]: ...
@overload
def to_lonlat(easting: FloatArray, northing: FloatArray, *, crs: InputCrs = ...) -> tuple[FloatArray, FloatArray]: ...
def to_lonlat(
    easting: float | FloatArray,
    northing: float | FloatArray,
    *,
    crs: InputCrs = InputCrs.VN2000_105_00,
) -> tuple[Any, Any]:
    """Take metres on a VN-2000 grid back to longitude and latitude; the inverse of `to_metres`.

    Parameters
    ----------
    easting, northing
        Metres: two numbers, or two arrays of one shape. The easting comes first; Vietnamese papers
        call it Y, and the northing X.
    crs
        The VN-2000 zone; EPSG:5897 unless another is named.

    Returns
    -------
    tuple
        Longitude and latitude, in that order, in degrees in EPSG:4326, in the shape given. A round
        trip through `to_metres` comes back within 1e-9 degrees (0.1 mm). Against the ground the
        datum shift is good to 1 m.

    Raises
    ------
    InvalidCoordinate
        When a value is NaN or infinite.
    ValueError
        When the two arrays differ in shape, or `crs` is WGS 84, which has no metres.
    """
    if crs is InputCrs.WGS84:
        message = "WGS 84 coordinates are degrees already: name a VN-2000 zone"
        raise ValueError(message)
    _same_shape(easting, northing)
    transformer = _transformer(crs)
    # The 2D shift drops a height of some 30 m in each direction, so that PROJ's own inverse misses
    # by a millimetre. One step of correction makes this the true inverse of to_metres.
    there = transformer.transform(easting, northing, direction=_FORWARD)
    _all_finite(*there)
    back = transformer.transform(*there, direction=_INVERSE)
    return transformer.transform(2 * easting - back[0], 2 * northing - back[1], direction=_FORWARD)


def geometry_to_metres(geometries: GeometryArray) -> GeometryArray:
    """Take geometries in EPSG:4326 (lon, lat) to EPSG:5897 (easting, northing, metres).

    Parameters
    ----------
    geometries
        Shapely geometries; None and empty ones stay as they are. Heights are dropped.

    Returns
    -------
    numpy.ndarray
        New geometries in the shape given. Vertices are moved and none is added: an edge stays
        straight between its ends.

    Raises
    ------
    InvalidCoordinate
        When a vertex is NaN or infinite.
    """
    return _moved(geometries, to_metres)


def geometry_to_lonlat(geometries: GeometryArray) -> GeometryArray:
    """Take geometries in EPSG:5897 (easting, northing, metres) to EPSG:4326 (lon, lat).

    The inverse of `geometry_to_metres`, with the same shape, heights and errors.
    """
    return _moved(geometries, to_lonlat)


def _moved(
    geometries: GeometryArray, move: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
) -> GeometryArray:
    def move_vertices(vertices: FloatArray) -> FloatArray:
        return np.column_stack(move(vertices[:, 0], vertices[:, 1]))

    return np.asarray(shapely.transform(np.asarray(geometries), move_vertices))


def _same_shape(first: float | FloatArray, second: float | FloatArray) -> None:
    # A number beside an array would be stretched to it without a word by some PROJ bindings.
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        shapes = np.shape(first), np.shape(second)
        if shapes[0] != shapes[1]:
            message = f"the two arrays must have one shape, not {shapes[0]} and {shapes[1]}"
            raise ValueError(message)


def _all_finite(first: Any, second: Any) -> None:
    if isinstance(first, float):  # the quick way: math is ten times faster than numpy on one number
        finite = math.isfinite(first) and math.isfinite(second)
    else:
        finite = bool(np.isfinite(first).all() and np.isfinite(second).all())
    if not finite:
        raise InvalidCoordinate(
            vi="Có tọa độ không phải là số hữu hạn (NaN hoặc vô cực), hoặc nằm ngoài phạm vi phép chiếu.",
            en="A coordinate is not a finite number (NaN or infinity), or lies outside the projection.",
        )
