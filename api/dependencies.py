"""The named types that routes ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.errors import BadRequest
from api.languages import preferred_language
from api.metrics import Metrics
from api.services import Services
from geo.errors import Language


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _language(
    request: Request,
    lang: Annotated[
        Literal["vi", "en"] | None,
        Query(description="Language of the words; by `Accept-Language` where not given.", examples=["en"]),
    ] = None,
) -> Language:
    return lang or preferred_language(request)


async def reject_unknown_parameters(request: Request) -> None:
    """Answer 400 to a query parameter that the route does not know.

    Raises
    ------
    BadRequest
        Names the parameter and lists those that the route takes.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = {field.alias for dependant in _all_dependants(route.dependant) for field in dependant.query_params} | {
        "lang"
    }
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        takes = ", ".join(sorted(known))
        raise BadRequest(
            vi=f"Không có tham số {', '.join(unknown)!r}. Các tham số dùng được: {takes}.",
            en=f"There is no parameter {', '.join(unknown)!r}. This route takes: {takes}.",
            field=unknown[0],
        )


async def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


def _all_dependants(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for inner in dependant.dependencies:
        yield from _all_dependants(inner)


AsOf = Annotated[
    date | None,
    Query(
        description="Day (YYYY-MM-DD) whose units are asked for; today's where none is given.",
        examples=["2025-07-01"],
    ),
]
# These are coroutines although they wait for nothing: the framework sends plain functions to a thread, each.
ServicesDep = Annotated[Services, Depends(_services)]
MetricsDep = Annotated[Metrics, Depends(_metrics)]
LanguageDep = Annotated[Language, Depends(_language)]
PageLanguageDep = Annotated[Language, Depends(preferred_language)]
"""For pages, where a wrong ``lang`` is no reason to show none."""
