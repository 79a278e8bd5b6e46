"""Route a whole table: every row keeps its place, and a run that is killed goes on where it was."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from geo.cases.added_columns import ADDED_COLUMNS
from geo.cases.journal import Journal
from geo.cases.route_chunk import RowError, pack, route_chunk, unpack
from geo.cases.route_columns import RouteColumns, find_route_columns
from geo.cases.route_manifest import (
    SCHEMA_VERSION,
    expected_rows,
    file_facts,
    program_version,
    write_manifest,
)
from geo.errors import HanoiWardsError, TableError
from geo.model import Subject
from geo.tables import create_table, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geo.cases.route_chunk import Answer, QueryCells, Routes
    from geo.cases.route_columns import FoundColumns
    from geo.cases.route_manifest import FileFacts
    from geo.engines import BatchEngine, Session
    from geo.errors import Language
    from geo.tables import Batch, TableReader, TableWriter

CHUNK_ROWS = 1_000
"""A kill costs at most a few times as many rows."""

_NINE = len(ADDED_COLUMNS)
# Signs of our own sentences that Windows-1258 lacks; a table in it keeps its encoding, so ours must fit.
_IN_CP1258 = str.maketrans({"→": "->", "≤": "<=", "≥": ">=", "≈": "~", "′": "'", "″": '"'})


@dataclass(frozen=True, slots=True)
class RouteOptions:
    """What the user asks for, beside the two files.

    Parameters
    ----------
    named
        Columns named by the user; the others are recognised by their headings, never by position.
    subject
        Of the whole table; where None, a column of kinds may say it row by row, and residents are meant otherwise.
    lang
        Of ``ly_do`` and ``can_cu``.
    overwrite
        Whether an output that exists may be replaced.
    excel_bom
        Whether CSV gets a byte order mark for Excel.
    restart
        Whether the work of a run that was stopped is dropped instead of continued.
    """

    named: RouteColumns = field(default_factory=RouteColumns)
    subject: Subject | None = None
    lang: Language = "vi"
    overwrite: bool = False
    excel_bom: bool = False
    restart: bool = False


@dataclass(frozen=True, slots=True)
class RouteStart:
    """What is known before the first row is answered.

    Parameters
    ----------
    columns
        What each column is used as, and its headings.
    expected_rows
        An estimate for showing progress; None where nothing tells it.
    resumed_rows, next_row
        Rows already answered by a run that was stopped, and the first row that is not, as a spreadsheet numbers it.
    """

    columns: dict[str, list[str]]
    expected_rows: int | None
    resumed_rows: int
    next_row: int


@dataclass(slots=True)
class RouteReport:
    """What was done: counts that add up to the rows of the table.

    Parameters
    ----------
    outcomes, grounds
        Rows by ``ket_qua``, and by the kinds of evidence behind the answer.
    manifest
        As written beside the output.
    """

    columns: dict[str, list[str]]
    rows: int = 0
    resumed_rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    grounds: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)


def journal_path(target: Path) -> Path:
    """Return where the work of an unfinished run is kept."""
    return target.with_name(target.name + ".journal")


def route_table(
    source: Path,
    target: Path,
    *,
    open_router: Callable[[], Routes],
    engine: BatchEngine,
    options: RouteOptions,
    on_start: Callable[[RouteStart], object] = lambda _: None,
    progress: Callable[[int], object] = lambda _: None,
    chunk_rows: int = CHUNK_ROWS,
) -> RouteReport:
    """Write ``target``: every row of ``source`` as it is, with the answer appended, and a manifest beside it.

    Memory does not grow with the table. The output appears under its name only when it is complete; until then the
    answers are kept in a journal, from which the same command goes on.

    Parameters
    ----------
    open_router
        Called once in each worker.
    on_start
        Called once, before the first row.
    progress
        Called with the number of rows answered since the last call, those of an earlier run left out.
    chunk_rows
        Rows that travel and are kept together; changes no answer.

    Raises
    ------
    TableError
        The table cannot be read or written, no column says where a case belongs, or what is kept is of other work.
    HanoiWardsError
        The data cannot be read, a worker was lost, or the program failed on a row; the message names it.
    """
    with open_table(source) as table:
        columns = find_route_columns(table.columns, options.named, look_for_kind=options.subject is None)
        if not journal_path(target).exists():
            # What cannot be written is told before the work begins; with a journal there, it is told below.
            create_table(target, like=table, added_columns=ADDED_COLUMNS, overwrite=options.overwrite)
        run = _Run(table, target, columns, options=options, workers=engine.workers, chunk_rows=chunk_rows)
        with engine.session(open_router) as session, run.journal(session) as journal:
            if run.was_finished(journal):
                return run.settle(journal)
            on_start(run.start(journal))
            with run.work_kept(journal):
                run.write(journal, session, progress)
            return run.settle(journal)


class _Run:
    """One run over one table."""

    def __init__(
        self,
        table: TableReader,
        target: Path,
        columns: FoundColumns,
        *,
        options: RouteOptions,
        workers: int,
        chunk_rows: int,
    ) -> None:
        self._table = table
        self._target = target
        self._columns = columns
        self._facts = file_facts(table.path)
        self._options = options
        self._workers = workers
        self._chunk_rows = chunk_rows
        self._subject = options.subject or Subject.RESIDENT
        self._versions: dict[str, str] = {}
        self._report = RouteReport(columns.used())
        self._started = datetime.now(UTC)
        self._clock = time.monotonic()

    def journal(self, session: Session[Routes]) -> Journal:
        """Open the journal, bound to everything that the answers depend on."""
        generation, data_version = session.call(_router_versions)
        self._versions = {
            "generation": generation,
            "data_version": data_version,
            "program_version": program_version(),
        }
        binding = {
            "input_sha256": self._facts.sha256,
            "columns": self._columns.positions(),
            "options": {"lang": self._options.lang, "subject": self._subject.value},
            "chunk_rows": self._chunk_rows,
            **self._versions,
        }
        return Journal.open(journal_path(self._target), binding, restart=self._options.restart)

    def start(self, journal: Journal) -> RouteStart:
        """Say what is known before the first row."""
        self._report.resumed_rows = journal.rows
        return RouteStart(
            columns=self._report.columns,
            expected_rows=expected_rows(self._table, self._facts),
            resumed_rows=journal.rows,
            next_row=self._row_number(journal.rows),
        )

    def write(self, journal: Journal, session: Session[Routes], progress: Callable[[int], object]) -> None:
        """Write the output: first what the journal holds, then what the workers answer."""
        writer = create_table(
            self._target,
            like=self._table,
            added_columns=ADDED_COLUMNS,
            overwrite=self._options.overwrite,
            excel_bom=self._options.excel_bom,
            replace_part=True,  # the journal is locked: no other run is writing it
            when_whole=partial(self._when_whole, journal),
        )
        with writer as out:
            batches = self._batches(journal)
            for (rows, packed), batch in zip(journal.answers(), batches, strict=False):
                if rows != len(batch):
                    raise TableError(
                        vi=f"“{journal.path.name}” không khớp với tệp vào. Hãy chạy lại với --restart.",
                        en=f"“{journal.path.name}” does not fit the input. Run again with --restart.",
                    )
                self._put(out, batch, unpack(packed), journal)
            ask = partial(
                _packed_answers,
                lang=self._options.lang,
                subject=self._subject,
                headings=self._columns.point_headings,
            )
            asked = ((batch, self._columns.query_cells(batch, self._options.lang)) for batch in batches)
            for batch, packed in session.map(ask, asked):
                journal.append(len(batch), packed)
                self._put(out, batch, unpack(packed), journal)
                progress(len(batch))

    def _batches(self, journal: Journal) -> Iterator[Batch]:
        try:
            yield from self._table.batches(self._chunk_rows)
        except TableError:
            journal.remove()  # the same input would fail again
            raise

    def _put(self, out: TableWriter, batch: Batch, answers: Sequence[Answer], journal: Journal) -> None:
        ours: list[Sequence[str]] = [cells[:_NINE] for cells in answers]
        if self._table.report.encoding == "cp1258":
            ours = [[cell.translate(_IN_CP1258) for cell in cells] for cells in ours]
        try:
            out.write(batch, ours)
        except TableError as error:
            if not isinstance(error.__cause__, OSError):
                journal.remove()  # a cell that the output cannot hold: the same command would fail again
            raise
        self._report.rows += len(batch)
        self._report.outcomes.update(cells[0] for cells in answers)
        self._report.grounds.update(cells[_NINE] for cells in answers)

    def _when_whole(self, journal: Journal, part: Path) -> None:
        """Note in the journal what is about to get its name, so that a kill right now costs nothing."""
        if self._report.rows != self._table.rows_read:
            raise AssertionError(f"{self._table.rows_read} rows in, {self._report.rows} out")
        self._report.manifest = self._manifest(file_facts(part))
        journal.finish(self._report.manifest)

    def _manifest(self, output: FileFacts) -> dict[str, Any]:
        report, options = self._report, self._options
        seconds = time.monotonic() - self._clock
        return {
            "schema_version": SCHEMA_VERSION,
            "command": "route-file",
            "input": {
                "name": self._table.path.name,
                "bytes": self._facts.size,
                "sha256": self._facts.sha256,
                "rows": self._table.rows_read,
            },
            "output": {
                "name": self._target.name,
                "bytes": output.size,
                "sha256": output.sha256,
                "rows": report.rows,
            },
            "columns": report.columns,
            "options": {
                "subject": self._subject.value,
                "lang": options.lang,
                "overwrite": options.overwrite,
                "excel_bom": options.excel_bom,
                "restart": options.restart,
            },
            **self._versions,
            "outcomes": dict(sorted(report.outcomes.items())),
            "evidence": dict(report.grounds.most_common()),
            "workers": self._workers,
            "started": self._started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(seconds, 2),
            "rows_per_second": round((report.rows - report.resumed_rows) / max(seconds, 0.01), 1),
            "resumed_from": report.resumed_rows,
        }

    def was_finished(self, journal: Journal) -> bool:
        """Tell whether a run was killed when its output had just got its name."""
        manifest = journal.manifest
        if manifest is None or not self._target.exists():
            return False
        if file_facts(self._target).sha256 != manifest["output"]["sha256"]:
            return False
        report = self._report
        report.manifest, report.rows = manifest, manifest["output"]["rows"]
        report.resumed_rows = report.rows
        report.outcomes, report.grounds = Counter(manifest["outcomes"]), Counter(manifest["evidence"])
        return True

    def settle(self, journal: Journal) -> RouteReport:
        """Write the manifest and remove the journal: the output has its name."""
        write_manifest(self._target, self._report.manifest)
        journal.remove()
        self._report.notices = [notice.message(self._options.lang) for notice in self._table.report.notices]
        return self._report

    @contextmanager
    def work_kept(self, journal: Journal) -> Iterator[None]:
        """Say with any error how to go on, where there is something to go on from."""
        try:
            yield
        except RowError as error:
            raise self._kept(_failed(self._row_number(journal.rows) + error.position, error), journal) from None
        except HanoiWardsError as error:
            raise self._kept(error, journal) from error.__cause__

    def _kept(self, error: HanoiWardsError, journal: Journal) -> HanoiWardsError:
        if journal.removed or journal.rows == 0:
            return error
        row = self._row_number(journal.rows)
        return type(error)(
            vi=f"{error.vi} Các dòng đã xong được giữ trong “{journal.path.name}”: chạy lại đúng lệnh này thì làm "
            f"tiếp từ dòng {row}.",
            en=f"{error.en} The rows that are done are kept in “{journal.path.name}”: the same command goes on from "
            f"row {row}.",
            field=error.field,
        )

    def _row_number(self, rows: int) -> int:
        """Return the number, as a spreadsheet shows it, of the row after so many."""
        return self._table.report.header_row + 1 + rows


def _router_versions(router: Routes) -> tuple[str, str]:
    return router.generation, router.data_version


def _packed_answers(
    router: Routes, queries: Sequence[QueryCells], *, lang: Language, subject: Subject, headings: tuple[str, str]
) -> bytes:
    """Answer some rows in a worker, and return them as they are kept."""
    return pack(route_chunk(router, queries, lang, subject=subject, headings=headings))


def _failed(row: int, error: RowError) -> HanoiWardsError:
    return HanoiWardsError(
        vi=f"Dòng {row}: chương trình gặp lỗi ({error.what}). Hãy báo lại số dòng và phần trong ngoặc.",
        en=f"Row {row}: the program failed ({error.what}). Report the row and what stands in brackets.",
    )
