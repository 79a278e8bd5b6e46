"""``hanoi-wards locate`` and ``hanoi-wards locate-file``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from geo.cases import PointColumns, locate_table
from geo.crs import InputCrs, parse_coordinate
from geo.locate import WardIndex
from geo.model import OldUnit
from maps.words import doubts

if TYPE_CHECKING:
    import argparse

    from geo.errors import Language
    from geo.model import LookupResult, Unit


_OUTCOMES = {
    "da_xac_dinh": ("đã xác định", "assigned"),
    "can_chon": ("cần chọn trong vài nơi", "choose among a set"),
    "ngoai_ha_noi": ("ngoài Hà Nội", "outside Hà Nội"),
    "thieu_thong_tin": ("không đọc được toạ độ", "coordinates not readable"),
}


def run_point(options: argparse.Namespace, lang: Language) -> int:
    """Print where one point lies."""
    coordinate = parse_coordinate(" ".join(options.coordinates), crs=_system(options))
    index = WardIndex.open(as_of=options.as_of)
    result = index.locate(lon=coordinate.lon, lat=coordinate.lat)
    if options.json:
        print(json.dumps(_as_json(result, coordinate.notices(lang)), ensure_ascii=False, indent=2))
        return 0
    for line in coordinate.notices(lang):
        print(line)
    outside = "Ngoài Hà Nội" if lang == "vi" else "Outside Hà Nội"
    print(" / ".join(_name(unit) for unit in result.units) or outside)
    across = (
        result.border.across.full_name
        if result.border.across
        else ("tỉnh khác" if lang == "vi" else "another province")
    )
    if lang == "vi":
        print(f"Cách ranh giới {result.border.distance_m:.0f} m (bên kia: {across})")
    else:
        print(f"{result.border.distance_m:.0f} m from the border (across it: {across})")
    for doubt in doubts(result, lang):
        print("! " + doubt)
    for unit in result.units:
        if not isinstance(unit, OldUnit):
            for premises in index.premises_of(unit.code):
                print(("Trụ sở: " if lang == "vi" else "Office: ") + f"{premises.address or '?'} ({premises.role})")
    print(("Dữ liệu: " if lang == "vi" else "Data: ") + f"{result.generation}, {result.data_version}")
    return 0


def run_file(options: argparse.Namespace, lang: Language) -> int:
    """Look a table up and say what came out."""
    named = PointColumns(
        lon=options.lon,
        lat=options.lat,
        x=options.x,
        y=options.y,
        text=options.text,
        crs=_system(options),
    )
    index = WardIndex.open(as_of=options.as_of)
    unit = " dòng" if lang == "vi" else " rows"
    with tqdm(unit=unit, unit_scale=True, disable=not sys.stderr.isatty()) as bar:
        report = locate_table(
            options.input,
            options.output,
            index=index,
            named=named,
            lang=lang,
            overwrite=options.overwrite,
            excel_bom=options.excel_bom,
            progress=bar.update,
        )
    say = sys.stderr
    print(("Cột toạ độ: " if lang == "vi" else "Coordinate columns: ") + ", ".join(report.columns), file=say)
    print(
        (f"{report.rows} dòng → " if lang == "vi" else f"{report.rows} rows → ") + str(options.output),
        file=say,
    )
    for outcome, count in sorted(report.outcomes.items()):
        print(f"  {outcome} ({_OUTCOMES[outcome][lang == 'en']}): {count}", file=say)
    for notice in report.notices:
        print(f"  ! {notice}", file=say)
    return 0


def _system(options: argparse.Namespace) -> InputCrs | None:
    """Return the coordinate system asked for; None to tell it from the values."""
    zone: InputCrs | None = options.zone
    return zone or (InputCrs.VN2000_105_00 if options.vn2000 else None)


def _name(unit: Unit) -> str:
    return f"{unit.full_name} ({unit.code})" + (f", {unit.district}" if isinstance(unit, OldUnit) else "")


def _as_json(result: LookupResult, notices: list[str]) -> dict[str, Any]:
    return {
        "lon": result.lon,
        "lat": result.lat,
        "outcome": result.outcome,
        "units": [{"code": unit.code, "full_name": unit.full_name} for unit in result.units],
        "possible": [unit.code for unit in result.possible],
        "border_distance_m": round(result.border.distance_m, 1),
        "across": result.border.across.code if result.border.across else None,
        "certain": result.certain,
        "approximate": result.approximate,
        "notices": notices,
        "generation": result.generation,
        "data_version": result.data_version,
    }
