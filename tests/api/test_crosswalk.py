"""The law over HTTP."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.schemas import DestinationsAnswer, ReadingsAnswer
from geo.crosswalk import Crosswalk
from geo.model import Subject
from tests.api.problems import assert_problem


def names(links: list[dict]) -> list[tuple[str, int]]:
    return [(link["ward"]["name"], link["clause"]) for link in links]


def test_residents_follow_the_wording_on_the_population_and_parcels_that_on_the_area(client: TestClient) -> None:
    residents = client.get("/v1/crosswalk/old-units/00118").json()
    assert DestinationsAnswer.model_validate(residents).settled
    assert residents["old_unit"]["full_name"] == "Phường Ngọc Thụy"
    assert residents["generation"] == "2025-01-01"
    assert names(residents["destinations"]) == [("Bồ Đề", 40)]
    parcel = client.get("/v1/crosswalk/old-units/00118?subject=parcel").json()
    assert names(parcel["destinations"]) == [("Hồng Hà", 14), ("Bồ Đề", 40)]
    assert not parcel["settled"]


@pytest.mark.parametrize("subject", list(Subject))
def test_every_commune_answers_as_the_core_does(client: TestClient, crosswalk: Crosswalk, subject: Subject) -> None:
    for code in list(crosswalk.old_units)[::25]:
        answer = client.get(f"/v1/crosswalk/old-units/{code}", params={"subject": subject.value}).json()
        expected = [(ward.name, link.clause) for link, ward in crosswalk.destinations(code, subject)]
        assert names(answer["destinations"]) == expected


def test_a_bare_code_has_its_two_readings(client: TestClient) -> None:
    answer = client.get("/v1/crosswalk/codes/00118").json()
    assert not ReadingsAnswer.model_validate(answer).settled
    assert [ward["name"] for ward in answer["wards"]] == ["Bồ Đề"]
    (old,) = answer["old_units"]
    assert (old["name"], old["district"]) == ("Ngọc Thụy", "Quận Long Biên")
    assert names(old["successors"]) == [("Hồng Hà", 14), ("Bồ Đề", 40)]


def test_a_name_is_narrowed_by_type_and_district(client: TestClient) -> None:
    everything = client.get("/v1/crosswalk/names", params={"name": "tan lap"}).json()
    narrowed = client.get("/v1/crosswalk/names", params={"name": "Tân Lập", "district": "Đan Phượng"}).json()
    assert narrowed["settled"]
    assert narrowed["wards"] == []
    assert narrowed["old_units"][0]["code"] in {unit["code"] for unit in everything["old_units"]}
    assert client.get("/v1/crosswalk/names", params={"name": "Tân Lập", "type": "phường"}).json()["old_units"] == []


def test_an_unknown_old_code_is_said(client: TestClient) -> None:
    for path in ("old-units", "codes"):
        assert "99999" in assert_problem(client.get(f"/v1/crosswalk/{path}/99999"), 404)["detail"]
    assert client.get("/v1/crosswalk/names?name=Sài Gòn").json()["old_units"] == []


def test_a_wrong_method_names_every_method_that_the_path_takes(client: TestClient) -> None:
    answer = client.delete("/v1/lookup/point")
    assert_problem(answer, 405)
    assert answer.headers["allow"] == "GET, POST"
