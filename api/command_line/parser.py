"""What the command takes, explained in Vietnamese or English."""

from __future__ import annotations

import argparse
import locale
import os
from typing import TYPE_CHECKING

from api.command_line import (
    crosswalk,
    data,
    handover,
    locate,
    premises,
    projects,
    route,
    route_file,
    serve,
    trial,
)
from api.command_line.arguments import add_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.command_line.arguments import Run
    from geo.errors import Language


def chosen_language(arguments: Sequence[str]) -> Language:
    """Take the last ``--lang``, else the locale; Vietnamese unless English is asked for."""
    for position, argument in reversed(list(enumerate(arguments))):
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

    def command(name: str, run: Run, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        add_language(added)
        added.set_defaults(run=run)
        return added

    for module in (locate, route, route_file, handover, projects, crosswalk, data, premises, trial, serve):
        module.add_arguments(command, say)
    return parser
