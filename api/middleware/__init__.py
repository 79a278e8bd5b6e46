"""What every request passes on its way to a route and back: plain ASGI, one concern a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.middleware.body_limits import BodyLimits
from api.middleware.client_address import ClientAddress
from api.middleware.compression import Compression
from api.middleware.cross_origin import CrossOrigin
from api.middleware.deadline import Deadline
from api.middleware.faults import Faults
from api.middleware.heavy_jobs import HeavyJobs
from api.middleware.media_types import MediaTypes
from api.middleware.observe import Observe
from api.middleware.rate_limit import RateLimit
from api.middleware.security_headers import SecurityHeaders

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.lifecycle import Lifecycle
    from api.metrics import Metrics
    from api.settings import Settings

_SMALLEST_PACKED = 1000
_LEVEL = 6


def install(app: FastAPI, settings: Settings, *, metrics: Metrics, lifecycle: Lifecycle) -> None:
    """Put them around the application, innermost first."""
    app.add_middleware(Faults)
    app.add_middleware(Compression, minimum_size=_SMALLEST_PACKED, level=_LEVEL)
    app.add_middleware(HeavyJobs, places=settings.max_heavy_jobs, wait_seconds=settings.heavy_wait_seconds)
    app.add_middleware(MediaTypes)
    app.add_middleware(Deadline, seconds=settings.request_seconds)
    app.add_middleware(BodyLimits, largest=settings.max_body_bytes, seconds=settings.body_seconds)
    if settings.rate_per_second:
        app.add_middleware(
            RateLimit,
            per_second=settings.rate_per_second,
            burst=settings.rate_burst,
            clients=settings.rate_clients,
        )
    if settings.trusted_proxies:
        app.add_middleware(ClientAddress, trusted=settings.trusted_proxies)
    app.add_middleware(CrossOrigin)
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(Observe, metrics=metrics, lifecycle=lifecycle, access_log=settings.access_log)
