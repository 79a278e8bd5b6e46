"""The element that turns a plain folium map into the old-to-new map."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template


class PiecesMap(MacroElement):
    """Hand the map to ``crosswalk_map.js`` with its options; what is chosen stands in the page's table.

    Parameters
    ----------
    options
        JSON values only; the template's ``tojavascript`` escapes them.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        piecesMap({{ this._parent.get_name() }}, {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "PiecesMap"
        self._id = "pieces_map"
        self.options = options
