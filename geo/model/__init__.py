"""The words of the project as frozen dataclasses; standard library only."""

from geo.model.addresses import NamedUnit, ParsedAddress
from geo.model.cases import AddressRole, CaseAddress, CaseFile, CaseKind, CaseState
from geo.model.generations import BoundaryVersion, Generation, SourceRef
from geo.model.lookup import Border, Disagreement, LookupResult, Outcome, PremisesHit, WardShare
from geo.model.premises import Position, PositionMethod, Premises, PremisesStatus
from geo.model.routing import (
    Candidate,
    Evidence,
    EvidenceKind,
    Question,
    RouteDecision,
    RouteOutcome,
    RouteQuery,
    Subject,
    Text,
)
from geo.model.units import CrosswalkLink, District, OldUnit, Residents, ShareKind, Unit, Ward

__all__ = [
    "AddressRole",
    "Border",
    "BoundaryVersion",
    "Candidate",
    "CaseAddress",
    "CaseFile",
    "CaseKind",
    "CaseState",
    "CrosswalkLink",
    "Disagreement",
    "District",
    "Evidence",
    "EvidenceKind",
    "Generation",
    "LookupResult",
    "NamedUnit",
    "OldUnit",
    "Outcome",
    "ParsedAddress",
    "Position",
    "PositionMethod",
    "Premises",
    "PremisesHit",
    "PremisesStatus",
    "Question",
    "Residents",
    "RouteDecision",
    "RouteOutcome",
    "RouteQuery",
    "ShareKind",
    "SourceRef",
    "Subject",
    "Text",
    "Unit",
    "Ward",
    "WardShare",
]
