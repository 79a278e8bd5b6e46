"""Reading one part of an address, between two separators, by itself.

A part is read without its neighbours, so readings can be remembered: streets, communes and districts come
again and again in a file. `geo.addresses.parser` puts the parts together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.addresses.components import Part, PartDraft, UnitName, read_names, read_numbers
from geo.addresses.names import fold_words
from geo.addresses.words import (
    ADMIN_WORDS,
    ALLEY_WORDS,
    CITY_NAMES,
    COMMUNE_WORDS,
    COUNTRY_NAMES,
    ENGLISH_STREET,
    ENGLISH_UNIT,
    LANDMARKS,
    NUMBER_WORDS,
    OTHER_PROVINCES,
    STREET_WORDS,
    Level,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.addresses.admin_names import AdminNames

_PUNCTUATION = re.compile(r"[^\w/-]+")
_POSTCODE = re.compile(r"^\d{5,6}$")
_NO_TYPES = frozenset({"phương", "phượng", "quán", "quân", "quản", "xá", "xạ"})
"""Words of names that fold to a type; slips of the type itself (phừơng, qụân) are many."""

_LONG_STREET_WORDS = STREET_WORDS - {"d"}
_ERAS = {"cu": "cũ", "moi": "mới"}
LONGEST_SLIP = 4
"""Words of a misspelled name."""

ALIASES = {"cho dua": "o cho dua"}
"""Names that people and map services shorten."""


class PartReader:
    """Reads parts with the help of the administrative names; give it to a cache.

    Parameters
    ----------
    names
        Every name of a commune, ward or district.
    is_street
        Tells whether a street of that key is known: Xã Đàn is one, and no misspelled xã.
    """

    def __init__(self, names: AdminNames, is_street: Callable[[str], bool]) -> None:
        self._names = names
        self._is_street = is_street

    def read(self, text: str, *, numbered: bool = False) -> Part:
        """Read one part.

        Parameters
        ----------
        text
            As written.
        numbered
            True where a house or alley number stands before it: a bare name is then a street's.
        """
        words = _PUNCTUATION.sub(" ", text).split()
        tokens = fold_words(text).split()
        if len(words) != len(tokens):  # signs that fold away: the folded words stand in for the written ones
            words = tokens
        if not tokens:
            return Part()
        if len(tokens) > 1 and tokens[-1] in ENGLISH_STREET:
            tokens, words = tokens[:-1], words[:-1]
            if tokens[0].isalpha() and tokens[0] not in (*ALLEY_WORDS, *STREET_WORDS, *NUMBER_WORDS):
                tokens, words = ["pho", *tokens], ["phố", *words]
        elif len(tokens) > 1 and tokens[-1] in ENGLISH_UNIT:
            type_ = ENGLISH_UNIT[tokens[-1]]
            tokens, words = [*fold_words(type_).split(), *tokens[:-1]], [*type_.split(), *words[:-1]]
        era = ""
        if len(tokens) > 2 and tokens[0] == "nay" and tokens[1] in ("thuoc", "la"):  # noqa: PLR2004
            era = "mới"
            tokens, words = tokens[2:], words[2:]
        if len(tokens) > 1 and tokens[-1] in _ERAS and words[-1].lower() in ("cũ", "cu", "mới", "moi"):
            era = _ERAS[tokens[-1]]
            tokens, words = tokens[:-1], words[:-1]
        whole = None if numbered else self._whole(tokens, words, era)
        return whole if whole is not None else self._runs(tokens, words, era, numbered=numbered)

    def _whole(self, tokens: list[str], words: list[str], era: str) -> Part | None:
        """Read a part that is one administrative name with its type, or a bare name."""
        joined = ALIASES.get(" ".join(tokens), " ".join(tokens))
        if joined in CITY_NAMES:
            return Part(units=(UnitName(Level.CITY, "ha noi", "", " ".join(words)),), era=era)
        if joined in COUNTRY_NAMES or _POSTCODE.match(joined):
            return Part(units=(UnitName(Level.COUNTRY, "", "", " ".join(words)),), era=era)
        if len(tokens) > 1 and tokens[0] in ("tp", "tinh", "thanh", "t") and (unit := self._city(tokens, words)):
            return Part(units=(unit,), era=era)
        if joined in self._names.units or joined in self._names.districts or joined in OTHER_PROVINCES:
            return Part(name=joined, name_text=" ".join(words), era=era)
        return None

    def _city(self, tokens: list[str], words: list[str]) -> UnitName | None:
        start = 2 if tokens[:2] == ["thanh", "pho"] else 1
        key, text = " ".join(tokens[start:]), " ".join(words[start:])
        if key in CITY_NAMES:
            return UnitName(Level.CITY, "ha noi", "", text)
        if key in self._names.districts:  # TP. Hà Đông, TP. Sơn Tây: until 2009
            return UnitName(Level.DISTRICT, key, "", text)
        return UnitName(Level.PROVINCE, key, "", text) if key in OTHER_PROVINCES else None

    def _runs(self, tokens: list[str], words: list[str], era: str, *, numbered: bool) -> Part:
        """Cut the part where a word announces something, and read each run."""
        draft = PartDraft(era)
        start = 0
        if not numbered and (landmark := _landmark(tokens)):
            draft.near, start = True, landmark
        position = start
        while position < len(tokens):
            after_street_word = position > start and tokens[position - 1] in _LONG_STREET_WORDS
            taken, unit = (0, None) if after_street_word else self._unit_at(tokens, words, position)
            if unit is None:
                position += 1
                continue
            self._run(tokens[start:position], words[start:position], draft, numbered=numbered and start == 0)
            draft.units.append(unit)
            start = position = position + taken
        self._run(tokens[start:], words[start:], draft, numbered=numbered and start == 0, tail=True)
        if era:
            draft.units = [unit._replace(era=unit.era or era) for unit in draft.units]
        return draft.part()

    def _unit_at(self, tokens: list[str], words: list[str], at: int) -> tuple[int, UnitName | None]:
        """Read an administrative name that its type announces, at a position; 0 and None where there is none."""
        word = tokens[at]
        width = 1
        if word in ("thi", "thanh") and at + 1 < len(tokens):
            word, width = f"{word} {tokens[at + 1]}", 2
        type_ = ADMIN_WORDS.get(word)
        if type_ is None or at + width >= len(tokens) or words[at].lower() in _NO_TYPES:
            return 0, None
        start = at + width
        if word in COMMUNE_WORDS:
            tables, level = self._names.units, Level.COMMUNE
        elif word in ("tinh", "t", "tp", "thanh pho"):
            return self._city_at(tokens, words, at, start)
        else:
            tables, level = frozenset(self._names.districts), Level.DISTRICT
        length = self._names.longest(tokens, start, tables)
        if word == "tt" and not self._is_town(" ".join(tokens[start : start + length])):
            return 0, None  # "TT" is a housing estate (tập thể) where no town bears the name
        if not length:
            return self._misspelled(tokens[at:], words[at:], width, UnitName(level, "", type_, ""))
        key, text = " ".join(tokens[start : start + length]), " ".join(words[start : start + length])
        length += width
        era = ""
        if at + length < len(tokens) and words[at + length].lower() in ("cũ", "mới"):
            era = words[at + length].lower()
            length += 1
        return length, UnitName(level, key, type_, text, era)

    def _is_town(self, key: str) -> bool:
        return any(name.type == "thị trấn" for name in self._names.communes.get(key, ()))

    def _city_at(self, tokens: list[str], words: list[str], at: int, start: int) -> tuple[int, UnitName | None]:
        for length in (3, 2, 1):
            if unit := self._city(tokens[at : start + length], words[at : start + length]):
                return min(start + length, len(tokens)) - at, unit
        return 0, None

    def _misspelled(
        self, tokens: list[str], words: list[str], width: int, unit: UnitName
    ) -> tuple[int, UnitName | None]:
        """Take a name with a typing slip after a type that is spelled in full, up to the end of the part.

        A district that no name of Hà Nội is like is one of another province.
        """
        rest = tokens[width:]
        spelled_out = words[0].lower() in ("phường", "xã", "quận", "huyện", "thị") or words[0].isupper()
        if not spelled_out or len(rest) > LONGEST_SLIP or any(token[0].isdigit() for token in rest):
            return 0, None
        key = " ".join(rest)
        if self._is_street(" ".join(tokens)):
            return 0, None
        if unit.level is Level.DISTRICT:
            key = self._names.alike_district(key) or ""
            if not key:
                return len(tokens), UnitName(Level.PROVINCE, "", unit.type, " ".join(words))
        return len(tokens), unit._replace(key=key, text=" ".join(words[width:]))

    def _run(
        self, tokens: list[str], words: list[str], draft: PartDraft, *, numbered: bool, tail: bool = False
    ) -> None:
        """Read what stands between two announced administrative names."""
        if not tokens:
            return
        position = read_numbers(tokens, words, draft)
        rest, rest_words = tokens[position:], words[position:]
        numbered = numbered or bool(draft.house or draft.alleys)
        suffix: list[UnitName] = []
        if tail:
            rest, rest_words = self._strip_tail(rest, rest_words, suffix, keep_name=numbered)
        read_names(rest, rest_words, draft, numbered=numbered)
        draft.units += reversed(suffix)

    def _strip_tail(
        self, tokens: list[str], words: list[str], found: list[UnitName], *, keep_name: bool
    ) -> tuple[list[str], list[str]]:
        """Take city, district and commune names off the end of a part that no separator divides."""
        if len(tokens) > 1 and _POSTCODE.match(tokens[-1]):
            tokens, words = tokens[:-1], words[:-1]
        for level in (Level.COUNTRY, Level.CITY, Level.DISTRICT, Level.COMMUNE):
            length = self._tail_length(tokens, level)
            if not length or (len(tokens) == length and keep_name):
                continue
            if level is Level.COMMUNE and not found:
                continue  # without a district behind it the name may as well be the street's
            key, text = " ".join(tokens[-length:]), " ".join(words[-length:])
            found.append(UnitName(level, key, "", text))
            tokens, words = tokens[:-length], words[:-length]
        return tokens, words

    def _tail_length(self, tokens: Sequence[str], level: Level) -> int:
        tables = {Level.COUNTRY: COUNTRY_NAMES, Level.CITY: CITY_NAMES, Level.DISTRICT: self._names.districts}
        table = tables.get(level, self._names.units)
        for length in range(min(5, len(tokens)), 0, -1):
            if " ".join(tokens[-length:]) in table:
                return length
        return 0


def _landmark(tokens: list[str]) -> int:
    for length in (4, 3, 2, 1):
        if len(tokens) > length and " ".join(tokens[:length]) in LANDMARKS:
            return length
    return 0
