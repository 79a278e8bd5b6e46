"""The spreadsheet to fill in, and the downloads: what goes out comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geo.errors import TableError
from geo.locate import WardIndex
from geo.premises import (
    PremisesSurvey,
    known_sheet,
    open_register,
    overlaid,
    write_template,
)
from geo.premises.columns import NAMES
from geo.stores import EmbeddedStore
from geo.tables.workbook import csv_bytes, workbook_bytes
from tests.unit.test_premises_import import GOOD, csv_file, plan, row, with_register


@pytest.fixture(scope="module")
def survey(index: WardIndex, store: EmbeddedStore) -> PremisesSurvey:
    return PremisesSurvey(index.dataset, store.named_streets().by_ward)


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_the_template_asks_for_what_is_missing_and_comes_back_empty(
    tmp_path: Path, index: WardIndex, survey: PremisesSurvey, name: str
) -> None:
    asked = write_template(tmp_path / name, survey.register, "vi")
    assert asked == sum(line.expected != 1 and len(line.in_use) < 2 for line in survey.register.wards)
    found = plan(tmp_path / name, index)
    assert (found.rows, found.blank, found.problems, found.changes) == (asked, asked, [], [])
    assert tuple(found.columns) == NAMES
    with pytest.raises(TableError, match="exists"):
        write_template(tmp_path / name, survey.register, "vi")
    with pytest.raises(TableError, match="ends in"):
        write_template(tmp_path / "t.ods", survey.register, "vi")


def test_the_template_offers_its_choices(tmp_path: Path, survey: PremisesSurvey) -> None:
    write_template(tmp_path / "t.xlsx", survey.register, "en")
    book: Any = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["tru-so", "da-biet", "huong-dan"]
    offered = [rule.formula1 for rule in book["tru-so"].data_validations.dataValidation]
    assert '"A,A-,B,C,D"' in offered
    assert all(len(formula) <= 257 for formula in offered), "Excel takes lists of 255 characters"
    assert book["da-biet"].max_row == len(survey.register.premises) + 1
    assert [cell.value for cell in book["huong-dan"]["A"]][1:] == list(NAMES)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_comes_back_as_no_change(
    tmp_path: Path, index: WardIndex, survey: PremisesSurvey, kind: str
) -> None:
    path = tmp_path / f"known.{kind}"
    known = known_sheet(survey.register)
    path.write_bytes(csv_bytes(known) if kind == "csv" else workbook_bytes([known]))
    found = plan(path, index)
    assert (found.problems, found.changes, found.ignored) == ([], [], [])
    assert found.unchanged == found.rows == len(survey.register.premises)


def test_downloads_do_not_run_in_spreadsheets(tmp_path: Path, index: WardIndex) -> None:
    hostile = row(dia_chi="=HYPERLINK(1)", nguon="@SUM(1)", ghi_chu="-1+1")
    found = plan(csv_file(tmp_path, hostile), index)
    register = open_register(overlaid(index.dataset, found.register))
    text = csv_bytes(known_sheet(register)).decode()
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text
    (tmp_path / "k.xlsx").write_bytes(workbook_bytes([known_sheet(register)]))
    book: Any = openpyxl.load_workbook(tmp_path / "k.xlsx")
    assert all(cell.data_type != "f" for line in book.active.iter_rows() for cell in line)
    again = plan(tmp_path / "k.xlsx", with_register(index, found.register), found.register)
    assert (again.problems, again.changes) == ([], [])


def test_the_entry_is_plain_json(tmp_path: Path, index: WardIndex) -> None:
    entry = plan(csv_file(tmp_path, GOOD), index).entry()
    assert json.loads(json.dumps(entry)) == entry
    assert set(entry) == {"on", "file_sha256", "rows", "added", "changed", "withdrawn", "unchanged", "changes"}
