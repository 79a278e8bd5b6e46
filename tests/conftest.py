"""What the tests share: the committed data, opened once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from geo.crosswalk import Crosswalk
from geo.locate import WardIndex
from geo.stores import EmbeddedStore, open_store

settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
SOURCE_DATA = ROOT.parent / "shared" / "data"
CI = os.environ.get("CI") == "true"


def unavailable(what: str) -> None:
    """Skip a test for want of a program; under CI that is a failure."""
    if CI:
        pytest.fail(f"{what} is not available, and CI=true")
    pytest.skip(f"{what} is not available")


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    return open_store()


@pytest.fixture(scope="session")
def index(store: EmbeddedStore) -> WardIndex:
    return WardIndex.open(store=store)


@pytest.fixture(scope="session")
def old_index(store: EmbeddedStore) -> WardIndex:
    return WardIndex.open(as_of=date(2025, 6, 30), store=store)


@pytest.fixture(scope="session")
def crosswalk(store: EmbeddedStore) -> Crosswalk:
    return Crosswalk.open(store)


@pytest.fixture(scope="session")
def source_data() -> Path:
    if not SOURCE_DATA.is_dir():
        pytest.skip("the source data are not beside the project")
    return SOURCE_DATA
