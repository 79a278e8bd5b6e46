"""The administrative names of an address, by the law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.addresses import Level, UnitName
from geo.model import Evidence, EvidenceKind, Text
from geo.routing.collectors.streets import SOURCE as STREETS

if TYPE_CHECKING:
    from geo.routing.case import Case
    from geo.routing.router import Router

MAYBE_STREET = 0.12
"""Weight of the reading of a bare name as a street where it also is a commune of the district."""

_CODE_ALONE = re.compile(
    r"^\s*(?:(?:mã|ma)\b\D{0,24})?(\d{5})\s*(?:,\s*(?:tp\.?\s*)?h(?:à|a)\s*n(?:ộ|o)i\s*)?$", re.IGNORECASE
)


def collect_names(case: Case, router: Router) -> None:
    """Resolve the communes, wards and districts named, in the text and in columns of their own."""
    reading, query = case.reading, case.query
    if reading.province:
        case.outside = Text(
            vi=f"Địa chỉ ở {reading.province}, không thuộc Hà Nội",
            en=f"The address is in {reading.province}, not in Hà Nội",
        )
        if not (reading.city or query.old_ward or query.district):
            return
    communes, districts = reading.communes, reading.districts
    if query.district:
        districts = tuple(_column_unit(query.district, Level.DISTRICT, router))
    if query.old_ward:
        communes = tuple(_column_unit(query.old_ward, Level.COMMUNE, router))
    elif not communes and not districts and (code := _bare_code(query.address)):
        communes = (UnitName(Level.COMMUNE, code, "", code),)
    if not communes and not districts:
        return
    resolution = router.units.resolve(communes, districts, query.subject)
    case.resolution = resolution
    case.cells = resolution.cells
    case.evidence += resolution.evidence
    if reading.either and not query.old_ward:
        _add_street_reading(case, router)
    if query.old_ward and reading.communes:
        _compare_with_text(case, router)
    if case.outside is not None and resolution.named:
        case.conflict = Text(
            vi=f"Địa chỉ nêu cả {reading.province} lẫn đơn vị của Hà Nội",
            en=f"The address names both {reading.province} and a unit of Hà Nội",
        )


def _column_unit(text: str, level: Level, router: Router) -> list[UnitName]:
    """Read a cell that holds a unit's name or code."""
    text = text.strip()
    if level is Level.DISTRICT and (full := router.knowledge.district_of_code.get(text)):
        text = full
    if level is Level.COMMUNE and text.isdigit():
        return [UnitName(Level.COMMUNE, text.zfill(5), "", text, "cũ")]
    reading = router.knowledge.parser.read(text)
    units = reading.communes if level is Level.COMMUNE else reading.districts
    if units:
        return [unit._replace(era=unit.era or "cũ") if level is Level.COMMUNE else unit for unit in units[:1]]
    return [router.knowledge.parser.unit(text, level)] if text else []


def _bare_code(address: str) -> str:
    """Return a five-digit code that stands alone or after "mã": a code of either generation."""
    found = _CODE_ALONE.match(address)
    return found[1] if found else ""


def _add_street_reading(case: Case, router: Router) -> None:
    """Leave room for a bare name's being the street where that leads to other wards ("Quang Trung, Hà Đông")."""
    assert case.resolution is not None
    allowed = {code for district in case.resolution.districts for code in router.knowledge.communes_of[district]}
    known = {ward for _, ward in case.cells}
    extra: dict[tuple[str, str], float] = {}
    for ward, old, metres in router.knowledge.gazetteer.stretches(case.reading.either):
        if old in allowed and ward not in known:
            extra[old, ward] = extra.get((old, ward), 0.0) + metres
    total = sum(extra.values())
    if extra:
        wards = router.knowledge.crosswalk.wards
        found = tuple(dict.fromkeys(ward for _, ward in extra))
        where = ", ".join(wards[code].name for code in found)
        name = ", ".join(unit.text for unit in case.reading.communes)
        text = Text(f"“{name}” cũng là tên đường ở {where}", f"“{name}” is a street's name too, in {where}")
        case.evidence.append(Evidence(EvidenceKind.STREET, found, text, STREETS))
        case.cells = {**case.cells, **{cell: MAYBE_STREET * metres / total for cell, metres in extra.items()}}


def _compare_with_text(case: Case, router: Router) -> None:
    """Say where the address itself names a commune that excludes the column's."""
    reading = case.reading
    stated = router.units.resolve(reading.communes, reading.districts, case.query.subject)
    if stated.named and not {ward for _, ward in stated.cells} & {ward for _, ward in case.cells}:
        written = ", ".join(unit.text for unit in reading.communes)
        case.conflict = Text(
            vi=f"Cột xã phường ghi “{case.query.old_ward.strip()}” nhưng địa chỉ ghi “{written}”",
            en=f"The commune's column says “{case.query.old_ward.strip()}”, the address says “{written}”",
        )
        case.cells = {**case.cells, **stated.cells}
        case.evidence += stated.evidence
