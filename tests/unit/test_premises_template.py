"""The spreadsheet to fill in, and the downloads: what goes out comes back as it was."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geo.errors import TableError
from geo.locate import WardIndex
from geo.premises import (
    BOM,
    OUT_COLUMNS,
    PremisesSurvey,
    csv_bytes,
    known_rows,
    known_sheet,
    open_register,
    overlaid,
    write_template,
    write_workbook,
)
from geo.premises.columns import NAMES
from geo.premises.workbook import _HOUR
from geo.stores import EmbeddedStore
from tests.unit.test_premises_import import GOOD, csv_file, plan, row, with_register


@pytest.fixture(scope="module")
def survey(index: WardIndex, store: EmbeddedStore) -> PremisesSurvey:
    return PremisesSurvey(index.dataset, store.street_lines())


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
    with pytest.raises(TableError, match="end in"):
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
    if kind == "csv":
        path.write_bytes(BOM + csv_bytes(OUT_COLUMNS, known_rows(survey.register)))
    else:
        with path.open("wb") as file:
            write_workbook(file, [known_sheet(survey.register)])
    found = plan(path, index)
    assert (found.problems, found.changes, found.ignored) == ([], [], [])
    assert found.unchanged == found.rows == len(survey.register.premises)


def test_downloads_do_not_run_in_spreadsheets(tmp_path: Path, index: WardIndex) -> None:
    hostile = row(dia_chi="=HYPERLINK(1)", nguon="@SUM(1)", ghi_chu="-1+1")
    found = plan(csv_file(tmp_path, hostile), index)
    register = open_register(overlaid(index.dataset, found.register))
    text = csv_bytes(OUT_COLUMNS, known_rows(register)).decode()
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text
    with (tmp_path / "k.xlsx").open("wb") as file:
        write_workbook(file, [known_sheet(register)])
    book: Any = openpyxl.load_workbook(tmp_path / "k.xlsx")
    assert all(cell.data_type != "f" for line in book.active.iter_rows() for cell in line)
    again = plan(tmp_path / "k.xlsx", with_register(index, found.register), found.register)
    assert (again.problems, again.changes) == ([], [])


def test_workbooks_are_the_same_every_time(survey: PremisesSurvey) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        write_workbook(out, [known_sheet(survey.register)])
    assert first.getvalue() == second.getvalue()


def test_the_hour_is_left_out_whatever_its_namespace_is_called() -> None:
    for prefix in ("dcterms", "dct", "ns1"):
        stamped = f'<a><{prefix}:created b="c">2026</{prefix}:created><{prefix}:modified>2</{prefix}:modified></a>'
        assert _HOUR.sub(b"", stamped.encode()) == b"<a></a>"


def test_the_entry_is_plain_json(tmp_path: Path, index: WardIndex) -> None:
    entry = plan(csv_file(tmp_path, GOOD), index).entry()
    assert json.loads(json.dumps(entry)) == entry
    assert set(entry) == {"on", "file_sha256", "rows", "added", "changed", "withdrawn", "unchanged", "changes"}
