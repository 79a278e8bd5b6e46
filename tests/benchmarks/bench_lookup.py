"""Speed of the lookup, as ratios to its peers on the same points in the same run: ``make bench``.

Every peer is given its best form: prepared polygons, bulk calls where it has them, its index built beforehand. Peers
that take seconds are timed on the first part of the same points and compared by rate. The best of three runs counts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import geopandas as gpd
import numpy as np
import rtree
import shapely

from geo.locate import WardIndex
from geo.locate.grid import FIRST_SET, CoverageGrid

POINTS = 1_000_000
NEAR_M = 50
SEED = 1656


def uniform_points(index: WardIndex) -> tuple[np.ndarray, np.ndarray]:
    """Return points spread evenly over the city's bounding box."""
    rng = np.random.default_rng(SEED)
    west, south, east, north = shapely.total_bounds(index.dataset.geometries)
    return rng.uniform(west, east, POINTS), rng.uniform(south, north, POINTS)


def border_points(index: WardIndex) -> tuple[np.ndarray, np.ndarray]:
    """Return points within 50 m of a border, spread evenly along the borders and over the disc."""
    rng = np.random.default_rng(SEED)
    lines = shapely.boundary(index.dataset.geometries)
    lengths = shapely.length(lines)
    chosen = rng.choice(len(lines), POINTS, p=lengths / lengths.sum())
    feet = shapely.line_interpolate_point(lines[chosen], rng.uniform(0, lengths[chosen]))
    radius, angle = NEAR_M * np.sqrt(rng.uniform(0, 1, POINTS)), rng.uniform(0, 2 * np.pi, POINTS)
    metres_per_degree = 111_000
    lon = shapely.get_x(feet) + radius * np.cos(angle) / (metres_per_degree * np.cos(np.radians(21)))
    lat = shapely.get_y(feet) + radius * np.sin(angle) / metres_per_degree
    return lon, lat


def best_rate(work: Callable[[], object], points: int, runs: int = 3) -> float:
    """Return points per second in the best of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return points / min(times)


def peers(index: WardIndex, lon: np.ndarray, lat: np.ndarray) -> dict[str, float]:
    """Return each peer's rate, points per second."""
    polygons = index.dataset.geometries
    wards = gpd.GeoDataFrame({"code": [unit.code for unit in index.wards]}, geometry=polygons, crs=4326)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    _ = wards.sindex
    tree = shapely.STRtree(polygons)
    boxes = rtree.index.Index((i, box, None) for i, box in enumerate(shapely.bounds(polygons).tolist()))
    few = 20_000
    some = points.iloc[: few * 5]

    def rtree_and_prepared() -> None:
        for x, y in zip(lon[:few].tolist(), lat[:few].tolist(), strict=True):
            next((i for i in boxes.intersection((x, y, x, y)) if shapely.intersects_xy(polygons[i], x, y)), None)

    def sjoin(predicate: str, left: gpd.GeoDataFrame) -> object:
        return gpd.sjoin(left, wards, how="left", predicate=predicate)

    return {
        "geopandas.sjoin within": best_rate(lambda: sjoin("within", points), len(points)),
        "geopandas.sjoin intersects": best_rate(lambda: sjoin("intersects", some), len(some), runs=1),
        "shapely STRtree.query intersects": best_rate(
            lambda: tree.query(some.geometry.to_numpy(), predicate="intersects"), len(some), runs=1
        ),
        "rtree + prepared shapely": best_rate(rtree_and_prepared, few, runs=1),
    }


def single_lookup_us(index: WardIndex, lon: np.ndarray, lat: np.ndarray) -> float:
    """Return the median time of one ``ward_at``, microseconds."""
    times = []
    for x, y in zip(lon[:100_000].tolist(), lat[:100_000].tolist(), strict=True):
        start = time.perf_counter_ns()
        index.ward_at(lon=x, lat=y)
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times) / 1000


def growth(index: WardIndex, old: WardIndex) -> None:
    """Print how the grid's cost grows with polygons and vertices, on the uniform points."""
    wards = index.dataset.geometries
    box = shapely.box(*shapely.total_bounds(wards))
    seeds = shapely.multipoints(np.column_stack([axis[:3321] for axis in uniform_points(index)]))
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=box)), box)
    coverages = {
        "126 wards": wards,
        "126 wards, edges cut up": shapely.segmentize(wards, shapely.length(wards).max() / 12_000),
        "526 old communes": old.dataset.geometries,
        "3,321 cells (Voronoi)": shapely.coverage_clean(cells),
    }
    lon, lat = uniform_points(index)
    print(f"{'coverage':30s}{'vertices':>10s}{'built, s':>10s}{'points/s':>14s}")
    for name, polygons in coverages.items():
        start = time.perf_counter()
        grid = CoverageGrid(shapely.from_wkb(shapely.to_wkb(polygons)))
        built = time.perf_counter() - start
        rate = best_rate(lambda grid=grid: grid.locate_many(lon, lat), POINTS)
        print(f"{name:30s}{shapely.get_num_coordinates(polygons).sum():10,d}{built:10.2f}{rate:14,.0f}")
    print()


FRESH = """
import time
from pathlib import Path
from geo.locate import WardIndex
from geo.locate.grid import FIRST_SET, CoverageGrid
start = time.perf_counter()
index = WardIndex.open()
opened = time.perf_counter() - start
index.locate(lon=105.8542, lat=21.0285)
index.locate_many([105.8542], [21.0285])
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(opened, int(peak.split()[1]) / 1024)
"""


def main() -> None:
    """Print the table."""
    index = WardIndex.open()
    touched = (index._grid.labels <= FIRST_SET).mean()
    print(f"{POINTS:,} points, seed {SEED}; rates in points per second")
    print(f"{touched:.2%} of the grid's cells are touched by a border\n")
    for name, (lon, lat) in (
        ("uniform over the bounding box", uniform_points(index)),
        (f"within {NEAR_M} m of a border", border_points(index)),
    ):
        index.locate_many(lon[:1000], lat[:1000])
        ours = best_rate(lambda lon=lon, lat=lat: index.locate_many(lon, lat), len(lon))
        print(f"{name}\n  {'WardIndex.locate_many':34s}{ours:14,.0f}")
        for peer, rate in peers(index, lon, lat).items():
            print(f"  {peer:34s}{rate:14,.0f}   we are {ours / rate:6.1f} times as fast")
        print(f"  {'WardIndex.ward_at, one point':34s}{single_lookup_us(index, lon, lat):11.2f} µs median\n")
    growth(index, WardIndex.open(as_of=date(2025, 1, 1)))
    runs = [subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True) for _ in range(3)]
    opened, memory = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    print(f"fresh process: opened in {min(opened):.2f} s, {max(memory):.0f} MB at most after a full look-up")


if __name__ == "__main__":
    main()
