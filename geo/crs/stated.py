"""Geometries in whatever system a file states, brought to the project's metres."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geo.crs.reproject import HANOI_VN2000, WGS84, InputCrs, geometry_to_lonlat, geometry_to_metres
from geo.errors import InvalidCoordinate

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_VN2000_DATUMS: Final = ("vietnam2000", "vn2000")


def crs_named(text: str) -> CRS:
    """Return the system that a user names: an EPSG code, a name of `InputCrs`, WKT or a PROJ string.

    Raises
    ------
    InvalidCoordinate
        No system is called that.
    """
    names = {crs.value: crs.epsg for crs in InputCrs}
    try:
        return CRS.from_user_input(names.get(text.strip().lower(), text.strip()))
    except CRSError:
        raise InvalidCoordinate(
            vi=f"Không có hệ toạ độ “{text}”. Hãy ghi mã EPSG, ví dụ EPSG:5897 (VN-2000 múi 3°, 105°00′), EPSG:4326.",
            en=f"There is no CRS “{text}”. Give an EPSG code such as EPSG:5897 (VN-2000, 3° zone, 105°00′), EPSG:4326.",
            field="crs",
        ) from None


def is_vn2000(crs: CRS) -> bool:
    """Tell whether a system rests on the datum VN-2000, however a program has spelled it."""
    datum = crs.datum.name if crs.datum is not None else ""
    name = "".join(character for character in datum.lower() if character.isalnum())
    return any(known in name for known in _VN2000_DATUMS)


def stated_to_metres(geometry: BaseGeometry, crs: CRS) -> tuple[BaseGeometry, BaseGeometry]:
    """Bring a geometry from its own system to EPSG:5897 and to EPSG:4326.

    Parameters
    ----------
    geometry
        Easting or longitude first, whatever axis order the system declares. Heights are dropped.
    crs
        Where it rests on VN-2000, only the projection changes, exactly. Otherwise PROJ brings it to WGS 84, and the
        project's own datum shift (1 m) to VN-2000.

    Returns
    -------
    tuple
        The geometry in metres (easting, northing) and in degrees (longitude, latitude).

    Raises
    ------
    InvalidCoordinate
        A vertex is not finite, or lies outside what the system can express.
    """
    flat = shapely.force_2d(geometry)
    if is_vn2000(crs):
        metres = _moved(flat, crs, HANOI_VN2000)
        return metres, geometry_to_lonlat(np.asarray([metres], dtype=object))[0]
    degrees = _moved(flat, crs, WGS84)
    return geometry_to_metres(np.asarray([degrees], dtype=object))[0], degrees


def _moved(geometry: BaseGeometry, crs: CRS, target: str) -> BaseGeometry:
    if crs.to_2d().equals(CRS(target), ignore_axis_order=True):
        return geometry
    transformer = _transformer(crs.to_wkt(), target)

    def move(vertices: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> object:
        return np.column_stack(transformer.transform(vertices[:, 0], vertices[:, 1], errcheck=True))

    try:
        moved: BaseGeometry = shapely.transform(geometry, move)  # type: ignore[arg-type]  # stubs want one array type
    except ProjError:
        raise _not_expressible() from None
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise _not_expressible()
    return moved


@lru_cache(maxsize=32)
def _transformer(wkt: str, target: str) -> Transformer:
    return Transformer.from_crs(CRS.from_wkt(wkt), target, always_xy=True)


def _not_expressible() -> InvalidCoordinate:
    return InvalidCoordinate(
        vi="Toạ độ nằm ngoài phạm vi của hệ toạ độ đã nêu: kiểm tra hệ toạ độ.",
        en="The coordinates lie outside what the stated CRS can express: check the CRS.",
        field="crs",
    )
