"""``hanoi-wards route`` and ``hanoi-wards explain``: one address, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from api.command_line.arguments import add_json, add_subject
from api.command_line.operator_files import served_index
from geo.errors import HanoiWardsError
from geo.model import RouteOutcome, Subject, Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from api.command_line.arguments import Command, Say
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import Candidate, Evidence, RouteDecision, RouteQuery
    from geo.routing import Router
    from geo.routing.explain import Explanation, Step

_MOST_LISTED = 6
"""Wards of a list that is no short set; ``--json`` has them all."""

_LONGEST_VALUE = 200

_HEADINGS = {
    RouteOutcome.CHOOSE: Text("Chưa rõ, một trong {count} nơi:", "Not settled, one of {count}:"),
    RouteOutcome.INSUFFICIENT: Text(
        "Chưa đủ thông tin; có thể là {count} nơi:", "Not enough to say; {count} possible:"
    ),
    RouteOutcome.CONFLICT: Text("Mâu thuẫn; có thể là {count} nơi:", "Contradiction; {count} possible:"),
}
_ALONE = {
    RouteOutcome.OUTSIDE: Text("Ngoài Hà Nội", "Outside Hà Nội"),
    RouteOutcome.INSUFFICIENT: Text("Chưa đủ thông tin", "Not enough to say"),
    RouteOutcome.CONFLICT: Text("Mâu thuẫn", "Contradiction"),
}


def add_arguments(command: Command, say: Say) -> None:
    """Describe the commands to the parser."""
    asked = command(
        "route",
        run_route,
        say("một địa chỉ cũ nay thuộc phường, xã nào", "the ward that an old address belongs to now"),
    )
    explained = command(
        "explain",
        run_explain,
        say("như route, in ra từng bước và từng căn cứ", "as route, with every step and every piece of evidence"),
    )
    add_json(asked, say)
    for one in (asked, explained):
        one.add_argument("address", nargs="?", default="", help=say("địa chỉ như đã ghi", "address as written"))
        one.add_argument("--old-ward", metavar="NAME", help=say("phường, xã cũ hoặc mã", "old commune or its code"))
        one.add_argument("--district", metavar="NAME", help=say("quận, huyện, thị xã cũ", "old district"))
        one.add_argument("--lon", type=float, metavar="DEGREES", help=say("kinh độ", "longitude"))
        one.add_argument("--lat", type=float, metavar="DEGREES", help=say("vĩ độ", "latitude"))
        one.add_argument(
            "--accuracy",
            type=float,
            metavar="METRES",
            help=say("toạ độ chính xác đến bao nhiêu mét", "how good the coordinates are, metres"),
        )
        add_subject(
            one,
            say(
                "nơi cư trú (resident) hay thửa đất, công trình (parcel)",
                "a residence (resident) or a parcel or building (parcel)",
            ),
        )


def run_route(options: argparse.Namespace, lang: Language) -> int:
    """Print which ward an address belongs to, or the set with the question that would settle it."""
    from api.route_views import route_answer  # noqa: PLC0415  (slow to load, and few commands need it)

    query, router = _asked(options), _router()
    decision = router.route(query)
    if options.json:
        print(json.dumps(route_answer(decision, lang), ensure_ascii=False, indent=2))
        return 0
    for line in decision_lines(decision, served_index(), lang):
        print(line)
    return 0


def run_explain(options: argparse.Namespace, lang: Language) -> int:
    """Print every step from an address to its decision."""
    from geo.routing.explain import explain  # noqa: PLC0415  (as for the router)

    query, router = _asked(options), _router()
    for line in explanation_lines(explain(query, router), served_index(), lang):
        print(line)
    return 0


def decision_lines(decision: RouteDecision, index: WardIndex, lang: Language) -> Iterator[str]:
    """Say a decision in lines: the ward, khoản, offices and reason; or the set and its question."""
    from api.route_views import notices  # noqa: PLC0415  (as for the answer in JSON)

    vietnamese = lang == "vi"
    if decision.ward is not None:
        yield f"{decision.ward.full_name} ({decision.ward.code})"
        yield _law(decision.clauses, lang)
        for premises in index.premises_of(decision.ward.code):
            yield ("Trụ sở: " if vietnamese else "Office: ") + f"{premises.address or '?'} ({premises.role})"
    else:
        yield from _set_lines(decision, lang)
    yield ("Vì sao: " if vietnamese else "Why: ") + decision.reason.message(lang)
    if decision.question is not None:
        yield ("Cần biết: " if vietnamese else "To settle it: ") + decision.question.text.message(lang)
    yield from (f"! {notice}" for notice in notices(decision, lang))
    yield ("Dữ liệu: " if vietnamese else "Data: ") + f"{decision.generation}, {decision.data_version}"


def _set_lines(decision: RouteDecision, lang: Language) -> Iterator[str]:
    """List the candidates: a short set and a contradiction whole, a long one by its first."""
    if not decision.candidates:
        yield _ALONE[decision.outcome].message(lang)
        return
    count = len(decision.candidates)
    yield _HEADINGS[decision.outcome].message(lang).format(count=count)
    shown = _MOST_LISTED if decision.outcome is RouteOutcome.INSUFFICIENT else count
    yield from (f"  {_candidate(candidate, lang)}" for candidate in decision.candidates[:shown])
    if count > shown:
        yield f"  … và {count - shown} nơi nữa" if lang == "vi" else f"  … and {count - shown} more"


def _candidate(candidate: Candidate, lang: Language) -> str:
    score = ("điểm" if lang == "vi" else "score") + f" {candidate.score:.3f}"
    return f"{candidate.ward.full_name} ({candidate.ward.code}): {score}, {_clauses(candidate.clauses, lang)}"


def explanation_lines(explanation: Explanation, index: WardIndex, lang: Language) -> Iterator[str]:
    """Say every step in lines: what was understood, what each collector added, the rule, the decision."""
    vietnamese = lang == "vi"
    yield "1. Hiểu địa chỉ" if vietnamese else "1. What was understood"
    for component in explanation.components:
        yield f"   {component.name.message(lang)}: {_short(component.value)}"
    if explanation.unread:
        yield ("   không hiểu: " if vietnamese else "   not understood: ") + _short(" · ".join(explanation.unread))
    if not explanation.components:
        yield "   không hiểu được gì" if vietnamese else "   nothing"
    yield "2. Căn cứ, theo thứ tự" if vietnamese else "2. Evidence, in order"
    for number, step in enumerate(explanation.steps, start=1):
        yield from _step_lines(number, step, lang)
    yield "3. Quy tắc" if vietnamese else "3. The rule"
    yield f"   {explanation.rule.text.message(lang)}"
    yield "4. Kết quả" if vietnamese else "4. The decision"
    yield from (f"   {line}" for line in decision_lines(explanation.decision, index, lang))


def _step_lines(number: int, step: Step, lang: Language) -> Iterator[str]:
    vietnamese = lang == "vi"
    yield f"   2.{number} {step.title.message(lang)}"
    yield from (f"       + {_evidence(evidence, lang)}" for evidence in step.evidence)
    yield from (f"       ! {note.message(lang)}" for note in step.notes)
    if step.changed and step.weights:
        listed = " · ".join(f"{ward.full_name} {weight:.3f}" for ward, weight in step.weights[:_MOST_LISTED])
        more = len(step.weights) - _MOST_LISTED
        rest = "" if more <= 0 else (f" · và {more} nơi nữa" if vietnamese else f" · and {more} more")
        yield f"       → {listed}{rest}"
    elif not step.evidence and not step.notes:
        yield "       không thêm gì" if vietnamese else "       nothing to add"


def _evidence(evidence: Evidence, lang: Language) -> str:
    source = ("nguồn: " if lang == "vi" else "source: ") + evidence.source
    behind = f"{source}; {_clauses(evidence.clauses, lang)}" if evidence.clauses else source
    return f"{evidence.kind}: {evidence.text.message(lang)} ({behind})"


def _law(clauses: tuple[int, ...], lang: Language) -> str:
    listed = _clauses(clauses, lang)
    resolution = "Điều 1 Nghị quyết 1656/NQ-UBTVQH15" if lang == "vi" else "Article 1, Resolution 1656/NQ-UBTVQH15"
    return f"{listed[:1].upper()}{listed[1:]}, {resolution}"


def _clauses(clauses: tuple[int, ...], lang: Language) -> str:
    return ("khoản " if lang == "vi" else "clause ") + ", ".join(map(str, clauses))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_VALUE else line[: _LONGEST_VALUE - 1] + "…"


def _asked(options: argparse.Namespace) -> RouteQuery:
    """Build the query, and refuse one that asks nothing."""
    from api.route_query import route_query  # noqa: PLC0415  (loads what finds points)

    query = route_query(
        address=options.address,
        old_ward=options.old_ward,
        district=options.district,
        lon=options.lon,
        lat=options.lat,
        accuracy_m=options.accuracy,
        subject=Subject(options.subject),
    )
    if query.lon is None and not any(text.strip() for text in (query.address, query.old_ward, query.district)):
        raise HanoiWardsError(
            vi="Hãy cho một địa chỉ, hoặc --old-ward, --district, hoặc --lon và --lat.",
            en="Give an address, or --old-ward, --district, or --lon and --lat.",
            field="address",
        )
    return query


def _router() -> Router:
    from geo.routing import Router  # noqa: PLC0415  (the gazetteer is slow to load, and few commands need it)

    return Router.open()
