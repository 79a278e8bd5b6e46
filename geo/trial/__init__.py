"""The trial of 20-26 June 2025: reports of the wards, from the spreadsheet to the figures of the city."""

from __future__ import annotations

from geo.trial.annex import annex_csv, annex_workbook
from geo.trial.changes import Changed, Changes, compare
from geo.trial.figures import DESCRIBED, Figure, TrialFigures, Unit
from geo.trial.importing import ImportPlan, commit_import, plan_import
from geo.trial.reading import Problem, Reading, read_reports
from geo.trial.report_folder import LoadedReports, history, read_folder
from geo.trial.template import write_template

__all__ = [
    "DESCRIBED",
    "Changed",
    "Changes",
    "Figure",
    "ImportPlan",
    "LoadedReports",
    "Problem",
    "Reading",
    "TrialFigures",
    "Unit",
    "annex_csv",
    "annex_workbook",
    "commit_import",
    "compare",
    "history",
    "plan_import",
    "read_folder",
    "read_reports",
    "write_template",
]
