from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from maps.ward_finder import standalone_page

if TYPE_CHECKING:
    from pathlib import Path

    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, index: WardIndex, crosswalk: Crosswalk, store: EmbeddedStore
) -> str:
    path: Path = tmp_path_factory.mktemp("standalone") / "wards.html"
    html = standalone_page(index=index, crosswalk=crosswalk, store=store, lang="vi")
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def test_click_shows_the_card_without_a_network(open_page: OpenPage, address: str) -> None:
    page = open_page(address, offline=True)
    assert page.locator("path.ward").count() == 126
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".answer h2")).to_be_focused()
    name = page.locator(".answer .ward-name").text_content() or ""
    assert page.locator(".name.chosen").all_text_contents() == [name.partition(" ")[2]]
    assert page.locator("#pick option:checked").text_content() == name


def test_choice_by_keyboard_shows_the_card_and_keeps_the_focus(open_page: OpenPage, address: str) -> None:
    page = open_page(address, offline=True)
    for _ in range(2):  # skip link, list
        page.keyboard.press("Tab")
    expect(page.get_by_label("Chọn phường, xã")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".answer h2")).to_contain_text("Phường Ba Đình")
    expect(page.locator("#pick")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Phường Ba Đình")
    page.select_option("#pick", "00070")
    expect(page.locator(".answer")).to_contain_text("Số 126 Hàng Trống")
    page.select_option("#pick", "")
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator("path.ward.chosen")).to_have_count(0)


def test_links_lead_nowhere_outside(open_page: OpenPage, address: str) -> None:
    page = open_page(address, offline=True)
    page.select_option("#pick", "00070")
    links = page.locator("a[href]").evaluate_all("(found) => found.map((link) => link.getAttribute('href'))")
    assert links
    assert all(link.startswith(("#", "geo:")) for link in links)
