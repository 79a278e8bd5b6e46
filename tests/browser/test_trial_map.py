"""The page of the trial with reports, in a real browser. All figures are made up."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from api.app import create_app
from api.settings import Settings
from api.trial_reports import trial_view
from geo.trial import read_folder
from maps.paths import TRIAL as PAGE
from maps.trial_map import trial_file
from tests.browser.running import serving
from tests.browser.test_page_weight import LIMIT_BYTES, transferred
from tests.made_up_trial import AT, MADE_UP, made_up_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from geo.stores import EmbeddedStore
    from maps.trial_view import TrialView
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

_COLOUR_RULES = ("wcag2aa",)
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_REPETITION = {
    "exclude": [["path.ward:not(.chosen)"], ["tbody tr:nth-child(n + 4)"], [".smalls li:nth-child(n + 3)"]],
}  # the rest look like the first
_SMALLEST_TARGET_PX = 24

HOSTILE = {
    "00070": "<img src=x onerror=\"document.title='caught'\">",
    "00082": "\"'`><script>document.title='caught'</script></script><!--",
    "00025": "Dài " * 50,
    "00004": "{{ 7*7 }} ${7*7} &lt;b&gt; \\u003cb\\u003e </article>",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, store: EmbeddedStore) -> Path:
    codes = [unit.code for unit in store.dataset(store.generations()[1]).units]
    return made_up_folder(tmp_path_factory.mktemp("trial"), store.trial(), codes)


@pytest.fixture(scope="module")
def origin(folder: Path) -> Iterator[str]:
    import mapclassify  # noqa: F401, PLC0415  (slow to load: not within the time that a page may take)

    with serving(create_app(Settings(trial_reports=folder))) as address:
        yield address


@pytest.fixture(scope="module")
def view(folder: Path, store: EmbeddedStore) -> TrialView:
    return trial_view(store.trial(), store.dataset(store.generations()[1]), read_folder(folder))


def ready(page: Page) -> Page:
    expect(page.locator("#slide")).to_be_visible()
    return page


def open_trial(open_page: OpenPage, query: str = "", **context: object) -> Page:
    return ready(open_page(PAGE + query, **context))


def shown_tables(page: Page) -> list[list[str]]:
    """Return the text of every cell of every table of figures, and of the city's figures."""
    return page.evaluate(
        "() => ['#city dd', '#by-day td', '#by-content td', '#wards td', '.small .value', '.small .count',"
        " '#reporting', '#missing', '#issues li', '.bounds', '#map-heading', '.smalls a use', '#still use']"
        ".map((one) => [...document.querySelectorAll(one)].map((found) => found.tagName === 'use'"
        " ? found.getAttribute('class') : found.textContent.replace(/\\s+/g, ' ').trim()))"
    )


def test_the_slider_works_by_keyboard(open_page: OpenPage) -> None:
    page = open_trial(open_page, "?so-lieu=tiep-nhan")
    slider = page.get_by_role("slider", name="Ngày")
    expect(slider).to_have_attribute("aria-valuetext", "cả đợt 20–26/6")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "20/6")
    expect(page.locator("#map-heading")).to_have_text("Hồ sơ tiếp nhận: 20/6, cả 10 nhóm nội dung")
    expect(page.locator("#city dd").nth(4)).to_have_text("13.244")
    expect(page.locator("#status")).to_have_text("Hồ sơ tiếp nhận, 20/6: Toàn thành phố 13.244")
    page.keyboard.press("End")
    expect(page.locator("#slide-text")).to_have_text("26/6")
    page.keyboard.press("Home")
    expect(page.locator("#slide-text")).to_have_text("cả đợt 20–26/6")
    expect(slider).to_be_focused()


def test_buttons_stand_beside_the_slider(open_page: OpenPage) -> None:
    page = open_trial(open_page)
    before, after = page.get_by_role("button", name="Ngày trước"), page.get_by_role("button", name="Ngày sau")
    expect(before).to_have_attribute("aria-disabled", "true")
    for _ in range(7):
        after.click()
    expect(page.locator("#slide-text")).to_have_text("26/6")
    expect(after).to_be_focused()
    expect(after).to_have_attribute("aria-disabled", "true")
    after.press("Enter")
    expect(page.locator("#slide-text")).to_have_text("26/6")
    before.click()
    expect(page.locator("#slide-text")).to_have_text("25/6")


@pytest.mark.parametrize(
    "query",
    ["", "?so-lieu=tiep-nhan&ngay=2025-06-22&noi-dung=4", "?so-lieu=thoi-gian&noi-dung=8", "?so-lieu=bao-cao&lang=en",
     "?so-lieu=hai-long&ngay=2025-06-26&lang=en"],
)  # fmt: skip
def test_the_script_shows_what_the_server_shows(open_page: OpenPage, query: str) -> None:
    """Both work from the same figures: a choice made on the page reads as the same choice made in the address."""
    plain = shown_tables(open_page(PAGE + query, java_script_enabled=False))
    page = open_trial(open_page, "?lang=en" if "lang=en" in query else "")
    asked = parse_qs(urlsplit(query).query)
    if "so-lieu" in asked:
        page.select_option("#figure", asked["so-lieu"][0])
    if "noi-dung" in asked:
        page.select_option("#content", asked["noi-dung"][0])
    for _ in range(int(asked.get("ngay", ["2025-06-19"])[0][-2:]) - 19):
        page.locator("#after").click()
    assert shown_tables(page) == plain
    expect(page).to_have_url(re.compile(r"so-lieu="))
    assert shown_tables(ready(open_page(page.url))) == plain, "the address leads to the same choice"


def test_a_small_map_leads_to_its_day_or_content(open_page: OpenPage) -> None:
    page = open_trial(open_page)
    page.locator(".smalls").nth(0).locator("a").nth(2).click()
    expect(page.locator("#slide-text")).to_have_text("22/6")
    expect(page.locator("#map-heading")).to_be_focused()
    page.locator(".smalls").nth(1).locator("a").nth(5).press("Enter")
    expect(page.locator("#map-heading")).to_contain_text("22/6, 6. Trả kết quả của quận, huyện cũ")
    expect(page.locator("#missing")).to_contain_text("126 phường, xã chưa có báo cáo")
    assert page.locator(".small[aria-current]").count() == 2


def test_a_ward_is_chosen_by_keyboard_and_on_the_map(open_page: OpenPage, view: TrialView) -> None:
    page = open_trial(open_page)
    page.locator("#pick").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#ward h3")).to_have_text(view.wards[0].full_name)
    cells = page.locator("#wards tbody tr").first.locator("td").all_text_contents()
    told = page.locator("#ward dd").all_text_contents()
    assert [text.split(" ")[0] for text in told] == cells
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#ward h3")).not_to_have_text(view.wards[0].full_name)
    assert page.locator("path.ward.chosen").count() == 1
    page.select_option("#pick", "")
    expect(page.locator("#ward")).to_be_empty()
    assert page.locator("path.ward.chosen").count() == 0


def test_wards_without_a_figure_are_hatched_and_said(open_page: OpenPage, view: TrialView) -> None:
    page = open_trial(open_page)
    silent = view.figures.missing()
    assert page.locator("path.ward.unknown").count() == len(silent) == 12
    fill = page.locator("path.ward.unknown").first.evaluate("(path) => getComputedStyle(path).fill")
    assert "no-figure" in fill
    expect(page.locator("#legend")).to_contain_text("chưa có số liệu (12 phường, xã)")
    expect(page.locator("#missing")).to_contain_text(view.names[silent[0]])


def test_figures_stand_on_the_map_as_text(open_page: OpenPage) -> None:
    page = open_trial(open_page, "?so-lieu=tiep-nhan")
    labels = page.locator(".folium-map .name").all_text_contents()
    assert labels
    assert all(re.search(r"\d$", label) for label in labels if "Ba Vì" not in label)


def test_names_and_issues_are_text_and_never_run(
    open_page: OpenPage, view: TrialView, store: EmbeddedStore, tmp_path: Path
) -> None:
    dataset = store.dataset(store.generations()[1])
    units = [replace(unit, name=HOSTILE.get(unit.code, unit.name)) for unit in dataset.units]
    reports = [replace(one, issues=HOSTILE.get(one.ward_code, "")) for one in view.figures.reports]
    tampered = trial_view(
        store.trial(), replace(dataset, units=units), replace(view.loaded, reports=tuple(reports), imported_at=AT)
    )
    path = tmp_path / "trial.html"
    shapes = store.display_geometries(store.generations()[1], 25)
    path.write_text(trial_file(view=tampered, shapes=shapes, lang="vi"), encoding="utf-8")
    page = ready(open_page(path.as_uri(), offline=True))
    for code, name in HOSTILE.items():
        page.select_option("#pick", code)
        expect(page.locator("#ward h3")).to_have_text(f"Phường {name}".strip())
        page.locator("path.ward.chosen").hover()
        expect(page.locator(".leaflet-tooltip")).to_contain_text(name.split("\n")[0].strip()[:40])
    page.locator("#after").click()
    assert page.locator("#issues li").first.text_content()
    assert page.locator("img, .name img, #issues script").count() == 0
    assert page.title() == "Vận hành thử nghiệm chính quyền hai cấp, 20–26/6/2025"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_file_works_without_a_network(
    open_page: OpenPage, view: TrialView, store: EmbeddedStore, tmp_path: Path
) -> None:
    path = tmp_path / "trial.html"
    shapes = store.display_geometries(store.generations()[1], 25)
    path.write_text(trial_file(view=view, shapes=shapes, lang="vi"), encoding="utf-8")
    page = ready(open_page(path.as_uri(), offline=True))
    assert page.locator("path.ward").count() == 126
    page.locator("#slide").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#map-heading")).to_contain_text("20/6")
    page.locator(".small").nth(9).click()
    expect(page.locator("#map-heading")).to_be_focused()
    plain = open_page(path.as_uri(), java_script_enabled=False)
    expect(plain.locator("#by-day tbody tr")).to_have_count(8)


def test_without_javascript_everything_is_there(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.locator("#still svg")).to_be_visible()
    expect(page.locator(".folium-map")).to_be_hidden()
    expect(page.locator("#slide")).to_be_hidden()
    page.select_option("#day", "2025-06-23")
    page.select_option("#figure", "tinh-huong")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("#map-heading")).to_have_text("Tình huống đã chạy: 23/6, cả 10 nhóm nội dung")
    expect(page.locator("#city dd").nth(7)).to_have_text("3.430")
    expect(page.locator(".list, #wards tbody tr")).to_have_count(126)


def test_the_language_keeps_the_choice(open_page: OpenPage) -> None:
    page = open_trial(open_page, "?so-lieu=tiep-nhan")
    page.locator("#after").click()
    page.get_by_role("link", name="English").click()
    ready(page)
    expect(page.locator("#map-heading")).to_have_text("Files received: 20 June, all 10 content groups")
    assert page.locator("html").get_attribute("lang") == "en"


def test_in_print_the_figures_stand_and_the_controls_do_not(open_page: OpenPage) -> None:
    page = open_trial(open_page, "?so-lieu=tiep-nhan")
    page.locator("#after").click()
    page.emulate_media(media="print")
    for hidden in ("#choose", ".downloads", ".folium-map", "#ward-choice"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#still svg")).to_be_visible()
    classes = page.locator("#still use").evaluate_all("(found) => found.map((use) => use.getAttribute('class'))")
    drawn = page.locator("path.ward").evaluate_all(
        "(found) => found.map((path) => path.getAttribute('class').split(' ')[2])"
    )
    assert sorted(classes) == sorted(drawn)
    expect(page.locator("#wards tbody tr").last).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.tall')).maxHeight") == "none"


def test_the_annex_prints_and_fetches_nothing(open_page: OpenPage) -> None:
    page = open_page(PAGE + "/phu-luc")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Phụ lục")
    assert page.get_by_text(MADE_UP).count() > 100
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def violations(page: Page, rules: tuple[str, ...] = _RULES) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, context=_REPETITION, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("query", ["", "?so-lieu=hai-long&ngay=2025-06-22&noi-dung=6", "?lang=en&ngay=x"])
def test_axe_finds_nothing(open_page: OpenPage, query: str) -> None:
    page = open_trial(open_page, query, reduced_motion="reduce")
    page.select_option("#pick", "00070")
    for width, height in ((375, 812), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light")
        assert violations(page) == [], f"{width} px, light"
        page.emulate_media(color_scheme="dark")
        assert violations(page, _COLOUR_RULES) == [], f"{width} px, dark"


def test_no_sideways_scrolling_and_targets_large_enough(open_page: OpenPage) -> None:
    page = open_trial(open_page)
    for width in (320, 375, 640, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    targets = page.locator("button:visible, select:visible, #slide, nav a, .leaflet-control a, th a, .small, .source a")
    assert targets.count() > 150
    small = targets.evaluate_all(
        "(found, least) => found.filter((one) => { const box = one.getBoundingClientRect();"
        "return box.width < least || box.height < least; }).map((one) => one.outerHTML)",
        _SMALLEST_TARGET_PX,
    )
    assert small == []


def test_text_may_be_twice_as_large(open_page: OpenPage) -> None:
    page = open_trial(open_page)
    page.set_viewport_size({"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_our_colours_follow_the_scheme(open_page: OpenPage) -> None:
    page = open_trial(open_page)
    fills = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        fills[scheme] = [
            page.locator(f"path.ward.c{level}").first.evaluate("(path) => getComputedStyle(path).fill")
            for level in range(5)
        ]
    assert fills["light"] == fills["dark"][::-1], "more is always further from the ground"
    assert len(set(fills["light"])) == 5


def test_first_answer_is_light(browser: Browser, origin: str) -> None:
    sizes = transferred(browser, origin + PAGE)
    figures = sizes.pop(f"{PAGE}/so-lieu.json")
    first = {name: size for name, size in sizes.items() if name.startswith("/assets/") or name == PAGE}
    assert len(first) == 9, "the page, four styles, four scripts"
    assert 40_000 < sum(first.values()) <= LIMIT_BYTES, first
    assert figures < 200_000
