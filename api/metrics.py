"""What is counted, for Prometheus. Labels are few and fixed: nothing that a user sent is one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

if TYPE_CHECKING:
    from api.services import Services

_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)


class Metrics:
    """The figures of one application. Each has its own registry, so that several may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._seconds = Histogram(
            "hanoi_wards_request_seconds",
            "Time from a request's head to the end of its answer.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._requests = Counter(
            "hanoi_wards_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._lookups = Counter(
            "hanoi_wards_lookups", "Points looked up, by outcome.", ("outcome",), registry=self.registry
        )
        self._routes = Counter("hanoi_wards_routes", "Cases routed, by outcome.", ("outcome",), registry=self.registry)
        self._reloads = Counter("hanoi_wards_reloads", "Reloads of the data.", ("result",), registry=self.registry)
        self._data = Gauge("hanoi_wards_data_info", "The data served.", ("data_version",), registry=self.registry)
        self._loaded = Gauge("hanoi_wards_data_loaded_timestamp_seconds", "When they came.", registry=self.registry)
        self._lookup_counters: dict[str, Counter] = {}
        self._labelled: dict[tuple[str, str, int], tuple[Histogram, Counter]] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        key = (method, route, status)
        found = self._labelled.get(key)
        if found is None:  # finding a label's child takes longer than counting
            found = self._labelled[key] = (
                self._seconds.labels(method, route),
                self._requests.labels(method, route, str(status)),
            )
        found[0].observe(seconds)
        found[1].inc()

    def looked_up(self, outcome: str, count: int = 1) -> None:
        """Count points by outcome: INSIDE, ON_BORDER, OUTSIDE or INVALID."""
        if count:
            counter = self._lookup_counters.get(outcome)
            if counter is None:
                counter = self._lookup_counters[outcome] = self._lookups.labels(outcome)
            counter.inc(count)

    def routed(self, outcome: str) -> None:
        """Count a case by outcome, INVALID among them."""
        self._routes.labels(outcome).inc()

    def reloaded(self, *, done: bool) -> None:
        """Count a reload."""
        self._reloads.labels("done" if done else "failed").inc()

    def serving(self, services: Services) -> None:
        """Say which data are served from now on."""
        self._data.clear()
        self._data.labels(services.data_version).set(1)
        self._loaded.set(time.time())

    def text(self) -> bytes:
        """Return everything as Prometheus reads it."""
        return generate_latest(self.registry)
