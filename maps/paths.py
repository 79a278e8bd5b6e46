"""Addresses of the pages. A unit's is its code, for that is the key, and its name, for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.text import slug

if TYPE_CHECKING:
    from geo.errors import Language
    from geo.model import OldUnit, Unit, Ward

FINDER = "/"
WARDS = "/phuong-xa"
OLD_UNITS = "/don-vi-cu"
OLD_TO_NEW = "/ban-do/sap-xep"
PREMISES = "/ban-do/tru-so"
TRIAL = "/ban-do/van-hanh-thu-nghiem"
DOWNLOADS = "/du-lieu"
FEATURES = "/ogc"

_SLUGGED = re.compile(r"(\d{5})(?:-(.*))?", re.DOTALL)


def ward_path(ward: Ward) -> str:
    """Return the address of a ward's page."""
    return f"{WARDS}/{_slugged(ward)}"


def old_unit_path(unit: OldUnit) -> str:
    """Return the address of an old commune's page."""
    return f"{OLD_UNITS}/{_slugged(unit)}"


def code_of(slugged: str) -> str | None:
    """Return the code at the head of ``{code}`` or ``{code}-{slug}``; None where there is none.

    >>> code_of("00070-hoan-kiem"), code_of("hoan-kiem")
    ('00070', None)
    """
    found = _SLUGGED.fullmatch(slugged)
    return found[1] if found else None


def in_language(path: str, lang: Language) -> str:
    """Return an address with its language: Vietnamese is the page itself, English is asked for."""
    return path if lang == "vi" else said_language(path, lang)


def said_language(path: str, lang: Language) -> str:
    """Return an address that says its language whichever it is."""
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


def _slugged(unit: Unit) -> str:
    named = slug(unit.name)
    return f"{unit.code}-{named}" if named else unit.code
