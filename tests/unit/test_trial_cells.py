"""One cell as a person typed it: taken, or refused with what to write instead; never guessed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo.tables.spreadsheet_safety import plain_text
from geo.trial.cells import Cell, WrongCell, read_content, read_count, read_day, read_minutes, read_percent

if TYPE_CHECKING:
    from geo.stores import EmbeddedStore

DAYS = tuple(date(2025, 6, day) for day in range(20, 27))


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("0", 0), ("12", 12), ("12,0", 12), ("12.0", 12), ("1 234", 1234), ("007", 7), ("100000", 100_000)],
)
def test_counts(text: str, value: int | None) -> None:
    assert read_count(Cell(text)) == value


@pytest.mark.parametrize(
    "text", ["-1", "1.5", "1,5", "1.234", "1,234", "x", "không", "–", "٣", "1e3", "100001", "9" * 6000, "12 hồ sơ", "½"]
)
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(WrongCell):
        read_count(Cell(text))


def test_a_number_that_reads_in_two_ways_says_what_to_write() -> None:
    with pytest.raises(WrongCell, match="1234"):
        read_count(Cell("1.234"))
    with pytest.raises(WrongCell):
        read_count(Cell("1.234", number=True))  # a workbook's number is 1.234, and no count


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell(""), None),
        (Cell("0"), 0.0),
        (Cell("95"), 95.0),
        (Cell("95,5"), 95.5),
        (Cell("95.5 %"), 95.5),
        (Cell("100%"), 100.0),
        (Cell("0.95", number=True, percent=True), 95.0),
        (Cell("1", number=True, percent=True), 100.0),
        (Cell("0,8 %"), 0.8),
    ],
)
def test_percentages(cell: Cell, value: float | None) -> None:
    assert read_percent(cell) == value


@pytest.mark.parametrize("text", ["101", "-1", "0,95", "1", "0.5", "cao", "100,1", "nan", "inf", "95 %%", "1.000"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(WrongCell):
        read_percent(Cell(text))


@pytest.mark.parametrize(
    ("text", "unit", "minutes"),
    [
        ("", "phút", None),
        ("45", "phút", 45.0),
        ("1,5", "giờ", 90.0),
        ("0", "phút", 0.0),
        ("45 phút", "", 45.0),
        ("2 giờ", "", 120.0),
        ("2h", "giờ", 120.0),
        ("12,25", "Phút", 12.2),
    ],
)
def test_times(text: str, unit: str, minutes: float | None) -> None:
    assert read_minutes(Cell(text), Cell(unit)) == minutes


@pytest.mark.parametrize(
    ("text", "unit"),
    [("45", ""), ("45", "ngày"), ("45 phút", "giờ"), ("1 giờ 30 phút", ""), ("-5", "phút"), ("1.500", "phút"),
     ("nhanh", "phút"), ("2000000", "phút"), ("..", "phút")],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str, unit: str) -> None:
    with pytest.raises(WrongCell):
        read_minutes(Cell(text), Cell(unit))


def test_a_unit_in_the_heading_counts_and_must_not_be_contradicted() -> None:
    assert read_minutes(Cell("2"), Cell(), factor=60.0) == 120.0
    assert read_minutes(Cell("2 giờ"), Cell(), factor=60.0) == 120.0
    with pytest.raises(WrongCell):
        read_minutes(Cell("2 phút"), Cell(), factor=60.0)


@pytest.mark.parametrize(
    "text",
    ["2025-06-20", "20/6/2025", "20/06/2025", "20-6-2025", "20.6.2025", "20/6", "20/6/25", "ngày 20/6", "45828",
     "2025-06-20T00:00:00", "2025-06-20 08:30"],
)  # fmt: skip
def test_days(text: str) -> None:
    assert read_day(Cell(text), DAYS) == date(2025, 6, 20)


@pytest.mark.parametrize(
    "text", ["", "19/6/2025", "27/6", "20/6/2024", "6/20/2025", "31/6", "20", "hôm qua", "99999", "20/06/02025"]
)
def test_what_is_no_day_of_the_trial_is_refused(text: str) -> None:
    with pytest.raises(WrongCell):
        read_day(Cell(text), DAYS)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("10", 10),
        ("10.", 10),
        ("1. Văn bản đi, đến; thư điện tử công vụ", 1),
        ("van ban di den; thu dien tu cong vu", 1),
        ("3 – Họp trực tuyến", 3),
        ("Họp UBND", 10),
        ("HỌP UBND", 10),
        ("Meeting of the ward's Party committee", 8),
    ],
)
def test_content_groups(store: EmbeddedStore, text: str, number: int) -> None:
    assert read_content(Cell(text), store.trial().contents) == number


@pytest.mark.parametrize("text", ["", "0", "11", "1-3", "1.5", "họp", "3. Họp UBND", "-1", "99. Họp UBND"])
def test_what_is_no_content_group_is_refused(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(WrongCell):
        read_content(Cell(text), store.trial().contents)


def test_text_is_cleaned() -> None:
    assert plain_text("  Ba\u00a0Đi\u0300nh\u0007 \n x ") == "Ba Đình x"
    assert plain_text("'=1+1") == "=1+1"
