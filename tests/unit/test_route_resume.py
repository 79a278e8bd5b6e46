"""A run that is killed, interrupted or out of disk goes on where it was, and ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from geo.cases import RouteColumns, RouteStart, journal_path
from geo.cases.journal import Journal
from geo.errors import HanoiWardsError, TableError
from geo.model import Subject
from tests.unit.fake_router import FakeRouter, WaitingRouter
from tests.unit.test_route_table import delimited, put, route

ROWS, CHUNK = 40, 4

# what a separate process does, to be killed or put on a short ration
JOB = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background has Ctrl-C switched off
import os, resource, sys
from pathlib import Path
from geo.cases import RouteOptions, route_table
from geo.engines import LocalEngine
from geo.errors import HanoiWardsError
from tests.unit.fake_router import WaitingRouter

if __name__ == "__main__":
    source, target, workers, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    def progress(rows, done=[0]):
        done[0] += rows
        target.with_name(f"done {done[0]}").touch()

    try:
        route_table(source, target, open_router=WaitingRouter, engine=LocalEngine(workers), options=RouteOptions(),
                    progress=progress, chunk_rows=4)
    except HanoiWardsError as error:
        sys.exit(error.en)
"""


def addresses(*, special: str = "số 30 phố Huế") -> list[list[str]]:
    texts = [special if number == 30 else f"số {number} phố Huế" for number in range(ROWS)]
    return [["Họ tên", "Địa chỉ"], *([f"Người thứ {number}", text] for number, text in enumerate(texts))]


def start(folder: Path, source: Path, target: Path, *, workers: int = 1, most: int = 0) -> subprocess.Popen[str]:
    script = folder / "job.py"
    script.write_text(JOB, encoding="utf-8")
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "WAITING_ROUTER": str(folder / "waiting"),
    }  # fmt: skip
    command = [sys.executable, str(script), str(source), str(target), str(workers), str(most)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_for(condition: Any) -> None:
    for _ in range(1_200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def killed(tmp_path: Path, source: Path, target: Path, *, workers: int = 1) -> None:
    """Run until row 32 is being answered and every chunk before it is kept, then kill."""
    with start(tmp_path, source, target, workers=workers) as job:
        wait_for((tmp_path / "waiting").exists)
        wait_for((tmp_path / "done 28").exists)
        job.kill()
    assert job.returncode == -signal.SIGKILL


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_after_a_kill_the_same_command_goes_on_and_the_output_is_the_same(
    tmp_path: Path, suffix: str, workers: int
) -> None:
    source, target = put(tmp_path, delimited(addresses(special="wait here"))), tmp_path / f"out.{suffix}"
    route(source, tmp_path / f"whole.{suffix}", open_router=WaitingRouter, chunk_rows=CHUNK)
    killed(tmp_path, source, target, workers=workers)
    assert not target.exists()
    assert target.with_name(target.name + ".part").exists()
    starts: list[RouteStart] = []
    steps: list[int] = []
    report = route(
        source, target, open_router=WaitingRouter, chunk_rows=CHUNK, on_start=starts.append, progress=steps.append,
        workers=3 - workers,
    )  # fmt: skip
    assert (starts[0].resumed_rows, starts[0].next_row) == (28, 30)
    assert steps == [4, 4, 4]
    assert_same(target, tmp_path / f"whole.{suffix}")
    assert (report.rows, report.resumed_rows, report.manifest["resumed_from"]) == (ROWS, 28, 28)
    whole = json.loads((tmp_path / f"whole.{suffix}.manifest.json").read_text(encoding="utf-8"))
    assert [report.manifest[name] for name in ("outcomes", "evidence")] == [whole["outcomes"], whole["evidence"]]
    assert not [path for path in tmp_path.iterdir() if path.suffix in {".part", ".journal"}]


def assert_same(path: Path, other: Path) -> None:
    """Assert the same bytes; of a workbook, which holds the time it was made, the same cells."""
    if path.suffix == ".xlsx":
        sheets = [openpyxl.load_workbook(one).active for one in (path, other)]
        first, second = ([[cell.value for cell in row] for row in sheet] for sheet in sheets)
        assert first == second
        return
    assert path.read_bytes() == other.read_bytes()
    if path.suffix == ".parquet":
        assert pq.read_table(path).num_rows == ROWS


def interrupted(source: Path, target: Path, *, after: int = 3, **options: Any) -> None:
    steps: list[int] = []

    def interrupt(rows: int) -> None:
        steps.append(rows)
        if len(steps) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        route(source, target, progress=interrupt, chunk_rows=CHUNK, **options)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done_and_nothing_half_done(tmp_path: Path, workers: int) -> None:
    source, target = put(tmp_path, delimited(addresses())), tmp_path / "out.csv"
    interrupted(source, target, workers=workers)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv.journal"]
    assert route(source, target, chunk_rows=CHUNK).resumed_rows == 3 * CHUNK
    route(source, tmp_path / "whole.csv")
    assert_same(target, tmp_path / "whole.csv")


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_at_the_terminal_ends_every_process_quietly(tmp_path: Path, workers: int) -> None:
    source, target = put(tmp_path, delimited(addresses(special="wait here"))), tmp_path / "out.csv"
    with start(tmp_path, source, target, workers=workers) as job:
        wait_for((tmp_path / "waiting").exists)
        wait_for((tmp_path / "done 28").exists)
        os.killpg(job.pid, signal.SIGINT)  # as a terminal does
        try:
            _, said = job.communicate(timeout=60)
        finally:
            job.kill()
    assert said.count("Traceback") == 1  # the parent's; the command line says it in words
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert not target.with_name("out.csv.part").exists()
    assert route(source, target, chunk_rows=CHUNK, open_router=WaitingRouter).resumed_rows == 28


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lang": "en"}, "lựa chọn của lệnh"),
        ({"subject": Subject.PARCEL}, "lựa chọn của lệnh"),
        ({"named": RouteColumns(address=("Ghi chú",))}, "các cột được đọc"),
        ({"chunk_rows": 5}, "cỡ khối dòng"),
    ],
)
def test_other_options_do_not_go_on_with_it_unless_told_to_restart(
    tmp_path: Path, options: dict[str, Any], words: str
) -> None:
    rows = [[*row, row[1]] for row in addresses()]
    source, target = put(tmp_path, delimited([["Họ tên", "Địa chỉ", "Ghi chú"], *rows[1:]])), tmp_path / "out.csv"
    interrupted(source, target)
    with pytest.raises(TableError) as caught:
        route(source, target, **{"chunk_rows": CHUNK, **options})
    assert words in caught.value.vi
    assert "--restart" in caught.value.vi
    assert not target.exists()
    report = route(source, target, **{"chunk_rows": CHUNK, **options}, restart=True)
    assert (report.rows, report.resumed_rows) == (ROWS, 0)


def test_another_input_or_other_data_do_not_go_on_with_it(tmp_path: Path) -> None:
    class NewerRouter(FakeRouter):
        data_version = "newer"

    source, target = put(tmp_path, delimited(addresses())), tmp_path / "out.csv"
    interrupted(source, target)
    with pytest.raises(TableError, match="data version"):
        route(source, target, open_router=NewerRouter, chunk_rows=CHUNK)
    put(tmp_path, delimited(addresses(special="đã sửa")))
    with pytest.raises(TableError, match="the input's content"):
        route(source, target, chunk_rows=CHUNK)


def test_an_output_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    source, target = put(tmp_path, delimited(addresses())), tmp_path / "out.csv"
    interrupted(source, target)
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(TableError, match="exists already"):
        route(source, target, chunk_rows=CHUNK)
    assert target.read_text(encoding="utf-8") == "mine"
    assert route(source, target, chunk_rows=CHUNK, overwrite=True).resumed_rows == 3 * CHUNK


@pytest.mark.parametrize("killed_before", ["the manifest", "the journal's removal"])
def test_a_kill_after_the_output_got_its_name_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_before: str
) -> None:
    source, target = put(tmp_path, delimited(addresses())), tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "remove", lambda _: None)
        whole = route(source, target, chunk_rows=CHUNK)
    manifest = tmp_path / "out.csv.manifest.json"
    if killed_before == "the manifest":
        manifest.unlink()
    content, changed = target.read_bytes(), target.stat().st_mtime_ns
    report = route(source, target, chunk_rows=CHUNK, progress=pytest.fail, on_start=pytest.fail)
    assert (target.read_bytes(), target.stat().st_mtime_ns) == (content, changed)
    assert report.manifest == whole.manifest == json.loads(manifest.read_text(encoding="utf-8"))
    assert (report.rows, report.outcomes, report.grounds) == (ROWS, whole.outcomes, whole.grounds)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", manifest.name]


@pytest.mark.parametrize("most", [400, 2_000, 6_000])
def test_a_disk_that_fills_keeps_what_is_done(tmp_path: Path, most: int) -> None:
    """A limit on the size of a file stands for the disk: 400 bytes stop the journal, the others the output."""
    source, target = put(tmp_path, delimited(addresses())), tmp_path / "out.csv"
    with start(tmp_path, source, target, most=most) as job:
        _, said = job.communicate(timeout=60)
    assert job.returncode == 1
    assert "The disk is full while writing" in said
    kept = journal_path(target).exists()
    assert ("the same command goes on from row" in said) is kept
    assert not target.exists()
    assert not target.with_name("out.csv.part").exists()
    report = route(source, target, open_router=WaitingRouter, chunk_rows=CHUNK)
    assert bool(report.resumed_rows) is kept
    route(source, tmp_path / "whole.csv")
    assert_same(target, tmp_path / "whole.csv")


def test_a_worker_that_is_ended_by_the_system_costs_only_what_was_under_way(tmp_path: Path) -> None:
    source, target = put(tmp_path, delimited(addresses(special="kill the worker"))), tmp_path / "out.csv"
    with pytest.raises(HanoiWardsError) as caught:
        route(source, target, chunk_rows=CHUNK, workers=2)
    assert "--workers 1" in caught.value.vi
    assert "làm tiếp từ dòng" in caught.value.vi
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["in.csv", "out.csv.journal"]


def test_two_runs_at_once_do_not_write_the_same_output(tmp_path: Path) -> None:
    source, target = put(tmp_path, delimited(addresses())), tmp_path / "out.csv"

    def second(_: RouteStart) -> None:
        with pytest.raises(TableError, match="Another run is writing"):
            route(source, target, chunk_rows=CHUNK, restart=True, overwrite=True)

    assert route(source, target, chunk_rows=CHUNK, on_start=second).rows == ROWS
