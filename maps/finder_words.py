"""The words of the ward finder, Vietnamese and English side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from maps.words import SUGGESTIONS, in_one, map_words, page_words

if TYPE_CHECKING:
    from geo.errors import Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Tìm phường, xã mới của Hà Nội", "Find your new ward in Hà Nội"),
    "lead": (
        "Từ ngày 01/7/2025 Hà Nội có 126 phường, xã mới. Nhập địa chỉ cũ hay mới, chạm vào bản đồ hoặc dùng vị "
        "trí của thiết bị để biết nơi đó thuộc phường, xã nào và trụ sở ở đâu.",
        "Since 1 July 2025 Hà Nội has 126 new wards. Type an old or new address, press the map or use this "
        "device's position to learn which ward a place is in and where its office is.",
    ),
    "label": (
        "Địa chỉ, phường, xã cũ hoặc mới, hoặc toạ độ",
        "Address, old or new ward, or coordinates",
    ),
    "example": (
        "Ví dụ: phường Hàng Bạc, Hoàn Kiếm cũ · 12 Hàng Bài, Hoàn Kiếm · 21.0285, 105.8542 · VN-2000: X=2325500 "
        "Y=588600",
        "For example: phường Hàng Bạc, Hoàn Kiếm cũ · 12 Hàng Bài, Hoàn Kiếm · 21.0285, 105.8542 · VN-2000: "
        "X=2325500 Y=588600",
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
    "area": ("Diện tích", "Area"),
    "people": ("người", "people"),
    "border": ("Ranh giới gần nhất", "Nearest border"),
    "distant": ("cách", "about"),
    "across": ("bên kia là", "across it lies"),
    "other_province": ("tỉnh khác", "another province"),
    "sources_differ": ("hai nguồn bản đồ ở đây thường lệch", "the two map sources usually differ here by"),
    "certain": ("Cả hai nguồn bản đồ đều cho kết quả này.", "Both map sources give this answer."),
    "near": ("Thiết bị chỉ biết vị trí của bạn trong vòng", "The device knows its position only to within"),
    "near_shares": ("Trong vòng tròn đó có", "That circle covers"),
    "no_position": ("vị trí trên bản đồ chưa xác định", "position on the map not known"),
    "planned": ("chỉ theo phương án tháng 5/2025", "only in the plan of May 2025"),
    "about": ("cách khoảng", "about"),
    "away": ("", "away"),
    "uncertainty": ("sai số khoảng", "give or take"),
    "accuracy": ("Vị trí trên bản đồ có sai số khoảng", "Its position on the map is good to about"),
    "offices_note": (
        "Thông báo 729/TB-UBND có 232 trụ sở; khoảng 102 trụ sở thứ hai chưa được công bố dạng văn bản. "
        "Nên gọi hỏi trước khi đến.",
        "Notice 729/TB-UBND lists 232 offices; about 102 second offices are not public as text. Call before you go.",
    ),
    "map_heading": ("Bản đồ 126 phường, xã", "Map of the 126 wards"),
    "map_help": (
        "Chạm hoặc bấm vào bản đồ để tra một nơi. Bàn phím: phím mũi tên để dời, + − để phóng to, thu nhỏ, "
        "Enter để tra nơi có dấu cộng ở giữa. Đường phố hiện ra khi phóng to.",
        "Press the map to look a place up. Keyboard: arrows move, + − zoom, Enter looks up the cross in the "
        "middle. Streets appear as you zoom in.",
    ),
    "list_heading": ("Danh sách 126 phường, xã", "List of the 126 wards"),
    "privacy": (
        "Điều bạn hỏi không được lưu và không đưa vào địa chỉ trang. Nơi bạn chạm trên bản đồ và vị trí của "
        "thiết bị được tra ngay trong máy, không gửi đi.",
        "What you ask is not stored and not put into the page's address. Places you press and this device's "
        "position are looked up on the device and not sent.",
    ),
    "short_title": ("Phường mới Hà Nội", "Hà Nội wards"),
    "address_in": ("Địa chỉ này thuộc", "This address is in"),
    "because": ("Vì sao", "Why"),
    "known": ("Điều đã biết", "What is known"),
    "address_outside": ("Địa chỉ này nằm ngoài Hà Nội", "This address is outside Hà Nội"),
    "conflict": ("Địa chỉ có chỗ mâu thuẫn", "The address contradicts itself"),
    "unknown": ("Chưa nhận ra địa chỉ", "The address was not recognised"),
    "unknown_more": (
        "Hãy viết thêm phường, xã và quận, huyện cũ, ví dụ: Hàng Bạc, Hoàn Kiếm.",
        "Add the old ward and district, for example: Hàng Bạc, Hoàn Kiếm.",
    ),
    "empty": (
        "Hãy nhập địa chỉ, tên phường, xã hoặc toạ độ.",
        "Type an address, the name of a ward or commune, or coordinates.",
    ),
    "unanswered_commune": ("Hãy chọn phường, xã cũ.", "Choose the old ward."),
    "unanswered_street": ("Hãy chọn hoặc gõ tên đường, phố, thôn.", "Choose or type the street or village."),
    "unanswered_number": ("Hãy nhập số nhà hoặc số ngõ.", "Type the number of the house or alley."),
    "unanswered_ward": ("Hãy chọn phường, xã.", "Choose the ward."),
    "one_more": ("Cần biết thêm một điều", "One more thing is needed"),
    "one_of": ("Địa chỉ này thuộc một trong {} phường, xã", "This address is in one of {} wards"),
    "why_asked": ("Vì sao hỏi", "Why we ask"),
    "ask_commune": ("Trước 01/7/2025 địa chỉ này ở phường, xã nào?", "Which ward was it in before 1 July 2025?"),
    "ask_street": ("Nhà ở đường, phố nào?", "On which street is it?"),
    "ask_number": ("Số nhà hoặc số ngõ là bao nhiêu?", "What is the number of the house or alley?"),
    "ask_ward": ("Bạn biết mình thuộc phường, xã nào?", "Do you know which of these it is?"),
    "other_street": ("Tên đường, phố, thôn khác", "Another street or village"),
    "number": ("Số nhà hoặc ngõ, ví dụ: 12 hoặc ngõ 34", "House or alley, for example: 12 or ngõ 34"),
    "choose": ("Hãy chọn", "Choose"),
    "not_listed": ("Địa chỉ của tôi không có trong danh sách", "My address is not in the list"),
    "no_number": ("Địa chỉ của tôi không có số nhà", "My address has no number"),
    "go_on": ("Tiếp tục", "Continue"),
    "pin": ("Ghim vị trí nhà trên bản đồ", "Pin the house on the map"),
    "what_now": ("Khi địa chỉ không có trong danh sách", "If the address is not in the list"),
    "what_now_pin": (
        "Ghim vị trí nhà trên bản đồ, hoặc nhập toạ độ ghi trên giấy tờ đất: cách này không cần tên đường.",
        "Pin the house on the map, or type the coordinates from your land papers: that needs no street name.",
    ),
    "what_now_visit": (
        "Hoặc hỏi tại trụ sở của một trong các phường, xã dưới đây và mang theo giấy tờ nhà đất. Trang này không có số "
        "điện thoại nào đã được kiểm chứng.",
        "Or ask at the office of one of the wards below and take your house or land papers with you. This page has no "
        "telephone number that has been verified.",
    ),
    "may_be": ("Có thể là", "It may be"),
    "nearer": ("gần hơn", "nearer"),
    "open_web": ("Mở trên OpenStreetMap", "Open on OpenStreetMap"),
    "pick": ("Chọn phường, xã", "Choose a ward"),
    "standalone_lead": (
        "Bản đồ này mở được không cần mạng. Chọn một phường, xã trên bản đồ hoặc trong danh sách.",
        "This map opens without a network. Choose a ward on the map or in the list.",
    ),
}

_MAP_WORDS: dict[str, tuple[str, str]] = {
    **SUGGESTIONS,
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
    "offline": (
        "Đang không có mạng: chưa tra được chữ đã nhập. Vẫn tra được bằng cách chạm vào bản đồ.",
        "There is no network: what was typed cannot be looked up. Pressing the map still works.",
    ),
    "noShapes": (
        "Chưa tải được ranh giới chi tiết nên máy chưa tự tra được nơi này. Hãy thử lại khi có mạng.",
        "The detailed borders could not be loaded, so this place cannot be looked up yet. Try again with a network.",
    ),
    "pinNow": ("Hãy chạm vào chỗ nhà bạn trên bản đồ.", "Press the place of the house on the map."),
    "foundNone": ("Không có gợi ý; vẫn bấm Tìm được.", "No suggestions; you can still press Find."),
    "streetCredit": (
        "Đường phố: © những người đóng góp OpenStreetMap, ODbL 1.0",
        "Streets: © OpenStreetMap contributors, ODbL 1.0",
    ),
    "map": ("Bản đồ phường, xã Hà Nội", "Map of Hà Nội's wards"),
}


_LOCAL_WORDS: dict[str, tuple[str, str]] = {
    "belongs": ("Nơi này thuộc", "This place is in"),
    "outside": ("Nơi này nằm ngoài Hà Nội", "This place is outside Hà Nội"),
    "nearestWard": ("Phường, xã gần nhất là {} ({}).", "The nearest ward is {} ({})."),
    "uncertain": ("Điều chưa chắc", "What is not certain"),
    "certain": ("Cả hai nguồn bản đồ đều cho kết quả này.", "Both map sources give this answer."),
    "near": (
        "Sát ranh giới: cách {} khoảng {}. Hai nguồn bản đồ lệch nhau ở đây, hãy hỏi trụ sở cho chắc.",
        "Near the border: about {1} from {0}. Two map sources differ here; ask at the office to be sure.",
    ),
    "nearOutside": (
        "Chỉ cách {} khoảng {} và hai nguồn bản đồ lệch nhau ở đây.",
        "Only about {1} from {0}, and two map sources differ here.",
    ),
    "otherProvince": ("tỉnh khác", "another province"),
    "disc": (
        "Thiết bị chỉ biết vị trí của bạn trong vòng {}. Trong vòng tròn đó có: {}.",
        "The device knows its position only to within {}. That circle covers: {}.",
    ),
    "borderTerm": ("Ranh giới gần nhất", "Nearest border"),
    "border": ("cách {}; bên kia là {}", "about {}; across it lies {}"),
    "distance": ("cách khoảng {} (sai số khoảng {})", "about {} away (give or take {})"),
    "nearer": ("gần hơn", "nearer"),
    "onPhone": (
        "Tra ngay trong thiết bị này; vị trí không được gửi đi.",
        "Looked up on this device; the position was not sent.",
    ),
    "tooNear": ("Nơi này sát ranh giới giữa", "This place is right at the border of"),
    "tooNearWhy": (
        "Nơi này cách đường ranh giới chưa đến {}, trong khi bản đồ trong máy chỉ chính xác đến khoảng đó. Muốn biết "
        "chính xác cần hỏi máy chủ.",
        "This place is less than {} from the border line, and the map on this device is no more exact than that. For "
        "the exact answer the server must be asked.",
    ),
    "send": ("Gửi toạ độ này để có kết quả chính xác", "Send these coordinates for the exact answer"),
    "sent": (
        "Toạ độ chỉ dùng để trả lời, không được lưu.",
        "The coordinates are used for the answer only and are not stored.",
    ),
    "tooRough": (
        "Thiết bị chỉ biết vị trí trong vòng khoảng {}, không đủ để biết phường, xã. Hãy nhập địa chỉ hoặc chạm vào "
        "bản đồ.",
        "The device knows its position only within about {}, not enough to tell the ward. Type an address or press "
        "the map.",
    ),
    "notCandidate": (
        "Nơi ghim không nằm trong các phường, xã mà địa chỉ có thể thuộc về. Hãy xem lại nơi ghim hoặc địa chỉ.",
        "The pin is in none of the wards that the address may be in. Check the pin or the address.",
    ),
}


@cache
def finder_words(lang: Language) -> dict[str, Any]:
    """Return every word of the page in one language; the map's under ``map``, local answers' under ``local``."""
    return {**page_words(_WORDS, lang), "map": map_words(_MAP_WORDS, lang), "local": in_one(_LOCAL_WORDS, lang)}
