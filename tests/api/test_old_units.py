"""The communes until 30 June 2025: a code means another place on another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.schemas import OldUnitDetail
from geo.model import Residents
from tests.api.problems import assert_problem

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from geo.crosswalk import Crosswalk


def test_every_old_commune_says_where_it_went(client: TestClient, crosswalk: Crosswalk) -> None:
    divided = 0
    for code, old in list(crosswalk.old_units.items())[::5]:
        detail = OldUnitDetail.model_validate(client.get(f"/v1/old-units/{code}").json())
        assert (detail.code, detail.full_name, detail.district) == (code, old.full_name, old.district)
        assert detail.generation == "2025-01-01"
        links = crosswalk.successors(code)
        assert [(went.clause, went.ward.code) for went in detail.successors] == [
            (link.clause, ward.code) for link, ward in links
        ]
        assert detail.divided is all(link.residents is not Residents.ALL for link, _ in links)
        divided += detail.divided
    assert divided


def test_the_default_day_is_the_last_one(client: TestClient) -> None:
    asked = client.get("/v1/old-units/00118", params={"as_of": "2025-06-30"})
    assert client.get("/v1/old-units/00118").json() == asked.json()
    assert client.get("/v1/old-units/00118", params={"as_of": "2025-01-01"}).json() == asked.json()


def test_one_code_two_places(client: TestClient) -> None:
    old = client.get("/v1/old-units/00118").json()
    new = client.get("/v1/wards/00118").json()
    assert (old["full_name"], old["generation"]) == ("Phường Ngọc Thụy", "2025-01-01")
    assert (new["full_name"], new["generation"]) == ("Phường Bồ Đề", "2025-07-01")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_from_the_first_of_july_it_is_gone_and_its_successors_are_named(
    client: TestClient, crosswalk: Crosswalk, lang: str
) -> None:
    for day in ("2025-07-01", "2030-01-01"):
        response = client.get("/v1/old-units/00118", params={"as_of": day, "lang": lang})
        body = assert_problem(response, 404, field="code", lang=lang)
        assert body["type"] == "urn:hanoi-wards:problem:retired-unit"
        assert "Ngọc Thụy" in body["detail"]
        assert [went["ward"]["code"] for went in body["successors"]] == [
            ward.code for _, ward in crosswalk.successors("00118")
        ]


def test_codes_and_days_that_are_unknown_or_wrong(client: TestClient) -> None:
    assert_problem(client.get("/v1/old-units/99999"), 404, field="code")
    assert_problem(client.get("/v1/old-units/99999?as_of=2025-07-01"), 404, field="code")
    assert_problem(client.get("/v1/old-units/118"), 422, field="code")
    assert_problem(client.get("/v1/old-units/00118?as_of=2024-12-31"), 404, field="as_of")
    assert_problem(client.get("/v1/old-units/00118?as_of=30/06/2025"), 422, field="as_of")
