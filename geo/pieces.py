"""The drawn pieces of the old communes in the wards: one for each link of the law, for orientation only.

The law says which links there are; geometry never adds one. The communes' shapes are approximate, so a piece shows
roughly where the ground of a link lies and decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import geometry_to_lonlat, geometry_to_metres
from geo.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.model import CrosswalkLink
    from geo.stores import Dataset, Store

_DECIMALS = 1e-6


@dataclass(frozen=True, slots=True)
class Piece:
    """What one link hands over, as drawn.

    Parameters
    ----------
    link
        The link of the law.
    shape
        Polygon or multipolygon, EPSG:4326; None where it is smaller than the display level can show.
    share
        Part of the commune's drawn area, 0 to 1, measured in EPSG:5897. The law states no figure.
    """

    link: CrosswalkLink
    shape: shapely.Polygon | shapely.MultiPolygon | None
    share: float


class Pieces:
    """Every old commune cut along the wards that the law sends it to.

    Parameters
    ----------
    links
        The links of the law.
    communes, wards
        Shapes by code, EPSG:4326, of one display level.
    tolerance_m
        Tolerance of that level, metres: what is smaller than its square is too small to draw.

    Attributes
    ----------
    communes, wards
        The shapes given.
    """

    def __init__(
        self,
        links: Sequence[CrosswalkLink],
        communes: Mapping[str, shapely.Polygon],
        wards: Mapping[str, shapely.Polygon],
        tolerance_m: float,
    ) -> None:
        self.communes = communes
        self.wards = wards
        self.tolerance_m = tolerance_m
        self._from_old: dict[str, list[Piece]] = defaultdict(list)
        self._to_ward: dict[str, list[Piece]] = defaultdict(list)
        self._by_link: dict[tuple[str, str], Piece] = {}
        for piece in _cut(links, communes, wards, tolerance_m):
            self._by_link[piece.link.old_code, piece.link.ward_code] = piece
            self._from_old[piece.link.old_code].append(piece)
            self._to_ward[piece.link.ward_code].append(piece)

    @classmethod
    def open(cls, store: Store | None = None, *, tolerance_m: int) -> Pieces:
        """Open a store and cut its communes.

        Parameters
        ----------
        tolerance_m
            A display level, metres.

        Raises
        ------
        DataMissing, DataDamaged
            The data cannot be read.
        """
        store = store or open_store()
        old, new = (store.dataset(generation) for generation in store.generations())
        shapes = [store.display_geometries(dataset.generation, tolerance_m) for dataset in (old, new)]
        return cls.between(old, new, *shapes, tolerance_m=tolerance_m)

    @classmethod
    def between(
        cls,
        old: Dataset,
        new: Dataset,
        communes: NDArray[np.object_],
        wards: NDArray[np.object_],
        *,
        tolerance_m: int,
    ) -> Pieces:
        """Cut what is loaded already: the datasets of communes and wards, and their shapes at a display level."""
        return cls(
            new.links,
            {unit.code: shape for unit, shape in zip(old.units, communes, strict=True)},
            {unit.code: shape for unit, shape in zip(new.units, wards, strict=True)},
            tolerance_m,
        )

    def of_link(self, link: CrosswalkLink) -> Piece:
        """Return the piece of one link of the law."""
        return self._by_link[link.old_code, link.ward_code]

    def of_old(self, code: str) -> tuple[Piece, ...]:
        """Return the pieces of an old commune by khoản; empty for a code that no old commune had."""
        return tuple(self._from_old.get(code, ()))

    def of_ward(self, code: str) -> tuple[Piece, ...]:
        """Return the pieces that a ward was made from; empty for a code that no ward has."""
        return tuple(self._to_ward.get(code, ()))


def _cut(
    links: Sequence[CrosswalkLink],
    communes: Mapping[str, shapely.Polygon],
    wards: Mapping[str, shapely.Polygon],
    tolerance_m: float,
) -> Iterable[Piece]:
    whole = geometry_to_metres(np.array([communes[link.old_code] for link in links], dtype=object))
    into = geometry_to_metres(np.array([wards[link.ward_code] for link in links], dtype=object))
    common = shapely.intersection(whole, into)
    shares = shapely.area(common) / shapely.area(whole)
    # Slivers come of simplifying two coverages each by itself; they are no ground that the law hands over.
    drawn = np.array([_without_slivers(shape, tolerance_m**2) for shape in common], dtype=object)
    shapes = shapely.set_precision(geometry_to_lonlat(drawn), _DECIMALS)
    for link, shape, share in zip(links, shapes, shares, strict=True):
        yield Piece(link=link, shape=None if shape.is_empty else shape, share=float(share))


def _without_slivers(shape: shapely.Geometry, least_m2: float) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    kept = parts[shapely.area(parts) >= least_m2]
    if not len(kept):
        return shapely.Polygon()
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(list(kept))
