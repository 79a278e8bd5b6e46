"""Text in spreadsheets: kept from running as a formula when it goes out, brought into one form when it comes in."""

from __future__ import annotations

import re
import unicodedata

FORMULA_STARTS = "=+-@\t\r"
_KEPT_FROM_RUNNING = re.compile(r"^'(?=[=+\-@])")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> inert("=1+1"), inert("-1.5"), inert("-1.5+A1")
    ("'=1+1", '-1.5', "'-1.5+A1")
    """
    if text and text[0] in FORMULA_STARTS and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def plain_text(text: str) -> str:
    """Return a cell's text in one form: NFC, single spaces, no control characters, no apostrophe against formulas.

    >>> plain_text("  '=1+1   x ")
    '=1+1 x'
    """
    plain = unicodedata.normalize("NFC", _KEPT_FROM_RUNNING.sub("", text.strip()))
    return " ".join("".join(" " if unicodedata.category(one) == "Cc" else one for one in plain).split())
