"""Clients that others wrote read the collections: OWSLib, and GDAL (which QGIS reads with too)."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas
import pyogrio
import pytest
from owslib.ogcapi.features import Features

from geo.stores import EmbeddedStore
from tests.api.ogc.conftest import COLLECTIONS
from tests.api.ogc.running import serving


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pyogrio.set_gdal_config_options({"GDAL_HTTP_TIMEOUT": 60, "GDAL_HTTP_MAX_RETRY": 0})
    with serving() as root:
        yield root + "/ogc"


@pytest.fixture(scope="module")
def codes(store: EmbeddedStore) -> list[str]:
    return sorted(unit.code for unit in store.dataset(store.generations()[-1]).units)


@pytest.fixture
def service(address: str) -> Features:
    return Features(address, headers={"User-Agent": "test"}, timeout=30)


def test_owslib_finds_its_way(service: Features) -> None:
    assert service.api()["openapi"] == "3.0.3"
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in service.conformance()["conformsTo"]
    assert service.feature_collections() == list(COLLECTIONS)
    assert service.collection("wards")["id"] == "wards"


def test_owslib_reads_the_126_wards_by_pages(service: Features, codes: list[str]) -> None:
    found: list[str] = []
    for offset in range(0, 200, 50):
        page = service.collection_items("wards", limit=50, offset=offset)
        found += [feature["id"] for feature in page["features"]]
    assert found == codes


def test_owslib_asks_by_box_and_day(service: Features) -> None:
    box = [105.8541, 21.0284, 105.8543, 21.0286]
    found = service.collection_items("wards", bbox=box, datetime_="2025-07-01")
    assert [feature["id"] for feature in found["features"]] == ["00070"]
    assert service.collection_items("wards", bbox=box, datetime_="2025-06-30")["numberMatched"] == 0
    assert service.collection_items("old-communes", bbox=box, datetime_="2025-06-30")["numberMatched"] > 0
    assert service.collection_item("wards", "00070")["properties"]["name"] == "Hoàn Kiếm"


def test_gdal_lists_the_layers(address: str) -> None:
    assert [name for name, _ in pyogrio.list_layers(f"OAPIF:{address}")] == list(COLLECTIONS)


@pytest.mark.parametrize("page_size", [50, 1000])
def test_gdal_reads_the_126_wards_by_pages(address: str, codes: list[str], page_size: int) -> None:
    wards = geopandas.read_file(f"OAPIF:{address}", layer="wards", engine="pyogrio", PAGE_SIZE=page_size)
    assert sorted(wards["code"]) == codes
    assert wards.geometry.is_valid.all()
    assert wards.total_bounds.tolist() == pytest.approx([105.285352, 20.564283, 106.020128, 21.385421])


def test_gdal_asks_by_box(address: str) -> None:
    box = (105.8541, 21.0284, 105.8543, 21.0286)
    wards = geopandas.read_file(f"OAPIF:{address}", layer="wards", engine="pyogrio", bbox=box)
    assert list(wards["code"]) == ["00070"]


@pytest.mark.parametrize(("day", "layer", "count"), [
    ("2025-06-30", "wards", 0),
    ("2025-07-01", "wards", 126),
    ("2025-06-30", "old-districts", 30),
])  # fmt: skip
def test_gdal_asks_by_day(address: str, day: str, layer: str, count: int) -> None:
    url = f"{address}/collections/{layer}/items?datetime={day}&limit=1000"
    assert len(geopandas.read_file(url, engine="pyogrio")) == count
    assert len(geopandas.read_file(f"OAPIF:{address}", layer=layer, engine="pyogrio", DATETIME=day)) == count


@pytest.mark.parametrize("layer", COLLECTIONS)
def test_gdal_reads_every_layer(address: str, layer: str) -> None:
    assert pyogrio.read_info(f"OAPIF:{address}", layer=layer)["features"] > 0


@pytest.mark.parametrize("crs", ["OGC:CRS84", "EPSG:4326", "EPSG:3857", "EPSG:5897"])
def test_gdal_reads_every_reference_system(address: str, crs: str) -> None:
    """GDAL asks for a system by itself and turns axes by the register: what it reads lies where it should."""
    wards = geopandas.read_file(f"OAPIF:{address}", layer="wards", engine="pyogrio", CRS=crs)
    assert wards.crs is not None
    if crs not in {"OGC:CRS84", "EPSG:4326"}:  # GDAL turns degrees to longitude first, whichever of the two it got
        assert wards.crs == crs
    bounds = wards.to_crs("OGC:CRS84").total_bounds.tolist()
    assert bounds == pytest.approx([105.285352, 20.564283, 106.020128, 21.385421], abs=2e-5)
