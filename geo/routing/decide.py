"""From the weights that the evidence left to an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Candidate, EvidenceKind, RouteDecision, RouteOutcome
from geo.routing.questions import question_for
from geo.routing.reasons import reason_for

if TYPE_CHECKING:
    from geo.routing.case import Case
    from geo.routing.router import Router

ASSIGN_AT = 0.97
"""The score that earns an assignment where the law leaves several wards and a street, number or place speaks for one.
Set on the development half of the evaluation data: docs/accuracy.md shows the precision at this and other scores."""

STREET_ALONE_AT = 0.995
"""The same where neither commune nor district is named, only Hà Nội: streets of one name are many."""

KEEP_ABOVE = 0.01
"""Wards below this score are left out of a set that a street or number has narrowed."""

MOST_CHOICES = 6
"""A longer set is no choice: the answer is then that too little is known."""

_NARROWS = (EvidenceKind.COORDINATES, EvidenceKind.ALLEY, EvidenceKind.STREET, EvidenceKind.HOUSE_NUMBER)
"""What is exact enough to leave wards out of a set; a place's name is not."""

Ranked = list[tuple[str, float]]
"""Wards' codes and scores, best first."""


def decide(case: Case, router: Router) -> RouteDecision:
    """Turn what the collectors left into a decision."""
    ranked: Ranked = sorted(case.wards().items(), key=lambda pair: (-pair[1], pair[0]))
    outcome = outcome_of(case, ranked)
    if outcome is RouteOutcome.ASSIGNED:
        del ranked[1:]
    elif outcome is RouteOutcome.OUTSIDE:
        ranked = []
    elif case.located in _NARROWS and outcome is not RouteOutcome.CONFLICT and case.resolution is not None:
        ranked = [pair for pair in ranked if pair[1] >= KEEP_ABOVE]
        outcome = RouteOutcome.CHOOSE if len(ranked) <= MOST_CHOICES else RouteOutcome.INSUFFICIENT
    knowledge = router.knowledge
    wards, clause_of, old_units = knowledge.crosswalk.wards, knowledge.clause_of, knowledge.crosswalk.old_units
    candidates = tuple([Candidate(wards[code], score, (clause_of[code],)) for code, score in ranked])
    open_ = outcome is not RouteOutcome.ASSIGNED and outcome is not RouteOutcome.OUTSIDE
    return RouteDecision(
        outcome=outcome,
        candidates=candidates,
        evidence=tuple(case.evidence),
        reason=reason_for(case, outcome, candidates),
        question=question_for(case, outcome, candidates) if open_ else None,
        parsed=case.reading.parsed,
        old_units=tuple([old_units[code] for code in case.resolution.old_codes]) if case.resolution else (),
        subject=case.query.subject,
        generation=router.generation,
        data_version=router.data_version,
    )


def outcome_of(case: Case, ranked: Ranked) -> RouteOutcome:
    """Apply the rules, the first that fits: contradiction, outside, nothing known, settled, and then by the score."""
    if case.conflict is not None:
        return RouteOutcome.CONFLICT
    if case.outside is not None:
        return RouteOutcome.OUTSIDE
    if not ranked:
        return RouteOutcome.INSUFFICIENT
    if case.certain:
        return RouteOutcome.ASSIGNED
    if case.resolution is None:
        return _without_names(case, ranked)
    return _with_names(case, ranked)


def _without_names(case: Case, ranked: Ranked) -> RouteOutcome:
    """Decide where only a position in doubt, a street or a place is known."""
    if case.located is EvidenceKind.COORDINATES:
        return RouteOutcome.CHOOSE if len(ranked) <= MOST_CHOICES else RouteOutcome.INSUFFICIENT
    on_a_street = case.located in _NARROWS
    if on_a_street and case.reading.city and ranked[0][1] >= STREET_ALONE_AT:
        return RouteOutcome.ASSIGNED
    return RouteOutcome.INSUFFICIENT


def _with_names(case: Case, ranked: Ranked) -> RouteOutcome:
    assert case.resolution is not None
    if len(ranked) == 1 or (case.located is not None and ranked[0][1] >= ASSIGN_AT):
        return RouteOutcome.ASSIGNED
    if case.located is None:
        if case.resolution.mismatch:
            return RouteOutcome.CONFLICT
        if not case.resolution.named:
            return RouteOutcome.INSUFFICIENT  # a district alone is no short set, however few its wards
    return RouteOutcome.CHOOSE if len(ranked) <= MOST_CHOICES else RouteOutcome.INSUFFICIENT
