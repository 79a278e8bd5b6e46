"""What browsers are told on every answer, and what scripts of other sites may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.middleware.security_headers import content_security_policy
from api.settings import Settings
from tests.api.with_settings import client_with

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

ANSWERS = ["/", "/phuong-xa/00070", "/v1/wards/00070", "/v1/wards/99999", "/nothing", "/readyz", "/openapi.json"]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    page = headers["content-type"].startswith("text/html")
    assert headers.get("x-frame-options") == ("SAMEORIGIN" if page else None)
    assert ("geolocation=(self)" in headers.get("permissions-policy", "")) is page
    assert headers.get("cross-origin-opener-policy") == ("same-origin" if page else None)
    assert "server" not in headers


def test_no_header_comes_twice(client: TestClient) -> None:
    for path in (*ANSWERS, "/service-worker.js", "/manifest.webmanifest"):
        names = [name for name, _ in client.get(path).headers.multi_items() if name != "vary"]
        assert len(names) == len(set(names)), path


def test_the_operator_says_who_may_embed_the_pages(app: FastAPI) -> None:
    headers = client_with(app, frame_ancestors="'self' https://hanoi.example").get("/").headers
    assert headers["content-security-policy"].endswith("frame-ancestors 'self' https://hanoi.example")
    assert "x-frame-options" not in headers
    assert client_with(app, frame_ancestors="'none'").get("/").headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("tiles", "source"),
    [
        ("", ""),
        ("/own/{z}/{x}/{y}.png", ""),
        ("https://tiles.example:8443/{z}/{x}/{y}.png", " https://tiles.example:8443"),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", " https://*.tiles.example"),
    ],
)
def test_the_operator_s_tiles_may_be_shown(tiles: str, source: str) -> None:
    assert f"img-src 'self' data:{source};" in content_security_policy(Settings(tile_url=tiles))


@pytest.mark.parametrize("path", ["/v1/wards/00070", "/v1/wards/99999", "/v1/lookup/point?lon=105.8&lat=21"])
def test_public_get_is_for_every_site(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"Origin": "https://other.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert "ETag" in headers["access-control-expose-headers"]


@pytest.mark.parametrize("path", ["/v1/lookup/point", "/v1/route", "/v1/lookup/points", "/v1/route/batch", "/tra-cuu"])
def test_nothing_else_is(client: TestClient, path: str) -> None:
    origin = {"Origin": "https://other.example"}
    assert "access-control-allow-origin" not in client.post(path, json={}, headers=origin).headers
    preflight = client.options(path, headers=origin | {"Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 405
    assert "access-control-allow-origin" not in preflight.headers


def test_the_pages_and_the_figures_of_operation_are_not_for_other_sites(client: TestClient) -> None:
    for path in ("/", "/metrics", "/readyz"):
        assert "access-control-allow-origin" not in client.get(path).headers


def test_a_preflight_for_get(client: TestClient) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    preflight = client.options("/v1/wards", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "If-None-Match" in preflight.headers["access-control-allow-headers"]
