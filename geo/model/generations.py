"""A generation is the set of units in force between two dates; a boundary version is one drawing of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Generation:
    """The administrative units in force from one date.

    Parameters
    ----------
    id
        ISO date of entry into force, such as ``"2025-07-01"``.
    valid_from, valid_to
        First day in force and the first day no longer in force (None: still in force).
    unit_count
        Number of lowest-level units.
    approximate
        True where the shapes are for orientation only.
    """

    id: str
    valid_from: date
    valid_to: date | None
    unit_count: int
    approximate: bool

    def covers(self, day: date) -> bool:
        """Tell whether this generation was in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class BoundaryVersion:
    """One drawing of one unit: a code is a place only together with its generation and data version."""

    code: str
    generation: str
    data_version: str


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a fact comes from."""

    title: str
    url: str | None = None
    clause: int | None = None
