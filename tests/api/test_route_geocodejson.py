"""A decision as GeocodeJSON 0.1.0: valid, the same candidates, points inside their wards, no address repeated."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import shapely
from fastapi.testclient import TestClient

from api.geocodejson import _label_point
from geo.locate import WardIndex
from tests.api.geocodejson_schema import SCHEMA

URL = "/v1/route"
WHOLE = {"address": "Tổ 5, Phường Ngọc Thụy, Quận Long Biên"}
SPLIT = {"address": "Phường Thịnh Liệt, Quận Hoàng Mai"}
LAKE = {"lon": 105.8542, "lat": 21.0285}


@pytest.mark.parametrize(
    "case", [WHOLE, SPLIT, {"address": "Hoàng Mai"}, {"address": "Hải Phòng"}, {"address": "Tam Hưng, Đống Đa", **LAKE}]
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_geocodejson_is_valid_and_holds_the_candidates(
    client: TestClient, index: WardIndex, case: dict[str, Any], lang: str
) -> None:
    response = client.post(URL, json=case, params={"format": "geocodejson", "lang": lang})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/geo+json"
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(body, SCHEMA, cls=jsonschema.Draft202012Validator)
    plain = client.post(URL, json=case, params={"lang": lang}).json()
    assert [feature["id"] for feature in body["features"]] == [c["code"] for c in plain["candidates"]]
    assert "query" not in body["geocoding"]
    assert body["geocoding"]["attribution"] == plain["attribution"]
    for member in ("outcome", "reason", "notices", "generation", "data_version"):
        assert body[member] == plain[member]
    for feature, candidate in zip(body["features"], plain["candidates"], strict=True):
        lon, lat = feature["geometry"]["coordinates"]
        assert index.ward_at(lon=lon, lat=lat) == index.unit(candidate["code"])
        assert (feature["properties"]["score"], feature["properties"]["clauses"]) == (
            candidate["score"],
            candidate["clauses"],
        )
        place = feature["properties"]["geocoding"]
        assert place["name"] == candidate["full_name"]
        assert place["label"] == f"{candidate['full_name']}, Hà Nội, Việt Nam"
        assert "accuracy" not in place
        assert ("không phải vị trí" in feature["properties"]["point"]) is (lang == "vi")


def test_the_schema_tells_a_wrong_collection(client: TestClient) -> None:
    body = client.post(URL, json=WHOLE, params={"format": "geocodejson"}).json()
    for broken in (
        {**body, "geocoding": {}},
        {**body, "features": [{**body["features"][0], "properties": {}}]},
        {**body, "features": [{**body["features"][0], "geometry": {"type": "Point", "coordinates": ["105", "21"]}}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_every_label_point_lies_inside_its_ward_alone(index: WardIndex) -> None:
    for ward, polygon in zip(index.wards, index.dataset.geometries, strict=True):
        point = _label_point(polygon)
        assert shapely.contains_properly(polygon, point), ward
