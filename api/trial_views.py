"""The trial as the API says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.trial_schemas import (
    BranchOut,
    ContentOut,
    GroupDistrictOut,
    GroupOut,
    LoadedReports,
    ParticipationOut,
    PhaseOut,
    SourceOut,
    Trial,
    TrialFigureOut,
    TrialGapOut,
    TrialReportOut,
)
from api.views import ward_brief
from geo.trial import DESCRIBED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.errors import Language
    from geo.model import BranchFact, SourceRef, TrialReport, Ward, WorkingGroupFact
    from maps.trial_view import TrialView


def trial_out(view: TrialView, lang: Language, **provenance: Any) -> Trial:
    """Describe the trial: what is public, and whether reports are loaded."""
    facts = view.figures.facts
    wards = {ward.code: ward for ward in view.wards}
    return Trial(
        days=list(facts.days),
        phases=[
            PhaseOut(
                key=phase.key,
                first_day=phase.first_day,
                last_day=phase.last_day,
                name=phase.name.message(lang),
                what=phase.what.message(lang),
                source=_source(phase.source),
            )
            for phase in facts.phases
        ],
        contents=[
            ContentOut(
                number=content.number,
                name=content.short.message(lang),
                what=content.what.message(lang),
                our_reading=content.our_reading,
                source=_source(content.source),
            )
            for content in facts.contents
        ],
        participation=[
            ParticipationOut(
                **ward_brief(wards[one.ward_code]).model_dump(),
                source=_source(one.source),
                named=one.named.message(lang) if one.named else None,
                named_source=_source(one.named_source) if one.named_source else None,
            )
            for one in facts.participation
        ],
        branches=[_branch(branch, lang) for branch in facts.branches],
        branches_source=_source(facts.branches_source),
        groups=[_group(group) for group in facts.groups],
        groups_source=_source(facts.groups_source),
        group_heads=list(facts.heads),
        reports=LoadedReports(
            loaded=view.any_reports, version=view.loaded.version, imported_at=view.loaded.imported_at
        ),
        **provenance,
    )


def report_out(report: TrialReport, view: TrialView) -> TrialReportOut:
    """Describe one report."""
    return TrialReportOut(
        ward_code=report.ward_code,
        ward_name=view.names[report.ward_code],
        day=report.day,
        content=report.content,
        scenarios=report.scenarios,
        received=report.received,
        resolved=report.resolved,
        on_time=report.on_time,
        median_minutes=report.median_minutes,
        satisfaction_pct=report.satisfaction_pct,
        issues=report.issues,
    )


def selection_figures(
    view: TrialView, lang: Language, *, ward: str | None, day: date | None, content: int | None
) -> list[TrialFigureOut]:
    """Return every figure of a choice; none where no reports are loaded."""
    if not view.any_reports:
        return []
    return [
        TrialFigureOut.model_validate(
            {
                "key": figure.name.lower(),
                "name": about.name.message(lang),
                "unit": about.unit,
                "value": view.figures.value(figure, ward=ward, day=day, content=content),
                "how": about.how.message(lang),
            }
        )
        for figure, about in DESCRIBED.items()
    ]


def gaps_out(view: TrialView, wards: Sequence[Ward], *, day: date | None, content: int | None) -> list[TrialGapOut]:
    """Return, ward by ward and day by day, the content groups without a report; none where no reports are loaded."""
    if not view.any_reports:
        return []
    return [
        TrialGapOut(ward_code=ward.code, ward_name=ward.full_name, day=gap_day, contents=contents)
        for ward in wards
        for gap_day, contents in view.figures.gaps(ward.code, day=day, content=content)
    ]


def _source(source: SourceRef) -> SourceOut:
    return SourceOut(title=source.title, url=source.url)


def _branch(branch: BranchFact, lang: Language) -> BranchOut:
    return BranchOut(
        number=branch.number,
        address=branch.address,
        serves=branch.serves.message(lang) if branch.serves else None,
        ward_codes=list(branch.ward_codes),
        premises_id=branch.premises_id,
        sources=[_source(source) for source in branch.sources],
    )


def _group(group: WorkingGroupFact) -> GroupOut:
    districts = [GroupDistrictOut(code=one.code, name=one.name, source=_source(one.source)) for one in group.districts]
    return GroupOut(number=group.number, head=group.head, districts=districts)
