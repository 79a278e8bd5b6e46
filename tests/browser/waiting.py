"""Waiting for something that only a script can tell."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONGEST_S = 30.0


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true in the page.

    Not `Page.wait_for_function`: its second look runs inside the page, where our security policy forbids it.
    """
    end = time.monotonic() + LONGEST_S
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)
