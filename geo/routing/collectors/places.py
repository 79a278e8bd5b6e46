"""Villages, estates, stops, buildings and offices by name or address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Evidence, EvidenceKind, Text

if TYPE_CHECKING:
    from geo.routing.case import Case
    from geo.routing.router import Router

COUNTS = {"village": 0.5, "bus-stop": 1.0, "building": 1.0}
"""How much a place of each kind counts: GeoNames' villages are often 1 km off."""

PLACE_PRIOR = 1.0
PREMISES_COUNT = 6.0
_SOURCES = {"village": "GeoNames (CC BY 4.0)"}
_OSM = "OpenStreetMap (ODbL 1.0)"


def collect_premises(case: Case, router: Router) -> None:
    """Narrow by the wards' own offices, whose addresses the city published."""
    reading = case.reading
    if reading.number is None or not reading.street or reading.alleys or case.closed:
        return
    there = router.knowledge.premises_at.get((reading.street, reading.number))
    if not there:
        return
    weights = case.wards()
    counts = {premises.ward_code: PREMISES_COUNT for premises in there if premises.ward_code in weights}
    if not counts:
        return
    case.update(counts, prior=PLACE_PRIOR)
    case.located = EvidenceKind.PREMISES
    wards = router.knowledge.crosswalk.wards
    names = ", ".join(wards[code].full_name for code in counts)
    case.evidence.append(
        Evidence(
            EvidenceKind.PREMISES,
            tuple(counts),
            Text(f"đây là địa chỉ trụ sở của {names}", f"this is the address of an office of {names}"),
            "Thông báo 729/TB-UBND",
        )
    )


def collect_places(case: Case, router: Router) -> None:
    """Narrow by villages, estates, stops and buildings of that name inside the candidate wards."""
    if not case.reading.places or case.closed:
        return
    weights = case.wards()
    if len(weights) == 1:
        return
    for key, written in case.reading.places:
        if key.isdigit():  # "thôn 7": every commune has one
            continue
        spots = router.knowledge.gazetteer.spots(key)
        spots = [spot for spot in spots if not weights or spot.ward in weights]
        if not spots:
            continue
        counts: dict[str, float] = {}
        for spot in spots:
            counts[spot.ward] = counts.get(spot.ward, 0.0) + COUNTS[spot.kind]
        if weights:  # alone it makes no set: namesakes that are on no map are many
            case.update(counts, prior=PLACE_PRIOR)
            case.located = EvidenceKind.PLACE
        ordered = tuple(sorted(counts, key=lambda code: -counts[code]))
        names = ", ".join(router.knowledge.crosswalk.wards[code].name for code in ordered)
        source = _SOURCES.get(spots[0].kind, _OSM)
        case.evidence.append(
            Evidence(
                EvidenceKind.PLACE,
                ordered,
                Text(f"“{written}” có ghi trên bản đồ ở {names}", f"“{written}” is mapped in {names}"),
                source,
            )
        )
        return
