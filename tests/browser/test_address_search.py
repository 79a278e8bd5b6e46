"""Addresses in a real browser: suggestions by keyboard, the picker's questions, what is said where nothing is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

DIVIDED = "Phường Đồng Tâm, Quận Hai Bà Trưng"


def heading(page: Page) -> Locator:
    return page.locator(".answer h2")


def ask(page: Page, text: str) -> None:
    page.fill("#q", text)
    page.keyboard.press("Enter")


def field_with_names(open_page: OpenPage, path: str = "/") -> tuple[Page, Locator]:
    page = open_page(path)
    page.focus("#q")
    field = page.get_by_role("combobox", name=re.compile("Địa chỉ|Address"))
    expect(field).to_have_attribute("aria-expanded", "false")
    return page, field


def active(page: Page) -> str:
    """Return the option that the field says is active."""
    option = page.locator("#q").get_attribute("aria-activedescendant")
    return (page.locator(f"#{option}").text_content() or "") if option else ""


def test_names_are_loaded_when_they_are_first_needed(open_page: OpenPage) -> None:
    page = open_page()
    loaded = "performance.getEntriesByType('resource').some((entry) => entry.name.includes('/assets/names.'))"
    assert not page.evaluate(loaded)
    expect(page.get_by_role("combobox")).to_have_count(0)
    page.focus("#q")
    expect(page.get_by_role("combobox")).to_be_visible()
    assert page.evaluate(loaded)


def test_an_old_commune_by_keyboard_alone(open_page: OpenPage) -> None:
    page, field = field_with_names(open_page)
    page.keyboard.type("hang bac")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Phường Hàng Bạc")
    expect(options.first).to_contain_text("cũ, Quận Hoàn Kiếm")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[aria-live]", has_text="gợi ý")).to_contain_text(f"{options.count()} gợi ý")
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    assert "Phường Hàng Bạc" in active(page)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("Địa chỉ này thuộc\\s+Phường Hoàn Kiếm"))
    expect(heading(page)).to_be_focused()
    expect(page.locator(".because")).to_contain_text("khoản 1")
    expect(field).to_have_value("Phường Hàng Bạc, Quận Hoàn Kiếm")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_keys_of_the_list(open_page: OpenPage) -> None:
    page, field = field_with_names(open_page)
    page.keyboard.type("hoan kiem")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    last = options.count() - 1
    page.keyboard.press("ArrowUp")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("hoan kiem")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Tìm", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("hoàn kiếm", "Phường Hoàn Kiếm phường, xã mới"),
        ("HOAN KIEM", "Phường Hoàn Kiếm phường, xã mới"),
        ("phuong ba dinh", "Phường Ba Đình phường, xã mới"),
        ("tam hung thanh oai", "Xã Tam Hưng cũ, Huyện Thanh Oai"),
        ("giai phong hoang mai", "Đường Giải Phóng đường, phố, Quận Hoàng Mai"),
        ("12 Hàng Bài", "Đường Hàng Bài đường, phố, Quận Hoàn Kiếm"),
        ("phường Hàng Bạc, Hoàn Kiếm cũ", "Phường Hàng Bạc cũ, Quận Hoàn Kiếm"),
    ],
)
def test_suggestions_do_without_accents(open_page: OpenPage, typed: str, suggested: str) -> None:
    page, _ = field_with_names(open_page)
    page.keyboard.insert_text(typed)
    expect(page.get_by_role("option", name=suggested, exact=True)).to_be_visible()


def test_a_suggested_street_keeps_the_house_number(open_page: OpenPage) -> None:
    page, field = field_with_names(open_page)
    page.keyboard.insert_text("12 hang bai")
    page.get_by_role("option").first.click()
    expect(field).to_have_value("12 Đường Hàng Bài, Quận Hoàn Kiếm")
    expect(heading(page)).to_contain_text("Phường Cửa Nam")


def test_coordinates_and_nonsense_suggest_nothing(open_page: OpenPage) -> None:
    page, field = field_with_names(open_page)
    for typed in ("21.0285, 105.8542", "zzzz", "X=2325500 Y=588600", "a"):
        page.fill("#q", typed)
        expect(field).to_have_attribute("aria-expanded", "false")
    page.fill("#q", "zzzz")
    expect(page.locator("[aria-live]", has_text="Không có gợi ý")).to_be_attached()


def test_without_the_names_the_field_still_works(open_page: OpenPage) -> None:
    page = open_page(expect="503")
    page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.unregister())")
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.reload()
    page.wait_for_selector("path.ward", state="attached")
    page.route("**/assets/names.*", lambda route: route.fulfill(status=503, body=""))
    ask(page, "phường Hàng Bạc, Hoàn Kiếm cũ")
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")


def test_a_divided_commune_asks_street_then_number_then_pin(open_page: OpenPage) -> None:
    page = open_page()
    address = page.url
    ask(page, DIVIDED)
    expect(heading(page)).to_have_text("Địa chỉ này thuộc một trong 2 phường, xã")
    expect(heading(page)).to_be_focused()
    picker = page.locator(".picker")
    expect(picker.locator("legend")).to_have_text("Nhà ở đường, phố nào?")
    expect(picker).to_contain_text("Vì sao hỏi: Địa chỉ ở đường, phố hay thôn nào")
    streets = picker.get_by_label("Hãy chọn").locator("option")
    assert streets.count() > 7, "more than six choices: a list to choose from"
    expect(streets.last).to_have_text("Địa chỉ của tôi không có trong danh sách")
    assert sorted(page.locator(".name.chosen").all_text_contents()) == ["Bạch Mai", "Tương Mai"]

    picker.get_by_label("Hãy chọn").select_option(label="Vọng")
    picker.get_by_role("button", name="Tiếp tục").click()
    expect(picker.locator("legend")).to_have_text("Số nhà hoặc số ngõ là bao nhiêu?")
    expect(page.locator("#q")).to_have_value(f"Đường Vọng, {DIVIDED}")
    picker.get_by_label("Số nhà hoặc ngõ").fill("12")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(f"Số 12 Đường Vọng, {DIVIDED}")
    expect(picker.locator("legend")).to_have_text("Bạn biết mình thuộc phường, xã nào?")
    expect(picker.get_by_role("radio")).to_have_count(3)
    expect(picker.get_by_role("radio").last).to_have_accessible_name("Địa chỉ của tôi không có trong danh sách")

    page.get_by_role("button", name="Ghim vị trí nhà trên bản đồ").click()
    expect(page.get_by_role("status")).to_have_text("Hãy chạm vào chỗ nhà bạn trên bản đồ.")
    expect(page.locator(".folium-map")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".answer .eyebrow")).to_have_text("Nơi này thuộc")
    expect(page.locator(".ward-name")).to_have_text(re.compile("Bạch Mai|Tương Mai"))
    assert page.url == address, "no answer is ever in an address"


def test_a_pin_outside_the_wards_in_question_says_so(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DIVIDED)
    page.get_by_role("button", name="Ghim vị trí nhà trên bản đồ").click()
    page.get_by_role("button", name="Xem cả Hà Nội").click()
    page.wait_for_timeout(500)
    page.locator(".folium-map").click(position={"x": 250, "y": 250})
    expect(page.locator(".answer .notice").first).to_contain_text("Nơi ghim không nằm trong các phường, xã")


def test_the_person_who_knows_chooses(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, f"Số 12 Phố Vọng, {DIVIDED}")
    page.get_by_role("radio", name="Phường Tương Mai").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(heading(page)).to_contain_text("Phường Tương Mai")
    expect(page.locator(".offices").first).to_be_visible()


def test_an_address_that_is_not_in_the_list(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, f"Số 12 Phố Vọng, {DIVIDED}")
    page.get_by_role("radio", name="không có trong danh sách").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(heading(page)).to_have_text("Khi địa chỉ không có trong danh sách")
    said = page.locator(".answer")
    expect(said).to_contain_text("Trang này không có số điện thoại nào đã được kiểm chứng")
    expect(said.get_by_role("link", name="Phường Bạch Mai")).to_be_visible()
    expect(said.get_by_role("button", name="Ghim vị trí nhà trên bản đồ")).to_be_visible()
    assert not re.search(r"\b0\d{9}\b", said.text_content() or "")


def test_a_district_asks_for_the_commune(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    ask(page, "Quận Ba Đình")
    expect(heading(page)).to_have_text("One more thing is needed")
    page.get_by_label("Choose", exact=True).select_option(label="Phường Kim Mã, Quận Ba Đình")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#q")).to_have_value("Quận Ba Đình, Phường Kim Mã, Quận Ba Đình")
    expect(heading(page)).to_be_focused()


def test_contradiction_outside_and_unknown_are_told_apart(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "phường Hàng Bạc, Quận Ba Đình")
    problem = page.get_by_role("group", name="Địa chỉ có chỗ mâu thuẫn")
    expect(problem).to_be_focused()
    problem.get_by_role("link").click()
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("phường Hàng Bạc, Quận Ba Đình")
    expect(page.locator("#q")).to_have_attribute("aria-invalid", "true")
    ask(page, "12 Lê Lợi, Hải Phòng")
    expect(heading(page)).to_have_text("Địa chỉ này nằm ngoài Hà Nội")
    expect(page.locator("#problem")).to_have_count(0)
    ask(page, "48.85, 2.35")
    expect(page.get_by_role("group", name="Chưa tra cứu được")).to_contain_text("không ở Việt Nam")
    ask(page, "")
    expect(page.get_by_role("group", name="Chưa tra cứu được")).to_contain_text("Hãy nhập địa chỉ")


def test_the_picker_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    ask(page, DIVIDED)
    expect(page.get_by_role("button", name="Ghim vị trí")).to_be_hidden()
    page.get_by_label("Tên đường, phố, thôn khác").fill("Phố Vọng")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Địa chỉ của tôi không có số nhà").click()
    expect(heading(page)).to_have_text("Khi địa chỉ không có trong danh sách")
    ask(page, f"Số 12 Phố Vọng, {DIVIDED}")
    page.get_by_role("radio", name="Phường Bạch Mai").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(heading(page)).to_contain_text("Phường Bạch Mai")
    assert page.url.endswith("/?lang=vi")


def test_hostile_text_stays_text_in_every_step(open_page: OpenPage) -> None:
    page = open_page()
    nasty = "<img src=x onerror=\"document.title='caught'\">"
    ask(page, f"{nasty}, {DIVIDED}")
    expect(heading(page)).to_be_focused()
    if page.get_by_label("Tên đường, phố, thôn khác").count():
        page.get_by_label("Tên đường, phố, thôn khác").fill(nasty)
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
    page.wait_for_timeout(100)
    assert page.locator("img").count() == 0
    assert page.title() != "caught"


def test_why_is_printed_and_the_questions_are_not(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "phường Hàng Bạc, Hoàn Kiếm cũ")
    expect(heading(page)).to_be_focused()
    page.emulate_media(media="print")
    expect(page.locator(".because")).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()
    page.emulate_media(media="screen")
    ask(page, DIVIDED)
    expect(page.locator(".picker")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".picker")).to_be_hidden()
    expect(page.locator(".answer")).to_contain_text("Phường Bạch Mai")
