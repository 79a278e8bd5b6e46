"""The spreadsheet that wards fill in: one row for each ward, day and content group, with no figure in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.trial.cells import LARGEST_COUNT, LARGEST_MINUTES
from geo.trial.columns import TEMPLATE, ColumnKey
from geo.trial.output import ending, write_file
from geo.trial.reading import REPORT_SHEET
from geo.trial.workbook import Sheet, csv_bytes, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from geo.model import TrialFacts, Ward
    from geo.trial.workbook import Value

GUIDE_SHEET: Final = "Hướng dẫn"
LISTS_SHEET: Final = "Danh mục"

_UNITS: Final = ("phút", "giờ")
_GUIDE: Final = (
    "Báo cáo vận hành thử nghiệm mô hình chính quyền địa phương hai cấp, 20–26/6/2025 (Kế hoạch 341-KH/TU).",
    "Điền ở trang “Báo cáo”: mỗi dòng là một phường, xã, một ngày, một nhóm nội dung. Ba cột đầu đã điền sẵn.",
    "Để trống ô chưa có số liệu. Chỉ ghi 0 khi đúng là không có. Dòng không có số nào được bỏ qua, không phải lỗi.",
    "Số lượng là số nguyên, viết liền (1234). “Đã giải quyết” không lớn hơn “Hồ sơ tiếp nhận”; “Đúng hạn” không lớn "
    "hơn “Đã giải quyết”; ghi phần nào thì phải ghi cả số lớn hơn của nó.",
    "“Thời gian xử lý trung vị”: một nửa số hồ sơ xử lý nhanh hơn, một nửa lâu hơn. Chọn phút hoặc giờ ở cột bên cạnh.",
    "“Hài lòng (%)”: từ 0 đến 100, không ghi 0,95 thay cho 95.",
    "“Vướng mắc”: viết ngắn gọn. Không ghi tên, số điện thoại, số giấy tờ hay địa chỉ nhà của người dân.",
    "Mỗi phường, xã, ngày và nội dung chỉ một dòng. Có thể xoá các dòng không dùng, thêm dòng, đổi thứ tự dòng và cột.",
    "Nhóm 8–10 (họp Ban Chấp hành Đảng bộ, kỳ họp HĐND, họp UBND) xếp vào mười nhóm là cách hiểu của đơn vị lập bảng: "
    "bài báo công bố kế hoạch nêu bảy nội dung rồi nêu thêm ba loại họp này.",
    "Kiểm tra rồi nạp: hanoi-wards trial import TỆP --reports THƯ_MỤC, xem thay đổi, rồi thêm --commit.",
)


def write_template(path: Path, *, facts: TrialFacts, wards: Sequence[Ward], overwrite: bool = False) -> int:
    """Write the template, as its name asks for: ``.xlsx`` with lists and limits, or ``.csv``.

    Parameters
    ----------
    wards
        Those that get rows, in this order.
    overwrite
        Whether a file that is there may be replaced: it may be one that somebody has filled in.

    Returns
    -------
    The number of rows to fill in.

    Raises
    ------
    TableError
        The name ends otherwise, or the file is there already.
    """
    suffix = ending(path, (".xlsx", ".csv"))
    headings = [column.heading.vi for column in TEMPLATE]
    rows = list(_rows(facts, wards))
    if suffix == ".xlsx":
        content = workbook(_sheets(facts, wards, headings, rows), shown=1)
    else:
        content = csv_bytes(headings, rows)
    write_file(path, content, overwrite=overwrite)
    return len(rows)


def _rows(facts: TrialFacts, wards: Sequence[Ward]) -> Iterator[list[Value]]:
    contents = [f"{content.number}. {content.short.vi}" for content in facts.contents]
    for ward in wards:
        for day in facts.days:
            for content in contents:
                filled: dict[ColumnKey, Value] = {
                    ColumnKey.WARD_CODE: ward.code,
                    ColumnKey.WARD: ward.full_name,
                    ColumnKey.DAY: day,
                    ColumnKey.CONTENT: content,
                    ColumnKey.MEDIAN_UNIT: _UNITS[0],
                }
                yield [filled.get(column.key) for column in TEMPLATE]


def _sheets(facts: TrialFacts, wards: Sequence[Ward], headings: list[str], rows: list[list[Value]]) -> Iterator[Sheet]:
    yield Sheet(GUIDE_SHEET, ["Hướng dẫn điền"], [120], ([line] for line in _GUIDE))
    widths = [column.width for column in TEMPLATE]
    yield Sheet(REPORT_SHEET, headings, widths, rows, _checks(facts, len(wards), len(rows)))
    yield Sheet(LISTS_SHEET, ["Phường, xã", "Mã", "Ngày", "Nội dung", "Cách gọi đầy đủ"], [28, 10, 12, 50, 110],
                _lists(facts, wards))  # fmt: skip


def _lists(facts: TrialFacts, wards: Sequence[Ward]) -> Iterator[list[Value]]:
    for at in range(max(len(wards), len(facts.contents))):
        ward = wards[at] if at < len(wards) else None
        content = facts.contents[at] if at < len(facts.contents) else None
        yield [
            ward.full_name if ward else None,
            ward.code if ward else None,
            facts.days[at] if at < len(facts.days) else None,
            f"{content.number}. {content.short.vi}" if content else None,
            content.what.vi if content else None,
        ]


def _checks(facts: TrialFacts, wards: int, rows: int) -> list[DataValidation]:
    """Return what the spreadsheet program lets into each column; the import checks it all again."""
    letters = {column.key: get_column_letter(at) for at, column in enumerate(TEMPLATE, 1)}
    last = rows + 1
    checks = []

    def add(key: ColumnKey, title: str, text: str, **rule: str) -> None:
        check = DataValidation(allow_blank=True, showErrorMessage=True, errorTitle=title, error=text, **rule)  # type: ignore[arg-type]
        check.add(f"{letters[key]}2:{letters[key]}{last}")
        checks.append(check)

    def listed(letter: str, count: int) -> str:
        return f"'{LISTS_SHEET}'!${letter}$2:${letter}${count + 1}"

    add(ColumnKey.WARD, "Phường, xã", "Chọn một tên trong danh mục.", type="list", formula1=listed("A", wards))
    add(ColumnKey.DAY, "Ngày", _days_text(facts.days), type="list", formula1=listed("C", len(facts.days)))
    add(ColumnKey.CONTENT, "Nội dung", "Chọn một nhóm trong danh mục.", type="list",
        formula1=listed("D", len(facts.contents)))  # fmt: skip
    for key, whole in (
        (ColumnKey.SCENARIOS, None), (ColumnKey.RECEIVED, None),
        (ColumnKey.RESOLVED, ColumnKey.RECEIVED), (ColumnKey.ON_TIME, ColumnKey.RESOLVED),
    ):  # fmt: skip
        most = f"{letters[whole]}2" if whole else str(LARGEST_COUNT)
        add(key, "Số lượng", "Số nguyên từ 0, không lớn hơn số mà nó là một phần; để trống nếu chưa có.", type="whole",
            operator="between", formula1="0", formula2=most)  # fmt: skip
    add(ColumnKey.MEDIAN, "Thời gian", "Một số từ 0; chọn đơn vị ở cột bên cạnh.", type="decimal",
        operator="between", formula1="0", formula2=str(LARGEST_MINUTES))  # fmt: skip
    add(ColumnKey.MEDIAN_UNIT, "Đơn vị", "phút hoặc giờ", type="list", formula1=f'"{",".join(_UNITS)}"')
    add(ColumnKey.SATISFACTION, "Hài lòng", "Từ 0 đến 100.", type="decimal", operator="between", formula1="0",
        formula2="100")  # fmt: skip
    return checks


def _days_text(days: Sequence[date]) -> str:
    return f"Một ngày từ {days[0]:%d/%m/%Y} đến {days[-1]:%d/%m/%Y}."
