"""The ward finder: one question, the answer in words, then the map."""

from __future__ import annotations

import hashlib
import json
import re
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import folium
import jinja2
import shapely
from branca.element import Figure
from xstatic.pkg import leaflet

from geo.model import Ward
from maps.elements import Finder
from maps.page_words import page_words
from maps.ward_card import Answer, ward_card
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.stores import Store

CENTRE = (21.0, 105.66)
"""Middle of the city's bounding box (lat, lon), to start the map before the wards have come."""

DISPLAY_TOLERANCE_M = 25

ASSET_TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the page needs, under an address that changes with its content."""

    name: str
    content: bytes

    @property
    def path(self) -> str:
        """The address of the asset below ``/assets/``."""
        stem, dot, suffix = self.name.rpartition(".")
        return f"{stem}.{hashlib.sha256(self.content).hexdigest()[:12]}{dot}{suffix}"


@dataclass(frozen=True, slots=True)
class Question:
    """What the visitor typed, and what was wrong with it."""

    text: str = ""
    error: str = ""


@cache
def assets() -> Mapping[str, Asset]:
    """Return the scripts and styles of the page by name: Leaflet's from its package, and our own."""
    found = {}
    for name in ("leaflet.js", "leaflet.css"):
        content = (resources.files(leaflet) / "data" / name).read_bytes()
        found[name] = Asset(name, content.replace(b"//# sourceMappingURL=leaflet.js.map", b""))
    for name in ("ward_finder.js", "ward_finder.css"):
        found[name] = Asset(name, (resources.files("maps") / "assets" / name).read_bytes())
    return found


def ward_map(options: dict[str, Any]) -> folium.Map:
    """Build the map: no tiles of anyone's, no script from elsewhere, the same names every time.

    Parameters
    ----------
    options
        For ``ward_finder.js``: ``wards`` (address of the display GeoJSON, or the GeoJSON itself), ``words``,
        ``tiles`` and ``attribution``.
    """
    figure = Figure()
    drawn = folium.Map(location=CENTRE, zoom_start=10, tiles=None, zoom_snap=0.25, minZoom=5, maxZoom=18)
    drawn._id = "wards"  # noqa: SLF001 (folium draws a random one, and the page would never be the same twice)
    drawn.default_js, drawn.default_css = [], []
    drawn.add_child(Finder(options))
    figure.add_child(drawn)
    return drawn


def map_script(options: dict[str, Any]) -> str:
    """Return the script that draws the map into ``<div id="map_wards">``."""
    drawn = ward_map(options)
    root = drawn.get_root()
    root.render()
    script: str = root.script.render()  # type: ignore[attr-defined]  # a Figure, says no type of branca's
    return script


def finder_page(
    *,
    index: WardIndex,
    lang: Language,
    question: Question,
    answer: Answer | None,
    tiles: Mapping[str, str],
) -> str:
    """Render the page served at ``/`` and at each ward's own address."""
    words = page_words(lang)
    options = {
        "wards": f"/v1/wards?geometry={DISPLAY_TOLERANCE_M}m&lang={lang}",
        "ask": f"/tra-cuu?lang={lang}",
        "words": words["map"],
        "tiles": dict(tiles),
    }
    return _template("page.html").render(
        t=words,
        lang=lang,
        policy=_policy(tiles),
        asset={name: f"/assets/{asset.path}" for name, asset in assets().items()},
        question=question,
        answer=answer,
        wards=[unit for unit in index.wards if isinstance(unit, Ward)],
        generation=index.dataset.generation.id,
        data_version=index.dataset.data_version,
        attribution=ATTRIBUTION[lang],
        map_options=_script_safe_json(options),
        map_script=f"/assets/{map_asset().path}",
    )


def answer_fragment(*, answer: Answer | None, question: Question, lang: Language) -> str:
    """Render only the answer, for the page to put in place without a reload."""
    return _template("answer.html").render(t=page_words(lang), lang=lang, question=question, answer=answer)


@cache
def map_asset() -> Asset:
    """Return folium's script as a file; its options stand in the page as JSON, so no script need be inline."""
    script = map_script({"optionsFrom": "map-options"})
    return Asset("map.js", script.encode())


def standalone_page(*, index: WardIndex, crosswalk: Crosswalk, store: Store, lang: Language) -> str:
    """Render the map of wards as one file that opens from disk with no network.

    It carries the display shapes and every ward's card; it draws and tells, but looks up no coordinates.
    """
    words = page_words(lang)
    wards = [unit for unit in index.wards if isinstance(unit, Ward)]
    cards = {
        ward.code: answer_fragment(
            answer=Answer(cards=[ward_card(index, crosswalk, ward, lang)]), question=Question(), lang=lang
        )
        for ward in wards
    }
    shapes = store.display_geometries(index.dataset.generation, DISPLAY_TOLERANCE_M)
    options = {"wards": _collection(wards, shapes), "cards": cards, "words": words["map"], "tiles": {}}
    found = assets()
    return _template("standalone.html").render(
        t=words,
        lang=lang,
        styles=[found[name].content.decode() for name in ("leaflet.css", "ward_finder.css")],
        scripts=[found[name].content.decode() for name in ("leaflet.js", "ward_finder.js")]
        + [map_asset().content.decode()],
        map_options=_script_safe_json(options),
        wards=wards,
        generation=index.dataset.generation.id,
        data_version=index.dataset.data_version,
        attribution=ATTRIBUTION[lang],
    )


def _collection(wards: Sequence[Ward], shapes: NDArray[np.object_]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": ward.code, "full_name": ward.full_name, "name": ward.name},
            "geometry": json.loads(shapely.to_geojson(shapely.orient_polygons(shape))),
        }
        for ward, shape in zip(wards, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _policy(tiles: Mapping[str, str]) -> str:
    """Forbid every request to anyone else, whatever the page should come to hold; the operator's tiles excepted."""
    address = urlsplit(tiles["url"])
    host = re.sub(r"^[^.]*\{s\}", "*", address.netloc)
    images = f"'self' data: {address.scheme}://{host}" if host else "'self' data:"
    return f"default-src 'self'; img-src {images}; base-uri 'none'; form-action 'self'; object-src 'none'"


def _script_safe_json(value: object) -> str:
    """Write JSON that cannot end the ``<script>`` element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("maps"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["thousands"] = _thousands
    environment.filters["metres"] = _metres
    environment.filters["day"] = _day
    return environment.get_template(name)


def _thousands(value: float, lang: str, digits: int = 0) -> str:
    text = f"{value:,.{digits}f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def _day(iso: str, lang: str) -> str:
    """Write a date as it is read: 01/07/2025, or 1 July 2025."""
    day = date.fromisoformat(iso)
    return f"{day:%d/%m/%Y}" if lang == "vi" else f"{day.day} {month_name[day.month]} {day.year}"


def _metres(value: float, lang: str) -> str:
    """Write a distance as people say it: metres to the ten, then kilometres."""
    if value < 10:  # noqa: PLR2004
        return f"{value:.0f} m"
    if value < 1000:  # noqa: PLR2004
        return f"{round(value, -1):.0f} m"
    return f"{_thousands(value / 1000, lang, 1)} km"
