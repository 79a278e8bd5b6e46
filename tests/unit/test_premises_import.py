"""The spreadsheet of premises: messy ones are read, all that is wrong is told at once, nothing is written unasked."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geo.errors import TableError
from geo.locate import WardIndex
from geo.premises import (
    ImportPlan,
    OperatorRegister,
    commit_import,
    load_operator_register,
    overlaid,
    plan_import,
)
from geo.premises.columns import COLUMNS

TODAY = date(2026, 3, 4)
HEADING = [
    "ma_phuong_xa", "ten_phuong_xa", "so_tru_so", "vai_tro", "trang_thai", "dia_chi", "toa_do", "cach_xac_dinh",
    "sai_so_m", "do_tin_cay", "nguon", "hieu_luc_tu", "ghi_chu",
]  # fmt: skip
GOOD = {
    "ma_phuong_xa": "00070",
    "ten_phuong_xa": "Phường Hoàn Kiếm",
    "so_tru_so": "2",
    "vai_tro": "khối chính quyền",
    "dia_chi": "Số 1 Lê Thái Tổ",
    "toa_do": "21.0296, 105.8504",
    "cach_xac_dinh": "toà nhà",
    "sai_so_m": "20",
    "do_tin_cay": "B",
    "nguon": "Thông báo 729/TB-UBND, trang 3",
}


def row(**changes: str) -> dict[str, str]:
    return {**GOOD, **changes}


def csv_file(folder: Path, *rows: dict[str, str], heading: list[str] = HEADING, name: str = "in.csv") -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, heading, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path


def plan(path: Path, index: WardIndex, register: OperatorRegister | None = None, **options: Any) -> ImportPlan:
    return plan_import(path, index=index, register=register or OperatorRegister(), on=TODAY, **options)


def problems(found: ImportPlan) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in found.problems]


def with_register(index: WardIndex, register: OperatorRegister) -> WardIndex:
    return WardIndex(overlaid(index.dataset, register))


# ---- what is right


def test_a_right_row_is_an_addition(tmp_path: Path, index: WardIndex) -> None:
    found = plan(csv_file(tmp_path, GOOD), index)
    assert found.problems == []
    assert (found.rows, found.blank, found.unchanged) == (1, 0, 0)
    (change,) = found.changes
    assert (change.kind, change.id, change.before) == ("added", "00070-2", None)
    assert change.after is not None
    assert change.after["vai_tro"] == "HĐND, UBND (khối chính quyền)"
    assert change.after["trang_thai"] == "đang dùng"
    assert change.after["trong_phuong_xa"] == "có"
    assert found.in_use == (135, 136)
    (stated,) = found.register.rows
    assert (stated.lon, stated.lat, stated.uncertainty_m) == (105.8504, 21.0296, 20.0)


def test_a_premises_may_come_without_a_position(tmp_path: Path, index: WardIndex) -> None:
    bare = row(toa_do="", cach_xac_dinh="", sai_so_m="")
    found = plan(csv_file(tmp_path, bare), index)
    assert found.problems == []
    assert found.register.rows[0].lon is None


@pytest.mark.parametrize(
    "changes",
    [
        {"ma_phuong_xa": "70", "ten_phuong_xa": ""},
        {"ma_phuong_xa": " 00070.0 "},
        {"ma_phuong_xa": "", "ten_phuong_xa": "phường Hoàn  Kiếm"},
        {"ten_phuong_xa": "Hoan Kiem"},
        {"ten_phuong_xa": "P. Hoàn Kiếm"},
        {"so_tru_so": "2.0"},
        {"vai_tro": "KHOI CHINH QUYEN"},
        {"vai_tro": "government"},
        {"trang_thai": "Đang dùng"},
        {"dia_chi": "  Số 1\u00a0Lê Thái Tổ\n"},
        {"toa_do": "105,8504; 21,0296"},
        {"toa_do": "21°01'46.56\"N 105°51'01.44\"E"},
        {"cach_xac_dinh": "Toa nha"},
        {"sai_so_m": "20 m"},
        {"do_tin_cay": "b"},
        {"nguon": "Tho\u0302ng ba\u0301o 729/TB-UBND, trang 3"},
    ],
)
def test_messy_cells_mean_the_same(tmp_path: Path, index: WardIndex, changes: dict[str, str]) -> None:
    clean, messy = plan(csv_file(tmp_path, GOOD), index), plan(csv_file(tmp_path, row(**changes)), index)
    assert messy.problems == []
    assert messy.register.rows == clean.register.rows


def test_messy_sheets_are_read(tmp_path: Path, index: WardIndex) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([])
    sheet.append([
        "STT", "Mã xã", "Phường, xã", "Trụ sở số", "Vai trò", "Địa chỉ trụ sở", "Tọa độ", "Cách xác định", "Sai số (m)",
        "Độ tin cậy", "Căn cứ", "Từ ngày",
    ])  # fmt: skip
    sheet.append([1, 70, "Hoàn Kiếm", 2, "khối chính quyền", "Số 1 Lê Thái Tổ", "21,0296 105,8504", "toà nhà", 20, "B",
                  "TB 729", date(2025, 7, 1)])  # fmt: skip
    sheet.append([])
    sheet.append([2, 4, "Ba Đình", 2])
    book.save(tmp_path / "in.xlsx")
    found = plan(tmp_path / "in.xlsx", index)
    assert found.problems == []
    assert found.ignored == ["STT"]
    assert (found.rows, found.blank) == (3, 2)
    (stated,) = found.register.rows
    assert (stated.id, stated.valid_from) == ("00070-2", date(2025, 7, 1))
    assert found.columns["nguon"] == "Căn cứ"


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8")])
def test_other_ways_to_write_a_csv(tmp_path: Path, index: WardIndex, delimiter: str, encoding: str) -> None:
    plain = csv_file(tmp_path, GOOD)
    rows = list(csv.reader(io.StringIO(plain.read_text(encoding="utf-8"))))
    other = tmp_path / "other.csv"
    with other.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    assert plan(other, index).register.rows == plan(plain, index).register.rows


# ---- what is wrong


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"ma_phuong_xa": "99999"}, "ma_phuong_xa"),
        ({"ma_phuong_xa": "abc"}, "ma_phuong_xa"),
        ({"ma_phuong_xa": "", "ten_phuong_xa": ""}, "ma_phuong_xa"),
        ({"ten_phuong_xa": "Phường Cửa Nam"}, "ten_phuong_xa"),
        ({"so_tru_so": "3"}, "so_tru_so"),
        ({"so_tru_so": "0"}, "so_tru_so"),
        ({"so_tru_so": "hai"}, "so_tru_so"),
        ({"so_tru_so": "-1"}, "so_tru_so"),
        ({"vai_tro": "sếp"}, "vai_tro"),
        ({"vai_tro": ""}, "vai_tro"),
        ({"trang_thai": "mở"}, "trang_thai"),
        ({"dia_chi": ""}, "dia_chi"),
        ({"dia_chi": "   "}, "dia_chi"),
        ({"dia_chi": "x" * 1001}, "dia_chi"),
        ({"dia_chi": "Sè 1 Ph\u00adêng Hµng B¹c"}, "dia_chi"),
        ({"toa_do": "Hoàn Kiếm"}, "toa_do"),
        ({"toa_do": "10.77, 106.7"}, "toa_do"),
        ({"toa_do": "48.85, 2.35"}, "toa_do"),
        ({"toa_do": ""}, "toa_do"),
        ({"cach_xac_dinh": ""}, "cach_xac_dinh"),
        ({"cach_xac_dinh": "trung tâm phường"}, "cach_xac_dinh"),
        ({"sai_so_m": ""}, "sai_so_m"),
        ({"sai_so_m": "0"}, "sai_so_m"),
        ({"sai_so_m": "nan"}, "sai_so_m"),
        ({"sai_so_m": "9999"}, "sai_so_m"),
        ({"do_tin_cay": "Z"}, "do_tin_cay"),
        ({"nguon": ""}, "nguon"),
        ({"hieu_luc_tu": "31/02/2025"}, "hieu_luc_tu"),
        ({"trang_thai": "không còn dùng", "so_tru_so": "9"}, "so_tru_so"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, index: WardIndex, changes: dict[str, str], column: str) -> None:
    found = plan(csv_file(tmp_path, row(ma_phuong_xa="00025", ten_phuong_xa="Giảng Võ"), row(**changes)), index)
    assert problems(found) == [(3, column)]
    (problem,) = found.problems
    assert problem.message("vi").startswith(f"Dòng 3, cột {column}: ")
    assert problem.message("en").startswith(f"Row 3, column {column}: ")


def test_everything_wrong_is_said_at_once(tmp_path: Path, index: WardIndex) -> None:
    bad = row(ma_phuong_xa="99999", so_tru_so="7", vai_tro="x", dia_chi="", nguon="", do_tin_cay="", sai_so_m="x")
    found = plan(csv_file(tmp_path, bad, GOOD, row(ma_phuong_xa="00004", ten_phuong_xa="", dia_chi="")), index)
    assert {column for number, column in problems(found) if number == 2} == {
        "ma_phuong_xa", "so_tru_so", "vai_tro", "dia_chi", "nguon", "do_tin_cay", "sai_so_m",
    }  # fmt: skip
    assert (4, "dia_chi") in problems(found)
    with pytest.raises(TableError):
        commit_import(found, tmp_path / "r.json")
    assert list(tmp_path.iterdir()) == [tmp_path / "in.csv"]


def test_missing_columns_are_all_named(tmp_path: Path, index: WardIndex) -> None:
    found = plan(csv_file(tmp_path, GOOD, heading=["ma_phuong_xa", "dia_chi"]), index)
    needed = {column.name for column in COLUMNS if column.needed} - {"ma_phuong_xa", "dia_chi"}
    assert {problem.column for problem in found.problems} == needed
    assert all("thiếu cột" in problem.vi for problem in found.problems)


def test_two_columns_that_could_be_one_are_told(tmp_path: Path, index: WardIndex) -> None:
    heading = [*HEADING, "Địa chỉ"]
    found = plan(csv_file(tmp_path, {**GOOD, "Địa chỉ": "khác"}, heading=heading), index)
    assert problems(found) == [(0, "dia_chi")]


def test_a_premises_may_be_stated_once(tmp_path: Path, index: WardIndex) -> None:
    found = plan(csv_file(tmp_path, GOOD, row(dia_chi="Số 3")), index)
    assert problems(found) == [(3, "so_tru_so")]
    assert "dòng 2" in found.problems[0].vi


def test_central_means_one(tmp_path: Path, index: WardIndex) -> None:
    central = row(ma_phuong_xa="00004", ten_phuong_xa="", so_tru_so="1", vai_tro="tập trung", toa_do="",
                  cach_xac_dinh="", sai_so_m="")  # fmt: skip
    found = plan(csv_file(tmp_path, central, {**central, "so_tru_so": "2", "vai_tro": "khối chính quyền"}), index)
    assert problems(found) == [(2, "vai_tro")]
    alone = plan(csv_file(tmp_path, {**central, "so_tru_so": "2"}), index)
    assert alone.problems == []
    assert [(flag.row, flag.column) for flag in alone.flags] == [(2, "vai_tro")]
    assert "00004-1" in alone.flags[0].vi


def test_a_position_in_another_ward_is_taken_and_flagged(tmp_path: Path, index: WardIndex) -> None:
    found = plan(csv_file(tmp_path, row(ma_phuong_xa="00004", ten_phuong_xa="")), index)
    assert found.problems == []
    assert [(flag.row, flag.column) for flag in found.flags] == [(2, "toa_do")]
    assert "Phường Hoàn Kiếm" in found.flags[0].vi
    assert found.changes[0].after is not None
    assert found.changes[0].after["trong_phuong_xa"] == "không"


def test_the_same_address_twice_is_flagged(tmp_path: Path, index: WardIndex) -> None:
    found = plan(csv_file(tmp_path, row(dia_chi="SỐ 126 Hàng Trống, phường Hoàn Kiếm")), index)
    assert ("00070-1" in found.flags[0].vi, found.problems) == (True, [])


@pytest.mark.parametrize("name", ["in.txt", "in.xlsx", "in.pdf"])
def test_what_is_no_table_is_refused(tmp_path: Path, index: WardIndex, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    with pytest.raises(TableError):
        plan(tmp_path / name, index)


def test_too_many_rows_are_refused(tmp_path: Path, index: WardIndex) -> None:
    with pytest.raises(TableError, match="5000"):
        plan(csv_file(tmp_path, *[row()] * 5001), index)


# ---- what is written, and what is kept


def test_nothing_is_written_until_asked(tmp_path: Path, index: WardIndex) -> None:
    plan(csv_file(tmp_path, GOOD), index)
    assert list(tmp_path.iterdir()) == [tmp_path / "in.csv"]


def test_history_holds_every_import(tmp_path: Path, index: WardIndex) -> None:
    path, first = tmp_path / "r.json", csv_file(tmp_path, GOOD)
    held = commit_import(plan(first, index), path)
    assert held == load_operator_register(path)
    second = csv_file(tmp_path, row(dia_chi="Số 2 Lê Thái Tổ"), name="second.csv")
    found = plan(second, with_register(index, held), held)
    (change,) = found.changes
    assert change.differences == (("dia_chi", "Số 1 Lê Thái Tổ", "Số 2 Lê Thái Tổ"),)
    commit_import(found, path)
    gone = csv_file(
        tmp_path,
        {"ma_phuong_xa": "70", "so_tru_so": "2", "trang_thai": "không còn dùng", "nguon": "QĐ 1"},
        name="gone.csv",
    )
    held = load_operator_register(path)
    commit_import(plan(gone, with_register(index, held), held), path)
    held = load_operator_register(path)
    entries = [dict(entry) for entry in held.history]
    assert [(entry["added"], entry["changed"], entry["withdrawn"]) for entry in entries] == [
        (1, 0, 0), (0, 1, 0), (0, 0, 1),
    ]  # fmt: skip
    assert [entry["file_sha256"] for entry in entries] == [
        hashlib.sha256(source.read_bytes()).hexdigest() for source in (first, second, gone)
    ]
    assert {entry["on"] for entry in entries} == {"2026-03-04"}
    assert entries[1]["changes"][0]["before"]["dia_chi"] == "Số 1 Lê Thái Tổ"
    assert entries[2]["changes"][0]["after"] is None
    assert entries[2]["changes"][0]["source"] == "QĐ 1"
    assert "in.csv" not in path.read_text(encoding="utf-8"), "the name of a file may be a person's"
    assert with_register(index, held).premises_of("00070") == index.premises_of("00070")


def test_the_same_spreadsheet_twice_changes_nothing(tmp_path: Path, index: WardIndex) -> None:
    path = tmp_path / "r.json"
    rows = [
        GOOD,
        {"ma_phuong_xa": "00097", "so_tru_so": "3", "trang_thai": "không còn dùng", "nguon": "QĐ 1"},
    ]
    source = csv_file(tmp_path, *rows)
    held = commit_import(plan(source, index), path)
    again = plan(source, with_register(index, held), held)
    assert (again.problems, again.changes, again.unchanged) == ([], [], 2)
    assert again.register.rows == held.rows


def test_plans_made_before_another_import_are_refused(tmp_path: Path, index: WardIndex) -> None:
    path = tmp_path / "r.json"
    early = plan(csv_file(tmp_path, GOOD), index)
    commit_import(plan(csv_file(tmp_path, row(ma_phuong_xa="00004", ten_phuong_xa=""), name="b.csv"), index), path)
    content = path.read_bytes()
    with pytest.raises(TableError, match="changed after"):
        commit_import(early, path)
    assert path.read_bytes() == content


def test_two_imports_do_not_write_at_once(tmp_path: Path, index: WardIndex) -> None:
    path = tmp_path / "r.json"
    (tmp_path / "r.json.part").touch()
    with pytest.raises(TableError, match="another import"):
        commit_import(plan(csv_file(tmp_path, GOOD), index), path)
    assert not path.exists()
    assert (tmp_path / "r.json.part").exists(), "it is the other run's"


def test_a_disk_that_refuses_leaves_the_register(
    tmp_path: Path, index: WardIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.json"
    held = commit_import(plan(csv_file(tmp_path, GOOD), index), path)
    content = path.read_bytes()
    found = plan(csv_file(tmp_path, row(dia_chi="Số 2")), with_register(index, held), held)

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.tables.whole_output.os.fsync", refuse)
    with pytest.raises(TableError, match="untouched"):
        commit_import(found, path)
    assert path.read_bytes() == content
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "r.json"]
