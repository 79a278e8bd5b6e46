"""Streets, numbered alleys and house numbers, inside the candidate wards only."""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from geo.model import Evidence, EvidenceKind, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.addresses import Stretch
    from geo.routing.case import Case, Cell
    from geo.routing.knowledge import Knowledge
    from geo.routing.router import Router

STREET_DOUBT = 0.04
"""Weight left on what was thought of a commune before, where a street says otherwise."""

UNMAPPED = 0.05
"""Weight left on a named commune in which the street is not mapped, beside one in which it is."""

NUMBER_SPREAD = 25.0
"""House numbers this far apart are 1/e as telling as equal ones."""

OTHER_SIDE = 0.6
"""How much a number on the other side of the street tells."""

SAME_NUMBER = 3.0
STREET_PRIOR = 0.6
"""How many known numbers the length of a street counts for."""

UNMAPPED_STREET_M = 300.0
"""Metres that a street counts for in a district where only its name is known."""

NEAR_PRIOR = 6.0
"""How much less a number tells where the address is only near it: across the street may be across the border."""

SHORTEST_M = 1.0
_REMEMBERED = 1 << 17

SOURCE = "OpenStreetMap (ODbL 1.0)"
NUMBER_REACH = 100
"""Numbers farther away tell nothing."""

_NEARNESS = [
    SAME_NUMBER if apart == 0 else exp(-apart / NUMBER_SPREAD) * (OTHER_SIDE if apart % 2 else 1.0)
    for apart in range(NUMBER_REACH + 1)
]
_FIGURES = re.compile(r"\d+")


class Narrowed(NamedTuple):
    """What a street or alley leaves of the candidate cells, and the evidence of it."""

    cells: dict[Cell, float]
    evidence: Evidence


class StreetNarrower:
    """Narrows candidate cells by streets; remembers, for a street of a commune comes again and again.

    Parameters
    ----------
    knowledge
        The gazetteer and the wards' names.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._remembered: dict[tuple[object, ...], tuple[Narrowed | None]] = {}

    def forget(self) -> None:
        """Drop what is remembered."""
        self._remembered.clear()

    def narrow(self, case: Case) -> Narrowed | None:
        """Weigh the cells by where the numbered alley, or else the street, runs; None where it runs in none of them."""
        reading, resolution = case.reading, case.resolution
        chain = self._knowledge.gazetteer.mapped_chain(reading.street, reading.alleys)
        if reading.either:  # the cells are not the resolution's alone
            return self._narrow(case, chain)
        key = (resolution and resolution.serial, reading.street, reading.street_text, chain)
        remembered = self._remembered.get(key)
        if remembered is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            remembered = (self._narrow(case, chain),)
            self._remembered[key] = remembered
        return remembered[0]

    def _narrow(self, case: Case, chain: tuple[str, ...]) -> Narrowed | None:
        reading = case.reading
        while True:
            found = self._knowledge.gazetteer.stretches(reading.street, chain, written=reading.street_text)
            if found and (narrowed := self._by_stretches(case, found, chain)):
                return narrowed
            if not chain:
                return None
            chain = chain[:-1]

    def _by_stretches(self, case: Case, found: Sequence[Stretch], chain: tuple[str, ...]) -> Narrowed | None:
        metres: dict[Cell, float] = {}
        by_ward: dict[str, float] = {}
        for ward, old, length in found:
            metres[old, ward] = metres.get((old, ward), 0.0) + length
            by_ward[ward] = max(by_ward.get(ward, 0.0), length)
        if not case.cells:
            unmapped = self._unmapped_districts(metres, case)
            cells = self._with_districts(metres, unmapped, case)
            return Narrowed(cells, self._evidence(case, by_ward, chain, also=unmapped))
        on = {cell: metres.get(cell, 0.0) if cell[0] else by_ward.get(cell[1], 0.0) for cell in case.cells}
        if sum(on.values()) < SHORTEST_M:
            return None
        inside = {cell[1]: by_ward[cell[1]] for cell, length in on.items() if length}
        return Narrowed(_weighed(case, on), self._evidence(case, inside, chain))

    def _unmapped_districts(self, metres: Mapping[Cell, float], case: Case) -> list[str]:
        """Return the districts in which a street of that name is known but not mapped: it may be that one."""
        knowledge = self._knowledge
        known = {knowledge.district_of_code[code] for code in knowledge.gazetteer.districts_of(case.reading.street)}
        mapped = {knowledge.crosswalk.old_units[old].district for old, _ in metres}
        return sorted(known - mapped)

    def _with_districts(self, metres: Mapping[Cell, float], districts: Sequence[str], case: Case) -> dict[Cell, float]:
        cells = dict(metres)
        for district in districts:
            communes = self._knowledge.communes_of[district]
            for old in communes:
                for ward, share in self._knowledge.shares[case.query.subject][old]:
                    cells[old, ward] = UNMAPPED_STREET_M * share / len(communes)
        return cells

    def _evidence(
        self, case: Case, by_ward: Mapping[str, float], chain: tuple[str, ...], *, also: Sequence[str] = ()
    ) -> Evidence:
        wards = self._knowledge.crosswalk.wards
        ordered = tuple(sorted(by_ward, key=lambda code: -by_ward[code]))
        where = ", ".join([f"{wards[code].name} {by_ward[code]:.0f} m" for code in ordered])
        street = case.reading.street_text
        if chain:
            numbers = "/".join(chain)
            text = Text(f"ngõ {numbers} {street} nằm ở {where}", f"alley {numbers} of {street} lies in {where}")
            return Evidence(EvidenceKind.ALLEY, ordered, text, SOURCE)
        vi, en = f"đường, phố {street} chạy qua {where}", f"the street {street} runs through {where}"
        if also:
            listed = ", ".join(also)
            vi, en = f"{vi}; cũng có ở {listed} (chưa có trên bản đồ)", f"{en}; also in {listed} (not on the map)"
        return Evidence(EvidenceKind.STREET, ordered, Text(vi, en), SOURCE)


def collect_street(case: Case, router: Router) -> None:
    """Narrow by where the numbered alley, or else the street, runs inside the candidate wards."""
    if not case.reading.street or case.closed:
        return
    narrowed = router.streets.narrow(case)
    if narrowed is not None:
        case.cells = narrowed.cells
        case.located = narrowed.evidence.kind
        case.evidence.append(narrowed.evidence)


def _weighed(case: Case, on: Mapping[Cell, float]) -> dict[Cell, float]:
    """Return new weights: by metres of street within each old commune, and between communes.

    A commune that is named keeps the weight that the name gave it; where only the district is named, the communes
    share by metres.
    """
    metres_of: dict[str, float] = {}
    prior_of: dict[str, float] = {}
    for cell, length in on.items():
        metres_of[cell[0]] = metres_of.get(cell[0], 0.0) + length
        prior_of[cell[0]] = prior_of.get(cell[0], 0.0) + case.cells[cell]
    weights: dict[Cell, float] = {}
    for cell, prior in case.cells.items():
        there = metres_of[cell[0]]
        before = prior_of[cell[0]]
        if before <= 0:
            continue
        if there > 0:
            share = (1 - STREET_DOUBT) * on[cell] / there + STREET_DOUBT * prior / before
            weights[cell] = share * (before if case.named else there)
        elif case.named:
            weights[cell] = UNMAPPED * prior
    return weights


def collect_house_number(case: Case, router: Router) -> None:
    """Narrow by the known numbers nearest to this one along the street; alley 34 opens where number 34 stands."""
    reading = case.reading
    if not reading.street or not case.cells or case.located is EvidenceKind.ALLEY:
        return
    number = _number_on_street(reading.number, reading.alleys)
    weights = case.wards() if number is not None else {}
    if number is None or len(weights) < 2:  # noqa: PLR2004 (nothing to narrow)
        return
    known = router.knowledge.gazetteer.anchors(reading.street, number=number, reach=NUMBER_REACH)
    anchors = [anchor for anchor in known if anchor.ward in weights]
    if not anchors:
        return
    counts: dict[str, float] = {}
    for anchor in anchors:
        counts[anchor.ward] = counts.get(anchor.ward, 0.0) + _NEARNESS[abs(anchor.number - number)]
    case.update(counts, prior=STREET_PRIOR * (NEAR_PRIOR if reading.near else 1.0))
    case.located = EvidenceKind.HOUSE_NUMBER
    nearest = min(anchors, key=lambda anchor: abs(anchor.number - number))
    ward = router.knowledge.crosswalk.wards[nearest.ward].full_name
    case.evidence.append(
        Evidence(
            EvidenceKind.HOUSE_NUMBER,
            tuple(sorted(counts, key=lambda code: -counts[code])),
            Text(
                f"số nhà đã biết gần nhất trên {reading.street_text} là số {nearest.number}, ở {ward}",
                f"the nearest known number on {reading.street_text} is {nearest.number}, in {ward}",
            ),
            SOURCE,
        )
    )


def _number_on_street(number: int | None, alleys: tuple[str, ...]) -> int | None:
    """Return the number that says where on the street this is: the alley's where there is one."""
    if not alleys:
        return number
    figures = _FIGURES.search(alleys[0])
    return int(figures.group()) if figures else None
