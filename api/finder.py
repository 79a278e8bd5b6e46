"""What the page at ``/`` answers to a form: coordinates by the point look-up, everything else by the router."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from api.private_routing import private_routing
from api.route_views import attribution, notices
from geo.crs import from_lonlat, parse_coordinate
from geo.errors import HanoiWardsError, InvalidCoordinate
from geo.locate import LARGEST_RADIUS_M
from geo.model import RouteOutcome, RouteQuery
from maps.finder_files import finder_files
from maps.finder_words import finder_words
from maps.route_view import NOT_LISTED, route_view, with_number, with_street
from maps.ward_card import Answer, answer_address, answer_point
from maps.ward_finder import Question
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.metrics import Metrics
    from api.services import Services
    from geo.errors import Language
    from maps.finder_files import FinderFiles

_NO_WORDS = re.compile(r"(?=.*\d)[\W\d_]*(?:[NSEWBĐXY][\W\d_]*)*|\s*https?://.*", re.IGNORECASE | re.DOTALL)
"""What can only be meant for coordinates: figures and signs, with the letters that coordinates have; or a link."""


_ANSWERS = ("choice", "street", "number")


def page_files(services: Services) -> FinderFiles:
    """Return the files of the page for the data that are served."""
    return finder_files(services.index(), services.crosswalk, services.store)


def answer_form(
    services: Services, metrics: Metrics, form: Mapping[str, str], lang: Language
) -> tuple[Question, Answer | None]:
    """Answer one form.

    Parameters
    ----------
    form
        ``lon``, ``lat`` and perhaps ``accuracy``: a place that was shown. Otherwise ``q``, as typed; ``choice``,
        ``street`` and ``number`` are answers to the question that came with the last answer to it, and ``step`` says
        that there was one.
    """
    if "lon" in form or "lat" in form:
        return _shown(services, form, lang)
    text, unlisted = _text_so_far(form)
    if not text:
        return Question("", finder_words(lang)["empty"]), None
    try:
        coordinate = parse_coordinate(text)
    except HanoiWardsError as error:
        if _NO_WORDS.fullmatch(text):
            return Question(text, error.message(lang)), None
        answered = any(form.get(name, "").strip() for name in _ANSWERS)
        return _address(services, metrics, text, lang, unlisted=unlisted, unanswered="step" in form and not answered)
    understood = list(coordinate.notices(lang))
    return Question(text), answer_point(
        services.index(),
        services.crosswalk,
        lon=coordinate.lon,
        lat=coordinate.lat,
        lang=lang,
        understood=understood,
    )


def _text_so_far(form: Mapping[str, str]) -> tuple[str, bool]:
    """Return the address with the last answer put into it, and whether that answer was "not in the list"."""
    text, choice, street, number = (form.get(name, "").strip() for name in ("q", *_ANSWERS))
    if choice and choice != NOT_LISTED:
        return choice, False
    if street:
        return with_street(text, street), False
    if number and choice != NOT_LISTED:
        return with_number(text, number), False
    return text, choice == NOT_LISTED


def _shown(services: Services, form: Mapping[str, str], lang: Language) -> tuple[Question, Answer | None]:
    typed = form.get("q", "").strip()
    try:
        lon, lat, accuracy = (_number(form, name) for name in ("lon", "lat", "accuracy"))
        _refuse_rough(accuracy)
        coordinate = from_lonlat(lon=math.nan if lon is None else lon, lat=math.nan if lat is None else lat)
        answer = answer_point(
            services.index(),
            services.crosswalk,
            lon=coordinate.lon,
            lat=coordinate.lat,
            lang=lang,
            accuracy_m=accuracy,
        )
    except HanoiWardsError as error:
        return Question(typed, error.message(lang)), None
    return Question(typed), answer


def _address(
    services: Services, metrics: Metrics, text: str, lang: Language, *, unlisted: bool, unanswered: bool
) -> tuple[Question, Answer | None]:
    with private_routing(services.router, metrics) as decide:
        decision = decide(RouteQuery(address=text))
    words = finder_words(lang)
    reason = decision.reason.message(lang)
    if decision.outcome is RouteOutcome.CONFLICT and decision.question:
        return Question(text, decision.question.text.message(lang), heading=words["conflict"], detail=reason), None
    if decision.outcome is RouteOutcome.INSUFFICIENT and not decision.candidates:
        return Question(text, words["unknown_more"], heading=words["unknown"], detail=reason), None
    view = route_view(
        decision,
        services.crosswalk,
        page_files(services).street_names,
        lang,
        text=text,
        notices=notices(decision, lang),
        credit=attribution([decision], lang).removeprefix(ATTRIBUTION[lang]).strip(),  # the rest is the page's foot
        unlisted=unlisted,
    )
    question = Question(text)
    if unanswered and view.step:
        field = "choice" if view.choices else view.step
        question = Question(text, words[f"unanswered_{view.step}"], field)
    return question, answer_address(services.index(), services.crosswalk, decision, view, lang)


def _refuse_rough(accuracy_m: float | None) -> None:
    if accuracy_m is not None and accuracy_m > LARGEST_RADIUS_M:
        km = round(accuracy_m / 1000) if math.isfinite(accuracy_m) else "∞"
        raise InvalidCoordinate(
            vi=f"Thiết bị chỉ biết vị trí trong vòng khoảng {km} km, không đủ để biết phường, xã. Hãy nhập toạ độ "
            "hoặc chạm vào bản đồ.",
            en=f"The device knows its position only within about {km} km, not enough to tell the ward. Type "
            "coordinates or press the map.",
            field="accuracy",
        )


def _number(form: Mapping[str, str], name: str) -> float | None:
    if name not in form:
        return None
    try:
        return float(form[name])
    except ValueError:
        raise InvalidCoordinate(
            vi=f"{name} phải là một số, nhận được {form[name]!r}.",
            en=f"{name} must be a number, got {form[name]!r}.",
            field=name,
        ) from None
