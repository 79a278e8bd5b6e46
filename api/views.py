"""From the core's answers to what is shown, in Vietnamese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import shapely

from api.schemas import (
    LinkOut,
    OldUnitBrief,
    PositionOut,
    PredecessorOut,
    PremisesOut,
    SuccessorOut,
    WardBrief,
    WardOut,
)
from geo.layers.geojson import geometry_text
from geo.model import OldUnit
from maps.words import ATTRIBUTION, share_wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.services import Services
    from geo.errors import Language
    from geo.model import CrosswalkLink, Premises, Unit, Ward


def provenance(services: Services, generation: str, lang: Language) -> dict[str, Any]:
    """Return the members that every answer carries."""
    return {"generation": generation, "data_version": services.data_version, "attribution": ATTRIBUTION[lang]}


def brief(unit: Unit) -> WardBrief | OldUnitBrief:
    """Describe a unit in one line."""
    return old_brief(unit) if isinstance(unit, OldUnit) else ward_brief(unit)


def old_brief(unit: OldUnit) -> OldUnitBrief:
    """Describe an old commune in one line, with its district."""
    return OldUnitBrief(
        code=unit.code, name=unit.name, type=unit.type, full_name=unit.full_name, district=unit.district
    )


def ward_brief(unit: Ward) -> WardBrief:
    """Describe a ward in one line."""
    return WardBrief(code=unit.code, name=unit.name, type=unit.type, full_name=unit.full_name)


def ward_out(ward: Ward, geometry: shapely.Polygon, lang: Language) -> WardOut:
    """Describe a ward with its figures."""
    return WardOut(
        **ward_brief(ward).model_dump(),
        population=ward.population,
        area_km2=ward.area_km2,
        polygon_area_km2=ward.polygon_area_km2,
        bbox=geometry.bounds,
        doubt=ward.doubt_vi if lang == "vi" else ward.doubt_en,
    )


def premises_out(premises: Premises, distance_m: float | None = None) -> PremisesOut:
    """Describe a premises; the distance where the question had a point."""
    position = premises.position
    return PremisesOut(
        id=premises.id,
        ward_code=premises.ward_code,
        role=premises.role,
        bodies=list(premises.bodies),
        status=premises.status,
        address=premises.address,
        position=None
        if position is None
        else PositionOut(
            lon=position.lon,
            lat=position.lat,
            method=position.method,
            uncertainty_m=position.uncertainty_m,
            inside_ward=position.inside_ward,
        ),
        distance_m=None if distance_m is None else round(distance_m),
        confidence=premises.confidence,
        source=premises.source,
    )


def link_out(link: CrosswalkLink, lang: Language) -> dict[str, Any]:
    """Describe a link without its ends."""
    return LinkOut(
        clause=link.clause,
        share=link.share,
        residents=link.residents,
        wording=share_wording(link.share, lang),
    ).model_dump()


def predecessors(services: Services, ward_code: str, lang: Language) -> list[PredecessorOut]:
    """List what a ward was made from."""
    links = services.crosswalk.predecessors(ward_code)
    return [PredecessorOut(**link_out(link, lang), old_unit=old_brief(unit)) for link, unit in links]


def successors(services: Services, old_code: str, lang: Language) -> list[SuccessorOut]:
    """List where an old commune went."""
    return [successor_out(link, ward, lang) for link, ward in services.crosswalk.successors(old_code)]


def successor_out(link: CrosswalkLink, ward: Ward, lang: Language) -> SuccessorOut:
    """Describe one link to a ward."""
    return SuccessorOut(**link_out(link, lang), ward=ward_brief(ward))


def feature(properties: dict[str, Any], geometry: shapely.Geometry | None, *, key: str = "") -> dict[str, Any]:
    """Build a GeoJSON feature (RFC 7946: lon, lat; exterior rings counter-clockwise).

    Parameters
    ----------
    key
        Its id; the code among its properties where none is given.
    """
    shape = geometry_text(shapely.orient_polygons(geometry))
    return {
        "type": "Feature",
        "id": key or properties["code"],
        "properties": properties,
        "geometry": orjson.Fragment(shape),
    }


def feature_collection(features: Iterable[dict[str, Any]], **members: Any) -> bytes:
    """Build a GeoJSON feature collection."""
    return orjson.dumps({"type": "FeatureCollection", **members, "features": list(features)})
