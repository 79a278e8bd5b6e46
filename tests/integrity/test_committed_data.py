"""The data that are committed pass the same checks as the build, and each check can fail."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.errors import DataDamaged, DataMissing
from geo.integrity import Severity, check_store
from geo.model import Residents, ShareKind
from geo.stores import Dataset, EmbeddedStore, GazetteerTables
from tests.conftest import ROOT

DATA = ROOT / "data"


def failed(store: object) -> set[str]:
    return {finding.check for finding in check_store(store) if finding.severity is Severity.ERROR}  # type: ignore[arg-type]


def test_every_check_passes(store: EmbeddedStore) -> None:
    findings = check_store(store)
    assert failed(store) == set()
    warnings = {finding.check: finding.vi for finding in findings if finding.severity is Severity.WARNING}
    assert set(warnings) == {"areas", "premises-inside"}
    assert "Hòa Lạc" in warnings["areas"]
    assert "00340-1" in warnings["premises-inside"]


class Tampered:
    """The committed data with one thing wrong in the new generation."""

    def __init__(self, store: EmbeddedStore, **changes: object) -> None:
        self.store, self.changes = store, changes
        self.tables: GazetteerTables | None = None

    def generations(self) -> object:
        return self.store.generations()

    def dataset(self, generation: object) -> Dataset:
        dataset = self.store.dataset(generation)  # type: ignore[arg-type]
        return dataclasses.replace(dataset, **self.changes) if dataset.premises else dataset  # type: ignore[arg-type]

    def trial(self) -> object:
        return self.store.trial()

    def gazetteer(self) -> GazetteerTables:
        return self.tables or self.store.gazetteer()

    def display_geometries(self, generation: object, tolerance_m: int) -> object:
        return self.store.display_geometries(generation, tolerance_m)  # type: ignore[arg-type]


@pytest.fixture
def new(store: EmbeddedStore) -> Dataset:
    return store.dataset(store.generations()[1])


def test_a_missing_ward_is_found(store: EmbeddedStore, new: Dataset) -> None:
    assert {"wards", "links", "coverage-2025-07-01-lookup"} <= failed(
        Tampered(store, units=new.units[1:], geometries=new.geometries[1:])
    )


def test_a_gap_of_one_vertex_is_found(store: EmbeddedStore, new: Dataset) -> None:
    geometries = new.geometries.copy()
    ring = shapely.get_coordinates(geometries[0]).copy()
    ring[5] += 1e-5
    geometries[0] = shapely.Polygon(ring)
    assert "coverage-2025-07-01-lookup" in failed(Tampered(store, geometries=geometries))


def test_an_overlap_is_found(store: EmbeddedStore, new: Dataset) -> None:
    geometries = new.geometries.copy()
    geometries[0] = geometries[0].buffer(1e-4)
    assert "coverage-2025-07-01-lookup" in failed(Tampered(store, geometries=geometries))


def test_a_lost_link_is_found(store: EmbeddedStore, new: Dataset) -> None:
    split = next(link for link in new.links if link.share is ShareKind.REMAINDER)
    assert {"links", "shares"} <= failed(Tampered(store, links=[link for link in new.links if link != split]))


def test_residents_counted_twice_are_found(store: EmbeddedStore, new: Dataset) -> None:
    links = [
        dataclasses.replace(link, residents=Residents.ALL) if link.share is ShareKind.AREA_ONLY else link
        for link in new.links
    ]
    assert "shares" in failed(Tampered(store, links=links))


def test_a_wrong_clause_is_found(store: EmbeddedStore, new: Dataset) -> None:
    links = [dataclasses.replace(new.links[0], clause=new.links[0].clause % 126 + 1), *new.links[1:]]
    assert "clauses" in failed(Tampered(store, links=links))


def test_a_new_area_outlier_is_found(store: EmbeddedStore, new: Dataset) -> None:
    units = [
        dataclasses.replace(unit, area_km2=unit.area_km2 * 1.1) if unit.name == "Hoàn Kiếm" else unit
        for unit in new.units
    ]
    assert "areas-known" in failed(Tampered(store, units=units))


def test_premises_in_no_ward_are_found(store: EmbeddedStore, new: Dataset) -> None:
    premises = [dataclasses.replace(new.premises[0], ward_code="99999"), *new.premises[1:]]
    assert "premises" in failed(Tampered(store, premises=premises))


def test_a_wrong_inside_flag_is_found(store: EmbeddedStore, new: Dataset) -> None:
    premises = [
        dataclasses.replace(p, position=dataclasses.replace(p.position, inside_ward=not p.position.inside_ward))
        if p.position
        else p
        for p in new.premises
    ]
    assert "premises-flags" in failed(Tampered(store, premises=premises))


def test_display_levels_are_lighter_and_close(store: EmbeddedStore, new: Dataset) -> None:
    levels = [new.geometries, *(store.display_geometries(new.generation, tolerance) for tolerance in (5, 10, 25))]
    counts = [shapely.get_num_coordinates(level).sum() for level in levels]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0] / 4


def test_coordinates_have_six_decimals(new: Dataset) -> None:
    coordinates = shapely.get_coordinates(new.geometries)
    np.testing.assert_array_equal(coordinates, coordinates.round(6))


def test_the_spurs_on_the_da_river_border_are_gone(new: Dataset) -> None:
    """Opening a polygon by half a metre leaves nothing long and thin behind."""
    by_name = {unit.name: shape for unit, shape in zip(new.units, new.geometries, strict=True)}
    for name in ("Bất Bạt", "Cổ Đô"):
        degrees = 1 / 111_000
        opened = by_name[name].buffer(-0.5 * degrees, join_style="mitre").buffer(0.51 * degrees, join_style="mitre")
        slivers = shapely.get_parts(by_name[name].difference(opened))
        assert all(sliver.length * 105_000 < 400 for sliver in slivers)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.mark.parametrize(
    "name", ["boundaries/2025-07-01/wards.parquet", "crosswalk/links.csv", "premises/positions.csv"]
)
def test_a_missing_file_is_named_with_what_to_do(copy: Path, name: str) -> None:
    (copy / name).unlink()
    store = EmbeddedStore(copy)
    with pytest.raises(DataMissing) as caught:
        store.dataset(store.generations()[1])
    assert name in caught.value.vi
    assert "hanoi-wards data build" in caught.value.vi


@pytest.mark.parametrize(
    "name", ["boundaries/2025-07-01/wards.parquet", "crosswalk/links.csv", "premises/premises.csv"]
)
def test_a_damaged_file_is_named(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    store = EmbeddedStore(copy)
    with pytest.raises(DataDamaged) as caught:
        store.dataset(store.generations()[1])
    assert name in caught.value.en


def test_a_manifest_of_another_format_is_refused(copy: Path) -> None:
    path = copy / "crosswalk/MANIFEST.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"schema_version": 99}))
    with pytest.raises(DataDamaged, match="schema version 99"):
        EmbeddedStore(copy)


def test_each_folder_names_its_sources_and_licence() -> None:
    for folder in ("boundaries/2025-01-01", "boundaries/2025-07-01", "crosswalk", "premises"):
        text = (DATA / folder / "SOURCES.md").read_text()
        assert text.count("- Licence: ") == text.count("\n## ") > 0
        manifest = json.loads((DATA / folder / "MANIFEST.json").read_text())
        assert manifest["inputs"]
        held = {path.name for path in (DATA / folder).iterdir()} - {"MANIFEST.json", "SOURCES.md"}
        assert set(manifest["outputs"]) == held


def test_a_street_on_ground_that_the_law_did_not_move_is_found(store: EmbeddedStore) -> None:
    tampered = Tampered(store)
    tables = store.gazetteer()
    street, alleys, name, ward, _old, metres = tables.street_communes[0]
    wrong = next(unit.code for unit in store.dataset(store.generations()[0]).units if unit.district_code == "271")
    rows = [[street, alleys, name, ward, wrong, metres], *tables.street_communes[1:]]
    tampered.tables = dataclasses.replace(tables, street_communes=rows)
    assert "gazetteer-law" in failed(tampered)


def test_a_house_number_outside_its_ward_is_found(store: EmbeddedStore) -> None:
    tampered = Tampered(store)
    tables = store.gazetteer()
    first = [*tables.house_numbers[0]]
    first[4] = str(float(first[4]) + 0.2)
    tampered.tables = dataclasses.replace(tables, house_numbers=[first, *tables.house_numbers[1:]])
    assert "gazetteer-points" in failed(tampered)
