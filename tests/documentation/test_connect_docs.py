"""docs/connect.md tells the truth: each of its examples is run against a running service."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import urllib.request
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from api.command_line import main
from geo.layers import open_layers
from geo.layers.export import export_layers
from tests.api.ogc.running import serving
from tests.conftest import ROOT
from tests.documentation.test_docs import code_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = ROOT / "docs/connect.md"
TEXT = PAGE.read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:8000"
LINES = [line for block in code_blocks(PAGE, "sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("layers")
    export_layers({"wards": open_layers()["wards"]}, folder, day=date(2025, 7, 1))
    with serving(HANOI_WARDS_DOWNLOADS=str(folder)) as root:
        yield root


def asked(address: str, line: str) -> dict[str, Any]:
    """Send what a line of curl would."""
    command, header_option, header, data_option, body, url = shlex.split(line)
    assert (command, header_option, data_option) == ("curl", "-H", "-d")
    name, value = header.split(": ")
    request = urllib.request.Request(url.replace(SHOWN, address), body.encode(), {name: value})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_every_curl_example_answers(address: str) -> None:
    point, points, route = (asked(address, line) for line in LINES if line.startswith("curl"))
    assert [ward["full_name"] for ward in point["wards"]] == ["Phường Hoàn Kiếm"]
    assert [item["result"]["outcome"] for item in points["items"]] == ["INSIDE", "OUTSIDE"]
    assert (route["outcome"], route["candidates"][0]["name"]) == ("ASSIGNED", "Cửa Nam")


@pytest.mark.parametrize("example", code_blocks(PAGE, "python"))
def test_every_python_example_prints_what_it_says(
    address: str, example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(example.replace(SHOWN, address), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"  # (.+)$", example, re.MULTILINE)


def test_the_table_for_spreadsheets_is_there(address: str) -> None:
    (url,) = re.findall(rf"`({SHOWN}/du-lieu/\S+)`", TEXT)
    with urllib.request.urlopen(url.replace(SHOWN, address), timeout=60) as answer:
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert len(rows) == 126
    assert "00070" in {row["code"] for row in rows}


def test_the_workbook_of_old_addresses_is_routed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = (line for line in LINES if "route-file" in line)
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for row in (("Số hồ sơ", "Địa chỉ"), ("HS-1", "12 Hàng Bài, phường Tràng Tiền, quận Hoàn Kiếm")):
        book.active.append(row)
    book.save("cases.xlsx")
    assert main(shlex.split(line)[1:]) == 0
    headings, routed = openpyxl.load_workbook("cases-routed.xlsx").active.iter_rows(values_only=True)
    found = dict(zip(headings, routed, strict=True))
    assert (found["Số hồ sơ"], found["ket_qua"], found["ma_phuong_xa"]) == ("HS-1", "da_xac_dinh", "00082")
