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
from geo.model.trial import (
    BranchFact,
    ContentGroup,
    GroupDistrict,
    Participation,
    PhaseKey,
    TrialFacts,
    TrialPhase,
    TrialReport,
    WorkingGroupFact,
)
from geo.model.units import CrosswalkLink, District, OldUnit, Residents, ShareKind, Unit, Ward

__all__ = [
    "AddressRole",
    "Border",
    "BoundaryVersion",
    "BranchFact",
    "Candidate",
    "CaseAddress",
    "CaseFile",
    "CaseKind",
    "CaseState",
    "ContentGroup",
    "CrosswalkLink",
    "Disagreement",
    "District",
    "Evidence",
    "EvidenceKind",
    "Generation",
    "GroupDistrict",
    "LookupResult",
    "NamedUnit",
    "OldUnit",
    "Outcome",
    "ParsedAddress",
    "Participation",
    "PhaseKey",
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
    "TrialFacts",
    "TrialPhase",
    "TrialReport",
    "Unit",
    "Ward",
    "WardShare",
    "WorkingGroupFact",
]
