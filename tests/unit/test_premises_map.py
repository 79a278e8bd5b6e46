"""The premises map as a document: the same every time, nothing from elsewhere, every figure in words."""

from __future__ import annotations

import base64
import io
import json
import re

import openpyxl
import pytest

from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.premises import PremisesSurvey
from geo.stores import EmbeddedStore
from maps.folium_map import folium_map
from maps.page_assets import assets
from maps.premises_downloads import CSV_NAME, XLSX_NAME, premises_csv, premises_geojson, premises_xlsx
from maps.premises_map import premises_file, premises_page
from maps.premises_rows import premises_tables
from maps.ward_figures import figure_columns, natural_breaks, readable
from tests.unit.test_folium_map import foreign_addresses, normalised

NO_TILES = {"url": "", "attribution": ""}

SNAPSHOT = (
    '<div class="folium-map" id="map_premises" ></div> '
    'var map_premises = L.map( "map_premises", { center: [21.0, 105.66], crs: L.CRS.EPSG3857, ...{ '
    '"zoom": 10, "zoomControl": true, "preferCanvas": false, "zoomSnap": 0.25, "minZoom": 5, "maxZoom": 18, } } ); '
    'premisesMap(map_premises, { "optionsFrom": "map-options", });'
)


@pytest.fixture(scope="module")
def survey(index: WardIndex, store: EmbeddedStore) -> PremisesSurvey:
    return PremisesSurvey(index.dataset, store.named_streets().by_ward)


@pytest.fixture(scope="module")
def page(survey: PremisesSurvey, crosswalk: Crosswalk) -> str:
    return premises_page(
        survey=survey,
        crosswalk=crosswalk,
        lang="vi",
        tiles=NO_TILES,
    )


@pytest.fixture(scope="module")
def file(survey: PremisesSurvey, crosswalk: Crosswalk, store: EmbeddedStore) -> str:
    shapes = store.display_geometries(survey.dataset.generation, 25)
    return premises_file(survey=survey, crosswalk=crosswalk, shapes=shapes, lang="vi")


def snapshot(options: dict[str, object]) -> str:
    root = folium_map("premises", "premisesMap", options).get_root()
    root.render()
    return normalised(root.html.render() + " " + root.script.render())  # type: ignore[attr-defined]


def test_folium_draws_what_we_know() -> None:
    assert snapshot({"optionsFrom": "map-options"}) == SNAPSHOT
    assert normalised(assets()["start-premises.js"].content.decode()) in SNAPSHOT


def test_options_are_escaped_for_script() -> None:
    assert '"optionsFrom": "x\\"; alert(1); \\""' in snapshot({"optionsFrom": 'x"; alert(1); "'})


def test_the_page_names_no_other_host(page: str) -> None:
    assert foreign_addresses(page) == []
    assert "default-src 'self'; img-src 'self' data:;" in page.replace("&#39;", "'")
    assert page.index("/map.") < page.index("/pages.") < page.index("/premises_map."), "our styles come last"


def test_only_the_operators_tiles_are_let_in(survey: PremisesSurvey, crosswalk: Crosswalk) -> None:
    html = premises_page(
        survey=survey,
        crosswalk=crosswalk,
        lang="en",
        tiles={"url": "https://tiles.example.vn/{z}/{x}/{y}.png", "attribution": "<b>"},
    )
    assert "img-src 'self' data: https://tiles.example.vn;" in html.replace("&#39;", "'")


def test_the_file_fetches_nothing_and_is_the_same_every_time(
    file: str, survey: PremisesSurvey, crosswalk: Crosswalk, store: EmbeddedStore
) -> None:
    assert foreign_addresses(file) == []
    assert "default-src 'none'" in file.replace("&#39;", "'")
    assert 'href="/' not in file
    shapes = store.display_geometries(survey.dataset.generation, 25)
    assert premises_file(survey=survey, crosswalk=crosswalk, shapes=shapes, lang="vi") == file


def test_the_file_carries_its_downloads(file: str, survey: PremisesSurvey) -> None:
    found = dict(re.findall(r'href="data:[^"]*;base64,([^"]+)" download="([^"]+)"', file))
    contents = {name: base64.b64decode(content) for content, name in found.items()}
    assert contents[CSV_NAME] == premises_csv(survey)
    book = openpyxl.load_workbook(io.BytesIO(contents[XLSX_NAME]))
    assert book.sheetnames == ["da-biet", "phuong-xa"]
    assert len(contents) == 3


def test_every_premises_has_its_row_and_only_honest_positions_are_placed(page: str, survey: PremisesSurvey) -> None:
    rows = re.findall(r'<tr id="p-(\d{5}-\d+)"([^>]*)>', page)
    assert sorted(identifier for identifier, _ in rows) == sorted(one.id for one in survey.register.premises)
    placed = {identifier for identifier, attributes in rows if "data-lat" in attributes}
    assert placed == {one.id for one in survey.register.placed}


def test_english_says_the_same(survey: PremisesSurvey, crosswalk: Crosswalk) -> None:
    vi, en = (premises_tables(survey, crosswalk, lang) for lang in ("vi", "en"))
    assert [row.premises for row in vi.placed] == [row.premises for row in en.placed]
    assert [[cell.value for cell in row.cells] for row in vi.wards] == [
        [cell.value for cell in row.cells] for row in en.wards
    ]
    assert vi.placed[0].quality != en.placed[0].quality


def test_rows_know_their_old_districts(survey: PremisesSurvey, crosswalk: Crosswalk) -> None:
    tables = premises_tables(survey, crosswalk, "vi")
    assert len(tables.districts) == 30
    by_code = {row.ward.code: row for row in tables.wards}
    assert (
        by_code["00070"].districts == ("Quận Ba Đình", "Quận Hoàn Kiếm")
        or "Quận Hoàn Kiếm" in by_code["00070"].districts
    )


# ---- figures


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_figure_is_text_with_a_class_and_a_legend(
    survey: PremisesSurvey, crosswalk: Crosswalk, lang: str
) -> None:
    figures = figure_columns(survey, crosswalk, lang)  # type: ignore[arg-type]
    assert [figure.key for figure in figures] == [
        "population", "density", "area", "predecessors", "known", "per-premises", "own", "nearest",
    ]  # fmt: skip
    for figure in figures:
        assert len(figure.cells) == 126
        assert all(cell.text for cell in figure.cells)
        assert sum(entry.wards for entry in figure.legend) == 126
        for entry in figure.legend:
            assert sum(cell.level == entry.level for cell in figure.cells) == entry.wards
        known = [cell for cell in figure.cells if cell.value is not None]
        assert all((cell.level is None) is (cell.value is None) for cell in figure.cells)
        if figure.key != "known":
            ordered = sorted(known, key=lambda cell: cell.value or 0)
            assert [cell.level for cell in ordered] == sorted(cell.level or 0 for cell in ordered)
            assert {cell.level for cell in known} == {0, 1, 2, 3, 4}


def test_a_ward_without_a_position_is_said_not_coloured(survey: PremisesSurvey, crosswalk: Crosswalk) -> None:
    (own,) = [figure for figure in figure_columns(survey, crosswalk, "vi") if figure.key == "own"]
    bare = [not line.positioned for line in survey.register.wards]
    assert [cell.level is None for cell in own.cells] == bare
    assert {cell.text for cell, without in zip(own.cells, bare, strict=True) if without} == {"chưa có trụ sở có vị trí"}
    assert own.legend[-1].level is None
    assert own.legend[-1].wards == sum(bare)


def test_known_and_stated_are_two_numbers(survey: PremisesSurvey, crosswalk: Crosswalk) -> None:
    (known,) = [figure for figure in figure_columns(survey, crosswalk, "vi") if figure.key == "known"]
    texts = dict(
        zip([line.ward.code for line in survey.register.wards], (cell.text for cell in known.cells), strict=True)
    )
    assert (texts["00004"], texts["00070"], texts["00160"]) == ("1/?", "1/1", "2/2")


def test_breaks_are_rounded_without_moving_anyone() -> None:
    values = [1.0, 2.0, 3.0, 101.0, 102.0, 103.0, 1001.0, 1002.0, 5003.0, 5004.0, 90001.0]
    bounds, levels = natural_breaks(values)
    assert levels == [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4]
    assert bounds == [3.0, 200.0, 2000.0, 6000.0, 90001.0]
    assert natural_breaks([5.0, 5.0, 7.0]) == ([5.0, 7.0], [0, 0, 1])


@pytest.mark.parametrize(
    ("low", "below", "rounded"), [(103, 1001, 200), (51_234, 52_900, 52_000), (0.14, 0.9, 0.2), (7, 8, 7), (0, 5, 0)]
)
def test_readable_bounds(low: float, below: float, rounded: float) -> None:
    assert readable(low, below) == rounded


# ---- downloads


def test_geojson_puts_nobody_at_a_centroid(survey: PremisesSurvey) -> None:
    collection = json.loads(premises_geojson(survey))
    features = {feature["id"]: feature for feature in collection["features"]}
    for one in survey.register.premises:
        found = features[one.id]
        if one.position is None:
            assert found["geometry"] is None
        else:
            assert found["geometry"] == {"type": "Point", "coordinates": [one.position.lon, one.position.lat]}
            assert found["properties"]["uncertainty_m"] == one.position.uncertainty_m
        assert found["properties"]["source"] == one.source


def test_the_workbook_has_figures_as_numbers(survey: PremisesSurvey, crosswalk: Crosswalk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(premises_xlsx(survey, crosswalk, "vi")))
    rows = list(book["phuong-xa"].iter_rows(values_only=True))
    assert len(rows) == 127
    ba_dinh = dict(zip(rows[0], rows[1], strict=True))
    assert ba_dinh["ma_phuong_xa"] == "00004"
    assert ba_dinh["Dân số"] == survey.register.wards[0].ward.population
