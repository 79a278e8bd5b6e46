"""The map of the trial of 20-26 June 2025 for planners and leaders: participation, figures by day and content, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.trial import DESCRIBED, Figure
from maps import trial_tables
from maps.coverage_file import DISPLAY_TOLERANCE_M
from maps.frame import file_frame, frame
from maps.page_assets import page_assets
from maps.page_parts import NO_TILES, page_template, script_safe_json
from maps.paths import TRIAL
from maps.shapes import ward_features
from maps.trial_data import trial_data
from maps.trial_drawing import draw
from maps.trial_view import SHOWN_ISSUES, Selection, day_text, figure_text
from maps.trial_words import trial_words
from maps.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.errors import Language
    from maps.trial_view import TrialView

DATA_NAME: Final = "so-lieu.json"
ANNEX_NAME: Final = "phu-luc"
CSV_NAME: Final = "phu-luc.csv"
XLSX_NAME: Final = "phu-luc.xlsx"

_PAPER_POLICY: Final = "default-src 'none'; style-src {}; img-src data:"


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
    words = trial_words(lang)
    links = [
        (f"{TRIAL}/{ANNEX_NAME}?lang={lang}", f"HTML ({words['annex_html']})"),
        (f"{TRIAL}/{XLSX_NAME}?lang={lang}", "XLSX"),
        (f"{TRIAL}/{CSV_NAME}?lang={lang}", "CSV"),
    ]
    context = frame(
        words,
        lang,
        generation=view.generation,
        data_version=view.data_version,
        page="trial_map",
        path=TRIAL,
        title=words["title"],
        description=words["lead"].format(count=len(view.wards)),
        tiles=tiles,
    )
    if view.any_reports:
        context["alternate"] = {tongue: trial_tables.address(selection, tongue) for tongue in LANGUAGES}
    return _render(
        view,
        shapes,
        selection,
        lang,
        context,
        downloads=links,
        options={
            "wards": f"/v1/wards?geometry={DISPLAY_TOLERANCE_M}m&lang={lang}",
            "figures": f"{TRIAL}/{DATA_NAME}?lang={lang}" if view.any_reports else None,
            "tiles": dict(tiles),
        },
    )


def trial_file(*, view: TrialView, shapes: NDArray[np.object_], lang: Language) -> str:
    """Render the map as one file that opens from disk with no network, its figures inside."""
    words = trial_words(lang)
    return _render(
        view,
        shapes,
        Selection(view.first_figure),
        lang,
        file_frame(
            words,
            lang,
            generation=view.generation,
            data_version=view.data_version,
            page="trial_map",
            title=words["title"],
            description=words["lead"].format(count=len(view.wards)),
        ),
        downloads=[],
        options={
            "wards": ward_features(view.wards, shapes),
            "figures": trial_data(view, lang) if view.any_reports else None,
            "tiles": NO_TILES,
        },
    )


def trial_annex(*, view: TrialView, lang: Language, standalone: bool) -> str:
    """Render the annex as a page to print, A4, with no script: every figure of the whole trial.

    Parameters
    ----------
    standalone
        True for a file that opens from disk, with its style inside.
    """
    (style,) = page_assets("annex").styles
    whole = Selection(Figure.REPORTS)
    issues = view.issues(whole)
    return page_template("trial_annex.html").render(
        **_common(view, lang),
        policy=_PAPER_POLICY.format("'unsafe-inline'" if standalone else "'self'"),
        style=style.content.decode(),
        style_address="" if standalone else style.address,
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
    context: Mapping[str, Any],
    *,
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
        **{**context, **_common(view, lang)},
        downloads=downloads,
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
