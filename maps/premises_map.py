"""The premises map for planners: what is known of the 232 premises, where, how surely, and how far residents are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.coverage_file import DISPLAY_TOLERANCE_M
from maps.frame import file_frame, frame
from maps.page_parts import NO_TILES, page_template, script_safe_json
from maps.paths import PREMISES
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
from maps.shapes import ward_features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.premises import PremisesSurvey


def premises_page(
    *,
    survey: PremisesSurvey,
    crosswalk: Crosswalk,
    lang: Language,
    tiles: Mapping[str, str],
) -> str:
    """Render the page of the service; the borders to draw come by a request of their own.

    Parameters
    ----------
    tiles
        The operator's own background: ``url`` and ``attribution``, both empty where there is none.
    """
    words = premises_words(lang)
    names = ((CSV_NAME, "CSV"), (XLSX_NAME, "XLSX"), (GEOJSON_NAME, "GeoJSON"))
    return _render(
        survey,
        crosswalk,
        lang,
        frame(
            words,
            lang,
            generation=survey.dataset.generation.id,
            data_version=survey.dataset.data_version,
            page="premises_map",
            path=PREMISES,
            title=words["title"],
            description=_lead(survey, words),
            tiles=tiles,
        ),
        downloads=[(f"{PREMISES}/{name}?lang={lang}", name, kind) for name, kind in names],
        options={
            "wards": f"/v1/wards?geometry={DISPLAY_TOLERANCE_M}m&lang={lang}",
            "words": words["map"],
            "tiles": dict(tiles),
        },
    )


def premises_file(*, survey: PremisesSurvey, crosswalk: Crosswalk, shapes: NDArray[np.object_], lang: Language) -> str:
    """Render the map as one file that opens from disk with no network, its downloads inside.

    Parameters
    ----------
    shapes
        The wards' shapes for drawing, EPSG:4326, in the register's order.
    """
    words = premises_words(lang)
    contents = (
        (CSV_NAME, "CSV", premises_csv(survey)),
        (XLSX_NAME, "XLSX", premises_xlsx(survey, crosswalk, lang)),
        (GEOJSON_NAME, "GeoJSON", premises_geojson(survey)),
    )
    return _render(
        survey,
        crosswalk,
        lang,
        file_frame(
            words,
            lang,
            generation=survey.dataset.generation.id,
            data_version=survey.dataset.data_version,
            page="premises_map",
            title=words["title"],
            description=_lead(survey, words),
        ),
        downloads=[(data_address(name, content), name, kind) for name, kind, content in contents],
        options={
            "wards": ward_features((line.ward for line in survey.register.wards), shapes),
            "words": words["map"],
            "tiles": NO_TILES,
        },
    )


def _render(
    survey: PremisesSurvey,
    crosswalk: Crosswalk,
    lang: Language,
    context: Mapping[str, Any],
    *,
    downloads: Sequence[tuple[str, str, str]],
    options: Mapping[str, Any],
) -> str:
    words, register = premises_words(lang), survey.register
    tables = premises_tables(survey, crosswalk, lang)
    positioned = sum(len(line.positioned) for line in register.wards)
    how = [
        words[name].format(positioned=positioned, in_use=len(register.in_use)) for name in ("how_1", "how_2", "how_3")
    ]
    return page_template("premises.html").render(
        **context,
        downloads=downloads,
        facts=_facts(survey, words),
        placed=tables.placed,
        unplaced=tables.unplaced,
        wards=tables.wards,
        figures=tables.figures,
        districts=tables.districts,
        how=how,
        register_version=register.version,
        map_options=script_safe_json(options),
    )


def _lead(survey: PremisesSurvey, words: Mapping[str, str]) -> str:
    return words["lead"].format(total=survey.register.total, known=len(survey.register.premises))


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
