"""An address's answer as the page shows it: the ward and why, or the one question that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from geo.addresses import fold_words, street_key
from geo.model import RouteOutcome
from maps.finder_names import spoken_street

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.model import RouteDecision
    from maps.finder_names import StreetNames

NOT_LISTED = "-"
"""What the picker sends for "my address is not in the list"."""


class Step(StrEnum):
    """What the page asks for next."""

    COMMUNE = "commune"
    STREET = "street"
    NUMBER = "number"
    WARD = "ward"
    """Nothing that can be typed tells the wards apart: a pin on the map does, or the person knows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a picker; ``text`` is the whole address as it will then be asked."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RouteView:
    """A decision in words.

    Parameters
    ----------
    text
        The address so far.
    evidence
        What is known, each with its source.
    question
        Why we ask; empty where nothing is asked.
    step
        None where nothing is asked.
    choices
        For the picker; may be empty, then only a field is left, or a pin.
    unlisted
        True where the person said that the address is not in the list.
    """

    outcome: RouteOutcome
    text: str
    reason: str
    evidence: Sequence[tuple[str, str]]
    question: str
    step: Step | None
    choices: Sequence[Choice]
    notices: Sequence[str]
    credit: str
    unlisted: bool = False

    @property
    def assigned(self) -> bool:
        """True where the answer is one ward."""
        return self.outcome is RouteOutcome.ASSIGNED

    @property
    def outside(self) -> bool:
        """True where the address is not in Hà Nội."""
        return self.outcome is RouteOutcome.OUTSIDE

    @property
    def conflict(self) -> bool:
        """True where the address contradicts itself."""
        return self.outcome is RouteOutcome.CONFLICT


def route_view(
    decision: RouteDecision,
    crosswalk: Crosswalk,
    streets: StreetNames,
    lang: Language,
    *,
    text: str,
    notices: Sequence[str],
    credit: str,
    unlisted: bool = False,
) -> RouteView:
    """Turn a decision into what the page shows.

    Parameters
    ----------
    text
        The address as it was asked; each choice adds to it.
    notices, credit
        What is not certain, and whose data were used, in words.
    """
    question = decision.question
    step, choices = _step(decision, crosswalk, streets, text) if question else (None, [])
    return RouteView(
        outcome=decision.outcome,
        text=text,
        reason=decision.reason.message(lang),
        evidence=[(known.text.message(lang), known.source) for known in decision.evidence],
        question=question.text.message(lang) if question else "",
        step=step,
        choices=choices,
        notices=notices,
        credit=credit,
        unlisted=unlisted,
    )


def _step(
    decision: RouteDecision, crosswalk: Crosswalk, streets: StreetNames, text: str
) -> tuple[Step, Sequence[Choice]]:
    """Choose what to ask: which commune, then which street, then which number, then a pin."""
    assert decision.question is not None
    kind, _, where = decision.question.key.partition(":")
    names = [candidate.ward.full_name for candidate in decision.candidates]
    wards = [Choice(name, f"{text}, {name} mới") for name in names]
    if decision.outcome is RouteOutcome.CONFLICT:
        return Step.WARD, wards
    if len(decision.old_units) > 1:
        return Step.COMMUNE, _communes(crosswalk, [unit.code for unit in decision.old_units], text)
    if kind == "commune":
        codes = _in_districts(crosswalk, where) or sorted(streets.communes.get(_street(decision), ()))
        return (Step.COMMUNE, _communes(crosswalk, codes, text)) if codes else (Step.WARD, wards)
    if kind == "street-of":
        named = streets.in_commune(decision.old_units[0].code) if decision.old_units else ()
        return Step.STREET, [Choice(name, with_street(text, spoken_street(name))) for name in named]
    if kind == "number" and not decision.parsed.house and not decision.parsed.alleys:
        return Step.NUMBER, []
    return Step.WARD, wards


def _communes(crosswalk: Crosswalk, codes: Sequence[str], text: str) -> list[Choice]:
    units = [crosswalk.old_units[code] for code in codes]
    return [
        Choice(f"{unit.full_name}, {unit.district}", f"{text}, {unit.full_name}, {unit.district}")
        for unit in sorted(units, key=lambda unit: (unit.district, unit.full_name))
    ]


def _in_districts(crosswalk: Crosswalk, where: str) -> list[str]:
    districts = set(where.split("+"))
    return [unit.code for unit in crosswalk.old_units.values() if unit.district in districts]


def _street(decision: RouteDecision) -> str:
    return street_key(fold_words(decision.parsed.street))


def with_street(text: str, street: str) -> str:
    """Put a street in front of the address so far."""
    return f"{street}, {text}" if text else street


def with_number(text: str, number: str) -> str:
    """Put a house number in front of the address so far."""
    return f"Số {number} {text}"
