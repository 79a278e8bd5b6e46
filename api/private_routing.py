"""Routing for requests: counted by outcome; no word of an address stays in memory or gets into a log."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.metrics import Metrics
    from geo.model import RouteDecision, RouteQuery
    from geo.routing import Router


class RoutingFault(RuntimeError):
    """A fault of ours in routing, without its message."""


@contextmanager
def private_routing(router: Router, metrics: Metrics) -> Iterator[Callable[[RouteQuery], RouteDecision]]:
    """Route the cases of one request, count them, and forget them when it ends, however it ends.

    Raises
    ------
    RoutingFault
        By the function given, where the router failed: its own message may quote the address, and faults are logged,
        so only its kind and its place go on.
    """

    def decide(query: RouteQuery) -> RouteDecision:
        try:
            decision = router.route(query)
        except Exception as fault:  # noqa: BLE001 (raised again, without its message)
            raise RoutingFault(type(fault).__name__).with_traceback(fault.__traceback__) from None
        metrics.routed(decision.outcome)
        return decision

    try:
        yield decide
    finally:
        router.forget()
