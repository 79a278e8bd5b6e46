"""The abstract tests of OGC 17-069r4 (Part 1), conformance class Core; each test is named by its requirement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from geo.stores import EmbeddedStore
from tests.api.ogc.conftest import COLLECTIONS, CRS84, ROOT, ids, items, links, parameters
from tests.api.problems import assert_problem

PREFIX = "http://www.opengis.net/spec/ogcapi-features-"


def test_req_core_http(client: TestClient) -> None:
    assert client.get(ROOT).status_code == 200
    assert_problem(client.get(f"{ROOT}/nothing"), 404)
    refused = client.post(f"{ROOT}/collections/wards/items")
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]


def test_req_core_root_op(client: TestClient) -> None:
    assert client.get(ROOT).status_code == client.get(ROOT + "/").status_code == 200


def test_req_core_root_success(client: TestClient) -> None:
    document = client.get(ROOT).json()
    for rel in ("service-desc", "service-doc", "conformance", "data"):
        for link in links(document, rel):
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].split(";")[0] == link["type"].split(";")[0]
        assert links(document, rel)


def test_req_core_api_definition_op(client: TestClient) -> None:
    assert client.get(f"{ROOT}/api").status_code == 200


def test_req_core_api_definition_success(client: TestClient) -> None:
    (link,) = links(client.get(ROOT).json(), "service-desc")
    answer = client.get(link["href"], headers={"Accept": link["type"]})
    assert answer.headers["content-type"] == link["type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert answer.json()["openapi"].startswith("3.0")


def test_req_core_conformance_op(client: TestClient) -> None:
    assert client.get(f"{ROOT}/conformance").status_code == 200


def test_req_core_conformance_success(client: TestClient) -> None:
    classes = client.get(f"{ROOT}/conformance").json()["conformsTo"]
    part1 = {f"{PREFIX}1/1.0/conf/{name}" for name in ("core", "oas30", "html", "geojson")}
    assert set(classes) == part1 | {f"{PREFIX}2/1.0/conf/crs"}


def test_req_core_fc_md_op(client: TestClient) -> None:
    assert client.get(f"{ROOT}/collections").status_code == 200


def test_req_core_fc_md_success(client: TestClient) -> None:
    document = client.get(f"{ROOT}/collections").json()
    assert {"links", "collections"} <= document.keys()
    assert [one["id"] for one in document["collections"]] == list(COLLECTIONS)
    approximate = {one["id"] for one in document["collections"] if one["approximate"]}
    assert approximate == {"old-communes", "old-districts", "crosswalk-pieces"}
    english = client.get(f"{ROOT}/collections?lang=en").json()
    for one in english["collections"]:
        assert ("approximate" in one["description"]) is (one["id"] in approximate)


def test_req_core_fc_md_links(client: TestClient) -> None:
    document = client.get(f"{ROOT}/collections").json()
    assert [link["type"] for link in links(document, "self")] == ["application/json"]
    assert [link["type"] for link in links(document, "alternate")] == ["text/html"]
    assert all(link["rel"] and link["type"] for link in document["links"])


def test_req_core_fc_md_items(client: TestClient) -> None:
    for one in client.get(f"{ROOT}/collections").json()["collections"]:
        assert {"id", "title", "description", "links", "extent", "itemType", "crs"} <= one.keys()


def test_req_core_fc_md_items_links(client: TestClient) -> None:
    for one in client.get(f"{ROOT}/collections").json()["collections"]:
        found = {link["type"]: link["href"] for link in links(one, "items")}
        assert set(found) == {"application/geo+json", "text/html"}
        for media_type, address in found.items():
            assert client.get(address).headers["content-type"].startswith(media_type)


def test_req_core_fc_md_extent(client: TestClient) -> None:
    for one in client.get(f"{ROOT}/collections").json()["collections"]:
        (box,) = one["extent"]["spatial"]["bbox"]
        assert one["extent"]["spatial"]["crs"] == CRS84
        west, south, east, north = box
        assert 105 < west < east < 106.1
        assert 20.5 < south < north < 21.5
        everything = items(client, one["id"], bbox=",".join(map(str, box)), limit=1000)
        shown = items(client, one["id"], limit=1000)["features"]
        assert everything["numberMatched"] == sum(feature["geometry"] is not None for feature in shown)
        (interval,) = one["extent"]["temporal"]["interval"]
        assert items(client, one["id"], datetime="/".join(end or ".." for end in interval))["numberMatched"] > 0


def test_req_core_fc_md_extent_multi(client: TestClient) -> None:
    for one in client.get(f"{ROOT}/collections").json()["collections"]:
        assert len(one["extent"]["spatial"]["bbox"]) == len(one["extent"]["temporal"]["interval"]) == 1


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_core_sfc_md_op(client: TestClient, collection: str) -> None:
    assert client.get(f"{ROOT}/collections/{collection}").status_code == 200


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_core_sfc_md_success(client: TestClient, collection: str) -> None:
    alone = client.get(f"{ROOT}/collections/{collection}").json()
    listed = next(one for one in client.get(f"{ROOT}/collections").json()["collections"] if one["id"] == collection)
    assert {name: alone[name] for name in alone if name != "links"} == {
        name: listed[name] for name in listed if name != "links"
    }
    assert links(alone, "items") == links(listed, "items")


def test_req_core_sfc_md_op_unknown_collection(client: TestClient) -> None:
    for path in ("", "/items", "/items/1"):
        assert_problem(client.get(f"{ROOT}/collections/nothing{path}"), 404, field="collectionId")


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_core_fc_op(client: TestClient, collection: str) -> None:
    answer = client.get(f"{ROOT}/collections/{collection}/items")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"


def test_req_core_fc_limit_definition(description: dict[str, Any]) -> None:
    for collection in COLLECTIONS:
        limit = parameters(description, f"/collections/{collection}/items")["limit"]
        assert (limit["in"], limit["required"], limit["style"], limit["explode"]) == ("query", False, "form", False)
        assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10}


def test_req_core_fc_limit_response_1(client: TestClient) -> None:
    assert items(client)["numberReturned"] == 10
    assert items(client, limit=3)["numberReturned"] == 3
    assert items(client, limit=1000)["numberReturned"] == 126
    assert items(client, limit=1_000_000)["numberReturned"] == 126  # over the maximum is no error
    for wrong in ("0", "-1", "x", "1.5", "", "９"):
        assert_problem(client.get(f"{ROOT}/collections/wards/items", params={"limit": wrong}), 400, field="limit")


def test_req_core_fc_bbox_definition(description: dict[str, Any]) -> None:
    for collection in COLLECTIONS:
        bbox = parameters(description, f"/collections/{collection}/items")["bbox"]
        assert (bbox["in"], bbox["required"], bbox["style"], bbox["explode"]) == ("query", False, "form", False)
        assert bbox["schema"]["type"] == "array"
        assert bbox["schema"]["items"] == {"type": "number"}
        assert [(one["minItems"], one["maxItems"]) for one in bbox["schema"]["oneOf"]] == [(4, 4), (6, 6)]


def test_req_core_fc_bbox_response(client: TestClient, store: EmbeddedStore) -> None:
    import shapely  # noqa: PLC0415

    dataset = store.dataset(store.generations()[-1])
    box = (105.84, 21.02, 105.86, 21.04)
    inside = [
        unit.code
        for unit, shape in zip(dataset.units, dataset.geometries, strict=True)
        if shapely.intersects(shape, shapely.box(*box))
    ]
    asked = ",".join(map(str, box))
    assert ids(items(client, bbox=asked, limit=1000)) == inside
    with_heights = f"{box[0]},{box[1]},-10,{box[2]},{box[3]},500"
    assert ids(items(client, bbox=with_heights, limit=1000)) == inside
    assert items(client, bbox="-10,-10,10,10")["numberMatched"] == 0
    assert items(client, bbox="170,20,-170,22")["numberMatched"] == 0
    assert items(client, bbox="105,20,-170,22")["numberMatched"] == 126  # over the antimeridian
    point = items(client, bbox="105.8542,21.0285,105.8542,21.0285")
    assert ids(point) == ["00070"]


def test_req_core_fc_bbox_response_without_shapes(client: TestClient) -> None:
    placed = items(client, "premises", bbox="105,20,107,22", limit=1000)["features"]
    every = items(client, "premises", limit=1000)["features"]
    assert {one["id"] for one in every if one["geometry"] is not None} == {one["id"] for one in placed}
    assert len(placed) < len(every)


WRONG_BOXES = ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "105,22,106,21", "0,0,0,nan", "0,0,0,inf", "-181,0,0,0", "0,0,0,91"]


@pytest.mark.parametrize("box", [*WRONG_BOXES, "0,0,9,1,1,-9"])
def test_req_core_fc_bbox_response_invalid(client: TestClient, box: str) -> None:
    assert_problem(client.get(f"{ROOT}/collections/wards/items", params={"bbox": box}), 400, field="bbox")


def test_req_core_fc_time_definition(description: dict[str, Any]) -> None:
    for collection in COLLECTIONS:
        time = parameters(description, f"/collections/{collection}/items")["datetime"]
        assert (time["in"], time["required"], time["style"], time["explode"]) == ("query", False, "form", False)
        assert time["schema"] == {"type": "string"}


TIMES = [
    ("2025-07-01", True, False),
    ("2025-06-30", False, True),
    ("2024-12-31", False, False),
    ("2025-07-01T00:00:00+07:00", True, False),
    ("2025-06-30T16:59:59Z", False, True),
    ("2025-06-30T17:00:00Z", True, False),  # midnight in Hà Nội
    ("2025-06-30T17:00:00.5z", True, False),
    ("2025-01-01/2025-06-30", False, True),
    ("2025-06-30/2025-07-01", True, True),
    ("2025-07-01/..", True, False),
    ("2025-07-01/", True, False),
    ("../2025-06-30", False, True),
    ("/2025-06-30T23:59:59+07:00", False, True),
    ("../..", True, True),
    ("2030-01-01", True, False),
]


@pytest.mark.parametrize(("asked", "new", "old"), TIMES)
def test_req_core_fc_time_response(client: TestClient, asked: str, new: bool, old: bool) -> None:
    expected = {"wards": 126 * new, "crosswalk-pieces": 795 * new, "old-communes": 526 * old, "old-districts": 30 * old}
    for collection, count in expected.items():
        assert items(client, collection, datetime=asked)["numberMatched"] == count


WRONG_TIMES = ["", "x", "2025-02-30", "2025-07-01T00:00:00", "2025-7-1", "2025-07-02/2025-07-01", "a/b/c", "2025"]


@pytest.mark.parametrize("asked", [*WRONG_TIMES, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_req_core_fc_time_response_invalid(client: TestClient, asked: str) -> None:
    answer = client.get(f"{ROOT}/collections/wards/items", params={"datetime": asked})
    assert_problem(answer, 400, field="datetime")


def test_req_core_query_param_unknown(client: TestClient) -> None:
    for path in ("", "/conformance", "/api", "/collections", "/collections/wards", "/collections/wards/items",
                 "/collections/wards/items/00070"):  # fmt: skip
        assert_problem(client.get(f"{ROOT}{path}?unknown=1"), 400, field="unknown")
    assert_problem(client.get(f"{ROOT}/collections/old-districts/items?ward_code=00070"), 400, field="ward_code")


def test_req_core_query_param_invalid(client: TestClient) -> None:
    for query, field in (("offset=-1", "offset"), ("f=xml", "f"), ("lang=fr", "lang"), ("limit=1&limit=2", "limit")):
        assert_problem(client.get(f"{ROOT}/collections/wards/items?{query}"), 400, field=field)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_core_fc_response(client: TestClient, collection: str) -> None:
    """Reading all pages finds every feature once, in one order, whatever the size of the pages."""
    whole = ids(items(client, collection, limit=1000))
    assert len(set(whole)) == len(whole) == items(client, collection)["numberMatched"]
    found, address = [], f"{ROOT}/collections/{collection}/items?limit=100"
    while address:
        document = client.get(address).json()
        found += ids(document)
        following = links(document, "next")
        address = following[0]["href"] if following else ""
    assert found == whole


def test_req_core_fc_links(client: TestClient) -> None:
    document = items(client, limit=50, offset=50, name="Ba Đình")
    assert (links(document, "next"), document["numberReturned"]) == ([], 0)
    document = items(client, limit=50, offset=50)
    assert {link["type"] for link in document["links"] if link["rel"] in {"self", "next", "prev"}} == {
        "application/geo+json"
    }
    (following,), (before,) = links(document, "next"), links(document, "prev")
    assert ids(client.get(following["href"]).json()) == ids(items(client, limit=1000))[100:]
    assert ids(client.get(before["href"]).json()) == ids(items(client, limit=50))
    assert not links(items(client, limit=126), "next")
    assert not links(items(client, limit=126), "prev")
    kept = client.get(links(items(client, limit=1, lang="en", bbox="105,20,106,22"), "next")[0]["href"])
    assert kept.json()["numberMatched"] == 126
    assert "lang=en" in links(kept.json(), "self")[0]["href"]


def test_req_core_fc_rel_type(client: TestClient) -> None:
    for path in ("", "/collections", "/collections/wards/items", "/collections/wards/items/00070"):
        for link in client.get(ROOT + path).json()["links"]:
            assert link["rel"]
            assert link["type"]


def test_req_core_fc_timeStamp(client: TestClient) -> None:  # noqa: N802 (the requirement is called so)
    stamp = datetime.fromisoformat(items(client)["timeStamp"])
    assert stamp.utcoffset() is not None
    assert stamp <= datetime.now(UTC)


def test_req_core_fc_numberMatched(client: TestClient) -> None:  # noqa: N802
    counts = {collection: items(client, collection)["numberMatched"] for collection in COLLECTIONS}
    assert counts == {
        "wards": 126,
        "old-communes": 526,
        "old-districts": 30,
        "premises": 139,
        "crosswalk-pieces": 795,
    }


def test_req_core_fc_numberReturned(client: TestClient) -> None:  # noqa: N802
    for collection in COLLECTIONS:
        document = items(client, collection, limit=7)
        assert document["numberReturned"] == len(document["features"]) == 7


FILTERS = [
    ("wards", {"code": "00070"}, ["00070"]),
    ("wards", {"name": "Hoàn Kiếm"}, ["00070"]),
    ("wards", {"name": "Hoàn Kiếm"}, ["00070"]),  # typed with combining marks
    ("wards", {"name": "Hoàn Kiếm", "type": "xã"}, []),
    ("old-communes", {"code": "00118"}, ["00118"]),
    ("old-districts", {"full_name": "Quận Ba Đình"}, ["001"]),
    ("premises", {"id": "00004-1"}, ["00004-1"]),
    ("crosswalk-pieces", {"old_code": "00001"}, ["00001-00097"]),
    ("crosswalk-pieces", {"clause": "14", "old_code": "00001"}, ["00001-00097"]),
]


@pytest.mark.parametrize(("collection", "query", "found"), FILTERS)
def test_rec_core_fc_filters(client: TestClient, collection: str, query: dict[str, str], found: list[str]) -> None:
    assert ids(items(client, collection, **query)) == found


@pytest.mark.parametrize("value", ["", "AAA", "14.0", "null", "1" * 30])
def test_a_column_of_whole_numbers_takes_nothing_else(client: TestClient, value: str) -> None:
    response = client.get(f"{ROOT}/collections/crosswalk-pieces/items", params={"clause": value})
    assert_problem(response, 400, field="clause")


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_core_f_op(client: TestClient, collection: str) -> None:
    (first,) = items(client, collection, limit=1)["features"]
    answer = client.get(f"{ROOT}/collections/{collection}/items/{first['id']}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"


def test_req_core_f_success(client: TestClient) -> None:
    (first,) = items(client, limit=1)["features"]
    alone = client.get(f"{ROOT}/collections/wards/items/{first['id']}").json()
    assert {name: alone[name] for name in first} == first


def test_req_core_f_success_unknown_feature(client: TestClient, store: EmbeddedStore) -> None:
    assert_problem(client.get(f"{ROOT}/collections/wards/items/99999"), 404, field="featureId")
    codes = {unit.code for unit in store.dataset(store.generations()[-1]).units}
    retired = next(unit.code for unit in store.dataset(store.generations()[0]).units if unit.code not in codes)
    body = assert_problem(client.get(f"{ROOT}/collections/wards/items/{retired}"), 404)
    assert body["successors"]


def test_req_core_f_links(client: TestClient) -> None:
    document = client.get(f"{ROOT}/collections/wards/items/00070").json()
    for rel in ("self", "alternate", "collection"):
        (link,) = links(document, rel)
        assert client.get(link["href"]).headers["content-type"].startswith(link["type"])


def test_req_core_crs84(client: TestClient) -> None:
    for path in ("items", "items/00070"):
        answer = client.get(f"{ROOT}/collections/wards/{path}")
        assert answer.headers["content-crs"] == f"<{CRS84}>"
    (west, south), *_ = items(client, limit=1)["features"][0]["geometry"]["coordinates"][0]
    assert 105 < west < 107
    assert 20 < south < 22
