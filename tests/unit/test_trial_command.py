"""``hanoi-wards trial`` and ``hanoi-wards map trial`` as they are typed. All figures are made up."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from api.command_line import main
from tests.unit.test_trial_import import GOOD, HEADINGS

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def no_folder_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANOI_WARDS_TRIAL_REPORTS", raising=False)


def run(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    code = main(["--lang", "vi", *(str(argument) for argument in arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def table(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


def test_from_the_template_to_the_map(capsys: Capture, tmp_path: Path) -> None:
    template, reports = tmp_path / "mau.xlsx", tmp_path / "reports"
    code, out, _ = run(capsys, "trial", "template", "-o", template, "--ward", "00070", "--ward", "Ba Đình")
    assert (code, "140 dòng" in out) == (0, True)
    book = openpyxl.load_workbook(template)
    book["Báo cáo"]["F2"] = 12
    book.save(template)
    code, out, _ = run(capsys, "trial", "import", template, "--reports", reports)
    assert code == 0
    assert "+ Phường Hoàn Kiếm (00070): 1 báo cáo" in out
    assert "hồ sơ tiếp nhận: – → 12" in out
    assert "Chạy thử" in out
    assert not reports.exists()
    code, out, _ = run(capsys, "trial", "import", template, "--reports", reports, "--commit")
    assert (code, "Đã ghi" in out) == (0, True)
    code, out, _ = run(capsys, "trial", "history", "--reports", reports)
    assert (code, "phiên bản 1" in out, "+1 ~0 -0" in out) == (0, True, True)
    code, out, _ = run(capsys, "trial", "annex", "-o", tmp_path / "phu-luc.html", "--reports", reports)
    assert (code, "1 báo cáo" in out) == (0, True)
    assert "Hồ sơ tiếp nhận" in (tmp_path / "phu-luc.html").read_text(encoding="utf-8")
    code, out, err = run(capsys, "trial", "annex", "-o", tmp_path / "phu-luc.html", "--reports", reports)
    assert (code, "--overwrite" in err) == (3, True)


def test_english_from_the_template_to_the_import(capsys: Capture, tmp_path: Path) -> None:
    form, asked = tmp_path / "form.csv", ("trial", "template", "-o", tmp_path / "form.csv", "--ward", "00070")
    code, out, _ = run(capsys, *asked, "--lang", "en")
    assert (code, "70 rows to fill in, 1 wards" in out) == (0, True)
    heading, first, *rest = form.read_text(encoding="utf-8-sig").splitlines()
    assert heading.startswith("Ward code,Ward,Day,Content,Scenarios run,Files received,")
    cells = next(csv.reader([first]))
    cells[5] = "12"
    with form.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*heading.split(",")[:5], "Received", *heading.split(",")[6:]], cells])
        file.write("\n".join(rest))
    code, out, err = run(capsys, "trial", "import", form, "--reports", tmp_path / "r", "--lang", "en")
    assert (code, "70 rows: 1 good reports, 69 not filled in, 0 wrong" in out) == (0, True)
    assert err.splitlines() == ["Column “Received” → Files received"]
    assert (run(capsys, *asked)[0], run(capsys, *asked, "--overwrite")[0]) == (3, 0)


def test_what_changes_is_shown_before_and_after(capsys: Capture, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", GOOD)
    run(capsys, "trial", "import", path, "--reports", tmp_path / "r", "--commit")
    table(path, (*GOOD[:4], "12", "9", "8"))
    code, out, _ = run(capsys, "trial", "import", path, "--reports", tmp_path / "r")
    assert code == 0
    assert "~ Phường Hoàn Kiếm (00070), 20/06, nội dung 4: tiếp nhận 10 → 12" in out
    assert "Thêm 0, sửa 1, xoá 0, giữ nguyên 0 báo cáo" in out
    assert "hồ sơ tiếp nhận: 10 → 12" in out
    table(path, (*GOOD[:3], "5", *GOOD[4:]))
    _, out, _ = run(capsys, "trial", "import", path, "--reports", tmp_path / "r", "--whole")
    assert "- Phường Hoàn Kiếm (00070), 20/06, nội dung 4" in out


def test_every_error_is_printed_and_nothing_written(capsys: Capture, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", GOOD, ("99999", "", "1/1", "4", "x", "", ""), (*GOOD[:3], "5", "1", "2", "3"))
    code, out, err = run(capsys, "trial", "import", path, "--reports", tmp_path / "r", "--commit")
    assert code == 3
    assert [line.split("“")[0] for line in err.splitlines() if line.startswith("✗")] == [
        "✗ Dòng 3, cột A ", "✗ Dòng 3, cột C ", "✗ Dòng 3, cột E ", "✗ Dòng 4, cột F ", "✗ Dòng 4, cột G ",
    ]  # fmt: skip
    assert "5 chỗ sai ở 2 dòng; chưa ghi gì" in err
    assert not (tmp_path / "r").exists()
    code, out, _ = run(capsys, "trial", "import", path, "--reports", tmp_path / "r", "--commit", "--partial")
    assert (code, "Bỏ ra các dòng: 3, 4" in out, "1 báo cáo" in out) == (0, True, True)


def test_where_reports_are_kept_is_asked_for(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path / "a.csv", GOOD)
    code, _, err = run(capsys, "trial", "import", path)
    assert (code, "HANOI_WARDS_TRIAL_REPORTS" in err) == (3, True)
    monkeypatch.setenv("HANOI_WARDS_TRIAL_REPORTS", str(tmp_path / "r"))
    assert run(capsys, "trial", "import", path, "--commit")[0] == 0
    assert (tmp_path / "r/MANIFEST.json").is_file()
    code, _, err = run(capsys, "map", "trial", "-o", tmp_path / "m.html", "--reports", tmp_path / "none")
    assert (code, "Không có thư mục" in err) == (3, True)
    code, _, err = run(capsys, "trial", "template", "-o", tmp_path / "t.csv", "--ward", "Hàng Bạc")
    assert (code, "Hàng Bạc" in err) == (3, True)
    assert "Chưa nhập lần nào" in run(capsys, "trial", "history", "--reports", tmp_path / "none")[1]
