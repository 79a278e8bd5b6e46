"""Pages of wards and old communes, their lists, and the old-to-new map, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.browser.test_page_weight import LIMIT_BYTES, transferred

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

STILL = {
    "wards": "/phuong-xa",
    "ward": "/phuong-xa/00070-hoan-kiem",
    "old communes": "/don-vi-cu?huyen=004",
    "old commune": "/don-vi-cu/00118-ngoc-thuy",
    "retired": "/phuong-xa/00001",
    "nothing found": "/phuong-xa?ten=zzz",
}
DRAWN = {
    "map": "/ban-do/sap-xep",
    "map of a commune": "/ban-do/sap-xep?xa=00118&lang=en",
    "map of a district": "/ban-do/sap-xep?huyen=004",
    "map of a ward": "/ban-do/sap-xep?phuong=00070",
}
PAGES = STILL | DRAWN
NOT_FOUND = {"retired": "404"}
SMALLEST_TARGET_PX = 24


def arrive(open_page: OpenPage, name: str, **context: object) -> Page:
    page = open_page(PAGES[name], expect=NOT_FOUND.get(name, ""), **context)
    if name.startswith("map of") and context.get("java_script_enabled", True):
        page.wait_for_selector(".folium-map path.piece", state="attached")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: OpenPage, name: str) -> None:
    page = arrive(open_page, name, reduced_motion="reduce")
    for width, height in ((375, 812), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        assert violations(page) == [], f"{width} px, light"
        page.emulate_media(color_scheme="dark")
        assert violations(page, ("cat.color",)) == [], f"{width} px, dark"


@pytest.mark.parametrize("name", PAGES)
def test_narrow_screens_and_large_enough_targets(open_page: OpenPage, name: str) -> None:
    page = arrive(open_page, name)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.locator("button:visible, input:visible, select:visible, a:visible").evaluate_all(
        "(found, least) => found.filter((one) => { const box = one.getBoundingClientRect();"
        "return !one.classList.contains('skip') && (box.width < least || box.height < least); })"
        ".map((one) => one.outerHTML)",
        SMALLEST_TARGET_PX,
    )
    assert small == []


@pytest.mark.parametrize("name", PAGES)
def test_without_a_script_everything_is_said(open_page: OpenPage, name: str) -> None:
    page = open_page(PAGES[name], expect=NOT_FOUND.get(name, ""), java_script_enabled=False)
    expect(page.locator("h1")).to_be_visible()
    if name.startswith("map"):
        expect(page.locator(".folium-map")).to_be_hidden()
        for label in ("pick-old", "pick-district", "pick-ward"):
            expect(page.locator(f"#{label}")).to_be_visible()
    if name.startswith("map of") or name in {"ward", "old commune"}:
        expect(page.locator(".drawing svg")).to_be_visible()
        expect(page.locator(".law tbody tr").first).to_be_visible()


@pytest.mark.parametrize("name", ["ward", "old commune", "map of a district", "wards"])
def test_print_shows_what_is_said_and_hides_what_is_pressed(open_page: OpenPage, name: str) -> None:
    page = arrive(open_page, name)
    page.emulate_media(media="print")
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator("table").first).to_be_visible()
    expect(page.locator("footer")).to_be_visible()
    if name != "wards":
        expect(page.locator(".drawing svg")).to_be_visible()
    if name.startswith("map"):
        expect(page.locator(".folium-map")).to_be_hidden()
        expect(page.locator(".choosers")).to_be_hidden()
    assert page.evaluate(
        "(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight + 1)(document.querySelector('.scroll'))"
    )


@pytest.mark.parametrize("name", PAGES)
def test_first_answer_is_light(browser: Browser, origin: str, name: str) -> None:
    sizes = transferred(browser, origin + PAGES[name])
    later = {path: size for path, size in sizes.items() if path.startswith("/v1/")}
    first = {path: size for path, size in sizes.items() if path not in later}
    assert sum(first.values()) <= LIMIT_BYTES, first
    assert bool(later) is (name in DRAWN)
    assert later.get("/v1/crosswalk/pieces", 0) < 60_000


def test_lists_are_filtered_and_sorted_by_keyboard(open_page: OpenPage) -> None:
    page = arrive(open_page, "wards")
    page.locator("#ten").focus()
    page.keyboard.type("hong")
    page.keyboard.press("Enter")
    expect(page.locator("#shown")).to_have_text("Đang xem 3 trên 126.")
    expect(page.locator("#ten")).to_have_value("hong")
    page.get_by_role("link", name="Xếp theo Dân số").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Dân số")
    assert page.locator("tbody tr").count() == 3
    page.get_by_role("link", name="Bỏ lọc").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(126)


def test_a_commune_is_chosen_by_keyboard_alone(open_page: OpenPage) -> None:
    page = arrive(open_page, "map")
    expect(page.locator("#pick-old")).to_be_hidden()
    page.get_by_role("combobox", name="Xã, phường, thị trấn cũ").focus()
    page.keyboard.type("cong vi")
    expect(page.get_by_role("option").first).to_contain_text("Phường Cống Vị")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_have_text("Phường Cống Vị (Quận Ba Đình)")
    expect(page.locator(".answer h2")).to_be_focused()
    expect(page.locator("#find-old")).to_have_value("Phường Cống Vị, Quận Ba Đình")
    expect(page.locator(".folium-map path.piece")).to_have_count(page.locator(".law tbody tr").count())
    expect(page.locator(".folium-map path.old")).to_have_css("stroke-dasharray", "7px, 5px")
    expect(page.locator(".folium-map path.new-border").first).to_have_css("stroke-dasharray", "none")
    code = page.input_value("#pick-old")
    assert page.url.endswith(f"xa={code}")
    assert page.title().startswith("Phường Cống Vị (Quận Ba Đình)")
    expect(page.locator("#other-language")).to_have_attribute("href", f"/ban-do/sap-xep?xa={code}&lang=en")


def test_a_commune_typed_whole_is_shown_and_what_fits_none_or_several_is_said(open_page: OpenPage) -> None:
    page = arrive(open_page, "map")
    field = page.locator("#find-old")
    field.fill("phuong ngoc thuy, quan long bien")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_have_text("Phường Ngọc Thụy (Quận Long Biên)")
    field.fill("minh khai")
    page.locator(".chooser[data-kind=old] button").click()
    expect(field).to_be_focused()
    assert page.get_by_role("option").count() > 1
    field.fill("atlantis")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text("Không có đơn vị nào khớp.")
    page.locator("#pick-ward").focus()
    page.keyboard.press("ArrowDown")
    expect(field).to_have_value("")


def test_choices_follow_each_other_and_back_leads_back(open_page: OpenPage) -> None:
    page = arrive(open_page, "map of a commune")
    page.select_option("#pick-district", "004")
    expect(page.locator(".answer h2")).to_have_text("Quận Long Biên")
    expect(page.locator("#pick-old")).to_have_value("")
    expect(page.locator(".folium-map path.piece")).to_have_count(31)
    page.select_option("#pick-ward", "00070")
    expect(page.locator(".folium-map path.piece")).to_have_count(14)
    expect(page.locator(".with-number b")).to_have_text([str(number) for number in range(1, 15)])
    page.go_back()
    expect(page.locator(".answer h2")).to_have_text("Quận Long Biên")
    expect(page.locator("#pick-district")).to_have_value("004")
    page.go_back()
    expect(page.locator(".answer h2")).to_have_text("Phường Ngọc Thụy (Quận Long Biên)")


def test_a_ward_is_chosen_by_a_press_on_the_map(open_page: OpenPage) -> None:
    page = arrive(open_page, "map")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".answer")).to_have_attribute("data-kind", "ward")
    name = page.locator(".answer h2").text_content()
    assert page.locator("#pick-ward option:checked").text_content() == name


def test_old_and_new_are_compared_by_keyboard(open_page: OpenPage) -> None:
    page = arrive(open_page, "map of a district")

    def strengths() -> list[float]:
        panes = [page.locator(f".leaflet-{name}-pane") for name in ("old", "pieces")]
        return [float(pane.evaluate("(one) => getComputedStyle(one).opacity")) for pane in panes]

    assert strengths() == [1, 1]
    slider = page.get_by_label(re.compile("Độ đậm"))
    slider.focus()
    page.keyboard.press("Home")
    assert strengths() == [1, 0]
    expect(slider).to_have_attribute("aria-valuetext", "cũ 100 %, mới 0 %")
    page.keyboard.press("ArrowRight")
    assert strengths() == [1, 0.1]
    page.get_by_role("button", name="Chỉ mới").focus()
    page.keyboard.press("Enter")
    assert strengths() == [0, 1]
    expect(page.get_by_role("button", name="Chỉ mới")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Cả hai").click()
    assert strengths() == [1, 1]


def test_a_lost_connection_is_said(open_page: OpenPage) -> None:
    page = open_page("/ban-do/sap-xep", expect="ERR_FAILED")
    page.route("**/ban-do/**", lambda route: route.abort())
    page.select_option("#pick-old", "00118", force=True)
    expect(page.locator("#status")).to_contain_text("Không tải được")
    expect(page.locator(".answer")).to_have_count(0)


def test_asked_for_no_motion_the_map_jumps(open_page: OpenPage) -> None:
    page = arrive(open_page, "map of a commune", reduced_motion="reduce")
    page.evaluate("() => { map_pieces.on('zoomanim', () => { document.body.dataset.animated = 'yes'; }); }")
    page.select_option("#pick-ward", "00070")
    expect(page.locator(".folium-map path.piece")).to_have_count(14)
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.animated") is None
