"""The register over HTTP: `/v1/premises`, the planners' page without a script, downloads, an operator's register."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.premises_schemas import PremisesList
from api.settings import Settings
from geo.errors import DataMissing
from geo.locate import WardIndex
from geo.premises import OUT_COLUMNS, commit_import
from tests.api.problems import assert_problem
from tests.api.test_pages import Elements
from tests.unit.test_premises_import import GOOD, csv_file, plan, row

PAGE = "/ban-do/tru-so"


@pytest.fixture(scope="module")
def listing(client: TestClient) -> dict[str, Any]:
    answer = client.get("/v1/premises")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_answer_is_the_declared_model(listing: dict[str, Any]) -> None:
    assert PremisesList.model_validate(listing).model_dump(mode="json") == listing


def test_every_known_premises_with_source_and_confidence(listing: dict[str, Any], index: WardIndex) -> None:
    assert [item["id"] for item in listing["items"]] == [one.id for one in index.dataset.premises]
    assert listing["count"] == len(listing["items"])
    for item, one in zip(listing["items"], index.dataset.premises, strict=True):
        assert item["source"] == one.source != ""
        assert item["confidence"] == one.confidence
        assert (item["position"] is None) is (one.position is None)
        assert item["imported_on"] is None


def test_the_register_says_what_is_known_of_232(listing: dict[str, Any]) -> None:
    summary = listing["summary"]
    assert summary["total"] == 232
    assert summary["known"] == summary["in_use"] + summary["planned"] == listing["count"]
    assert summary["imported"] == 0
    assert summary["version"] == ""
    wards = {line["code"]: line for line in listing["wards"]}
    assert len(wards) == 126
    assert sum(line["known"] for line in wards.values()) == summary["in_use"]
    assert (wards["00070"]["expected"], wards["00160"]["expected"], wards["00004"]["expected"]) == (1, 2, None)
    assert wards["00340"]["outside_ward"] == ["00340-1"]
    assert wards["00025"]["access"]["own"] is None
    assert wards["00004"]["access"]["proxy"] == "streets"
    assert wards["00004"]["access"]["own"]["uncertainty_m"] > 0


def test_geojson_places_only_what_has_a_place(client: TestClient, listing: dict[str, Any]) -> None:
    answer = client.get("/v1/premises?geometry=point")
    assert answer.headers["content-type"] == "application/geo+json"
    collection = answer.json()
    assert collection["data_version"] == listing["data_version"]
    assert collection["summary"] == listing["summary"]
    for feature, item in zip(collection["features"], listing["items"], strict=True):
        properties, position = feature["properties"], item["position"]
        shared = set(item) - {"position", "distance_m"}
        assert {name: properties[name] for name in shared} == {name: item[name] for name in shared}
        if position is None:
            assert feature["geometry"] is None
        else:
            assert feature["geometry"]["coordinates"] == [position["lon"], position["lat"]]
            assert properties["uncertainty_m"] == position["uncertainty_m"]


def test_one_ward(client: TestClient) -> None:
    found = client.get("/v1/premises?ward=00082").json()
    assert {item["ward_code"] for item in found["items"]} == {"00082"}
    assert [line["code"] for line in found["wards"]] == ["00082"]
    assert found["summary"]["total"] == 232
    assert_problem(client.get("/v1/premises?ward=99999"), 404, field="ward")
    retired = assert_problem(client.get("/v1/premises?ward=00001"), 404, field="ward")
    assert retired["successors"] == client.get("/v1/wards/00001").json()["successors"] != []
    assert_problem(client.get("/v1/premises?ward=abc"), 422, field="ward")
    assert_problem(client.get("/v1/premises?geometry=full"), 422, field="geometry")
    assert_problem(client.get("/v1/premises?x=1"), 400, field="x")


def test_before_the_wards_there_were_none(client: TestClient) -> None:
    assert_problem(client.get("/v1/premises?as_of=2025-06-30"), 404, field="as_of")
    assert client.get("/v1/premises?as_of=2025-07-01").status_code == 200


@pytest.mark.parametrize("url", ["/v1/premises", "/v1/premises?geometry=point", f"{PAGE}/tru-so.csv"])
def test_an_etag_saves_the_second_answer(client: TestClient, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "public, max-age=3600"


# ---- the page


def test_the_page_holds_everything_without_a_script(client: TestClient, listing: dict[str, Any]) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    page = Elements(answer.text)
    assert ("html", {"lang": "vi"}) in page.tags
    rows = {
        attributes["data-premises"] for tag, attributes in page.tags if tag == "tr" and "data-premises" in attributes
    }
    assert rows == {item["id"] for item in listing["items"]}
    wards = [
        attributes for tag, attributes in page.tags if tag == "tr" and (attributes.get("id") or "").startswith("w-")
    ]
    assert len(wards) == 126
    for item in listing["items"]:
        assert " ".join((item["address"] or "").split()) in page.text
    assert "chưa có trụ sở có vị trí" in page.text
    assert "Vị trí chưa xác định" in page.text
    hidden = [attributes for _, attributes in page.tags if attributes.get("id") == "filter-box"]
    assert "hidden" in hidden[0], "what only a script can do is not offered without one"


def test_english_by_a_link(client: TestClient) -> None:
    html = client.get(f"{PAGE}?lang=en").text
    assert '<html lang="en">' in html
    assert "Position not known" in html
    assert 'href="/ban-do/tru-so?lang=vi" hreflang="vi"' in html


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = Elements(client.get(PAGE).text)
    assert len(page.loaded) == 9
    for address in page.loaded:
        assert address.startswith("/assets/")
        assert client.get(address).status_code == 200


def test_downloads(client: TestClient, listing: dict[str, Any]) -> None:
    answer = client.get(f"{PAGE}/tru-so.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="tru-so.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == OUT_COLUMNS
    assert [line["id"] for line in rows] == [item["id"] for item in listing["items"]]
    assert client.get(f"{PAGE}/tru-so.xlsx").content.startswith(b"PK")
    assert len(client.get(f"{PAGE}/tru-so.geojson").json()["features"]) == listing["count"]
    assert client.get(f"{PAGE}/secret.txt").status_code == 422


# ---- an operator's register


@pytest.fixture(scope="module")
def operated(tmp_path_factory: pytest.TempPathFactory, index: WardIndex) -> FastAPI:
    folder: Path = tmp_path_factory.mktemp("register")
    hostile = row(ma_phuong_xa="00004", ten_phuong_xa="", dia_chi="<img src=x onerror=alert(1)>", toa_do="",
                  cach_xac_dinh="", sai_so_m="")  # fmt: skip
    commit_import(plan(csv_file(folder, GOOD, hostile), index), folder / "r.json")
    return create_app(Settings(premises_register=folder / "r.json"))


def test_loaded_premises_are_served_with_their_own_source(operated: FastAPI, client: TestClient) -> None:
    loaded = TestClient(operated)
    listing = loaded.get("/v1/premises").json()
    assert listing["summary"]["imported"] == 2
    assert len(listing["summary"]["version"]) == 12
    items = {item["id"]: item for item in listing["items"]}
    assert items["00070-2"]["source"] == GOOD["nguon"]
    assert items["00070-2"]["confidence"] == "B"
    assert items["00070-2"]["imported_on"] == "2026-03-04"
    assert items["00070-2"]["position"]["uncertainty_m"] == 20
    assert items["00070-1"]["imported_on"] is None
    ward = loaded.get("/v1/wards/00070").json()
    assert [one["id"] for one in ward["premises"]] == ["00070-1", "00070-2"]
    assert loaded.get("/v1/premises").headers["etag"] != client.get("/v1/premises").headers["etag"]


def test_loaded_premises_are_on_the_page_as_text(operated: FastAPI) -> None:
    html = TestClient(operated).get(PAGE).text
    assert "đơn vị vận hành nhập ngày 04/03/2026" in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html


def test_a_register_that_is_not_there_stops_the_service(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="HANOI_WARDS_PREMISES_REGISTER"):
        create_app(Settings(premises_register=tmp_path / "none.json"))
