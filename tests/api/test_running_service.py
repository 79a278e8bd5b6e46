"""The service as a process: slow clients, the end under load, new data while it runs."""

from __future__ import annotations

import json
import shutil
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from geo.stores import embedded_data_dir
from tests.api.running_service import RunningService, exit_code, running_service, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUESTS = 400
BULK = json.dumps({"points": [[105.8542, 21.0285]] * 30_000}).encode()
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    limits = {"header_seconds": 1, "body_seconds": 1, "keep_alive_seconds": 1, "max_header_bytes": 2048}
    with running_service(tmp_path_factory.mktemp("strict"), **limits, write_seconds=1, max_connections=20) as running:
        yield running


def all_of(service: RunningService, *parts: bytes) -> bytes:
    """Send and read until the service closes the connection."""
    with service.raw() as connection:
        for part in parts:
            connection.sendall(part)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
        return received


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nX-Slow: ", b"408"),
        (b"POST /v1/route HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{", b"408"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: " + b"x" * 5000, b"431"),
        (b"POST /v1/route HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n", b"413"),
        (b"\x16\x03\x01 this is TLS\r\n\r\n", b"400"),
    ],
)
def test_who_is_slow_or_sends_too_much_is_told_and_left(strict: RunningService, sent: bytes, status: bytes) -> None:
    received = all_of(strict, sent)
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status)
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == int(status)


def test_who_says_nothing_is_left(strict: RunningService) -> None:
    assert all_of(strict) == b""
    assert all_of(strict, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").endswith(b'{"status":"ok"}')


def test_who_does_not_read_is_left(strict: RunningService) -> None:
    with strict.raw() as connection:
        connection.sendall(b"GET /v1/wards?geometry=full HTTP/1.1\r\nHost: x\r\n\r\n" * 30)
        wait_for(lambda: connection.fileno() and _is_reset(connection))
    assert strict.get("/healthz")[0] == 200


def _is_reset(connection: object) -> bool:
    try:
        connection.send(b" ")  # type: ignore[attr-defined]
    except OSError:
        return True
    return False


def test_more_connections_than_allowed_are_turned_away_in_words(strict: RunningService) -> None:
    held = [strict.raw() for _ in range(20)]
    try:
        received = all_of(strict)
    finally:
        for connection in held:
            connection.close()
    assert received.startswith(b"HTTP/1.1 503")
    assert b"application/problem+json" in received
    wait_for(lambda: strict.get("/healthz")[0] == 200)


def test_no_request_is_dropped_at_the_end(tmp_path: Path) -> None:
    with running_service(tmp_path, drain_seconds=2, rate_per_second=0) as service:
        statuses: list[int] = []
        ending = threading.Event()

        def light() -> None:
            connection = service.connect()
            for _ in range(REQUESTS):
                if ending.is_set():
                    break
                connection.request("GET", "/v1/lookup/point?lon=105.8542&lat=21.0285")
                statuses.append((answer := connection.getresponse()).status)
                answer.read()
            connection.close()

        def heavy() -> None:
            statuses.append(service.send("POST", "/v1/lookup/points", BULK, JSON)[0])

        workers = [threading.Thread(target=work) for work in (*[light] * 3, *[heavy] * 4)]
        for worker in workers:
            worker.start()
        wait_for(lambda: len(statuses) > 20)
        service.process.send_signal(signal.SIGTERM)
        # As a load balancer does: it asks until it is told to send no more.
        wait_for(lambda: service.get("/readyz")[0] == 503)
        connection = service.connect()
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        ending.set()
        for worker in workers:
            worker.join()
        assert exit_code(service) == 0
        assert set(statuses) == {200}
        with pytest.raises(ConnectionError):
            service.get("/healthz")


def test_the_end_waits_no_longer_than_allowed(tmp_path: Path) -> None:
    limits = {"drain_seconds": 0, "shutdown_seconds": 1, "body_seconds": 600}
    with running_service(tmp_path, **limits) as service, service.raw() as half:
        half.sendall(b"POST /v1/route HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
        wait_for(lambda: b"hanoi_wards" in service.get("/metrics")[1])
        service.process.send_signal(signal.SIGTERM)
        assert exit_code(service) == 0
        assert half.recv(4096).startswith(b"HTTP/1.1 503")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return shutil.copytree(embedded_data_dir(), tmp_path / "data")


def version(service: RunningService) -> str:
    return json.loads(service.get("/readyz")[1])["data_version"]


def revise(data: Path) -> None:
    """Put another version in place: the same facts, with another file among those that the version names."""
    manifest = data / "crosswalk" / "MANIFEST.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    (data / "crosswalk" / "note.txt").write_text("revised", encoding="utf-8")
    content["outputs"]["note.txt"] = {"sha256": "0" * 64, "bytes": 7}
    manifest.write_text(json.dumps(content), encoding="utf-8")


def test_new_data_without_a_pause(tmp_path: Path, data: Path) -> None:
    with running_service(tmp_path, data_dir=data, rate_per_second=0) as service:
        old = version(service)
        revise(data)
        statuses: list[int] = []
        versions: list[str] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set():
                status, body = service.get("/v1/lookup/point?lon=105.8542&lat=21.0285")
                statuses.append(status)
                versions.append(json.loads(body)["data_version"])
                done.wait(0.02)

        worker = threading.Thread(target=ask)
        worker.start()
        service.process.send_signal(signal.SIGHUP)
        new = service.wait_for_line("reload done")["message"].split()[2].rstrip(",")
        wait_for(lambda: new in versions)
        done.set()
        worker.join()
        assert set(statuses) == {200}
        assert versions == [old] * versions.index(new) + [new] * versions.count(new)
        assert version(service) == new != old
        figures = service.get("/metrics")[1].decode()
        assert f'hanoi_wards_data_info{{data_version="{new}"}} 1.0' in figures
        assert old not in figures
        assert 'hanoi_wards_reloads_total{result="done"} 1.0' in figures


def test_damaged_data_are_not_taken(tmp_path: Path, data: Path) -> None:
    with running_service(tmp_path, data_dir=data) as service:
        old = version(service)
        wards = data / "boundaries" / "2025-07-01" / "wards.parquet"
        wards.write_bytes(wards.read_bytes()[:-100])
        service.process.send_signal(signal.SIGHUP)
        line = service.wait_for_line("reload failed")
        assert line["level"] == "error"
        assert "wards.parquet" in line["message"]
        assert version(service) == old
        assert service.get("/v1/wards/00070")[0] == 200
        assert 'hanoi_wards_reloads_total{result="failed"} 1.0' in service.get("/metrics")[1].decode()
