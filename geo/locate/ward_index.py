"""The lookup: which ward a point lies in, how near the border, which office."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import rtree
import shapely

from geo.crs import check_lonlat, geometry_to_metres, to_metres
from geo.errors import InvalidCoordinate, UnknownUnit
from geo.locate.borders import NOBODY, Borders
from geo.locate.grid import OUTSIDE, CoverageGrid
from geo.model import Border, LookupResult, Outcome, Premises, PremisesHit, PremisesStatus, Ward, WardShare
from geo.stores import open_store
from geo.stores.dataset import generation_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import ArrayLike, NDArray

    from geo.model import Unit
    from geo.stores import Dataset, Store

LARGEST_RADIUS_M = 20_000.0
"""Beyond this a GPS accuracy disc says nothing about a ward."""


class _Touching:
    """The units that cover a point, by their place in order, and whether it is exactly on a line."""

    __slots__ = ("on_border", "own", "units")

    def __init__(self, units: list[int], *, on_border: bool = False) -> None:
        self.units = units
        self.own = frozenset(units or [NOBODY])
        self.on_border = on_border


class WardIndex:
    """The units of one generation, ready to be asked for points.

    The answers are those of shapely's ``covered_by`` on every point: a point on a shared border is covered by every
    unit that touches it. All coordinates are EPSG:4326 degrees, longitude first, by keyword.

    Parameters
    ----------
    dataset
        One generation from a store.

    Attributes
    ----------
    wards
        The units by code: the 126 wards, or the 526 communes for a date before 1 July 2025.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.wards: tuple[Unit, ...] = tuple(dataset.units)
        self._grid = CoverageGrid(dataset.geometries)
        self._position = {unit.code: position for position, unit in enumerate(self.wards)}

    @classmethod
    def open(cls, as_of: date | None = None, store: Store | None = None) -> WardIndex:
        """Open the units in force on a day.

        Parameters
        ----------
        as_of
            The day; the current units where none is given.
        store
            Where the data are; the embedded data where none is given.

        Raises
        ------
        UnknownGeneration
            No boundaries are held for that day.
        DataMissing, DataDamaged
            The data cannot be read.
        """
        store = store or open_store()
        return cls(store.dataset(generation_on(store, as_of)))

    def warm_up(self) -> None:
        """Build now what is otherwise built at the first question that needs it."""
        _ = self._borders, self._metric_tree, self._premises_tree, self._premises_by_ward

    def unit(self, code: str) -> Unit:
        """Return the unit of that code in this generation.

        Raises
        ------
        UnknownUnit
            This generation has no such code.
        """
        return self.wards[self._index_of(code)]

    def ward_at(self, *, lon: float, lat: float) -> Unit | None:
        """Return the unit that covers a point, None outside: the quickest answer.

        On a shared border it is the unit with the smaller code.

        Raises
        ------
        InvalidCoordinate
            A value is not a finite number. Nothing else is checked: a swapped pair is simply outside.
        """
        try:
            label = self._grid.label(lon, lat)
        except (ValueError, OverflowError, TypeError):
            check_lonlat(lon=lon, lat=lat)
            raise
        if label >= 0:
            return self.wards[label]
        if label == OUTSIDE:
            return None
        for candidate in self._grid.candidates_of(label):
            if shapely.intersects_xy(self._grid.polygons[candidate], lon, lat):
                return self.wards[candidate]
        return None

    def locate(self, *, lon: float, lat: float) -> LookupResult:
        """Return everything about where a point lies: units, border, certainty.

        Border rule: ``covered_by``. A point exactly on a drawn line is ON_BORDER and names every unit that touches
        it; a point on the city border names its one ward.

        Raises
        ------
        InvalidCoordinate
            A value is not a number, is out of range, the pair is swapped, or the point is not in Việt Nam.
        """
        pair = check_lonlat(lon=lon, lat=lat)
        return self._results([pair], [to_metres(*pair)])[0]

    def locate_each(self, lons: Sequence[float], lats: Sequence[float]) -> list[LookupResult]:
        """Return what `locate` returns for each of many points, in order, in one go.

        Raises
        ------
        InvalidCoordinate
            Any point is one that `locate` would refuse.
        """
        pairs = [check_lonlat(lon=lon, lat=lat) for lon, lat in zip(lons, lats, strict=True)]
        if not pairs:
            return []
        eastings, northings = to_metres(*np.array(pairs).T)
        return self._results(pairs, list(zip(eastings.tolist(), northings.tolist(), strict=True)))

    def _results(
        self, pairs: Sequence[tuple[float, float]], metres: Sequence[tuple[float, float]]
    ) -> list[LookupResult]:
        points = np.asarray(shapely.points(metres))
        pieces, distances = (found.tolist() for found in self._borders.nearest(points))
        touching = [self._touching(lon, lat) for lon, lat in pairs]
        doubts = self._doubts(points, distances, touching)
        return [
            self._result(pair, metres[i], found, doubts.get(i), self._border(pieces[i], distances[i], found))
            for i, (pair, found) in enumerate(zip(pairs, touching, strict=True))
        ]

    def _doubts(
        self, points: NDArray[np.object_], distances: Sequence[float], touching: Sequence[_Touching]
    ) -> Mapping[int, set[int]]:
        """Find the units on both sides of every border that is in doubt at a point, by the point's place in order."""
        widest = self._borders.widest_doubt
        near = [i for i, found in enumerate(touching) if any(distances[i] <= widest[own] for own in found.own)]
        doubts: dict[int, set[int]] = {}
        if near:
            for k, piece in zip(*(found.tolist() for found in self._borders.in_doubt(points[near])), strict=True):
                sides = self._borders.sides[piece]
                # Only its own borders matter to a point: the city border to one outside.
                if not touching[near[k]].own.isdisjoint(sides):
                    doubts.setdefault(near[k], set()).update(sides)
        return doubts

    def _result(
        self,
        pair: tuple[float, float],
        metres: tuple[float, float],
        found: _Touching,
        doubts: set[int] | None,
        border: Border,
    ) -> LookupResult:
        others = sorted(doubts.difference(found.units, [NOBODY])) if doubts else []
        units = tuple([self.wards[position] for position in found.units])
        return LookupResult(
            lon=pair[0],
            lat=pair[1],
            metres=metres,
            outcome=Outcome.ON_BORDER if found.on_border else Outcome.INSIDE if units else Outcome.OUTSIDE,
            units=units,
            border=border,
            possible=units + tuple([self.wards[position] for position in others]),
            certain=not (found.on_border or doubts or self.approximate),
            approximate=self.approximate,
            generation=self.dataset.generation.id,
            data_version=self.dataset.data_version,
        )

    def _border(self, piece: int, distance_m: float, found: _Touching) -> Border:
        sides = self._borders.sides[piece]
        across = found.units[1:] or [side for side in sides if side != NOBODY and side not in found.units]
        return Border(
            distance_m=0.0 if found.on_border else distance_m,
            across=self.wards[across[0]] if across else None,
            disagreement=self._borders.disagreement[piece],
        )

    def locate_many(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int16]:
        """Return the position in `wards` of the unit that covers each point, −1 outside.

        On a shared border it is the unit with the smaller code. A point that is not finite is outside: check first
        where that matters.

        Parameters
        ----------
        lons, lats
            Shape (n,), degrees.

        Returns
        -------
        Shape (n,), int16.

        Raises
        ------
        InvalidCoordinate
            The two arrays have different lengths or are not flat.
        """
        x, y = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
        if x.ndim != 1 or x.shape != y.shape:
            raise InvalidCoordinate(
                vi=f"Cần hai dãy cùng độ dài, nhận được kích thước {x.shape} và {y.shape}.",
                en=f"Two flat arrays of one length are needed, got shapes {x.shape} and {y.shape}.",
                field="lons",
            )
        return self._grid.locate_many(x, y)

    def wards_near(self, *, lon: float, lat: float, radius_m: float) -> tuple[WardShare, ...]:
        """Return the units under a GPS accuracy disc, largest share first.

        Parameters
        ----------
        radius_m
            Metres, above 0 and at most 20,000. The shares add up to less than 1 where the disc leaves Hà Nội.

        Raises
        ------
        InvalidCoordinate
            As for `locate`, or the radius is out of range.
        """
        lon, lat = check_lonlat(lon=lon, lat=lat)
        if not 0 < radius_m <= LARGEST_RADIUS_M:
            raise InvalidCoordinate(
                vi=f"Bán kính phải lớn hơn 0 và không quá {LARGEST_RADIUS_M:.0f} m, nhận được {radius_m}.",
                en=f"The radius must be above 0 and at most {LARGEST_RADIUS_M:.0f} m, got {radius_m}.",
                field="radius_m",
            )
        east, north = to_metres(lon, lat)
        disc = shapely.Point(east, north).buffer(radius_m, quad_segs=32)
        near = self._metric_tree.query(disc, predicate="intersects")
        shares = shapely.area(shapely.intersection(self._metric_tree.geometries[near], disc)) / disc.area
        ranked = sorted(zip(shares, near, strict=True), key=lambda pair: (-pair[0], pair[1]))
        return tuple(
            WardShare(unit=self.wards[position], share=float(share)) for share, position in ranked if share > 0
        )

    def nearest_premises(
        self, *, lon: float, lat: float, ward_code: str | None = None, count: int = 1
    ) -> tuple[PremisesHit, ...]:
        """Return the nearest premises in use whose position is known, nearest first.

        Distances are straight lines in metres and no better than the position's ``uncertainty_m``. A premises whose
        position is not known cannot be among them: see `premises_of` for the whole list of a ward.

        Parameters
        ----------
        ward_code
            Only the premises of that ward.
        count
            At most so many.

        Raises
        ------
        InvalidCoordinate
            As for `locate`.
        UnknownUnit
            No ward has that code.
        """
        lon, lat = check_lonlat(lon=lon, lat=lat)
        here = to_metres(lon, lat)
        if ward_code is None:
            nearest = list(self._premises_tree.nearest((*here, *here), count))
        else:
            self._index_of(ward_code)
            nearest = [i for i, (premises, _) in enumerate(self._placed) if premises.ward_code == ward_code]
        hits = []
        for i in nearest:
            premises, there = self._placed[i]
            ward = self.unit(premises.ward_code)
            if isinstance(ward, Ward):
                hits.append(PremisesHit(premises=premises, ward=ward, distance_m=math.dist(here, there)))
        return tuple(sorted(hits, key=lambda hit: (hit.distance_m, hit.premises.id))[:count])

    def premises_of(self, ward_code: str) -> tuple[Premises, ...]:
        """Return every known premises of a ward, positioned or not.

        Raises
        ------
        UnknownUnit
            No ward has that code.
        """
        self._index_of(ward_code)
        return tuple(premises for premises, _ in self._premises_by_ward.get(ward_code, ()))

    def premises_with_distance(self, ward_code: str, at: LookupResult) -> tuple[tuple[Premises, float | None], ...]:
        """Return every known premises of a ward with its distance in metres: nearest first, unknown positions last.

        Parameters
        ----------
        at
            Where distances are measured from.

        Raises
        ------
        UnknownUnit
            No ward has that code.
        """
        self._index_of(ward_code)
        distances = [
            (premises, None if there is None else math.dist(there, at.metres))
            for premises, there in self._premises_by_ward.get(ward_code, ())
        ]
        return tuple(sorted(distances, key=lambda pair: (pair[1] is None, pair[1] or 0.0, pair[0].number)))

    def neighbours(self, code: str) -> tuple[Unit, ...]:
        """Return the units that share a border line with one, by code.

        Raises
        ------
        UnknownUnit
            No unit has that code.
        """
        own = self._index_of(code)
        across = {side for sides in self._borders.sides if own in sides for side in sides} - {own, NOBODY}
        return tuple(self.wards[position] for position in sorted(across))

    @property
    def approximate(self) -> bool:
        """True where the shapes of this generation are for orientation only."""
        return self.dataset.generation.approximate

    def _index_of(self, code: str) -> int:
        try:
            return self._position[code]
        except KeyError:
            generation = self.dataset.generation.id
            raise UnknownUnit(
                vi=f"Không có đơn vị nào mang mã {code!r} ở thời điểm {generation}.",
                en=f"No unit has the code {code!r} in the generation of {generation}.",
                field="code",
            ) from None

    def _touching(self, lon: float, lat: float) -> _Touching:
        label = self._grid.label(lon, lat)
        if label >= 0:
            return _Touching([label])
        if label == OUTSIDE:
            return _Touching([])
        polygons = self._grid.polygons
        found = [i for i in self._grid.candidates_of(label) if shapely.intersects_xy(polygons[i], lon, lat)]
        return _Touching(found, on_border=any(not shapely.contains_xy(polygons[i], lon, lat) for i in found))

    @cached_property
    def _borders(self) -> Borders:
        codes = [unit.code for unit in self.wards]
        return Borders(self.dataset.geometries, codes, self.dataset.disagreement)

    @cached_property
    def _metric_tree(self) -> shapely.STRtree:
        return shapely.STRtree(geometry_to_metres(self.dataset.geometries))

    @cached_property
    def _premises_by_ward(self) -> Mapping[str, Sequence[tuple[Premises, tuple[float, float] | None]]]:
        """Every known premises, with its position in EPSG:5897 metres where that is known."""
        found: dict[str, list[tuple[Premises, tuple[float, float] | None]]] = {}
        for one in self.dataset.premises:
            there = None if one.position is None else to_metres(one.position.lon, one.position.lat)
            found.setdefault(one.ward_code, []).append((one, there))
        return found

    @cached_property
    def _placed(self) -> Sequence[tuple[Premises, tuple[float, float]]]:
        """Premises in use with a position, and that position in EPSG:5897 metres."""
        known = [pair for pairs in self._premises_by_ward.values() for pair in pairs]
        return [(one, there) for one, there in known if there and one.status is not PremisesStatus.PLANNED]

    @cached_property
    def _premises_tree(self) -> rtree.index.Index:
        tree = rtree.index.Index()
        for i, (_, (x, y)) in enumerate(self._placed):
            tree.insert(i, (x, y, x, y))
        return tree
