"""The premises map for planners: what is known of the 232 premises, where, how surely, and how far residents are."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import folium
import shapely
from branca.element import Figure

from maps.elements import PremisesMarks
from maps.page_assets import Asset, assets
from maps.page_parts import content_policy, page_template, script_safe_json
from maps.premises_downloads import (
    CSV_NAME,
    GEOJSON_NAME,
    XLSX_NAME,
    data_address,
    premises_csv,
    premises_geojson,
    premises_xlsx,
)
from maps.premises_rows import premises_tables
from maps.premises_words import premises_words
from maps.ward_finder import CENTRE, DISPLAY_TOLERANCE_M
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.premises import PremisesSurvey

PAGE = "/ban-do/tru-so"

_STYLES = ("leaflet.css", "ward_finder.css", "premises_map.css")
_PARTS = ("premises_parts.js", "premises_map.js")
_SCRIPTS = ("leaflet.js", "premises_map.js", "premises-map-start.js")
_OFFLINE_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def premises_folium(options: dict[str, Any]) -> folium.Map:
    """Build the map: no tiles of anyone's, no script from elsewhere, the same names every time.

    Parameters
    ----------
    options
        For ``premises_map.js``: ``optionsFrom``, the id of the element that holds the rest as JSON.
    """
    figure = Figure()
    drawn = folium.Map(location=CENTRE, zoom_start=10, tiles=None, zoom_snap=0.25, minZoom=5, maxZoom=18)
    drawn._id = "premises"  # noqa: SLF001 (folium draws a random one, and the page would never be the same twice)
    drawn.default_js, drawn.default_css = [], []
    drawn.add_child(PremisesMarks(options))
    figure.add_child(drawn)
    return drawn


@cache
def premises_assets() -> Mapping[str, Asset]:
    """Return the scripts and styles of this page by name; Leaflet's and the common style are the ward finder's."""
    root = premises_folium({"optionsFrom": "map-options"}).get_root()
    root.render()
    start: str = root.script.render()  # type: ignore[attr-defined]  # a Figure, says no type of branca's
    folder = resources.files("maps") / "assets"
    own = {
        # One file for the browser: the parts are kept apart only for their readers.
        "premises_map.js": b"".join((folder / name).read_bytes() for name in _PARTS),
        "premises_map.css": (folder / "premises_map.css").read_bytes(),
        "premises-map-start.js": start.encode(),
    }
    return {name: Asset(name, content) for name, content in own.items()}


def premises_page(
    *,
    survey: PremisesSurvey,
    crosswalk: Crosswalk,
    shapes: NDArray[np.object_],
    lang: Language,
    tiles: Mapping[str, str],
) -> str:
    """Render the page of the service; the borders to draw come by a request of their own.

    Parameters
    ----------
    shapes
        The wards' shapes for drawing, EPSG:4326, in the register's order.
    tiles
        The operator's own background: ``url`` and ``attribution``, both empty where there is none.
    """
    found = {**assets(), **premises_assets()}
    words = premises_words(lang)
    return _render(
        survey,
        crosswalk,
        shapes,
        lang,
        standalone=False,
        policy=content_policy(tiles),
        styles=[f"/assets/{found[name].path}" for name in _STYLES],
        scripts=[f"/assets/{found[name].path}" for name in _SCRIPTS],
        downloads=[
            (f"{PAGE}/{CSV_NAME}?lang={lang}", CSV_NAME, "CSV"),
            (f"{PAGE}/{XLSX_NAME}?lang={lang}", XLSX_NAME, "XLSX"),
            (f"{PAGE}/{GEOJSON_NAME}?lang={lang}", GEOJSON_NAME, "GeoJSON"),
        ],
        options={
            "wards": f"/v1/wards?geometry={DISPLAY_TOLERANCE_M}m&lang={lang}",
            "words": words["map"],
            "tiles": dict(tiles),
        },
    )


def premises_file(*, survey: PremisesSurvey, crosswalk: Crosswalk, shapes: NDArray[np.object_], lang: Language) -> str:
    """Render the map as one file that opens from disk with no network, its downloads inside."""
    found = {**assets(), **premises_assets()}
    contents = (
        (CSV_NAME, "CSV", premises_csv(survey)),
        (XLSX_NAME, "XLSX", premises_xlsx(survey, crosswalk, lang)),
        (GEOJSON_NAME, "GeoJSON", premises_geojson(survey)),
    )
    return _render(
        survey,
        crosswalk,
        shapes,
        lang,
        standalone=True,
        policy=_OFFLINE_POLICY,
        styles=[found[name].content.decode() for name in _STYLES],
        scripts=[found[name].content.decode() for name in _SCRIPTS],
        downloads=[(data_address(name, content), name, words) for name, words, content in contents],
        options={
            "wards": _collection(survey, shapes),
            "words": premises_words(lang)["map"],
            "tiles": {"url": "", "attribution": ""},
        },
    )


def _render(
    survey: PremisesSurvey,
    crosswalk: Crosswalk,
    shapes: NDArray[np.object_],
    lang: Language,
    *,
    standalone: bool,
    policy: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    downloads: Sequence[tuple[str, str, str]],
    options: Mapping[str, Any],
) -> str:
    words = premises_words(lang)
    register, dataset = survey.register, survey.dataset
    tables = premises_tables(survey, crosswalk, shapes, lang)
    positioned = sum(len(line.positioned) for line in register.wards)
    how = [
        words[name].format(positioned=positioned, in_use=len(register.in_use)) for name in ("how_1", "how_2", "how_3")
    ]
    return page_template("premises.html").render(
        t=words,
        lang=lang,
        standalone=standalone,
        policy=policy,
        styles=styles,
        scripts=scripts,
        downloads=downloads,
        lead=words["lead"].format(total=register.total, known=len(register.premises)),
        facts=_facts(survey, words),
        placed=tables.placed,
        unplaced=tables.unplaced,
        wards=tables.wards,
        figures=tables.figures,
        districts=tables.districts,
        how=how,
        generation=dataset.generation.id,
        data_version=dataset.data_version,
        register_version=register.version,
        attribution=ATTRIBUTION[lang],
        map_options=script_safe_json(options),
    )


def _facts(survey: PremisesSurvey, words: Mapping[str, str]) -> list[tuple[int, str]]:
    register = survey.register
    facts = [
        (len(register.premises), "fact_known"),
        (len(register.in_use), "fact_in_use"),
        (len(register.planned), "fact_planned"),
        (len(register.placed), "fact_placed"),
        (len(register.premises) - len(register.placed), "fact_unplaced"),
        (sum(len(line.outside) for line in register.wards), "fact_outside"),
    ]
    if register.imported:
        facts.append((len(register.imported), "fact_imported"))
    return [(number, words[name].format(total=register.total)) for number, name in facts]


def _collection(survey: PremisesSurvey, shapes: NDArray[np.object_]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": line.ward.code, "full_name": line.ward.full_name, "name": line.ward.name},
            "geometry": json.loads(shapely.to_geojson(shapely.orient_polygons(shape))),
        }
        for line, shape in zip(survey.register.wards, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
