"""Putting the parts of an address together: which name is the street, which the commune, which the district."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.addresses.components import Part, UnitName, alley_chain
from geo.addresses.names import fold_words, street_key
from geo.addresses.parts import PartReader
from geo.addresses.words import NEED_A_PROVINCE_WORD, OTHER_PROVINCES, Level
from geo.model import NamedUnit, ParsedAddress
from geo.text import detect_legacy, from_legacy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.addresses.admin_names import AdminNames
    from geo.addresses.gazetteer import Gazetteer

LONGEST_ADDRESS = 600
"""Characters that are read; what stands behind them is said to be unread."""

_REMEMBERED = 1 << 15
_SPACED = 16
"""Where words stand apart, there is a space in so many characters."""

_OUTER = str.maketrans(dict.fromkeys(';|\n\r\t()[]"“”', ","))
_INNER = re.compile(
    r"\s+[-–—_]+\s*|\s*[-–—_]+\s+|(?<=[^\W\d])[-–—_](?=[^\W\d])|(?<=[^\W\d])\s*/\s*(?=[^\W\d])"
    r"|(?<=\w{3})\.\s+|(?<=\d)\.\s+(?=[^\W\d])"
)
_HYPHENATED = re.compile(
    r"(v[aă]n mi[eế]u|ph[uư][oơ]ng li[eê]n)\s*[-–]\s*(?=qu[oố]c t[uử] gi[aá]m|trung t[uự])", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<!\w)([TtKk])\.\s?([TtXxPp])(?:\.|(?=\s))")
_FORMERLY = re.compile(r"\(\s*[Tt]rước[^)]*\)")
_RUN_TOGETHER = re.compile(r"(?<=[^\W\dA-ZĐ])(?=[A-ZĐÀ-Ý])")
_NUMBERS = re.compile(
    r"^\s*(?:(?:số nhà|nhà số|số|so nha|nha so|so|sn)\.?\s+)?(?=\d|ng|h)"
    r"(\d{1,4}[a-z]?(?:[-/]\d{1,4}[a-z]?)*(?![\w/-]))?\s*"
    r"((?:(?:ngõ|ngách|hẻm|ngo|ngach|hem)\s+\d+[a-z]?(?:/\d+[a-z]?)*(?![\w/-])\s*)*)((?:,|(?=[^\W\d_])|$).*)$",
    re.IGNORECASE | re.DOTALL,
)
_HOUSE_NUMBER = re.compile(r"^(\d{1,4})([a-z]?)")


class AddressReading(NamedTuple):
    """An address read for routing: folded keys beside the written texts.

    ``places`` are villages, estates, buildings and stops, each as folded key and written name, the most telling first.
    ``communes`` and ``districts`` stand in reading order from the right. ``either`` is a name that may be the
    commune or the street: nothing in the address settles which.
    """

    parsed: ParsedAddress
    house: str
    number: int | None
    alleys: tuple[str, ...]
    street: str
    street_text: str
    places: tuple[tuple[str, str], ...]
    communes: tuple[UnitName, ...]
    districts: tuple[UnitName, ...]
    province: str
    city: bool
    either: str
    near: bool


class AddressParser:
    """Reads addresses as people write them; the order and the separators may vary and anything may be missing.

    Parameters
    ----------
    names
        The names of communes, wards and districts.
    gazetteer
        Tells a street's name from a commune's where both may be meant.
    """

    def __init__(self, names: AdminNames, gazetteer: Gazetteer) -> None:
        self._names = names
        self._gazetteer = gazetteer
        reader = PartReader(names, gazetteer.has_street)
        self._read_part = lru_cache(maxsize=_REMEMBERED)(reader.read)
        self._read_names = lru_cache(maxsize=_REMEMBERED)(self._read_names_anew)

    def forget(self) -> None:
        """Drop what is remembered of addresses read so far."""
        self._read_part.cache_clear()
        self._read_names.cache_clear()

    def parse(self, text: str) -> ParsedAddress:
        """Return what is understood of an address."""
        return self.read(text).parsed

    def unit(self, text: str, level: Level) -> UnitName:
        """Read a cell that holds one unit's name, however it is written; the name need not be known."""
        part = self._read_part(text)
        for unit in part.units:
            if unit.level is level:
                return unit
        return UnitName(level, fold_words(text), "", text)

    def read(self, text: str) -> AddressReading:
        """Read an address; never fails, whatever the text is.

        The numbers at its head are read by themselves and the names behind them remembered: in a file the numbers are
        seldom the same, and the streets, communes and districts often.
        """
        clean = _clean(text)
        head = _NUMBERS.match(clean)
        if head is None or not (head[1] or head[2]):
            reading = self._read_names(clean, numbered=False)
            house, alleys = reading.house, reading.alleys
        else:
            reading = self._read_names(head[3], numbered=True)
            house = head[1] or reading.house
            alleys = (*alley_chain(head[2]), *reading.alleys) if head[2] else reading.alleys
        if not alleys and "/" in house:  # 34/12/5: number 5 of ngách 12 of ngõ 34
            *chain, number = house.split("/")
            alleys = tuple(chain)
        else:
            number = house
        figures = _HOUSE_NUMBER.match(number)
        return AddressReading(
            _with_numbers(reading.parsed, text, clean, house, alleys),
            house,
            int(figures[1]) if figures else None,
            alleys,
            reading.street,
            reading.street_text,
            reading.places,
            reading.communes,
            reading.districts,
            reading.province,
            reading.city,
            reading.either,
            reading.near,
        )

    def _read_names_anew(self, text: str, *, numbered: bool) -> AddressReading:
        """Read an address without the numbers at its head."""
        first, *others = text.translate(_OUTER).split(",")
        parts = list(self._parts(first, numbered=numbered))
        if numbered:
            parts[:1] = [(parts[0] if parts else Part())._replace(number_before=True)]
        for piece in others:
            parts += self._parts(piece)
        state = _State()
        self._take_units(parts, state)
        self._take_streets(parts, state)
        return state.reading()

    def _parts(self, piece: str, *, numbered: bool = False) -> Iterator[Part]:
        """Divide what stands between two commas at dashes, slashes and full stops, and read the parts."""
        if "." in piece:
            piece = _DOTTED.sub(r"\1\2 ", piece)
        if "-" in piece or "–" in piece:
            piece = _HYPHENATED.sub(r"\1 ", piece)
        for part in _INNER.split(piece):
            if part and not part.isspace():
                yield self._read_part(part, numbered=numbered)
                numbered = False

    def _take_units(self, parts: list[Part], state: _State) -> None:
        """Go from the right, where the larger units stand, to the left, and leave the unclaimed names."""
        for at in range(len(parts) - 1, -1, -1):
            part = parts[at]
            for unit in reversed(part.units):
                state.take(unit)
            if part.name:
                self._take_name(parts, at, state)

    def _take_name(self, parts: list[Part], at: int, state: _State) -> None:
        """Decide what a name is that nothing announces."""
        part = parts[at]
        name = part.name
        after_number = at > 0 and _is_bare_number(parts[at - 1])
        if any(part.name in FORMERLY_IN.get(OTHER_PROVINCES.get(name, ""), ()) for part in parts):
            state.city = True
        elif (
            name in OTHER_PROVINCES
            and state.nothing_yet
            and not (name in NEED_A_PROVINCE_WORD or name in self._names.units)
        ):
            state.province = OTHER_PROVINCES[name]
        elif name in self._names.districts and not state.districts and not state.communes:
            if after_number and self._gazetteer.has_street(name) and name not in _RARELY_STREETS:
                state.names.append((name, part.name_text, True))
            else:
                state.districts.append(UnitName(Level.DISTRICT, name, "", part.name_text, part.era))
        elif name in self._names.units and not state.communes:
            is_street = self._gazetteer.has_street(street_key(name))
            street_before = _street_before(parts, at)
            if is_street and (after_number or not (street_before or self._lies_in(name, state.districts))):
                state.names.append((name, part.name_text, True))
                return
            state.communes.append(UnitName(Level.COMMUNE, name, "", part.name_text, part.era))
            if is_street and not street_before:
                state.either = name
        else:
            state.names.append((name, part.name_text, after_number))

    def _lies_in(self, name: str, districts: list[UnitName]) -> bool:
        """Tell whether a commune of that name lies in a district named, or a ward of that name may."""
        if not districts or name in self._names.wards:
            return True
        full = {district for unit in districts for district in self._names.districts.get(unit.key, ())}
        return any(commune.district in full for commune in self._names.communes.get(name, ()))

    def _take_streets(self, parts: list[Part], state: _State) -> None:
        """Take numbers, alleys and the street; then see what the unclaimed names may be."""
        for part in parts:
            state.house = state.house or part.house
            state.alleys = state.alleys or part.alleys
            if part.street and not state.street:
                state.street, state.street_text = part.street, part.street_text
            if part.place:
                state.places.insert(0 if part.telling else len(state.places), (part.place, part.place_text))
            state.near = state.near or part.near
            state.unread += part.unread
        names = state.names[::-1]
        if not state.street:
            chosen = next((name for name in names if name[2]), None) or next(
                (name for name in names if self._gazetteer.has_street(street_key(name[0]))), None
            )
            if chosen:
                names.remove(chosen)
                state.street, state.street_text = street_key(chosen[0]), chosen[1]
        if names and not state.communes:
            names = self._take_misspelled(names, state)
        for name, written, _ in names:
            state.places.append((name, written))

    def _take_misspelled(self, names: list[tuple[str, str, bool]], state: _State) -> list[tuple[str, str, bool]]:
        """Take the last unclaimed name for a commune with a typing slip, if it is near enough to one."""
        districts = tuple(full for unit in state.districts for full in self._names.districts.get(unit.key, ()))
        for name in reversed(names):
            if districts and (alike := self._names.alike_commune(name[0], districts)):
                state.communes.append(UnitName(Level.COMMUNE, alike, "", name[1]))
                return [other for other in names if other is not name]
        return names


FORMERLY_IN = {
    "Vĩnh Phúc": frozenset({"me linh"}),
    "Hòa Bình": frozenset({"dong xuan", "tien xuan", "yen binh", "yen trung", "thach that", "quoc oai"}),
}
"""Units that belonged to another province until 1 August 2008, as old papers still have it."""

_RARELY_STREETS = frozenset({"hoan kiem", "dong da", "tay ho", "long bien"})


class _State:
    """An address while it is being put together."""

    def __init__(self) -> None:
        self.house = self.street = self.street_text = self.province = self.either = ""
        self.alleys: tuple[str, ...] = ()
        self.places: list[tuple[str, str]] = []
        self.communes: list[UnitName] = []
        self.districts: list[UnitName] = []
        self.names: list[tuple[str, str, bool]] = []
        self.unread: tuple[str, ...] = ()
        self.city = self.near = self.foreign_district = False

    @property
    def nothing_yet(self) -> bool:
        return not (self.communes or self.districts or self.city or self.names)

    def take(self, unit: UnitName) -> None:
        if unit.level is Level.CITY:
            self.city = True
        elif unit.level is Level.PROVINCE:
            self.province = self.province or OTHER_PROVINCES.get(unit.key, unit.text)
            self.foreign_district = not unit.key
        elif unit.level is Level.COUNTRY:
            pass
        elif unit.level is Level.DISTRICT:
            if all(unit.key != other.key for other in self.districts):
                self.districts.append(unit)
        elif not any(unit.key == other.key and other.type for other in self.communes):
            self.communes = [other for other in self.communes if other.key != unit.key]
            self.communes.append(unit)
            if self.either == unit.key:
                self.either = ""

    def _settle_province(self) -> None:
        """Forget another province where the unit came from it, or an unknown district where Hà Nội is named too."""
        if not self.province:
            return
        came = FORMERLY_IN.get(self.province, frozenset())
        if any(unit.key in came for unit in (*self.districts, *self.communes)):
            self.province, self.city = "", True
        elif self.foreign_district and self.city:
            self.unread += (self.province,)
            self.province = ""

    def reading(self) -> AddressReading:
        self._settle_province()
        parsed = ParsedAddress(
            street=self.street_text,
            place=", ".join(written for _, written in self.places),
            communes=tuple(_named(unit) for unit in self.communes),
            districts=tuple(_named(unit) for unit in self.districts),
            province=self.province,
            unread=self.unread,
        )
        return AddressReading(
            parsed=parsed,
            house=self.house,
            number=None,
            alleys=self.alleys,
            street=self.street,
            street_text=self.street_text,
            places=tuple(self.places),
            communes=tuple(self.communes),
            districts=tuple(self.districts),
            province=self.province,
            city=self.city,
            either=self.either,
            near=self.near,
        )


def _with_numbers(parsed: ParsedAddress, text: str, clean: str, house: str, alleys: tuple[str, ...]) -> ParsedAddress:
    """Complete what is remembered of a street and its units by the numbers of one address."""
    unread = parsed.unread if len(text) <= LONGEST_ADDRESS else (*parsed.unread, text[LONGEST_ADDRESS:])
    names = (parsed.street, parsed.place, parsed.communes, parsed.districts, parsed.province)
    return ParsedAddress(clean, house.upper(), alleys, *names, unread)


def _clean(text: str) -> str:
    """Return the text in NFC and out of any legacy font, its words apart, without what a unit was before."""
    text = text[:LONGEST_ADDRESS]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        font = detect_legacy(text)
        if font:
            text = from_legacy(text, font)
    if "(" in text:
        text = _FORMERLY.sub(" ", text)
    if text.count(" ") * _SPACED < len(text):
        text = _RUN_TOGETHER.sub(" ", text)
    return text


def _named(unit: UnitName) -> NamedUnit:
    return NamedUnit(unit.text, unit.type, unit.era == "cũ")


def _is_bare_number(part: Part) -> bool:
    """Tell whether a part is numbers and nothing else: the name behind it is then the street's."""
    numbers = part.number_before or part.house or part.alleys
    return bool(numbers) and not (part.street or part.name or part.units)


def _street_before(parts: list[Part], at: int) -> bool:
    return any(part.street or part.name for part in parts[:at])
