"""About the service itself: which data it holds, whether it is well."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from api.dependencies import LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import problem_responses
from api.reference import reference_response
from api.schemas import GenerationList, GenerationOut
from maps.words import ATTRIBUTION

router = APIRouter(
    tags=["service"], dependencies=[Depends(reject_unknown_parameters)], responses=problem_responses(400, 422)
)


@router.get(
    "/v1/generations",
    operation_id="listGenerations",
    summary="Generations held",
    response_model=GenerationList,
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
def healthz() -> dict[str, str]:
    """Answer as long as the process does."""
    return {"status": "ok"}


@router.get("/readyz", operation_id="readyz", summary="Ready?")
def readyz(services: ServicesDep) -> dict[str, str]:
    """Answer once the data are loaded and checked against their manifests."""
    return {"status": "ready", "data_version": services.data_version}
