"""The real service as a process of its own, on 127.0.0.1."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_SECONDS = 120
"""Far above what anything here takes; only a hang meets it."""


@dataclass(frozen=True)
class RunningService:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        return self.send("GET", path, None, headers)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = self.connect()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def raw(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def wait_for_line(self, part: str) -> dict[str, Any]:
        return wait_for(lambda: next((line for line in self.lines if part in line["message"]), None))


def wait_for(found: Any) -> Any:
    """Ask until there is an answer."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if value := found():
                return value
        except (ConnectionError, json.JSONDecodeError):
            pass
        time.sleep(0.02)
    raise TimeoutError


@contextmanager
def running_service(folder: Path, **settings: Any) -> Iterator[RunningService]:
    """Start the service, wait until it is ready, and end it on the way out."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {f"HANOI_WARDS_{name.upper()}": str(value) for name, value in {"port": port, **settings}.items()}
    log = folder / "service.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "api", "serve"],
            cwd=ROOT,
            env=os.environ | given,
            stdout=subprocess.DEVNULL,
            stderr=written,
        )
    service = RunningService(process, port, log)
    try:
        wait_for(lambda: service.get("/readyz")[0] == 200 or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield service
    finally:
        process.kill()
        process.wait()


def exit_code(service: RunningService) -> int:
    return service.process.wait(PATIENCE_SECONDS)
