"""The build: deterministic, equal to what is committed, and careful with what stands."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from geo.errors import DataMissing, IntegrityError
from geo.ingest import build
from tests.conftest import ROOT


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def built(source_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("data")
    build(source_data, target)
    return target


def test_the_committed_data_are_what_the_build_makes(built: Path) -> None:
    assert digests(built) == digests(ROOT / "data")


def test_no_source_file_is_copied(built: Path, source_data: Path) -> None:
    assert not set(digests(built).values()) & set(digests(source_data).values())


def test_a_missing_source_is_named_and_nothing_changes(source_data: Path, tmp_path: Path) -> None:
    sources = shutil.copytree(source_data, tmp_path / "source", ignore=shutil.ignore_patterns("eval", "gazetteer"))
    with pytest.raises(DataMissing, match=r"address_points_osm_hanoi\.csv"):
        build(sources, tmp_path / "data")
    assert list((tmp_path / "data").iterdir()) == []


def test_data_that_fail_a_check_do_not_replace_those_that_stand(source_data: Path, tmp_path: Path) -> None:
    sources = shutil.copytree(source_data, tmp_path / "source", ignore=shutil.ignore_patterns("eval"))
    law = sources / "law/resolution_1656.csv"
    law.chmod(0o644)
    law.parent.chmod(0o755)
    lines = law.read_text(encoding="utf-8").splitlines(keepends=True)
    law.write_text(
        "".join(line for line in lines if not line.startswith("14,00097,Phường Hồng Hà,00118")),
        encoding="utf-8",
    )
    standing = tmp_path / "data" / "crosswalk"
    standing.mkdir(parents=True)
    (standing / "links.csv").write_text("what stood before")
    with pytest.raises(IntegrityError, match="794 links"):
        build(sources, tmp_path / "data")
    assert (standing / "links.csv").read_text() == "what stood before"
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["crosswalk"]
