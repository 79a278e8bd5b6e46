"""Speed of the service on loopback, as ratios to empty routes in the same run: ``make bench``.

Two empty routes: one of FastAPI with nothing around it, and one behind everything that the service's own routes are
behind (limits, security headers, metrics, the log). Each server is a process of its own with the settings of
``hanoi-wards serve``, the limit of the rate of one client excepted. Requests come from ``wrk`` where it is installed.
Servers and client share the machine, so the figures are indicative, and the ratios are what counts. Every phase has a
bound in seconds.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import uvloop

from tests.api.running_service import RunningService, running_service, wait_for

SECONDS = 5
ROUNDS = 3
CONNECTIONS = 8
POINTS = 100_000
POINT = "/v1/lookup/point?lon=105.8542&lat=21.0285"

EMPTY = """
import sys
from fastapi import FastAPI
from api import json_logs, middleware
from api.app import Application
from api.server import Service
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.settings import Settings
settings = Settings(port=int(sys.argv[1]), rate_per_second=0)
json_logs.configure(settings.log_level)
around = sys.argv[2] == "around"
app = Application() if around else FastAPI()
app.state.lifecycle = Lifecycle()
if around:
    app.stand_behind(
        lambda app: middleware.around(app, settings, metrics=Metrics(), lifecycle=Lifecycle())
    )

@app.get("/")
async def empty() -> dict[str, str]:
    return {}

Service(app, settings).run()
"""


@contextmanager
def empty_service(folder: Path, around: str) -> Iterator[RunningService]:
    """Serve one empty FastAPI route on the same server: ``bare``, or with everything ``around`` it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (folder / f"{around}.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", EMPTY, str(port), around], stderr=log)
    service = RunningService(process, port, folder)
    try:
        wait_for(lambda: service.get("/")[0] == 200)
        yield service
    finally:
        process.kill()
        process.wait()


def rate(service: RunningService, path: str) -> float:
    """Return requests per second with every connection busy."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", f"http://127.0.0.1:{service.port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


async def _paced(service: RunningService, path: str, per_second: float) -> list[float]:
    """Send at a fixed rate, whatever the answers take; return the times from when each request was due."""
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    due = [number / per_second for number in range(int(per_second * SECONDS))]
    start, times = time.perf_counter() + 0.1, []

    async def client(mine: list[float]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
        for moment in mine:
            await asyncio.sleep(max(0.0, start + moment - time.perf_counter()))
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.findall(rb"content-length: (\d+)", head)[0]))
            times.append(time.perf_counter() - start - moment)
        writer.close()

    await asyncio.gather(*(client(due[first :: CONNECTIONS * 4]) for first in range(CONNECTIONS * 4)))
    return times


def bulk_points_per_second(service: RunningService) -> float:
    """Return points per second of one call in the compact form, from the first byte sent to the last one read."""
    rng = np.random.default_rng(1656)
    points = np.column_stack([rng.uniform(105.3, 106.0, POINTS), rng.uniform(20.6, 21.4, POINTS)]).round(6)
    body = json.dumps({"points": points.tolist()}).encode()
    times = []
    for _ in range(10):
        start = time.perf_counter()
        status, answer = service.send(
            "POST", "/v1/lookup/points?format=compact", body, {"Content-Type": "application/json"}
        )
        times.append(time.perf_counter() - start)
        assert status == 200
        assert json.loads(answer)["count"] == POINTS
    return POINTS / min(times)


def median_ms(service: RunningService, path: str, count: int = 300) -> float:
    """Return the median time of one request after another on one connection."""
    connection, times = service.connect(), []
    for _ in range(count):
        start = time.perf_counter()
        connection.request("GET", path)
        connection.getresponse().read()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Print the table."""
    if shutil.which("wrk") is None:
        print("wrk is not installed (Debian: apt-get install wrk): the service is not measured")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        running_service(Path(folder), rate_per_second=0) as service,
        empty_service(Path(folder), "bare") as bare,
        empty_service(Path(folder), "around") as around,
    ):
        rate(service, POINT)  # warm
        rounds = [(rate(bare, "/"), rate(around, "/"), rate(service, POINT)) for _ in range(ROUNDS)]
        most = statistics.median(ours for *_, ours in rounds)
        print(f"GET lookup/point     {most:10,.0f} requests/s, median of {ROUNDS} rounds")
        for place, words in enumerate(("empty, nothing around", "empty, all around it")):
            ratio = statistics.median(found[2] / found[place] for found in rounds)
            theirs = statistics.median(found[place] for found in rounds)
            print(f"{words:21}{theirs:10,.0f} requests/s: the look-up answers {ratio:.0%} of that")
        times = np.array(uvloop.run(_paced(service, POINT, most / 2))) * 1000
        p50, p99 = np.percentile(times, [50, 99])
        print(f"at half that rate    p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        print(f"POST lookup/points   {bulk_points_per_second(service):10,.0f} points/s, {POINTS:,} at once, compact")
        for path in ("/v1/wards/00070", "/ogc/collections/wards/items/00070"):
            print(f"GET {path}   p50 {median_ms(service, path):.2f} ms")


if __name__ == "__main__":
    main()
