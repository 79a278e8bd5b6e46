"""Projects in files: every kind read and written, what is wrong named."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pytest
import shapely

from geo.cases.projects import PROJECT_COLUMNS, ReadOptions, answer_projects, read_projects
from geo.errors import InvalidCoordinate, TableError
from geo.locate import WardIndex
from tests.unit.project_places import EAST, LAT, LON, NORTH, square


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
