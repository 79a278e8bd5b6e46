"""``hanoi-wards projects``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geo.locate import WardIndex

if TYPE_CHECKING:
    import argparse

    from geo.errors import Language

_OUTCOMES = {
    "de_xuat_chu_tri": ("đề xuất được một đơn vị chủ trì", "one ward is proposed to lead"),
    "can_quyet_dinh": ("tỷ lệ sát nhau, cần người quyết định", "shares are close, people decide"),
    "chi_giap_ranh": ("chỉ giáp ranh giới Hà Nội", "only touches the border"),
    "ngoai_ha_noi": ("ngoài Hà Nội", "outside Hà Nội"),
    "loi": ("có lỗi, không tính được", "wrong, no answer"),
}
_SHOWN_ERRORS = 20


def run(options: argparse.Namespace, lang: Language) -> int:
    """Write which wards each project touches, and say what came out."""
    from geo.cases.projects import ReadOptions, answer_projects  # noqa: PLC0415  (pandas and GDAL are slow to load)

    report = answer_projects(
        options.input,
        options.output,
        index=WardIndex.open(),
        options=ReadOptions(
            crs=options.crs, wkt=options.wkt, layer=options.layer, sheet=options.sheet, encoding=options.encoding
        ),
        lang=lang,
        overwrite=options.overwrite,
    )
    vietnamese = lang == "vi"
    lines = [
        f"{report.projects} dự án, {report.rows} dòng → {options.output}"
        if vietnamese
        else f"{report.projects} projects, {report.rows} rows → {options.output}"
    ]
    lines += [
        f"  {role.value} ({_OUTCOMES[role.value][not vietnamese]}): {count}" for role, count in report.outcomes.items()
    ]
    lines += [f"  ! {notice}" for notice in report.notices]
    word = "Dự án" if vietnamese else "Project"
    lines += [f"  ! {word} {number}: {why}" for number, why in report.errors[:_SHOWN_ERRORS]]
    if len(report.errors) > _SHOWN_ERRORS:
        lines.append("  ! …")
    for line in lines:
        print(line, file=sys.stderr)
    return 0
