"""The ward finder in a real browser. Every page is watched: an error or a foreign request fails its test."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import expect as eventually

from api.app import create_app
from tests.browser.running import CHROMIUM, chromium, serving
from tests.conftest import unavailable

PATIENCE_MS = 30_000
"""How long a page may take: a busy machine is no fault of the page, and nothing here measures speed."""

eventually.set_options(timeout=PATIENCE_MS)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    class OpenPage(Protocol):
        def __call__(self, path: str = "/", *, expect: str = "", **context: Any) -> Page: ...


# Playwright keeps an event loop running in this thread: the fixtures close with this folder, not with the session.


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        unavailable("Chromium")
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def origin() -> Iterator[str]:
    with serving(create_app()) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """Open a page of the server, Vietnamese unless told otherwise, and wait until its map, if any, is drawn.

    ``expect`` is a part of the one console message that the test provokes.
    """
    troubles: list[str] = []
    expected: list[str] = []
    with ExitStack() as stack:

        def opened(path: str = "/", *, expect: str = "", **context: Any) -> Page:
            if expect:
                expected.append(expect)
            options = {"locale": "vi-VN", "viewport": {"width": 1280, "height": 800}, **context}
            page = stack.enter_context(browser.new_context(**options)).new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.on("console", lambda message: troubles.append(f"console: {message.text}"))
            page.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
            page.on("request", lambda request: _own(request.url) or troubles.append(f"request: {request.url}"))
            page.goto(path if ":" in path else origin + path)
            if options.get("java_script_enabled", True) and page.locator(".folium-map").count():
                page.wait_for_selector(".folium-map path.ward", state="attached")
            return page

        def _own(url: str) -> bool:
            return url.startswith((origin + "/", "data:", "file:"))

        yield opened
    assert [trouble for trouble in troubles if not any(part in trouble for part in expected)] == []
