"""The server: uvicorn with the timeouts it has not, a way out that drops nobody, and SIGHUP for new data.

uvicorn with uvloop and httptools, not granian: see ``docs/operation.md``.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import threading
import time
from typing import TYPE_CHECKING

import uvicorn

from api.connections import ConnectionLimits, guarded_protocol
from api.lifecycle import State
from api.reload import reload_data
from api.warm_up import warm_up

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from fastapi import FastAPI

    from api.settings import Settings

log = logging.getLogger(__name__)


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Set uvicorn up.

    Its own reading of proxies' headers is off (`api.middleware.client_address` has ours), and so is its log of
    requests, which holds whole addresses.
    """
    limits = ConnectionLimits(
        connections=settings.max_connections,
        header_seconds=settings.header_seconds,
        header_bytes=settings.max_header_bytes,
        write_seconds=settings.write_seconds,
        linger_seconds=settings.keep_alive_seconds,
    )
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=guarded_protocol(limits),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


class Service(uvicorn.Server):
    """One running service.

    SIGTERM: ``/readyz`` answers 503 and answers close their connections, while requests are still taken for
    ``drain_seconds``, so that a load balancer can turn away; then nothing new is taken, and what is in hand is finished
    within ``shutdown_seconds``. A second SIGTERM skips the first step, as Ctrl-C does. SIGHUP: new data.
    """

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        super().__init__(server_config(app, settings))
        self._state = app.state
        self._drain_seconds = settings.drain_seconds
        self._end_at: float | None = None
        self._reloading: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, for signals too; then do in a thread what the first visitors would wait for."""
        if threading.current_thread() is threading.main_thread():
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self.reload)
        await super().startup(sockets)
        self._warming = asyncio.get_running_loop().create_task(asyncio.to_thread(self._settle))

    def reload(self) -> None:
        """Load new data in a thread; requests are answered from the old meanwhile."""
        if self._reloading is None or self._reloading.done():
            self._reloading = asyncio.get_running_loop().create_task(asyncio.to_thread(self._reload))

    def _settle(self) -> None:
        warm_up(self._state.services)
        keep_for_good()

    def _reload(self) -> None:
        if reload_data(self._state):
            keep_for_good()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain, or end."""
        first = self._end_at is None
        self._end_at = time.monotonic()
        self._state.lifecycle.state = State.DRAINING
        if sig == signal.SIGTERM and first:
            self._end_at += self._drain_seconds
        elif sig != signal.SIGTERM:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """End when draining is over."""
        if self._end_at is not None and time.monotonic() >= self._end_at:
            self.should_exit = True
        return await super().on_tick(counter)


def keep_for_good() -> None:
    """Take what is loaded out of the garbage collector's sight: it would look at all of it again and again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
