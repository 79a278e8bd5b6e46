"""The handover of case files: one row in, one place out, whatever is wrong with it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cases import ADDED_COLUMNS
from geo.cases.handover import CaseColumns, HandoverOptions, HandoverReport, write_handover
from geo.cases.handover import check as checking
from geo.cases.handover import run as running
from geo.cases.handover.reading import read_date
from geo.crosswalk import Crosswalk
from geo.errors import HanoiWardsError, IntegrityError, TableError
from geo.model import AddressRole, CaseKind
from maps.handover_cover import cover_page
from tests.unit.law_router import LawRouter

HEADING = [
    "Mã hồ sơ", "Lĩnh vực", "Ngày nhận", "Quận huyện cũ", "Phường xã cũ", "Nơi thường trú", "Địa chỉ thửa đất",
    "Số CCCD", "Trạng thái", "Kinh độ", "Vĩ độ",
]  # fmt: skip
WARD = "Phường Hoàn Kiếm"
PACKAGE = "phuong-xa/00070-phuong-hoan-kiem"
ASSIGNED = ["HS1", "Khai sinh", "05/06/2025", "Quận Hoàn Kiếm", "", "Số 1, Hàng Gai, Hoàn Kiếm"]


def row(*cells: Any) -> list[Any]:
    return [*cells, *([""] * (len(HEADING) - len(cells)))]


ROWS: list[list[Any]] = [
    row(*ASSIGNED, "", "001099000001", "Đang xử lý"),
    row("HS2", "GCN QSDĐ", "5/6/2025", "Quận Hoàn Kiếm", "", "Hải Phòng", "=1+1, Hàng Gai, Hoàn Kiếm", "-", "chưa trả"),
    row("HS3", "đất đai", "2025-06-05", "Quận Long Biên", "Ngọc Thụy", "", "Thửa 2, Ngọc Thụy, Long Biên"),
    row("HS4", "đất đai", "31/02/2025", "Quận Long Biên", "Ngọc Thụy", "", "Thửa 3, Ngọc Thụy, Long Biên"),
    row(),
    row("hs 1", "xyz", "45813", "Q. Ba Đình", "", "Số 4, Ngọc Thụy, Long Biên"),
    row("", "Khai tử", "", "Quận Hoàn Kiếm", "", "Hải Phòng"),
    row("HS7", "đất đai", "", "Quận Hoàn Kiếm", "", "Số 1, Hàng Gai, Hoàn Kiếm"),
    row("HS8", "Kết hôn", "", "", "", "mâu thuẫn, Hàng Gai, Hoàn Kiếm", "", "", "Đã trả"),
    row("HS9", "Kết hôn", "", "", "Hàng Gai", "", "", "", "tồn", "21.03", "105.85"),
]
PLACES = ["pack", "pack", "queue", "queue", "queue", "queue", "queue", "queue", "queue", "pack"]


@pytest.fixture
def router(crosswalk: Crosswalk) -> LawRouter:
    return LawRouter(crosswalk)


def delimited(rows: list[list[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def csv_file(folder: Path, rows: list[list[Any]], name: str = "in.csv") -> Path:
    path = folder / name
    path.write_text(delimited([HEADING, *rows]), encoding="utf-8", newline="")
    return path


def hand_over(source: Path, target: Path, router: LawRouter, **options: Any) -> HandoverReport:
    return write_handover(source, target, router=router, cover_page=cover_page, options=HandoverOptions(**options))


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def sheet(path: Path, name: str | None = None) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    return list((book[name] if name else book.active).iter_rows(values_only=True))


def everything(target: Path) -> list[dict[str, str]]:
    return [row for path in sorted(target.rglob("ho-so.csv")) for row in table(path)]


def own_cells(written: dict[str, str]) -> tuple[str, ...]:
    return tuple(written[heading] for heading in HEADING)


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


def messy_book(path: Path) -> None:
    book = openpyxl.Workbook()
    out = book.active
    out.append([])
    out.append(HEADING)
    for cells in ROWS:
        out.append([None if cell == "" else cell for cell in cells])
    for line in out.iter_rows(min_row=3):
        for cell in line:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    out["C3"] = dt.date(2025, 6, 5)
    out["C4"] = 45813
    out["H3"] = 1099000001
    out["H3"].number_format = "000000000000"
    out["H5"] = "=H3+1"
    out.merge_cells("A12:B12")
    book.save(path)


def test_a_messy_workbook(tmp_path: Path, router: LawRouter) -> None:
    messy_book(tmp_path / "in.xlsx")
    report = hand_over(tmp_path / "in.xlsx", tmp_path / "out", router)
    assert report.rows == len(ROWS)
    assert any("ô gộp" in notice for notice in report.notices)
    packed = sheet(tmp_path / "out" / PACKAGE / "ho-so.xlsx")
    assert packed[0] == (None,) * len(packed[0])  # the empty row above the heading is the input's
    assert list(packed[1]) == [*HEADING, *ADDED_COLUMNS]
    assert packed[2][2].date() == dt.date(2025, 6, 5)
    assert packed[2][7] == 1099000001
    cells = openpyxl.load_workbook(tmp_path / "out" / PACKAGE / "ho-so.xlsx").active
    assert cells["H3"].number_format == "000000000000"
    assert (cells["G4"].value, cells["G4"].data_type) == ("=1+1, Hàng Gai, Hoàn Kiếm", "s")
    for path in (tmp_path / "out").rglob("*.xlsx"):
        for page in openpyxl.load_workbook(path):
            assert all(cell.data_type != "f" for line in page.iter_rows() for cell in line), path
    by_number = {written["Mã hồ sơ"]: written for written in everything(tmp_path / "out")}
    assert by_number["HS1"]["Số CCCD"] == "001099000001"
    assert by_number["HS2"]["Địa chỉ thửa đất"] == "'=1+1, Hàng Gai, Hoàn Kiếm"
    assert report.issues["formula_without_value"] == 1


def test_parquet_keeps_values(tmp_path: Path, router: LawRouter) -> None:
    columns = {heading: [str(cells[i]) for cells in ROWS] for i, heading in enumerate(HEADING)}
    columns |= {"Lệ phí": list(range(len(ROWS)))}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    report = hand_over(tmp_path / "in.parquet", tmp_path / "out", router)
    assert report.rows == len(ROWS)
    packed = sheet(tmp_path / "out" / PACKAGE / "ho-so.xlsx")
    assert [line[len(HEADING)] for line in packed] == ["Lệ phí", 0, 1, 9]
    assert "'=1+1" in {written["Địa chỉ thửa đất"][:5] for written in everything(tmp_path / "out")}


def test_a_merged_heading_is_refused_by_name(tmp_path: Path, router: LawRouter) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Mã hồ sơ", "Địa chỉ", None])
    book.active.append(["1", "Số 1", "Hàng Gai"])
    book.active.merge_cells("B1:C1")
    book.save(tmp_path / "in.xlsx")
    with pytest.raises(TableError, match="B1:C1"):
        hand_over(tmp_path / "in.xlsx", tmp_path / "out", router)
    assert list(tmp_path.iterdir()) == [tmp_path / "in.xlsx"]


def test_ragged_records_stay_single_rows(tmp_path: Path, router: LawRouter) -> None:
    source = tmp_path / "in.csv"
    address = '"Số 1, Hàng Gai, Hoàn Kiếm"'
    lines = [f"HS1,Khai sinh,,,,{address}", f"HS2,Khai sinh,,,,{address},,,,,,thừa", f'HS3,Khai sinh,,5" x,,{address}']
    source.write_text("\n".join([",".join(HEADING), *lines]), encoding="utf-8")
    report = hand_over(source, tmp_path / "out", router)
    assert report.rows == 3
    assert (report.issues["short_row"], report.issues["long_row"]) == (2, 1)
    packed = (tmp_path / "out" / PACKAGE / "ho-so.csv").read_text(encoding="utf-8-sig").splitlines()
    assert packed[1].startswith(f"{lines[0]},,,,,,da_xac_dinh")
    assert packed[2].startswith(f"{lines[1]},da_xac_dinh")
    assert packed[3].startswith(f"{lines[2]},,,,,,da_xac_dinh")


def test_the_last_line_of_the_input_does_not_swallow_the_next(tmp_path: Path, router: LawRouter) -> None:
    source = tmp_path / "in.csv"
    rows = ['HS1,đất đai,,,,,"Số 1, Ngọc Thụy, Long Biên"', 'HS2,đất đai,,,,,"Số 1, Đức Giang, Long Biên"']
    # The bigger group is written first, and its last row is the last of the input, without a line ending.
    source.write_text("\n".join([",".join(HEADING), rows[1], rows[0], rows[0]]), encoding="utf-8")
    hand_over(source, tmp_path / "out", router)
    assert [written["Mã hồ sơ"] for written in everything(tmp_path / "out")] == ["HS1", "HS1", "HS2"]


def test_columns_are_named_where_headings_do_not_tell(tmp_path: Path, router: LawRouter) -> None:
    source = tmp_path / "in.csv"
    source.write_text('so,o dau,cccd\n1,"Số 1, Hàng Gai, Hoàn Kiếm",001\n', encoding="utf-8")
    with pytest.raises(TableError, match="No column tells where"):
        hand_over(source, tmp_path / "out", router)
    named = CaseColumns(number="so", addresses=((AddressRole.PARCEL, "o dau"),))
    report = hand_over(source, tmp_path / "out", router, named=named, kind=CaseKind.LAND, old_district="Hoàn Kiếm")
    assert report.outcomes == {"da_xac_dinh": 1}
    assert router.asked[-1].district == "Hoàn Kiếm"
    assert "lĩnh vực" in report.missing
    assert report.columns == ["số hồ sơ: “so”", "thửa đất: “o dau”"]
    with pytest.raises(TableError, match="identifies people"):
        hand_over(source, tmp_path / "b", router, named=CaseColumns(addresses=((AddressRole.OTHER, "cccd"),)))


def test_two_columns_that_could_be_one_thing_are_refused(tmp_path: Path, router: LawRouter) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Số hồ sơ,Mã hồ sơ,Địa chỉ\n1,2,x\n", encoding="utf-8")
    with pytest.raises(TableError, match="Name one of them exactly"):
        hand_over(source, tmp_path / "out", router)


def test_our_columns_in_the_input_are_refused_before_any_work(tmp_path: Path, router: LawRouter) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Địa chỉ,ket_qua\nx,y\n", encoding="utf-8")
    with pytest.raises(TableError, match="ket_qua"):
        hand_over(source, tmp_path / "out", router)
    assert router.asked == []


def test_an_existing_folder_is_only_replaced_when_asked_and_only_a_handover(tmp_path: Path, router: LawRouter) -> None:
    source, target = csv_file(tmp_path, ROWS), tmp_path / "out"
    hand_over(source, target, router)
    before = (target / "manifest.json").read_bytes()
    with pytest.raises(TableError, match="exists already"):
        hand_over(source, target, router)
    assert (target / "manifest.json").read_bytes() == before
    hand_over(csv_file(tmp_path, ROWS[:1], "less.csv"), target, router, overwrite=True)
    assert len(everything(target)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "less.csv", "out"]
    other = tmp_path / "photos"
    other.mkdir()
    (other / "me.jpg").write_bytes(b"x")
    with pytest.raises(TableError, match="no handover"):
        hand_over(source, other, router, overwrite=True)
    assert (other / "me.jpg").exists()
    inside = csv_file(target, ROWS)
    with pytest.raises(TableError, match="would be deleted"):
        hand_over(inside, target, router, overwrite=True)
    assert inside.exists()


def test_another_runs_folder_is_left_alone(tmp_path: Path, router: LawRouter) -> None:
    (tmp_path / "out.part").mkdir()
    with pytest.raises(TableError, match="another run"):
        hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    assert (tmp_path / "out.part").exists()
    hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router, overwrite=True)
    assert (tmp_path / "out").is_dir()


def test_a_fault_of_the_program_names_the_row_and_nothing_of_it(tmp_path: Path, router: LawRouter) -> None:
    source = csv_file(tmp_path, [ROWS[0], row("HS2", "Khai sinh", "", "", "", "hỏng, bí mật")])
    with pytest.raises(HanoiWardsError, match="Row 3") as caught:
        hand_over(source, tmp_path / "out", router)
    assert "bí mật" not in caught.value.vi
    assert caught.value.__suppress_context__
    assert list(tmp_path.iterdir()) == [source]


def test_stopping_leaves_nothing(tmp_path: Path, router: LawRouter, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "write_reconciliation", stop)
    source = csv_file(tmp_path, ROWS)
    with pytest.raises(KeyboardInterrupt):
        hand_over(source, tmp_path / "out", router)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"HS9", "HS8"),  # a cell changed
        (r"HS9,[^\n]*\n", ""),  # a row lost
        (r"(HS9,[^\n]*\n)", r"\1\1"),  # a row twice
        (r",00070,", ",00004,"),  # another ward
        (r"da_xac_dinh", "can_chon"),  # another answer
    ],
)
def test_the_check_finds_what_is_wrong(
    tmp_path: Path, router: LawRouter, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str
) -> None:
    check = checking.check_handover

    def spoiled(ledger: Any, written: Any, **options: Any) -> None:
        path = next(iter(written)) / "ho-so.csv"
        text = path.read_text(encoding="utf-8-sig")
        path.write_text(re.sub(pattern, replacement, text, count=1), encoding="utf-8-sig", newline="")
        check(ledger, written, **options)

    monkeypatch.setattr(running, "check_handover", spoiled)
    source = csv_file(tmp_path, ROWS)
    with pytest.raises(IntegrityError, match="do not balance"):
        hand_over(source, tmp_path / "out", router)
    assert list(tmp_path.iterdir()) == [source]


def test_the_check_finds_a_row_in_no_place_or_two(
    tmp_path: Path, router: LawRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = checking.check_handover

    def forgetful(ledger: Any, written: Any, **options: Any) -> None:
        ledger.entries.append(ledger.entries[0])
        check(ledger, written, **options)

    monkeypatch.setattr(running, "check_handover", forgetful)
    with pytest.raises(IntegrityError, match="just one place"):
        hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)


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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/6/2025", "2025-06-05"),
        ("05-06-25", "2025-06-05"),
        ("05.06.2025", "2025-06-05"),
        ("2025-06-05T10:20:00", "2025-06-05"),
        ("05/06/2025 14:30", "2025-06-05"),
        ("14:30 05/06/2025", "2025-06-05"),
        ("45813.5", "2025-06-05"),
        ("ngày 5 tháng 6 năm 2025", "2025-06-05"),
        ("06/25/2025", None),
        ("31/02/2025", None),
        ("1/1/0001", None),
        ("99999", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(text: str, day: str | None) -> None:
    assert read_date(text) == (dt.date.fromisoformat(day) if day else None)
