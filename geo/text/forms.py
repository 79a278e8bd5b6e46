"""Vietnamese text: one form to store, one form to compare."""

from __future__ import annotations

import re
import unicodedata

_BAR_LETTERS = str.maketrans({"đ": "d", "Đ": "D"})
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook above, dot below: the five marked tones."""

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Return the comparison form: no diacritics, lower case, single spaces.

    >>> fold("Phường Hoà  Lạc")
    'phuong hoa lac'
    """
    return slug(text).replace("-", " ")


def slug(text: str) -> str:
    """Return the form for addresses of pages: ``"Văn Miếu - Quốc Tử Giám"`` → ``"van-mieu-quoc-tu-giam"``."""
    stripped = unicodedata.normalize("NFKD", text.translate(_BAR_LETTERS))
    plain = "".join(character for character in stripped if not unicodedata.combining(character))
    return _NOT_WORD.sub("-", plain.lower()).strip("-")


def spelling(text: str) -> str:
    """Return the form for comparing spellings: diacritics count, case, Unicode form and the tone's place do not.

    >>> spelling("Hoà") == spelling("Hòa") != spelling("Hoa")
    True
    """
    words = unicodedata.normalize("NFD", text.lower()).split()
    return " ".join(_tone_last(word) for word in words)


def _tone_last(word: str) -> str:
    letters = [character for character in word if character not in TONES]
    return "".join(letters + [character for character in word if character in TONES])
