"""The known premises, with a position only where an honest one exists."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import to_metres
from geo.ingest import sources
from geo.ingest.output import OutputFolder
from geo.model import Position, PositionMethod, PremisesStatus
from geo.text import fold

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.ingest.output import SourceFolder

PREMISES_TOTAL = 232
"""Thông báo 729/TB-UBND."""

NUMBER_WINDOW = 6
LONGEST_ALLEY_M, LONGEST_STREET_M = 500.0, 1000.0
BUILDING_UNCERTAINTY_M, BUS_STOP_UNCERTAINTY_M = 50.0, 200.0
SMALLEST_UNCERTAINTY_M = 50.0

_BODIES = ("Đảng ủy", "HĐND", "UBND", "MTTQ", "đoàn thể", "điểm phục vụ hành chính công")
_DIGITS = re.compile(r"\d+")
_NAMES_A_STREET = re.compile(r"^(số\s*)?\d|\b(phố|đường)\b", re.IGNORECASE)
_WARD_TAIL = re.compile(r",?\s*(phường|xã)\s[^,]*$", re.IGNORECASE)

_REMARKS = """
`premises.csv`: every premises that is known, one row each; facts, each row with its source and a confidence
(A two agreeing sources · A- · B one table · C plan or press without an address · D sources conflict). `positions.csv`:
a position for those where an honest one exists, with its method and an uncertainty in metres; derived from
OpenStreetMap, offered under ODbL 1.0. A premises that is not in `positions.csv` has no known position. It is never
placed at a centroid.

An address that lies outside its own ward is kept and flagged (`inside_ward`).
"""


def build_premises(folder: SourceFolder, root: Path, codes: list[str], wards: NDArray[np.object_]) -> None:
    """Write ``premises``.

    Parameters
    ----------
    codes, wards
        The wards' codes and polygons (EPSG:4326), to tell whether a position lies in its ward.
    """
    offices = folder.csv(sources.OFFICES)
    house_uncertainty = house_number_uncertainty(folder.csv(sources.ADDRESS_POINTS))
    candidates = {(row["ward_code"], row["premises_no"]): row for row in folder.csv(sources.OFFICE_CANDIDATES)}
    polygons = dict(zip(codes, wards, strict=True))
    positions: dict[str, Position] = {}
    for office in offices:
        candidate = candidates.get((office["ward_code"], office["premises_no"]))
        found = _stated_position(office) or (candidate and _candidate_position(candidate, house_uncertainty))
        if found:
            positions[_id(office)] = found
    _share_position_of_same_address(offices, positions)

    out = OutputFolder(root, "premises")
    out.write_csv("premises.csv", _PREMISES_COLUMNS, (_premises_row(office) for office in offices))
    out.write_csv(
        "positions.csv",
        ("id", "lon", "lat", "method", "uncertainty_m", "inside_ward", "source"),
        (_position_row(office, positions[_id(office)], polygons) for office in offices if _id(office) in positions),
    )
    out.seal(
        title="Known office premises",
        folder=folder,
        sources=(sources.OFFICES, sources.OFFICE_CANDIDATES, sources.ADDRESS_POINTS),
        remarks=_REMARKS,
        facts={
            "premises_total": PREMISES_TOTAL,
            "known": len(offices),
            "with_address": sum(1 for office in offices if office["address"]),
            "with_position": len(positions),
            "house_number_uncertainty_m": house_uncertainty,
        },
    )


def house_number_uncertainty(address_points: list[dict[str, str]]) -> float:
    """Measure how far house numbers within 6 of each other lie apart on one street in one ward.

    Returns
    -------
    The 90th percentile in metres, rounded up to 10 m.
    """
    streets: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
    for row in address_points:
        digits = _DIGITS.match(row["housenumber"])
        if digits and row["street_key"] and row["relation"] == "at":
            key = (row["street_key"], row["new_code"])
            east, north = to_metres(float(row["lon"]), float(row["lat"]))
            streets.setdefault(key, []).append((int(digits.group()), float(east), float(north)))
    apart = [
        float(np.hypot(b[1] - a[1], b[2] - a[2]))
        for numbers in streets.values()
        for a, b in pairwise(sorted(numbers))
        if 0 < b[0] - a[0] <= NUMBER_WINDOW
    ]
    return float(np.ceil(np.percentile(apart, 90) / 10) * 10)


def _stated_position(office: dict[str, str]) -> Position | None:
    """Return the position that the office list itself gives: a mapped building or the bus stop at its gate."""
    if not office["lat"]:
        return None
    building = office["coord_source"].startswith("OSM way")
    return Position(
        lon=float(office["lon"]),
        lat=float(office["lat"]),
        method=PositionMethod.BUILDING if building else PositionMethod.BUS_STOP,
        uncertainty_m=BUILDING_UNCERTAINTY_M if building else BUS_STOP_UNCERTAINTY_M,
        inside_ward=True,
        source=office["coord_source"],
    )


def _candidate_position(row: dict[str, str], house_uncertainty: float) -> Position | None:
    """Return a candidate position if it is better than a guess."""
    digits = _DIGITS.search(row["detail"])
    measure = float(digits.group()) if digits else float("inf")
    match row["method"]:
        case "house anchor" if measure <= NUMBER_WINDOW:
            method, uncertainty = PositionMethod.HOUSE_NUMBER, house_uncertainty
        case "alley line" if measure <= LONGEST_ALLEY_M:
            method, uncertainty = PositionMethod.ALLEY, measure / 2
        case "street inside ward" if measure <= LONGEST_STREET_M and _NAMES_A_STREET.search(row["address"]):
            method, uncertainty = PositionMethod.STREET, measure / 2
        case _:
            return None
    return Position(
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        method=method,
        uncertainty_m=max(uncertainty, SMALLEST_UNCERTAINTY_M),
        inside_ward=True,
        source=f"{row['method']}: {row['detail']}; © OpenStreetMap contributors, ODbL 1.0",
    )


def _share_position_of_same_address(offices: list[dict[str, str]], positions: dict[str, Position]) -> None:
    """Give premises of one and the same address the most exact of their positions."""
    groups: dict[str, list[str]] = {}
    for office in offices:
        if office["address"]:
            groups.setdefault(fold(_WARD_TAIL.sub("", office["address"])), []).append(_id(office))
    for ids in groups.values():
        known = [positions[identifier] for identifier in ids if identifier in positions]
        if len(ids) > 1 and known:
            ranks = list(PositionMethod)
            best = min(known, key=lambda position: ranks.index(position.method))
            positions.update(dict.fromkeys(ids, best))


_PREMISES_COLUMNS = (
    "id", "ward_code", "number", "role", "bodies", "status", "address", "confidence", "valid_from", "source", "note",
)  # fmt: skip


def _premises_row(office: dict[str, str]) -> tuple[object, ...]:
    role = office["role"]
    if "phương án" in role and office["confidence"] == "C":
        status = PremisesStatus.PLANNED
    elif "tạm thời" in role or role.startswith("điểm làm việc"):
        status = PremisesStatus.TEMPORARY
    else:
        status = PremisesStatus.LISTED
    return (
        _id(office),
        office["ward_code"],
        int(office["premises_no"]),
        role,
        "; ".join(body for body in _BODIES if body in role),
        status.value,
        office["address"],
        office["confidence"],
        "" if status is PremisesStatus.PLANNED else "2025-07-01",
        office["address_source_url"],
        office["cross_check_note"],
    )


def _position_row(office: dict[str, str], position: Position, wards: dict[str, shapely.Geometry]) -> tuple[object, ...]:
    inside = shapely.intersects_xy(wards[office["ward_code"]], position.lon, position.lat)
    return (
        _id(office),
        round(position.lon, 6),
        round(position.lat, 6),
        position.method.value,
        round(position.uncertainty_m),
        "true" if inside else "false",
        position.source,
    )


def _id(office: dict[str, str]) -> str:
    return f"{office['ward_code']}-{office['premises_no']}"
