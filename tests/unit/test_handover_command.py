"""``handover`` and ``projects`` as they are typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.command_line import main

Capture = pytest.CaptureFixture[str]
HEADING = ["Mã hồ sơ", "Lĩnh vực", "Nơi thường trú", "Phường/xã", "Quận, huyện", "Số CCCD", "Họ tên"]
ROWS = [
    ["HS1", "Khai sinh", "Số 1 Hàng Gai", "Hàng Gai", "Hoàn Kiếm", "001099123456", "Nguyễn Bí Mật"],
    ["HS2", "hộ tịch", "", "Ngọc Thụy", "Long Biên", "001099123457", "Trần Kín Đáo"],
    ["HS3", "GCN QSDĐ", "Số 1 Hàng Gai", "Ngọc Thụy", "Long Biên", "001099123458", "Lê Riêng Tư"],
    ["HS1", "", "Quận 1, TP Hồ Chí Minh", "", "", "001099123459", "Phạm Không Lộ"],
]


@pytest.fixture(autouse=True)
def vietnamese_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    path = tmp_path / "ho-so.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADING, *ROWS])
    return path


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_handover_by_the_real_router(capsys: Capture, tmp_path: Path, files: Path) -> None:
    target = tmp_path / "ban-giao"
    code, out, err = run(capsys, "handover", str(files), "-o", str(target))
    assert (code, out) == (0, "")
    assert f"4 dòng → {target}" in err
    assert "Cột nơi cư trú: “Nơi thường trú”" in err
    assert "Không có cột: ngày nhận, trạng thái" in err
    assert "trùng số hồ sơ: 2" in err
    manifest = json.loads((target / "manifest.json").read_bytes())
    assert manifest["rows"] == 4
    assert manifest["packages"]["00070"] == 1
    assert manifest["packages"]["00118"] == 1, "residents of Ngọc Thụy went to Bồ Đề"
    assert manifest["outcomes"]["ngoai_ha_noi"] == 1
    assert manifest["queue"]["rows"] == 2, "the parcel is not where its owner lives"
    for cells in ROWS:
        assert not any(cell in err for cell in cells[5:])


def test_handover_in_english_with_a_kind_for_all(capsys: Capture, tmp_path: Path, files: Path) -> None:
    target = tmp_path / "out"
    code, _, err = run(capsys, "--lang", "en", "handover", str(files), "-o", str(target), "--kind", "land")
    assert code == 0
    assert "rows →" in err
    assert "Column of residence" in err
    code, _, err = run(capsys, "handover", "--lang", "en", str(files), "-o", str(target))
    assert code == 3
    assert "exists already" in err
    assert run(capsys, "handover", str(files), "-o", str(target), "--overwrite")[0] == 0


def test_handover_refuses_to_read_what_identifies_people(capsys: Capture, tmp_path: Path, files: Path) -> None:
    code, _, err = run(capsys, "handover", str(files), "-o", str(tmp_path / "out"), "--residence", "Số CCCD")
    assert code == 3
    assert "thông tin cá nhân" in err
    assert not (tmp_path / "out").exists()


def test_projects(capsys: Capture, tmp_path: Path) -> None:
    source = tmp_path / "du-an.csv"
    source.write_text(
        'Tên,WKT\nA,"POINT (105.8542 21.0285)"\nB,"POLYGON ((105.85 21.02, 105.86 21.03, 105.86 21.02, 105.85 21.03, '
        '105.85 21.02))"\n',
        encoding="utf-8",
    )
    target = tmp_path / "ra.csv"
    code, out, err = run(capsys, "projects", str(source), "-o", str(target))
    assert (code, out) == (0, "")
    assert f"2 dự án, 2 dòng → {target}" in err
    assert "de_xuat_chu_tri (đề xuất được một đơn vị chủ trì): 1" in err
    assert "Dự án 3: hình không hợp lệ" in err
    assert "00070" in target.read_text(encoding="utf-8-sig")
    code, _, err = run(capsys, "--lang=en", "projects", str(source), "-o", str(target), "--crs", "EPSG:1")
    assert code == 3
    assert "exists already" in err
    code, _, err = run(
        capsys, "--lang=en", "projects", str(source), "-o", str(target), "--overwrite", "--crs", "EPSG:1"
    )
    assert code == 3
    assert "There is no CRS “EPSG:1”" in err
