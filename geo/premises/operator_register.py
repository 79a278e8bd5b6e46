"""The operator's register: premises that an operator has loaded, in a file of its own outside the packaged data.

The file is JSON: the rows as they stand, and the history of every import (day, sha256 of the spreadsheet, counts,
each premises before and after). It holds addresses of public offices and nothing of a person's, not even the name of
the spreadsheet. It is written aside, flushed to the disk and renamed.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.errors import DataDamaged, DataMissing
from geo.model import Position, PositionMethod, Premises, Ward
from geo.premises.roles import CONFIDENCES, RowStatus
from geo.tables.whole_output import write_through

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.stores import Dataset

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """A premises as an operator states it.

    Parameters
    ----------
    ward_code, number
        What it is; with `number` it replaces the embedded premises of the same ward and number.
    role, bodies
        In the words of the embedded data.
    lon, lat, method, uncertainty_m
        EPSG:4326 degrees, how the position was found, and the radius in metres stood by; all None without one.
    imported_on
        Day of the import that last changed the row.
    """

    ward_code: str
    number: int
    role: str
    bodies: tuple[str, ...]
    status: RowStatus
    address: str
    lon: float | None
    lat: float | None
    method: PositionMethod | None
    uncertainty_m: float | None
    confidence: str
    source: str
    valid_from: date | None
    note: str
    imported_on: date

    @property
    def id(self) -> str:
        """The id of the premises."""
        return f"{self.ward_code}-{self.number}"


@dataclass(frozen=True, slots=True)
class OperatorRegister:
    """What the operator's file holds.

    Parameters
    ----------
    rows
        By ward and number.
    history
        One entry an import, oldest first.
    version
        First 12 digits of the file's sha256; empty for a register that is not written yet.
    """

    rows: tuple[OperatorRow, ...] = ()
    history: tuple[Mapping[str, Any], ...] = ()
    version: str = ""
    by_id: Mapping[str, OperatorRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {row.id: row for row in self.rows})

    @property
    def imported(self) -> dict[str, date]:
        """The day of import of each premises that is shown."""
        return {row.id: row.imported_on for row in self.rows if row.status is not RowStatus.WITHDRAWN}


def load_operator_register(path: Path) -> OperatorRegister:
    """Read an operator's register.

    Raises
    ------
    DataMissing
        There is no such file.
    DataDamaged
        It is not what this program writes.
    """
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise DataMissing(
            vi=f"Không đọc được sổ trụ sở “{path.name}”. Hãy kiểm tra HANOI_WARDS_PREMISES_REGISTER, hoặc tạo sổ bằng: "
            "hanoi-wards premises import TỆP --register SỔ --commit",
            en=f"The premises register “{path.name}” cannot be read. Check HANOI_WARDS_PREMISES_REGISTER, or make one "
            "with: hanoi-wards premises import FILE --register REGISTER --commit",
        ) from missing
    try:
        loaded = json.loads(content)
        if loaded["schema_version"] != SCHEMA_VERSION:
            raise ValueError(loaded["schema_version"])  # noqa: TRY301  (one answer to every way of being wrong)
        rows = tuple(_row(entry) for entry in loaded["rows"])
        history = tuple(dict(entry) for entry in loaded["history"])
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise DataDamaged(
            vi=f"Sổ trụ sở “{path.name}” bị hỏng hoặc không phải do chương trình này ghi.",
            en=f"The premises register “{path.name}” is damaged, or was not written by this program.",
        ) from broken
    return OperatorRegister(rows=rows, history=history, version=hashlib.sha256(content).hexdigest()[:12])


def register_bytes(register: OperatorRegister) -> bytes:
    """Return the file of a register: the same rows and history are the same bytes."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "rows": [row_as_json(row) for row in register.rows],
        "history": list(register.history),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def row_as_json(row: OperatorRow) -> dict[str, Any]:
    """Return a row as the file and its history hold it."""
    return {
        **asdict(row),
        "bodies": list(row.bodies),
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "imported_on": row.imported_on.isoformat(),
    }


def put_in_place(register: OperatorRegister, *, aside: Path, path: Path) -> OperatorRegister:
    """Write a register aside, flush it to the disk and give it its name; return it with its version."""
    content = register_bytes(register)
    write_through(aside, content)
    aside.replace(path)
    return replace(register, version=hashlib.sha256(content).hexdigest()[:12])


def overlaid(dataset: Dataset, register: OperatorRegister | None) -> Dataset:
    """Lay an operator's rows over the premises of a dataset; other datasets than the wards' stay as they are.

    A row takes the place of the premises of the same ward and number, a withdrawn row removes it, others are added.
    Whether a position lies in its ward is told anew from the dataset's shapes.

    Raises
    ------
    DataDamaged
        A row names a ward that the dataset does not have.
    """
    polygons = {
        unit.code: shape
        for unit, shape in zip(dataset.units, dataset.geometries, strict=True)
        if isinstance(unit, Ward)
    }
    if register is None or not register.rows or not polygons:
        return dataset
    unknown = sorted({row.ward_code for row in register.rows} - set(polygons))
    if unknown:
        raise DataDamaged(
            vi=f"Sổ trụ sở có mã phường, xã không tồn tại: {', '.join(unknown)}.",
            en=f"The premises register names wards that do not exist: {', '.join(unknown)}.",
        )
    kept: list[Premises] = [one for one in dataset.premises if one.id not in register.by_id]
    kept += [
        as_premises(row, polygons[row.ward_code]) for row in register.rows if row.status is not RowStatus.WITHDRAWN
    ]
    return replace(dataset, premises=tuple(sorted(kept, key=lambda one: (one.ward_code, one.number))))


def as_premises(row: OperatorRow, polygon: shapely.Geometry) -> Premises:
    """Return the premises that a row states; the polygon (EPSG:4326) is its ward's."""
    return Premises(
        id=row.id,
        ward_code=row.ward_code,
        number=row.number,
        role=row.role,
        bodies=row.bodies,
        status=row.status.premises_status,
        address=row.address or None,
        position=_position(row, polygon),
        confidence=row.confidence,
        source=row.source,
        note=row.note,
        valid_from=row.valid_from,
    )


def _position(row: OperatorRow, polygon: shapely.Geometry) -> Position | None:
    if row.lon is None or row.lat is None or row.method is None or row.uncertainty_m is None:
        return None
    return Position(
        lon=row.lon,
        lat=row.lat,
        method=row.method,
        uncertainty_m=row.uncertainty_m,
        inside_ward=bool(shapely.intersects_xy(polygon, row.lon, row.lat)),
        source=row.source,
    )


def _row(entry: Mapping[str, Any]) -> OperatorRow:
    """Read a row of the file.

    Raises
    ------
    ValueError, KeyError, TypeError
        It is not one that this program writes.
    """
    if set(entry) != {one.name for one in fields(OperatorRow)} or entry["confidence"] not in CONFIDENCES:
        raise ValueError("not a row of ours")
    placed = [entry[name] for name in ("lon", "lat", "method", "uncertainty_m")]
    if any(value is None for value in placed) and any(value is not None for value in placed):
        raise ValueError("half a position")
    return OperatorRow(
        **{name: _text(entry[name]) for name in ("ward_code", "role", "address", "confidence", "source", "note")},
        number=int(entry["number"]),
        bodies=tuple(_text(body) for body in entry["bodies"]),
        status=RowStatus(entry["status"]),
        lon=_number(entry["lon"]),
        lat=_number(entry["lat"]),
        method=PositionMethod(entry["method"]) if entry["method"] else None,
        uncertainty_m=_number(entry["uncertainty_m"]),
        valid_from=date.fromisoformat(entry["valid_from"]) if entry["valid_from"] else None,
        imported_on=date.fromisoformat(entry["imported_on"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(value)
    return float(value)


def in_order(rows: Sequence[OperatorRow]) -> tuple[OperatorRow, ...]:
    """Return rows by ward and number."""
    return tuple(sorted(rows, key=lambda row: (row.ward_code, row.number)))
