"""The files that the ward finder loads when it needs them, made once from the data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from geo.model import Ward
from maps.app_files import ICON_SIZES, icon_png, icon_svg, service_worker
from maps.coverage_file import DISPLAY_TOLERANCE_M, FINE_TOLERANCE_M, coverage_asset
from maps.finder_names import StreetNames, names_file
from maps.finder_words import finder_words
from maps.page_assets import Asset, page_assets
from maps.paths import FINDER, WARDS, said_language
from maps.street_tiles import StreetTiles
from maps.ward_card import Answer, ward_card
from maps.ward_finder import Question, answer_fragment
from maps.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.stores import Store


@dataclass(frozen=True, slots=True)
class FinderFiles:
    """Everything that the page loads beside its scripts and styles.

    Parameters
    ----------
    coarse
        The wards for drawing the whole city: in the first answer, so it must be small.
    fine
        The wards for drawing streets and for answering positions.
    names
        What the field suggests.
    cards
        Each ward's card as HTML from the one template, and the words of local answers.
    icons
        With their sizes as a web manifest has them.
    """

    coarse: Asset
    fine: Asset
    names: Asset
    cards: Mapping[Language, Asset]
    icons: Sequence[tuple[Asset, str]]
    street_names: StreetNames
    street_tiles: StreetTiles
    worker: bytes

    @property
    def served(self) -> Sequence[Asset]:
        """What is served below ``/assets/``."""
        return (self.coarse, self.fine, self.names, *self.cards.values(), *(icon for icon, _ in self.icons))


_MADE: WeakKeyDictionary[WardIndex, FinderFiles] = WeakKeyDictionary()


def finder_files(index: WardIndex, crosswalk: Crosswalk, store: Store) -> FinderFiles:
    """Return the files, made once for each index; the same every time for the same data."""
    if index not in _MADE:
        _MADE[index] = _make(index, crosswalk, store)
    return _MADE[index]


def _make(index: WardIndex, crosswalk: Crosswalk, store: Store) -> FinderFiles:
    streets = StreetNames(store.gazetteer())
    coarse = coverage_asset(index, store, DISPLAY_TOLERANCE_M)
    fine = coverage_asset(index, store, FINE_TOLERANCE_M)
    names = Asset("names.json", names_file(index, crosswalk, streets))
    cards = {lang: Asset(f"cards-{lang}.json", _cards(index, crosswalk, lang)) for lang in LANGUAGES}
    shapes = store.display_geometries(index.dataset.generation, DISPLAY_TOLERANCE_M)
    icons = [(Asset("icon.svg", icon_svg(shapes)), "any")]
    icons += [(Asset(f"icon-{size}.png", icon_png(index, size)), f"{size}x{size}") for size in ICON_SIZES]
    pages = [FINDER, *(said_language(page, lang) for page in (FINDER, WARDS) for lang in LANGUAGES)]
    scripts_and_styles = (*page_assets("ward_finder").every, *page_assets("unit_pages").every)
    kept = (*scripts_and_styles, coarse, fine, names, *cards.values(), *(icon for icon, _ in icons))
    return FinderFiles(
        coarse=coarse,
        fine=fine,
        names=names,
        cards=cards,
        icons=icons,
        street_names=streets,
        street_tiles=StreetTiles(store.named_streets()),
        worker=service_worker(pages, kept, index.dataset.data_version),
    )


def _cards(index: WardIndex, crosswalk: Crosswalk, lang: Language) -> bytes:
    wards = [unit for unit in index.wards if isinstance(unit, Ward)]
    cards = {
        ward.code: answer_fragment(
            answer=Answer(cards=[ward_card(index, crosswalk, ward, lang)]), question=Question(), lang=lang
        )
        for ward in wards
    }
    content = {"words": finder_words(lang)["local"], "cards": cards}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
