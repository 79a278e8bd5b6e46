"""The columns of the spreadsheet that wards fill in, of the reports kept and of the annex."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from geo.errors import TableError
from geo.model import Text
from geo.tables import find_column

if TYPE_CHECKING:
    from collections.abc import Sequence


class ColumnKey(StrEnum):
    """What a column holds; the value is its name in the reports kept."""

    WARD_CODE = "ward_code"
    WARD = "ward"
    DAY = "day"
    CONTENT = "content"
    SCENARIOS = "scenarios"
    RECEIVED = "received"
    RESOLVED = "resolved"
    ON_TIME = "on_time"
    MEDIAN = "median"
    MEDIAN_UNIT = "median_unit"
    MEDIAN_MINUTES = "median_minutes"
    MEDIAN_HOURS = "median_hours"
    SATISFACTION = "satisfaction_pct"
    ISSUES = "issues"


COUNTS: Final = (ColumnKey.SCENARIOS, ColumnKey.RECEIVED, ColumnKey.RESOLVED, ColumnKey.ON_TIME)
FIGURES: Final = (
    *COUNTS, ColumnKey.MEDIAN, ColumnKey.MEDIAN_MINUTES, ColumnKey.MEDIAN_HOURS, ColumnKey.SATISFACTION,
    ColumnKey.ISSUES,
)  # fmt: skip
"""Columns of which at least one is filled in where there is a report; the unit of a time alone is none."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the others that it is recognised by (compared without case, marks, diacritics)."""

    key: ColumnKey
    heading: Text
    headings: tuple[str, ...]
    width: int = 12


COLUMNS: Final = (
    Column(ColumnKey.WARD_CODE, Text("Mã phường, xã", "Ward code"), ("mã", "mã xã", "mã đơn vị", "ma_px", "code")),
    Column(
        ColumnKey.WARD, Text("Phường, xã", "Ward"),
        ("tên phường, xã", "phường xã mới", "tên đơn vị", "đơn vị", "phường", "xã", "ward name"), 26,
    ),
    Column(ColumnKey.DAY, Text("Ngày", "Day"), ("ngày báo cáo", "date")),
    Column(
        ColumnKey.CONTENT, Text("Nội dung", "Content"), ("nhóm nội dung", "số nội dung", "content group"), 46,
    ),
    Column(
        ColumnKey.SCENARIOS, Text("Số tình huống đã chạy", "Scenarios run"),
        ("số tình huống", "tình huống", "scenarios"),
    ),
    Column(
        ColumnKey.RECEIVED, Text("Hồ sơ tiếp nhận", "Files received"),
        ("tiếp nhận", "số hồ sơ tiếp nhận", "đã tiếp nhận", "received"),
    ),
    Column(
        ColumnKey.RESOLVED, Text("Đã giải quyết", "Resolved"),
        ("hồ sơ đã giải quyết", "số hồ sơ đã giải quyết", "giải quyết"),
    ),
    Column(
        ColumnKey.ON_TIME, Text("Đúng hạn", "On time"),
        ("giải quyết đúng hạn", "hồ sơ đúng hạn", "đã giải quyết đúng hạn"),
    ),
    Column(
        ColumnKey.MEDIAN, Text("Thời gian xử lý trung vị", "Median processing time"),
        ("thời gian trung vị", "thời gian xử lý", "median time"),
    ),
    Column(ColumnKey.MEDIAN_UNIT, Text("Đơn vị thời gian", "Unit of time"), ("đơn vị tính thời gian", "time unit")),
    Column(
        ColumnKey.MEDIAN_MINUTES, Text("Thời gian xử lý trung vị (phút)", "Median processing time (minutes)"),
        ("thời gian trung vị (phút)", "thời gian xử lý (phút)", "median minutes"),
    ),
    Column(
        ColumnKey.MEDIAN_HOURS, Text("Thời gian xử lý trung vị (giờ)", "Median processing time (hours)"),
        ("thời gian trung vị (giờ)", "thời gian xử lý (giờ)", "median hours"),
    ),
    Column(
        ColumnKey.SATISFACTION, Text("Hài lòng (%)", "Satisfaction (%)"),
        ("mức độ hài lòng", "mức độ hài lòng (%)", "tỷ lệ hài lòng", "tỉ lệ hài lòng", "hài lòng", "satisfaction"),
    ),
    Column(
        ColumnKey.ISSUES, Text("Vướng mắc", "Issues noted"),
        ("khó khăn, vướng mắc", "vướng mắc, kiến nghị", "tồn tại, vướng mắc", "issues"), 50,
    ),
)  # fmt: skip

TEMPLATE: Final = tuple(
    column for column in COLUMNS if column.key not in (ColumnKey.MEDIAN_MINUTES, ColumnKey.MEDIAN_HOURS)
)
"""The columns of the template: the time has its unit beside it."""

_BY_KEY: Final = {column.key: column for column in COLUMNS}


def column(key: ColumnKey) -> Column:
    """Return one column."""
    return _BY_KEY[key]


def recognise(headings: Sequence[str]) -> dict[ColumnKey, int]:
    """Tell which column stands where; never by its position.

    Returns
    -------
    Positions from 0 by key; columns that the table lacks are not in it.

    Raises
    ------
    TableError
        Two headings could be the same column, or a column that every report needs is missing.
    """
    found = {}
    for known in COLUMNS:
        names = (known.key.value, known.heading.vi, known.heading.en, *known.headings)
        place = find_column(headings, named=None, headings=names, what=known.heading.vi)
        if place is not None:
            found[known.key] = place
    missing = [
        known.heading for known in (_BY_KEY[ColumnKey.DAY], _BY_KEY[ColumnKey.CONTENT]) if known.key not in found
    ]
    if not {ColumnKey.WARD_CODE, ColumnKey.WARD} & found.keys():
        missing.insert(0, _BY_KEY[ColumnKey.WARD_CODE].heading)
    if not set(FIGURES) & found.keys():
        missing.append(_BY_KEY[ColumnKey.RECEIVED].heading)
    if missing:
        listed = ", ".join(f"“{heading}”" for heading in headings)
        raise TableError(
            vi=f"Thiếu cột {', '.join(f'“{text.vi}”' for text in missing)}. Bảng có các cột: {listed}. "
            "Dòng đầu của bảng phải là dòng tiêu đề như trong bảng mẫu.",
            en=f"Missing columns: {', '.join(f'“{text.en}”' for text in missing)}. The table has: {listed}. "
            "Its first row has to be the headings of the template.",
            field=missing[0].vi,
        )
    return found
