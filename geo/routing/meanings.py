"""Which old communes and new wards a name may mean, given its type, its spelling and the district beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geo.addresses import FORMER_TU_LIEM, fold_words
from geo.text import spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.addresses import AdminNames, CommuneName, UnitName
    from geo.crosswalk import Crosswalk
    from geo.model import Ward


class Meanings(NamedTuple):
    """What one name may mean. ``elsewhere``: it exists, but not in the district named."""

    olds: Sequence[CommuneName] = ()
    news: Sequence[Ward] = ()
    elsewhere: bool = False


_Named = TypeVar("_Named", "CommuneName", "Ward")


class NameReader:
    """Reads names of communes and districts.

    Parameters
    ----------
    crosswalk, names
        The units of both generations, and every name that they have or had.
    """

    def __init__(self, crosswalk: Crosswalk, names: AdminNames) -> None:
        self._crosswalk = crosswalk
        self._names = names

    def districts(self, unit: UnitName) -> tuple[str, ...]:
        """Return the full names of the districts that a name may mean; two for Từ Liêm, which was divided in 2013."""
        names = self._names
        found = names.districts.get(unit.key) or names.districts.get(names.alike_district(unit.key) or "", ())
        typed = tuple(name for name in found if not unit.type or name.lower().startswith(unit.type))
        return typed or found

    def meanings(self, unit: UnitName, districts: tuple[str, ...]) -> Meanings:
        """Return what a commune's name may mean beside those districts (none: anywhere in the city)."""
        if unit.key.isdigit():
            return self._coded(unit)
        names = self._names
        key = unit.key if unit.key in names.units else names.alike_commune(unit.key, districts) or ""
        olds, news = _spelled(names.communes.get(key, ()), names.wards.get(key, ()), unit.text)
        if unit.era == "mới":
            return Meanings(news=_typed(news, unit.type))
        if districts:
            return self._in_districts(unit, districts, olds, news)
        if unit.era == "cũ" and olds:
            return Meanings(olds=_typed(olds, unit.type))
        typed = Meanings(
            olds=[name for name in olds if name.type == unit.type], news=[w for w in news if w.type == unit.type]
        )
        return typed if typed.olds or typed.news else Meanings(olds, news)

    def _in_districts(
        self, unit: UnitName, districts: tuple[str, ...], olds: Sequence[CommuneName], news: Sequence[Ward]
    ) -> Meanings:
        inside = [name for name in olds if name.district in districts]
        if not inside and any(district.endswith("Từ Liêm") for district in districts):
            inside = [name for name in olds if name.district == FORMER_TU_LIEM]
        if inside:
            return Meanings(olds=_typed(inside, unit.type))
        reached = [ward for ward in news if self._reaches(ward, districts)]
        if reached and not (unit.era == "cũ" and olds):
            return Meanings(news=reached)  # a new ward with the abolished district still written
        alike = self._names.alike_commune(unit.key, districts) if (olds or news) and not unit.type else None
        near = [name for name in self._names.communes.get(alike or "", ()) if name.district in districts]
        return Meanings(olds=near) if near else Meanings(olds=_typed(olds, unit.type), elsewhere=bool(olds))

    def _reaches(self, ward: Ward, districts: tuple[str, ...]) -> bool:
        return any(unit.district in districts for _, unit in self._crosswalk.predecessors(ward.code))

    def _coded(self, unit: UnitName) -> Meanings:
        """Return both readings of a code; only the old one where the code comes from a column of old communes."""
        readings = self._crosswalk.readings_of_code(unit.key)
        olds = [
            name
            for old in readings.old_units
            for name in self._names.communes[fold_words(old.name)]
            if name.current and name.codes == (old.code,)
        ]
        return Meanings(olds=olds, news=() if unit.era == "cũ" else readings.wards)


def _typed(named: Sequence[_Named], type_: str) -> Sequence[_Named]:
    """Keep those of the type written; all where none is of it, for types changed and are confused."""
    return [unit for unit in named if unit.type == type_] or named


def _spelled(
    olds: Sequence[CommuneName], news: Sequence[Ward], written: str
) -> tuple[Sequence[CommuneName], Sequence[Ward]]:
    """Keep those spelled as written, where the text has diacritics and one of either generation is."""
    if len(olds) + len(news) < 2 or written.isascii():  # noqa: PLR2004 (nothing to choose)
        return olds, news
    form = spelling(written)
    exact_olds = [name for name in olds if name.spelled == form]
    exact_news = [ward for ward in news if spelling(ward.name) == form]
    return (exact_olds, exact_news) if exact_olds or exact_news else (olds, news)
