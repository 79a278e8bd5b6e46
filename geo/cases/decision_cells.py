"""A decision as the cells of a table: the same for a single case, a batch and every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model import RouteOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import Language
    from geo.model import RouteDecision

Cells = tuple[str, str, str, str, str, str, str, str, str]

OUTCOME_WORDS: Final[Mapping[RouteOutcome, str]] = {
    RouteOutcome.ASSIGNED: "da_xac_dinh",
    RouteOutcome.CHOOSE: "can_chon",
    RouteOutcome.INSUFFICIENT: "thieu_thong_tin",
    RouteOutcome.OUTSIDE: "ngoai_ha_noi",
    RouteOutcome.CONFLICT: "mau_thuan",
}
"""What ``ket_qua`` says."""

MAX_CELL_CHARACTERS = 4_000
"""A spreadsheet cell holds 32,767; nobody reads that much, and a longer cell would stop a whole table."""


def decision_cells(decision: RouteDecision, lang: Language) -> Cells:
    """Return the cells of `ADDED_COLUMNS` for one decision.

    Parameters
    ----------
    lang
        The language of ``ly_do`` and ``can_cu``; names and codes are the same in both.
    """
    ward = decision.ward
    best = decision.candidates[0].score if decision.candidates else None
    said = [decision.reason.message(lang)]
    if decision.question is not None:
        said.append(decision.question.text.message(lang))
    return (
        OUTCOME_WORDS[decision.outcome],
        ward.code if ward else "",
        ward.full_name if ward else "",
        "" if best is None else f"{best:.3f}",
        ";".join(candidate.ward.code for candidate in decision.candidates),
        one_line(*said),
        one_line("; ".join(f"{piece.kind.value}: {piece.text.message(lang)}" for piece in decision.evidence)),
        one_line("; ".join(f"{unit.full_name}, {unit.district}" for unit in decision.old_units)),
        f"{decision.generation}/{decision.data_version}",
    )


def grounds(decision: RouteDecision) -> str:
    """Return the kinds of evidence behind a decision as one word for counting: ``"old-commune+street"``."""
    return "+".join(dict.fromkeys(piece.kind.value for piece in decision.evidence)) or "none"


def one_line(*sentences: str) -> str:
    """Join what is not empty into a text for one cell: no line breaks or control characters, not endless."""
    text = " ".join(" ".join(sentences).split())
    if not text.isprintable():
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= MAX_CELL_CHARACTERS else text[: MAX_CELL_CHARACTERS - 1] + "…"
