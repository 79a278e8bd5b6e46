"""Routing: the law exactly, then streets and places, and never a silent guess."""

from __future__ import annotations

import pytest

from geo.model import EvidenceKind, OldUnit, RouteDecision, RouteOutcome, RouteQuery, Subject
from geo.routing import Router
from geo.routing.decide import ASSIGN_AT, MOST_CHOICES


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.open()


def ask(router: Router, address: str, **more: object) -> RouteDecision:
    return router.route(RouteQuery(address=address, **more))  # type: ignore[arg-type]


def codes(decision: RouteDecision) -> set[str]:
    return {candidate.ward.code for candidate in decision.candidates}


def written(unit: OldUnit) -> str:
    return f"{unit.full_name}, {unit.district}, Hà Nội"


@pytest.mark.parametrize("subject", list(Subject))
def test_every_commune_by_its_name_gives_exactly_the_set_of_the_law(router: Router, subject: Subject) -> None:
    crosswalk = router.knowledge.crosswalk
    assert len(crosswalk.old_units) == 526
    for code, unit in crosswalk.old_units.items():
        lawful = {ward.code: link.clause for link, ward in crosswalk.destinations(code, subject)}
        for query in (
            RouteQuery(address=written(unit), subject=subject),
            RouteQuery(old_ward=unit.full_name, district=unit.district, subject=subject),
            RouteQuery(old_ward=code, subject=subject),
        ):
            decision = router.route(query)
            assert codes(decision) == set(lawful), query
            assert [unit.code for unit in decision.old_units] == [code]
            assert decision.outcome is (RouteOutcome.ASSIGNED if len(lawful) == 1 else RouteOutcome.CHOOSE)
            assert {c.ward.code: c.clauses for c in decision.candidates} == {w: (k,) for w, k in lawful.items()}
            for clause in lawful.values():
                assert f"khoản {clause}" in decision.reason.vi
                assert f"clause {clause}" in decision.reason.en


def test_every_new_name_with_its_type_holds_the_ward(router: Router) -> None:
    for code, ward in router.knowledge.crosswalk.wards.items():
        decision = ask(router, f"{ward.full_name}, Hà Nội")
        assert code in codes(decision), ward.full_name
        assert decision.outcome in (RouteOutcome.ASSIGNED, RouteOutcome.CHOOSE, RouteOutcome.INSUFFICIENT)


def test_a_name_alone_never_divides_a_commune(router: Router) -> None:
    """However uneven the pieces are: only something on the ground earns an assignment."""
    for decision in (
        ask(router, "xã Thạch Hòa, huyện Thạch Thất"),
        ask(router, "thôn 2, xã Thạch Hòa, huyện Thạch Thất"),
    ):
        assert decision.outcome is RouteOutcome.CHOOSE
        assert len(decision.candidates) == 3


def test_a_street_settles_a_divided_commune_and_says_so(router: Router) -> None:
    decision = ask(router, "91 Lý Thường Kiệt, phường Cửa Nam, quận Hoàn Kiếm")
    assert decision.outcome is RouteOutcome.ASSIGNED
    assert decision.ward is not None
    assert decision.ward.name == "Cửa Nam"
    assert decision.candidates[0].score >= ASSIGN_AT
    assert {EvidenceKind.OLD_COMMUNE, EvidenceKind.STREET} <= {evidence.kind for evidence in decision.evidence}
    assert "Lý Thường Kiệt" in decision.reason.vi


def test_a_street_outside_the_candidates_is_not_believed(router: Router) -> None:
    """Hàng Bạc is in Hoàn Kiếm; a commune of Ba Vì keeps its own ward."""
    decision = ask(router, "12 Hàng Bạc, xã Cổ Đô, huyện Ba Vì")
    assert codes(decision) == {"09634"}
    assert EvidenceKind.STREET not in {evidence.kind for evidence in decision.evidence}


def test_a_numbered_alley_is_stronger_than_its_street(router: Router) -> None:
    decision = ask(router, "5 ngõ 13 Lĩnh Nam, quận Hoàng Mai")
    assert any(evidence.kind is EvidenceKind.ALLEY and "13" in evidence.text.vi for evidence in decision.evidence)


def test_near_an_address_says_less_than_at_it(router: Router) -> None:
    at = ask(router, "353 Đội Cấn, Ba Đình")
    near = ask(router, "đối diện 353 Đội Cấn, Ba Đình")
    assert at.candidates[0].score >= near.candidates[0].score


def test_only_a_district_or_a_street_is_not_enough(router: Router) -> None:
    for address in ("quận Hoàn Kiếm, Hà Nội", "12 Hàng Bạc", "Hà Nội", "", "????"):
        decision = ask(router, address)
        assert decision.outcome is RouteOutcome.INSUFFICIENT, address
        assert decision.question is not None
        assert decision.ward is None


def test_questions_have_one_key_for_all_rows_that_one_fact_settles(router: Router) -> None:
    one = ask(router, "12 phố Không Có, phường Hoàng Liệt, quận Hoàng Mai")
    two = ask(router, "77 Phố Không Có, P. Hoàng Liệt, Q. Hoàng Mai, HN")
    other = ask(router, "12 phố Khác Hẳn, phường Hoàng Liệt, quận Hoàng Mai")
    assert one.question is not None
    assert two.question is not None
    assert other.question is not None
    assert one.question.key == two.question.key != other.question.key
    assert one.question.key.startswith("street:")
    district = ask(router, "huyện Sóc Sơn").question
    assert district is not None
    assert "Sóc Sơn" in district.text.vi


def test_coordinates_settle_where_the_text_allows_and_conflict_where_it_does_not(router: Router) -> None:
    inside = ask(router, "phường Cửa Nam, quận Hoàn Kiếm", lon=105.8412, lat=21.0260)
    assert inside.outcome is RouteOutcome.ASSIGNED
    conflict = ask(router, "thị trấn Sóc Sơn, huyện Sóc Sơn", lon=105.8346, lat=21.0368)
    assert conflict.outcome is RouteOutcome.CONFLICT
    assert codes(conflict) == {"00376", "00004"}
    assert "trái với địa chỉ" in conflict.reason.vi
    outside = ask(router, "", lon=106.3, lat=20.8)
    assert outside.outcome is RouteOutcome.OUTSIDE
    assert ask(router, "Hà Nội", lon=106.3, lat=20.8).outcome is RouteOutcome.CONFLICT


def test_a_wide_gps_disc_is_a_set(router: Router) -> None:
    sharp = ask(router, "", lon=105.8542, lat=21.0285)
    wide = ask(router, "", lon=105.8542, lat=21.0285, accuracy_m=400.0)
    assert sharp.outcome is RouteOutcome.ASSIGNED
    assert wide.outcome is RouteOutcome.CHOOSE
    assert codes(sharp) < codes(wide)


def test_a_street_of_the_district_is_no_commune_of_another(router: Router) -> None:
    decision = ask(router, "Nguyễn Trãi, Thanh Xuân, Hà Nội")
    assert decision.outcome is not RouteOutcome.CONFLICT
    assert decision.parsed.street == "Nguyễn Trãi"


def test_what_was_read_is_forgotten_on_request(router: Router) -> None:
    before = ask(router, "ông Bảy, xóm Kín, xã Cổ Loa, huyện Đông Anh")
    router.forget()
    parser = router.knowledge.parser
    assert parser._read_part.cache_info().currsize == parser._read_names.cache_info().currsize == 0
    assert router.units.resolve.cache_info().currsize == 0
    assert ask(router, "ông Bảy, xóm Kín, xã Cổ Loa, huyện Đông Anh") == before


def test_a_place_alone_makes_no_set(router: Router) -> None:
    decision = ask(router, "thôn Đoài, Hà Nội")
    assert decision.outcome is RouteOutcome.INSUFFICIENT
    assert decision.candidates == ()


def test_column_and_text_that_exclude_each_other_are_a_conflict(router: Router) -> None:
    decision = ask(router, "12 phố X, phường Hàng Bạc", old_ward="xã Cổ Đô", district="Ba Vì")
    assert decision.outcome is RouteOutcome.CONFLICT
    assert {"09634", "00070"} <= codes(decision)


def test_other_provinces_are_outside_and_say_which(router: Router) -> None:
    decision = ask(router, "12 Lê Lợi, phường Bến Nghé, quận 1, TP Hồ Chí Minh")
    assert decision.outcome is RouteOutcome.OUTSIDE
    assert decision.candidates == ()
    assert "Hồ Chí Minh" in decision.reason.vi


def test_an_office_address_is_evidence(router: Router) -> None:
    decision = ask(router, "25 phố Liễu Giai, quận Ba Đình")
    assert EvidenceKind.PREMISES in {evidence.kind for evidence in decision.evidence}


def test_a_choice_is_short_and_its_scores_are_shares(router: Router) -> None:
    for unit in list(router.knowledge.crosswalk.old_units.values())[::7]:
        decision = ask(router, f"12 Quang Trung, {written(unit)}")
        assert sum(candidate.score for candidate in decision.candidates) <= 1.0 + 1e-9
        if decision.outcome is RouteOutcome.CHOOSE:
            assert 2 <= len(decision.candidates) <= MOST_CHOICES
