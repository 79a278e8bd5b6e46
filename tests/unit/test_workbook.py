"""Workbooks for people: the same content is the same bytes, and text is only ever text."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import openpyxl
import pytest

from geo.tables.workbook import LONGEST_CELL, Column, Sheet, csv_bytes, workbook_bytes

HOSTILE = "=HYPERLINK(1)"


def sheet() -> Sheet:
    rows = [
        (HOSTILE, 1, date(2025, 6, 20), None),
        ("dòng\x01hai", 2.5, None, ""),
        ("x" * (LONGEST_CELL + 5), 0, None, 3),
    ]
    return Sheet("Bảng", [Column("+Tên", 30), Column("Số"), Column("Ngày"), Column("")], rows, frozenset({1}))


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_same_sheets_are_the_same_bytes_at_another_hour() -> None:
    first = workbook_bytes([sheet(), sheet()], shown=1)
    later = datetime.now().astimezone() + timedelta(days=400)
    with patch("openpyxl.packaging.core.datetime") as clock, patch("time.time", later.timestamp):
        clock.datetime.now.return_value = later.replace(tzinfo=None)
        assert workbook_bytes([sheet(), sheet()], shown=1) == first
    with ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time[0] for member in package.infolist()} == {1980}
        core = package.read("docProps/core.xml")
    assert b"hanoi-wards" in core
    assert b"created" not in core
    assert b"modified" not in core


def test_cells_are_what_they_were_given_as() -> None:
    book = opened(workbook_bytes([sheet()]))
    heading, first, second, third = book.active.iter_rows()
    assert [cell.value for cell in heading] == ["'+Tên", "Số", "Ngày", None]
    assert (first[0].value, first[0].data_type, first[1].value) == ("'" + HOSTILE, "s", 1)
    assert (first[2].value.date(), first[2].number_format) == (date(2025, 6, 20), "dd/mm/yyyy")
    assert (second[0].value, second[0].font.bold, second[3].value) == ("dòng hai", True, None)
    assert len(third[0].value) == LONGEST_CELL + 1
    assert third[0].value.endswith("…")
    assert book.active.freeze_panes == "A2"
    assert book.active.column_dimensions["A"].width == 30


@pytest.mark.parametrize("shown", [0, 1])
def test_one_sheet_is_in_front(shown: int) -> None:
    assert opened(workbook_bytes([sheet(), Sheet("Hai", [Column("a")], [])], shown=shown)).active.title == (
        "Hai" if shown else "Bảng"
    )


def test_the_same_sheet_as_csv() -> None:
    content = csv_bytes(sheet()).decode()
    assert content.startswith("\ufeff'+Tên,Số,Ngày,\r\n'=HYPERLINK(1),1,20/06/2025,\r\n")
