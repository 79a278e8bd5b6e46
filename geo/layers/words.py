"""What each layer is called, what it holds, and under what licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLES: Final[Mapping[str, Text]] = {
    "wards": Text("126 phường, xã mới (từ 01/7/2025)", "The 126 wards (since 1 July 2025)"),
    "old-communes": Text("526 xã, phường, thị trấn cũ (gần đúng)", "The 526 communes until 30 June 2025 (approximate)"),
    "old-districts": Text("30 quận, huyện, thị xã cũ (gần đúng)", "The 30 districts until 30 June 2025 (approximate)"),
    "premises": Text("Trụ sở đã biết của phường, xã", "Known office premises of the wards"),
    "crosswalk-pieces": Text(
        "Phần của đơn vị cũ trong phường, xã mới (gần đúng)", "Old communes cut along the wards (approximate)"
    ),
}

DESCRIPTIONS: Final[Mapping[str, Text]] = {
    "wards": Text(
        "Ranh giới, dân số và diện tích của 126 phường, xã của Hà Nội. Không phải hồ sơ địa giới pháp lý.",
        "Borders, population and area of Hà Nội's 126 wards. Not the legal boundary record.",
    ),
    "old-communes": Text(
        "Các xã, phường, thị trấn trước ngày 01/7/2025. Hình vẽ chỉ gần đúng, để định hướng: sai lệch thường 35 m, "
        "có nơi trên 115 m. Mã nào cũng chỉ có nghĩa cùng thế hệ của nó.",
        "The communes before 1 July 2025. Shapes are approximate, for orientation: usually 35 m off, in places more "
        "than 115 m. A code means something only together with its generation.",
    ),
    "old-districts": Text(
        "Các quận, huyện, thị xã trước ngày 01/7/2025, ghép từ hình vẽ gần đúng của các xã, phường, thị trấn.",
        "The districts before 1 July 2025, joined from the approximate shapes of their communes.",
    ),
    "premises": Text(
        "Các trụ sở đã biết, mỗi trụ sở có nguồn và độ tin cậy. Không có vị trí trung thực thì không có điểm "
        "(geometry là null); vị trí nào cũng kèm sai số.",
        "The premises that are known, each with its source and confidence. Where no honest position is known there is "
        "no point (the geometry is null); every position carries its uncertainty.",
    ),
    "crosswalk-pieces": Text(
        "795 liên kết của Nghị quyết 1656/NQ-UBTVQH15 và phần đất tương ứng trên hình vẽ. Luật là lời văn của khoản; "
        "hình vẽ chỉ gần đúng, để định hướng. Phần quá nhỏ để vẽ không có hình (geometry là null).",
        "The 795 links of Nghị quyết 1656/NQ-UBTVQH15 and the ground of each as drawn. The law is the khoản's wording; "
        "shapes are approximate, for orientation. A piece too small to draw has no shape (the geometry is null).",
    ),
}

_FITTED: Final = Text(
    "Tên theo Nghị quyết 1656/NQ-UBTVQH15. Hình vẽ dựa trên gói R vietnam63 (MIT theo khai báo của gói; quyền tác giả "
    "gốc chưa rõ); gần đúng, để định hướng.",
    "Names from Nghị quyết 1656/NQ-UBTVQH15. Shapes derived from the R package vietnam63 (MIT as the package declares; "
    "underlying authorship unclear); approximate, for orientation.",
)

LICENCES: Final[Mapping[str, Text]] = {
    "wards": Text(
        "Số liệu theo văn bản nhà nước. Ranh giới: Nhà xuất bản Tài nguyên – Môi trường và Bản đồ Việt Nam (15/3/2026)"
        "; không tìm thấy giấy phép mở, bên vận hành phải xin phép trước khi công bố.",
        "Figures from state documents. Borders: Vietnam Publishing House of Natural Resources, Environment and "
        "Cartography (15 March 2026); no open licence was found, the operator confirms permission before public "
        "release.",
    ),
    "old-communes": _FITTED,
    "old-districts": _FITTED,
    "premises": Text(
        "Địa chỉ: dữ kiện, nguồn ghi ở từng dòng. Vị trí: © những người đóng góp OpenStreetMap, ODbL 1.0.",
        "Addresses: facts, each row names its source. Positions: © OpenStreetMap contributors, ODbL 1.0.",
    ),
    "crosswalk-pieces": Text(
        "Liên kết: văn bản nhà nước. Hình vẽ: giao của hai lớp wards và old-communes, theo điều kiện của cả hai.",
        "Links: a state document. Shapes: cut from the layers wards and old-communes, under the terms of both.",
    ),
}
