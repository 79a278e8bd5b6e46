"""The drawn pieces of old communes in wards, for maps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import problem_responses
from api.geojson_schemas import PROVENANCE, collection_schema, feature_schema
from api.reference import GEOJSON, reference_response, reference_responses
from api.services import Services
from api.views import feature, feature_collection, provenance
from geo.errors import UnknownUnit
from geo.model import OldUnit
from maps.crosswalk_map import piece_features

router = APIRouter(
    prefix="/v1/crosswalk",
    tags=["crosswalk"],
    dependencies=[Depends(reject_unknown_parameters)],
)

_POINT = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}}
_OUTLINE = {"kind": {"const": "old-unit"}} | {key: {"type": "string"} for key in ("old_code", "name", "full_name")}
_PIECE = {
    "kind": {"const": "piece"},
    "old_code": {"type": "string"},
    "ward_code": {"type": "string"},
    "clause": {"type": "integer"},
    "drawn_share": {"type": "number", "minimum": 0, "maximum": 1},
}
_PROPERTIES = {
    "oneOf": [
        {
            "type": "object",
            "required": list(facts),
            "properties": {**facts, "label": {"anyOf": [_POINT, {"type": "null"}]}},
        }
        for facts in (_OUTLINE, _PIECE)
    ]
}
_PIECES = collection_schema(
    feature_schema(_PROPERTIES, "Polygon", "MultiPolygon", optional=True),
    {"approximate": {"const": True}, "tolerance_m": {"type": "number"}, **PROVENANCE},
)


@router.get(
    "/pieces",
    operation_id="getPieces",
    summary="Old communes cut along the new wards, as approximate shapes",
    response_class=Response,
    responses=reference_responses(_PIECES) | problem_responses(400, 404, 422),
)
def get_pieces(
    request: Request,
    services: ServicesDep,
    lang: LanguageDep,
    old_code: Annotated[
        str | None, Query(pattern=r"^\d{5}$", description="One old commune.", examples=["00118"])
    ] = None,
    ward_code: Annotated[
        str | None, Query(pattern=r"^\d{5}$", description="Those that a ward was made from.", examples=["00118"])
    ] = None,
    district_code: Annotated[
        str | None, Query(pattern=r"^\d{3}$", description="Those of an old district.", examples=["004"])
    ] = None,
) -> Response:
    """Return the outlines of old communes (`kind: old-unit`) and their pieces, one for each link (`kind: piece`).

    Of several codes, the communes that all of them name; without one, all 526. Shapes are approximate, for orientation:
    the law is the links' wording. A piece too small for the display level has a null geometry. `drawn_share` is the
    part of the commune's drawn area; `label` a point inside, to write on.
    """
    communes = _communes(services, old_code, ward_code, district_code)
    features = [_feature(one) for one in piece_features(services.pieces, communes)]
    body = feature_collection(
        features,
        approximate=True,
        tolerance_m=services.pieces.tolerance_m,
        **provenance(services, services.old_generation.id, lang),
    )
    return reference_response(request, services, body, GEOJSON)


def _feature(one: Mapping[str, Any]) -> dict[str, Any]:
    codes = [one[name] for name in ("old_code", "ward_code") if name in one]
    facts = {name: value for name, value in one.items() if name != "shape"}
    return feature(facts, one["shape"], key="-".join(codes))


def _communes(
    services: Services, old_code: str | None, ward_code: str | None, district_code: str | None
) -> list[OldUnit]:
    law = services.crosswalk
    units = law.old_units.values()
    asked: dict[str, set[str]] = {}
    if old_code:
        asked["old_code"] = {law.old_unit(old_code).code}
    if ward_code:
        asked["ward_code"] = {unit.code for _, unit in law.predecessors(ward_code)}
    if district_code:
        asked["district_code"] = {unit.code for unit in units if unit.district_code == district_code}
    for field, codes in asked.items():
        if not codes:
            code = ward_code if field == "ward_code" else district_code
            raise UnknownUnit(
                vi=f"Không có đơn vị nào mang mã {code}.", en=f"No unit has the code {code}.", field=field
            )
    return [unit for unit in units if all(unit.code in codes for codes in asked.values())]
