"""The register of premises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import AsOf, LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import problem_responses
from api.geojson_schemas import PROVENANCE, collection_schema, component, feature_schema, written_out
from api.premises_schemas import (
    PremisesList,
    PremisesProperties,
    ReachOut,
    RegisteredPremises,
    RegisterOut,
    WardAccessOut,
    WardPremisesOut,
)
from api.reference import GEOJSON, reference_response, reference_responses
from api.routers.wards import find_ward
from api.views import feature_collection, premises_out, provenance, ward_brief
from geo.errors import UnknownUnit
from geo.premises import premises_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.services import Services
    from geo.errors import Language
    from geo.model import Premises
    from geo.premises import Reach, Register, WardAccess, WardPremises

router = APIRouter(prefix="/v1/premises", tags=["premises"], dependencies=[Depends(reject_unknown_parameters)])

Geometry = Annotated[
    Literal["none", "point"],
    Query(
        description="`none`: JSON. `point`: GeoJSON; a premises without a position has a null geometry.",
        examples=["point"],
    ),
]
OneWard = Annotated[
    str | None, Query(pattern=r"^\d{5}$", description="Only the premises of this ward.", examples=["00070"])
]
_POINTS = collection_schema(
    feature_schema(written_out(PremisesProperties), "Point", optional=True),
    {"summary": component("RegisterOut"), **PROVENANCE},
)


@router.get(
    "",
    operation_id="listPremises",
    summary="Known premises",
    response_model=PremisesList,
    responses=reference_responses(_POINTS) | problem_responses(400, 404, 422),
)
def list_premises(
    request: Request,
    services: ServicesDep,
    lang: LanguageDep,
    geometry: Geometry = "none",
    ward: OneWard = None,
    as_of: AsOf = None,
) -> Response:
    """List every known premises with its source and confidence, and the register of each ward.

    A position is given with its uncertainty, and only where an honest one is known. How many premises a ward should
    have is given only where the sources say it.
    """
    lines = _lines(services, ward, as_of, lang)
    register = services.premises.register
    meta = provenance(services, services.premises.dataset.generation.id, lang)
    if geometry == "point":
        features = premises_features(register, lines)
        body = feature_collection(features, summary=_register(register).model_dump(mode="json"), **meta)
        return reference_response(request, services, body, GEOJSON)
    items = [_item(one, line, register) for line in lines for one in line.premises]
    listing = PremisesList(
        summary=_register(register),
        count=len(items),
        items=items,
        wards=[_ward(line, services.premises.access[line.ward.code]) for line in lines],
        **meta,
    )
    return reference_response(request, services, listing)


def _lines(services: Services, ward: str | None, as_of: AsOf, lang: Language) -> Sequence[WardPremises]:
    """Return the register's lines asked for.

    Raises
    ------
    UnknownUnit
        No ward has that code (see `find_ward`), or the day is before the wards existed.
    """
    if services.index(as_of).approximate:
        raise UnknownUnit(
            vi=f"Trước ngày 01/07/2025 chưa có trụ sở của 126 phường, xã mới (as_of={as_of}).",
            en=f"The premises of the 126 wards did not exist before 2025-07-01 (as_of={as_of}).",
            field="as_of",
        )
    lines = services.premises.register.wards
    if ward is None:
        return lines
    asked = find_ward(services, services.index(as_of), ward, lang, field="ward")
    return [line for line in lines if line.ward.code == asked.code]


def _register(register: Register) -> RegisterOut:
    return RegisterOut(
        total=register.total,
        known=len(register.premises),
        in_use=len(register.in_use),
        planned=len(register.planned),
        positioned=len(register.placed),
        imported=len(register.imported),
        version=register.version,
    )


def _item(premises: Premises, line: WardPremises, register: Register) -> RegisteredPremises:
    return RegisteredPremises(
        **premises_out(premises).model_dump(),
        number=premises.number,
        ward_name=line.ward.full_name,
        note=premises.note,
        valid_from=premises.valid_from,
        imported_on=register.imported.get(premises.id),
    )


def _ward(line: WardPremises, access: WardAccess) -> WardPremisesOut:
    return WardPremisesOut(
        **ward_brief(line.ward).model_dump(),
        known=len(line.in_use),
        planned=len(line.premises) - len(line.in_use),
        positioned=len(line.positioned),
        arrangement=line.arrangement,
        expected=line.expected,
        outside_ward=[one.id for one in line.outside],
        access=WardAccessOut(
            people_per_premises=None if access.people_per_premises is None else round(access.people_per_premises, 1),
            proxy=access.proxy,
            proxy_points=access.proxy_points,
            own=_reach(access.own),
            nearest=_reach(access.nearest),
        ),
    )


def _reach(reach: Reach | None) -> ReachOut | None:
    if reach is None:
        return None
    return ReachOut(median_m=round(reach.median_m), p90_m=round(reach.p90_m), uncertainty_m=round(reach.uncertainty_m))
