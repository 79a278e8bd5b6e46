"""Figures of the trial: sums, shares, medians, gaps, classes. All reports are made up."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import TrialReport, Ward
from geo.trial import Figure, LoadedReports, TrialFigures, Unit, annex_csv, annex_workbook
from maps.trial_view import CLASSES, Levels, class_bounds, figure_text
from tests.made_up_trial import AT, MADE_UP, made_up_reports

if TYPE_CHECKING:
    from geo.model import TrialFacts
    from geo.stores import EmbeddedStore

D20, D21 = date(2025, 6, 20), date(2025, 6, 21)
CODES = ("00004", "00070", "00097")


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> TrialFacts:
    return store.trial()


@pytest.fixture(scope="module")
def wards(store: EmbeddedStore) -> list[Ward]:
    return [unit for unit in store.dataset(store.generations()[1]).units if isinstance(unit, Ward)]


@pytest.fixture(scope="module")
def figures(facts: TrialFacts) -> TrialFigures:
    return TrialFigures(
        facts,
        CODES,
        [
            TrialReport("00004", D20, 1, 2, 10, 8, 6, 30.0, 90.0, "a"),
            TrialReport("00004", D20, 2, 1, 10, 8, 8, 60.0, None, ""),
            TrialReport("00004", D21, 1, None, 5, None, None, 10.0, 80.0, ""),
            TrialReport("00070", D20, 1, 0, 0, 0, 0, None, None, ""),
        ],
    )


def test_counts_add_up(figures: TrialFigures) -> None:
    assert figures.value(Figure.RECEIVED) == 25
    assert figures.value(Figure.RECEIVED, ward="00004", day=D20) == 20
    assert figures.value(Figure.SCENARIOS, content=1) == 2
    assert figures.value(Figure.ISSUES) == 1
    assert figures.value(Figure.REPORTS) == 4
    assert figures.ward_values(Figure.REPORTS, day=D21) == [1, 0, 0]


def test_what_was_not_reported_is_none_and_not_nought(figures: TrialFigures) -> None:
    assert figures.value(Figure.RECEIVED, ward="00097") is None
    assert figures.value(Figure.RECEIVED, ward="00070") == 0
    assert figures.value(Figure.SCENARIOS, day=D21) is None
    assert figures.value(Figure.ISSUES, ward="00097") is None


def test_shares_are_made_of_reports_that_give_both_counts(figures: TrialFigures) -> None:
    assert figures.value(Figure.RESOLVED_PCT, ward="00004") == 80.0, "16 of 20: the third report has no part"
    assert figures.value(Figure.ON_TIME_PCT, ward="00004") == 87.5
    assert figures.value(Figure.ON_TIME_PCT, ward="00070") is None, "of no files no share is on time"


def test_nearly_all_is_not_all(facts: TrialFacts) -> None:
    def share(some: int, out_of: int) -> float | None:
        reports = [TrialReport("00004", D20, 1, received=out_of, resolved=some)]
        return TrialFigures(facts, CODES, reports).value(Figure.RESOLVED_PCT)

    assert (share(9999, 10_000), share(10_000, 10_000)) == (99.9, 100.0)
    assert (share(1, 10_000), share(0, 10_000)) == (0.1, 0.0)


def test_times_and_satisfaction_are_medians_of_reports(figures: TrialFigures) -> None:
    assert figures.value(Figure.MEDIAN_MINUTES) == 30.0
    assert figures.value(Figure.MEDIAN_MINUTES, day=D20) == 45.0
    assert figures.value(Figure.SATISFACTION_PCT) == 85.0


def test_gaps(figures: TrialFigures) -> None:
    assert (figures.reporting(), figures.missing()) == (2, ["00097"])
    assert figures.missing(day=D20, content=2) == ["00070", "00097"]
    assert figures.reporting(content=9) == 0


def test_days_and_contents_of_the_city_add_up_to_the_whole(facts: TrialFacts, wards: list[Ward]) -> None:
    codes = [ward.code for ward in wards]
    made_up = TrialFigures(facts, codes, made_up_reports(facts, codes))
    for figure in (Figure.RECEIVED, Figure.RESOLVED, Figure.ON_TIME, Figure.SCENARIOS, Figure.REPORTS, Figure.ISSUES):
        whole = made_up.value(figure)
        assert whole == sum(made_up.value(figure, day=day) or 0 for day in facts.days)
        assert whole == sum(made_up.value(figure, content=number) or 0 for number in range(1, 11))
        assert whole == sum(value or 0 for value in made_up.ward_values(figure))


@given(st.lists(st.one_of(st.integers(0, 50), st.floats(0, 100).map(lambda x: round(x, 1))), max_size=300))
def test_classes_hold_every_value_once_and_the_bounds_rise(values: list[float]) -> None:
    bounds = class_bounds([float(value) for value in values])
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) <= CLASSES
    assert bool(bounds) == bool(values)
    levels = Levels(bounds, ())
    for value in values:
        level = levels.of(value)
        assert level is not None
        assert value <= bounds[level]
        assert level == 0 or value > bounds[level - 1]
    assert {levels.of(value) for value in values} == set(range(len(bounds))), "no class is empty"


def test_few_values_get_a_class_each_and_none_gets_none() -> None:
    assert class_bounds([3.0, 1.0, 3.0]) == (1.0, 3.0)
    assert class_bounds([]) == ()
    assert Levels((1.0, 3.0), ()).of(None) is None
    assert Levels((), ()).of(1.0) is None


def test_bounds_are_round_where_that_moves_no_value() -> None:
    values = [float(value) for value in (*range(3, 93, 3), 1234)]
    bounds = class_bounds(values)
    assert bounds[-1] == 1234
    assert len(bounds) == CLASSES


def test_figures_are_written_in_the_manner_of_the_language() -> None:
    assert figure_text(1234.0, Unit.COUNT, "vi") == "1.234"
    assert figure_text(1234.0, Unit.COUNT, "en") == "1,234"
    assert figure_text(94.9, Unit.PERCENT, "vi") == "94,9 %"
    assert figure_text(100.0, Unit.PERCENT, "vi", with_unit=False) == "100,0"
    assert figure_text(59.5, Unit.MINUTES, "vi") == "59,5 phút"
    assert figure_text(None, Unit.PERCENT, "vi") == "–"


def test_the_annex_holds_every_report_and_every_gap(facts: TrialFacts, wards: list[Ward]) -> None:
    codes = [ward.code for ward in wards]
    reports = made_up_reports(facts, codes)
    loaded = LoadedReports(tuple(reports), 1, "0" * 64, AT)
    content = annex_workbook(TrialFigures(facts, codes, reports), wards, loaded, "vi")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "Phụ lục", "Toàn thành phố theo ngày", "Toàn thành phố theo nội dung", "Theo phường, xã",
        "Phường, xã có báo cáo", "Chưa có báo cáo", "Báo cáo", "Vướng mắc", "Kế hoạch 341", "Chi nhánh, tổ công tác",
    ]  # fmt: skip
    assert book["Theo phường, xã"].max_row == 127
    assert book["Báo cáo"].max_row == len(reports) + 1
    gaps = sum(row[3] for row in book["Chưa có báo cáo"].iter_rows(min_row=2, values_only=True))
    assert gaps == 8820 - len(reports)
    assert str(book["Vướng mắc"]["E2"].value).startswith(MADE_UP)
    total = next(row for row in book["Toàn thành phố theo ngày"].iter_rows(values_only=True) if row[0] == "Cả đợt")
    assert sum(report.received or 0 for report in reports) in total


def test_the_annex_without_reports_holds_no_figures(facts: TrialFacts, wards: list[Ward]) -> None:
    figures = TrialFigures(facts, [ward.code for ward in wards], [])
    book = openpyxl.load_workbook(io.BytesIO(annex_workbook(figures, wards, LoadedReports(), "en")))
    assert book.sheetnames == ["Annex", "By ward", "Plan 341", "Branches, groups"]
    said = [cell for row in book["Annex"].iter_rows(values_only=True) for cell in row]
    assert "No reports are loaded; the annex holds no figures." in said
    assert "126/126" in said
    rows = list(csv.reader(io.StringIO(annex_csv(figures, wards, LoadedReports(), "vi").decode("utf-8-sig"))))
    assert len(rows) == 127
    assert {row[2] for row in rows[1:]} == {"tham gia"}
    assert all(row[-1].startswith("https://") for row in rows[1:])


def test_no_text_of_the_annex_is_a_formula(facts: TrialFacts, wards: list[Ward]) -> None:
    report = TrialReport("00070", D20, 1, received=1, issues='=HYPERLINK("http://x.vn")')
    figures = TrialFigures(facts, [ward.code for ward in wards], [report])
    book = openpyxl.load_workbook(io.BytesIO(annex_workbook(figures, wards, LoadedReports((report,), 1), "vi")))
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
