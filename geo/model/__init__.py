"""The words of the project as frozen dataclasses; standard library only."""

from geo.model.generations import BoundaryVersion, Generation, SourceRef
from geo.model.lookup import Border, Disagreement, LookupResult, Outcome, PremisesHit, WardShare
from geo.model.premises import Position, PositionMethod, Premises, PremisesStatus
from geo.model.units import CrosswalkLink, District, OldUnit, Residents, ShareKind, Unit, Ward

__all__ = [
    "Border",
    "BoundaryVersion",
    "CrosswalkLink",
    "Disagreement",
    "District",
    "Generation",
    "LookupResult",
    "OldUnit",
    "Outcome",
    "Position",
    "PositionMethod",
    "Premises",
    "PremisesHit",
    "PremisesStatus",
    "Residents",
    "ShareKind",
    "SourceRef",
    "Unit",
    "Ward",
    "WardShare",
]
