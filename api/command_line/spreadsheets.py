"""What the commands share that give a spreadsheet to fill in and take it back: template, check, show, write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line.arguments import add_output, add_sheet

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from api.command_line.arguments import Actions, Run, Say
    from geo.errors import Language
    from geo.premises import Remark
    from geo.tables import Notice
    from geo.trial import Problem


def add_template(actions: Actions, run: Run, text: str, say: Say) -> argparse.ArgumentParser:
    """Describe the action that writes the spreadsheet; its language is that of the command."""
    blank = actions.add("template", run, text)
    add_output(blank, say, ("tệp .xlsx hoặc .csv", "a .xlsx or .csv"))
    return blank


def add_import(actions: Actions, run: Run, say: Say) -> argparse.ArgumentParser:
    """Describe the action that reads it back."""
    loading = actions.add(
        "import",
        run,
        say(
            "đọc bảng đã điền: kiểm tra, cho xem thay đổi, và ghi khi có --commit",
            "read a filled-in spreadsheet: check, show the changes, and write with --commit",
        ),
    )
    loading.add_argument("input", type=Path, help=say("bảng CSV, XLSX", "CSV or XLSX"))
    add_sheet(loading, say)
    loading.add_argument(
        "--commit", action="store_true", help=say("ghi; không có thì chỉ chạy thử", "write; otherwise a dry run")
    )
    return loading


def print_understood(
    columns: Iterable[tuple[str, str]], ignored: Sequence[str], notices: Iterable[Notice], lang: Language
) -> None:
    """Say which heading was taken for which column, and what was not taken at all.

    Parameters
    ----------
    columns
        What a column means, and its heading in the table; said where they differ.
    """
    vietnamese = lang == "vi"
    for meaning, heading in columns:
        if meaning != heading:
            print(f"{'Cột' if vietnamese else 'Column'} “{heading}” → {meaning}", file=sys.stderr)
    if ignored:
        listed = ", ".join(f"“{heading}”" for heading in ignored)
        print(("Bỏ qua các cột: " if vietnamese else "Columns ignored: ") + listed, file=sys.stderr)
    for notice in notices:
        print(f"! {notice.message(lang)}", file=sys.stderr)


def print_problems(problems: Iterable[Problem | Remark], lang: Language) -> None:
    """Say everything that is wrong, each with its row and column."""
    for problem in problems:
        print(f"✗ {problem.message(lang)}", file=sys.stderr)


def conclude(*, changes: bool, write: Callable[[], str] | None, lang: Language) -> int:
    """End an import in which nothing is wrong; return its exit code.

    Parameters
    ----------
    changes
        Whether there is anything to write.
    write
        Writes, and returns what to say of it; None for a dry run.
    """
    if not changes:
        print("Không có gì thay đổi." if lang == "vi" else "Nothing changes.")
    elif write is None:
        print(
            "Chạy thử: chưa ghi gì. Thêm --commit để ghi."
            if lang == "vi"
            else "Dry run: nothing is written. Add --commit to write."
        )
    else:
        print(write())
    return 0
