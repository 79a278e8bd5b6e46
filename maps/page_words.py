"""The words of the ward finder, Vietnamese and English side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.errors import Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Tìm phường, xã mới của Hà Nội", "Find your new ward in Hà Nội"),
    "skip": ("Đến nội dung chính", "Skip to main content"),
    "lead": (
        "Từ ngày 01/7/2025 Hà Nội có 126 phường, xã mới. Nhập toạ độ, chạm vào bản đồ hoặc dùng vị trí của thiết bị "
        "để biết nơi đó thuộc phường, xã nào và trụ sở ở đâu.",
        "Since 1 July 2025 Hà Nội has 126 new wards. Type coordinates, press the map or use this device's position to "
        "learn which ward a place is in and where its office is.",
    ),
    "label": ("Toạ độ của nơi cần tìm", "Coordinates of the place"),
    "example": (
        "Ví dụ: 21.0285, 105.8542 · 21°01'42\"N 105°51'15\"E · VN-2000 trên giấy tờ đất: X=2325500 Y=588600",
        "For example: 21.0285, 105.8542 · 21°01'42\"N 105°51'15\"E · VN-2000 from land papers: X=2325500 Y=588600",
    ),
    "find": ("Tìm", "Find"),
    "here": ("Vị trí của tôi", "My position"),
    "problem": ("Chưa tra cứu được", "That could not be looked up"),
    "answer": ("Kết quả", "Answer"),
    "to_map": ("Xem trên bản đồ", "See it on the map"),
    "belongs": ("Nơi này thuộc", "This place is in"),
    "touches": ("Nơi này nằm đúng trên ranh giới giữa", "This place is exactly on the border of"),
    "ward_is": ("Phường, xã", "Ward"),
    "outside": ("Nơi này nằm ngoài Hà Nội", "This place is outside Hà Nội"),
    "nearest_ward": ("Phường, xã gần nhất là", "The nearest ward is"),
    "code": ("Mã (từ 01/7/2025)", "Code (since 1 July 2025)"),
    "population": ("Dân số", "Population"),
    "area": ("Diện tích", "Area"),
    "people": ("người", "people"),
    "border": ("Ranh giới gần nhất", "Nearest border"),
    "distant": ("cách", "about"),
    "across": ("bên kia là", "across it lies"),
    "other_province": ("tỉnh khác", "another province"),
    "sources_differ": ("hai nguồn bản đồ ở đây thường lệch", "the two map sources usually differ here by"),
    "certain": ("Cả hai nguồn bản đồ đều cho kết quả này.", "Both map sources give this answer."),
    "uncertain": ("Điều chưa chắc", "What is not certain"),
    "near": ("Thiết bị chỉ biết vị trí của bạn trong vòng", "The device knows its position only to within"),
    "near_shares": ("Trong vòng tròn đó có", "That circle covers"),
    "offices": ("Trụ sở đã biết", "Known offices"),
    "no_address": ("Địa chỉ chưa được công bố dạng văn bản", "Address not public as text"),
    "no_position": ("vị trí trên bản đồ chưa xác định", "position on the map not known"),
    "planned": ("chỉ theo phương án tháng 5/2025", "only in the plan of May 2025"),
    "temporary": ("tạm thời", "temporary"),
    "about": ("cách khoảng", "about"),
    "away": ("", "away"),
    "uncertainty": ("sai số khoảng", "give or take"),
    "accuracy": ("Vị trí trên bản đồ có sai số khoảng", "Its position on the map is good to about"),
    "outside_ward": ("nằm ngoài phường, xã này", "outside this ward"),
    "open_map": ("Mở bằng ứng dụng bản đồ", "Open in a map app"),
    "offices_note": (
        "Thông báo 729/TB-UBND có 232 trụ sở; khoảng 102 trụ sở thứ hai chưa được công bố dạng văn bản. "
        "Nên gọi hỏi trước khi đến.",
        "Notice 729/TB-UBND lists 232 offices; about 102 second offices are not public as text. Call before you go.",
    ),
    "made_from": ("Được lập từ", "Made from"),
    "clause": ("khoản", "clause"),
    "law": ("Điều 1 Nghị quyết 1656/NQ-UBTVQH15", "Article 1, Resolution 1656/NQ-UBTVQH15"),
    "neighbours": ("Giáp với", "Neighbours"),
    "map_heading": ("Bản đồ 126 phường, xã", "Map of the 126 wards"),
    "map_help": (
        "Chạm hoặc bấm vào bản đồ để tra một nơi. Bàn phím: phím mũi tên để dời, + − để phóng to, thu nhỏ, "
        "Enter để tra nơi có dấu cộng ở giữa.",
        "Press the map to look a place up. Keyboard: arrows move, + − zoom, Enter looks up the cross in the middle.",
    ),
    "list_heading": ("Danh sách 126 phường, xã", "List of the 126 wards"),
    "name": ("Tên", "Name"),
    "data": ("Dữ liệu", "Data"),
    "version": ("phiên bản dữ liệu", "data version"),
    "in_force": ("phường, xã có hiệu lực từ", "wards in force since"),
    "privacy": (
        "Vị trí bạn hỏi không được lưu và không đưa vào địa chỉ trang.",
        "The position you ask about is not stored and not put into the page's address.",
    ),
    "language": ("Ngôn ngữ", "Language"),
    "other_language": ("English", "Tiếng Việt"),
    "pick": ("Chọn phường, xã", "Choose a ward"),
    "standalone_lead": (
        "Bản đồ này mở được không cần mạng. Chọn một phường, xã trên bản đồ hoặc trong danh sách.",
        "This map opens without a network. Choose a ward on the map or in the list.",
    ),
}

_MAP_WORDS: dict[str, tuple[str, str]] = {
    "asking": ("Đang tra…", "Looking up…"),
    "failed": ("Không kết nối được máy chủ. Hãy thử lại.", "The server could not be reached. Try again."),
    "refused": ("Máy chủ đang gặp lỗi. Hãy thử lại sau.", "The server has a fault. Try again later."),
    "locating": ("Đang chờ thiết bị cho biết vị trí…", "Waiting for the device's position…"),
    "noGeolocation": (
        "Thiết bị không cho biết được vị trí. Hãy nhập toạ độ hoặc chạm vào bản đồ.",
        "The device could not tell its position. Type coordinates or press the map.",
    ),
    "denied": (
        "Bạn chưa cho phép dùng vị trí. Hãy nhập toạ độ hoặc chạm vào bản đồ.",
        "The position was not allowed. Type coordinates or press the map.",
    ),
    "noWards": (
        "Không tải được ranh giới để vẽ; vẫn tra cứu được.",
        "The borders could not be drawn; look-ups still work.",
    ),
    "map": ("Bản đồ phường, xã Hà Nội", "Map of Hà Nội's wards"),
    "up": ("Dời lên trên", "Move up"),
    "down": ("Dời xuống dưới", "Move down"),
    "left": ("Dời sang trái", "Move left"),
    "right": ("Dời sang phải", "Move right"),
    "whole": ("Xem cả Hà Nội", "See the whole city"),
    "zoomIn": ("Phóng to", "Zoom in"),
    "zoomOut": ("Thu nhỏ", "Zoom out"),
}


@cache
def page_words(lang: Language) -> dict[str, Any]:
    """Return every word of the page in one language; the map's own words under ``map``."""
    column = lang == "en"
    words: dict[str, Any] = {key: pair[column] for key, pair in _WORDS.items()}
    words["map"] = {key: pair[column] for key, pair in _MAP_WORDS.items()}
    return words
