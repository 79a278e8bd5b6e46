"""The ward card: what a citizen is told about a place, ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.model import Outcome, Ward
from maps.words import doubts, share_wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import LookupResult, Premises, RouteDecision, Unit
    from maps.route_view import RouteView


@dataclass(frozen=True, slots=True)
class PredecessorLine:
    """One old commune in words: name, wording, khoản."""

    full_name: str
    district: str
    wording: str
    clause: int


@dataclass(frozen=True, slots=True)
class WardCard:
    """One ward with its offices, what it was made from and its neighbours."""

    ward: Ward
    doubt: str
    premises: Sequence[tuple[Premises, float | None]]
    predecessors: Sequence[PredecessorLine]
    neighbours: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question.

    ``lookup`` is None where the question was no point; ``understood`` says how typed coordinates were read; ``near``
    holds (unit, percent) under a GPS accuracy disc of ``accuracy_m`` metres; ``route`` is there where the question was
    an address, and the cards are then the wards that it may be in.
    """

    cards: Sequence[WardCard]
    lookup: LookupResult | None = None
    doubts: Sequence[str] = ()
    understood: Sequence[str] = ()
    near: Sequence[tuple[Unit, int]] = ()
    accuracy_m: float | None = None
    route: RouteView | None = None

    @property
    def codes(self) -> str:
        """The codes answered, for the map to highlight."""
        return " ".join(card.ward.code for card in self.cards)

    @property
    def open(self) -> bool:
        """True where the answer is no ward yet."""
        return self.route is not None and not self.route.assigned

    @property
    def outside(self) -> bool:
        """True where the point is not in Hà Nội."""
        return self.lookup is not None and self.lookup.outcome is Outcome.OUTSIDE


def ward_card(
    index: WardIndex, crosswalk: Crosswalk, ward: Ward, lang: Language, at: LookupResult | None = None
) -> WardCard:
    """Gather what is known of a ward; distances are from the point looked up, where there is one."""
    premises: Sequence[tuple[Premises, float | None]]
    if at is None:
        premises = [(premises, None) for premises in index.premises_of(ward.code)]
    else:
        premises = index.premises_with_distance(ward.code, at)
    return WardCard(
        ward=ward,
        doubt=ward.doubt_vi if lang == "vi" else ward.doubt_en,
        premises=premises,
        predecessors=[
            PredecessorLine(unit.full_name, unit.district, share_wording(link.share, lang), link.clause)
            for link, unit in crosswalk.predecessors(ward.code)
        ],
        neighbours=index.neighbours(ward.code),
    )


def answer_point(
    index: WardIndex,
    crosswalk: Crosswalk,
    *,
    lon: float,
    lat: float,
    lang: Language,
    accuracy_m: float | None = None,
    understood: Sequence[str] = (),
) -> Answer:
    """Answer a point with its ward or wards.

    Raises
    ------
    InvalidCoordinate
        See `WardIndex.locate` and `WardIndex.wards_near`.
    """
    result = index.locate(lon=lon, lat=lat)
    near = index.wards_near(lon=lon, lat=lat, radius_m=accuracy_m) if accuracy_m else ()
    return Answer(
        cards=[ward_card(index, crosswalk, unit, lang, result) for unit in result.units if isinstance(unit, Ward)],
        lookup=result,
        doubts=doubts(result, lang),
        understood=understood,
        near=[(hit.unit, round(100 * hit.share)) for hit in near] if len(near) > 1 else (),
        accuracy_m=accuracy_m,
    )


MOST_CARDS = 12
"""More wards than this are no help to anybody who looks for one."""


def answer_address(
    index: WardIndex, crosswalk: Crosswalk, decision: RouteDecision, view: RouteView, lang: Language
) -> Answer:
    """Answer an address with its ward, or with the wards that it may be in."""
    wards = [candidate.ward for candidate in decision.candidates]
    shown = wards if len(wards) <= MOST_CARDS else []
    return Answer(cards=[ward_card(index, crosswalk, ward, lang) for ward in shown], route=view)
