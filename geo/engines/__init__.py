"""Engines: how chunks of work get to the processors and back. They know nothing of what the work is.

::

    with LocalEngine(workers=2).session(open_router) as session:
        for row_numbers, answers in session.map(route_some, chunks):
            ...

`LocalEngine` is the reference; another engine is right where it gives the same answers in the same order.
"""

from __future__ import annotations

from geo.engines.engine import BatchEngine, Session
from geo.engines.local import LocalEngine, usable_processors

__all__ = ["BatchEngine", "LocalEngine", "Session", "usable_processors"]
