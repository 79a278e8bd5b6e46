"""The names that the page's field suggests: wards, old communes and streets, published as one file."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex
    from geo.stores import GazetteerTables

_WAYS = {"đường", "phố", "ngõ", "ngách", "hẻm", "đại", "quốc", "tỉnh", "khu", "ql", "tl", "cầu", "hầm"}
"""What a mapped name may begin with that says already what it is."""

SHORTEST_STREET_M = 30.0
"""Less of a street than this in a commune is a crossing, not an address."""


class StreetNames:
    """Which streets are mapped in which old communes; numbered alleys are no streets.

    Parameters
    ----------
    tables
        The gazetteer's rows.
    """

    def __init__(self, tables: GazetteerTables) -> None:
        self._streets: dict[str, set[str]] = defaultdict(set)
        self._communes: dict[str, set[str]] = defaultdict(set)
        for street, alleys, name, _ward, old, metres in tables.street_communes:
            if not alleys and float(metres) >= SHORTEST_STREET_M:
                self._streets[old].add(name)
                self._communes[street].add(old)
        self.communes: Mapping[str, set[str]] = dict(self._communes)

    def in_commune(self, code: str) -> Sequence[str]:
        """Return the names of the streets mapped in an old commune, in order, each once however it is spelled."""
        spelled = {fold(name): name for name in sorted(self._streets.get(code, ()))}
        return [spelled[key] for key in sorted(spelled)]

    def in_districts(self, crosswalk: Crosswalk) -> dict[str, set[str]]:
        """Return the old districts in which each street is mapped."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, names in self._streets.items():
            for name in names:
                found[name].add(crosswalk.old_units[code].district)
        return found


def names_file(index: WardIndex, crosswalk: Crosswalk, streets: StreetNames) -> bytes:
    """Write the names as JSON.

    ``wards``: full names. ``communes``: full name and the district's place in ``districts``. ``streets``: name and the
    places of the districts where it is mapped.
    """
    districts = sorted({unit.district for unit in crosswalk.old_units.values()})
    place = {name: number for number, name in enumerate(districts)}
    mapped = streets.in_districts(crosswalk)
    names = {
        "districts": districts,
        "wards": [unit.full_name for unit in index.wards],
        "communes": [[unit.full_name, place[unit.district]] for unit in crosswalk.old_units.values()],
        "streets": [
            [spoken_street(name), sorted(place[district] for district in mapped[name])] for name in sorted(mapped)
        ],
    }
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()


def spoken_street(name: str) -> str:
    """Return a mapped street's name so that it is read as a street whatever it is called.

    >>> spoken_street("Minh Khai"), spoken_street("Ngõ Huế")
    ('Đường Minh Khai', 'Ngõ Huế')
    """
    return name if name.split(" ", 1)[0].lower() in _WAYS else f"Đường {name}"
