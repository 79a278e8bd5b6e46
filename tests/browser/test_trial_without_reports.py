"""The page of the trial while no report is loaded: participation with its source, and not one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.trial_reports import trial_view
from geo.trial import LoadedReports
from maps.frame import PLACES
from maps.paths import TRIAL as PAGE
from maps.trial_map import trial_file
from tests.browser.test_trial_map import violations

if TYPE_CHECKING:
    from pathlib import Path

    from geo.stores import EmbeddedStore
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_participation_is_shown_and_nothing_invented(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    expect(page.locator(".facts")).to_contain_text("126/126 phường, xã tham gia")
    expect(page.locator(".facts a")).to_have_attribute("href", "https://xe.today/2025/06/20/today-the-citizens-of-hanoi-will-witness-an-unprecedented-transformation")  # fmt: skip # noqa: E501
    expect(page.locator("#none-loaded")).to_be_visible()
    assert page.locator("path.ward.took-part").count() == 126
    assert page.locator("form, #slide, .small, #city").count() == 0
    expect(page.locator("#wards tbody tr")).to_have_count(126)
    assert set(page.locator("#wards td:nth-child(3)").all_text_contents()) == {"tham gia"}
    assert page.locator(".known").first.get_by_text("chưa rõ").count() >= 2


def test_a_ward_says_that_it_took_part(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.select_option("#pick", "00070")
    expect(page.locator("#ward")).to_have_text("Phường Hoàn Kiếmtham gia vận hành thử nghiệm")
    assert page.locator(".name.chosen").all_text_contents() == ["Hoàn Kiếm"]


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_axe_finds_nothing(open_page: OpenPage, query: str) -> None:
    page = open_page(PAGE + query, reduced_motion="reduce")
    for width, height in ((375, 812), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        assert violations(page) == [], f"{width} px, light"
        page.emulate_media(color_scheme="dark")
        assert violations(page, ("wcag2aa",)) == [], f"{width} px, dark"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_javascript(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.locator("#still svg")).to_be_visible()
    assert page.locator("#still use.took-part").count() == 126
    expect(page.get_by_text("Tập huấn", exact=True)).to_be_visible()


def test_asked_for_no_motion_the_map_jumps(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("() => { map_trial.on('zoomanim', () => { document.body.dataset.animated = 'yes'; }); }")
    page.get_by_role("button", name="Phóng to").click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.animated") is None


def test_the_skip_link_and_the_order_of_focus(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    stops = []
    for _ in range(2 + len(PLACES)):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert [stops[0], stops[-1]] == ["Đến nội dung chính", "English"]
    page.locator(".map .skip").focus()
    expect(page.locator(".map .skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#pick")).to_be_focused()


def test_the_file_opens_from_disk(open_page: OpenPage, store: EmbeddedStore, tmp_path: Path) -> None:
    view = trial_view(store.trial(), store.dataset(store.generations()[1]), LoadedReports())
    path = tmp_path / "trial.html"
    shapes = store.display_geometries(store.generations()[1], 25)
    path.write_text(trial_file(view=view, shapes=shapes, lang="vi"), encoding="utf-8")
    page = open_page(path.as_uri(), offline=True)
    assert page.locator("path.ward.took-part").count() == 126
    expect(page.locator("#none-loaded")).to_be_visible()
