"""What the administrative names of an address come to together, by the law."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from geo.routing.law_words import district_evidence, law_evidence, new_ward_evidence
from geo.routing.meanings import NameReader

if TYPE_CHECKING:
    from geo.addresses import CommuneName, UnitName
    from geo.model import Evidence, Subject, Ward
    from geo.routing.case import Cell
    from geo.routing.knowledge import Knowledge

_REMEMBERED = 1 << 16

CONTRADICTED = 0.5
"""Weight of a whole district named, beside a commune named that does not lie in it."""


class Resolution(NamedTuple):
    """What the names come to.

    Parameters
    ----------
    serial
        Tells resolutions apart.
    cells
        Weight of each piece of ground that the names allow; empty where they say nothing.
    old_codes, new_codes
        The old communes and new wards that the names may mean.
    districts
        Full names of the districts named.
    mismatch
        True where a commune is named that does not lie in the district named, or an old commune together with a new
        ward that the law sent no part of it to.
    unknown
        Names of communes that no unit bears.
    """

    serial: int
    cells: dict[Cell, float]
    old_codes: tuple[str, ...]
    new_codes: tuple[str, ...]
    districts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    mismatch: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """True where a commune or a ward is named, not just a district."""
        return bool(self.old_codes or self.new_codes)


class UnitResolver:
    """Resolves names by the law; remembers what it resolved, for the same names come again and again.

    Parameters
    ----------
    knowledge
        The names of both generations and the links between them.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._reader = NameReader(knowledge.crosswalk, knowledge.names)
        self._serials = count(1)
        self.resolve = lru_cache(maxsize=_REMEMBERED)(self._resolve)

    def _resolve(self, communes: tuple[UnitName, ...], districts: tuple[UnitName, ...], subject: Subject) -> Resolution:
        full = tuple(dict.fromkeys(name for unit in districts for name in self._reader.districts(unit)))
        olds: dict[str, CommuneName] = {}
        news: dict[str, Ward] = {}
        only_new: dict[str, Ward] = {}
        unknown: list[str] = []
        elsewhere = False
        for unit in communes:
            meant = self._reader.meanings(unit, full)
            olds |= {code: name for name in meant.olds for code in name.codes}
            news |= {ward.code: ward for ward in meant.news}
            if not meant.olds:
                only_new |= {ward.code: ward for ward in meant.news}
            if not (meant.olds or meant.news):
                unknown.append(unit.text)
            elsewhere = elsewhere or meant.elsewhere
        if olds and only_new:
            return self._old_and_new(olds, only_new, full, subject)
        cells = self._alternatives(olds, news, subject)
        evidence = [
            *(law_evidence(self._knowledge.crosswalk, code, name, subject) for code, name in olds.items()),
            *(new_ward_evidence(ward) for ward in news.values()),
        ]
        if full and (elsewhere or not cells):
            self._add_districts(cells, full, subject, weight=CONTRADICTED if cells else 1.0)
            evidence.append(district_evidence(full, cells))
        return Resolution(
            next(self._serials), cells, tuple(olds), tuple(news), full, tuple(evidence), elsewhere, tuple(unknown)
        )

    def _alternatives(self, olds: dict[str, CommuneName], news: dict[str, Ward], subject: Subject) -> dict[Cell, float]:
        """Give every reading the same weight; within an old commune, the wards share it as the ground was divided."""
        weight = 1.0 / max(1, len(olds) + len(news))
        shares = self._knowledge.shares[subject]
        cells: dict[Cell, float] = {(old, ward): weight * share for old in olds for ward, share in shares[old]}
        return cells | {("", ward): weight for ward in news}

    def _old_and_new(
        self, olds: dict[str, CommuneName], news: dict[str, Ward], districts: tuple[str, ...], subject: Subject
    ) -> Resolution:
        """Resolve an old commune named with a new ward: the ward, if the law sent part of the commune there."""
        legal = self._alternatives(olds, {}, subject)
        agreed = {cell: weight for cell, weight in legal.items() if cell[1] in news}
        return Resolution(
            serial=next(self._serials),
            cells=agreed or self._alternatives(olds, news, subject),
            old_codes=tuple(olds),
            new_codes=tuple(news),
            districts=districts,
            evidence=(
                *(law_evidence(self._knowledge.crosswalk, code, name, subject) for code, name in olds.items()),
                *(new_ward_evidence(ward) for ward in news.values()),
            ),
            mismatch=not agreed,
        )

    def _add_districts(
        self, cells: dict[Cell, float], districts: tuple[str, ...], subject: Subject, *, weight: float
    ) -> None:
        codes = [code for district in districts for code in self._knowledge.communes_of[district]]
        for code in codes:
            for ward, share in self._knowledge.shares[subject][code]:
                cells[code, ward] = cells.get((code, ward), 0.0) + weight * share / len(codes)
