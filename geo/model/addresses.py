"""What an address is made of."""

from __future__ import annotations

from typing import NamedTuple


class NamedUnit(NamedTuple):
    """An administrative unit as an address names it.

    Parameters
    ----------
    name
        As written, without its type.
    type
        ``"phường"``, ``"xã"``, ``"thị trấn"``, ``"quận"``, ``"huyện"``, ``"thị xã"``; empty where none is written.
    old
        True where the text itself says that the unit is a former one ("cũ").
    """

    name: str
    type: str = ""
    old: bool = False


class ParsedAddress(NamedTuple):
    """What was understood of an address; every text is as written, in NFC.

    Parameters
    ----------
    house
        House number or lot: ``"36A"``, ``"36-38"``, ``"lô 12 BT2"``.
    alleys
        Alley numbers from the street inwards: ``("34", "12")`` for "ngách 12 ngõ 34".
    street
        Name without its type.
    place
        Villages, hamlets, residential groups, estates and buildings, without house numbers, joined by ``", "``.
    communes, districts
        Units named at that level, in the order in which they are written; usually one or none.
    province
        Another province, where one is named.
    unread
        Words that were not understood.
    """

    text: str = ""
    house: str = ""
    alleys: tuple[str, ...] = ()
    street: str = ""
    place: str = ""
    communes: tuple[NamedUnit, ...] = ()
    districts: tuple[NamedUnit, ...] = ()
    province: str = ""
    unread: tuple[str, ...] = ()
