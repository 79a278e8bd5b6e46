"""The wards as arcs: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from maps.coverage_file import coverage_arcs, coverage_asset, coverage_file

if TYPE_CHECKING:
    from geo.locate import WardIndex
    from geo.stores import EmbeddedStore


def as_polygons(arcs: Any, quantum: float) -> list[shapely.Polygon]:
    made = []
    for rings in arcs.rings:
        drawn = []
        for ring in rings:
            points = []
            for reference in ring:
                line = arcs.lines[reference] if reference >= 0 else arcs.lines[~reference][::-1]
                assert not points or points[-1] == line[0], "each arc begins where the one before it ends"
                points += line[1:] if points else line
            assert points[0] == points[-1]
            drawn.append(np.array(points) * quantum)
        made.append(shapely.Polygon(drawn[0], drawn[1:]))
    return made


def test_polygons_come_back() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    hole = shapely.Polygon(shapely.box(0, 1, 2, 3).exterior, [shapely.box(0.5, 1.5, 1, 2).exterior])
    shapes = np.array([left, right, hole, shapely.box(0.5, 1.5, 1, 2)], dtype=object)
    shapes[2] = shapely.Polygon([(0, 1), (1, 1), (2, 1), (2, 3), (0, 3)], [hole.interiors[0]])
    arcs = coverage_arcs(shapes, 0.5)
    made = as_polygons(arcs, 0.5)
    assert all(shapely.equals(a, b) for a, b in zip(made, shapes, strict=True))
    pairs = sorted(tuple(sorted(pair)) for pair in arcs.sides)
    assert pairs == [(-1, 0), (-1, 1), (-1, 2), (0, 1), (0, 2), (1, 2), (2, 3)]


@pytest.mark.parametrize(("level", "quantum"), [(5, 1e-5), (25, 5e-5)])
def test_all_wards_come_back(store: EmbeddedStore, index: WardIndex, level: int, quantum: float) -> None:
    shapes = store.display_geometries(index.dataset.generation, level)
    arcs = coverage_arcs(shapes, quantum)
    assert len({frozenset((line, line[::-1])) for line in map(tuple, arcs.lines)}) == len(arcs.lines)
    for made, shape in zip(as_polygons(arcs, quantum), shapes, strict=True):
        assert shapely.hausdorff_distance(made.exterior, shape.exterior) <= quantum
    used = [~reference if reference < 0 else reference for rings in arcs.rings for ring in rings for reference in ring]
    for number, pair in enumerate(arcs.sides):
        assert used.count(number) == 1 + (-1 not in pair)


def test_header_says_how_exact_the_file_is(store: EmbeddedStore, index: WardIndex) -> None:
    content = coverage_asset(index, store, 5).content
    length = int.from_bytes(content[:4], "little")
    head = json.loads(content[4 : 4 + length])
    assert [ward[0] for ward in head["wards"]] == [unit.code for unit in index.wards]
    assert 6.25 < head["tolerance"] < 7.5
    assert max(head["doubt"]) > 20
    assert len(content) < 100_000


def test_same_shapes_make_the_same_file(store: EmbeddedStore, index: WardIndex) -> None:
    shapes = store.display_geometries(index.dataset.generation, 25)
    made = [coverage_file(index.wards, shapes, {}, quantum=5e-5, hausdorff_m=1.0) for _ in range(2)]
    assert made[0] == made[1]
