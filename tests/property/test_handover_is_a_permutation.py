"""Packages and queue together are the rows of the input, each once, with equal cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cases.handover import HandoverOptions, write_handover
from geo.crosswalk import Crosswalk
from tests.unit.law_router import LawRouter

HEADING = ["Mã hồ sơ", "Lĩnh vực", "Ghi chú", "Địa chỉ", "Trạng thái"]

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).map(str.strip)
nasty = st.sampled_from(["=1+1", "+84912345678", "-", "@x", 'a"b', "a,b", "a;b", "hai\ndòng", "'", "0012", "1e5", "ô"])
addresses = st.sampled_from(
    [
        "Số 1, Hàng Gai, Hoàn Kiếm", "Số 2, Phúc La, Hà Đông", "Số 3, Ngọc Thụy, Long Biên", "Hải Phòng", "", "?",
        "=1, Hàng Gai, Hoàn Kiếm",
    ]
)  # fmt: skip
kinds = st.sampled_from(["Khai sinh", "GCN QSDĐ", "cấp phép XD", "xyz", "", "Tư pháp"])
states = st.sampled_from(["Đang xử lý", "chưa trả", "", "Đã trả"])
rows = st.lists(st.tuples(nasty | words, kinds, nasty | words, addresses, states), max_size=12)


@pytest.fixture(scope="module")
def router(crosswalk: Crosswalk) -> LawRouter:
    return LawRouter(crosswalk)


def cells_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def padded(row: list[str]) -> tuple[str, ...]:
    return tuple(row[: len(HEADING)]) + ("",) * (len(HEADING) - len(row))


@settings(max_examples=40)
@given(rows=rows, delimiter=st.sampled_from([",", ";", "\t"]))
def test_delimited_text(
    tmp_path_factory: pytest.TempPathFactory, router: LawRouter, rows: list[tuple[str, ...]], delimiter: str
) -> None:
    folder = tmp_path_factory.mktemp("handover")
    source, target = folder / "in.csv", folder / "out"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([HEADING, *rows])
    report = write_handover(source, target, router=router, cover_page=lambda *_: "")
    before = Counter(padded(row) for row in cells_of(source, delimiter)[1:])
    after = Counter(padded(row) for path in target.rglob("ho-so.csv") for row in cells_of(path, delimiter)[1:])
    assert after == before
    assert before.total() == report.rows == len(rows)


@settings(max_examples=15)
@given(rows=rows)
def test_workbooks(tmp_path_factory: pytest.TempPathFactory, router: LawRouter, rows: list[tuple[str, ...]]) -> None:
    folder = tmp_path_factory.mktemp("handover")
    source, target = folder / "in.xlsx", folder / "out"
    book = openpyxl.Workbook()
    book.active.append(HEADING)
    for number, row in enumerate([*rows, ("cuối", "", "", "", "")], 2):
        for column, text in enumerate(row, 1):
            if text:
                cell = book.active.cell(number, column, text)
                cell.data_type = "s"
    book.save(source)
    report = write_handover(source, target, router=router, cover_page=lambda *_: "", options=HandoverOptions(lang="en"))

    def texts(path: Path) -> Counter[tuple[str, ...]]:
        lines = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))[1:]
        return Counter(padded(["" if cell is None else str(cell) for cell in line]) for line in lines)

    after: Counter[tuple[str, ...]] = Counter()
    for path in target.rglob("ho-so.xlsx"):
        after += texts(path)
    assert after == texts(source)
    assert report.rows == len(rows) + 1
