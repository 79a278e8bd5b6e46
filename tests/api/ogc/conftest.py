"""What the tests of OGC API – Features share."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

ROOT = "/ogc"
COLLECTIONS = ("wards", "old-communes", "old-districts", "premises", "crosswalk-pieces")
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.fixture(scope="session")
def description(client: TestClient) -> dict[str, Any]:
    """The OpenAPI 3.0 document."""
    return client.get("/ogc/api").json()


def items(client: TestClient, collection: str = "wards", /, **query: Any) -> dict[str, Any]:
    """Ask for items; ``bbox_crs`` stands for ``bbox-crs``."""
    asked = {name.replace("_", "-") if name == "bbox_crs" else name: value for name, value in query.items()}
    response = client.get(f"/ogc/collections/{collection}/items", params=asked)
    assert response.status_code == 200, response.text
    return response.json()


def ids(document: dict[str, Any]) -> list[str]:
    return [feature["id"] for feature in document["features"]]


def links(document: dict[str, Any], rel: str) -> list[dict[str, Any]]:
    return [link for link in document["links"] if link["rel"] == rel]


def parameters(description: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    """The parameters of an operation by name, references followed."""
    found = {}
    for given in description["paths"][path]["get"]["parameters"]:
        one = given
        if "$ref" in given:
            one = description["components"]["parameters"][given["$ref"].rpartition("/")[2]]
        found[one["name"]] = one
    return found
