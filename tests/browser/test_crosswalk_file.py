"""The old-to-new map as a file without a network, and names that try to be markup, in page and file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.app import create_app
from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.pieces import Pieces
from maps.crosswalk_map import FILE_TOLERANCE_M, crosswalk_file
from maps.unit_pages import UnitData
from tests.browser.running import serving
from tests.browser.test_hostile_names import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from api.services import Services
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

OLD = "00118"


@pytest.fixture(scope="module")
def tampered() -> Services:
    services: Services = create_app().state.services
    datasets = []
    for index in services.indexes.values():
        units = [replace(unit, name=HOSTILE.get(unit.code, unit.name)) for unit in index.dataset.units]
        datasets.append(replace(index.dataset, units=units))
    old, new = datasets
    return replace(
        services,
        indexes={dataset.generation.id: WardIndex(dataset) for dataset in datasets},
        crosswalk=Crosswalk.between(old, new),
    )


@pytest.fixture(scope="module")
def origin(tampered: Services) -> Iterator[str]:
    app = create_app()
    app.state.services = tampered
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def file(tampered: Services, tmp_path_factory: pytest.TempPathFactory) -> str:
    data = UnitData(
        index=tampered.index(),
        crosswalk=tampered.crosswalk,
        pieces=Pieces.open(tampered.store, tolerance_m=FILE_TOLERANCE_M),
    )
    path: Path = tmp_path_factory.mktemp("crosswalk") / "map.html"
    path.write_text(crosswalk_file(data, tampered.districts, "vi"), encoding="utf-8")
    return path.as_uri()


def holds_only_text(page: Page) -> bool:
    page.wait_for_timeout(100)
    return page.locator("img, main script:not([src]):not([type]), .tag img").count() == 0 and page.title() != "caught"


@pytest.mark.parametrize("code", HOSTILE)
def test_pages_show_the_name_as_text(open_page: OpenPage, tampered: Services, code: str) -> None:
    ward, old = tampered.crosswalk.wards[code], tampered.crosswalk.old_units[code]
    page = open_page(f"/phuong-xa/{code}")
    assert page.locator("h1").text_content() == ward.full_name
    assert holds_only_text(page)
    page = open_page(f"/don-vi-cu/{code}")
    assert page.locator("h1 .old-name").text_content() == old.full_name
    assert holds_only_text(page)
    page = open_page("/phuong-xa")
    expect(page.locator("tbody th a", has_text=ward.full_name.strip()).first).to_be_visible()
    assert holds_only_text(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("code", HOSTILE)
def test_map_shows_the_name_as_text(open_page: OpenPage, tampered: Services, code: str) -> None:
    page = open_page("/ban-do/sap-xep")
    page.select_option("#pick-old", code, force=True)  # it stands behind the field that finds communes by name
    expect(page.locator(".folium-map path.old")).to_have_count(1)
    assert (
        page.locator(".answer h2").text_content()
        == page.locator(".answer").get_attribute("data-title").partition(" – ")[0]
    )
    page.select_option("#pick-ward", code)
    expect(page.locator(".answer h2")).to_have_text(tampered.crosswalk.wards[code].full_name)
    page.wait_for_selector(".folium-map path.piece", state="attached")
    assert holds_only_text(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_file_draws_every_kind_of_choice_without_a_network(open_page: OpenPage, tampered: Services, file: str) -> None:
    page = open_page(file, offline=True)
    assert page.locator("path.ward").count() == 126
    page.fill("#find-old", "ngoc thuy")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".folium-map path.piece")).to_have_count(2)
    expect(page.locator(".answer")).to_contain_text("khoản 14")
    page.select_option("#pick-district", "004")
    expect(page.locator(".folium-map path.piece")).to_have_count(31)
    for code in HOSTILE:
        page.select_option("#pick-ward", code)
        expect(page.locator(".answer h2")).to_have_text(tampered.crosswalk.wards[code].full_name)
        assert holds_only_text(page)
    page.locator("#pick-ward").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_be_focused()
    links = page.locator("a[href]").evaluate_all("(found) => found.map((link) => link.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
