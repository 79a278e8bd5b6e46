"""The element that turns a plain folium map into the premises map."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template


class PremisesMarks(MacroElement):
    """Hand the map to ``premises_map.js`` with its options; the premises themselves stand in the page's tables.

    Parameters
    ----------
    options
        JSON values only; the template's ``tojavascript`` escapes them.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        premisesMap({{ this._parent.get_name() }}, {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "PremisesMarks"
        self._id = "premises_marks"
        self.options = options
