"""Words of the sheets, in both languages; the names of files and folders are the same in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.cases.decision_cells import OUTCOME_WORDS
from geo.model import RouteOutcome, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGES_FOLDER: Final = "phuong-xa"
QUEUE_FOLDER: Final = "cho-xac-minh"
RECONCILIATION_NAME: Final = "doi-soat.xlsx"
MANIFEST_NAME: Final = "manifest.json"

OUTCOME_NAMES: Final[Mapping[str, Text]] = {
    OUTCOME_WORDS[RouteOutcome.ASSIGNED]: Text("đã xác định", "assigned"),
    OUTCOME_WORDS[RouteOutcome.CHOOSE]: Text("cần chọn trong vài nơi", "choose among a set"),
    OUTCOME_WORDS[RouteOutcome.INSUFFICIENT]: Text("thiếu thông tin", "not enough to say"),
    OUTCOME_WORDS[RouteOutcome.CONFLICT]: Text("thông tin mâu thuẫn", "the evidence contradicts itself"),
    OUTCOME_WORDS[RouteOutcome.OUTSIDE]: Text("ngoài Hà Nội", "outside Hà Nội"),
}

ROWS: Final = Text("Số hồ sơ", "Files")
ROW: Final = Text("Dòng tệp vào", "Row of input")
CASE_NUMBER: Final = Text("Mã hồ sơ", "Case number")
KIND: Final = Text("Lĩnh vực", "Kind")
STATE: Final = Text("Trạng thái", "State")
OUTCOME: Final = Text("Kết quả", "Outcome")
WARD_CODE: Final = Text("Mã phường, xã", "Ward code")
WARD: Final = Text("Phường, xã nhận", "Receiving ward")
TOTAL: Final = Text("Tổng", "Total")
QUEUE: Final = Text("Chờ xác minh", "To be verified")
GROUP: Final = Text("Nhóm", "Group")
QUESTION: Final = Text("Điều cần biết", "What needs to be known")
CANDIDATES: Final = Text("Phường, xã có thể nhận (số hồ sơ)", "Possible wards (files)")
PLACE: Final = Text("Dòng trong cho-xac-minh/ho-so.xlsx", "Rows in cho-xac-minh/ho-so.xlsx")
PACKAGE: Final = Text("Nằm trong", "Is in")
PACKAGE_ROW: Final = Text("Dòng trong ho-so.xlsx", "Row in ho-so.xlsx")
ISSUE: Final = Text("Lưu ý", "Note")
NO_DISTRICT: Final = Text("chưa ghi quận, huyện cũ", "old district not named")

ISSUE_NAMES: Final[Mapping[str, Text]] = {
    "duplicate_number": Text("trùng số hồ sơ", "case number not unique"),
    "no_number": Text("không có số hồ sơ", "no case number"),
    "unread_date": Text("ngày nhận không đọc được", "date of receipt not readable"),
    "unclear_kind": Text("không rõ lĩnh vực", "kind not clear"),
    "unclear_state": Text("không rõ trạng thái", "state not clear"),
    "unread_coordinates": Text("toạ độ không dùng được", "coordinates not usable"),
    "blank_row": Text("dòng trống", "empty row"),
    "short_row": Text("dòng thiếu ô", "row too short"),
    "long_row": Text("dòng thừa ô", "row too long"),
    "formula_without_value": Text("công thức chưa có kết quả", "formula without its result"),
    "error_value": Text("ô báo lỗi", "cell with an error"),
}


def issue_name(code: str) -> Text:
    """Return the words for a kind of issue; its code where there are none."""
    return ISSUE_NAMES.get(code, Text(code, code))
