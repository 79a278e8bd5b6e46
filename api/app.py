"""The application."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from api import errors
from api.routers import crosswalk, lookup, old_units, pages, service, wards
from api.services import Services
from api.settings import Settings

_DESCRIPTION = """
Which of Hà Nội's 126 wards (since 1 July 2025) a point lies in, how near the border and how certain; the wards, their
offices, and the communes they were made from. Coordinates are EPSG:4326 degrees, longitude first. Errors are RFC 9457
problem details, in Vietnamese or English by `Accept-Language` or `lang=`. Unknown query parameters are refused.
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
    )
    app.state.services = services
    errors.install(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    for module in (lookup, wards, old_units, crosswalk, service, pages):
        app.include_router(module.router)
    return app
