"""One case as callers give it, checked before the router sees it."""

from __future__ import annotations

from geo.crs import check_lonlat
from geo.errors import InvalidCoordinate
from geo.locate import LARGEST_RADIUS_M
from geo.model import RouteQuery, Subject


def route_query(
    *,
    address: str = "",
    old_ward: str | None = None,
    district: str | None = None,
    lon: float | None = None,
    lat: float | None = None,
    accuracy_m: float | None = None,
    subject: Subject = Subject.RESIDENT,
) -> RouteQuery:
    """Build a query whose coordinates are sound.

    Raises
    ------
    InvalidCoordinate
        One coordinate is missing, the pair is swapped or not in Việt Nam, or the accuracy is no radius that means
        anything.
    """
    if (lon is None) != (lat is None):
        missing = "lon" if lon is None else "lat"
        raise InvalidCoordinate(
            vi=f"Thiếu {missing}: kinh độ và vĩ độ phải đi cùng nhau.",
            en=f"{missing} is missing: longitude and latitude come together.",
            field=missing,
        )
    if lon is not None and lat is not None:
        lon, lat = check_lonlat(lon=lon, lat=lat)
    if accuracy_m is not None:
        _check_accuracy(accuracy_m, placed=lon is not None)
    return RouteQuery(
        address=address,
        old_ward=old_ward or "",
        district=district or "",
        lon=lon,
        lat=lat,
        accuracy_m=accuracy_m,
        subject=subject,
    )


def _check_accuracy(accuracy_m: float, *, placed: bool) -> None:
    if not placed:
        raise InvalidCoordinate(
            vi="Có accuracy_m mà không có lon, lat: độ chính xác là của toạ độ.",
            en="accuracy_m is given without lon and lat: it is the accuracy of the coordinates.",
            field="accuracy_m",
        )
    if not 0 < accuracy_m <= LARGEST_RADIUS_M:
        raise InvalidCoordinate(
            vi=f"Bán kính phải lớn hơn 0 và không quá {LARGEST_RADIUS_M:.0f} m, nhận được {accuracy_m}.",
            en=f"The radius must be above 0 and at most {LARGEST_RADIUS_M:.0f} m, got {accuracy_m}.",
            field="accuracy_m",
        )
