"""Whatever goes wrong, on whatever route, the answer has one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.app import create_app
from api.errors import STATUS_OF, status_of
from api.settings import Settings
from geo.errors import HanoiWardsError
from tests.api.problems import assert_problem

if TYPE_CHECKING:
    from fastapi import FastAPI

VALUES = {
    "{code}": "00070",
    "{path:path}": "nothing.js",
    "{name}": "nothing",
    "{z}": "14",
    "{x}": "1",
    "{y}": "1",
    "{file}": "nothing",
    "{collection_id}": "wards",
    "{feature_id}": "00070",
}


def routes(app: FastAPI) -> list[APIRoute]:
    found = [route for route in _flat(app.routes) if isinstance(route, APIRoute)]
    assert len(found) > 10
    return found


def _flat(some: Any) -> list[Any]:
    """Return the routes themselves, whether or not the framework keeps them inside their routers."""
    routers = [getattr(route, "original_router", None) for route in some]
    return [
        inner
        for route, router in zip(some, routers, strict=True)
        for inner in ([route] if router is None else _flat(router.routes))
    ]


def filled(path: str) -> str:
    for name, value in VALUES.items():
        path = path.replace(name, value)
    assert "{" not in path, "give the new path parameter a value in VALUES"
    return path


def test_every_route_of_the_interface_refuses_a_parameter_it_does_not_know(app: FastAPI, client: TestClient) -> None:
    checked = 0
    for route in routes(app):
        if not route.include_in_schema:  # a page
            continue
        for method in route.methods:
            for lang, word in (("vi", "tham số"), ("en", "parameter")):
                response = client.request(method, filled(route.path), params={"geometri": "full", "lang": lang})
                if response.status_code == 422:  # GET /v1/lookup/point says first that it wants its point
                    params = {"lon": 105.8, "lat": 21.0, "geometri": "full", "lang": lang}
                    response = client.request(method, filled(route.path), params=params)
                body = assert_problem(response, 400, field="geometri", lang=lang)
                assert word in body["detail"]
                assert "geometri" in body["detail"]
                checked += 1
    assert checked >= 18


@pytest.mark.parametrize(("lang", "title"), [("vi", "Không tìm thấy"), ("en", "Not found")])
def test_an_unknown_path(client: TestClient, lang: str, title: str) -> None:
    for path in ("/nothing", "/v1/nothing", "/v1/wards/00070/shape", "/v2/wards"):
        assert assert_problem(client.get(path, params={"lang": lang}), 404, lang=lang)["title"] == title


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_wrong_method(app: FastAPI, client: TestClient, lang: str) -> None:
    taken: dict[str, set[str]] = {}
    for route in routes(app):
        taken.setdefault(filled(route.path), set()).update(route.methods)
    for path, methods in taken.items():
        response = client.request("DELETE", path, params={"lang": lang})
        body = assert_problem(response, 405, lang=lang)
        assert body["type"] == "about:blank"
        assert set(response.headers["allow"].split(", ")) <= methods | {"HEAD"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_fault_of_ours_tells_nothing_about_itself(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    app = create_app(Settings())
    monkeypatch.setattr("api.point_answers.point_answer", lambda *_: {}["secret-detail"])
    client = TestClient(app, raise_server_exceptions=False)
    response = client.get("/v1/lookup/point", params={"lon": 105.85, "lat": 21.03, "lang": lang})
    body = assert_problem(response, 500, lang=lang)
    assert "secret-detail" not in response.text
    assert "KeyError" not in response.text
    assert body["title"] == ("Lỗi của máy chủ" if lang == "vi" else "Server error")


def test_every_error_that_users_cause_has_a_status_of_its_own() -> None:
    def below(kind: type[HanoiWardsError]) -> set[type[HanoiWardsError]]:
        return {kind}.union(*(below(inner) for inner in kind.__subclasses__()))

    ours = {"HanoiWardsError", "IntegrityError"}  # never raised while a request is answered
    for kind in below(HanoiWardsError):
        if kind.__name__ not in ours:
            assert any(issubclass(kind, listed) for listed, _ in STATUS_OF), kind
    assert status_of(HanoiWardsError(vi="", en="")) == 500
