"""What holds of every decision, whatever the text is."""

from __future__ import annotations

import unicodedata
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model import RouteDecision, RouteOutcome, RouteQuery, Subject
from geo.routing import Router


@cache
def router() -> Router:
    return Router.open()


@cache
def names() -> list[str]:
    knowledge = router().knowledge
    units = [f"{unit.full_name}, {unit.district}" for unit in knowledge.crosswalk.old_units.values()]
    wards = [ward.full_name for ward in knowledge.crosswalk.wards.values()]
    return [*units, *wards, "Hoàn Kiếm", "Ba Đình", "Hà Nội", "Việt Nam", "TP Hồ Chí Minh", "Bắc Ninh"]


WORDS = ["số", "36A", "36-38", "34/12/5", "ngõ", "12", "ngách", "phố", "Đường", "Láng", "Quang Trung", "thôn", "xóm",
         "KĐT", "Linh Đàm", "P.", "Q.", "TT", "cũ", "mới", "gần", "đối diện", "tầng 3", "CT2", "QL32"]  # fmt: skip
SEPARATORS = [", ", " - ", "; ", " ", "\n", "/", ". ", " ,", "|"]


@st.composite
def addresses(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(names())), max_size=8))
    return "".join(part + draw(st.sampled_from(SEPARATORS)) for part in parts)


def check(decision: RouteDecision) -> None:
    scores = [candidate.score for candidate in decision.candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1 + 1e-9
    found = [candidate.ward.code for candidate in decision.candidates]
    assert len(set(found)) == len(found)
    assert (decision.ward is not None) == (decision.outcome is RouteOutcome.ASSIGNED)
    if decision.outcome is RouteOutcome.ASSIGNED:
        assert len(found) == 1
    if decision.outcome is RouteOutcome.OUTSIDE:
        assert not found
    settled = decision.outcome in (RouteOutcome.ASSIGNED, RouteOutcome.OUTSIDE)
    assert (decision.question is None) == settled
    assert decision.reason.vi
    assert decision.reason.en


@given(st.text(max_size=400), st.sampled_from(Subject))
@settings(deadline=None, max_examples=300)
def test_any_text_gets_a_decision(text: str, subject: Subject) -> None:
    check(router().route(RouteQuery(address=text, subject=subject)))


@given(addresses(), st.sampled_from(["", "Hàng Bạc", "00070", "xã Cổ Đô"]), st.sampled_from(["", "Hoàn Kiếm", "002"]))
@settings(deadline=None, max_examples=500)
def test_any_address_gets_a_decision(text: str, old_ward: str, district: str) -> None:
    check(router().route(RouteQuery(address=text, old_ward=old_ward, district=district)))


@given(st.lists(addresses(), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_what_was_asked_before_changes_no_answer(texts: list[str], random: object) -> None:
    """The parser and the collectors remember; a fresh one and a used one answer alike."""
    fresh = Router(router().knowledge)
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    answered = {text: fresh.route(RouteQuery(address=text)) for text in shuffled}
    assert [router().route(RouteQuery(address=text)) for text in texts] == [answered[text] for text in texts]


@given(addresses())
@settings(deadline=None, max_examples=200)
def test_the_unicode_form_changes_no_candidate(text: str) -> None:
    composed = router().route(RouteQuery(address=unicodedata.normalize("NFC", text)))
    decomposed = router().route(RouteQuery(address=unicodedata.normalize("NFD", text)))
    assert composed.outcome == decomposed.outcome
    assert composed.candidates == decomposed.candidates


@given(
    st.integers(0, 525), st.integers(1, 999), st.sampled_from(["Quang Trung", "Láng", "Lê Lợi", "Trần Phú", "Xóm Mới"])
)
@settings(deadline=None, max_examples=400)
def test_a_street_never_leads_out_of_what_the_law_allows(position: int, number: int, street: str) -> None:
    crosswalk = router().knowledge.crosswalk
    unit = list(crosswalk.old_units.values())[position]
    decision = router().route(RouteQuery(address=f"{number} {street}, {unit.full_name}, {unit.district}, Hà Nội"))
    lawful = {ward.code for _, ward in crosswalk.destinations(unit.code, Subject.RESIDENT)}
    assert {candidate.ward.code for candidate in decision.candidates} <= lawful
    assert decision.candidates
