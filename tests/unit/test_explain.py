"""An explanation is the decision taken apart: its steps, in order, and the rule that decided."""

from __future__ import annotations

import pytest

from geo.model import EvidenceKind, RouteOutcome, RouteQuery, Subject
from geo.routing import Router
from geo.routing.collectors import COLLECTORS
from geo.routing.decide import ASSIGN_AT, MOST_CHOICES
from geo.routing.explain import TITLES, Explanation, explain
from tests.golden.test_golden_cases import CASES

QUERIES = [case.query for case in CASES]


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.open()


@pytest.fixture(scope="module")
def explanations(router: Router) -> list[Explanation]:
    return [explain(query, router) for query in QUERIES]


def components(explanation: Explanation) -> dict[str, str]:
    return {component.name.en: component.value for component in explanation.components}


def test_the_decision_explained_is_the_decision_made(router: Router, explanations: list[Explanation]) -> None:
    for query, explanation in zip(QUERIES, explanations, strict=True):
        assert explanation.decision == router.route(query)


def test_every_collector_has_its_step_in_order_and_a_title(explanations: list[Explanation]) -> None:
    names = [collector.__name__ for collector in COLLECTORS]
    assert set(names) == set(TITLES)
    for explanation in explanations:
        assert [step.collector for step in explanation.steps] == names


def test_the_steps_hold_all_the_evidence_and_weights_that_add_up(explanations: list[Explanation]) -> None:
    for explanation in explanations:
        added = [evidence for step in explanation.steps for evidence in step.evidence]
        assert added == list(explanation.decision.evidence)
        before: dict[str, float] = {}
        for step in explanation.steps:
            weights = {ward.code: weight for ward, weight in step.weights}
            assert not weights or sum(weights.values()) == pytest.approx(1)
            assert list(weights.values()) == sorted(weights.values(), reverse=True)
            assert step.changed is (weights != before)
            before = weights
        last = [weight for _, weight in explanation.steps[-1].weights]
        scores = [candidate.score for candidate in explanation.decision.candidates]
        assert scores == pytest.approx(last[: len(scores)], abs=1e-4)


RULES = {
    RouteOutcome.ASSIGNED: {"position", "one-left", "score"},
    RouteOutcome.CHOOSE: {"position-in-doubt", "short-set", "score-too-low"},
    RouteOutcome.INSUFFICIENT: {"nothing", "no-unit-named", "district-alone", "set-too-long"},
    RouteOutcome.OUTSIDE: {"outside"},
    RouteOutcome.CONFLICT: {"contradiction"},
}


def test_the_rule_is_one_of_its_outcome_and_its_figures_are_true(explanations: list[Explanation]) -> None:
    seen = set()
    for explanation in explanations:
        decision, rule = explanation.decision, explanation.rule
        assert rule.key in RULES[decision.outcome]
        assert rule.text.vi != rule.text.en
        weights = [weight for _, weight in explanation.steps[-1].weights]
        if rule.key == "score":
            assert weights[0] >= ASSIGN_AT
            assert len(weights) > 1
            assert f"{weights[0]:.3f}" in rule.text.vi
        elif rule.key in {"one-left", "position"}:
            assert len(weights) == 1
        elif rule.key == "score-too-low":
            assert weights[0] < ASSIGN_AT
            assert len(decision.candidates) <= MOST_CHOICES
        elif rule.key == "set-too-long":
            assert len(decision.candidates) > MOST_CHOICES
        elif rule.key == "nothing":
            assert not decision.candidates
        seen.add(rule.key)
    assert seen >= {"one-left", "score", "position", "short-set", "score-too-low", "outside", "contradiction"}


def test_it_tells_component_by_component_what_was_understood_and_what_was_not(router: Router) -> None:
    address = "Số 5 ngách 12 ngõ 34 phố Giải Phóng, xóm Chùa, phường Thịnh Liệt, quận Hoàng Mai, Hà Nội"
    explanation = explain(RouteQuery(address + " " * 600 + "x"), router)
    said = components(explanation)
    assert said["house number or lot"] == "5"
    assert said["alleys"] == "34/12"
    assert said["street"] == "Giải Phóng"
    assert said["place"] == "xóm Chùa"
    assert said["commune or ward"] == "phường Thịnh Liệt"
    assert said["district"] == "quận Hoàng Mai"
    assert said["city"] == "Hà Nội"
    assert explanation.unread == explanation.decision.parsed.unread
    assert explanation.unread[0].endswith("x")
    assert "read as" not in components(explain(RouteQuery(address), router))


def test_what_is_given_beside_the_address_is_named(router: Router) -> None:
    query = RouteQuery(
        "x", old_ward="Tam Hưng", district="Thanh Oai", lon=105.8542, lat=21.0285, accuracy_m=30, subject=Subject.PARCEL
    )
    said = components(explain(query, router))
    assert said["old commune (field of its own)"] == "Tam Hưng"
    assert said["old district (field of its own)"] == "Thanh Oai"
    assert said["coordinates"] == "105.854200, 21.028500 ± 30 m"


def test_text_of_an_old_font_is_shown_as_it_was_read(router: Router) -> None:
    said = components(explain(RouteQuery("ph­êng ThÞnh LiÖt, quËn Hoµng Mai"), router))
    assert said["read as"] == "phường Thịnh Liệt, quận Hoàng Mai"


def test_a_name_that_may_be_the_street_is_said_to_be_one(router: Router) -> None:
    said = components(explain(RouteQuery("Quang Trung, Hà Đông"), router))
    assert said["commune or street, not clear which"] == "Quang Trung"


def test_each_step_says_what_it_did(router: Router) -> None:
    steps = {step.collector: step for step in explain(RouteQuery("12 Hàng Bài, Hoàn Kiếm"), router).steps}
    assert steps["collect_names"].evidence[0].kind is EvidenceKind.DISTRICT
    assert steps["collect_street"].evidence[0].kind is EvidenceKind.STREET
    assert steps["collect_street"].changed
    assert steps["collect_street"].weights[0][0].name == "Cửa Nam"
    assert not steps["collect_coordinates"].changed
    assert steps["collect_coordinates"].evidence == ()


def test_contradictions_and_positions_are_noted_where_they_are_found(router: Router) -> None:
    against = explain(RouteQuery("Phường Tam Hưng, Thanh Oai", lon=105.8542, lat=21.0285), router)
    assert [note.en.partition(":")[0] for note in against.steps[-1].notes] == ["Contradiction"]
    assert against.rule.key == "contradiction"
    settled = explain(RouteQuery("Phường Thịnh Liệt", lon=105.8542, lat=21.0285), router)
    assert settled.steps[0].notes == ()
    alone = explain(RouteQuery("", lon=105.8542, lat=21.0285), router)
    assert [note.en for note in alone.steps[-1].notes] == ["The position settles it"]
    away = explain(RouteQuery("12 Trần Phú, Hải Phòng"), router)
    assert "Hải Phòng" in away.steps[0].notes[0].vi
    assert away.rule.key == "outside"


def test_nothing_is_explained_too(router: Router) -> None:
    explanation = explain(RouteQuery(""), router)
    assert explanation.components == ()
    assert all(step.weights == () for step in explanation.steps)
    assert explanation.rule.key == "nothing"
