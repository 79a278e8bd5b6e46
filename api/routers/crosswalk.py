"""The law: where an old commune's residents and parcels went, and what a bare code or name may mean."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.dependencies import LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import problem_responses
from api.reference import reference_response, reference_responses
from api.schemas import DestinationsAnswer, OldUnitReading, ReadingsAnswer
from api.services import Services
from api.views import old_brief, provenance, successor_out, successors, ward_brief
from geo.crosswalk import Readings
from geo.errors import Language, UnknownUnit
from geo.model import Subject

router = APIRouter(
    prefix="/v1/crosswalk",
    tags=["crosswalk"],
    dependencies=[Depends(reject_unknown_parameters)],
    responses=reference_responses() | problem_responses(400, 404, 422),
)


@router.get(
    "/old-units/{code}",
    operation_id="getDestinations",
    summary="Where an old commune's residents or parcels went",
    response_model=DestinationsAnswer,
)
def get_destinations(
    request: Request,
    code: Annotated[str, Path(pattern=r"^\d{5}$", description="Code before 1 July 2025.", examples=["00118"])],
    services: ServicesDep,
    lang: LanguageDep,
    subject: Annotated[
        Subject,
        Query(
            description="`resident`: follow the wording on the population; `parcel`: that on the area.",
            examples=["resident"],
        ),
    ] = Subject.RESIDENT,
) -> Response:
    """List the wards that something known only by its old commune may be in now, each with its khoản.

    One ward is the law's answer; several are an honest set, for the commune was divided.
    """
    links = services.crosswalk.destinations(code, subject)
    answer = DestinationsAnswer(
        old_unit=old_brief(services.crosswalk.old_unit(code)),
        subject=subject,
        settled=len(links) == 1,
        destinations=[successor_out(link, ward, lang) for link, ward in links],
        **provenance(services, services.old_generation.id, lang),
    )
    return reference_response(request, services, answer)


@router.get(
    "/codes/{code}",
    operation_id="getReadingsOfCode",
    summary="What a bare code may mean",
    response_model=ReadingsAnswer,
)
def get_readings_of_code(
    request: Request,
    code: Annotated[str, Path(pattern=r"^\d{5}$", description="A code of either generation.", examples=["00118"])],
    services: ServicesDep,
    lang: LanguageDep,
) -> Response:
    """List the units of both generations that a code without a date may mean; neither is preferred.

    All 126 wards re-use the code of an old commune.
    """
    readings = services.crosswalk.readings_of_code(code)
    if not (readings.wards or readings.old_units):
        raise UnknownUnit(
            vi=f"Không có đơn vị cũ hay mới nào mang mã {code}.",
            en=f"No old or new unit has the code {code}.",
            field="code",
        )
    return reference_response(request, services, _readings_answer(services, readings, lang))


@router.get(
    "/names",
    operation_id="getReadingsOfName",
    summary="What a name may mean",
    response_model=ReadingsAnswer,
)
def get_readings_of_name(
    request: Request,
    services: ServicesDep,
    lang: LanguageDep,
    name: Annotated[
        str, Query(min_length=1, max_length=100, description="A name without its type.", examples=["Hòa Lạc"])
    ],
    type_: Annotated[
        str | None, Query(alias="type", max_length=20, description="phường, xã or thị trấn.", examples=["xã"])
    ] = None,
    district: Annotated[
        str | None, Query(max_length=50, description="Old district, with or without its type.", examples=["Ba Vì"])
    ] = None,
) -> Response:
    """List the units of both generations that bear a name, and where the old ones went.

    80 wards bear the name of an old commune, and 25 names belonged to several communes. An unknown name has no reading.
    """
    readings = services.crosswalk.readings_of_name(name, type_=type_, district=district)
    return reference_response(request, services, _readings_answer(services, readings, lang))


def _readings_answer(services: Services, readings: Readings, lang: Language) -> ReadingsAnswer:
    return ReadingsAnswer(
        settled=readings.settled,
        wards=[ward_brief(ward) for ward in readings.wards],
        old_units=[
            OldUnitReading(**old_brief(unit).model_dump(), successors=successors(services, unit.code, lang))
            for unit in readings.old_units
        ],
        **provenance(services, services.index().dataset.generation.id, lang),
    )
