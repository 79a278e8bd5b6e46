"""An address that comes by whatever way is found nowhere: not in a log, not in a figure."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.json_logs import JsonLines
from api.middleware.observe import route_template
from tests.api.running_service import RunningService, running_service, wait_for
from tests.api.test_errors import routes
from tests.api.with_settings import app_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

MARKER = "Ngo-Marker-77"
ADDRESS = f"Số 12 {MARKER}, phường Thịnh Liệt"
POINT = "105.81234567"
HEADERS = ["X-Request-ID", "X-Forwarded-For", "User-Agent", "Referer", "Accept", "Accept-Language", "Accept-Encoding"]
HEADERS += ["Content-Type", "If-None-Match", "Range", "Cookie", "Authorization", "Origin", "traceparent", "X-Any"]
BODIES = [
    json.dumps({"address": ADDRESS}),
    json.dumps({"cases": [{"address": ADDRESS}, {"address": 5, MARKER: ADDRESS}, MARKER]}),
    json.dumps({"text": ADDRESS}),
    json.dumps({"lon": float(POINT), "lat": 21.03}),
    json.dumps({"points": [[float(POINT), 21.03], [MARKER, 1]]}),
    json.dumps({"as_of": MARKER, "points": []}),
    f'{{"address": "{MARKER}',
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with running_service(tmp_path_factory.mktemp("service"), log_level="debug", drain_seconds=0) as running:
        yield running


def paths(app: FastAPI) -> list[str]:
    """Return every route, with the marker for each of its parameters."""
    marked = set()
    for route in routes(app):
        parts = [quote(MARKER) if "{" in part else part for part in route.path.split("/")]
        marked.add("/".join(parts))
    return sorted(marked)


def test_a_marker_sent_by_every_way_to_every_route_is_found_nowhere(app: FastAPI, service: RunningService) -> None:
    sent = 0
    query = f"?q={quote(ADDRESS)}&lon={POINT}&{quote(MARKER)}=1&name={quote(ADDRESS)}"
    form = f"q={quote(ADDRESS)}".encode()
    for path in [*paths(app), f"/{MARKER}", f"/v1/wards/00070/{MARKER}"]:
        for asked in (path, path + query):
            service.send("GET", asked, None, dict.fromkeys(HEADERS, MARKER))
            service.send("POST", asked, form, {"Content-Type": "application/x-www-form-urlencoded"})
            sent += 2
        if path.startswith("/v1/"):
            for body in BODIES:
                service.send("POST", path, body.encode(), {"Content-Type": "application/json"})
                sent += 1
    for raw in (f"{MARKER} / HTTP/1.1\r\n\r\n", f"GET /{MARKER} HTTP/9.{MARKER}\r\n\r\n", f"{MARKER}\r\n"):
        with service.raw() as connection:
            connection.sendall(raw.encode())
            assert b"400 Bad Request" in connection.recv(4096)
    _, figures = service.get("/metrics")
    # The lines of requests leave together, a little late.
    wait_for(lambda: sum(line["message"] == "request" for line in service.lines) > sent)
    log = service.log.read_text(encoding="utf-8")
    for secret in (MARKER, MARKER.lower(), quote(ADDRESS), "Thịnh Liệt", POINT, POINT[:8], "ph%C6%B0"):
        assert secret not in log, next(line for line in log.splitlines() if secret in line)
        assert secret.encode() not in figures


def test_a_fault_is_logged_by_kind_and_place_only(caplog: pytest.LogCaptureFixture) -> None:
    def route(address: str) -> None:
        raise ValueError(address)

    with caplog.at_level(logging.INFO):
        try:
            route(MARKER)
        except ValueError:
            logging.getLogger("api.somewhere").exception("unexpected %s", "ValueError")
            logging.getLogger("asyncio").exception("Task exception was never retrieved: %s", MARKER)
    ours, others = (JsonLines().format(record) for record in caplog.records)
    line = json.loads(ours)
    assert line["exception"] == "ValueError"
    assert line["message"] == "unexpected ValueError"
    assert [place.split(" ")[1] for place in line["at"]][-1] == "route"
    assert MARKER not in ours + others


def test_a_fault_in_a_route_reaches_no_log_but_ours(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(MARKER)

    monkeypatch.setattr("api.point_answers.point_answer", broken)
    client = TestClient(app)  # it would raise what the application lets through
    assert client.get("/v1/lookup/point?lon=105.8&lat=21").status_code == 500
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("RuntimeError" in line for line in lines)
    assert MARKER not in "".join(lines)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0af7651916cd43dd8448eb211c80319c", True),
        ("123e4567-e89b-12d3-a456-426614174000", True),
        ("short", False),
        ("So-12-Ngo-34-Giai-Phong", False),
        ("a" * 65, False),
        ("0af7651916cd43dd8448eb211c80319c\n", False),
    ],
)
def test_a_request_id_is_kept_where_it_is_one(app: FastAPI, given: str, kept: bool) -> None:
    answered = TestClient(app).get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (answered == given) is kept
    assert len(answered) >= 32 or kept


def test_every_line_of_the_log_bears_the_id_of_its_request(service: RunningService) -> None:
    request_id = "feedfacefeedfacefeedface"
    service.get("/v1/wards/00070", **{"X-Request-ID": request_id})
    (line,) = wait_for(lambda: [line for line in service.lines if line.get("request_id") == request_id])
    assert line["message"] == "request"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/wards/{code}", 200)
    assert set(line) == {"time", "level", "logger", "message", "request_id", "method", "route", "status", "ms"}


def test_the_figures(app: FastAPI) -> None:
    client = TestClient(app_with(app))
    for method, path, body in (
        ("GET", "/v1/lookup/point?lon=105.8542&lat=21.0285", None),
        ("GET", "/v1/wards/99999", None),
        ("POST", "/v1/lookup/points", {"points": [[105.8542, 21.0285], [106.3, 20.8], [1, 1]]}),
        ("POST", "/v1/lookup/points?format=compact", {"points": [[105.8542, 21.0285], [106.3, 20.8], [1, 1]]}),
        ("POST", "/v1/route", {"address": "Phường Thịnh Liệt, quận Hoàng Mai"}),
        ("GET", "/nothing", None),
    ):
        client.request(method, path, json=body)
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    text = response.text
    for line in (
        'hanoi_wards_requests_total{method="GET",route="/v1/wards/{code}",status="404"} 1.0',
        'hanoi_wards_requests_total{method="GET",route="unmatched",status="404"} 1.0',
        'hanoi_wards_request_seconds_count{method="GET",route="/v1/lookup/point"} 1.0',
        'hanoi_wards_lookups_total{outcome="INSIDE"} 3.0',
        'hanoi_wards_lookups_total{outcome="OUTSIDE"} 2.0',
        'hanoi_wards_lookups_total{outcome="INVALID"} 2.0',
        "hanoi_wards_routes_total{outcome=",
        f'hanoi_wards_data_info{{data_version="{app.state.services.data_version}"}} 1.0',
    ):
        assert line in text


def test_a_label_is_a_route_or_a_word_of_ours() -> None:
    assert route_template({"type": "http", "path": f"/{MARKER}"}) == "unmatched"
