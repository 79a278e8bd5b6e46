"""The spreadsheet that wards fill in: what is written is what the import reads. All figures are made up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geo.errors import TableError
from geo.model import TrialReport, Ward
from geo.trial import read_reports, write_template
from tests.made_up_trial import MADE_UP

if TYPE_CHECKING:
    from geo.model import TrialFacts
    from geo.stores import EmbeddedStore


@pytest.fixture(scope="module")
def facts(store: EmbeddedStore) -> TrialFacts:
    return store.trial()


@pytest.fixture(scope="module")
def wards(store: EmbeddedStore) -> list[Ward]:
    return [unit for unit in store.dataset(store.generations()[1]).units if isinstance(unit, Ward)]


def test_the_template_is_read_as_it_was_written(tmp_path: Path, facts: TrialFacts, wards: list[Ward]) -> None:
    path = tmp_path / "mau.xlsx"
    assert write_template(path, facts=facts, wards=wards, lang="vi") == 126 * 7 * 10
    reading = read_reports(path, facts=facts, wards=wards)
    assert (reading.rows, reading.unfilled, reading.problems) == (8820, 8820, [])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Hướng dẫn", "Báo cáo", "Danh mục"]
    sheet = book["Báo cáo"]
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert checks["B2:B8821"].formula1 == "'Danh mục'!$A$2:$A$127"
    assert (checks["G2:G8821"].type, checks["G2:G8821"].formula2) == ("whole", "F2")
    assert checks["J2:J8821"].formula1 == '"phút,giờ"'
    for cell, value in {"E2": 3, "F2": 10, "G2": 9, "H2": 9, "I2": 1.5, "J2": "giờ", "K2": 97, "L2": MADE_UP}.items():
        sheet[cell] = value
    book.save(path)
    (report,) = read_reports(path, facts=facts, wards=wards).reports
    assert report == TrialReport(wards[0].code, facts.days[0], 1, 3, 10, 9, 9, 90.0, 97.0, MADE_UP)


def test_the_english_template_is_read_too(tmp_path: Path, facts: TrialFacts, wards: list[Ward]) -> None:
    path = tmp_path / "form.xlsx"
    assert write_template(path, facts=facts, wards=wards[:2], lang="en") == 140
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Guide", "Reports", "Lists"]
    sheet = book["Reports"]
    assert [cell.value for cell in sheet[1]][2:6] == ["Day", "Content", "Scenarios run", "Files received"]
    assert sheet["D2"].value == f"1. {facts.contents[0].short.en}"
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert (checks["C2:C141"].formula1, checks["J2:J141"].formula1) == ("'Lists'!$C$2:$C$8", '"minutes,hours"')
    for cell, value in {"E2": 3, "F2": 10, "G2": 9, "H2": 9, "I2": 1.5, "J2": "hours", "K2": 97, "L2": MADE_UP}.items():
        sheet[cell] = value
    book.save(path)
    reading = read_reports(path, facts=facts, wards=wards)
    assert (reading.rows, reading.unfilled, reading.problems, reading.ignored) == (140, 139, [], [])
    assert reading.reports == [TrialReport(wards[0].code, facts.days[0], 1, 3, 10, 9, 9, 90.0, 97.0, MADE_UP)]


def test_the_csv_template_is_for_excel_and_never_replaces_a_file(
    tmp_path: Path, facts: TrialFacts, wards: list[Ward]
) -> None:
    path = tmp_path / "mau.csv"
    assert write_template(path, facts=facts, wards=wards[:2], lang="vi") == 140
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_reports(path, facts=facts, wards=wards).unfilled == 140
    with pytest.raises(TableError, match="exists already"):
        write_template(path, facts=facts, wards=wards, lang="vi")
    assert write_template(path, facts=facts, wards=wards[:1], lang="vi", overwrite=True) == 70
    with pytest.raises(TableError, match=r"\.xlsx"):
        write_template(tmp_path / "mau.pdf", facts=facts, wards=wards, lang="vi")
