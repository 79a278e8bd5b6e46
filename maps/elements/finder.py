"""The element that turns a plain folium map into the ward finder."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template


class Finder(MacroElement):
    """Hand the map to ``ward_finder.js`` with its options.

    Parameters
    ----------
    options
        JSON values only; the template's ``tojavascript`` escapes them.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        wardFinder({{ this._parent.get_name() }}, {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Finder"
        self._id = "finder"
        self.options = options
