"""From a decision to what is shown, in Vietnamese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.views import old_brief, ward_brief
from geo.model import EvidenceKind, RouteOutcome, Text
from maps.words import ATTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.errors import Language
    from geo.model import NamedUnit, ParsedAddress, RouteDecision

SCORE_DECIMALS = 4

OSM, GEONAMES = "OpenStreetMap", "GeoNames"
"""How the sources of evidence name the two whose licences ask for a credit."""

_CREDITS = {
    OSM: Text(
        vi="Đường, ngõ, số nhà, địa danh: © những người đóng góp OpenStreetMap, ODbL 1.0.",
        en="Streets, alleys, house numbers, places: © OpenStreetMap contributors, ODbL 1.0.",
    ),
    GEONAMES: Text(vi="Tên thôn, làng: GeoNames, CC BY 4.0.", en="Names of villages: GeoNames, CC BY 4.0."),
}

_EARNED = Text(
    vi="Căn cứ chưa loại hết phường, xã khác: nơi này được chọn vì điểm {score}, nhờ đường, số nhà hoặc địa danh. "
    "Điểm không phải xác suất; việc quan trọng thì nên kiểm tra lại.",
    en="The evidence does not exclude every other ward: this one is chosen for its score of {score}, by street, number "
    "or place name. A score is no probability; check where it matters.",
)
_RANKED = Text(
    vi="Thứ tự và điểm ước lượng từ đường phố đã có trên bản đồ và hình gần đúng của xã, phường cũ.",
    en="Order and scores are estimated from mapped streets and the approximate shapes of the old communes.",
)
_VILLAGES = Text(
    vi="Vị trí thôn, làng theo GeoNames thường lệch đến 1 km.",
    en="Positions of villages from GeoNames are often up to 1 km off.",
)
_NEAR_BORDER = Text(
    vi="Toạ độ sát ranh giới hoặc chưa đủ chính xác: có thể ở phường, xã bên cạnh.",
    en="The coordinates are near a border or not exact enough: it may be the ward next to it.",
)


def route_result(decision: RouteDecision, lang: Language) -> dict[str, Any]:
    """Describe a decision; the members of `RouteResult`."""
    said = notices(decision, lang)
    question = decision.question
    return {
        "outcome": decision.outcome,
        "candidates": [
            {
                **ward_brief(candidate.ward).model_dump(),
                "score": round(candidate.score, SCORE_DECIMALS),
                "clauses": candidate.clauses,
            }
            for candidate in decision.candidates
        ],
        "reason": decision.reason.message(lang),
        "question": None if question is None else {"key": question.key, "text": question.text.message(lang)},
        "evidence": [
            {
                "kind": evidence.kind,
                "text": evidence.text.message(lang),
                "source": evidence.source,
                "wards": evidence.wards,
                "clauses": evidence.clauses,
            }
            for evidence in decision.evidence
        ],
        "parsed": _parsed(decision.parsed),
        "old_units": [old_brief(unit).model_dump() for unit in decision.old_units],
        "subject": decision.subject,
        "approximate": bool(said),
        "notices": said,
    }


def route_answer(decision: RouteDecision, lang: Language) -> dict[str, Any]:
    """Describe a decision with the data that it was made from; the members of `RouteAnswer`."""
    return {
        **route_result(decision, lang),
        "generation": decision.generation,
        "data_version": decision.data_version,
        "attribution": attribution([decision], lang),
    }


def attribution(decisions: Iterable[RouteDecision], lang: Language) -> str:
    """Name everybody whose data the decisions rest on."""
    used: set[str] = set()
    for decision in decisions:
        used |= {name for evidence in decision.evidence for name in _CREDITS if name in evidence.source}
        if len(decision.candidates) > 1:  # ranked by mapped streets
            used.add(OSM)
    return " ".join([ATTRIBUTION[lang], *(_CREDITS[name].message(lang) for name in _CREDITS if name in used)])


def notices(decision: RouteDecision, lang: Language) -> list[str]:
    """Say in words what is approximate about a decision; empty where only the law's wording decided."""
    positions = [evidence for evidence in decision.evidence if evidence.kind is EvidenceKind.COORDINATES]
    in_doubt = any(len(evidence.wards) > 1 for evidence in positions)
    best = round(decision.candidates[0].score, SCORE_DECIMALS) if decision.candidates else 1.0
    said = []
    if decision.outcome is RouteOutcome.ASSIGNED and best < 1:
        said.append(_EARNED.message(lang).format(score=f"{best:.3f}"))
    elif len(decision.candidates) > 1 and not in_doubt:
        said.append(_RANKED.message(lang))
    if any(GEONAMES in evidence.source for evidence in decision.evidence):
        said.append(_VILLAGES.message(lang))
    if in_doubt:
        said.append(_NEAR_BORDER.message(lang))
    return said


def _parsed(parsed: ParsedAddress) -> dict[str, Any]:
    return {
        "text": parsed.text,
        "house": parsed.house,
        "alleys": parsed.alleys,
        "street": parsed.street,
        "place": parsed.place,
        "communes": [_named(unit) for unit in parsed.communes],
        "districts": [_named(unit) for unit in parsed.districts],
        "province": parsed.province,
        "unread": parsed.unread,
    }


def _named(unit: NamedUnit) -> dict[str, Any]:
    return {"name": unit.name, "type": unit.type, "old": unit.old}
