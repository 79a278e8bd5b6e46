"""The ward finder: one question, the answer in words, then the map."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.model import Ward
from maps.coverage_file import DISPLAY_TOLERANCE_M, coverage_asset
from maps.finder_words import finder_words
from maps.frame import file_frame, frame
from maps.page_parts import NO_TILES, page_template, script_safe_json
from maps.paths import FINDER
from maps.ward_card import Answer, ward_card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.stores import Store
    from maps.finder_files import FinderFiles

STREETS_ADDRESS: Final = "/ban-do/duong"
WORKER_ADDRESS: Final = "/service-worker.js"
MANIFEST_ADDRESS: Final = "/manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Question:
    """What the visitor typed, and what is wrong with it.

    ``error`` says what to mend and leads to it: ``field`` is its id. ``heading`` and ``detail`` where there is more to
    say.
    """

    text: str = ""
    error: str = ""
    field: str = "q"
    heading: str = ""
    detail: str = ""


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
    words = finder_words(lang)
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
    return page_template("ward_finder.html").render(
        **frame(
            words,
            lang,
            generation=index.dataset.generation.id,
            data_version=index.dataset.data_version,
            page="ward_finder",
            path=FINDER,
            title=words["title"],
            description=words["lead"],
            tiles=tiles,
        ),
        web_links=True,
        manifest=f"{MANIFEST_ADDRESS}?lang={lang}",
        icon=files.icons[0][0].address,
        question=question,
        answer=answer,
        map_options=script_safe_json(options),
    )


def answer_fragment(*, answer: Answer | None, question: Question, lang: Language, web_links: bool = True) -> str:
    """Render only the answer, and what is wrong with the question, for the page to put in place without a reload.

    ``web_links``: whether to offer maps on the web beside the device's own app.
    """
    context = {"t": finder_words(lang), "lang": lang, "question": question, "answer": answer, "web_links": web_links}
    return page_template("problem.html").render(context) + page_template("answer.html").render(context)


def standalone_page(*, index: WardIndex, crosswalk: Crosswalk, store: Store, lang: Language) -> str:
    """Render the map of wards as one file that opens from disk with no network.

    It carries the display shapes and every ward's card; it draws and tells, but looks up no coordinates.
    """
    words = finder_words(lang)
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
    options = {"wards": shapes, "cards": cards, "words": words["map"], "tiles": NO_TILES}
    return page_template("ward_file.html").render(
        **file_frame(
            words,
            lang,
            generation=index.dataset.generation.id,
            data_version=index.dataset.data_version,
            page="ward_file",
            title=words["map_heading"],
            description=words["standalone_lead"],
        ),
        map_options=script_safe_json(options),
        wards=wards,
    )
