"""The page answers positions by itself: as the server does, and without a word to it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

from geo.crs import to_lonlat, to_metres
from maps.coverage_file import FINE_TOLERANCE_M, coverage_asset

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

POINTS = 2000
LOCATE_ALL = """async (points) => {
  const { fine } = JSON.parse(document.getElementById("map-options").textContent);
  const main = await (await fetch(document.querySelector("script[type=module]").src)).text();
  const named = (name) => "/assets/" + main.match(new RegExp(`${name}[.][0-9a-f]+[.]js`))[0];
  const { readCoverage } = await import(named("coverage"));
  const { locate } = await import(named("offline_lookup"));
  const coverage = readCoverage(await (await fetch(fine)).arrayBuffer());
  return points.map(([lon, lat]) => {
    const { ward, across, distance, near, doubted, tolerance } = locate(coverage, lon, lat);
    return { ward: ward?.code ?? null, across: across?.code ?? null, distance, near, doubted, tolerance };
  });
}"""


@pytest.fixture(scope="module")
def points(index: WardIndex) -> list[tuple[float, float]]:
    """Points all over the city and around it, as many within 60 m of some border, and one inside each ward."""
    draw = random.Random(20250701)
    west, south, east, north = shapely.total_bounds(index.dataset.geometries)
    anywhere = [(draw.uniform(west, east), draw.uniform(south, north)) for _ in range(POINTS)]
    vertices = shapely.get_coordinates(index.dataset.geometries)
    near = []
    for _ in range(POINTS):
        x, y = to_metres(*vertices[draw.randrange(len(vertices))])
        lon, lat = to_lonlat(float(x) + draw.uniform(-42, 42), float(y) + draw.uniform(-42, 42))
        near.append((float(lon), float(lat)))
    inside = [(point.x, point.y) for point in shapely.point_on_surface(index.dataset.geometries)]
    return [(float(lon), float(lat)) for lon, lat in anywhere + near + inside]


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def located(page: Page, points: list[tuple[float, float]]) -> list[dict[str, Any]]:
    """Return what the page's own function says of each point."""
    found: list[dict[str, Any]] = page.evaluate(LOCATE_ALL, points)
    return found


def test_answers_are_the_servers_beyond_the_tolerance_of_a_border(
    page: Page, index: WardIndex, points: list[tuple[float, float]]
) -> None:
    found = located(page, points)
    ours = index.locate_many([lon for lon, _ in points], [lat for _, lat in points])
    decided = 0
    for (lon, lat), here, theirs in zip(points, found, ours, strict=True):
        expected = None if theirs < 0 else index.wards[theirs].code
        if here["near"]:
            assert index.locate(lon=lon, lat=lat).border.distance_m <= 2 * here["tolerance"], "asked for no reason"
            continue
        decided += 1
        assert here["ward"] == expected, (lon, lat)
    assert decided > 1.7 * POINTS
    assert {one["ward"] for one in found} == {ward.code for ward in index.wards} | {None}


def test_tolerance_is_the_display_levels_and_that_of_rounding(
    page: Page, index: WardIndex, points: list[tuple[float, float]]
) -> None:
    manifest: Any = index.dataset.manifests["boundaries/2025-07-01"]
    promised = manifest["facts"]["display_hausdorff_m"][f"{FINE_TOLERANCE_M}m"]
    (one,) = located(page, points[:1])
    assert promised < one["tolerance"] < promised + 1


def test_distance_neighbour_and_doubt_are_the_servers_to_the_tolerance(
    page: Page, index: WardIndex, points: list[tuple[float, float]]
) -> None:
    sample = points[::20]
    for (lon, lat), here in zip(sample, located(page, sample), strict=True):
        there = index.locate(lon=lon, lat=lat)
        if here["near"] or there.border.distance_m > 50_000:
            continue
        assert here["distance"] == pytest.approx(there.border.distance_m, abs=here["tolerance"], rel=2e-3)
        if not here["doubted"]:
            assert there.certain, (lon, lat)
        elif there.certain:  # the page may doubt where the server does not, but only at the very edge of the doubt
            slack = [index.locate(lon=lon + dx, lat=lat + dy).certain for dx, dy in _around(2 * here["tolerance"])]
            assert not all(slack), (lon, lat)


def _around(metres: float) -> list[tuple[float, float]]:
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    return [(metres / 103_900 * np.cos(angle), metres / 110_700 * np.sin(angle)) for angle in angles]


def test_file_is_the_same_every_time(index: WardIndex, store: EmbeddedStore) -> None:
    assert coverage_asset(index, store, FINE_TOLERANCE_M) == coverage_asset(index, store, FINE_TOLERANCE_M)


SURE = {"longitude": 105.8542, "latitude": 21.0285}


def posts(page: Page) -> list[str]:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    return sent


def test_position_of_the_device_is_not_sent(open_page: OpenPage) -> None:
    page = open_page(geolocation={**SURE, "accuracy": 20}, permissions=["geolocation"])
    sent = posts(page)
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.locator(".answer h2")).to_contain_text("Phường Hoàn Kiếm")
    expect(page.locator(".answer")).to_contain_text("vị trí không được gửi đi")
    expect(page.locator(".answer")).to_contain_text("Số 126 Hàng Trống")
    expect(page.locator(".offices .away").first).to_contain_text("cách khoảng 420 m")
    assert sent == []


def on_a_border(index: WardIndex) -> dict[str, float]:
    """Return a point on the line between Hoàn Kiếm and one of its neighbours."""
    own, other = (index.wards.index(unit) for unit in (index.unit("00070"), index.neighbours("00070")[0]))
    shapes = index.dataset.geometries
    line = shapely.line_merge(shapely.intersection(shapes[own], shapes[other]))
    longest = max(shapely.get_parts(line), key=shapely.length)
    at = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    return {"longitude": at.x, "latitude": at.y}


def test_too_near_to_a_border_it_asks_before_it_sends(open_page: OpenPage, index: WardIndex) -> None:
    page = open_page(geolocation={**on_a_border(index), "accuracy": 8}, permissions=["geolocation"])
    sent = posts(page)
    page.get_by_role("button", name="Vị trí của tôi").click()
    heading = page.locator(".answer h2")
    expect(heading).to_contain_text("Nơi này sát ranh giới giữa")
    expect(heading).to_contain_text("Phường Hoàn Kiếm")
    expect(page.locator(".answer .notice")).to_contain_text("%")
    assert sent == []
    page.get_by_role("button", name="Gửi toạ độ này").click()
    expect(page.locator(".answer .card").first).to_be_visible()
    expect(page.locator(".answer .notice").first).to_be_visible()
    assert len(sent) == 1
    assert "?lang=vi" in sent[0]
    assert "105" not in sent[0]


def test_disc_shares_are_the_servers(open_page: OpenPage, index: WardIndex) -> None:
    page = open_page(geolocation={**SURE, "accuracy": 900}, permissions=["geolocation"])
    page.get_by_role("button", name="Vị trí của tôi").click()
    said = page.locator(".answer .notice").text_content() or ""
    shares = index.wards_near(lon=SURE["longitude"], lat=SURE["latitude"], radius_m=900)
    for hit in shares:
        percent = round(100 * hit.share)
        assert any(f"{hit.unit.full_name} ({near} %)" in said for near in (percent - 1, percent, percent + 1)), said


def test_a_position_known_too_roughly(open_page: OpenPage) -> None:
    page = open_page(geolocation={**SURE, "accuracy": 50_000}, permissions=["geolocation"])
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.get_by_role("status")).to_contain_text("trong vòng khoảng 50 km")


def test_outside_the_city_by_a_press(open_page: OpenPage) -> None:
    page = open_page(geolocation={"longitude": 106.68, "latitude": 20.86, "accuracy": 20}, permissions=["geolocation"])
    page.get_by_role("button", name="Vị trí của tôi").click()
    expect(page.locator(".answer h2")).to_have_text("Nơi này nằm ngoài Hà Nội")
    expect(page.locator(".answer")).to_contain_text("Phường, xã gần nhất là")


def test_long_press_asks(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".folium-map").click(button="right", position={"x": 300, "y": 280})
    expect(page.locator(".answer h2")).to_be_focused()
