"""What every request passes on its way to a route and back: plain ASGI, one concern a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.middleware.body_limits import BodyLimits
from api.middleware.client_address import ClientAddress
from api.middleware.compression import Compression
from api.middleware.cross_origin import CrossOrigin
from api.middleware.deadline import Deadline
from api.middleware.heavy_jobs import HeavyJobs
from api.middleware.media_types import MediaTypes
from api.middleware.observe import Observe
from api.middleware.rate_limit import RateLimit
from api.middleware.security_headers import SecurityHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from api.lifecycle import Lifecycle
    from api.metrics import Metrics
    from api.settings import Settings

_SMALLEST_PACKED = 1000
_LEVEL = 6


def around(app: ASGIApp, settings: Settings, *, metrics: Metrics, lifecycle: Lifecycle) -> ASGIApp:
    """Put them around an application, innermost first."""
    app = Compression(app, minimum_size=_SMALLEST_PACKED, level=_LEVEL)
    app = HeavyJobs(app, places=settings.max_heavy_jobs, wait_seconds=settings.heavy_wait_seconds)
    app = MediaTypes(app)
    app = Deadline(app, seconds=settings.request_seconds)
    app = BodyLimits(app, largest=settings.max_body_bytes, seconds=settings.body_seconds)
    if settings.rate_per_second:
        app = RateLimit(
            app, per_second=settings.rate_per_second, burst=settings.rate_burst, clients=settings.rate_clients
        )
    if settings.trusted_proxies:
        app = ClientAddress(app, trusted=settings.trusted_proxies)
    app = CrossOrigin(app)
    app = SecurityHeaders(app, settings=settings)
    return Observe(app, metrics=metrics, lifecycle=lifecycle, access_log=settings.access_log)
