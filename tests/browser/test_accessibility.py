from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from maps.frame import PLACES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

SMALLEST_TARGET_PX = 24
_COLOUR_RULES = ("cat.color",)
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_REPETITION = {"exclude": [["path.ward:not(.chosen)"], ["tbody tr:nth-child(n + 4)"]]}  # the rest look like the first
_SIZES = ((375, 812), (1280, 800))

SITUATIONS = {
    "empty": ("/", ""),
    "answer": ("/", "21.0285, 105.8542"),
    "near a border": ("/", "20.9594, 105.7919"),
    "error": ("/", "bốn bể"),
    "contradiction": ("/", "phường Hàng Bạc, Quận Ba Đình"),
    "address": ("/", "12 Hàng Bài, Hoàn Kiếm"),
    "list to choose from": ("/", "Phường Đồng Tâm, Quận Hai Bà Trưng"),
    "radio buttons": ("/", "Số 12 Phố Vọng, Phường Đồng Tâm, Quận Hai Bà Trưng"),
    "number asked": ("/?lang=en", "Phố Vọng, Phường Đồng Tâm, Quận Hai Bà Trưng"),
    "ward": ("/phuong-xa/00070", ""),
    "English": ("/?lang=en", "21.0285, 105.8542"),
}


def arrive(open_page: OpenPage, situation: str) -> Page:
    path, question = SITUATIONS[situation]
    page = open_page(path, reduced_motion="reduce")
    if question:
        page.fill("#q", question)
        page.keyboard.press("Enter")
        expect(page.locator(".answer h2, #problem")).to_be_focused()
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    return page


def violations(page: Page, rules: tuple[str, ...] = _RULES) -> list[str]:
    found = (
        Axe()
        .run(page, context=_REPETITION, options={"runOnly": rules, "resultTypes": ["violations"]})
        .response["violations"]
    )
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_axe_finds_nothing(open_page: OpenPage, situation: str) -> None:
    page = arrive(open_page, situation)
    for width, height in _SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        assert violations(page) == [], f"{width} px, light"
        page.emulate_media(color_scheme="dark")
        assert violations(page, _COLOUR_RULES) == [], f"{width} px, dark"


def test_axe_finds_nothing_in_the_suggestions(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    page.focus("#q")
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.insert_text("hang ba")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    for width, height in _SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, _COLOUR_RULES) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    heights = page.get_by_role("option").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) >= SMALLEST_TARGET_PX


def test_axe_finds_nothing_where_it_asks_before_it_sends(open_page: OpenPage) -> None:
    place = {"longitude": 105.855731, "latitude": 21.033291, "accuracy": 15}
    page = open_page(reduced_motion="reduce", geolocation=place, permissions=["geolocation"])
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.get_by_role("button", name="Gửi toạ độ này")).to_be_visible()
    page.wait_for_selector("path.street")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, _COLOUR_RULES) == []


def test_axe_would_find_something(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("document.querySelector('label').remove(); document.querySelector('.lead').style.color = '#888';")
    assert any(found.startswith("label:") for found in violations(page))
    assert any(found.startswith("color-contrast:") for found in violations(page, _COLOUR_RULES))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_sideways_scrolling_at_320_px(open_page: OpenPage, situation: str) -> None:
    page = arrive(open_page, situation)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_text_may_be_twice_as_large(open_page: OpenPage) -> None:
    page = arrive(open_page, "answer")
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize("situation", ["answer", "error", "radio buttons", "list to choose from"])
def test_targets_are_large_enough(open_page: OpenPage, situation: str) -> None:
    page = arrive(open_page, situation)
    targets = page.locator(
        "button:visible, select:visible, .radio:visible, input:not([type=radio]):visible, summary:visible,"
        "nav a, .leaflet-control a, .map > p a, .offices a"
    )
    assert targets.count() > 15
    small = targets.evaluate_all(
        "(found, least) => found.filter((one) => { const box = one.getBoundingClientRect();"
        "return box.width < least || box.height < least; }).map((one) => one.outerHTML)",
        SMALLEST_TARGET_PX,
    )
    assert small == []


def test_focus_goes_through_the_page_in_order_and_is_seen(open_page: OpenPage) -> None:
    page = open_page()
    stops = []
    for _ in range(6 + len(PLACES)):
        page.keyboard.press("Tab")
        outline, name = page.evaluate(
            "() => { const at = document.activeElement;"
            "return [getComputedStyle(at).outlineStyle, at.getAttribute('aria-label') || at.id || at.textContent]; }"
        )
        assert outline == "solid", name
        stops.append(name)
    assert stops[0] == "Đến nội dung chính"
    assert stops[1] == "Tìm phường, xã"
    assert stops[1 + len(PLACES) :] == ["other-language", "q", "Tìm", "here", "Bản đồ phường, xã Hà Nội"]


@pytest.mark.parametrize("path", [path for path, _ in PLACES])
def test_pages_lead_to_each_other_on_a_phone_by_keyboard(open_page: OpenPage, path: str) -> None:
    page = open_page(path, viewport={"width": 320, "height": 640})
    links = page.get_by_role("navigation", name="Các trang").get_by_role("link")
    expect(links).to_have_count(0)
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(links).to_have_count(len(PLACES))
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(".places summary").evaluate("(summary) => summary.parentElement.open = false")
    expect(links).to_have_count(len(PLACES))
    expect(page.locator(".places a[aria-current]")).to_have_attribute("href", f"{path}?lang=vi")


def test_skip_link_is_seen_and_skips(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Đến nội dung chính")
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()


def test_zoom_is_not_forbidden(open_page: OpenPage) -> None:
    viewport = open_page().get_attribute("meta[name=viewport]", "content") or ""
    assert "maximum-scale" not in viewport
    assert "user-scalable" not in viewport


def test_asked_for_no_motion_the_map_jumps(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    page.evaluate("() => { map_wards.on('zoomanim', () => { document.body.dataset.animated = 'yes'; }); }")
    page.fill("#q", "21.0285, 105.8542")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_be_focused()
    page.get_by_role("button", name="Phóng to").click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.animated") is None
