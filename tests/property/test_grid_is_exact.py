"""The grid answers what shapely's own predicate answers, on every point."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.locate import WardIndex
from geo.locate.grid import OUTSIDE, CoverageGrid


def reference(polygons: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Answer by shapely alone: the first polygon, in order, that covers the point."""
    found = np.full(len(x), OUTSIDE)
    for position in range(len(polygons) - 1, -1, -1):
        found[shapely.intersects_xy(polygons[position], x, y)] = position
    return found


def assert_exact(index: WardIndex, x: np.ndarray, y: np.ndarray) -> None:
    polygons = index.dataset.geometries
    expected = reference(polygons, x, y)
    np.testing.assert_array_equal(index.locate_many(x, y), expected)


@pytest.fixture(params=["wards", "old communes"])
def any_index(request: pytest.FixtureRequest, index: WardIndex, old_index: WardIndex) -> WardIndex:
    return index if request.param == "wards" else old_index


def test_uniform_points(any_index: WardIndex) -> None:
    rng = np.random.default_rng(1656)
    west, south, east, north = shapely.total_bounds(any_index.dataset.geometries)
    x, y = rng.uniform(west - 0.05, east + 0.05, 20_000), rng.uniform(south - 0.05, north + 0.05, 20_000)
    assert_exact(any_index, x, y)


def test_vertices_and_their_neighbours_in_floating_point(any_index: WardIndex) -> None:
    vertices = shapely.get_coordinates(any_index.dataset.geometries)[::7]
    x, y = vertices[:, 0], vertices[:, 1]
    for dx, dy in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
        assert_exact(any_index, np.nextafter(x, x + dx), np.nextafter(y, y + dy))


def test_middles_of_edges(any_index: WardIndex) -> None:
    rings = shapely.get_rings(shapely.get_parts(any_index.dataset.geometries))
    coordinates = np.concatenate([(c[1:] + c[:-1]) / 2 for c in map(shapely.get_coordinates, rings)])[::5]
    assert_exact(any_index, coordinates[:, 0], coordinates[:, 1])


def test_points_close_to_borders(any_index: WardIndex) -> None:
    rng = np.random.default_rng(126)
    vertices = shapely.get_coordinates(any_index.dataset.geometries)[::11]
    for spread in (1e-9, 1e-7, 1e-5, 1e-3):
        near = vertices + rng.normal(0, spread, vertices.shape)
        assert_exact(any_index, near[:, 0], near[:, 1])


@given(st.lists(st.tuples(st.floats(), st.floats()), min_size=1, max_size=30))
def test_any_floats_at_all(index: WardIndex, points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    finite = np.isfinite(x) & np.isfinite(y)
    expected = np.full(len(x), OUTSIDE)
    expected[finite] = reference(index.dataset.geometries, x[finite], y[finite])
    np.testing.assert_array_equal(index.locate_many(x, y), expected)


@given(st.lists(st.tuples(st.floats(105.2, 106.1), st.floats(20.5, 21.45)), max_size=40))
def test_single_equals_bulk_and_full(index: WardIndex, points: list[tuple[float, float]]) -> None:
    bulk = index.locate_many([p[0] for p in points], [p[1] for p in points])
    for (lon, lat), position in zip(points, bulk, strict=True):
        unit = index.ward_at(lon=lon, lat=lat)
        assert unit == (index.wards[position] if position >= 0 else None)
        units = index.locate(lon=lon, lat=lat).units
        assert (units[0] if units else None) == unit


@given(st.integers(1, 15).map(lambda blocks: 4 * blocks), st.integers(2, 12), st.integers(0, 2**32 - 1))
def test_small_coverages_at_any_grid_size(size: int, count: int, seed: int) -> None:
    """Cells far larger and far smaller than polygons, polygons smaller than a cell: all exact."""
    rng = np.random.default_rng(seed)
    seeds = shapely.multipoints(rng.integers(0, 20, (count, 2)).astype(float))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds))
    polygons = shapely.set_precision(cells, 1 / 64, mode="pointwise")
    polygons = polygons[shapely.area(polygons) > 0]
    if not len(polygons) or not shapely.coverage_is_valid(polygons):
        return
    grid = CoverageGrid(polygons, size=size)
    vertices = shapely.get_coordinates(polygons)
    points = np.concatenate([vertices, rng.uniform(-2, 22, (200, 2)), rng.integers(-1, 22, (100, 2))])
    expected = reference(polygons, points[:, 0], points[:, 1])
    np.testing.assert_array_equal(grid.locate_many(points[:, 0].copy(), points[:, 1].copy()), expected)
