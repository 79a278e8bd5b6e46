"""One layer in one format."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.crs import WGS84
from geo.layers.geojson import geometry_text
from geo.model import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    import geopandas

    from geo.layers.layer import Layer

_PANDAS_TYPES: Final = {"string": "str", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_BOM: Final = "\ufeff"
_TILE_ZOOMS: Final = (8, 14)
"""The city on one screen, to single buildings."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    Parameters
    ----------
    only
        The one layer that is written in it; empty for all.
    """

    suffix: str
    title: Text
    media_type: str
    write: Callable[[Layer, Path], None]
    only: str = ""


def _write_geoparquet(layer: Layer, path: Path) -> None:
    _frame(layer).to_parquet(path, index=False, compression="zstd", schema_version="1.1.0", write_covering_bbox=True)


def _write_flatgeobuf(layer: Layer, path: Path) -> None:
    # Its index of boxes has no place for a feature without a shape.
    complete = all(shape is not None for shape in layer.shapes)
    _write_gdal(layer, path, "FlatGeobuf", SPATIAL_INDEX="YES" if complete else "NO")


def _write_geopackage(layer: Layer, path: Path) -> None:
    _write_gdal(layer, path, "GPKG")


def _write_pmtiles(layer: Layer, path: Path) -> None:
    low, high = _TILE_ZOOMS
    _write_gdal(layer, path, "PMTiles", MINZOOM=low, MAXZOOM=high, NAME=layer.id)


def _write_geojson(layer: Layer, path: Path) -> None:
    """Write RFC 7946: no ``crs`` member, positions as the other faces of the data have them."""
    features = [
        f'{{"type":"Feature","id":{_json(row[layer.key])},'
        f'"properties":{_json(dict(row))},"geometry":{geometry_text(shape)}}}'
        for row, shape in zip(layer.rows, layer.shapes, strict=True)
    ]
    text = ",\n".join(features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n', encoding="utf-8", newline="\n")


def _write_csv(layer: Layer, path: Path) -> None:
    """Write the columns, and of points their position: a border does not fit into a spreadsheet's cell."""
    points = {"Point"} == {shape.geom_type for shape in layer.shapes if shape is not None}
    names = [column.name for column in layer.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_BOM)  # by which Excel knows UTF-8
        rows = csv.writer(file)
        rows.writerow([*names, "lon", "lat"] if points else names)
        for row, shape in zip(layer.rows, layer.shapes, strict=True):
            place = ([None, None] if shape is None else [shape.x, shape.y]) if points else []
            rows.writerow([*(_cell(row[name]) for name in names), *place])


FORMATS: Final = (
    Format("parquet", Text("GeoParquet", "GeoParquet"), "application/vnd.apache.parquet", _write_geoparquet),
    Format("fgb", Text("FlatGeobuf", "FlatGeobuf"), "application/flatgeobuf", _write_flatgeobuf),
    Format("gpkg", Text("GeoPackage", "GeoPackage"), "application/geopackage+sqlite3", _write_geopackage),
    Format("geojson", Text("GeoJSON", "GeoJSON"), "application/geo+json", _write_geojson),
    Format("csv", Text("CSV (không có hình)", "CSV (without shapes)"), "text/csv; charset=utf-8", _write_csv),
    Format(
        "pmtiles", Text("PMTiles (để vẽ)", "PMTiles (for drawing)"), "application/vnd.pmtiles", _write_pmtiles, "wards"
    ),
)


def _frame(layer: Layer) -> geopandas.GeoDataFrame:
    import geopandas  # noqa: PLC0415  (slow to load, and only the command that writes files needs it)
    import pandas as pd  # noqa: PLC0415

    kinds: dict[str, Any] = dict(_PANDAS_TYPES)
    columns = {
        column.name: pd.array([row[column.name] for row in layer.rows], dtype=kinds[column.kind])
        for column in layer.columns
    }
    return geopandas.GeoDataFrame(columns, geometry=layer.shapes, crs=WGS84)


def _write_gdal(layer: Layer, path: Path, driver: str, **options: Any) -> None:
    import pyogrio  # noqa: PLC0415

    kinds = np.unique(shapely.get_type_id([shape for shape in layer.shapes if shape is not None]))
    pyogrio.write_dataframe(
        _frame(layer), path, driver=driver, layer=layer.id, promote_to_multi=len(kinds) > 1, **options
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cell(value: Any) -> Any:
    """Keep a spreadsheet from taking text for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return json.dumps(value) if isinstance(value, bool) else value
