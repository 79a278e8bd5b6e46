"""The default store: the files that the project carries with it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
import shapely

import geo
from geo.errors import DataDamaged, DataMissing
from geo.model import (
    CrosswalkLink,
    Disagreement,
    District,
    Generation,
    OldUnit,
    Position,
    PositionMethod,
    Premises,
    PremisesStatus,
    Residents,
    ShareKind,
    Ward,
)
from geo.stores.dataset import Dataset, GazetteerTables, NamedStreets
from geo.stores.trial_tables import trial_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from geo.model import TrialFacts, Unit

SCHEMA_VERSION = 1
"""Format of the files. Not the legal generation and not the data version."""

WARDS_GENERATION = "2025-07-01"

GAZETTEER = ("gazetteer/osm", "gazetteer/geonames", "gazetteer/names")
"""One folder for each licence."""


def embedded_data_dir() -> Path:
    """Return the folder of the embedded data: inside the installed package, or the checkout's ``data``."""
    package = Path(geo.__file__).parent
    installed = package / "embedded_data"
    return installed if installed.is_dir() else package.parent / "data"


@cache
def open_store(location: str | Path | None = None) -> EmbeddedStore:
    """Open the store at a folder; the embedded data where none is named.

    Raises
    ------
    DataMissing, DataDamaged
        The folder does not hold the data.
    """
    return EmbeddedStore(embedded_data_dir() if location is None else Path(location))


def content_version(manifests: Iterable[Mapping[str, Any]]) -> str:
    """Name the data by their content: the same files have the same version wherever they were built."""
    digest = hashlib.sha256()
    for manifest in manifests:
        for name, facts in sorted(manifest["outputs"].items()):
            digest.update(f"{name} {facts['sha256']}\n".encode())
    return digest.hexdigest()[:12]


class EmbeddedStore:
    """Files under one folder, each checked against the sha256 of its ``MANIFEST.json`` when it is read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        listed = self._json("boundaries/generations.json")
        try:
            self._generations = tuple(_generation(entry) for entry in listed["generations"])
        except (KeyError, TypeError, ValueError) as broken:
            raise _damaged("boundaries/generations.json") from broken
        folders = [f"boundaries/{generation.id}" for generation in self._generations]
        self.manifests = {
            folder: self._manifest(folder) for folder in (*folders, "crosswalk", "premises", *GAZETTEER, "trial")
        }
        self.data_version = content_version(self.manifests.values())

    def generations(self) -> Sequence[Generation]:
        """Return the generations held, oldest first."""
        return self._generations

    def dataset(self, generation: Generation) -> Dataset:
        """Load one generation; see `Store.dataset`."""
        folder = f"boundaries/{generation.id}"
        wards = generation.id == WARDS_GENERATION
        table = self._parquet(folder, "wards.parquet" if wards else "communes.parquet")
        rows = _rows(table)
        units: tuple[Unit, ...] = tuple(Ward(**row) for row in rows) if wards else tuple(OldUnit(**row) for row in rows)
        return Dataset(
            generation=generation,
            data_version=self.data_version,
            units=units,
            geometries=_geometries(table),
            disagreement=self._disagreement(folder) if wards else {},
            links=self._links(),
            premises=self._premises() if wards else (),
            districts=() if wards else self._districts(folder),
            manifests=self.manifests,
        )

    def gazetteer(self) -> GazetteerTables:
        """Load the gazetteer; see `Store.gazetteer`."""
        osm, geonames, names = GAZETTEER
        return GazetteerTables(
            street_communes=self._csv_rows(osm, "street_communes.csv"),
            house_numbers=self._csv_rows(osm, "house_numbers.csv"),
            places=[*self._csv_rows(osm, "places.csv"), *self._csv_rows(geonames, "places.csv")],
            commune_pieces=self._csv_rows(osm, "commune_pieces.csv"),
            street_districts=self._csv_rows(names, "street_districts.csv"),
            older_communes=self._csv_rows(names, "older_communes.csv"),
        )

    def named_streets(self) -> NamedStreets:
        """Return street lines with their names and wards; see `Store.named_streets`."""
        return self._streets

    @cached_property
    def _streets(self) -> NamedStreets:
        table = self._parquet(GAZETTEER[0], "streets.parquet")
        codes, names, alleys = (table.column(column).to_pylist() for column in ("ward_code", "name", "alleys"))
        return NamedStreets(ward_codes=codes, names=names, alleys=alleys, lines=_geometries(table))

    def trial(self) -> TrialFacts:
        """Load the facts of the trial; see `Store.trial`."""
        return trial_facts(lambda name: self._csv("trial", name))

    def display_geometries(self, generation: Generation, tolerance_m: int) -> NDArray[np.object_]:
        """Return simplified shapes; see `Store.display_geometries`."""
        stem = "wards" if generation.id == WARDS_GENERATION else "communes"
        return _geometries(self._parquet(f"boundaries/{generation.id}", f"{stem}_{tolerance_m}m.parquet"))

    def _disagreement(self, folder: str) -> dict[tuple[str, str], Disagreement]:
        return {
            (row["code_a"], row["code_b"]): Disagreement(
                p50_m=float(row["p50_m"]), p90_m=float(row["p90_m"]), doubt_m=float(row["doubt_m"])
            )
            for row in self._csv(folder, "border_disagreement.csv")
        }

    def _links(self) -> tuple[CrosswalkLink, ...]:
        return tuple(
            CrosswalkLink(
                clause=int(row["clause"]),
                old_code=row["old_code"],
                ward_code=row["ward_code"],
                share=ShareKind(row["share"]),
                residents=Residents(row["residents"]),
            )
            for row in self._csv("crosswalk", "links.csv")
        )

    def _districts(self, folder: str) -> tuple[District, ...]:
        return tuple(District(**row) for row in _rows(self._parquet(folder, "districts.parquet")))

    def _premises(self) -> tuple[Premises, ...]:
        positions = {row["id"]: row for row in self._csv("premises", "positions.csv")}
        return tuple(_premises(row, positions.get(row["id"])) for row in self._csv("premises", "premises.csv"))

    def _manifest(self, folder: str) -> dict[str, Any]:
        manifest = self._json(f"{folder}/MANIFEST.json")
        if manifest.get("schema_version") != SCHEMA_VERSION:
            found = manifest.get("schema_version")
            raise DataDamaged(
                vi=f"{folder}/MANIFEST.json có phiên bản định dạng {found}, chương trình này đọc phiên bản "
                f"{SCHEMA_VERSION}. Hãy dựng lại dữ liệu bằng: hanoi-wards data build",
                en=f"{folder}/MANIFEST.json has schema version {found}, this program reads {SCHEMA_VERSION}. "
                "Rebuild the data with: hanoi-wards data build",
            )
        if not isinstance(manifest.get("outputs"), dict):
            raise _damaged(f"{folder}/MANIFEST.json")
        return manifest

    def _json(self, name: str) -> dict[str, Any]:
        try:
            loaded = json.loads(self._bytes(name))
        except ValueError as broken:
            raise _damaged(name) from broken
        if not isinstance(loaded, dict):
            raise _damaged(name)
        return loaded

    def _checked(self, folder: str, name: str) -> bytes:
        content = self._bytes(f"{folder}/{name}")
        expected = self.manifests[folder]["outputs"].get(name, {}).get("sha256")
        if hashlib.sha256(content).hexdigest() != expected:
            raise _damaged(f"{folder}/{name}")
        return content

    def _csv(self, folder: str, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self._checked(folder, name).decode("utf-8"))))

    def _csv_rows(self, folder: str, name: str) -> list[list[str]]:
        rows = csv.reader(io.StringIO(self._checked(folder, name).decode("utf-8")))
        next(rows)
        return list(rows)

    def _parquet(self, folder: str, name: str) -> pa.Table:
        # Not pq.read_table: it imports the whole dataset machinery, half a second, for one small file.
        return pq.ParquetFile(io.BytesIO(self._checked(folder, name))).read(use_threads=False)

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.root / name).read_bytes()
        except OSError as missing:
            raise DataMissing(
                vi=f"Thiếu tệp dữ liệu {name}. Hãy cài lại gói hoặc dựng lại bằng: hanoi-wards data build",
                en=f"Data file {name} is missing. Reinstall the package or rebuild with: hanoi-wards data build",
            ) from missing


def _generation(entry: Mapping[str, Any]) -> Generation:
    return Generation(
        id=entry["id"],
        valid_from=date.fromisoformat(entry["valid_from"]),
        valid_to=date.fromisoformat(entry["valid_to"]) if entry["valid_to"] else None,
        unit_count=entry["unit_count"],
        approximate=entry["approximate"],
    )


def _damaged(name: str) -> DataDamaged:
    return DataDamaged(
        vi=f"Tệp dữ liệu {name} không khớp với MANIFEST.json (hỏng hoặc bị sửa). Hãy cài lại gói hoặc "
        "dựng lại bằng: hanoi-wards data build",
        en=f"Data file {name} does not match its MANIFEST.json (damaged or edited). Reinstall the package "
        "or rebuild with: hanoi-wards data build",
    )


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.drop_columns(["geometry"]).to_pylist()
    return rows


def _geometries(table: pa.Table) -> NDArray[np.object_]:
    return shapely.from_wkb(np.asarray(table.column("geometry").to_pylist(), dtype=object))


def _premises(row: Mapping[str, str], position: Mapping[str, str] | None) -> Premises:
    return Premises(
        id=row["id"],
        ward_code=row["ward_code"],
        number=int(row["number"]),
        role=row["role"],
        bodies=tuple(row["bodies"].split("; ")) if row["bodies"] else (),
        status=PremisesStatus(row["status"]),
        address=row["address"] or None,
        position=None if position is None else _position(position),
        confidence=row["confidence"],
        source=row["source"],
        note=row["note"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
    )


def _position(row: Mapping[str, str]) -> Position:
    return Position(
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        method=PositionMethod(row["method"]),
        uncertainty_m=float(row["uncertainty_m"]),
        inside_ward=row["inside_ward"] == "true",
        source=row["source"],
    )
