"""``hanoi-wards handover``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from api.command_line.arguments import add_columns, add_overwrite, add_sheet
from geo.model import AddressRole, CaseKind

if TYPE_CHECKING:
    import argparse

    from api.command_line.arguments import Command, Say
    from geo.cases.handover import HandoverReport
    from geo.errors import Language

_COLUMNS = (
    ("--number", "cột số hồ sơ", "column of the case number"),
    ("--kind-column", "cột lĩnh vực, loại hồ sơ", "column of the kind"),
    ("--received", "cột ngày nhận", "column of the day of receipt"),
    ("--district", "cột quận, huyện cũ", "column of the old district"),
    ("--old-ward", "cột phường, xã cũ", "column of the old commune"),
    ("--state", "cột trạng thái", "column of the state"),
    ("--lon", "cột kinh độ", "longitude column"),
    ("--lat", "cột vĩ độ", "latitude column"),
)
_ADDRESSES = (
    (AddressRole.RESIDENCE, "--residence", "cột nơi cư trú", "column of the residence"),
    (AddressRole.REGISTRATION, "--registration", "cột nơi đăng ký hộ tịch", "column of the place of registration"),
    (AddressRole.PARCEL, "--parcel", "cột địa chỉ thửa đất", "column of the parcel's address"),
    (AddressRole.SITE, "--site", "cột địa điểm xây dựng, dự án", "column of the building or project site"),
    (AddressRole.PREMISES, "--premises", "cột địa điểm kinh doanh", "column of the business premises"),
    (AddressRole.OTHER, "--address", "cột địa chỉ không nói rõ của gì", "column of an address without a role"),
)
_SHOWN_GROUPS = 5
# What fewer files ask may quote one person's address; the folder has it, the screen does not.
_SHOWN_ROWS = 5


def add_arguments(command: Command, say: Say) -> None:
    """Describe the command to the parser."""
    files = command(
        "handover",
        run,
        say(
            "chia hồ sơ của quận, huyện cũ thành gói bàn giao cho từng phường, xã",
            "sort an old district's case files into one package for each receiving ward",
        ),
    )
    files.add_argument("input", type=Path, help=say("bảng hồ sơ CSV, XLSX, Parquet", "CSV, XLSX or Parquet table"))
    files.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=say("thư mục ra", "folder"))
    add_columns(files, _COLUMNS, say)
    for role, name, vi, en in _ADDRESSES:
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
    add_sheet(files, say)
    add_overwrite(files, say)


def run(options: argparse.Namespace, lang: Language) -> int:
    """Write the packages and say what came out."""
    # The gazetteer's tools and the workbooks are slow to load, and few commands need them.
    from geo.cases.handover import CaseColumns, HandoverOptions, write_handover  # noqa: PLC0415
    from geo.routing import Router  # noqa: PLC0415
    from maps.handover_cover import cover_page  # noqa: PLC0415

    asked = HandoverOptions(
        named=CaseColumns(
            number=options.number,
            kind=options.kind_column,
            received=options.received,
            old_district=options.district,
            old_commune=options.old_ward,
            state=options.state,
            lon=options.lon,
            lat=options.lat,
            addresses=tuple(
                (role, heading) for role in AddressRole for heading in getattr(options, f"role_{role.value}") or ()
            ),
        ),
        kind=CaseKind(options.kind) if options.kind else None,
        old_district=options.giving_district or "",
        sheet=options.sheet,
        lang=lang,
        overwrite=options.overwrite,
    )
    unit = " dòng" if lang == "vi" else " rows"
    with tqdm(unit=unit, unit_scale=True, disable=not sys.stderr.isatty()) as bar:
        report = write_handover(
            options.input,
            options.output,
            router=Router.open(),
            cover_page=cover_page,
            options=asked,
            progress=bar.update,
        )
    _say(report, str(options.output), lang)
    return 0


def _say(report: HandoverReport, output: str, lang: Language) -> None:
    """Print what was done; counts and questions only, nothing of a person's."""
    from geo.cases.handover.queue import waiting  # noqa: PLC0415
    from geo.cases.handover.words import OUTCOME_NAMES, issue_name  # noqa: PLC0415

    vietnamese = lang == "vi"
    lines = [("Cột " if vietnamese else "Column of ") + column for column in report.columns]
    if report.missing:
        lines.append(("Không có cột: " if vietnamese else "No column for: ") + ", ".join(report.missing))
    packed = sum(rows for _, _, rows in report.packages)
    lines.append(
        f"{report.rows} dòng → {output}: {len(report.packages)} phường, xã nhận {packed}; chờ xác minh "
        f"{report.rows - packed}"
        if vietnamese
        else f"{report.rows} rows → {output}: {len(report.packages)} wards receive {packed}; to be verified "
        f"{report.rows - packed}"
    )
    lines += [
        f"  {outcome} ({OUTCOME_NAMES[outcome].message(lang)}): {count}"
        for outcome, count in sorted(report.outcomes.items())
    ]
    shown = [group for group in report.groups if group.rows >= _SHOWN_ROWS][:_SHOWN_GROUPS]
    lines += [f"  ? {group.rows}: {waiting(group, lang)}" for group in shown]
    lines += [f"  ! {issue_name(code).message(lang)}: {count}" for code, count in report.issues.most_common()]
    lines += [f"  ! {notice}" for notice in report.notices]
    for line in lines:
        print(line, file=sys.stderr)
