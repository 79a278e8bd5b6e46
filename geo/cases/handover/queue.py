"""The queue of what no ward can be given yet, grouped by the fact that would settle most of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.cases.case_routing import MISSING_ADDRESS
from geo.cases.handover import words
from geo.cases.handover.ledger import BLANK_GROUP, OUTSIDE_GROUP
from geo.cases.handover.package import write_manifest
from geo.cases.handover.rows import CSV_NAME, XLSX_NAME, write_rows
from geo.model import Text
from geo.tables.workbook import Column, Sheet, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.cases.handover.ledger import Entry
    from geo.cases.handover.package import Origin
    from geo.cases.handover.spool import Answered, Spool
    from geo.errors import Language
    from geo.model import RouteDecision
    from geo.tables import TableReader

SUMMARY_NAME: Final = "tong-hop.xlsx"
_NAMED_WARDS: Final = 12
_SHARED: Final = ("street:", "place:", "case-kind:")
"""Keys of facts that are the same for all files of a group: where a street lies, what a word means."""

_OUTSIDE: Final = Text(
    vi="Địa chỉ ngoài Hà Nội: kiểm tra lại địa chỉ, hoặc trả lại bên giao.",
    en="The address is outside Hà Nội: check it, or return the file to the giving side.",
)
_BLANK: Final = Text(vi="Dòng trống: có hồ sơ nào bị bỏ sót không?", en="Empty row: was a file left out?")
_NOTHING_ASKED: Final = Text(
    vi="Không có câu hỏi nào giải quyết được: xem lý do ở từng dòng.",
    en="No single question settles these: see the reason in each row.",
)


@dataclass(slots=True)
class Group:
    """Rows that wait for the same fact.

    ``wards`` counts for how many of them each ward is possible; ``first_row`` and ``last_row`` are where they stand in
    the queue's own table.
    """

    key: str
    question: Text
    results: Counter[str] = field(default_factory=Counter)
    wards: Counter[str] = field(default_factory=Counter)
    first_row: int = 0

    @property
    def rows(self) -> int:
        """How many rows wait."""
        return self.results.total()

    @property
    def last_row(self) -> int:
        """Where the last of them stands."""
        return self.first_row + self.rows - 1


class Queue:
    """The groups, as they are found row by row."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}

    def add(self, entry: Entry, decision: RouteDecision) -> None:
        """Count a row that has no ward."""
        group = self._groups.get(entry.group)
        if group is None:
            group = self._groups[entry.group] = Group(entry.group, _question(entry.group, decision))
        group.results[entry.result] += 1
        group.wards.update(f"{candidate.ward.full_name} ({candidate.ward.code})" for candidate in decision.candidates)

    def groups(self, header_row: int = 1) -> list[Group]:
        """Return the groups, the biggest first, each with its place in the table."""
        ranked = sorted(self._groups.values(), key=lambda group: (-group.rows, group.key))
        row = header_row + 1
        for group in ranked:
            group.first_row = row
            row += group.rows
        return ranked


def _question(key: str, decision: RouteDecision) -> Text:
    known = {OUTSIDE_GROUP: _OUTSIDE, BLANK_GROUP: _BLANK}.get(key)
    return known or (decision.question.text if decision.question else _NOTHING_ASKED)


def write_queue(
    folder: Path, queue: Queue, spool: Spool, *, like: TableReader, origin: Origin, lang: Language
) -> list[Group]:
    """Write the queue's rows, the biggest group first, and the summary of its groups."""
    folder.mkdir(parents=True)
    groups = queue.groups(like.report.header_row)

    def blocks() -> Iterator[list[Answered]]:
        for group in groups:
            yield from spool.blocks(f"?{group.key}")

    rows = write_rows(folder, blocks(), like=like)
    with (folder / SUMMARY_NAME).open("wb") as file:
        write_workbook(file, [_summary(groups, lang)])
    write_manifest(folder, origin, {"rows": rows, "groups": len(groups)}, names=(XLSX_NAME, CSV_NAME, SUMMARY_NAME))
    return groups


def _summary(groups: Sequence[Group], lang: Language) -> Sheet:
    columns = [
        Column(words.GROUP.message(lang), 8),
        Column(words.ROWS.message(lang), 10),
        Column(words.QUESTION.message(lang), 60),
        Column(words.CANDIDATES.message(lang), 60),
        Column(words.OUTCOME.message(lang), 32),
        Column(words.PLACE.message(lang), 22),
    ]
    rows = [
        (
            number,
            group.rows,
            waiting(group, lang),
            _possible(group),
            "; ".join(
                f"{words.OUTCOME_NAMES[result].message(lang)}: {count}" for result, count in group.results.most_common()
            ),
            f"{group.first_row}–{group.last_row}" if group.rows > 1 else str(group.first_row),
        )
        for number, group in enumerate(groups, 1)
    ]
    total = (words.TOTAL.message(lang), sum(group.rows for group in groups))
    return Sheet(words.QUEUE.message(lang), columns, [*rows, total], bold_rows=frozenset({len(rows)}))


def _possible(group: Group) -> str:
    """Name the wards that are possible, those of most files first; a list of half the city helps nobody."""
    named = "; ".join(f"{ward}: {count}" for ward, count in group.wards.most_common(_NAMED_WARDS))
    more = len(group.wards) - _NAMED_WARDS
    return f"{named}; … (+{more})" if more > 0 else named


def waiting(group: Group, lang: Language) -> str:
    """Say how many files wait for what, and whether one fact settles them all or each has its own."""
    question, count = group.question.message(lang), group.rows
    if group.key.startswith(_SHARED):
        if lang == "vi":
            return f"{count} hồ sơ chờ một thông tin: {question}"
        return f"{count} {'file waits' if count == 1 else 'files wait'} for one fact: {question}"
    if count == 1 or group.key in (OUTSIDE_GROUP, BLANK_GROUP) or group.key.startswith(MISSING_ADDRESS):
        return question
    return f"{question} (hỏi ở từng hồ sơ)" if lang == "vi" else f"{question} (for each file)"
