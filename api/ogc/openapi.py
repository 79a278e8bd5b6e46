"""The description of ``/ogc`` by OpenAPI 3.0, which OGC's conformance class asks for; ``/openapi.json`` is 3.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from api.ogc.documents import CONFORMS_TO
from api.ogc.negotiation import HTML, JSON, OPENAPI
from api.ogc.query import DEFAULT_LIMIT, LARGEST_LIMIT
from api.reference import GEOJSON
from geo.crs.published import PublishedCrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.layers import Column, Layer

_PROBLEM: Final = "application/problem+json"
_CRS_SCHEMA: Final = {"type": "string", "format": "uri", "enum": list(PublishedCrs), "default": PublishedCrs.CRS84}

PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "f": {
        "description": "Representation; by `Accept` where not given.",
        "schema": {"type": "string", "enum": ["json", "html"]},
    },
    "lang": {
        "description": "Language of titles and descriptions; by `Accept-Language` where not given.",
        "schema": {"type": "string", "enum": ["vi", "en"]},
    },
    "limit": {
        "description": f"Most features in one answer. More than {LARGEST_LIMIT} is read as {LARGEST_LIMIT}.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
    },
    "offset": {
        "description": "How many features to pass over first; `next` and `prev` links set it.",
        "schema": {"type": "integer", "minimum": 0, "default": 0},
    },
    "bbox": {
        "description": "Only features whose geometry touches this box: its lower corner, then its upper one, in the "
        "axis order of `bbox-crs`. Heights, where given, exclude nothing.",
        "schema": {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
    },
    "bbox-crs": {"description": "Reference system of `bbox`.", "schema": {**_CRS_SCHEMA}},
    "crs": {"description": "Reference system of the answer's geometries.", "schema": {**_CRS_SCHEMA}},
    "datetime": {
        "description": "A day, an instant of RFC 3339, or an interval of them; `..` or nothing leaves an end open. "
        "Only features valid then. Days are Hà Nội's.",
        "schema": {"type": "string"},
    },
}


def describe(layers: Iterable[Layer], server: str, data_version: str) -> dict[str, Any]:
    """Build the description.

    Parameters
    ----------
    server
        Address of the landing page.
    """
    paths = {
        "/": _get("getLandingPage", "Landing page", JSON, "landingPage"),
        "/conformance": _get("getConformance", "Conformance classes", JSON, "confClasses"),
        "/api": _get("getApi", "This description", OPENAPI, "description"),
        "/collections": _get("getCollections", "The collections", JSON, "collections"),
    }
    for layer in layers:
        paths |= _of_layer(layer)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Hanoi wards: OGC API – Features",
            "version": data_version,
            "description": "The 126 wards of Hà Nội since 1 July 2025 and the units before them, as features.",
            "contact": {"name": "The operator of this service", "url": server},
            "x-conformsTo": list(CONFORMS_TO),
        },
        "servers": [{"url": server}],
        "tags": [{"name": "Capabilities"}, {"name": "Data"}],
        "paths": paths,
        "components": {
            "parameters": {
                name: {"name": name, "in": "query", "required": False, "style": "form", "explode": False, **facts}
                for name, facts in PARAMETERS.items()
            },
            "responses": {name: _problem(text) for name, text in _PROBLEMS.items()},
            "schemas": _SCHEMAS,
        },
    }


_PROBLEMS: Final = {
    "InvalidParameter": "A parameter is unknown or its value cannot be used.",
    "NotFound": "There is no such collection or feature.",
    "NotAcceptable": "Neither JSON nor HTML is acceptable.",
    "TooManyRequests": "This client asks too often; `Retry-After` says when to ask again.",
    "ServerError": "A fault of ours.",
    "Unavailable": "The service is starting, ending or has too much work in hand.",
}

_PROVENANCE: Final = ("generation", "data_version", "attribution")


def _texts(*names: str) -> dict[str, Any]:
    return {name: {"type": "string"} for name in names}


_EXTENT: Final = {
    "type": "object",
    "required": ["spatial", "temporal"],
    "properties": {
        "spatial": {
            "type": "object",
            "required": ["bbox", "crs"],
            "properties": {
                "bbox": {
                    "type": "array",
                    "items": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}},
                },
                "crs": {"type": "string"},
            },
        },
        "temporal": {
            "type": "object",
            "required": ["interval", "trs"],
            "properties": {
                "interval": {
                    "type": "array",
                    "items": {
                        "type": "array",
                        "minItems": 2,
                        "maxItems": 2,
                        "items": {"type": "string", "nullable": True, "format": "date-time"},
                    },
                },
                "trs": {"type": "string"},
            },
        },
    },
}
_LINKS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}

_SCHEMAS: Final[dict[str, Any]] = {
    "link": {
        "type": "object",
        "required": ["href", "rel", "type", "title"],
        "properties": _texts("href", "rel", "type", "hreflang", "title"),
    },
    "landingPage": {
        "type": "object",
        "required": ["title", "description", "attribution", "data_version", "links"],
        "properties": {**_texts("title", "description", "attribution", "data_version"), "links": _LINKS},
    },
    "description": {
        "type": "object",
        "required": ["openapi", "info", "paths"],
        "properties": {"openapi": {"type": "string"}, "info": {"type": "object"}, "paths": {"type": "object"}},
    },
    "confClasses": {
        "type": "object",
        "required": ["conformsTo", "links"],
        "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}, "links": _LINKS},
    },
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {
            "links": _LINKS,
            "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
        },
    },
    "collection": {
        "type": "object",
        "required": ["id", "title", "description", "extent", "itemType", "crs", "storageCrs", *_PROVENANCE, "links"],
        "properties": {
            **_texts("id", "title", "description", "storageCrs", *_PROVENANCE),
            "itemType": {"type": "string", "enum": ["feature"]},
            "approximate": {"type": "boolean"},
            "crs": {"type": "array", "items": {"type": "string"}},
            "extent": _EXTENT,
            "links": _LINKS,
        },
    },
    "geometry": {
        "type": "object",
        "nullable": True,
        "required": ["type", "coordinates"],
        "properties": {
            "type": {"type": "string", "enum": ["Point", "Polygon", "MultiPolygon"]},
            "coordinates": {"type": "array", "items": {}},
        },
    },
    "problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {**_texts("type", "title", "detail"), "status": {"type": "integer"}},
    },
}


def _of_layer(layer: Layer) -> dict[str, Any]:
    root, title, name = f"/collections/{layer.id}", layer.title.en, _camel(layer.id)
    feature = _feature(layer)
    page = {
        "type": "object",
        "required": ["type", "features", "links", "timeStamp", "numberMatched", "numberReturned", *_PROVENANCE],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": feature},
            "links": _LINKS,
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
            **_texts(*_PROVENANCE),
        },
    }
    items = _get(f"get{name}", f"{title}: items", GEOJSON, page, tag="Data", parameters=_all_parameters(layer))
    item = _get(f"get{name}Item", f"{title}: one item", GEOJSON, feature, tag="Data", parameters=[_ref("crs")])
    item["get"]["parameters"].insert(0, _feature_id(layer))
    for operation in (items, item):
        operation["get"]["responses"]["404"] = {"$ref": "#/components/responses/NotFound"}
        operation["get"]["responses"]["200"]["headers"] = {
            "Content-Crs": {
                "description": "URI of the reference system, in angle brackets.",
                "required": True,
                "schema": {"type": "string"},
            }
        }
    return {
        root: _get(f"describe{name}", title, JSON, "collection", tag="Data"),
        f"{root}/items": items,
        f"{root}/items/{{featureId}}": item,
    }


def _feature(layer: Layer) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"$ref": "#/components/schemas/geometry"},
            "properties": {
                "type": "object",
                "required": [one.name for one in layer.columns],
                "properties": {one.name: _property(one) for one in layer.columns},
            },
            "links": _LINKS,
        },
    }


def _all_parameters(layer: Layer) -> list[dict[str, Any]]:
    shared = [_ref(name) for name in ("limit", "offset", "bbox", "bbox-crs", "crs", "datetime")]
    own = [
        {
            "name": column.name,
            "in": "query",
            "required": False,
            "style": "form",
            "explode": False,
            "description": f"Only features with this value. {column.text.en}.",
            "schema": {"type": column.kind},
        }
        for column in layer.filters
    ]
    return [*shared, *own]


def _feature_id(layer: Layer) -> dict[str, Any]:
    return {
        "name": "featureId",
        "in": "path",
        "required": True,
        "description": f"The `{layer.key}` of a feature.",
        "schema": {"type": "string"},
        "example": layer.rows[0][layer.key],
    }


def _get(
    name: str,
    summary: str,
    media_type: str,
    schema: str | Mapping[str, Any],
    *,
    tag: str = "Capabilities",
    parameters: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    shape: Mapping[str, Any] = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    problems = {
        "400": "InvalidParameter",
        "406": "NotAcceptable",
        "429": "TooManyRequests",
        "500": "ServerError",
        "503": "Unavailable",
    }
    return {
        "get": {
            "operationId": name,
            "tags": [tag],
            "summary": summary,
            "description": f"{summary}, as JSON or HTML.",
            "parameters": [_ref("f"), _ref("lang"), *parameters],
            "responses": {
                "200": {
                    "description": summary,
                    "content": {media_type: {"schema": shape}, HTML: {"schema": {"type": "string"}}},
                },
                "304": {"description": "Not modified"},
                **{status: {"$ref": f"#/components/responses/{problem}"} for status, problem in problems.items()},
            },
        }
    }


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/parameters/{name}"}


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {_PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}}


def _property(column: Column) -> dict[str, Any]:
    return {"type": column.kind, "nullable": True, "description": column.text.en}


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
