"""Answers of the point lookup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.model.premises import Premises
    from geo.model.units import Unit, Ward


class Outcome(StrEnum):
    """Where a point lies with respect to the units of a generation."""

    INSIDE = "INSIDE"
    ON_BORDER = "ON_BORDER"
    OUTSIDE = "OUTSIDE"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far the two boundary sources lie apart along one border, metres.

    ``doubt_m`` is the width of ground in doubt where both sources are likely wrong; 0 elsewhere.
    """

    p50_m: float
    p90_m: float
    doubt_m: float

    @property
    def reach_m(self) -> float:
        """Nearer to the border than this, the answer is not certain."""
        return max(self.p90_m, self.doubt_m)


@dataclass(frozen=True, slots=True)
class Border:
    """The nearest border of the answer.

    Parameters
    ----------
    distance_m
        Metres from the point to the border (EPSG:5897).
    across
        The unit on the other side; None where the other side is not Hà Nội.
    disagreement
        How far the two boundary sources lie apart there; None where only one source exists.
    """

    distance_m: float
    across: Unit | None
    disagreement: Disagreement | None


@dataclass(frozen=True, slots=True)
class LookupResult:
    """Which unit a point lies in, and how sure that is.

    Parameters
    ----------
    lon, lat
        The point asked for, EPSG:4326 degrees.
    metres
        The same point, easting and northing in EPSG:5897.
    outcome
        INSIDE, ON_BORDER (exactly on a drawn line) or OUTSIDE Hà Nội.
    units
        One unit inside; every unit that touches the point, by code, on a border; none outside.
    border
        The nearest border.
    possible
        ``units`` and the units across every border that is nearer than the two boundary sources disagree there
        (90th percentile): the honest set.
    certain
        True when no border is that near, so that both sources give this answer. Never true on approximate shapes.
    approximate
        True where the shapes of this generation are for orientation only.
    """

    lon: float
    lat: float
    metres: tuple[float, float]
    outcome: Outcome
    units: tuple[Unit, ...]
    border: Border
    possible: tuple[Unit, ...]
    certain: bool
    approximate: bool
    generation: str
    data_version: str


@dataclass(frozen=True, slots=True)
class WardShare:
    """A unit under a GPS accuracy disc and the share of the disc's area (0–1) that it covers."""

    unit: Unit
    share: float


@dataclass(frozen=True, slots=True)
class PremisesHit:
    """A premises and how far it is: metres in EPSG:5897, give or take the position's uncertainty."""

    premises: Premises
    ward: Ward
    distance_m: float
