"""The abstract tests of OGC 18-058r1 (Part 2: reference systems); each test is named by its requirement."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyproj
import pytest
import shapely
from fastapi.testclient import TestClient

from geo.crs.published import PublishedCrs, geometry_to_published
from tests.api.ogc.conftest import COLLECTIONS, CRS84, EPSG, ROOT, ids, items, parameters
from tests.api.problems import assert_problem

LISTED = [CRS84, f"{EPSG}4326", f"{EPSG}3857", f"{EPSG}5897"]
EPSG_6960_ACCURACY_M = 1.0


def by_pyproj(crs: str, lon: float, lat: float) -> tuple[float, float]:
    """Transform as the EPSG register has it, axis order included, by code that is not ours."""
    target = "OGC:CRS84" if crs == CRS84 else f"EPSG:{crs.rpartition('/')[2]}"
    return pyproj.Transformer.from_crs("OGC:CRS84", target).transform(lon, lat)


def tolerance(crs: str) -> float:
    if crs.endswith("5897"):
        return EPSG_6960_ACCURACY_M  # pyproj may choose another of two operations of the same accuracy
    return 1e-6 if crs in {CRS84, f"{EPSG}4326"} else 0.01


def test_the_axis_orders_are_those_of_the_register() -> None:
    first = {one: pyproj.CRS.from_user_input(one.value).axis_info[0].direction for one in PublishedCrs}
    assert {one: direction == "north" for one, direction in first.items()} == {
        one: one.latitude_first for one in PublishedCrs
    }
    assert first[PublishedCrs.EPSG_5897] == "east"


def test_req_crs_crs_uri() -> None:
    assert [str(one) for one in PublishedCrs] == LISTED
    assert all(pyproj.CRS.from_user_input(uri) for uri in LISTED)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_crs_fc_md_crs_list(client: TestClient, collection: str) -> None:
    assert client.get(f"{ROOT}/collections/{collection}").json()["crs"] == LISTED


def test_req_crs_fc_md_storage_crs(client: TestClient) -> None:
    for one in client.get(f"{ROOT}/collections").json()["collections"]:
        assert one["storageCrs"] == CRS84


def test_req_crs_fc_md_storage_crs_valid_value(client: TestClient) -> None:
    for one in client.get(f"{ROOT}/collections").json()["collections"]:
        assert one["storageCrs"] in one["crs"]


def test_req_crs_fc_md_crs_list_global(client: TestClient) -> None:
    """Each collection lists its own systems: nothing refers to a global list, and there is none."""
    document = client.get(f"{ROOT}/collections").json()
    assert "crs" not in document
    assert all("#/crs" not in one["crs"] for one in document["collections"])


@pytest.mark.parametrize("name", ["crs", "bbox-crs"])
def test_req_crs_fc_crs_definition(description: dict[str, Any], name: str) -> None:
    """``/req/crs/fc-crs-definition`` and ``/req/crs/fc-bbox-crs-definition``."""
    for collection in COLLECTIONS:
        found = parameters(description, f"/collections/{collection}/items")[name]
        assert (found["in"], found["required"], found["style"], found["explode"]) == ("query", False, "form", False)
        assert (found["schema"]["type"], found["schema"]["format"]) == ("string", "uri")
    assert "crs" in parameters(description, "/collections/wards/items/{featureId}")


@pytest.mark.parametrize("crs", LISTED)
def test_req_crs_fc_crs_valid_value(client: TestClient, crs: str) -> None:
    for path in ("items", "items/00070"):
        assert client.get(f"{ROOT}/collections/wards/{path}", params={"crs": crs}).status_code == 200


WRONG = ["", "EPSG:4326", "4326", f"{EPSG}32648", "http://www.opengis.net/def/crs/EPSG/0/4326/"]


@pytest.mark.parametrize("crs", WRONG)
def test_req_crs_crs_exception(client: TestClient, crs: str) -> None:
    for path in ("items", "items/00070"):
        assert_problem(client.get(f"{ROOT}/collections/wards/{path}", params={"crs": crs}), 400, field="crs")


@pytest.mark.parametrize("crs", WRONG)
def test_req_crs_bbox_crs_exception(client: TestClient, crs: str) -> None:
    asked = {"bbox": "105,20,106,22", "bbox-crs": crs}
    assert_problem(client.get(f"{ROOT}/collections/wards/items", params=asked), 400, field="bbox-crs")


def test_req_crs_fc_crs_valid_default_value(client: TestClient) -> None:
    assert items(client)["features"] == items(client, crs=CRS84)["features"]


def test_req_crs_fc_bbox_crs_valid_default_value(client: TestClient) -> None:
    box = "105.84,21.02,105.86,21.04"
    assert ids(items(client, bbox=box)) == ids(items(client, bbox=box, bbox_crs=CRS84)) != []


@pytest.mark.parametrize("crs", LISTED)
def test_req_crs_fc_crs_action(client: TestClient, crs: str) -> None:
    """Every vertex of a ward is where the EPSG register puts it, in the register's axis order."""
    at_home = client.get(f"{ROOT}/collections/wards/items/00070").json()["geometry"]["coordinates"][0]
    moved = client.get(f"{ROOT}/collections/wards/items/00070", params={"crs": crs}).json()
    expected = [by_pyproj(crs, lon, lat) for lon, lat in at_home]
    np.testing.assert_allclose(moved["geometry"]["coordinates"][0], expected, rtol=0, atol=tolerance(crs))
    listed = items(client, code="00070", crs=crs)["features"][0]
    assert listed["geometry"] == moved["geometry"]


def test_req_crs_fc_crs_action_without_shapes(client: TestClient) -> None:
    shapes = [one["geometry"] for one in items(client, "premises", limit=1000, crs=f"{EPSG}4326")["features"]]
    points = [shape["coordinates"] for shape in shapes if shape is not None]
    assert None in shapes
    assert all(20 < lat < 22 and 105 < lon < 107 for lat, lon in points)


@pytest.mark.parametrize("crs", LISTED)
def test_req_crs_fc_bbox_crs_action(client: TestClient, crs: str) -> None:
    """The same little box finds the same ward, whichever system and axis order it is given in."""
    x, y = by_pyproj(crs, 105.8542, 21.0285)
    apart = 1e-5 if crs in {CRS84, f"{EPSG}4326"} else 1.0
    asked = f"{x - apart},{y - apart},{x + apart},{y + apart}"
    assert ids(items(client, bbox=asked, bbox_crs=crs)) == ["00070"]
    assert ids(items(client, bbox=asked, bbox_crs=crs, crs=f"{EPSG}3857")) == ["00070"]
    swapped = f"{y - apart},{x - apart},{y + apart},{x + apart}"
    answer = client.get(f"{ROOT}/collections/wards/items", params={"bbox": swapped, "bbox-crs": crs})
    assert answer.status_code == 400 or answer.json()["numberMatched"] == 0


@pytest.mark.parametrize("crs", [f"{EPSG}3857", f"{EPSG}5897"])
@pytest.mark.parametrize("box", ["2,1,1,2", "1,2,2,1"])
def test_req_crs_fc_bbox_crs_action_invalid(client: TestClient, crs: str, box: str) -> None:
    asked = {"bbox": box, "bbox-crs": crs}
    assert_problem(client.get(f"{ROOT}/collections/wards/items", params=asked), 400, field="bbox")


@pytest.mark.parametrize("crs", LISTED)
def test_req_crs_ogc_crs_header(client: TestClient, crs: str) -> None:
    """``/req/crs/ogc-crs-header`` and ``/req/crs/ogc-crs-header-value``."""
    for path in ("items", "items/00070"):
        for form in ("json", "html"):
            answer = client.get(f"{ROOT}/collections/wards/{path}", params={"crs": crs, "f": form})
            assert answer.headers["content-crs"] == f"<{crs}>"


@pytest.mark.parametrize("crs", LISTED)
def test_req_crs_geojson(client: TestClient, crs: str) -> None:
    """GeoJSON in another system is by prior arrangement: who asked knows, and no ``crs`` member of old is sent."""
    document = items(client, crs=crs)
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document


def test_web_mercator_ends_before_the_pole() -> None:
    with pytest.raises(ValueError, match="pole"):
        geometry_to_published(np.array([shapely.Point(0, 89)], dtype=object), PublishedCrs.EPSG_3857)
