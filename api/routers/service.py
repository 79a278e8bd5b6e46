"""About the service itself: which data it holds, whether it is well."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from api.dependencies import LanguageDep, MetricsDep, ServicesDep, reject_unknown_parameters
from api.errors import NotReady, problem_responses
from api.lifecycle import State
from api.reference import reference_response, reference_responses
from api.schemas import GenerationList, GenerationOut
from maps.words import ATTRIBUTION

router = APIRouter(
    tags=["service"], dependencies=[Depends(reject_unknown_parameters)], responses=problem_responses(400, 422)
)

_RETRY_AFTER = 5


class Readiness(BaseModel):
    """What a load balancer asks for."""

    status: str
    data_version: str


@router.get(
    "/v1/generations",
    operation_id="listGenerations",
    summary="Generations held",
    response_model=GenerationList,
    responses=reference_responses(),
)
def list_generations(request: Request, services: ServicesDep, lang: LanguageDep) -> Response:
    """List the generations of units: until 30 June 2025, and since 1 July 2025."""
    current = services.index().dataset.generation
    items = [
        GenerationOut(
            id=generation.id,
            valid_from=generation.valid_from,
            valid_to=generation.valid_to,
            unit_count=generation.unit_count,
            approximate=generation.approximate,
            current=generation == current,
        )
        for generation in services.store.generations()
    ]
    listing = GenerationList(data_version=services.data_version, attribution=ATTRIBUTION[lang], items=items)
    return reference_response(request, services, listing)


@router.get("/healthz", operation_id="healthz", summary="Alive?")
async def healthz() -> dict[str, str]:
    """Answer as long as the process does."""
    return {"status": "ok"}


@router.get(
    "/readyz", operation_id="readyz", summary="Ready?", responses={200: {"model": Readiness}, **problem_responses(503)}
)
async def readyz(request: Request, services: ServicesDep) -> Readiness:
    """Answer 200 once the data are loaded and checked against their manifests, 503 before and when the service ends."""
    state = request.app.state.lifecycle.state
    if state is not State.READY:
        raise NotReady(
            vi="Dịch vụ đang khởi động hoặc sắp dừng.", en=f"The service is {state}.", retry_after=_RETRY_AFTER
        )
    return Readiness(status="ready", data_version=services.data_version)


@router.get("/metrics", include_in_schema=False)
async def metrics(figures: MetricsDep) -> Response:
    """Give the figures as Prometheus reads them."""
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
