"""The premises map in a real browser: filters, marks, figures, tables, by keyboard and by press."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geo.model import PremisesStatus
from geo.premises import PremisesSurvey
from maps.frame import PLACES
from maps.premises_map import premises_file
from maps.ward_figures import natural_breaks
from tests.browser.test_page_weight import LIMIT_BYTES, transferred

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PAGE = "/ban-do/tru-so"


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Load the classifier, which the first visit waits for, before a browser's patience is on it."""
    natural_breaks([1.0])


@pytest.fixture(scope="module")
def survey(index: WardIndex, store: EmbeddedStore) -> PremisesSurvey:
    return PremisesSurvey(index.dataset, store.named_streets().by_ward)


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, survey: PremisesSurvey, crosswalk: Crosswalk, store: EmbeddedStore
) -> str:
    path: Path = tmp_path_factory.mktemp("standalone") / "premises.html"
    shapes = store.display_geometries(survey.dataset.generation, 25)
    path.write_text(premises_file(survey=survey, crosswalk=crosswalk, shapes=shapes, lang="vi"), encoding="utf-8")
    return path.as_uri()


def marks(page: Page) -> Locator:
    return page.locator(".premises-mark")


def marked(page: Page) -> int:
    """Return how many premises the marks stand for: one each, or as many as a group says."""
    texts = marks(page).all_text_contents()
    return sum(int(text[1:]) if text.startswith("×") else 1 for text in texts)


def rows(page: Page) -> Locator:
    return page.locator("tr[data-premises]:visible")


def shown(page: Page) -> list[int]:
    """Return the numbers of the line that says what is shown: shown, all, with a position, without."""
    return [int(number) for number in re.findall(r"\d+", page.locator("#shown").text_content() or "")]


def agree(page: Page) -> None:
    """Hold the line, the two tables, their headings and the marks to each other."""
    count, everything, placed, unplaced = shown(page)
    assert count == placed + unplaced == rows(page).count()
    assert everything == page.locator("tr[data-premises]").count()
    assert marked(page) == placed == page.locator("tr[data-lat]:visible").count()
    assert page.locator("#placed-heading .count").text_content() == str(placed)
    assert page.locator("#unplaced-heading .count").text_content() == str(unplaced)


def screen_places(page: Page) -> dict[str, tuple[float, float]]:
    """Return how far each single mark stands from where the map reckons its row's coordinates, px: right and down."""
    found: dict[str, tuple[float, float]] = page.evaluate(
        "() => { const map = map_premises.getContainer();"
        "const ground = map.getBoundingClientRect();"
        "const name = (row) => row.cells[0].textContent.replace(/\\s+/g, ' ').trim();"
        "const rows = [...document.querySelectorAll('tr[data-lat]')];"
        "const apart = (mark) => { const label = mark.getAttribute('aria-label');"
        "  const row = rows.find((one) => label.startsWith(name(one) + ':'));"
        "  const at = map_premises.latLngToContainerPoint([row.dataset.lat, row.dataset.lon]);"
        "  const box = mark.getBoundingClientRect();"
        "  return [row.dataset.premises, [box.x + box.width / 2 - ground.x - map.clientLeft - at.x,"
        "    box.y + box.height / 2 - ground.y - map.clientTop - at.y]]; };"
        "const single = [...document.querySelectorAll('.premises-mark')].filter((one) => !one.querySelector('.group'));"
        "return Object.fromEntries(single.map(apart)); }"
    )
    return found


def test_everything_known_is_there(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE)
    register = survey.register
    assert page.locator("path.ward").count() == 126
    assert shown(page) == [
        len(register.premises),
        len(register.premises),
        len(register.placed),
        len(register.premises) - len(register.placed),
    ]
    agree(page)
    assert page.locator(".unplaced tr[data-premises]").count() == len(register.premises) - len(register.placed)


@pytest.mark.parametrize("zoom", [10, 13, 15])
def test_marks_stand_where_their_coordinates_are(open_page: OpenPage, zoom: int) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("(zoom) => void map_premises.setView([21.03, 105.84], zoom)", zoom)
    apart = screen_places(page)
    assert len(apart) >= 5
    assert {name: offset for name, offset in apart.items() if max(map(abs, offset)) > 1} == {}


def test_close_up_premises_of_one_address_stand_side_by_side(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("void map_premises.setView([21.03, 105.84], 18)")
    apart = screen_places(page)
    assert set(apart) == {one.id for one in survey.register.placed}
    moved = {name: offset for name, offset in apart.items() if max(map(abs, offset)) > 1}
    seen: set[tuple[float, float]] = set()
    for one in survey.register.placed:
        assert one.position is not None
        place = one.position.lon, one.position.lat
        if place in seen:
            assert moved.pop(one.id) == pytest.approx([26, 0], abs=1)
        seen.add(place)
    assert moved == {}


def test_a_group_opens_by_keyboard_until_every_mark_is_single(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    group = page.locator(".premises-mark:has(.group)")
    assert marked(page) == len(survey.register.placed)
    for _ in range(12):
        before = page.evaluate("map_premises.getZoom()")
        inside = page.evaluate(
            "() => { const ground = map_premises.getContainer().getBoundingClientRect();"
            "return [...document.querySelectorAll('.premises-mark:has(.group)')].findIndex((one) => {"
            "const box = one.getBoundingClientRect(); return box.x > ground.x && box.right < ground.right &&"
            "box.y > ground.y && box.bottom < ground.bottom; }); }"
        )
        if inside < 0:
            break
        label = group.nth(inside).get_attribute("aria-label") or ""
        count = int(label.split(" ")[0])
        assert label.count("trụ sở ") - 1 == count, "it names every one of them"
        group.nth(inside).focus()
        page.keyboard.press("Enter")
        assert page.evaluate("map_premises.getZoom()") > before
        expect(page.locator(".folium-map")).to_be_focused()
        assert marked(page) == len(survey.register.placed)
    else:
        pytest.fail("groups do not come apart")


def test_uncertainty_is_drawn_to_scale(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    drawn = page.evaluate(
        "Object.values(map_premises._layers).filter((one) => one instanceof L.Circle).map((one) => one.getRadius())"
    )
    assert sorted(drawn) == sorted(one.position.uncertainty_m for one in survey.register.placed if one.position)
    expect(page.locator("path.reach").first).to_have_css("display", "none")  # from afar a dot on a dot
    page.evaluate("void map_premises.setView([21.03, 105.84], 15)")
    expect(page.locator("path.reach").first).to_have_css("display", "inline")


def test_every_mark_has_a_text_of_its_own(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("void map_premises.setView([21.03, 105.84], 17)")
    texts = marks(page).evaluate_all("(found) => found.map((one) => one.getAttribute('aria-label'))")
    assert len(texts) == len(set(texts)) == marks(page).count()
    assert "Phường Hoàn Kiếm, trụ sở 1: Số 126 Hàng Trống, phường Hoàn Kiếm" in texts
    buttons = page.locator(".show").all_text_contents()
    assert len(buttons) == len(set(buttons)) == marks(page).count()


def test_filters_by_keyboard_alone(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE)
    for _ in range(3 + len(PLACES)):  # skip link, pages, language, search
        page.keyboard.press("Tab")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("tru so ho cau")  # no accents; words in any order
    agree(page)
    page.keyboard.press("Control+A")
    page.keyboard.type("126 hang trong")
    expect(rows(page)).to_have_count(1)
    agree(page)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    expect(page.locator("#ward")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#ward option:checked")).to_have_text("Phường Cửa Nam")
    expect(rows(page)).to_have_count(4)
    agree(page)
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    district = page.locator("#district option:checked").text_content()
    assert rows(page).count() > 0
    for districts in rows(page).evaluate_all("(all) => all.map((row) => row.dataset.districts.split('|'))"):
        assert district in districts
    agree(page)
    for _ in range(3):  # two more choices, then the button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(len(survey.register.premises))
    expect(page.get_by_role("status")).to_contain_text("Đang hiện 139 trong 139")
    agree(page)


@pytest.mark.parametrize(
    "choice", ["known-1", "known-2", "said-central", "said-dispersed", "said-not-said", "said-contradictory"]
)
def test_one_or_two_premises(open_page: OpenPage, survey: PremisesSurvey, choice: str) -> None:
    page = open_page(PAGE)
    page.select_option("#known", choice)
    kind, _, value = choice.partition("-")
    lines = [
        line
        for line in survey.register.wards
        if (line.arrangement == value if kind == "said" else (len(line.in_use) > 1) is (value == "2"))
    ]
    assert rows(page).count() == sum(len(line.premises) for line in lines)
    agree(page)


@pytest.mark.parametrize("quality", ["building", "house-number", "bus-stop", "alley", "street", "none", "outside"])
def test_quality_of_the_position(open_page: OpenPage, survey: PremisesSurvey, quality: str) -> None:
    page = open_page(PAGE)
    page.select_option("#quality", quality)
    fits = {
        one.id
        for one in survey.register.premises
        if (one.position is None and quality == "none")
        or (one.position is not None and one.position.method == quality)
        or (one.position is not None and not one.position.inside_ward and quality == "outside")
    }
    assert set(rows(page).evaluate_all("(all) => all.map((row) => row.dataset.premises)")) == fits
    agree(page)


def test_a_row_shows_its_mark_and_the_focus_comes_back(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    button = page.locator("#p-00340-1 .show")
    button.focus()
    page.keyboard.press("Enter")
    card = page.locator(".leaflet-popup .card")
    expect(card.locator("h3")).to_have_text("Phường Yên Sở, trụ sở 1")
    expect(card.locator("h3")).to_be_focused()
    expect(card).to_contain_text("Số 8 ngõ 6 phố Bùi Huy Bích")
    expect(card).to_contain_text("bến xe buýt, ±200 m")
    expect(card).to_contain_text("Tin cậy B – một bảng")
    expect(card).to_contain_text("Nguồn: sapnhap.bando.com.vn")
    expect(card).to_contain_text("nằm ngoài phường, xã mình")
    expect(page.locator("#p-00340-1")).to_have_class("chosen")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(button).to_be_focused()


def test_a_mark_opens_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("void map_premises.setView([21.03, 105.85], 15)")
    mark = page.get_by_role("button", name=re.compile("^Phường Hoàn Kiếm, trụ sở 1:"))
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup h3")).to_have_text("Phường Hoàn Kiếm, trụ sở 1")
    expect(page.get_by_role("button", name="Đóng")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)


def test_premises_of_one_address_can_both_be_pressed(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("void map_premises.setView([21.017624, 105.824268], 17)")
    for name in ("Phường Ô Chợ Dừa, trụ sở 1", "Phường Đống Đa, trụ sở 1"):
        page.get_by_role("button", name=re.compile(f"^{name}:")).click()
        expect(page.locator(".leaflet-popup h3")).to_have_text(name)
        page.keyboard.press("Escape")


def test_plans_are_marked_as_plans(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.evaluate("void map_premises.setView([21.02, 105.85], 17)")
    planned = [one for one in survey.register.placed if one.status is PremisesStatus.PLANNED]
    assert page.locator(".premises-mark .planned").count() == len(planned) > 0
    for one in planned:
        expect(page.locator(f"#p-{one.id}")).to_contain_text("chỉ có trong phương án")


def test_count_in_view_follows_the_map(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    expect(page.locator("#in-view")).to_have_text(f"{len(survey.register.placed)} trụ sở trong khung bản đồ.")
    page.evaluate("void map_premises.setView([21.3, 105.4], 12)")
    expect(page.locator("#in-view")).to_have_text("0 trụ sở trong khung bản đồ.")
    page.get_by_role("button", name="Phóng tới dấu đang hiện").click()
    expect(page.locator("#in-view")).to_have_text(f"{len(survey.register.placed)} trụ sở trong khung bản đồ.")


FIGURES = ["population", "density", "area", "predecessors", "known", "per-premises", "own", "nearest"]


@pytest.mark.parametrize("figure", FIGURES)
def test_colours_legend_and_table_agree(open_page: OpenPage, figure: str) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.select_option("#figure", figure)
    legend = page.locator(f".legend[data-key={figure}]")
    expect(legend).to_be_visible()
    assert page.locator(".legend[data-key]:visible").count() == 1
    for entry in legend.locator("li").all():
        level = re.search(r"swatch (c\d|unknown)", entry.inner_html())
        assert level is not None
        count = int(re.findall(r"\((\d+) phường, xã\)", entry.text_content() or "")[0])
        assert page.locator(f"path.ward.{level[1]}").count() == count
        path, swatch = page.locator(f"path.ward.{level[1]}"), entry.locator(".swatch")
        if count:
            fill = path.first.evaluate("(one) => getComputedStyle(one).fill")
            assert fill == swatch.evaluate("(one) => getComputedStyle(one).backgroundColor")


def test_the_figure_is_read_as_text(open_page: OpenPage) -> None:
    page = open_page(PAGE, reduced_motion="reduce")
    page.select_option("#figure", "population")
    page.select_option("#ward", "00070")
    text = page.locator("#w-00070 td").first.text_content()
    box = page.locator("path.ward.chosen").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    expect(page.locator(".leaflet-tooltip")).to_have_text(f"Phường Hoàn KiếmDân số: {text}")
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    card = page.locator(".leaflet-popup .card")
    expect(card).to_contain_text(f"Dân số{text}")
    expect(card).to_contain_text("Trụ sở: biết / nguồn nêu1/1")


def test_the_table_of_wards_is_sorted_by_any_column(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    first = page.locator("#wards tbody tr:visible").first
    heading = page.get_by_role("columnheader", name=re.compile("^Đến trụ sở của mình"))
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    values = page.locator("#wards tbody tr").evaluate_all("(all) => all.map((row) => row.cells[7].dataset.v)")
    numbers = [float(value) for value in values if value is not None]
    assert numbers == sorted(numbers, reverse=True)
    assert values[len(numbers) :] == [None] * (126 - len(numbers)), "what is not known comes last"
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert float(first.locator("td").nth(6).get_attribute("data-v") or "") == min(numbers)


def test_without_a_script_the_tables_say_it_all(open_page: OpenPage, survey: PremisesSurvey) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    assert rows(page).count() == len(survey.register.premises)
    assert page.locator("#wards tbody tr:visible").count() == 126
    for part in ("#filters", "#paint", "#legends", ".show", "#map-help"):
        assert page.locator(f"{part}:visible").count() == 0, part
    expect(page.locator("body")).to_contain_text("Số 126 Hàng Trống")
    page.locator("#p-00070-1 summary").click()
    expect(page.locator("#p-00070-1 .source")).to_be_visible()


def test_print_has_all_rows_and_no_controls(open_page: OpenPage) -> None:
    page = open_page(PAGE, viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    for part in ("#filters", "#paint", ".downloads", ".show", ".leaflet-control-container", "nav"):
        assert page.locator(f"{part}:visible").count() == 0, part
    cut = page.locator(".scroll").evaluate_all(
        "(all) => all.map((one) => one.scrollHeight > one.clientHeight + 1"
        " && getComputedStyle(one).overflowY !== 'visible')"
    )
    assert cut == [False, False, False]
    expect(page.locator(".map")).to_be_visible()
    assert page.evaluate("document.querySelector('#wards').scrollWidth <= document.body.clientWidth")
    # Sources are long: those that are opened are printed.
    expect(page.locator("#p-00070-1 .source")).to_be_hidden()
    page.evaluate("document.querySelector('#p-00070-1 details').open = true")
    expect(page.locator("#p-00070-1 .source")).to_be_visible()
    assert len(page.pdf(format="A4", print_background=True)) > 50_000


def test_the_file_works_without_a_network(open_page: OpenPage, address: str) -> None:
    page = open_page(address, offline=True)
    assert page.locator("path.ward").count() == 126
    agree(page)
    page.select_option("#figure", "density")
    assert page.locator("path.ward.c0").count() > 0
    links = page.locator("a[href]").evaluate_all("(found) => found.map((link) => link.getAttribute('href'))")
    assert all(link.startswith(("#", "data:")) for link in links)
    with page.expect_download() as started:
        page.get_by_role("link", name="GeoJSON").click()
    assert started.value.suggested_filename == "tru-so.geojson"
    assert json.loads(started.value.path().read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_language_by_a_link(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("path.ward", state="attached")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("status")).to_contain_text("Showing 139 of 139")


def test_the_page_is_light(browser: Browser, origin: str) -> None:
    sizes = transferred(browser, origin + PAGE)
    shapes = sizes.pop("/v1/wards")
    assert set(sizes) == {PAGE} | {name for name in sizes if name.startswith("/assets/")}
    assert len(sizes) == 10, "the page, four styles, five scripts"
    assert sum(sizes.values()) <= LIMIT_BYTES, sizes
    assert 50_000 < shapes < 200_000
