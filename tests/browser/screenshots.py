"""Take the pictures for the documentation: ``python -m tests.browser.screenshots``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from api.app import create_app
from tests.browser.running import chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST_BYTES = 200_000

_WIDE = (1280, 800)
_PHONE = (375, 812)
_PLACE = "21.0285, 105.8542"
_DIVIDED = "Số 12 Phố Vọng, Phường Đồng Tâm, Quận Hai Bà Trưng"


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving(create_app()) as origin, chromium() as browser:
        _take(browser, origin, "ward-finder-wide", _WIDE, question=_PLACE)
        _take(browser, origin, "ward-finder-phone", _PHONE, question=_PLACE)
        _take(browser, origin, "ward-finder-dark", (1180, 720), scheme="dark")
        _take(browser, origin, "ward-finder-picker-phone", _PHONE, question=_DIVIDED, until=".picker")
        _take(browser, origin + "/phuong-xa/04930", "ward-page", _WIDE)
        _take(browser, origin + "/ban-do/sap-xep?xa=00118", "old-to-new-wide", _WIDE)
        _take(browser, origin + "/don-vi-cu/00118", "old-commune-phone", _PHONE)
        _take(browser, origin + "/ban-do/tru-so", "premises-map-wide", (1024, 720))
        _take(browser, origin + "/ban-do/tru-so", "premises-map-phone", _PHONE)
        _take(browser, origin + "/ban-do/van-hanh-thu-nghiem", "trial-map-phone", _PHONE)


def _take(
    browser: Browser,
    address: str,
    name: str,
    size: tuple[int, int],
    *,
    question: str = "",
    until: str = "path.spot",
    scheme: Literal["light", "dark"] = "light",
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with browser.new_context(
        viewport=viewport,  # type: ignore[arg-type]
        color_scheme=scheme,
        locale="vi-VN",
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.wait_for_selector("path.ward", state="attached")
        if question:
            page.fill("#q", question)
            page.keyboard.press("Enter")
            page.wait_for_selector(until)
        path = FOLDER / f"{name}.png"
        page.screenshot(path=path)
    if path.stat().st_size > LARGEST_BYTES:
        raise SystemExit(f"{path.name} is larger than {LARGEST_BYTES} bytes")


if __name__ == "__main__":
    main()
