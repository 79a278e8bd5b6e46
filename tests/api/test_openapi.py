"""The description of the interface describes the interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api import schemas

Operation = tuple[str, str, dict[str, Any]]


def operations(openapi: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def example_of(parameter: dict[str, Any]) -> Any:
    given = parameter.get("example", parameter.get("examples", parameter["schema"].get("examples")))
    if isinstance(given, dict):
        return next(iter(given.values()))["value"]
    return given[0] if isinstance(given, list) else given


def test_the_version_and_the_operations(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1")
    found = list(operations(openapi))
    assert len(found) >= 9
    ids = [operation["operationId"] for _, _, operation in found]
    assert len(set(ids)) == len(ids)
    for method, path, operation in found:
        assert operation["tags"], path
        assert operation["summary"], path
        assert operation["description"], (method, path)


def test_the_pages_are_no_part_of_it(openapi: dict[str, Any]) -> None:
    assert all(path.startswith("/v1/") or path in {"/healthz", "/readyz"} for path in openapi["paths"])


def test_every_parameter_has_a_description_and_an_example(openapi: dict[str, Any]) -> None:
    for _, path, operation in operations(openapi):
        for parameter in operation.get("parameters", []):
            assert example_of(parameter) is not None, (path, parameter["name"])
            assert parameter.get("description"), (path, parameter["name"])


def test_every_operation_of_the_interface_answers_its_own_examples(client: TestClient, openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        parameters = operation.get("parameters", [])
        url = path
        for parameter in parameters:
            if parameter["in"] == "path":
                url = url.replace("{" + parameter["name"] + "}", str(example_of(parameter)))
        query = {parameter["name"]: example_of(parameter) for parameter in parameters if parameter["in"] == "query"}
        bodies: list[dict[str, Any] | None] = [None]
        if method == "post":
            content = operation["requestBody"]["content"]["application/json"]
            bodies = [example["value"] for example in content["examples"].values()]
            assert bodies
        for body in bodies:
            response = client.request(method, url, params=query, json=body)
            assert response.status_code == 200, (method, url, response.text)


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    text = json.dumps(openapi)
    for piece in text.split('"$ref": "')[1:]:
        *path, name = piece.partition('"')[0].removeprefix("#/").split("/")
        assert path == ["components", "schemas"]
        assert name in openapi["components"]["schemas"]


def test_errors_are_described_where_they_happen(openapi: dict[str, Any]) -> None:
    for method, path, operation in operations(openapi):
        if path.startswith("/v1/lookup") or "{code}" in path:
            described = set(operation["responses"])
            assert "422" in described, (method, path)
            problem = operation["responses"]["422"]["content"]
            assert set(problem) == {"application/problem+json"}, (method, path)
            assert {"400", "404"} <= described, (method, path, described)
            assert ("413" in described) is (method == "post")


MODELS = [
    ("/v1/wards", schemas.WardList),
    ("/v1/wards/00070", schemas.WardDetail),
    ("/v1/old-units/00118", schemas.OldUnitDetail),
    ("/v1/generations", schemas.GenerationList),
    ("/v1/lookup/point?lon=105.8542&lat=21.0285&accuracy_m=500", schemas.PointAnswer),
    ("/v1/lookup/point?lon=105.8542&lat=21.0285&as_of=2025-06-30", schemas.PointAnswer),
]


@pytest.mark.parametrize(("url", "model"), MODELS)
def test_answers_are_the_declared_models(client: TestClient, url: str, model: type[BaseModel]) -> None:
    answer = client.get(url).json()
    assert model.model_validate(answer).model_dump(mode="json") == answer


def test_problems_are_the_declared_model(client: TestClient) -> None:
    for url in ("/v1/wards/99999", "/v1/wards?x=1", "/v1/lookup/point", "/v1/old-units/00118?as_of=2025-07-01"):
        schemas.Problem.model_validate(client.get(url).json())
