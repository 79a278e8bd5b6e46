"""What the command takes, explained in Vietnamese or English."""

from __future__ import annotations

import argparse
import locale
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line import crosswalk, data, locate, serve
from geo.crosswalk import Subject
from geo.crs import InputCrs

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
    _add_crosswalk(command, say)
    _add_data(command, say)
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
    many.add_argument("--overwrite", action="store_true", help=say("ghi đè bảng ra", "replace the output table"))
    many.add_argument(
        "--excel-bom",
        action="store_true",
        help=say("CSV có BOM cho Excel", "CSV with a byte-order mark for Excel"),
    )
    _add_as_of(many, say)


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


def _add_map(command: _Command, say: _Say) -> None:
    drawing = command(
        "map",
        data.run_map,
        say("xuất bản đồ thành một tệp HTML tự đủ", "export a map as one self-contained HTML file"),
    )
    drawing.add_argument("name", choices=("wards",), help=say("bản đồ nào", "which map"))
    drawing.add_argument("-o", "--output", type=Path, required=True, help=say("tệp HTML", "HTML file"))


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
