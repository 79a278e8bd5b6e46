"""Reading house numbers, alleys, streets and places in a run of words that names no administrative unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.addresses.names import fold_words, street_key
from geo.addresses.words import (
    ALLEY_WORDS,
    BUILDING_WORDS,
    NEED_A_FIGURE,
    NUMBER_WORDS,
    PLACE_PAIRS,
    PLACE_PREFIXES,
    PLACE_WORDS,
    SPELLED,
    STREET_WORDS,
)

if TYPE_CHECKING:
    from geo.addresses.words import Level

_CODE = re.compile(r"^(?:[a-z]{0,3}\d+[a-z]{0,2}\d*)(?:[-/][a-z]{0,3}\d+[a-z]{0,2}\d*)*$")
_HOUSE = re.compile(r"^\d{1,4}[a-z]?\d{0,2}(?:[-/]\d{1,4}[a-z]?\d?)*$")
_ALLEY_NUMBER = re.compile(r"^\d+[a-z]?\d?(?:[-/]\d+[a-z]?\d?)*$")
_LONG_STREET_WORDS = STREET_WORDS - {"d"}


class UnitName(NamedTuple):
    """An administrative name found in a part.

    ``type`` is empty where none is written. ``key`` is the folded name, ``era`` "cũ" or "mới" where written.
    """

    level: Level
    key: str
    type: str
    text: str
    era: str = ""


class Part(NamedTuple):
    """What one part says by itself.

    ``name`` is a folded name that nothing announces: a street, a commune, a district or a place. ``telling`` is False
    for places that only make sense inside another (a floor, a room, a block), ``number_before`` where a number that was
    read elsewhere stands before the part.
    """

    house: str = ""
    alleys: tuple[str, ...] = ()
    street: str = ""
    street_text: str = ""
    place: str = ""
    place_text: str = ""
    telling: bool = False
    name: str = ""
    name_text: str = ""
    units: tuple[UnitName, ...] = ()
    era: str = ""
    near: bool = False
    unread: tuple[str, ...] = ()
    number_before: bool = False


class PartDraft:
    """A part while it is being read."""

    def __init__(self, era: str) -> None:
        self.era = era
        self.house = ""
        self.alleys: list[tuple[int, str]] = []
        self.street = self.street_text = ""
        self.place = self.place_text = ""
        self.telling = False
        self.name = self.name_text = ""
        self.units: list[UnitName] = []
        self.near = False
        self.unread: list[str] = []

    def part(self) -> Part:
        """Return what has been read; the alleys from the street inwards, in whatever order they were written."""
        chain = in_order(self.alleys)
        return Part(
            self.house, chain, self.street, self.street_text, self.place, self.place_text,
            self.telling, self.name, self.name_text, tuple(self.units), self.era, self.near, tuple(self.unread),
        )  # fmt: skip


def in_order(alleys: list[tuple[int, str]]) -> tuple[str, ...]:
    """Return alley numbers from the street inwards: ngõ, ngách, hẻm, in whatever order they were written."""
    return tuple(
        number
        for _, numbers in sorted(alleys, key=lambda step: step[0])
        for number in numbers.replace("-", "/").split("/")
    )


@lru_cache(maxsize=1 << 16)
def alley_chain(text: str) -> tuple[str, ...]:
    """Read alleys as they are written.

    >>> alley_chain("ngách 12/3 ngõ 34")
    ('34', '12', '3')
    """
    tokens = fold_words(text).split()
    return in_order([(ALLEY_WORDS[word], numbers) for word, numbers in zip(tokens[::2], tokens[1::2], strict=True)])


def _is_announcing(word: str, token: str) -> bool:
    """Tell the word that announces a component from a name that folds to the same (Phương Mai, Quán Thánh)."""
    lowered = word.lower()
    return lowered.isascii() or lowered == SPELLED.get(token, lowered) or token not in SPELLED


def read_numbers(tokens: list[str], words: list[str], draft: PartDraft) -> int:
    """Read house number, lot codes and alleys at the head of a run; return where the names begin."""
    at, count = 0, len(tokens)
    while at < count:
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < count else ""
        if token in ALLEY_WORDS and _ALLEY_NUMBER.match(following) and _is_announcing(words[at], token):
            draft.alleys.append((ALLEY_WORDS[token], following))
            at += 2
        elif token in BUILDING_WORDS and not following.isalpha() and _CODE.match(following) and at + 2 < count:
            draft.unread.append(" ".join(words[at : at + 2]))
            at += 2
        elif token in NUMBER_WORDS and (following[:1].isdigit() or following in NUMBER_WORDS):
            at += 1
        elif _HOUSE.match(token):
            if not draft.house:
                draft.house = token
            at += 1
        elif _CODE.match(token) and token[0].isalpha() and at + 1 < count and following not in STREET_WORDS:
            draft.unread.append(words[at])
            at += 1
        else:
            break
    return at


def read_names(tokens: list[str], words: list[str], draft: PartDraft, *, numbered: bool) -> None:
    """Read the street and the places named in a run that is past its numbers."""
    if not tokens:
        return
    start = 0
    for at in range(len(tokens) + 1):
        if at == len(tokens) or (at > start and _begins(tokens, words, at)):
            _read_name(tokens[start:at], words[start:at], draft, numbered=numbered)
            start = at


def _begins(tokens: list[str], words: list[str], at: int) -> bool:
    """Tell whether a street, alley or place is announced here, in the middle of a run."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if not following or not _is_announcing(words[at], token):
        return False
    if token in ALLEY_WORDS:
        return bool(_ALLEY_NUMBER.match(following)) or words[at].lower() == "ngõ"
    if token in ("duong", "pho"):
        return tokens[at - 1] not in ("thanh", "dan") and not words[at].isascii()
    return token not in ("cho", "o") and _announces_place(tokens, at) and not words[at].isascii()


def _announces_place(tokens: list[str], at: int) -> bool:
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if f"{token} {following}" in PLACE_PAIRS:
        return True
    if token in NEED_A_FIGURE:
        return bool(_CODE.match(following))
    return token in PLACE_WORDS and bool(following) and token not in ("lang", "ki", "can", "dai", "chung", "tap")


def _read_name(tokens: list[str], words: list[str], draft: PartDraft, *, numbered: bool) -> None:
    """Read one name with the word that announces it, or none."""
    token = tokens[0]
    following = tokens[1] if len(tokens) > 1 else ""
    announcing = bool(following) and _is_announcing(words[0], token)
    if announcing and token in ALLEY_WORDS and _ALLEY_NUMBER.match(following):
        position = read_numbers(tokens, words, draft)
        if position < len(tokens):
            _read_name(tokens[position:], words[position:], draft, numbered=True)
    elif announcing and token in STREET_WORDS and (token in _LONG_STREET_WORDS or words[0] in ("Đ", "đ")):
        _take_street(tokens, words, draft)
    elif (
        announcing
        and not (numbered and tokens[0] == "cho")
        and (_announces_place(tokens, 0) or words[0].lower() == "làng")
    ):
        telling = token not in BUILDING_WORDS
        if not draft.place or (telling and not draft.telling):
            draft.unread += [draft.place_text] if draft.place else []
            draft.place, draft.place_text, draft.telling = _bare_place(tokens), " ".join(words), telling
        else:
            draft.unread.append(" ".join(words))
    elif numbered and not draft.street:
        _take_street(tokens, words, draft)
    elif not draft.name:
        draft.name, draft.name_text = " ".join(tokens), " ".join(words)
    else:
        draft.unread.append(" ".join(words))


def _take_street(tokens: list[str], words: list[str], draft: PartDraft) -> None:
    if not draft.street:
        typed = len(tokens) > 1 and tokens[0] in STREET_WORDS and _is_announcing(words[0], tokens[0])
        bare = tokens[1:] if (typed and tokens[0] in _LONG_STREET_WORDS) or words[0] in ("Đ", "đ") else tokens
        draft.street, draft.street_text = street_key(" ".join(bare)), " ".join(words[len(tokens) - len(bare) :])
    else:
        draft.unread.append(" ".join(words))


def _bare_place(tokens: list[str]) -> str:
    """Return a place's name without the words that announce it."""
    for prefix in PLACE_PREFIXES:
        if tokens[: len(prefix)] == prefix and len(tokens) > len(prefix):
            return " ".join(tokens[len(prefix) :])
    return " ".join(tokens)
