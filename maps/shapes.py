"""Shapes for the scripts of pages that are one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.model import Ward

_METRE: Final = 1e-5
"""Grid of the coordinates, degrees: about a metre."""


def ward_features(wards: Iterable[Ward], shapes: Iterable[shapely.Geometry]) -> dict[str, Any]:
    """Return the wards as GeoJSON, with the names that maps show.

    Parameters
    ----------
    shapes
        The wards' shapes for drawing, EPSG:4326, in their order.
    """
    return feature_collection(
        {"code": ward.code, "name": ward.name, "full_name": ward.full_name, "shape": shape}
        for ward, shape in zip(wards, shapes, strict=True)
    )


def feature_collection(features: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return GeoJSON of features given as their properties with a ``shape``, EPSG:4326; None where there is none."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {name: value for name, value in one.items() if name != "shape"},
                "geometry": _geometry(one["shape"]),
            }
            for one in features
        ],
    }


def _geometry(shape: shapely.Geometry | None) -> Any:
    if shape is None:
        return None
    rounded = shapely.set_precision(shape, _METRE, mode="pointwise")
    return json.loads(shapely.to_geojson(shapely.orient_polygons(rounded)))
