"""The reconciliation sheet (đối soát): totals that equal the input's, and where every single row went."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.cases.case_rules import KIND_NAMES, STATE_NAMES
from geo.cases.handover import words
from geo.cases.handover.package import package_folder
from geo.model import CaseKind, CaseState, Text
from geo.tables.workbook import Column, Sheet, write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geo.cases.handover.ledger import Entry, Ledger
    from geo.cases.handover.queue import Group
    from geo.errors import Language
    from geo.tables.workbook import Value


def write_reconciliation(
    path: Path, ledger: Ledger, groups: Sequence[Group], *, rows_read: int, header_row: int, lang: Language
) -> None:
    """Write the sheets: balance, by ward, by kind, by state, row by row, notes."""
    sheets = [
        _balance(ledger, rows_read, lang),
        _by_ward(ledger, lang),
        _by(ledger, Text("Theo lĩnh vực", "By kind"), words.KIND, _kind_of, lang),
        _by(ledger, Text("Theo trạng thái", "By state"), words.STATE, _state_of, lang),
        _row_by_row(ledger, groups, header_row, lang),
        _issues(ledger, lang),
    ]
    with path.open("wb") as file:
        write_workbook(file, sheets)


def _balance(ledger: Ledger, rows_read: int, lang: Language) -> Sheet:
    """Put what came in against what went out."""
    packed = sum(bool(entry.ward_code) for entry in ledger.entries)
    waiting = len(ledger.entries) - packed
    issues = Counter(issue.code for _, issue in ledger.issues())
    lines: list[tuple[Text, int]] = [
        (Text("Số dòng của tệp vào", "Rows of the input"), rows_read),
        (Text("Trong các gói phường, xã", "In the packages of wards"), packed),
        (Text("Chờ xác minh (kể cả ngoài Hà Nội)", "To be verified (outside Hà Nội included)"), waiting),
        (Text("Chênh lệch", "Difference"), rows_read - packed - waiting),
        (Text("Số phường, xã nhận", "Receiving wards"), len(ledger.ward_names)),
    ]
    lines += [
        (Text(f"Lưu ý: {words.issue_name(code).vi}", f"Note: {words.issue_name(code).en}"), count)
        for code, count in issues.most_common()
    ]
    title = Text("Cân đối", "Balance").message(lang)
    columns = [Column("", 46), Column(words.ROWS.message(lang), 14)]
    return Sheet(title, columns, [(name.message(lang), count) for name, count in lines], bold_rows=frozenset({0, 3}))


def _by_ward(ledger: Ledger, lang: Language) -> Sheet:
    """Count each receiving ward's files by kind and state, the queue last."""
    kinds = [kind for kind in CaseKind if any(entry.kind is kind for entry in ledger.entries)]
    states = [state for state in (*CaseState, None) if any(entry.state is state for entry in ledger.entries)]
    found = ledger.destinations()
    lines: list[tuple[Value, ...]] = []
    for code, name in sorted(ledger.ward_names.items()):
        lines.append((code, name, *_counts(found[code], kinds, states)))
    queue = [entry for entry in ledger.entries if not entry.ward_code]
    lines.append(("", words.QUEUE.message(lang), *_counts(queue, kinds, states)))
    lines.append(("", words.TOTAL.message(lang), *_counts(ledger.entries, kinds, states)))
    columns = [
        Column(words.WARD_CODE.message(lang), 10),
        Column(words.WARD.message(lang), 30),
        Column(words.ROWS.message(lang), 10),
        *(Column(KIND_NAMES[kind].message(lang)) for kind in kinds),
        *(Column(STATE_NAMES[state].message(lang)) for state in states),
    ]
    title = Text("Theo phường xã", "By ward").message(lang)
    return Sheet(title, columns, lines, bold_rows=frozenset({len(lines) - 1}))


def _counts(entries: Sequence[Entry], kinds: Sequence[CaseKind], states: Sequence[CaseState | None]) -> tuple[int, ...]:
    by_kind, by_state = Counter(entry.kind for entry in entries), Counter(entry.state for entry in entries)
    return (len(entries), *(by_kind[kind] for kind in kinds), *(by_state[state] for state in states))


def _kind_of(entry: Entry) -> Text:
    return KIND_NAMES[entry.kind]


def _state_of(entry: Entry) -> Text:
    return STATE_NAMES[entry.state]


def _by(ledger: Ledger, title: Text, what: Text, of: Callable[[Entry], Text], lang: Language) -> Sheet:
    """Count the files of each kind or state by outcome."""
    counts = Counter((of(entry), entry.result) for entry in ledger.entries)
    results = [result for result in words.OUTCOME_NAMES if any(key[1] == result for key in counts)]
    names = [
        name
        for name in dict.fromkeys((*KIND_NAMES.values(), *STATE_NAMES.values()))
        if any(key[0] == name for key in counts)
    ]
    lines: list[tuple[Value, ...]] = [
        (
            name.message(lang),
            sum(counts[name, result] for result in results),
            *(counts[name, result] for result in results),
        )
        for name in names
    ]
    totals = [sum(counts[name, result] for name in names) for result in results]
    lines.append((words.TOTAL.message(lang), sum(totals), *totals))
    columns = [
        Column(what.message(lang), 34),
        Column(words.ROWS.message(lang), 10),
        *(Column(words.OUTCOME_NAMES[result].message(lang), 18) for result in results),
    ]
    return Sheet(title.message(lang), columns, lines, bold_rows=frozenset({len(lines) - 1}))


def _row_by_row(ledger: Ledger, groups: Sequence[Group], header_row: int, lang: Language) -> Sheet:
    columns = [
        Column(words.ROW.message(lang), 9),
        Column(words.CASE_NUMBER.message(lang), 24),
        Column(words.KIND.message(lang), 22),
        Column(words.STATE.message(lang), 22),
        Column(words.OUTCOME.message(lang), 22),
        Column(words.PACKAGE.message(lang), 38),
        Column(words.PACKAGE_ROW.message(lang), 12),
        Column(words.GROUP.message(lang), 8),
    ]
    return Sheet(Text("Từng dòng", "Row by row").message(lang), columns, _row_lines(ledger, groups, header_row, lang))


def _row_lines(ledger: Ledger, groups: Sequence[Group], header_row: int, lang: Language) -> Iterator[tuple[Value, ...]]:
    folders = {code: package_folder(code, name) for code, name in ledger.ward_names.items()}
    following = dict.fromkeys(folders, header_row + 1) | {f"?{group.key}": group.first_row for group in groups}
    numbers = {f"?{group.key}": number for number, group in enumerate(groups, 1)}
    for entry in ledger.entries:
        row = following[entry.destination]
        following[entry.destination] = row + 1
        yield (
            entry.number,
            entry.case_number,
            KIND_NAMES[entry.kind].message(lang),
            STATE_NAMES[entry.state].message(lang),
            words.OUTCOME_NAMES[entry.result].message(lang),
            folders.get(entry.ward_code, words.QUEUE_FOLDER),
            row,
            numbers.get(entry.destination),
        )


def _issues(ledger: Ledger, lang: Language) -> Sheet:
    columns = [
        Column(words.ROW.message(lang), 9),
        Column(words.CASE_NUMBER.message(lang), 24),
        Column(words.ISSUE.message(lang), 90),
    ]
    lines = ((entry.number, entry.case_number, issue.text.message(lang)) for entry, issue in ledger.issues())
    return Sheet(Text("Lưu ý", "Notes").message(lang), columns, lines)
