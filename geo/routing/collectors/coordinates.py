"""A position: settles the ward where the text does not exclude it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Evidence, EvidenceKind, Text

if TYPE_CHECKING:
    from geo.model import LookupResult
    from geo.routing.case import Case
    from geo.routing.router import Router

_SOURCE = "ranh giới phường, xã từ 01/7/2025"


def collect_coordinates(case: Case, router: Router) -> None:
    """Look the position up; narrow the set by it, and say where it contradicts the text."""
    lon, lat = case.query.lon, case.query.lat
    if lon is None or lat is None:
        return
    index = router.knowledge.index
    result = index.locate(lon=lon, lat=lat)
    possible = [unit.code for unit in result.possible]
    if case.query.accuracy_m:
        within = index.wards_near(lon=lon, lat=lat, radius_m=case.query.accuracy_m)
        possible += [share.unit.code for share in within if share.unit.code not in possible]
    case.evidence.append(_evidence(result, tuple(possible), router))
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
        weights = agreed or dict.fromkeys(possible, 1.0)
        heaviest = {cell[1]: cell for cell in sorted(case.cells, key=case.cells.__getitem__)}
        case.cells = {heaviest.get(ward, ("", ward)): weight for ward, weight in weights.items()}
        case.certain = len(case.cells) == 1
        case.located = EvidenceKind.COORDINATES
        return
    names = ", ".join(router.knowledge.crosswalk.wards[code].full_name for code in possible)
    case.conflict = Text(
        vi=f"Toạ độ nằm ở {names}, trái với địa chỉ",
        en=f"The coordinates lie in {names}, which contradicts the address",
    )
    weight = sum(case.cells.values()) or 1.0
    case.cells = {**case.cells, **{("", code): weight for code in possible}}


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
