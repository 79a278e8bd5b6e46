"""``hanoi-wards route`` and ``explain`` as they are typed."""

from __future__ import annotations

import json
import re

import pytest

from api.command_line import main
from api.route_schemas import RouteAnswer
from geo.locate import WardIndex
from geo.model import RouteQuery
from geo.routing import Router

Capture = pytest.CaptureFixture[str]
WHOLE = "Phường Ngọc Thụy, Quận Long Biên"
SPLIT = "Phường Thịnh Liệt, Quận Hoàng Mai"


@pytest.fixture(autouse=True, scope="module")
def _opened_once() -> object:
    """Open the data once for all commands of this module: each would otherwise open them again."""
    router = Router.open()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Router, "open", lambda: router)
        yield


def run(capsys: Capture, *arguments: str, lang: str = "vi") -> tuple[int, list[str], str]:
    code = main(["--lang", lang, *arguments])
    printed = capsys.readouterr()
    return code, printed.out.splitlines(), printed.err


def test_one_ward_is_printed_with_its_clause_offices_and_reason(capsys: Capture, index: WardIndex) -> None:
    code, lines, err = run(capsys, "route", WHOLE)
    assert (code, err) == (0, "")
    assert lines[0] == "Phường Bồ Đề (00118)"
    assert lines[1] == "Khoản 40, Điều 1 Nghị quyết 1656/NQ-UBTVQH15"
    offices = [line for line in lines if line.startswith("Trụ sở: ")]
    assert len(offices) == len(index.premises_of("00118")) > 0
    assert any(line.startswith("Vì sao: ") and "khoản 40" in line for line in lines)
    assert lines[-1].startswith("Dữ liệu: 2025-07-01, ")
    assert not any(line.startswith(("!", "Cần biết")) for line in lines)


def test_a_set_is_printed_best_first_with_its_question(capsys: Capture) -> None:
    _, lines, _ = run(capsys, "route", SPLIT)
    assert lines[0] == "Chưa rõ, một trong 4 nơi:"
    listed = [re.fullmatch(r"  (.+) \(\d{5}\): điểm (\d\.\d{3}), khoản (\d+)", line) for line in lines[1:5]]
    scores = [float(found[2]) for found in listed if found]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)
    assert any(line.startswith("Cần biết: ") and line.endswith("?") for line in lines)
    assert any(line.startswith("! ") for line in lines)
    assert not any(line.startswith("Trụ sở") for line in lines)


def test_a_score_that_earned_the_answer_is_said(capsys: Capture) -> None:
    _, lines, _ = run(capsys, "route", "12 Hàng Bài, Hoàn Kiếm", lang="en")
    assert lines[0] == "Phường Cửa Nam (00082)"
    assert any(line.startswith("! ") and "score" in line for line in lines)


def test_a_long_set_is_cut_and_counted(capsys: Capture) -> None:
    _, lines, _ = run(capsys, "route", "--district", "Hoàng Mai")
    found = re.fullmatch(r"Chưa đủ thông tin; có thể là (\d+) nơi:", lines[0])
    assert found
    assert sum(line.startswith("  Phường") for line in lines) == 6
    assert f"  … và {int(found[1]) - 6} nơi nữa" in lines


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["12 Trần Phú, Hải Phòng"], "Ngoài Hà Nội"),
        (["không biết ở đâu cả"], "Chưa đủ thông tin"),
        (["Hà Nội", "--lon", "106.5", "--lat", "20.5"], "Mâu thuẫn"),
        ([SPLIT, "--lon", "105.77", "--lat", "20.97"], "Mâu thuẫn; có thể là 5 nơi:"),
    ],
)
def test_every_other_outcome_is_an_answer(capsys: Capture, arguments: list[str], first: str) -> None:
    code, lines, _ = run(capsys, "route", *arguments)
    assert code == 0
    assert lines[0] == first


def test_people_and_ground(capsys: Capture) -> None:
    assert run(capsys, "route", WHOLE, "--subject", "resident")[1][0] == "Phường Bồ Đề (00118)"
    assert run(capsys, "route", WHOLE, "--subject", "parcel")[1][0] == "Chưa rõ, một trong 2 nơi:"


def test_everything_that_the_router_takes_can_be_said(capsys: Capture) -> None:
    arguments = ["Thôn Đoài", "--old-ward", "Tam Hưng", "--district", "Thanh Oai"]
    assert run(capsys, "route", *arguments)[1][0].startswith("Xã Tam Hưng")
    near = ["--lon", "105.8542", "--lat", "21.0285", "--accuracy", "10"]
    assert run(capsys, "route", *near)[1][0] == "Phường Hoàn Kiếm (00070)"


def test_json_is_the_answer_of_the_interface(capsys: Capture) -> None:
    code, lines, err = run(capsys, "route", SPLIT, "--json", lang="en")
    assert (code, err) == (0, "")
    said = json.loads("\n".join(lines))
    answer = RouteAnswer.model_validate(said)
    decision = Router.open().route(RouteQuery(SPLIT))
    assert said["reason"] == decision.reason.en
    assert [candidate.code for candidate in answer.candidates] == [c.ward.code for c in decision.candidates]
    assert said["attribution"]


@pytest.mark.parametrize("command", ["route", "explain"])
@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        ([], "Hãy cho một địa chỉ", "Give an address"),
        (["   "], "Hãy cho một địa chỉ", "Give an address"),
        (["a", "--lon", "105.8"], "Thiếu lat", "lat is missing"),
        (["a", "--lon", "21.0285", "--lat", "105.8542"], "đảo", "swapped"),
        (["a", "--lon", "nan", "--lat", "21"], "hữu hạn", "finite"),
        (["a", "--accuracy", "5"], "accuracy_m", "accuracy_m"),
        (["a", "--lon", "105.8542", "--lat", "21.0285", "--accuracy", "0"], "Bán kính", "radius"),
    ],
)
def test_wrong_input_is_told_with_exit_code_3(
    capsys: Capture, command: str, arguments: list[str], vi: str, en: str
) -> None:
    for lang, words in (("vi", vi), ("en", en)):
        code, lines, err = run(capsys, command, *arguments, lang=lang)
        assert (code, lines) == (3, [])
        assert words in err


@pytest.mark.parametrize("arguments", [["a", "b"], ["a", "--subject", "ward"], ["a", "--lon", "x", "--lat", "y"]])
@pytest.mark.parametrize("command", ["route", "explain"])
def test_a_command_that_is_not_understood_is_exit_code_2(capsys: Capture, command: str, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, *arguments])
    assert stopped.value.code == 2
    assert "hanoi-wards" in capsys.readouterr().err


def test_explain_prints_every_step_the_rule_and_the_decision(capsys: Capture) -> None:
    address = "Số 5 ngách 12 ngõ 34 Giải Phóng, " + SPLIT + ", " + "x" * 900
    code, lines, err = run(capsys, "explain", address)
    assert (code, err) == (0, "")
    heads = [line for line in lines if re.match(r"\d\. ", line)]
    assert heads == ["1. Hiểu địa chỉ", "2. Căn cứ, theo thứ tự", "3. Quy tắc", "4. Kết quả"]
    assert "   đường, phố: Giải Phóng" in lines
    assert "   ngõ, ngách, hẻm: 34/12" in lines
    assert any(re.fullmatch(r"   không hiểu: x{199}…", line) for line in lines)
    assert [line[3:6] for line in lines if re.match(r"   2\.\d ", line)] == [f"2.{n}" for n in range(1, 7)]
    evidence = [line for line in lines if line.startswith("       + ")]
    assert any("old-commune: " in line and "khoản 16, 19, 21, 24)" in line for line in evidence)
    assert any("street: " in line and "OpenStreetMap" in line for line in evidence)
    assert any(line.startswith("       → Phường") for line in lines)
    assert "       không thêm gì" in lines
    assert "0.97" in lines[lines.index("3. Quy tắc") + 1]
    plain = run(capsys, "route", address)[1]
    assert lines[lines.index("4. Kết quả") + 1 :] == [f"   {line}" for line in plain]


def test_explain_in_english_and_of_nothing_understood(capsys: Capture) -> None:
    _, lines, _ = run(capsys, "explain", "?", lang="en")
    assert lines[:2] == ["1. What was understood", "   nothing"]
    assert "       nothing to add" in lines
    assert "   No evidence points anywhere." in lines
    _, lines, _ = run(capsys, "explain", "Hoàng Mai, " + "x" * 700, lang="en")
    assert max(len(line) for line in lines[: lines.index("2. Evidence, in order")]) < 260
    assert any(re.match(r"       → .* · and \d+ more$", line) for line in lines)
