"""Routing an address or a file to the ward that is responsible for it: law first, then streets and places.

::

    RouteQuery ─▶ AddressParser ─▶ collectors, in their declared order ─▶ decide ─▶ RouteDecision

Each collector adds named evidence and narrows the set; what is left is one ward, or an honest set with the
question that shrinks it most.
"""

from __future__ import annotations

from geo.routing.router import Router

__all__ = ["Router"]
