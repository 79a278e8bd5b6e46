"""The page of a ward, the page of an old commune, and what is said where there is neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.model import PremisesStatus, Ward
from maps.frame import frame
from maps.law_rows import choose_old, choose_ward
from maps.page_parts import metres, page_template, thousands
from maps.paths import OLD_UNITS, WARDS, old_unit_path, ward_path
from maps.premises_words import METHODS
from maps.unit_figure import draw
from maps.unit_words import unit_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import OldUnit, Premises
    from geo.pieces import Pieces


@dataclass(frozen=True, slots=True)
class UnitData:
    """What the pages of units are made from."""

    index: WardIndex
    crosswalk: Crosswalk
    pieces: Pieces

    @property
    def wards(self) -> list[Ward]:
        """The wards by code."""
        return [unit for unit in self.index.wards if isinstance(unit, Ward)]

    @property
    def ward_names(self) -> dict[str, str]:
        """Names of the wards by code."""
        return {ward.code: ward.name for ward in self.wards}


@dataclass(frozen=True, slots=True)
class PremisesLine:
    """One premises in words; ``letter`` marks it in the drawing where it has a position."""

    premises: Premises
    letter: str
    status: str
    position: str


def unit_frame(data: UnitData, lang: Language, *, path: str, title: str, description: str) -> dict[str, Any]:
    """Return the frame of a page without a map; see `maps.frame.frame`."""
    return frame(
        unit_words(lang),
        lang,
        generation=data.index.dataset.generation.id,
        data_version=data.index.dataset.data_version,
        page="unit_pages",
        path=path,
        title=title,
        description=description,
    )


def ward_page(data: UnitData, ward: Ward, lang: Language) -> str:
    """Render the page of a ward."""
    words = unit_words(lang)
    choice = choose_ward(data.crosswalk, data.pieces, ward, lang)
    premises = _premises_lines(data.index.premises_of(ward.code), lang)
    old = data.crosswalk.old_units.get(ward.code)
    figures = {
        "population": thousands(ward.population, lang),
        "area": thousands(ward.area_km2, lang, 2),
        "measured": thousands(ward.polygon_area_km2, lang, 2),
    }
    return page_template("ward_page.html").render(
        **unit_frame(
            data,
            lang,
            path=ward_path(ward),
            title=words["ward_title"].format(name=ward.full_name),
            description=words["ward_description"].format(
                name=ward.full_name,
                code=ward.code,
                count=len(choice.rows),
                clause=choice.rows[0].link.clause,
                **figures,
            ),
        ),
        ward=ward,
        choice=choice,
        figures=figures,
        doubt=ward.doubt_vi if lang == "vi" else ward.doubt_en,
        reused=old and words["code_reused"].format(old=old.full_name, district=old.district),
        reused_path=old and old_unit_path(old),
        reused_name=old and old.full_name,
        premises=premises,
        neighbours=[(unit, ward_path(unit)) for unit in data.index.neighbours(ward.code) if isinstance(unit, Ward)],
        drawing=draw(choice, data.pieces, data.ward_names, [(line.letter, line.premises) for line in premises]),
        figure_title=words["ward_figure"].format(name=ward.full_name),
    )


def old_unit_page(data: UnitData, old: OldUnit, lang: Language) -> str:
    """Render the page of an old commune."""
    words = unit_words(lang)
    choice = choose_old(data.crosswalk, data.pieces, old.code, lang)
    now = data.crosswalk.wards.get(old.code)
    joined = {ward.code: ward.full_name for ward in (row.ward for row in choice.rows)}
    return page_template("old_unit_page.html").render(
        **unit_frame(
            data,
            lang,
            path=old_unit_path(old),
            title=words["old_title"].format(name=old.full_name, district=old.district),
            description=words["old_description"].format(
                name=old.full_name, district=old.district, code=old.code, wards=", ".join(joined.values())
            ),
        ),
        old=old,
        choice=choice,
        code_now=words["code_now"].format(ward=now.full_name) if now else words["code_gone"],
        code_now_path=now and ward_path(now),
        code_now_name=now and now.full_name,
        drawing=draw(choice, data.pieces, data.ward_names),
        figure_title=words["old_figure"].format(name=old.full_name),
    )


def missing_page(data: UnitData, lang: Language, *, said: str, old: bool) -> str:
    """Render what is said where no unit has the code asked for."""
    words = unit_words(lang)
    title = words["missing_old_title" if old else "missing_title"]
    return page_template("unit_missing.html").render(
        **unit_frame(data, lang, path=OLD_UNITS if old else WARDS, title=title, description=said),
        said=said,
        choice=None,
    )


def retired_page(data: UnitData, unit: OldUnit, lang: Language) -> str:
    """Render what is said where the code asked for is that of an old commune only: its successors."""
    words = unit_words(lang)
    said = words["retired"].format(code=unit.code, name=unit.full_name, district=unit.district)
    return page_template("unit_missing.html").render(
        **unit_frame(
            data,
            lang,
            path=old_unit_path(unit),
            title=words["retired_title"].format(name=unit.full_name),
            description=said,
        ),
        said=said,
        choice=choose_old(data.crosswalk, data.pieces, unit.code, lang),
    )


def _premises_lines(known: Sequence[Premises], lang: Language) -> list[PremisesLine]:
    words = unit_words(lang)
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    lines = []
    for one in known:
        letter, said = "", words["no_position"]
        if one.position is not None:
            letter = next(letters)
            said = words["position_known"].format(
                method=METHODS[one.position.method][lang == "en"],
                metres=metres(one.position.uncertainty_m, lang),
                mark=letter,
            )
            if not one.position.inside_ward:
                said += f"; {words['outside_ward']}"
        status = {PremisesStatus.PLANNED: words["planned"], PremisesStatus.TEMPORARY: words["temporary"]}
        lines.append(PremisesLine(one, letter, status.get(one.status, ""), said))
    return lines
