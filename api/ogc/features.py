"""The layers ready to be sent: each feature as bytes, each layer findable by box, day and value."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson
import shapely

from geo.crs.published import PublishedCrs, geometry_to_published
from geo.layers import layers_of
from geo.layers.geojson import geometry_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.ogc.query import ItemsQuery
    from api.services import Services
    from geo.layers import Layer


class PublishedLayer:
    """One layer in one reference system."""

    def __init__(self, layer: Layer, crs: PublishedCrs) -> None:
        self.shapes = geometry_to_published(layer.shapes, crs)
        self._tree = shapely.STRtree(self.shapes)
        self._features = [
            b'{"type":"Feature","id":%b,"properties":%b,"geometry":%b'
            % (orjson.dumps(row[layer.key]), orjson.dumps(row), geometry_text(shape).encode())
            for row, shape in zip(layer.rows, self.shapes, strict=True)
        ]

    def feature(self, place: int, **members: Any) -> bytes:
        """Return one feature as GeoJSON, with more members where there are any."""
        more = b"," + orjson.dumps(members)[1:-1] if members else b""
        return self._features[place] + more + b"}"

    def collection(self, places: Sequence[int], **members: Any) -> bytes:
        """Return features as a GeoJSON collection."""
        head = orjson.dumps({"type": "FeatureCollection", **members})[:-1]
        return head + b',"features":[' + b",".join(self._features[place] + b"}" for place in places) + b"]}"

    def in_boxes(self, boxes: Sequence[tuple[float, float, float, float]]) -> set[int]:
        """Find what touches any of the boxes, given in this reference system and its axis order."""
        return {int(place) for box in boxes for place in self._tree.query(shapely.box(*box), predicate="intersects")}


class FeatureCollection:
    """One layer in every reference system, each made when it is first asked for."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self._lock = Lock()
        self._published: dict[PublishedCrs, PublishedLayer] = {}

    def published(self, crs: PublishedCrs) -> PublishedLayer:
        """Return the layer in a reference system."""
        with self._lock:  # two askers at once must not both do the work
            if crs not in self._published:
                self._published[crs] = PublishedLayer(self.layer, crs)
            return self._published[crs]

    def find(self, query: ItemsQuery) -> list[int]:
        """Return the places of everything that a query asks for, before it is cut into pages."""
        found: Sequence[int] = range(len(self.layer.rows))
        if query.boxes is not None:
            inside = self.published(query.bbox_crs).in_boxes(query.boxes)
            found = [place for place in found if place in inside]
        if query.days is not None:
            first, last = query.days
            ends = self.layer.valid_to
            in_time = ends is None or first < ends
            found = [place for place in found if in_time and self._starts[place] <= last]
        for name, value in query.values.items():
            found = [place for place in found if _as_asked(self.layer.rows[place][name]) == value]
        return list(found)

    @cached_property
    def _starts(self) -> list[date]:
        starts = (row.get("valid_from") for row in self.layer.rows)
        return [date.fromisoformat(start) if start else self.layer.valid_from for start in starts]


class Features:
    """Every collection, and what they were made from.

    Attributes
    ----------
    made_at
        When the bytes were made. Answers state it as their time stamp: a clock read anew for each answer would give
        equal answers unequal ETags.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.made_at = datetime.now(UTC).replace(microsecond=0)
        old, new = (services.indexes[generation.id].dataset for generation in services.store.generations())
        layers = layers_of(old, new, services.pieces)
        self.collections: Mapping[str, FeatureCollection] = {
            name: FeatureCollection(layer) for name, layer in layers.items()
        }

    @property
    def time_stamp(self) -> str:
        """The instant of `made_at` by RFC 3339."""
        return self.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _as_asked(value: Any) -> str:
    """Write a value as an address has it."""
    return value if isinstance(value, str) else json.dumps(value)
