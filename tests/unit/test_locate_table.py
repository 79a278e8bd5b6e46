"""A whole table of points: every row keeps its place, whatever is wrong with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cases import PointColumns, locate_table
from geo.cases.points import ADDED_COLUMNS, LocateReport
from geo.crs import InputCrs
from geo.errors import TableError
from geo.locate import WardIndex

FROZEN = "ket_qua,ma_phuong_xa,ten_phuong_xa,diem,kha_nang,ly_do,can_cu,don_vi_cu,phien_ban"
HEADING = ["Tên", "Kinh độ", "Vĩ độ"]

# what a clerk's table holds, what comes out, and a word of the reason
MESSY: list[tuple[list[str], str, str]] = [
    (["a", "105.8542", "21.0285"], "da_xac_dinh", "xa mọi ranh giới"),
    (["phẩy", "105,8542", "21,0285"], "da_xac_dinh", "Dấu phẩy"),
    (["độ phút giây", "105°51'15\"E", "21°01'42\"N"], "da_xac_dinh", "xa mọi ranh giới"),
    (["đảo", "21.0285", "105.8542"], "thieu_thong_tin", "đảo"),
    (["đảo, phẩy", "21,0285", "105,8542"], "thieu_thong_tin", "đảo"),
    (["chữ", "chưa có", "21.0285"], "thieu_thong_tin", "“Kinh độ” không có con số nào: “chưa có”"),
    (["lỗi Excel", "105.8542", "#N/A"], "thieu_thong_tin", "“Vĩ độ” không có con số nào"),
    (["thiếu", "105.8542", ""], "thieu_thong_tin", "“Vĩ độ” để trống"),
    (["thiếu cả hai", "", ""], "thieu_thong_tin", "“Kinh độ” để trống"),
    (["vô hạn", "nan", "21.0285"], "thieu_thong_tin", "“Kinh độ”"),
    (["vô hạn", "1e999", "21.0285"], "thieu_thong_tin", "“Kinh độ”"),
    (["Paris", "2.35", "48.85"], "thieu_thong_tin", "không ở Việt Nam"),
    (["mét", "588591", "2326345"], "thieu_thong_tin", "VN-2000"),
    (["Hải Dương", "106.5", "20.5"], "ngoai_ha_noi", "ngoài Hà Nội"),
    (["=1+1", "105.8542", "21.0285"], "da_xac_dinh", "xa mọi ranh giới"),
]


def locate(source: Path, target: Path, index: WardIndex, **options: Any) -> LocateReport:
    named = options.pop("named", PointColumns())
    return locate_table(source, target, index=index, named=named, lang=options.pop("lang", "vi"), **options)


def written(path: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def delimited(rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def near_border(index: WardIndex) -> tuple[float, float]:
    """Return a point inside Hoàn Kiếm so near its border that the sources allow two wards."""
    ring = index.dataset.geometries[[ward.code for ward in index.wards].index("00070")]
    for lon, lat in ring.exterior.coords:
        result = index.locate(lon=lon - 0.00001, lat=lat)
        if not result.certain and result.outcome == "INSIDE" and len(result.possible) == 2:
            return lon - 0.00001, lat
    raise AssertionError


def test_the_added_columns_are_frozen() -> None:
    assert ",".join(ADDED_COLUMNS) == FROZEN


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8")]
)
def test_a_messy_delimited_table(tmp_path: Path, index: WardIndex, delimiter: str, encoding: str) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    text = delimited([HEADING, *(row for row, _, _ in MESSY)], delimiter)
    source.write_bytes(text.encode(encoding))
    report = locate(source, target, index)
    out_text = target.read_bytes().decode(encoding)
    if encoding != "utf-8":
        assert target.read_bytes()[:2] == source.read_bytes()[:2]  # the byte order mark stays
    lines_in, lines_out = text.splitlines(), out_text.splitlines()
    assert len(lines_out) == len(lines_in)
    assert all(ours.startswith(theirs + delimiter) for theirs, ours in zip(lines_in, lines_out, strict=True))
    assert lines_out[0] == delimiter.join([*HEADING, *ADDED_COLUMNS])
    assert_messy_answers(written(target, delimiter=delimiter, encoding=encoding), index)
    assert_adds_up(report, [outcome for _, outcome, _ in MESSY])
    assert report.columns == ("Kinh độ", "Vĩ độ")


def test_a_messy_workbook(tmp_path: Path, index: WardIndex) -> None:
    book = openpyxl.Workbook()
    for row in (HEADING, *(row for row, _, _ in MESSY)):
        book.active.append([float(cell) if _is_plain(cell) else cell for cell in row])
    book.save(tmp_path / "in.xlsx")
    report = locate(tmp_path / "in.xlsx", tmp_path / "out.xlsx", index)
    before, after = (openpyxl.load_workbook(tmp_path / name).active for name in ("in.xlsx", "out.xlsx"))
    rows = [[cell.value for cell in row] for row in after.iter_rows()]
    assert rows[0] == [*HEADING, *ADDED_COLUMNS]
    assert [row[:3] for row in rows] == [[cell.value for cell in row] for row in before.iter_rows()]
    assert_messy_answers([dict(zip(rows[0], (cell or "" for cell in row), strict=True)) for row in rows[1:]], index)
    assert_adds_up(report, [outcome for _, outcome, _ in MESSY])


def test_a_messy_parquet_table(tmp_path: Path, index: WardIndex) -> None:
    columns = {name: [row[position] for row, _, _ in MESSY] for position, name in enumerate(HEADING)}
    pq.write_table(pa.table(columns), tmp_path / "in.parquet")
    locate(tmp_path / "in.parquet", tmp_path / "out.parquet", index)
    out = pq.read_table(tmp_path / "out.parquet")
    assert out.column_names == [*HEADING, *ADDED_COLUMNS]
    assert {name: out.column(name).to_pylist() for name in HEADING} == columns
    assert_messy_answers([{name: cell or "" for name, cell in row.items()} for row in out.to_pylist()], index)


def test_numbers_and_gaps_of_parquet(tmp_path: Path, index: WardIndex) -> None:
    table = pa.table({"lon": [105.8542, None, float("nan")], "lat": [21.0285, 21.0, 21.0]})
    pq.write_table(table, tmp_path / "in.parquet")
    locate(tmp_path / "in.parquet", tmp_path / "out.csv", index)
    assert [row["ket_qua"] for row in written(tmp_path / "out.csv")] == [
        "da_xac_dinh", "thieu_thong_tin", "thieu_thong_tin",
    ]  # fmt: skip


def _is_plain(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()


def assert_messy_answers(rows: list[dict[str, str]], index: WardIndex) -> None:
    version = f"2025-07-01/{index.dataset.data_version}"
    assert len(rows) == len(MESSY)
    for row, (cells, outcome, word) in zip(rows, MESSY, strict=True):
        assert row["Tên"] == cells[0]
        assert row["ket_qua"] == outcome, row
        assert word in row["ly_do"], row
        assert row["phien_ban"] == version
        assigned = outcome == "da_xac_dinh"
        assert row["ma_phuong_xa"] == row["kha_nang"] == ("00070" if assigned else "")
        assert row["ten_phuong_xa"] == ("Phường Hoàn Kiếm" if assigned else "")
        assert bool(row["can_cu"]) is (outcome != "thieu_thong_tin")


def assert_adds_up(report: LocateReport, outcomes: list[str]) -> None:
    assert report.rows == len(outcomes) == sum(report.outcomes.values())
    assert dict(report.outcomes) == {outcome: outcomes.count(outcome) for outcome in outcomes}


def test_near_a_border_both_wards_are_named_and_none_is_chosen(tmp_path: Path, index: WardIndex) -> None:
    lon, lat = near_border(index)
    (tmp_path / "in.csv").write_text(f"lon,lat\n{lon!r},{lat!r}\n", encoding="utf-8")
    locate(tmp_path / "in.csv", tmp_path / "out.csv", index)
    (row,) = written(tmp_path / "out.csv")
    possible = index.locate(lon=lon, lat=lat).possible
    assert row["ket_qua"] == "can_chon"
    assert row["ma_phuong_xa"] == row["ten_phuong_xa"] == ""
    assert row["kha_nang"] == ";".join(ward.code for ward in possible)
    assert row["ly_do"].startswith(" hoặc ".join(ward.full_name for ward in possible) + ": cách ranh giới")
    locate(tmp_path / "in.csv", tmp_path / "en.csv", index, lang="en")
    assert " or " in written(tmp_path / "en.csv")[0]["ly_do"]


def test_on_an_older_day_old_communes_are_named_and_outside_is_outside(tmp_path: Path, old_index: WardIndex) -> None:
    (tmp_path / "in.csv").write_text("lon,lat\n105.8542,21.0285\n106.5,20.5\n", encoding="utf-8")
    locate(tmp_path / "in.csv", tmp_path / "out.csv", old_index)
    inside, outside = written(tmp_path / "out.csv")
    (unit,) = old_index.locate(lon=105.8542, lat=21.0285).units
    assert inside["ket_qua"] == "can_chon"
    assert inside["kha_nang"] == unit.code
    assert inside["don_vi_cu"] == f"{unit.full_name}, Quận Hoàn Kiếm"
    assert "gần đúng" in inside["ly_do"]
    assert inside["phien_ban"].startswith("2025-01-01/")
    assert outside["ket_qua"] == "ngoai_ha_noi"
    assert outside["kha_nang"] == outside["don_vi_cu"] == ""


@pytest.mark.parametrize(
    ("heading", "row", "named"),
    [
        ("lon,lat", "105.8542,21.0285", {}),
        ("Longitude,LATITUDE", "105.8542,21.0285", {}),
        ("Kinh độ (E),Vĩ độ (N)", "105.8542,21.0285", {}),
        ("kinh_do,vi_do,GPS,Tọa độ", "105.8542,21.0285,x,y", {}),
        ("X,Y", "2326345,588591", {}),
        ("X,Y", "588591,2326345", {}),
        ("X (m),Y (m)", '"2.326.345,31","588.591,94"', {}),
        ("Tọa độ X,Tọa độ Y", "2326345.31,588591.94", {}),
        ("lon,lat,x,y", "1,2,2326345,588591", {"crs": InputCrs.VN2000_105_00}),
        ("Tọa độ", '"21.0285, 105.8542"', {}),
        ("Google Maps", '"https://www.google.com/maps/@21.0285,105.8542,15z"', {}),
        ("ghi chú", '"X=2326345 Y=588591"', {"text": "ghi chú"}),
        ("lon,lng,dong,bac", "1,2,105.8542,21.0285", {"lon": "dong", "lat": "bac"}),
        ("x,X (m),y,dong,bac", "1,2,3,105.8542,21.0285", {"lon": "dong", "lat": "bac"}),
        ("lon,lat,bac,dong", "1,2,2326345,588591", {"x": "bac", "y": "dong"}),
        ("lon,lat,noi", '1,2,"21.0285, 105.8542"', {"text": "noi"}),
    ],
)
def test_the_columns_that_are_recognised_or_named(
    tmp_path: Path, index: WardIndex, heading: str, row: str, named: dict[str, Any]
) -> None:
    (tmp_path / "in.csv").write_text(f"{heading}\n{row}\n", encoding="utf-8")
    locate(tmp_path / "in.csv", tmp_path / "out.csv", index, named=PointColumns(**named))
    (answer,) = written(tmp_path / "out.csv")
    assert answer["ma_phuong_xa"] == "00070", answer["ly_do"]


@pytest.mark.parametrize(
    ("heading", "named", "words"),
    [
        ("a,b", {}, "a, b"),
        ("lon,b", {}, "--lat"),
        ("lon,lng,lat", {}, "2 cột"),
        ("lon,lat", {"lon": "kinh"}, "Không có cột “kinh”"),
        ("lon,lat,x,y", {"lon": "lon", "y": "y"}, "một loại cột"),
        ("lon,lat,t", {"lon": "lon", "lat": "lat", "text": "t"}, "một loại cột"),
        ("lon,lat", {"lon": "lon", "lat": "lat", "crs": InputCrs.VN2000_105_00}, "một loại cột"),
        ("lon,lat", {"crs": InputCrs.VN2000_105_00}, "Không thấy cột toạ độ"),
        ("lon,lat,ket_qua", {}, "ket_qua"),
    ],
)
def test_columns_that_cannot_be_told_are_an_error_and_no_output(
    tmp_path: Path, index: WardIndex, heading: str, named: dict[str, Any], words: str
) -> None:
    (tmp_path / "in.csv").write_text(f"{heading}\n{','.join('1' for _ in heading.split(','))}\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        locate(tmp_path / "in.csv", tmp_path / "out.csv", index, named=PointColumns(**named))
    assert words in caught.value.vi
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_rows_of_a_wrong_shape_say_so(tmp_path: Path, index: WardIndex) -> None:
    text = "lon;lat;ten\n105.8542;21.0285\n\n105.8542;21.0285;a;b\n105.8542\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    report = locate(tmp_path / "in.csv", tmp_path / "out.csv", index)
    short, blank, long, half = written(tmp_path / "out.csv", delimiter=";")
    assert short["ket_qua"] == "da_xac_dinh"
    assert "Dòng 2 có 2 ô" in short["ly_do"]
    assert (blank["ket_qua"], blank["ly_do"]) == ("thieu_thong_tin", "Dòng trống.")
    assert long["ten"] == "a"
    assert "Dòng 4 có 4 ô" in " ".join(str(value) for value in long.values())
    assert half["ly_do"].startswith("Ô “lat” để trống.")
    assert report.rows == 4


def test_progress_counts_every_row_once(tmp_path: Path, index: WardIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.cases.points._BATCH", 4)
    (tmp_path / "in.csv").write_text("lon,lat\n" + "105.85,21.02\n" * 10, encoding="utf-8")
    steps: list[int] = []
    locate(tmp_path / "in.csv", tmp_path / "out.csv", index, progress=steps.append)
    assert steps == [4, 4, 2]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_ctrl_c_in_the_middle_leaves_nothing_behind(
    tmp_path: Path, index: WardIndex, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr("geo.cases.points._BATCH", 4)
    (tmp_path / "in.csv").write_text("lon,lat\n" + "105.85,21.02\n" * 10, encoding="utf-8")
    steps: list[int] = []

    def interrupt(rows: int) -> None:
        steps.append(rows)
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        locate(tmp_path / "in.csv", tmp_path / f"out.{suffix}", index, progress=interrupt)
    assert steps == [4, 4]
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_table_of_nothing_but_headings(tmp_path: Path, index: WardIndex) -> None:
    (tmp_path / "in.csv").write_text("lon,lat\n", encoding="utf-8")
    assert locate(tmp_path / "in.csv", tmp_path / "out.csv", index).rows == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == f"lon,lat,{FROZEN}\n"
