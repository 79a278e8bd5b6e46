"""The command as it is typed: what it prints, where, and with which exit code."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from api.command_line import main
from geo.cases.points import ADDED_COLUMNS
from geo.locate import WardIndex
from geo.stores import embedded_data_dir

Capture = pytest.CaptureFixture[str]
COMMANDS = ("locate", "locate-file", "data", "map", "serve")


@pytest.fixture(autouse=True)
def vietnamese_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["105.8542", "21.0285"],
        ["21.0285,", "105.8542"],
        ["21°01'42\"N 105°51'15\"E"],
        ["--vn2000", "2326345", "588591"],
        ["--vn2000", "588591", "2326345"],
        ["--zone", "vn2000-105-00", "X=2326345", "Y=588591"],
    ],
)
def test_locate_names_the_ward_its_border_and_its_offices(capsys: Capture, arguments: list[str]) -> None:
    code, out, err = run(capsys, "locate", *arguments)
    assert (code, err) == (0, "")
    assert "Phường Hoàn Kiếm (00070)" in out.splitlines()
    assert re.search(r"Cách ranh giới \d+ m \(bên kia: Phường Cửa Nam\)", out)
    assert "Trụ sở: Số 126 Hàng Trống" in out
    assert "2025-07-01" in out


def test_a_named_zone_is_another_place(capsys: Capture) -> None:
    code, out, _ = run(capsys, "locate", "--zone", "vn2000-105-30", "--json", "2326345", "536591")
    assert code == 0
    assert json.loads(out)["units"][0]["code"] == "00070"
    _, elsewhere, _ = run(capsys, "locate", "--vn2000", "--json", "2326345", "536591")
    assert json.loads(elsewhere)["units"] != json.loads(out)["units"]


def test_locate_in_json_says_what_the_index_says(capsys: Capture, index: WardIndex) -> None:
    code, out, _ = run(capsys, "locate", "--json", "105.8542", "21.0285")
    said = json.loads(out)
    result = index.locate(lon=105.8542, lat=21.0285)
    assert code == 0
    assert said["outcome"] == "INSIDE"
    assert said["units"] == [{"code": "00070", "full_name": "Phường Hoàn Kiếm"}]
    assert said["possible"] == [unit.code for unit in result.possible]
    assert said["border_distance_m"] == round(result.border.distance_m, 1)
    assert said["certain"] is True
    assert said["approximate"] is False
    assert (said["generation"], said["data_version"]) == (result.generation, result.data_version)
    assert said["notices"]


def test_locate_on_an_older_day(capsys: Capture) -> None:
    code, out, _ = run(capsys, "locate", "--as-of", "2025-06-30", "105.8542", "21.0285")
    assert code == 0
    assert "Quận Hoàn Kiếm" in out
    assert "gần đúng" in out
    assert "Trụ sở" not in out


def test_outside_is_an_answer(capsys: Capture) -> None:
    code, out, _ = run(capsys, "locate", "106.5", "20.5")
    assert code == 0
    assert "Ngoài Hà Nội" in out
    assert "Outside Hà Nội" in run(capsys, "locate", "--lang", "en", "106.5", "20.5")[1]


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (["105.8542"], "đúng hai giá trị", "two values"),
        (["Ba", "Đình"], "Không thấy con số nào", "no numbers"),
        (["2.35", "48.85"], "không ở Việt Nam", "not in Viet Nam"),
        (["nan", "21.03"], "NaN", "NaN"),
        (["--vn2000", "105.8542", "21.0285"], "VN-2000", "VN-2000"),
        (["--as-of", "2020-01-01", "105.8542", "21.0285"], "01/01/2025", "2025-01-01"),
    ],
)
def test_wrong_input_is_told_on_stderr_with_exit_code_3(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, arguments: list[str], vi: str, en: str
) -> None:
    code, out, err = run(capsys, "locate", *arguments)
    assert (code, out) == (3, "")
    assert err.startswith("Lỗi: ")
    assert vi in err
    for english in (["--lang", "en", "locate"], ["locate", "--lang=en"]):
        code, _, err = run(capsys, *english, *arguments)
        assert code == 3
        assert err.startswith("Error: ")
        assert en in err
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run(capsys, "locate", *arguments)[2].startswith("Error: ")
    assert run(capsys, "locate", "--lang", "vi", *arguments)[2].startswith("Lỗi: ")
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert run(capsys, "locate", *arguments)[2].startswith("Lỗi: ")


def test_locate_file_writes_the_table_and_tells_what_came_out(capsys: Capture, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("ten,lon,lat\na,105.8542,21.0285\nb,,\nc,106.5,20.5\n", encoding="utf-8")
    code, out, err = run(capsys, "locate-file", str(source), "-o", str(target))
    assert (code, out) == (0, "")
    assert "Cột toạ độ: lon, lat" in err
    assert "3 dòng" in err
    for line in ("da_xac_dinh (đã xác định): 1", "thieu_thong_tin", "ngoai_ha_noi (ngoài Hà Nội): 1"):
        assert line in err
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["ket_qua"] for row in rows] == ["da_xac_dinh", "thieu_thong_tin", "ngoai_ha_noi"]
    assert list(rows[0])[3:] == list(ADDED_COLUMNS)


def test_locate_file_keeps_what_exists_unless_told(capsys: Capture, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("lon,lat\n105.8542,21.0285\n", encoding="utf-8")
    target.write_text("mine", encoding="utf-8")
    code, _, err = run(capsys, "locate-file", str(source), "-o", str(target))
    assert code == 3
    assert "đã có" in err
    assert target.read_text(encoding="utf-8") == "mine"
    options = ["--overwrite", "--excel-bom", "--lang", "en"]
    assert run(capsys, "locate-file", str(source), "-o", str(target), *options)[0] == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbflon,lat,ket_qua")
    assert "Inside, away from" in target.read_text(encoding="utf-8")


def test_locate_file_takes_named_columns_zone_and_day(capsys: Capture, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("bac,dong\n2326345,588591\n", encoding="utf-8")
    for options, code in ((["--vn2000"], "00070"), (["--zone", "vn2000-105-00"], "00070")):
        arguments = ["locate-file", str(source), "-o", str(target), "--x", "bac", "--y", "dong", "--overwrite"]
        assert run(capsys, *arguments, *options)[0] == 0
        assert f",{code},Phường Hoàn Kiếm," in target.read_text(encoding="utf-8")
    assert run(capsys, *arguments, "--as-of", "2025-06-30")[0] == 0
    assert "Quận Hoàn Kiếm" in target.read_text(encoding="utf-8")
    code, _, err = run(capsys, "locate-file", str(source), "-o", str(tmp_path / "no.csv"))
    assert code == 3
    assert "bac, dong" in err


@pytest.mark.parametrize("name", ["nothing.csv", "nothing.txt.gz"])
def test_locate_file_without_a_table(capsys: Capture, tmp_path: Path, name: str) -> None:
    code, _, err = run(capsys, "locate-file", str(tmp_path / name), "-o", str(tmp_path / "out.csv"))
    assert code == 3
    assert name in err


def test_ctrl_c_stops_with_130(capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.command_line.locate.locate_table", interrupt)
    assert run(capsys, "locate-file", "in.csv", "-o", str(tmp_path / "out.csv"))[::2] == (130, "Đã dừng.\n")


def test_the_committed_data_pass_every_check(capsys: Capture) -> None:
    code, out, _ = run(capsys, "data", "check")
    assert code == 0
    assert "0 không đạt" in out
    assert "✗" not in out
    assert "0 failed" in run(capsys, "--lang", "en", "data", "check")[1]


def test_data_that_contradict_the_law_fail_the_check(capsys: Capture, tmp_path: Path) -> None:
    data = shutil.copytree(embedded_data_dir(), tmp_path / "data")
    links, manifest = data / "crosswalk" / "links.csv", data / "crosswalk" / "MANIFEST.json"
    content = b"".join(links.read_bytes().splitlines(keepends=True)[:-1])
    links.write_bytes(content)
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    facts["outputs"]["links.csv"]["sha256"] = hashlib.sha256(content).hexdigest()
    manifest.write_text(json.dumps(facts), encoding="utf-8")
    code, out, _ = run(capsys, "data", "check", "--data-dir", str(data))
    assert code == 1
    assert "✗" in out
    assert "794" in out


def test_data_that_are_damaged_or_missing_are_exit_code_4(capsys: Capture, tmp_path: Path) -> None:
    damaged = shutil.copytree(embedded_data_dir(), tmp_path / "damaged")
    with (damaged / "premises" / "premises.csv").open("ab") as file:
        file.write(b"\n")
    missing = shutil.copytree(embedded_data_dir(), tmp_path / "missing")
    (missing / "premises" / "premises.csv").unlink()
    for folder in (damaged, missing):
        code, _, err = run(capsys, "data", "check", "--data-dir", str(folder))
        assert code == 4
        assert "premises/premises.csv" in err
        assert "hanoi-wards data build" in err


def test_data_info_tells_versions_and_counts(capsys: Capture, index: WardIndex) -> None:
    code, out, _ = run(capsys, "data", "info")
    assert code == 0
    assert index.dataset.data_version in out
    for folder in ("boundaries/2025-01-01", "boundaries/2025-07-01", "crosswalk", "premises"):
        assert folder in out
    assert "126" in out
    assert "795" in out


def test_a_build_without_its_sources_names_what_is_missing(capsys: Capture, tmp_path: Path) -> None:
    code, _, err = run(capsys, "data", "build", "--source", str(tmp_path), "--target", str(tmp_path / "out"))
    assert code == 4
    assert "--source" in err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_map_is_one_file_that_needs_no_other(capsys: Capture, tmp_path: Path, index: WardIndex, lang: str) -> None:
    target = tmp_path / "wards.html"
    code, out, _ = run(capsys, "--lang", lang, "map", "wards", "-o", str(target))
    assert code == 0
    assert str(target) in out
    html = target.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in html
    assert all(f'"{ward.code}"' in html and ward.full_name in html for ward in index.wards)
    options = re.search(r'id="map-options">(.*?)</script>', html, re.DOTALL)
    assert options is not None
    coverage = base64.b64decode(json.loads(options[1])["wards"])
    head = int.from_bytes(coverage[:4], "little")
    assert [ward[0] for ward in json.loads(coverage[4 : 4 + head])["wards"]] == [ward.code for ward in index.wards]
    markup = re.sub(r"<script.*?</script>|<style.*?</style>", "", html, flags=re.DOTALL)
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", markup)
    assert not re.findall(r"<script[^>]*\ssrc=|<link[^>]*stylesheet|@import|url\(\s*['\"]?(?:https?:)?//", html)


def test_a_map_that_cannot_be_written(capsys: Capture, tmp_path: Path) -> None:
    code, _, err = run(capsys, "map", "wards", "-o", str(tmp_path / "no such folder" / "wards.html"))
    assert code == 3
    assert "no such folder" in err


def test_a_wrong_setting_is_named_before_anything_is_served(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANOI_WARDS_MAX_POINTS", "many")
    code, _, err = run(capsys, "serve")
    assert code == 3
    assert "HANOI_WARDS_MAX_POINTS" in err


def test_serve_without_data_is_exit_code_4(capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HANOI_WARDS_DATA_DIR", str(tmp_path))
    code, out, err = run(capsys, "serve")
    assert (code, out) == (4, "")
    assert "generations.json" in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["locate"],
        ["locate", "105.85", "21.03", "--zone", "utm"],
        ["locate", "105.85", "21.03", "--as-of", "30/06/2025"],
        ["locate", "105.85", "21.03", "--lang", "fr"],
        ["locate-file", "in.csv"],
        ["data"],
        ["data", "fly"],
        ["data", "build"],
        ["map", "moon", "-o", "x.html"],
        ["serve", "--port", "x"],
    ],
)
def test_a_command_that_is_not_understood_is_exit_code_2(capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "hanoi-wards" in printed.err


@pytest.mark.parametrize(("lang", "words"), [("vi", "Mã thoát"), ("en", "Exit codes")])
def test_help_mentions_every_command_and_the_exit_codes(capsys: Capture, lang: str, words: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", lang, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert words in out
    assert all(re.search(rf"^    {command}\s+\S", out, re.MULTILINE) for command in COMMANDS)
    for command in COMMANDS:
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help", "--lang", lang])
        assert stopped.value.code == 0
        assert f"hanoi-wards {command}" in capsys.readouterr().out


def test_the_two_helps_are_two_languages(capsys: Capture) -> None:
    helps = []
    for lang in ("vi", "en"):
        with pytest.raises(SystemExit):
            main(["locate-file", "--help", f"--lang={lang}"])
        helps.append(capsys.readouterr().out)
    assert "cột kinh độ" in helps[0]
    assert "longitude column" in helps[1]
    assert "cột" not in helps[1]


def test_crosswalk_prints_every_reading_with_its_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "crosswalk", "00118", "--subject", "parcel"]) == 0
    out = capsys.readouterr().out
    assert "Phường Bồ Đề (00118, since 1 July 2025)" in out
    assert "→ Phường Hồng Hà (00097): part of the area only (no residents), clause 14" in out
    assert "Several readings" in out


def test_crosswalk_follows_residents_unless_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "vi", "crosswalk", "Ngọc Thụy", "--district", "Long Biên"]) == 0
    out = capsys.readouterr().out
    assert "→ Phường Bồ Đề (00118)" in out
    assert "Hồng Hà" not in out
    assert "Nhiều cách hiểu" not in out


def test_crosswalk_says_that_a_name_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crosswalk", "Sài Gòn", "--lang", "vi"]) == 3
    assert "Sài Gòn" in capsys.readouterr().err
