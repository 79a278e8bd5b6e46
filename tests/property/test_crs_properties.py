"""What holds for every point of Hà Nội and for every text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.crs import (
    Coordinate,
    InputCrs,
    check_lonlat,
    from_vn2000,
    parse_coordinate,
    to_lonlat,
    to_metres,
)
from geo.crs.coordinate import in_vietnam
from geo.errors import InvalidCoordinate

if TYPE_CHECKING:
    from collections.abc import Callable

LONS = st.floats(min_value=105.25, max_value=106.05)
LATS = st.floats(min_value=20.5, max_value=21.45)
ZONES = st.sampled_from([InputCrs.VN2000_105_00, InputCrs.VN2000_105_30, InputCrs.VN2000_UTM48])


@given(lon=LONS, lat=LATS)
def test_round_trip_degrees(lon: float, lat: float) -> None:
    back = to_lonlat(*to_metres(lon, lat))
    assert abs(back[0] - lon) <= 1e-9
    assert abs(back[1] - lat) <= 1e-9


@given(
    easting=st.floats(min_value=525_000, max_value=612_000),
    northing=st.floats(min_value=2.26e6, max_value=2.38e6),
)
def test_round_trip_metres(easting: float, northing: float) -> None:
    back = to_metres(*to_lonlat(easting, northing))
    assert abs(back[0] - easting) <= 1e-4
    assert abs(back[1] - northing) <= 1e-4


@given(points=st.lists(st.tuples(LONS, LATS), min_size=1, max_size=20))
def test_arrays_agree_with_scalars(points: list[tuple[float, float]]) -> None:
    lon, lat = np.array(points).T
    easting, northing = to_metres(lon, lat)
    for index, point in enumerate(points):
        assert (easting[index], northing[index]) == to_metres(*point)


@given(
    lon=LONS,
    lat=LATS,
    dx=st.floats(min_value=-0.01, max_value=0.01),
    dy=st.floats(min_value=-0.01, max_value=0.01),
)
def test_metres_are_metres_to_four_parts_in_ten_thousand(lon: float, lat: float, dx: float, dy: float) -> None:
    """Distances on the grid agree with the geodesic: the scale is 0.9999 to 1.0001 in Hà Nội."""
    _, _, geodesic = pyproj.Geod(ellps="WGS84").inv(lon, lat, lon + dx, lat + dy)
    start, end = np.array(to_metres(lon, lat)), np.array(to_metres(lon + dx, lat + dy))
    assert float(np.hypot(*(end - start))) == pytest.approx(geodesic, rel=4e-4, abs=1e-3)


@given(
    lon=LONS,
    lat=LATS,
    comma=st.booleans(),
    lon_first=st.booleans(),
    separator=st.sampled_from([" ", "; ", "\t", ", "]),
)
def test_written_degrees_are_read_back(lon: float, lat: float, comma: bool, lon_first: bool, separator: str) -> None:
    values = [f"{lon:.6f}", f"{lat:.6f}"] if lon_first else [f"{lat:.6f}", f"{lon:.6f}"]
    text = separator.join(value.replace(".", ",") if comma else value for value in values)
    found = parse_coordinate(text)
    assert (found.lon, found.lat) == (float(f"{lon:.6f}"), float(f"{lat:.6f}"))
    assert found.order == ("lon-lat" if lon_first else "lat-lon")


@given(
    lon=st.integers(379_000, 381_700),
    lat=st.integers(73_900, 77_200),
    style=st.sampled_from(
        [
            "{0}°{1:02}'{2:02}\"{6} {3}°{4:02}'{5:02}\"{7}",
            "{0} {1} {2}, {3} {4} {5}",
            "{6}{0}°{1}′{2}″ {7}{3}°{4}′{5}″",
        ]
    ),
)
def test_written_seconds_are_read_back(lon: int, lat: int, style: str) -> None:
    north = (lat // 3600, lat // 60 % 60, lat % 60)
    east = (lon // 3600, lon // 60 % 60, lon % 60)
    found = parse_coordinate(style.format(*north, *east, "N", "E"))
    assert found.lat == pytest.approx(lat / 3600, abs=1e-12)
    assert found.lon == pytest.approx(lon / 3600, abs=1e-12)


@given(
    lon=LONS,
    lat=LATS,
    style=st.sampled_from(["plain", "en", "vi", "space"]),
    swap=st.booleans(),
    places=st.integers(0, 3),
)
def test_written_metres_are_read_back(lon: float, lat: float, style: str, swap: bool, places: int) -> None:
    easting, northing = (round(value, places) for value in to_metres(lon, lat))
    marks = {"plain": ("", "."), "en": (",", "."), "vi": (".", ","), "space": (" ", ".")}[style]
    table = str.maketrans({",": marks[0], ".": marks[1]})
    values = [f"{value:,.{places}f}".translate(table) for value in (northing, easting)]
    found = parse_coordinate("; ".join(values[::-1] if swap else values))
    assert (found.lon, found.lat) == to_lonlat(float(easting), float(northing))
    assert found.order == ("y-x" if swap else "x-y")


@given(lon=LONS, lat=LATS, crs=ZONES)
def test_a_swap_of_x_and_y_changes_the_report_and_not_the_place(lon: float, lat: float, crs: InputCrs) -> None:
    easting, northing = to_metres(lon, lat)
    straight = from_vn2000(x=northing, y=easting, crs=crs)
    crossed = from_vn2000(x=easting, y=northing, crs=crs)
    assert (straight.lon, straight.lat) == (crossed.lon, crossed.lat)
    assert crossed.swapped
    assert not straight.swapped


@given(lon=st.floats(), lat=st.floats())
def test_check_lonlat_answers_in_viet_nam_or_refuses(lon: float, lat: float) -> None:
    if in_vietnam(lon, lat):
        assert check_lonlat(lon=lon, lat=lat) == (lon, lat)
    else:
        with pytest.raises(InvalidCoordinate) as caught:
            check_lonlat(lon=lon, lat=lat)
        assert caught.value.field in {"lon", "lat"}


@given(x=st.floats(), y=st.floats(), crs=st.sampled_from(list(InputCrs)))
def test_from_vn2000_answers_in_viet_nam_or_refuses(x: float, y: float, crs: InputCrs) -> None:
    found, error = _outcome(lambda: from_vn2000(x=x, y=y, crs=crs))
    if error is not None:
        assert error.field in {"x", "y", "crs"}
    if found is not None:
        assert in_vietnam(found.lon, found.lat)


PIECES = st.sampled_from(
    [
        *"0123456789 .,;-+°'\"nesbđtxyowm/\t\n@?!=()",
        *("21.0285", "105,8542", "588 383", "2.326.366", "vĩ độ", "kinh độ", "utm 48n", "ktt 105°30'"),
        *("vn-2000", "epsg:5897", "geo:", "https://", "?q=", "٢١", "²", "½", "nan", "e+"),
    ]
)


@given(text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
@example(text="\x00")
@example(text="@")
@example(text="°" * 100)
@example(text="1 " * 999)
@example(text="1,111" * 399)
def test_any_text_is_one_place_in_viet_nam_or_refused(text: str) -> None:
    found, error = _outcome(lambda: parse_coordinate(text))
    if error is not None:
        assert error.field == "text"
        assert error.vi
        assert error.en
    if found is not None:
        assert in_vietnam(found.lon, found.lat)
        assert found.notices("vi")


def _outcome(read: Callable[[], Coordinate]) -> tuple[Coordinate | None, InvalidCoordinate | None]:
    try:
        return read(), None
    except InvalidCoordinate as error:
        return None, error
