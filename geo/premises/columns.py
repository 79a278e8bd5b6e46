"""The columns of the spreadsheet that staff fill in, and of the tables that they download: one and the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.premises.roles import CONFIDENCES, METHOD_NAMES, STATUS_NAMES, PremisesRole, RowStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.model import Premises, Ward

WARD_CODE: Final = "ma_phuong_xa"
WARD_NAME: Final = "ten_phuong_xa"
NUMBER: Final = "so_tru_so"
ROLE: Final = "vai_tro"
STATUS: Final = "trang_thai"
ADDRESS: Final = "dia_chi"
POINT: Final = "toa_do"
METHOD: Final = "cach_xac_dinh"
UNCERTAINTY: Final = "sai_so_m"
CONFIDENCE: Final = "do_tin_cay"
SOURCE: Final = "nguon"
VALID_FROM: Final = "hieu_luc_tu"
NOTE: Final = "ghi_chu"

INSIDE: Final = "trong_phuong_xa"
IMPORTED: Final = "ngay_nhap"
ONLY_OUT: Final = ("id", "co_quan", "kinh_do", "vi_do", INSIDE, IMPORTED)
"""Columns of downloads that an import leaves alone: they follow from the others."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the spreadsheet.

    Parameters
    ----------
    name
        Its heading.
    headings
        Other headings it is recognised by; compared without case, diacritics and punctuation.
    needed
        Whether a table without it is refused.
    vi, en
        What goes into it.
    choices
        What a cell may be, for the drop-down list.
    """

    name: str
    headings: Sequence[str]
    needed: bool
    vi: str
    en: str
    width: int = 16
    choices: Sequence[str] = ()


COLUMNS: Final = (
    Column(
        WARD_CODE,
        ("mã phường xã", "mã phường, xã", "mã xã", "mã đơn vị", "ward_code", "ward code"),
        needed=True,
        vi="Mã năm chữ số của phường, xã mới, ví dụ 00070.",
        en="Five-digit code of the new ward, such as 00070.",
    ),
    Column(
        WARD_NAME,
        ("tên phường xã", "phường xã", "phường, xã", "tên đơn vị", "ward_name", "ward"),
        needed=False,
        vi="Tên phường, xã; nếu có thì phải khớp với mã.",
        en="Name of the ward; where given it has to agree with the code.",
        width=24,
    ),
    Column(
        NUMBER,
        ("số trụ sở", "trụ sở số", "stt trụ sở", "premises_no", "number"),
        needed=True,
        vi="1 hoặc 2: trụ sở thứ nhất hay thứ hai của phường, xã.",
        en="1 or 2: the ward's first or second premises.",
        width=11,
    ),
    Column(
        ROLE,
        ("vai trò", "role"),
        needed=True,
        vi="Cơ quan làm việc ở đó, chọn trong danh sách.",
        en="Which bodies work there, from the list.",
        width=28,
        choices=tuple(role.value for role in PremisesRole),
    ),
    Column(
        STATUS,
        ("trạng thái", "tình trạng", "status"),
        needed=False,
        vi="Để trống là “đang dùng”. “không còn dùng” bỏ một trụ sở đã biết khỏi sổ.",
        en="Empty means in use (“đang dùng”). “không còn dùng” takes a known premises out of the register.",
        choices=tuple(STATUS_NAMES.values()),
    ),
    Column(
        ADDRESS,
        ("địa chỉ", "địa chỉ trụ sở", "địa điểm", "address"),
        needed=True,
        vi="Địa chỉ như văn bản ghi.",
        en="The address as the document has it.",
        width=48,
    ),
    Column(
        POINT,
        ("toạ độ", "tọa độ", "vị trí", "coordinates", "position"),
        needed=False,
        vi="Toạ độ nếu có, một ô: 21.0296, 105.8504 hoặc X=2326345 Y=588591 (VN-2000). Không có thì để trống.",
        en="Coordinates if known, in one cell: 21.0296, 105.8504 or X=2326345 Y=588591 (VN-2000). Else leave it empty.",
        width=26,
    ),
    Column(
        METHOD,
        ("cách xác định", "chất lượng vị trí", "method"),
        needed=False,
        vi="Toạ độ chỉ vào đâu; cần khi có toạ độ.",
        en="What the coordinates point at; needed with coordinates.",
        choices=tuple(METHOD_NAMES.values()),
    ),
    Column(
        UNCERTAINTY,
        ("sai số", "sai số (m)", "sai số mét", "uncertainty_m", "uncertainty"),
        needed=False,
        vi="Sai số của toạ độ, mét; cần khi có toạ độ.",
        en="Uncertainty of the coordinates in metres; needed with coordinates.",
        width=10,
    ),
    Column(
        CONFIDENCE,
        ("độ tin cậy", "tin cậy", "confidence"),
        needed=True,
        vi="A hai nguồn khớp nhau · A- · B một bảng · C phương án, báo không ghi địa chỉ · D nguồn mâu thuẫn.",
        en="A two agreeing sources · A- · B one table · C plan or press without an address · D sources conflict.",
        width=11,
        choices=CONFIDENCES,
    ),
    Column(
        SOURCE,
        ("nguồn", "nguồn tài liệu", "căn cứ", "source"),
        needed=True,
        vi="Văn bản hoặc trang có thông tin này.",
        en="The document or page that says so.",
        width=40,
    ),
    Column(
        VALID_FROM,
        ("hiệu lực từ", "từ ngày", "valid_from"),
        needed=False,
        vi="Ngày bắt đầu dùng, 01/07/2025 hoặc 2025-07-01.",
        en="First day of use, 01/07/2025 or 2025-07-01.",
    ),
    Column(NOTE, ("ghi chú", "note"), needed=False, vi="Ghi chú.", en="Note.", width=30),
)

NAMES: Final = tuple(column.name for column in COLUMNS)
OUT_COLUMNS: Final = ("id", *NAMES[: NAMES.index(ROLE) + 1], "co_quan", *NAMES[NAMES.index(STATUS) :], *ONLY_OUT[2:])
"""The columns of a download, in order."""


def cells_of(premises: Premises, ward: Ward, imported_on: date | None = None) -> dict[str, str]:
    """Return a premises as the cells of a download; an import recognises them as unchanged."""
    position = premises.position
    return {
        "id": premises.id,
        WARD_CODE: premises.ward_code,
        WARD_NAME: ward.full_name,
        NUMBER: str(premises.number),
        ROLE: premises.role,
        "co_quan": "; ".join(premises.bodies),
        STATUS: STATUS_NAMES[RowStatus(premises.status.value)],
        ADDRESS: premises.address or "",
        POINT: f"{position.lat:.6f}, {position.lon:.6f}" if position else "",
        METHOD: METHOD_NAMES[position.method] if position else "",
        UNCERTAINTY: f"{position.uncertainty_m:.15g}" if position else "",
        CONFIDENCE: premises.confidence,
        SOURCE: premises.source,
        VALID_FROM: premises.valid_from.isoformat() if premises.valid_from else "",
        NOTE: premises.note,
        "kinh_do": f"{position.lon:.6f}" if position else "",
        "vi_do": f"{position.lat:.6f}" if position else "",
        INSIDE: ("có" if position.inside_ward else "không") if position else "",
        IMPORTED: imported_on.isoformat() if imported_on else "",
    }
