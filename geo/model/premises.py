"""Office premises of the wards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class PositionMethod(StrEnum):
    """How a premises got its position, best first."""

    BUILDING = "building"
    HOUSE_NUMBER = "house-number"
    BUS_STOP = "bus-stop"
    ALLEY = "alley"
    STREET = "street"


class PremisesStatus(StrEnum):
    """Whether the source says that the premises is in use or only planned."""

    LISTED = "listed"
    TEMPORARY = "temporary"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Position:
    """A position with its honesty: EPSG:4326 degrees and a radius in metres that we stand by."""

    lon: float
    lat: float
    method: PositionMethod
    uncertainty_m: float
    inside_ward: bool
    source: str


@dataclass(frozen=True, slots=True)
class Premises:
    """A known premises of a ward.

    Parameters
    ----------
    id
        ``"<ward code>-<number>"``.
    bodies
        The bodies that the source names there (``"Đảng ủy"``, ``"HĐND"``, ``"UBND"``, ``"MTTQ"`` …);
        empty where the source does not say.
    address
        As published; None where only its existence is known.
    position
        None where no honest position is known. Never a centroid.
    confidence
        A (two agreeing sources) · A- · B (one table) · C (plan only) · D (sources conflict).
    """

    id: str
    ward_code: str
    number: int
    role: str
    bodies: tuple[str, ...]
    status: PremisesStatus
    address: str | None
    position: Position | None
    confidence: str
    source: str
    note: str
    valid_from: date | None

    def __hash__(self) -> int:
        return hash(self.id)
