"""Routing an address or a file to the ward that is responsible for it now.

What is made several times for each row of a file is a named tuple, which is made three times as fast as a frozen
dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geo.errors import Language
    from geo.model.addresses import ParsedAddress
    from geo.model.units import OldUnit, Ward


class Subject(StrEnum):
    """What is asked about: the wording of a khoản treats the two differently."""

    RESIDENT = "resident"
    """A person's address: follows what the wording says of the population."""
    PARCEL = "parcel"
    """A plot or building site: follows what it says of the area, so area-only links count."""


class RouteOutcome(StrEnum):
    """What the evidence came to."""

    ASSIGNED = "ASSIGNED"
    """One ward: the law or the place leaves no other, or the score earns it."""
    CHOOSE = "CHOOSE"
    """A short set that holds the ward, and the question that shrinks it most."""
    INSUFFICIENT = "INSUFFICIENT"
    """In Hà Nội for all that is said, but not enough to name a short set."""
    OUTSIDE = "OUTSIDE"
    """Another province, or a point outside the city."""
    CONFLICT = "CONFLICT"
    """Two pieces of evidence exclude each other."""


class EvidenceKind(StrEnum):
    """Where a piece of evidence comes from."""

    COORDINATES = "coordinates"
    NEW_WARD = "new-ward"
    OLD_COMMUNE = "old-commune"
    DISTRICT = "district"
    PREMISES = "premises"
    HOUSE_NUMBER = "house-number"
    ALLEY = "alley"
    STREET = "street"
    PLACE = "place"


class Text(NamedTuple):
    """A sentence in both languages."""

    vi: str
    en: str

    def message(self, lang: Language) -> str:
        """Return the sentence for a user of that language."""
        return self.vi if lang == "vi" else self.en


class Evidence(NamedTuple):
    """One thing that is known about where an address is.

    Parameters
    ----------
    kind
        Which collector found it.
    wards
        Codes of the wards that it speaks for, the strongest first; empty where it speaks for none of Hà Nội's.
    text
        What it says, with its khoản where it is the law.
    source
        Where that is known from.
    clauses
        The khoản of Nghị quyết 1656 behind it.
    """

    kind: EvidenceKind
    wards: tuple[str, ...]
    text: Text
    source: str
    clauses: tuple[int, ...] = ()


class Candidate(NamedTuple):
    """A ward that the evidence leaves possible.

    Parameters
    ----------
    score
        0 to 1; the scores of a decision's candidates add up to 1 at most. A score, not a probability:
        docs/accuracy.md shows how often each score was right.
    clauses
        The khoản by which an old commune named in the address went to this ward.
    """

    ward: Ward
    score: float
    clauses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The one fact that would shrink the set most.

    Parameters
    ----------
    key
        The same for all rows that wait for the same fact, such as ``"street:00346:giai phong"``.
    text
        The question, to be put to a person.
    """

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class RouteQuery:
    """What is known about one case.

    Parameters
    ----------
    address
        As written; may be empty where the other fields say enough.
    old_ward, district
        Where the input has columns of their own for them: a name with or without its type, or a code
        (of the units in force until 30 June 2025).
    lon, lat
        EPSG:4326 degrees; both or neither.
    accuracy_m
        Radius in metres that the coordinates are good to; None where it is not known.
    subject
        Whether residents or ground are asked about.
    """

    address: str = ""
    old_ward: str = ""
    district: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    subject: Subject = Subject.RESIDENT


@dataclass(frozen=True, slots=True)
class RouteDecision:
    """The answer to a `RouteQuery`, with everything that led to it.

    Parameters
    ----------
    outcome
        See `RouteOutcome`.
    candidates
        Best first. One where the outcome is ASSIGNED; empty where it is OUTSIDE or where nothing is known at all.
    evidence
        In the order in which it was collected.
    reason
        Why, in plain words, with the khoản.
    question
        What to ask next; None where the answer is one ward.
    parsed
        What was understood of the address.
    old_units
        The old communes that the address may lie in, where it names one or its place tells.
    generation, data_version
        Of the wards answered.
    """

    outcome: RouteOutcome
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    reason: Text
    question: Question | None
    parsed: ParsedAddress
    old_units: tuple[OldUnit, ...]
    subject: Subject
    generation: str
    data_version: str

    @property
    def ward(self) -> Ward | None:
        """The ward, where there is just one."""
        return self.candidates[0].ward if self.outcome is RouteOutcome.ASSIGNED else None

    @property
    def clauses(self) -> tuple[int, ...]:
        """Every khoản that the answer rests on, in order."""
        return tuple(sorted({clause for candidate in self.candidates for clause in candidate.clauses}))
