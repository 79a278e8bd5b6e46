"""What the collectors know: the law, the names, the streets, the shapes. Opened once, then only read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.addresses import FORMER_TU_LIEM, AddressParser, AdminNames, Gazetteer
from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.model import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.model import Premises
    from geo.stores import Dataset, GazetteerTables, Store

Share = tuple[str, float]
"""A ward's code and the part (0-1) of an old commune that is thought to be in it."""

_POINT_WEIGHT_M = 150.0
"""A mapped house number or stop counts as much as this many metres of street."""

SMALLEST_SHARE = 0.02
"""No ward that the law names weighs less, however little of it our approximate shapes show."""

_AREA_WEIGHT = 0.35
"""How much of a division of residents is read from area; the rest from what is mapped."""


@dataclass(frozen=True)
class Knowledge:
    """Everything that a decision rests on.

    Parameters
    ----------
    shares
        For a subject and an old commune: each ward that the law allows, and what part of the residents (or of the
        ground) is thought to be there. A stand-in from mapped streets and area: it weighs a set, it never makes one.
    clause_of
        The khoản of each ward.
    communes_of
        The codes of the old communes of each district, by the district's full name.
    district_of_code
        The full name of each district, by its code.
    premises_at
        The premises at a street's key and house number.
    """

    crosswalk: Crosswalk
    index: WardIndex
    names: AdminNames
    gazetteer: Gazetteer
    parser: AddressParser
    shares: Mapping[Subject, Mapping[str, tuple[Share, ...]]]
    clause_of: Mapping[str, int]
    communes_of: Mapping[str, tuple[str, ...]]
    district_of_code: Mapping[str, str]
    premises_at: Mapping[tuple[str, int], tuple[Premises, ...]]

    @classmethod
    def open(cls, store: Store) -> Knowledge:
        """Load everything from a store."""
        old, new = (store.dataset(generation) for generation in store.generations())
        return cls.of(Crosswalk.between(old, new), WardIndex(new), store.gazetteer())

    @classmethod
    def of(cls, crosswalk: Crosswalk, index: WardIndex, tables: GazetteerTables) -> Knowledge:
        """Join what is loaded already: the law, the wards' shapes and the gazetteer's rows."""
        wards = index.dataset
        names, gazetteer = AdminNames(crosswalk.old_units, crosswalk.wards, tables.older_communes), Gazetteer(tables)
        parser = AddressParser(names, gazetteer)
        communes_of: dict[str, list[str]] = defaultdict(list, {FORMER_TU_LIEM: []})
        for unit in crosswalk.old_units.values():
            communes_of[unit.district].append(unit.code)
        return cls(
            crosswalk=crosswalk,
            index=index,
            names=names,
            gazetteer=gazetteer,
            parser=parser,
            shares={subject: _shares(crosswalk, gazetteer, subject) for subject in Subject},
            clause_of={link.ward_code: link.clause for link in wards.links},
            communes_of={district: tuple(codes) for district, codes in communes_of.items()},
            district_of_code={unit.district_code: unit.district for unit in crosswalk.old_units.values()},
            premises_at=_premises_at(wards, parser),
        )


def _shares(crosswalk: Crosswalk, gazetteer: Gazetteer, subject: Subject) -> dict[str, tuple[Share, ...]]:
    """Estimate how an old commune is divided among the wards that the law allows for a subject."""
    found: dict[str, tuple[Share, ...]] = {}
    for code in crosswalk.old_units:
        wards = [ward.code for _, ward in crosswalk.destinations(code, subject)]
        pieces = [gazetteer.pieces[code, ward] for ward in wards]
        areas = [piece.area_m2 for piece in pieces]
        built = [piece.street_m + _POINT_WEIGHT_M * piece.points for piece in pieces]
        weight = _AREA_WEIGHT if sum(built) and subject is Subject.RESIDENT else 1.0
        shares = [
            max(SMALLEST_SHARE, weight * area / sum(areas) + (1 - weight) * part / (sum(built) or 1.0))
            for area, part in zip(areas, built, strict=True)
        ]
        found[code] = tuple((ward, share / sum(shares)) for ward, share in zip(wards, shares, strict=True))
    return found


def _premises_at(wards: Dataset, parser: AddressParser) -> dict[tuple[str, int], tuple[Premises, ...]]:
    """Index the premises whose address is a number on a street."""
    found: dict[tuple[str, int], list[Premises]] = defaultdict(list)
    for premises in wards.premises:
        reading = parser.read(premises.address or "")
        if reading.street and reading.number is not None and not reading.alleys:
            found[reading.street, reading.number].append(premises)
    return {key: tuple(there) for key, there in found.items()}
