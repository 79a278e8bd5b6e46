"""Where the streets, alleys, house numbers and places of the city are, by ward and old commune."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from geo.text import spelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.stores import GazetteerTables


class Stretch(NamedTuple):
    """Metres of a street or alley in one ward, near one old commune (within 100 m of its approximate shape)."""

    ward: str
    old: str
    metres: float


class Anchor(NamedTuple):
    """A house number whose place is known. ``kind``: mapped, across (on the other side) or alley-mouth."""

    number: int
    ward: str
    old: str
    kind: str


class Spot(NamedTuple):
    """A named place. ``kind``: bus-stop, building or village (GeoNames, often 1 km off)."""

    ward: str
    old: str
    kind: str


class Piece(NamedTuple):
    """What is mapped on the ground that went from an old commune to a ward."""

    area_m2: float
    street_m: float
    points: int


_NUMBER = attrgetter("number")
_SpelledStretches = dict[str, list[Stretch]]

_SPOKEN_PREFIXES = ("thon ", "xom ", "lang ", "kdt ", "khu do thi ", "khu tap the ", "cong lang ", "cong thon ")
"""Bus stops name villages and estates: "Qua cổng thôn Lý Nhân 100m"."""


class Gazetteer:
    """Finds streets and places by their folded names.

    Parameters
    ----------
    tables
        As the store gives them.
    """

    def __init__(self, tables: GazetteerTables) -> None:
        self._ways: dict[tuple[str, str], _SpelledStretches] = defaultdict(lambda: defaultdict(list))
        for street, alleys, name, ward, old, metres in tables.street_communes:
            self._ways[street, alleys][spelling(name) if not alleys else ""].append(Stretch(ward, old, float(metres)))
        self._ways.default_factory = None
        self._numbers: dict[tuple[str, str], list[Anchor]] = defaultdict(list)
        for street, alleys, number, _letter, _lon, _lat, ward, old, kind in tables.house_numbers:
            self._numbers[street, alleys].append(Anchor(int(number), ward, old, kind))
        for anchors in self._numbers.values():
            anchors.sort()
        self._spots: dict[str, list[Spot]] = defaultdict(list)
        for _name, key, kind, _lon, _lat, ward, old in tables.places:
            for spoken in _spoken(key):
                self._spots[spoken].append(Spot(ward, old, kind))
        self.pieces: Mapping[tuple[str, str], Piece] = {
            (old, ward): Piece(float(area), float(street), int(points))
            for old, ward, area, street, points in tables.commune_pieces
        }
        self._districts: dict[str, set[str]] = defaultdict(set)
        for street, _name, district in tables.street_districts:
            self._districts[street].add(district)

    def has_street(self, key: str) -> bool:
        """Tell whether a street of that name is mapped, or known by name in some district."""
        return (key, "") in self._ways or key in self._districts

    def districts_of(self, key: str) -> frozenset[str]:
        """Return the codes of the old districts in which a street of that name is known, mapped or not."""
        return frozenset(self._districts.get(key, ()))

    def stretches(self, key: str, alleys: Sequence[str] = (), *, written: str = "") -> Sequence[Stretch]:
        """Return where a street or alley runs.

        Parameters
        ----------
        key, alleys
            See `geo.addresses.names.StreetKey`.
        written
            The name as the address spells it. Where streets differ only in diacritics (Hàng Đậu, Hàng Dầu) and it
            has them, only its own street is returned.
        """
        by_name = self._ways.get((key, "/".join(alleys)))
        if by_name is None:
            return ()
        if len(by_name) > 1 and not written.isascii():
            exact = by_name.get(spelling(written))
            if exact is not None:
                return exact
        if len(by_name) == 1:
            return next(iter(by_name.values()))
        return [stretch for stretches in by_name.values() for stretch in stretches]

    def mapped_chain(self, key: str, alleys: tuple[str, ...]) -> tuple[str, ...]:
        """Return as many of the alley numbers, from the street inwards, as lead to a mapped alley."""
        while alleys and (key, "/".join(alleys)) not in self._ways:
            alleys = alleys[:-1]
        return alleys

    def anchors(self, key: str, *, number: int, reach: int) -> Sequence[Anchor]:
        """Return the house numbers known along a street, at most ``reach`` from a number, in order."""
        anchors = self._numbers.get((key, ""), ())
        start = bisect_left(anchors, number - reach, key=_NUMBER)
        return anchors[start : bisect_right(anchors, number + reach, lo=start, key=_NUMBER)]

    def spots(self, key: str) -> Sequence[Spot]:
        """Return the places of that folded name."""
        return self._spots.get(key, ())


def _spoken(key: str) -> set[str]:
    """Return a place's name and the village or estate that it mentions."""
    names = {key}
    for prefix in _SPOKEN_PREFIXES:
        at = key.find(prefix)
        if at == 0 or (at > 0 and key[at - 1] == " "):
            rest = (
                key[at + len(prefix) :]
                .split(" duong ", maxsplit=1)[0]
                .split(" ql", maxsplit=1)[0]
                .split(" tl", maxsplit=1)[0]
            )
            words = rest.split()
            if words and words[-1].rstrip("m").isdigit():
                words.pop()
            if words:
                names.add(" ".join(words[:4]))
    return names
