"""A case file (hồ sơ) of an old district: what is known of it before it is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class CaseKind(StrEnum):
    """The field that a file belongs to; `geo.cases.case_rules` says which address decides for each."""

    CIVIL_STATUS = "civil-status"
    CERTIFICATION = "certification"
    SOCIAL = "social"
    LAND = "land"
    CONSTRUCTION = "construction"
    ENVIRONMENT = "environment"
    BUSINESS = "business"
    OTHER = "other"
    """Another field, or one that the file does not tell clearly: no address is preferred."""


class CaseState(StrEnum):
    """Why a file is handed over (content groups 5, 6 and 7 of plan 341-KH/TU)."""

    PENDING = "pending"
    RESULT_NOT_COLLECTED = "result-not-collected"
    PROJECT_UNDER_WAY = "project-under-way"


class AddressRole(StrEnum):
    """What an address is to its file."""

    RESIDENCE = "residence"
    REGISTRATION = "registration"
    """Where the civil status is or was registered."""
    PARCEL = "parcel"
    SITE = "site"
    PREMISES = "premises"
    OTHER = "other"
    """An address of which the file does not say what it is to it."""


@dataclass(frozen=True, slots=True)
class CaseAddress:
    """One address of a file, as written."""

    role: AddressRole
    text: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file as an old district wrote it down.

    Parameters
    ----------
    number
        As written; empty where there is none.
    kind
        OTHER where the words of the file name no field or several.
    kind_text
        Those words.
    received
        Day of receipt; None where there is none or it cannot be read.
    old_district, old_commune
        Names or codes of units in force until 30 June 2025, as written.
    addresses
        In the order of the table's columns; none is empty.
    lon, lat
        EPSG:4326 degrees; both or neither.
    state
        None where the file does not say one that is handed over.
    """

    number: str = ""
    kind: CaseKind = CaseKind.OTHER
    kind_text: str = ""
    received: date | None = None
    old_district: str = ""
    old_commune: str = ""
    addresses: tuple[CaseAddress, ...] = ()
    lon: float | None = None
    lat: float | None = None
    state: CaseState | None = None

    def address(self, role: AddressRole) -> str:
        """Return the first address of that role, ``""`` where there is none."""
        return next((address.text for address in self.addresses if address.role is role), "")
