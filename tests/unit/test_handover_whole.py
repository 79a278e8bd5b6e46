"""A handover is whole and balances, or it is not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from geo.cases.handover import check as checking
from geo.cases.handover import run as running
from geo.crosswalk import Crosswalk
from geo.errors import HanoiWardsError, IntegrityError, TableError
from tests.unit.handed_over import ROWS, csv_file, everything, hand_over, row
from tests.unit.law_router import LawRouter


@pytest.fixture
def router(crosswalk: Crosswalk) -> LawRouter:
    return LawRouter(crosswalk)


def test_an_existing_folder_is_only_replaced_when_asked_and_only_a_handover(tmp_path: Path, router: LawRouter) -> None:
    source, target = csv_file(tmp_path, ROWS), tmp_path / "out"
    hand_over(source, target, router)
    before = (target / "manifest.json").read_bytes()
    with pytest.raises(TableError, match="exists already"):
        hand_over(source, target, router)
    assert (target / "manifest.json").read_bytes() == before
    hand_over(csv_file(tmp_path, ROWS[:1], "less.csv"), target, router, overwrite=True)
    assert len(everything(target)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "less.csv", "out"]
    other = tmp_path / "photos"
    other.mkdir()
    (other / "me.jpg").write_bytes(b"x")
    with pytest.raises(TableError, match="no handover"):
        hand_over(source, other, router, overwrite=True)
    assert (other / "me.jpg").exists()
    inside = csv_file(target, ROWS)
    with pytest.raises(TableError, match="would be deleted"):
        hand_over(inside, target, router, overwrite=True)
    assert inside.exists()


def test_another_runs_folder_is_left_alone(tmp_path: Path, router: LawRouter) -> None:
    (tmp_path / "out.part").mkdir()
    with pytest.raises(TableError, match="another run"):
        hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    assert (tmp_path / "out.part").exists()
    hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router, overwrite=True)
    assert (tmp_path / "out").is_dir()


def test_a_fault_of_the_program_names_the_row_and_nothing_of_it(tmp_path: Path, router: LawRouter) -> None:
    source = csv_file(tmp_path, [ROWS[0], row("HS2", "Khai sinh", "", "", "", "hỏng, bí mật")])
    with pytest.raises(HanoiWardsError, match="Row 3") as caught:
        hand_over(source, tmp_path / "out", router)
    assert "bí mật" not in caught.value.vi
    assert caught.value.__suppress_context__
    assert list(tmp_path.iterdir()) == [source]


def test_stopping_leaves_nothing(tmp_path: Path, router: LawRouter, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "write_reconciliation", stop)
    source = csv_file(tmp_path, ROWS)
    with pytest.raises(KeyboardInterrupt):
        hand_over(source, tmp_path / "out", router)
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"HS9", "HS8"),  # a cell changed
        (r"HS9,[^\n]*\n", ""),  # a row lost
        (r"(HS9,[^\n]*\n)", r"\1\1"),  # a row twice
        (r",00070,", ",00004,"),  # another ward
        (r"da_xac_dinh", "can_chon"),  # another answer
    ],
)
def test_the_check_finds_what_is_wrong(
    tmp_path: Path, router: LawRouter, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str
) -> None:
    check = checking.check_handover

    def spoiled(ledger: Any, written: Any, **options: Any) -> None:
        path = next(iter(written)) / "ho-so.csv"
        text = path.read_text(encoding="utf-8-sig")
        path.write_text(re.sub(pattern, replacement, text, count=1), encoding="utf-8-sig", newline="")
        check(ledger, written, **options)

    monkeypatch.setattr(running, "check_handover", spoiled)
    source = csv_file(tmp_path, ROWS)
    with pytest.raises(IntegrityError, match="do not balance"):
        hand_over(source, tmp_path / "out", router)
    assert list(tmp_path.iterdir()) == [source]


def test_the_check_finds_a_row_in_no_place_or_two(
    tmp_path: Path, router: LawRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = checking.check_handover

    def forgetful(ledger: Any, written: Any, **options: Any) -> None:
        ledger.entries.append(ledger.entries[0])
        check(ledger, written, **options)

    monkeypatch.setattr(running, "check_handover", forgetful)
    with pytest.raises(IntegrityError, match="just one place"):
        hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)


def test_no_workbook_of_a_handover_holds_the_hour(tmp_path: Path, router: LawRouter) -> None:
    hand_over(csv_file(tmp_path, ROWS), tmp_path / "out", router)
    books = sorted((tmp_path / "out").rglob("*.xlsx"))
    assert {path.name for path in books} == {"bien-ban.xlsx", "doi-soat.xlsx", "ho-so.xlsx", "tong-hop.xlsx"}
    for path in books:
        with ZipFile(path) as package:
            assert {member.date_time[0] for member in package.infolist()} == {1980}, path
            assert b"modified" not in package.read("docProps/core.xml"), path
