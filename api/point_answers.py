"""The answer to one point, as JSON: the service's most frequent answer, so what never changes is described once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from api.views import brief, premises_out, provenance
from geo.errors import InvalidCoordinate
from geo.model import Ward
from maps.words import doubts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.services import Services
    from geo.crs import Coordinate
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import Border, LookupResult, Outcome, Premises, Unit, WardShare

_KEPT = 4096
"""Units and premises whose descriptions are kept: more than there are in all generations."""


def point_answer(
    services: Services, index: WardIndex, coordinate: Coordinate, accuracy_m: float | None, lang: Language
) -> tuple[Outcome, bytes]:
    """Look a point up and say everything about it, in the shape of `api.schemas.PointAnswer`.

    Raises
    ------
    InvalidCoordinate
        The accuracy is not a radius that means anything.
    """
    result = index.locate(lon=coordinate.lon, lat=coordinate.lat)
    near = () if accuracy_m is None else _near(index, result, accuracy_m)
    answer = {
        **provenance(services, result.generation, lang),
        "query": {
            "lon": coordinate.lon,
            "lat": coordinate.lat,
            "crs": coordinate.crs,
            "order": coordinate.order,
            "notices": coordinate.notices(lang),
        },
        "outcome": result.outcome,
        "wards": [_unit(unit) for unit in result.units],
        "border": _border(result.border),
        "certain": result.certain,
        "approximate": result.approximate,
        "notices": doubts(result, lang),
        "near": [{"district": None, **_unit(hit.unit), "share": round(hit.share, 4)} for hit in near],
        "premises": _premises_of(index, result),
    }
    return result.outcome, orjson.dumps(answer)


def _near(index: WardIndex, result: LookupResult, accuracy_m: float) -> tuple[WardShare, ...]:
    try:
        return index.wards_near(lon=result.lon, lat=result.lat, radius_m=accuracy_m)
    except InvalidCoordinate as error:  # the point was right, so it is the radius, which has another name here
        raise InvalidCoordinate(vi=error.vi, en=error.en, field="accuracy_m") from None


def _border(border: Border) -> dict[str, Any]:
    apart = border.disagreement
    return {
        "distance_m": round(border.distance_m, 1),
        "across": None if border.across is None else _unit(border.across),
        "disagreement": None
        if apart is None
        else {"p50_m": apart.p50_m, "p90_m": apart.p90_m, "doubt_m": apart.doubt_m},
    }


def _premises_of(index: WardIndex, result: LookupResult) -> list[dict[str, Any]]:
    return [
        {**_premises(premises), "distance_m": None if distance_m is None else round(distance_m)}
        for unit in result.units
        if isinstance(unit, Ward)
        for premises, distance_m in index.premises_with_distance(unit.code, result)
    ]


@lru_cache(_KEPT)
def _unit(unit: Unit) -> Mapping[str, Any]:
    return brief(unit).model_dump(mode="json")


@lru_cache(_KEPT)
def _premises(premises: Premises) -> Mapping[str, Any]:
    return premises_out(premises).model_dump(mode="json")
