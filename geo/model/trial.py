"""The trial of 20-26 June 2025: its plan, who took part, and what wards reported of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.model.generations import SourceRef
    from geo.model.routing import Text


class PhaseKey(StrEnum):
    """The three phases of plan 341-KH/TU."""

    TRAINING = "training"
    OPERATION = "operation"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class TrialPhase:
    """One phase of the plan, its first and its last day both in it."""

    key: PhaseKey
    first_day: date
    last_day: date
    name: Text
    what: Text
    source: SourceRef


@dataclass(frozen=True, slots=True)
class ContentGroup:
    """One of the ten groups of contents that were tried.

    Parameters
    ----------
    number
        1 to 10, in the order of the plan as the press printed it.
    short, what
        A name for headings, and the wording in full.
    our_reading
        True where the press names the content but does not number it among the ten: that it is one is our reading.
    """

    number: int
    short: Text
    what: Text
    our_reading: bool
    source: SourceRef


@dataclass(frozen=True, slots=True)
class Participation:
    """What a public source says of one ward in the trial.

    Parameters
    ----------
    source
        The statement that covers the ward.
    named, named_source
        Where the press speaks of this very ward: what it says, and where; None for the others.
    """

    ward_code: str
    source: SourceRef
    named: Text | None
    named_source: SourceRef | None


@dataclass(frozen=True, slots=True)
class BranchFact:
    """One of the 12 branches of the city's Public Administration Service Centre.

    Parameters
    ----------
    address, serves
        As published; None where no source gives it. Never inferred.
    ward_codes
        Wards that the source names as served; empty where it names none.
    premises_id
        The known premises of a ward at the very same address, whose position is the branch's; None without one.
    sources
        Empty where nothing but the number of branches is known.
    """

    number: int
    address: str | None
    serves: Text | None
    ward_codes: tuple[str, ...]
    premises_id: str | None
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class GroupDistrict:
    """An old district that a source saw a working group work with."""

    code: str
    name: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class WorkingGroupFact:
    """One of the 11 working groups of Quyết định 2844/QĐ-UBND.

    Parameters
    ----------
    head
        None where no source joins the group's number to a head; none is taken from the order of the published list.
    districts
        Those that a source names; empty where none does.
    """

    number: int
    head: str | None
    districts: tuple[GroupDistrict, ...]


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """Everything public about the trial that the project holds.

    Parameters
    ----------
    groups_source, branches_source
        Where the numbers of groups and branches come from.
    heads
        The heads of the groups as published, without the groups' numbers.
    """

    phases: Sequence[TrialPhase]
    contents: Sequence[ContentGroup]
    participation: Sequence[Participation]
    branches: Sequence[BranchFact]
    groups: Sequence[WorkingGroupFact]
    heads: Sequence[str]
    groups_source: SourceRef
    branches_source: SourceRef

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the operation, in order."""
        operation = next(phase for phase in self.phases if phase.key is PhaseKey.OPERATION)
        count = (operation.last_day - operation.first_day).days + 1
        return tuple(operation.first_day + timedelta(days=passed) for passed in range(count))


@dataclass(frozen=True, slots=True)
class TrialReport:
    """What one ward reported of one content group on one day.

    A figure that was not reported is None, which is not nought.

    Parameters
    ----------
    content
        Number of the `ContentGroup`.
    scenarios, received, resolved, on_time
        Counts: scenarios run; files received; of these resolved; of these on time.
    median_minutes
        Median processing time, minutes.
    satisfaction_pct
        Satisfaction of people and businesses, 0 to 100.
    issues
        Shortcomings noted; empty where there are none.
    """

    ward_code: str
    day: date
    content: int
    scenarios: int | None = None
    received: int | None = None
    resolved: int | None = None
    on_time: int | None = None
    median_minutes: float | None = None
    satisfaction_pct: float | None = None
    issues: str = ""

    @property
    def key(self) -> tuple[str, date, int]:
        """What it reports on; there is one report for each."""
        return (self.ward_code, self.day, self.content)
