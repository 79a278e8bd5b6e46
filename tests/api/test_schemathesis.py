"""Both descriptions of the interface are held against the running service by schemathesis: every operation and check.

For longer: ``schemathesis --config-file tests/api/schemathesis/schemathesis.toml run ADDRESS/openapi.json``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.running_service import running_service
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = Path(sys.executable).with_name("schemathesis")
SETTINGS = Path(__file__).with_name("schemathesis") / "schemathesis.toml"
PHASES = "examples,coverage,fuzzing,stateful"
EXAMPLES = 8
"""Of each operation when fuzzing; the phase before it tries every value at a limit anyway."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_service(tmp_path_factory.mktemp("service"), rate_per_second=0, access_log=False) as service:
        yield f"http://127.0.0.1:{service.port}"


@pytest.mark.parametrize("description", ["/openapi.json", "/ogc/api"])
def test_the_service_does_what_its_description_says(address: str, tmp_path: Path, description: str) -> None:
    budget = ["--phases", PHASES, "--max-examples", str(EXAMPLES), "--seed", "1"]
    asked = subprocess.run(
        [COMMAND, "--no-color", "--config-file", SETTINGS, "run", address + description, "--checks", "all", *budget],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stdout[-8000:] + asked.stderr[-2000:]
    assert " passed" in asked.stdout
