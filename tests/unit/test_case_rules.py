"""Which address decides for which kind of file; the documented table is the one in force."""

from __future__ import annotations

import re

import pytest

from geo.cases.case_routing import MISSING_ADDRESS, readings, route_case
from geo.cases.case_rules import (
    KIND_NAMES,
    OFFICES,
    ROLE_NAMES,
    RULES,
    STATE_NAMES,
    STATE_WORDS,
    SUBJECT_NAMES,
    WHOLE_CELLS,
    WORDS,
    recognise_kind,
    recognise_state,
)
from geo.crosswalk import Crosswalk
from geo.model import AddressRole, CaseAddress, CaseFile, CaseKind, CaseState, RouteOutcome, Subject
from tests.conftest import ROOT
from tests.unit.law_router import LawRouter

# Ngọc Thụy (Long Biên) sends all its residents to Bồ Đề and some of its ground elsewhere.
WHOLE = "Số 1, Hàng Gai, Hoàn Kiếm"
GROUND_DIVIDED = "Số 1, Ngọc Thụy, Long Biên"


@pytest.fixture
def router(crosswalk: Crosswalk) -> LawRouter:
    return LawRouter(crosswalk)


def file(kind: CaseKind = CaseKind.OTHER, text: str = "", **addresses: str) -> CaseFile:
    carried = tuple(CaseAddress(AddressRole[role.upper()], address) for role, address in addresses.items())
    return CaseFile(kind=kind, kind_text=text, addresses=carried)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Khai sinh", CaseKind.CIVIL_STATUS),
        ("hộ tịch", CaseKind.CIVIL_STATUS),
        ("HỘ TỊCH - đăng ký kết hôn", CaseKind.CIVIL_STATUS),
        ("Tư pháp - Hộ tịch", CaseKind.CIVIL_STATUS),
        ("Trích lục khai tử", CaseKind.CIVIL_STATUS),
        ("GCN QSDĐ", CaseKind.LAND),
        ("GCNQSDĐ", CaseKind.LAND),
        ("gcn-qsdd", CaseKind.LAND),
        ("đất đai", CaseKind.LAND),
        ("Đất", CaseKind.LAND),
        ("dat dai", CaseKind.LAND),
        ("CMĐSDĐ", CaseKind.LAND),
        ("Chuyển mục đích sử dụng đất", CaseKind.LAND),
        ("Tách thửa", CaseKind.LAND),
        ("Trích lục bản đồ địa chính", CaseKind.LAND),
        ("§Êt ®ai", CaseKind.LAND),
        ("cấp phép XD", CaseKind.CONSTRUCTION),
        ("GPXD nhà ở riêng lẻ", CaseKind.CONSTRUCTION),
        ("Cấp giấy phép xây dựng", CaseKind.CONSTRUCTION),
        ("Dự án", CaseKind.CONSTRUCTION),
        ("ĐKKD", CaseKind.BUSINESS),
        ("Đăng ký hộ KD cá thể", CaseKind.BUSINESS),
        ("sao y", CaseKind.CERTIFICATION),
        ("Chứng thực chữ ký", CaseKind.CERTIFICATION),
        ("BTXH", CaseKind.SOCIAL),
        ("Giấy phép môi trường", CaseKind.ENVIRONMENT),
    ],
)
def test_messy_words_of_one_kind(words: str, kind: CaseKind) -> None:
    assert recognise_kind(words).kind is kind
    assert recognise_kind(words.upper()).kind is kind
    assert recognise_kind(f"  1. {words} ").kind is kind or words in WHOLE_CELLS or words == "Đất"


@pytest.mark.parametrize("words", ["", "   ", "Khác", "lắp đặt biển quảng cáo", "abc", "Nguyễn Văn Đạt", "hồ sơ"])
def test_words_that_name_no_kind_are_not_guessed(words: str) -> None:
    assert recognise_kind(words).kind is CaseKind.OTHER
    assert recognise_kind(words).kinds == ()


def test_words_that_name_several_kinds_name_them_all() -> None:
    reading = recognise_kind("Đất đai - Xây dựng")
    assert reading.kind is CaseKind.OTHER
    assert reading.kinds == (CaseKind.LAND, CaseKind.CONSTRUCTION)
    assert recognise_kind("Tài nguyên và Môi trường").kinds == (CaseKind.LAND, CaseKind.ENVIRONMENT)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Đang xử lý", CaseState.PENDING),
        ("HS tồn đọng", CaseState.PENDING),
        ("đã giải quyết, chưa trả kết quả", CaseState.RESULT_NOT_COLLECTED),
        ("công dân chưa nhận", CaseState.RESULT_NOT_COLLECTED),
        ("Dự án dở dang", CaseState.PROJECT_UNDER_WAY),
        ("Đã trả kết quả", None),
        ("", None),
    ],
)
def test_states(words: str, state: CaseState | None) -> None:
    assert recognise_state(words) is state


def test_a_landowners_residence_never_places_the_parcel(router: LawRouter) -> None:
    decision = route_case(file(CaseKind.LAND, residence=WHOLE, parcel=GROUND_DIVIDED), router)
    assert [(query.address, query.subject) for query in router.asked] == [(GROUND_DIVIDED, Subject.PARCEL)]
    assert decision.outcome is RouteOutcome.CHOOSE
    alone = route_case(file(CaseKind.LAND, residence=WHOLE), router)
    assert router.asked[-1].address == ""
    assert alone.ward is None
    assert alone.question is not None
    assert alone.question.key == f"{MISSING_ADDRESS}land"
    assert "không quyết định" in alone.reason.vi


def test_civil_status_follows_the_residents(router: LawRouter) -> None:
    decision = route_case(file(CaseKind.CIVIL_STATUS, registration=WHOLE, residence=GROUND_DIVIDED), router)
    assert [(query.address, query.subject) for query in router.asked] == [(GROUND_DIVIDED, Subject.RESIDENT)]
    assert decision.ward is not None
    assert "nơi cư trú" in decision.reason.vi
    route_case(file(CaseKind.CIVIL_STATUS, registration=WHOLE), router)
    assert router.asked[-1].address == WHOLE


def test_old_units_and_coordinates_go_along(router: LawRouter) -> None:
    case = CaseFile(kind=CaseKind.CONSTRUCTION, old_district="Hoàn Kiếm", old_commune="Hàng Gai", lon=105.85, lat=21.03)
    decision = route_case(case, router)
    query = router.asked[0]
    assert (query.old_ward, query.district, query.lon, query.lat) == ("Hàng Gai", "Hoàn Kiếm", 105.85, 21.03)
    assert decision.ward is not None
    assert "không ghi địa chỉ" in decision.reason.vi


def test_a_file_of_no_known_kind_is_assigned_only_where_every_reading_agrees(router: LawRouter) -> None:
    agreed = route_case(file(text="xyz", other=WHOLE), router)
    assert agreed.ward is not None
    assert {query.subject for query in router.asked} == set(Subject)
    assert "Không nhận ra lĩnh vực" in agreed.reason.vi
    divided = route_case(file(text="xyz", other=GROUND_DIVIDED), router)
    assert divided.outcome is RouteOutcome.CHOOSE
    assert len(divided.candidates) > 1
    assert sum(candidate.score for candidate in divided.candidates) <= 1 + 1e-9
    assert divided.question is not None
    assert divided.question.key == "case-kind:xyz"
    elsewhere = route_case(file(text="xyz", residence=WHOLE, parcel="Số 1, Phúc La, Hà Đông"), router)
    assert elsewhere.ward is None


def test_the_candidates_of_an_unclear_kind_hold_those_of_every_reading(router: LawRouter) -> None:
    unclear = route_case(file(text="xyz", other=GROUND_DIVIDED), router)
    codes = {candidate.ward.code for candidate in unclear.candidates}
    for kind in (CaseKind.CIVIL_STATUS, CaseKind.LAND):
        sure = route_case(file(kind, other=GROUND_DIVIDED), router)
        assert {candidate.ward.code for candidate in sure.candidates} <= codes


def test_several_kinds_that_ask_the_same_are_one_reading(router: LawRouter) -> None:
    case = file(text="Tư pháp", residence=WHOLE)
    assert len(readings(case)) == 1
    decision = route_case(case, router)
    assert decision.ward is not None
    assert "hộ tịch hoặc chứng thực" in decision.reason.vi


def test_contradictions_and_other_provinces_stay_what_they_are(router: LawRouter) -> None:
    assert route_case(file(other="Hải Phòng"), router).outcome is RouteOutcome.OUTSIDE
    mixed = route_case(file(residence="Hải Phòng", parcel=WHOLE), router)
    assert mixed.outcome is RouteOutcome.CHOOSE
    assert mixed.ward is None
    assert route_case(file(residence=f"mâu thuẫn {WHOLE}", parcel=WHOLE), router).outcome is RouteOutcome.CONFLICT


# ---- the document


def _table(heading: str) -> list[list[str]]:
    text = (ROOT / "docs" / "case-files.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:] if "---" not in line]


def test_the_documented_rules_are_the_rules() -> None:
    rows = _table("Which address decides")
    assert [row[0] for row in rows] == [f"`{kind.value}` {KIND_NAMES[kind].vi}" for kind in RULES]
    for row, rule in zip(rows, RULES.values(), strict=True):
        assert row[1].split(" → ") == [ROLE_NAMES[role].en for role in rule.roles]
        assert row[2] == SUBJECT_NAMES[rule.subject].en.removeprefix("the wording on the ")
        assert row[3] == rule.why.en


def test_the_documented_words_are_the_words() -> None:
    kinds = {row[0].strip("`"): set(row[1].split(" · ")) for row in _table("Words that name a kind")}
    assert kinds == {kind.value: set(words) for kind, words in WORDS.items()}
    offices = {row[0]: re.findall(r"`([\w-]+)`", row[1]) for row in _table("Words of offices")}
    assert offices == {word: [kind.value for kind in kinds] for word, kinds in OFFICES.items()} | {
        f"{word} (alone in its cell)": [kind.value] for word, kind in WHOLE_CELLS.items()
    }


def test_the_documented_states_are_the_states() -> None:
    rows = {row[0]: set(row[1].split(" · ")) for row in _table("States")}
    assert rows == {f"`{state.value}` {STATE_NAMES[state].vi}": set(words) for state, words in STATE_WORDS}


def test_every_kind_has_a_rule_but_other() -> None:
    assert set(RULES) == set(CaseKind) - {CaseKind.OTHER}
    assert set(KIND_NAMES) == set(CaseKind)
    assert set(WORDS) == set(RULES)
    for rule in RULES.values():
        if rule.subject is Subject.PARCEL:
            assert AddressRole.RESIDENCE not in rule.roles
