"""Reading coordinates as staff have them, and the one reprojection."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pyproj
import pytest
import shapely
from pyproj.transformer import TransformerGroup

from geo import crs as crs_module
from geo.crs import (
    DATUM_SHIFT_ACCURACY_M,
    HANOI_VN2000,
    WGS84,
    InputCrs,
    check_lonlat,
    from_lonlat,
    from_vn2000,
    geometry_to_lonlat,
    geometry_to_metres,
    parse_coordinate,
    to_lonlat,
    to_metres,
)
from geo.errors import InvalidCoordinate

LAKE_LON, LAKE_LAT = 105.8522, 21.0287
# Hoàn Kiếm lake in EPSG:5897, computed once with PROJ 9.5.1's own EPSG:4326 → EPSG:5897
LAKE_EASTING, LAKE_NORTHING = 588_383.929, 2_326_366.344


# ---------------------------------------------------------------- reprojection


def test_the_lake_lies_where_proj_puts_it() -> None:
    easting, northing = to_metres(LAKE_LON, LAKE_LAT)
    assert easting == pytest.approx(LAKE_EASTING, abs=0.005)
    assert northing == pytest.approx(LAKE_NORTHING, abs=0.005)


def test_easting_500000_is_longitude_105_within_the_datum_shift() -> None:
    lon, _ = to_lonlat(500_000.0, LAKE_NORTHING)
    assert lon != pytest.approx(105.0, abs=0.001)  # without the shift it would be 105 exactly
    assert lon == pytest.approx(105.0, abs=0.0025)


def test_the_datum_shift_moves_hanoi_by_224_metres() -> None:
    unshifted = pyproj.Transformer.from_crs("EPSG:5897", "EPSG:4756", always_xy=True)
    before = unshifted.transform(LAKE_EASTING, LAKE_NORTHING)
    after = to_lonlat(LAKE_EASTING, LAKE_NORTHING)
    _, _, distance = pyproj.Geod(ellps="WGS84").inv(*before, *after)
    assert distance == pytest.approx(224.1, abs=0.5)


@pytest.mark.parametrize("crs", [crs for crs in InputCrs if crs is not InputCrs.WGS84])
def test_the_operation_is_the_registry_s_epsg_6960(crs: InputCrs) -> None:
    """The parameters written out in the module are those of the EPSG registry."""
    group = TransformerGroup(crs.epsg, WGS84, always_xy=True)
    (published,) = [one for one in group.transformers if "VN-2000 to WGS 84 (2)" in one.description]
    assert published.accuracy == 1.0
    assert published.accuracy == DATUM_SHIFT_ACCURACY_M
    assert not group.unavailable_operations  # none waits for a grid
    expected = published.transform(540_000.0, 2_326_366.0)
    assert to_lonlat(540_000.0, 2_326_366.0, crs=crs) == pytest.approx(expected, abs=2e-8)


def test_codes_and_meridians_agree_with_the_registry() -> None:
    assert InputCrs.VN2000_105_00.epsg == HANOI_VN2000
    for crs, meridian, scale in [
        (InputCrs.VN2000_105_00, 105.0, 0.9999),
        (InputCrs.VN2000_105_30, 105.5, 0.9999),
        (InputCrs.VN2000_UTM48, 105.0, 0.9996),
        (InputCrs.VN2000_UTM49, 111.0, 0.9996),
    ]:
        operation = pyproj.CRS(crs.epsg).coordinate_operation
        assert operation is not None
        values = {parameter.name: parameter.value for parameter in operation.params}
        assert values["Longitude of natural origin"] == meridian
        assert values["Scale factor at natural origin"] == scale
        assert pyproj.CRS(crs.epsg).name.startswith("VN-2000")


def test_label_names_the_meridian_in_both_languages() -> None:
    assert InputCrs.VN2000_105_30.label("vi") == "VN-2000, múi 3°, kinh tuyến trục 105°30′ (EPSG:9209)"
    assert InputCrs.VN2000_UTM49.label("en") == "VN-2000, 6° zone, central meridian 111°00′ (EPSG:3406)"


@pytest.mark.parametrize("shape", [(), (0,), (4,), (2, 3)])
def test_arrays_keep_their_shape_and_agree_with_scalars(shape: tuple[int, ...]) -> None:
    lon = np.full(shape, LAKE_LON)
    lat = np.full(shape, LAKE_LAT)
    easting, northing = to_metres(lon, lat)
    assert np.shape(easting) == np.shape(northing) == shape
    assert np.all(np.asarray(easting) == to_metres(LAKE_LON, LAKE_LAT)[0])
    assert np.all(lon == LAKE_LON)  # the input is not written over
    back = to_lonlat(np.asarray(easting), np.asarray(northing))
    assert np.shape(back[0]) == shape
    np.testing.assert_allclose(back[1], lat, atol=1e-9, rtol=0)


@pytest.mark.parametrize("function", [to_metres, to_lonlat])
def test_arrays_of_different_shapes_are_refused(function) -> None:
    with pytest.raises(ValueError, match="one shape"):
        function(np.zeros(2), np.zeros(3))
    with pytest.raises(ValueError, match="one shape"):
        function(105.0, np.zeros(3))


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_no_number_comes_out_of_nan_or_infinity(bad: float) -> None:
    for function, good in ((to_metres, 21.0), (to_lonlat, 2_326_366.0)):
        with pytest.raises(InvalidCoordinate, match="finite"):
            function(bad, good)
        with pytest.raises(InvalidCoordinate, match="finite"):
            function(np.array([bad, good]), np.array([good, good]))


def test_wgs84_has_no_metres() -> None:
    with pytest.raises(ValueError, match="VN-2000 zone"):
        to_lonlat(500_000.0, 2_326_366.0, crs=InputCrs.WGS84)


def test_geometries_move_both_ways() -> None:
    square = shapely.box(105.85, 21.02, 105.86, 21.03)
    geometries = np.array([[square, None], [shapely.Point(LAKE_LON, LAKE_LAT), shapely.Point()]])
    metres = geometry_to_metres(geometries)
    assert metres.shape == (2, 2)
    assert metres[0, 1] is None
    assert metres[1, 1].is_empty
    assert metres[0, 0].area == pytest.approx(1038.5 * 1107, rel=0.005)  # 0.01° by 0.01° at 21° north
    assert (metres[1, 0].x, metres[1, 0].y) == to_metres(LAKE_LON, LAKE_LAT)
    assert shapely.equals_exact(geometry_to_lonlat(metres)[0, 0], square, tolerance=1e-9)


def test_nothing_is_built_at_import_time() -> None:
    code = "import geo.crs.reproject as r; raise SystemExit(r._transformer.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    to_metres(LAKE_LON, LAKE_LAT)
    assert crs_module.reproject._transformer.cache_info().currsize >= 1


# ---------------------------------------------------------------- text: degrees

LAT, LON = 21.0285, 105.8542

DECIMAL = [
    ("105.8542 21.0285", "lon-lat"),
    ("21.0285, 105.8542", "lat-lon"),
    ("21.0285,105.8542", "lat-lon"),
    ("21.0285;105.8542", "lat-lon"),
    ("21.0285\t105.8542", "lat-lon"),
    ("21.0285\n105.8542\n", "lat-lon"),
    ("21.0285 - 105.8542", "lat-lon"),
    ("+21.0285, +105.8542", "lat-lon"),
    ("(21.0285, 105.8542)", "lat-lon"),
    ("[105.8542,21.0285]", "lon-lat"),
    ("POINT (105.8542 21.0285)", "lon-lat"),
    ("21.0285\u00a0\u202f105.8542", "lat-lon"),
    ("Tọa độ: 21.0285, 105.8542.", "lat-lon"),
    ("21.0285° N, 105.8542° E", "lat-lon"),
    ("21.0285N 105.8542E", "lat-lon"),
    ("105.8542E21.0285N", "lon-lat"),
    ("N21.0285 E105.8542", "lat-lon"),
    ("21.0285B 105.8542Đ", "lat-lon"),
    ("21.0285B 105.8542Ð", "lat-lon"),  # eth
    ("vĩ độ 21.0285, kinh độ 105.8542", "lat-lon"),
    ("vĩ độ 21.0285, kinh độ 105.8542".replace("ĩ", "i\u0303"), "lat-lon"),  # decomposed
    ("vi do 21.0285 kinh do 105.8542", "lat-lon"),
    ("Vĩ độ: 21.0285 B; Kinh độ: 105.8542 Đ", "lat-lon"),
    ("Kinh độ: 105.8542 - Vĩ độ: 21.0285", "lon-lat"),
    ("lat: 21.0285 lon: 105.8542", "lat-lon"),
    ("LAT=21.0285&LNG=105.8542".replace("&", " "), "lat-lon"),
    ("lat, lon: 21.0285, 105.8542", "lat-lon"),
    ("21.0285 (lat) 105.8542 (lon)", "lat-lon"),
    ("X: 105.8542 Y: 21.0285", "lon-lat"),
    ("WGS 84 - 21.0285, 105.8542", "lat-lon"),
    ("EPSG:4326 21.0285, 105.8542", "lat-lon"),
    ("21,0285; 105,8542", "lat-lon"),
    ("21,0285 105,8542", "lat-lon"),
    ("21,0285, 105,8542", "lat-lon"),
    ("21,0285,105,8542", "lat-lon"),
    ("105,8542\t21,0285", "lon-lat"),
    ("２１.０２８５，１０５．８５４２", "lat-lon"),  # full width
    ("https://www.google.com/maps/@21.0285,105.8542,17z", "lat-lon"),
    ("@21.0285,105.8542,17z", "lat-lon"),
    ("https://maps.google.com/?q=21.0285,105.8542", "lat-lon"),
    ("https://maps.google.com/?q=loc:21.0285%2C105.8542&z=17", "lat-lon"),
    ("?q=21.0285,105.8542", "lat-lon"),
    ("Hồ Gươm https://www.google.com/maps/search/21.0285,+105.8542?shorturl=1", "lat-lon"),
    ("https://www.google.com/maps/place/X/@21.1,105.9,17z/data=!8m2!3d21.0285!4d105.8542!16s", "lat-lon"),
    ("https://www.openstreetmap.org/?mlat=21.0285&mlon=105.8542#map=17/21.1/105.9", "lat-lon"),
    ("https://www.openstreetmap.org/#map=17/21.0285/105.8542", "lat-lon"),
    ("geo:21.0285,105.8542", "lat-lon"),
    ("geo:21.0285,105.8542,12;crs=wgs84;u=35", "lat-lon"),
    ("geo:0,0?q=21.0285,105.8542(Hồ Gươm)", "lat-lon"),
]


@pytest.mark.parametrize(("text", "order"), DECIMAL)
def test_decimal_degrees(text: str, order: str) -> None:
    found = parse_coordinate(text)
    assert (found.lon, found.lat) == (LON, LAT)
    assert found.order == order
    assert found.crs is InputCrs.WGS84
    assert not found.swapped


SEXAGESIMAL = [
    "21°01'42\"N 105°51'15\"E",
    "21°01′42″N 105°51′15″E",
    "21°01’42”N, 105°51’15”E",
    "21°01'42''N 105°51'15''E",
    "21º01´42˝B; 105º51´15˝Đ",
    "21o01'42\" 105o51'15\"",
    "21° 01' 42\" 105° 51' 15\"",
    "N21°01'42\" E105°51'15\"",
    "105°51'15\"E 21°01'42\"N",
    "21 01 42 N, 105 51 15 E",
    "21 01 42N 105 51 15E",
    "N 21 01 42 E 105 51 15",
    "21 01 42, 105 51 15",
    "21 01 42 105 51 15",
    "21-01-42N 105-51-15E",
    "21°01'42,0\"N 105°51'15,0\"E",
    "21°01'42.0\"N,105°51'15.0\"E",
    "21°1.7'N 105°51.25'E",
    "21°1,7'N, 105°51,25'E",
    "21 01.7, 105 51.25",
    "21 độ 01 phút 42 giây Bắc, 105 độ 51 phút 15 giây Đông",
    "vĩ độ 21°01'42\" kinh độ 105°51'15\"",
    "https://www.google.com/maps/place/21%C2%B001'42.0%22N+105%C2%B051'15.0%22E/@21.1,105.9,17z",
]


@pytest.mark.parametrize("text", SEXAGESIMAL)
def test_degrees_minutes_seconds(text: str) -> None:
    found = parse_coordinate(text)
    assert found.lat == pytest.approx(21 + 1 / 60 + 42 / 3600, abs=1e-12)
    assert found.lon == pytest.approx(105 + 51 / 60 + 15 / 3600, abs=1e-12)
    assert found.order == ("lon-lat" if text.startswith("105") else "lat-lon")


@pytest.mark.parametrize(
    "text",
    [
        "lat: 105.8542 lon: 21.0285",
        "105.8542N 21.0285E",
        "lat, lon: 105.8542, 21.0285",
        "geo:105.8542,21.0285",
    ],
)
def test_names_that_contradict_the_values_are_put_right_and_reported(text: str) -> None:
    found = parse_coordinate(text)
    assert (found.lon, found.lat) == (LON, LAT)
    assert found.swapped
    assert found.order == "lon-lat"
    assert any("đảo" in notice for notice in found.notices("vi"))
    assert any("each other's names" in notice for notice in found.notices("en"))


# ---------------------------------------------------------------- text: VN-2000

METRES = [
    ("2326366.344 588383.929", "x-y"),
    ("588383.929, 2326366.344", "y-x"),
    ("X = 2326366.344, Y = 588383.929", "x-y"),
    ("Y=588383.929; X=2326366.344", "y-x"),
    ("X:\n2326366.344\nY:\n588383.929", "x-y"),
    ("X (Bắc): 2326366,344 m; Y (Đông): 588383,929 m", "x-y"),
    ("X(m)=2.326.366,344 Y(m)=588.383,929", "x-y"),
    ("2,326,366.344 588,383.929", "x-y"),
    ("2,326,366.344, 588,383.929", "x-y"),
    ("2.326.366,344 588.383,929", "x-y"),
    ("2 326 366.344 588 383.929", "x-y"),
    ("2 326 366,344; 588 383,929", "x-y"),
    ("588 383.929 2 326 366.344", "y-x"),
    ("2326366,344 588383,929", "x-y"),
    ("N 2326366.344 E 588383.929", "x-y"),
    ("northing 2326366.344 easting 588383.929", "x-y"),
    ("2326366.344 588383.929 (VN-2000, múi 3°, kinh tuyến trục 105°00')", "x-y"),
    ("VN2000 KTT 105: 2326366.344 588383.929", "x-y"),
    ("EPSG:5897 588383.929 2326366.344", "y-x"),
    ("VN-2000 / TM-3 zone 482; 588383.929 2326366.344", "y-x"),
]


@pytest.mark.parametrize(("text", "order"), METRES)
def test_vn2000_metres(text: str, order: str) -> None:
    found = parse_coordinate(text)
    assert (found.lon, found.lat) == pytest.approx((LAKE_LON, LAKE_LAT), abs=1e-8)
    assert found.crs is InputCrs.VN2000_105_00
    assert found.order == order
    assert not found.swapped
    assert any("2 326 366.34" in notice for notice in found.notices("en"))


def test_whole_metres_grouped_by_spaces() -> None:
    """Nine digits in groups of three, then six: only one cut gives a northing and an easting."""
    assert parse_coordinate("2 326 366 588 383") == parse_coordinate("2326366 588383")


def test_x_and_y_in_the_mathematician_s_order_are_put_right_and_reported() -> None:
    found = parse_coordinate("X=588383.929 Y=2326366.344")
    assert (found.lon, found.lat) == pytest.approx((LAKE_LON, LAKE_LAT), abs=1e-8)
    assert found.swapped
    assert found.order == "y-x"


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("KTT 105°30'", InputCrs.VN2000_105_30),
        ("kinh tuyến trục 105°30′", InputCrs.VN2000_105_30),
        ("central meridian 105.5", InputCrs.VN2000_105_30),
        ("VN-2000 / TM-3 105-30", InputCrs.VN2000_105_30),
        ("EPSG:9209", InputCrs.VN2000_105_30),
        ("VN-2000 UTM 48N", InputCrs.VN2000_UTM48),
        ("UTM zone 48", InputCrs.VN2000_UTM48),
        ("múi 6°, kinh tuyến trục 105°", InputCrs.VN2000_UTM48),
        ("múi chiếu 6 độ, KTT 111°00'", InputCrs.VN2000_UTM49),
        ("VN-2000 UTM 49N", InputCrs.VN2000_UTM49),
    ],
)
def test_a_zone_named_in_the_text_is_used(name: str, crs: InputCrs) -> None:
    easting = 200_000.0 if crs is InputCrs.VN2000_UTM49 else 540_000.0
    found = parse_coordinate(f"{name}: X=2326366 Y={easting:.0f}")
    assert found.crs is crs
    assert (found.lon, found.lat) == to_lonlat(easting, 2_326_366.0, crs=crs)
    assert not any("No zone was stated" in notice for notice in found.notices("en"))
    assert parse_coordinate(f"2326366 {easting:.0f}", crs=crs).lon == found.lon


def test_an_assumed_zone_is_reported() -> None:
    assert any(
        "105°00′" in notice and "Nếu giấy tờ" in notice for notice in parse_coordinate("2326366 588383").notices("vi")
    )


def test_from_vn2000_takes_the_northing_as_x() -> None:
    found = from_vn2000(x=LAKE_NORTHING, y=LAKE_EASTING)
    assert (found.lon, found.lat) == pytest.approx((LAKE_LON, LAKE_LAT), abs=1e-8)
    assert (found.order, found.swapped) == ("x-y", False)


def test_from_vn2000_puts_a_swap_right_and_reports_it() -> None:
    found = from_vn2000(x=LAKE_EASTING, y=LAKE_NORTHING)
    assert (found.lon, found.lat) == pytest.approx((LAKE_LON, LAKE_LAT), abs=1e-8)
    assert (found.order, found.swapped) == ("y-x", True)
    assert any("đảo" in notice for notice in found.notices("vi"))


# ---------------------------------------------------------------- notices


def test_notices_say_system_order_and_comma() -> None:
    found = parse_coordinate("21,0285; 105,8542")
    assert found.notices("vi") == [
        "Đã đọc theo WGS 84, thứ tự: vĩ độ, kinh độ.",
        "Dấu phẩy được đọc là dấu thập phân.",
    ]
    assert found.notices("en")[0] == "Read as WGS 84, order: latitude, longitude."


def test_a_map_centre_is_reported_and_a_pin_is_not() -> None:
    assert len(parse_coordinate("@21.0285,105.8542,17z").notices("en")) == 2
    assert len(parse_coordinate("?q=21.0285,105.8542").notices("en")) == 1


@pytest.mark.parametrize(
    ("text", "size"), [("21.03, 105.85", "±557 m"), ("21.0, 105.9", "±6 km"), ("21°01'N 105°51'E", "±928 m")]
)
def test_coarse_values_are_reported(text: str, size: str) -> None:
    assert any(size in notice for notice in parse_coordinate(text).notices("en"))


# ---------------------------------------------------------------- what is refused

BAD_TEXTS = [
    ("", "no numbers"),
    ("  ", "no numbers"),
    ("hồ Gươm", "no numbers"),
    ("21.0285", "1 number"),
    ("2.325.123", "1 number"),
    ("21.0285 105.8542 12", "3 number"),
    ("1 2326366.34 588383.93 12.5", "4 number"),
    ("21.0285,105.8542; 21.03,105.86", "4 number"),
    ("nan 105.8542", "empty or infinite"),
    ("inf, 21.0285", "empty or infinite"),
    ("∞ 21.0285", "empty or infinite"),
    ("1e999, 21.0285", "scientific notation"),
    ("1,06E+02; 2,1E+01", "scientific notation"),
    ("9" * 400 + " 21.0285", "cannot be read"),
    ("9" * 3000, "too long"),
    ("48.8566, 2.3522", "valid place on earth but not in Viet Nam"),
    ("21.0285, 98.5", "valid place on earth but not in Viet Nam"),
    ("-21.0285, 105.8542", "Wrong sign"),
    ("\u221221.0285, 105.8542", "Wrong sign"),
    ("105.8542 -21.0285", "Wrong sign"),
    ("21.0285S 105.8542E", "Wrong sign"),
    ("21.0285N 105.8542W", "Wrong sign"),
    ("21.0285 Nam 105.8542 Đông", "Wrong sign"),
    ("21.0285 B 105.8542 Tây", "Wrong sign"),
    ("- 21.0285, 105.8542", "cannot be read"),
    ("95.5, 200.5", "Latitude must lie"),
    ("21.0285, 200.5", "Longitude must lie"),
    ("21, 105", "Whole degrees"),
    ("21/105", "Whole degrees"),
    ("số 21 ngõ 105", "not part of a coordinate"),
    ("12 phố Huế 34", "not part of a coordinate"),
    ("48Q 588383 2326366", "not part of a coordinate"),
    ("21°60'00\"N 105°51'15\"E", "Minutes must be less than 60"),
    ("21°01'60\"N 105°51'15\"E", "Seconds must be less than 60"),
    ("21 01 42, 105 75 15", "Minutes must be less than 60"),
    ("21.5°30'N 105°51'E", "out of place"),
    ("21'30°, 105'51°", "out of place"),
    ("-21°01'42\"S 105°51'15\"E", "out of place"),
    ("21.0285N 105.8542N", "names of the two values contradict"),
    ("X=2326366 X=588383", "names of the two values contradict"),
    ("588.383 2326.366", "Not an X and Y"),
    ("X=2326366 Y=5883839", "Not an X and Y"),
    ("210285 1058542", "Not an X and Y"),  # degrees that lost their decimal marks
    ("48 588 383 2 326 366", "carries the zone number 48"),
    ("X=2326366 Y=18588383", "carries the zone number 18"),
    ("482588383.5 2326366", "carries the zone number 482"),
    ("KTT 107°45' 2326366 588383", "not supported"),
    ("UTM 47N 2326366 588383", "not supported"),
    ("EPSG:32648 588383 2326366", "not supported"),
    ("HN-72 2326366 588383", "not supported"),
    ("WGS84 UTM 48N 588383 2326366", "two coordinate systems"),
    ("EPSG:5897 KTT 105°30' 588383 2326366", "two coordinate systems"),
    ("VN-2000 21.0285 105.8542", "VN-2000 is named but the values are degrees"),
    ("https://maps.app.goo.gl/abc12", "short links"),
    ("https://www.google.com/maps/dir/21.0,105.8/21.1,105.9/", "a route"),
    ("https://a.vn/?q=21.02,105.85 https://a.vn/?q=21.03,105.85", "several places"),
    ("geo:588383,2326366;crs=epsg-5897", "WGS 84"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fragment"), BAD_TEXTS)
def test_bad_text_is_refused_with_its_reason(text: str, fragment: str) -> None:
    with pytest.raises(InvalidCoordinate) as caught:
        parse_coordinate(text, field="diem")
    assert fragment in caught.value.en
    assert caught.value.field == "diem"
    assert type(caught.value) is InvalidCoordinate
    assert caught.value.vi != caught.value.en


def test_two_readings_in_viet_nam_are_refused() -> None:
    """105°51′ and 21°10′30″ when the comma separates; 105°51.21′ and 10°30′ when it is decimal."""
    with pytest.raises(InvalidCoordinate, match="more than one way"):
        parse_coordinate("105 51,21 10 30")


@pytest.mark.parametrize(
    ("text", "crs", "fragment"),
    [
        ("21.0285 105.8542", InputCrs.VN2000_105_00, "values are degrees"),
        ("2326366 588383", InputCrs.WGS84, "too large to be degrees"),
        ("KTT 105°30' 2326366 588383", InputCrs.VN2000_105_00, "Make the two agree"),
        ("VN-2000 2326366 588383", InputCrs.WGS84, "Make the two agree"),
        ("WGS 84 21.0285 105.8542", InputCrs.VN2000_UTM48, "Make the two agree"),
    ],
)
def test_text_that_contradicts_the_caller_is_refused(text: str, crs: InputCrs, fragment: str) -> None:
    with pytest.raises(InvalidCoordinate, match=fragment) as caught:
        parse_coordinate(text, crs=crs)
    assert caught.value.field == "text"


@pytest.mark.parametrize(
    ("lon", "lat", "fragment", "field"),
    [
        (math.nan, 21.0, "not a finite number", "kinh_do"),
        (105.8, math.inf, "not a finite number", "vi_do"),
        (105.8, -math.inf, "not a finite number", "vi_do"),
        (10**400, 21.0, "not a finite number", "kinh_do"),
        ("105,8", 21.0, "not a finite number", "kinh_do"),
        (105.8, None, "not a finite number", "vi_do"),
        (21.0285, 105.8542, "look swapped", "kinh_do"),
        (588_383.9, 2_326_366.3, "too large to be degrees", "kinh_do"),
        (105.8, 91.0, "Latitude must lie", "vi_do"),
        (181.0, 21.0, "Longitude must lie", "kinh_do"),
        (-105.8, 21.0, "Wrong sign", "kinh_do"),
        (105.8, -21.0, "Wrong sign", "vi_do"),
        (105.8, 48.9, "not in Viet Nam", "vi_do"),
        (2.35, 48.9, "not in Viet Nam", "kinh_do"),
        (0.0, 0.0, "not in Viet Nam", "kinh_do"),
        (118.0001, 21.0, "not in Viet Nam", "kinh_do"),
        (105.0, 6.9999, "not in Viet Nam", "vi_do"),
    ],
)
def test_check_lonlat_refuses(lon: float, lat: float, fragment: str, field: str) -> None:
    with pytest.raises(InvalidCoordinate, match=fragment) as caught:
        check_lonlat(lon=lon, lat=lat, field_lon="kinh_do", field_lat="vi_do")
    assert caught.value.field == field


def test_from_lonlat_checks_and_says_how_it_read() -> None:
    found = from_lonlat(lon=LON, lat=LAT)
    assert (found.lon, found.lat, found.crs, found.order) == (LON, LAT, InputCrs.WGS84, "lon-lat")
    with pytest.raises(InvalidCoordinate, match="look swapped") as caught:
        from_lonlat(lon=LAT, lat=LON, field_lon="kd")
    assert caught.value.field == "kd"


def test_check_lonlat_says_which_field_takes_which() -> None:
    with pytest.raises(InvalidCoordinate) as caught:
        check_lonlat(lon=21.0285, lat=105.8542)
    assert "Hãy ghi kinh độ vào “lon” và vĩ độ vào “lat”" in caught.value.vi


@pytest.mark.parametrize(("lon", "lat"), [(102, 7), (118.0, 24.0), (LON, LAT), (np.float64(LON), LAT), (111.92, 8.64)])
def test_check_lonlat_takes_viet_nam_edges_and_islands_included(lon: float, lat: float) -> None:
    checked = check_lonlat(lon=lon, lat=lat)
    assert checked == (lon, lat)
    assert all(type(value) is float for value in checked)


@pytest.mark.parametrize(
    ("x", "y", "fragment", "field"),
    [
        (math.nan, 588_383.0, "not a finite number", "X"),
        (2_326_366.0, math.inf, "not a finite number", "Y"),
        (2_326_366.0, 48_588_383.0, "carries the zone number 48", "Y"),
        (48_588_383.0, 2_326_366.0, "carries the zone number 48", "X"),
        (21.0285, 105.8542, "look like degrees", "X"),
        (2_326_366.0, 5_883_830.0, "Not an X and Y", "Y"),
        (23_263_660.0, 588_383.0, "Not an X and Y", "X"),
        (-2_326_366.0, 588_383.0, "Not an X and Y", "X"),
        (2_326_366.0, 800_000.0, "Not an X and Y", "Y"),
    ],
)
def test_from_vn2000_refuses(x: float, y: float, fragment: str, field: str) -> None:
    with pytest.raises(InvalidCoordinate, match=fragment) as caught:
        from_vn2000(x=x, y=y, field_x="X", field_y="Y")
    assert caught.value.field == field


def test_from_vn2000_refuses_a_place_outside_viet_nam() -> None:
    with pytest.raises(InvalidCoordinate, match="not in Viet Nam"):
        from_vn2000(x=2_600_000.0, y=160_000.0, crs=InputCrs.VN2000_UTM48)


def test_from_vn2000_refuses_wgs84() -> None:
    with pytest.raises(InvalidCoordinate, match="VN-2000 zone") as caught:
        from_vn2000(x=LAKE_NORTHING, y=LAKE_EASTING, crs=InputCrs.WGS84)
    assert caught.value.field == "crs"


def test_messages_do_not_give_a_place_away() -> None:
    """English messages go to logs: a place is named to a tenth of a degree at most."""
    for text in ("48.8566, 2.3522", "-21.0285, 105.8542", "X=2326366 Y=5883839"):
        with pytest.raises(InvalidCoordinate) as caught:
            parse_coordinate(text)
        for digits in ("48.8566", "2.3522", "21.0285,", "105.8542", "2326366", "5883839"):
            assert digits not in caught.value.en


def test_a_place_in_viet_nam_outside_hanoi_is_fine() -> None:
    assert parse_coordinate("10.7769, 106.7009").lat == 10.7769
