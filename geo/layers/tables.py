"""The five layers, made from the datasets of both generations and the drawn pieces of the law's links."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.layers.columns import COLUMNS
from geo.layers.geojson import rounded
from geo.layers.layer import Layer
from geo.layers.words import DESCRIPTIONS, LICENCES, TITLES
from geo.model import OldUnit, Ward
from geo.pieces import Pieces
from geo.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.model import Premises, Unit
    from geo.pieces import Piece
    from geo.stores import Dataset, Store

LAYER_IDS: Final = ("wards", "old-communes", "old-districts", "premises", "crosswalk-pieces")
PIECES_TOLERANCE_M: Final = 10
"""Display level that pieces are cut at, metres; the service's own maps use the same."""

_Row = dict[str, Any]


def open_layers(store: Store | None = None) -> Mapping[str, Layer]:
    """Open a store and make its layers.

    Raises
    ------
    DataMissing, DataDamaged
        The data cannot be read.
    """
    store = store or open_store()
    old, new = (store.dataset(generation) for generation in store.generations())
    return layers_of(old, new, Pieces.open(store, tolerance_m=PIECES_TOLERANCE_M))


def layers_of(old: Dataset, new: Dataset, pieces: Pieces) -> Mapping[str, Layer]:
    """Make every layer from what is loaded already.

    Parameters
    ----------
    old, new
        The generation of the communes and that of the wards.
    pieces
        The communes cut along the wards.

    Returns
    -------
    Mapping
        The layers by id, in the order of `LAYER_IDS`.
    """
    made = (
        _layer("wards", "code", _wards(new), new.geometries, new),
        _layer("old-communes", "code", _communes(old), old.geometries, old),
        _layer("old-districts", "code", *_districts(old), old),
        _layer("premises", "id", *_premises(new), new),
        _layer("crosswalk-pieces", "id", *_pieces(old, new, pieces), new),
    )
    return {layer.id: layer for layer in made}


def _layer(name: str, key: str, rows: Sequence[_Row], shapes: NDArray[np.object_], dataset: Dataset) -> Layer:
    generation = dataset.generation
    approximate = generation.approximate or name == "crosswalk-pieces"
    same = {
        "approximate": approximate,
        "generation": generation.id,
        "data_version": dataset.data_version,
    }
    columns = COLUMNS[name]
    order = sorted(range(len(rows)), key=lambda place: str(rows[place][key]))
    return Layer(
        id=name,
        title=TITLES[name],
        description=DESCRIPTIONS[name],
        key=key,
        columns=columns,
        rows=[{column.name: (rows[place] | same)[column.name] for column in columns} for place in order],
        shapes=shapely.orient_polygons(rounded(shapes[order])),
        valid_from=generation.valid_from,
        valid_to=generation.valid_to,
        approximate=approximate,
        licence=LICENCES[name],
        data_version=dataset.data_version,
    )


def _validity(dataset: Dataset) -> _Row:
    generation = dataset.generation
    ends = generation.valid_to
    return {"valid_from": generation.valid_from.isoformat(), "valid_to": None if ends is None else ends.isoformat()}


def _wards(dataset: Dataset) -> list[_Row]:
    came_from = _joined((link.ward_code, link.old_code) for link in dataset.links)
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "type": unit.type,
            "full_name": unit.full_name,
            "population": unit.population,
            "area_km2": unit.area_km2,
            "polygon_area_km2": unit.polygon_area_km2,
            "old_codes": came_from[unit.code],
            "doubt_vi": unit.doubt_vi or None,
            "doubt_en": unit.doubt_en or None,
            "source": unit.source,
            **_validity(dataset),
        }
        for unit in dataset.units
        if isinstance(unit, Ward)
    ]


def _communes(dataset: Dataset) -> list[_Row]:
    went_to = _joined((link.old_code, link.ward_code) for link in dataset.links)
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "type": unit.type,
            "full_name": unit.full_name,
            "district_code": unit.district_code,
            "district": unit.district,
            "polygon_area_km2": unit.polygon_area_km2,
            "ward_codes": went_to[unit.code],
            **_validity(dataset),
        }
        for unit in dataset.units
        if isinstance(unit, OldUnit)
    ]


def _districts(dataset: Dataset) -> tuple[list[_Row], NDArray[np.object_]]:
    """Join the districts from their communes, so that the two layers share their lines."""
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for unit, shape in zip(dataset.units, dataset.geometries, strict=True):
        if isinstance(unit, OldUnit):
            parts[unit.district_code].append(shape)
    rows = [
        {
            "code": district.code,
            "full_name": district.full_name,
            "commune_count": len(parts[district.code]),
            **_validity(dataset),
        }
        for district in dataset.districts
    ]
    shapes = [shapely.coverage_union_all(parts[district.code]) for district in dataset.districts]
    return rows, np.array(shapes, dtype=object)


def _premises(dataset: Dataset) -> tuple[list[_Row], NDArray[np.object_]]:
    names = _names(dataset.units)
    rows = [
        {
            "id": one.id,
            "ward_code": one.ward_code,
            "ward_name": names[one.ward_code],
            "number": one.number,
            "role": one.role,
            "bodies": "; ".join(one.bodies) or None,
            "status": str(one.status),
            "address": one.address,
            **_position(one),
            "confidence": one.confidence,
            "source": one.source,
            "note": one.note or None,
            "valid_from": None if one.valid_from is None else one.valid_from.isoformat(),
        }
        for one in dataset.premises
    ]
    shapes = np.full(len(rows), None, dtype=object)
    for place, one in enumerate(dataset.premises):
        if one.position is not None:
            shapes[place] = shapely.Point(one.position.lon, one.position.lat)
    return rows, shapes


def _position(premises: Premises) -> _Row:
    position = premises.position
    return {
        "position_method": None if position is None else str(position.method),
        "uncertainty_m": None if position is None else position.uncertainty_m,
        "inside_ward": None if position is None else position.inside_ward,
        "position_source": None if position is None else position.source,
    }


def _pieces(old: Dataset, new: Dataset, pieces: Pieces) -> tuple[list[_Row], NDArray[np.object_]]:
    communes = {unit.code: unit for unit in old.units if isinstance(unit, OldUnit)}
    names = _names(new.units)
    cut = [pieces.of_link(link) for link in new.links]
    rows = [_piece(piece, communes[piece.link.old_code], names, new) for piece in cut]
    shapes = np.full(len(cut), None, dtype=object)
    for place, piece in enumerate(cut):
        shapes[place] = piece.shape
    return rows, shapes


def _piece(piece: Piece, commune: OldUnit, names: Mapping[str, str], new: Dataset) -> _Row:
    link = piece.link
    return {
        "id": f"{link.old_code}-{link.ward_code}",
        "old_code": link.old_code,
        "old_name": commune.full_name,
        "district_code": commune.district_code,
        "district": commune.district,
        "ward_code": link.ward_code,
        "ward_name": names[link.ward_code],
        "clause": link.clause,
        "share": str(link.share),
        "residents": str(link.residents),
        "drawn_share": round(piece.share, 4),
        **_validity(new),
    }


def _names(units: Iterable[Unit]) -> dict[str, str]:
    return {unit.code: unit.full_name for unit in units}


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join the other ends of the links by their end: codes in order, with semicolons between."""
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: ";".join(sorted(others)) for one, others in found.items()}
