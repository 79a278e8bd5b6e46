"""A position: settles the ward where the text does not exclude it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Evidence, EvidenceKind, Text

if TYPE_CHECKING:
    from geo.model import LookupResult
    from geo.routing.case import Case
    from geo.routing.router import Router

_SOURCE = "sapnhap.bando.com.vn"
SMALLEST_SHARE = 0.01
"""Wards that less of an accuracy disc lies in are left out."""


def collect_coordinates(case: Case, router: Router) -> None:
    """Look the position up; narrow the set by it, and say where it contradicts the text."""
    lon, lat = case.query.lon, case.query.lat
    if lon is None or lat is None:
        return
    index = router.knowledge.index
    result = index.locate(lon=lon, lat=lat)
    weights = {unit.code: 1.0 for unit in result.possible}
    if case.query.accuracy_m:
        within = index.wards_near(lon=lon, lat=lat, radius_m=case.query.accuracy_m)
        weights = dict.fromkeys(weights, SMALLEST_SHARE) | {
            share.unit.code: share.share for share in within if share.share >= SMALLEST_SHARE
        }
    possible = tuple(weights)
    case.evidence.append(_evidence(result, possible, router))
    if not possible:
        _outside(case)
        return
    if case.outside is not None:
        case.conflict = Text(
            vi=f"Toạ độ nằm trong Hà Nội nhưng địa chỉ ghi {case.reading.province}",
            en=f"The coordinates are in Hà Nội but the address says {case.reading.province}",
        )
    agreed = {ward: weight for ward, weight in case.wards().items() if ward in possible}
    if agreed or not case.cells:
        heaviest = {cell[1]: cell for cell in sorted(case.cells, key=case.cells.__getitem__)}
        case.cells = {
            heaviest.get(ward, ("", ward)): weights[ward] * agreed.get(ward, 1.0) for ward in agreed or possible
        }
        case.certain = len(case.cells) == 1
        case.located = EvidenceKind.COORDINATES
        return
    names = ", ".join(router.knowledge.crosswalk.wards[code].full_name for code in possible)
    case.conflict = Text(
        vi=f"Toạ độ nằm ở {names}, trái với địa chỉ",
        en=f"The coordinates lie in {names}, which contradicts the address",
    )
    heavy = sum(case.cells.values()) or 1.0
    case.cells = {**case.cells, **{("", code): heavy * weight for code, weight in weights.items()}}


def _outside(case: Case) -> None:
    """Take a point outside the city for the answer, unless the text puts the case inside."""
    if case.cells or case.reading.city:
        case.conflict = Text(
            vi="Toạ độ nằm ngoài Hà Nội, trái với địa chỉ",
            en="The coordinates lie outside Hà Nội, which contradicts the address",
        )
    elif case.outside is None:
        case.outside = Text(vi="Toạ độ nằm ngoài Hà Nội", en="The coordinates lie outside Hà Nội")


def _evidence(result: LookupResult, possible: tuple[str, ...], router: Router) -> Evidence:
    distance = round(result.border.distance_m)
    names = ", ".join(router.knowledge.crosswalk.wards[code].full_name for code in possible)
    return Evidence(
        EvidenceKind.COORDINATES,
        possible,
        Text(
            f"toạ độ {result.lon:.6f}, {result.lat:.6f} nằm ở {names or 'ngoài Hà Nội'}, cách ranh giới {distance} m",
            f"coordinates {result.lon:.6f}, {result.lat:.6f} lie in {names or 'no ward of Hà Nội'}, {distance} m from "
            "the border",
        ),
        _SOURCE,
    )
