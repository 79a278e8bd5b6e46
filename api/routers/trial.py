"""The trial of 20-26 June 2025: what is public about it, and the reports that the operator has loaded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.dependencies import AsOf, LanguageDep, ServicesDep, reject_unknown_parameters
from api.errors import problem_responses
from api.reference import reference_response, reference_responses
from api.routers.wards import find_ward
from api.trial_schemas import Trial, TrialReports
from api.trial_views import gaps_out, report_out, selection_figures, trial_out
from api.views import provenance
from geo.errors import UnknownGeneration, UnknownUnit

if TYPE_CHECKING:
    from pydantic import BaseModel

    from api.services import Services
    from geo.errors import Language
    from geo.model import Ward
    from maps.trial_view import TrialView

router = APIRouter(prefix="/v1/trial", tags=["trial"], dependencies=[Depends(reject_unknown_parameters)])

_RESPONSES = reference_responses() | problem_responses(400, 404, 422)

OneWard = Annotated[
    str | None, Query(pattern=r"^\d{5}$", description="Only this ward of 1 July 2025.", examples=["00070"])
]
OneDay = Annotated[date | None, Query(description="Only this day of the trial.", examples=["2025-06-20"])]
OneContent = Annotated[int | None, Query(ge=1, le=10, description="Only this content group.", examples=[4])]


@router.get(
    "", operation_id="getTrial", summary="The trial of 20-26 June 2025", response_model=Trial, responses=_RESPONSES
)
def get_trial(request: Request, services: ServicesDep, lang: LanguageDep, as_of: AsOf = None) -> Response:
    """Give the plan, the participation of the 126 wards, branches and working groups, each with its source.

    What no source says is null or empty. ``reports`` tells whether figures of wards are loaded.
    """
    view = _view(services, as_of)
    return _fresh(request, services, trial_out(view, lang, **provenance(services, view.generation, lang)))


@router.get(
    "/reports",
    operation_id="listTrialReports",
    summary="Reports of the wards",
    response_model=TrialReports,
    responses=_RESPONSES,
)
def list_trial_reports(
    request: Request,
    services: ServicesDep,
    lang: LanguageDep,
    ward: OneWard = None,
    day: OneDay = None,
    content: OneContent = None,
    as_of: AsOf = None,
) -> Response:
    """List what wards reported, by ward, day and content group, with the figures of the choice and its gaps.

    At most 8,820 reports: 126 wards, 7 days, 10 content groups. ``loaded`` is false where the operator has loaded none.
    """
    view = _view(services, as_of)
    asked = _wards(services, view, ward, lang)
    _check_day(view, day)
    chosen = view.figures.chosen(ward=ward, day=day, content=content)
    listing = TrialReports(
        loaded=view.any_reports,
        version=view.loaded.version,
        imported_at=view.loaded.imported_at,
        count=len(chosen),
        wards_reporting=len({report.ward_code for report in chosen}),
        items=[report_out(report, view) for report in chosen],
        figures=selection_figures(view, lang, ward=ward, day=day, content=content),
        gaps=gaps_out(view, asked, day=day, content=content),
        **provenance(services, view.generation, lang),
    )
    return _fresh(request, services, listing)


def _view(services: Services, as_of: AsOf) -> TrialView:
    """Return facts and reports as they are now.

    Raises
    ------
    UnknownUnit
        The day is before the wards existed.
    DataDamaged
        The reports that are there cannot be read.
    """
    if services.index(as_of).approximate:
        raise UnknownUnit(
            vi=f"Đợt thử nghiệm được ghi theo 126 phường, xã có từ 01/07/2025 (as_of={as_of}).",
            en=f"The trial is recorded by the 126 wards, which exist since 2025-07-01 (as_of={as_of}).",
            field="as_of",
        )
    view = services.trial.view()
    if view.trouble:
        raise view.trouble
    return view


def _wards(services: Services, view: TrialView, code: str | None, lang: Language) -> list[Ward]:
    """Return the wards asked for; see `find_ward`."""
    return list(view.wards) if code is None else [find_ward(services, services.index(), code, lang, field="ward")]


def _check_day(view: TrialView, day: date | None) -> None:
    """Refuse a day that is none of the trial's.

    Raises
    ------
    UnknownGeneration
        It is not.
    """
    days = view.figures.facts.days
    if day is not None and day not in days:
        raise UnknownGeneration(
            vi=f"{day:%d/%m/%Y} không phải ngày thử nghiệm; có từ {days[0]:%d/%m/%Y} đến {days[-1]:%d/%m/%Y}.",
            en=f"{day} is no day of the trial, which went from {days[0]} to {days[-1]}.",
            field="day",
        )


def _fresh(request: Request, services: Services, content: BaseModel) -> Response:
    """Answer with an ETag; an import may put new reports in place at any time."""
    answer = reference_response(request, services, content)
    answer.headers["Cache-Control"] = "no-cache"
    return answer
