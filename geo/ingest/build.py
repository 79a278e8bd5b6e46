"""The whole build: write aside, check, and only then replace what stands."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import IntegrityError
from geo.ingest.crosswalk import build_crosswalk
from geo.ingest.gazetteer import build_gazetteer
from geo.ingest.old_units import build_old_units
from geo.ingest.output import SourceFolder, write_json
from geo.ingest.premises import build_premises
from geo.ingest.trial import build_trial
from geo.ingest.wards import build_wards
from geo.integrity import Severity, check_store
from geo.stores import EmbeddedStore

if TYPE_CHECKING:
    from geo.integrity import Finding

BUILT = ("boundaries", "crosswalk", "premises", "gazetteer", "trial")
"""The folders under ``data/`` that the build owns and replaces."""

_GENERATIONS = {
    "generations": [
        {
            "id": "2025-01-01",
            "valid_from": "2025-01-01",
            "valid_to": "2025-07-01",
            "unit_count": 526,
            "approximate": True,
        },
        {
            "id": "2025-07-01",
            "valid_from": "2025-07-01",
            "valid_to": None,
            "unit_count": 126,
            "approximate": False,
        },
    ]
}


def build(source: Path, target: Path) -> list[Finding]:
    """Compute ``data/`` from the source data; the same sources give the same bytes.

    Parameters
    ----------
    source
        Folder of the source data.
    target
        The ``data`` folder; its built parts are replaced only when every check has passed.

    Returns
    -------
    The findings of the integrity checks; none of them an error.

    Raises
    ------
    DataMissing
        A source file is not there.
    IntegrityError
        A check failed; nothing was replaced.
    """
    folder = SourceFolder(source)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".build-") as aside:
        root = Path(aside)
        (root / "boundaries").mkdir()
        write_json(root / "boundaries/generations.json", _GENERATIONS)
        codes, wards = build_wards(folder, root)
        communes = build_old_units(folder, root)
        build_crosswalk(folder, root)
        build_premises(folder, root, codes, wards)
        build_gazetteer(folder, root, wards=(codes, wards), communes=communes)
        build_trial(folder, root)
        findings = check_store(EmbeddedStore(root))
        failed = [finding for finding in findings if finding.severity is Severity.ERROR]
        if failed:
            raise IntegrityError(
                vi="Dữ liệu mới không qua kiểm tra, dữ liệu cũ được giữ nguyên:\n"
                + "\n".join(str(finding) for finding in failed),
                en="The new data failed the checks, the old data are left as they are:\n"
                + "\n".join(str(finding) for finding in failed),
            )
        for name in BUILT:
            shutil.rmtree(target / name, ignore_errors=True)
            (root / name).rename(target / name)
    return findings
