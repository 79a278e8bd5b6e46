"""GeoJSON answers (RFC 7946) as JSON Schema, for the description of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.schemas import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

Schema = dict[str, Any]

_COMPONENTS: Final = "#/components/schemas/{model}"
_POSITION: Final[Schema] = {
    "type": "array",
    "description": "Longitude, latitude.",
    "minItems": 2,
    "maxItems": 2,
    "items": {"type": "number"},
}
_POLYGON: Final[Schema] = {"type": "array", "items": {"type": "array", "minItems": 4, "items": _POSITION}}
_SHAPES: Final[Schema] = {"Point": _POSITION, "Polygon": _POLYGON, "MultiPolygon": {"type": "array", "items": _POLYGON}}


def component(name: str) -> Schema:
    """Refer to a model that the description holds already."""
    return {"$ref": _COMPONENTS.format(model=name)}


def written_out(model: type[BaseModel]) -> Schema:
    """Describe a model in place; the models inside it are components, for other answers have them too."""
    schema = model.model_json_schema(ref_template=_COMPONENTS)
    return {name: part for name, part in schema.items() if name != "$defs"}


PROVENANCE: Final[Mapping[str, Schema]] = written_out(Answer)["properties"]
"""The members that every answer carries."""


def feature_schema(properties: Schema, *shapes: str, optional: bool = False) -> Schema:
    """Describe a feature.

    Parameters
    ----------
    shapes
        Types that its geometry may have.
    optional
        True where there may be no geometry.
    """
    kinds = [_geometry(kind) for kind in shapes]
    if optional:
        kinds.append({"type": "null"})
    return _object(
        {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "properties": properties,
            "geometry": kinds[0] if len(kinds) == 1 else {"oneOf": kinds},
        }
    )


def collection_schema(feature: Schema, members: Mapping[str, Schema]) -> Schema:
    """Describe a feature collection, with the members that stand beside its features."""
    return _object({"type": {"const": "FeatureCollection"}, **members, "features": {"type": "array", "items": feature}})


def _geometry(kind: str) -> Schema:
    return _object({"type": {"const": kind}, "coordinates": _SHAPES[kind]})


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}
