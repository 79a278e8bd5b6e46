"""Tables and pictures of the trial page and of its annex, as plain rows for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from geo.trial import DESCRIBED, Figure, Unit
from maps.page_parts import metres
from maps.trial_view import SHOWN_ISSUES, LevelEntry, Selection, day_text, figure_text
from maps.trial_words import trial_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.errors import Language
    from geo.model import SourceRef
    from maps.trial_view import TrialView


@dataclass(frozen=True, slots=True)
class Heading:
    """A figure's column: its heading with the unit, and how figures of several reports come about."""

    key: str
    text: str
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures: what it is of, and the figures as text."""

    label: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Small:
    """One small map: day and content group by their positions in the choices, the city's figure, a class a ward."""

    day: int
    content: int
    label: str
    text: str
    reporting: int
    address: str
    levels: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of small maps with the legend that they share."""

    heading: str
    maps: Sequence[Small]
    legend: Sequence[LevelEntry]


@dataclass(frozen=True, slots=True)
class Fact:
    """A branch or a working group, or all those of which nothing is known: what is known of it, and where from.

    ``number`` is its number, or theirs: ``"4, 5, 8–12"``.
    """

    number: str
    first: str | None
    second: str | None
    position: str
    sources: Sequence[SourceRef]


def headings(lang: Language) -> list[Heading]:
    """Return the columns of figures, in order."""
    units = {Unit.PERCENT: " (%)", Unit.MINUTES: f" ({trial_words(lang)['minutes']})", Unit.COUNT: ""}
    return [
        Heading(
            figure.value,
            about.short.message(lang) + units[about.unit],
            about.name.message(lang),
            about.how.message(lang),
        )
        for figure, about in DESCRIBED.items()
    ]


def cells(view: TrialView, lang: Language, *, day: date | None, content: int | None, ward: str | None) -> list[str]:
    """Return every figure of one ward, or of the city, as text without its unit."""
    return [
        figure_text(view.figures.value(figure, day=day, content=content, ward=ward), about.unit, lang, with_unit=False)
        for figure, about in DESCRIBED.items()
    ]


def city_by_day(view: TrialView, content: int | None, lang: Language) -> list[Line]:
    """Return the city's figures of each day, then of all days."""
    whole = Line(trial_words(lang)["whole"], cells(view, lang, day=None, content=content, ward=None))
    return [
        *(
            Line(day_text(day, lang), cells(view, lang, day=day, content=content, ward=None))
            for day in view.figures.facts.days
        ),
        whole,
    ]


def city_by_content(view: TrialView, day: date | None, lang: Language) -> list[Line]:
    """Return the city's figures of each content group."""
    return [
        Line(content_text(view, number, lang), cells(view, lang, day=day, content=number, ward=None))
        for number in view.contents[1:]
    ]


def coverage(view: TrialView, lang: Language) -> list[tuple[str, list[int]]]:
    """Return how many wards have a report, by content group and day."""
    return [
        (
            content_text(view, number, lang),
            [view.figures.reporting(day=day, content=number) for day in view.figures.facts.days],
        )
        for number in view.contents[1:]
    ]


def content_text(view: TrialView, number: int | None, lang: Language) -> str:
    """Name a content group; all of them where it is None."""
    if number is None:
        return str(trial_words(lang)["all_contents"])
    return f"{number}. {view.figures.facts.contents[number - 1].short.message(lang)}"


def address(selection: Selection, lang: Language) -> str:
    """Return the query of a choice."""
    asked = {"so-lieu": selection.figure.value}
    if selection.day:
        asked["ngay"] = selection.day.isoformat()
    if selection.content:
        asked["noi-dung"] = str(selection.content)
    return "?" + urlencode({**asked, "lang": lang})


def legend(view: TrialView, selection: Selection, lang: Language) -> list[LevelEntry]:
    """Return the classes of the map that is chosen, each with how many wards it holds."""
    levels = view.levels(
        selection.figure, one_day=selection.day is not None, one_content=selection.content is not None, lang=lang
    )
    values = view.figures.ward_values(selection.figure, day=selection.day, content=selection.content)
    held = [levels.of(value) for value in values]
    entries = [LevelEntry(level, text, held.count(level)) for level, text in enumerate(levels.texts)]
    return [*entries, LevelEntry(None, trial_words(lang)["no_value"], held.count(None))]


def small_maps(view: TrialView, selection: Selection, lang: Language) -> list[Row]:
    """Return the chosen figure by day, for the chosen contents, and by content group, for the chosen day."""
    words = trial_words(lang)

    def one(day: date | None, content: int | None, label: str) -> Small:
        values = view.figures.ward_values(selection.figure, day=day, content=content)
        levels = view.levels(selection.figure, one_day=day is not None, one_content=content is not None, lang=lang)
        return Small(
            day=view.days.index(day),
            content=view.contents.index(content),
            label=label,
            text=figure_text(
                view.figures.value(selection.figure, day=day, content=content),
                DESCRIBED[selection.figure].unit,
                lang,
            ),
            reporting=view.figures.reporting(day=day, content=content),
            address=address(Selection(selection.figure, day, content), lang),
            levels=[levels.of(value) for value in values],
        )

    days = [one(day, selection.content, day_text(day, lang)) for day in view.days[1:]]
    contents = [one(selection.day, number, content_text(view, number, lang)) for number in view.contents[1:]]
    return [
        Row(
            words["by_day"],
            days,
            _shared(view, selection.figure, lang, one_day=True, one_content=selection.content is not None),
        ),
        Row(
            words["by_content"],
            contents,
            _shared(view, selection.figure, lang, one_day=selection.day is not None, one_content=True),
        ),
    ]


def _shared(view: TrialView, figure: Figure, lang: Language, *, one_day: bool, one_content: bool) -> list[LevelEntry]:
    levels = view.levels(figure, one_day=one_day, one_content=one_content, lang=lang)
    entries = [LevelEntry(level, text) for level, text in enumerate(levels.texts)]
    return [*entries, LevelEntry(None, trial_words(lang)["no_value"])]


def issue_lines(view: TrialView, selection: Selection, lang: Language) -> tuple[list[tuple[str, str]], int]:
    """Return the first issues of a choice (where, what), and how many more there are."""
    found = view.issues(selection)
    word = trial_words(lang)["map"]["content"]
    lines = [
        (f"{view.names[report.ward_code]}, {day_text(report.day, lang)}, {word} {report.content}", report.issues)
        for report in found[:SHOWN_ISSUES]
    ]
    return lines, max(0, len(found) - SHOWN_ISSUES)


def branches(view: TrialView, lang: Language) -> list[Fact]:
    """Return the 12 branches; one at a ward's known premises has that premises' position."""
    facts = view.figures.facts
    lines = []
    for branch in facts.branches:
        premises = view.premises.get(branch.premises_id or "")
        position = ""
        if premises is not None and premises.position is not None:
            position = f"{trial_words(lang)['position']} {metres(premises.position.uncertainty_m, lang)}"
        lines.append(
            Fact(
                str(branch.number),
                branch.address,
                branch.serves.message(lang) if branch.serves else None,
                position,
                branch.sources or (facts.branches_source,),
            )
        )
    return _unknown_together(lines)


def groups(view: TrialView) -> list[Fact]:
    """Return the 11 working groups."""
    facts = view.figures.facts
    lines = [
        Fact(
            str(group.number),
            group.head,
            ", ".join(district.name for district in group.districts) or None,
            "",
            [*dict.fromkeys(district.source for district in group.districts)] or (facts.groups_source,),
        )
        for group in facts.groups
    ]
    return _unknown_together(lines)


def _unknown_together(lines: Sequence[Fact]) -> list[Fact]:
    """Put those of which nothing is known into one line, the last."""
    unknown = [line for line in lines if line.first is None and line.second is None]
    known = [line for line in lines if line not in unknown]
    if not unknown:
        return known
    where = list(dict.fromkeys(source for line in unknown for source in line.sources))
    return [*known, Fact(_ranges([int(line.number) for line in unknown]), None, None, "", where)]


def _ranges(numbers: Sequence[int]) -> str:
    """Write rising numbers with dashes: ``"4, 5, 8–12"``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)  # noqa: PLR2004


def branch_marks(view: TrialView, lang: Language) -> list[dict[str, Any]]:
    """Return the branches that can be drawn: at the position of the ward's premises at the same address."""
    words = trial_words(lang)
    marks = []
    for branch in view.figures.facts.branches:
        premises = view.premises.get(branch.premises_id or "")
        if premises is not None and premises.position is not None:
            marks.append(
                {
                    "sign": f"{words['branch_short']}{branch.number}",
                    "label": f"{words['branch']} {branch.number}: {branch.address}",
                    "lat": premises.position.lat,
                    "lon": premises.position.lon,
                    "uncertainty_m": premises.position.uncertainty_m,
                }
            )
    return marks
