"""The page of the trial over HTTP, with and without reports. All figures are made up."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from geo.errors import DataMissing
from geo.trial.report_folder import write_version
from maps.page_assets import page_assets
from maps.paths import TRIAL as PAGE
from tests.api.problems import assert_problem
from tests.api.test_pages import Elements
from tests.made_up_trial import AT, made_up_folder, made_up_reports

if TYPE_CHECKING:
    from pathlib import Path

    from geo.stores import EmbeddedStore


@pytest.fixture(scope="module")
def codes(store: EmbeddedStore) -> list[str]:
    return [unit.code for unit in store.dataset(store.generations()[1]).units]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore, codes: list[str]) -> TestClient:
    folder = made_up_folder(tmp_path_factory.mktemp("trial"), store.trial(), codes)
    return TestClient(create_app(Settings(trial_reports=folder)))


def test_without_reports(client: TestClient) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    page = Elements(answer.text)
    assert "Chưa nạp số liệu" in page.text
    assert "126/126" in page.text
    assert not [attributes for tag, attributes in page.tags if tag == "form"]


def test_with_reports_a_form_chooses_without_any_script(loaded: TestClient) -> None:
    page = Elements(loaded.get(PAGE).text)
    (form,) = [attributes for tag, attributes in page.tags if tag == "form"]
    assert form["method"] == "get"
    names = {attributes.get("name") for tag, attributes in page.tags if tag in {"select", "input"}} - {None}
    assert names == {"so-lieu", "ngay", "noi-dung", "lang"}
    chosen = Elements(loaded.get(f"{PAGE}?so-lieu=tiep-nhan&ngay=2025-06-20&noi-dung=4").text)
    assert "Hồ sơ tiếp nhận : 20/6 , 4. Thủ tục hành chính cấp xã và liên thông" in chosen.text
    assert chosen.by_id("other-language")["href"] == "?so-lieu=tiep-nhan&ngay=2025-06-20&noi-dung=4&lang=en"


def test_every_asset_of_the_page_is_served(client: TestClient) -> None:
    tags = [tag for path in (PAGE, f"{PAGE}/phu-luc") for tag in Elements(client.get(path).text).tags]
    addresses = [a.get("src") or a.get("href") or "" for tag, a in tags if tag in {"script", "link"}]
    own = [address for address in addresses if address.startswith("/")]
    assert len(own) >= 6
    assert {asset.address for page in ("trial_map", "annex") for asset in page_assets(page).every} <= set(own)
    assert {client.get(address).status_code for address in own} == {200}


def test_english_by_a_link(client: TestClient) -> None:
    assert "No figures are loaded" in client.get(f"{PAGE}?lang=en").text
    assert "No figures are loaded" in client.get(PAGE, headers={"Accept-Language": "en"}).text


def test_a_choice_that_does_not_exist_is_said_and_is_only_text(loaded: TestClient) -> None:
    html = loaded.get(f"{PAGE}?ngay=<img src=x onerror=alert(1)>").text
    assert "Không có lựa chọn" in html
    assert "<img" not in html


def test_the_figures_for_the_script(client: TestClient, loaded: TestClient, codes: list[str]) -> None:
    answer = loaded.get(f"{PAGE}/so-lieu.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    body = answer.json()
    assert body["codes"] == codes
    assert body["reporting"][0][0] == 114
    again = loaded.get(f"{PAGE}/so-lieu.json", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert client.get(f"{PAGE}/so-lieu.json").json()["reporting"][0][0] == 0


def test_the_annex(client: TestClient, loaded: TestClient) -> None:
    html = loaded.get(f"{PAGE}/phu-luc")
    assert html.headers["content-type"].startswith("text/html")
    assert "Phường Hoàn Kiếm" in html.text
    assert "Chưa nạp số liệu" in client.get(f"{PAGE}/phu-luc").text
    answer = loaded.get(f"{PAGE}/phu-luc.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="phu-luc.xlsx"'
    assert "Báo cáo" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    rows = list(csv.reader(io.StringIO(loaded.get(f"{PAGE}/phu-luc.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 127
    assert_problem(loaded.get(f"{PAGE}/phu-luc.pdf"), 404)


def test_new_reports_are_shown_without_a_restart(tmp_path: Path, store: EmbeddedStore, codes: list[str]) -> None:
    client = TestClient(create_app(Settings(trial_reports=tmp_path)))
    assert "Chưa nạp số liệu" in client.get(PAGE).text
    reports = made_up_reports(store.trial(), codes)
    write_version(tmp_path, reports[:1], base=0, at=AT, what={})
    assert "báo cáo phiên bản 1" in client.get(PAGE).text
    write_version(tmp_path, [replace(reports[0], received=4321)], base=1, at=AT, what={})
    assert "4.321" in client.get(f"{PAGE}?so-lieu=tiep-nhan").text


def test_damaged_reports_are_said_to_be_and_show_no_figure(
    tmp_path: Path, store: EmbeddedStore, codes: list[str]
) -> None:
    folder = made_up_folder(tmp_path, store.trial(), codes)
    client = TestClient(create_app(Settings(trial_reports=folder)))
    (folder / "versions/0001.csv").write_text("x")
    answer = client.get(PAGE)
    assert answer.status_code == 503
    page = Elements(answer.text)
    assert "Chưa đọc được số liệu đã nạp" in page.text
    assert "versions/0001.csv" in page.text
    assert str(tmp_path) not in answer.text, "where the folder lies is nobody's business"
    assert "126/126" in page.text
    assert client.get(f"{PAGE}/phu-luc").status_code == 503
    for name in ("phu-luc.xlsx", "phu-luc.csv", "so-lieu.json"):
        assert_problem(client.get(f"{PAGE}/{name}"), 503)


def test_a_folder_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="HANOI_WARDS_TRIAL_REPORTS"):
        create_app(Settings(trial_reports=tmp_path / "none"))
