"""Every engine gives the same results, in the same order, and leaves nothing running."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from geo.engines import BatchEngine, LocalEngine, usable_processors
from geo.errors import DataMissing, HanoiWardsError

ENGINES = {"this process": partial(LocalEngine, 1), "two": partial(LocalEngine, 2), "three": partial(LocalEngine, 3)}


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[BatchEngine]:
    make: Callable[[], BatchEngine] = ENGINES[request.param]
    yield make()
    assert multiprocessing.active_children() == []


def context() -> list[int]:
    """Return something that every worker has to open for itself; it counts its uses."""
    return [0]


def missing() -> list[int]:
    raise DataMissing(vi="Thiếu tệp.", en="A file is missing.", field="links.csv")


def lopsided(opened: list[int], number: int) -> tuple[int, int]:
    """Return a square, the later numbers sooner than the first."""
    opened[0] += 1
    time.sleep(0.05 if number == 0 else 0)
    return number * number, os.getpid()


def failing_at_three(_: list[int], number: int) -> int:
    if number == 3:
        raise ZeroDivisionError(number)
    return number


def dying_at_three(opened: list[int], number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return failing_at_three(opened, number)


def uses(opened: list[int]) -> int:
    return opened[0]


@pytest.mark.parametrize("count", [0, 1, 2, 25])
def test_results_come_in_the_order_of_the_items(engine: BatchEngine, count: int) -> None:
    with engine.session(context) as session:
        found = list(session.map(lopsided, ((f"row {n}", n) for n in range(count))))
        assert [(kept, square) for kept, (square, _) in found] == [(f"row {n}", n * n) for n in range(count)]
        at_home = {worker == os.getpid() for _, (_, worker) in found}
        assert at_home <= {engine.workers == 1}
        if engine.workers == 1:
            assert session.call(uses) == count


def test_items_are_taken_only_a_few_ahead(engine: BatchEngine) -> None:
    taken: list[int] = []

    def items() -> Iterator[tuple[None, int]]:
        for number in range(40):
            taken.append(number)
            yield None, number

    with engine.session(context) as session:
        for done, _ in enumerate(session.map(lopsided, items()), 1):
            assert len(taken) <= done + 2 * engine.workers


def test_a_failure_comes_when_its_turn_comes(engine: BatchEngine) -> None:
    seen = []
    with engine.session(context) as session, pytest.raises(ZeroDivisionError):  # noqa: PT012
        for kept, _ in session.map(failing_at_three, ((n, n) for n in range(10))):
            seen.append(kept)
    assert seen == [0, 1, 2]


def test_errors_of_opening_reach_the_caller_as_they_are(engine: BatchEngine) -> None:
    with pytest.raises(DataMissing) as caught, engine.session(missing) as session:
        session.call(uses)
    assert (caught.value.vi, caught.value.en, caught.value.field) == ("Thiếu tệp.", "A file is missing.", "links.csv")


def test_a_session_that_is_left_early_leaves_no_process(engine: BatchEngine) -> None:
    with pytest.raises(KeyboardInterrupt), engine.session(context) as session:  # noqa: PT012
        for _ in session.map(lopsided, ((n, n) for n in range(1000))):
            raise KeyboardInterrupt


def asleep_at_three(_: list[int], number: int) -> int:
    time.sleep(600 if number == 3 else 0)
    return number


def test_an_item_that_nobody_waits_for_any_more_is_not_waited_for() -> None:
    with pytest.raises(KeyboardInterrupt), LocalEngine(2).session(context) as session:  # noqa: PT012
        for kept, _ in session.map(asleep_at_three, ((n, n) for n in range(1000))):
            if kept == 2:
                raise KeyboardInterrupt
    assert multiprocessing.active_children() == []


def test_a_worker_that_is_ended_is_told() -> None:
    with pytest.raises(HanoiWardsError) as caught, LocalEngine(2).session(context) as session:
        list(session.map(dying_at_three, ((n, n) for n in range(10))))
    assert "--workers 1" in caught.value.en
    assert "bộ nhớ" in caught.value.vi


def test_there_is_at_least_one_worker() -> None:
    assert usable_processors() >= 1
    with pytest.raises(ValueError, match="at least one"):
        LocalEngine(0)


PARENT = """
import os, sys, time
from geo.engines import LocalEngine
from tests.contract.test_engines import context, note_and_sleep

if __name__ == "__main__":
    with LocalEngine(2).session(context) as session:
        list(session.map(note_and_sleep, ((n, sys.argv[1]) for n in range(2))))
"""


def note_and_sleep(_: list[int], folder: str) -> None:
    Path(folder, str(os.getpid())).touch()
    time.sleep(600)


def noted_workers(folder: Path) -> list[int]:
    for _ in range(600):
        if len(found := [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError("the workers did not start")


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "parent.py"), str(tmp_path)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as parent:
        workers = noted_workers(tmp_path)
        parent.kill()
    for _ in range(600):
        if not any(is_running(worker) for worker in workers):
            return
        time.sleep(0.1)
    raise AssertionError("workers outlived their parent")
