"""The tables that districts hand over, as they are kept: messy workbooks, ragged records, odd days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cases import ADDED_COLUMNS
from geo.cases.handover import CaseColumns
from geo.cases.handover.reading import read_date
from geo.crosswalk import Crosswalk
from geo.errors import TableError
from geo.model import AddressRole, CaseKind
from tests.unit.handed_over import HEADING, PACKAGE, ROWS, everything, hand_over, sheet
from tests.unit.law_router import LawRouter


@pytest.fixture
def router(crosswalk: Crosswalk) -> LawRouter:
    return LawRouter(crosswalk)


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
