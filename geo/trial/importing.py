"""From a filled-in spreadsheet to the reports kept: what an import would do, and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import TableError
from geo.trial.changes import Changes, compare
from geo.trial.reading import Reading, read_reports
from geo.trial.report_folder import LoadedReports, read_folder, write_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from geo.model import TrialFacts, Ward


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    Parameters
    ----------
    changes
        As if only the rows in which nothing is wrong were there.
    partial
        True where those rows may be imported though others are left out.
    """

    folder: Path
    base: LoadedReports
    reading: Reading
    changes: Changes
    partial: bool

    @property
    def refused(self) -> bool:
        """True where nothing may be written, because something is wrong."""
        return bool(self.reading.problems) and not self.partial


def plan_import(
    path: Path,
    folder: Path,
    *,
    facts: TrialFacts,
    wards: Sequence[Ward],
    sheet: str | None = None,
    whole: bool = False,
    partial: bool = False,
) -> ImportPlan:
    """Read a spreadsheet, check it and compare it with the reports kept; writes nothing.

    Parameters
    ----------
    path
        The spreadsheet; see `read_reports`.
    folder
        Where the reports are kept; need not be there yet.
    whole
        True where the spreadsheet holds all reports, so that those it lacks are removed.
    partial
        True where the rows in which nothing is wrong may go in without the others. Not together with `whole`.

    Raises
    ------
    TableError
        The spreadsheet is none, or lacks a column that every report needs.
    DataDamaged
        The reports kept cannot be read.
    """
    if whole and partial:
        raise TableError(
            vi="Không thể vừa coi tệp là toàn bộ báo cáo vừa bỏ bớt dòng sai: báo cáo đúng đã có sẽ bị xoá theo.",
            en="A file cannot both stand for all reports and have rows left out: good reports would go with them.",
            field="partial",
        )
    base = read_folder(folder)
    reading = read_reports(path, facts=facts, wards=wards, sheet=sheet)
    if whole and not reading.reports and not reading.problems:
        raise TableError(
            vi="Tệp không có báo cáo nào; không thể coi đó là toàn bộ báo cáo.",
            en="The file holds no report; it cannot stand for all of them.",
            field="whole",
        )
    return ImportPlan(folder, base, reading, compare(base.reports, reading.reports, whole=whole), partial)


def commit_import(plan: ImportPlan, *, at: datetime) -> LoadedReports:
    """Write what a plan says.

    Raises
    ------
    TableError
        The plan is refused, another import came in between, or the disk refuses.
    """
    if plan.refused:
        raise TableError(vi="Bảng còn chỗ sai; chưa ghi gì.", en="Something is wrong in the table; nothing is written.")
    what = {
        "file_sha256": plan.reading.sha256,
        "file_rows": plan.reading.rows,
        "unfilled": plan.reading.unfilled,
        "left_out": len(plan.reading.left_out),
        "added": len(plan.changes.added),
        "changed": len(plan.changes.changed),
        "removed": len(plan.changes.removed),
    }
    return write_version(plan.folder, plan.changes.after, base=plan.base.version, at=at, what=what)
