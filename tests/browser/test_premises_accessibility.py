"""The premises map for everyone: axe-core, 320 px, large text, large targets, focus, motion; names are only text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.app import create_app
from geo.premises import PremisesSurvey
from maps.premises_map import premises_file
from tests.browser.running import serving
from tests.browser.test_accessibility import SMALLEST_TARGET_PX
from tests.browser.test_premises_map import PAGE, loaded  # noqa: F401  (a fixture for every test here)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from api.services import Services
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# The rest look like the first.
_REPETITION = {"exclude": [["path.ward:not(.chosen)"], ["tbody tr:nth-child(n + 4)"]]}
SITUATIONS = {
    "first": (PAGE, ""),
    "painted": (PAGE, "paint"),
    "a card": (PAGE, "card"),
    "nothing found": (PAGE, "nothing"),
    "English": (f"{PAGE}?lang=en", "paint"),
}

HOSTILE = {
    "00070-1": "<img src=x onerror=\"document.title='caught'\">",
    "00082-1": "\"'`><script>document.title='caught'</script></script><!--",
    "00082-2": "Dài" * 67,
    "00004-1": "{{ 7*7 }} ${7*7} &lt;b&gt; \\u003cb\\u003e </table></article>",
}


def arrive(open_page: OpenPage, situation: str) -> Page:
    path, act = SITUATIONS[situation]
    page = open_page(path, reduced_motion="reduce")
    if act == "paint":
        page.select_option("#figure", "own")
    elif act == "card":
        page.locator(".show").nth(2).click()
        expect(page.locator(".leaflet-popup h3")).to_be_focused()
    elif act == "nothing":
        page.fill("#find", "xyzzy")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    return page


def violations(page: Page) -> list[str]:
    options = {"runOnly": _RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, context=_REPETITION, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_axe_finds_nothing(open_page: OpenPage, situation: str) -> None:
    page = arrive(open_page, situation)
    for width, height in ((375, 812), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        assert violations(page) == [], f"{width} px, light"
        page.emulate_media(color_scheme="dark")
        assert violations(page) == [], f"{width} px, dark"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_sideways_scrolling_at_320_px(open_page: OpenPage, situation: str) -> None:
    page = arrive(open_page, situation)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_text_may_be_twice_as_large(open_page: OpenPage) -> None:
    page = arrive(open_page, "painted")
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize("width", [375, 1280])
def test_targets_are_large_enough(open_page: OpenPage, width: int) -> None:
    page = arrive(open_page, "first")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("void map_premises.setView([21.03, 105.84], 14)")
    targets = page.locator(
        "button:visible, input:visible, select:visible, summary:visible, nav a, .downloads a, th a, "
        ".leaflet-control a, .premises-mark"
    )
    assert targets.count() > 400
    small = targets.evaluate_all(
        "(found, least) => found.filter((one) => { const box = one.getBoundingClientRect();"
        "return box.width < least || box.height < least; }).map((one) => one.outerHTML)",
        SMALLEST_TARGET_PX,
    )
    assert small == []


def test_focus_is_seen_and_the_map_can_be_skipped(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    stops = []
    for _ in range(20):
        page.keyboard.press("Tab")
        outline, name = page.evaluate(
            "() => { const at = document.activeElement;"
            "return [getComputedStyle(at).outlineStyle, at.id || at.textContent]; }"
        )
        assert outline == "solid", name
        stops.append(name)
    assert stops == [
        "Đến nội dung chính", "Tìm phường, xã", "126 phường, xã", "526 đơn vị cũ", "Bản đồ sắp xếp", "Bản đồ trụ sở",
        "Vận hành thử nghiệm", "Dữ liệu", "other-language", "find", "ward", "district", "known", "quality", "Bỏ lọc",
        "CSV", "XLSX", "GeoJSON", "figure", "zoom-to",
    ]  # fmt: skip
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Bỏ qua bản đồ, đến bảng trụ sở")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "placed-heading"


def test_filters_fold_away_on_a_phone_and_come_back(open_page: OpenPage) -> None:
    page = open_page(PAGE, viewport={"width": 375, "height": 812})
    expect(page.locator("#find")).to_be_hidden()
    page.get_by_text("Lọc trụ sở").click()
    expect(page.locator("#find")).to_be_visible()
    page.get_by_text("Lọc trụ sở").click()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_text("Lọc trụ sở").click()
    expect(page.locator("#find")).to_be_visible()


def test_asked_for_no_motion_the_map_jumps(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("() => { map_premises.on('zoomanim', () => { document.body.dataset.animated = 'yes'; }); }")
    page.select_option("#ward", "00070")
    page.get_by_role("button", name="Xem cả Hà Nội").click()
    page.locator(".show:visible").first.click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.body.dataset.animated") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_colours_win_over_leaflets(open_page: OpenPage, scheme: str) -> None:
    page = open_page(PAGE, color_scheme=scheme)
    page.locator(".show").first.click()
    ground = page.locator(".leaflet-popup-content-wrapper").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert ground == page.evaluate("getComputedStyle(document.body).backgroundColor")


# ---- hostile texts


@pytest.fixture(scope="module")
def tampered() -> Services:
    services: Services = create_app().state.services
    dataset = services.index().dataset
    assert set(HOSTILE) <= {one.id for one in dataset.premises}
    premises = [
        replace(one, address=text, role=text, source=text, note=text) if (text := HOSTILE.get(one.id)) else one
        for one in dataset.premises
    ]
    units = [replace(unit, name=HOSTILE.get(f"{unit.code}-1", unit.name)) for unit in dataset.units]
    dataset = replace(dataset, premises=premises, units=units)
    return replace(services, premises=PremisesSurvey(dataset, services.store.named_streets().by_ward))


@pytest.fixture(scope="module")
def hostile_origin(tampered: Services) -> Iterator[str]:
    app = create_app()
    app.state.services = tampered
    with serving(app) as address:
        yield address


def holds_only_text(page: Page) -> bool:
    page.wait_for_timeout(100)
    scripts = page.locator("body script:not([src]):not([type])").count()
    return page.locator("img, .name b, td b").count() == 0 and scripts == 0 and page.title() != "caught"


class TestHostileTexts:
    @pytest.fixture
    def origin(self, hostile_origin: str) -> str:
        return hostile_origin

    @pytest.mark.parametrize("identifier", HOSTILE)
    def test_tables_and_cards_show_text(self, open_page: OpenPage, identifier: str) -> None:
        page = open_page(PAGE, reduced_motion="reduce")
        text = HOSTILE[identifier]
        row = page.locator(f"[id='p-{identifier}']")
        assert row.locator(".address").text_content() == text
        assert row.locator(".source").text_content() == text
        row.locator(".show").click()
        card = page.locator(".leaflet-popup .card")
        expect(card.locator(".address")).to_have_text(text)
        expect(card.locator("h3")).to_contain_text("trụ sở")
        assert holds_only_text(page)
        page.select_option("#ward", identifier[:5])
        page.select_option("#figure", "population")
        box = page.locator("path.ward.chosen").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.75)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert holds_only_text(page)

    def test_search_is_text(self, open_page: OpenPage) -> None:
        page = open_page(PAGE)
        page.fill("#find", HOSTILE["00070-1"])
        expect(page.locator("tr[data-premises]:visible")).to_have_count(1)
        assert holds_only_text(page)


def test_the_file_shows_text(open_page: OpenPage, tampered: Services, tmp_path: Path) -> None:
    path = tmp_path / "premises.html"
    shapes = tampered.display[tampered.premises.dataset.generation.id, 25]
    html = premises_file(survey=tampered.premises, crosswalk=tampered.crosswalk, shapes=shapes, lang="vi")
    path.write_text(html, encoding="utf-8")
    page = open_page(path.as_uri(), offline=True)
    for identifier, text in HOSTILE.items():
        assert page.locator(f"[id='p-{identifier}'] .address").text_content() == text
    assert page.locator("img").count() == 0
    assert page.title() == "Bản đồ trụ sở 126 phường, xã của Hà Nội"
