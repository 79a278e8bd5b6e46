"""A whole table of addresses: every row keeps its place and gets the answer it would get alone."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cases import ADDED_COLUMNS, RouteColumns, RouteOptions, RouteReport, decision_cells, route_table
from geo.cases.decision_cells import MAX_CELL_CHARACTERS
from geo.engines import LocalEngine
from geo.errors import DataMissing, HanoiWardsError, TableError
from geo.model import RouteOutcome, RouteQuery, Subject
from tests.unit.fake_router import FakeRouter, missing_router

FROZEN = "ket_qua,ma_phuong_xa,ten_phuong_xa,diem,kha_nang,ly_do,can_cu,don_vi_cu,phien_ban"
HEADING = ["Số CCCD", "Họ tên", "Địa chỉ thường trú", "Phường/Xã (cũ)", "Quận, huyện", "Kinh độ", "Vĩ độ"]
ROWS = [
    ["001", "An", "Số 12 ngõ 34 Hàng Bài", "Phường Trúc Bạch", "Ba Đình", "105.8542", "21.0285"],
    ["002", "Bình", "thôn Đoài; xóm 3, đội 4", "Xã Kim Chung", "Đông Anh", "", ""],
    ["003", "Chi", 'nhà "đỏ" | cạnh chợ', "", "", "", ""],
    ["004", "Dung", "", "Phường Láng Hạ", "Quận Đống Đa", "", ""],
    ["005", "=1+1", "@home +84", "-", "", "105,8542", "21,0285"],
    ["006", "Giang", " x ", "", "", "105.9", "21.1"],
    ["007", "Hà", "dài " * 2_500, "", "", "", ""],
    ["008", "", "", "", "", "", ""],
]


def route(source: Path, target: Path, *, workers: int = 1, **options: Any) -> RouteReport:
    calls = {
        name: options.pop(name) for name in ("open_router", "on_start", "progress", "chunk_rows") if name in options
    }
    return route_table(
        source,
        target,
        engine=LocalEngine(workers),
        options=RouteOptions(**options),
        **{"open_router": FakeRouter, **calls},
    )


def delimited(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def put(folder: Path, text: str, name: str = "in.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def written(path: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def alone(row: list[str]) -> tuple[str, ...]:
    """Return what a single case gets."""
    lon, lat = (float(cell.replace(",", ".")) if cell else None for cell in row[5:7])
    query = RouteQuery(address=row[2].strip(), old_ward=row[3], district=row[4], lon=lon, lat=lat)
    return decision_cells(FakeRouter().route(query), "vi")


def assert_answers(rows: list[dict[str, str]]) -> None:
    assert len(rows) == len(ROWS)
    for row, asked in zip(rows, ROWS, strict=True):
        expected = dict(zip(ADDED_COLUMNS, alone(asked), strict=True))
        remark = row["ly_do"].removeprefix(expected["ly_do"])
        assert remark == (" Dấu phẩy trong toạ độ được đọc là dấu thập phân." if "," in asked[5] else "") or remark
        assert bool(remark) == ("," in asked[5])
        assert {**row, "ly_do": expected["ly_do"]} == {**dict(zip(HEADING, asked, strict=True)), **expected}


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8")]
)
def test_a_delimited_table_is_kept_byte_for_byte(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = delimited([HEADING, *ROWS], delimiter)
    source, target = put(tmp_path, text, encoding=encoding), tmp_path / "out.csv"
    report = route(source, target)
    lines_in, lines_out = text.splitlines(), target.read_bytes().decode(encoding).splitlines()
    assert all(ours.startswith(theirs + delimiter) for theirs, ours in zip(lines_in, lines_out, strict=True))
    assert lines_out[0] == lines_in[0] + delimiter + delimiter.join(ADDED_COLUMNS)
    assert_answers(written(target, delimiter=delimiter, encoding=encoding))
    assert report.rows == sum(report.outcomes.values()) == sum(report.grounds.values()) == len(ROWS)


def test_the_added_columns_are_frozen() -> None:
    assert ",".join(ADDED_COLUMNS) == FROZEN


def test_a_workbook_and_parquet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADING, *ROWS):
        book.active.append([cell or None for cell in row])
    for row in book.active.iter_rows():
        for cell in row:
            cell.data_type = "s" if cell.value else "n"  # "=1+1" is text here
    book.save(tmp_path / "in.xlsx")
    pq.write_table(pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(HEADING)}), tmp_path / "in.pq")
    route(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    after = [[cell.value or "" for cell in row] for row in openpyxl.load_workbook(tmp_path / "out.xlsx").active]
    assert after[0] == [*HEADING, *ADDED_COLUMNS]
    assert_answers([dict(zip(after[0], row, strict=True)) for row in after[1:]])
    route(tmp_path / "in.pq", tmp_path / "out.parquet")
    assert_answers(pq.read_table(tmp_path / "out.parquet").to_pylist())


def test_each_outcome_has_its_cells() -> None:
    seen = set()
    for number in range(50):
        decision = FakeRouter().route(RouteQuery(address=f"số {number}", old_ward="xã Cũ"))
        cells = dict(zip(ADDED_COLUMNS, decision_cells(decision, "vi"), strict=True))
        seen.add((decision.outcome, cells["ket_qua"]))
        assert bool(cells["ma_phuong_xa"]) == bool(cells["ten_phuong_xa"]) == (decision.outcome == "ASSIGNED")
        assert cells["kha_nang"].split(";") == [one.ward.code for one in decision.candidates] or not cells["kha_nang"]
        assert cells["diem"] == ("0.500" if decision.candidates else "")
        assert cells["ly_do"].endswith("Số nhà?") == (decision.outcome == "CHOOSE")
        assert cells["can_cu"] == f"old-commune: vì xã Cũ; street: vì số {number}"
        assert cells["don_vi_cu"] == "Xã Cũ, Huyện Xưa"
        assert cells["phien_ban"] == "2025-07-01/fake"
        assert "Which number?" in decision_cells(decision, "en")[5] or not decision.question
    assert seen == {
        (RouteOutcome.ASSIGNED, "da_xac_dinh"),
        (RouteOutcome.CHOOSE, "can_chon"),
        (RouteOutcome.INSUFFICIENT, "thieu_thong_tin"),
        (RouteOutcome.OUTSIDE, "ngoai_ha_noi"),
        (RouteOutcome.CONFLICT, "mau_thuan"),
    }


def test_coordinates_that_cannot_be_read_are_said_and_the_rest_is_used(tmp_path: Path) -> None:
    points = ["21.0285,105.8542", "x,21", "105.8542,", "2.35,48.85", "588591,2326345", ","]
    text = "Kinh độ,Vĩ độ,Địa chỉ\n" + "".join(f"{point},Hàng Bài\n" for point in points)
    report = route(put(tmp_path, text), tmp_path / "out.csv")
    rows = written(tmp_path / "out.csv")
    for row, word in zip(
        rows, ["đảo", "“Kinh độ” không có con số", "“Vĩ độ” để trống", "Việt Nam", "VN-2000", ""], strict=True
    ):
        assert row["ly_do"].startswith("Hỏi: Hàng Bài|||None|None|resident.")
        assert word in row["ly_do"]
        assert ("Không dùng được toạ độ của dòng này" in row["ly_do"]) is bool(word)
    assert report.grounds == {"street+coordinates-unreadable": 5, "street": 1}
    route(put(tmp_path, text), tmp_path / "en.csv", lang="en")
    assert "The coordinates of this row are not used: " in written(tmp_path / "en.csv")[0]["ly_do"]


def test_rows_of_a_wrong_shape_are_answered_and_say_so(tmp_path: Path) -> None:
    text = "Địa chỉ;Phường cũ;ghi chú\nHàng Bài;Cũ\n\nHàng Đào;Cũ;a;b\n;;\n"
    report = route(put(tmp_path, text), tmp_path / "out.csv")
    short, blank, long, empty = written(tmp_path / "out.csv", delimiter=";")
    assert short["ly_do"].startswith("Hỏi: Hàng Bài|Cũ|")
    assert "Dòng 2 có 2 ô" in short["ly_do"]
    assert blank["ket_qua"] == empty["ket_qua"] == "thieu_thong_tin"
    assert blank["ly_do"].endswith("Dòng trống.")
    assert long["ghi chú"] == "a"
    assert "Dòng 4 có 4 ô" in " ".join(str(value) for value in long.values())
    assert report.rows == 4


def test_our_cells_are_one_line_and_not_endless(tmp_path: Path) -> None:
    address = "a\u2028b\x00c\td\n" + "\u200be" * 10_000
    source = put(tmp_path, delimited([["Địa chỉ"], [address]]))
    for suffix in ("csv", "xlsx"):
        route(source, tmp_path / f"out.{suffix}")
    (row,) = written(tmp_path / "out.csv")
    assert row["Địa chỉ"] == address
    assert row["ly_do"].startswith("Hỏi: a b c d e e")
    assert row["ly_do"].isprintable()
    assert len(row["ly_do"]) == MAX_CELL_CHARACTERS


@pytest.mark.parametrize("workers", [1, 2])
def test_a_row_on_which_the_program_fails_is_named_and_not_shown(tmp_path: Path, workers: int) -> None:
    addresses = [f"số {number}" for number in range(10)]
    addresses[7] = "crash ở nhà bí mật"
    source = put(tmp_path, delimited([["Địa chỉ"], *([address] for address in addresses)]))
    with pytest.raises(HanoiWardsError) as caught:
        route(source, tmp_path / "out.csv", workers=workers, chunk_rows=3)
    for said, row in ((caught.value.vi, "Dòng 9: "), (caught.value.en, "Row 9: ")):
        assert said.startswith(row)
        assert "KeyError, unit/fake_router.py:" in said
        assert "bí mật" not in said
    assert "làm tiếp từ dòng 8" in caught.value.vi
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv.journal"]
    assert "bí mật".encode() not in (tmp_path / "out.csv.journal").read_bytes()


@pytest.mark.parametrize("workers", [1, 2])
def test_data_that_are_missing_are_told_from_every_engine(tmp_path: Path, workers: int) -> None:
    with pytest.raises(DataMissing, match="A file is missing"):
        route(put(tmp_path, "Địa chỉ\na\n"), tmp_path / "out.csv", workers=workers, open_router=missing_router)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_the_manifest_adds_up_and_holds_no_cells(tmp_path: Path) -> None:
    source, target = put(tmp_path, delimited([HEADING, *ROWS])), tmp_path / "out.csv"
    report = route(source, target, workers=2, subject=Subject.PARCEL)
    text = (tmp_path / "out.csv.manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert manifest == report.manifest
    for name, path in (("input", source), ("output", target)):
        data = path.read_bytes()
        facts = {"name": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "rows": len(ROWS)}
        assert manifest[name] == facts
    assert manifest["columns"] == {
        "address": ["Địa chỉ thường trú"], "old_ward": ["Phường/Xã (cũ)"], "district": ["Quận, huyện"],
        "lon": ["Kinh độ"], "lat": ["Vĩ độ"],
    }  # fmt: skip
    assert sum(manifest["outcomes"].values()) == sum(manifest["evidence"].values()) == len(ROWS)
    assert (manifest["generation"], manifest["data_version"]) == ("2025-07-01", "fake")
    assert (manifest["workers"], manifest["resumed_from"], manifest["options"]["subject"]) == (2, 0, "parcel")
    assert str(tmp_path) not in text
    assert not any(cell in text for row in ROWS for cell in row if len(cell) > 4)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "out.csv.manifest.json"]


def test_progress_counts_every_row_once_and_the_start_is_told(tmp_path: Path) -> None:
    steps: list[int] = []
    starts: list[Any] = []
    book = openpyxl.Workbook()
    for row in [["Địa chỉ"], *([f"số {number}"] for number in range(10))]:
        book.active.append(row)
    book.save(tmp_path / "in.xlsx")
    pq.write_table(pa.table({"Địa chỉ": ["a"] * 10}), tmp_path / "in.parquet")
    put(tmp_path, "Địa chỉ\n" + "a\n" * 10)
    for name in ("in.csv", "in.xlsx", "in.parquet"):
        route(tmp_path / name, tmp_path / f"{name}.csv", on_start=starts.append, progress=steps.append, chunk_rows=4)
    assert steps == [4, 4, 2] * 3
    assert [(one.expected_rows, one.resumed_rows, one.next_row, one.columns) for one in starts] == [
        (10, 0, 2, {"address": ["Địa chỉ"]})
    ] * 3


def test_a_table_of_nothing_but_headings(tmp_path: Path) -> None:
    assert route(put(tmp_path, "Địa chỉ\n"), tmp_path / "out.csv").rows == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == f"Địa chỉ,{FROZEN}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "out.csv.manifest.json"]


def test_what_exists_is_kept_unless_told(tmp_path: Path) -> None:
    source, target = put(tmp_path, "Địa chỉ\na\n"), put(tmp_path, "mine", "out.csv")
    with pytest.raises(TableError, match="exists already"):
        route(source, target, open_router=missing_router)  # told before anything is opened
    assert target.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
    route(source, target, overwrite=True, excel_bom=True)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert RouteColumns() == RouteOptions().named
