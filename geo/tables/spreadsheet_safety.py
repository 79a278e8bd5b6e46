"""Keeping text that this program adds from running as a formula when a table is opened in a spreadsheet."""

from __future__ import annotations

import re

FORMULA_STARTS = "=+-@\t\r"
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> inert("=1+1"), inert("-1.5"), inert("-1.5+A1")
    ("'=1+1", '-1.5', "'-1.5+A1")
    """
    if text and text[0] in FORMULA_STARTS and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text
