"""The reference engine: this machine's processors, or just this process."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from geo.engines.engine import Context, Kept, Result, Sent
from geo.errors import HanoiWardsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.connection import Connection

    from geo.engines.engine import Session

# One item in work and one waiting for each worker: none is idle, and little is held in memory.
_ITEMS_PER_WORKER = 2
_LOOK_AGAIN_SECONDS = 0.02


def usable_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalEngine:
    """Worker processes of this machine.

    Parameters
    ----------
    workers
        1 works in this process, without any other. More are started afresh ("spawn"), so a script that uses
        them needs ``if __name__ == "__main__":``.
    """

    def __init__(self, workers: int = 1) -> None:
        if workers < 1:
            raise ValueError("at least one worker")
        self._workers = workers

    @property
    def workers(self) -> int:
        """How many work at once."""
        return self._workers

    @contextmanager
    def session(self, open_context: Callable[[], Context]) -> Iterator[Session[Context]]:
        """Start the workers for a ``with`` block; see `BatchEngine.session`."""
        if self._workers == 1:
            yield _Here(open_context)
            return
        pool = _Pool(open_context, self._workers)
        try:
            yield pool
        except BaseException:
            pool.abandon()
            raise
        finally:
            pool.stop()


class _Here(Generic[Context]):
    """A session in this process."""

    def __init__(self, open_context: Callable[[], Context]) -> None:
        self._open_context = open_context
        self._opened: list[Context] = []

    def call(self, function: Callable[[Context], Result]) -> Result:
        if not self._opened:
            self._opened.append(self._open_context())
        return function(self._opened[0])

    def map(
        self, function: Callable[[Context, Sent], Result], items: Iterable[tuple[Kept, Sent]]
    ) -> Iterator[tuple[Kept, Result]]:
        for kept, sent in items:
            yield kept, self.call(partial(_swapped, function, sent))


def _swapped(function: Callable[[Context, Sent], Result], sent: Sent, context: Context) -> Result:
    return function(context, sent)


class _Pool(Generic[Context]):
    """A session in other processes."""

    def __init__(self, open_context: Callable[[], Context], workers: int) -> None:
        self._ahead = workers * _ITEMS_PER_WORKER
        start = get_context("spawn")
        # The workers hold one end. When the other is let go, by `abandon` or because this process was killed, they end.
        self._leash, self._let_go = start.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            workers, mp_context=start, initializer=_begin, initargs=(open_context, self._leash)
        )

    def abandon(self) -> None:
        """Have the workers drop what they are at; then `stop`."""
        self._let_go.close()

    def stop(self) -> None:
        """Wait for the workers to end."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._let_go.close()
        self._leash.close()

    def call(self, function: Callable[[Context], Result]) -> Result:
        result: Result = self._result(self._submit(function))
        return result

    def map(
        self, function: Callable[[Context, Sent], Result], items: Iterable[tuple[Kept, Sent]]
    ) -> Iterator[tuple[Kept, Result]]:
        under_way: deque[tuple[Kept, Future[Any]]] = deque()
        for kept, sent in items:
            under_way.append((kept, self._submit(function, sent)))
            if len(under_way) >= self._ahead:
                first, future = under_way.popleft()
                yield first, self._result(future)
        while under_way:
            first, future = under_way.popleft()
            yield first, self._result(future)

    def _submit(self, function: Callable[..., Any], *sent: Any) -> Future[Any]:
        try:
            with _interrupts_held():
                return self._executor.submit(_work, function, *sent)
        except BrokenProcessPool:
            raise _worker_lost() from None

    def _result(self, future: Future[Any]) -> Any:
        try:
            outcome = future.result()
        except BrokenProcessPool:
            raise _worker_lost() from None
        if isinstance(outcome, _Refusal):
            raise outcome.error()
        return outcome


class _Refusal:
    """One of the project's errors on its way home: pickle does not carry keyword-only arguments."""

    def __init__(self, error: HanoiWardsError) -> None:
        self._kind = type(error)
        self._said = error.vi, error.en, error.field

    def error(self) -> HanoiWardsError:
        vi, en, field = self._said
        return self._kind(vi=vi, en=en, field=field)


class _Worker:
    """What a worker process holds."""

    open_context: ClassVar[Callable[[], Any]]
    context: ClassVar[list[Any]] = []
    at_work: ClassVar[bool] = False
    switching: ClassVar[threading.Lock] = threading.Lock()


def _begin(open_context: Callable[[], Any], leash: Connection) -> None:
    """Make a new process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one decides
    _Worker.open_context = open_context
    threading.Thread(target=_end_when_let_go, args=(leash,), daemon=True).start()


def _end_when_let_go(leash: Connection) -> None:
    """End with the parent, and end an item that nobody waits for any more."""
    with suppress(EOFError, OSError):
        leash.recv_bytes()
    parent = parent_process()
    while True:
        # Never while a result is being sent: half of one would leave the parent waiting for the rest.
        with _Worker.switching:
            if _Worker.at_work or parent is None or not parent.is_alive():
                os._exit(1)
        time.sleep(_LOOK_AGAIN_SECONDS)


def _work(function: Callable[..., Any], *sent: Any) -> Any:
    """Do one item; the context is opened here rather than at the start so that its errors reach the caller."""
    with _Worker.switching:
        _Worker.at_work = True
    try:
        if not _Worker.context:
            _Worker.context.append(_Worker.open_context())
        return function(_Worker.context[0], *sent)
    except HanoiWardsError as error:
        return _Refusal(error)
    finally:
        with _Worker.switching:
            _Worker.at_work = False


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: a process started meanwhile never hears it, not even while it loads."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _worker_lost() -> HanoiWardsError:
    return HanoiWardsError(
        vi="Một tiến trình làm việc bị hệ thống dừng đột ngột, thường vì thiếu bộ nhớ. Hãy chạy lại với ít tiến trình "
        "hơn (--workers 1).",
        en="A worker process was ended by the system, usually for want of memory. Run again with fewer workers "
        "(--workers 1).",
    )
