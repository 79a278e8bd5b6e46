"""The law from old communes to wards and back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from geo.errors import UnknownUnit
from geo.model import OldUnit, Residents, Subject, Ward
from geo.stores import open_store
from geo.text import fold, spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.model import CrosswalkLink
    from geo.stores import Dataset, Store


_Unit = TypeVar("_Unit", Ward, OldUnit)


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that a code or name without a date may mean: nothing is preferred.

    Parameters
    ----------
    wards
        Units in force since 1 July 2025.
    old_units
        Units in force until 30 June 2025.
    """

    wards: tuple[Ward, ...]
    old_units: tuple[OldUnit, ...]

    @property
    def settled(self) -> bool:
        """True where there is exactly one reading."""
        return len(self.wards) + len(self.old_units) == 1


class Crosswalk:
    """The 795 links of Nghị quyết 1656/NQ-UBTVQH15.

    A code belongs to a generation: all 126 wards re-use the code of an old commune, so the methods name which
    generation's code they take, and `readings_of_code` gives both where the date is not known.

    Parameters
    ----------
    old_units, wards
        The units of the two generations, by code.
    links
        All links.
    """

    def __init__(
        self, old_units: Mapping[str, OldUnit], wards: Mapping[str, Ward], links: Iterable[CrosswalkLink]
    ) -> None:
        self.old_units = old_units
        self.wards = wards
        self._from_old: dict[str, list[CrosswalkLink]] = defaultdict(list)
        self._to_ward: dict[str, list[CrosswalkLink]] = defaultdict(list)
        for link in links:
            self._from_old[link.old_code].append(link)
            self._to_ward[link.ward_code].append(link)
        self._wards_named = _by_name(wards.values())
        self._old_units_named = _by_name(old_units.values())

    @classmethod
    def open(cls, store: Store | None = None) -> Crosswalk:
        """Open the links with the units of both generations."""
        store = store or open_store()
        old, new = (store.dataset(generation) for generation in store.generations())
        return cls.between(old, new)

    @classmethod
    def between(cls, old: Dataset, new: Dataset) -> Crosswalk:
        """Join two datasets that are loaded already: the communes' and the wards'."""
        return cls(
            old_units={unit.code: unit for unit in old.units if isinstance(unit, OldUnit)},
            wards={unit.code: unit for unit in new.units if isinstance(unit, Ward)},
            links=new.links,
        )

    def old_unit(self, code: str) -> OldUnit:
        """Return the old commune of that code.

        Raises
        ------
        UnknownUnit
            No old commune had it.
        """
        try:
            return self.old_units[code]
        except KeyError:
            raise UnknownUnit(
                vi=f"Không có xã, phường, thị trấn cũ nào mang mã {code}.",
                en=f"No old commune had the code {code}.",
                field="code",
            ) from None

    def successors(self, old_code: str) -> tuple[tuple[CrosswalkLink, Ward], ...]:
        """Return the wards that an old commune went to, by khoản; empty for a code that no old commune had."""
        return tuple((link, self.wards[link.ward_code]) for link in self._from_old.get(old_code, ()))

    def predecessors(self, ward_code: str) -> tuple[tuple[CrosswalkLink, OldUnit], ...]:
        """Return the old communes that a ward was made from; empty for a code that no ward has."""
        return tuple((link, self.old_units[link.old_code]) for link in self._to_ward.get(ward_code, ()))

    def destinations(self, old_code: str, subject: Subject) -> tuple[tuple[CrosswalkLink, Ward], ...]:
        """Return the wards that something located only by its old commune may be in now.

        For a resident these are the links that carry residents: exactly one for 368 communes, a set for the 158
        whose residents were divided. For a parcel they are all links, for each hands over ground.

        Raises
        ------
        UnknownUnit
            No old commune had that code.
        """
        links = self.successors(self.old_unit(old_code).code)
        if subject is Subject.PARCEL:
            return links
        return tuple((link, ward) for link, ward in links if link.residents is not Residents.NONE)

    def readings_of_code(self, code: str) -> Readings:
        """Return both readings of a code whose date is not known."""
        ward, old_unit = self.wards.get(code), self.old_units.get(code)
        return Readings(wards=(ward,) if ward else (), old_units=(old_unit,) if old_unit else ())

    def readings_of_name(self, name: str, *, type_: str | None = None, district: str | None = None) -> Readings:
        """Return every unit of either generation that bears a name.

        80 wards bear an old commune's name, and 25 names belonged to two communes or more: a type or district
        narrows the readings, and a date chooses between the generations.

        Parameters
        ----------
        name
            Without its type. Diacritics, case and spaces do not count in finding it; where names differ only in
            diacritics and the one given has them, only the exact one is returned.
        type_
            ``"phường"``, ``"xã"`` or ``"thị trấn"``.
        district
            With or without its type. Wards have none, so a district means an old commune.
        """
        key = fold(name)
        wards = [] if district else _of_type(self._wards_named.get(key, []), type_)
        old_units = _of_type(self._old_units_named.get(key, []), type_)
        if district:
            old_units = [unit for unit in old_units if _same_district(unit.district, district)]
        exact = Readings(wards=_spelled(wards, name), old_units=_spelled(old_units, name))
        if exact.wards or exact.old_units:
            return exact
        return Readings(wards=tuple(wards), old_units=tuple(old_units))


def _by_name(units: Iterable[_Unit]) -> dict[str, list[_Unit]]:
    named: dict[str, list[_Unit]] = defaultdict(list)
    for unit in units:
        named[fold(unit.name)].append(unit)
    return named


def _of_type(units: Sequence[_Unit], type_: str | None) -> list[_Unit]:
    return [unit for unit in units if type_ is None or fold(unit.type) == fold(type_)]


def _spelled(units: Sequence[_Unit], name: str) -> tuple[_Unit, ...]:
    return tuple(unit for unit in units if spelling(unit.name) == spelling(name))


def _same_district(full_name: str, given: str) -> bool:
    """Compare with the type ("Quận Ba Đình") and without it ("Ba Đình")."""
    bare = full_name.removeprefix("Thị xã ").removeprefix("Quận ").removeprefix("Huyện ")
    return fold(given) in (fold(full_name), fold(bare))
