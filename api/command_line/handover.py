"""``hanoi-wards handover``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tqdm import tqdm

from geo.model import AddressRole, CaseKind

if TYPE_CHECKING:
    import argparse

    from geo.cases.handover import HandoverReport
    from geo.errors import Language

_SHOWN_GROUPS = 5
# What fewer files ask may quote one person's address; the folder has it, the screen does not.
_SHOWN_ROWS = 5


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
