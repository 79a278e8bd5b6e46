"""Figures of the trial, for a ward or the city, for a day or all, for a content group or all.

Counts add up. Shares are made of the counts that they stand for. Medians and satisfaction cannot be added or averaged
without knowing how many files or people stand behind each: of several reports the median of what they say is given,
and it is called that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Final

from geo.model import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from geo.model import TrialFacts, TrialReport

    _Key = tuple[date | None, int | None, str | None]


class Figure(StrEnum):
    """What can be shown; the value is its name in addresses."""

    ON_TIME_PCT = "ty-le-dung-han"
    RESOLVED_PCT = "ty-le-giai-quyet"
    MEDIAN_MINUTES = "thoi-gian"
    SATISFACTION_PCT = "hai-long"
    RECEIVED = "tiep-nhan"
    RESOLVED = "giai-quyet"
    ON_TIME = "dung-han"
    SCENARIOS = "tinh-huong"
    ISSUES = "vuong-mac"
    REPORTS = "bao-cao"


class Unit(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    PERCENT = "percent"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Described:
    """A figure in words.

    Parameters
    ----------
    short
        For headings of columns.
    how
        How the figure of several reports comes about.
    """

    name: Text
    short: Text
    unit: Unit
    how: Text


_ADDED: Final = Text("cộng từ các báo cáo", "added up from the reports")
_MEDIAN: Final = Text(
    "trung vị của các báo cáo, vì không biết mỗi báo cáo có bao nhiêu hồ sơ hay lượt đánh giá",
    "the median of the reports, for how many files or people stand behind each is not known",
)

DESCRIBED: Final[Mapping[Figure, Described]] = {
    Figure.ON_TIME_PCT: Described(
        Text("Tỷ lệ giải quyết đúng hạn", "Share resolved on time"),
        Text("Tỷ lệ đúng hạn", "On time"),
        Unit.PERCENT,
        Text("hồ sơ đúng hạn chia cho hồ sơ đã giải quyết", "files on time out of files resolved"),
    ),
    Figure.RESOLVED_PCT: Described(
        Text("Tỷ lệ đã giải quyết", "Share resolved"),
        Text("Tỷ lệ giải quyết", "Resolved"),
        Unit.PERCENT,
        Text("hồ sơ đã giải quyết chia cho hồ sơ tiếp nhận", "files resolved out of files received"),
    ),
    Figure.MEDIAN_MINUTES: Described(
        Text("Thời gian xử lý trung vị", "Median processing time"), Text("Thời gian", "Time"), Unit.MINUTES, _MEDIAN
    ),
    Figure.SATISFACTION_PCT: Described(
        Text("Mức độ hài lòng", "Satisfaction"), Text("Hài lòng", "Satisfied"), Unit.PERCENT, _MEDIAN
    ),
    Figure.RECEIVED: Described(
        Text("Hồ sơ tiếp nhận", "Files received"), Text("Tiếp nhận", "Received"), Unit.COUNT, _ADDED
    ),
    Figure.RESOLVED: Described(
        Text("Hồ sơ đã giải quyết", "Files resolved"), Text("Giải quyết", "Resolved"), Unit.COUNT, _ADDED
    ),
    Figure.ON_TIME: Described(
        Text("Hồ sơ giải quyết đúng hạn", "Files resolved on time"), Text("Đúng hạn", "On time"), Unit.COUNT, _ADDED
    ),
    Figure.SCENARIOS: Described(
        Text("Tình huống đã chạy", "Scenarios run"), Text("Tình huống", "Scenarios"), Unit.COUNT, _ADDED
    ),
    Figure.ISSUES: Described(
        Text("Báo cáo có nêu vướng mắc", "Reports that note issues"),
        Text("Vướng mắc", "Issues"),
        Unit.COUNT,
        Text("số báo cáo có ghi vướng mắc", "how many reports note any"),
    ),
    Figure.REPORTS: Described(
        Text("Số báo cáo đã nạp", "Reports loaded"),
        Text("Báo cáo", "Reports"),
        Unit.COUNT,
        Text("mỗi ngày và nội dung một báo cáo", "one for each day and content"),
    ),
}
"""In the order in which they are offered: what the city said it would measure comes first."""


class TrialFigures:
    """The figures of a set of reports."""

    def __init__(self, facts: TrialFacts, ward_codes: Sequence[str], reports: Sequence[TrialReport]) -> None:
        self.facts = facts
        self.ward_codes = tuple(ward_codes)
        self.reports = tuple(reports)
        self._of: dict[_Key, list[TrialReport]] = defaultdict(list)
        for report in reports:
            for day in (None, report.day):
                for content in (None, report.content):
                    self._of[day, content, None].append(report)
                    self._of[day, content, report.ward_code].append(report)

    def value(
        self, figure: Figure, *, day: date | None = None, content: int | None = None, ward: str | None = None
    ) -> float | None:
        """Return a figure; None where no report gives it.

        Parameters
        ----------
        day, content, ward
            None for all of them; a ward by its code.
        """
        return _MEASURES[figure](self.chosen(day=day, content=content, ward=ward))

    def ward_values(self, figure: Figure, *, day: date | None = None, content: int | None = None) -> list[float | None]:
        """Return a figure of every ward, in the order of `ward_codes`."""
        return [self.value(figure, day=day, content=content, ward=code) for code in self.ward_codes]

    def reporting(self, *, day: date | None = None, content: int | None = None) -> int:
        """Count the wards that have a report."""
        return sum((day, content, code) in self._of for code in self.ward_codes)

    def missing(self, *, day: date | None = None, content: int | None = None) -> list[str]:
        """Return the codes of the wards that have no report."""
        return [code for code in self.ward_codes if (day, content, code) not in self._of]

    def chosen(
        self, *, day: date | None = None, content: int | None = None, ward: str | None = None
    ) -> Sequence[TrialReport]:
        """Return the reports of a choice, by ward, day and content; see `value`."""
        return self._of.get((day, content, ward), ())

    def gaps(self, ward: str, *, day: date | None = None, content: int | None = None) -> list[tuple[date, list[int]]]:
        """Return the days on which a ward lacks reports, each with the numbers of the content groups that lack one."""
        days = self.facts.days if day is None else (day,)
        numbers = [one.number for one in self.facts.contents] if content is None else [content]
        lacking = ((on, [number for number in numbers if (on, number, ward) not in self._of]) for on in days)
        return [(on, without) for on, without in lacking if without]


def _total(field: str) -> Callable[[Sequence[TrialReport]], float | None]:
    def total(reports: Sequence[TrialReport]) -> float | None:
        given = [getattr(report, field) for report in reports if getattr(report, field) is not None]
        return float(sum(given)) if given else None

    return total


def _share(part: str, whole: str) -> Callable[[Sequence[TrialReport]], float | None]:
    """Divide only over reports that give both: a report without its part would lower the share of the others."""

    def share(reports: Sequence[TrialReport]) -> float | None:
        both: list[tuple[int, int]] = [
            (getattr(report, part), getattr(report, whole))
            for report in reports
            if getattr(report, part) is not None and getattr(report, whole) is not None
        ]
        some, out_of = sum(some for some, _ in both), sum(all_of for _, all_of in both)
        if some in (0, out_of):
            return 100 * some / out_of if out_of else None
        # Rounded, 1,999 of 2,000 would say that all were.
        return min(max(round(100 * some / out_of, 1), 0.1), 99.9)

    return share


def _middle(field: str) -> Callable[[Sequence[TrialReport]], float | None]:
    def middle(reports: Sequence[TrialReport]) -> float | None:
        given = [getattr(report, field) for report in reports if getattr(report, field) is not None]
        return round(float(median(given)), 1) if given else None

    return middle


def _issues(reports: Sequence[TrialReport]) -> float | None:
    return float(sum(bool(report.issues) for report in reports)) if reports else None


_MEASURES: Final[Mapping[Figure, Callable[[Sequence[TrialReport]], float | None]]] = {
    Figure.ON_TIME_PCT: _share("on_time", "resolved"),
    Figure.RESOLVED_PCT: _share("resolved", "received"),
    Figure.MEDIAN_MINUTES: _middle("median_minutes"),
    Figure.SATISFACTION_PCT: _middle("satisfaction_pct"),
    Figure.RECEIVED: _total("received"),
    Figure.RESOLVED: _total("resolved"),
    Figure.ON_TIME: _total("on_time"),
    Figure.SCENARIOS: _total("scenarios"),
    Figure.ISSUES: _issues,
    Figure.REPORTS: lambda reports: float(len(reports)),
}
