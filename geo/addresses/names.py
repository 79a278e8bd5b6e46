"""Names of streets and alleys as keys: what the gazetteer is indexed by and what an address is read into."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from geo.text import fold

_ROAD = re.compile(
    r"^(?:duong\s+)?(?:(?P<national>quoc lo|ql|q lo|q l)|(?P<city>tinh lo|duong tinh|tl|dt|t l|lien tinh lo))\s*"
    r"(?P<number>\d+)\s*(?P<letter>[a-d]?)\b.*$"
)
_CHAIN = re.compile(r"(?:ngo|ngach|hem)\s+(\d+[a-z]?(?:/\d+[a-z]?)*)\s*")
_ORDER = {"ngo": 0, "ngach": 1, "hem": 2}
_SIGN = re.compile(r"(\d[a-z]?)\s*([/-])\s*(?=[a-z]?\d)|[/-]+")
_SPELLED_TYPE = re.compile(r"(?<!\w)(?:đường|phố|đại lộ)\s+(?=\w)", re.IGNORECASE)


class StreetKey(NamedTuple):
    """What a street or alley is found by.

    ``street`` is the folded name without its type (``"giai phong"``, ``"ql32"``), ``alleys`` the numbers of the
    alleys from the street inwards (``("34", "12")`` for ngách 12 of ngõ 34); empty for the street itself.
    """

    street: str
    alleys: tuple[str, ...] = ()


class _Folding(dict[int, str]):
    """What each character becomes: a letter or digit without its marks, a kept sign, or a space."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        mark = unicodedata.combining(character)
        folded = character if character in _KEPT else fold(character) or ("" if mark else " ")
        self[code] = folded
        return folded


_KEPT = "/-"
_FOLDING = _Folding()


def fold_words(text: str) -> str:
    """Fold a text to words, quickly; the slashes and hyphens between figures stay.

    >>> fold_words("Số 36-38, Ngách 112 / 44 Phố  Nam Dư - Lĩnh Nam")
    'so 36-38 ngach 112/44 pho nam du linh nam'
    """
    folded = text.translate(_FOLDING)
    if "/" in folded or "-" in folded:
        folded = _SIGN.sub(lambda sign: sign[1] + sign[2] if sign[1] else " ", folded)
    return " ".join(folded.split())


@lru_cache(maxsize=65536)
def street_key(folded: str) -> str:
    """Return the key of a folded street name that has lost its type: road numbers in one form.

    >>> street_key("giai phong"), street_key("quoc lo 32"), street_key("duong tinh 427 b")
    ('giai phong', 'ql32', 'tl427b')
    """
    road = _ROAD.match(folded)
    if road:
        return ("ql" if road["national"] else "tl") + road["number"] + road["letter"]
    return folded


def named_way(name: str) -> StreetKey:
    """Read the name of a mapped way.

    >>> named_way("Hẻm 71 Ngách 90 Ngõ 13 Đường Lĩnh Nam")
    StreetKey(street='linh nam', alleys=('13', '90', '71'))
    >>> named_way("Ngách 112/44 Phố Nam Dư")
    StreetKey(street='nam du', alleys=('112', '44'))
    >>> named_way("Ngõ Tạm Thương")
    StreetKey(street='ngo tam thuong', alleys=())
    """
    text = fold_words(_SPELLED_TYPE.sub("", name))
    steps: list[tuple[int, str]] = []
    rest = text
    while match := _CHAIN.match(rest):
        word = rest.split(" ", 1)[0]
        steps.append((_ORDER[word], match.group(1)))
        rest = rest[match.end() :]
    if not steps:
        return StreetKey(street_key(text))
    chain: list[str] = []
    for _, numbers in sorted(steps, key=lambda step: step[0]):
        chain += numbers.split("/")
    return StreetKey(street_key(rest) if rest else "", tuple(chain))


def spelled_street(name: str) -> str:
    """Return a street's name as it is spelled, without its type.

    >>> spelled_street("Phố Hàng Đậu")
    'Hàng Đậu'
    """
    return _SPELLED_TYPE.sub("", name).strip()
