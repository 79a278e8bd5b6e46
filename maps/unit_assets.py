"""The scripts and styles of the pages of units and of the old-to-new map."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import folium
from branca.element import Figure
from xstatic.pkg import leaflet

from maps.elements import PiecesMap
from maps.page_assets import Asset, source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

PAGE_STYLES: Final = ("ward_finder.css", "unit_pages.css")
MAP_STYLES: Final = ("leaflet.css", *PAGE_STYLES)
MAP_SCRIPTS: Final = ("leaflet.js", "crosswalk_map.js", "crosswalk-map-start.js")
OPTIONS: Final = "map-options"
"""Id of the element that holds the map's options as JSON, so that no script need be inline."""

CENTRE: Final = (21.0, 105.66)
"""Middle of the city's bounding box (lat, lon), to start the map before the wards have come."""


def crosswalk_folium(options: dict[str, Any]) -> folium.Map:
    """Build the map: no tiles of anyone's, no script from elsewhere, the same names every time.

    Parameters
    ----------
    options
        For ``crosswalk_map.js``: ``optionsFrom``, the id of the element that holds the rest as JSON.
    """
    figure = Figure()
    drawn = folium.Map(location=CENTRE, zoom_start=10, tiles=None, zoom_snap=0.25, minZoom=5, maxZoom=18)
    drawn._id = "pieces"  # noqa: SLF001 (folium draws a random one, and the page would never be the same twice)
    drawn.default_js, drawn.default_css = [], []
    drawn.add_child(PiecesMap(options))
    figure.add_child(drawn)
    return drawn


def map_script() -> str:
    """Return the script that draws the map into ``<div id="map_pieces">``."""
    root = crosswalk_folium({"optionsFrom": OPTIONS}).get_root()
    root.render()
    script: str = root.script.render()  # type: ignore[attr-defined]  # a Figure, says no type of branca's
    return script


@cache
def unit_assets() -> Mapping[str, Asset]:
    """Return every script and style of these pages by name."""
    lent = resources.files(leaflet) / "data"
    contents = {
        "leaflet.js": (lent / "leaflet.js").read_bytes().replace(b"//# sourceMappingURL=leaflet.js.map", b""),
        "leaflet.css": (lent / "leaflet.css").read_bytes(),
        "crosswalk-map-start.js": map_script().encode(),
        **{name: source(name).encode() for name in (*PAGE_STYLES, "crosswalk_map.js")},
    }
    return {name: Asset(name, content) for name, content in contents.items()}
