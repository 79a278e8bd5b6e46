"""The figures of the trial for the page's script: worked out here, only looked up there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.trial import DESCRIBED

if TYPE_CHECKING:
    from geo.errors import Language
    from geo.trial import Figure
    from maps.trial_view import TrialView


def trial_data(view: TrialView, lang: Language) -> dict[str, Any]:
    """Return every figure for every choice of day and content group.

    Parameters
    ----------
    lang
        Of the bounds in words.

    Returns
    -------
    ``codes``: the wards, in the order of all lists. ``figures``, by key: ``unit``; ``wards[day][content]``, a list
    or None where no ward has the figure; ``city[day][content]``; ``levels``, by whether a single day and a single
    content group are chosen (``"00"`` … ``"11"``). ``reporting[day][content]``: how many wards have a report. Days
    and content groups by position, all of them first. ``issues``: ward, day, content (positions) and text.
    """
    figures = view.figures
    place = {code: at for at, code in enumerate(figures.ward_codes)}
    return {
        "codes": figures.ward_codes,
        "figures": {figure.value: _figure(view, figure, lang) for figure in DESCRIBED},
        "reporting": [[figures.reporting(day=day, content=content) for content in view.contents] for day in view.days],
        "issues": [
            [place[report.ward_code], view.days.index(report.day), report.content, report.issues]
            for report in figures.reports
            if report.issues
        ],
    }


def _figure(view: TrialView, figure: Figure, lang: Language) -> dict[str, Any]:
    def wards(values: list[float | None]) -> list[float | int | None] | None:
        return None if all(value is None for value in values) else [_short(value) for value in values]

    return {
        "unit": DESCRIBED[figure].unit.value,
        "wards": [
            [wards(view.figures.ward_values(figure, day=day, content=content)) for content in view.contents]
            for day in view.days
        ],
        "city": [
            [_short(view.figures.value(figure, day=day, content=content)) for content in view.contents]
            for day in view.days
        ],
        "levels": {
            f"{one_day:d}{one_content:d}": {"bounds": [_short(bound) for bound in found.bounds], "texts": found.texts}
            for one_day in (False, True)
            for one_content in (False, True)
            for found in [view.levels(figure, one_day=one_day, one_content=one_content, lang=lang)]
        },
    }


def _short(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
