"""The frame of every page: head, links to the other pages, foot. ``templates/layout.html`` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maps.folium_map import OPTIONS_ID
from maps.page_assets import inline_scripts, inline_styles, page_assets
from maps.page_parts import NO_TILES, OFFLINE_POLICY, content_policy
from maps.paths import (
    DOWNLOADS,
    FEATURES,
    FINDER,
    OLD_TO_NEW,
    OLD_UNITS,
    PREMISES,
    TRIAL,
    WARDS,
    in_language,
    said_language,
)
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import Language
    from maps.page_assets import PageName

PLACES: Final = (
    (FINDER, "find_ward"),
    (WARDS, "all_wards"),
    (OLD_UNITS, "all_old"),
    (OLD_TO_NEW, "old_to_new"),
    (PREMISES, "premises_page"),
    (TRIAL, "trial_page"),
    (DOWNLOADS, "data"),
)
"""The pages that all others lead to, each with its word in `maps.words.page_words`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A link to a page.

    ``current`` is ``page`` for the page itself, ``true`` for what lies below it, and empty elsewhere.
    """

    address: str
    text: str
    current: str


def frame(
    words: Mapping[str, Any],
    lang: Language,
    *,
    generation: str,
    data_version: str,
    page: PageName,
    path: str,
    title: str,
    description: str,
    tiles: Mapping[str, str] = NO_TILES,
) -> dict[str, Any]:
    """Return what ``layout.html`` needs for a page of the service.

    Parameters
    ----------
    words
        The page's own and the shared ones; see `maps.words.page_words`.
    generation, data_version
        What the foot names.
    path
        The page's one address without its language.
    tiles
        The operator's own background: ``url`` and ``attribution``, both empty where there is none.
    """
    other: Language = "en" if lang == "vi" else "vi"
    loaded = page_assets(page)
    return _common(
        words, lang, generation=generation, data_version=data_version, title=title, description=description
    ) | {
        "standalone": False,
        "policy": content_policy(tiles),
        "styles": loaded.styles,
        "scripts": loaded.scripts,
        "imported": loaded.imported,
        "canonical": in_language(path, lang),
        "alternate": {"vi": said_language(path, "vi"), "en": said_language(path, "en")},
        "other": other,
        "places": [Place(said_language(at, lang), words[name], _current(at, path)) for at, name in PLACES],
        "paths": {"wards": WARDS, "old_units": OLD_UNITS, "old_to_new": OLD_TO_NEW, "features": FEATURES},
        "ask": f"lang={lang}",
    }


def file_frame(
    words: Mapping[str, Any],
    lang: Language,
    *,
    generation: str,
    data_version: str,
    page: PageName,
    title: str,
    description: str,
) -> dict[str, Any]:
    """Return what ``layout.html`` needs for a page that is one file: everything in it, and no way out of it."""
    return _common(
        words, lang, generation=generation, data_version=data_version, title=title, description=description
    ) | {
        "standalone": True,
        "policy": OFFLINE_POLICY,
        "styles": inline_styles(page),
        "scripts": inline_scripts(page),
        "ask": "",
    }


def _common(
    words: Mapping[str, Any], lang: Language, *, generation: str, data_version: str, title: str, description: str
) -> dict[str, Any]:
    return {
        "t": words,
        "lang": lang,
        "title": title,
        "description": description,
        "generation": generation,
        "data_version": data_version,
        "attribution": ATTRIBUTION[lang],
        "options_id": OPTIONS_ID,
    }


def _current(place: str, path: str) -> str:
    path = path.partition("?")[0]
    if path == place:
        return "page"
    below = path.startswith(f"{place}/") or (place == DOWNLOADS and path.startswith(FEATURES))
    return "true" if below else ""
