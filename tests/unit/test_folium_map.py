from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from maps.finder_files import finder_files
from maps.folium_map import folium_map, start_script
from maps.ward_finder import Question, finder_page, standalone_page

if TYPE_CHECKING:
    from geo.crosswalk import Crosswalk
    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore
    from maps.finder_files import FinderFiles

SCRIPT = (
    'var map_wards = L.map( "map_wards", { center: [21.0, 105.66], crs: L.CRS.EPSG3857, ...{ '
    '"zoom": 10, "zoomControl": true, "preferCanvas": false, "zoomSnap": 0.25, "minZoom": 5, "maxZoom": 18, } } ); '
    'wardFinder(map_wards, { "optionsFrom": "map-options", });'
)


def normalised(html: str) -> str:
    return " ".join(html.split())


def foreign_addresses(html: str) -> list[str]:
    """Return what the markup and styles would fetch from elsewhere; the policy holds the scripts to it."""
    html = re.sub(r"<script\b[^>]*>.*?</script>", lambda script: script[0].split(">")[0], html, flags=re.DOTALL)
    return re.findall(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//[^"'\s>]+|url\(\s*["']?https?:[^)]+""", html)


def test_script_is_the_one_we_know() -> None:
    assert normalised(start_script("wards", "wardFinder")) == SCRIPT


def test_script_is_the_same_every_time() -> None:
    assert start_script("wards", "wardFinder") == start_script("wards", "wardFinder")


def test_options_are_escaped_for_script() -> None:
    root = folium_map("wards", "wardFinder", {"optionsFrom": 'x"; alert(1); "'}).get_root()
    root.render()
    script = root.script.render()  # type: ignore[attr-defined]  # a Figure, says no type of branca's
    assert '"optionsFrom": "x\\"; alert(1); \\""' in script


@pytest.fixture(scope="module")
def files(index: WardIndex, crosswalk: Crosswalk, store: EmbeddedStore) -> FinderFiles:
    return finder_files(index, crosswalk, store)


def test_page_names_no_other_host(index: WardIndex, files: FinderFiles) -> None:
    tiles = {"url": "", "attribution": ""}
    html = finder_page(index=index, files=files, lang="vi", question=Question(), answer=None, tiles=tiles)
    assert "://" not in html
    assert html.index("/map.") < html.index("/pages.") < html.index("/ward_finder."), "our style comes after Leaflet's"
    assert "default-src 'self'; img-src 'self' data:;" in html.replace("&#39;", "'")


def test_only_the_operators_tiles_are_let_in(index: WardIndex, files: FinderFiles) -> None:
    tiles = {"url": "https://tile-{s}.example.vn:8080/{z}/{x}/{y}.png", "attribution": "<b>"}
    html = finder_page(index=index, files=files, lang="en", question=Question(), answer=None, tiles=tiles)
    assert "img-src 'self' data: https://*.example.vn:8080;" in html.replace("&#39;", "'")
    options = re.search(r'id="map-options">(.*?)</script>', html)
    assert options is not None
    assert "<" not in options[1]
    assert json.loads(options[1])["tiles"] == tiles


def test_file_fetches_nothing_and_is_the_same_every_time(
    index: WardIndex, crosswalk: Crosswalk, store: EmbeddedStore
) -> None:
    html = standalone_page(index=index, crosswalk=crosswalk, store=store, lang="vi")
    assert foreign_addresses(html) == []
    assert "default-src 'none'" in html.replace("&#39;", "'")
    assert html == standalone_page(index=index, crosswalk=crosswalk, store=store, lang="vi")


def test_foreign_addresses_would_be_found() -> None:
    assert foreign_addresses('<script src="https://cdn.example/x.js"></script><link href=//x.vn/a>') != []
