"""What the command takes, explained in Vietnamese or English."""

from __future__ import annotations

import argparse
import locale
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line import (
    crosswalk,
    data,
    export,
    handover,
    locate,
    premises,
    projects,
    route,
    route_file,
    serve,
    trial,
)
from geo.crs import InputCrs
from geo.model import AddressRole, CaseKind, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.errors import Language

    _Say = Callable[[str, str], str]
    _Run = Callable[[argparse.Namespace, Language], int]
    _Command = Callable[[str, _Run, str], argparse.ArgumentParser]


def chosen_language(arguments: Sequence[str]) -> Language:
    """Take ``--lang``, else the locale; Vietnamese unless English is asked for."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value:
            return "en" if value == "en" else "vi"
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "en" if spoken.startswith("en") else "vi"


def build_parser(lang: Language) -> argparse.ArgumentParser:
    """Build the parser with its help in one language."""

    def say(vi: str, en: str) -> str:
        return vi if lang == "vi" else en

    parser = argparse.ArgumentParser(
        prog="hanoi-wards",
        description=say("126 phường, xã của Hà Nội từ 01/7/2025.", "The 126 wards of Hà Nội since 1 July 2025."),
        epilog=say(
            "Mã thoát: 0 xong · 1 kiểm tra không đạt · 2 lệnh sai · 3 dữ liệu vào sai · 4 thiếu hoặc hỏng dữ liệu.",
            "Exit codes: 0 done · 1 a check failed · 2 wrong command · 3 wrong input · 4 data missing or damaged.",
        ),
    )
    parser.add_argument("--lang", choices=("vi", "en"), default=lang, help=say("ngôn ngữ", "language"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace, Language], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        added.set_defaults(run=run)
        return added

    _add_locate(command, say)
    _add_locate_file(command, say)
    _add_route(command, say)
    _add_route_file(command, say)
    _add_handover(command, say)
    _add_projects(command, say)
    _add_crosswalk(command, say)
    _add_data(command, say)
    register = say("sổ 232 trụ sở: bảng để điền, nhập bảng", "the register of premises: template and import")
    premises.add_arguments(command("premises", premises.run_import, register), say)
    tried = say("thử nghiệm 20–26/6/2025: bảng mẫu, nhập báo cáo", "the trial: template, import of reports, annex")
    trial.add_arguments(command("trial", trial.run_import, tried), say)
    _add_map(command, say)
    serving = command("serve", serve.run, say("chạy dịch vụ và trang web", "run the service and its web page"))
    serving.add_argument("--host", help=say("địa chỉ nghe", "address to listen on"))
    serving.add_argument("--port", type=int, help=say("cổng", "port"))
    return parser


def _add_locate(command: _Command, say: _Say) -> None:
    one = command("locate", locate.run_point, say("tra một điểm", "look one point up"))
    one.add_argument(
        "coordinates",
        nargs="+",
        help=say(
            "toạ độ: 105.8542 21.0285, hoặc độ phút giây, hoặc X Y với --vn2000 (đặt -- trước số âm)",
            "coordinates: 105.8542 21.0285, or degrees-minutes-seconds, or X Y with --vn2000 (put -- before a minus)",
        ),
    )
    _add_vn2000(one, say)
    one.add_argument("--json", action="store_true", help=say("in JSON", "print JSON"))
    _add_as_of(one, say)


def _add_locate_file(command: _Command, say: _Say) -> None:
    many = command(
        "locate-file",
        locate.run_file,
        say("tra cả bảng CSV, XLSX, Parquet", "look up a CSV, XLSX or Parquet table"),
    )
    many.add_argument("input", type=Path, help=say("bảng vào", "input table"))
    many.add_argument("-o", "--output", type=Path, required=True, help=say("bảng ra", "output table"))
    for name, vi, en in (
        ("--lon", "cột kinh độ", "longitude column"),
        ("--lat", "cột vĩ độ", "latitude column"),
        ("--x", "cột X VN-2000 (hướng Bắc)", "VN-2000 X column (northing)"),
        ("--y", "cột Y VN-2000 (hướng Đông)", "VN-2000 Y column (easting)"),
        ("--text", "cột chứa cả hai toạ độ", "column holding both coordinates"),
    ):
        many.add_argument(name, metavar="COLUMN", help=say(vi, en))
    _add_vn2000(many, say)
    _add_writing(many, say)
    _add_as_of(many, say)


def _add_route(command: _Command, say: _Say) -> None:
    asked = command(
        "route",
        route.run_route,
        say("một địa chỉ cũ nay thuộc phường, xã nào", "the ward that an old address belongs to now"),
    )
    explained = command(
        "explain",
        route.run_explain,
        say("như route, in ra từng bước và từng căn cứ", "as route, with every step and every piece of evidence"),
    )
    asked.add_argument("--json", action="store_true", help=say("in JSON", "print JSON"))
    for one in (asked, explained):
        one.add_argument("address", nargs="?", default="", help=say("địa chỉ như đã ghi", "address as written"))
        one.add_argument("--old-ward", metavar="NAME", help=say("phường, xã cũ hoặc mã", "old commune or its code"))
        one.add_argument("--district", metavar="NAME", help=say("quận, huyện, thị xã cũ", "old district"))
        one.add_argument("--lon", type=float, metavar="DEGREES", help=say("kinh độ", "longitude"))
        one.add_argument("--lat", type=float, metavar="DEGREES", help=say("vĩ độ", "latitude"))
        one.add_argument(
            "--accuracy",
            type=float,
            metavar="METRES",
            help=say("toạ độ chính xác đến bao nhiêu mét", "how good the coordinates are, metres"),
        )
        one.add_argument(
            "--subject",
            choices=[subject.value for subject in Subject],
            default=Subject.RESIDENT.value,
            help=say(
                "nơi cư trú (resident) hay thửa đất, công trình (parcel)",
                "a residence (resident) or a parcel or building (parcel)",
            ),
        )


def _add_route_file(command: _Command, say: _Say) -> None:
    many = command(
        "route-file",
        route_file.run,
        say(
            "tìm phường, xã mới cho cả bảng địa chỉ cũ CSV, XLSX, Parquet",
            "route a CSV, XLSX or Parquet table of old addresses to the new wards",
        ),
    )
    many.add_argument("input", type=Path, help=say("bảng vào", "input table"))
    many.add_argument("-o", "--output", type=Path, required=True, help=say("bảng ra", "output table"))
    many.add_argument(
        "--address-column",
        action="append",
        metavar="COLUMN",
        help=say("cột địa chỉ; nêu nhiều lần thì ghép lại", "address column; several are joined"),
    )
    for name, vi, en in (
        ("--old-ward", "cột phường, xã cũ", "column of the old commune"),
        ("--district", "cột quận, huyện cũ", "column of the old district"),
        ("--lon", "cột kinh độ", "longitude column"),
        ("--lat", "cột vĩ độ", "latitude column"),
        ("--kind", "cột loại hồ sơ: người hay thửa đất", "column that tells a person's file from a parcel's"),
    ):
        many.add_argument(name, metavar="COLUMN", help=say(vi, en))
    many.add_argument(
        "--subject",
        choices=[subject.value for subject in Subject],
        help=say(
            "cả bảng là nơi cư trú (resident) hay thửa đất, công trình (parcel)",
            "the whole table is of residences (resident) or of parcels and buildings (parcel)",
        ),
    )
    many.add_argument(
        "--workers",
        type=_at_least_one(say),
        metavar="N",
        help=say(
            "số tiến trình; mặc định theo số bộ xử lý, nhiều nhất 3",
            "number of processes; by default one for each processor, at most 3",
        ),
    )
    many.add_argument(
        "--restart",
        action="store_true",
        help=say("bỏ phần đã làm dở, làm từ đầu", "drop the work of a run that was stopped, begin anew"),
    )
    _add_writing(many, say)


def _at_least_one(say: _Say) -> Callable[[str], int]:
    def count(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and int(text)):
            raise argparse.ArgumentTypeError(
                say(f"{text!r} không phải số từ 1 trở lên", f"{text!r} is no number from 1")
            )
        return int(text)

    return count


def _add_handover(command: _Command, say: _Say) -> None:
    files = command(
        "handover",
        handover.run,
        say(
            "chia hồ sơ của quận, huyện cũ thành gói bàn giao cho từng phường, xã",
            "sort an old district's case files into one package for each receiving ward",
        ),
    )
    files.add_argument("input", type=Path, help=say("bảng hồ sơ CSV, XLSX, Parquet", "CSV, XLSX or Parquet table"))
    files.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=say("thư mục ra", "folder"))
    for name, vi, en in (
        ("--number", "cột số hồ sơ", "column of the case number"),
        ("--kind-column", "cột lĩnh vực, loại hồ sơ", "column of the kind"),
        ("--received", "cột ngày nhận", "column of the day of receipt"),
        ("--district", "cột quận, huyện cũ", "column of the old district"),
        ("--old-ward", "cột phường, xã cũ", "column of the old commune"),
        ("--state", "cột trạng thái", "column of the state"),
        ("--lon", "cột kinh độ", "longitude column"),
        ("--lat", "cột vĩ độ", "latitude column"),
    ):
        files.add_argument(name, metavar="COLUMN", help=say(vi, en))
    for role, name, vi, en in (
        (AddressRole.RESIDENCE, "--residence", "cột nơi cư trú", "column of the residence"),
        (AddressRole.REGISTRATION, "--registration", "cột nơi đăng ký hộ tịch", "column of the place of registration"),
        (AddressRole.PARCEL, "--parcel", "cột địa chỉ thửa đất", "column of the parcel's address"),
        (AddressRole.SITE, "--site", "cột địa điểm xây dựng, dự án", "column of the building or project site"),
        (AddressRole.PREMISES, "--premises", "cột địa điểm kinh doanh", "column of the business premises"),
        (AddressRole.OTHER, "--address", "cột địa chỉ không nói rõ của gì", "column of an address without a role"),
    ):
        files.add_argument(name, dest=f"role_{role.value}", action="append", metavar="COLUMN", help=say(vi, en))
    files.add_argument(
        "--kind",
        choices=[kind.value for kind in CaseKind if kind is not CaseKind.OTHER],
        help=say("lĩnh vực của hồ sơ mà bảng không ghi", "kind of the files of which the table does not say it"),
    )
    files.add_argument(
        "--giving-district",
        metavar="NAME",
        help=say("quận, huyện cũ của hồ sơ mà bảng không ghi", "old district of files of which it is not said"),
    )
    files.add_argument("--sheet", help=say("trang tính (XLSX)", "sheet (XLSX)"))
    files.add_argument(
        "--overwrite", action="store_true", help=say("thay lần bàn giao trước", "replace an earlier handover")
    )


def _add_projects(command: _Command, say: _Say) -> None:
    drawn = command(
        "projects",
        projects.run,
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
    drawn.add_argument(
        "-o", "--output", type=Path, required=True, help=say("tệp .xlsx, .csv, .geojson, .gpkg", "output by its ending")
    )
    drawn.add_argument(
        "--crs",
        help=say("hệ toạ độ nếu tệp không ghi, ví dụ EPSG:5897", "CRS where the file states none, such as EPSG:5897"),
    )
    drawn.add_argument("--wkt", metavar="COLUMN", help=say("cột WKT", "column of WKT"))
    drawn.add_argument("--layer", help=say("lớp dữ liệu (GPKG)", "layer (GPKG)"))
    drawn.add_argument("--sheet", help=say("trang tính (XLSX)", "sheet (XLSX)"))
    drawn.add_argument("--encoding", help=say("bảng mã của shapefile", "encoding of the shapefile"))
    drawn.add_argument("--overwrite", action="store_true", help=say("ghi đè tệp ra", "replace the output"))


def _add_crosswalk(command: _Command, say: _Say) -> None:
    law = command(
        "crosswalk",
        crosswalk.run,
        say("xã cũ về đâu theo Nghị quyết 1656", "where an old commune went by Nghị quyết 1656"),
    )
    law.add_argument("unit", help=say("tên (không kèm loại) hoặc mã", "name (without its type) or code"))
    law.add_argument("--type", help=say("phường, xã hoặc thị trấn", "phường, xã or thị trấn"))
    law.add_argument("--district", help=say("quận, huyện, thị xã cũ", "old district"))
    law.add_argument(
        "--subject",
        choices=[subject.value for subject in Subject],
        default=Subject.RESIDENT.value,
        help=say(
            "resident: theo phần dân cư; parcel: theo phần diện tích",
            "resident: by the wording on the population; parcel: by that on the area",
        ),
    )


def _add_data(command: _Command, say: _Say) -> None:
    group = command("data", data.run_info, say("dữ liệu: dựng, kiểm tra, thông tin", "the data: build, check, info"))
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser("build", help=say("dựng từ dữ liệu nguồn", "build from the source data"))
    build.add_argument(
        "--source", type=Path, required=True, help=say("thư mục dữ liệu nguồn", "folder of the source data")
    )
    build.add_argument("--target", type=Path, help=say("thư mục đích", "folder to write"))
    build.set_defaults(run=data.run_build)
    for name, run, text in (
        ("check", data.run_check, say("chạy mọi kiểm tra", "run every check")),
        ("info", data.run_info, say("phiên bản, số lượng, nguồn", "version, counts, sources")),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("--data-dir", type=Path, help=say("thư mục dữ liệu", "folder of the data"))
        action.set_defaults(run=run)
    files = say("mọi lớp trong mọi định dạng, để tải về", "every layer in every format, to be downloaded")
    exporting = actions.add_parser("export", help=files, description=files)
    exporting.add_argument("-o", "--output", type=Path, required=True, help=say("thư mục ra", "folder to write"))
    exporting.add_argument("--data-dir", type=Path, help=say("thư mục dữ liệu", "folder of the data"))
    exporting.set_defaults(run=export.run)


def _add_map(command: _Command, say: _Say) -> None:
    drawing = command(
        "map",
        data.run_map,
        say("xuất bản đồ thành một tệp HTML tự đủ", "export a map as one self-contained HTML file"),
    )
    drawn = ("wards", "premises", "trial", "crosswalk")
    drawing.add_argument("name", choices=drawn, help=say("bản đồ nào", "which map"))
    drawing.add_argument("-o", "--output", type=Path, required=True, help=say("tệp HTML", "HTML file"))
    trial.add_reports(drawing, say)


def _add_vn2000(parser: argparse.ArgumentParser, say: _Say) -> None:
    parser.add_argument(
        "--vn2000",
        action="store_true",
        help=say("toạ độ VN-2000 (X, Y trên giấy tờ đất)", "VN-2000 coordinates (X and Y of land papers)"),
    )
    parser.add_argument(
        "--zone",
        type=InputCrs,
        choices=[crs for crs in InputCrs if crs is not InputCrs.WGS84],
        help=say(
            "múi chiếu VN-2000, mặc định kinh tuyến trục 105°00′",
            "VN-2000 zone; central meridian 105°00′ by default",
        ),
    )


def _add_writing(parser: argparse.ArgumentParser, say: _Say) -> None:
    parser.add_argument("--overwrite", action="store_true", help=say("ghi đè bảng ra", "replace the output table"))
    parser.add_argument(
        "--excel-bom",
        action="store_true",
        help=say("CSV có BOM cho Excel", "CSV with a byte-order mark for Excel"),
    )


def _add_as_of(parser: argparse.ArgumentParser, say: _Say) -> None:
    def day(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            message = say(f"{text!r} không phải một ngày dạng NĂM-THÁNG-NGÀY", f"{text!r} is no date, YYYY-MM-DD")
            raise argparse.ArgumentTypeError(message) from None

    parser.add_argument(
        "--as-of",
        type=day,
        metavar="YYYY-MM-DD",
        help=say("theo ngày", "units in force on that day"),
    )
