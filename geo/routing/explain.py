"""How a decision came about: what was understood, what each collector added, and which rule decided.

The collectors and the rules are those of `Router.route`; nothing is decided here a second time. A property test holds
the decision explained to the decision made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.model import EvidenceKind, RouteOutcome, Text
from geo.routing.case import Case
from geo.routing.collectors import COLLECTORS
from geo.routing.decide import ASSIGN_AT, KEEP_ABOVE, MOST_CHOICES, STREET_ALONE_AT, decide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.model import Evidence, NamedUnit, RouteDecision, RouteQuery, Ward
    from geo.routing.router import Router

TITLES: Final[Mapping[str, Text]] = {
    "collect_names": Text("Tên xã, phường, quận, huyện: theo luật", "Names of communes, wards and districts: the law"),
    "collect_street": Text("Ngõ hoặc đường chạy qua đâu", "Where the alley or the street runs"),
    "collect_house_number": Text("Số nhà đã biết trên đường ấy", "House numbers known along the street"),
    "collect_premises": Text("Trụ sở ở địa chỉ này", "Offices at this address"),
    "collect_places": Text("Thôn, khu, toà nhà, trạm xe buýt", "Villages, estates, buildings, bus stops"),
    "collect_coordinates": Text("Toạ độ", "Coordinates"),
}
"""What each collector looks at."""

_KINDS: Final[Mapping[EvidenceKind, Text]] = {
    EvidenceKind.COORDINATES: Text("toạ độ", "the coordinates"),
    EvidenceKind.ALLEY: Text("ngõ", "the alley"),
    EvidenceKind.STREET: Text("đường", "the street"),
    EvidenceKind.HOUSE_NUMBER: Text("số nhà", "the house number"),
    EvidenceKind.PREMISES: Text("trụ sở", "the office"),
    EvidenceKind.PLACE: Text("địa danh", "the place name"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that was understood of the address, or given beside it; ``value`` is as written."""

    name: Text
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one collector did.

    Parameters
    ----------
    collector
        Name of its function.
    evidence
        What it added.
    weights
        The weight of each ward after it, best first; they add up to 1. Empty where nothing is known yet.
    changed
        True where it changed the weights.
    notes
        What it found to contradict, to lie outside, or to be settled.
    """

    collector: str
    title: Text
    evidence: tuple[Evidence, ...]
    weights: tuple[tuple[Ward, float], ...]
    changed: bool
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that decided: ``key`` names it, ``text`` says it with its figures."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with every step to it.

    Parameters
    ----------
    components
        What was understood, component by component.
    unread
        What was not.
    """

    components: tuple[Component, ...]
    unread: tuple[str, ...]
    steps: tuple[Step, ...]
    rule: Rule
    decision: RouteDecision


def explain(query: RouteQuery, router: Router) -> Explanation:
    """Route a case and keep every step.

    Parameters
    ----------
    query
        As for `Router.route`.

    Returns
    -------
    Explanation
        Its decision is what `Router.route` returns.
    """
    case = Case(query, router.knowledge.parser.read(query.address))
    steps = tuple(_steps(case, router))
    decision = decide(case, router)
    return Explanation(
        components=tuple(_components(case)),
        unread=case.reading.parsed.unread,
        steps=steps,
        rule=_rule(case, decision),
        decision=decision,
    )


def _steps(case: Case, router: Router) -> Iterator[Step]:
    wards = router.knowledge.crosswalk.wards
    for collector in COLLECTORS:
        name = collector.__name__
        before, known, state = dict(case.wards()), len(case.evidence), (case.conflict, case.outside, case.certain)
        collector(case, router)
        after = dict(case.wards())
        ranked = sorted(after.items(), key=lambda pair: (-pair[1], pair[0]))
        yield Step(
            collector=name,
            title=TITLES.get(name, Text(name, name)),
            evidence=tuple(case.evidence[known:]),
            weights=tuple((wards[code], weight) for code, weight in ranked),
            changed=after != before,
            notes=tuple(_notes(case, *state)),
        )


def _notes(case: Case, conflict: Text | None, outside: Text | None, certain: bool) -> Iterator[Text]:  # noqa: FBT001
    """Say what a collector found beside evidence, from what stood before it."""
    if case.conflict is not None and case.conflict != conflict:
        yield Text(f"Mâu thuẫn: {case.conflict.vi}", f"Contradiction: {case.conflict.en}")
    if case.outside is not None and case.outside != outside:
        yield case.outside
    if case.certain and not certain:
        yield Text("Vị trí đủ để quyết định", "The position settles it")


def _components(case: Case) -> Iterator[Component]:
    reading, query = case.reading, case.query
    parsed = reading.parsed
    if parsed.text != query.address:
        yield Component(Text("đọc là", "read as"), parsed.text)
    found = [
        (Text("số nhà, lô", "house number or lot"), parsed.house),
        (Text("ngõ, ngách, hẻm", "alleys"), "/".join(parsed.alleys)),
        (Text("đường, phố", "street"), parsed.street),
        *((Text("địa danh", "place"), written) for _, written in reading.places),
        *((Text("xã, phường", "commune or ward"), _unit(unit)) for unit in parsed.communes),
        *((Text("quận, huyện, thị xã", "district"), _unit(unit)) for unit in parsed.districts),
        (Text("tỉnh, thành khác", "another province"), parsed.province),
        (Text("thành phố", "city"), "Hà Nội" if reading.city else ""),
        (Text("có thể là xã, phường hoặc đường", "commune or street, not clear which"), _either(case)),
        (
            Text("chỉ ở gần đó (đối diện, cạnh, ngõ vào…)", "only near it (opposite, beside…)"),
            "✓" if reading.near else "",
        ),
        (Text("xã, phường cũ (ô riêng)", "old commune (field of its own)"), query.old_ward),
        (Text("quận, huyện cũ (ô riêng)", "old district (field of its own)"), query.district),
    ]
    yield from (Component(name, value) for name, value in found if value)
    if query.lon is not None and query.lat is not None:
        accuracy = "" if query.accuracy_m is None else f" ± {query.accuracy_m:g} m"
        yield Component(Text("toạ độ", "coordinates"), f"{query.lon:.6f}, {query.lat:.6f}{accuracy}")


def _unit(unit: NamedUnit) -> str:
    return " ".join(filter(None, (unit.type, unit.name))) + (" (cũ)" if unit.old else "")


def _either(case: Case) -> str:
    key = case.reading.either
    return next((unit.text for unit in case.reading.communes if unit.key == key), key)


def _rule(case: Case, decision: RouteDecision) -> Rule:
    """Say which rule led to an outcome; what the outcome is stands in the decision."""
    if decision.outcome is RouteOutcome.ASSIGNED:
        return _why_assigned(case)
    if decision.outcome is RouteOutcome.CHOOSE:
        return _why_choose(case, decision)
    if decision.outcome is RouteOutcome.INSUFFICIENT:
        return _why_insufficient(case, decision)
    if decision.outcome is RouteOutcome.OUTSIDE:
        return Rule("outside", Text("Có căn cứ là ngoài Hà Nội, và không có gì ngược lại.",
                                    "Something says outside Hà Nội, and nothing says otherwise."))  # fmt: skip
    return Rule(
        "contradiction",
        Text(
            "Hai căn cứ loại trừ nhau: không chọn bên nào thay người dùng.",
            "Two pieces of evidence exclude each other: neither is preferred.",
        ),
    )


def _why_assigned(case: Case) -> Rule:
    weights = case.wards()
    if case.certain:
        return Rule(
            "position",
            Text(
                "Toạ độ chỉ còn một phường, xã và không trái với địa chỉ.",
                "The position leaves one ward and does not contradict the address.",
            ),
        )
    if len(weights) == 1:
        return Rule("one-left", Text("Các căn cứ chỉ còn lại một phường, xã.", "The evidence leaves one ward."))
    threshold = STREET_ALONE_AT if case.resolution is None else ASSIGN_AT
    by = _KINDS[case.located] if case.located is not None else Text("căn cứ", "the evidence")
    best = max(weights.values())
    return Rule(
        "score",
        Text(
            f"Còn {len(weights)} nơi, nhưng nhờ {by.vi} nơi đứng đầu được {best:.3f}, đạt ngưỡng {threshold:g}.",
            f"{len(weights)} wards are left, but by {by.en} the first has {best:.3f}, which reaches {threshold:g}.",
        ),
    )


def _why_choose(case: Case, decision: RouteDecision) -> Rule:
    left, weights = len(decision.candidates), case.wards()
    if case.resolution is None:
        return Rule(
            "position-in-doubt",
            Text(f"Toạ độ còn để ngỏ {left} nơi.", f"The coordinates leave {left} wards."),
        )
    if case.located is None:
        return Rule(
            "short-set",
            Text(
                f"Luật còn {left} nơi, không quá {MOST_CHOICES}; chưa có đường, số nhà, địa danh, vị trí để chọn.",
                f"The law leaves {left}, at most {MOST_CHOICES}; no street, number, place or position chooses.",
            ),
        )
    dropped, best = len(weights) - left, max(weights.values())
    return Rule(
        "score-too-low",
        Text(
            f"Còn {left} nơi, không quá {MOST_CHOICES}; nơi đứng đầu được {best:.3f}, chưa đạt ngưỡng {ASSIGN_AT:g}."
            + (f" Đã bỏ {dropped} nơi dưới {KEEP_ABOVE:g}." if dropped else ""),
            f"{left} are left, at most {MOST_CHOICES}; the first has {best:.3f}, below {ASSIGN_AT:g}."
            + (f" {dropped} below {KEEP_ABOVE:g} are left out." if dropped else ""),
        ),
    )


def _why_insufficient(case: Case, decision: RouteDecision) -> Rule:
    if not decision.candidates:
        return Rule("nothing", Text("Không có căn cứ nào chỉ ra một nơi.", "No evidence points anywhere."))
    if case.resolution is None:
        return Rule(
            "no-unit-named",
            Text(
                "Không nêu xã, phường, quận, huyện nào: một tên đường hay địa danh chỉ đủ khi có nêu Hà Nội, là tên "
                f"đường và đạt {STREET_ALONE_AT:g}.",
                "No commune or district is named: a name alone is enough only with Hà Nội named, for a street, and "
                f"from {STREET_ALONE_AT:g}.",
            ),
        )
    if not case.named and case.located is None:
        return Rule("district-alone", Text("Chỉ biết quận, huyện: chưa đủ để nêu một tập ngắn.",
                                           "Only the district is known: that is no short set."))  # fmt: skip
    return Rule(
        "set-too-long",
        Text(
            f"Còn {len(decision.candidates)} nơi, quá {MOST_CHOICES}: dài quá để chọn.",
            f"{len(decision.candidates)} are left, more than {MOST_CHOICES}: too many to choose from.",
        ),
    )
