"""The peer that accuracy and speed are compared with: vietnamadminunits, kept from the network."""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from geo.crosswalk import Crosswalk
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def converter() -> Callable[[str], object]:
    """Return its commune-level conversion.

    For a divided commune with a street it would send the whole address to a public geocoder. Here nothing leaves the
    machine: that question is answered "not found", and it takes its default ward, as it does without a network.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = import_module("vietnamadminunits")
        converter_2025 = import_module("vietnamadminunits.converter.converter_2025")
    converter_2025.get_geo_location = lambda _address: None
    return package.convert_address


class Peer:
    """Answers with a ward's code, or None where the peer names no ward of Hà Nội."""

    def __init__(self) -> None:
        self._codes = {fold(ward.full_name): code for code, ward in Crosswalk.open().wards.items()}
        self._convert = converter()

    def ward_code(self, address: str) -> str | None:
        try:
            unit = self._convert(address)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None
        return self._codes.get(fold(getattr(unit, "ward", None) or ""))
