"""Which columns a table of addresses is read from, and what a table that cannot be read says."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest

from geo.cases import RouteColumns
from geo.cases.route_columns import find_route_columns, is_personal
from geo.errors import TableError
from geo.model import RouteDecision, RouteQuery, Subject, Text
from geo.tables import xlsx_package
from geo.tables.encoding import encodable
from tests.unit.fake_router import FakeRouter
from tests.unit.test_route_table import delimited, put, route, written


@pytest.mark.parametrize(
    ("heading", "named", "used"),
    [
        ("Địa chỉ", {}, {"address": ["Địa chỉ"]}),
        ("dia_chi", {}, {"address": ["dia_chi"]}),
        ("ADDRESS", {}, {"address": ["ADDRESS"]}),
        ("Nơi cư trú", {}, {"address": ["Nơi cư trú"]}),
        ("Địa chỉ thửa đất", {}, {"address": ["Địa chỉ thửa đất"]}),
        ("STT|Phường/Xã|Quận/Huyện", {}, {"address": ["Phường/Xã"], "district": ["Quận/Huyện"]}),
        ("Phường xã|Phường xã cũ", {}, {"old_ward": ["Phường xã cũ"]}),
        ("Địa chỉ|Phường|Quận", {}, {"address": ["Địa chỉ", "Phường"], "district": ["Quận"]}),
        ("Xã, phường, thị trấn (cũ)|Huyện", {}, {"old_ward": ["Xã, phường, thị trấn (cũ)"], "district": ["Huyện"]}),
        ("lon|lat", {}, {"lon": ["lon"], "lat": ["lat"]}),
        ("Địa chỉ|kinh độ", {}, {"address": ["Địa chỉ"]}),
        ("Địa chỉ|Loại hồ sơ", {}, {"address": ["Địa chỉ"], "kind": ["Loại hồ sơ"]}),
        ("Số nhà|Phố|Phường", {"address": ("Phố", "Số nhà")}, {"address": ["Phố", "Số nhà", "Phường"]}),
        ("Địa chỉ|Nơi ở", {"address": ("noi o",)}, {"address": ["Nơi ở"]}),
        ("a|b|c|x|y|k", {"address": ("a",), "old_ward": "b", "district": "c", "lon": "x", "lat": "y", "kind": "k"},
         {"address": ["a"], "old_ward": ["b"], "district": ["c"], "lon": ["x"], "lat": ["y"], "kind": ["k"]}),
    ],
)  # fmt: skip
def test_columns_are_named_or_recognised(heading: str, named: dict[str, Any], used: dict[str, list[str]]) -> None:
    assert find_route_columns(heading.split("|"), RouteColumns(**named)).used() == used


@pytest.mark.parametrize(
    ("heading", "named", "words"),
    [
        ("a|b", {}, "--address-column"),
        ("Quận|Ghi chú", {}, "“Quận”, “Ghi chú”"),
        ("Địa chỉ|Nơi cư trú", {}, "2 cột có thể là --address-column"),
        ("Địa chỉ|Địa chỉ", {}, "2 cột trùng tiêu đề"),
        ("Phường|Xã", {}, "2 cột có thể là --address-column"),
        ("Phường cũ|Xã cũ", {}, "2 cột có thể là --old-ward"),
        ("Địa chỉ", {"address": ("Nhà",)}, "Không có cột “Nhà” (--address-column)"),
        ("Địa chỉ|x", {"lon": "x"}, "--lon và --lat"),
        ("Địa chỉ|Số CCCD", {"address": ("so cccd",)}, "thông tin cá nhân"),
        ("Địa chỉ|Họ và tên", {"kind": "Họ và tên"}, "thông tin cá nhân"),
    ],
)
def test_columns_that_cannot_be_told_are_an_error(heading: str, named: dict[str, Any], words: str) -> None:
    with pytest.raises(TableError) as caught:
        find_route_columns(heading.split("|"), RouteColumns(**named))
    assert words in caught.value.vi


@pytest.mark.parametrize(
    "heading",
    [
        "CCCD", "Số CMND", "số cccd/cmnd", "Căn cước công dân", "Mã định danh cá nhân", "Số điện thoại", "SĐT", "ĐT",
        "E-mail", "Ngày sinh", "Ngày, tháng, năm sinh", "Năm sinh", "Họ tên", "Họ và tên", "Họ, chữ đệm, tên",
        "Tên chủ hộ", "Người nộp", "Số BHXH", "Hộ chiếu", "Phone number", "Date of birth",
    ],
)  # fmt: skip
def test_headings_of_what_identifies_people_are_known(heading: str) -> None:
    assert is_personal(heading)


@pytest.mark.parametrize("heading", ["Địa chỉ", "Tên đường", "Phường", "Số nhà", "Loại hồ sơ", "Mã xã", ""])
def test_headings_of_places_are_none(heading: str) -> None:
    assert not is_personal(heading)


KINDS = ["Khai sinh", "Cấp GCN QSDĐ", "resident", "PARCEL", "Thửa đất", "Hộ khẩu", "xyz", ""]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({}, "resident parcel resident parcel parcel resident resident resident"),
        ({"subject": Subject.PARCEL}, "parcel " * 8),
        ({"subject": Subject.RESIDENT}, "resident " * 8),
        (
            {"subject": Subject.PARCEL, "named": RouteColumns(kind="Loại hồ sơ")},
            "resident parcel resident parcel parcel resident parcel parcel",
        ),
    ],
)
def test_the_kind_of_a_row_decides_the_wording_unless_the_table_is_of_one(
    tmp_path: Path, options: dict[str, Any], asked: str
) -> None:
    source = put(tmp_path, delimited([["Địa chỉ", "Loại hồ sơ"], *(["a", kind] for kind in KINDS)]))
    route(source, tmp_path / "out.csv", **options)
    rows = written(tmp_path / "out.csv")
    assert [row["ly_do"].split("|")[-1].split(".")[0] for row in rows] == asked.split()
    remarks = [row["Loại hồ sơ"] for row in rows if "không nói rõ là người hay thửa đất" in row["ly_do"]]
    assert remarks == ([] if set(options) == {"subject"} else ["xyz"])


def test_several_address_columns_are_joined_in_the_order_named(tmp_path: Path) -> None:
    text = "Số nhà,Tổ,Phố\n12,,Hàng Bài\n,tổ 5, \n"
    route(put(tmp_path, text), tmp_path / "out.csv", named=RouteColumns(address=("Phố", "Số nhà", "Tổ")))
    assert [row["ly_do"].split("|")[0] for row in written(tmp_path / "out.csv")] == ["Hỏi: Hàng Bài, 12", "Hỏi: tổ 5"]


def workbook(path: Path, rows: list[list[object]], *, merge: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(path)
    return path


def test_formulas_and_dates_are_answered_as_they_are_shown(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Địa chỉ", "Ngày sinh"], ['="Hàng"&" Bài"', 44_000], ["#REF!", 1.5], [12, None]]
    report = route(workbook(tmp_path / "in.xlsx", rows), tmp_path / "out.csv")
    formula, error, number = written(tmp_path / "out.csv")
    assert formula["ket_qua"] == "thieu_thong_tin"
    assert "Ô A2 là công thức chưa có kết quả" in formula["ly_do"]
    assert error["ly_do"].startswith("Hỏi: #REF!|")
    assert number["ly_do"].startswith("Hỏi: 12|")
    assert formula["Ngày sinh"] == "44000"
    assert report.rows == 3


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (3 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("in.csv", b"", "0 byte"),
        ("in.csv", "Địa chỉ\n".encode() * 3 + b"\xe1\xbb\n", "Dòng 4 của tệp có byte 0xE1"),
        ("in.csv", 'Địa chỉ\na\n"b\n'.encode(), "Dòng 3: có dấu ngoặc kép"),
        ("in.csv", "Địa chỉ,Địa chỉ\na,b\n".encode(), "cột 1, A"),
        ("in.csv", "Địa chỉ,LY_DO\na,b\n".encode(), "LY_DO"),
        ("in.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        ("in.xlsx", b"PK\x03\x04 cut off", "bị hỏng"),
        ("in.xlsx", "Địa chỉ\na\n".encode(), "nội dung là CSV"),
        ("in.xlsx", zip_bomb(), "bung ra thành 3 MiB"),
        ("in.parquet", b"PAR1 cut off", "Parquet bị hỏng"),
        ("in.csv", b"%PDF-1.7", "PDF"),
    ],
)
def test_input_that_is_wrong_is_refused_with_its_place_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, words: str
) -> None:
    monkeypatch.setattr(xlsx_package, "MAX_UNPACKED_BYTES", 2 << 20)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TableError) as caught:
        route(tmp_path / name, tmp_path / "out.csv", chunk_rows=1)
    assert words in caught.value.vi
    assert "làm tiếp" not in caught.value.vi
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_merged_headings_are_refused_with_their_place(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Danh sách", None, None], ["Địa chỉ", "Phường", "Quận"], ["a", "b", "c"]]
    with pytest.raises(TableError, match=r"row 1.*A1:C1"):
        route(workbook(tmp_path / "in.xlsx", rows, merge="A1:C1"), tmp_path / "out.csv")


def test_a_cell_that_the_output_cannot_hold_names_row_and_column_and_ends_the_work(tmp_path: Path) -> None:
    source = put(tmp_path, delimited([["Địa chỉ", "Ghi chú"], ["a", "b"], ["c", "d" * 40_000]]))
    with pytest.raises(TableError, match=r"Row 3, column B") as caught:
        route(source, tmp_path / "out.xlsx", chunk_rows=1)
    assert "go on" not in caught.value.en
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


class ArrowRouter(FakeRouter):
    def route(self, query: RouteQuery) -> RouteDecision:
        return replace(super().route(query), reason=Text("Trúc Bạch → Ba Đình", "Trúc Bạch → Ba Đình"))


@pytest.mark.parametrize(("encoding", "arrow"), [("cp1258", "->"), ("utf-16-le", "→"), ("utf-8", "→")])
def test_other_encodings_are_found_and_kept_and_our_words_fit_them(tmp_path: Path, encoding: str, arrow: str) -> None:
    text = "Địa chỉ,Phường\n" + "phố Hàng Bông,Hàng Gai\n" * 3
    source = tmp_path / "in.csv"
    source.write_bytes(encodable(text, encoding).encode(encoding))
    route(source, tmp_path / "out.csv", open_router=ArrowRouter)
    before, after = (path.read_bytes().decode(encoding).splitlines() for path in (source, tmp_path / "out.csv"))
    assert all(ours.startswith(f"{theirs},") for theirs, ours in zip(before, after, strict=True))
    assert normalize("NFC", f"Trúc Bạch {arrow} Ba Đình") in normalize("NFC", after[1])
