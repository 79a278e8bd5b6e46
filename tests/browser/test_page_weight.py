from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.mark.parametrize("path", ["/", "/phuong-xa/00070"])
def test_first_answer_is_light(browser: Browser, origin: str, path: str) -> None:
    sizes = transferred(browser, origin + path)
    shapes = sizes.pop("/v1/wards")
    first = {name: size for name, size in sizes.items() if name.startswith(("/assets/", path))}
    assert len(first) == 6, "the page, two styles, three scripts"
    assert sum(first.values()) <= LIMIT_BYTES, first
    assert sum(first.values()) > 40_000, "Leaflet alone is that much: was nothing measured?"
    assert 50_000 < shapes < 200_000


def test_assets_are_kept_by_the_browser(browser: Browser, origin: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(origin, wait_until="networkidle")
        again: list[str] = []
        page.on("response", lambda answer: again.append(answer.url) if "/assets/" in answer.url else None)
        page.goto(origin + "/phuong-xa/00070", wait_until="networkidle")
        assert len(again) == 5
        kept = page.evaluate(
            "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/assets/'))"
            ".map((entry) => entry.transferSize)"
        )
        assert kept == [0] * 5
