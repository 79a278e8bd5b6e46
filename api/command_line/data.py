"""``hanoi-wards data build|check|info`` and ``hanoi-wards map``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from api.command_line import crosswalk, export, premises, trial
from api.command_line.arguments import Actions
from geo.crosswalk import Crosswalk
from geo.integrity import Severity, check_store
from geo.locate import WardIndex
from geo.stores import embedded_data_dir, open_store

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.errors import Language
    from geo.integrity import Finding

_MARKS = {Severity.OK: "✓", Severity.WARNING: "!", Severity.ERROR: "✗"}


def add_arguments(command: Command, say: Say) -> None:
    """Describe the commands to the parser."""
    group = command(
        "data", run_info, say("dữ liệu: dựng, kiểm tra, thông tin, xuất", "the data: build, check, info, export")
    )
    actions = Actions(group)
    build = actions.add("build", run_build, say("dựng từ dữ liệu nguồn", "build from the source data"))
    build.add_argument(
        "--source", type=Path, required=True, help=say("thư mục dữ liệu nguồn", "folder of the source data")
    )
    build.add_argument("--target", type=Path, help=say("thư mục đích", "folder to write"))
    checking = actions.add("check", run_check, say("chạy mọi kiểm tra", "run every check"))
    telling = actions.add("info", run_info, say("phiên bản, số lượng, nguồn", "version, counts, sources"))
    files = say("mọi lớp trong mọi định dạng, để tải về", "every layer in every format, to be downloaded")
    exporting = actions.add("export", export.run, files)
    exporting.add_argument("-o", "--output", type=Path, required=True, help=say("thư mục ra", "folder to write"))
    for action in (checking, telling, exporting):
        action.add_argument("--data-dir", type=Path, help=say("thư mục dữ liệu", "folder of the data"))
    drawing = command(
        "map",
        run_map,
        say("xuất bản đồ thành một tệp HTML tự đủ", "export a map as one self-contained HTML file"),
    )
    drawn = ("wards", "premises", "trial", "crosswalk")
    drawing.add_argument("name", choices=drawn, help=say("bản đồ nào", "which map"))
    drawing.add_argument("-o", "--output", type=Path, required=True, help=say("tệp HTML", "HTML file"))
    trial.add_reports(drawing, say)


def run_build(options: argparse.Namespace, lang: Language) -> int:
    """Build the data from their sources."""
    from geo.ingest import build  # noqa: PLC0415  (pandas and geopandas are slow to load, and only this needs them)

    target = options.target or embedded_data_dir()
    return _report(build(options.source, target), lang)


def run_check(options: argparse.Namespace, lang: Language) -> int:
    """Run every integrity check; exit code 1 when one fails."""
    return _report(check_store(open_store(options.data_dir)), lang)


def run_info(options: argparse.Namespace, lang: Language) -> int:
    """Print versions, counts and inputs."""
    store = open_store(options.data_dir)
    print(("Phiên bản dữ liệu: " if lang == "vi" else "Data version: ") + store.data_version)
    for folder, manifest in store.manifests.items():
        print(f"\n{folder} (schema {manifest['schema_version']})")
        print(json.dumps(manifest["facts"], ensure_ascii=False, indent=2))
    return 0


def run_map(options: argparse.Namespace, lang: Language) -> int:
    """Write a map as one file."""
    if options.name == "premises":
        return premises.run_map(options, lang)
    if options.name == "trial":
        return trial.run_map(options, lang)
    if options.name == "crosswalk":
        return crosswalk.run_map(options, lang)
    from maps.ward_finder import standalone_page  # noqa: PLC0415  (folium is slow to load, and only this needs it)

    store = open_store()
    html = standalone_page(index=WardIndex.open(store=store), crosswalk=Crosswalk.open(store), store=store, lang=lang)
    options.output.write_text(html, encoding="utf-8")
    print(f"{options.output} ({len(html.encode()) / 1e6:.1f} MB)")
    return 0


def _report(findings: list[Finding], lang: Language) -> int:
    for finding in findings:
        print(f"{_MARKS[finding.severity]} {finding.check}: {finding.message(lang)}")
    failed = sum(finding.severity is Severity.ERROR for finding in findings)
    warned = sum(finding.severity is Severity.WARNING for finding in findings)
    if lang == "vi":
        print(f"{len(findings)} kiểm tra, {failed} không đạt, {warned} cảnh báo")
    else:
        print(f"{len(findings)} checks, {failed} failed, {warned} warnings")
    return 1 if failed else 0
