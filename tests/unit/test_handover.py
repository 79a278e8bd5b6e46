"""The handover of case files: one row in, one place out, whatever is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from geo.cases import ADDED_COLUMNS
from geo.crosswalk import Crosswalk
from tests.unit.handed_over import (
    ASSIGNED,
    HEADING,
    PACKAGE,
    PLACES,
    ROWS,
    WARD,
    csv_file,
    hand_over,
    own_cells,
    row,
    sheet,
    table,
)
from tests.unit.law_router import LawRouter


@pytest.fixture
def router(crosswalk: Crosswalk) -> LawRouter:
    return LawRouter(crosswalk)


def test_each_row_goes_to_its_ward_or_to_the_queue(tmp_path: Path, router: LawRouter) -> None:
    report = hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    packed = table(tmp_path / "out" / PACKAGE / "ho-so.csv")
    waiting = table(tmp_path / "out" / "cho-xac-minh" / "ho-so.csv")
    inside = [cells for cells, place in zip(ROWS, PLACES, strict=True) if place == "pack"]
    assert [own_cells(written) for written in packed] == [tuple(cells) for cells in inside]
    assert Counter(own_cells(written) for written in waiting) == Counter(
        tuple(cells) for cells, place in zip(ROWS, PLACES, strict=True) if place == "queue"
    )
    assert list(packed[0])[len(HEADING) :] == list(ADDED_COLUMNS)
    assert {written["ma_phuong_xa"] for written in packed} == {"00070"}
    assert {written["ma_phuong_xa"] for written in waiting} == {""}
    assert report.rows == len(ROWS)
    assert report.outcomes.total() == len(ROWS)
    assert report.packages == [("00070", WARD, 3)]
    assert not (tmp_path / "out.part").exists()


def test_records_of_delimited_text_keep_their_bytes(tmp_path: Path, router: LawRouter) -> None:
    source = tmp_path / "in.csv"
    heading = ";".join(HEADING)
    record = '"HS1";Khai sinh; 05/06/2025 ;"Quận ""HK""";;Số 1, Hàng Gai, Hoàn Kiếm;;=1+1;;;'
    source.write_bytes(f"{heading}\r\n{record}".encode())
    hand_over(source, tmp_path / "out", router)
    written = (tmp_path / "out" / PACKAGE / "ho-so.csv").read_bytes().decode("utf-8-sig")
    assert written.startswith(f"{heading};{';'.join(ADDED_COLUMNS)}\r\n{record};da_xac_dinh;00070;")


def test_groups_of_the_queue_are_the_biggest_first(tmp_path: Path, router: LawRouter) -> None:
    report = hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    sizes = [group.rows for group in report.groups]
    assert sizes == sorted(sizes, reverse=True)
    biggest = report.groups[0]
    assert (biggest.key, biggest.rows) == ("street:00118:", 2)
    keys = {group.key for group in report.groups}
    assert keys == {"street:00118:", "blank-row", "case-kind:xyz", "outside", "case-address:land", "conflict"}
    summary = sheet(tmp_path / "out" / "cho-xac-minh" / "tong-hop.xlsx")
    assert summary[1][1] == 2
    assert summary[1][2] == "2 hồ sơ chờ một thông tin: Đường nào của Ngọc Thụy?"
    assert "Phường Bồ Đề (00118): 2" in summary[1][3]
    by_key = dict(zip((group.key for group in report.groups), (line[2] for line in summary[1:]), strict=False))
    assert by_key["case-kind:xyz"] == "1 hồ sơ chờ một thông tin: “xyz” thuộc lĩnh vực nào?"
    assert by_key["case-address:land"].startswith("Hồ sơ đất đai không ghi địa chỉ thửa đất")
    assert summary[-1][:2] == ("Tổng", sum(sizes))
    rows = sheet(tmp_path / "out" / "cho-xac-minh" / "ho-so.xlsx")
    for line in summary[1:-1]:
        first, _, last = line[5].partition("–")
        inside = rows[int(first) - 1 : int(last or first)]
        assert len(inside) == line[1]
        assert line[5] != summary[1][5] or {cells[0] for cells in inside} == {"HS3", "HS4"}


def test_the_reconciliation_accounts_for_every_row(tmp_path: Path, router: LawRouter) -> None:
    hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    path = tmp_path / "out" / "doi-soat.xlsx"
    balance = dict(sheet(path, "Cân đối")[1:])
    assert balance["Số dòng của tệp vào"] == len(ROWS)
    assert balance["Trong các gói phường, xã"] + balance["Chờ xác minh (kể cả ngoài Hà Nội)"] == len(ROWS)
    assert balance["Chênh lệch"] == 0
    lines = sheet(path, "Từng dòng")[1:]
    assert [line[0] for line in lines] == list(range(2, len(ROWS) + 2))
    for number, case_number, _, _, _, package, place, _ in lines:
        cells = sheet(tmp_path / "out" / package / "ho-so.xlsx")[place - 1]
        assert (cells[0] or "") == (case_number or "") == ROWS[number - 2][0]
    for name in ("Theo phường xã", "Theo lĩnh vực", "Theo trạng thái"):
        first, *_, total = sheet(path, name)
        assert total[list(first).index("Số hồ sơ")] == len(ROWS)


def test_what_is_odd_is_kept_and_reported(tmp_path: Path, router: LawRouter) -> None:
    report = hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    notes = sheet(tmp_path / "out" / "doi-soat.xlsx", "Lưu ý")[1:]
    said = {(number, text.split(":")[0]) for number, _, text in notes}
    assert {
        (2, "số hồ sơ trùng"), (7, "số hồ sơ trùng"), (8, "không có số hồ sơ"), (5, "ngày nhận không đọc được"),
        (7, "không rõ lĩnh vực"), (10, "không rõ trạng thái"), (6, "dòng trống"),
    } <= said  # fmt: skip
    assert any(number == 11 and "đảo" in text for number, _, text in notes)
    assert report.issues["duplicate_number"] == 2
    assert report.issues["unread_coordinates"] == 1


def test_manifests_hold_the_hash_of_every_file(tmp_path: Path, router: LawRouter) -> None:
    source = csv_file(tmp_path, ROWS)
    hand_over(source, tmp_path / "out", router)
    for path in (tmp_path / "out").rglob("manifest.json"):
        manifest = json.loads(path.read_bytes())
        for name, digest in manifest["files"].items():
            assert hashlib.sha256((path.parent / name).read_bytes()).hexdigest() == digest
        assert manifest["input"]["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
        assert (manifest["generation"], manifest["data_version"]) == ("2025-07-01", "law")
    whole = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert set(whole["files"]) == files - {"manifest.json"}
    assert sum(whole["packages"].values()) + whole["queue"]["rows"] == whole["rows"] == len(ROWS)


def test_the_cover_counts_for_both_sides(tmp_path: Path, router: LawRouter) -> None:
    hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    folder = tmp_path / "out" / PACKAGE
    page = (folder / "bien-ban.html").read_text(encoding="utf-8")
    lines = [" ".join(str(cell) for cell in line if cell is not None) for line in sheet(folder / "bien-ban.xlsx")]
    for text in (
        "BIÊN BẢN BÀN GIAO HỒ SƠ", "Bên nhận: UBND phường Hoàn Kiếm (mã 00070).", "Số hồ sơ bàn giao: 3",
        hashlib.sha256((folder / "ho-so.xlsx").read_bytes()).hexdigest(), "ĐẠI DIỆN BÊN GIAO", "Quận Hoàn Kiếm: 2",
    ):  # fmt: skip
        assert text in page
        assert any(text in line for line in lines), text
    assert "Tổng 2 1 3" in lines
    assert "://" not in page
    assert "<script" not in page


def test_text_of_the_input_is_escaped_on_the_cover(tmp_path: Path, router: LawRouter) -> None:
    hostile = row("HS1", "Khai sinh", "", "<u>=1+1</u>", "", ASSIGNED[5])
    hand_over(csv_file(tmp_path, [hostile], "<s>.csv"), tmp_path / "out", router)
    page = (tmp_path / "out" / PACKAGE / "bien-ban.html").read_text(encoding="utf-8")
    assert "<u>" not in page
    assert "<s>.csv" not in page
    assert "&lt;u&gt;=1+1" in page


def test_a_table_without_rows(tmp_path: Path, router: LawRouter) -> None:
    report = hand_over(csv_file(tmp_path, []), tmp_path / "out", router)
    assert (report.rows, report.packages, report.groups) == (0, [], [])
    assert sheet(tmp_path / "out" / "doi-soat.xlsx", "Cân đối")[1] == ("Số dòng của tệp vào", 0)


def test_english_sheets(tmp_path: Path, router: LawRouter) -> None:
    hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router, lang="en")
    assert openpyxl.load_workbook(tmp_path / "out" / "doi-soat.xlsx").sheetnames == [
        "Balance", "By ward", "By kind", "By state", "Row by row", "Notes",
    ]  # fmt: skip
    page = (tmp_path / "out" / PACKAGE / "bien-ban.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Files handed over: 3." in page
