"""The ward finder: one question, the answer in words, then the map."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure

from geo.model import Ward
from maps.coverage_file import DISPLAY_TOLERANCE_M, coverage_asset
from maps.elements import Finder
from maps.page_assets import ASSET_TYPES, FIRST_MODULES, Asset, assets, standalone_script
from maps.page_parts import content_policy, page_template, script_safe_json
from maps.page_words import page_words
from maps.ward_card import Answer, ward_card
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.stores import Store
    from maps.finder_files import FinderFiles

__all__ = [
    "ASSET_TYPES",
    "CENTRE",
    "DISPLAY_TOLERANCE_M",
    "Asset",
    "Question",
    "answer_fragment",
    "assets",
    "finder_page",
    "map_asset",
    "map_script",
    "standalone_page",
    "ward_map",
]

CENTRE = (21.0, 105.66)
"""Middle of the city's bounding box (lat, lon), to start the map before the wards have come."""


STREETS_ADDRESS = "/ban-do/duong"
WORKER_ADDRESS = "/service-worker.js"
MANIFEST_ADDRESS = "/manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Question:
    """What the visitor typed, and what is wrong with it.

    ``error`` says what to mend and leads to the field; ``heading`` and ``detail`` where there is more to say.
    """

    text: str = ""
    error: str = ""
    heading: str = ""
    detail: str = ""


def ward_map(options: dict[str, Any]) -> folium.Map:
    """Build the map: no tiles of anyone's, no script from elsewhere, the same names every time.

    Parameters
    ----------
    options
        For ``wardFinder``: ``optionsFrom``, the id of the element that holds the rest as JSON.
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
    files: FinderFiles,
    lang: Language,
    question: Question,
    answer: Answer | None,
    tiles: Mapping[str, str],
) -> str:
    """Render the page served at ``/`` and at each ward's own address."""
    words = page_words(lang)
    options = {
        "coarse": files.coarse.address,
        "fine": files.fine.address,
        "names": files.names.address,
        "cards": files.cards[lang].address,
        "streets": STREETS_ADDRESS,
        "worker": WORKER_ADDRESS,
        "ask": f"/tra-cuu?lang={lang}",
        "words": words["map"],
        "tiles": dict(tiles),
    }
    return page_template("page.html").render(
        t=words,
        lang=lang,
        policy=content_policy(tiles),
        web_links=True,
        asset={name: asset.address for name, asset in assets().items()},
        first_modules=FIRST_MODULES,
        manifest=f"{MANIFEST_ADDRESS}?lang={lang}",
        icon=files.icons[0][0].address,
        question=question,
        answer=answer,
        wards=[unit for unit in index.wards if isinstance(unit, Ward)],
        generation=index.dataset.generation.id,
        data_version=index.dataset.data_version,
        attribution=ATTRIBUTION[lang],
        map_options=script_safe_json(options),
        map_script=map_asset().address,
    )


def answer_fragment(*, answer: Answer | None, question: Question, lang: Language, web_links: bool = True) -> str:
    """Render only the answer, for the page to put in place without a reload.

    ``web_links``: whether to offer maps on the web beside the device's own app.
    """
    return page_template("answer.html").render(
        t=page_words(lang), lang=lang, question=question, answer=answer, web_links=web_links
    )


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
            answer=Answer(cards=[ward_card(index, crosswalk, ward, lang)]),
            question=Question(),
            lang=lang,
            web_links=False,
        )
        for ward in wards
    }
    shapes = base64.b64encode(coverage_asset(index, store, DISPLAY_TOLERANCE_M).content).decode()
    options = {"wards": shapes, "cards": cards, "words": words["map"], "tiles": {}}
    found = assets()
    return page_template("standalone.html").render(
        t=words,
        lang=lang,
        styles=[found[name].content.decode() for name in ("leaflet.css", "ward_finder.css")],
        scripts=[found["leaflet.js"].content.decode(), standalone_script(), map_asset().content.decode()],
        map_options=script_safe_json(options),
        wards=wards,
        generation=index.dataset.generation.id,
        data_version=index.dataset.data_version,
        attribution=ATTRIBUTION[lang],
    )
