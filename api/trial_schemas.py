"""The shapes of answers about the trial of 20-26 June 2025."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.schemas import Answer, Code, WardBrief
from geo.model import PhaseKey
from geo.trial import Unit

ContentNumber = Annotated[int, Field(ge=1, le=10, description="Number of the content group.", examples=[4])]


class SourceOut(BaseModel):
    """Where something is said."""

    title: str
    url: str | None


class PhaseOut(BaseModel):
    """A phase of plan 341-KH/TU."""

    key: PhaseKey
    first_day: date
    last_day: date
    name: str
    what: str
    source: SourceOut


class ContentOut(BaseModel):
    """One of the ten content groups."""

    number: ContentNumber
    name: str
    what: str
    our_reading: bool = Field(description="True where the source names it but does not number it among the ten.")
    source: SourceOut


class ParticipationOut(WardBrief):
    """A ward that took part, and what says so."""

    source: SourceOut
    named: str | None = Field(description="What the press says of this very ward; null where nothing.")
    named_source: SourceOut | None


class BranchOut(BaseModel):
    """A branch of the Public Administration Service Centre; null and empty where no source says it."""

    number: int
    address: str | None
    serves: str | None
    ward_codes: list[Code]
    premises_id: str | None = Field(description="The known premises of a ward at the same address.")
    sources: list[SourceOut]


class GroupDistrictOut(BaseModel):
    """An old district that a source saw a working group work with."""

    code: str
    name: str
    source: SourceOut


class GroupOut(BaseModel):
    """A working group of Quyết định 2844/QĐ-UBND; null and empty where no source says it."""

    number: int
    head: str | None
    districts: list[GroupDistrictOut]


class LoadedReports(BaseModel):
    """What the operator has loaded."""

    loaded: bool = Field(description="False where no report of any ward is loaded: then no figure is known.")
    version: int = Field(description="Number of the import; 0 where there was none.")
    imported_at: datetime | None


class Trial(Answer):
    """What is public about the trial, and whether reports are loaded."""

    days: list[date] = Field(description="The days on which wards reported.")
    phases: list[PhaseOut]
    contents: list[ContentOut]
    participation: list[ParticipationOut]
    branches: list[BranchOut]
    branches_source: SourceOut
    groups: list[GroupOut]
    groups_source: SourceOut
    group_heads: list[str] = Field(description="As published, without the numbers of their groups.")
    reports: LoadedReports


class TrialReportOut(BaseModel):
    """What one ward reported of one content group on one day; null where it did not say, which is not nought."""

    ward_code: Code
    ward_name: str
    day: date
    content: ContentNumber
    scenarios: int | None
    received: int | None
    resolved: int | None
    on_time: int | None
    median_minutes: float | None
    satisfaction_pct: float | None
    issues: str = Field(description="Shortcomings noted; empty where none are.")


class TrialFigureOut(BaseModel):
    """One figure of the reports asked for; null where none of them gives it."""

    key: Literal[
        "on_time_pct", "resolved_pct", "median_minutes", "satisfaction_pct", "received", "resolved", "on_time",
        "scenarios", "issues", "reports",
    ]  # fmt: skip
    name: str
    unit: Unit
    value: float | None
    how: str = Field(description="How the figure of several reports comes about.")


class TrialGapOut(BaseModel):
    """The content groups of which a ward has no report on a day."""

    ward_code: Code
    ward_name: str
    day: date
    contents: list[ContentNumber]


class TrialReports(LoadedReports, Answer):
    """The reports asked for, their figures and what is missing; all empty where none are loaded."""

    count: int
    wards_reporting: int = Field(description="How many of the wards asked for have a report.")
    items: list[TrialReportOut]
    figures: list[TrialFigureOut]
    gaps: list[TrialGapOut]
