"""Both descriptions of the interface under spectral's rules for OpenAPI: no error and no warning."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

COMMAND = Path(sys.prefix) / "spectral/node_modules/.bin/spectral"


@pytest.mark.parametrize("description", ["/openapi.json", "/ogc/api"])
def test_spectral_finds_nothing(client: TestClient, tmp_path: Path, description: str) -> None:
    if not COMMAND.exists():
        pytest.skip("spectral is not installed: tests/install-spectral says why")
    rules, document = tmp_path / "rules.json", tmp_path / "openapi.json"
    rules.write_text(json.dumps({"extends": ["spectral:oas"]}))
    document.write_bytes(client.get(description).content)
    command = [COMMAND, "lint", "--ruleset", rules, "--fail-severity", "hint", "--quiet", document]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
