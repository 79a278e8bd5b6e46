"""Many points in one call: order kept, a wrong point in its place, limits stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.schemas import BulkAnswer, CompactAnswer
from api.settings import Settings
from tests.api.problems import assert_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.locate import WardIndex

URL = "/v1/lookup/points"
WRONG_POINTS: list[Any] = [
    [21.0285, 105.8542],
    None,
    "105.8542, 21.0285",
    ["105.8542", "21.0285"],
    [105.8542],
    [105.8542, 21.0285, 7.0],
    [True, 21.0285],
    [105.8542, None],
    [[105.8542, 21.0285]],
    [[105.8542], [21.0285]],
    {"lon": 105.8542, "lat": 21.0285},
    [],
    5,
    [2.35, 48.85],
    [1e30, 21.0],
]


def post(client: TestClient, body: Any, **params: str) -> Any:
    response = client.post(URL, params=params, content=orjson.dumps(body))
    assert response.status_code == 200, response.text
    return response.json()


def test_items_keep_the_order_and_say_what_locate_says(client: TestClient, index: WardIndex) -> None:
    rng = np.random.default_rng(11)
    points = np.column_stack([rng.uniform(105.2, 106.1, 300), rng.uniform(20.5, 21.5, 300)]).tolist()
    body = post(client, {"points": points})
    answer = BulkAnswer.model_validate(body)
    assert answer.count == len(answer.items) == 300
    assert answer.generation == "2025-07-01"
    for item, (lon, lat) in zip(answer.items, points, strict=True):
        result = index.locate(lon=lon, lat=lat)
        assert item.query == [lon, lat]
        assert item.error is None
        assert item.result is not None
        assert item.result.outcome == result.outcome
        assert item.result.wards == [unit.code for unit in result.units]
        assert item.result.possible == [unit.code for unit in result.possible]
        assert item.result.certain is result.certain
        assert item.result.border_distance_m == round(result.border.distance_m, 1)


@pytest.mark.parametrize("wrong", WRONG_POINTS)
def test_a_wrong_point_has_its_error_in_its_place(client: TestClient, wrong: Any) -> None:
    points = [[105.8542, 21.0285], wrong, [106.5, 20.5]]
    body = post(client, {"points": points}, lang="en")
    BulkAnswer.model_validate(body)
    before, at, after = body["items"]
    assert before["result"]["wards"] == ["00070"]
    assert at["query"] == wrong
    assert "result" not in at
    assert at["error"]["detail"].isascii()
    assert at["error"]["field"] in {"lon", "lat", "points"}
    assert after["result"]["outcome"] == "OUTSIDE"
    compact = CompactAnswer.model_validate(post(client, {"points": points}, format="compact"))
    assert compact.codes[compact.positions[0]] == "00070"
    assert compact.positions[1:] == [-2, -1]


@pytest.mark.parametrize("wrong", WRONG_POINTS)
def test_a_wrong_point_alone_is_no_less_wrong(client: TestClient, wrong: Any) -> None:
    (item,) = post(client, {"points": [wrong]})["items"]
    assert item["error"]["detail"]
    assert "result" not in item


def test_swapped_pairs_are_called_swapped_in_both_languages(client: TestClient) -> None:
    for lang, word in (("vi", "đảo"), ("en", "swapped")):
        (item,) = post(client, {"points": [[21.0285, 105.8542]]}, lang=lang)["items"]
        assert word in item["error"]["detail"]
        assert item["error"]["field"] == "lon"


def test_a_hundred_thousand_points_in_one_call_equal_the_index(client: TestClient, index: WardIndex) -> None:
    rng = np.random.default_rng(5)
    points = np.column_stack([rng.uniform(105.2, 106.1, 100_000), rng.uniform(20.5, 21.5, 100_000)])
    body = post(client, {"points": points.tolist()}, format="compact")
    answer = CompactAnswer.model_validate(body)
    assert answer.count == 100_000
    assert answer.codes == [unit.code for unit in index.wards]
    expected = index.locate_many(points[:, 0], points[:, 1])
    assert np.array_equal(answer.positions, expected)
    assert 10_000 < np.count_nonzero(expected >= 0) < 90_000


def test_an_older_day_answers_with_old_codes(client: TestClient, old_index: WardIndex) -> None:
    body = {"points": [[105.8542, 21.0285]], "as_of": "2025-06-30"}
    (item,) = post(client, body)["items"]
    assert item["result"]["wards"] == [unit.code for unit in old_index.locate(lon=105.8542, lat=21.0285).units]
    assert item["result"]["certain"] is False
    compact = post(client, body, format="compact")
    assert compact["generation"] == "2025-01-01"
    assert len(compact["codes"]) == 526


def test_no_points_are_no_error(client: TestClient) -> None:
    assert post(client, {"points": []})["items"] == []
    assert post(client, {"points": []}, format="compact")["positions"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[" * 5_000, "body"),
        (b'{"points": [[NaN, 21.0]]}', "body"),
        (b'{"points": [[1e999, 21.0]]}', "body"),
        (b'\xff{"points": []}', "body"),
        (b"null", "points"),
        (b"[[105.8, 21.0]]", "points"),
        (b"{}", "points"),
        (b'{"points": {"0": [105.8, 21.0]}}', "points"),
        (b'{"points": "105.8, 21.0"}', "points"),
        (b'{"points": [], "extra": 1}', "points"),
        (b'{"points": [], "as_of": 5}', "as_of"),
        (b'{"points": [], "as_of": "01/07/2025"}', "as_of"),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_wrong_body_is_a_problem_that_names_the_field(client: TestClient, body: bytes, field: str, lang: str) -> None:
    assert_problem(client.post(URL, content=body, params={"lang": lang}), 400, field=field, lang=lang)


def test_a_wrong_form_of_answer_is_refused(client: TestClient) -> None:
    assert_problem(client.post(URL, content=b'{"points": []}', params={"format": "csv"}), 422, field="format")
    assert_problem(client.post(URL, content=b'{"points": []}', params={"from": "x"}), 400, field="from")


def test_over_the_limits_the_answer_is_413_and_states_the_limit() -> None:
    small = TestClient(create_app(Settings(max_points=3, max_body_bytes=1024)))
    assert small.post(URL, content=orjson.dumps({"points": [[105.8, 21.0]] * 3})).status_code == 200
    for lang in ("vi", "en"):
        four = small.post(URL, content=orjson.dumps({"points": [[105.8, 21.0]] * 4}), params={"lang": lang})
        body = assert_problem(four, 413, field="points", lang=lang)
        assert "3" in body["detail"]
        assert "4" in body["detail"]
        for url in (URL, "/v1/lookup/point"):
            long = small.post(url, content=b'{"text": "' + b"x" * 1024 + b'"}', params={"lang": lang})
            assert "1024" in assert_problem(long, 413, field="body", lang=lang)["detail"]


def test_a_body_sent_in_pieces_is_stopped_at_the_limit() -> None:
    small = TestClient(create_app(Settings(max_body_bytes=1024)))
    sent = []

    def pieces() -> Iterator[bytes]:
        for _ in range(10):
            sent.append(b" " * 500)
            yield sent[-1]

    assert_problem(small.post(URL, content=pieces()), 413, field="body")


def test_the_default_limit_lets_a_hundred_thousand_points_through() -> None:
    assert Settings().max_points >= 100_000
    assert Settings().max_body_bytes >= 100_000 * len("[105.854200000001,21.0285000000001],")
