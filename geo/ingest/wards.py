"""The 126 wards: a valid coverage, display levels, and how far the two boundary sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import shapely

from geo.crs import geometry_to_lonlat, geometry_to_metres
from geo.ingest import sources
from geo.ingest.output import OutputFolder
from geo.stores.dataset import DISPLAY_LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.ingest.output import SourceFolder

DECIMALS = 1e-6
"""Grid of the stored coordinates, degrees (about 0.1 m). Five decimals break the validity of the coverage."""

AREA_OUTLIER = 0.02
"""Relative difference between polygon and official area from which a ward is listed as doubtful."""

SPUR_WIDTH_M, SPUR_LENGTH_M = 1.0, 200.0
"""A part of a ward thinner than this and longer than that is a digitising accident."""

SAMPLE_STEP_M = 10.0

DOUBTED_LINES = (("04930", "09988"), ("09706", "09988"), ("04930", "09706"))
"""Hòa Lạc / Yên Xuân / Yên Bài: the line is likely wrong in both boundary sources …"""
DOUBTED_AREA_M2 = 8e6
"""… with up to 8 km² in doubt, after Hòa Lạc's excess over its official area."""


def build_wards(folder: SourceFolder, root: Path) -> tuple[list[str], NDArray[np.object_]]:
    """Write ``boundaries/2025-07-01``; return codes and polygons (EPSG:4326)."""
    table = pyogrio.read_dataframe(folder.path(sources.WARDS), columns=["code"]).sort_values("code")
    codes: list[str] = table["code"].tolist()
    geometries = clean_coverage(table.geometry.to_numpy())
    metric = geometry_to_metres(geometries)
    osm = pyogrio.read_dataframe(folder.path(sources.WARDS_OSM), columns=["code"]).set_index("code")
    osm_metric = geometry_to_metres(osm.geometry.loc[codes].to_numpy())

    out = OutputFolder(root, "boundaries/2025-07-01")
    rows = _attributes(folder, codes, shapely.area(metric) / 1e6)
    out.write_parquet("wards.parquet", rows, geometries)
    deviations = {}
    for tolerance in DISPLAY_LEVELS:
        simplified = simplify_coverage(metric, tolerance)
        deviations[f"{tolerance}m"] = round(
            float(shapely.hausdorff_distance(metric, geometry_to_metres(simplified)).max()), 2
        )
        out.write_parquet(f"wards_{tolerance}m.parquet", {"code": codes}, simplified)
    out.write_csv(
        "border_disagreement.csv",
        ("code_a", "code_b", "length_m", "p50_m", "p90_m", "doubt_m"),
        disagreement(codes, metric, osm_metric),
    )
    out.seal(
        title="The 126 wards of 1 July 2025",
        folder=folder,
        sources=(sources.LAW, sources.WARDS, sources.WARD_FIGURES, sources.WARDS_OSM),
        remarks=_REMARKS,
        facts={
            "wards": len(codes),
            "phường": rows["type"].count("phường"),
            "xã": rows["type"].count("xã"),
            "vertices": int(shapely.get_num_coordinates(geometries).sum()),
            "official_area_km2": round(sum(rows["area_km2"]), 2),
            "polygon_area_km2": round(sum(rows["polygon_area_km2"]), 2),
            "population": sum(rows["population"]),
            "area_outliers_pct": {
                name: round(100 * (polygon / official - 1), 1)
                for name, polygon, official in zip(
                    rows["name"], rows["polygon_area_km2"], rows["area_km2"], strict=True
                )
                if abs(polygon / official - 1) >= AREA_OUTLIER
            },
            "display_hausdorff_m": deviations,
        },
    )
    return codes, geometries


_REMARKS = """
`wards.parquet` is the lookup geometry: GeoParquet, EPSG:4326, a valid coverage (no gap, no overlap), one row a ward,
sorted by code. `wards_5m`, `wards_10m` and `wards_25m` are display levels made with `coverage_simplify`: each is a
valid coverage, and none is ever used for a lookup. `border_disagreement.csv` gives for each pair of neighbours (an
empty `code_b` is the city border) the distance in metres between the two boundary sources along it, and in `doubt_m`
the width of ground in doubt where both are likely wrong.

The figures are not the legal boundary record: the record is the dossier kept with the resolution.
"""


def clean_coverage(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Mend a nearly valid coverage: matched edges, no spurs, 6 decimals.

    Parameters
    ----------
    geometries
        Shape (n,), EPSG:4326.
    """
    cleaned = shapely.coverage_clean(geometries)  # type: ignore[attr-defined]
    cleaned = np.array([_without_spurs(polygon) for polygon in cleaned], dtype=object)
    rounded: NDArray[np.object_] = shapely.set_precision(cleaned, DECIMALS, mode="pointwise")
    return shapely.normalize(rounded)


def _without_spurs(polygon: shapely.Polygon) -> shapely.Polygon:
    """Drop the vertices that lie on a hair-line spur; the rest of the ring is left as it is."""
    metric = geometry_to_metres(np.array([polygon], dtype=object))[0]
    body = metric.buffer(-SPUR_WIDTH_M / 2, join_style="mitre").buffer(SPUR_WIDTH_M / 2 * 1.01, join_style="mitre")
    slivers = [part for part in shapely.get_parts(metric.difference(body)) if part.length > 2 * SPUR_LENGTH_M]
    if not slivers:
        return polygon
    vertices = shapely.points(shapely.get_coordinates(metric.exterior))
    on_spur = shapely.dwithin(vertices, shapely.union_all(slivers), 0.01) & ~shapely.dwithin(
        vertices, body, SPUR_WIDTH_M
    )
    ring = shapely.get_coordinates(polygon.exterior)[~on_spur]
    if on_spur[0]:
        ring = np.vstack([ring, ring[:1]])
    return shapely.Polygon(ring, list(polygon.interiors))


def simplify_coverage(metric: NDArray[np.object_], tolerance_m: float) -> NDArray[np.object_]:
    """Simplify a coverage as a whole, so that neighbours keep their common line.

    Parameters
    ----------
    metric
        Shape (n,), EPSG:5897.
    tolerance_m
        Metres: the square root of the smallest triangle kept (Visvalingam–Whyatt).

    Returns
    -------
    Shape (n,), EPSG:4326, 6 decimals.
    """
    simplified = geometry_to_lonlat(shapely.coverage_simplify(metric, tolerance_m))
    return shapely.set_precision(simplified, DECIMALS, mode="pointwise")


def disagreement(
    codes: list[str], metric: NDArray[np.object_], other: NDArray[np.object_]
) -> list[tuple[str, str, float, float, float, float]]:
    """Measure how far a second source's borders lie from the first's, for each pair of neighbours.

    Along each shared line of the first source, a sample every 10 m is as far off as the farther of the
    second source's outlines of the two wards.

    Parameters
    ----------
    codes, metric, other
        Codes in order and the two sources' polygons, shape (n,), EPSG:5897.

    Returns
    -------
    Rows (code, code of the neighbour or ``""`` for the city border, length, p50, p90, doubt), metres.
    """
    other_lines = shapely.boundary(other)
    shapely.prepare(other_lines)
    first, second = shapely.STRtree(metric).query(metric, predicate="touches")
    pairs = [(int(a), int(b)) for a, b in zip(first, second, strict=True) if a < b]
    lines = {pair: shapely.intersection(metric[pair[0]].boundary, metric[pair[1]].boundary) for pair in pairs}
    city = shapely.boundary(shapely.coverage_union_all(metric))
    lines |= {(i, -1): shapely.intersection(metric[i].boundary, city) for i in range(len(codes))}
    rows = []
    for (a, b), line in sorted(lines.items()):
        if line.length == 0:
            continue
        samples = _samples(line)
        off = shapely.distance(samples, other_lines[a])
        if b >= 0:
            off = np.maximum(off, shapely.distance(samples, other_lines[b]))
        p50, p90 = np.percentile(off, (50, 90)).round(1)
        pair = (codes[a], codes[b] if b >= 0 else "")
        doubt = DOUBTED_AREA_M2 / _doubted_length(codes, lines) if pair in DOUBTED_LINES else 0.0
        rows.append((*pair, round(line.length, 1), float(p50), float(p90), round(doubt, 0)))
    return sorted(rows)


def _doubted_length(codes: list[str], lines: dict[tuple[int, int], Any]) -> float:
    """Return the length in metres over which the doubted area is spread."""
    return float(sum(line.length for (a, b), line in lines.items() if b >= 0 and (codes[a], codes[b]) in DOUBTED_LINES))


def _samples(line: shapely.Geometry) -> NDArray[np.object_]:
    parts = shapely.get_parts(line)
    parts = parts[shapely.length(parts) > 0]
    return np.concatenate(
        [
            shapely.line_interpolate_point(part, np.arange(0, length + SAMPLE_STEP_M, SAMPLE_STEP_M).clip(max=length))
            for part, length in zip(parts, shapely.length(parts), strict=True)
        ]
    )


def _attributes(folder: SourceFolder, codes: list[str], polygon_area_km2: NDArray[np.float64]) -> dict[str, list[Any]]:
    """Return the columns of the attribute table, wards in the order of the codes."""
    figures = {row["code"]: row for row in folder.csv(sources.WARD_FIGURES)}
    full_names = {row["new_code"]: row["new_unit"] for row in folder.csv(sources.LAW)}
    rows = []
    for code, polygon_area in zip(codes, polygon_area_km2, strict=True):
        kind, name = full_names[code].split(" ", 1)
        official = float(figures[code]["area_km2"])
        doubt_vi, doubt_en = _doubt(polygon_area / official - 1)
        rows.append(
            {
                "code": code,
                "name": name,
                "type": kind.lower(),
                "population": int(figures[code]["population"]),
                "area_km2": official,
                "polygon_area_km2": round(float(polygon_area), 4),
                "doubt_vi": doubt_vi,
                "doubt_en": doubt_en,
                "source": f"{sources.WARDS.authority}, {sources.WARDS.retrieved}",
            }
        )
    return {column: [row[column] for row in rows] for column in rows[0]}


def _doubt(difference: float) -> tuple[str, str]:
    if abs(difference) < AREA_OUTLIER:
        return "", ""
    percent = f"{abs(100 * difference):.1f}"
    vi, en = ("lớn hơn", "larger") if difference > 0 else ("nhỏ hơn", "smaller")
    return (
        f"Diện tích đo trên bản đồ {vi} diện tích công bố {percent.replace('.', ',')} %: ranh giới vẽ có thể sai.",
        f"The area measured on the map is {percent} % {en} than the official area: the drawn border may be wrong.",
    )
