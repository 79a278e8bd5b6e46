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
import os
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.errors import DataDamaged, TableError
from geo.model import TrialReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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


def read_folder(folder: Path) -> LoadedReports:
    """Read the current reports; none where nothing was imported into the folder yet.

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
    with _being_written(folder) as part:
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
        name.parent.mkdir(exist_ok=True)
        _write_through(name.with_suffix(".csv.part"), content)
        name.with_suffix(".csv.part").replace(name)
        now = {**manifest, "current": version, "versions": [*manifest["versions"], entry]}
        _write_through(part, (json.dumps(now, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
        part.replace(folder / MANIFEST)
    return LoadedReports(tuple(reports), version, sha256, at)


@contextmanager
def _being_written(folder: Path) -> Iterator[Path]:
    """Give the manifest's file aside; that it is there keeps every other import out."""
    part = folder / (MANIFEST + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.open("xb").close()
    except FileExistsError as error:
        raise TableError(
            vi=f"“{part}” đã có: một lần nhập khác đang ghi, hoặc đã bị ngắt. Nếu không còn chạy, hãy xoá nó.",
            en=f"“{part}” exists: another import is writing, or was killed. If none is running, delete it.",
            field="reports",
        ) from error
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        yield part
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refused(folder, error) from error
        raise


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        # Without this a power cut after the renaming could leave the name on an empty file.
        os.fsync(file.fileno())


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


def _refused(folder: Path, error: OSError) -> TableError:
    reason = error.strerror or str(error)
    return TableError(
        vi=f"Không ghi được “{folder}”: {reason}.", en=f"Cannot write “{folder}”: {reason}.", field="reports"
    )
