"""What the trial page shows: the choice that was made, figures as text, tables, classes of the choropleth."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.trial import DESCRIBED, Figure, Unit
from maps.page_parts import thousands
from maps.trial_words import trial_words
from maps.ward_figures import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.errors import HanoiWardsError, Language
    from geo.model import Premises, TrialReport, Ward
    from geo.trial import LoadedReports, TrialFigures

CLASSES: Final = 5
SHOWN_ISSUES: Final = 12


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen to be shown; None for all days and for all content groups.

    ``notices`` says of a choice that does not exist what is shown in its place.
    """

    figure: Figure
    day: date | None = None
    content: int | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """One class: its level (None: no figure), its bounds in words, how many wards it holds."""

    level: int | None
    text: str
    wards: int = 0


@dataclass(frozen=True)
class Levels:
    """The classes of one figure over all that is compared with each other.

    Parameters
    ----------
    bounds
        Upper bounds, rising; a value belongs to the first that it does not exceed.
    texts
        The bounds in words.
    """

    bounds: tuple[float, ...]
    texts: tuple[str, ...]

    def of(self, value: float | None) -> int | None:
        """Return the class of a value, 0 to 4; None for none."""
        if value is None or not self.bounds:
            return None
        return min(int(np.searchsorted(self.bounds, value, side="left")), len(self.bounds) - 1)


@dataclass(frozen=True)
class TrialView:
    """Everything that the trial page is made from.

    Parameters
    ----------
    figures
        Of the reports loaded; of none where none are.
    wards
        The 126, by code, in the order of the figures.
    premises
        The known premises by id, for branches at the same address.
    trouble
        Why the reports that are there cannot be shown; None where nothing is wrong.
    """

    figures: TrialFigures
    wards: Sequence[Ward]
    loaded: LoadedReports
    premises: Mapping[str, Premises]
    generation: str
    data_version: str
    trouble: HanoiWardsError | None = None
    _levels: dict[tuple[Figure, bool, bool, str], Levels] = field(default_factory=dict, repr=False, compare=False)

    @property
    def any_reports(self) -> bool:
        """True where there are figures to show."""
        return bool(self.figures.reports)

    @cached_property
    def days(self) -> tuple[date | None, ...]:
        """All days first, then each: the positions of the slider."""
        return (None, *self.figures.facts.days)

    @cached_property
    def contents(self) -> tuple[int | None, ...]:
        """All content groups first, then each."""
        return (None, *(content.number for content in self.figures.facts.contents))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Full names of the wards by code."""
        return {ward.code: ward.full_name for ward in self.wards}

    def levels(self, figure: Figure, *, one_day: bool, one_content: bool, lang: Language) -> Levels:
        """Return the classes of a figure: the same for every single day, and for every single content group.

        So the colours of two days, or of two content groups, can be compared.
        """
        key = (figure, one_day, one_content, lang)
        if key not in self._levels:
            values = [
                value
                for day in (self.days[1:] if one_day else (None,))
                for content in (self.contents[1:] if one_content else (None,))
                for value in self.figures.ward_values(figure, day=day, content=content)
                if value is not None
            ]
            bounds = class_bounds(values)
            self._levels[key] = Levels(bounds, tuple(_bound_texts(bounds, DESCRIBED[figure].unit, lang)))
        return self._levels[key]

    def selection(self, asked: Mapping[str, str], lang: Language) -> Selection:
        """Read a choice from the parameters of an address: ``so-lieu``, ``ngay``, ``noi-dung``."""
        words = trial_words(lang)
        notices = []

        def chosen(name: str, choices: Mapping[str, object], otherwise: object, label: str, shown: str) -> object:
            value = asked.get(name, "")
            if value and value not in choices:
                notices.append(words["wrong_choice"].format(value=value[:60], name=label, shown=shown))
            return choices.get(value, otherwise)

        default = self.first_figure
        figure = chosen(
            "so-lieu", {one.value: one for one in Figure}, default, words["figure"],
            f"“{DESCRIBED[default].name.message(lang)}”",
        )  # fmt: skip
        days = {day.isoformat(): day for day in self.figures.facts.days}
        day = chosen("ngay", days, None, words["day"], words["all_days"])
        numbers = {str(number): number for number in self.contents[1:]}
        content = chosen("noi-dung", numbers, None, words["content"], words["all_contents"])
        assert isinstance(figure, Figure)
        assert day is None or isinstance(day, date)
        assert content is None or isinstance(content, int)
        return Selection(figure, day, content, tuple(notices))

    @property
    def first_figure(self) -> Figure:
        """The first figure that some report gives, in the order in which they are offered."""
        return next((one for one in DESCRIBED if self.figures.value(one) is not None), Figure.REPORTS)

    def issues(self, selection: Selection) -> list[TrialReport]:
        """Return the reports of a choice that note issues."""
        return [
            report
            for report in self.figures.reports
            if report.issues and selection.day in (None, report.day) and selection.content in (None, report.content)
        ]


def class_bounds(values: Sequence[float]) -> tuple[float, ...]:
    """Class values by quantiles (mapclassify), the bounds rounded to what can be read where that moves no value.

    Quantiles and not natural breaks: up to 8,820 values are classed at once, and shares crowd below 100 %.

    Returns
    -------
    Upper bounds, rising; at most five, fewer where there are fewer values.
    """
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:
        return tuple(distinct)
    # Slow to load, and only the pages of planners need it.
    import mapclassify  # noqa: PLC0415

    with warnings.catch_warnings():
        # It warns where crowded values give one bound twice; that is dealt with below.
        warnings.simplefilter("ignore")
        found = mapclassify.Quantiles(np.asarray(values, dtype=np.float64), k=CLASSES).bins
    # The interpolated bound goes down to a value that is there.
    at = np.searchsorted(distinct, found, side="right") - 1
    lows = sorted({distinct[int(place)] for place in at[:-1]} - {distinct[-1]})
    following = [distinct[distinct.index(low) + 1] for low in lows]
    return (*(readable(low, below) for low, below in zip(lows, following, strict=True)), distinct[-1])


def figure_text(value: float | None, unit: Unit, lang: Language, *, with_unit: bool = True) -> str:
    """Write a figure: counts whole, shares and times with one decimal; a dash where there is none."""
    if value is None:
        return "–"
    text = thousands(value, lang, 0 if unit is Unit.COUNT else 1)
    if not with_unit or unit is Unit.COUNT:
        return text
    return f"{text} %" if unit is Unit.PERCENT else f"{text} {trial_words(lang)['minutes']}"


def day_text(day: date | None, lang: Language) -> str:
    """Write a day of the trial for a reader; all of them where it is None."""
    if day is None:
        return str(trial_words(lang)["all_days"])
    return f"{day.day}/{day.month}" if lang == "vi" else f"{day.day} June"


def _bound_texts(bounds: Sequence[float], unit: Unit, lang: Language) -> Iterable[str]:
    texts = [_bound_text(bound, lang) for bound in bounds]
    end = {Unit.PERCENT: " %", Unit.MINUTES: f" {trial_words(lang)['minutes']}", Unit.COUNT: ""}[unit]
    for level, text in enumerate(texts):
        yield (f"≤ {text}" if level == 0 else f"> {texts[level - 1]} – {text}") + end


def _bound_text(value: float, lang: Language) -> str:
    digits = next(digits for digits in range(7) if round(value, digits) == value or digits == 6)  # noqa: PLR2004
    return thousands(value, lang, digits)
