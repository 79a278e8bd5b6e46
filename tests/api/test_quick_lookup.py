"""The quick way answers as the route does, and leaves to the route whatever is not plain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.quick_lookup import QuickLookup
from geo.errors import DataDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient
    from httpx2 import Response

URL = "/v1/lookup/point"
OF_THE_REQUEST = {"x-request-id", "date"}


@pytest.fixture
def quick() -> Iterator[list[bool]]:
    """Note for each look-up whether the quick way answered it."""
    answer, noted = QuickLookup._answer, []

    def watched(self: QuickLookup, scope: dict[str, object]) -> object:
        found = answer(self, scope)
        noted.append(found is not None)
        return found

    with patch.object(QuickLookup, "_answer", watched):
        yield noted


def told(response: Response) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in response.headers.items() if name not in OF_THE_REQUEST}
    return response.status_code, response.content, headers


def both(client: TestClient, lon: str, lat: str, lang: str = "", **headers: str) -> None:
    """Ask plainly, and with one character escaped, which only the framework reads."""
    plain = client.get(f"{URL}?lon={lon}&lat={lat}{lang}", headers=headers)
    escaped = client.get(f"{URL}?lon=%3{lon[0]}{lon[1:]}&lat={lat}{lang}", headers=headers)
    assert told(plain) == told(escaped)


@settings(deadline=None, max_examples=150)
@given(
    lon=st.floats(104.9, 106.2).map(repr) | st.floats(0, 180).map("{:.6f}".format),
    lat=st.floats(20.4, 21.5).map(repr) | st.floats(0, 90).map("{:.6f}".format),
)
def test_any_pair_gets_the_same_bytes_either_way(client: TestClient, lon: str, lat: str) -> None:
    both(client, lon, lat)


@pytest.mark.parametrize("lang", ["", "&lang=vi", "&lang=en"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept-Language": "en-GB,en;q=0.9"},
        {"Accept-Encoding": "identity"},
        {"Accept": "application/json"},
        {"Accept": "text/csv"},
    ],
)
def test_language_packing_and_form_are_chosen_alike(
    client: TestClient, quick: list[bool], lang: str, headers: dict[str, str]
) -> None:
    both(client, "105.8542", "21.0285", lang, **headers)
    assert quick == [True, False]


@pytest.mark.parametrize(
    "query",
    [
        "lon=105.8542&lat=21.0285&as_of=2025-06-30",
        "lon=105.8542&lat=21.0285&accuracy_m=30",
        "lon=105.8542&lat=21.0285&lat=21.03",
        "lon=105.8542&lat=21.0285&unknown=1",
        "lat=21.0285&lon=105.8542",
        "lon=-105.8542&lat=21.0285",
        "lon=21.0285&lat=105.8542",
        "lon=1e2&lat=21",
        "lon=nan&lat=21",
        "lon=105.8542",
        "",
    ],
)
def test_what_is_not_plain_is_left_to_the_route(client: TestClient, quick: list[bool], query: str) -> None:
    client.get(f"{URL}?{query}")
    assert quick == [False]


def test_an_error_of_the_data_is_told_by_the_route(client: TestClient, quick: list[bool]) -> None:
    with patch("api.point_answers.point_answer", side_effect=DataDamaged(vi="hỏng", en="damaged")):
        assert client.get(f"{URL}?lon=105.8542&lat=21.0285").status_code == 503
    assert quick == [False]


def test_it_is_counted_like_the_route(client: TestClient) -> None:
    def counted() -> dict[str, float]:
        lines = [line.rsplit(" ", 1) for line in client.get("/metrics").text.splitlines() if "lookup" in line]
        return {name: float(value) for name, value in lines if re.match(r"[^#].*_(count|total){", name)}

    def grown(query: str) -> dict[str, float]:
        before = counted()
        client.get(f"{URL}?{query}")
        return {name: value - before.get(name, 0) for name, value in counted().items()}

    client.get(f"{URL}?lon=105.8542&lat=21.0285")
    plain, escaped = grown("lon=105.8542&lat=21.0285"), grown("lon=%3105.8542&lat=21.0285")
    assert {name for name, more in plain.items() if more} == {name for name, more in escaped.items() if more}
    assert plain['hanoi_wards_lookups_total{outcome="INSIDE"}'] == 1
