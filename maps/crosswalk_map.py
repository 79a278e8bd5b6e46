"""The old-to-new map: choose an old commune, an old district or a ward, and see what the law sent where."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from geo.errors import UnknownUnit
from maps.frame import file_frame, frame
from maps.law_rows import PARAMETERS, Choice, Kind, choose_district, choose_old, choose_ward
from maps.page_parts import NO_TILES, page_template, script_safe_json
from maps.paths import OLD_TO_NEW
from maps.shapes import feature_collection, ward_features
from maps.unit_figure import draw, label_point
from maps.unit_lists import alphabetical
from maps.unit_words import unit_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.errors import Language
    from geo.model import District, OldUnit
    from geo.pieces import Pieces
    from maps.unit_pages import UnitData

FILE_TOLERANCE_M: Final = 25


def choose(data: UnitData, districts: Sequence[District], kind: Kind, code: str, lang: Language) -> Choice:
    """Say what the law did with one unit.

    Raises
    ------
    UnknownUnit
        No unit of that kind has that code.
    """
    if kind == "old":
        return choose_old(data.crosswalk, data.pieces, code, lang)
    if kind == "ward":
        for ward in data.wards:
            if ward.code == code:
                return choose_ward(data.crosswalk, data.pieces, ward, lang)
    if kind == "district":
        for district in districts:
            if district.code == code:
                return choose_district(data.crosswalk, data.pieces, district, lang)
    raise UnknownUnit(vi=f"Không có đơn vị nào mang mã {code}.", en=f"No unit has the code {code}.", field="code")


def crosswalk_page(
    data: UnitData,
    districts: Sequence[District],
    lang: Language,
    *,
    choice: Choice | None = None,
    problem: str = "",
    tiles: Mapping[str, str],
) -> str:
    """Render the page of the service; its shapes come by requests of their own.

    Parameters
    ----------
    problem
        What was wrong with the choice asked for.
    tiles
        The operator's own background: ``url`` and ``attribution``, both empty where there is none.
    """
    words = unit_words(lang)
    context = frame(
        words,
        lang,
        generation=data.index.dataset.generation.id,
        data_version=data.index.dataset.data_version,
        page="crosswalk_map",
        path=choice.map_path if choice else OLD_TO_NEW,
        title=f"{choice.title} – {words['map_title']}" if choice else words["map_title"],
        description=choice.said if choice else words["map_lead"],
        tiles=tiles,
    )
    options = {
        "wards": f"/v1/wards?geometry={FILE_TOLERANCE_M}m&lang={lang}",
        "page": f"{OLD_TO_NEW}?lang={lang}",
        "words": words["map"],
        "tiles": dict(tiles),
    }
    return _render(
        data,
        districts,
        context,
        lead=words["map_lead"],
        choice=choice,
        problem=problem,
        drawing=draw(choice, data.pieces, data.ward_names) if choice else None,
        options=options,
    )


def crosswalk_file(data: UnitData, districts: Sequence[District], lang: Language) -> str:
    """Render the map as one file that opens from disk with no network.

    Parameters
    ----------
    data
        Its pieces are of the display level for files, `FILE_TOLERANCE_M`.
    """
    words = unit_words(lang)
    context = file_frame(
        words,
        lang,
        generation=data.index.dataset.generation.id,
        data_version=data.index.dataset.data_version,
        page="crosswalk_map",
        title=words["map_title"],
        description=words["map_lead"],
    )
    options = {
        "wards": ward_features(data.wards, [data.pieces.wards[ward.code] for ward in data.wards]),
        "pieces": feature_collection(piece_features(data.pieces, data.crosswalk.old_units.values())),
        "cards": {
            choice.key: " ".join(_fragment(choice, context).split()) for choice in _every_choice(data, districts, lang)
        },
        "words": words["map"],
        "tiles": NO_TILES,
    }
    return _render(
        data,
        districts,
        context,
        lead=words["file_lead"],
        choice=None,
        problem="",
        drawing=None,
        options=options,
    )


def piece_features(pieces: Pieces, communes: Iterable[OldUnit]) -> Iterable[dict[str, Any]]:
    """Return the outlines of communes and their pieces, each with its ``shape``; None where it is too small to draw."""
    for unit in communes:
        yield {
            "kind": "old-unit",
            "old_code": unit.code,
            "name": unit.name,
            "full_name": unit.full_name,
            "label": label_point(pieces.communes[unit.code]),
            "shape": pieces.communes[unit.code],
        }
        for piece in pieces.of_old(unit.code):
            yield {
                "kind": "piece",
                "old_code": unit.code,
                "ward_code": piece.link.ward_code,
                "clause": piece.link.clause,
                "drawn_share": round(piece.share, 4),
                "label": piece.shape and label_point(piece.shape),
                "shape": piece.shape,
            }


def _every_choice(data: UnitData, districts: Sequence[District], lang: Language) -> Iterable[Choice]:
    codes: tuple[tuple[Kind, Iterable[str]], ...] = (
        ("old", data.crosswalk.old_units),
        ("district", (district.code for district in districts)),
        ("ward", (ward.code for ward in data.wards)),
    )
    return (choose(data, districts, kind, code, lang) for kind, known in codes for code in known)


def _fragment(choice: Choice, context: Mapping[str, Any]) -> str:
    return page_template("crosswalk_answer.html").render(**context, choice=choice, drawing=None, problem="")


def _render(
    data: UnitData, districts: Sequence[District], context: Mapping[str, Any], *, options: object, **rest: Any
) -> str:
    communes: dict[str, list[OldUnit]] = defaultdict(list)
    for unit in sorted(data.crosswalk.old_units.values(), key=lambda one: alphabetical(one.name)):
        communes[unit.district_code].append(unit)
    return page_template("crosswalk_map.html").render(
        **context,
        **rest,
        districts=districts,
        communes=communes,
        wards=sorted(data.wards, key=lambda one: alphabetical(one.name)),
        parameters=PARAMETERS,
        map_options=script_safe_json(options),
    )
