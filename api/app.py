"""The application."""

from __future__ import annotations

from fastapi import FastAPI

from api import errors, middleware
from api.lifecycle import Lifecycle, State
from api.metrics import Metrics
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
    trial_page,
    unit_pages,
    wards,
)
from api.services import Services
from api.settings import Settings

_DESCRIPTION = """
Which of Hà Nội's 126 wards (since 1 July 2025) a point lies in, how near the border and how certain; to which ward an
address of before belongs now, and why; the wards, their offices, and the communes they were made from. Coordinates are
EPSG:4326 degrees, longitude first. Errors are RFC 9457 problem details, in Vietnamese or English by `Accept-Language`
or `lang=`. Unknown query parameters are refused.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
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

    app = FastAPI(
        title="Hanoi wards",
        version="0.1.0",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        responses=errors.problem_responses(406, 429, 500, 503),
    )
    app.state.services = services
    app.state.metrics = metrics = Metrics()
    app.state.lifecycle = lifecycle = Lifecycle()
    metrics.serving(services)
    errors.install(app)
    middleware.install(app, settings, metrics=metrics, lifecycle=lifecycle)
    for module in (
        lookup,
        route,
        wards,
        old_units,
        crosswalk,
        pieces,
        premises,
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
