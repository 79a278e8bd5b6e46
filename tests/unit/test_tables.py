"""Tables in and out: each trap that real files set."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import hashlib
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import TableError
from geo.tables import create_table, find_column, fold_heading, open_table, xlsx_package
from geo.tables.csv_text import parse_any_record, parse_record
from geo.tables.encoding import encodable, legacy_font
from geo.tables.spreadsheet_safety import inert


def put(folder: Path, data: bytes | str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def rows_of(path: Path, **options: str) -> list[list[str]]:
    with open_table(path, **options) as table:
        return [list(row.cells) for batch in table.batches() for row in batch]


def copy(
    source: Path,
    target: Path,
    *,
    added: tuple[str, ...] = ("kq",),
    cells: tuple[str, ...] = ("x",),
    size: int = 10_000,
    **options: bool,
) -> bytes:
    """Copy a table with the same added cells in every row."""
    with open_table(source) as table, create_table(target, like=table, added_columns=added, **options) as out:
        for batch in table.batches(size):
            out.write(batch, [cells] * len(batch))
    return target.read_bytes()


def workbook(path: Path, rows: list[list[object]], **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Điểm"
    for row in rows:
        sheet.append(row)
    for title, content in sheets.items():
        extra = book.create_sheet(title)
        for row in content:
            extra.append(row)
    book.save(path)
    return path


def sheet_rows(path: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    try:
        return [tuple(row) for row in book.active.iter_rows(values_only=True)]
    finally:
        book.close()


# ---- delimited text: finding out


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_sniffed_and_quotes_are_honoured(tmp_path: Path, delimiter: str) -> None:
    other = ";" if delimiter == "," else ","
    text = f'a{delimiter}"b{delimiter}{other}{other}{other}"{delimiter}c\n1{delimiter}2{other}5{delimiter}3\n'
    with open_table(put(tmp_path, text)) as table:
        assert table.report.delimiter == delimiter
        assert table.columns == ["a", f"b{delimiter}{other}{other}{other}", "c"]


def test_decimal_commas_do_not_make_a_delimiter(tmp_path: Path) -> None:
    path = put(tmp_path, "ten;lon;lat\nA;105,8;21,0\nB;105,9;21,1\n")
    assert rows_of(path) == [["A", "105,8", "21,0"], ["B", "105,9", "21,1"]]


def test_an_unsure_delimiter_is_said(tmp_path: Path) -> None:
    with open_table(put(tmp_path, "a,b;c\n")) as table:
        assert "delimiter_unsure" in [notice.code for notice in table.report.notices]
    with open_table(put(tmp_path, "a,b;c\n1,2\n"), delimiter=";") as table:
        assert table.columns == ["a,b", "c"]
        assert not table.report.notices
    with pytest.raises(TableError) as caught:
        open_table(put(tmp_path, "a,b\n"), delimiter="||")
    assert caught.value.field == "delimiter"


@pytest.mark.parametrize(
    ("encoding", "bom", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1258", b"", "cp1258"),
    ],
)
def test_encoding_is_found_reported_and_kept(tmp_path: Path, encoding: str, bom: bytes, found: str) -> None:
    text = encodable("tên,địa chỉ\r\nNguyễn Văn Á,phố Huế\r\nTrần Thị Ở,Hàng Bạc\r\n", encoding)
    source = put(tmp_path, bom + text.encode(encoding))
    with open_table(source) as table:
        assert table.columns == encodable("tên,địa chỉ", encoding).split(",")
        assert (table.report.encoding, table.report.bom) == (found, bool(bom))
        assert find_column(table.columns, named=None, headings=["dia chi"], what="x") == 1
    data = copy(source, tmp_path / "out.csv", cells=("Phường Cửa Nam, ở đây",))
    assert data.startswith(bom)
    back = data[len(bom) :].decode(encoding)
    assert back == text.replace("\r\n", encodable(',"Phường Cửa Nam, ở đây"\r\n', encoding)).replace(
        encodable(',"Phường Cửa Nam, ở đây"', encoding), ",kq", 1
    )


def test_a_late_letter_decides_the_encoding(tmp_path: Path) -> None:
    source = put(tmp_path, b"a,b\n" + b"1,2\n" * 500_000 + "Huế,ộ\n".encode())
    with open_table(source) as table:
        assert table.report.encoding == "utf-8"
        *_, last = table.batches()
        assert list(last)[-1].cells == ["Huế", "ộ"]
        assert list(last)[-1].number == 500_002 == table.rows_read + 1


def test_damaged_utf8_is_not_taken_for_windows_1258(tmp_path: Path) -> None:
    good = "tên,phố\nNguyễn Thị Ấm,Hàng Bồ\n".encode()
    with pytest.raises(TableError, match=r"Line 3 .*0xE1.*utf-8"):
        open_table(put(tmp_path, good + b"H\xe1,x\n"))


def test_bytes_that_are_no_text_name_the_line(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"Line 3 .*0x8D.*cp1258") as caught:
        open_table(put(tmp_path, b"a,b\n1,\xe9\n2,\x8d\n"))
    assert "Dòng 3" in caught.value.vi
    with pytest.raises(TableError, match="not one this reads"):
        open_table(put(tmp_path, b"a,b\n"), encoding="utf-7")
    with pytest.raises(TableError, match="UTF-32"):
        open_table(put(tmp_path, "a,b\n".encode("utf-32")))
    with pytest.raises(TableError, match="utf-16-le"):
        open_table(put(tmp_path, b"\xff\xfea\x00,\x00b\x00\n\x00x"))
    with open_table(put(tmp_path, b"a,b\n1,\xe9\n"), encoding="latin-1") as table:
        assert table.report.encoding == "latin-1"


def test_a_file_that_spoils_after_opening_names_the_row(tmp_path: Path) -> None:
    source = put(tmp_path, 'a,b\n"x\ny",1\n')
    with open_table(source) as table:
        source.write_bytes(b'a,b\n"x\ny",1\nq,\xff\n')
        with pytest.raises(TableError, match="Row 3: the byte 0xFF"):
            list(table.batches())


def test_legacy_fonts_are_reported_and_real_vietnamese_is_not(tmp_path: Path) -> None:
    tcvn3 = "Ph\xad\xeang Hµ Néi, quËn §èng §a, ®\xad\xeang Hµng Bµi"
    vni = "Phöôøng Haø Noäi, quaän Ñoáng Ña, ñöôøng Haøng Baøi"
    proper = "Phường Hoà Bình, thành phố Hà Nội, quận Đống Đa, toà nhà loại tốt, khoáng sản ngoài đồng"
    assert legacy_font(tcvn3) == "TCVN3"
    assert legacy_font(vni) == "VNI"
    assert legacy_font(vni.encode("cp1252").decode("latin-1")) == "VNI"
    assert legacy_font(proper) is None
    assert legacy_font(encodable(proper, "cp1258")) is None
    assert legacy_font("plain, 20°C, © 2025, naïve café") is None
    for text, name in ((tcvn3, "TCVN3"), (vni, "VNI")):
        with open_table(put(tmp_path, b"a,b,c\n" + text.encode("cp1252") + b"\n")) as table:
            assert [n.code for n in table.report.notices] == ["legacy_font"]
            assert name in table.report.notices[0].vi


# ---- delimited text: rows


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    source = put(tmp_path, '\na,b\n"x\ny\r\nz",1\n\nq,2')
    with open_table(source) as table:
        rows = [row for batch in table.batches() for row in batch]
        assert [(row.number, list(row.cells)) for row in rows] == [
            (3, ["x\ny\r\nz", "1"]), (4, []), (5, ["q", "2"]),
        ]  # fmt: skip
        assert table.report.header_row == 2
        assert [row.problem.code if row.problem else None for row in rows] == [None, "blank_row", None]
        assert (table.report.blank_rows, table.report.ragged_rows) == (1, 0)


def test_ragged_rows_keep_their_place_and_ours_stand_under_their_headings(tmp_path: Path) -> None:
    source = put(tmp_path, "a,b,c\n1\n1,2,3,4\n\n1,2,3")
    with open_table(source) as table:
        (batch,) = table.batches()
        rows = list(batch)
        assert [row.problem.code if row.problem else None for row in rows] == [
            "short_row", "long_row", "blank_row", None,
        ]  # fmt: skip
        assert rows[0].problem is not None
        assert "Row 2 has 1 cells" in rows[0].problem.message("en")
        assert "Dòng 2 có 1 ô" in rows[0].problem.message("vi")
        assert batch.column(2) == ["", "3", "", "3"]
        assert [row.cell(2) for row in rows] == ["", "3", "", "3"]
        assert table.report.ragged_rows == 2
    assert copy(source, tmp_path / "o.csv") == b"a,b,c,kq\n1,,,x\n1,2,3,4,x\n,,,x\n1,2,3,x"
    assert copy(source, tmp_path / "p.csv", cells=("",)) == b"a,b,c,kq\n1,,,\n1,2,3,4,\n\n1,2,3,"


def test_endings_quotes_and_odd_characters_are_kept(tmp_path: Path) -> None:
    body = b'a,"b"\r\n"1" , 2"\n"x""y",\x00\n"in\rside","\r\n"\r\nlone\rreturn,5" pipe\r\n=1+1,-x'
    data = copy(put(tmp_path, body), tmp_path / "o.csv")
    assert data == (
        b'a,"b",kq\r\n"1" , 2",x\n"x""y",\x00,x\n"in\rside","\r\n",x\r\nlone\rreturn,5" pipe,x\r\n=1+1,-x,x'
    )
    assert rows_of(tmp_path / "in.csv")[1:4] == [
        ['x"y', "\x00"],
        ["in\rside", "\r\n"],
        ["lone\rreturn", '5" pipe'],
    ]


def test_old_mac_line_endings(tmp_path: Path) -> None:
    source = put(tmp_path, 'a,b\r"1\r2",3\r')
    assert rows_of(source) == [["1\r2", "3"]]
    assert copy(source, tmp_path / "o.csv") == b'a,b,kq\r"1\r2",3,x\r'


def test_separator_line_of_excel(tmp_path: Path) -> None:
    source = put(tmp_path, "sep=;\r\na,1;b\r\n1;2\r\n")
    with open_table(source) as table:
        assert (table.columns, table.report.header_row) == (["a,1", "b"], 1)
    assert copy(source, tmp_path / "o.csv") == b"sep=;\r\na,1;b;kq\r\n1;2;x\r\n"


@pytest.mark.parametrize("data", ["a,b", "a,b\n", "a,b\r\n"])
def test_a_heading_alone(tmp_path: Path, data: str) -> None:
    source = put(tmp_path, data)
    assert rows_of(source) == []
    assert copy(source, tmp_path / "o.csv").decode() == data.replace("b", "b,kq")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(TableError, match="empty") as caught:
        open_table(put(tmp_path, data))
    assert "trống" in caught.value.vi


def test_a_quotation_mark_left_open_is_an_error_with_its_row(tmp_path: Path) -> None:
    with (
        open_table(put(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n')) as table,
        pytest.raises(TableError, match="Row 3: a quotation mark"),
    ):
        list(table.batches())


def test_a_quotation_mark_inside_a_cell_opens_nothing(tmp_path: Path) -> None:
    assert rows_of(put(tmp_path, 'a,b\n5" pipe,2\n3, "4\n5,6\n')) == [
        ['5" pipe', "2"],
        ["3", ' "4'],
        ["5", "6"],
    ]


@pytest.mark.parametrize("text", ['"a""b",c', '"a"b"c,d', '"",""', '""', '"a,b",', ',"x"', 'a"b,"c"', '"a";"b"'])
def test_cells_are_those_of_the_csv_module(text: str) -> None:
    for delimiter in ",;":
        expected = next(csv.reader([text], delimiter=delimiter))
        assert parse_record(text, delimiter) == parse_any_record(text, delimiter) == expected


def test_very_long_cells_are_read(tmp_path: Path) -> None:
    long = "x" * 200_000
    assert rows_of(put(tmp_path, f'a,b\n"{long}",1\n')) == [[long, "1"]]


def test_a_line_without_end_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.tables.csv_text.MAX_RECORD_CHARACTERS", 1000)
    source = put(tmp_path, "a,b\n" + "x" * 2000)
    with pytest.raises(TableError, match="Row 2 is longer"):
        rows_of(source)


# ---- what is named like a table


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"a,b\n1,2\n", "content is CSV"),
        ("a.xls", b"a\tb\n1\t2\n", "content is CSV"),
        ("a.csv", b"PAR1....", "content is Parquet"),
        ("a.csv", b"PK\x03\x04....", "content is XLSX"),
        ("a.parquet", b"a,b\n", "content is CSV"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "97–2003"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", b"<html><table>", "HTML"),
        ("a.csv", b'{"type": "FeatureCollection"}', "JSON"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.csv", b"\x1f\x8b\x08", "gzip"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("a.parquet", b"PAR1 broken", "damaged"),
    ],
)
def test_what_is_not_the_table_it_is_named_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        open_table(put(tmp_path, data, name))


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no file"):
        open_table(tmp_path / "none.csv")
    with pytest.raises(TableError, match="folder"):
        open_table(tmp_path)


def test_options_that_would_be_ignored_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        open_table(put(tmp_path, "a,b\n"), sheet="x")
    assert caught.value.field == "sheet"
    with pytest.raises(TableError):
        open_table(workbook(tmp_path / "a.xlsx", [["a"]]), encoding="utf-8")


# ---- XLSX


def test_cells_of_a_workbook_are_what_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["v"] * 9)
    sheet.append(
        [
            "0012",
            12,
            0.1 + 0.2,
            5.0,
            True,
            dt.date(2025, 7, 1),
            dt.datetime(2025, 7, 1, 8, 30),  # noqa: DTZ001
            dt.time(8, 5),
            42,
        ]
    )
    sheet["I2"].number_format = "00000"
    book.save(path)
    assert rows_of(path) == [
        ["0012", "12", "0.3", "5", "TRUE", "2025-07-01", "2025-07-01T08:30:00", "08:05:00", "00042"]
    ]


def test_a_workbook_keeps_the_types_of_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    day = dt.datetime(2025, 7, 1)  # noqa: DTZ001
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["mã", "số", "ngày", "chữ", "đúng"])
    sheet.append(["00123", 1.5, day, "x", True])
    sheet["C2"].number_format = "dd/mm/yyyy"
    sheet["D2"] = "=text"
    sheet["D2"].data_type = "s"
    sheet.append(["#N/A"])
    sheet["A3"].data_type = "s"
    book.save(path)
    copy(path, tmp_path / "o.xlsx", cells=("=cmd()",))
    assert sheet_rows(tmp_path / "o.xlsx")[1:] == [
        ("00123", 1.5, day, "=text", True, "'=cmd()"),
        ("#N/A", None, None, None, None, "'=cmd()"),
    ]
    result = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert result["C2"].number_format == "dd/mm/yyyy"
    assert (result["D2"].data_type, result["A3"].data_type, result["B2"].data_type) == ("s", "s", "n")


def test_a_formula_without_its_result_is_flagged_and_kept(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], [1, '=A2 & "<x>"'], [2, "y"]])
    with open_table(path) as table:
        rows = [row for batch in table.batches() for row in batch]
    assert [list(row.cells) for row in rows] == [["1", ""], ["2", "y"]]
    assert rows[0].problem is not None
    assert (rows[0].problem.code, rows[1].problem) == ("formula_without_value", None)
    assert "B2" in rows[0].problem.vi
    copy(path, tmp_path / "o.xlsx")
    assert sheet_rows(tmp_path / "o.xlsx")[1] == (1, '=A2 & "<x>"', "x")


def edit_sheet(path: Path, old: str, new: str) -> None:
    """Change the XML of a workbook's first sheet."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    for empty in (b"<v></v>", b"<v/>"):  # openpyxl writes with lxml where it is installed
        parts[sheet] = parts[sheet].replace(empty, b"<v />")
    assert old.encode() in parts[sheet]
    parts[sheet] = parts[sheet].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_formula_with_its_result_shows_the_result(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b", "c"], [1, "=A2*2", "=X"]])
    edit_sheet(path, "<f>A2*2</f><v />", "<f>A2*2</f><v>2</v>")
    edit_sheet(path, '<c r="C2"><f>X</f><v />', '<c r="C2" t="str"><f>X</f><v></v>')
    with open_table(path) as table:
        ((row,),) = table.batches()
        assert (list(row.cells)[:2], row.cell(2), row.problem) == (["1", "2"], "", None)


def test_an_error_value_is_flagged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["#N/A"]])
    with open_table(path) as table:
        ((row,),) = table.batches()
    assert row.problem is not None
    assert row.problem.code == "error_value"


def test_a_wrong_size_hides_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], [1, 2], [3, 4]])
    edit_sheet(path, '<dimension ref="A1:B3"', '<dimension ref="A1"')
    assert rows_of(path) == [["1", "2"], ["3", "4"]]


def test_empty_rows_of_a_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[], ["a", None, "c"], [1, 2, 3], [], [4], [5, 6, 7, 8], [" "], [], [""]])
    with open_table(path) as table:
        assert table.columns == ["a", "", "c"]
        assert [notice.code for notice in table.report.notices] == ["empty_headings"]
        rows = [row for batch in table.batches(2) for row in batch]
        assert [row.number for row in rows] == [3, 4, 5, 6, 7]
        assert [row.problem.code if row.problem else "" for row in rows] == [
            "",
            "blank_row",
            "",
            "long_row",
            "",
        ]
    copy(path, tmp_path / "o.xlsx")
    assert sheet_rows(tmp_path / "o.xlsx") == [
        (None,) * 5, ("a", None, "c", "kq", None), (1, 2, 3, "x", None), (None, None, None, "x", None),
        (4, None, None, "x", None), (5, 6, 7, 8, "x"), (" ", None, None, "x", None),
    ]  # fmt: skip
    assert copy(path, tmp_path / "o.csv").splitlines()[3] == b"4,,,x"


def test_merged_headings_are_refused_and_other_merges_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.active.append([3, 4])
    book.active.merge_cells("A2:A3")
    book.save(path)
    with open_table(path) as table:
        assert [notice.code for notice in table.report.notices] == ["merged_cells"]
    book.active.merge_cells("A1:B1")
    book.save(path)
    with pytest.raises(TableError, match=r"row 1.*A1:B1"):
        open_table(path)


def test_sheets_are_chosen_by_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]], Khác=[["z"], [9]])
    with open_table(path) as table:
        assert (table.columns, table.report.sheet) == (["a"], "Điểm")
        assert [notice.code for notice in table.report.notices] == ["other_sheets"]
    with open_table(path, sheet="Khác") as table:
        assert table.columns == ["z"]
    with pytest.raises(TableError, match="“Điểm”, “Khác”"):
        open_table(path, sheet="None")
    with pytest.raises(TableError, match="empty"):
        open_table(workbook(tmp_path / "b.xlsx", []))


def test_zip_bombs_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/x.bin", bytes(3 << 20))
    open_table(path).close()
    monkeypatch.setattr(xlsx_package, "RATIO_MATTERS_FROM_BYTES", 1 << 20)
    with pytest.raises(TableError, match="unpacks into 3 MiB"):
        open_table(path)
    monkeypatch.setattr(xlsx_package, "RATIO_MATTERS_FROM_BYTES", 1 << 30)
    monkeypatch.setattr(xlsx_package, "MAX_UNPACKED_BYTES", 1 << 20)
    with pytest.raises(TableError, match="unpacks"):
        open_table(path)


def test_other_packages_and_damaged_workbooks(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("content.xml", "<x/>")
    with pytest.raises(TableError, match="not an XLSX"):
        open_table(tmp_path / "a.xlsx")
    path = workbook(tmp_path / "b.xlsx", [["a"], [1], [2]])
    edit_sheet(path, "</sheetData>", "</sheet")
    with pytest.raises(TableError, match="damaged"), open_table(path) as table:
        list(table.batches())


def test_a_date_out_of_range_becomes_a_notice_not_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append([1e9])
    book.active["A2"].number_format = "dd/mm/yyyy"
    book.save(path)
    with open_table(path) as table:
        ((row,),) = table.batches()
        assert row.problem is not None
        assert row.problem.code == "error_value"
        assert [notice.code for notice in table.report.notices] == ["workbook"]


def test_what_a_sheet_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = put(tmp_path, "a,b\n" + "x" * 40_000 + ",1\n")
    with pytest.raises(TableError, match="Row 2, column A: the cell has 40000"):
        copy(source, tmp_path / "o.xlsx")
    monkeypatch.setattr("geo.tables.xlsx_output.MAX_ROWS", 2)
    with pytest.raises(TableError, match="rows at most"):
        copy(put(tmp_path, "a,b\n1,2\n3,4\n"), tmp_path / "o.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]


def test_control_characters_survive_a_sheet(tmp_path: Path) -> None:
    source = put(tmp_path, 'a,b\n"x\x01\r\ny",_x0041_\n')
    copy(source, tmp_path / "o.xlsx")
    assert rows_of(tmp_path / "o.xlsx")[0][0] == "x\x01\r\ny"
    with zipfile.ZipFile(tmp_path / "o.xlsx") as package:
        assert b"<t>_x005F_x0041_</t>" in package.read("xl/worksheets/sheet1.xml")


def test_text_becomes_text_in_a_sheet_whatever_it_looks_like(tmp_path: Path) -> None:
    copy(put(tmp_path, "a,b,c,d\n=1+1,#N/A,0012,-1.5\n"), tmp_path / "o.xlsx", cells=("00123",))
    assert sheet_rows(tmp_path / "o.xlsx")[1] == ("=1+1", "#N/A", "0012", "-1.5", "00123")
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert [cell.data_type for cell in sheet[2]] == ["s"] * 5


# ---- Parquet


def test_parquet_keeps_schema_and_values(tmp_path: Path) -> None:
    schema = pa.schema(
        [
            pa.field("mã", pa.string(), metadata={"k": "v"}), ("n", pa.int32()), ("f", pa.float64()),
            ("t", pa.timestamp("us")), ("b", pa.bool_()), ("d", pa.dictionary(pa.int8(), pa.string())),
            ("raw", pa.binary()), ("dec", pa.decimal128(5, 2)),
        ],
        metadata={"geo": "{}"},
    )  # fmt: skip
    columns = [
        ["001", None], [1, None], [0.1, None], [dt.datetime(2025, 7, 1), None], [True, None], ["p", None],  # noqa: DTZ001
        [b"\x01", None], [Decimal("1.50"), None],
    ]  # fmt: skip
    table = pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
    source = tmp_path / "a.parquet"
    pq.write_table(table, source)
    with open_table(source) as reader:
        assert reader.report.rows == 2
        assert [row.number for batch in reader.batches(1) for row in batch] == [2, 3]
    assert rows_of(source) == [
        ["001", "1", "0.1", "2025-07-01T00:00:00", "TRUE", "p", "01", "1.50"],
        [""] * 8,
    ]
    copy(source, tmp_path / "o.parquet", cells=("=x",), size=1)
    result = pq.read_table(tmp_path / "o.parquet")
    assert result.drop_columns(["kq"]).equals(table, check_metadata=True)
    assert result["kq"].to_pylist() == ["=x", "=x"]
    assert pq.ParquetFile(tmp_path / "o.parquet").num_row_groups == 1
    copy(source, tmp_path / "o.xlsx")
    assert sheet_rows(tmp_path / "o.xlsx")[1][:3] == ("001", 1, 0.1)


def test_text_to_parquet(tmp_path: Path) -> None:
    copy(put(tmp_path, "a,b\n001\n1,2\n"), tmp_path / "o.parquet")
    assert pq.read_table(tmp_path / "o.parquet").to_pylist() == [
        {"a": "001", "b": "", "kq": "x"}, {"a": "1", "b": "2", "kq": "x"},
    ]  # fmt: skip
    with pytest.raises(TableError, match="Row 2 has 3 cells"):
        copy(put(tmp_path, "a,b\n1,2,3\n"), tmp_path / "p.parquet")
    with pytest.raises(TableError, match=r"column 1, A.*column 2, B"):
        copy(put(tmp_path, "a,a\n1,2\n"), tmp_path / "p.parquet")


# ---- writing


def test_workbook_to_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b, c"], ["x\ny", 'q"'], [None, "0012"]])
    assert copy(path, tmp_path / "o.csv").decode() == 'a,"b, c",kq\r\n"x\ny","q""",x\r\n,0012,x\r\n'
    assert copy(path, tmp_path / "o.tsv").decode() == 'a\tb, c\tkq\r\n"x\ny"\t"q"""\tx\r\n\t0012\tx\r\n'


def test_added_cells_are_no_formulas(tmp_path: Path) -> None:
    assert [inert(t) for t in ("=1", "+a", "-x", "@x", "\tx", "\rx")] == [
        "'=1",
        "'+a",
        "'-x",
        "'@x",
        "'\tx",
        "'\rx",
    ]
    assert [inert(t) for t in ("-1.5", "+84", "-1,5", "1e-5", "-2E+3", "a=b", "")] == [
        "-1.5", "+84", "-1,5", "1e-5", "-2E+3", "a=b", "",
    ]  # fmt: skip
    source = put(tmp_path, "a,b\n=1,@x\n")
    for number, (cells, expected) in enumerate(
        [
            (("=1", "b"), "'=1,b"), (("b", "@1"), "b,'@1"), (("-1", "-1.5"), "-1,-1.5"),
            (("b,c", "d"), '"b,c",d'),
            (('"', "\n"), '"""","\n"'), (("b", "\r"), 'b,"\'\r"'), (("", ""), ","),
        ]
    ):  # fmt: skip
        data = copy(source, tmp_path / f"{number}.csv", added=("k", "l"), cells=cells)
        assert data.decode() == f"a,b,k,l\n=1,@x,{expected}\n"


def test_byte_order_mark_for_excel(tmp_path: Path) -> None:
    source = put(tmp_path, "tên;b\nĐỗ;2\n")
    assert copy(source, tmp_path / "o.csv", excel_bom=True) == "\ufefftên;b;kq\nĐỗ;2;x\n".encode()
    source = put(tmp_path, encodable("tên;b\nĐỗ;2\n", "cp1258").encode("cp1258"))
    data = copy(source, tmp_path / "p.csv", excel_bom=True, cells=("ế",))
    assert data == ("\ufeff" + encodable("tên;b;kq\nĐỗ;2;", "cp1258") + "ế\n").encode()


def test_what_an_encoding_cannot_hold_names_row_and_column(tmp_path: Path) -> None:
    source = put(tmp_path, b"a,b\n1,\xe9\n2,\xe9\n")
    with open_table(source) as table:
        (batch,) = table.batches()
        with (
            pytest.raises(TableError, match="Row 3, column “l”: the character '→'") as caught,
            create_table(tmp_path / "o.csv", like=table, added_columns=["k", "l"]) as out,
        ):
            out.write(batch, [["1", "ok"], ["2", "→"]])
    assert caught.value.field == "l"
    assert not (tmp_path / "o.csv").exists()


def test_existing_files_and_the_input_are_not_overwritten(tmp_path: Path) -> None:
    source = put(tmp_path, "a,b\n1,2\n")
    target = put(tmp_path, "precious", "o.csv")
    with pytest.raises(TableError, match="exists already"):
        copy(source, target)
    assert target.read_bytes() == b"precious"
    assert copy(source, target, overwrite=True) == b"a,b,kq\n1,2,x\n"
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    for same in (source, link):
        with pytest.raises(TableError, match="output is the input"):
            copy(source, same, overwrite=True)
    put(tmp_path, "other", "q.csv.part")
    with pytest.raises(TableError, match="another run"):
        copy(source, tmp_path / "q.csv")
    assert (tmp_path / "q.csv.part").read_bytes() == b"other"


def test_a_part_left_by_a_killed_run_is_replaced_when_told_to(tmp_path: Path) -> None:
    source = put(tmp_path, "a,b\n1,2\n")
    put(tmp_path, "a,b,kq\n1,2,half of a row that is longer", "o.csv.part")
    assert copy(source, tmp_path / "o.csv", replace_part=True) == b"a,b,kq\n1,2,x\n"
    assert not (tmp_path / "o.csv.part").exists()
    with pytest.raises(TableError, match="exists already"):  # that is said of the part, not of the output
        copy(source, tmp_path / "o.csv", replace_part=True)


def test_a_finished_file_is_shown_before_it_gets_its_name(tmp_path: Path) -> None:
    source, target, seen = put(tmp_path, "a,b\n1,2\n"), tmp_path / "o.csv", []
    with (
        open_table(source) as table,
        create_table(target, like=table, added_columns=["k"], when_whole=lambda part: seen.append(part.read_bytes())),
    ):
        pass
    assert seen == [target.read_bytes()]

    def refuse(_: Path) -> None:
        raise RuntimeError

    with open_table(source) as table, pytest.raises(RuntimeError):  # noqa: SIM117
        with create_table(tmp_path / "p.csv", like=table, added_columns=["k"], when_whole=refuse):
            pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "o.csv"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_an_unfinished_output_is_removed(
    tmp_path: Path, suffix: str, stop: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = put(tmp_path, "a,b\n1,2\n3,4\n")
    target = tmp_path / f"o{suffix}"
    aside = tmp_path / "temporary"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    with open_table(source) as table:
        batch, _ = table.batches(1)
        with pytest.raises(stop), create_table(target, like=table, added_columns=["k"]) as out:  # noqa: PT012
            out.write(batch, [["x"]])
            assert target.with_name(target.name + ".part").exists()
            assert not target.exists()
            raise stop
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in.csv", "temporary"]


class FullDisk(io.FileIO):
    def write(self, _: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_a_full_disk_is_said(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = put(tmp_path, "a,b\n1,2\n3,4\n")
    true_open = Path.open

    def fake_open(self: Path, mode: str = "r", *rest: object, **named: object) -> object:
        return FullDisk(self, "w") if self.suffix == ".part" else true_open(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", fake_open)
    with pytest.raises(TableError, match="disk is full") as caught:
        copy(source, tmp_path / f"o{suffix}")
    assert "Hết chỗ" in caught.value.vi
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_outputs_that_cannot_be(tmp_path: Path) -> None:
    source = put(tmp_path, "a,KET_QUA\n1,2\n")
    with pytest.raises(TableError, match="already has “KET_QUA”") as caught:
        copy(source, tmp_path / "o.csv", added=("ket_qua",))
    assert caught.value.field == "KET_QUA"
    for name in ("o.xls", "o", "o.xlsm", "o.csv.gz"):
        with pytest.raises(TableError, match="ends in one of"):
            copy(source, tmp_path / name)
    with pytest.raises(TableError, match="Cannot write"):
        copy(source, tmp_path / "none" / "o.csv")


def test_rows_are_written_in_order_and_none_is_left_out(tmp_path: Path) -> None:
    source = put(tmp_path, "a,b\n1,2\n3,4\n5,6\n")
    with (
        open_table(source) as table,
        create_table(tmp_path / "o.csv", like=table, added_columns=["k"]) as out,
    ):
        first, second, third = table.batches(1)
        with pytest.raises(ValueError, match="row 2 comes next, not row 3"):
            out.write(second, [["x"]])
        out.write(first, [["x"]])
        with pytest.raises(ValueError, match="row 3 comes next"):
            out.write(first, [["x"]])
        with pytest.raises(ValueError, match="added cells for 2"):
            out.write(second, [["x"], ["y"]])
        with pytest.raises(ValueError, match="1 added cells"):
            out.write(second, [["x", "y"]])
        out.write(second, [["x"]])
        out.write(third, [["x"]])
        assert out.rows_written == table.rows_read == 3
    assert table.sha256() == hashlib.sha256(source.read_bytes()).hexdigest()


# ---- headings


def test_columns_are_recognised_by_folded_headings() -> None:
    columns = ["STT", "Kinh_Độ ", "vĩ độ", "Địa chỉ"]
    assert fold_heading("Địa  chỉ") == "diachi"
    assert find_column(columns, named=None, headings=["lon", "kinh độ"], what="kinh độ") == 1
    assert find_column(columns, named=None, headings={"vi_do": 1}, what="vĩ độ") == 2
    assert find_column(columns, named=None, headings=["x"], what="x") is None
    assert find_column(columns, named="Địa chỉ", headings=[], what="địa chỉ") == 3
    assert find_column(columns, named="dia chi", headings=[], what="địa chỉ") == 3
    assert find_column(["dia chi", "Địa chỉ"], named="Địa chỉ", headings=[], what="địa chỉ") == 1
    assert find_column(["", "!"], named=None, headings=["", "?"], what="x") is None


def test_columns_that_cannot_be_told_apart() -> None:
    with pytest.raises(TableError, match=r"“lon” .column 1, A., “Kinh độ” .column 3, C.") as caught:
        find_column(["lon", "b", "Kinh độ"], named=None, headings=["lon", "kinh do"], what="kinh độ")
    assert "Hãy nêu đúng tên" in caught.value.vi
    with pytest.raises(TableError, match=r"same heading: “x” .column 1, A., “x” .column 28, AB."):
        find_column(["x", *map(str, range(26)), "x"], named="x", headings=[], what="x")
    with pytest.raises(TableError, match=r"no column “q”.*“a”, “b”") as caught:
        find_column(["a", "b"], named="q", headings=["a"], what="x")
    assert caught.value.field == "q"


def test_duplicate_headings_are_said_and_kept(tmp_path: Path) -> None:
    source = put(tmp_path, "a,b,a\n1,2,3\n")
    with open_table(source) as table:
        assert "“a” (column 1, A), “a” (column 3, C)" in table.report.notices[0].en
    assert copy(source, tmp_path / "o.csv") == b"a,b,a,kq\n1,2,3,x\n"
