"""One dataset, many faces: REST, OGC API – Features, GeocodeJSON, CSV and GeoParquet say the same of the same thing."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas
import pytest
from fastapi.testclient import TestClient
from shapely.geometry import shape

from api.services import PIECES_TOLERANCE_M
from geo.layers import open_layers, tables
from geo.layers.files import FORMATS

WARD, COMMUNE = "00070", "00118"
FIGURES = ("code", "name", "type", "full_name", "population", "area_km2", "polygon_area_km2")
NAMES = ("code", "name", "type", "full_name", "district_code", "district")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faces")
    layers = open_layers()
    for form in FORMATS:
        if form.suffix in {"csv", "parquet"}:
            for layer in ("wards", "old-communes"):
                form.write(layers[layer], folder / f"{layer}.{form.suffix}")
    return folder


def csv_row(path: Path, code: str) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["code"] == code)


def parquet_row(path: Path, code: str) -> geopandas.GeoSeries:
    frame = geopandas.read_parquet(path)
    return frame[frame["code"] == code].iloc[0]


@pytest.mark.parametrize("code", [WARD, "00004", "10489"])
def test_a_ward_is_the_same_everywhere(client: TestClient, written: Path, code: str) -> None:
    rest = client.get(f"/v1/wards/{code}?geometry=full").json()
    figures = {name: rest["properties"][name] for name in FIGURES}
    feature = client.get(f"/ogc/collections/wards/items/{code}").json()
    listed = client.get("/ogc/collections/wards/items", params={"code": code}).json()["features"][0]
    parquet = parquet_row(written / "wards.parquet", code)
    text = csv_row(written / "wards.csv", code)
    for face in (feature["properties"], listed["properties"], parquet):
        assert {name: face[name] for name in FIGURES} == figures
    assert {name: text[name] for name in FIGURES} == {name: str(value) for name, value in figures.items()}
    versions = {rest["properties"]["data_version"], feature["data_version"], feature["properties"]["data_version"]}
    assert versions | {parquet["data_version"], text["data_version"]} == {feature["data_version"]}
    assert shape(rest["geometry"]).equals(shape(feature["geometry"]))
    assert parquet["geometry"].equals(shape(feature["geometry"]))
    came_from = {link["old_unit"]["code"] for link in rest["properties"]["predecessors"]}
    assert set(feature["properties"]["old_codes"].split(";")) == came_from == set(text["old_codes"].split(";"))


def test_geocodejson_names_the_same_ward(client: TestClient) -> None:
    case = {"address": "Phường Ngọc Thụy, Quận Long Biên"}
    plain = client.post("/v1/route", json=case).json()
    answered = client.post("/v1/route?format=geocodejson", json=case).json()
    assert [one["id"] for one in answered["features"]] == [one["code"] for one in plain["candidates"]]
    for one in answered["features"]:
        feature = client.get(f"/ogc/collections/wards/items/{one['id']}").json()
        ward = client.get(f"/v1/wards/{one['id']}").json()
        assert one["properties"]["geocoding"]["name"] in feature["properties"]["full_name"]
        assert feature["properties"]["full_name"] == ward["full_name"]
        assert shape(feature["geometry"]).covers(shape(one["geometry"]))
        assert answered["data_version"] == feature["data_version"]


@pytest.mark.parametrize("code", [COMMUNE, "00001"])
def test_an_old_commune_is_the_same_everywhere(client: TestClient, written: Path, code: str) -> None:
    rest = client.get(f"/v1/old-units/{code}").json()
    feature = client.get(f"/ogc/collections/old-communes/items/{code}").json()
    parquet = parquet_row(written / "old-communes.parquet", code)
    text = csv_row(written / "old-communes.csv", code)
    for face in (feature["properties"], parquet, text):
        assert {name: face[name] for name in NAMES} == {name: rest[name] for name in NAMES}
        assert set(face["ward_codes"].split(";")) == {link["ward"]["code"] for link in rest["successors"]}
    assert rest["approximate"] is feature["properties"]["approximate"] is bool(parquet["approximate"]) is True
    assert float(text["polygon_area_km2"]) == parquet["polygon_area_km2"] == feature["properties"]["polygon_area_km2"]
    assert parquet["geometry"].equals(shape(feature["geometry"]))
    assert rest["generation"] == feature["generation"] == text["generation"]


def test_pieces_are_the_maps_pieces(client: TestClient) -> None:
    assert tables.PIECES_TOLERANCE_M == PIECES_TOLERANCE_M
    shown = client.get(f"/v1/crosswalk/pieces?old_code={COMMUNE}").json()["features"]
    served = client.get("/ogc/collections/crosswalk-pieces/items", params={"old_code": COMMUNE}).json()["features"]
    pieces = {
        one["properties"]["ward_code"]: one["geometry"] for one in shown if one["properties"].get("kind") == "piece"
    }
    assert pieces.keys() == {one["properties"]["ward_code"] for one in served}
    for one in served:
        other = pieces[one["properties"]["ward_code"]]
        if one["geometry"] is None:
            assert other is None
        else:
            assert shape(one["geometry"]).equals(shape(other))


def test_premises_are_the_same(client: TestClient) -> None:
    rest = {one["id"]: one for one in client.get("/v1/premises").json()["items"]}
    served = client.get("/ogc/collections/premises/items?limit=1000").json()["features"]
    assert rest.keys() == {one["id"] for one in served}
    for one in served:
        position = rest[one["id"]]["position"]
        expected = None if position is None else [position["lon"], position["lat"]]
        assert (one["geometry"] or {}).get("coordinates") == expected
        for name in ("ward_code", "role", "status", "address", "confidence", "source"):
            assert one["properties"][name] == rest[one["id"]][name]
