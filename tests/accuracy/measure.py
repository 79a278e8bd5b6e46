"""How often the router is right: ``make accuracy`` measures it and writes docs/accuracy.md.

Reads the development half of the evaluation data beside the project, and writes aggregates only: no address, no row.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from geo.crosswalk import Crosswalk
from geo.model import EvidenceKind, RouteDecision, RouteOutcome, RouteQuery, Subject
from geo.routing import Router
from geo.routing.decide import ASSIGN_AT
from tests.accuracy.chart import write_chart
from tests.accuracy.peer import Peer
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SOURCE = ROOT.parent / "shared/data/eval/dev.csv"
PAGE = ROOT / "docs/accuracy.md"
CHART = ROOT / "docs/accuracy.svg"
FAR_M = 100.0

_NAMES = {EvidenceKind.NEW_WARD, EvidenceKind.OLD_COMMUNE, EvidenceKind.DISTRICT}
_BLOCK = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """One measured row: what the truth is, and what came out."""

    truth: str
    kind: str
    edge_m: float
    decision: RouteDecision
    peer: str | None

    @property
    def assigned(self) -> bool:
        return self.decision.outcome is RouteOutcome.ASSIGNED

    @property
    def right(self) -> bool:
        return self.assigned and self.decision.candidates[0].ward.code == self.truth

    @property
    def contained(self) -> bool:
        return any(candidate.ward.code == self.truth for candidate in self.decision.candidates)

    @property
    def located(self) -> set[EvidenceKind]:
        return {evidence.kind for evidence in self.decision.evidence} - _NAMES

    @property
    def score(self) -> float:
        """The best score where it could earn an assignment: the law leaves one, or something narrowed the set."""
        candidates = self.decision.candidates
        return candidates[0].score if candidates and (self.assigned or self.located) else 0.0

    @property
    def best_is_right(self) -> bool:
        return bool(self.decision.candidates) and self.decision.candidates[0].ward.code == self.truth


def answers(source: Path) -> list[Answer]:
    """Route every row of the evaluation data by its address alone."""
    router, peer = Router.open(), Peer()
    with source.open(encoding="utf-8", newline="") as stream:
        return [
            Answer(
                row["truth_code"],
                row["kind"],
                float(row["edge_m"]),
                router.route(RouteQuery(address=row["address"])),
                peer.ward_code(row["address"]),
            )
            for row in csv.DictReader(stream)
        ]


def figures(found: Sequence[Answer]) -> list[str]:
    """Return the figures of one group of rows as the cells of a table."""
    total = len(found)
    assigned = [answer for answer in found if answer.assigned]
    sets = [len(answer.decision.candidates) for answer in found if answer.decision.outcome is RouteOutcome.CHOOSE]
    return [
        f"{total:,}",
        _percent(len(assigned), total),
        _percent(sum(answer.right for answer in assigned), len(assigned)),
        _percent(sum(answer.contained for answer in found), total),
        f"{sum(sets) / len(sets):.2f}" if sets else "–",
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _table(first: str, groups: Iterable[tuple[str, Sequence[Answer]]]) -> list[str]:
    lines = [
        f"| {first} | rows | assigned | assigned right | truth in the set | mean CHOOSE set |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    return lines + [f"| {name} | " + " | ".join(figures(rows)) + " |" for name, rows in groups if rows]


def _grouped(
    found: Sequence[Answer], key: Callable[[Answer], str], order: Sequence[str] = ()
) -> list[tuple[str, list[Answer]]]:
    groups: dict[str, list[Answer]] = {name: [] for name in order}
    for answer in found:
        groups.setdefault(key(answer), []).append(answer)
    return list(groups.items()) if order else sorted(groups.items(), key=lambda group: -len(group[1]))


def _law(answer: Answer, crosswalk: Crosswalk) -> str:
    units = answer.decision.old_units
    if units:
        reached = {ward.code for unit in units for _, ward in crosswalk.destinations(unit.code, Subject.RESIDENT)}
        return "old commune, residents to one ward" if len(reached) == 1 else "old commune, residents divided"
    kinds = {evidence.kind for evidence in answer.decision.evidence}
    if EvidenceKind.NEW_WARD in kinds:
        return "new ward named"
    return "district alone" if EvidenceKind.DISTRICT in kinds else "neither commune nor district"


_LAWS = (
    "old commune, residents to one ward", "old commune, residents divided", "district alone", "new ward named",
    "neither commune nor district",
)  # fmt: skip


def _street(answer: Answer) -> str:
    for kind, name in (
        (EvidenceKind.ALLEY, "numbered alley found"),
        (EvidenceKind.HOUSE_NUMBER, "street and house number found"),
        (EvidenceKind.STREET, "street found"),
        (EvidenceKind.PLACE, "place found"),
    ):
        if kind in answer.located:
            return name
    return "street named, not on the map there" if answer.decision.parsed.street else "no street named"


_STREETS = (
    "numbered alley found", "street and house number found", "street found", "place found",
    "street named, not on the map there", "no street named",
)  # fmt: skip


def _edge(answer: Answer) -> str:
    for limit in (100, 300, 1000):
        if answer.edge_m <= limit:
            return f"up to {limit} m"
    return "over 1000 m"


def _scores(found: Sequence[Answer]) -> list[str]:
    """Show how often the best ward was right at each score, where the law left several wards."""
    several = [answer for answer in found if answer.located and answer.score < 1.0]
    lines = ["| score | rows | best ward right |", "|---|---:|---:|"]
    bounds = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, ASSIGN_AT, 0.985, 1.0)
    for low, high in pairwise(bounds):
        rows = [answer for answer in several if low <= answer.score < high]
        lines.append(
            f"| {low:.3g} to {high:.3g} | {len(rows):,} | {_percent(sum(a.best_is_right for a in rows), len(rows))} |"
        )
    return lines


def _peer_table(found: Sequence[Answer]) -> list[str]:
    answered = [answer for answer in found if answer.peer]
    right = sum(answer.peer == answer.truth for answer in answered)
    ours = [answer for answer in found if answer.assigned]
    correct = sum(answer.right for answer in ours)
    both = [answer for answer in ours if answer.peer]
    return [
        "| | one ward given | of these right | right, of all rows |",
        "|---|---:|---:|---:|",
        f"| this router, ASSIGNED | {_percent(len(ours), len(found))} | {_percent(correct, len(ours))} | "
        f"{_percent(correct, len(found))} |",
        f"| vietnamadminunits, no network | {_percent(len(answered), len(found))} | {_percent(right, len(answered))} | "
        f"{_percent(right, len(found))} |",
        f"| vietnamadminunits, on the rows that we assign | {_percent(len(both), len(ours))} | "
        f"{_percent(sum(a.peer == a.truth for a in both), len(both))} | |",
    ]


def page(found: Sequence[Answer]) -> str:
    """Return the generated part of the page."""
    far = [answer for answer in found if answer.edge_m > FAR_M]
    crosswalk = Crosswalk.open()
    outcomes = Counter(answer.decision.outcome.value for answer in far)
    counted = ", ".join(f"{name} {count:,}" for name, count in outcomes.most_common())
    parts = [
        *_table("", [("more than 100 m from a ward's edge", far), ("all rows", found)]),
        "",
        f"Outcomes more than 100 m from an edge: {counted}.",
        "",
        "### Against vietnamadminunits, the same rows in the same run (more than 100 m from an edge)",
        "",
        *_peer_table(far),
        "",
        "### By what the law says (more than 100 m from an edge)",
        "",
        *_table("named", _grouped(far, lambda answer: _law(answer, crosswalk), _LAWS)),
        "",
        "### By what is known of the street (more than 100 m from an edge)",
        "",
        *_table("street", _grouped(far, _street, _STREETS)),
        "",
        "### By distance to the nearest edge",
        "",
        *_table("edge", _grouped(found, _edge, ("up to 100 m", "up to 300 m", "up to 1000 m", "over 1000 m"))),
        "",
        "### By kind of place (more than 100 m from an edge)",
        "",
        *_table("kind", _grouped(far, lambda answer: answer.kind)),
        "",
        f"### How often a score was right (more than 100 m from an edge; assigned from {ASSIGN_AT})",
        "",
        *_scores(far),
    ]
    return "\n".join(parts) + "\n"


def main() -> int:
    """Measure, write the page and the chart, and print the figures."""
    if not SOURCE.is_file():
        print("The evaluation data (../shared/data/eval/dev.csv) are not beside the project: nothing is measured.")
        return 0
    found = answers(SOURCE)
    block = page(found)
    PAGE.write_text(_BLOCK.sub(lambda m: m[1] + block + m[2], PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    far = [(answer.score, answer.best_is_right) for answer in found if answer.edge_m > FAR_M]
    write_chart(CHART, far, assign_at=ASSIGN_AT)
    print(block)
    return 0


if __name__ == "__main__":
    sys.exit(main())
