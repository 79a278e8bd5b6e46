"""The application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from api import errors, middleware
from api.lifecycle import Lifecycle, State
from api.metrics import Metrics
from api.middleware.faults import Faults
from api.quick_lookup import QuickLookup
from api.routers import (
    crosswalk,
    crosswalk_map,
    downloads,
    finder_files,
    lookup,
    ogc,
    old_units,
    pages,
    pieces,
    premises,
    premises_page,
    route,
    service,
    trial,
    trial_page,
    unit_pages,
    wards,
)
from api.services import Services
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

_DESCRIPTION = """
Which of Hà Nội's 126 wards (since 1 July 2025) a point lies in, how near the border and how certain; to which ward an
address of before belongs now, and why; the wards, their offices, and the communes they were made from. Coordinates are
EPSG:4326 degrees, longitude first. Errors are RFC 9457 problem details, in Vietnamese or English by `Accept-Language`
or `lang=`. Unknown query parameters are refused.
"""

_TAGS = [
    {"name": "lookup", "description": "The ward of a point, or of many."},
    {"name": "route", "description": "The ward that an address belongs to now."},
    {"name": "wards", "description": "The 126 wards since 1 July 2025."},
    {"name": "old units", "description": "The communes until then."},
    {"name": "crosswalk", "description": "The law: what went where."},
    {"name": "premises", "description": "The offices of the wards, as far as they are known."},
    {"name": "trial", "description": "The trial of 20–26 June 2025."},
    {"name": "service", "description": "The service itself."},
]


class Application(FastAPI):
    """FastAPI behind what every request passes on its way in and out.

    That stands around the framework, not inside it: the quick way to a ward need not go through the framework at all.
    """

    def stand_behind(self, entrance: Callable[[ASGIApp], ASGIApp]) -> None:
        """Let requests come through an entrance."""
        self._entrance = entrance(super().__call__)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._entrance(scope, receive, send)


def create_app(settings: Settings | None = None) -> Application:
    """Build the application.

    Parameters
    ----------
    settings
        Read from the environment where not given.

    Raises
    ------
    DataMissing, DataDamaged
        The data cannot be read. The service refuses to start rather than answer without them.
    """
    settings = settings or Settings()
    services = Services.open(settings)

    app = Application(
        title="Hanoi wards",
        version="0.1.0",
        description=_DESCRIPTION,
        contact={"name": "The operator of this service"},
        servers=[{"url": "/"}],
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        responses=errors.problem_responses(406, 429, 500, 503),
    )
    app.state.services = services
    app.state.metrics = metrics = Metrics()
    app.state.lifecycle = lifecycle = Lifecycle()
    metrics.serving(services)
    errors.install(app)
    app.add_middleware(Faults)  # inside: the framework would answer a fault before it reaches anything outside
    app.stand_behind(
        lambda framework: middleware.around(
            QuickLookup(framework, state=app.state), settings, metrics=metrics, lifecycle=lifecycle
        )
    )
    for module in (
        lookup,
        route,
        wards,
        old_units,
        crosswalk,
        pieces,
        premises,
        trial,
        service,
        premises_page,
        ogc,
        downloads,
        trial_page,
        unit_pages,
        crosswalk_map,
        finder_files,
        pages,
    ):
        app.include_router(module.router)
    lifecycle.state = State.READY
    return app
