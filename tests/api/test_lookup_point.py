"""One point: GET, and POST for a position that must not stand in an address line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.schemas import PointAnswer
from tests.api.problems import assert_problem

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from geo.locate import WardIndex

LAKE = {"lon": 105.8542, "lat": 21.0285}
URL = "/v1/lookup/point"


def test_get_answers_with_ward_border_certainty_offices_and_provenance(client: TestClient, index: WardIndex) -> None:
    response = client.get(URL, params=LAKE)
    assert response.status_code == 200
    answer = PointAnswer.model_validate(response.json())
    result = index.locate(**LAKE)
    assert [ward.code for ward in answer.wards] == ["00070"] == [unit.code for unit in result.units]
    assert answer.outcome == "INSIDE"
    assert answer.certain is result.certain is True
    assert answer.border.distance_m == round(result.border.distance_m, 1)
    assert answer.border.across is not None
    assert answer.border.across.full_name == "Phường Cửa Nam"
    assert answer.border.disagreement is not None
    assert {premises.ward_code for premises in answer.premises} == {"00070"}
    assert len(answer.premises) == len(index.premises_of("00070"))
    assert all((premises.distance_m is None) == (premises.position is None) for premises in answer.premises)
    assert (answer.generation, answer.data_version) == ("2025-07-01", result.data_version)
    assert "OpenStreetMap" in answer.attribution


@pytest.mark.parametrize(
    ("body", "order"),
    [
        (LAKE, "lon-lat"),
        ({"text": "21.0285, 105.8542"}, "lat-lon"),
        ({"text": "105,8542; 21,0285"}, "lon-lat"),
        ({"text": "21°01'42\"N 105°51'15\"E"}, "lat-lon"),
        ({"text": "X=2326345 Y=588591"}, "x-y"),
        ({"text": "588591 2326345", "crs": "vn2000-105-00"}, "y-x"),
        ({"text": "https://www.google.com/maps/@21.0285,105.8542,15z"}, "lat-lon"),
    ],
)
def test_post_reads_a_point_as_staff_have_it(client: TestClient, body: dict[str, Any], order: str) -> None:
    response = client.post(URL, json=body)
    answer = PointAnswer.model_validate(response.json())
    assert [ward.code for ward in answer.wards] == ["00070"]
    assert answer.query.order == order
    assert answer.query.notices
    assert answer.query.lon == pytest.approx(LAKE["lon"], abs=0.001)
    assert answer.query.lat == pytest.approx(LAKE["lat"], abs=0.001)


def test_get_and_post_say_the_same(client: TestClient) -> None:
    assert client.get(URL, params=LAKE).json() == client.post(URL, json=LAKE).json()


def test_a_named_zone_moves_the_point(client: TestClient) -> None:
    text = {"text": "2326345 588591"}
    default, other = (client.post(URL, json=text | crs).json() for crs in ({}, {"crs": "vn2000-105-30"}))
    assert default["query"]["crs"] == "vn2000-105-00"
    assert other["query"]["crs"] == "vn2000-105-30"
    assert other["query"]["lon"] - default["query"]["lon"] == pytest.approx(0.5, abs=0.01)


def test_the_accuracy_disc_names_the_wards_under_it(client: TestClient, index: WardIndex) -> None:
    for response in (
        client.get(URL, params=LAKE | {"accuracy_m": 600}),
        client.post(URL, json=LAKE | {"accuracy_m": 600}),
    ):
        near = response.json()["near"]
        expected = index.wards_near(**LAKE, radius_m=600)
        assert len(near) > 1
        assert [hit["code"] for hit in near] == [hit.unit.code for hit in expected]
        assert sum(hit["share"] for hit in near) == pytest.approx(1, abs=1e-3)
    assert client.get(URL, params=LAKE).json()["near"] == []


def test_an_older_day_answers_with_old_communes_that_are_only_approximate(client: TestClient) -> None:
    for response in (
        client.get(URL, params=LAKE | {"as_of": "2025-06-30"}),
        client.post(URL, json=LAKE | {"as_of": "2025-06-30"}),
    ):
        body = response.json()
        assert body["generation"] == "2025-01-01"
        assert body["approximate"] is True
        assert body["certain"] is False
        assert body["notices"]
        assert body["premises"] == []
        assert body["wards"][0]["district"] == "Quận Hoàn Kiếm"
        PointAnswer.model_validate(body)


def test_outside_hanoi_is_an_answer_and_not_an_error(client: TestClient) -> None:
    body = client.get(URL, params={"lon": 106.5, "lat": 20.5}).json()
    assert body["outcome"] == "OUTSIDE"
    assert body["wards"] == body["premises"] == []
    assert body["border"]["across"] is not None


def test_people_s_positions_are_never_stored(client: TestClient) -> None:
    for response in (
        client.get(URL, params=LAKE),
        client.post(URL, json=LAKE),
        client.post("/v1/lookup/points", json={"points": [[105.85, 21.02]]}),
    ):
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers


@pytest.mark.parametrize(
    ("url", "accept", "english"),
    [
        (URL, "", False),
        (URL, "vi", False),
        (URL, "en", True),
        (URL, "en-GB,en;q=0.9,vi;q=0.2", True),
        (URL, "vi,en;q=0.9", False),
        (URL, "fr,de;q=0.5", False),
        (URL, "en;q=nonsense", False),
        (URL + "?lang=en", "vi", True),
        (URL + "?lang=vi", "en", False),
    ],
)
def test_the_language_asked_for(client: TestClient, url: str, accept: str, english: bool) -> None:
    right = client.post(url, json=LAKE, headers={"Accept-Language": accept}).json()
    assert right["query"]["notices"][0].startswith("Read as" if english else "Đã đọc")
    assert right["attribution"].startswith("Borders" if english else "Ranh giới")
    wrong = client.post(url, json={"text": "?"}, headers={"Accept-Language": accept})
    body = assert_problem(wrong, 422, field="text", lang="en" if english else "vi")
    assert body["title"] == ("Invalid value" if english else "Giá trị không hợp lệ")
    assert ("no numbers" in body["detail"]) is english


def test_an_unknown_language_is_refused_by_name(client: TestClient) -> None:
    assert_problem(client.get(URL, params=LAKE | {"lang": "fr"}), 422, field="lang")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lon": 105.85},
        {"lat": 21.03},
        LAKE | {"text": "21.0285, 105.8542"},
        {"lon": 105.85, "text": "21.0285, 105.8542"},
        LAKE | {"crs": "vn2000-105-00"},
    ],
)
def test_both_neither_or_half_a_point_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert_problem(client.post(URL, json=body), 400, field="text")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"\xff\xfe", "body"),
        (b"[" * 50_000, "body"),
        (b"[]", "body"),
        (b"null", "body"),
        (b'"21.0285, 105.8542"', "body"),
        (b'{"lon": 105.85, "lat": 21.03, "extra": 1}', "extra"),
        (b'{"lon": "105.85", "lat": 21.03}', "lon"),
        (b'{"lon": true, "lat": 21.03}', "lon"),
        (b'{"lon": [105.85], "lat": 21.03}', "lon"),
        (b'{"lon": NaN, "lat": 21.03}', "lon"),
        (b'{"lon": 105.85, "lat": 1e999}', "lat"),
        (b'{"lon": 105.85, "lat": -Infinity}', "lat"),
        (b'{"lon": 21.03, "lat": 105.85}', "lon"),
        (b'{"lon": 105.85, "lat": 95}', "lat"),
        (b'{"lon": 105.85, "lat": 21.03, "accuracy_m": -1}', "accuracy_m"),
        (b'{"lon": 105.85, "lat": 21.03, "accuracy_m": 1e999}', "accuracy_m"),
        (b'{"lon": 105.85, "lat": 21.03, "accuracy_m": "30"}', "accuracy_m"),
        (b'{"lon": 105.85, "lat": 21.03, "as_of": "yesterday"}', "as_of"),
        (b'{"lon": 105.85, "lat": 21.03, "as_of": 20250701}', "as_of"),
        (b'{"text": 5}', "text"),
        (b'{"text": ""}', "text"),
        (b'{"text": "ba \\u0111\\u00ecnh"}', "text"),
        (b'{"text": "21, 105", "crs": "utm"}', "crs"),
        (b'{"text": "%s"}' % (b"1" * 501), "text"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_wrong_body_is_a_problem_that_names_the_field(client: TestClient, body: bytes, field: str, lang: str) -> None:
    response = client.post(URL, params={"lang": lang}, content=body, headers={"Content-Type": "application/json"})
    problem = assert_problem(response, 422, field=field, lang=lang)
    assert problem["title"] == ("Giá trị không hợp lệ" if lang == "vi" else "Invalid value")


def test_the_pointer_of_a_field_is_a_json_pointer(client: TestClient) -> None:
    body = assert_problem(client.post(URL, json=LAKE | {"a/b~c": 1}), 422, field="a/b~c")
    assert body["errors"][0]["pointer"] == "/a~1b~0c"
    empty = assert_problem(client.post(URL, content=b""), 422, field="body")
    assert empty["errors"][0]["pointer"] == ""


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({}, "lon"),
        ({"lon": "105.85"}, "lat"),
        ({"lon": "105,85", "lat": "21.03"}, "lon"),
        ({"lon": "nan", "lat": "21.03"}, "lon"),
        ({"lon": "105.85", "lat": "1e999"}, "lat"),
        ({"lon": "21.03", "lat": "105.85"}, "lon"),
        (LAKE | {"accuracy_m": "nan"}, "accuracy_m"),
        (LAKE | {"accuracy_m": "50000"}, "accuracy_m"),
        (LAKE | {"as_of": "2025-13-01"}, "as_of"),
    ],
)
def test_wrong_parameters_are_a_problem_that_names_the_field(
    client: TestClient, params: dict[str, Any], field: str
) -> None:
    assert_problem(client.get(URL, params=params), 422, field=field)


def test_a_day_before_the_data_is_not_found(client: TestClient) -> None:
    body = assert_problem(client.get(URL, params=LAKE | {"as_of": "2024-12-31"}), 404, field="as_of")
    assert "01/01/2025" in body["detail"]
