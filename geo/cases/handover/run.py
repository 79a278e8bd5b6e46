"""The handover of an old district's case files: read, decide, sort, write, prove, put in place."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.cases.added_columns import ADDED_COLUMNS
from geo.cases.case_routing import route_case
from geo.cases.decision_cells import decision_cells
from geo.cases.handover import words
from geo.cases.handover.aside import written_aside
from geo.cases.handover.check import check_handover
from geo.cases.handover.columns import CaseColumns, find_columns
from geo.cases.handover.ledger import Ledger, entry
from geo.cases.handover.package import Origin, package_folder, write_manifest, write_package
from geo.cases.handover.queue import Queue, write_queue
from geo.cases.handover.reading import CaseReader
from geo.cases.handover.reconciliation import write_reconciliation
from geo.cases.handover.rows import CSV_NAME, safe_cells
from geo.cases.handover.spool import Spool
from geo.errors import HanoiWardsError
from geo.tables import create_table, open_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.cases.handover.columns import FoundColumns
    from geo.cases.handover.ledger import Entry
    from geo.cases.handover.package import CoverPage
    from geo.cases.handover.queue import Group
    from geo.cases.handover.reading import CaseRow
    from geo.cases.route_chunk import Routes
    from geo.errors import Language
    from geo.model import CaseKind, RouteDecision
    from geo.tables import Batch, TableReader

_BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class HandoverOptions:
    """What the user asks for, beside the input and the folder.

    Parameters
    ----------
    named
        Columns named by the user; the others are recognised by their headings, never by position.
    kind, old_district
        Of every file of which the table does not say it: a list from one office often leaves them out.
    sheet
        XLSX only: the sheet to read.
    lang
        Of the sheets and of what is appended to the rows.
    overwrite
        Whether an earlier handover in the folder may be replaced.
    """

    named: CaseColumns = field(default_factory=CaseColumns)
    kind: CaseKind | None = None
    old_district: str = ""
    sheet: str | None = None
    lang: Language = "vi"
    overwrite: bool = False


@dataclass(slots=True)
class HandoverReport:
    """What was done: counts that add up to the rows of the table.

    Parameters
    ----------
    columns, missing
        Which column was taken for what, and what the table has no column for.
    packages
        Code, name and rows of each receiving ward.
    groups
        The queue, the biggest group first.
    issues
        How often each kind of issue occurs.
    """

    columns: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    packages: list[tuple[str, str, int]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    issues: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)


def write_handover(
    source: Path,
    target: Path,
    *,
    router: Routes,
    cover_page: CoverPage,
    options: HandoverOptions | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> HandoverReport:
    """Write one package for each receiving ward, the queue of the unresolved, and the reconciliation.

    Every row of the input is in exactly one place with all its cells; that is proved by reading everything again
    before the folder gets its name. Memory grows by a few hundred bytes a row.

    Parameters
    ----------
    source
        CSV, XLSX or Parquet.
    target
        The folder; written as ``<target>.part`` and renamed when it is whole.
    cover_page
        Draws the cover of a package as a page to print.
    progress
        Called with the number of rows decided since the last call.

    Raises
    ------
    TableError
        The table cannot be read, no column places a file, or the folder cannot be written.
    IntegrityError
        What was written is not what was read.
    """
    options = options or HandoverOptions()
    with (
        open_table(source, sheet=options.sheet) as table,
        written_aside(target, source=source, overwrite=options.overwrite) as part,
        Spool(part) as spool,
    ):
        # Refuses an input that has our columns already, before any work is done.
        create_table(part / CSV_NAME, like=table, added_columns=ADDED_COLUMNS)
        found = find_columns(table.columns, options.named)
        reader = CaseReader(table.columns, found, kind=options.kind, old_district=options.old_district)
        work = _Work(table, reader, router, spool, options.lang)
        for batch in table.batches(_BATCH):
            work.sort(batch)
            progress(len(batch))
        work.ledger.close()
        groups = _write_everything(part, work, cover_page, _origin(table, router))
        return _report(work, found, groups)


class _Work:
    """Rows on their way from the table to where they belong."""

    def __init__(self, table: TableReader, reader: CaseReader, router: Routes, spool: Spool, lang: Language) -> None:
        self.table = table
        self.reader = reader
        self.spool = spool
        self.lang = lang
        self.ledger = Ledger()
        self.queue = Queue()
        self._router = router

    def sort(self, batch: Batch) -> None:
        """Decide the rows of a batch, write them down and put them aside."""
        destinations, answers = [], []
        for row in batch:
            case_row = self.reader.read(row)
            decision = self._decide(case_row)
            answer = decision_cells(decision, self.lang)
            own = row.cells if self.table.format == "csv" else safe_cells(row.cells)
            noted = entry(case_row, decision, answer[0], own)
            self.ledger.add(noted, decision)
            if not noted.ward_code:
                self.queue.add(noted, decision)
            destinations.append(noted.destination)
            answers.append(answer)
        self.spool.put(batch, destinations, answers)

    def _decide(self, row: CaseRow) -> RouteDecision:
        try:
            return route_case(row.case, self._router)
        except HanoiWardsError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, it must not print a person's address
            # The text of such an error may quote a cell: it says where, and not what was there.
            what = f"{type(error).__name__} ({_line_of(error)})"
            raise HanoiWardsError(
                vi=f"Dòng {row.number}: chương trình gặp lỗi {what}. Không ghi gì ra; hãy báo lỗi này.",
                en=f"Row {row.number}: the program failed with {what}. Nothing was put in place; report this.",
            ) from None


def _line_of(error: Exception) -> str:
    """Return the line of the program that failed."""
    step = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(step.filename).name}:{step.lineno}"


def _write_everything(part: Path, work: _Work, cover_page: CoverPage, origin: Origin) -> list[Group]:
    """Write packages, queue, reconciliation and manifest, and prove them before they count."""
    ledger, table, lang = work.ledger, work.table, work.lang
    found = ledger.destinations()
    written: dict[Path, list[Entry]] = {}
    for code, name in sorted(ledger.ward_names.items()):
        folder = part / package_folder(code, name)
        write_package(
            folder,
            found[code],
            work.spool.blocks(code),
            ward_name=name,
            like=table,
            origin=origin,
            lang=lang,
            cover_page=cover_page,
        )
        written[folder] = found[code]
    waiting = part / words.QUEUE_FOLDER
    groups = write_queue(waiting, work.queue, work.spool, like=table, origin=origin, lang=lang)
    written[waiting] = [entry_ for group in groups for entry_ in found[f"?{group.key}"]]
    check_handover(ledger, written, table=table, reader=work.reader)
    write_reconciliation(
        part / words.RECONCILIATION_NAME,
        ledger,
        groups,
        rows_read=table.rows_read,
        header_row=table.report.header_row,
        lang=lang,
    )
    outcomes = Counter(entry_.result for entry_ in ledger.entries)
    facts = {
        "rows": table.rows_read,
        "outcomes": dict(sorted(outcomes.items())),
        "packages": {code: len(found[code]) for code in sorted(ledger.ward_names)},
        "queue": {"rows": len(written[waiting]), "groups": len(groups)},
    }
    names = [path.relative_to(part).as_posix() for path in part.rglob("*") if path.is_file()]
    write_manifest(part, origin, facts, names=names)
    return groups


def _origin(table: TableReader, router: Routes) -> Origin:
    return Origin(
        name=table.path.name,
        sha256=table.sha256(),
        generation=router.generation,
        data_version=router.data_version,
        written=datetime.now(UTC).astimezone(),
    )


def _report(work: _Work, columns: FoundColumns, groups: list[Group]) -> HandoverReport:
    ledger = work.ledger
    found = ledger.destinations()
    return HandoverReport(
        columns=[text.message(work.lang) for text in columns.described(work.table.columns)],
        missing=[text.message(work.lang) for text in columns.missing()],
        rows=len(ledger.entries),
        outcomes=Counter(entry_.result for entry_ in ledger.entries),
        packages=[(code, name, len(found[code])) for code, name in sorted(ledger.ward_names.items())],
        groups=groups,
        issues=Counter(issue.code for _, issue in ledger.issues()),
        notices=[notice.message(work.lang) for notice in work.table.report.notices],
    )
