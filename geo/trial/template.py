"""The spreadsheet that wards fill in: one row for each ward, day and content group, with no figure in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model import Text
from geo.tables.whole_output import ending, write_file
from geo.tables.workbook import Column, Sheet, csv_bytes, workbook_bytes
from geo.trial.columns import TEMPLATE, ColumnKey
from geo.trial.reading import REPORT_SHEET
from geo.trial.template_checks import UNITS, template_checks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.errors import Language
    from geo.model import ContentGroup, TrialFacts, Ward
    from geo.tables.workbook import Value

GUIDE_SHEET: Final = Text("Hướng dẫn", "Guide")
LISTS_SHEET: Final = Text("Danh mục", "Lists")

_GUIDE: Final = (
    Text(
        "Báo cáo vận hành thử nghiệm mô hình chính quyền địa phương hai cấp, 20–26/6/2025 (Kế hoạch 341-KH/TU).",
        "Report on the trial of two-tier local government, 20-26 June 2025 (plan 341-KH/TU).",
    ),
    Text(
        "Điền ở trang “Báo cáo”: mỗi dòng là một phường, xã, một ngày, một nhóm nội dung. Các cột đó đã điền sẵn.",
        "Fill in the sheet “Reports”: a row is one ward, one day, one content group. Those columns are filled in.",
    ),
    Text(
        "Để trống ô chưa có số liệu. Chỉ ghi 0 khi đúng là không có. Dòng không có số nào được bỏ qua, không phải lỗi.",
        "Leave cells without a figure empty. Write 0 only where there were none. Rows without figures are skipped.",
    ),
    Text(
        "Số lượng là số nguyên, viết liền (1234). “Đã giải quyết” không lớn hơn “Hồ sơ tiếp nhận”; “Đúng hạn” không "
        "lớn hơn “Đã giải quyết”; ghi phần nào thì phải ghi cả số lớn hơn của nó.",
        "Counts are whole, their digits together (1234). “Resolved” is at most “Files received”, “On time” at most "
        "“Resolved”; a part needs its whole beside it.",
    ),
    Text(
        "“Thời gian xử lý trung vị”: một nửa số hồ sơ xử lý nhanh hơn, một nửa lâu hơn. Chọn phút hoặc giờ ở cột bên "
        "cạnh.",
        "“Median processing time”: half of the files took less, half took longer. Choose minutes or hours in the "
        "column beside it.",
    ),
    Text("“Hài lòng (%)”: từ 0 đến 100, không ghi 0,95 thay cho 95.", "“Satisfaction (%)”: 0 to 100; not 0.95 for 95."),
    Text(
        "“Vướng mắc”: viết ngắn gọn. Không ghi tên, số điện thoại, số giấy tờ hay địa chỉ nhà của người dân.",
        "“Issues noted”: be brief. No names, telephone numbers, numbers of papers or home addresses of people.",
    ),
    Text(
        "Mỗi phường, xã, ngày và nội dung chỉ một dòng. Có thể xoá các dòng không dùng, thêm dòng, đổi thứ tự dòng và "
        "cột.",
        "One row for each ward, day and content group. Rows may be deleted, added and sorted, columns reordered.",
    ),
    Text(
        "Nhóm 8–10 (họp Ban Chấp hành Đảng bộ, kỳ họp HĐND, họp UBND) xếp vào mười nhóm là cách hiểu của đơn vị lập "
        "bảng: bài báo công bố kế hoạch nêu bảy nội dung rồi nêu thêm ba loại họp này.",
        "That groups 8 to 10 (meetings of the Party committee, the People's Council and the People's Committee) are of "
        "the ten is our reading: the article that printed the plan lists seven contents, then these three meetings.",
    ),
    Text(
        "Kiểm tra rồi nạp: hanoi-wards trial import TỆP --reports THƯ_MỤC, xem thay đổi, rồi thêm --commit.",
        "To check and load it: hanoi-wards trial import FILE --reports DIR, look at the changes, then add --commit.",
    ),
)


def write_template(
    path: Path, *, facts: TrialFacts, wards: Sequence[Ward], lang: Language, overwrite: bool = False
) -> int:
    """Write the template, as its name asks for: ``.xlsx`` with lists and limits, or ``.csv``.

    Parameters
    ----------
    wards
        Those that get rows, in this order.
    lang
        Of headings, guide and content groups; both languages are read back. Wards keep their own names.
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
    template = _Template(facts, wards, lang)
    content = workbook_bytes(template.sheets(), shown=1) if suffix == ".xlsx" else csv_bytes(template.to_fill_in())
    write_file(path, content, overwrite=overwrite)
    return len(wards) * len(facts.days) * len(facts.contents)


class _Template:
    """The sheets of one template."""

    def __init__(self, facts: TrialFacts, wards: Sequence[Ward], lang: Language) -> None:
        self._facts = facts
        self._wards = wards
        self._lang: Language = lang

    def sheets(self) -> Iterator[Sheet]:
        """Yield the guide, the rows to fill in and the lists to choose from."""
        guide = self._say("Hướng dẫn điền", "How to fill it in")
        yield Sheet(
            GUIDE_SHEET.message(self._lang), [Column(guide, 120)], ([line.message(self._lang)] for line in _GUIDE)
        )
        yield self.to_fill_in()
        yield self._lists()

    def to_fill_in(self) -> Sheet:
        """Return the rows to fill in."""
        columns = [Column(column.heading.message(self._lang), column.width) for column in TEMPLATE]
        checks = template_checks(self._facts, len(self._wards), LISTS_SHEET.message(self._lang), self._lang)
        return Sheet(REPORT_SHEET.message(self._lang), columns, self._rows(), checks=checks)

    def _rows(self) -> Iterator[list[Value]]:
        contents = [self._content(content) for content in self._facts.contents]
        for ward in self._wards:
            for day in self._facts.days:
                for content in contents:
                    filled: dict[ColumnKey, Value] = {
                        ColumnKey.WARD_CODE: ward.code,
                        ColumnKey.WARD: ward.full_name,
                        ColumnKey.DAY: day,
                        ColumnKey.CONTENT: content,
                        ColumnKey.MEDIAN_UNIT: UNITS[0].message(self._lang),
                    }
                    yield [filled.get(column.key) for column in TEMPLATE]

    def _lists(self) -> Sheet:
        facts, wards = self._facts, self._wards

        def rows() -> Iterator[list[Value]]:
            for at in range(max(len(wards), len(facts.contents))):
                ward = wards[at] if at < len(wards) else None
                content = facts.contents[at] if at < len(facts.contents) else None
                yield [
                    ward.full_name if ward else None,
                    ward.code if ward else None,
                    facts.days[at] if at < len(facts.days) else None,
                    self._content(content) if content else None,
                    content.what.message(self._lang) if content else None,
                ]

        columns = [
            Column(self._say("Phường, xã", "Ward"), 28),
            Column(self._say("Mã", "Code"), 10),
            Column(self._say("Ngày", "Day"), 12),
            Column(self._say("Nội dung", "Content"), 50),
            Column(self._say("Cách gọi đầy đủ", "In full"), 110),
        ]
        return Sheet(LISTS_SHEET.message(self._lang), columns, rows())

    def _content(self, content: ContentGroup) -> str:
        return f"{content.number}. {content.short.message(self._lang)}"

    def _say(self, vi: str, en: str) -> str:
        return vi if self._lang == "vi" else en
