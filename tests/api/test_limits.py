"""Nobody can keep the service from the others: how much, how long, how many, how often."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from api.errors import Busy, TooSlow
from api.middleware.body_limits import BodyLimits
from api.middleware.client_address import ClientAddress
from api.middleware.deadline import Deadline
from api.middleware.heavy_jobs import HEAVY, HeavyJobs
from api.middleware.rate_limit import RateLimit
from tests.api.problems import assert_problem
from tests.api.with_settings import client_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from starlette.types import Message, Receive, Scope, Send


def scope_of(path: str = "/v1/wards", *, client: str = "192.0.2.1", **headers: str) -> Scope:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": raw,
        "client": (client, 1),
        "scheme": "http",
    }


class Exchange:
    """One request given to a middleware, and what came back."""

    def __init__(self, body: bytes = b"{}") -> None:
        self.body: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        if not self.body:
            await asyncio.Event().wait()
        return self.body.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        return self.sent[0]["status"] if self.sent else None


async def answer(_: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_body_that_turns_out_too_large(app: FastAPI) -> None:
    client = client_with(app, max_body_bytes=2048)

    def parts() -> Iterator[bytes]:
        yield from [b"[" * 1000] * 4

    json = {"Content-Type": "application/json"}
    for path in ("/v1/lookup/point", "/v1/route", "/v1/lookup/points"):
        body = assert_problem(client.post(path, content=parts(), headers=json), 413, field="body")
        assert "2048" in body["detail"]


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    async def unread(*_: Any) -> None:
        raise AssertionError("the route was reached")

    exchange = Exchange()
    limited = BodyLimits(unread, largest=10, seconds=60)
    asyncio.run(limited(scope_of(content_length="11"), exchange.receive, exchange.send))
    assert exchange.status == 413


def test_a_body_that_does_not_come() -> None:
    exchange = Exchange()
    exchange.body = []
    limited = BodyLimits(answer, largest=10, seconds=0)
    with pytest.raises(TooSlow):
        asyncio.run(limited(scope_of(content_length="5"), exchange.receive, exchange.send))


def test_too_many_points_and_cases(app: FastAPI) -> None:
    client = client_with(app, max_points=2, max_routes=1)
    assert_problem(client.post("/v1/lookup/points", json={"points": [[105.8, 21.0]] * 3}), 413, field="points")
    assert_problem(client.post("/v1/route/batch", json={"cases": [{"address": "x"}] * 2}), 413, field="cases")


def test_an_answer_that_does_not_begin_in_time() -> None:
    ended: list[bool] = []

    class Late(Exchange):
        def __init__(self) -> None:
            super().__init__()
            self.answered = asyncio.Event()

        async def send(self, message: Message) -> None:
            await super().send(message)
            self.answered.set()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await exchange.answered.wait()
        await answer(scope, receive, send)
        ended.append(True)

    exchange = Late()
    asyncio.run(Deadline(slow, seconds=0)(scope_of(), exchange.receive, exchange.send))
    assert exchange.status == 503
    assert dict(exchange.sent[0]["headers"])[b"retry-after"] == b"10"
    assert [message["type"] for message in exchange.sent] == ["http.response.start", "http.response.body"]
    assert ended == [True]


def test_an_answer_that_has_begun_may_go_on() -> None:
    async def begun(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _turn in range(5):
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"all"})

    exchange = Exchange()
    asyncio.run(Deadline(begun, seconds=0)(scope_of(), exchange.receive, exchange.send))
    assert exchange.status == 200
    assert exchange.sent[-1]["body"] == b"all"


class Hall:
    """An application that works until it is told to end."""

    def __init__(self) -> None:
        self.inside = 0
        self.most = 0
        self.end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.end.wait()
        self.inside -= 1
        await answer(scope, Exchange().receive, send)


def test_bulk_calls_wait_for_their_turn_and_too_many_are_turned_away() -> None:
    async def run() -> None:
        hall = Hall()
        jobs = HeavyJobs(hall, places=2, wait_seconds=60)
        exchanges = [Exchange() for _ in range(11)]
        tasks = [
            asyncio.create_task(jobs(scope_of(path=min(HEAVY)), exchange.receive, exchange.send))
            for exchange in exchanges
        ]
        for _ in range(5):
            await asyncio.sleep(0)
        assert hall.inside == 2
        with pytest.raises(Busy) as caught:  # 2 work, 8 wait, and this is the eleventh
            await tasks[10]
        assert caught.value.retry_after >= 1
        light = Exchange()
        hall.end.set()
        await jobs(scope_of(), light.receive, light.send)
        await asyncio.gather(*tasks[:10])
        assert [exchange.status for exchange in exchanges[:10]] == [200] * 10
        assert hall.most <= 3  # two bulk calls and the light one
        assert jobs.working == 0

    asyncio.run(run())


def test_who_waits_too_long_or_leaves_takes_no_place() -> None:
    async def run() -> None:
        hall = Hall()
        jobs = HeavyJobs(hall, places=1, wait_seconds=0)
        first, second = Exchange(), Exchange()
        task = asyncio.create_task(jobs(scope_of(path=min(HEAVY)), first.receive, first.send))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await jobs(scope_of(path=min(HEAVY)), second.receive, second.send)
        patient = HeavyJobs(hall, places=1, wait_seconds=60)
        patient.working = 1
        leaving = asyncio.create_task(patient(scope_of(path=min(HEAVY)), Exchange().receive, second.send))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        hall.end.set()
        await task
        assert jobs.working == 0
        assert patient.working == 1

    asyncio.run(run())


def test_a_full_house_answers_503_with_a_time(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: HeavyJobs) -> None:
        raise Busy(vi="Đang bận.", en="Busy.", retry_after=7)

    monkeypatch.setattr(HeavyJobs, "_take_place", full)
    response = client_with(app).post("/v1/lookup/points", json={"points": [[105.8, 21.0]]})
    assert_problem(response, 503)
    assert response.headers["retry-after"] == "7"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def statuses(limit: RateLimit, scope: Scope, count: int) -> list[int | None]:
    async def run() -> list[int | None]:
        exchanges = [Exchange() for _ in range(count)]
        for exchange in exchanges:
            await limit(dict(scope), exchange.receive, exchange.send)
        return [exchange.status for exchange in exchanges]

    return asyncio.run(run())


def test_a_client_that_asks_too_often_waits_and_the_others_do_not() -> None:
    clock = Clock()
    limit = RateLimit(answer, per_second=2, burst=3, clients=10, clock=clock)
    assert statuses(limit, scope_of(), 5) == [200, 200, 200, 429, 429]
    assert statuses(limit, scope_of(client="192.0.2.2"), 1) == [200]
    assert statuses(limit, scope_of(path="/readyz"), 3) == [200] * 3
    clock.now += 1
    assert statuses(limit, scope_of(), 3) == [200, 200, 429]


def test_a_household_of_ipv6_is_one_client() -> None:
    limit = RateLimit(answer, per_second=1, burst=1, clients=10, clock=Clock())
    addresses = ("2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1")
    assert [statuses(limit, scope_of(client=client), 1) for client in addresses] == [[200], [429], [200]]


def test_memory_is_bounded_however_many_clients_there_are() -> None:
    limit = RateLimit(answer, per_second=1, burst=1, clients=10, clock=Clock())
    for number in range(50):
        statuses(limit, scope_of(client=f"192.0.2.{number}"), 1)
    assert list(limit.buckets) == [f"192.0.2.{number}" for number in range(40, 50)]


def test_retry_after_is_sent(app: FastAPI) -> None:
    client = client_with(app, rate_per_second=1, rate_burst=1)
    assert client.get("/v1/generations").status_code == 200
    response = client.get("/v1/generations")
    assert_problem(response, 429)
    assert int(response.headers["retry-after"]) >= 1
    assert response.headers["access-control-allow-origin"] == "*"


def test_no_limit_when_it_is_turned_off(app: FastAPI) -> None:
    client = client_with(app, rate_per_second=0, rate_burst=1)
    assert {client.get("/healthz").status_code for _ in range(5)} == {200}
    assert {client.get("/v1/generations").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # what stands before the last is a claim
        ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "2001:db8::5", "2001:db8::5"),
        ("192.0.2.9", "203.0.113.7", "192.0.2.9"),  # no proxy of ours
        ("testclient", "203.0.113.7", "testclient"),
    ],
)
def test_a_proxy_is_believed_only_from_the_operator_s_networks(peer: str, forwarded: str, client: str) -> None:
    scope = scope_of(client=peer, x_forwarded_for=forwarded, x_forwarded_proto="https")
    exchange = Exchange()
    asyncio.run(ClientAddress(answer, trusted="10.0.0.0/8")(scope, exchange.receive, exchange.send))
    assert scope["client"][0] == client
    assert scope["scheme"] == ("https" if "10.0" in peer else "http")


def test_behind_a_proxy_each_client_has_its_own_allowance(app: FastAPI) -> None:
    for trusted, wanted in (("10.0.0.0/8", [200, 200]), ("", [200, 429])):
        client = client_with(app, client=("10.0.0.1", 1), rate_per_second=1, rate_burst=1, trusted_proxies=trusted)
        asked = [client.get("/v1/generations", headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in (1, 2)]
        assert [response.status_code for response in asked] == wanted
