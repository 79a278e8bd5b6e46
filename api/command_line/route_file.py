"""``hanoi-wards route-file``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tqdm import tqdm

from api.command_line.arguments import add_columns, add_subject, add_table, add_writing, at_least_one
from geo.cases import RouteColumns, RouteOptions, journal_path, route_table
from geo.engines import LocalEngine, usable_processors
from geo.model import Subject

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from api.command_line.arguments import Command, Say
    from geo.cases import RouteReport, RouteStart
    from geo.errors import Language

OUTCOMES = {
    "da_xac_dinh": ("đã xác định", "assigned"),
    "can_chon": ("cần chọn trong vài nơi", "choose among a set"),
    "thieu_thong_tin": ("thiếu thông tin", "not enough to say"),
    "ngoai_ha_noi": ("ngoài Hà Nội", "outside Hà Nội"),
    "mau_thuan": ("chứng cứ mâu thuẫn", "the evidence contradicts itself"),
}
_USED_AS = {
    "address": ("địa chỉ", "address"),
    "old_ward": ("phường, xã cũ", "old commune"),
    "district": ("quận, huyện cũ", "old district"),
    "lon": ("kinh độ", "longitude"),
    "lat": ("vĩ độ", "latitude"),
    "kind": ("loại", "kind"),
}
# Below this a second process takes longer to start than it saves.
_WORTH_MORE_WORKERS = 512 * 1024
# A worker takes about 250 MB: so many, and the run stays below 1 GB in all. Who has more memory names more.
_MOST_WORKERS = 3


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command to the parser."""
    many = command(
        "route-file",
        run,
        say(
            "tìm phường, xã mới cho cả bảng địa chỉ cũ CSV, XLSX, Parquet",
            "route a CSV, XLSX or Parquet table of old addresses to the new wards",
        ),
    )
    add_table(many, say)
    many.add_argument(
        "--address-column",
        action="append",
        metavar="COLUMN",
        help=say("cột địa chỉ; nêu nhiều lần thì ghép lại", "address column; several are joined"),
    )
    add_columns(
        many,
        (
            ("--old-ward", "cột phường, xã cũ", "column of the old commune"),
            ("--district", "cột quận, huyện cũ", "column of the old district"),
            ("--lon", "cột kinh độ", "longitude column"),
            ("--lat", "cột vĩ độ", "latitude column"),
            ("--kind", "cột loại hồ sơ: người hay thửa đất", "column that tells a person's file from a parcel's"),
        ),
        say,
    )
    add_subject(
        many,
        say(
            "cả bảng là nơi cư trú (resident) hay thửa đất, công trình (parcel)",
            "the whole table is of residences (resident) or of parcels and buildings (parcel)",
        ),
        default=None,
    )
    many.add_argument(
        "--workers",
        type=at_least_one(say),
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
    add_writing(many, say)


def run(options: argparse.Namespace, lang: Language) -> int:
    """Route a table and say what came out."""
    from geo.routing import Router  # noqa: PLC0415  (the gazetteer's tools are slow to load, and few commands need it)

    asked = RouteOptions(
        named=RouteColumns(
            address=tuple(options.address_column or ()),
            old_ward=options.old_ward,
            district=options.district,
            lon=options.lon,
            lat=options.lat,
            kind=options.kind,
        ),
        subject=Subject(options.subject) if options.subject else None,
        lang=lang,
        overwrite=options.overwrite,
        excel_bom=options.excel_bom,
        restart=options.restart,
    )
    unit = " dòng" if lang == "vi" else " rows"
    with tqdm(unit=unit, unit_scale=True, disable=not sys.stderr.isatty()) as bar:

        def started(start: RouteStart) -> None:
            for line in _first_lines(start, lang):
                bar.write(line, file=sys.stderr)
            bar.reset(total=start.expected_rows)
            bar.initial = bar.n = start.resumed_rows

        try:
            report = route_table(
                options.input,
                options.output,
                open_router=Router.open,
                engine=LocalEngine(options.workers or _workers_for(options.input)),
                options=asked,
                on_start=started,
                progress=bar.update,
            )
        except KeyboardInterrupt:
            _say_what_is_kept(options.output, lang)
            raise
    _say_what_was_done(report, options.output, lang)
    return 0


def _workers_for(source: Path) -> int:
    """Return how many workers a file is worth; a file that cannot be looked at is refused later."""
    try:
        large = source.stat().st_size >= _WORTH_MORE_WORKERS
    except OSError:
        large = False
    return min(usable_processors(), _MOST_WORKERS) if large else 1


def _first_lines(start: RouteStart, lang: Language) -> list[str]:
    english = lang == "en"
    lines = [
        ("Column of " if english else "Cột ") + f"{_USED_AS[use][english]}: {', '.join(headings)}"
        for use, headings in start.columns.items()
    ]
    if start.resumed_rows:
        lines.append(
            f"Going on from row {start.next_row}: {start.resumed_rows} rows were done before."
            if english
            else f"Tiếp tục từ dòng {start.next_row}: {start.resumed_rows} dòng đã xong từ trước."
        )
    return lines


def _say_what_is_kept(output: Path, lang: Language) -> None:
    journal = journal_path(output)
    if journal.exists():
        print(
            f"Các dòng đã xong được giữ trong “{journal.name}”: chạy lại đúng lệnh này để làm tiếp."
            if lang == "vi"
            else f"The rows that are done are kept in “{journal.name}”: run the same command again to go on.",
            file=sys.stderr,
        )


def _say_what_was_done(report: RouteReport, output: Path, lang: Language) -> None:
    say, english = sys.stderr, lang == "en"
    seconds, speed = report.manifest["seconds"], report.manifest["rows_per_second"]
    took = f"{seconds:.1f} s, {speed:.0f} rows/s" if english else f"{seconds:.1f} giây, {speed:.0f} dòng/giây"
    print((f"{report.rows} rows → " if english else f"{report.rows} dòng → ") + f"{output} ({took})", file=say)
    for outcome, count in sorted(report.outcomes.items()):
        print(f"  {outcome} ({OUTCOMES[outcome][english]}): {count}", file=say)
    for notice in report.notices:
        print(f"  ! {notice}", file=say)
