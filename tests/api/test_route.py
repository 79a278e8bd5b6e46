"""To which ward does an address belong now: one case, many cases; nothing of a person's in a log or an error."""

from __future__ import annotations

import logging
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.route_schemas import RouteAnswer, RouteBatchAnswer, RouteItem
from api.services import Services
from api.settings import Settings
from geo.model import RouteDecision, RouteOutcome, RouteQuery, Subject
from geo.routing import Router
from tests.api.problems import assert_problem
from tests.api.remembered import remembered
from tests.golden.test_golden_cases import CASES

URL, BATCH = "/v1/route", "/v1/route/batch"
PROVENANCE = {"generation", "data_version", "attribution"}
WHOLE = {"address": "Tổ 5, Phường Ngọc Thụy, Quận Long Biên"}
SPLIT = {"address": "Phường Thịnh Liệt, Quận Hoàng Mai"}
LAKE = {"lon": 105.8542, "lat": 21.0285}
MARKER = "Zqxvmarker"


@pytest.fixture(scope="module")
def router(app: Any) -> Router:
    services: Services = app.state.services
    return services.router


def post(client: TestClient, case: Any, **params: str) -> dict[str, Any]:
    response = client.post(URL, json=case, params=params)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    return response.json()


def post_many(client: TestClient, cases: Any, **params: str) -> dict[str, Any]:
    response = client.post(BATCH, content=orjson.dumps({"cases": cases}), params=params)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    return response.json()


def golden() -> list[dict[str, Any]]:
    rows = [case.query for case in CASES]
    names = ("address", "old_ward", "district", "lon", "lat", "subject")
    return [{name: getattr(query, name) for name in names} for query in rows]


# One case


def test_one_ward_by_law_with_its_clause(client: TestClient, router: Router) -> None:
    body = post(client, WHOLE)
    answer = RouteAnswer.model_validate(body)
    assert answer.model_dump(mode="json") == body
    assert answer.outcome is RouteOutcome.ASSIGNED
    (candidate,) = answer.candidates
    assert (candidate.code, candidate.full_name, candidate.score, candidate.clauses) == (
        "00118",
        "Phường Bồ Đề",
        1.0,
        [40],
    )
    assert answer.question is None
    assert "khoản 40" in answer.reason
    assert [(unit.code, unit.district) for unit in answer.old_units] == [("00118", "Quận Long Biên")]
    assert answer.evidence[0].kind == "old-commune"
    assert (answer.evidence[0].wards, answer.evidence[0].clauses) == (["00118"], [40])
    assert "1656" in answer.evidence[0].source
    assert [unit.name for unit in answer.parsed.communes] == ["Ngọc Thụy"]
    assert (answer.approximate, answer.notices) == (False, [])
    assert (answer.generation, answer.data_version) == (router.generation, router.data_version)
    assert "GeoNames" not in answer.attribution


def test_the_answer_is_the_decision(client: TestClient, router: Router) -> None:
    for case in golden()[::6]:
        body = post(client, case)
        decision: RouteDecision = router.route(RouteQuery(**case))
        assert body["outcome"] == decision.outcome
        assert [(c["code"], c["score"]) for c in body["candidates"]] == [
            (c.ward.code, round(c.score, 4)) for c in decision.candidates
        ]
        assert body["reason"] == decision.reason.vi
        assert (body["question"] or {}).get("key") == (decision.question.key if decision.question else None)
        assert [e["text"] for e in body["evidence"]] == [e.text.vi for e in decision.evidence]
        assert body["approximate"] is bool(body["notices"])


def test_a_divided_commune_is_a_set_with_a_question_and_says_what_is_approximate(client: TestClient) -> None:
    body = post(client, SPLIT)
    assert body["outcome"] == "CHOOSE"
    assert {c["name"] for c in body["candidates"]} == {"Hoàng Mai", "Định Công", "Yên Sở", "Phương Liệt"}
    scores = [c["score"] for c in body["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert body["question"]["text"].endswith("?")
    assert body["approximate"]
    assert "gần đúng" in body["notices"][0]
    assert "Đường, ngõ, số nhà" in body["attribution"]


def test_people_and_ground_are_asked_apart(client: TestClient) -> None:
    case = {"address": "Phường Ngọc Thụy, Long Biên"}
    assert len(post(client, case)["candidates"]) == 1
    parcel = post(client, {**case, "subject": "parcel"})
    assert {c["name"] for c in parcel["candidates"]} == {"Bồ Đề", "Hồng Hà"}
    assert parcel["subject"] == "parcel"


def test_fields_of_their_own_count(client: TestClient) -> None:
    body = post(client, {"address": "Thôn Đoài", "old_ward": "Tam Hưng", "district": "Thanh Oai", "lon": None})
    assert [c["name"] for c in body["candidates"]] == ["Tam Hưng"]


def test_a_position_settles_and_contradicts(client: TestClient) -> None:
    alone = post(client, {"address": "", **LAKE})
    assert (alone["outcome"], alone["candidates"][0]["code"]) == ("ASSIGNED", "00070")
    against = post(client, {"address": "Phường Tam Hưng, Thanh Oai", **LAKE})
    assert against["outcome"] == "CONFLICT"
    assert {c["name"] for c in against["candidates"]} >= {"Tam Hưng", "Hoàn Kiếm"}
    assert against["question"]
    rough = post(client, {"address": "", **LAKE, "accuracy_m": 500})
    assert len(rough["candidates"]) > 1
    assert any("ranh giới" in notice for notice in rough["notices"])


@pytest.mark.parametrize("case", [{"address": "12 Trần Phú, Hải Phòng"}, {"address": "", "lon": 106.5, "lat": 20.5}])
def test_outside_is_an_answer(client: TestClient, case: dict[str, Any]) -> None:
    body = post(client, case)
    assert (body["outcome"], body["candidates"], body["question"]) == ("OUTSIDE", [], None)


def test_nothing_known_is_an_answer(client: TestClient) -> None:
    body = post(client, {"address": ""})
    assert (body["outcome"], body["candidates"], body["evidence"]) == ("INSUFFICIENT", [], [])
    assert body["question"]["key"] == "commune"


def test_both_languages_say_the_same_of_the_same(client: TestClient) -> None:
    vi, en = (post(client, SPLIT, lang=lang) for lang in ("vi", "en"))
    for member in ("reason", "notices", "attribution"):
        assert vi[member] != en[member]
    assert vi["question"]["key"] == en["question"]["key"]
    assert vi["question"]["text"] != en["question"]["text"]
    assert vi["candidates"] == en["candidates"]
    assert client.post(URL, json=SPLIT, headers={"Accept-Language": "en"}).json() == en


# What is refused


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b'{"address": "a", "lon": NaN, "lat": 21.0}', "body"),
        (b'{"address": "\xff"}', "body"),
    ],
)
@pytest.mark.parametrize("url", [URL, BATCH])
def test_a_body_that_is_no_json(client: TestClient, url: str, body: bytes, field: str) -> None:
    for lang in ("vi", "en"):
        assert_problem(client.post(url, content=body, params={"lang": lang}), 400, field=field, lang=lang)


WRONG: list[tuple[Any, str]] = [
    (None, "body"),
    ([], "body"),
    ("12 Hàng Bài", "body"),
    ({}, "address"),
    ({"address": None}, "address"),
    ({"address": 5}, "address"),
    ({"address": "x" * 10_001}, "address"),
    ({"address": "a", "old_ward": "x" * 201}, "old_ward"),
    ({"address": "a", "adress": "b"}, "adress"),
    ({"address": "a", "subject": "ward"}, "subject"),
    ({"address": "a", "lon": "105.8", "lat": 21.0}, "lon"),
    ({"address": "a", "lon": True, "lat": 21.0}, "lon"),
    ({"address": "a", "lon": 105.8}, "lat"),
    ({"address": "a", "lat": 21.0}, "lon"),
    ({"address": "a", "lon": 2.35, "lat": 48.85}, "lon"),
    ({"address": "a", "lon": 21.0285, "lat": 105.8542}, "lon"),
    ({"address": "a", "accuracy_m": 5}, "accuracy_m"),
    ({"address": "a", **LAKE, "accuracy_m": 0}, "accuracy_m"),
    ({"address": "a", **LAKE, "accuracy_m": 20_001}, "accuracy_m"),
]


@pytest.mark.parametrize(("case", "field"), WRONG)
def test_a_wrong_case_is_refused_by_the_field_s_name_single_and_in_its_place(
    client: TestClient, case: Any, field: str
) -> None:
    for lang in ("vi", "en"):
        alone = assert_problem(
            client.post(URL, content=orjson.dumps(case), params={"lang": lang}), 422, field=field, lang=lang
        )
        before, at, after = post_many(client, [WHOLE, case, SPLIT], lang=lang)["items"]
        assert (before["result"]["outcome"], after["result"]["outcome"]) == ("ASSIGNED", "CHOOSE")
        RouteItem.model_validate(at)
        assert at["query"] == case
        assert "result" not in at
        assert at["error"]["field"] == field
        assert at["error"]["type"] == alone["type"]
        assert at["error"]["detail"].isascii() is (lang == "en")
        assert "RouteBody" not in alone["detail"]


def test_swapped_coordinates_are_called_swapped(client: TestClient) -> None:
    case = {"address": "a", "lon": 21.0285, "lat": 105.8542}
    for lang, word in (("vi", "đảo"), ("en", "swapped")):
        assert word in assert_problem(client.post(URL, json=case, params={"lang": lang}), 422, lang=lang)["detail"]


def test_a_long_address_is_read_as_far_as_the_limit_which_is_said(client: TestClient) -> None:
    body = post(client, {"address": "Phường Ngọc Thụy, Long Biên, " + "x" * 9_900})
    assert body["candidates"][0]["name"] == "Bồ Đề"
    assert body["parsed"]["unread"]
    refused = client.post(URL, json={"address": "x" * 10_001})
    assert "10000" in assert_problem(refused, 422, field="address")["detail"]


def test_parameters_that_are_not_known_or_not_right(client: TestClient) -> None:
    assert_problem(client.post(URL, json=WHOLE, params={"as_of": "2025-06-30"}), 400, field="as_of")
    assert_problem(client.post(URL, json=WHOLE, params={"address": "a"}), 400, field="address")
    assert_problem(client.post(BATCH, json={"cases": []}, params={"format": "geocodejson"}), 400, field="format")
    assert_problem(client.post(URL, json=WHOLE, params={"format": "xml"}), 422, field="format")
    assert_problem(client.get(URL, params={"lang": "en"}), 405, lang="en")


# Many cases


def test_a_batch_is_its_single_answers_in_order(client: TestClient) -> None:
    cases = golden()
    body = post_many(client, cases)
    answer = RouteBatchAnswer.model_validate(body)
    assert answer.count == len(answer.items) == len(cases) > 300
    assert [item["query"] for item in body["items"]] == cases
    for case, item in list(zip(cases, body["items"], strict=True))[::5]:
        single = post(client, case)
        assert item["result"] == {name: value for name, value in single.items() if name not in PROVENANCE}
    turned = post_many(client, cases[::-1])
    assert turned["items"] == body["items"][::-1]
    assert body.keys() > PROVENANCE


def test_credits_are_those_of_every_case_in_the_batch(client: TestClient) -> None:
    law = post_many(client, [WHOLE], lang="en")["attribution"]
    streets = post_many(client, [WHOLE, {"address": "12 Hàng Bài, Hoàn Kiếm"}], lang="en")["attribution"]
    assert "Streets" not in law
    assert "Streets, alleys, house numbers, places: © OpenStreetMap contributors, ODbL 1.0." in streets


def test_village_names_of_geonames_are_credited_and_said_to_be_rough(client: TestClient, router: Router) -> None:
    asked = ({"address": case["address"]} for case in golden())
    used = next(
        case
        for case in asked
        if any("GeoNames" in evidence.source for evidence in router.route(RouteQuery(**case)).evidence)
    )
    body = post(client, used, lang="en")
    assert "GeoNames, CC BY 4.0" in body["attribution"]
    assert any("1 km" in notice for notice in body["notices"])


def test_no_cases_are_no_error(client: TestClient) -> None:
    assert post_many(client, [])["items"] == []


@pytest.mark.parametrize("body", [b"null", b"[]", b"{}", b'{"cases": {}}', b'{"cases": [], "lang": "vi"}'])
def test_a_wrong_batch_is_refused_whole(client: TestClient, body: bytes) -> None:
    for lang in ("vi", "en"):
        assert_problem(client.post(BATCH, content=body, params={"lang": lang}), 400, field="cases", lang=lang)


def test_over_the_limits_the_answer_is_413_and_states_the_limit() -> None:
    small = TestClient(create_app(Settings(max_routes=2, max_body_bytes=1024)))
    assert small.post(BATCH, json={"cases": [WHOLE] * 2}).status_code == 200
    for lang in ("vi", "en"):
        three = small.post(BATCH, json={"cases": [WHOLE] * 3}, params={"lang": lang})
        detail = assert_problem(three, 413, field="cases", lang=lang)["detail"]
        assert "3" in detail
        assert "2" in detail
        for url in (URL, BATCH):
            long = small.post(url, json={"address": "x" * 1024}, params={"lang": lang})
            assert "1024" in assert_problem(long, 413, field="body", lang=lang)["detail"]
    assert Settings().max_routes == 10_000


# Nothing of a person's anywhere else


@pytest.mark.parametrize("url", [URL, BATCH])
def test_an_address_is_in_no_log_and_in_no_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], url: str
) -> None:
    client = TestClient(create_app(Settings()), raise_server_exceptions=False)
    caplog.set_level(logging.DEBUG)

    def send(case: Any) -> str:
        return client.post(url, json=case if url == URL else {"cases": [case]}).text

    cases: list[dict[str, Any]] = [
        {"address": f"Số 5 {MARKER}, Phường Ngọc Thụy, Long Biên"},
        {"address": f"{MARKER}", "lon": 21.0, "lat": 105.8},
        {"address": MARKER, "subject": MARKER},
        {"address": MARKER * 2_000},
        {"address": [MARKER]},
        {"address": MARKER, "old_ward": MARKER * 50},
        {"address": "a", "lon": MARKER, "lat": MARKER},
    ]
    answers = [send(case) for case in cases]
    assert MARKER in answers[0]  # said back to who asked, as it was read
    if url == URL:
        assert not any(MARKER in answer for answer in answers[1:])

    def fault(_: Router, query: RouteQuery) -> RouteDecision:
        raise KeyError(query.address)

    monkeypatch.setattr(Router, "route", fault)
    refused = send(cases[0])
    assert "KeyError" not in refused
    shown = capfd.readouterr()
    said = caplog.text + shown.out + shown.err
    assert "RoutingFault: KeyError" in caplog.text  # the fault itself is logged, and where it was
    assert MARKER not in said
    assert MARKER.lower() not in said.lower()


def test_a_fault_of_ours_with_one_case_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(create_app(Settings()), raise_server_exceptions=False)
    right = Router.route

    def fault(self: Router, query: RouteQuery) -> RouteDecision:
        if query.subject is Subject.PARCEL:
            raise ZeroDivisionError
        return right(self, query)

    monkeypatch.setattr(Router, "route", fault)
    before, at, after = post_many(client, [WHOLE, {**WHOLE, "subject": "parcel"}, SPLIT])["items"]
    assert before["result"]
    assert after["result"]
    assert "ZeroDivision" not in str(at)
    assert at["error"]["detail"]
    assert_problem(client.post(URL, json={**WHOLE, "subject": "parcel"}), 500)


def test_the_data_are_loaded_once(app: Any, router: Router) -> None:
    services: Services = app.state.services
    assert router.knowledge.index is services.index()
    assert router.knowledge.crosswalk is services.crosswalk


def test_no_word_of_an_address_stays_in_memory_after_the_answer(client: TestClient, router: Router) -> None:
    post(client, {"address": "nhà ông Bảy, xóm Kín, xã Cổ Loa, huyện Đông Anh"})
    post_many(client, [{"address": f"{number} phố Huế, Hai Bà Trưng"} for number in range(5)])
    assert remembered(router) == 0
