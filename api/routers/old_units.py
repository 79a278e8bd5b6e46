"""The 526 communes until 30 June 2025, and where they went."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.dependencies import LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import RetiredUnit, problem_responses
from api.reference import reference_response, reference_responses
from api.schemas import OldUnitDetail
from api.views import old_brief, provenance, successors
from geo.model import Subject
from geo.stores.dataset import generation_on

router = APIRouter(prefix="/v1/old-units", tags=["old units"], dependencies=[Depends(reject_unknown_parameters)])

LAST_DAY = date(2025, 6, 30)


@router.get(
    "/{code}",
    operation_id="getOldUnit",
    summary="One old commune and where it went",
    response_model=OldUnitDetail,
    responses=reference_responses() | problem_responses(400, 404, 422),
)
def get_old_unit(
    request: Request,
    code: Annotated[str, Path(pattern=r"^\d{5}$", description="Code before 1 July 2025.", examples=["00118"])],
    services: ServicesDep,
    lang: LanguageDep,
    as_of: Annotated[
        date, Query(description="A day on which the commune existed.", examples=["2025-06-30"])
    ] = LAST_DAY,
) -> Response:
    """Say which wards an old commune went to, with khoản and wording.

    On a day from 1 July 2025 it no longer exists: 404, with its successors in the body.
    """
    generation = generation_on(services.store, as_of)
    old = services.crosswalk.old_unit(code)
    went_to = successors(services, code, lang)
    if generation != services.old_generation:
        raise RetiredUnit(
            vi=f"{old.full_name} ({old.district}) không còn từ 01/07/2025; ngày hỏi là {as_of:%d/%m/%Y}.",
            en=f"{old.full_name} ({old.district}) no longer exists since 2025-07-01; the day asked for is {as_of}.",
            successors=[link.model_dump(mode="json") for link in went_to],
        )
    detail = OldUnitDetail(
        **old_brief(old).model_dump(),
        district_code=old.district_code,
        successors=went_to,
        divided=len(services.crosswalk.destinations(code, Subject.RESIDENT)) > 1,
        **provenance(services, generation.id, lang),
    )
    return reference_response(request, services, detail)
