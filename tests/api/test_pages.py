"""The pages for people, without any script: the question, the answer, what was wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.finder import page_files
from api.reload import reload_data
from api.settings import Settings
from maps.frame import PLACES
from maps.page_assets import Asset, assets
from tests.api.problems import assert_problem

if TYPE_CHECKING:
    from geo.locate import WardIndex

NASTY = "<img src=x onerror=alert(1)> \" ' </script> &amp; 105"


class Elements(HTMLParser):
    """Every start tag with its attributes, and every text, of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def by_id(self, name: str) -> dict[str, str | None]:
        (found,) = [attributes for _, attributes in self.tags if attributes.get("id") == name]
        return found

    @property
    def codes(self) -> str | None:
        """The wards answered; None where the page holds no answer."""
        (found,) = [attributes["data-codes"] for tag, attributes in self.tags if tag == "article"] or [None]
        return found

    @property
    def loaded(self) -> list[str]:
        """Return the addresses that the browser loads by itself; the page's other addresses are only named."""
        named = {"canonical", "alternate"}
        loading = [a for tag, a in self.tags if tag == "script" or (tag == "link" and a.get("rel") not in named)]
        return [address for a in loading if (address := a.get("src") or a.get("href")) and address != "data:,"]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))


def test_the_first_page_asks_one_labelled_question(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Elements(response.text)
    assert ("html", {"lang": "vi"}) in page.tags
    assert any(tag == "label" and attributes.get("for") == "q" for tag, attributes in page.tags)
    (form,) = [attributes for tag, attributes in page.tags if tag == "form"]
    assert form["method"] == "post"
    assert page.by_id("q")["value"] == ""
    assert "aria-invalid" not in page.by_id("q")
    assert "126 phường, xã" in page.text


def test_the_page_links_the_list_of_wards_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = Elements(client.get("/").text)
    assert "/phuong-xa?lang=vi" in {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert len(page.loaded) > 8
    for address in page.loaded:
        assert address.startswith(("/assets/", "/manifest.webmanifest?lang=")), address
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "current", "how"),
    [
        ("/", "/", "page"),
        ("/phuong-xa", "/phuong-xa", "page"),
        ("/phuong-xa/00070-hoan-kiem", "/phuong-xa", "true"),
        ("/don-vi-cu/00118-ngoc-thuy", "/don-vi-cu", "true"),
        ("/ban-do/sap-xep?xa=00118", "/ban-do/sap-xep", "page"),
        ("/ban-do/tru-so", "/ban-do/tru-so", "page"),
        ("/ban-do/van-hanh-thu-nghiem", "/ban-do/van-hanh-thu-nghiem", "page"),
        ("/du-lieu", "/du-lieu", "page"),
        ("/ogc?f=html", "/du-lieu", "true"),
    ],
)
def test_every_page_links_all_others_and_marks_its_place(client: TestClient, path: str, current: str, how: str) -> None:
    links = [attributes for tag, attributes in Elements(client.get(path).text).tags if tag == "a"]
    places = {page for page, _ in PLACES}
    assert {f"{place}?lang=vi" for place in places} <= {link["href"] for link in links}
    assert [(link["href"], link["aria-current"]) for link in links if "aria-current" in link] == [
        (f"{current}?lang=vi", how)
    ]


@pytest.mark.parametrize(("url", "lang"), [("/", "vi"), ("/?lang=en", "en"), ("/?lang=vi", "vi"), ("/?lang=fr", "vi")])
def test_english_by_a_link(client: TestClient, url: str, lang: str) -> None:
    html = client.get(url).text
    assert ("html", {"lang": lang}) in Elements(html).tags
    assert ("Find your new ward" in html) is (lang == "en")
    assert client.get(url, headers={"Accept-Language": "en"}).text.count('<html lang="en">') == ("lang=vi" not in url)


@pytest.mark.parametrize("path", ["/", "/tra-cuu"])
@pytest.mark.parametrize("typed", ["21.0285, 105.8542", "21°01'42\"N 105°51'15\"E", "X=2326345 Y=588591"])
def test_a_question_without_any_script_is_answered(client: TestClient, path: str, typed: str) -> None:
    response = client.post(path, data={"q": typed})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    page = Elements(response.text)
    assert page.codes == "00070"
    assert "Phường Hoàn Kiếm" in page.text
    assert "126 Hàng Trống" in page.text
    assert "Đã đọc theo" in page.text
    assert ("html" in [tag for tag, _ in page.tags]) is (path == "/")
    if path == "/":
        assert page.by_id("q")["value"] == typed
    assert "This place is in" in Elements(client.post(f"{path}?lang=en", data={"q": typed}).text).text


def test_the_position_of_a_device(client: TestClient) -> None:
    response = client.post("/tra-cuu", data={"lon": "105.8542", "lat": "21.0285", "accuracy": "600"})
    page = Elements(response.text)
    assert page.codes == "00070"
    assert "Phường Cửa Nam (" in page.text
    for wrong in (
        {"lon": "x", "lat": "21.03"},
        {"lon": "nan", "lat": "21.03"},
        {"lon": "105.85"},
        {"lon": "105.85", "lat": "21.03", "accuracy": "-5"},
        {"lon": "105.85", "lat": "21.03", "accuracy": "inf"},
    ):
        page = Elements(client.post("/tra-cuu", data=wrong).text)
        assert page.by_id("problem")


@pytest.mark.parametrize(("lang", "words"), [("vi", "trong vòng khoảng 50 km"), ("en", "only within about 50 km")])
def test_a_position_known_too_roughly_says_so_in_plain_words(client: TestClient, lang: str, words: str) -> None:
    asked = {"lon": "105.8542", "lat": "21.0285", "accuracy": "50000"}
    assert words in Elements(client.post(f"/tra-cuu?lang={lang}", data=asked).text).text


def test_outside_hanoi_is_answered(client: TestClient) -> None:
    page = Elements(client.post("/", data={"q": "20.5, 106.5"}).text)
    assert "Nơi này nằm ngoài Hà Nội" in page.text
    assert page.codes == ""


@pytest.mark.parametrize("typed", ["", "   ", "bốn bể", "21.0285", "48.85, 2.35", NASTY, "1" * 600])
def test_what_was_wrong_stands_first_linked_to_the_field_and_the_input_is_kept(client: TestClient, typed: str) -> None:
    response = client.post("/", data={"q": typed})
    assert response.status_code == 200
    page = Elements(response.text)
    assert page.by_id("problem")
    assert page.codes is None
    assert "#q" in {attributes.get("href") for tag, attributes in page.tags if tag == "a"}
    field = page.by_id("q")
    assert field["value"] == typed.strip()
    assert field["aria-invalid"] == "true"
    assert "problem" in (field["aria-describedby"] or "").split()


@pytest.mark.parametrize("path", ["/", "/tra-cuu", "/?lang=en"])
def test_what_people_type_is_never_markup(client: TestClient, path: str) -> None:
    html = client.post(path, data={"q": NASTY}).text
    assert "<img" not in html
    assert not [attributes for _, attributes in Elements(html).tags if "onerror" in attributes]
    assert '"' not in re.findall(r'id="q"[^>]*value="([^"]*)"', html + 'id="q" value=""')[0]
    for name in ("lon", "lat", "accuracy"):
        html = client.post(path, data={"lon": "105.8", "lat": "21.0"} | {name: NASTY}).text
        assert "<img" not in html
        assert "onerror" in unescape(html)


def test_a_form_that_is_too_long_is_refused(client: TestClient) -> None:
    body = assert_problem(client.post("/", data={"q": "x" * 20_000}), 413, field="body")
    assert "10000" in body["detail"]


def test_every_ward_has_an_address(client: TestClient, index: WardIndex) -> None:
    for ward in index.wards[::9]:
        response = client.get(f"/phuong-xa/{ward.code}")
        assert response.status_code == 200
        page = Elements(response.text)
        assert page.codes == ward.code
        assert f"<title>{ward.full_name}" in response.text
    html = client.get("/phuong-xa/00070?lang=en").text
    assert '<html lang="en">' in html
    assert "Phường Hoàn Kiếm" in html


def test_a_ward_that_is_not_there(client: TestClient) -> None:
    for lang, said in (("vi", "Không có đơn vị nào mang mã"), ("en", "No unit has the code")):
        page = client.get(f"/phuong-xa/99999?lang={lang}")
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        assert said in page.text
    assert_problem(client.get("/phuong-xa/abc"), 422, field="code")


def test_assets_are_served_for_ever_under_their_content_s_name(client: TestClient) -> None:
    types = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
    for asset in assets().values():
        response = client.get(f"/assets/{asset.path}")
        assert response.status_code == 200
        assert response.content == asset.content
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-type"] == types[asset.path[asset.path.rindex(".") :]]


def test_files_of_the_data_before_are_served_to_pages_that_are_still_open() -> None:
    app = create_app(Settings())
    before = page_files(app.state.services).served
    assert reload_data(app.state)
    assert app.state.services.earlier == before
    gone = Asset("names.json", b"{}")
    client = TestClient(app)
    assert client.get(gone.address).status_code == 404
    app.state.services = replace(app.state.services, earlier=[gone])
    assert client.get(gone.address).content == b"{}"


@pytest.mark.parametrize("path", ["nothing.js", "leaflet.js", "../app.py", "%2e%2e/%2e%2e/pyproject.toml", ""])
def test_an_unknown_asset_is_not_found(client: TestClient, path: str) -> None:
    for lang in ("vi", "en"):
        assert_problem(client.get(f"/assets/{path}?lang={lang}"), 404, lang=lang)
