"""The abstract tests of Part 1's classes GeoJSON, HTML and OpenAPI 3.0, content negotiation and caching."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
import shapely
from fastapi.testclient import TestClient
from jsonschema import Draft4Validator

from tests.api.ogc.conftest import COLLECTIONS, ROOT, ids, items, links, parameters
from tests.api.problems import assert_problem

GEOJSON, HTML = "application/geo+json", "text/html"
PATHS = ["", "/conformance", "/api", "/collections", "/collections/wards", "/collections/wards/items?limit=2"]
PATHS += [f"/collections/{collection}/items?limit=1" for collection in COLLECTIONS]
PATHS += ["/collections/wards/items/00070"]


def and_query(path: str, query: str) -> str:
    return f"{ROOT}{path}{'&' if '?' in path else '?'}{query}"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_geojson_definition(client: TestClient, collection: str) -> None:
    answer = client.get(f"{ROOT}/collections/{collection}/items", headers={"Accept": GEOJSON})
    assert answer.headers["content-type"] == GEOJSON
    (first,) = ids(items(client, collection, limit=1))
    alone = client.get(f"{ROOT}/collections/{collection}/items/{first}", headers={"Accept": GEOJSON})
    assert alone.headers["content-type"] == GEOJSON


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_req_geojson_content(client: TestClient, collection: str) -> None:
    """Every feature is RFC 7946: at most 7 decimals, outer rings counter-clockwise, a null where nothing is known."""
    answer = client.get(f"{ROOT}/collections/{collection}/items?limit=1000")
    document = answer.json()
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert not re.search(r"\d\.\d{8}", answer.text.partition('"features":')[2].replace('"drawn_share"', ""))
    missing = 0
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        if feature["geometry"] is None:
            missing += 1
            continue
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        for polygon in shapely.get_parts(shape):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw
                assert not any(ring.is_ccw for ring in polygon.interiors)
    assert (missing > 0) is (collection in {"premises", "crosswalk-pieces"})


def test_what_is_approximate_says_so_in_every_feature(client: TestClient) -> None:
    for collection in COLLECTIONS:
        said = {feature["properties"]["approximate"] for feature in items(client, collection, limit=1000)["features"]}
        assert said == {collection not in {"wards", "premises"}}


def test_premises_with_a_point_say_how_sure_it_is(client: TestClient) -> None:
    for feature in items(client, "premises", limit=1000)["features"]:
        known = feature["properties"]["uncertainty_m"] is not None
        assert known is (feature["geometry"] is not None)


class Page(HTMLParser):
    """What matters of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: set[str] = set()
        self.inline = False
        self.text = ""
        self.lang = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.lang = self.lang or given.get("lang", "")
        self.ids += [given["id"]] if "id" in given else []
        self.addresses |= {given[name] for name in ("href", "src") if name in given}
        self.inline |= tag == "style" or "style" in given or any(name.startswith("on") for name in given)
        self.inline |= tag == "script" and "src" not in given

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("path", PATHS)
def test_req_html_definition(client: TestClient, path: str) -> None:
    for answer in (client.get(and_query(path, "f=html")), client.get(ROOT + path, headers={"Accept": HTML})):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_req_html_content(client: TestClient, path: str, lang: str) -> None:
    html = client.get(and_query(path, f"f=html&lang={lang}")).text
    page = Page(html)
    assert html.startswith("<!doctype html>")
    assert page.lang == lang
    assert {"main", "h1", "title"} <= set(page.tags)
    assert page.tags.count("h1") == 1
    assert len(set(page.ids)) == len(page.ids)
    assert not page.inline
    assert all(re.match(r"(/|#|data:,|http://testserver/)", one) for one in page.addresses)
    if path == "/api":
        return
    document = client.get(and_query(path, f"f=json&lang={lang}")).json()
    for link in document["links"]:
        if link["rel"] not in {"self", "alternate", "next", "prev"}:
            assert link["href"] in page.addresses
    for feature in document.get("features", [document] if document.get("type") == "Feature" else []):
        for name, value in feature["properties"].items():
            assert name in page.text
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                assert str(value) in page.text


def test_a_page_of_one_feature_holds_its_coordinates(client: TestClient) -> None:
    document = client.get(f"{ROOT}/collections/wards/items/00070?f=json").json()
    page = client.get(f"{ROOT}/collections/wards/items/00070?f=html").text
    for lon, lat in document["geometry"]["coordinates"][0]:
        assert f"{lon} {lat}" in page


def test_names_are_escaped(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/collections/wards/items", params={"f": "html", "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


ACCEPTS = [
    ("*/*", "application/json"),
    ("application/json", "application/json"),
    ("application/geo+json, application/json", "application/json"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
    ("text/*;q=0.5, application/*;q=0.4", HTML),
    ("text/html;q=0, */*", "application/json"),
    ("application/json;q=0.1, text/html;q=x", "application/json"),
]


@pytest.mark.parametrize(("accept", "media_type"), ACCEPTS)
def test_the_representation_is_negotiated(client: TestClient, accept: str, media_type: str) -> None:
    answer = client.get(ROOT, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(media_type)
    assert "Accept" in [part.strip() for part in answer.headers["vary"].split(",")]
    assert client.get(f"{ROOT}?f=html", headers={"Accept": accept}).headers["content-type"].startswith(HTML)


def test_nothing_acceptable_is_said(client: TestClient) -> None:
    for path in PATHS:
        for accept in ("image/png", "application/json;q=0, text/html;q=0"):
            assert_problem(client.get(ROOT + path, headers={"Accept": accept}), 406)


@pytest.mark.parametrize("path", PATHS)
def test_an_etag_saves_the_second_answer(client: TestClient, path: str) -> None:
    for query in ("f=json", "f=html"):
        first = client.get(and_query(path, query))
        assert first.headers["etag"].startswith('"')
        assert first.headers["cache-control"] == ("public, max-age=3600" if query == "f=json" else "no-cache")
        again = client.get(and_query(path, query), headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_req_oas30_oas_definition_1(client: TestClient) -> None:
    described = client.get(f"{ROOT}/api").json()
    alternate = client.get(f"{ROOT}/api?f=html")
    assert described["openapi"] == "3.0.3"
    assert "/collections/wards/items" in alternate.text


def test_req_oas30_oas_definition_2(description: dict[str, Any]) -> None:
    assert {"openapi", "info", "paths", "servers", "components"} <= description.keys()
    assert {"title", "version"} <= description["info"].keys()
    names = [operation["get"]["operationId"] for operation in description["paths"].values()]
    assert len(set(names)) == len(names)
    for operation in description["paths"].values():
        for status, response in operation["get"]["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d", status)
            assert "$ref" in response or response["description"]
    for schema in description["components"]["schemas"].values():
        Draft4Validator.check_schema(schema)  # what OpenAPI 3.0 has in common with it


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [*([node["$ref"]] if "$ref" in node else []), *(ref for one in node.values() for ref in references(one))]
    return [ref for one in node for ref in references(one)] if isinstance(node, list) else []


def test_req_oas30_oas_definition_2_references(description: dict[str, Any]) -> None:
    for reference in references(description):
        found: Any = description
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


def test_req_oas30_oas_impl(client: TestClient, description: dict[str, Any]) -> None:
    """What is described is served, from the server that is named."""
    (server,) = description["servers"]
    assert server["url"] == "http://testserver/ogc"
    for path, operation in description["paths"].items():
        given = [one for one in operation["get"]["parameters"] if one.get("in") == "path"]
        url = server["url"] + path
        for parameter in given:
            url = url.replace("{" + parameter["name"] + "}", parameter["example"])
        for media_type in operation["get"]["responses"]["200"]["content"]:
            answer = client.get(url, headers={"Accept": media_type.split(";")[0]})
            assert answer.headers["content-type"].split(";")[0] == media_type.split(";")[0], url


def test_req_oas30_completeness(client: TestClient, description: dict[str, Any]) -> None:
    for path in description["paths"]:
        if path.endswith("items"):
            known = parameters(description, path)
            sample = {"limit": "5", "offset": "1", "bbox": "105,20,106,22", "datetime": "2025-01-01/..", "f": "json"}
            sample |= {"lang": "en"}
            own = {name: "1" for name in known if name not in sample and name not in {"crs", "bbox-crs"}}
            for name, value in (sample | own).items():
                assert name in known
                assert client.get(ROOT + path, params={name: value}).status_code == 200, (path, name)


def test_req_oas30_exceptions_codes(client: TestClient, description: dict[str, Any]) -> None:
    operation = description["paths"]["/collections/wards/items"]["get"]["responses"]
    assert {"400", "404", "406", "500"} <= operation.keys()
    for query, headers, status in (("?x=1", {}, "400"), ("/99999", {}, "404"), ("", {"Accept": "image/png"}, "406")):
        answer = client.get(f"{ROOT}/collections/wards/items{query}", headers=headers)
        name = operation[status]["$ref"].rpartition("/")[2]
        described = description["components"]["responses"][name]["content"]
        assert str(answer.status_code) == status
        assert answer.headers["content-type"] in described
        required = description["components"]["schemas"]["problem"]["required"]
        assert set(required) <= answer.json().keys()


def test_req_oas30_security(description: dict[str, Any]) -> None:
    """Nothing here needs a key, and nothing says it does."""
    assert "security" not in description
    assert "securitySchemes" not in description["components"]


def test_the_answers_are_what_the_schemas_say(client: TestClient, description: dict[str, Any]) -> None:
    def plain(node: Any) -> Any:
        """Turn what OpenAPI 3.0 says in its own words into JSON Schema."""
        if isinstance(node, list):
            return [plain(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return plain(description["components"]["schemas"][node["$ref"].rpartition("/")[2]])
        made = {name: plain(value) for name, value in node.items() if name != "nullable"}
        if node.get("nullable"):
            return {"anyOf": [made, {"type": "null"}]}
        return made

    for path, operation in description["paths"].items():
        url = path.replace("{featureId}", operation["get"]["parameters"][0].get("example", ""))
        (media_type, *_) = operation["get"]["responses"]["200"]["content"]
        schema = plain(operation["get"]["responses"]["200"]["content"][media_type]["schema"])
        Draft4Validator(schema).validate(client.get(f"{ROOT}{url}").json())


def test_the_documents_speak_the_language_asked_for(client: TestClient) -> None:
    assert client.get(f"{ROOT}?lang=en").json()["title"] == "Hà Nội wards: features"
    assert client.get(ROOT, headers={"Accept-Language": "en"}).json()["title"] == "Hà Nội wards: features"
    assert client.get(ROOT).json()["title"].startswith("Phường, xã")
    (data,) = links(client.get(f"{ROOT}?lang=en").json(), "data")
    assert "lang=en" in data["href"]
