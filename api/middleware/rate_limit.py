"""How often one client may ask: a token bucket for each, the latest only."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.requests import Request

from api.errors import TooManyRequests, problem_of
from api.languages import preferred_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

_PROBES = ("/healthz", "/readyz")
"""Asked by load balancers, also when a neighbour at the same address asks too often."""

_IPV6_NETWORK = 64
"""A household has as many addresses as it likes inside this prefix."""


class RateLimit:
    """Answer 429 to who asks too often.

    A bucket holds ``burst`` requests and fills by ``per_second``. Of more than ``clients`` clients the one that has
    been silent longest is forgotten, so memory stays bounded; forgetting only ever gives somebody a full bucket.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        per_second: float,
        burst: float,
        clients: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self._per_second = per_second
        self._burst = burst
        self._clients = clients
        self._clock = clock
        self.buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By client: tokens, and when they were counted."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"] not in _PROBES and (wait := self._take(scope)) > 0:
            error = TooManyRequests(
                vi=f"Nhận quá {self._per_second:g} yêu cầu mỗi giây từ máy của bạn. Hãy thử lại sau "
                f"{wait:.0f} giây, hoặc gửi nhiều điểm, nhiều hồ sơ trong một lần.",
                en=f"More than {self._per_second:g} requests a second came from you. Try again after "
                f"{wait:.0f} s, or send many points or cases in one call.",
                retry_after=wait,
            )
            await problem_of(error, preferred_language(Request(scope)))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _take(self, scope: Scope) -> float:
        """Take a token; return the seconds until there is one where there is none."""
        client = _name(scope)
        now = self._clock()
        tokens, then = self.buckets.get(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        taken = tokens >= 1
        self.buckets[client] = (tokens - 1 if taken else tokens, now)
        self.buckets.move_to_end(client)
        if len(self.buckets) > self._clients:
            self.buckets.popitem(last=False)
        return 0.0 if taken else max(1.0, (1 - tokens) / self._per_second)


def _name(scope: Scope) -> str:
    host: str = scope["client"][0] if scope.get("client") else ""
    if ":" in host:
        try:
            return str(ipaddress.ip_network((host.partition("%")[0], _IPV6_NETWORK), strict=False))
        except ValueError:
            return host
    return host
