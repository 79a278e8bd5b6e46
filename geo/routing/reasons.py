"""Why a decision came out as it did, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import RouteOutcome, Text

if TYPE_CHECKING:
    from geo.model import Candidate
    from geo.routing.case import Case

_NOTHING = Text(
    "Chưa đủ thông tin: địa chỉ không nêu xã, phường, quận, huyện hay tên đường nào biết được.",
    "Not enough to say: the address names no commune, district or street that is known.",
)
_MOST_NAMED = 6


def reason_for(case: Case, outcome: RouteOutcome, candidates: tuple[Candidate, ...]) -> Text:
    """Return the reason: what came out, and then the evidence with its khoản."""
    vi = "; ".join([evidence.text.vi for evidence in case.evidence])
    en = "; ".join([evidence.text.en for evidence in case.evidence])
    if outcome is RouteOutcome.ASSIGNED:
        name = candidates[0].ward.full_name
        return Text(f"{name}: {vi}.", f"{name}: {en}.")
    if outcome is RouteOutcome.OUTSIDE:
        assert case.outside is not None
        return Text(f"{case.outside.vi}.", f"{case.outside.en}.")
    if outcome is RouteOutcome.CONFLICT:
        said = case.conflict or _mismatch(case)
        return Text(f"Mâu thuẫn: {said.vi}; {vi}.", f"Contradiction: {said.en}; {en}.")
    if outcome is RouteOutcome.CHOOSE:
        names = ", ".join([candidate.ward.full_name for candidate in candidates[:_MOST_NAMED]])
        count = len(candidates)
        return Text(f"Một trong {count} nơi ({names}): {vi}.", f"One of {count} ({names}): {en}.")
    return _insufficient(case, vi, en)


def _mismatch(case: Case) -> Text:
    reading, query = case.reading, case.query
    commune = query.old_ward.strip() or ", ".join(unit.text for unit in reading.communes)
    district = query.district.strip() or ", ".join(unit.text for unit in reading.districts)
    if not district:
        return Text(
            f"{commune}: luật không chuyển phần nào của đơn vị cũ về đơn vị mới này",
            f"{commune}: the law sent no part of the old unit to the new one",
        )
    return Text(f"{commune} không thuộc {district}", f"{commune} did not lie in {district}")


def _insufficient(case: Case, vi: str, en: str) -> Text:
    unknown = case.resolution.unknown if case.resolution else ()
    if unknown:
        listed = ", ".join(f"“{name}”" for name in unknown)
        vi = "; ".join(filter(None, (f"không có xã, phường nào tên {listed}", vi)))
        en = "; ".join(filter(None, (f"no commune is called {listed}", en)))
    return Text(f"Chưa đủ thông tin: {vi}.", f"Not enough to say: {en}.") if vi else _NOTHING
