"""Which wards a project touches, with how much of it in each, and which may lead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

import shapely

from geo.crs import geometry_to_metres
from geo.crs.coordinate import EASTING_RANGE, LAT_RANGE, LON_RANGE, NORTHING_RANGE
from geo.crs.stated import stated_to_metres
from geo.errors import InvalidCoordinate
from geo.model import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.cases.projects.reading import Project
    from geo.locate import WardIndex
    from geo.model import LookupResult, Unit

CLOSE_SHARES: Final = 0.10
"""Where the second largest share is nearer than this to the largest, people decide who leads."""

SLIVER_M: Final = 1.0
"""A piece thinner than this everywhere (shorter, for lines) is within the datum shift's accuracy: a touch."""

_NEGLIGIBLE: Final = 1e-6


class Shape(StrEnum):
    """What a geometry is measured by."""

    POLYGON = "polygon"
    LINE = "line"
    POINT = "point"


class Role(StrEnum):
    """What a row of the answer says; the words of the column ``vai_tro``."""

    LEAD = "de_xuat_chu_tri"
    UNDECIDED = "can_quyet_dinh"
    TOGETHER = "phoi_hop"
    TOUCH = "chi_giap_ranh"
    OUTSIDE = "ngoai_ha_noi"
    ERROR = "loi"


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a project lies in one ward, or outside Hà Nội.

    Parameters
    ----------
    unit
        None outside Hà Nội, and where the project cannot be answered.
    measure
        Square metres of a polygon, metres of a line (both in EPSG:5897), points of a point project.
    share
        Of the project, 0 to 1.
    geometry
        EPSG:5897; None where it cannot be answered.
    """

    unit: Unit | None
    role: Role
    measure: float
    share: float
    geometry: BaseGeometry | None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectAnswer:
    """A project with its pieces, largest first; one piece that says why where it has no answer."""

    project: Project
    shape: Shape | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """The ground along a border within the reach of the sources' disagreement, EPSG:5897."""

    ground: BaseGeometry
    reach_m: float


class WardShapes:
    """The wards as metric polygons.

    A ward is touched where any point of the project is in it or on its border (``intersects``); a piece that is only
    border has measure 0. What runs along a border belongs to both sides by halves.

    Parameters
    ----------
    index
        The units answered, and who knows how far the two boundary sources disagree.
    """

    def __init__(self, index: WardIndex) -> None:
        self._index = index
        self._polygons = geometry_to_metres(index.dataset.geometries)
        self._tree = shapely.STRtree(self._polygons)
        self._place = {unit.code: position for position, unit in enumerate(index.wards)}
        self._strip = lru_cache(maxsize=None)(self._find_strip)

    def answer(self, project: Project) -> ProjectAnswer:
        """Answer one project; what is wrong with it is said, and nothing is mended in silence."""
        if project.geometry is None or project.geometry.is_empty:
            return _refused(project, project.problem or Text("hình rỗng", "empty geometry"))
        shape = _shape(project.geometry)
        wrong = _wrong_with(project, shape)
        if shape is None or wrong is not None:
            return _refused(project, wrong or _MIXED)
        try:
            metres, degrees = stated_to_metres(project.geometry, project.crs)
            if shape is Shape.POINT:
                return ProjectAnswer(project, shape, self._points(metres, degrees))
            _check_place(degrees)
        except InvalidCoordinate as error:
            return _refused(project, Text(error.vi, error.en))
        return ProjectAnswer(project, shape, self._pieces(metres, shape))

    def _pieces(self, metres: BaseGeometry, shape: Shape) -> tuple[Piece, ...]:
        """Cut a polygon or a line along the borders."""
        # A line that runs to and fro over the same ground is measured once, as its pieces are.
        whole = shapely.union_all([metres]) if shape is Shape.LINE else metres
        touched = sorted(int(position) for position in self._tree.query(whole, predicate="intersects"))
        cuts = {position: shapely.intersection(whole, self._polygons[position]) for position in touched}
        measures, notes = self._measured(cuts, shape)
        total = _measure(whole, shape)
        pieces = [
            Piece(self._index.wards[at], Role.TOGETHER, measures[at], measures[at] / total, cuts[at], notes[at])
            for at in touched
        ]
        if not _is_sliver(whole, total, shape):
            pieces = [replace(piece, role=Role.TOUCH) if _mere_touch(piece, shape) else piece for piece in pieces]
        pieces = self._with_doubts(pieces)
        left = total - sum(measures.values())
        if left / total > _NEGLIGIBLE:
            city = shapely.union_all([self._polygons[at] for at in touched]) if touched else shapely.Polygon()
            rest = shapely.difference(whole, city)
            pieces.append(Piece(None, Role.OUTSIDE, left, left / total, rest))
        return _with_roles(pieces)

    def _measured(
        self, cuts: dict[int, BaseGeometry], shape: Shape
    ) -> tuple[dict[int, float], dict[int, tuple[Text, ...]]]:
        """Measure the pieces; the length of a line along a border goes to both sides by halves."""
        measures = {position: _measure(cut, shape) for position, cut in cuts.items()}
        notes: dict[int, tuple[Text, ...]] = dict.fromkeys(cuts, ())
        if shape is Shape.LINE:
            for first, second in combinations(cuts, 2):
                along = shapely.intersection(cuts[first], cuts[second]).length
                if along > 0:
                    for here, there in ((first, second), (second, first)):
                        measures[here] -= along / 2
                        name = self._index.wards[there].full_name
                        notes[here] += (
                            Text(
                                f"{along:.0f} m chạy dọc ranh giới với {name}, mỗi bên tính một nửa",
                                f"{along:.0f} m run along the border with {name}, half counted to each side",
                            ),
                        )
        return measures, notes

    def _points(self, metres: BaseGeometry, degrees: BaseGeometry) -> tuple[Piece, ...]:
        """Look the points of a project up; one on a border counts in equal parts to every ward that it touches."""
        places = shapely.get_parts(degrees)
        results = self._index.locate_each([place.x for place in places], [place.y for place in places])
        weights: dict[str, float] = {}
        units: dict[str, Unit] = {}
        notes: dict[str, tuple[Text, ...]] = {}
        inside: dict[str, list[BaseGeometry]] = {}
        for result, here in zip(results, shapely.get_parts(metres), strict=True):
            for unit in result.units or (None,):
                code = unit.code if unit else ""
                weights[code] = weights.get(code, 0.0) + 1 / max(1, len(result.units))
                inside.setdefault(code, []).append(here)
                if unit:
                    units[code] = unit
                if not result.certain:
                    notes[code] = tuple(dict.fromkeys((*notes.get(code, ()), _doubt(result))))
        pieces = [
            Piece(
                units.get(code),
                Role.TOGETHER if code else Role.OUTSIDE,
                weight,
                weight / len(results),
                shapely.union_all(inside[code]),
                notes.get(code, ()),
            )
            for code, weight in weights.items()
        ]
        return _with_roles(pieces)

    def _with_doubts(self, pieces: list[Piece]) -> list[Piece]:
        """Say of a piece that lies all in the strip where the two boundary sources differ that it may be none."""
        parts = [piece for piece in pieces if piece.role is Role.TOGETHER and piece.unit is not None]
        said = []
        for piece in pieces:
            for other in parts:
                reach = self._reach(piece, other)
                if reach is not None:
                    piece = replace(piece, notes=(*piece.notes, reach))  # noqa: PLW2901  # one note after another
            said.append(piece)
        return said

    def _reach(self, piece: Piece, other: Piece) -> Text | None:
        if piece.role is not Role.TOGETHER or piece.unit is None or other.unit is None or piece.unit is other.unit:
            return None
        strip = self._strip(min(piece.unit.code, other.unit.code), max(piece.unit.code, other.unit.code))
        if strip is None or piece.geometry is None or not piece.geometry.within(strip.ground):
            return None
        reach = strip.reach_m
        name = other.unit.full_name
        return Text(
            f"nằm trọn trong dải {reach:.0f} m sát ranh giới với {name}, nơi hai nguồn bản đồ lệch nhau",
            f"lies wholly within {reach:.0f} m of the border with {name}, where the two map sources differ",
        )

    def _find_strip(self, first: str, second: str) -> _Strip | None:
        """Return the ground along a border where the sources differ; None for wards that are no neighbours."""
        disagreement = self._index.dataset.disagreement.get((first, second))
        if disagreement is None:
            return None
        border = shapely.intersection(*(self._polygons[self._place[code]].boundary for code in (first, second)))
        ground = shapely.buffer(border, disagreement.reach_m)
        shapely.prepare(ground)
        return _Strip(ground, disagreement.reach_m)


def _mere_touch(piece: Piece, shape: Shape) -> bool:
    return piece.geometry is None or _is_sliver(piece.geometry, piece.measure, shape)


def _is_sliver(geometry: BaseGeometry, measure: float, shape: Shape) -> bool:
    """Tell whether a geometry is smaller than the ground can be told apart."""
    if shape is Shape.POLYGON:
        return measure <= 0 or bool(geometry.buffer(-SLIVER_M / 2).is_empty)
    return measure < SLIVER_M


def _with_roles(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Propose who leads, or say that people decide; largest share first, what lies outside last."""
    ranked = sorted(pieces, key=lambda piece: (piece.unit is None, -piece.share, piece.unit.code if piece.unit else ""))
    parts = [piece for piece in ranked if piece.role is Role.TOGETHER]
    if not parts:
        return tuple(ranked)
    best = parts[0].share
    # Figures as people read them, so that 55.0 and 45.0 % are not "nearer than ten points" by a rounding error.
    close = [piece for piece in parts if round(best - piece.share, 6) < CLOSE_SHARES]
    role = Role.LEAD if len(close) == 1 else Role.UNDECIDED
    note = None if role is Role.LEAD else _close_note(close)
    outside = sum(piece.share for piece in ranked if piece.role is Role.OUTSIDE)
    chosen = []
    for piece in ranked:
        if piece not in close:
            chosen.append(piece)
            continue
        notes = piece.notes + ((note,) if note else ()) + ((_MOSTLY_OUTSIDE,) if outside > best else ())
        chosen.append(replace(piece, role=role, notes=notes))
    return tuple(chosen)


def _close_note(close: Sequence[Piece]) -> Text:
    shares = ", ".join(f"{piece.unit.full_name} {100 * piece.share:.1f} %" for piece in close if piece.unit)
    return Text(
        f"tỷ lệ sát nhau ({shares}), chênh dưới 10 điểm: người có thẩm quyền quyết định đơn vị chủ trì",
        f"the shares are close ({shares}), less than 10 points apart: who leads is for people to decide",
    )


def _shape(geometry: BaseGeometry) -> Shape | None:
    return {
        "Polygon": Shape.POLYGON, "MultiPolygon": Shape.POLYGON, "LineString": Shape.LINE, "LinearRing": Shape.LINE,
        "MultiLineString": Shape.LINE, "Point": Shape.POINT, "MultiPoint": Shape.POINT,
    }.get(geometry.geom_type)  # fmt: skip


def _measure(geometry: BaseGeometry, shape: Shape) -> float:
    return float(geometry.area if shape is Shape.POLYGON else geometry.length)


def _wrong_with(project: Project, shape: Shape | None) -> Text | None:
    """Say what is wrong with a geometry as it stands in its file."""
    geometry = project.geometry
    assert geometry is not None
    coordinates = shapely.get_coordinates(geometry)
    if not bool((abs(coordinates) < float("inf")).all()):
        return Text("có toạ độ không phải số hữu hạn", "a coordinate is not a finite number")
    if not geometry.is_valid:
        said = shapely.is_valid_reason(geometry)
        return Text(
            f"hình không hợp lệ ({said}): hãy sửa trong phần mềm GIS; chương trình không tự sửa",
            f"invalid geometry ({said}): mend it in a GIS; it is not mended here",
        )
    if shape is Shape.LINE and geometry.length <= 0:
        return Text("đường có chiều dài bằng 0", "the line has no length")
    left, bottom, right, top = geometry.bounds
    ranges = (LAT_RANGE, LON_RANGE) if project.crs.is_geographic else (NORTHING_RANGE, EASTING_RANGE)
    if all(_within(value, ranges[0]) for value in (left, right)) and all(
        _within(value, ranges[1]) for value in (bottom, top)
    ):
        return _SWAPPED
    return None


def _within(value: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= value <= ends[1]


def _check_place(degrees: BaseGeometry) -> None:
    """Refuse what is not in Việt Nam: its CRS is another than the one stated.

    Raises
    ------
    InvalidCoordinate
        A corner of the geometry is not in Việt Nam's envelope.
    """
    left, bottom, right, top = degrees.bounds
    inside = [_within(lon, LON_RANGE) for lon in (left, right)] + [_within(lat, LAT_RANGE) for lat in (bottom, top)]
    if not all(inside):
        raise InvalidCoordinate(
            vi="hình không nằm ở Việt Nam: kiểm tra hệ toạ độ và thứ tự hai số",
            en="the geometry is not in Việt Nam: check its CRS and the order of its numbers",
            field="crs",
        )


def _doubt(result: LookupResult) -> Text:
    distance = round(result.border.distance_m)
    names = [unit.full_name for unit in result.possible]
    return Text(
        f"điểm cách ranh giới {distance} m, nơi hai nguồn bản đồ lệch nhau; có thể là: {' hoặc '.join(names)}",
        f"a point {distance} m from the border, where the two map sources differ; it may be: {' or '.join(names)}",
    )


def _refused(project: Project, why: Text) -> ProjectAnswer:
    return ProjectAnswer(project, None, (Piece(None, Role.ERROR, 0.0, 0.0, None, (why,)),))


_MIXED: Final = Text(
    "hình gồm nhiều loại (điểm, đường, vùng lẫn nhau): hãy tách thành từng dự án",
    "a mixture of points, lines and polygons: split it into projects",
)
_SWAPPED: Final = Text(
    "hai số của mỗi toạ độ có vẻ bị đảo: cần kinh độ trước vĩ độ, hoặc hướng Đông (Y) trước hướng Bắc (X)",
    "the two numbers of each coordinate look swapped: longitude before latitude, or easting (Y) before northing (X)",
)
_MOSTLY_OUTSIDE: Final = Text("phần lớn dự án nằm ngoài Hà Nội", "most of the project lies outside Hà Nội")
