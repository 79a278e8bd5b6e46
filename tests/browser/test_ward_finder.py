from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from maps.frame import PLACES
from tests.browser.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

HOAN_KIEM = "21.0285, 105.8542"
SURE_POINT = {"longitude": 105.8542, "latitude": 21.0285}
NEAR_BORDER = "20.9594, 105.7919"


def heading(page: Page) -> Locator:
    return page.locator(".answer h2")


def ask(page: Page, text: str) -> None:
    page.fill("#q", text)
    page.keyboard.press("Enter")


def chosen(page: Page) -> list[str]:
    """Return the names that stand highlighted on the map."""
    return page.locator(".name.chosen").all_text_contents()


def drop_worker(page: Page) -> None:
    """From the next page on do without the service worker, which answers before any route of a test is asked."""
    page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.unregister())")
    page.add_init_script("delete Navigator.prototype.serviceWorker")


def ward_width(page: Page) -> float:
    """Return the width of the highlighted ward on the screen, px."""
    box = page.locator("path.ward.chosen").bounding_box()
    assert box is not None
    return box["width"]


def test_all_wards_are_drawn(open_page: OpenPage) -> None:
    page = open_page()
    assert page.locator("path.ward").count() == 126
    assert page.title() == "Tìm phường, xã mới của Hà Nội"
    box = page.locator(".folium-map").bounding_box()
    drawn = page.evaluate(
        "() => { const boxes = [...document.querySelectorAll('path.ward')].map((path) => path.getBoundingClientRect());"
        "return Math.max(...boxes.map((b) => b.bottom)) - Math.min(...boxes.map((b) => b.top)); }"
    )
    assert box is not None
    assert drawn > 0.8 * box["height"], "the city fills its map"


def test_our_style_wins_over_leaflets(open_page: OpenPage) -> None:
    page = open_page()
    grounds = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.querySelector('.folium-map')).backgroundColor")
        ours = page.evaluate(
            "() => { const probe = document.body.appendChild(document.createElement('div'));"
            " probe.style.background = 'var(--beyond)'; return getComputedStyle(probe).backgroundColor; }"
        )
        assert ground == ours
        assert ground not in ("rgb(221, 221, 221)", "rgba(0, 0, 0, 0)")  # Leaflet's grey, and none at all
        grounds.add(ground)
    assert len(grounds) == 2


def test_typed_coordinates_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    for _ in range(3 + len(PLACES)):  # skip link, pages, language, field
        page.keyboard.press("Tab")
    page.keyboard.type(HOAN_KIEM)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("Nơi này thuộc\\s+Phường Hoàn Kiếm"))
    expect(heading(page)).to_be_focused()
    expect(page.locator(".answer")).to_contain_text("Số 126 Hàng Trống")
    expect(page.locator("#status")).to_be_empty()
    assert chosen(page) == ["Hoàn Kiếm"]
    until(page, "document.querySelector('path.ward.chosen').getBoundingClientRect().width > 200")


def test_a_long_press_by_finger_answers_once(open_page: OpenPage) -> None:
    page = open_page(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 812})
    page.locator(".folium-map").scroll_into_view_if_needed()
    page.evaluate("() => { window.heard = []; map_wards.on('click contextmenu', ({ type }) => heard.push(type)); }")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    finger = {"x": box["x"] + box["width"] * 0.6, "y": box["y"] + box["height"] * 0.45}
    protocol = page.context.new_cdp_session(page)
    protocol.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    page.wait_for_timeout(900)  # what makes a press a long one
    protocol.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(heading(page)).to_contain_text("Nơi này thuộc")
    assert page.evaluate("heard.length") == 1, "as a press or as a menu, whichever the browser makes of it"
    assert chosen(page)


def test_chosen_ward_is_outlined_not_only_coloured(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, HOAN_KIEM)
    expect(page.locator("path.ward.chosen")).to_have_css("stroke-width", "4px")
    expect(page.locator("path.ward:not(.chosen)").first).to_have_css("stroke-width", "1px")
    page.get_by_role("button", name="Xem cả Hà Nội").click()
    until(page, "document.querySelector('path.ward.chosen').getBoundingClientRect().width < 40")
    assert chosen(page) == ["Hoàn Kiếm"], "named even where there is no room"


def test_click_answers_and_leaves_the_map_where_it_is(open_page: OpenPage) -> None:
    page = open_page()
    drawn = "[...document.querySelectorAll('path.ward')].map((path) => path.getAttribute('d')).sort()"
    before = page.evaluate(drawn)
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.5)
    expect(heading(page)).to_be_focused()
    name = page.locator(".answer .ward-name").text_content() or ""
    assert chosen(page) == [name.partition(" ")[2]]
    assert re.fullmatch(r"2[01]\.\d{6}, 105\.\d{6}", page.input_value("#q"))
    page.wait_for_timeout(400)
    assert page.evaluate(drawn) == before, "neither zoomed nor moved"
    shown = page.locator("path.ward.chosen").bounding_box()
    assert shown is not None
    assert shown["x"] - 1 <= box["x"] + box["width"] * 0.45 <= shown["x"] + shown["width"] + 1


def test_enter_on_the_map_asks_for_its_centre(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#here").focus()
    expect(page.locator(".crosshair")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator(".folium-map")).to_be_focused()
    expect(page.locator(".crosshair")).to_be_visible()
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    lat, lon = map(float, page.input_value("#q").split(","))
    assert 20.9 < lat < 21.1
    assert 105.6 < lon < 105.7


def test_buttons_move_the_map_for_who_cannot_drag(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    ward = page.locator("path.ward").first
    box = ward.bounding_box()
    assert box is not None
    for name, dx, dy in (("sang trái", 120, 0), ("sang phải", -120, 0), ("lên trên", 0, 120), ("xuống dưới", 0, -120)):
        page.get_by_role("button", name=f"Dời {name}").click()
        moved = ward.bounding_box()
        assert moved is not None
        assert (moved["x"] - box["x"], moved["y"] - box["y"]) == pytest.approx((dx, dy), abs=2)
        box = moved
    assert heading(page).count() == 0, "moving asks nothing"


def test_wards_are_no_tab_stops(open_page: OpenPage) -> None:
    page = open_page()
    assert page.locator("path[tabindex], .name[tabindex]").count() == 0
    page.locator("#here").focus()
    stops = []
    for _ in range(9):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert stops == ["map_wards", "A", "A", *["BUTTON"] * 5, "A"]


def test_position_of_the_device(open_page: OpenPage) -> None:
    page = open_page(geolocation={**SURE_POINT, "accuracy": 900}, permissions=["geolocation"])
    assert heading(page).count() == 0, "not asked for before the button is pressed"
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")
    expect(heading(page)).to_be_focused()
    expect(page.locator(".notice")).to_contain_text("Thiết bị chỉ biết vị trí của bạn trong vòng 900 m")
    expect(page.locator(".notice")).to_contain_text("Phường Cửa Nam")
    expect(page.locator(".certain")).to_have_count(0)
    until(page, "document.querySelector('path.disc').getBoundingClientRect().width > 150")
    assert chosen(page) == ["Hoàn Kiếm"]


def test_position_refused(open_page: OpenPage) -> None:
    page = open_page(permissions=[])
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.get_by_role("status")).to_contain_text("Bạn chưa cho phép dùng vị trí")


def test_bad_input_is_summed_up_and_linked_to_the_field(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "bốn bể")
    summary = page.get_by_role("group", name="Chưa nhận ra địa chỉ")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Hãy viết thêm phường, xã và quận, huyện cũ")
    field = page.get_by_label("Địa chỉ, phường, xã cũ hoặc mới, hoặc toạ độ")
    expect(field).to_have_value("bốn bể")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "problem q-hint")
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_be_focused()
    expect(page.locator("#problem")).to_have_count(0)
    assert field.get_attribute("aria-invalid") is None
    expect(field).to_have_attribute("aria-describedby", "q-hint")


def test_near_a_border_says_so(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, NEAR_BORDER)
    expect(heading(page)).to_contain_text("Phường Kiến Hưng")
    notice = page.locator(".notice")
    expect(notice).to_contain_text("Sát ranh giới")
    expect(notice).to_contain_text("Phường Hà Đông")
    expect(page.locator(".certain")).to_have_count(0)


def test_outside_the_city(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_be_focused()
    ask(page, "20.86, 106.68")
    expect(heading(page)).to_have_text("Nơi này nằm ngoài Hà Nội")
    expect(page.locator(".answer")).to_contain_text("Phường, xã gần nhất là")
    expect(page.locator("path.ward.chosen")).to_have_count(0)
    expect(page.locator("path.spot")).to_be_in_viewport()


def test_language_by_the_link(open_page: OpenPage) -> None:
    page = open_page()
    assert page.get_attribute("html", "lang") == "vi"
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("path.ward", state="attached")
    assert page.get_attribute("html", "lang") == "en"
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_contain_text("This place is in")
    assert page.get_attribute("#ask", "action") == "/?lang=en"
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("h1")).to_have_text("Tìm phường, xã mới của Hà Nội")


def test_server_out_of_reach(open_page: OpenPage) -> None:
    page = open_page(expect="ERR_CONNECTION_REFUSED")
    page.route("**/tra-cuu?*", lambda route: route.abort("connectionrefused"))
    ask(page, HOAN_KIEM)
    expect(page.get_by_role("status")).to_have_text("Không kết nối được máy chủ. Hãy thử lại.")
    expect(page.locator("#q")).to_have_value(HOAN_KIEM)
    page.unroute("**/tra-cuu?*")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")
    expect(page.get_by_role("status")).to_be_empty()


def test_server_at_fault(open_page: OpenPage) -> None:
    page = open_page(expect="500")
    page.route("**/tra-cuu?*", lambda route: route.fulfill(status=500, body="<h2 tabindex=-1>no answer</h2>"))
    ask(page, HOAN_KIEM)
    expect(page.get_by_role("status")).to_have_text("Máy chủ đang gặp lỗi. Hãy thử lại sau.")
    expect(page.locator("#answer")).not_to_contain_text("no answer")


def test_only_the_last_question_is_answered(open_page: OpenPage) -> None:
    page = open_page()
    held = []
    page.route("**/tra-cuu?*", lambda route: held.append(route) if not held else route.continue_())
    ask(page, NEAR_BORDER)
    until(page, "document.getElementById('status').textContent !== ''")
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")
    with page.expect_response("**/tra-cuu?*"):
        held[0].continue_()
    page.wait_for_timeout(200)
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")


def test_wards_not_drawn_still_answers(open_page: OpenPage, origin: str) -> None:
    page = open_page(expect="503")
    drop_worker(page)
    page.route("**/assets/wards-*", lambda route: route.fulfill(status=503, body=""))
    page.goto(origin)
    expect(page.locator(".map .hint").first).to_have_text("Không tải được ranh giới để vẽ; vẫn tra cứu được.")
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")
    page.locator(".folium-map").click()
    expect(page.get_by_role("status")).to_contain_text("Chưa tải được ranh giới chi tiết")


def test_answers_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/?lang=en", java_script_enabled=False)
    expect(page.locator("#here")).to_be_hidden()
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")
    assert page.url.endswith("/?lang=en")
    expect(page.locator("#q")).to_have_value(HOAN_KIEM)
    ask(page, "<b>x")
    expect(page.locator("#problem a")).to_have_attribute("href", "#q")
    expect(page.locator("#q")).to_have_value("<b>x")
    expect(page.locator("#q")).to_have_attribute("aria-invalid", "true")
    assert page.title().startswith("The address was not recognised")
    page.get_by_role("link", name="List of the 126 wards").click()
    page.get_by_role("link", name="Xã Ba Vì", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ba Vì")


def test_whole_page_answer_takes_the_focus(open_page: OpenPage) -> None:
    page = open_page()
    for text, target in ((HOAN_KIEM, ".answer h2"), ("x", "#problem")):
        page.fill("#q", text)
        page.evaluate("document.getElementById('ask').submit()")
        expect(page.locator(target)).to_be_focused()
        page.wait_for_selector("path.ward", state="attached")


def test_a_new_ward_by_its_name(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "phường Hoàn Kiếm mới")
    expect(heading(page)).to_contain_text("Phường Hoàn Kiếm")
    assert chosen(page) == ["Hoàn Kiếm"]
    until(page, "document.querySelector('path.ward.chosen').getBoundingClientRect().width > 200")
    assert ward_width(page) > 200


def test_position_stays_out_of_address_and_storage(open_page: OpenPage) -> None:
    page = open_page(geolocation=SURE_POINT, permissions=["geolocation"])
    urls: list[str] = []
    posts: list[str] = []
    page.on("request", lambda request: (posts if request.method == "POST" else urls).append(request.url))
    address = page.url
    ask(page, HOAN_KIEM)
    expect(heading(page)).to_be_focused()
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.locator("#q")).to_have_value("21.028500, 105.854200")
    expect(heading(page)).to_be_focused()
    assert page.url == address
    assert len(posts) == 1, "what was typed; not the device's position"
    assert not [url for url in urls + posts if "105." in url or "21.02" in url]
    assert all("/assets/" in url or "/ban-do/duong/13/" in url for url in urls)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]") == [
        0,
        0,
        "",
        None,
    ]
    assert page.context.cookies() == []
    assert page.evaluate("indexedDB.databases()") == []


def test_prints_the_answer_with_its_details_open(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, HOAN_KIEM)
    line = page.locator(".answer details li").first
    expect(line).to_be_hidden()
    page.emulate_media(media="print")
    box = line.bounding_box()
    assert box is not None
    assert box["height"] > 10
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("footer")).to_contain_text("phiên bản dữ liệu")
