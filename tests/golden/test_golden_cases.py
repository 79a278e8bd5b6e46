"""The router against addresses whose answer the law or public geography settles.

Each CSV beside this file holds the cases of one trap, in the column style of geocoder-tester: what is asked (``query``,
``old_ward``, ``district``, ``lon``, ``lat``, ``subject``), what must come out, and why. None comes from the data that
accuracy is measured on.

- ``expected_outcome``: the outcome; empty where several are right.
- ``expected_code``: the one ward, where the outcome is ASSIGNED.
- ``expected_set``: wards that must be among the candidates; with ``=`` before them, all of the candidates.

``known_failures.txt`` is a ratchet: a case listed there may fail, and the test fails once it no longer does.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.crosswalk import Crosswalk
from geo.model import RouteDecision, RouteOutcome, RouteQuery, Subject
from geo.routing import Router
from geo.text import slug

HERE = Path(__file__).parent
KNOWN_FAILURES = HERE / "known_failures.txt"
COLUMNS = (
    "query",
    "old_ward",
    "district",
    "lon",
    "lat",
    "subject",
    "expected_outcome",
    "expected_code",
    "expected_set",
    "comment",
)
FEWEST_CASES = 360


@dataclass(frozen=True, slots=True)
class Case:
    """One row of a golden file."""

    id: str
    file: str
    row: dict[str, str]

    @property
    def question(self) -> tuple[str, ...]:
        """Everything that the router is given."""
        return (*(self.row[column] for column in COLUMNS[:5]), self.row["subject"] or Subject.RESIDENT)

    @property
    def query(self) -> RouteQuery:
        row = self.row
        return RouteQuery(
            address=row["query"],
            old_ward=row["old_ward"],
            district=row["district"],
            lon=float(row["lon"]) if row["lon"] else None,
            lat=float(row["lat"]) if row["lat"] else None,
            subject=Subject(row["subject"] or Subject.RESIDENT),
        )

    @property
    def exact(self) -> bool:
        return self.row["expected_set"].startswith("=")

    @property
    def wards(self) -> list[str]:
        """The codes of ``expected_set``."""
        return [code for code in self.row["expected_set"].removeprefix("=").split(";") if code]


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader.fieldnames or ()), list(reader)


def _cases() -> list[Case]:
    """Return all cases; an id is the file and the question, and a number where two read alike without marks."""
    cases = []
    taken: Counter[str] = Counter()
    for path in sorted(HERE.glob("*.csv")):
        for row in _rows(path)[1]:
            parts = [row["query"][:70], row["old_ward"], row["district"], row["lon"], row["lat"]]
            parts.append("parcel" if row["subject"] == Subject.PARCEL else "")
            name = f"{path.stem}/{slug(' '.join(parts)) or 'empty'}"
            taken[name] += 1
            case_id = name if taken[name] == 1 else f"{name}-{taken[name]}"
            cases.append(Case(id=case_id, file=path.name, row=row))
    return cases


def _known_failures() -> list[str]:
    lines = KNOWN_FAILURES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


CASES = _cases()
KNOWN = frozenset(_known_failures())


def _parameters() -> list[object]:
    listed = pytest.mark.xfail(strict=True, reason=f"in {KNOWN_FAILURES.name}; where it passes, remove its line there")
    return [pytest.param(case, id=case.id, marks=[listed] if case.id in KNOWN else []) for case in CASES]


def complaints(case: Case, decision: RouteDecision) -> list[str]:
    """Say what is wrong with a decision; empty where it is right."""
    row = case.row
    found = [candidate.ward.code for candidate in decision.candidates]
    wrong = []
    if row["expected_outcome"] and decision.outcome != RouteOutcome(row["expected_outcome"]):
        wrong.append(f"outcome {decision.outcome}, expected {row['expected_outcome']}")
    if row["expected_code"] and found != [row["expected_code"]]:
        wrong.append(f"candidates {found}, expected only {row['expected_code']}")
    if missing := [code for code in case.wards if code not in found]:
        wrong.append(f"candidates {found} without {missing}")
    if case.exact and (surplus := [code for code in found if code not in case.wards]):
        wrong.append(f"candidates {found} with {surplus}, which the law excludes")
    return wrong


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.open()


@pytest.mark.parametrize("case", _parameters())
def test_the_router_answers_as_the_law_says(router: Router, case: Case) -> None:
    decision = router.route(case.query)
    wrong = complaints(case, decision)
    assert not wrong, (
        f"{case.row['query']!r}: {'; '.join(wrong)}. Why: {case.row['comment']}. Router: {decision.reason.vi}"
    )


def test_the_files_have_exactly_the_columns() -> None:
    paths = sorted(HERE.glob("*.csv"))
    assert paths
    assert {path.name: tuple(_rows(path)[0]) for path in paths} == {path.name: COLUMNS for path in paths}
    ragged = [case.id for case in CASES if set(case.row) != set(COLUMNS) or None in case.row.values()]
    assert ragged == []


def test_there_are_enough_cases_and_no_question_twice() -> None:
    assert len(CASES) >= FEWEST_CASES
    assert [question for question, count in Counter(case.question for case in CASES).items() if count > 1] == []
    assert len({case.id for case in CASES}) == len(CASES)


def test_every_case_says_what_it_expects_and_why(crosswalk: Crosswalk) -> None:
    for case in CASES:
        row, outcome = case.row, case.row["expected_outcome"]
        assert row["comment"].strip(), case.id
        assert row["subject"] in {"", *Subject}, case.id
        assert bool(row["lon"]) == bool(row["lat"]), case.id
        assert outcome in {"", *RouteOutcome}, case.id
        assert bool(row["expected_code"]) == (outcome == RouteOutcome.ASSIGNED), case.id
        assert bool(case.wards) == (outcome in {"", RouteOutcome.CHOOSE}), case.id
        assert len(case.wards) == len(set(case.wards)), case.id
        assert {row["expected_code"], *case.wards} - {""} <= crosswalk.wards.keys(), case.id


def test_every_case_that_a_khoan_is_cited_for_expects_a_ward_of_that_khoan(crosswalk: Crosswalk) -> None:
    clause_of = {link.ward_code: link.clause for code in crosswalk.old_units for link, _ in crosswalk.successors(code)}
    for case in CASES:
        cited = _cited(case.row["comment"])
        expected = {row_code for row_code in (case.row["expected_code"], *case.wards) if row_code}
        if cited and expected:
            assert {clause_of[code] for code in expected} & cited, case.id


def _cited(comment: str) -> set[int]:
    """Return the numbers that follow the word khoản: ``"khoản 26, 31 and 33"`` cites three."""
    cited: set[int] = set()
    for piece in comment.split("khoản ")[1:]:
        for word in piece.replace(",", " ").replace(";", " ").replace(")", " ").replace(":", " ").split():
            if word.isdigit():
                cited.add(int(word))
            elif word != "and":
                break
    return cited


def test_the_list_of_known_failures_is_sorted_and_names_cases_that_exist() -> None:
    listed = _known_failures()
    assert listed == sorted(set(listed))
    assert not KNOWN - {case.id for case in CASES}
