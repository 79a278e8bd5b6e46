"""The map of the trial of 20-26 June 2025 for planners and leaders: participation, figures by day and content, gaps."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import folium
import shapely
from branca.element import Figure as Canvas

from geo.trial import DESCRIBED, Figure
from maps import trial_tables
from maps.elements import TrialChoropleth
from maps.page_parts import content_policy, page_template, script_safe_json
from maps.trial_data import trial_data
from maps.trial_drawing import draw
from maps.trial_view import SHOWN_ISSUES, Selection, day_text, figure_text
from maps.trial_words import trial_words
from maps.ward_finder import CENTRE, DISPLAY_TOLERANCE_M, Asset, assets
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.errors import Language
    from maps.trial_view import TrialView

PAGE: Final = "/ban-do/van-hanh-thu-nghiem"
DATA_NAME: Final = "so-lieu.json"
ANNEX_NAME: Final = "phu-luc"
CSV_NAME: Final = "phu-luc.csv"
XLSX_NAME: Final = "phu-luc.xlsx"

_STYLES: Final = ("leaflet.css", "ward_finder.css", "trial_map.css")
_OWN: Final = ("trial_map.js", "trial_map.css", "trial_annex.css")
_SCRIPTS: Final = ("leaflet.js", "trial_map.js", "trial-map-start.js")
_OFFLINE_POLICY: Final = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_PAPER_POLICY: Final = "default-src 'none'; style-src {}; img-src data:"


def trial_folium(options: dict[str, Any]) -> folium.Map:
    """Build the map: no tiles of anyone's, no script from elsewhere, the same names every time.

    Parameters
    ----------
    options
        For ``trial_map.js``: ``optionsFrom``, the id of the element that holds the rest as JSON.
    """
    canvas = Canvas()
    drawn = folium.Map(location=CENTRE, zoom_start=10, tiles=None, zoom_snap=0.25, minZoom=5, maxZoom=18)
    drawn._id = "trial"  # noqa: SLF001 (folium draws a random one, and the page would never be the same twice)
    drawn.default_js, drawn.default_css = [], []
    drawn.add_child(TrialChoropleth(options))
    canvas.add_child(drawn)
    return drawn


@cache
def trial_assets() -> Mapping[str, Asset]:
    """Return the scripts and styles of this page by name; Leaflet's and the common style are the ward finder's."""
    root = trial_folium({"optionsFrom": "map-options"}).get_root()
    root.render()
    start: str = root.script.render()  # type: ignore[attr-defined]  # a Figure, says no type of branca's
    own = {name: (resources.files("maps") / "assets" / name).read_bytes() for name in _OWN}
    own["trial-map-start.js"] = start.encode()
    return {name: Asset(name, content) for name, content in own.items()}


def trial_page(
    *,
    view: TrialView,
    shapes: NDArray[np.object_],
    selection: Selection,
    lang: Language,
    tiles: Mapping[str, str],
) -> str:
    """Render the page of the service; borders and figures to draw come by requests of their own.

    Parameters
    ----------
    shapes
        The wards' shapes for drawing, EPSG:4326, in the view's order.
    tiles
        The operator's own background: ``url`` and ``attribution``, both empty where there is none.
    """
    found = {**assets(), **trial_assets()}
    links = [
        (f"{PAGE}/{ANNEX_NAME}?lang={lang}", f"HTML ({trial_words(lang)['annex_html']})"),
        (f"{PAGE}/{XLSX_NAME}?lang={lang}", "XLSX"),
        (f"{PAGE}/{CSV_NAME}?lang={lang}", "CSV"),
    ]
    return _render(
        view,
        shapes,
        selection,
        lang,
        standalone=False,
        policy=content_policy(tiles),
        styles=[f"/assets/{found[name].path}" for name in _STYLES],
        scripts=[f"/assets/{found[name].path}" for name in _SCRIPTS],
        downloads=links,
        options={
            "wards": f"/v1/wards?geometry={DISPLAY_TOLERANCE_M}m&lang={lang}",
            "figures": f"{PAGE}/{DATA_NAME}?lang={lang}" if view.any_reports else None,
            "tiles": dict(tiles),
        },
    )


def trial_file(*, view: TrialView, shapes: NDArray[np.object_], lang: Language) -> str:
    """Render the map as one file that opens from disk with no network, its figures inside."""
    found = {**assets(), **trial_assets()}
    return _render(
        view,
        shapes,
        Selection(view.first_figure),
        lang,
        standalone=True,
        policy=_OFFLINE_POLICY,
        styles=[found[name].content.decode() for name in _STYLES],
        scripts=[found[name].content.decode() for name in _SCRIPTS],
        downloads=[],
        options={
            "wards": _collection(view, shapes),
            "figures": trial_data(view, lang) if view.any_reports else None,
            "tiles": {"url": "", "attribution": ""},
        },
    )


def trial_annex(*, view: TrialView, lang: Language, standalone: bool) -> str:
    """Render the annex as a page to print, A4, with no script: every figure of the whole trial.

    Parameters
    ----------
    standalone
        True for a file that opens from disk, with its style inside.
    """
    style = trial_assets()["trial_annex.css"]
    whole = Selection(Figure.REPORTS)
    issues = view.issues(whole)
    return page_template("trial_annex.html").render(
        **_common(view, lang),
        policy=_PAPER_POLICY.format("'unsafe-inline'" if standalone else "'self'"),
        style=style.content.decode(),
        style_address="" if standalone else f"/assets/{style.path}",
        by_day=trial_tables.city_by_day(view, None, lang),
        by_content=trial_tables.city_by_content(view, None, lang),
        by_ward=_ward_rows(view, whole, lang),
        silent=[view.names[code] for code in view.figures.missing()],
        issues=[(view.names[one.ward_code], day_text(one.day, lang), one.content, one.issues) for one in issues],
    )


def _render(
    view: TrialView,
    shapes: NDArray[np.object_],
    selection: Selection,
    lang: Language,
    *,
    standalone: bool,
    policy: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    downloads: Sequence[tuple[str, str]],
    options: Mapping[str, Any],
) -> str:
    words = trial_words(lang)
    state = {
        **options,
        "words": words["map"],
        "lang": lang,
        "days": [day_text(day, lang) for day in view.days],
        "contents": [trial_tables.content_text(view, number, lang) for number in view.contents],
        "branches": trial_tables.branch_marks(view, lang),
        "shown_issues": SHOWN_ISSUES,
    }
    return page_template("trial.html").render(
        **_common(view, lang),
        standalone=standalone,
        policy=policy,
        styles=styles,
        scripts=scripts,
        downloads=downloads,
        other_language=trial_tables.address(selection, "en" if lang == "vi" else "vi"),
        drawing=draw(shapes),
        selection=selection,
        chosen=_chosen(view, selection, lang),
        choices=_choices(view, lang),
        rows=trial_tables.small_maps(view, selection, lang) if view.any_reports else [],
        by_day=trial_tables.city_by_day(view, selection.content, lang),
        by_content=trial_tables.city_by_content(view, selection.day, lang),
        by_ward=_ward_rows(view, selection, lang),
        map_options=script_safe_json(state),
    )


def _common(view: TrialView, lang: Language) -> dict[str, Any]:
    """Return what the page and the annex both say."""
    facts, words = view.figures.facts, trial_words(lang)
    known = sum(1 for branch in facts.branches if branch.address)
    placed = [district.name for group in facts.groups for district in group.districts]
    return {
        "t": words,
        "lang": lang,
        "view": view,
        "facts": facts,
        "participation": facts.participation[0].source,
        "total": len(view.wards),
        "reporting": view.figures.reporting(),
        "named": sum(1 for one in facts.participation if one.named),
        "headings": trial_tables.headings(lang),
        "day_labels": [day_text(day, lang) for day in facts.days],
        "coverage": trial_tables.coverage(view, lang),
        "branches": trial_tables.branches(view, lang),
        "branches_note": words["branches_note"].format(known=known),
        "groups": trial_tables.groups(view),
        "groups_note": words["groups_note"].format(known=", ".join(placed)),
        "trouble": view.trouble.message(lang) if view.trouble else "",
        "attribution": ATTRIBUTION[lang],
    }


def _chosen(view: TrialView, selection: Selection, lang: Language) -> dict[str, Any]:
    """Return what is said of the choice: the city's figures, the legend, gaps, issues."""
    day, content = selection.day, selection.content
    values = view.figures.ward_values(selection.figure, day=day, content=content)
    levels = view.levels(selection.figure, one_day=day is not None, one_content=content is not None, lang=lang)
    issues, more = trial_tables.issue_lines(view, selection, lang)
    return {
        "figure": DESCRIBED[selection.figure].name.message(lang),
        "day": day_text(day, lang),
        "content": trial_tables.content_text(view, content, lang),
        "city": [
            figure_text(view.figures.value(one, day=day, content=content), about.unit, lang)
            for one, about in DESCRIBED.items()
        ],
        "legend": trial_tables.legend(view, selection, lang),
        "levels": [levels.of(value) for value in values],
        "reporting": view.figures.reporting(day=day, content=content),
        "missing": [view.names[code] for code in view.figures.missing(day=day, content=content)],
        "issues": issues,
        "more_issues": more,
    }


def _choices(view: TrialView, lang: Language) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the form: value and words."""
    return {
        "figures": [(one.value, about.name.message(lang)) for one, about in DESCRIBED.items()],
        "days": [(day.isoformat() if day else "", day_text(day, lang)) for day in view.days],
        "contents": [
            (str(number) if number else "", trial_tables.content_text(view, number, lang)) for number in view.contents
        ],
    }


def _ward_rows(view: TrialView, selection: Selection, lang: Language) -> list[dict[str, Any]]:
    participation = {one.ward_code: one for one in view.figures.facts.participation}
    return [
        {
            "ward": ward,
            "participation": participation[ward.code],
            "cells": trial_tables.cells(view, lang, day=selection.day, content=selection.content, ward=ward.code),
        }
        for ward in view.wards
    ]


def _collection(view: TrialView, shapes: NDArray[np.object_]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": ward.code, "full_name": ward.full_name, "name": ward.name},
            "geometry": json.loads(shapely.to_geojson(shapely.orient_polygons(shape))),
        }
        for ward, shape in zip(view.wards, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
