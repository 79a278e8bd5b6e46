"""Vietnamese text: one form to store, one form to compare."""

from __future__ import annotations

import re
import unicodedata

_BAR_LETTERS = str.maketrans({"đ": "d", "Đ": "D"})
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
