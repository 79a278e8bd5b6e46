"""GeocodeJSON 0.1.0 as a JSON Schema, written from the specification's text.

https://github.com/geocoders/geocodejson-spec (draft, with its ``geocoding`` namespaces). Its keys are not exclusive, so
others may stand beside them; the list of types is said to be open, and is closed here to those that it names.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string", "minLength": 1}

POINT: dict[str, Any] = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "type": "array",
            "minItems": 2,
            "maxItems": 3,
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
        },
    },
}

PLACE: dict[str, Any] = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"enum": ["house", "street", "locality", "district", "city", "county", "state", "region", "country"]},
        "accuracy": {"type": "number", "minimum": 0},
        **dict.fromkeys(
            (
                "label",
                "name",
                "housenumber",
                "street",
                "locality",
                "postcode",
                "city",
                "district",
                "county",
                "state",
                "country",
            ),
            TEXT,
        ),
        "admin": {
            "type": "object",
            "patternProperties": {"^level([1-9]|1[0-5])$": TEXT},
            "additionalProperties": False,
        },
        "geohash": {"type": "string", "pattern": "^[0-9b-hjkmnp-z]+$"},
    },
}

FEATURE: dict[str, Any] = {
    "type": "object",
    "required": ["type", "properties", "geometry"],
    "properties": {
        "type": {"const": "Feature"},
        "id": {"type": ["string", "number"]},
        "properties": {"type": "object", "required": ["geocoding"], "properties": {"geocoding": PLACE}},
        "geometry": POINT,
    },
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["type", "geocoding", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "geocoding": {
            "type": "object",
            "required": ["version"],
            "properties": {
                "version": {"const": "0.1.0"},
                "licence": {"type": ["string", "null"]},
                "attribution": {"type": ["string", "null"]},
                "query": {"type": ["string", "null"]},
            },
        },
        "features": {"type": "array", "items": FEATURE},
        "crs": False,  # RFC 7946 took it out of GeoJSON
    },
}
