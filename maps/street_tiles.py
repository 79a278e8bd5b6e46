"""Street lines and names for the map, cut into squares.

One size of square only, some 4.6 km wide: large enough that asking for one does not tell where in it a person lives.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from geo.stores import NamedStreets

ZOOM = 13
"""Zoom of the squares in the usual numbering (Web Mercator, x eastwards, y southwards)."""

QUANTUM = 1e-5
"""Degrees to which coordinates are rounded: a metre."""

_BUFFER = 0.002
"""Degrees by which lines run over the square's edge, so that they meet there."""

_TOLERANCE = 2e-5


class StreetTiles:
    """Cuts squares out of the streets."""

    def __init__(self, streets: NamedStreets) -> None:
        self._streets = streets
        self._tree = shapely.STRtree(streets.lines)

    def tile(self, *, x: int, y: int) -> bytes:
        """Return one square as JSON; without any street where there is none.

        ``origin`` and ``quantum`` place it. Each item of ``streets`` is a name, 1 for an alley and 0 for a street, and
        its lines, each a flat list of steps (east, north) in quanta from the point before, the first from the origin.
        """
        west, south, east, north = _bounds(x, y)
        box = (west - _BUFFER, south - _BUFFER, east + _BUFFER, north + _BUFFER)
        found = np.sort(self._tree.query(shapely.box(*box)))
        cut = shapely.simplify(shapely.clip_by_rect(self._streets.lines[found], *box), _TOLERANCE)
        origin = (round(west / QUANTUM), round(south / QUANTUM))
        streets: dict[tuple[str, int], list[list[int]]] = {}
        for number, line in zip(found.tolist(), cut, strict=True):
            key = (self._streets.names[number], int(bool(self._streets.alleys[number])))
            parts = [
                part for part in shapely.get_parts(line) if isinstance(part, shapely.LineString) and not part.is_empty
            ]
            if parts:
                streets.setdefault(key, []).extend(_steps(part, origin) for part in parts)
        listed = [[name, alley, lines] for (name, alley), lines in sorted(streets.items())]
        content = {"origin": origin, "quantum": QUANTUM, "streets": listed}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _steps(line: shapely.LineString, origin: tuple[int, int]) -> list[int]:
    points = np.round(shapely.get_coordinates(line) / QUANTUM).astype(np.int64)
    steps: list[int] = np.diff(points, axis=0, prepend=[origin]).ravel().tolist()
    return steps


def _bounds(x: int, y: int) -> tuple[float, float, float, float]:
    def latitude(row: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**ZOOM))))

    return x / 2**ZOOM * 360 - 180, latitude(y + 1), (x + 1) / 2**ZOOM * 360 - 180, latitude(y)
