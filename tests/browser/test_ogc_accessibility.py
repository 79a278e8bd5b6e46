"""axe over the pages of OGC API – Features and of the downloads, in both languages, light and dark."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from api.settings import Settings
from geo.layers import open_layers
from geo.layers.export import export_layers
from tests.browser.running import serving
from tests.browser.test_accessibility import violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

PAGES = (
    "/ogc?f=html",
    "/ogc/api?f=html",
    "/ogc/collections?f=html",
    "/ogc/collections/wards?f=html",
    "/ogc/collections/wards/items?f=html",
    "/ogc/collections/wards/items/00070?f=html",
    "/du-lieu?",
)


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page of downloads with files to list; one layer is like the others."""
    folder = tmp_path_factory.mktemp("downloads")
    export_layers({"premises": open_layers()["premises"]}, folder, day=date(2025, 7, 1))
    with serving(create_app(Settings(downloads=folder))) as address:
        yield address


def assert_accessible(open_page: OpenPage, address: str, expect: str = "") -> None:
    page = open_page(address, expect=expect, reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="light")
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert violations(page, ("cat.color",)) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page: OpenPage, path: str, lang: str) -> None:
    assert_accessible(open_page, f"{path}&lang={lang}")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing_where_files_are_listed(open_page: OpenPage, downloads: str, lang: str) -> None:
    assert_accessible(open_page, f"{downloads}/du-lieu?lang={lang}", expect=f"request: {downloads}/")
