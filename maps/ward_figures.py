"""The figures of the wards, as text for a table and as classes for a choropleth.

Breaks are natural breaks (Fisher and Jenks, by mapclassify), rounded to what can be read where that moves no ward to
another class. The legend says the bounds and how many wards lie between them.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.premises import Arrangement, Proxy
from maps.page_parts import metres, thousands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.premises import PremisesSurvey, Reach, WardAccess, WardPremises

CLASSES: Final = 5
_MOST_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one ward: its text, its value to sort by, its class; None where it is not known."""

    text: str
    value: float | None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """One class: its level (0 to 4, None for not known), its bounds in words, how many wards it holds."""

    level: int | None
    text: str
    wards: int


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One figure of all wards, in the register's order."""

    key: str
    heading: str
    note: str
    cells: Sequence[Cell]
    legend: Sequence[Legend]


@dataclass(frozen=True, slots=True)
class _Line:
    """What a figure is worked out from."""

    premises: WardPremises
    access: WardAccess
    predecessors: int


@dataclass(frozen=True, slots=True)
class _Figure:
    key: str
    vi: str
    en: str
    note_vi: str
    note_en: str
    value: Callable[[_Line], float | None]
    digits: int = 0
    in_metres: bool = False


_FIGURES: Final = (
    _Figure("population", "Dân số", "Population", "người", "people", lambda line: line.premises.ward.population),
    _Figure(
        "density",
        "Mật độ",
        "Density",
        "người trên km²",
        "people per km²",
        lambda line: line.premises.ward.population / line.premises.ward.area_km2,
    ),
    _Figure("area", "Diện tích", "Area", "km²", "km²", lambda line: line.premises.ward.area_km2, digits=2),
    _Figure(
        "predecessors",
        "Số xã, phường cũ",
        "Old communes",
        "xã, phường, thị trấn cũ góp đất hoặc dân",
        "old communes that gave ground or people",
        lambda line: line.predecessors,
    ),
    _Figure(
        "per-premises",
        "Dân số mỗi trụ sở",
        "People per premises",
        "người trên một trụ sở đang dùng đã biết",
        "people per known premises in use",
        lambda line: line.access.people_per_premises,
    ),
    _Figure(
        "own",
        "Đến trụ sở của mình",
        "To their own premises",
        "khoảng cách trung vị tới trụ sở gần nhất đã biết vị trí của chính phường, xã (trong ngoặc: 90 % ở gần hơn; "
        "sai số vị trí)",
        "median distance to the ward's nearest premises with a known position (in brackets: 90 % are nearer; "
        "uncertainty)",
        lambda line: _median(line.access.own),
        in_metres=True,
    ),
    _Figure(
        "nearest",
        "Đến trụ sở bất kỳ",
        "To any premises",
        "khoảng cách trung vị tới trụ sở gần nhất đã biết vị trí, của bất kỳ phường, xã nào",
        "median distance to the nearest premises with a known position, of any ward",
        lambda line: _median(line.access.nearest),
        in_metres=True,
    ),
)

_KNOWN: Final[Mapping[str, tuple[str, str]]] = {
    "heading": ("Trụ sở: biết / nguồn nêu", "Premises: known / stated"),
    "note": (
        "trụ sở đang dùng đã biết / số mà nguồn nêu; “?” là nguồn chưa nêu một hay hai",
        "known premises in use / the number that sources state; “?”: no source says one or two",
    ),
    "0": ("thiếu so với nguồn nêu", "fewer than stated"),
    "1": ("biết 1, nguồn chưa nêu một hay hai", "1 known, one or two not stated"),
    "2": ("biết 2 trở lên, nguồn chưa nêu", "2 or more known, number not stated"),
    "3": ("đủ như nguồn nêu", "as many as stated"),
    "4": ("nhiều hơn nguồn nêu, hoặc nguồn mâu thuẫn", "more than stated, or sources conflict"),
}
_NOT_MEASURED: Final = ("chưa có trụ sở có vị trí", "no premises with a position")
_PROXIES: Final = {
    Proxy.STREETS: ("đường phố {km} km", "streets {km} km"),
    Proxy.GRID: ("lưới 200 m", "200 m grid"),
}


def figure_columns(survey: PremisesSurvey, crosswalk: Crosswalk, lang: Language) -> list[FigureColumn]:
    """Return every figure of every ward, in the order of the register."""
    lines = [
        _Line(
            premises=line,
            access=survey.access[line.ward.code],
            predecessors=len({unit.code for _, unit in crosswalk.predecessors(line.ward.code)}),
        )
        for line in survey.register.wards
    ]
    columns = [_column(figure, lines, lang) for figure in _FIGURES]
    return [*columns[:4], _known_column(lines, lang), *columns[4:]]


def proxy_text(access: WardAccess, lang: Language) -> str:
    """Say what stood in for a ward's residents."""
    return _PROXIES[access.proxy][lang == "en"].format(km=thousands(access.street_km, lang, 0))


def natural_breaks(values: Sequence[float]) -> tuple[list[float], list[int]]:
    """Class values by natural breaks.

    Returns
    -------
    The upper bounds of the classes, rising, and each value's class. Fewer than five where there are fewer values.
    """
    # Slow to load, and only the pages of planners need it.
    import mapclassify  # noqa: PLC0415

    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:
        bounds = distinct
    else:
        with warnings.catch_warnings():
            # It says that it would be faster with numba; for 126 values it need not be.
            warnings.simplefilter("ignore")
            found = mapclassify.FisherJenks(np.asarray(values, dtype=np.float64), k=CLASSES)
        bounds = [float(bound) for bound in found.bins]
        following = [min(value for value in distinct if value > bound) for bound in bounds[:-1]]
        bounds = [
            *(readable(low, below) for low, below in zip(bounds[:-1], following, strict=True)),
            bounds[-1],
        ]
    levels = mapclassify.UserDefined(np.asarray(values, dtype=np.float64), bins=bounds).yb
    return bounds, [int(level) for level in levels]


def readable(low: float, below: float) -> float:
    """Return the roundest number that is at least `low` and less than `below`; `low` itself where none is rounder."""
    for digits in range(1, _MOST_DIGITS):
        step = 10.0 ** (math.floor(math.log10(abs(low))) - digits + 1) if low else 1.0
        candidate = math.ceil(low / step) * step
        if low <= candidate < below:
            return round(candidate, 6)
    return low


def _column(figure: _Figure, lines: Sequence[_Line], lang: Language) -> FigureColumn:
    values = [figure.value(line) for line in lines]
    known = [value for value in values if value is not None]
    bounds, levels = natural_breaks(known) if known else ([], [])
    level_of = iter(levels)
    cells = [
        Cell(_NOT_MEASURED[lang == "en"], None)
        if value is None
        else Cell(_cell_text(figure, line, value, lang), round(value, 4), next(level_of))
        for line, value in zip(lines, values, strict=True)
    ]
    return FigureColumn(
        key=figure.key,
        heading=figure.vi if lang == "vi" else figure.en,
        note=figure.note_vi if lang == "vi" else figure.note_en,
        cells=cells,
        legend=_legend(figure, bounds, cells, lang),
    )


def _legend(figure: _Figure, bounds: Sequence[float], cells: Sequence[Cell], lang: Language) -> list[Legend]:
    texts = [_number(figure, bound, lang) for bound in bounds]
    entries = []
    for level, text in enumerate(texts):
        held = sum(cell.level == level for cell in cells)
        words = f"≤ {text}" if level == 0 else f"> {texts[level - 1]} – {text}"
        entries.append(Legend(level, words, held))
    unknown = sum(cell.level is None for cell in cells)
    return [*entries, Legend(None, _NOT_MEASURED[lang == "en"], unknown)] if unknown else entries


def _number(figure: _Figure, value: float, lang: Language) -> str:
    if figure.in_metres:
        return metres(value, lang)
    digits = figure.digits if not float(value).is_integer() else 0
    return thousands(value, lang, digits)


def _cell_text(figure: _Figure, line: _Line, value: float, lang: Language) -> str:
    reach = {"own": line.access.own, "nearest": line.access.nearest}.get(figure.key)
    if reach is None:
        return thousands(value, lang, figure.digits)
    spread = f"90 %: {metres(reach.p90_m, lang)}; ±{metres(reach.uncertainty_m, lang)}"
    return f"{metres(value, lang)} ({spread})"


def _known_column(lines: Sequence[_Line], lang: Language) -> FigureColumn:
    cells = []
    for line in lines:
        known, stated = len(line.premises.in_use), line.premises.expected
        cells.append(Cell(f"{known}/{stated or '?'}", known, _completeness(line.premises)))
    entries = [
        Legend(level, _KNOWN[str(level)][lang == "en"], sum(cell.level == level for cell in cells))
        for level in range(CLASSES)
    ]
    return FigureColumn(
        key="known",
        heading=_KNOWN["heading"][lang == "en"],
        note=_KNOWN["note"][lang == "en"],
        cells=cells,
        legend=[entry for entry in entries if entry.wards],
    )


def _completeness(line: WardPremises) -> int:
    known, stated = len(line.in_use), line.expected
    if line.arrangement is Arrangement.CONTRADICTORY:
        return 4
    if stated is None:
        return 1 if known <= 1 else 2
    return 0 if known < stated else 3 if known == stated else 4


def _median(reach: Reach | None) -> float | None:
    return None if reach is None else reach.median_m
