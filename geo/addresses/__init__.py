"""Understanding Vietnamese addresses: names, streets and places, and the parser that reads them.

::

    text ─▶ parts (each by itself, remembered) ─▶ AddressParser (which name is what) ─▶ AddressReading
"""

from __future__ import annotations

from geo.addresses.admin_names import FORMER_TU_LIEM, AdminNames, CommuneName
from geo.addresses.components import UnitName
from geo.addresses.gazetteer import Anchor, Gazetteer, Spot, Stretch
from geo.addresses.names import StreetKey, fold_words, named_way, spelled_street, street_key
from geo.addresses.parser import AddressParser, AddressReading
from geo.addresses.words import Level

__all__ = [
    "FORMER_TU_LIEM",
    "AddressParser",
    "AddressReading",
    "AdminNames",
    "Anchor",
    "CommuneName",
    "Gazetteer",
    "Level",
    "Spot",
    "StreetKey",
    "Stretch",
    "UnitName",
    "fold_words",
    "named_way",
    "spelled_street",
    "street_key",
]
