"""``hanoi-wards projects``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line.arguments import add_output, add_sheet
from geo.locate import WardIndex

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.errors import Language

_OUTCOMES = {
    "de_xuat_chu_tri": ("đề xuất được một đơn vị chủ trì", "one ward is proposed to lead"),
    "can_quyet_dinh": ("tỷ lệ sát nhau, cần người quyết định", "shares are close, people decide"),
    "chi_giap_ranh": ("chỉ giáp ranh giới Hà Nội", "only touches the border"),
    "ngoai_ha_noi": ("ngoài Hà Nội", "outside Hà Nội"),
    "loi": ("có lỗi, không tính được", "wrong, no answer"),
}
_SHOWN_ERRORS = 20


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command to the parser."""
    drawn = command(
        "projects",
        run,
        say(
            "dự án dở dang có hình: chạm phường, xã nào, bao nhiêu, ai chủ trì",
            "unfinished projects with a geometry: which wards, how much of each, which may lead",
        ),
    )
    drawn.add_argument(
        "input",
        type=Path,
        help=say(
            "GeoJSON, GPKG, shapefile nén zip, hoặc bảng CSV, XLSX có cột WKT",
            "GeoJSON, GPKG, zipped shapefile, or a CSV or XLSX table with a WKT column",
        ),
    )
    add_output(drawn, say, ("tệp .xlsx, .csv, .geojson, .gpkg", "output by its ending"))
    drawn.add_argument(
        "--crs",
        help=say("hệ toạ độ nếu tệp không ghi, ví dụ EPSG:5897", "CRS where the file states none, such as EPSG:5897"),
    )
    drawn.add_argument("--wkt", metavar="COLUMN", help=say("cột WKT", "column of WKT"))
    drawn.add_argument("--layer", help=say("lớp dữ liệu (GPKG)", "layer (GPKG)"))
    add_sheet(drawn, say)
    drawn.add_argument("--encoding", help=say("bảng mã của shapefile", "encoding of the shapefile"))


def run(options: argparse.Namespace, lang: Language) -> int:
    """Write which wards each project touches, and say what came out."""
    from geo.cases.projects import ReadOptions, answer_projects  # noqa: PLC0415  (pandas and GDAL are slow to load)

    report = answer_projects(
        options.input,
        options.output,
        index=WardIndex.open(),
        options=ReadOptions(
            crs=options.crs, wkt=options.wkt, layer=options.layer, sheet=options.sheet, encoding=options.encoding
        ),
        lang=lang,
        overwrite=options.overwrite,
    )
    vietnamese = lang == "vi"
    lines = [
        f"{report.projects} dự án, {report.rows} dòng → {options.output}"
        if vietnamese
        else f"{report.projects} projects, {report.rows} rows → {options.output}"
    ]
    lines += [
        f"  {role.value} ({_OUTCOMES[role.value][not vietnamese]}): {count}" for role, count in report.outcomes.items()
    ]
    lines += [f"  ! {notice}" for notice in report.notices]
    word = "Dự án" if vietnamese else "Project"
    lines += [f"  ! {word} {number}: {why}" for number, why in report.errors[:_SHOWN_ERRORS]]
    if len(report.errors) > _SHOWN_ERRORS:
        lines.append("  ! …")
    for line in lines:
        print(line, file=sys.stderr)
    return 0
