"""``hanoi-wards premises template|import`` and ``hanoi-wards map premises``."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line.arguments import Actions
from api.command_line.operator_files import PREMISES_REGISTER, index_with, operator_path
from api.command_line.spreadsheets import add_import, add_template, conclude, print_problems, print_understood
from geo.crosswalk import Crosswalk
from geo.errors import TableError
from geo.premises import (
    OperatorRegister,
    PremisesSurvey,
    commit_import,
    load_operator_register,
    open_register,
    plan_import,
    write_template,
)
from geo.stores import open_store

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.premises import Change, ImportPlan

_SIGNS = {"added": "+", "changed": "~", "withdrawn": "-"}


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command and its actions to the parser."""
    text = say("sổ 232 trụ sở: bảng để điền, nhập bảng", "the register of premises: template and import")
    actions = Actions(command("premises", run_import, text))
    asking = say("bảng để điền các trụ sở còn thiếu", "a spreadsheet to fill in the missing premises")
    for action in (add_template(actions, run_template, asking, say), add_import(actions, run_import, say)):
        action.add_argument(
            "--register",
            type=Path,
            metavar="FILE",
            help=say(
                f"sổ trụ sở của đơn vị vận hành; mặc định {PREMISES_REGISTER}",
                f"the operator's register; {PREMISES_REGISTER} by default",
            ),
        )


def run_template(options: argparse.Namespace, lang: Language) -> int:
    """Write the spreadsheet to fill in."""
    index, register = _open(operator_path(options.register, PREMISES_REGISTER))
    lines = open_register(index.dataset, imported=register.imported, version=register.version)
    asked = write_template(options.output, lines, lang, overwrite=options.overwrite)
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
    path = operator_path(options.register, PREMISES_REGISTER)
    if options.commit and path is None:
        raise TableError(
            vi="Chưa biết ghi vào đâu: nêu --register TỆP hoặc đặt HANOI_WARDS_PREMISES_REGISTER.",
            en="Where to write is not known: give --register FILE or set HANOI_WARDS_PREMISES_REGISTER.",
        )
    index, register = _open(path)
    today = datetime.now().astimezone().date()
    plan = plan_import(options.input, index=index, register=register, on=today, sheet=options.sheet)
    _print_plan(plan, lang)
    if plan.problems:
        count = len(plan.problems)
        raise TableError(
            vi=f"{count} chỗ sai; chưa ghi gì. Hãy sửa bảng rồi chạy lại.",
            en=f"{count} problems; nothing is written. Mend the table and run again.",
        )

    def write(place: Path) -> str:
        version = commit_import(plan, place).version
        return (
            f"Đã ghi {place} (phiên bản {version}). Khởi động lại dịch vụ để dùng sổ mới."
            if lang == "vi"
            else f"Written: {place} (version {version}). Restart the service to use it."
        )

    committing = partial(write, path) if path is not None and options.commit else None
    return conclude(changes=bool(plan.changes), write=committing, lang=lang)


def run_map(options: argparse.Namespace, lang: Language) -> int:
    """Write the premises map as one file."""
    from maps.premises_map import premises_file  # noqa: PLC0415  (folium is slow to load, and only this needs it)

    store = open_store()
    index, register = _open(operator_path(None, PREMISES_REGISTER))
    survey = PremisesSurvey(index.dataset, store.named_streets().by_ward, register)
    shapes = store.display_geometries(index.dataset.generation, 25)
    html = premises_file(survey=survey, crosswalk=Crosswalk.open(store), shapes=shapes, lang=lang)
    options.output.write_text(html, encoding="utf-8")
    print(f"{options.output} ({len(html.encode()) / 1e6:.1f} MB)")
    return 0


def _open(path: Path | None) -> tuple[WardIndex, OperatorRegister]:
    """Open the wards with the operator's register laid over them; a register that does not exist yet is empty."""
    register = load_operator_register(path) if path is not None and path.exists() else OperatorRegister()
    return index_with(register), register


def _print_plan(plan: ImportPlan, lang: Language) -> None:
    print_understood(plan.columns.items(), plan.ignored, plan.notices, lang)
    print_problems(plan.problems, lang)
    for flag in plan.flags:
        print(f"! {flag.message(lang)}", file=sys.stderr)
    for change in plan.changes:
        _print_change(change, lang)
    before, after = plan.in_use
    print(
        f"{plan.rows} dòng: {plan.count('added')} thêm, {plan.count('changed')} sửa, {plan.count('withdrawn')} bỏ, "
        f"{plan.unchanged} không đổi, {plan.blank} chưa điền. Trụ sở đang dùng đã biết: {before} → {after} / 232"
        if lang == "vi"
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
