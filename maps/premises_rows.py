"""The rows of the premises map: what a planner is told about each premises and each ward, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from geo.model import PositionMethod
from maps.page_parts import metres
from maps.premises_words import CONFIDENCES, METHODS, STATUSES, premises_words
from maps.ward_figures import Cell, figure_columns, proxy_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.model import Position, Premises, Ward
    from geo.premises import PremisesSurvey, WardPremises
    from maps.ward_figures import FigureColumn

RANKS = {method: rank for rank, method in enumerate(PositionMethod, 1)}
"""The mark of each quality: 1 the best, 5 the least exact. A number reads without colour and in both languages."""

_DAY = "%d/%m/%Y"
_UNSAID = "nguồn không ghi rõ cơ quan"


@dataclass(frozen=True, slots=True)
class PremisesRow:
    """One premises in words.

    ``districts`` are the old districts that its ward took ground from; ``flags`` what a planner should notice.
    """

    premises: Premises
    ward: Ward
    line: WardPremises
    districts: tuple[str, ...]
    flags: tuple[str, ...]
    role: str
    quality: str
    confidence: str

    @property
    def position(self) -> Position | None:
        """The position; None where no honest one is known."""
        return self.premises.position

    @property
    def rank(self) -> int:
        """The rank of the position's quality; 0 without one."""
        return 0 if self.position is None else RANKS[self.position.method]


@dataclass(frozen=True, slots=True)
class WardRow:
    """One ward with its figures."""

    ward: Ward
    cells: Sequence[Cell]
    proxy: str
    outside: str
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PremisesTables:
    """Everything on the page that is a table."""

    placed: Sequence[PremisesRow]
    unplaced: Sequence[PremisesRow]
    wards: Sequence[WardRow]
    figures: Sequence[FigureColumn]
    districts: Sequence[str]


_GATHERED: WeakKeyDictionary[PremisesSurvey, dict[Language, PremisesTables]] = WeakKeyDictionary()


def premises_tables(survey: PremisesSurvey, crosswalk: Crosswalk, lang: Language) -> PremisesTables:
    """Gather the rows of the page; once for each survey and language, for neither changes."""
    held = _GATHERED.setdefault(survey, {})
    if lang not in held:
        held[lang] = _gather(survey, crosswalk, lang)
    return held[lang]


def _gather(survey: PremisesSurvey, crosswalk: Crosswalk, lang: Language) -> PremisesTables:
    register = survey.register
    districts = {line.ward.code: _districts(crosswalk, line.ward.code) for line in register.wards}
    rows = [
        _premises_row(one, line, districts[line.ward.code], survey, lang)
        for line in register.wards
        for one in line.premises
    ]
    figures = figure_columns(survey, crosswalk, lang)
    wards = [
        WardRow(
            ward=line.ward,
            cells=[figure.cells[i] for figure in figures],
            proxy=proxy_text(survey.access[line.ward.code], lang),
            outside=", ".join(f"{premises_words(lang)['number']} {one.number}" for one in line.outside),
            districts=districts[line.ward.code],
        )
        for i, line in enumerate(register.wards)
    ]
    return PremisesTables(
        placed=[row for row in rows if row.position is not None],
        unplaced=[row for row in rows if row.position is None],
        wards=wards,
        figures=figures,
        districts=sorted({name for names in districts.values() for name in names}),
    )


def _districts(crosswalk: Crosswalk, ward_code: str) -> tuple[str, ...]:
    return tuple(sorted({unit.district for _, unit in crosswalk.predecessors(ward_code)}))


def _premises_row(
    premises: Premises, line: WardPremises, districts: tuple[str, ...], survey: PremisesSurvey, lang: Language
) -> PremisesRow:
    words, column = premises_words(lang), lang == "en"
    position = premises.position
    imported_on = survey.register.imported.get(premises.id)
    flags = [
        STATUSES[premises.status][column],
        words["outside"] if position is not None and not position.inside_ward else "",
        words["imported"].format(day=imported_on.strftime(_DAY)) if imported_on else "",
    ]
    return PremisesRow(
        premises=premises,
        ward=line.ward,
        line=line,
        districts=districts,
        flags=tuple(flag for flag in flags if flag),
        # Four of five roles say only this, at length.
        role=words["role_unsaid"] if _UNSAID in premises.role and not premises.bodies else premises.role,
        quality=words["no_position"]
        if position is None
        else f"{METHODS[position.method][column]}, ±{metres(position.uncertainty_m, lang)}",
        confidence=f"{premises.confidence} – {CONFIDENCES[premises.confidence][column]}",
    )
