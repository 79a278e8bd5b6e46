"""Streets, house numbers and places, cut by the wards and related to the old communes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas
import numpy as np
import pandas as pd
import shapely

from geo.addresses import StreetKey, named_way, spelled_street
from geo.crs import HANOI_VN2000, geometry_to_lonlat, geometry_to_metres, to_metres
from geo.ingest import sources
from geo.ingest.output import OutputFolder
from geo.ingest.wards import DECIMALS
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.ingest.output import SourceFolder

NEAR_M = 100.0
"""A street within this distance of an old commune may carry its addresses: the shapes are good to 35-115 m."""

MOUTH_M = 60.0
"""An alley whose line comes this near its street opens there."""

_NUMBER = re.compile(r"^\s*(?:số\s*)?(\d{1,4})\s*([A-Za-z]?)(?![\d/])", re.IGNORECASE)
_NO_STREET = re.compile(r"^(cau vuot|cau thang|duong vao|loi vao|ham )")

_REMARKS = """
`streets.parquet`: every named street and numbered alley, one row for each ward that it runs through, with its line
(EPSG:4326) and length. `street_communes.csv`: how many metres of it lie in that ward within 100 m of each old commune
that the ward took ground from; the communes' shapes are approximate, hence the 100 m. `house_numbers.csv`: positions of
numbers along a street: mapped addresses, and the mouths of numbered alleys (alley 34 opens where number 34 stands).
`places.csv`: bus stops and named buildings by name. `commune_pieces.csv`: what is mapped in each piece (old commune ∩
ward), as a stand-in for where its residents live.

All of it is © OpenStreetMap contributors, ODbL 1.0, and stands in this folder of its own. The street file is a
replaceable source: a fuller extract with the same columns drops in.
"""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The ground that went from an old commune to a ward, in metres (EPSG:5897)."""

    old_codes: list[str]
    ward_codes: list[str]
    shapes: NDArray[np.object_]


def build_gazetteer(
    folder: SourceFolder,
    root: Path,
    *,
    wards: tuple[list[str], NDArray[np.object_]],
    communes: tuple[list[str], NDArray[np.object_]],
) -> None:
    """Write ``gazetteer``.

    Parameters
    ----------
    wards, communes
        Codes and polygons (EPSG:4326) of the two generations.
    """
    frame = _metric_frame(*wards)
    pieces = _pieces(folder, frame, _metric_frame(*communes))
    _build_osm(folder, root, frame, pieces)
    _build_geonames(folder, root, pieces)
    _build_names(folder, root)


def _build_osm(folder: SourceFolder, root: Path, wards: geopandas.GeoDataFrame, pieces: _Pieces) -> None:
    out = OutputFolder(root, "gazetteer/osm")
    ways = _ways(folder)
    cut = _cut_by_ward(ways, wards)
    streets = cut.dissolve(["street", "alleys", "name", "ward_code"], as_index=False, sort=True)
    lines = shapely.normalize(shapely.line_merge(streets.geometry.to_numpy()))
    streets = streets.set_geometry(lines)
    columns = {column: streets[column].tolist() for column in ("street", "alleys", "name", "ward_code")}
    columns["length_m"] = shapely.length(lines).round(1).tolist()
    drawn = shapely.set_precision(geometry_to_lonlat(lines), DECIMALS, mode="pointwise")
    out.write_parquet("streets.parquet", columns, drawn)
    near = list(_lengths_near_communes(streets, pieces))
    out.write_csv("street_communes.csv", ("street", "alleys", "name", "ward_code", "old_code", "length_m"), near)
    points = _address_points(folder)
    numbers = sorted({*_mapped_numbers(points, pieces), *_alley_mouths(streets, pieces)})
    out.write_csv("house_numbers.csv", _NUMBER_COLUMNS, numbers)
    places = sorted({*_stops(folder, pieces), *_buildings(points, pieces)})
    out.write_csv("places.csv", _PLACE_COLUMNS, places)
    out.write_csv("commune_pieces.csv", _PIECE_COLUMNS, _piece_rows(pieces, streets, points, folder))
    out.seal(
        title="Streets, house numbers and stops of OpenStreetMap",
        folder=folder,
        sources=(sources.STREETS, sources.ADDRESS_POINTS, sources.BUS_STOPS, sources.LAW, sources.OLD_COMMUNES),
        remarks=_REMARKS,
        facts={
            "streets": int(streets.loc[streets["alleys"] == "", "street"].nunique()),
            "numbered_alleys": int(
                streets.loc[streets["alleys"] != "", ["street", "alleys"]].drop_duplicates().shape[0]
            ),
            "wards_with_a_street": int(streets["ward_code"].nunique()),
            "house_numbers": sum(1 for row in numbers if row[-1] != "alley-mouth"),
            "alley_mouths": sum(1 for row in numbers if row[-1] == "alley-mouth"),
            "places": len(places),
        },
    )


def _metric_frame(codes: list[str], shapes: NDArray[np.object_]) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"code": codes}, geometry=geometry_to_metres(shapes), crs=HANOI_VN2000)


def _pieces(folder: SourceFolder, wards: geopandas.GeoDataFrame, communes: geopandas.GeoDataFrame) -> _Pieces:
    """Cut each old commune by the wards that the law sends it to."""
    links = sorted({(row["old_code"], row["new_code"]) for row in folder.csv(sources.LAW)})
    old_shapes = dict(zip(communes["code"], communes.geometry, strict=True))
    ward_shapes = dict(zip(wards["code"], wards.geometry, strict=True))
    shapes = shapely.intersection(
        np.array([old_shapes[old] for old, _ in links], dtype=object),
        np.array([ward_shapes[ward] for _, ward in links], dtype=object),
    )
    return _Pieces([old for old, _ in links], [ward for _, ward in links], shapes)


def _ways(folder: SourceFolder) -> geopandas.GeoDataFrame:
    """Read the named ways, one row for each name that a way bears."""
    read = geopandas.read_parquet(folder.path(sources.STREETS))
    read = read[~read.geometry.is_empty.to_numpy() & ~shapely.is_missing(read.geometry.to_numpy())]
    rows: list[tuple[str, str, str, shapely.Geometry]] = []
    for way, geometry in zip(read.to_dict("records"), geometry_to_metres(read.geometry.to_numpy()), strict=True):
        for name in _names_of(way):
            key = named_way(name)
            if key.street or key.alleys:
                rows.append((key.street, "/".join(key.alleys), spelled_street(name), geometry))
    table = pd.DataFrame(rows, columns=["street", "alleys", "name", "geometry"])
    return geopandas.GeoDataFrame(table, geometry="geometry", crs=HANOI_VN2000)


def _names_of(way: dict[str, object]) -> Iterator[str]:
    """Yield every name of a way: its name, its other and older names, its road numbers."""
    for field in ("name", "alt_name", "old_name", "ref"):
        value = way[field]
        if isinstance(value, str):
            for name in value.split(";"):
                if name.strip() and not _NO_STREET.match(fold(name)):
                    yield name.strip()


def _cut_by_ward(ways: geopandas.GeoDataFrame, wards: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    cut = ways.overlay(wards, how="intersection", keep_geom_type=True)
    cut = cut.rename(columns={"code": "ward_code"})
    return cut[cut.geometry.length >= 1.0]


def _lengths_near_communes(
    streets: geopandas.GeoDataFrame, pieces: _Pieces
) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Yield how many metres of a street in a ward lie within `NEAR_M` of each old commune's piece of that ward."""
    zones = shapely.buffer(pieces.shapes, NEAR_M)
    lines = streets.geometry.to_numpy()
    line_at, zone_at = shapely.STRtree(zones).query(lines, predicate="intersects")
    codes = streets["ward_code"].to_numpy()
    same = codes[line_at] == np.array(pieces.ward_codes)[zone_at]
    line_at, zone_at = line_at[same], zone_at[same]
    lengths = shapely.length(shapely.intersection(lines[line_at], zones[zone_at]))
    records = streets[["street", "alleys", "name", "ward_code"]].to_records(index=False)
    found = sorted(
        (*(str(field) for field in records[line]), pieces.old_codes[zone], round(float(length)))
        for line, zone, length in zip(line_at, zone_at, lengths, strict=True)
        if length >= 1.0
    )
    yield from found


_NUMBER_COLUMNS = ("street", "alleys", "number", "letter", "lon", "lat", "ward_code", "old_code", "kind")


def _address_points(folder: SourceFolder) -> list[dict[str, str]]:
    return [row for row in folder.csv(sources.ADDRESS_POINTS) if row["housenumber"] or row["name"]]


def _mapped_numbers(points: list[dict[str, str]], pieces: _Pieces) -> Iterator[tuple[object, ...]]:
    found: list[tuple[StreetKey, int, str, float, float, str]] = []
    for row in points:
        match = _NUMBER.match(row["housenumber"])
        if match and row["street"]:
            kind = "across" if row["relation"] == "đối diện" else "mapped"
            key = named_way(row["street"].split(",")[0])
            found.append((key, int(match[1]), match[2].lower(), float(row["lon"]), float(row["lat"]), kind))
    units = _units_at([(lon, lat) for *_, lon, lat, _ in found], pieces)
    for (key, number, letter, lon, lat, kind), (ward, old) in zip(found, units, strict=True):
        if ward and key.street:
            yield (key.street, "/".join(key.alleys), number, letter, round(lon, 6), round(lat, 6), ward, old, kind)


def _alley_mouths(streets: geopandas.GeoDataFrame, pieces: _Pieces) -> Iterator[tuple[object, ...]]:
    """Yield where numbered alleys open: the alley's number is the house number there."""
    mains: dict[str, list[shapely.Geometry]] = defaultdict(list)
    alleys: dict[tuple[str, str], list[shapely.Geometry]] = defaultdict(list)
    for street, chain, line in zip(streets["street"], streets["alleys"], streets.geometry, strict=True):
        if not chain:
            mains[street].append(line)
        elif "/" not in chain and street:
            alleys[street, chain].append(line)
    found: list[tuple[str, int, str, float, float]] = []
    for (street, chain), lines in sorted(alleys.items()):
        main = shapely.union_all(mains[street]) if street in mains else None
        match = _NUMBER.match(chain)
        if main is None or match is None:
            continue
        alley = shapely.union_all(lines)
        if shapely.distance(main, alley) <= MOUTH_M:
            mouth = shapely.get_point(shapely.shortest_line(alley, main), 0)
            found.append((street, int(match[1]), match[2].lower(), mouth.x, mouth.y))
    at = geometry_to_lonlat(shapely.points([(east, north) for *_, east, north in found]))
    units = _units_at([(point.x, point.y) for point in at], pieces)
    for (street, number, letter, _, _), point, (ward, old) in zip(found, at, units, strict=True):
        if ward:
            yield (street, "", number, letter, round(point.x, 6), round(point.y, 6), ward, old, "alley-mouth")


def _units_at(points: list[tuple[float, float]], pieces: _Pieces) -> list[tuple[str, str]]:
    """Return the ward and the old commune (approximate) at each point; empty texts outside Hà Nội."""
    lons, lats = np.array(points, dtype=np.float64).reshape(-1, 2).T
    at = shapely.points(np.column_stack(to_metres(lons, lats)))
    point_at, piece_at = shapely.STRtree(pieces.shapes).query(at, predicate="intersects")
    units = [("", "")] * len(points)
    for point, piece in zip(point_at[::-1].tolist(), piece_at[::-1].tolist(), strict=True):
        units[point] = (pieces.ward_codes[piece], pieces.old_codes[piece])
    return units


_PLACE_COLUMNS = ("name", "key", "kind", "lon", "lat", "ward_code", "old_code")


def _stops(folder: SourceFolder, pieces: _Pieces) -> Iterator[tuple[object, ...]]:
    yield from _places(
        ((row["name"], "bus-stop", row["lon"], row["lat"]) for row in folder.csv(sources.BUS_STOPS)), pieces
    )


def _buildings(points: list[dict[str, str]], pieces: _Pieces) -> Iterator[tuple[object, ...]]:
    yield from _places(
        (
            (row["name"], "building", row["lon"], row["lat"])
            for row in points
            if row["name"] and row["origin"] == "osm addr tags"
        ),
        pieces,
    )


def _places(rows: Iterable[tuple[str, str, str, str]], pieces: _Pieces) -> Iterator[tuple[object, ...]]:
    named = [(name.strip(), kind, float(lon), float(lat)) for name, kind, lon, lat in rows if fold(name)]
    units = _units_at([(lon, lat) for _, _, lon, lat in named], pieces)
    for (name, kind, lon, lat), (ward, old) in zip(named, units, strict=True):
        if ward:
            yield (name, fold(name), kind, round(lon, 6), round(lat, 6), ward, old)


_PIECE_COLUMNS = ("old_code", "ward_code", "area_m2", "street_m", "points")


def _piece_rows(
    pieces: _Pieces, streets: geopandas.GeoDataFrame, points: list[dict[str, str]], folder: SourceFolder
) -> Iterator[tuple[object, ...]]:
    """Yield what is mapped in each piece: its area, metres of named street, house numbers and stops."""
    lines = streets.geometry.to_numpy()
    piece_at, line_at = shapely.STRtree(lines).query(pieces.shapes, predicate="intersects")
    metres = np.zeros(len(pieces.shapes))
    np.add.at(metres, piece_at, shapely.length(shapely.intersection(pieces.shapes[piece_at], lines[line_at])))
    positions = [(float(row["lon"]), float(row["lat"])) for row in (*points, *folder.csv(sources.BUS_STOPS))]
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for unit in _units_at(positions, pieces):
        counted[unit] += 1
    for old, ward, shape, street_m in zip(pieces.old_codes, pieces.ward_codes, pieces.shapes, metres, strict=True):
        yield (old, ward, round(shape.area), round(float(street_m)), counted[ward, old])


def _build_geonames(folder: SourceFolder, root: Path, pieces: _Pieces) -> None:
    out = OutputFolder(root, "gazetteer/geonames")
    named: list[tuple[str, str, str, str]] = []
    for row in folder.csv(sources.GEONAMES):
        names = {row["name"], *filter(None, row["alternatenames"].split(","))}
        named += [
            (name, "village", row["lon"], row["lat"]) for name in names if row["fcode"] in ("PPL", "PPLX", "PPLL")
        ]
    rows = sorted(set(_places(named, pieces)))
    out.write_csv("places.csv", _PLACE_COLUMNS, rows)
    out.seal(
        title="Villages of GeoNames",
        folder=folder,
        sources=(sources.GEONAMES, sources.LAW, sources.OLD_COMMUNES),
        remarks="`places.csv`: populated places by each of their names; positions are often 1 km off. CC BY 4.0.",
        facts={"places": len(rows)},
    )


def _build_names(folder: SourceFolder, root: Path) -> None:
    """Write the street names known by old district, without geometry, and the communes' older names."""
    out = OutputFolder(root, "gazetteer/names")
    codes = {row["old_district"]: row["old_district_code"] for row in folder.csv(sources.LAW)}
    rows = sorted(
        {
            (named_way(row["street"]).street, spelled_street(row["street"]), codes[row["old_district"]])
            for row in folder.csv(sources.STREET_NAMES)
            if fold(row["street"]) and not fold(row["street"]).isdigit()
        }
    )
    out.write_csv("street_districts.csv", ("street", "name", "district_code"), rows)
    lineage = sorted({*_older_communes(folder), *_tu_liem(folder)})
    out.write_csv("older_communes.csv", _OLDER_COLUMNS, lineage)
    out.seal(
        title="Names without a drawing: streets by old district, and communes before 2025",
        folder=folder,
        sources=(sources.STREET_NAMES, sources.LINEAGE, sources.LAW),
        remarks=(
            "`street_districts.csv`: in which old districts a street of that name is known. `older_communes.csv`: "
            "communes of the list in force until 2020 and the commune of 1 January 2025 that each became or joined."
        ),
        facts={"street_districts": len(rows), "older_communes": len(lineage)},
    )


_OLDER_COLUMNS = ("name", "type", "district", "old_code", "lineage")

_TU_LIEM = {
    "Cổ Nhuế": ("xã", "Cổ Nhuế 1", "Cổ Nhuế 2"),
    "Mỹ Đình": ("xã", "Mỹ Đình 1", "Mỹ Đình 2"),
    "Mễ Trì": ("xã", "Mễ Trì", "Phú Đô"),
    "Xuân Phương": ("xã", "Xuân Phương", "Phương Canh", "Phúc Diễn"),
    "Xuân Đỉnh": ("xã", "Xuân Đỉnh", "Xuân Tảo"),
    "Đông Ngạc": ("xã", "Đông Ngạc", "Đức Thắng"),
    "Phú Diễn": ("xã", "Phú Diễn", "Phúc Diễn"),
    "Cầu Diễn": ("thị trấn", "Cầu Diễn", "Phúc Diễn"),
}
"""Communes of huyện Từ Liêm that were divided when it became two quận (Nghị quyết 132/NQ-CP, 27/12/2013)."""


def _older_communes(folder: SourceFolder) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield each older commune once for each commune of 2025 that it may have become."""
    law = {row["old_code"]: row for row in folder.csv(sources.LAW)}
    for row in folder.csv(sources.LINEAGE):
        kind = "Thị trấn" if row["name584"].startswith("Thị trấn ") else row["name584"].split(" ")[0]
        name = row["name584"].removeprefix(kind).strip()
        codes = {row["code526"]}
        if row["lineage_note"].startswith("partial"):
            codes |= {
                code
                for code, unit in law.items()
                if unit["old_district"] == row["district"]
                and fold(unit["old_name_as_in_resolution"]) in fold(row["lineage_note"])
            }
        for code in codes:
            yield (name, kind.lower(), row["district"], code, row["lineage"])


def _tu_liem(folder: SourceFolder) -> Iterator[tuple[str, str, str, str, str]]:
    codes = {
        row["old_name_as_in_resolution"]: row["old_code"]
        for row in folder.csv(sources.LAW)
        if row["old_district"].endswith("Từ Liêm")
    }
    for name, (kind, *became) in _TU_LIEM.items():
        for unit in became:
            yield (name, kind, "Huyện Từ Liêm", codes[unit], "2013")
