"""What every page is made with: template engine, content policy, JSON that is safe in a script."""

from __future__ import annotations

import json
import re
from calendar import month_name
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import jinja2

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_TILES: Final = {"url": "", "attribution": ""}
"""No background but our own lines."""

OFFLINE_POLICY: Final = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""The content policy of a page that is one file."""


def content_policy(tiles: Mapping[str, str]) -> str:
    """Forbid every request to anyone else, whatever the page should come to hold; the operator's tiles excepted."""
    address = urlsplit(tiles["url"])
    host = re.sub(r"^[^.]*\{s\}", "*", address.netloc)
    images = f"'self' data: {address.scheme}://{host}" if host else "'self' data:"
    return f"default-src 'self'; img-src {images}; base-uri 'none'; form-action 'self'; object-src 'none'"


def script_safe_json(value: object) -> str:
    """Write JSON that cannot end the ``<script>`` element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def page_template(name: str) -> jinja2.Template:
    """Return a template of ours: everything put into it is escaped, and a missing name is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("maps"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["thousands"] = thousands
    environment.filters["metres"] = metres
    environment.filters["day"] = _day
    return environment.get_template(name)


def thousands(value: float, lang: str, digits: int = 0) -> str:
    """Write a number with the separators of its language."""
    text = f"{value:,.{digits}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def _day(iso: str, lang: str) -> str:
    """Write a date as it is read: 01/07/2025, or 1 July 2025."""
    day = date.fromisoformat(iso)
    return f"{day:%d/%m/%Y}" if lang == "vi" else f"{day.day} {month_name[day.month]} {day.year}"


def metres(value: float, lang: str) -> str:
    """Write a distance as people say it: metres to the ten, then kilometres."""
    if value < 10:  # noqa: PLR2004
        return f"{value:.0f} m"
    if value < 1000:  # noqa: PLR2004
        return f"{round(value, -1):.0f} m"
    return f"{thousands(value / 1000, lang, 1)} km"
