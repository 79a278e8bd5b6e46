"""``hanoi-wards route-file`` as it is typed: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.command_line import main, route_file
from api.command_line.parser import build_parser
from geo.cases import ADDED_COLUMNS, decision_cells
from geo.cases.decision_cells import OUTCOME_WORDS
from geo.engines import LocalEngine
from geo.model import RouteQuery, Subject
from geo.routing import Router

Capture = pytest.CaptureFixture[str]
TABLE = (
    "Họ tên;Địa chỉ thường trú;Phường/Xã;Quận/Huyện\n"
    "An;Số 5 Hàng Bài;Phường Hàng Bài;Hoàn Kiếm\n"
    "Bình;;Phường Khâm Thiên;Quận Đống Đa\n"
    "Chi;;;\n"
)


@pytest.fixture(autouse=True)
def vietnamese_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["route-file", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_table_is_written_and_what_came_out_is_told(capsys: Capture, tmp_path: Path, source: Path) -> None:
    target = tmp_path / "out.csv"
    code, out, err = run(capsys, source, "-o", target)
    assert (code, out) == (0, "")
    for line in ("Cột địa chỉ: Địa chỉ thường trú, Phường/Xã", "Cột quận, huyện cũ: Quận/Huyện"):
        assert line in err.splitlines()
    assert f"3 dòng → {target}" in err
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    router = Router.open()
    for row in rows:
        query = RouteQuery(row["Địa chỉ thường trú"], row["Phường/Xã"], row["Quận/Huyện"])
        assert tuple(row[name] for name in ADDED_COLUMNS) == decision_cells(router.route(query), "vi")
        assert f"{row['ket_qua']} ({route_file.OUTCOMES[row['ket_qua']][0]}): " in err
    assert [row["ket_qua"] for row in rows] == ["da_xac_dinh", "da_xac_dinh", "thieu_thong_tin"]
    manifest = json.loads((tmp_path / "out.csv.manifest.json").read_text(encoding="utf-8"))
    assert manifest["outcomes"] == {"da_xac_dinh": 2, "thieu_thong_tin": 1}
    assert not (tmp_path / "out.csv.journal").exists()


def test_options_reach_the_work(capsys: Capture, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("so,pho,cu,q,k,e,n\n5,Hàng Bài,00088,Hoàn Kiếm,,x,\n", encoding="utf-8")
    columns = ["--address-column", "so", "--address-column", "pho", "--old-ward", "cu", "--district", "q"]
    columns += ["--kind", "k", "--lon", "e", "--lat", "n"]
    options = [*columns, "--subject", "parcel", "--workers", "2", "--excel-bom", "--lang", "en"]
    code, _, err = run(capsys, source, "-o", target, *options)
    assert code == 0
    assert "Column of address: so, pho" in err
    assert "1 rows → " in err
    assert target.read_bytes().startswith(b"\xef\xbb\xbfso,pho")
    assert "The coordinates of this row are not used" in target.read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "out.csv.manifest.json").read_text(encoding="utf-8"))
    assert manifest["columns"]["address"] == ["so", "pho"]
    assert (manifest["workers"], manifest["options"]["subject"], manifest["options"]["lang"]) == (2, "parcel", "en")


def test_what_is_wrong_is_told_with_exit_code_3(capsys: Capture, tmp_path: Path, source: Path) -> None:
    target = tmp_path / "out.csv"
    for arguments, words in (
        ([tmp_path / "none.csv", "-o", target], "none.csv"),
        ([source, "-o", tmp_path / "out.doc"], "đuôi"),
        ([source, "-o", target, "--address-column", "Họ tên"], "thông tin cá nhân"),
        ([source, "-o", target, "--address-column", "Nhà"], "Không có cột “Nhà”"),
    ):
        code, _, err = run(capsys, *arguments)
        assert code == 3
        assert err.startswith("Lỗi: ")
        assert words in err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    for count in ("0", "-1", "x"):
        with pytest.raises(SystemExit, match="2"):
            run(capsys, source, "-o", target, "--workers", count)


def test_ctrl_c_says_what_is_kept_and_the_same_command_goes_on(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: Path
) -> None:
    source.write_text("Địa chỉ\n" + "số 5 Hàng Bài, Hoàn Kiếm\n" * 1_500, encoding="utf-8")
    command = [source, "-o", tmp_path / "out.csv"]
    answer = Router.route
    asked = []

    def interrupted(self: Router, query: RouteQuery) -> object:
        asked.append(query)
        if len(asked) > 1_200:
            raise KeyboardInterrupt
        return answer(self, query)

    with monkeypatch.context() as patch:
        patch.setattr(Router, "route", interrupted)
        code, _, err = run(capsys, *command)
    assert code == 130
    assert "“out.csv.journal”: chạy lại đúng lệnh này" in err
    assert err.endswith("Đã dừng.\n")
    code, _, err = run(capsys, *command, "--subject", "parcel")
    assert code == 3
    assert "--restart" in err
    code, _, err = run(capsys, *command)
    assert code == 0
    assert "Tiếp tục từ dòng 1002: 1000 dòng đã xong từ trước." in err
    assert "1500 dòng → " in err


def test_every_outcome_has_words() -> None:
    assert set(route_file.OUTCOMES) == set(OUTCOME_WORDS.values())


def test_small_files_take_one_process_and_large_ones_a_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route_file, "usable_processors", lambda: 64)
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_bytes(b"x")
    large.write_bytes(b"x" * (1 << 20))
    assert [route_file._workers_for(path) for path in (small, large, tmp_path / "none")] == [1, 3, 1]
    assert LocalEngine(3).workers == 3


def test_the_help_explains_every_option_in_both_languages() -> None:
    for lang, words in (("vi", "thửa đất"), ("en", "parcel")):
        parser = build_parser(lang)
        options = parser.parse_args(["route-file", "in.csv", "-o", "out.csv", "--subject", "resident"])
        assert Subject(options.subject) is Subject.RESIDENT
        actions = next(a for a in parser._actions if a.dest == "command").choices["route-file"]._actions
        assert all(action.help for action in actions)
        assert any(words in str(action.help) for action in actions)
