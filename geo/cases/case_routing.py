"""One case file to one decision: the rule of its kind asks the router, and what it asked is said in the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.cases.case_rules import KIND_NAMES, ROLE_NAMES, RULES, SUBJECT_NAMES, recognise_kind
from geo.model import AddressRole, Candidate, CaseKind, Question, RouteOutcome, RouteQuery, Subject, Text
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.cases.case_rules import CaseRule
    from geo.cases.route_chunk import Routes
    from geo.model import CaseFile, RouteDecision


MISSING_ADDRESS: Final = "case-address:"
"""Begins the key of files that each lack the address that decides: not one fact for all, but one for each."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """One way to read a file: what is asked, for which kind, of which address.

    ``role`` is None where the file carries no address that decides, and only its old units and coordinates are asked.
    """

    kind: CaseKind
    role: AddressRole | None
    query: RouteQuery


def readings(case: CaseFile) -> tuple[CaseReading, ...]:
    """Return every reading of a file that asks something different.

    One where its kind is known. Where its words name several kinds, one for each; where they name none, every
    address by both wordings.
    """
    kinds = (case.kind,) if case.kind is not CaseKind.OTHER else recognise_kind(case.kind_text).kinds
    found = [_by_rule(case, RULES[kind]) for kind in kinds] if kinds else _every_way(case)
    return tuple({reading.query: reading for reading in reversed(found)}.values())[::-1]


def route_case(case: CaseFile, router: Routes) -> RouteDecision:
    """Decide where a file belongs.

    A file whose kind is not clear is assigned only where every reading of it leads to the same ward; otherwise its
    candidates are those of all readings, so that they hold the truth whichever is right.
    """
    asked = readings(case)
    decisions = [router.route(reading.query) for reading in asked]
    if len(asked) > 1:
        return _together(case, decisions)
    reading, decision = asked[0], decisions[0]
    if reading.role is None and case.kind is not CaseKind.OTHER:
        return _without_address(case, decision)
    # The words name several kinds whose rules ask the same: it does not matter which it is.
    return _with_note(decision, _rule_note(reading) if case.kind is reading.kind else _agreement_note(case))


def _by_rule(case: CaseFile, rule: CaseRule) -> CaseReading:
    role = next((role for role in rule.roles if case.address(role)), None)
    text = case.address(role) if role else ""
    return CaseReading(rule.kind, role, _query(case, text, rule.subject))


def _every_way(case: CaseFile) -> list[CaseReading]:
    addresses: list[tuple[AddressRole | None, str]] = [(address.role, address.text) for address in case.addresses]
    return [
        CaseReading(CaseKind.OTHER, role, _query(case, text, subject))
        for role, text in addresses or [(None, "")]
        for subject in (Subject.RESIDENT, Subject.PARCEL)
    ]


def _query(case: CaseFile, address: str, subject: Subject) -> RouteQuery:
    return RouteQuery(
        address=address,
        old_ward=case.old_commune,
        district=case.old_district,
        lon=case.lon,
        lat=case.lat,
        subject=subject,
    )


def _together(case: CaseFile, decisions: Sequence[RouteDecision]) -> RouteDecision:
    """Join the answers to several readings of one file into one."""
    first = decisions[0]
    wards = {decision.ward.code if decision.ward else "" for decision in decisions}
    outcomes = {decision.outcome for decision in decisions}
    if outcomes == {RouteOutcome.ASSIGNED} and len(wards) == 1:
        return _with_note(first, _agreement_note(case))
    widest = max(decisions, key=lambda decision: len(decision.candidates))
    if outcomes == {RouteOutcome.OUTSIDE}:
        return _with_note(first, _agreement_note(case))
    # Where one reading is settled, its kind may settle the file; else the fact that the widest waits for comes first.
    ask_kind = RouteOutcome.ASSIGNED in outcomes or widest.question is None
    return replace(
        _with_note(widest, _disagreement_note(case)),
        outcome=_joint_outcome(outcomes),
        candidates=_joint_candidates(decisions),
        evidence=tuple(dict.fromkeys(item for decision in decisions for item in decision.evidence)),
        question=_kind_question(case) if ask_kind else widest.question,
        old_units=tuple({unit.code: unit for decision in decisions for unit in decision.old_units}.values()),
    )


def _joint_outcome(outcomes: set[RouteOutcome]) -> RouteOutcome:
    for worst in (RouteOutcome.CONFLICT, RouteOutcome.INSUFFICIENT):
        if worst in outcomes:
            return worst
    return RouteOutcome.CHOOSE


def _joint_candidates(decisions: Sequence[RouteDecision]) -> tuple[Candidate, ...]:
    """Return the candidates of all, each with its mean score, best first."""
    found: dict[str, Candidate] = {}
    for candidate in (candidate for decision in decisions for candidate in decision.candidates):
        known = found.get(candidate.ward.code, Candidate(candidate.ward, 0.0))
        score = known.score + candidate.score / len(decisions)
        clauses = tuple(sorted({*known.clauses, *candidate.clauses}))
        found[candidate.ward.code] = Candidate(candidate.ward, score, clauses)
    return tuple(sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.ward.code)))


def _without_address(case: CaseFile, decision: RouteDecision) -> RouteDecision:
    """Say that the address that decides is missing, and ask for it where the rest does not settle the file."""
    wanted, kind = ROLE_NAMES[RULES[case.kind].roles[0]], KIND_NAMES[case.kind]
    # An address that the rule passes over is named: the clerk sees it in the row and would wonder.
    passed_over = any(address.text for address in case.addresses)
    note = Text(
        vi=f"Hồ sơ {kind.vi}: không ghi địa chỉ {wanted.vi}"
        + (", địa chỉ khác trong hồ sơ không quyết định" if passed_over else "")
        + "; chỉ xét xã, phường, quận, huyện cũ và toạ độ.",
        en=f"{kind.en.capitalize()}: the address of the {wanted.en} is missing"
        + (", and the file's other addresses do not decide" if passed_over else "")
        + "; only its old units and coordinates were read.",
    )
    decision = _with_note(decision, note)
    if decision.question is None:
        return decision
    question = Question(
        key=f"{MISSING_ADDRESS}{case.kind}",
        text=Text(
            vi=f"Hồ sơ {kind.vi} không ghi địa chỉ {wanted.vi}: cần bổ sung ở từng hồ sơ.",
            en=f"The address of the {wanted.en} is missing ({kind.en}): add it to each file.",
        ),
    )
    return replace(decision, question=question)


def _rule_note(reading: CaseReading) -> Text:
    kind, wording = KIND_NAMES[reading.kind], SUBJECT_NAMES[reading.query.subject]
    if reading.role is None:
        return Text(vi="Hồ sơ không ghi địa chỉ.", en="The file carries no address.")
    role = ROLE_NAMES[reading.role]
    note_vi, note_en = f"Hồ sơ {kind.vi}: xét theo {role.vi}, {wording.vi}.", f"{kind.en}: by {role.en}, {wording.en}."
    return Text(vi=note_vi, en=note_en[0].upper() + note_en[1:])


def _agreement_note(case: CaseFile) -> Text:
    said = _kind_said(case)
    return Text(vi=f"{said.vi}, nhưng xét cách nào cũng về một nơi.", en=f"{said.en}, but every reading agrees.")


def _disagreement_note(case: CaseFile) -> Text:
    said = _kind_said(case)
    return Text(
        vi=f"{said.vi}; các cách xét (địa chỉ nào, theo dân số hay diện tích) không về cùng một nơi.",
        en=f"{said.en}; its readings (which address, population or area) do not agree on one ward.",
    )


def _kind_said(case: CaseFile) -> Text:
    kinds = recognise_kind(case.kind_text).kinds
    if kinds:
        either_vi = " hoặc ".join(KIND_NAMES[kind].vi for kind in kinds)
        either_en = " or ".join(KIND_NAMES[kind].en for kind in kinds)
        return Text(vi=f"Lĩnh vực có thể là {either_vi}", en=f"The field may be {either_en}")
    if case.kind_text:
        return Text(vi="Không nhận ra lĩnh vực của hồ sơ", en="The file's field is not recognised")
    return Text(vi="Hồ sơ không ghi lĩnh vực", en="The file names no field")


def _kind_question(case: CaseFile) -> Question:
    """Ask once for all files with the same words."""
    shown = case.kind_text[:80]
    if not shown:
        text = Text(
            vi="Hồ sơ thuộc lĩnh vực nào (chưa ghi)?", en="Which field does the file belong to (none is named)?"
        )
    else:
        text = Text(vi=f"“{shown}” thuộc lĩnh vực nào?", en=f"Which field does “{shown}” belong to?")
    return Question(key=f"case-kind:{fold(case.kind_text)}", text=text)


def _with_note(decision: RouteDecision, note: Text) -> RouteDecision:
    reason = Text(vi=f"{decision.reason.vi} {note.vi}".strip(), en=f"{decision.reason.en} {note.en}".strip())
    return replace(decision, reason=reason)
