"""A decision as GeocodeJSON 0.1.0: the candidate wards as labelled points.

https://github.com/geocoders/geocodejson-spec. Decisions of ours where it leaves room:

- ``geocoding.query`` is left out. It is optional, and an address is not repeated where nobody needs it.
- ``type`` is ``district``: the field means a part of a city (the specification's issue 10), and Hà Nội's phường and xã
  lie directly below the city.
- ``accuracy`` is left out. The point is where a label goes inside the ward, not where the address is.
- ``admin`` names the country (2) and the city (4), which contain the ward.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from api.geojson_schemas import collection_schema, feature_schema, written_out
from api.route_schemas import CandidateOut, RouteAnswer
from api.route_views import SCORE_DECIMALS, attribution, notices
from api.views import feature, feature_collection
from geo.model import Text

if TYPE_CHECKING:
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import Candidate, RouteDecision

VERSION: Final = "0.1.0"

_LICENCE = Text(
    vi="Ranh giới: không thấy giấy phép mở, đơn vị vận hành phải xác nhận quyền sử dụng. OpenStreetMap: ODbL 1.0. "
    "GeoNames: CC BY 4.0.",
    en="Borders: no open licence was found, the operator confirms permission. OpenStreetMap: ODbL 1.0. "
    "GeoNames: CC BY 4.0.",
)
_LABEL_POINT = Text(
    vi="Điểm đặt nhãn bên trong phường, xã; không phải vị trí của địa chỉ.",
    en="A label point inside the ward, not the position of the address.",
)
_CITY, _CITY_IN_FULL, _COUNTRY = "Hà Nội", "Thành phố Hà Nội", "Việt Nam"
_DECIMALS = 6


def _texts(*names: str) -> dict[str, Any]:
    return {"type": "object", "required": list(names), "properties": {key: {"type": "string"} for key in names}}


_PLACE: Final = _texts("type", "label", "name", "city", "country")
_PLACE["properties"]["admin"] = _texts("level2", "level4")
_CANDIDATE: Final = written_out(CandidateOut)["properties"]
_DECISION: Final = written_out(RouteAnswer)["properties"]
_PROPERTIES: Final = {
    "type": "object",
    "required": ["code", "geocoding", "score", "clauses", "point"],
    "properties": {
        **{name: _CANDIDATE[name] for name in ("code", "score", "clauses")},
        "geocoding": _PLACE,
        "point": {"type": "string", "description": "What the point is."},
    },
}
_MEMBERS: Final = {
    "geocoding": _texts("version", "licence", "attribution"),
    **{name: _DECISION[name] for name in ("outcome", "reason", "notices", "generation", "data_version")},
    "question": {"type": ["string", "null"]},
}
GEOCODEJSON_SCHEMA: Final = collection_schema(feature_schema(_PROPERTIES, "Point"), _MEMBERS)
"""Shape of `geocodejson`."""


def geocodejson(decision: RouteDecision, index: WardIndex, lang: Language) -> bytes:
    """Return a feature collection of the candidate wards, best first; what was decided stands beside it."""
    shapes = dict(zip((unit.code for unit in index.wards), index.dataset.geometries, strict=True))
    question = decision.question
    return feature_collection(
        (_feature(candidate, shapes[candidate.ward.code], lang) for candidate in decision.candidates),
        geocoding={
            "version": VERSION,
            "licence": _LICENCE.message(lang),
            "attribution": attribution([decision], lang),
        },
        outcome=decision.outcome,
        reason=decision.reason.message(lang),
        question=None if question is None else question.text.message(lang),
        notices=notices(decision, lang),
        generation=decision.generation,
        data_version=decision.data_version,
    )


def _feature(candidate: Candidate, polygon: shapely.Geometry, lang: Language) -> dict[str, Any]:
    ward = candidate.ward
    return feature(
        {
            "code": ward.code,
            "geocoding": {
                "type": "district",
                "label": f"{ward.full_name}, {_CITY}, {_COUNTRY}",
                "name": ward.full_name,
                "city": _CITY,
                "country": _COUNTRY,
                "admin": {"level2": _COUNTRY, "level4": _CITY_IN_FULL},
            },
            "score": round(candidate.score, SCORE_DECIMALS),
            "clauses": candidate.clauses,
            "point": _LABEL_POINT.message(lang),
        },
        _label_point(polygon),
    )


def _label_point(polygon: shapely.Geometry) -> shapely.Geometry:
    """Return a point inside a ward, to a tenth of a metre; a centroid may lie outside a bent one."""
    point = shapely.point_on_surface(polygon)
    return shapely.Point(round(point.x, _DECIMALS), round(point.y, _DECIMALS))
