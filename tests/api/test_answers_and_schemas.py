"""Real answers of every operation against the schemas that describe them, in every form that can be asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from api.reference import GEOJSON
from tests.api.ogc.conftest import COLLECTIONS, EPSG
from tests.api.test_openapi import example_of, operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient
    from httpx2 import Response

TOO_FINE = re.compile(rb"\.\d{8,}")
"""More than 7 decimals of a degree: RFC 7946 (11.2)."""


def forms(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield queries: the examples alone, then with each value of each parameter that has a list of them."""
    given = {one["name"]: one for one in operation.get("parameters", []) if one["in"] == "query"}
    needed = {name: example_of(one) for name, one in given.items() if one.get("required")}
    yield needed
    for name, one in given.items():
        for value in one["schema"].get("enum", []):
            yield needed | {name: value}


def answers(client: TestClient, openapi: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Response]]:
    for method, path, operation in operations(openapi):
        address = path
        for one in operation.get("parameters", []):
            address = address.replace("{" + one["name"] + "}", str(example_of(one)))
        examples = [None]
        if method == "post":
            shown = operation["requestBody"]["content"]["application/json"]["examples"]
            examples = [example["value"] for example in shown.values()]
        for query in forms(operation):
            for body in examples:
                yield f"{method} {path} {query}", operation, client.request(method, address, params=query, json=body)


@pytest.fixture(scope="module")
def answered(client: TestClient, openapi: dict[str, Any]) -> list[tuple[str, dict[str, Any], Response]]:
    return list(answers(client, openapi))


def test_every_answer_is_what_its_schema_says(openapi: dict[str, Any], answered: list[Any]) -> None:
    for name, operation, response in answered:
        assert response.status_code == 200, name
        media_type = response.headers["content-type"].partition(";")[0]
        schema = operation["responses"]["200"]["content"][media_type]["schema"]
        validator = Draft202012Validator(schema | {"components": openapi["components"]})
        answer = response.json()
        if media_type == GEOJSON and "features" in answer:
            answer["features"] = answer["features"][::10]  # the rest come from the same line, and take their time
        wrong = next(validator.iter_errors(answer), None)
        assert wrong is None, (name, wrong.json_path, wrong.message[:300])


def test_every_form_of_every_answer_has_a_schema_that_says_something(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        for media_type, form in operation["responses"]["200"]["content"].items():
            assert {"$ref", "properties", "anyOf", "additionalProperties"} & set(form["schema"]), (
                method,
                path,
                media_type,
            )


def test_no_geojson_has_more_than_seven_decimals(client: TestClient, answered: list[Any]) -> None:
    shapes = {name: one.content for name, _, one in answered if one.headers["content-type"] == GEOJSON}
    assert len({name.partition(" {")[0] for name in shapes}) == 5
    for layer in COLLECTIONS:
        for crs in ("", f"?limit=1000&crs={EPSG}4326"):
            shapes[layer + crs] = client.get(f"/ogc/collections/{layer}/items{crs}").content
    assert [name for name, content in shapes.items() if TOO_FINE.search(content)] == []
