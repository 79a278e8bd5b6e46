"""The folium map of every page: no tiles of anyone's, no script from elsewhere, the same text every time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

CENTRE: Final = (21.0, 105.66)
"""Middle of the city's bounding box (lat, lon), to start the map before the wards have come."""

OPTIONS_ID: Final = "map-options"
"""Id of the element that holds a map's options as JSON, so that no script need be inline."""


class MapScript(MacroElement):
    """Hand a plain folium map to a function of ours with its options.

    Parameters
    ----------
    function
        Name of the function: it is written as it is.
    options
        JSON values only; the template's ``tojavascript`` escapes them.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        {{ this.function }}({{ this._parent.get_name() }}, {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, function: str, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapScript"
        self._id = function
        self.function = function
        self.options = options


def folium_map(name: str, function: str, options: Mapping[str, Any]) -> folium.Map:
    """Build the map that is drawn into ``<div id="map_{name}">`` by a function of ours."""
    figure = Figure()
    drawn = folium.Map(location=CENTRE, zoom_start=10, tiles=None, zoom_snap=0.25, minZoom=5, maxZoom=18)
    drawn._id = name  # noqa: SLF001 (folium draws a random one, and the page would never be the same twice)
    drawn.default_js, drawn.default_css = [], []
    drawn.add_child(MapScript(function, options))
    figure.add_child(drawn)
    return drawn


def start_script(name: str, function: str) -> str:
    """Return the script that draws a map, its options read from the page."""
    root = folium_map(name, function, {"optionsFrom": OPTIONS_ID}).get_root()
    root.render()
    script: str = root.script.render()  # type: ignore[attr-defined]  # a Figure, says no type of branca's
    return script
