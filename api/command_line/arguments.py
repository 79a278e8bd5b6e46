"""Arguments that several commands take, described once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from geo.crs import InputCrs
from geo.errors import Language
from geo.model import Subject

Say = Callable[[str, str], str]
"""Picks the Vietnamese or the English text."""

Run = Callable[[argparse.Namespace, Language], int]

Command = Callable[[str, Run, str], argparse.ArgumentParser]
"""Adds a command: its name, what it runs, what it is for."""


def add_language(parser: argparse.ArgumentParser) -> None:
    """Take ``--lang`` here too; it was read before the parser was made (`chosen_language`)."""
    parser.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=argparse.SUPPRESS)


class Actions:
    """The actions of a command that has several."""

    def __init__(self, group: argparse.ArgumentParser) -> None:
        self._parsers = group.add_subparsers(dest="action", required=True, metavar="ACTION")

    def add(self, name: str, run: Run, text: str) -> argparse.ArgumentParser:
        """Add an action: its name, what it runs, what it is for."""
        added = self._parsers.add_parser(name, help=text, description=text)
        add_language(added)
        added.set_defaults(run=run)
        return added


def add_table(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe the tables that go in and come out."""
    parser.add_argument("input", type=Path, help=say("bảng vào", "input table"))
    parser.add_argument("-o", "--output", type=Path, required=True, help=say("bảng ra", "output table"))


def add_columns(parser: argparse.ArgumentParser, columns: Iterable[tuple[str, str, str]], say: Say) -> None:
    """Describe options that name a column, each by itself, in Vietnamese and in English."""
    for name, vi, en in columns:
        parser.add_argument(name, metavar="COLUMN", help=say(vi, en))


def add_output(parser: argparse.ArgumentParser, say: Say, endings: tuple[str, str]) -> None:
    """Describe a file that is written, and replaced only where that is asked for."""
    parser.add_argument("-o", "--output", type=Path, required=True, help=say(*endings))
    add_overwrite(parser, say)


def add_overwrite(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe the leave to replace what is there."""
    parser.add_argument("--overwrite", action="store_true", help=say("thay cái đã có", "replace what is there"))


def add_writing(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe how an output table is written."""
    add_overwrite(parser, say)
    parser.add_argument(
        "--excel-bom",
        action="store_true",
        help=say("CSV có BOM cho Excel", "CSV with a byte-order mark for Excel"),
    )


def add_sheet(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe which sheet of a workbook is read."""
    parser.add_argument("--sheet", help=say("trang tính (XLSX)", "sheet (XLSX)"))


def add_json(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe the answer as JSON."""
    parser.add_argument("--json", action="store_true", help=say("in JSON", "print JSON"))


def add_subject(parser: argparse.ArgumentParser, help_text: str, default: str | None = Subject.RESIDENT.value) -> None:
    """Describe whether residents or ground are asked about."""
    parser.add_argument("--subject", choices=[subject.value for subject in Subject], default=default, help=help_text)


def add_vn2000(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe coordinates in VN-2000."""
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


def add_as_of(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe the day whose units are asked for."""

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


def at_least_one(say: Say) -> Callable[[str], int]:
    """Return the reader of a whole number from 1."""

    def count(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and int(text)):
            raise argparse.ArgumentTypeError(
                say(f"{text!r} không phải số từ 1 trở lên", f"{text!r} is no number from 1")
            )
        return int(text)

    return count
