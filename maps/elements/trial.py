"""The element that turns a plain folium map into the map of the trial."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template


class TrialChoropleth(MacroElement):
    """Hand the map to ``trial_map.js`` with its options; what is shown is chosen in the page's form.

    Parameters
    ----------
    options
        JSON values only; the template's ``tojavascript`` escapes them.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        trialMap({{ this._parent.get_name() }}, {{ this.options | tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TrialChoropleth"
        self._id = "trial_choropleth"
        self.options = options
