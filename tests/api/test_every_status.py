"""Every status that is not a success: one shape, two languages, and nothing about the machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from api.errors import NotReady
from api.lifecycle import State
from geo.errors import DataDamaged
from tests.api.problems import assert_problem
from tests.api.with_settings import app_with

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx2 import Response

POINT = "/v1/lookup/point"
BODY = '{"lon": 105.85, "lat": 21.03}'
JSON = {"Content-Type": "application/json"}
SECRET = "/srv/secret/of-the-machine.parquet"
MACHINE = re.compile(r"/srv|/usr|/root|/home|site-packages|\.py\b|\.parquet|Traceback|line \d+, in|0x[0-9a-f]{6}")

CASES: dict[int, tuple[str, str, dict[str, Any]]] = {
    400: ("GET", "/v1/wards?nothing=1", {}),
    404: ("GET", "/v1/wards/99999", {}),
    405: ("DELETE", "/v1/wards/00070", {}),
    406: ("GET", "/v1/wards/00070", {"headers": {"Accept": "text/csv"}}),
    413: ("POST", POINT, {"content": " " * 3000, "headers": JSON}),
    415: ("POST", POINT, {"content": BODY, "headers": {"Content-Type": "text/csv"}}),
    422: ("GET", "/v1/lookup/point?lon=x&lat=21", {}),
    429: ("GET", "/v1/generations", {}),
    500: ("GET", "/v1/lookup/point?lon=105.85&lat=21.03", {}),
    503: ("GET", "/readyz", {}),
}


def ask(app: FastAPI, monkeypatch: pytest.MonkeyPatch, status: int, lang: str) -> Response:
    limited = app_with(app, max_body_bytes=2048, rate_burst=1 if status == 429 else 100, rate_per_second=1)
    client = TestClient(limited, headers={"Accept-Language": lang})
    if status == 429:
        client.get("/v1/generations")
    if status == 500:
        monkeypatch.setattr("api.point_answers.point_answer", lambda *_: open(SECRET))  # noqa: PTH123, SIM115
    if status == 503:
        limited.state.lifecycle.state = State.LOADING
    method, url, options = CASES[status]
    return client.request(method, url, **options)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("status", sorted(CASES))
def test_a_status(app: FastAPI, monkeypatch: pytest.MonkeyPatch, status: int, lang: str) -> None:
    response = ask(app, monkeypatch, status, lang)
    body = assert_problem(response, status, lang=lang)
    assert not MACHINE.search(response.text)
    assert response.headers["x-request-id"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert ("retry-after" in response.headers) is (status in (429, 503))
    other = ask(app, monkeypatch, status, "en" if lang == "vi" else "vi")
    assert other.json()["title"] != body["title"]
    assert other.json()["detail"] != body["detail"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_damaged_data_name_no_file(app: FastAPI, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    def damaged(*_: object) -> None:
        raise DataDamaged(vi=f"hỏng {SECRET}", en=f"damaged {SECRET}")

    monkeypatch.setattr("api.point_answers.point_answer", damaged)
    response = TestClient(app).get(POINT, params={"lon": 105.85, "lat": 21.03, "lang": lang})
    assert_problem(response, 503, lang=lang)
    assert not MACHINE.search(response.text)


def test_waiting_is_told_in_whole_seconds_of_at_least_one() -> None:
    assert NotReady(vi="", en="", retry_after=0.01).retry_after == 1
    assert NotReady(vi="", en="", retry_after=2.5).retry_after == 3


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("application/*", 200),
        ("text/html, */*;q=0.1", 200),
        ("application/json;q=0", 406),
        ("text/html", 406),
        ("", 406),
    ],
)
def test_what_is_accepted(client: TestClient, accept: str, status: int) -> None:
    assert client.get("/v1/generations", headers={"Accept": accept}).status_code == status


def test_who_takes_json_takes_geojson_and_problems(client: TestClient) -> None:
    asked = {"Accept": "application/json"}
    assert client.get("/v1/wards/00070?geometry=25m", headers=asked).status_code == 200
    assert_problem(client.get("/v1/wards/99999", headers={"Accept": "text/html"}), 404)


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json; charset=utf-8", 200),
        ("application/geo+json", 200),
        (None, 200),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/plain", 415),
    ],
)
def test_which_bodies_are_read(client: TestClient, content_type: str | None, status: int) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    assert client.post(POINT, content=BODY, headers=headers).status_code == status


def test_pages_read_forms_only(client: TestClient) -> None:
    assert client.post("/tra-cuu", data={"q": "21.0285, 105.8542"}).status_code == 200
    assert_problem(client.post("/tra-cuu", json={"q": "21.0285, 105.8542"}), 415)
