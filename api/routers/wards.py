"""The 126 wards."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from numpy.typing import NDArray
from shapely import Polygon

from api.dependencies import AsOf, LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import RetiredUnit, problem_responses
from api.geojson_schemas import PROVENANCE, collection_schema, component, feature_schema
from api.reference import GEOJSON, reference_response, reference_responses
from api.schemas import WardDetail, WardList
from api.services import Services
from api.views import (
    brief,
    feature,
    feature_collection,
    predecessors,
    premises_out,
    provenance,
    successors,
    ward_out,
)
from geo.errors import Language, UnknownUnit
from geo.locate import WardIndex
from geo.model import Ward

router = APIRouter(prefix="/v1/wards", tags=["wards"], dependencies=[Depends(reject_unknown_parameters)])

Geometry = Annotated[
    Literal["none", "full", "5m", "10m", "25m"],
    Query(
        description="`none`: JSON without shapes. Otherwise GeoJSON: `full`, or a display level by its tolerance.",
        examples=["10m"],
    ),
]
WardCode = Annotated[str, Path(pattern=r"^\d{5}$", description="Code of a ward of 1 July 2025.", examples=["00070"])]
_PROBLEMS = problem_responses(400, 404, 422)
_LIST = reference_responses(collection_schema(feature_schema(component("WardOut"), "Polygon"), PROVENANCE))
_ONE = reference_responses(feature_schema(component("WardDetail"), "Polygon"))


@router.get("", operation_id="listWards", summary="All wards", response_model=WardList, responses=_LIST | _PROBLEMS)
def list_wards(
    request: Request,
    services: ServicesDep,
    lang: LanguageDep,
    geometry: Geometry = "none",
    as_of: AsOf = None,
) -> Response:
    """List the 126 wards with their official figures; as GeoJSON where a geometry is asked for."""
    index = _ward_index(services, as_of)
    rows = [ward_out(ward, shape, lang) for ward, shape in _wards(index)]
    meta = provenance(services, index.dataset.generation.id, lang)
    if geometry == "none":
        return reference_response(request, services, WardList(count=len(rows), items=rows, **meta))
    shapes = index.dataset.geometries if geometry == "full" else _display(services, index, geometry)
    features = [feature(row.model_dump(mode="json"), shape) for row, shape in zip(rows, shapes, strict=True)]
    return reference_response(request, services, feature_collection(features, **meta), GEOJSON)


@router.get(
    "/{code}",
    operation_id="getWard",
    summary="One ward",
    response_model=WardDetail,
    responses=_ONE | _PROBLEMS,
)
def get_ward(
    request: Request,
    code: WardCode,
    services: ServicesDep,
    lang: LanguageDep,
    geometry: Geometry = "none",
    as_of: AsOf = None,
) -> Response:
    """Describe a ward: figures, what it was made from and by which khoản, neighbours, premises.

    A code that only an old commune had answers 404 with the wards that commune went to.
    """
    index = _ward_index(services, as_of)
    ward = find_ward(services, index, code, lang)
    position = index.wards.index(ward)
    shape = index.dataset.geometries[position]
    detail = WardDetail(
        **ward_out(ward, shape, lang).model_dump(),
        predecessors=predecessors(services, code, lang),
        neighbours=[brief(unit) for unit in index.neighbours(code)],
        premises=[premises_out(premises) for premises in index.premises_of(code)],
        **provenance(services, index.dataset.generation.id, lang),
    )
    if geometry == "none":
        return reference_response(request, services, detail)
    if geometry != "full":
        shape = _display(services, index, geometry)[position]
    body = orjson.dumps(feature(detail.model_dump(mode="json"), shape))
    return reference_response(request, services, body, GEOJSON)


def _ward_index(services: Services, as_of: AsOf) -> WardIndex:
    """Return the index of wards; before 1 July 2025 there were none.

    Raises
    ------
    UnknownUnit
        The day is before the wards existed.
    """
    index = services.index(as_of)
    if index.approximate:
        raise UnknownUnit(
            vi=f"Trước ngày 01/07/2025 chưa có 126 phường, xã mới (as_of={as_of}). Hãy dùng /v1/old-units.",
            en=f"The 126 wards did not exist before 2025-07-01 (as_of={as_of}). Use /v1/old-units.",
            field="as_of",
        )
    return index


def _wards(index: WardIndex) -> list[tuple[Ward, Polygon]]:
    pairs = zip(index.wards, index.dataset.geometries, strict=True)
    return [(ward, shape) for ward, shape in pairs if isinstance(ward, Ward)]


def find_ward(services: Services, index: WardIndex, code: str, lang: Language, *, field: str = "code") -> Ward:
    """Return a ward in force; ``field`` names the parameter that asks for it.

    Raises
    ------
    RetiredUnit
        Only an old commune had that code; carries the wards it went to.
    UnknownUnit
        Nothing has that code.
    """
    try:
        unit = index.unit(code)
    except UnknownUnit as unknown:
        went_to = successors(services, code, lang)
        if not went_to:
            raise UnknownUnit(vi=unknown.vi, en=unknown.en, field=field) from None
        old = services.crosswalk.old_units[code]
        raise RetiredUnit(
            vi=f"{code} là mã của {old.full_name} ({old.district}), đã hết hiệu lực từ 01/07/2025.",
            en=f"{code} was the code of {old.full_name} ({old.district}), no longer in force since 2025-07-01.",
            successors=[link.model_dump(mode="json") for link in went_to],
            field=field,
        ) from None
    if not isinstance(unit, Ward):
        raise UnknownUnit(vi=f"{code} không phải mã phường, xã mới.", en=f"{code} is no ward's code.", field=field)
    return unit


def _display(services: Services, index: WardIndex, geometry: str) -> NDArray[np.object_]:
    return services.display[index.dataset.generation.id, int(geometry.removesuffix("m"))]
