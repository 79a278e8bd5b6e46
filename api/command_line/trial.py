"""``hanoi-wards trial template|import|annex|history`` and ``hanoi-wards map trial``."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line.arguments import Actions, add_output
from api.command_line.operator_files import TRIAL_REPORTS, operator_path
from api.command_line.spreadsheets import add_import, add_template, conclude, print_problems, print_understood
from geo.errors import TableError
from geo.model import Ward
from geo.stores import open_store
from geo.stores.dataset import generation_on
from geo.tables.whole_output import ending, write_file
from geo.trial import (
    LoadedReports,
    annex_csv,
    annex_workbook,
    commit_import,
    history,
    plan_import,
    read_folder,
    write_template,
)
from geo.trial.columns import column
from geo.trial.ward_names import WardNames

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from api.command_line.arguments import Command, Say
    from geo.errors import Language
    from geo.model import TrialReport
    from geo.stores import Dataset
    from geo.trial import Changes, Reading
    from maps.trial_view import TrialView

_TOTALS = (
    ("scenarios", "tình huống đã chạy", "scenarios run"),
    ("received", "hồ sơ tiếp nhận", "files received"),
    ("resolved", "đã giải quyết", "resolved"),
    ("on_time", "đúng hạn", "on time"),
)
_FIELDS = {
    "scenarios": ("tình huống", "scenarios"),
    "received": ("tiếp nhận", "received"),
    "resolved": ("giải quyết", "resolved"),
    "on_time": ("đúng hạn", "on time"),
    "median_minutes": ("trung vị (phút)", "median (minutes)"),
    "satisfaction_pct": ("hài lòng (%)", "satisfaction (%)"),
    "issues": ("vướng mắc", "issues"),
}


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command and its actions to the parser."""
    text = say("thử nghiệm 20–26/6/2025: bảng mẫu, nhập báo cáo", "the trial: template, import of reports, annex")
    actions = Actions(command("trial", run_import, text))
    filling = say("bảng để phường, xã điền", "a spreadsheet for wards to fill in")
    add_template(actions, run_template, filling, say).add_argument(
        "--ward",
        action="append",
        metavar="WARD",
        help=say("chỉ phường, xã này (mã hoặc tên); nêu được nhiều lần", "only this ward (code or name); repeatable"),
    )
    loading = add_import(actions, run_import, say)
    loading.add_argument(
        "--whole",
        action="store_true",
        help=say("tệp là toàn bộ báo cáo: báo cáo không có trong tệp bị xoá", "the file holds all reports: others go"),
    )
    loading.add_argument(
        "--partial",
        action="store_true",
        help=say("nhập các dòng đúng dù còn dòng sai", "take the rows in which nothing is wrong though others are"),
    )
    annex = actions.add("annex", run_annex, say("xuất phụ lục", "write the annex"))
    add_output(annex, say, ("tệp .xlsx, .csv hoặc .html", "a .xlsx, .csv or .html"))
    past = actions.add("history", run_history, say("các lần nhập", "the imports so far"))
    for action in (loading, annex, past):
        add_reports(action, say)


def add_reports(parser: argparse.ArgumentParser, say: Say) -> None:
    """Describe where reports are kept."""
    parser.add_argument(
        "--reports",
        type=Path,
        metavar="DIR",
        help=say(
            f"thư mục báo cáo thử nghiệm; mặc định {TRIAL_REPORTS}",
            f"folder of the trial reports; {TRIAL_REPORTS} by default",
        ),
    )


def run_template(options: argparse.Namespace, lang: Language) -> int:
    """Write the spreadsheet to fill in."""
    wards = _wards(_dataset())
    if options.ward:
        names = WardNames(wards)
        asked = [names.read(text, "") if text.isdecimal() else names.read("", text) for text in options.ward]
        wards = list(dict.fromkeys(asked))
    facts = open_store().trial()
    rows = write_template(options.output, facts=facts, wards=wards, lang=lang, overwrite=options.overwrite)
    print(
        f"{options.output}: {rows} dòng để điền, {len(wards)} phường, xã"
        if lang == "vi"
        else f"{options.output}: {rows} rows to fill in, {len(wards)} wards"
    )
    return 0


def run_import(options: argparse.Namespace, lang: Language) -> int:
    """Check a spreadsheet, show what it would change, and write it where asked to.

    Raises
    ------
    TableError
        The spreadsheet cannot be read or has problems, or where reports are kept is not said.
    """
    folder = operator_path(options.reports, TRIAL_REPORTS)
    if folder is None:
        raise TableError(
            vi="Chưa biết báo cáo để ở đâu: nêu --reports THƯ_MỤC hoặc đặt HANOI_WARDS_TRIAL_REPORTS.",
            en="Where reports are kept is not known: give --reports DIR or set HANOI_WARDS_TRIAL_REPORTS.",
            field="reports",
        )
    wards = _wards(_dataset())
    plan = plan_import(
        options.input,
        folder,
        facts=open_store().trial(),
        wards=wards,
        sheet=options.sheet,
        whole=options.whole,
        partial=options.partial,
    )
    names = {ward.code: ward.full_name for ward in wards}
    _print_reading(plan.reading, lang)
    _print_changes(plan.changes, names, lang)
    if plan.refused:
        count, rows = len(plan.reading.problems), len(plan.reading.left_out)
        raise TableError(
            vi=f"{count} chỗ sai ở {rows} dòng; chưa ghi gì. Hãy sửa bảng rồi chạy lại, hoặc thêm --partial để bỏ "
            f"{rows} dòng này.",
            en=f"{count} problems in {rows} rows; nothing is written. Mend the table and run again, or add --partial "
            f"to leave these {rows} rows out.",
        )
    if plan.reading.left_out:
        rows_text = ", ".join(map(str, plan.reading.left_out))
        print(("Bỏ ra các dòng: " if lang == "vi" else "Rows left out: ") + rows_text)

    def write() -> str:
        written = commit_import(plan, at=datetime.now().astimezone())
        return (
            f"Đã ghi {folder} (phiên bản {written.version}, {len(written.reports)} báo cáo)."
            if lang == "vi"
            else f"Written: {folder} (version {written.version}, {len(written.reports)} reports)."
        )

    return conclude(changes=plan.changes.any, write=write if options.commit else None, lang=lang)


def run_annex(options: argparse.Namespace, lang: Language) -> int:
    """Write the annex."""
    from maps.trial_map import trial_annex  # noqa: PLC0415  (folium is slow to load, and few commands need it)

    suffix = ending(options.output, (".xlsx", ".csv", ".html"))
    view = _view(options.reports)
    if suffix == ".html":
        content = trial_annex(view=view, lang=lang, standalone=True).encode("utf-8")
    else:
        made = annex_workbook if suffix == ".xlsx" else annex_csv
        content = made(view.figures, view.wards, view.loaded, lang)
    write_file(options.output, content, overwrite=options.overwrite)
    print(f"{options.output} ({_loaded_text(view, lang)})")
    return 0


def run_history(options: argparse.Namespace, lang: Language) -> int:
    """Print what each import did."""
    folder = operator_path(options.reports, TRIAL_REPORTS)
    entries = history(folder) if folder else []
    if not entries:
        print("Chưa nhập lần nào." if lang == "vi" else "Nothing was imported yet.")
    for entry in entries:
        words = (
            f"phiên bản {entry['version']}, {entry['imported_at']}: {entry['rows']} báo cáo"
            if lang == "vi"
            else f"version {entry['version']}, {entry['imported_at']}: {entry['rows']} reports"
        )
        counts = f"+{entry.get('added', 0)} ~{entry.get('changed', 0)} -{entry.get('removed', 0)}"
        print(f"{words} ({counts}), sha256 {entry.get('file_sha256', '?')[:12]}")
    return 0


def run_map(options: argparse.Namespace, lang: Language) -> int:
    """Write the map as one file that opens from disk."""
    from maps.coverage_file import DISPLAY_TOLERANCE_M  # noqa: PLC0415  (as above)
    from maps.trial_map import trial_file  # noqa: PLC0415  (folium is slow to load, and few commands need it)

    store = open_store()
    view = _view(options.reports)
    shapes = store.display_geometries(generation_on(store, None), DISPLAY_TOLERANCE_M)
    html = trial_file(view=view, shapes=shapes, lang=lang)
    options.output.write_text(html, encoding="utf-8")
    print(f"{options.output} ({len(html.encode()) / 1e6:.1f} MB; {_loaded_text(view, lang)})")
    return 0


def _view(reports: Path | None) -> TrialView:
    from api.trial_reports import trial_view  # noqa: PLC0415  (as above)

    folder = operator_path(reports, TRIAL_REPORTS)
    if folder is not None and not folder.is_dir():
        raise TableError(
            vi=f"Không có thư mục báo cáo “{folder}”.", en=f"There is no folder “{folder}”.", field="reports"
        )
    return trial_view(open_store().trial(), _dataset(), read_folder(folder) if folder else LoadedReports())


def _loaded_text(view: TrialView, lang: Language) -> str:
    count = len(view.figures.reports)
    if not count:
        return "chưa nạp báo cáo nào" if lang == "vi" else "no reports loaded"
    return f"{count} báo cáo, phiên bản {view.loaded.version}" if lang == "vi" else (
        f"{count} reports, version {view.loaded.version}"
    )  # fmt: skip


def _print_reading(reading: Reading, lang: Language) -> None:
    """Print what was understood of the table, and everything that is wrong."""
    columns = [
        (column(key).heading.message(lang), heading)
        for key, heading in reading.columns.items()
        if heading not in (column(key).heading.vi, column(key).heading.en)
    ]
    print_understood(columns, reading.ignored, reading.notices, lang)
    print(
        f"{reading.rows} dòng: {len(reading.reports)} báo cáo đúng, {reading.unfilled} dòng chưa điền, "
        f"{len(reading.left_out)} dòng sai"
        if lang == "vi"
        else f"{reading.rows} rows: {len(reading.reports)} good reports, {reading.unfilled} not filled in, "
        f"{len(reading.left_out)} wrong"
    )
    print_problems(reading.problems, lang)


def _print_changes(changes: Changes, names: dict[str, str], lang: Language) -> None:
    """Print before and after: what is new ward by ward, every figure that changes, every report that goes, totals."""
    at = 0 if lang == "vi" else 1
    for code, count in Counter(report.ward_code for report in changes.added).items():
        print(f"+ {names.get(code, code)} ({code}): {count} {('báo cáo', 'reports')[at]}")
    for change in changes.changed:
        said = "; ".join(
            f"{_FIELDS[name][at]} {_shown(before)} → {_shown(after)}" for name, before, after in change.differences
        )
        print(f"~ {_named(change.after, names, at)}: {said}")
    for report in changes.removed:
        print(f"- {_named(report, names, at)}")
    added, changed, removed = len(changes.added), len(changes.changed), len(changes.removed)
    print(
        f"Thêm {added}, sửa {changed}, xoá {removed}, giữ nguyên {changes.unchanged} báo cáo"
        if lang == "vi"
        else f"{added} added, {changed} changed, {removed} removed, {changes.unchanged} unchanged"
    )
    for field, *words in _TOTALS:
        print(f"  {words[at]}: {_total(changes.before, field)} → {_total(changes.after, field)}")


def _named(report: TrialReport, names: dict[str, str], at: int) -> str:
    ward = names.get(report.ward_code, report.ward_code)
    return f"{ward} ({report.ward_code}), {report.day:%d/%m}, {('nội dung', 'content')[at]} {report.content}"


def _total(reports: Sequence[TrialReport], field: str) -> str:
    given = [getattr(report, field) for report in reports if getattr(report, field) is not None]
    return str(sum(given)) if given else "–"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _dataset() -> Dataset:
    store = open_store()
    return store.dataset(generation_on(store, None))


def _wards(dataset: Dataset) -> list[Ward]:
    return [unit for unit in dataset.units if isinstance(unit, Ward)]
