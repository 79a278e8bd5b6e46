"""``hanoi-wards premises`` and ``hanoi-wards map premises`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from api.command_line import main
from geo.premises import load_operator_register
from tests.unit.test_premises_import import GOOD, csv_file, row

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def vietnamese_without_a_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    monkeypatch.delenv("HANOI_WARDS_PREMISES_REGISTER", raising=False)


def run(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_template_then_import(capsys: Capture, tmp_path: Path) -> None:
    code, out, err = run(capsys, "premises", "template", "-o", tmp_path / "t.xlsx")
    assert (code, err) == (0, "")
    assert "phường, xã có thể còn một trụ sở chưa biết" in out
    code, out, _ = run(capsys, "premises", "import", tmp_path / "t.xlsx")
    assert code == 0
    assert "Không có gì thay đổi" in out
    code, _, err = run(capsys, "premises", "template", "-o", tmp_path / "t.xlsx")
    assert (code, "đã có" in err) == (3, True)
    code, out, _ = run(capsys, "premises", "template", "-o", tmp_path / "t.xlsx", "--overwrite", "--lang", "en")
    assert (code, "wards may have one more premises" in out) == (0, True)
    assert openpyxl.load_workbook(tmp_path / "t.xlsx")["huong-dan"]["A1"].value == "column"


def test_a_dry_run_shows_and_writes_nothing(capsys: Capture, tmp_path: Path) -> None:
    register = tmp_path / "r.json"
    code, out, _ = run(capsys, "premises", "import", csv_file(tmp_path, GOOD), "--register", register)
    assert code == 0
    assert "+ 00070-2 Phường Hoàn Kiếm, trụ sở 2" in out
    assert "    dia_chi: Số 1 Lê Thái Tổ" in out
    assert "135 → 136 / 232" in out
    assert "--commit" in out
    assert not register.exists()


def test_commit_writes_where_the_setting_says(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = tmp_path / "r.json"
    monkeypatch.setenv("HANOI_WARDS_PREMISES_REGISTER", str(register))
    code, out, _ = run(capsys, "premises", "import", csv_file(tmp_path, GOOD), "--commit")
    assert code == 0
    version = load_operator_register(register).version
    assert version in out
    code, out, _ = run(capsys, "--lang", "en", "premises", "import", csv_file(tmp_path, row(dia_chi="Số 2")))
    assert code == 0
    assert "    dia_chi: “Số 1 Lê Thái Tổ” → “Số 2”" in out
    assert "0 added, 1 changed" in out
    assert "Dry run" in out
    code, out, _ = run(capsys, "map", "premises", "-o", tmp_path / "map.html")
    assert code == 0
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Số 1 Lê Thái Tổ" in html
    assert version in html


def test_the_register_is_seen_by_look_ups_as_by_the_service(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = tmp_path / "r.json"
    asked = (("locate", "105.8542", "21.0285"), ("route", "phường Hàng Bạc, Hoàn Kiếm cũ"))
    embedded = [run(capsys, *question)[1] for question in asked]
    monkeypatch.setenv("HANOI_WARDS_PREMISES_REGISTER", str(register))
    assert run(capsys, *asked[0])[0] == 4, "a register that is named and not there stops the service too"
    assert run(capsys, "premises", "import", csv_file(tmp_path, GOOD), "--commit")[0] == 0
    for question, before in zip(asked, embedded, strict=True):
        code, out, _ = run(capsys, *question)
        assert (code, "Số 1 Lê Thái Tổ" in before) == (0, False)
        assert [line for line in out.splitlines() if line not in before.splitlines()] == [
            "Trụ sở: Số 1 Lê Thái Tổ (HĐND, UBND (khối chính quyền))"
        ]
    assert "Lê Thái Tổ" not in run(capsys, "locate", "--as-of", "2025-06-30", "105.8542", "21.0285")[1]


def test_commit_without_a_place_is_refused(capsys: Capture, tmp_path: Path) -> None:
    code, _, err = run(capsys, "premises", "import", csv_file(tmp_path, GOOD), "--commit")
    assert code == 3
    assert "HANOI_WARDS_PREMISES_REGISTER" in err


def test_problems_are_all_printed_and_stop_it(capsys: Capture, tmp_path: Path) -> None:
    register = tmp_path / "r.json"
    bad = csv_file(tmp_path, row(dia_chi="", nguon=""), row(ma_phuong_xa="99999"))
    code, out, err = run(capsys, "--lang", "en", "premises", "import", bad, "--register", register, "--commit")
    assert code == 3
    assert "✗ Row 2, column dia_chi: " in err
    assert "✗ Row 2, column nguon: " in err
    assert "✗ Row 3, column ma_phuong_xa: " in err
    assert "3 problems; nothing is written" in err
    assert not register.exists()
    assert "0 added" in out


def test_a_damaged_register_stops_it(capsys: Capture, tmp_path: Path) -> None:
    register = tmp_path / "r.json"
    register.write_text(json.dumps({"rows": []}), encoding="utf-8")
    code, _, err = run(capsys, "premises", "import", csv_file(tmp_path, GOOD), "--register", register)
    assert (code, "hỏng" in err) == (4, True)
