"""The map of the trial: folium's script, the page without a network, nothing from anyone else."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from api.trial_reports import trial_view
from geo.trial import DESCRIBED, Figure, LoadedReports
from maps.folium_map import start_script
from maps.trial_data import trial_data
from maps.trial_drawing import draw
from maps.trial_map import trial_annex, trial_file, trial_page
from maps.trial_tables import branches, groups
from maps.trial_view import Selection
from tests.made_up_trial import AT, MADE_UP, made_up_reports
from tests.unit.test_folium_map import foreign_addresses, normalised

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.stores import EmbeddedStore
    from maps.trial_view import TrialView

SCRIPT = (
    'var map_trial = L.map( "map_trial", { center: [21.0, 105.66], crs: L.CRS.EPSG3857, ...{ '
    '"zoom": 10, "zoomControl": true, "preferCanvas": false, "zoomSnap": 0.25, "minZoom": 5, "maxZoom": 18, } } ); '
    'trialMap(map_trial, { "optionsFrom": "map-options", });'
)
NO_TILES = {"url": "", "attribution": ""}


@pytest.fixture(scope="module")
def shapes(store: EmbeddedStore) -> NDArray[np.object_]:
    return store.display_geometries(store.generations()[1], 25)


@pytest.fixture(scope="module")
def empty(store: EmbeddedStore) -> TrialView:
    return trial_view(store.trial(), store.dataset(store.generations()[1]), LoadedReports())


@pytest.fixture(scope="module")
def full(store: EmbeddedStore) -> TrialView:
    dataset = store.dataset(store.generations()[1])
    reports = made_up_reports(store.trial(), [unit.code for unit in dataset.units])
    return trial_view(store.trial(), dataset, LoadedReports(tuple(reports), 1, "0" * 64, AT))


def page(view: TrialView, shapes: Any, **asked: str) -> str:
    selection = view.selection(asked, "vi")
    return trial_page(view=view, shapes=shapes, selection=selection, lang="vi", tiles=NO_TILES)


def text_of(html: str) -> str:
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return normalised(re.sub(r"<[^>]+>", " ", html))


def test_script_is_the_one_we_know() -> None:
    assert normalised(start_script("trial", "trialMap")) == SCRIPT


def test_page_loads_nothing_from_anyone_else(empty: TrialView, full: TrialView, shapes: Any) -> None:
    for view in (empty, full):
        html = page(view, shapes)
        loaded = re.findall(r'<(?:script|link rel="stylesheet"|img|iframe)\b[^>]*(?:src|href)="([^"]+)"', html)
        assert all(address.startswith(("/assets/", "data:")) for address in loaded)
        assert "default-src 'self'" in html.replace("&#39;", "'")
        assert "style=" not in html, "the policy forbids styles in attributes"


def test_without_reports_participation_is_shown_and_no_figure(empty: TrialView, shapes: Any) -> None:
    html = page(empty, shapes)
    said = text_of(html)
    assert "126/126 phường, xã tham gia" in said
    assert "Chưa nạp số liệu" in said
    assert "cách hiểu của chúng tôi" in said
    assert 'id="slide"' not in html
    assert not [about.name.vi for about in DESCRIBED.values() if about.name.vi in said]
    options = json.loads(re.search(r'id="map-options">(.*?)</script>', html)[1])  # type: ignore[index]
    assert options["figures"] is None


def test_the_page_shows_what_is_chosen(full: TrialView, shapes: Any) -> None:
    html = page(full, shapes, **{"so-lieu": "tiep-nhan", "ngay": "2025-06-22", "noi-dung": "6"})
    said = text_of(html)
    assert "Hồ sơ tiếp nhận : 22/6 , 6. Trả kết quả của quận, huyện cũ" in said
    assert "126 phường, xã chưa có báo cáo" in said, "that day lacks that content"
    assert html.count("<use ") == 126 * 18
    assert html.count('aria-current="true"') == 2, "once among the days, once among the contents"
    city = full.figures.value(Figure.RECEIVED, day=date(2025, 6, 22))
    said = text_of(page(full, shapes, ngay="2025-06-22"))
    assert said.count(f"{city:,.0f}".replace(",", ".")) >= 2, "in the city's figures and in the table of days"


def test_a_choice_that_does_not_exist_is_said(full: TrialView, shapes: Any) -> None:
    html = page(full, shapes, **{"so-lieu": "<img>", "ngay": "2025-07-01", "noi-dung": "0"})
    assert text_of(html).count("Không có lựa chọn") == 3
    assert "<img" not in html


def test_the_file_fetches_nothing_and_is_the_same_every_time(empty: TrialView, full: TrialView, shapes: Any) -> None:
    for view in (empty, full):
        html = trial_file(view=view, shapes=shapes, lang="vi")
        links = re.findall(r'<a\b[^>]*href="https?://', html)
        assert links, "sources are linked, and only followed by who presses them"
        assert foreign_addresses(re.sub(r"<a\b[^>]*>", "", html)) == []
        assert "default-src 'none'" in html.replace("&#39;", "'")
        assert html == trial_file(view=view, shapes=shapes, lang="vi")


def test_the_annex_has_no_script_and_holds_everything(empty: TrialView, full: TrialView) -> None:
    html = trial_annex(view=full, lang="vi", standalone=True)
    assert "<script" not in html
    assert "<style>" in html
    assert "<style>" not in trial_annex(view=full, lang="vi", standalone=False)
    said = text_of(html)
    assert said.count(MADE_UP) == sum(bool(report.issues) for report in full.figures.reports)
    assert all(ward.full_name in said for ward in full.wards)
    assert "Chưa nạp số liệu" in text_of(trial_annex(view=empty, lang="vi", standalone=True))
    assert "No figures are loaded" in text_of(trial_annex(view=empty, lang="en", standalone=False))


def test_every_word_is_there_in_both_languages(full: TrialView, shapes: Any) -> None:
    html = trial_page(view=full, shapes=shapes, selection=Selection(Figure.RECEIVED), lang="en", tiles=NO_TILES)
    said = text_of(re.sub(r'<(\w+)[^>]*\blang="vi"[^>]*>.*?</\1>', " ", html, flags=re.DOTALL))
    assert '<html lang="en">' in html
    assert "126/126 wards took part" in said
    assert not re.findall(r"báo cáo|Ngày|Nội dung|chưa", said)


def test_the_figures_for_the_script_are_those_of_the_tables(full: TrialView) -> None:
    data = trial_data(full, "vi")
    for figure in Figure:
        held = data["figures"][figure.value]
        assert held["wards"][2][4] == full.figures.ward_values(figure, day=full.figures.facts.days[1], content=4)
        assert held["city"][0][0] == full.figures.value(figure)
    assert data["figures"]["tiep-nhan"]["wards"][0][8] is None, "a meeting has no files"
    assert data["reporting"][3][6] == 0
    assert all(text.startswith(MADE_UP) for *_, text in data["issues"])
    levels = data["figures"]["tiep-nhan"]["levels"]
    assert set(levels) == {"00", "01", "10", "11"}
    json.dumps(data, allow_nan=False)


def test_what_is_not_known_is_one_line(empty: TrialView) -> None:
    assert [line.number for line in branches(empty, "vi")] == ["1", "2", "6", "7", "3–5, 8–12"]
    assert [line.number for line in groups(empty)] == ["1", "5", "2–4, 6–11"]


def test_the_drawing_is_small_whole_and_closed(shapes: Any) -> None:
    drawing = draw(shapes)
    assert len(drawing.paths) == 126
    assert all(path.startswith("M") and path.endswith("z") for path in drawing.paths)
    assert sum(map(len, drawing.paths)) < 20_000
    first = drawing.paths[0]
    start, steps = re.fullmatch(r"M(\d+ \d+)l([-\d ]+)z", first).groups()  # type: ignore[union-attr]
    x, y = map(int, start.split())
    numbers = list(map(int, steps.split()))
    points = [(x, y)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    assert shapely.Polygon(points).area > 0
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)
