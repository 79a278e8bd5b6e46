"""The page without a network after the first visit, and as an app. Nothing about a person is kept."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

SURE = {"longitude": 105.8542, "latitude": 21.0285, "accuracy": 20}
KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return [names, kept.flat().map((one) => one.url)];
}"""


def visited(open_page: OpenPage, path: str = "/", **context: object) -> Page:
    """Open the page and wait until it is kept."""
    page = open_page(path, **context)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    return page


@pytest.mark.parametrize(("path", "title"), [("/", "Tìm phường"), ("/?lang=en", "Find your new ward")])
def test_reload_without_a_network_answers_places(open_page: OpenPage, path: str, title: str) -> None:
    page = visited(open_page, path, expect="ERR_INTERNET_DISCONNECTED", geolocation=SURE, permissions=["geolocation"])
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("path.ward", state="attached")
    assert page.title().startswith(title)
    page.locator("#here").click()
    expect(page.locator(".answer h2")).to_contain_text("Phường Hoàn Kiếm")
    expect(page.locator(".answer")).to_contain_text("Số 126 Hàng Trống")
    page.fill("#q", "hang bac")
    expect(page.get_by_role("option").first).to_contain_text("Phường Hàng Bạc")


def test_the_list_of_wards_is_there_without_a_network(open_page: OpenPage) -> None:
    page = visited(open_page, expect="ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.get_by_role("link", name="Danh sách 126 phường, xã").click()
    expect(page.locator("tbody tr")).to_have_count(126)
    style = "getComputedStyle(document.querySelector('table')).borderCollapse"
    assert page.evaluate(style) == "collapse"


def test_typed_text_without_a_network_says_what_still_works(open_page: OpenPage) -> None:
    page = visited(open_page, expect="ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    page.fill("#q", "phường Hàng Bạc, Hoàn Kiếm cũ")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đang không có mạng")
    expect(page.get_by_role("status")).to_contain_text("chạm vào bản đồ")
    expect(page.locator("#q")).to_have_value("phường Hàng Bạc, Hoàn Kiếm cũ")


def test_nothing_about_a_person_is_kept(open_page: OpenPage) -> None:
    page = visited(open_page, geolocation=SURE, permissions=["geolocation"])
    page.fill("#q", "12 Hàng Bài, Hoàn Kiếm")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator(".answer h2")).to_contain_text("Phường Cửa Nam")
    page.locator("#here").click()
    expect(page.locator(".answer h2")).to_contain_text("Phường Hoàn Kiếm")
    names, kept = page.evaluate(KEPT)
    assert len(names) == 1
    paths = sorted(re.sub(r"^https?://[^/]+", "", url) for url in kept)
    pages = ["/", "/?lang=en", "/?lang=vi", "/phuong-xa?lang=en", "/phuong-xa?lang=vi"]
    assert [path for path in paths if not path.startswith("/assets/")] == pages
    texts = page.evaluate(
        "async () => Promise.all((await (await caches.open((await caches.keys())[0])).matchAll())"
        ".filter((one) => one.headers.get('content-type').includes('html')).map((one) => one.text()))"
    )
    assert len(texts) == len(pages)
    assert not [text for text in texts if 'value="12 Hàng Bài' in text or 'class="answer"' in text]
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_new_version_drops_the_old_cache(open_page: OpenPage) -> None:
    page = visited(open_page)
    page.evaluate("caches.open('wards-old').then((cache) => cache.put('/x', new Response('old')))")
    page.evaluate("caches.open('somebody-else')")
    page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.unregister())")
    page.reload()
    until(page, "caches.keys().then((names) => !names.includes('wards-old'))")
    names, _ = page.evaluate(KEPT)
    assert "somebody-else" in names


def test_the_page_can_be_installed(open_page: OpenPage) -> None:
    page = visited(open_page)
    protocol = page.context.new_cdp_session(page)
    found = protocol.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert manifest["name"] == "Tìm phường, xã mới của Hà Nội"
    assert manifest["start_url"] == "/?lang=vi"
    assert manifest["display"] == "standalone"
    faults = [one["errorId"] for one in protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert set(faults) <= {"in-incognito"}, faults
    for icon in manifest["icons"]:
        width = page.evaluate(
            "(address) => new Promise((resolve, reject) => { const image = new Image(); image.onerror = reject;"
            "image.onload = () => resolve(image.naturalWidth); image.src = address; })",
            icon["src"],
        )
        assert icon["sizes"] in ("any", f"{width}x{width}")
