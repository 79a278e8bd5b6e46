"""What the ward finder answers to forms, and the files that it loads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from api.finder import page_files
from geo.model import RouteQuery
from maps.street_tiles import ZOOM
from tests.api.problems import assert_problem
from tests.api.remembered import remembered
from tests.api.test_pages import Elements

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.services import Services
    from maps.finder_files import FinderFiles

DIVIDED = "Phường Đồng Tâm, Quận Hai Bà Trưng"
CENTRE = f"/ban-do/duong/{ZOOM}/6504/3606.json"


@pytest.fixture(scope="module")
def services(app: FastAPI) -> Services:
    found: Services = app.state.services
    return found


@pytest.fixture(scope="module")
def files(services: Services) -> FinderFiles:
    return page_files(services)


def answered(client: TestClient, lang: str = "vi", **form: str) -> Elements:
    response = client.post(f"/tra-cuu?lang={lang}", data=form)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return Elements(response.text)


@pytest.mark.parametrize(
    ("typed", "name", "words"),
    [
        ("phường Hàng Bạc, Hoàn Kiếm cũ", "Phường Hoàn Kiếm", "khoản 1"),
        ("Phường Hàng Bạc, Quận Hoàn Kiếm", "Phường Hoàn Kiếm", "toàn bộ về Phường Hoàn Kiếm"),
        ("phường Hoàn Kiếm mới", "Phường Hoàn Kiếm", "địa chỉ nêu tên mới"),
        ("Xã Tam Hưng, Thanh Oai", "Xã Tam Hưng", "khoản"),
    ],
)
def test_an_address_is_answered_by_the_router_with_its_reason(
    client: TestClient, services: Services, typed: str, name: str, words: str
) -> None:
    for path in ("/", "/tra-cuu"):
        page = Elements(client.post(path, data={"q": typed}).text)
        decided = services.router.route(RouteQuery(address=typed)).ward
        assert decided is not None
        assert page.codes == decided.code
        assert decided.full_name == name
        assert "Địa chỉ này thuộc" in page.text
        assert words in page.text
        assert "Trụ sở đã biết" in page.text
    assert "This address is in" in answered(client, "en", q=typed).text


def choices(page: Elements) -> list[str]:
    """Return the values of the picker's choices."""
    return [
        attributes["value"] or ""
        for tag, attributes in page.tags
        if (tag == "option" and attributes["value"]) or attributes.get("type") == "radio"
    ]


def test_a_divided_commune_is_asked_for_its_street_and_says_why(client: TestClient) -> None:
    page = answered(client, q=DIVIDED)
    assert len((page.codes or "").split()) == 2
    assert "Vì sao hỏi" in page.text
    found = choices(page)
    assert len(found) > 7
    assert found[-1] == "-"
    assert all(text.endswith(DIVIDED) for text in found[:-1])
    assert ("select", "choice") in [(tag, attributes.get("name")) for tag, attributes in page.tags]


@pytest.mark.parametrize("typed", [DIVIDED, "Quận Ba Đình", "Đường Giải Phóng", "Minh Khai", "Xã An Khánh, Hoài Đức"])
def test_every_choice_is_an_address_that_leads_on(client: TestClient, typed: str) -> None:
    """No choice may bring the same question with the same choices back."""
    page = answered(client, q=typed)
    for text in choices(page)[:-1][:12]:
        following = answered(client, q=typed, choice=text)
        assert choices(following) != choices(page) or not choices(page), text


def test_few_choices_are_radio_buttons(client: TestClient) -> None:
    page = answered(client, q=f"Số 12 Phố Vọng, {DIVIDED}")
    radios = [attributes for tag, attributes in page.tags if attributes.get("type") == "radio"]
    assert [radio["value"] for radio in radios][-1] == "-"
    assert 2 < len(radios) <= 7
    assert "không có trong danh sách" in page.text


def test_answers_to_the_picker_are_put_into_the_address(client: TestClient) -> None:
    page = answered(client, q=DIVIDED, street="Phố Vọng")
    assert f"Phố Vọng, {DIVIDED}" in [attributes.get("value") for _, attributes in page.tags]
    page = answered(client, q=f"Phố Vọng, {DIVIDED}", number="12")
    assert f"Số 12 Phố Vọng, {DIVIDED}" in [attributes.get("value") for _, attributes in page.tags]
    page = answered(client, q=f"Số 12 Phố Vọng, {DIVIDED}", choice="-")
    assert "Khi địa chỉ không có trong danh sách" in page.text
    assert "số điện thoại nào đã được kiểm chứng" in page.text
    assert not re.search(r"\b0\d{8,10}\b", page.text)


@pytest.mark.parametrize(
    ("typed", "step", "field", "words"),
    [
        (DIVIDED, "street", "choice", "Hãy chọn hoặc gõ tên đường"),
        (f"Phố Vọng, {DIVIDED}", "number", "number", "Hãy nhập số nhà"),
        (f"Số 12 Phố Vọng, {DIVIDED}", "ward", "choice", "Hãy chọn phường, xã."),
    ],
)
def test_an_answer_left_empty_is_an_error_linked_to_its_field(
    client: TestClient, typed: str, step: str, field: str, words: str
) -> None:
    assert "Chưa tra cứu được" not in answered(client, q=typed).text
    for page in (
        answered(client, q=typed, step=step, choice="", street="", number=" "),
        Elements(client.post("/", data={"q": typed, "step": step, "street": ""}).text),
    ):
        assert words in page.text
        assert f"#{field}" in {attributes.get("href") for tag, attributes in page.tags if tag == "a"}
        asked = page.by_id(field)
        assert (asked["aria-invalid"], asked["aria-describedby"]) == ("true", "problem")
        assert choices(page) == choices(answered(client, q=typed)), "the question still stands"
        assert sum("autofocus" in attributes for _, attributes in page.tags) <= 1


def test_contradiction_outside_and_unknown_have_words_of_their_own(client: TestClient) -> None:
    said = {
        "phường Hàng Bạc, Quận Ba Đình": "Địa chỉ có chỗ mâu thuẫn",
        "bốn bể": "Chưa nhận ra địa chỉ",
        "12 Lê Lợi, Hải Phòng": "Địa chỉ này nằm ngoài Hà Nội",
        "48.85, 2.35": "Chưa tra cứu được",
        "": "Hãy nhập địa chỉ",
        "Quận Ba Đình": "Cần biết thêm một điều",
    }
    for typed, words in said.items():
        text = answered(client, q=typed).text
        assert words in text, typed
        assert sum(other in text for other in said.values()) <= 2, typed


def test_credit_where_the_streets_decided(client: TestClient) -> None:
    assert "OpenStreetMap" in answered(client, q="12 Hàng Bài, Hoàn Kiếm").text.partition("Vì sao")[2]


def test_a_fault_names_no_address(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, services: Services
) -> None:
    def broken(query: RouteQuery) -> None:
        raise ValueError(query.address)

    monkeypatch.setattr(services.router, "route", broken)
    response = TestClient(app, raise_server_exceptions=False).post("/tra-cuu", data={"q": "12 Hàng Bài"})
    assert response.status_code == 500
    assert "Hàng Bài" not in response.text + caplog.text


def test_files_are_kept_for_ever_under_their_content_s_name(client: TestClient, files: FinderFiles) -> None:
    types = {
        "bin": "application/octet-stream",
        "json": "application/json",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    assert len(files.served) == 8
    for asset in files.served:
        response = client.get(asset.address)
        assert response.content == asset.content
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["content-type"].startswith(types[asset.path.rpartition(".")[2]])


def test_names_hold_every_unit_and_street(files: FinderFiles, services: Services) -> None:
    names = json.loads(files.names.content)
    assert len(names["wards"]) == 126
    assert len(names["communes"]) == 526
    assert len(names["districts"]) == 30
    assert len(names["streets"]) > 1500
    assert ["Phường Hàng Bạc", names["districts"].index("Quận Hoàn Kiếm")] in names["communes"]
    assert all(0 <= place < 30 for _, places in names["streets"] for place in places)
    assert {unit.full_name for unit in services.index().wards} == set(names["wards"])


def test_a_square_of_streets(client: TestClient) -> None:
    response = client.get(CENTRE)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"].startswith("public, max-age=")
    square = response.json()
    names = [name for name, _, _ in square["streets"]]
    assert "Hàng Bông" in names
    assert {alley for _, alley, _ in square["streets"]} == {0, 1}
    assert client.get(CENTRE, headers={"If-None-Match": response.headers["etag"]}).status_code == 304
    assert len(response.content) < 150_000
    assert client.get(f"/ban-do/duong/{ZOOM}/0/0.json").json()["streets"] == []


@pytest.mark.parametrize("path", [f"{ZOOM + 2}/26016/14424", f"{ZOOM}/-1/3606", f"{ZOOM}/8192/3606", f"{ZOOM}/x/3606"])
def test_no_other_squares(client: TestClient, path: str) -> None:
    assert_problem(client.get(f"/ban-do/duong/{path}.json"), 422)
    assert_problem(client.get(f"{CENTRE}?q=1"), 400)


def test_manifest_and_worker(client: TestClient, files: FinderFiles) -> None:
    response = client.get("/manifest.webmanifest?lang=en")
    assert response.headers["content-type"].startswith("application/manifest+json")
    manifest = response.json()
    assert manifest["lang"] == "en"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"any", "192x192", "512x512"}
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).headers["content-type"] == icon["type"]
    response = client.get("/service-worker.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"
    kept = json.loads(re.findall(r"const ASSETS = (\[.*?\]);", response.text)[0])
    assert {asset.address for asset in files.served} <= set(kept)
    for address in kept:
        assert client.get(address).status_code == 200


def test_no_word_of_an_address_stays_in_memory_after_the_answer(client: TestClient, services: Services) -> None:
    services.router.route(RouteQuery(address="12 phố Huế, Hai Bà Trưng"))
    assert remembered(services.router) > 0
    answered(client, q="nhà ông Bảy, xóm Kín, xã Cổ Loa, huyện Đông Anh")
    assert remembered(services.router) == 0
