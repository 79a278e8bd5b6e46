"""Projects with a geometry: every ward touched, shares that add up, and nothing mended in silence."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely
from pyproj import CRS, Transformer

from geo.cases.projects import (
    PROJECT_COLUMNS,
    ReadOptions,
    Role,
    WardShapes,
    answer_projects,
    read_projects,
)
from geo.cases.projects.reading import Project
from geo.crs import geometry_to_metres, to_metres
from geo.crs.stated import crs_named, is_vn2000, stated_to_metres
from geo.errors import InvalidCoordinate, TableError
from geo.locate import WardIndex

LON, LAT = 105.8542, 21.0285  # Hoàn Kiếm
EAST, NORTH = to_metres(LON, LAT)
VN2000 = CRS(5897)
LONLAT = CRS(4326)


@pytest.fixture(scope="module")
def wards(index: WardIndex) -> WardShapes:
    return WardShapes(index)


@pytest.fixture(scope="module")
def metres(index: WardIndex) -> dict[str, shapely.Polygon]:
    polygons = geometry_to_metres(index.dataset.geometries)
    return {unit.code: polygon for unit, polygon in zip(index.wards, polygons, strict=True)}


def square(east: float, north: float, half: float) -> shapely.Polygon:
    return shapely.box(east - half, north - half, east + half, north + half)


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


def project_file(
    folder: Path, name: str, shapes: Sequence[Any], crs: str = "EPSG:5897", *, stated: bool = True
) -> Path:
    frame = gpd.GeoDataFrame({"Tên": [f"=Dự án {i}" for i in range(len(shapes))]}, geometry=list(shapes), crs=crs)
    path = folder / name
    if name.endswith(".zip"):
        frame.rename(columns={"Tên": "ten"}).to_file(folder / "p.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in folder.glob("p.*"):
                if stated or part.suffix != ".prj":
                    archive.write(part, part.name)
    elif name.endswith(".csv"):
        frame.rename_geometry("wkt").to_csv(path, index=False)
    else:
        frame.to_file(path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


# ---- shares


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


# ---- files


@pytest.mark.parametrize("name", ["a.gpkg", "a.zip", "a.geojson", "a.csv"])
@pytest.mark.parametrize("ending", ["xlsx", "csv", "geojson", "gpkg"])
def test_every_kind_of_file(tmp_path: Path, index: WardIndex, name: str, ending: str) -> None:
    shapes = [square(EAST, NORTH, 900), square(EAST, NORTH, 20)]
    lonlat = gpd.GeoSeries(shapes, crs=5897).to_crs(4326)
    geojson = name.endswith("geojson")
    source = project_file(tmp_path, name, lonlat if geojson else shapes, "EPSG:4326" if geojson else "EPSG:5897")
    target = tmp_path / f"out.{ending}"
    options = ReadOptions(crs="EPSG:5897") if name.endswith(".csv") else None
    report = answer_projects(source, target, index=index, options=options)
    assert (report.projects, report.errors) == (2, [])
    assert report.outcomes.total() == 2
    if ending in ("geojson", "gpkg"):
        pieces = gpd.read_file(target)
        assert pieces.crs == 4326
        area = pieces.to_crs(5897).area.sum()
        assert area == pytest.approx(1800**2 + 40**2, rel=1e-4)
        written = pieces.drop(columns="geometry").to_dict("records")
    elif ending == "csv":
        written = rows_of(target)
    else:
        heading, *lines = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
        written = [dict(zip(heading, line, strict=True)) for line in lines]
    assert len(written) == report.rows
    assert list(written[0])[1:] == list(PROJECT_COLUMNS)
    assert [str(line["ma_phuong_xa"]) for line in written][-1] == "00070"
    names = {next(iter(line.values())) for line in written}
    assert names == ({"'=Dự án 0", "'=Dự án 1"} if ending in ("csv", "xlsx") else {"=Dự án 0", "=Dự án 1"})
    assert not list(tmp_path.glob(".*part*"))


def test_geojson_is_rfc_7946(tmp_path: Path, index: WardIndex) -> None:
    clockwise = shapely.Polygon(list(square(EAST, NORTH, 20).exterior.coords)[::-1])
    answer_projects(project_file(tmp_path, "a.gpkg", [clockwise, None]), tmp_path / "o.geojson", index=index)
    found = json.loads((tmp_path / "o.geojson").read_bytes())
    assert "crs" not in found
    first, second = found["features"]
    ring = first["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    assert all(len(str(value).partition(".")[2]) <= 7 for point in ring for value in point)
    assert second["geometry"] is None
    assert second["properties"]["vai_tro"] == "loi"


def test_invalid_geometries_are_rows_of_their_own(tmp_path: Path, index: WardIndex) -> None:
    bow_tie = shapely.Polygon([(EAST, NORTH), (EAST + 9, NORTH + 9), (EAST + 9, NORTH), (EAST, NORTH + 9)])
    source = project_file(tmp_path, "a.gpkg", [square(EAST, NORTH, 20), bow_tie, None])
    report = answer_projects(source, tmp_path / "o.csv", index=index)
    assert [number for number, _ in report.errors] == [2, 3]
    rows = rows_of(tmp_path / "o.csv")
    assert [row["du_an"] for row in rows] == ["1", "2", "3"]
    assert [row["vai_tro"] for row in rows] == ["de_xuat_chu_tri", "loi", "loi"]
    assert "Self-intersection" in rows[1]["ghi_chu"]
    assert rows[1]["dien_tich_m2"] == rows[1]["ty_le"] == ""


def test_a_file_without_a_system(tmp_path: Path, index: WardIndex) -> None:
    shapes = [square(EAST, NORTH, 20)]
    bare = project_file(tmp_path, "a.zip", shapes, stated=False)
    with pytest.raises(InvalidCoordinate, match="--crs EPSG:5897"):
        answer_projects(bare, tmp_path / "o.csv", index=index)
    lying = tmp_path / "metres.geojson"
    lying.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shapes[0])}))
    with pytest.raises(InvalidCoordinate, match="--crs"):
        answer_projects(lying, tmp_path / "o.csv", index=index)
    for source in (bare, lying):
        answer_projects(source, tmp_path / "o.csv", index=index, options=ReadOptions(crs="EPSG:5897"), overwrite=True)
        assert rows_of(tmp_path / "o.csv")[0]["ma_phuong_xa"] == "00070"
    table = tmp_path / "t.csv"
    table.write_text(f'ten,WKT\nA,"POINT ({LON} {LAT})"\n', encoding="utf-8")
    report = answer_projects(table, tmp_path / "o.csv", index=index, overwrite=True)
    assert "WGS 84" in report.notices[0]


def test_a_table_of_wkt(tmp_path: Path, index: WardIndex) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Hình học", "Vốn"])
    book.active.append(["A", f"SRID=5897;{square(EAST, NORTH, 20).wkt}", 5])
    book.active.append([])
    book.active.append(["B", f"POINT ({LON} {LAT})", None])
    book.active.append(["C", "POLYGON ((1 2, 3", None])
    book.active.append(["D", None, None])
    book.save(tmp_path / "in.xlsx")
    report = answer_projects(tmp_path / "in.xlsx", tmp_path / "o.csv", index=index)
    rows = rows_of(tmp_path / "o.csv")
    assert [(row["Tên"], row["du_an"], row["vai_tro"]) for row in rows] == [
        ("A", "2", "de_xuat_chu_tri"),
        ("B", "4", "de_xuat_chu_tri"),
        ("C", "5", "loi"),
        ("D", "6", "loi"),
    ]
    assert "WKT không đọc được" in rows[2]["ghi_chu"]
    assert list(rows[0])[:2] == ["Tên", "Vốn"]
    assert report.projects == 4
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TableError, match="No column holds WKT"):
        read_projects(table, ReadOptions())


def test_layers_are_chosen_by_name(tmp_path: Path, index: WardIndex) -> None:
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[square(EAST, NORTH, 20)], crs=5897)
    for layer in ("đất", "đường"):
        frame.to_file(tmp_path / "a.gpkg", layer=layer)
    with pytest.raises(TableError, match="several layers"):
        answer_projects(tmp_path / "a.gpkg", tmp_path / "o.csv", index=index)
    with pytest.raises(TableError, match="no layer"):
        answer_projects(tmp_path / "a.gpkg", tmp_path / "o.csv", index=index, options=ReadOptions(layer="x"))
    answer_projects(tmp_path / "a.gpkg", tmp_path / "o.csv", index=index, options=ReadOptions(layer="đất"))


def test_files_that_are_none(tmp_path: Path, index: WardIndex) -> None:
    cases = {
        "a.zip": (b"no zip", "no zip file"),
        "b.geojson": (b"{}", "Cannot read"),
        "c.gpkg": (b"x" * 100, "Cannot read"),
        "d.pdf": (b"%PDF", "is not read"),
    }
    for name, (content, words) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TableError, match=words):
            answer_projects(tmp_path / name, tmp_path / "o.csv", index=index)
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(TableError, match="holds no shapefile"):
        answer_projects(tmp_path / "e.zip", tmp_path / "o.csv", index=index)
    with pytest.raises(TableError, match="There is no file"):
        answer_projects(tmp_path / "f.gpkg", tmp_path / "o.csv", index=index)
    assert not (tmp_path / "o.csv").exists()


def test_outputs_are_checked_first(tmp_path: Path, index: WardIndex) -> None:
    source = project_file(tmp_path, "a.gpkg", [square(EAST, NORTH, 20)])
    with pytest.raises(TableError, match="ends in one of"):
        answer_projects(source, tmp_path / "o.docx", index=index)
    (tmp_path / "o.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(TableError, match="exists already"):
        answer_projects(source, tmp_path / "o.csv", index=index)
    assert (tmp_path / "o.csv").read_text(encoding="utf-8") == "mine"
    frame = gpd.GeoDataFrame({"TY_LE": [1]}, geometry=[square(EAST, NORTH, 20)], crs=5897)
    frame.to_file(tmp_path / "b.gpkg")
    with pytest.raises(TableError, match="TY_LE"):
        answer_projects(tmp_path / "b.gpkg", tmp_path / "p.csv", index=index)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "geojson", "gpkg"])
def test_a_file_without_projects(tmp_path: Path, index: WardIndex, ending: str) -> None:
    source = tmp_path / "a.csv"
    source.write_text("Tên,WKT\n", encoding="utf-8")
    report = answer_projects(source, tmp_path / f"o.{ending}", index=index)
    assert (report.projects, report.rows) == (0, 0)
    assert (tmp_path / f"o.{ending}").exists()


def test_attributes_keep_their_values(tmp_path: Path, index: WardIndex) -> None:
    feature = {
        "type": "Feature",
        "properties": {"id": 7, "von": 1.5, "xong": True, "chi_tiet": {"a": [1, 2]}, "ngay": "2025-06-01", "fid": 3},
        "geometry": {"type": "Point", "coordinates": [LON, LAT]},
    }
    source = tmp_path / "a.geojson"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, feature]}))
    for ending in ("csv", "gpkg", "geojson", "xlsx"):
        answer_projects(source, tmp_path / f"o.{ending}", index=index)
    row = rows_of(tmp_path / "o.csv")[0]
    assert (row["id"], row["von"], row["xong"], row["fid"]) == ("7", "1.5", "True", "3")
    assert json.loads(row["chi_tiet"]) == {"a": [1, 2]}
    assert row["ngay"].startswith("2025-06-01")
    assert len(gpd.read_file(tmp_path / "o.gpkg")) == 2


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
