"""Every name that a ward, commune or district has or had, found by its folded form."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from geo.addresses.names import fold_words
from geo.text import spelling

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from geo.model import OldUnit, Ward

LONGEST_NAME = 5
"""Words of the longest name: Văn Miếu Quốc Tử Giám."""

ALIKE = 84.0
"""Names at least this alike (rapidfuzz ratio) are one name with a typing slip, if no other is as near."""

FORMER_TU_LIEM = "Huyện Từ Liêm"
"""One huyện until 2013; its communes are listed under this name."""

_ABBREVIATED = {"btl": "bac tu liem", "ntl": "nam tu liem", "hbt": "hai ba trung"}

_DISTRICT_TYPE = re.compile(r"^(quan|huyen|thi xa) ")
_ROMAN = {"1": "i", "2": "ii"}


class CommuneName(NamedTuple):
    """A name of an old commune, at one time.

    ``codes`` are the communes of 30 June 2025 that the bearer of the name may have become by then: one, but for
    communes that were divided before. ``current`` is False for names that were gone by then.
    """

    name: str
    type: str
    district: str
    codes: tuple[str, ...]
    current: bool
    spelled: str


class AdminNames:
    """The names of both generations and of the years before.

    Parameters
    ----------
    old_units, wards
        The units of both generations, by code.
    older
        Rows (name, type, district, old code, lineage) of communes before 2025.
    """

    def __init__(
        self, old_units: Mapping[str, OldUnit], wards: Mapping[str, Ward], older: Iterable[Sequence[str]]
    ) -> None:
        self.wards: Mapping[str, tuple[Ward, ...]] = _wards(wards.values())
        self.communes: Mapping[str, tuple[CommuneName, ...]] = _communes(old_units.values(), older)
        self.districts: Mapping[str, tuple[str, ...]] = _districts(old_units.values())
        self._of_district: dict[str, list[str]] = defaultdict(list)
        for key, names in self.communes.items():
            for name in names:
                self._of_district[name.district].append(key)
        self.units = frozenset(self.wards) | frozenset(self.communes)
        self.alike_commune = lru_cache(maxsize=65536)(self._alike_commune)
        self.alike_district = lru_cache(maxsize=8192)(self._alike_district)

    def longest(self, tokens: Sequence[str], start: int, table: Container[str]) -> int:
        """Return how many tokens from ``start`` make the longest name in a table; 0 for none."""
        for length in range(min(LONGEST_NAME, len(tokens) - start), 0, -1):
            if " ".join(tokens[start : start + length]) in table:
                return length
        return 0

    def _alike_commune(self, key: str, districts: tuple[str, ...]) -> str | None:
        """Return the one commune or ward name that a misspelled one must be; None where none or several may."""
        choices = {name for district in districts for name in self._of_district[district]} or self.units
        found = process.extract(key, choices, scorer=fuzz.ratio, limit=2, score_cutoff=ALIKE)
        if not found or (len(found) > 1 and found[1][1] == found[0][1]):
            return None
        return str(found[0][0])

    def _alike_district(self, key: str) -> str | None:
        """Return the district name that a misspelled one must be."""
        found = process.extractOne(key, self.districts.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return str(found[0]) if found else None


def _wards(wards: Iterable[Ward]) -> dict[str, tuple[Ward, ...]]:
    found: dict[str, list[Ward]] = defaultdict(list)
    for ward in wards:
        found[fold_words(ward.name)].append(ward)
    return {key: tuple(wards) for key, wards in found.items()}


def _communes(old_units: Iterable[OldUnit], older: Iterable[Sequence[str]]) -> dict[str, tuple[CommuneName, ...]]:
    became: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for unit in old_units:
        became[unit.name, unit.type, unit.district].add(unit.code)
    current = set(became)
    for name, type_, district, code, _lineage in older:
        if (name, type_, district) not in current:
            became[name, type_, district].add(code)
    found: dict[str, list[CommuneName]] = defaultdict(list)
    for (name, type_, district), codes in became.items():
        entry = CommuneName(
            name, type_, district, tuple(sorted(codes)), (name, type_, district) in current, spelling(name)
        )
        key = fold_words(name)
        found[key].append(entry)
        if key[-1] in _ROMAN:
            found[key[:-1] + _ROMAN[key[-1]]].append(entry)
    return {key: _without_respellings(names) for key, names in found.items()}


def _without_respellings(names: list[CommuneName]) -> tuple[CommuneName, ...]:
    """Drop an older name that is the current one under the same district, spelled or typed otherwise."""
    current = {(name.spelled, name.district, name.codes) for name in names if name.current}
    return tuple(name for name in names if name.current or (name.spelled, name.district, name.codes) not in current)


def _districts(old_units: Iterable[OldUnit]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for district in sorted({unit.district for unit in old_units}):
        found[_DISTRICT_TYPE.sub("", fold_words(district))].append(district)
    found["tu liem"] = [*found["bac tu liem"], *found["nam tu liem"], FORMER_TU_LIEM]
    found |= {short: found[name] for short, name in _ABBREVIATED.items()}
    return {key: tuple(names) for key, names in found.items()}
