from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

pytestmark = pytest.mark.browser

LIMIT_BYTES = 100_000


def transferred(browser: Browser, address: str) -> dict[str, int]:
    """Load a page into an empty cache; return the bytes of each answer as they came over the wire, headers included."""
    with browser.new_context(locale="vi-VN") as context:
        page = context.new_page()
        protocol = context.new_cdp_session(page)
        protocol.send("Network.enable")
        paths: dict[str, str] = {}
        sizes: dict[str, int] = {}
        protocol.on(
            "Network.requestWillBeSent",
            lambda event: paths.update({event["requestId"]: urlsplit(event["request"]["url"]).path}),
        )
        protocol.on(
            "Network.loadingFinished",
            lambda event: sizes.update({paths[event["requestId"]]: int(event["encodedDataLength"])}),
        )
        page.goto(address, wait_until="networkidle")
        return sizes


def test_first_answer_is_light(browser: Browser, origin: str) -> None:
    """All of it: the page, its scripts and styles, and the borders of all wards."""
    sizes = transferred(browser, origin + "/")
    kinds = sorted({name.rpartition(".")[2] for name in sizes})
    assert kinds == ["/", "bin", "css", "js", "svg"]
    assert len(sizes) == 12, "the page, three styles, six scripts, the borders, the icon"
    assert sum(sizes.values()) <= LIMIT_BYTES, sizes
    assert sum(sizes.values()) > 80_000, "Leaflet and the borders alone are nearly that much: was nothing measured?"


def test_what_comes_later_is_light_too(browser: Browser, origin: str) -> None:
    # What a service worker answers is not reported to us.
    with browser.new_context(locale="vi-VN", service_workers="block") as context:
        page = context.new_page()
        page.goto(origin, wait_until="networkidle")
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (Playwright takes no built-in)
        page.focus("#q")
        until(page, "document.getElementById('q').role === 'combobox'")
        later = {urlsplit(answer.url).path: len(answer.body()) for answer in answers}
        assert {name.split(".")[0] for name in later} == {"/assets/combobox", "/assets/names"}
        assert sum(later.values()) < LIMIT_BYTES


def test_assets_are_kept_by_the_browser(browser: Browser, origin: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(origin, wait_until="networkidle")
        again: list[str] = []
        page.on("response", lambda answer: again.append(answer.url) if "/assets/" in answer.url else None)
        page.goto(origin + "/?lang=en", wait_until="networkidle")
        assert len(again) >= 8
        kept = page.evaluate(
            "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/assets/'))"
            ".map((entry) => entry.transferSize)"
        )
        assert kept == [0] * len(kept)
        assert len(kept) >= 8
