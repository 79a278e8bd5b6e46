"""The folder of the wards' reports, outside the data that the project carries: every version ever imported is kept.

::

    DIR/
      MANIFEST.json        which version is current, and what each import did
      versions/0001.csv    all reports after the first import, and so on

A version is written whole before the manifest names it, and the manifest is replaced in one step: a reader sees the
old reports or the new ones. Files hold figures of wards; nothing of a person's, not even the name of the spreadsheet.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.errors import DataDamaged, TableError
from geo.model import TrialReport
from geo.tables.whole_output import cannot_write, held_alone, write_through

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCHEMA_VERSION: Final = 1
MANIFEST: Final = "MANIFEST.json"
VERSIONS: Final = "versions"

_COLUMNS: Final = tuple(one.name for one in fields(TrialReport))


@dataclass(frozen=True, slots=True)
class LoadedReports:
    """The reports of one version.

    Parameters
    ----------
    reports
        By ward, day and content.
    version
        0 where nothing was imported yet.
    sha256
        Of the version's file; empty where there is none.
    imported_at
        None where nothing was imported yet.
    """

    reports: Sequence[TrialReport] = ()
    version: int = 0
    sha256: str = ""
    imported_at: datetime | None = None


def read_folder(folder: Path, held: LoadedReports | None = None) -> LoadedReports:
    """Read the current reports; none where nothing was imported into the folder yet.

    Parameters
    ----------
    held
        What was read before: returned as it is where the folder still holds the same.

    Raises
    ------
    DataDamaged
        A file is missing, or is not what the manifest says.
    """
    manifest = _manifest(folder)
    if manifest is None:
        return LoadedReports()
    try:
        current = next(one for one in manifest["versions"] if one["version"] == manifest["current"])
        name, expected = f"{VERSIONS}/{current['version']:04d}.csv", current["sha256"]
        imported_at = datetime.fromisoformat(current["imported_at"])
    except (KeyError, TypeError, ValueError, StopIteration) as broken:
        raise _damaged(MANIFEST) from broken
    try:
        content = (folder / name).read_bytes()
    except OSError as missing:
        raise _damaged(name) from missing
    if hashlib.sha256(content).hexdigest() != expected:
        raise _damaged(name)
    if held is not None and (held.version, held.sha256) == (current["version"], expected):
        return held
    try:
        reports = tuple(_report(row) for row in csv.DictReader(io.StringIO(content.decode("utf-8"))))
    except (KeyError, TypeError, ValueError) as broken:
        raise _damaged(name) from broken
    return LoadedReports(reports, current["version"], expected, imported_at)


def history(folder: Path) -> list[dict[str, Any]]:
    """Return what each import did, the oldest first."""
    manifest = _manifest(folder)
    return [] if manifest is None else list(manifest["versions"])


def write_version(
    folder: Path, reports: Sequence[TrialReport], *, base: int, at: datetime, what: Mapping[str, object]
) -> LoadedReports:
    """Make reports the current version.

    Parameters
    ----------
    base
        The version that they were made from; where the folder has another by now, nothing is written.
    at
        When; with its offset from UTC.
    what
        What the import did, for the history: sha256 of the spreadsheet, counts.

    Raises
    ------
    TableError
        Another import came in between or is under way, or the disk refuses.
    DataDamaged
        What is there cannot be read.
    """
    content = _written(reports)
    part = folder / (MANIFEST + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    with held_alone(part):
        manifest = _manifest(folder) or {"schema_version": SCHEMA_VERSION, "current": 0, "versions": []}
        if manifest["current"] != base:
            raise TableError(
                vi=f"Đã có lần nhập khác (phiên bản {manifest['current']}) sau khi đối chiếu. Hãy chạy lại.",
                en=f"Another import (version {manifest['current']}) came in between. Run again.",
                field="reports",
            )
        version = max((one["version"] for one in manifest["versions"]), default=0) + 1
        sha256 = hashlib.sha256(content).hexdigest()
        entry = {
            "version": version,
            "sha256": sha256,
            "rows": len(reports),
            "imported_at": at.isoformat(timespec="seconds"),
            **what,
        }
        name = folder / VERSIONS / f"{version:04d}.csv"
        now = {**manifest, "current": version, "versions": [*manifest["versions"], entry]}
        try:
            name.parent.mkdir(exist_ok=True)
            write_through(name.with_suffix(".csv.part"), content)
            name.with_suffix(".csv.part").replace(name)
            write_through(part, (json.dumps(now, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
            part.replace(folder / MANIFEST)
        except OSError as error:
            raise cannot_write(folder, error) from error
    return LoadedReports(tuple(reports), version, sha256, at)


def _manifest(folder: Path) -> dict[str, Any] | None:
    path = folder / MANIFEST
    try:
        held = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as broken:
        raise _damaged(MANIFEST) from broken
    if (
        not isinstance(held, dict)
        or held.get("schema_version") != SCHEMA_VERSION
        or not isinstance(held.get("versions"), list)
        or not isinstance(held.get("current"), int)
    ):
        raise _damaged(MANIFEST)
    return held


def _written(reports: Sequence[TrialReport]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(report) for report in reports)
    return text.getvalue().encode("utf-8")


def _report(row: Mapping[str, str]) -> TrialReport:
    def whole(name: str) -> int | None:
        return int(row[name]) if row[name] else None

    def number(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    return TrialReport(
        ward_code=row["ward_code"],
        day=date.fromisoformat(row["day"]),
        content=int(row["content"]),
        scenarios=whole("scenarios"),
        received=whole("received"),
        resolved=whole("resolved"),
        on_time=whole("on_time"),
        median_minutes=number("median_minutes"),
        satisfaction_pct=number("satisfaction_pct"),
        issues=row["issues"],
    )


def _damaged(name: str) -> DataDamaged:
    return DataDamaged(
        vi=f"Không đọc được báo cáo thử nghiệm: tệp {name} trong thư mục báo cáo thiếu, hỏng hoặc bị sửa. "
        "Hãy khôi phục thư mục từ bản sao lưu.",
        en=f"The trial reports cannot be read: the file {name} of their folder is missing, damaged or edited. Restore "
        "the folder from a backup.",
    )
