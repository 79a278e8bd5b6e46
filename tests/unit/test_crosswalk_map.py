"""The old-to-new map, its file, its drawing and the order of names."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from api.command_line import main
from geo.pieces import Pieces
from maps.crosswalk_map import FILE_TOLERANCE_M, crosswalk_file, crosswalk_page
from maps.folium_map import start_script
from maps.law_rows import choose_district, choose_old, choose_ward
from maps.unit_figure import draw
from maps.unit_lists import alphabetical
from maps.unit_pages import UnitData
from tests.unit.test_folium_map import foreign_addresses, normalised

if TYPE_CHECKING:
    from pathlib import Path

    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore

SCRIPT = (
    'var map_pieces = L.map( "map_pieces", { center: [21.0, 105.66], crs: L.CRS.EPSG3857, ...{ '
    '"zoom": 10, "zoomControl": true, "preferCanvas": false, "zoomSnap": 0.25, "minZoom": 5, "maxZoom": 18, } } ); '
    'piecesMap(map_pieces, { "optionsFrom": "map-options", });'
)
NO_TILES = {"url": "", "attribution": ""}


@pytest.fixture(scope="module")
def data(index: WardIndex, crosswalk: Crosswalk, store: EmbeddedStore) -> UnitData:
    return UnitData(index=index, crosswalk=crosswalk, pieces=Pieces.open(store, tolerance_m=FILE_TOLERANCE_M))


def test_script_is_the_one_we_know() -> None:
    assert normalised(start_script("pieces", "piecesMap")) == SCRIPT


def test_page_names_no_other_host(data: UnitData, old_index: WardIndex) -> None:
    html = crosswalk_page(data, old_index.dataset.districts, "vi", tiles=NO_TILES)
    assert "://" not in html
    assert html.index("/map.") < html.index("/pages.") < html.index("/unit_pages."), "our styles come last"
    tiles = {"url": "https://tile.example.vn/{z}/{x}/{y}.png", "attribution": "<b>"}
    html = crosswalk_page(data, old_index.dataset.districts, "en", tiles=tiles)
    assert "img-src 'self' data: https://tile.example.vn;" in html.replace("&#39;", "'")
    options = re.search(r'id="map-options">(.*?)</script>', html)
    assert options is not None
    assert "<" not in options[1]
    assert json.loads(options[1])["tiles"] == tiles


def test_file_fetches_nothing_and_holds_every_choice(
    data: UnitData, old_index: WardIndex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html = crosswalk_file(data, old_index.dataset.districts, "vi")
    assert foreign_addresses(html) == []
    assert "default-src 'none'" in html.replace("&#39;", "'")
    assert 'href="/' not in html
    options = re.search(r'id="map-options">(.*?)</script>', html)
    assert options is not None
    held = json.loads(options[1])
    assert len(held["cards"]) == 526 + 30 + 126
    assert sum(one["properties"]["kind"] == "piece" for one in held["pieces"]["features"]) == 795
    assert not any("href" in card for card in held["cards"].values())
    assert len(html) < 6_000_000
    path = tmp_path / "map.html"
    assert main(["--lang", "vi", "map", "crosswalk", "-o", str(path)]) == 0
    assert path.read_bytes().decode() == html, "the same every time"
    assert str(path) in capsys.readouterr().out


def test_what_is_said_of_a_commune_follows_the_wording(data: UnitData) -> None:
    whole, settled, divided = (
        choose_old(data.crosswalk, data.pieces, code, "vi") for code in ("00001", "00118", "00040")
    )
    assert whole.settled
    assert whole.said.startswith("Toàn bộ Phường Phúc Xá về Phường Hồng Hà.")
    assert settled.settled
    assert "thì nay thuộc Phường Bồ Đề" in settled.said
    assert [row.residents for row in settled.rows] == ["không có", "toàn bộ"]
    assert [row.link.clause for row in settled.rows] == [14, 40]
    assert divided.settled is False
    assert "được chia về 2 nơi" in divided.said


def test_shares_are_words_that_the_law_allows(data: UnitData, old_index: WardIndex) -> None:
    shares = {
        row.share
        for district in old_index.dataset.districts
        for row in choose_district(data.crosswalk, data.pieces, district, "en").rows
    }
    assert {"all of it", "too small to draw", "under 1\u00a0%"} <= shares
    assert "about 100\u00a0%" not in shares
    assert "about 0\u00a0%" not in shares


def test_numbers_in_the_drawing_are_those_of_the_table(data: UnitData) -> None:
    for ward in data.wards[::10]:
        choice = choose_ward(data.crosswalk, data.pieces, ward, "vi")
        drawing = draw(choice, data.pieces, data.ward_names)
        assert drawing is not None
        numbers = {label.text for label in drawing.labels if label.css == "number"}
        drawn = {str(row.number) for row in choice.rows if data.pieces.of_link(row.link).shape is not None}
        assert numbers == drawn
        assert all(0 <= label.x <= drawing.width and 0 <= label.y <= drawing.height for label in drawing.labels)


def test_every_dash_covers_what_lies_below_it(data: UnitData) -> None:
    drawing = draw(choose_old(data.crosswalk, data.pieces, "00118", "vi"), data.pieces, data.ward_names)
    assert drawing is not None
    css = [outline.css for outline in drawing.outlines]
    assert css.count("old") == css.count("casing") == 1
    assert css.index("casing") < css.index("old") < css.index("new-border")


def test_names_are_sorted_as_vietnamese_is() -> None:
    names = ["Đại Mỗ", "Dương Nội", "Âu Cơ", "Ba Đình", "Bà Vì", "An Khánh", "Ba Vì", "Bạch Mai", "Ông"]
    assert sorted(names, key=alphabetical) == [
        "An Khánh", "Âu Cơ", "Ba Đình", "Ba Vì", "Bà Vì", "Bạch Mai", "Dương Nội", "Đại Mỗ", "Ông",
    ]  # fmt: skip
