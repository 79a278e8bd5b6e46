"""``hanoi-wards premises template|import`` and ``hanoi-wards map premises``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from geo.crosswalk import Crosswalk
from geo.errors import TableError
from geo.locate import WardIndex
from geo.stores import open_store
from geo.stores.dataset import generation_on

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from geo.errors import Language
    from geo.premises import Change, ImportPlan, OperatorRegister, PremisesSurvey

    _Say = Callable[[str, str], str]

_SIGNS = {"added": "+", "changed": "~", "withdrawn": "-"}


def add_arguments(group: argparse.ArgumentParser, say: _Say) -> None:
    """Describe the two actions to the parser."""
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    blank = actions.add_parser(
        "template",
        help=say("bảng để điền các trụ sở còn thiếu", "a spreadsheet to fill in the missing premises"),
    )
    blank.add_argument("-o", "--output", type=Path, required=True, help=say("tệp .xlsx hoặc .csv", "a .xlsx or .csv"))
    blank.set_defaults(run=run_template)
    loading = actions.add_parser(
        "import",
        help=say(
            "đọc bảng đã điền: kiểm tra, cho xem thay đổi, và ghi khi có --commit",
            "read a filled-in spreadsheet: check, show the changes, and write with --commit",
        ),
    )
    loading.add_argument("input", type=Path, help=say("bảng CSV, XLSX", "CSV or XLSX"))
    loading.add_argument("--sheet", help=say("trang tính (XLSX)", "sheet (XLSX)"))
    loading.add_argument(
        "--commit", action="store_true", help=say("ghi vào sổ; không có thì chỉ chạy thử", "write; otherwise a dry run")
    )
    loading.set_defaults(run=run_import)
    for action in (blank, loading):
        action.add_argument(
            "--register",
            type=Path,
            metavar="FILE",
            help=say(
                "sổ trụ sở của đơn vị vận hành; mặc định HANOI_WARDS_PREMISES_REGISTER",
                "the operator's register; HANOI_WARDS_PREMISES_REGISTER by default",
            ),
        )


def run_template(options: argparse.Namespace, lang: Language) -> int:
    """Write the spreadsheet to fill in."""
    from geo.premises import write_template  # noqa: PLC0415  (openpyxl is slow to load, and few commands need it)

    survey, _, _ = _open(_register_path(options.register))
    asked = write_template(options.output, survey.register, lang)
    print(
        f"{options.output}: {asked} phường, xã có thể còn một trụ sở chưa biết"
        if lang == "vi"
        else f"{options.output}: {asked} wards may have one more premises that is not known"
    )
    return 0


def run_import(options: argparse.Namespace, lang: Language) -> int:
    """Check a spreadsheet, show what it would change, and write it where asked to.

    Raises
    ------
    TableError
        The spreadsheet cannot be read or has problems, or there is no register to write.
    """
    from geo.premises import commit_import, plan_import  # noqa: PLC0415  (as above)

    path = _register_path(options.register)
    if options.commit and path is None:
        raise TableError(
            vi="Chưa biết ghi vào đâu: nêu --register TỆP hoặc đặt HANOI_WARDS_PREMISES_REGISTER.",
            en="Where to write is not known: give --register FILE or set HANOI_WARDS_PREMISES_REGISTER.",
        )
    _, index, register = _open(path)
    today = datetime.now().astimezone().date()
    plan = plan_import(options.input, index=index, register=register, on=today, sheet=options.sheet)
    _print_plan(plan, lang)
    if plan.problems:
        count = len(plan.problems)
        raise TableError(
            vi=f"{count} chỗ sai; chưa ghi gì. Hãy sửa bảng rồi chạy lại.",
            en=f"{count} problems; nothing is written. Mend the table and run again.",
        )
    if not plan.changes:
        print("Không có gì thay đổi." if lang == "vi" else "Nothing changes.")
    elif path is None or not options.commit:
        print(
            "Chạy thử: chưa ghi gì. Thêm --commit để ghi."
            if lang == "vi"
            else "Dry run: nothing is written. Add --commit to write."
        )
    else:
        written = commit_import(plan, path)
        print(
            f"Đã ghi {path} (phiên bản {written.version}). Khởi động lại dịch vụ để dùng sổ mới."
            if lang == "vi"
            else f"Written: {path} (version {written.version}). Restart the service to use it."
        )
    return 0


def run_map(options: argparse.Namespace, lang: Language) -> int:
    """Write the premises map as one file."""
    from maps.premises_map import premises_file  # noqa: PLC0415  (folium is slow to load, and only this needs it)

    store = open_store()
    survey, index, _ = _open(_register_path(None))
    shapes = store.display_geometries(index.dataset.generation, 25)
    html = premises_file(survey=survey, crosswalk=Crosswalk.open(store), shapes=shapes, lang=lang)
    options.output.write_text(html, encoding="utf-8")
    print(f"{options.output} ({len(html.encode()) / 1e6:.1f} MB)")
    return 0


def _register_path(named: Path | None) -> Path | None:
    from api.settings import Settings  # noqa: PLC0415  (pydantic is slow to load, and few commands need it)

    return named or Settings().premises_register


def _open(path: Path | None) -> tuple[PremisesSurvey, WardIndex, OperatorRegister]:
    """Open the wards with the operator's register laid over them; a register that does not exist yet is empty."""
    from geo.premises import (  # noqa: PLC0415  (openpyxl is slow to load, and few commands need it)
        OperatorRegister,
        PremisesSurvey,
        load_operator_register,
        overlaid,
    )

    store = open_store()
    register = load_operator_register(path) if path is not None and path.exists() else OperatorRegister()
    dataset = overlaid(store.dataset(generation_on(store, None)), register)
    return PremisesSurvey(dataset, store.street_lines(), register), WardIndex(dataset), register


def _print_plan(plan: ImportPlan, lang: Language) -> None:
    vietnamese = lang == "vi"
    for name, heading in plan.columns.items():
        if name != heading:
            print(f"{name}: {'cột' if vietnamese else 'column'} “{heading}”", file=sys.stderr)
    if plan.ignored:
        names = ", ".join(f"“{heading}”" for heading in plan.ignored)
        print(("Bỏ qua các cột: " if vietnamese else "Columns ignored: ") + names, file=sys.stderr)
    for notice in plan.notices:
        print(f"! {notice.message(lang)}", file=sys.stderr)
    for problem in plan.problems:
        print(f"✗ {problem.message(lang)}", file=sys.stderr)
    for flag in plan.flags:
        print(f"! {flag.message(lang)}", file=sys.stderr)
    for change in plan.changes:
        _print_change(change, lang)
    before, after = plan.in_use
    print(
        f"{plan.rows} dòng: {plan.count('added')} thêm, {plan.count('changed')} sửa, {plan.count('withdrawn')} bỏ, "
        f"{plan.unchanged} không đổi, {plan.blank} chưa điền. Trụ sở đang dùng đã biết: {before} → {after} / 232"
        if vietnamese
        else f"{plan.rows} rows: {plan.count('added')} added, {plan.count('changed')} changed, "
        f"{plan.count('withdrawn')} withdrawn, {plan.unchanged} unchanged, {plan.blank} not filled in. "
        f"Known premises in use: {before} → {after} of 232"
    )


def _print_change(change: Change, lang: Language) -> None:
    word = "trụ sở" if lang == "vi" else "premises"
    print(f"{_SIGNS[change.kind]} {change.id} {change.ward.full_name}, {word} {change.number}")
    for name, before, after in change.differences:
        if change.kind == "changed":
            print(f"    {name}: “{before}” → “{after}”")
        else:
            print(f"    {name}: {after or before}")
    if change.kind == "withdrawn":
        print(("    bỏ theo: " if lang == "vi" else "    taken out by: ") + change.source)
