"""Case files for the tests of the handover, and what they write."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl

from geo.cases.handover import HandoverOptions, HandoverReport, write_handover
from maps.handover_cover import cover_page
from tests.unit.law_router import LawRouter

HEADING = [
    "Mã hồ sơ", "Lĩnh vực", "Ngày nhận", "Quận huyện cũ", "Phường xã cũ", "Nơi thường trú", "Địa chỉ thửa đất",
    "Số CCCD", "Trạng thái", "Kinh độ", "Vĩ độ",
]  # fmt: skip
WARD = "Phường Hoàn Kiếm"
PACKAGE = "phuong-xa/00070-phuong-hoan-kiem"
ASSIGNED = ["HS1", "Khai sinh", "05/06/2025", "Quận Hoàn Kiếm", "", "Số 1, Hàng Gai, Hoàn Kiếm"]


def row(*cells: Any) -> list[Any]:
    return [*cells, *([""] * (len(HEADING) - len(cells)))]


ROWS: list[list[Any]] = [
    row(*ASSIGNED, "", "001099000001", "Đang xử lý"),
    row("HS2", "GCN QSDĐ", "5/6/2025", "Quận Hoàn Kiếm", "", "Hải Phòng", "=1+1, Hàng Gai, Hoàn Kiếm", "-", "chưa trả"),
    row("HS3", "đất đai", "2025-06-05", "Quận Long Biên", "Ngọc Thụy", "", "Thửa 2, Ngọc Thụy, Long Biên"),
    row("HS4", "đất đai", "31/02/2025", "Quận Long Biên", "Ngọc Thụy", "", "Thửa 3, Ngọc Thụy, Long Biên"),
    row(),
    row("hs 1", "xyz", "45813", "Q. Ba Đình", "", "Số 4, Ngọc Thụy, Long Biên"),
    row("", "Khai tử", "", "Quận Hoàn Kiếm", "", "Hải Phòng"),
    row("HS7", "đất đai", "", "Quận Hoàn Kiếm", "", "Số 1, Hàng Gai, Hoàn Kiếm"),
    row("HS8", "Kết hôn", "", "", "", "mâu thuẫn, Hàng Gai, Hoàn Kiếm", "", "", "Đã trả"),
    row("HS9", "Kết hôn", "", "", "Hàng Gai", "", "", "", "tồn", "21.03", "105.85"),
]
PLACES = ["pack", "pack", "queue", "queue", "queue", "queue", "queue", "queue", "queue", "pack"]


def delimited(rows: list[list[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def csv_file(folder: Path, rows: list[list[Any]], name: str = "in.csv") -> Path:
    path = folder / name
    path.write_text(delimited([HEADING, *rows]), encoding="utf-8", newline="")
    return path


def hand_over(source: Path, target: Path, router: LawRouter, **options: Any) -> HandoverReport:
    return write_handover(source, target, router=router, cover_page=cover_page, options=HandoverOptions(**options))


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def sheet(path: Path, name: str | None = None) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    return list((book[name] if name else book.active).iter_rows(values_only=True))


def everything(target: Path) -> list[dict[str, str]]:
    return [row for path in sorted(target.rglob("ho-so.csv")) for row in table(path)]


def own_cells(written: dict[str, str]) -> tuple[str, ...]:
    return tuple(written[heading] for heading in HEADING)
