"""The pieces over HTTP."""

from __future__ import annotations

import shapely
from fastapi.testclient import TestClient

from geo.crosswalk import Crosswalk
from tests.api.problems import assert_problem

PATH = "/v1/crosswalk/pieces"


def test_a_commune_comes_with_its_pieces(client: TestClient, crosswalk: Crosswalk) -> None:
    response = client.get(PATH, params={"old_code": "00118"})
    assert response.headers["content-type"] == "application/geo+json"
    body = response.json()
    assert body["approximate"] is True
    assert body["tolerance_m"] == 10
    assert body["generation"] == "2025-01-01"
    whole, *parts = body["features"]
    assert whole["properties"]["kind"] == "old-unit"
    assert [part["properties"]["ward_code"] for part in parts] == [
        ward.code for _, ward in crosswalk.successors("00118")
    ]
    assert [part["properties"]["clause"] for part in parts] == [14, 40]
    shapes = [shapely.geometry.shape(one["geometry"]) for one in (whole, *parts)]
    assert all(shape.is_valid for shape in shapes)
    assert all(shape.exterior.is_ccw for shape in shapes if shape.geom_type == "Polygon")
    for one, shape in zip((whole, *parts), shapes, strict=True):
        assert shape.contains(shapely.Point(one["properties"]["label"]))
    assert len({one["id"] for one in body["features"]}) == 3


def test_a_piece_too_small_to_draw_is_there_without_a_shape(client: TestClient) -> None:
    features = client.get(PATH, params={"old_code": "00040"}).json()["features"]
    assert [one["geometry"] for one in features if one["properties"].get("ward_code") == "00004"] == [None]


def test_a_ward_and_a_district_come_with_all_their_communes(client: TestClient, crosswalk: Crosswalk) -> None:
    for params, expected in (
        ({"ward_code": "00070"}, {unit.code for _, unit in crosswalk.predecessors("00070")}),
        ({"district_code": "004"}, {unit.code for unit in crosswalk.old_units.values() if unit.district_code == "004"}),
    ):
        features = client.get(PATH, params=params).json()["features"]
        assert {one["properties"]["old_code"] for one in features} == expected


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(PATH, params={"old_code": "00118"})
    assert "max-age" in first.headers["cache-control"]
    held = {"If-None-Match": first.headers["etag"]}
    assert client.get(PATH, params={"old_code": "00118"}, headers=held).status_code == 304
    assert client.get(PATH, params={"old_code": "00040"}, headers=held).status_code == 200


def test_without_a_code_everything_comes(client: TestClient, crosswalk: Crosswalk) -> None:
    kinds = [one["properties"]["kind"] for one in client.get(PATH).json()["features"]]
    assert (kinds.count("old-unit"), kinds.count("piece")) == (len(crosswalk.old_units), 795)


def test_a_known_code_is_wanted(client: TestClient) -> None:
    both = {"old_code": "00118", "district_code": "004"}
    assert len(client.get(PATH, params=both).json()["features"]) == 3
    assert client.get(PATH, params=both | {"ward_code": "00070"}).json()["features"] == []
    assert_problem(client.get(PATH, params={"old_code": "99999"}), 404)
    assert_problem(client.get(PATH, params={"ward_code": "00001"}), 404)
    assert_problem(client.get(PATH, params={"district_code": "999"}), 404)
    assert_problem(client.get(PATH, params={"district_code": "x"}), 422)


def test_a_district_is_light(client: TestClient, crosswalk: Crosswalk) -> None:
    for code in {unit.district_code for unit in crosswalk.old_units.values()}:
        assert len(client.get(PATH, params={"district_code": code}).content) < 300_000
