"""What became of every row: kept small, row by row, until the books are closed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.cases.handover.reading import Issue
from geo.model import RouteOutcome, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.cases.handover.reading import CaseRow
    from geo.model import CaseKind, CaseState, RouteDecision

OUTSIDE_GROUP: Final = "outside"
BLANK_GROUP: Final = "blank-row"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the input and where it went.

    Parameters
    ----------
    number
        As a spreadsheet shows it, the heading being row 1.
    result
        ``ket_qua``.
    ward_code
        The receiving ward; empty for the queue.
    group
        The key of what a row of the queue waits for; empty for a package.
    digest
        Of the input's cells.
    """

    number: int
    case_number: str
    kind: CaseKind
    state: CaseState | None
    old_district: str
    result: str
    ward_code: str
    group: str
    digest: bytes
    issues: tuple[Issue, ...]

    @property
    def destination(self) -> str:
        """One word for the package or the group that the row is in."""
        return self.ward_code or f"?{self.group}"

    @property
    def totals_key(self) -> tuple[str, str, str, str]:
        """What the totals are counted by: ward, kind, state, outcome."""
        return self.ward_code, self.kind.value, self.state.value if self.state else "", self.result


def entry(row: CaseRow, decision: RouteDecision, result: str, cells: Sequence[str]) -> Entry:
    """Write a row down with its decision."""
    ward = decision.ward
    return Entry(
        number=row.number,
        case_number=row.case.number,
        kind=row.case.kind,
        state=row.case.state,
        old_district=row.case.old_district,
        result=result,
        ward_code=ward.code if ward else "",
        group="" if ward else _group(row, decision),
        digest=digest(cells),
        issues=row.issues,
    )


def digest(cells: Iterable[str]) -> bytes:
    """Return a short digest of a row's cells; empty cells at the end do not count, for formats differ in them."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return hashlib.blake2b(repr(kept).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _group(row: CaseRow, decision: RouteDecision) -> str:
    if row.blank:
        return BLANK_GROUP
    if decision.outcome is RouteOutcome.OUTSIDE:
        return OUTSIDE_GROUP
    return decision.question.key if decision.question else f"outcome:{decision.outcome.value}"


class Ledger:
    """The entries of all rows, in the order of the input."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.ward_names: dict[str, str] = {}

    def add(self, entry_: Entry, decision: RouteDecision) -> None:
        """Write the next row down."""
        self.entries.append(entry_)
        if decision.ward:
            self.ward_names[decision.ward.code] = decision.ward.full_name

    def destinations(self) -> dict[str, list[Entry]]:
        """Return the entries by where they went, in the order of the input."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry_ in self.entries:
            found[entry_.destination].append(entry_)
        return dict(found)

    def totals(self) -> Counter[tuple[str, str, str, str]]:
        """Return the rows counted by ward, kind, state and outcome."""
        return Counter(entry_.totals_key for entry_ in self.entries)

    def close(self) -> None:
        """Find the case numbers that several rows bear, and note it on each of them."""
        rows: dict[str, list[int]] = defaultdict(list)
        for position, entry_ in enumerate(self.entries):
            if entry_.case_number:
                rows["".join(entry_.case_number.split()).casefold()].append(position)
        for positions in rows.values():
            if len(positions) > 1:
                self._note_duplicates(positions)

    def issues(self) -> Iterator[tuple[Entry, Issue]]:
        """Yield every issue with its row, in the order of the input."""
        return ((entry_, issue) for entry_ in self.entries for issue in entry_.issues)

    def _note_duplicates(self, positions: Sequence[int]) -> None:
        numbers = [self.entries[position].number for position in positions]
        shown = ", ".join(str(number) for number in numbers[:_SHOWN]) + ("…" if len(numbers) > _SHOWN else "")
        issue = Issue(
            "duplicate_number",
            Text(vi=f"số hồ sơ trùng: các dòng {shown}", en=f"case number occurs more than once: rows {shown}"),
        )
        for position in positions:
            old = self.entries[position]
            self.entries[position] = replace(old, issues=(*old.issues, issue))


_SHOWN: Final = 10
