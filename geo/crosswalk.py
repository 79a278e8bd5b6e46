"""The law from old communes to wards and back, by code."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo.model import OldUnit, Ward
from geo.stores import open_store

if TYPE_CHECKING:
    from geo.model import CrosswalkLink
    from geo.stores import Store


class Crosswalk:
    """The 795 links of Nghị quyết 1656/NQ-UBTVQH15.

    A code belongs to a generation: all 126 wards re-use the code of an old commune, so the methods name which
    generation's code they take.

    Parameters
    ----------
    old_units, wards
        The units of the two generations, by code.
    links
        All links.
    """

    def __init__(self, old_units: dict[str, OldUnit], wards: dict[str, Ward], links: tuple[CrosswalkLink, ...]) -> None:
        self.old_units = old_units
        self.wards = wards
        self._from_old: dict[str, list[CrosswalkLink]] = defaultdict(list)
        self._to_ward: dict[str, list[CrosswalkLink]] = defaultdict(list)
        for link in links:
            self._from_old[link.old_code].append(link)
            self._to_ward[link.ward_code].append(link)

    @classmethod
    def open(cls, store: Store | None = None) -> Crosswalk:
        """Open the links with the units of both generations."""
        store = store or open_store()
        old, new = (store.dataset(generation) for generation in store.generations())
        return cls(
            old_units={unit.code: unit for unit in old.units if isinstance(unit, OldUnit)},
            wards={unit.code: unit for unit in new.units if isinstance(unit, Ward)},
            links=tuple(new.links),
        )

    def successors(self, old_code: str) -> tuple[tuple[CrosswalkLink, Ward], ...]:
        """Return the wards that an old commune went to, by khoản; empty for a code that no old commune had."""
        return tuple((link, self.wards[link.ward_code]) for link in self._from_old.get(old_code, ()))

    def predecessors(self, ward_code: str) -> tuple[tuple[CrosswalkLink, OldUnit], ...]:
        """Return the old communes that a ward was made from; empty for a code that no ward has."""
        return tuple((link, self.old_units[link.old_code]) for link in self._to_ward.get(ward_code, ()))
