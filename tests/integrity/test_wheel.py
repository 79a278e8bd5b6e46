"""The wheel carries the data: installed anywhere, it answers."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("hanoi_wards-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_answers_away_from_the_checkout(unpacked: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "api", "--lang", "en", "locate", "105.8542", "21.0285"],
        cwd=unpacked, check=True, capture_output=True, text=True, env={"PYTHONPATH": str(unpacked)},
    )  # fmt: skip
    assert "Phường Hoàn Kiếm (00070)" in run.stdout


def test_it_holds_the_page_and_the_terms_of_the_data(unpacked: Path) -> None:
    for name in ("maps/templates/layout.html", "maps/assets/ward_finder.js", "geo/embedded_data/premises/SOURCES.md"):
        assert (unpacked / name).is_file()
    assert not list(unpacked.rglob("tests"))
