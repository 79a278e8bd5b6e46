"""The wards' shapes as one small file: for drawing, and for looking a position up without sending it anywhere.

::

    4 bytes   length of the header, little-endian
    header    JSON: wards, origin, quantum, tolerance, doubt
    numbers   variable-length integers (7 bits a byte, low ones first; signed ones zigzag):
              arcs: how many, then for each: how many points, then each point's step from the one before it, the
              first's from the origin; wards: for each: how many rings, then for each: how many arcs, then the arcs'
              numbers, −1 − n where arc n runs backwards

An arc is the line between two wards, or between a ward and the outside, and is there once: half the size of polygons
one by one, and neighbours can never drift apart. `maps/assets/coverage.js` reads it.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import shapely

from maps.page_assets import Asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.locate import WardIndex
    from geo.model import Disagreement, Unit
    from geo.stores import Store

DISPLAY_TOLERANCE_M = 25
"""The display level that the whole city is drawn with."""

FINE_TOLERANCE_M = 5
"""The display level that draws single streets' surroundings and answers positions."""

_COARSE_QUANTUM, _FINE_QUANTUM = 5e-5, 1e-5
"""Degrees: small beside the levels' own tolerances."""

METRES_A_DEGREE = 111_320.0
"""At the equator, along it: no degree in Hà Nội is longer."""

_NOBODY = -1

Point = tuple[int, int]


class Arcs(NamedTuple):
    """A coverage as arcs.

    Parameters
    ----------
    lines
        Each arc's points, in quanta.
    sides
        The two polygons of each arc; −1 for the outside.
    rings
        For each polygon its rings, each a list of arc numbers; ``~n`` where arc n runs backwards.
    """

    lines: Sequence[Sequence[Point]]
    sides: Sequence[tuple[int, int]]
    rings: Sequence[Sequence[Sequence[int]]]


def coverage_asset(index: WardIndex, store: Store, tolerance_m: int) -> Asset:
    """Return a display level of the wards as a file; how far the sources differ stands in the fine one only."""
    dataset = index.dataset
    facts = cast("Mapping[str, Any]", dataset.manifests[f"boundaries/{dataset.generation.id}"]["facts"])
    fine = tolerance_m == FINE_TOLERANCE_M
    content = coverage_file(
        index.wards,
        store.display_geometries(dataset.generation, tolerance_m),
        dataset.disagreement if fine else {},
        quantum=_FINE_QUANTUM if fine else _COARSE_QUANTUM,
        hausdorff_m=facts["display_hausdorff_m"][f"{tolerance_m}m"],
    )
    return Asset(f"wards-{tolerance_m}m.bin", content)


def coverage_file(
    units: Sequence[Unit],
    shapes: NDArray[np.object_],
    disagreement: Mapping[tuple[str, str], Disagreement],
    *,
    quantum: float,
    hausdorff_m: float,
) -> bytes:
    """Write the file.

    Parameters
    ----------
    shapes
        Polygons of one display level, EPSG:4326, a valid coverage, in the order of the units.
    quantum
        Degrees to which coordinates are rounded.
    hausdorff_m
        How far at most the level's borders lie from the true ones, metres. The file's own tolerance is this and what
        the rounding adds.
    """
    arcs = coverage_arcs(shapes, quantum)
    west, south = (math.floor(value / quantum) for value in shapely.total_bounds(shapes)[:2])
    codes = [unit.code for unit in units]
    header = {
        "wards": [[unit.code, unit.name, unit.full_name] for unit in units],
        "origin": [west, south],
        "quantum": quantum,
        "tolerance": round(hausdorff_m + METRES_A_DEGREE * quantum * math.sqrt(0.5), 2),
        "doubt": [_reach(codes, pair, disagreement) for pair in arcs.sides],
    }
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return len(head).to_bytes(4, "little") + head + _packed(_numbers(arcs, (west, south)))


def coverage_arcs(shapes: NDArray[np.object_], quantum: float) -> Arcs:
    """Cut a coverage into arcs, its coordinates rounded to quanta."""
    rings = [[_quantised(ring, quantum) for ring in _rings(shape)] for shape in shapes]
    owners: dict[tuple[Point, Point], list[int]] = defaultdict(list)
    for number, own in enumerate(rings):
        for ring in own:
            for edge in zip(ring, ring[1:] + ring[:1], strict=True):
                owners[_undirected(*edge)].append(number)
    known: dict[tuple[Point, ...], int] = {}
    sides: list[tuple[int, int]] = []
    made: list[list[list[int]]] = []
    for own in rings:
        made.append([])
        for ring in own:
            references = []
            for line in _between_nodes(ring, owners):
                if line[::-1] in known:
                    references.append(~known[line[::-1]])
                    continue
                if line not in known:
                    known[line] = len(known)
                    found = owners[_undirected(line[0], line[1])]
                    sides.append((found[0], found[1] if len(found) > 1 else _NOBODY))
                references.append(known[line])
            made[-1].append(references)
    return Arcs(list(known), sides, made)


def _rings(shape: shapely.Polygon | shapely.MultiPolygon) -> Iterable[shapely.LinearRing]:
    for part in shapely.get_parts(shape):
        polygon = shapely.orient_polygons(part)
        yield from (polygon.exterior, *polygon.interiors)


def _quantised(ring: shapely.LinearRing, quantum: float) -> list[Point]:
    """Round a ring's points; without those that fall together, and open."""
    rounded = np.round(shapely.get_coordinates(ring) / quantum).astype(np.int64)
    kept = rounded[:-1][(np.diff(rounded, axis=0) != 0).any(axis=1)]
    return [(x, y) for x, y in kept.tolist()]


def _between_nodes(ring: list[Point], owners: Mapping[tuple[Point, Point], list[int]]) -> list[tuple[Point, ...]]:
    """Cut a ring where the polygon across it changes."""
    edges = [frozenset(owners[_undirected(*edge)]) for edge in zip(ring, ring[1:] + ring[:1], strict=True)]
    nodes = [i for i in range(len(ring)) if edges[i] != edges[i - 1]]
    if not nodes:  # an island in one other polygon: its start must be the same from both sides
        nodes = [ring.index(min(ring))]
    turned = ring[nodes[0] :] + ring[: nodes[0] + 1]
    cuts = [node - nodes[0] for node in nodes] + [len(ring)]
    return [tuple(turned[start : end + 1]) for start, end in pairwise(cuts)]


def _undirected(a: Point, b: Point) -> tuple[Point, Point]:
    return (a, b) if a <= b else (b, a)


def _reach(codes: Sequence[str], pair: tuple[int, int], disagreement: Mapping[tuple[str, str], Disagreement]) -> float:
    """Return how near to an arc the two boundary sources may differ, metres."""
    a, b = pair
    key = (codes[a], "") if b == _NOBODY else (min(codes[a], codes[b]), max(codes[a], codes[b]))
    found = disagreement.get(key)
    return round(found.reach_m, 1) if found else 0.0


def _numbers(arcs: Arcs, origin: Point) -> Iterable[int]:
    yield len(arcs.lines)
    for line in arcs.lines:
        yield len(line)
        x, y = origin
        for point in line:
            yield _zigzag(point[0] - x)
            yield _zigzag(point[1] - y)
            x, y = point
    for rings in arcs.rings:
        yield len(rings)
        for ring in rings:
            yield len(ring)
            for reference in ring:
                yield _zigzag(reference)


def _zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _packed(numbers: Iterable[int]) -> bytes:
    packed = bytearray()
    for number in numbers:
        rest = number
        while rest > 0x7F:  # noqa: PLR2004
            packed.append(rest & 0x7F | 0x80)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)
