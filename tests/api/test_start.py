"""The service starts with whole data or not at all, and is set from the environment."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.app import create_app
from api.settings import Settings
from geo.errors import DataDamaged, DataMissing
from geo.stores import embedded_data_dir

DATA = embedded_data_dir()
FILES = sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*") if path.suffix in {".parquet", ".csv", ".json"})


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def test_the_list_of_files_is_whole() -> None:
    assert len(FILES) >= 17
    assert "boundaries/2025-07-01/wards.parquet" in FILES


def test_an_untouched_copy_is_served(copied: Path) -> None:
    create_app(Settings(data_dir=copied))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_what_to_do(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(DataMissing) as caught:
        create_app(Settings(data_dir=copied))
    for lang in ("vi", "en"):
        assert name in caught.value.message(lang)
        assert "hanoi-wards data build" in caught.value.message(lang)


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".json")])
def test_one_flipped_bit_is_found_and_the_file_named(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(DataDamaged) as caught:
        create_app(Settings(data_dir=copied))
    for lang in ("vi", "en"):
        assert name in caught.value.message(lang)
        assert "hanoi-wards data build" in caught.value.message(lang)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}", '{"schema_version": 1}', '{"generations": [{}]}'])
@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_a_list_of_files_that_is_none_is_named(copied: Path, name: str, content: str) -> None:
    (copied / name).write_text(content)
    with pytest.raises(DataDamaged) as caught:
        create_app(Settings(data_dir=copied))
    assert name in caught.value.vi


def test_data_of_another_format_are_not_guessed_at(copied: Path) -> None:
    manifest = copied / "crosswalk" / "MANIFEST.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema_version": 2}))
    with pytest.raises(DataDamaged, match="schema version 2"):
        create_app(Settings(data_dir=copied))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataMissing):
        create_app(Settings(data_dir=tmp_path / "nothing"))


def test_every_setting_comes_from_the_environment_under_its_prefix(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = {
        "host": "0.0.0.0",
        "port": 9000,
        "data_dir": tmp_path,
        "max_points": 7,
        "max_routes": 9,
        "max_body_bytes": 2048,
        "reference_max_age": 5,
        "premises_register": tmp_path / "register",
        "trial_reports": tmp_path / "trial",
        "downloads": tmp_path / "downloads",
        "tile_url": "https://tiles.example/{z}/{x}/{y}.png",
        "tile_attribution": "© Example",
        "frame_ancestors": "'self' https://hanoi.example",
        "trusted_proxies": "10.0.0.0/8, ::1",
        "rate_per_second": 3,
        "rate_burst": 4,
        "rate_clients": 5,
        "max_heavy_jobs": 6,
        "heavy_wait_seconds": 8,
        "request_seconds": 10,
        "body_seconds": 11,
        "header_seconds": 12,
        "max_header_bytes": 4096,
        "keep_alive_seconds": 13,
        "write_seconds": 14,
        "max_connections": 15,
        "drain_seconds": 16,
        "shutdown_seconds": 17,
        "access_log": False,
        "log_level": "warning",
    }
    assert set(wanted) == set(Settings.model_fields), "a setting was added: say here how it is set"
    for name, value in wanted.items():
        monkeypatch.setenv(f"HANOI_WARDS_{name.upper()}", str(value))
        monkeypatch.setenv(name.upper(), "not this one")
    assert Settings().model_dump() == wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "x"),
        ("MAX_POINTS", "0"),
        ("MAX_BODY_BYTES", "1"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("FRAME_ANCESTORS", "'self'; script-src *"),
        ("LOG_LEVEL", "loud"),
        ("MAX_HEAVY_JOBS", "0"),
        ("RATE_PER_SECOND", "-1"),
    ],
)
def test_a_senseless_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"HANOI_WARDS_{name}", value)
    with pytest.raises(ValidationError):
        Settings()
