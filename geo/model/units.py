"""Wards, the communes and districts before them, and the legal links between the two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Ward:
    """One of the 126 units in force since 1 July 2025.

    Parameters
    ----------
    code
        Five digits as text. Every one of the 126 re-uses the code of an old commune: a code is
        meaningless without its generation.
    name, type
        ``"Ba Đình"`` and ``"phường"`` or ``"xã"``.
    population, area_km2
        Official figures of the resolution; area in square kilometres.
    polygon_area_km2
        Area of our polygon, square kilometres in EPSG:5897.
    doubt_vi, doubt_en
        What is known to be doubtful about this ward's figure; empty where nothing is.
    source
        Whose drawing the polygon is.
    """

    code: str
    name: str
    type: str
    population: int
    area_km2: float
    polygon_area_km2: float
    doubt_vi: str = ""
    doubt_en: str = ""
    source: str = ""

    def __hash__(self) -> int:
        return hash(self.code)  # equal units have equal codes, and every answer looks units up

    @property
    def full_name(self) -> str:
        """Type and name, as written at the head of a sentence."""
        return f"{self.type.capitalize()} {self.name}"


@dataclass(frozen=True, slots=True)
class OldUnit:
    """One of the 526 communes (phường, xã, thị trấn) in force until 30 June 2025.

    ``polygon_area_km2`` is measured on an approximate shape.
    """

    code: str
    name: str
    type: str
    district_code: str
    district: str
    polygon_area_km2: float

    def __hash__(self) -> int:
        return hash(self.code)  # equal units have equal codes, and every answer looks units up

    @property
    def full_name(self) -> str:
        """Type and name, as written at the head of a sentence."""
        return f"{self.type.capitalize()} {self.name}"


Unit = Ward | OldUnit


@dataclass(frozen=True, slots=True)
class District:
    """One of the 30 districts (quận, huyện, thị xã) abolished on 1 July 2025."""

    code: str
    full_name: str


class ShareKind(StrEnum):
    """What part of an old commune a khoản hands over, by its wording."""

    WHOLE = "whole"
    AREA_AND_POPULATION = "part-area-and-population"
    AREA_ONLY = "part-area-only"
    AREA_AND_ALL_POPULATION = "part-area-all-population"
    REMAINDER = "remainder"


class Residents(StrEnum):
    """How many of the old commune's residents the wording sends along this link."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CrosswalkLink:
    """One of the 795 legal links from an old commune to a ward.

    ``clause`` is the khoản of Article 1 of Nghị quyết 1656/NQ-UBTVQH15.
    """

    clause: int
    old_code: str
    ward_code: str
    share: ShareKind
    residents: Residents
