"""The shapes of routing requests and answers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.schemas import DEGREES, RADIUS, Answer, Code, OldUnitBrief, WardBrief
from geo.model import EvidenceKind, RouteOutcome, Subject

LONGEST_ADDRESS = 10_000
"""Characters of an address that are taken; the parser reads the first 600 and says that the rest is unread."""

_LONGEST_NAME = 200

Clauses = Annotated[list[int], Field(description="Khoản of Article 1, Nghị quyết 1656/NQ-UBTVQH15.")]


class RouteBody(BaseModel):
    """One case: its address as written, and what else is known of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["lon", "lat"],
                    "properties": {"lon": {"type": "number"}, "lat": {"type": "number"}},
                },
                {
                    "properties": {
                        "lon": {"type": "null"},
                        "lat": {"type": "null"},
                        "accuracy_m": {"type": "null"},
                    },
                },
            ],
        },
    )

    address: str = Field(
        max_length=LONGEST_ADDRESS, description="As written, old or new; empty where the other fields say enough."
    )
    old_ward: str | None = Field(
        None, max_length=_LONGEST_NAME, description="Old commune from a field of its own: a name or a code."
    )
    district: str | None = Field(None, max_length=_LONGEST_NAME, description="Old district from a field of its own.")
    lon: float | None = Field(None, strict=True, json_schema_extra=DEGREES["lon"])
    lat: float | None = Field(None, strict=True, json_schema_extra=DEGREES["lat"])
    accuracy_m: float | None = Field(
        None, strict=True, description="How good the coordinates are: radius in metres.", json_schema_extra=RADIUS
    )
    subject: Subject = Field(
        Subject.RESIDENT,
        description="`resident`: follow the wording on the population; `parcel`: that on the area.",
    )


class CandidateOut(WardBrief):
    """A ward that the evidence leaves possible."""

    score: float = Field(ge=0, le=1, description="A score, not a probability.")
    clauses: Clauses


class EvidenceOut(BaseModel):
    """One thing that is known about where the address is."""

    kind: EvidenceKind
    text: str
    source: str
    wards: list[Code] = Field(description="The wards that it speaks for, the strongest first.")
    clauses: Clauses


class QuestionOut(BaseModel):
    """The one fact that would shrink the set most."""

    key: str = Field(description="The same for all cases that wait for the same fact.")
    text: str


class NamedUnitOut(BaseModel):
    """A unit as the address names it."""

    name: str
    type: str = Field(description="Empty where none is written.")
    old: bool = Field(description="True where the address itself says that the unit is a former one.")


class ParsedOut(BaseModel):
    """What was understood of the address; every text as written."""

    text: str = Field(description="The address as it was read: composed (NFC), out of TCVN3 or VNI.")
    house: str
    alleys: list[str] = Field(description="From the street inwards.")
    street: str
    place: str
    communes: list[NamedUnitOut]
    districts: list[NamedUnitOut]
    province: str = Field(description="Another province, where one is named.")
    unread: list[str] = Field(description="What was not understood.")


class RouteResult(BaseModel):
    """Where a case belongs, with everything that led to it."""

    outcome: RouteOutcome
    candidates: list[CandidateOut] = Field(description="Best first; the ward itself where the outcome is ASSIGNED.")
    reason: str
    question: QuestionOut | None = Field(description="What to ask next; null where the answer is final.")
    evidence: list[EvidenceOut] = Field(description="In the order in which it was collected.")
    parsed: ParsedOut
    old_units: list[OldUnitBrief] = Field(description="The old communes that the address may lie in.")
    subject: Subject
    approximate: bool = Field(description="True where more than the law's wording decided: `notices` say what.")
    notices: list[str] = Field(description="What is approximate or not certain, in words.")


class RouteAnswer(RouteResult, Answer):
    """One case's decision."""


class RouteItem(BaseModel):
    """One answer of a bulk routing, in the place of its question: a result or an error."""

    query: Any
    result: RouteResult | None = None
    error: dict[str, Any] | None = None


class RouteBatchAnswer(Answer):
    """Decisions in the order of the cases."""

    count: int
    items: list[RouteItem]
