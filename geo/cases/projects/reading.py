"""Projects with a geometry, from the files that offices have: GeoJSON, GeoPackage, zipped shapefile, tables of WKT."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS

from geo.crs.stated import crs_named
from geo.errors import InvalidCoordinate, TableError
from geo.model import Text
from geo.tables import find_column, open_table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

VECTOR_SUFFIXES: Final = (".geojson", ".json", ".gpkg", ".zip", ".shp")
TABLE_SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
_WKT_HEADINGS: Final = (
    "wkt", "geometry", "geom", "the_geom", "shape", "hình", "hình học", "hình dạng", "toạ độ wkt", "ranh giới wkt",
    "ranh giới (wkt)", "geometry wkt", "geometry (wkt)",
)  # fmt: skip
_SRID: Final = re.compile(r"\s*SRID\s*=\s*(\d+)\s*;\s*", re.IGNORECASE)
_MAX_UNPACKED: Final = 2 << 30
_DEGREES: Final = (180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Project:
    """One project as it stands in its file.

    Parameters
    ----------
    number
        Row of the table as a spreadsheet shows it, or the place of the feature, from 1.
    geometry
        In `crs`; None where there is none or it cannot be read.
    problem
        Why there is none.
    """

    number: int
    geometry: BaseGeometry | None
    crs: CRS
    problem: Text | None = None


@dataclass(slots=True)
class ProjectFile:
    """All projects of a file.

    ``attributes`` has one line a project, in the same order; the geometry is not among its columns.
    """

    projects: list[Project]
    attributes: pd.DataFrame
    notices: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a file may not say itself: its CRS, the column of WKT, the layer, the sheet, the encoding."""

    crs: str | None = None
    wkt: str | None = None
    layer: str | None = None
    sheet: str | None = None
    encoding: str | None = None


def read_projects(path: Path, options: ReadOptions) -> ProjectFile:
    """Read projects with the CRS that their file states.

    Raises
    ------
    TableError
        The file cannot be read, or has several layers and none is named.
    InvalidCoordinate
        The file states no CRS and its numbers are not degrees, or the CRS named does not exist.
    """
    suffix = path.suffix.lower()
    if not path.exists():
        raise TableError(vi=f"Không có tệp “{path}”.", en=f"There is no file “{path}”.", field="input")
    named = crs_named(options.crs) if options.crs else None
    if suffix in VECTOR_SUFFIXES:
        return _read_vector(path, options, named)
    if suffix in TABLE_SUFFIXES:
        return _read_table(path, options, named)
    known = ", ".join((*VECTOR_SUFFIXES, *TABLE_SUFFIXES))
    raise TableError(
        vi=f"Không đọc được tệp “{path.name}”: cần một trong các đuôi {known}.",
        en=f"“{path.name}” is not read: its name must end in one of {known}.",
        field="input",
    )


def _read_vector(path: Path, options: ReadOptions, named: CRS | None) -> ProjectFile:
    place = _checked_zip(path) if path.suffix.lower() == ".zip" else str(path)
    try:
        layer = _layer(place, options.layer)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            frame: Any = pyogrio.read_dataframe(
                place, layer=layer, encoding=options.encoding, on_invalid="ignore", fid_as_index=False
            )
    except (DataSourceError, DataLayerError, ValueError, UnicodeDecodeError) as error:
        raise TableError(
            vi=f"Không đọc được “{path.name}”: {error}.", en=f"Cannot read “{path.name}”: {error}.", field="input"
        ) from error
    if not hasattr(frame, "geometry") or "geometry" not in frame.columns:
        raise TableError(
            vi=f"“{path.name}” không có hình (geometry).", en=f"“{path.name}” has no geometry.", field="input"
        )
    notices = [Text(f"GDAL: {said.message}", f"GDAL: {said.message}") for said in caught]
    geometries = list(frame.geometry)
    crs, said = _settle_crs(frame.crs, named, [shape for shape in geometries if shape is not None], path)
    projects = [
        Project(number, shape, crs, None if shape is not None else _UNREADABLE)
        for number, shape in enumerate(geometries, 1)
    ]
    attributes = pd.DataFrame(frame.drop(columns="geometry")).map(_flat)
    return ProjectFile(projects, attributes, [*said, *notices])


def _flat(value: Any) -> Any:
    """Return nested JSON as its text: no table has a place for it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _read_table(path: Path, options: ReadOptions, named: CRS | None) -> ProjectFile:
    with open_table(path, sheet=options.sheet) as table:
        column = find_column(table.columns, named=options.wkt, headings=_WKT_HEADINGS, what="WKT")
        if column is None:
            listed = ", ".join(f"“{heading}”" for heading in table.columns)
            raise TableError(
                vi=f"Không thấy cột WKT. Hãy chỉ tên cột bằng --wkt. Bảng có các cột: {listed}.",
                en=f"No column holds WKT. Name it with --wkt. The table has: {listed}.",
                field="wkt",
            )
        kept = [position for position in range(len(table.columns)) if position != column]
        rows = [row for batch in table.batches() for row in batch if any(cell.strip() for cell in row.cells)]
        texts = [row.cell(column).strip() for row in rows]
        shapes = [_parsed(text) for text in texts]
        crs, said = _settle_crs(None, named, [shape for shape, srid, _ in shapes if shape and not srid], path)
        projects = [
            Project(row.number, shape, crs_named(f"EPSG:{srid}") if srid else crs, problem)
            for row, (shape, srid, problem) in zip(rows, shapes, strict=True)
        ]
        cells = [[row.cell(position) for position in kept] for row in rows]
        attributes = pd.DataFrame(cells, columns=[table.columns[position] for position in kept], dtype=object)
        notices = [Text(notice.vi, notice.en) for notice in table.report.notices]
    return ProjectFile(projects, attributes, [*said, *notices])


def _parsed(text: str) -> tuple[BaseGeometry | None, str, Text | None]:
    """Return the geometry of a cell and the CRS in front of it; EWKT is what PostGIS exports."""
    if not text:
        return None, "", Text("không có hình", "no geometry")
    match = _SRID.match(text)
    body = text[match.end() :] if match else text
    try:
        return shapely.from_wkt(body), match.group(1) if match else "", None
    except shapely.errors.GEOSException as error:
        # A spreadsheet cuts a cell at 32,767 characters, and GEOS says where it stopped.
        said = str(error).splitlines()[0][:120]
        return None, "", Text(f"WKT không đọc được ({said})", f"WKT not readable ({said})")


def _settle_crs(
    stated: CRS | None, named: CRS | None, shapes: list[BaseGeometry], path: Path
) -> tuple[CRS, list[Text]]:
    """Return the system of the numbers, and what is to be said of how it was told."""
    if named is not None:
        other = stated is not None and not CRS(stated).equals(named, ignore_axis_order=True)
        over = (
            f" (tệp ghi {CRS(stated).name})" if other else "",
            f" (the file says {CRS(stated).name})" if other else "",
        )
        return named, [Text(f"Hệ toạ độ theo --crs: {named.name}{over[0]}.", f"CRS as named: {named.name}{over[1]}.")]
    degrees = sum(_looks_like_degrees(shape) for shape in shapes)
    geographic = stated is None or CRS(stated).is_geographic
    # A file may hold a bad feature; that most of its numbers are no degrees says that they are metres.
    if geographic and shapes and 2 * degrees <= len(shapes):
        raise InvalidCoordinate(
            vi=f"“{path.name}” không ghi hệ toạ độ và các số không phải độ kinh, vĩ. Hãy thêm --crs, ví dụ --crs "
            "EPSG:5897 (VN-2000 múi 3°, kinh tuyến trục 105°00′) hoặc --crs EPSG:9209 (105°30′).",
            en=f"“{path.name}” states no CRS and its numbers are not degrees. Add --crs, for example --crs EPSG:5897 "
            "(VN-2000, 3° zone, central meridian 105°00′) or --crs EPSG:9209 (105°30′).",
            field="crs",
        )
    if stated is None:
        return CRS(4326), [
            Text(
                "Tệp không ghi hệ toạ độ; các số là độ, được đọc theo WGS 84 (EPSG:4326).",
                "The file states no CRS; its numbers are degrees and were read as WGS 84 (EPSG:4326).",
            )
        ]
    name = CRS(stated).name
    return CRS(stated), [Text(f"Hệ toạ độ: {name}.", f"CRS: {name}.")]


def _looks_like_degrees(shape: BaseGeometry) -> bool:
    if shape.is_empty:
        return False
    left, bottom, right, top = shape.bounds
    return max(abs(left), abs(right)) <= _DEGREES[0] and max(abs(bottom), abs(top)) <= _DEGREES[1]


def _layer(place: str, wanted: str | None) -> str | None:
    """Return the layer to read, where there is more than one with geometries only the one that is named."""
    layers = [str(name) for name, kind in pyogrio.list_layers(place) if kind is not None]
    if wanted is not None and wanted not in layers:
        listed = ", ".join(f"“{name}”" for name in layers)
        raise TableError(
            vi=f"Không có lớp “{wanted}”. Tệp có: {listed}.",
            en=f"There is no layer “{wanted}”. The file has: {listed}.",
            field="layer",
        )
    if wanted is None and len(layers) > 1:
        listed = ", ".join(f"“{name}”" for name in layers)
        raise TableError(
            vi=f"Tệp có nhiều lớp: {listed}. Hãy chọn một lớp bằng --layer.",
            en=f"The file has several layers: {listed}. Choose one with --layer.",
            field="layer",
        )
    return wanted or (layers[0] if layers else None)


def _checked_zip(path: Path) -> str:
    """Return where GDAL finds the shapefile of an archive; refuse what is none, or unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise TableError(
            vi=f"“{path.name}” không phải tệp zip, hoặc đã hỏng.",
            en=f"“{path.name}” is no zip file, or is damaged.",
            field="input",
        ) from error
    if sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise TableError(
            vi=f"“{path.name}” giải nén ra quá lớn, không đọc.",
            en=f"“{path.name}” unpacks to too much and is not read.",
            field="input",
        )
    shapes = [part.filename for part in parts if part.filename.lower().endswith(".shp")]
    if not shapes:
        raise TableError(
            vi=f"“{path.name}” không chứa shapefile (.shp).",
            en=f"“{path.name}” holds no shapefile (.shp).",
            field="input",
        )
    folder = Path(shapes[0]).parent.as_posix()
    inside = shapes[0] if len(shapes) == 1 else "" if folder == "." else folder
    return f"/vsizip/{path.resolve()}/{inside}".rstrip("/")


_UNREADABLE: Final = Text("không có hình, hoặc hình hỏng không đọc được", "no geometry, or one too broken to be read")
