"""docs/ogc.md tells the truth: its examples run, its tables are those of the service."""

from __future__ import annotations

import re
import shlex
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.ogc.openapi import PARAMETERS
from api.ogc.query import DEFAULT_LIMIT, LARGEST_LIMIT
from api.settings import Settings
from geo.crs.published import PublishedCrs
from geo.layers import open_layers
from tests.api.ogc.running import serving
from tests.conftest import ROOT
from tests.documentation.test_docs import code_blocks

PAGE = ROOT / "docs/ogc.md"
TEXT = PAGE.read_text(encoding="utf-8")
SHOWN = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as root:
        yield root


def test_every_curl_example_answers(address: str) -> None:
    lines = [line for block in code_blocks(PAGE, "sh") for line in block.splitlines()]
    assert len(lines) == 6
    for line in lines:
        command, *headers, url = shlex.split(line)
        assert command == "curl"
        given = dict(header.split(": ") for header in headers if header != "-H")
        sent = quote(url.replace(SHOWN, address), safe=":/?&=%,")
        with urllib.request.urlopen(urllib.request.Request(sent, headers=given), timeout=60) as answer:
            assert answer.status == 200
            assert answer.read().count(b"00070") > 0 or "wards" not in url


@pytest.mark.parametrize("example", code_blocks(PAGE, "python"))
def test_every_python_example_prints_what_it_says(
    address: str, example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(example.replace(SHOWN, address), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"# (.+)$", example, re.MULTILINE)


def test_the_tables_are_the_services() -> None:
    layers = open_layers()
    rows = re.findall(r"^\| `([\w-]+)` \| .+ \| `(code|id)` \|$", TEXT, re.MULTILINE)
    assert rows == [(layer.id, layer.key) for layer in layers.values()]
    paths = set(re.findall(r"^\| `(/\S*)` \|", TEXT, re.MULTILINE))
    served = TestClient(create_app(Settings())).get("/ogc/api").json()["paths"]
    assert paths == {re.sub(r"^/collections/[\w-]+", "/collections/{layer}", path) for path in served}
    shown = {
        name for row in re.findall(r"^\| (`.+?) \|", TEXT, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)
    }
    assert set(PARAMETERS) <= shown
    assert f"{DEFAULT_LIMIT} unless asked, at most {LARGEST_LIMIT}" in TEXT
    assert re.findall(r"^\| `(http://www\S+)`", TEXT, re.MULTILINE) == list(PublishedCrs)
