"""A router that knows the law and nothing else: enough to see that the right address is asked the right way."""

from __future__ import annotations

from geo.crosswalk import Crosswalk
from geo.model import (
    Candidate,
    ParsedAddress,
    Question,
    RouteDecision,
    RouteOutcome,
    RouteQuery,
    Text,
)


class LawRouter:
    """Reads "…, commune, district" (or the columns for them) and follows the crosswalk.

    "Hải Phòng" is another province, "mâu thuẫn" contradicts itself, and "hỏng" is a fault of the program.
    """

    generation = "2025-07-01"
    data_version = "law"

    def __init__(self, crosswalk: Crosswalk) -> None:
        self._crosswalk = crosswalk
        self.asked: list[RouteQuery] = []

    def route(self, query: RouteQuery) -> RouteDecision:
        self.asked.append(query)
        if "hỏng" in query.address:
            raise KeyError(query.address)
        if "Hải Phòng" in query.address:
            return self._decision(query, RouteOutcome.OUTSIDE)
        parts = [part.strip() for part in query.address.split(",")]
        commune = parts[-2] if len(parts) > 1 else query.old_ward
        district = parts[-1] if len(parts) > 1 else query.district
        found = self._crosswalk.readings_of_name(commune, district=district or None).old_units if commune else ()
        if not found:
            return self._decision(query, RouteOutcome.INSUFFICIENT, question=("address", "Địa chỉ ở đâu?"))
        wards = {
            ward.code: ward for unit in found for _, ward in self._crosswalk.destinations(unit.code, query.subject)
        }
        candidates = tuple(Candidate(ward, 1 / len(wards)) for ward in wards.values())
        if "mâu thuẫn" in query.address:
            return self._decision(query, RouteOutcome.CONFLICT, candidates, ("conflict", "Cái nào đúng?"))
        if len(wards) == 1:
            return self._decision(query, RouteOutcome.ASSIGNED, candidates)
        key = f"street:{found[0].code}:"
        return self._decision(query, RouteOutcome.CHOOSE, candidates, (key, f"Đường nào của {found[0].name}?"))

    def _decision(
        self,
        query: RouteQuery,
        outcome: RouteOutcome,
        candidates: tuple[Candidate, ...] = (),
        question: tuple[str, str] | None = None,
    ) -> RouteDecision:
        return RouteDecision(
            outcome=outcome,
            candidates=candidates,
            evidence=(),
            reason=Text(f"Hỏi {query.subject.value}.", f"Asked for {query.subject.value}."),
            question=Question(question[0], Text(question[1], question[1])) if question else None,
            parsed=ParsedAddress(query.address),
            old_units=(),
            subject=query.subject,
            generation=self.generation,
            data_version=self.data_version,
        )
