"""A drawing that needs no script and prints: the same lines, dashes and numbers as the map, as SVG in the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.model import Premises
    from geo.pieces import Pieces
    from maps.law_rows import Choice

WIDTH: Final = 1280
"""Steps of the drawing's grid, finer than the pixels of a page."""
_FLATTEST, _TALLEST = 0.55, 1.1
_MARGIN: Final = 0.08
COLOURS: Final = 6
"""Fills in the style sheet; numbers tell the pieces apart, colours only help."""
_LEAST_NAMED_AREA: Final = 36_000.0
_LETTER_WIDTH: Final = 17
_LONGEST_NAME: Final = 22
_TAG: Final = 60
"""Room of a number or letter."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One path: its classes and its commands."""

    css: str
    d: str


@dataclass(frozen=True, slots=True)
class Label:
    """One text: its classes and where it stands."""

    css: str
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything of one drawing, ready for the template."""

    width: int
    height: int
    outlines: Sequence[Outline]
    labels: Sequence[Label]


class _Sheet:
    """From degrees to the drawing: true to shape in the middle of its frame."""

    def __init__(self, frame: Iterable[shapely.Geometry]) -> None:
        west, south, east, north = (float(edge) for edge in shapely.total_bounds(list(frame)))
        narrow = math.cos(math.radians((south + north) / 2))
        wide, high = (east - west) * narrow, north - south
        wide, high = max(wide, high / _TALLEST), max(high, wide * _FLATTEST)
        wide, high = wide * (1 + 2 * _MARGIN), high * (1 + 2 * _MARGIN)
        self.scale = WIDTH / wide
        self.narrow = narrow
        self.height = round(high * self.scale)
        self.west = (west + east) / 2 - wide / narrow / 2
        self.north = (south + north) / 2 + high / 2
        self.bounds = (self.west, self.north - high, self.west + wide / narrow, self.north)

    def cut(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Cut a shape to a little more than the sheet, so that its cut edges stay outside."""
        west, south, east, north = self.bounds
        more = (north - south) * 0.02
        return shapely.clip_by_rect(shape, west - more, south - more, east + more, north + more)

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        return round(self._x(lon)), round(self._y(lat))

    def path(self, shape: shapely.Geometry) -> str:
        """Write the rings of polygons as path commands."""
        rings = [ring for part in shapely.get_parts(shape) if part.geom_type == "Polygon" for ring in _rings(part)]
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: shapely.LinearRing) -> str:
        """Write a ring in whole steps of the grid: neighbours share their vertices, so no gap opens between them."""
        x, y = round(self._x(ring.coords[0][0])), round(self._y(ring.coords[0][1]))
        steps = [f"M{x} {y}l"]
        for lon, lat in shapely.get_coordinates(ring)[1:].tolist():
            across, down = round(self._x(lon)) - x, round(self._y(lat)) - y
            if across or down:
                steps.append(f"{across} {down} ")
                x, y = x + across, y + down
        return "".join(steps).rstrip(" l") + "z"

    def _x(self, lon: float) -> float:
        return (lon - self.west) * self.narrow * self.scale

    def _y(self, lat: float) -> float:
        return (self.north - lat) * self.scale


def draw(
    choice: Choice, pieces: Pieces, ward_names: Mapping[str, str], marks: Sequence[tuple[str, Premises]] = ()
) -> Drawing | None:
    """Draw a choice; None where all its parts are too small.

    Parameters
    ----------
    ward_names
        Of every ward that may be seen, by code.
    marks
        Premises with a position, each with its letter.
    """
    cut = [(row.number, piece.shape) for row in choice.rows if (piece := pieces.of_link(row.link)).shape is not None]
    chosen = {row.link.ward_code for row in choice.rows}
    if choice.kind == "ward":
        frame: list[shapely.Geometry] = [pieces.wards[choice.code]]
        old: list[shapely.Geometry] = [shape for _, shape in cut if shape is not None]
    else:
        frame = old = [pieces.communes[code] for code in sorted({row.link.old_code for row in choice.rows})]
    if not cut:
        return None
    sheet = _Sheet(frame)
    seen = {code: sheet.cut(shape) for code, shape in pieces.wards.items() if _meets(shape, sheet)}
    outlines = [Outline("ward", sheet.path(shape)) for code, shape in seen.items() if code not in chosen]
    outlines += [Outline("ward into", sheet.path(seen[code])) for code in sorted(chosen & set(seen))]
    outlines += [Outline(f"piece k{number % COLOURS}", sheet.path(shape)) for number, shape in cut]
    # Neighbours share their dashed line: drawn twice it would look solid, so each covers what lies below it first.
    outlines += [Outline(css, sheet.path(shape)) for shape in old for css in ("casing", "old")]
    outlines += [Outline("new-border", sheet.path(seen[code])) for code in sorted(chosen & set(seen))]
    labels = _ward_names(seen, ward_names, sheet, (*frame, *old))
    letters = [_mark(letter, one, sheet) for letter, one in marks if _on(one, sheet)]
    labels += [_number(number, shape, sheet, letters) for number, shape in cut]
    return Drawing(WIDTH, sheet.height, outlines, [*labels, *letters])


def _ward_names(
    seen: Mapping[str, shapely.Geometry],
    names: Mapping[str, str],
    sheet: _Sheet,
    taken: Sequence[shapely.Geometry],
) -> list[Label]:
    """Name the wards beside the chosen ground, where there is room: the ground itself bears numbers."""
    ground = shapely.union_all(list(taken))
    labels = []
    for code, shape in seen.items():
        free = shapely.difference(sheet.cut(shape), ground)
        parts = [part for part in shapely.get_parts(free) if part.geom_type == "Polygon"]
        free = max(parts, key=lambda part: part.area, default=shapely.Polygon())
        if free.area * sheet.scale**2 * sheet.narrow < _LEAST_NAMED_AREA:
            continue
        x, y = sheet.at(*label_point(free))
        text = names[code] if len(names[code]) <= _LONGEST_NAME else names[code][: _LONGEST_NAME - 1] + "…"
        half = len(text) * _LETTER_WIDTH // 2
        labels.append(Label("name", min(max(x, half + 8), WIDTH - half - 8), min(max(y, 32), sheet.height - 16), text))
    return labels


def label_point(shape: shapely.Geometry) -> tuple[float, float]:
    """Return the point of a shape (lon, lat) that is farthest from its rim: there a label fits best."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    west, south, east, north = largest.bounds
    middle = shapely.maximum_inscribed_circle(largest, tolerance=max(east - west, north - south) / 50).coords[0]
    return round(middle[0], 6), round(middle[1], 6)


def _number(number: int, shape: shapely.Geometry, sheet: _Sheet, letters: Sequence[Label]) -> Label:
    """Put the number of a piece into it, beside a letter that stands there already."""
    x, y = sheet.at(*label_point(shape))
    for letter in letters:
        if abs(letter.x - x) < _TAG and abs(letter.y - y) < _TAG:
            x = letter.x - _TAG if x <= letter.x else letter.x + _TAG
    return Label("number", x, y, str(number))


def _mark(letter: str, premises: Premises, sheet: _Sheet) -> Label:
    position = premises.position
    assert position is not None  # only positioned ones get a letter
    return Label("mark", *sheet.at(position.lon, position.lat), letter)


def _on(premises: Premises, sheet: _Sheet) -> bool:
    position = premises.position
    west, south, east, north = sheet.bounds
    return position is not None and west < position.lon < east and south < position.lat < north


def _meets(shape: shapely.Geometry, sheet: _Sheet) -> bool:
    west, south, east, north = (float(edge) for edge in shapely.bounds(shape))
    return west < sheet.bounds[2] and east > sheet.bounds[0] and south < sheet.bounds[3] and north > sheet.bounds[1]


def _rings(part: shapely.Polygon) -> list[shapely.LinearRing]:
    return [part.exterior, *part.interiors]
