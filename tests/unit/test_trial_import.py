"""Spreadsheets as wards send them: checked row by row, all that is wrong said at once. All figures are made up."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from geo.errors import DataDamaged, TableError
from geo.model import TrialReport, Ward
from geo.trial import (
    ImportPlan,
    Reading,
    commit_import,
    compare,
    history,
    plan_import,
    read_folder,
    read_reports,
)
from geo.trial.columns import ColumnKey
from geo.trial.report_folder import write_version
from tests.made_up_trial import AT

if TYPE_CHECKING:
    from geo.model import TrialFacts
    from geo.stores import EmbeddedStore

HEADINGS = ("Mã phường, xã", "Phường, xã", "Ngày", "Nội dung", "Hồ sơ tiếp nhận", "Đã giải quyết", "Đúng hạn")
GOOD = ("00070", "Phường Hoàn Kiếm", "20/6/2025", "4", "10", "9", "8")


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> TrialFacts:
    return store.trial()


@pytest.fixture(scope="module")
def wards(store: EmbeddedStore) -> list[Ward]:
    return [unit for unit in store.dataset(store.generations()[1]).units if isinstance(unit, Ward)]


@pytest.fixture
def read(tmp_path: Path, facts: TrialFacts, wards: list[Ward]) -> Any:
    def reading(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, encoding: str = "utf-8") -> Reading:
        path = tmp_path / "in.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([headings, *rows])
        return read_reports(path, facts=facts, wards=wards)

    return reading


def said(reading: Reading) -> list[str]:
    return [problem.message("vi") for problem in reading.problems]


def changed(**cells: str) -> tuple[str, ...]:
    places = {"code": 0, "name": 1, "day": 2, "content": 3, "received": 4, "resolved": 5, "on_time": 6}
    row = list(GOOD)
    for name, text in cells.items():
        row[places[name]] = text
    return tuple(row)


def test_a_good_row(read: Any) -> None:
    reading = read(GOOD)
    assert reading.problems == []
    assert reading.reports == [
        TrialReport("00070", dt.date(2025, 6, 20), 4, received=10, resolved=9, on_time=8),
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("00070", ""), ("70", ""), ("70.0", "Hoàn Kiếm"), ("", "Hoàn Kiếm"), ("", "phường hoàn kiếm"),
        ("", "PHƯỜNG HOÀN KIẾM"), ("", "P. Hoàn Kiếm"), ("", "Hoan Kiem"), ("", "phuong Hoan Kiem"),
        ("", "Hoàn  Kiếm"), ("00070", "Hoan Kiem"), ("", "Hoàn Kiê\u0301m"),
    ],
)  # fmt: skip
def test_a_ward_by_code_or_name(read: Any, code: str, name: str) -> None:
    reading = read(changed(code=code, name=name))
    assert said(reading) == []
    assert reading.reports[0].ward_code == "00070"


@pytest.mark.parametrize(
    ("code", "name", "column"),
    [
        ("00071", "", "A"), ("99999", "", "A"), ("abc", "", "A"), ("٠٠٠٧٠", "", "A"), ("00070", "Ba Đình", "A"),
        ("", "", "B"), ("", "Hàng Bạc", "B"), ("", "Xã Hoàn Kiếm", "B"), ("", "Hoàn Kiệm", "B"),
    ],
)  # fmt: skip
def test_a_ward_that_is_none_is_named_with_its_cell(read: Any, code: str, name: str, column: str) -> None:
    reading = read(changed(code=code, name=name))
    assert len(reading.problems) == 1
    assert (reading.problems[0].row, reading.problems[0].letter) == (2, column)
    assert reading.reports == []


def test_a_name_nearly_right_gets_a_hint(read: Any) -> None:
    assert "Phường Hoàn Kiếm (00070)" in said(read(changed(code="", name="Hoàn Kiệm")))[0]


def test_tone_marks_may_stand_in_either_place(read: Any, wards: list[Ward]) -> None:
    ward = next(ward for ward in wards if ward.name == "Hòa Lạc")
    assert read(changed(code="", name="Hoà Lạc")).reports[0].ward_code == ward.code


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"day": "19/6/2025"}, "C", "không phải một ngày từ 20/06 đến 26/06/2025"),
        ({"day": ""}, "C", "chưa ghi ngày"),
        ({"content": "11"}, "D", "không có nhóm nội dung"),
        ({"received": "-3"}, "E", "số nguyên từ 0"),
        ({"received": "1.234"}, "E", "viết liền chữ số: 1234"),
        ({"resolved": "11"}, "F", "“Đã giải quyết” (11) lớn hơn “Hồ sơ tiếp nhận” (10)"),
        ({"on_time": "10"}, "G", "“Đúng hạn” (10) lớn hơn “Đã giải quyết” (9)"),
        ({"received": ""}, "F", "có “Đã giải quyết” thì phải có “Hồ sơ tiếp nhận”"),
        ({"resolved": ""}, "G", "có “Đúng hạn” thì phải có “Đã giải quyết”"),
    ],
)
def test_each_rule_names_row_and_column(read: Any, cells: dict[str, str], column: str, words: str) -> None:
    reading = read(GOOD, changed(**{"content": "5", **cells}))
    assert len(reading.problems) == 1, said(reading)
    assert said(reading)[0].startswith(f"Dòng 3, cột {column} “")
    assert words in said(reading)[0]
    assert [report.content for report in reading.reports] == [4]
    assert reading.left_out == [3]
    assert reading.problems[0].message("en").startswith(f"Row 3, column {column} “")


def test_everything_that_is_wrong_is_said_at_once(read: Any) -> None:
    reading = read(
        changed(code="99999", day="1/1/2025", content="x", received="?"),
        changed(resolved="99"),
        changed(on_time="-1", content="6"),
    )
    assert [(problem.row, problem.letter) for problem in reading.problems] == [
        (2, "A"), (2, "C"), (2, "D"), (2, "E"), (3, "F"), (4, "G"),
    ]  # fmt: skip
    assert reading.reports == []


def test_a_count_that_cannot_be_read_is_not_called_missing_too(read: Any) -> None:
    assert [problem.letter for problem in read(changed(received="mười")).problems] == ["E"]


def test_duplicates_are_refused_both(read: Any) -> None:
    reading = read(GOOD, changed(content="5"), changed(code="", name="Hoàn Kiếm", day="2025-06-20", received="99"))
    assert [problem.row for problem in reading.problems] == [2, 4]
    assert "với dòng 4" in said(reading)[0]
    assert [report.content for report in reading.reports] == [5]


def test_rows_not_filled_in_are_no_reports_and_no_errors(read: Any) -> None:
    reading = read(GOOD, changed(received="", resolved="", on_time="", content="5"), ("",) * 7)
    assert (reading.rows, reading.unfilled, len(reading.reports), reading.problems) == (3, 2, 1, [])


def test_nought_is_a_figure_and_empty_is_none(read: Any) -> None:
    reading = read(changed(received="0", resolved="0", on_time="0"), changed(content="5", resolved="", on_time=""))
    assert [(r.received, r.resolved) for r in reading.reports] == [(0, 0), (10, None)]


def test_columns_are_known_by_their_headings_in_any_order(read: Any) -> None:
    reading = read(
        ("8", "  ghi chú của tôi ", "20/6", "9", "Hoàn Kiếm", "10", "4"),
        headings=(
            "DUNG HAN",
            "Ghi chú",
            "ngày báo cáo",
            "giải quyết",
            "TÊN PHƯỜNG XÃ",
            "Số hồ sơ tiếp nhận",
            "noi_dung",
        ),
    )
    assert reading.reports == [TrialReport("00070", dt.date(2025, 6, 20), 4, received=10, resolved=9, on_time=8)]
    assert reading.ignored == ["Ghi chú"]
    assert reading.columns[ColumnKey.ON_TIME] == "DUNG HAN"


@pytest.mark.parametrize(
    "headings",
    [
        ("BÁO CÁO CỦA PHƯỜNG", "", "", "", "", "", ""),
        ("Mã phường, xã", "Phường, xã", "Ngày", "x", "Hồ sơ tiếp nhận", "Đã giải quyết", "Đúng hạn"),
        ("a", "b", "Ngày", "Nội dung", "Hồ sơ tiếp nhận", "Đã giải quyết", "Đúng hạn"),
        ("Mã phường, xã", "Phường, xã", "Ngày", "Nội dung", "x", "y", "z"),
        ("Mã phường, xã", "Phường, xã", "Ngày", "Ngày", "Nội dung", "Đã giải quyết", "Đúng hạn"),
    ],
)
def test_a_table_without_its_headings_is_refused(read: Any, headings: tuple[str, ...]) -> None:
    with pytest.raises(TableError):
        read(GOOD, headings=headings)


def test_a_row_with_too_many_cells_is_wrong(read: Any) -> None:
    reading = read((*GOOD, "thừa"))
    assert [problem.row for problem in reading.problems] == [2]
    assert reading.reports == []


def test_a_text_in_an_old_font_is_refused_with_its_reading(read: Any) -> None:
    reading = read(("00070", "20/6", "4", "M¹ng chËm"), headings=("Mã", "Ngày", "Nội dung", "Vướng mắc"))
    assert "Mạng chậm" in said(reading)[0]
    too_long = read(("00070", "20/6", "4", "a" * 2001), headings=("Mã", "Ngày", "Nội dung", "Vướng mắc"))
    assert "2001" in said(too_long)[0]


def test_the_time_stands_in_one_column(read: Any) -> None:
    headings = ("Mã", "Ngày", "Nội dung", "Thời gian xử lý (phút)", "Thời gian xử lý (giờ)")
    reading = read(("00070", "20/6", "4", "30", ""), ("00070", "21/6", "4", "", "1,5"), headings=headings)
    assert [report.median_minutes for report in reading.reports] == [30.0, 90.0]
    assert [p.letter for p in read(("00070", "20/6", "4", "30", "1"), headings=headings).problems] == ["E"]


def test_a_messy_workbook(tmp_path: Path, facts: TrialFacts, wards: list[Ward]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([])
    sheet.append(["Mã", "Ngày", "Nội dung", "Tiếp nhận", "Mức độ hài lòng", "Vướng mắc"])
    sheet.append([70, dt.date(2025, 6, 20), 4, 10, 0.95, "=1+1"])
    sheet["E3"].number_format = "0%"
    sheet["F3"].data_type = "s"
    sheet.append([])
    sheet.append(["00070 ", dt.datetime(2025, 6, 21, 8, 30), 4, 10.5, 0.95, None])  # noqa: DTZ001
    sheet.append(["00070", 45830, "4.", 12.0, 88.25, "#REF!"])
    sheet["F6"].data_type = "e"
    sheet.append(["00070", dt.date(2025, 6, 23), 4, "=A1", None, None])
    path = tmp_path / "messy.xlsx"
    book.save(path)
    reading = read_reports(path, facts=facts, wards=wards)
    assert reading.reports == [
        TrialReport("00070", dt.date(2025, 6, 20), 4, received=10, satisfaction_pct=95.0, issues="=1+1")
    ]
    assert [(problem.row, problem.letter) for problem in reading.problems] == [
        (5, "D"), (5, "E"), (6, ""), (7, ""),
    ]  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path, facts: TrialFacts, wards: list[Ward]) -> Any:
    def planned(*rows: tuple[str, ...], **options: Any) -> ImportPlan:
        path = tmp_path / "in.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADINGS, *rows])
        return plan_import(path, tmp_path / "reports", facts=facts, wards=wards, **options)

    return planned


def test_nothing_is_written_before_it_is_committed(plan: Any, tmp_path: Path) -> None:
    planned = plan(GOOD)
    assert [report.key for report in planned.changes.added] == [("00070", dt.date(2025, 6, 20), 4)]
    assert not (tmp_path / "reports").exists()
    loaded = commit_import(planned, at=AT)
    assert read_folder(tmp_path / "reports") == loaded
    assert (loaded.version, len(loaded.reports), loaded.imported_at) == (1, 1, AT)


def test_the_difference_is_told_figure_by_figure(plan: Any, tmp_path: Path) -> None:
    commit_import(plan(GOOD, changed(content="5"), changed(content="6")), at=AT)
    planned = plan(changed(received="12", on_time=""), changed(content="5"), changed(content="7"))
    changes = planned.changes
    assert [change.differences for change in changes.changed] == [(("received", 10, 12), ("on_time", 8, None))]
    assert [report.content for report in changes.added] == [7]
    assert (changes.removed, changes.unchanged) == ([], 2), "those not in the file stay"
    whole = plan(changed(received="12"), whole=True).changes
    assert [report.content for report in whole.removed] == [5, 6]
    commit_import(planned, at=AT)
    assert [report.content for report in read_folder(tmp_path / "reports").reports] == [4, 5, 6, 7]
    assert [entry["version"] for entry in history(tmp_path / "reports")] == [1, 2]
    assert {key: history(tmp_path / "reports")[1][key] for key in ("added", "changed", "removed")} == {
        "added": 1, "changed": 1, "removed": 0,
    }  # fmt: skip
    first = (tmp_path / "reports/versions/0001.csv").read_text()
    assert ",10,9,8," in first, "the version before is kept as it was"


def test_one_wrong_row_keeps_all_out_unless_part_is_asked_for(plan: Any, tmp_path: Path) -> None:
    planned = plan(GOOD, changed(content="99"))
    assert planned.refused
    with pytest.raises(TableError):
        commit_import(planned, at=AT)
    assert not (tmp_path / "reports").exists()
    partial = plan(GOOD, changed(content="99"), partial=True)
    assert partial.reading.left_out == [3]
    assert len(commit_import(partial, at=AT).reports) == 1
    assert history(tmp_path / "reports")[0]["left_out"] == 1


def test_a_part_cannot_stand_for_the_whole(plan: Any) -> None:
    with pytest.raises(TableError):
        plan(GOOD, whole=True, partial=True)
    with pytest.raises(TableError):
        plan(changed(received="", resolved="", on_time=""), whole=True)


def test_an_import_in_between_is_noticed(plan: Any) -> None:
    first, second = plan(GOOD), plan(changed(received="50"))
    commit_import(first, at=AT)
    with pytest.raises(TableError, match="came in between"):
        commit_import(second, at=AT)


def test_two_imports_at_once_are_kept_apart(plan: Any, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "MANIFEST.json.part").touch()
    with pytest.raises(TableError, match="another import is writing"):
        commit_import(plan(GOOD), at=AT)
    assert read_folder(folder).version == 0


def test_a_write_that_fails_leaves_what_stood(plan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_import(plan(GOOD), at=AT)
    planned = plan(changed(received="50"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("geo.trial.report_folder.write_through", full)
        with pytest.raises(TableError, match="No space"):
            commit_import(planned, at=AT)
    assert read_folder(tmp_path / "reports").reports[0].received == 10
    commit_import(planned, at=AT)
    assert read_folder(tmp_path / "reports").reports[0].received == 50


@pytest.mark.parametrize("name", ["MANIFEST.json", "versions/0001.csv"])
def test_a_damaged_folder_is_not_taken_for_an_empty_one(plan: Any, tmp_path: Path, name: str) -> None:
    commit_import(plan(GOOD), at=AT)
    path = tmp_path / "reports" / name
    for damage in ("", "{", "[]", '{"schema_version": 1}', "ward_code\n1\n"):
        path.write_text(damage)
        with pytest.raises(DataDamaged, match=name):
            read_folder(tmp_path / "reports")
    if name.startswith("versions"):
        path.unlink()
        with pytest.raises(DataDamaged, match=name):
            read_folder(tmp_path / "reports")


def test_reports_come_back_as_they_were(tmp_path: Path) -> None:
    reports = [
        TrialReport("00004", dt.date(2025, 6, 20), 1, None, None, None, None, 12.5, 99.5, 'a "b", c\n=d'),
        TrialReport("00070", dt.date(2025, 6, 26), 10, 0, 0, 0, 0, 0.0, 0.0, ""),
    ]
    write_version(tmp_path, reports, base=0, at=AT, what={})
    assert list(read_folder(tmp_path).reports) == reports


def test_comparing_nothing_changes_nothing() -> None:
    assert not compare([], [], whole=False).any
    report = TrialReport("00070", dt.date(2025, 6, 20), 4, received=1)
    assert not compare([report], [report], whole=True).any
