"""Streets at street zoom: our own lines, by square, drawn under what can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from maps.street_tiles import ZOOM

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

SURE = {"longitude": 105.8542, "latitude": 21.0285, "accuracy": 20}


def squares(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/ban-do/duong/" in request.url else None)
    return found


def test_no_street_is_fetched_for_the_whole_city(open_page: OpenPage) -> None:
    page = open_page()
    asked = squares(page)
    page.get_by_role("button", name="Phóng to").click()
    page.wait_for_timeout(400)
    assert asked == []
    assert page.locator("path.street, path.border").count() == 0


def test_streets_and_their_names_come_at_street_zoom(open_page: OpenPage) -> None:
    page = open_page(geolocation=SURE, permissions=["geolocation"], reduced_motion="reduce")
    asked = squares(page)
    page.get_by_role("button", name="Vị trí của tôi").click()
    page.wait_for_selector("path.street")
    assert 1 <= len(asked) <= 4
    assert all(f"/ban-do/duong/{ZOOM}/" in url for url in asked), "no square small enough to tell where somebody lives"
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap, ODbL 1.0")
    for _ in range(2):
        page.get_by_role("button", name="Phóng to").click()
    page.wait_for_selector(".street-name", state="attached")
    names = page.locator(".street-name").all_text_contents()
    assert 3 < len(names) <= 60
    assert len(set(asked)) == len(asked)
    before = len(asked)
    page.get_by_role("button", name="Phóng to").click()
    page.wait_for_timeout(300)
    assert len(asked) == before, "fetched once"
    page.get_by_role("button", name="Xem cả Hà Nội").click()
    expect(page.locator("path.street")).to_have_count(0)
    expect(page.locator(".street-name")).to_have_count(0)


def test_borders_stand_over_streets_and_nothing_of_it_takes_a_press(open_page: OpenPage) -> None:
    page = open_page(geolocation=SURE, permissions=["geolocation"], reduced_motion="reduce")
    page.get_by_role("button", name="Vị trí của tôi").click()
    page.wait_for_selector("path.street")
    page.wait_for_selector("path.border")
    order = page.evaluate(
        "['overlay', 'streets', 'lines', 'marker'].map((name) => Number(getComputedStyle(map_wards.getPane("
        "name === 'overlay' || name === 'marker' ? name + 'Pane' : name)).zIndex))"
    )
    assert order == sorted(order)
    assert page.locator("path.outline").count() == 1
    page.locator(".folium-map").click(position={"x": 400, "y": 300})
    expect(page.locator(".answer h2")).to_be_focused()
    assert page.locator(".street-name[tabindex], path[tabindex]").count() == 0


def test_without_the_squares_the_map_still_answers(open_page: OpenPage) -> None:
    page = open_page(geolocation=SURE, permissions=["geolocation"], expect="503")
    page.route("**/ban-do/duong/**", lambda route: route.fulfill(status=503, body=""))
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.locator(".answer h2")).to_contain_text("Phường Hoàn Kiếm")
    page.wait_for_timeout(300)
    assert page.locator("path.street").count() == 0


def test_streets_keep_their_colour_apart_in_dark(open_page: OpenPage) -> None:
    page = open_page(geolocation=SURE, permissions=["geolocation"])
    page.get_by_role("button", name="Vị trí của tôi").click()
    page.wait_for_selector("path.street")
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        colours.add(page.evaluate("getComputedStyle(document.querySelector('path.street')).stroke"))
    assert len(colours) == 2
