"""The one question that would shrink a set most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Question, RouteOutcome, Text

if TYPE_CHECKING:
    from geo.model import Candidate
    from geo.routing.case import Case
    from geo.routing.units import Resolution

MOST_NAMED = 6
"""A question that names more wards is none."""

_WHICH_IS_RIGHT = Text(
    "Thông tin nào đúng? Hãy xác minh lại địa chỉ hoặc toạ độ.",
    "Which is right? Verify the address or the coordinates.",
)
_WHICH_COMMUNE = Text(
    "Địa chỉ thuộc xã, phường nào, quận, huyện nào trước 01/7/2025?",
    "In which commune and district was it before 1 July 2025?",
)


def question_for(case: Case, outcome: RouteOutcome, candidates: tuple[Candidate, ...]) -> Question:
    """Return the question; its key is the same for all cases that one answer would settle or narrow."""
    resolution = case.resolution
    where = _where(resolution)
    if outcome is RouteOutcome.CONFLICT:
        return Question(f"conflict:{where}", _WHICH_IS_RIGHT)
    if resolution is None or not candidates:
        return Question("commune", _WHICH_COMMUNE)
    if not resolution.named and case.located is None:
        listed = ", ".join(resolution.districts)
        text = Text(f"Địa chỉ thuộc xã, phường cũ nào của {listed}?", f"In which old commune of {listed} is it?")
        return Question(f"commune:{where}", text)
    if len(candidates) > MOST_NAMED:
        listed = ", ".join(resolution.districts) or where
        text = Text(
            f"Địa chỉ thuộc xã, phường nào trước 01/7/2025 ({listed})?",
            f"In which commune was it before 1 July 2025 ({listed})?",
        )
        return Question(f"commune:{where}", text)
    return _which_ward(case, where, candidates)


def _which_ward(case: Case, where: str, candidates: tuple[Candidate, ...]) -> Question:
    """Ask what tells the candidates apart: the street's place, the number's, the village's, or the street's name."""
    reading = case.reading
    names = [candidate.ward.full_name for candidate in candidates]
    vi, en = " hay ".join(names), " or ".join(names)
    street = reading.street_text
    if reading.street and case.located is None:
        return Question(f"street:{where}:{reading.street}", Text(f"{street} nằm ở {vi}?", f"Is {street} in {en}?"))
    if reading.street:
        text = Text(
            f"Số nhà hoặc ngõ này trên {street} nằm ở {vi}? Ghim vị trí trên bản đồ là rõ.",
            f"Is this number or alley of {street} in {en}? A pin on the map settles it.",
        )
        return Question(f"number:{where}:{reading.street}", text)
    if reading.places:
        key, written = reading.places[0]
        return Question(f"place:{where}:{key}", Text(f"“{written}” nằm ở {vi}?", f"Is “{written}” in {en}?"))
    text = Text(f"Địa chỉ ở đường, phố hay thôn nào ({vi})?", f"On which street or in which village is it ({en})?")
    return Question(f"street-of:{where}", text)


def _where(resolution: Resolution | None) -> str:
    return "+".join(resolution.old_codes or resolution.new_codes or resolution.districts) if resolution else ""
