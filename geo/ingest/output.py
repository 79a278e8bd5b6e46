"""Writing one data folder: deterministic files, their manifest, their sources."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.crs import WGS84
from geo.errors import DataMissing
from geo.ingest.sources import sources_markdown
from geo.stores.embedded import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from geo.ingest.sources import Source

BUILD_COMMAND = "hanoi-wards data build"


class SourceFolder:
    """The source data, read only; remembers what was read so that the manifest can name it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, source: Source) -> Path:
        """Return the path of a source file.

        Raises
        ------
        DataMissing
            It is not there.
        """
        path = self.root / source.path
        if not path.is_file():
            raise DataMissing(
                vi=f"Thiếu tệp nguồn {source.path} trong {self.root}. Hãy chỉ đúng thư mục bằng --source.",
                en=f"Source file {source.path} is missing under {self.root}. Name the right folder with --source.",
            )
        return path

    def csv(self, source: Source) -> list[dict[str, str]]:
        """Read a CSV source as rows of text."""
        with self.path(source).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


class OutputFolder:
    """One folder under ``data/``: add files, then `seal` it."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.path = root / name
        self.path.mkdir(parents=True)
        self._outputs: dict[str, dict[str, Any]] = {}

    def write_parquet(self, name: str, rows: Mapping[str, Sequence[object]], geometries: NDArray[np.object_]) -> None:
        """Write a GeoParquet 1.1 file (WKB, EPSG:4326, no timestamps: the same rows give the same bytes)."""
        table = pa.table({**rows, "geometry": pa.array(shapely.to_wkb(geometries), type=pa.binary())})
        kinds = sorted({geometry.geom_type for geometry in geometries})
        column = {
            "encoding": "WKB",
            "geometry_types": kinds,
            "bbox": shapely.total_bounds(geometries).tolist(),
        }
        geo_metadata = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
        column["crs"] = _projjson()
        table = table.replace_schema_metadata({"geo": json.dumps(geo_metadata, ensure_ascii=False)})
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd", compression_level=19, store_schema=False)
        self._write(name, buffer.getvalue(), len(geometries))

    def write_csv(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write a UTF-8 CSV whose lines end as Unix has them."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
        self._write(name, text.getvalue().encode("utf-8"), count)

    def seal(
        self,
        *,
        title: str,
        folder: SourceFolder,
        sources: tuple[Source, ...],
        remarks: str,
        facts: dict[str, object],
    ) -> None:
        """Write ``SOURCES.md`` and ``MANIFEST.json``."""
        (self.path / "SOURCES.md").write_text(sources_markdown(title, sources, remarks), encoding="utf-8")
        manifest = {
            "schema_version": SCHEMA_VERSION,
            "build_command": BUILD_COMMAND,
            "facts": facts,
            "inputs": {s.path: {"sha256": _sha256(folder.path(s).read_bytes())} for s in sources},
            "outputs": self._outputs,
        }
        write_json(self.path / "MANIFEST.json", manifest)

    def _write(self, name: str, content: bytes, rows: int) -> None:
        (self.path / name).write_bytes(content)
        self._outputs[name] = {"sha256": _sha256(content), "bytes": len(content), "rows": rows}


def write_json(path: Path, content: object) -> None:
    """Write JSON that reads well in a diff."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _projjson() -> dict[str, Any]:
    from pyproj import CRS  # noqa: PLC0415  (only the build needs the description of the CRS)

    described: dict[str, Any] = CRS.from_user_input(WGS84).to_json_dict()
    return described
