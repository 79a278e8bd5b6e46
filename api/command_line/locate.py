"""``hanoi-wards locate`` and ``hanoi-wards locate-file``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from api.command_line.arguments import add_as_of, add_columns, add_json, add_table, add_vn2000, add_writing
from api.command_line.operator_files import served_index
from geo.cases import PointColumns, locate_table
from geo.crs import InputCrs, parse_coordinate
from geo.locate import WardIndex
from geo.model import OldUnit
from maps.words import doubts

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.errors import Language
    from geo.model import LookupResult, Unit


_OUTCOMES = {
    "da_xac_dinh": ("đã xác định", "assigned"),
    "can_chon": ("cần chọn trong vài nơi", "choose among a set"),
    "ngoai_ha_noi": ("ngoài Hà Nội", "outside Hà Nội"),
    "thieu_thong_tin": ("không đọc được toạ độ", "coordinates not readable"),
}


def add_arguments(command: Command, say: Say) -> None:
    """Describe the commands to the parser."""
    one = command("locate", run_point, say("tra một điểm", "look one point up"))
    one.add_argument(
        "coordinates",
        nargs="+",
        help=say(
            "toạ độ: 105.8542 21.0285, hoặc độ phút giây, hoặc X Y với --vn2000 (đặt -- trước số âm)",
            "coordinates: 105.8542 21.0285, or degrees-minutes-seconds, or X Y with --vn2000 (put -- before a minus)",
        ),
    )
    add_json(one, say)
    many = command(
        "locate-file", run_file, say("tra cả bảng CSV, XLSX, Parquet", "look up a CSV, XLSX or Parquet table")
    )
    add_table(many, say)
    add_columns(
        many,
        (
            ("--lon", "cột kinh độ", "longitude column"),
            ("--lat", "cột vĩ độ", "latitude column"),
            ("--x", "cột X VN-2000 (hướng Bắc)", "VN-2000 X column (northing)"),
            ("--y", "cột Y VN-2000 (hướng Đông)", "VN-2000 Y column (easting)"),
            ("--text", "cột chứa cả hai toạ độ", "column holding both coordinates"),
        ),
        say,
    )
    add_writing(many, say)
    for parser in (one, many):
        add_vn2000(parser, say)
        add_as_of(parser, say)


def run_point(options: argparse.Namespace, lang: Language) -> int:
    """Print where one point lies."""
    coordinate = parse_coordinate(" ".join(options.coordinates), crs=_system(options))
    index = served_index(options.as_of)
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
