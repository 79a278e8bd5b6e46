"""Projects with a geometry: every ward touched, shares that add up, and nothing mended in silence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer

from geo.cases.projects import Role, WardShapes
from geo.cases.projects.reading import Project
from geo.crs import geometry_to_metres
from geo.crs.stated import crs_named, is_vn2000, stated_to_metres
from geo.errors import InvalidCoordinate
from geo.locate import WardIndex
from tests.unit.project_places import EAST, LAT, LON, NORTH, square

VN2000 = CRS(5897)
LONLAT = CRS(4326)


@pytest.fixture(scope="module")
def wards(index: WardIndex) -> WardShapes:
    return WardShapes(index)


@pytest.fixture(scope="module")
def metres(index: WardIndex) -> dict[str, shapely.Polygon]:
    polygons = geometry_to_metres(index.dataset.geometries)
    return {unit.code: polygon for unit, polygon in zip(index.wards, polygons, strict=True)}


def ask(wards: WardShapes, geometry: Any, crs: CRS = VN2000) -> list[tuple[str, Role, float, str]]:
    """Return code, role, share and notes of each piece."""
    answer = wards.answer(Project(1, geometry, crs))
    return [
        (
            piece.unit.code if piece.unit else "",
            piece.role,
            round(piece.share, 4),
            "; ".join(note.vi for note in piece.notes),
        )
        for piece in answer.pieces
    ]


def border(metres: dict[str, shapely.Polygon], first: str, second: str) -> shapely.LineString:
    """Return the longest stretch of a border."""
    lines = shapely.line_merge(shapely.intersection(metres[first].boundary, metres[second].boundary))
    return max(shapely.get_parts(lines), key=lambda line: line.length)


def test_inside_one_ward(wards: WardShapes) -> None:
    for shape in (square(EAST, NORTH, 20), shapely.LineString([(EAST, NORTH), (EAST + 9, NORTH)])):
        assert ask(wards, shape) == [("00070", Role.LEAD, 1.0, "")]
    assert ask(wards, shapely.Point(EAST, NORTH)) == [("00070", Role.LEAD, 1.0, "")]
    assert ask(wards, shapely.Point(LON, LAT), LONLAT) == [("00070", Role.LEAD, 1.0, "")]


def test_areas_are_square_metres_and_add_up(wards: WardShapes, metres: dict[str, shapely.Polygon]) -> None:
    shape = square(EAST, NORTH, 3000)
    answer = wards.answer(Project(1, shape, VN2000))
    assert sum(piece.measure for piece in answer.pieces) == pytest.approx(36e6, rel=1e-9)
    assert sum(piece.share for piece in answer.pieces) == pytest.approx(1, abs=1e-9)
    assert [piece.share for piece in answer.pieces] == sorted((piece.share for piece in answer.pieces), reverse=True)
    by_hand = {code: polygon.intersection(shape).area for code, polygon in metres.items() if polygon.intersects(shape)}
    assert {piece.unit.code: piece.measure for piece in answer.pieces if piece.unit} == pytest.approx(by_hand)


def test_a_line_is_measured_in_metres(wards: WardShapes) -> None:
    answer = wards.answer(Project(1, shapely.LineString([(EAST - 3000, NORTH), (EAST + 3000, NORTH)]), VN2000))
    assert sum(piece.measure for piece in answer.pieces) == pytest.approx(6000)
    assert len(answer.pieces) > 3


def test_a_line_that_goes_to_and_fro_is_measured_once(wards: WardShapes) -> None:
    there = [(EAST - 3000, NORTH), (EAST + 3000, NORTH)]
    once, twice = (ask(wards, shapely.LineString(points)) for points in (there, [*there, there[0]]))
    assert once == twice


def test_a_wards_own_polygon_touches_its_neighbours_only(
    wards: WardShapes, metres: dict[str, shapely.Polygon], index: WardIndex
) -> None:
    pieces = ask(wards, metres["00070"])
    assert pieces[0][:3] == ("00070", Role.LEAD, 1.0)
    assert {role for _, role, _, _ in pieces[1:]} == {Role.TOUCH}
    assert {code for code, *_ in pieces[1:]} >= {unit.code for unit in index.neighbours("00070")}


def test_a_strip_within_the_datum_shift_is_a_touch(wards: WardShapes, metres: dict[str, shapely.Polygon]) -> None:
    assert {role for _, role, _, _ in ask(wards, metres["00070"].buffer(0.3))[1:]} == {Role.TOUCH}


def test_a_line_along_a_border_counts_half_to_each_side(wards: WardShapes, metres: dict[str, shapely.Polygon]) -> None:
    pieces = ask(wards, border(metres, "00070", "00082"))
    assert [(code, share) for code, role, share, _ in pieces if role is not Role.TOUCH] == [
        ("00070", 0.5),
        ("00082", 0.5),
    ]
    assert all("mỗi bên tính một nửa" in notes for _, _, share, notes in pieces if share)
    assert pieces[0][1] is Role.UNDECIDED


def test_a_point_on_a_border_counts_to_every_ward_it_touches(wards: WardShapes, index: WardIndex) -> None:
    polygon = index.dataset.geometries[[unit.code for unit in index.wards].index("00070")]
    corner = next((lon, lat) for lon, lat in polygon.exterior.coords if len(index.locate(lon=lon, lat=lat).units) == 2)
    pieces = ask(wards, shapely.Point(corner), LONLAT)
    assert [(role, share) for _, role, share, _ in pieces] == [(Role.UNDECIDED, 0.5)] * 2
    assert all("hai nguồn bản đồ lệch nhau" in notes for *_, notes in pieces)


def test_a_part_where_the_sources_differ_says_so(wards: WardShapes, metres: dict[str, shapely.Polygon]) -> None:
    line = border(metres, "00070", "00082")
    middle = line.interpolate(0.5, normalized=True)
    both = {code: notes for code, _, _, notes in ask(wards, middle.buffer(400))}
    assert not any("hai nguồn" in notes for notes in both.values())
    sliver = metres["00070"].buffer(-60).union(metres["00070"].intersection(middle.buffer(100)))
    shape = sliver.union(middle.buffer(3))
    notes = {code: notes for code, _, _, notes in ask(wards, shape)}
    assert "nằm trọn trong dải" in notes["00082"]
    assert "nằm trọn" not in notes["00070"]


def test_close_shares_leave_the_lead_to_people(wards: WardShapes, metres: dict[str, shapely.Polygon]) -> None:
    left, right = (metres[code].representative_point() for code in ("00070", "00118"))

    def two(first: float, second: float) -> shapely.MultiPolygon:
        halves = [square(point.x, point.y, size**0.5) for point, size in ((left, first), (right, second))]
        return shapely.MultiPolygon(halves)

    assert [role for _, role, _, _ in ask(wards, two(55, 45))] == [Role.LEAD, Role.TOGETHER]
    close = ask(wards, two(54.9, 45.1))
    assert [role for _, role, _, _ in close] == [Role.UNDECIDED, Role.UNDECIDED]
    assert all("người có thẩm quyền quyết định" in notes for *_, notes in close)


def test_outside_is_said(wards: WardShapes, index: WardIndex) -> None:
    assert ask(wards, square(EAST + 60_000, NORTH, 500)) == [("", Role.OUTSIDE, 1.0, "")]
    assert ask(wards, shapely.Point(106.5, 20.5), LONLAT) == [("", Role.OUTSIDE, 1.0, "")]
    city = shapely.union_all(geometry_to_metres(index.dataset.geometries))
    # A square around the city's easternmost corner.
    corner = max(city.exterior.coords, key=lambda point: point[0])
    pieces = ask(wards, square(corner[0], corner[1], 2000))
    assert pieces[-1][1] is Role.OUTSIDE
    assert pieces[-1][2] > 0.5
    assert "phần lớn dự án nằm ngoài Hà Nội" in pieces[0][3]
    assert sum(share for _, _, share, _ in pieces) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("geometry", "crs", "words"),
    [
        (shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), VN2000, "Self-intersection"),
        (shapely.Polygon(), VN2000, "rỗng"),
        (None, VN2000, "rỗng"),
        (shapely.GeometryCollection([shapely.Point(EAST, NORTH)]), VN2000, "nhiều loại"),
        (shapely.LineString([(EAST, NORTH), (EAST, NORTH)]), VN2000, "Too few points"),
        (shapely.Point(LAT, LON), LONLAT, "đảo"),
        (square(LAT, LON, 0.01), LONLAT, "đảo"),
        (square(NORTH, EAST, 100), VN2000, "đảo"),
        (square(2.35, 48.85, 0.01), LONLAT, "không nằm ở Việt Nam"),
        (square(5000, 5000, 10), VN2000, "không nằm ở Việt Nam"),
        (shapely.Point(2.35, 48.85), LONLAT, "không ở Việt Nam"),
        (square(LON, LAT, 0.01), CRS(3405), "không nằm ở Việt Nam"),
        (square(1e12, 1e12, 10), CRS(32648), "hệ toạ độ"),
    ],
)
def test_what_is_wrong_is_said_and_not_mended(wards: WardShapes, geometry: Any, crs: CRS, words: str) -> None:
    ((code, role, share, notes),) = ask(wards, geometry, crs)
    assert (code, role, share) == ("", Role.ERROR, 0.0)
    assert words in notes


def test_shares_add_up_wherever_a_project_lies(wards: WardShapes, metres: dict[str, shapely.Polygon]) -> None:
    random = np.random.default_rng(7)
    left, bottom, right, top = shapely.total_bounds(list(metres.values()))
    for east, north, size in zip(
        random.uniform(left, right, 12), random.uniform(bottom, top, 12), random.uniform(5, 8000, 12), strict=True
    ):
        for shape in (
            square(east, north, size),
            shapely.LineString([(east, north), (east + size, north + 3 * size)]),
            shapely.MultiPoint([(east, north), (east + size, north)]),
        ):
            pieces = ask(wards, shape)
            assert sum(share for _, _, share, _ in pieces) == pytest.approx(1, abs=2e-3)
            assert sum(role is Role.LEAD for _, role, _, _ in pieces) <= 1


# ---- coordinate systems


@pytest.mark.parametrize("code", [5897, 9209, 3405, 3406, 4756, 4326, 32648, 3857])
def test_one_place_in_any_system(wards: WardShapes, code: int) -> None:
    crs = CRS(code)
    source = 5897 if is_vn2000(crs) else 4326
    start = (EAST, NORTH) if source == 5897 else (LON, LAT)
    x, y = Transformer.from_crs(source, crs, always_xy=True).transform(*start)
    moved, degrees = stated_to_metres(shapely.Point(x, y), crs)
    assert (moved.x, moved.y) == pytest.approx((EAST, NORTH), abs=0.01)
    assert (degrees.x, degrees.y) == pytest.approx((LON, LAT), abs=1e-7)
    assert ask(wards, shapely.Point(x, y), crs)[0][:2] == ("00070", Role.LEAD)


def test_vn2000_however_it_is_spelled() -> None:
    esri = CRS(5897).to_wkt("WKT1_ESRI")
    assert is_vn2000(CRS.from_wkt(esri))
    assert is_vn2000(crs_named("vn2000-105-30"))
    assert not is_vn2000(CRS(32648))
    with pytest.raises(InvalidCoordinate, match="There is no CRS"):
        crs_named("vn2001")
