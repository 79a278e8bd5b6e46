"""The 526 communes and 30 districts in force until 30 June 2025. Approximate shapes, legal names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyogrio
import shapely

from geo.crs import geometry_to_metres
from geo.ingest import sources
from geo.ingest.output import OutputFolder
from geo.ingest.wards import DECIMALS, simplify_coverage
from geo.stores.dataset import DISPLAY_LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from geo.ingest.output import SourceFolder

_REMARKS = """
`communes.parquet` holds the 526 communes as a valid coverage and `districts.parquet` the 30 districts. Names and types
are the law's; shapes are **approximate, for orientation**: position error p50 35 m, p90 115 m. `communes_*m.parquet`
are display levels.
"""


def build_old_units(folder: SourceFolder, root: Path) -> tuple[list[str], NDArray[np.object_]]:
    """Write ``boundaries/2025-01-01``; return the communes' codes and shapes (EPSG:4326)."""
    law = {row["old_code"]: row for row in folder.csv(sources.LAW)}
    table = pyogrio.read_dataframe(folder.path(sources.OLD_COMMUNES), columns=["old_code"]).sort_values("old_code")
    codes: list[str] = table["old_code"].tolist()
    geometries = shapely.normalize(shapely.set_precision(table.geometry.to_numpy(), DECIMALS, mode="pointwise"))
    metric = geometry_to_metres(geometries)

    out = OutputFolder(root, "boundaries/2025-01-01")
    rows = {
        "code": codes,
        "name": [law[code]["old_name_as_in_resolution"] for code in codes],
        "type": [law[code]["old_type"] for code in codes],
        "district_code": [law[code]["old_district_code"] for code in codes],
        "district": [law[code]["old_district"] for code in codes],
        "polygon_area_km2": (shapely.area(metric) / 1e6).round(4).tolist(),
    }
    out.write_parquet("communes.parquet", rows, geometries)
    for tolerance in DISPLAY_LEVELS:
        out.write_parquet(f"communes_{tolerance}m.parquet", {"code": codes}, simplify_coverage(metric, tolerance))
    districts = pyogrio.read_dataframe(folder.path(sources.OLD_DISTRICTS)).sort_values("old_district_code")
    out.write_parquet(
        "districts.parquet",
        {"code": districts["old_district_code"].tolist(), "full_name": districts["old_district"].tolist()},
        shapely.normalize(shapely.set_precision(districts.geometry.to_numpy(), DECIMALS, mode="pointwise")),
    )
    out.seal(
        title="The 526 communes and 30 districts until 30 June 2025",
        folder=folder,
        sources=(sources.LAW, sources.OLD_COMMUNES, sources.OLD_DISTRICTS),
        remarks=_REMARKS,
        facts={"communes": len(codes), "districts": len(districts), "approximate": True},
    )
    return codes, geometries
