"""A name is data: whatever it holds, it is shown and never run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.app import create_app
from geo.locate import WardIndex
from maps.ward_finder import standalone_page
from tests.browser.running import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from api.services import Services
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

HOSTILE = {
    "00070": "<img src=x onerror=\"document.title='caught'\">",
    "00082": "\"'`><script>document.title='caught'</script></script><!--",
    "00025": "Dài " * 50,
    "00004": "{{ 7*7 }} ${7*7} &lt;b&gt; \\u003cb\\u003e </article>",
}


@pytest.fixture(scope="module")
def tampered() -> Services:
    services: Services = create_app().state.services
    indexes = dict(services.indexes)
    dataset = services.index().dataset
    assert set(HOSTILE) <= {unit.code for unit in dataset.units}
    units = [replace(unit, name=HOSTILE.get(unit.code, unit.name)) for unit in dataset.units]
    indexes[dataset.generation.id] = WardIndex(replace(dataset, units=units))
    return replace(services, indexes=indexes)


@pytest.fixture(scope="module")
def origin(tampered: Services) -> Iterator[str]:
    app = create_app()
    app.state.services = tampered
    with serving(app) as address:
        yield address


def holds_only_text(page: Page) -> bool:
    page.wait_for_timeout(100)
    return page.locator("img, body script:not([src]):not([type]), .name b").count() == 0 and page.title() != "caught"


@pytest.mark.parametrize("code", HOSTILE)
def test_page_shows_the_name_as_text(open_page: OpenPage, tampered: Services, code: str) -> None:
    page = open_page(f"/phuong-xa/{code}")
    unit = tampered.index().unit(code)
    assert page.locator(".ward-name").text_content() == unit.full_name
    assert page.title().startswith(unit.full_name.strip()[:60])
    assert holds_only_text(page)


@pytest.mark.parametrize("code", HOSTILE)
def test_answer_shows_the_name_as_text(open_page: OpenPage, tampered: Services, code: str) -> None:
    page = open_page()
    unit = tampered.index().unit(code)
    inside = tampered.index().dataset.geometries[tampered.index().wards.index(unit)].representative_point()
    page.fill("#q", f"{inside.y:.6f}, {inside.x:.6f}")
    page.keyboard.press("Enter")
    expect(page.locator(".answer h2")).to_be_focused()
    assert page.locator(".ward-name").text_content() == unit.full_name
    assert page.locator(".name.chosen").all_text_contents() == [unit.name]
    page.locator("path.ward.chosen").hover()
    expect(page.locator(".leaflet-tooltip")).to_have_text(unit.full_name)
    assert holds_only_text(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("code", HOSTILE)
def test_answer_of_the_device_and_suggestions_show_the_name_as_text(
    open_page: OpenPage, tampered: Services, code: str
) -> None:
    unit = tampered.index().unit(code)
    inside = tampered.index().dataset.geometries[tampered.index().wards.index(unit)].representative_point()
    position = {"longitude": inside.x, "latitude": inside.y, "accuracy": 900}
    page = open_page(geolocation=position, permissions=["geolocation"])
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.locator(".ward-name")).to_have_text([unit.full_name])
    page.fill("#q", unit.full_name[:30])
    expect(page.get_by_role("option").first).to_contain_text(unit.full_name.strip()[:60])
    assert holds_only_text(page)


def test_question_comes_back_as_text(open_page: OpenPage) -> None:
    page = open_page()
    for text in HOSTILE.values():
        page.fill("#q", text)
        page.keyboard.press("Enter")
        expect(page.locator("#problem")).to_be_focused()
        assert holds_only_text(page)
    page.fill("#q", HOSTILE["00070"])
    page.evaluate("document.getElementById('ask').submit()")
    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#q")).to_have_value(HOSTILE["00070"])
    assert holds_only_text(page)


def test_file_shows_the_name_as_text(open_page: OpenPage, tampered: Services, tmp_path: Path) -> None:
    path = tmp_path / "wards.html"
    html = standalone_page(index=tampered.index(), crosswalk=tampered.crosswalk, store=tampered.store, lang="vi")
    path.write_text(html, encoding="utf-8")
    page = open_page(path.as_uri(), offline=True)
    for code in HOSTILE:
        page.select_option("#pick", code)
        expect(page.locator(".ward-name")).to_have_text(tampered.index().unit(code).full_name)
    assert page.title() == "Bản đồ 126 phường, xã"
    assert page.locator("img").count() == 0
