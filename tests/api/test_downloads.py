"""Whole layers: written by the command, listed with what proves them, sent in parts."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import geopandas
import pyogrio
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.command_line import main
from api.settings import Settings
from geo.layers import LAYER_IDS, open_layers
from geo.layers.export import LISTING
from tests.api.problems import assert_problem

COUNTS = {"wards": 126, "old-communes": 526, "old-districts": 30, "premises": 139, "crosswalk-pieces": 795}
SUFFIXES = ("parquet", "fgb", "gpkg", "geojson", "csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("downloads") / "files"
    assert main(["--lang", "en", "data", "export", "-o", str(made)]) == 0
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> TestClient:
    return TestClient(create_app(Settings(downloads=folder)), headers={"Accept-Encoding": "identity"})


def test_the_command_writes_every_layer_in_every_format(folder: Path) -> None:
    listing = json.loads((folder / LISTING).read_text())
    expected = {f"{layer}.{suffix}" for layer in LAYER_IDS for suffix in SUFFIXES} | {"wards.pmtiles"}
    assert {file["name"] for file in listing["files"]} == expected
    assert {path.name for path in folder.iterdir()} == expected | {LISTING}
    for file in listing["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])
        assert file["licence"]["vi"]
        assert file["licence"]["en"]


@pytest.mark.parametrize("layer", LAYER_IDS)
@pytest.mark.parametrize("suffix", ["fgb", "gpkg", "geojson", "parquet"])
def test_each_format_holds_every_row_and_shape(folder: Path, layer: str, suffix: str) -> None:
    source = open_layers()[layer]
    path = folder / f"{layer}.{suffix}"
    frame = geopandas.read_parquet(path) if suffix == "parquet" else geopandas.read_file(path, engine="pyogrio")
    frame = frame.sort_values(source.key)
    assert list(frame[source.key]) == [row[source.key] for row in source.rows]
    assert len(frame) == COUNTS[layer]
    assert set(source.rows[0]) <= set(frame.columns)
    for shape, expected in zip(frame.geometry, source.shapes, strict=True):
        if expected is None:
            assert shape is None
        else:
            assert shape.equals(expected)


@pytest.mark.parametrize("layer", LAYER_IDS)
def test_csv_keeps_zeros_and_opens_in_a_spreadsheet(folder: Path, layer: str) -> None:
    path = folder / f"{layer}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    source = open_layers()[layer]
    assert [row[source.key] for row in rows] == [row[source.key] for row in source.rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    if layer == "premises":
        placed = [row for row in rows if row["lon"]]
        assert len(placed) == sum(shape is not None for shape in source.shapes)


def test_the_tiles_hold_the_wards(folder: Path) -> None:
    info = pyogrio.read_info(folder / "wards.pmtiles")
    assert {"code", "name", "population"} <= set(info["fields"])
    assert (folder / "wards.pmtiles").read_bytes().startswith(b"PMTiles\x03")


def test_exporting_again_replaces_the_files(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(folder, again)
    (again / "note.txt").write_text("the operator's own")
    assert main(["data", "export", "-o", str(again)]) == 0
    assert {path.name for path in again.iterdir()} == {path.name for path in folder.iterdir()} | {"note.txt"}
    assert (again / "wards.geojson").read_bytes() == (folder / "wards.geojson").read_bytes()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_lists_what_proves_each_file(served: TestClient, folder: Path, lang: str) -> None:
    answer = served.get(f"/du-lieu?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    listing = json.loads((folder / LISTING).read_text())
    for file in listing["files"]:
        assert f'href="/du-lieu/{file["name"]}"' in answer.text
        assert file["sha256"] in answer.text
    assert "OpenStreetMap" in answer.text
    assert "<script" not in answer.text
    assert "<style" not in answer.text


def test_without_a_folder_the_page_says_so(client: TestClient, tmp_path: Path) -> None:
    empty = TestClient(create_app(Settings(downloads=tmp_path / "nothing")))
    for asked in (client, empty):
        assert "Chưa có tệp nào" in asked.get("/du-lieu").text
        assert "No downloads are prepared" in asked.get("/du-lieu?lang=en").text
        assert_problem(asked.get("/du-lieu/wards.csv"), 404, field="name")


TYPES = {
    "wards.parquet": "application/vnd.apache.parquet",
    "wards.fgb": "application/flatgeobuf",
    "wards.gpkg": "application/geopackage+sqlite3",
    "wards.geojson": "application/geo+json",
    "wards.csv": "text/csv; charset=utf-8",
    "wards.pmtiles": "application/vnd.pmtiles",
}


@pytest.mark.parametrize(("name", "media_type"), TYPES.items())
def test_a_file_is_sent_whole(served: TestClient, folder: Path, name: str, media_type: str) -> None:
    answer = served.get(f"/du-lieu/{name}")
    content = (folder / name).read_bytes()
    assert answer.content == content
    assert answer.headers["content-type"] == media_type
    assert answer.headers["etag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert answer.headers["accept-ranges"] == "bytes"
    head = served.head(f"/du-lieu/{name}")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(content)
    again = served.get(f"/du-lieu/{name}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [("bytes=0-0", 0, 1), ("bytes=0-126", 0, 127), ("bytes=100-", 100, None), ("bytes=-50", -50, None),
     ("bytes=5-999999999", 5, None), ("bytes=-999999999", 0, None)],
)  # fmt: skip
def test_a_range_is_sent(served: TestClient, folder: Path, asked: str, begin: int, end: int | None) -> None:
    content = (folder / "wards.pmtiles").read_bytes()
    answer = served.get("/du-lieu/wards.pmtiles", headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert answer.status_code == 206
    assert answer.content == content[begin:end]
    first = begin % len(content)
    assert answer.headers["content-range"] == f"bytes {first}-{first + len(answer.content) - 1}/{len(content)}"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(served: TestClient, folder: Path, asked: str) -> None:
    answer = served.get("/du-lieu/wards.pmtiles", headers={"Range": asked})
    assert_problem(answer, 416)
    assert answer.headers["content-range"] == f"bytes */{(folder / 'wards.pmtiles').stat().st_size}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=9-2", "x"])
def test_a_range_that_cannot_be_served_is_passed_over(served: TestClient, asked: str) -> None:
    assert served.get("/du-lieu/wards.csv", headers={"Range": asked}).status_code == 200


def test_a_range_of_an_earlier_file_is_not_mixed_in(served: TestClient) -> None:
    etag = served.head("/du-lieu/wards.csv").headers["etag"]
    for condition, status in ((etag, 206), ('"other"', 200), (f"W/{etag}", 200)):
        headers = {"Range": "bytes=0-9", "If-Range": condition}
        assert served.get("/du-lieu/wards.csv", headers=headers).status_code == status


def test_nothing_but_listed_files_is_sent(folder: Path) -> None:
    (folder.parent / "secret").write_text("x")
    served = TestClient(create_app(Settings(downloads=folder)))
    for path in (LISTING, "../secret", "..%2Fsecret", "%2e%2e%2fsecret"):
        assert served.get(f"/du-lieu/{path}").status_code == 404


def test_a_file_that_is_not_what_was_listed_is_not_sent(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    served = TestClient(create_app(Settings(downloads=copy)))
    assert served.get("/du-lieu/wards.csv").status_code == 200
    (copy / "wards.csv").write_text("other")
    answer = served.get("/du-lieu/wards.csv")
    assert_problem(answer, 503)
    assert str(copy) not in answer.text
    assert main(["data", "export", "-o", str(copy)]) == 0
    assert served.get("/du-lieu/wards.csv").status_code == 200
    listing = json.loads((copy / LISTING).read_text())
    listing["files"][0]["name"] = "../secret"
    (copy / LISTING).write_text(json.dumps(listing))
    assert_problem(served.get("/du-lieu"), 503)
