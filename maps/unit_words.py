"""The words of the pages of units and of the old-to-new map, Vietnamese and English side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from geo.model import Residents
from maps.words import SUGGESTIONS, map_words, page_words

if TYPE_CHECKING:
    from geo.errors import Language

_WORDS: Final[dict[str, tuple[str, str]]] = {
    # ---- a ward
    "ward_title": ("{name}, Hà Nội: trụ sở, ranh giới, lập từ đâu", "{name}, Hà Nội: offices, borders, made from what"),
    "ward_description": (
        "{name} (mã {code}, từ 01/7/2025): {population} người, {area} km², lập từ {count} xã, phường, thị trấn cũ theo "
        "khoản {clause} Điều 1 Nghị quyết 1656/NQ-UBTVQH15; trụ sở và phường, xã giáp ranh.",
        "{name} (code {code}, since 1 July 2025): {population} people, {area} km², made from {count} old communes by "
        "clause {clause} of Article 1, Resolution 1656/NQ-UBTVQH15; its offices and neighbours.",
    ),
    "facts": ("Thông tin chung", "Facts"),
    "code": ("Mã", "Code"),
    "code_since": ("{code}, từ 01/7/2025", "{code}, since 1 July 2025"),
    "code_reused": (
        "Trước ngày 01/7/2025, mã này là của {old} ({district}). Cả 126 phường, xã mới đều dùng lại mã của một đơn "
        "vị cũ: "
        "chỉ nêu mã mà không nêu ngày thì chưa biết là nói nơi nào.",
        "Before 1 July 2025 this code was that of {old} ({district}). All 126 new wards re-use an old commune's code: "
        "a code without a date does not say which place is meant.",
    ),
    "people": ("người (theo nghị quyết)", "people (by the resolution)"),
    "area": ("Diện tích tự nhiên", "Area"),
    "area_note": (
        "{area}\u00a0km² theo nghị quyết; đo trên bản đồ {measured}\u00a0km²",
        "{area}\u00a0km² by the resolution; {measured}\u00a0km² on the map",
    ),
    "premises_none": (
        "Chưa biết trụ sở nào của phường, xã này dưới dạng văn bản.",
        "No office of this ward is public as text.",
    ),
    "premises_note": (
        "Thông báo 729/TB-UBND có 232 trụ sở cho 126 phường, xã nhưng đăng dạng ảnh: nơi này có thể còn trụ sở chưa "
        "nêu ở "
        "đây. Nên gọi hỏi trước khi đến.",
        "Notice 729/TB-UBND lists 232 offices for 126 wards, but as pictures: this ward may have an office that is not "
        "listed here. Call before you go.",
    ),
    "planned": ("chỉ có trong phương án tháng 5/2025", "only in the plan of May 2025"),
    "position": ("Vị trí", "Position"),
    "position_known": (
        "xác định theo {method}, sai số khoảng {metres}; dấu {mark} trên hình",
        "placed by {method}, good to about {metres}; mark {mark} in the drawing",
    ),
    "no_position": ("chưa xác định, nên không có trên hình", "not known, so not in the drawing"),
    "ward_figure": ("Hình vẽ {name}", "Drawing of {name}"),
    # ---- an old commune
    "old_title": ("{name} ({district}) cũ nay thuộc đâu", "Where old {name} ({district}) is now"),
    "old_description": (
        "{name}, {district} (mã {code}, đến hết 30/6/2025) nay thuộc {wards} theo Điều 1 Nghị quyết 1656/NQ-UBTVQH15.",
        "{name}, {district} (code {code}, until 30 June 2025) is now in {wards} by Article 1 of Resolution "
        "1656/NQ-UBTVQH15.",
    ),
    "until": ("Không còn từ ngày 01/7/2025", "No longer exists since 1 July 2025"),
    "code_until": ("{code}, đến hết 30/6/2025", "{code}, until 30 June 2025"),
    "code_now": (
        "Từ 01/7/2025, mã này là của {ward}, không phải của đơn vị cũ.",
        "Since 1 July 2025 this code is that of {ward}, no longer of the old commune.",
    ),
    "code_gone": ("Từ 01/7/2025 không còn đơn vị nào mang mã này.", "Since 1 July 2025 no unit has this code."),
    "district": ("Quận, huyện, thị xã cũ", "Old district"),
    "settled": ("Nơi cư trú", "A resident"),
    "went_to": ("Nay thuộc", "Now in"),
    "old_figure": ("Hình vẽ gần đúng {name} cũ", "Approximate drawing of old {name}"),
    # ---- what the law says, in tables
    "number": ("Số", "No."),
    "old_unit": ("Xã, phường, thị trấn cũ", "Old commune"),
    "ward": ("Phường, xã mới", "New ward"),
    "says": ("Luật nói gì", "What the law says"),
    "drawn_share": ("Theo hình vẽ", "As drawn"),
    "residents_go": ("Dân cư", "Residents"),
    "approximate": (
        "Hình các đơn vị cũ chỉ gần đúng (sai lệch thường 35 m, có nơi trên 115 m) và được vẽ bằng nét đứt. Tỉ lệ "
        "“theo "
        "hình vẽ” đo trên hình ấy; luật không nêu con số. Căn cứ là câu chữ của luật, không phải hình vẽ.",
        "The shapes of old communes are approximate (usually 35 m off, in places more than 115 m) and drawn with "
        "dashes. "
        "Shares “as drawn” are measured on them; the law states no figure. What counts is the law's wording, not the "
        "drawing.",
    ),
    "reading_figure": (
        "Nét liền: ranh giới phường, xã mới. Nét đứt: hình gần đúng của đơn vị cũ, chỗ trùng ranh giới mới thì chỉ "
        "thấy "
        "nét liền. Số trên hình là số trong bảng.",
        "Solid lines: borders of the new wards. Dashed lines: approximate shapes of old communes; where the two "
        "coincide "
        "only the solid line is seen. Numbers are those of the table.",
    ),
    "reading_marks": ("Chữ cái là trụ sở.", "Letters are offices."),
    "see_map": ("Xem trên bản đồ sắp xếp", "See it on the old-to-new map"),
    "see_page": ("Trang của {name}", "The page of {name}"),
    "find_address": (
        "Tra theo địa chỉ hoặc vị trí",
        "Look it up by address or position",
    ),
    # ---- not found
    "missing_title": ("Không có phường, xã nào mang mã này", "No ward has this code"),
    "missing_old_title": ("Không có đơn vị cũ nào mang mã này", "No old commune had this code"),
    "retired_title": ("{name} không còn từ 01/7/2025", "{name} no longer exists since 1 July 2025"),
    "retired": (
        "{code} là mã của {name} ({district}) đến hết 30/6/2025. Đơn vị này nay thuộc:",
        "{code} was the code of {name} ({district}) until 30 June 2025. It is now in:",
    ),
    # ---- lists
    "wards_title": ("Danh sách 126 phường, xã của Hà Nội", "The 126 wards of Hà Nội"),
    "wards_lead": (
        "51 phường và 75 xã có hiệu lực từ 01/7/2025, với mã, dân số và diện tích theo Nghị quyết 1656/NQ-UBTVQH15.",
        "51 phường and 75 xã in force since 1 July 2025, with code, population and area by Resolution "
        "1656/NQ-UBTVQH15.",
    ),
    "old_units_title": ("Danh sách 526 xã, phường, thị trấn cũ của Hà Nội", "The 526 old communes of Hà Nội"),
    "old_units_lead": (
        "Các xã, phường, thị trấn có đến hết 30/6/2025, và nay thuộc phường, xã nào.",
        "The communes that existed until 30 June 2025, and the wards they are in now.",
    ),
    "name_filter": ("Tên hoặc mã có chứa", "Name or code contains"),
    "name_hint": (
        "Chỉ gõ tên đơn vị, không gõ địa chỉ của ai; không cần dấu. Ví dụ: hoan kiem",
        "Only the name of a unit, nobody's address; accents are not needed. For example: hoan kiem",
    ),
    "district_filter": ("Có phần đất của quận, huyện, thị xã cũ", "Has ground of the old district"),
    "filter": ("Lọc", "Filter"),
    "clear_filter": ("Bỏ lọc", "Clear the filter"),
    "shown": ("Đang xem {shown} trên {all}.", "Showing {shown} of {all}."),
    "nothing": ("Không có đơn vị nào khớp.", "No unit matches."),
    "sort_by": ("Xếp theo", "Sort by"),
    "ascending": ("đang xếp tăng dần", "sorted ascending"),
    "descending": ("đang xếp giảm dần", "sorted descending"),
    "old_count": ("Số đơn vị cũ", "Old communes"),
    "area_km2": ("Diện tích (km²)", "Area (km²)"),
    # ---- the map
    "map_title": ("Bản đồ sắp xếp: từ xã, phường cũ sang phường, xã mới", "The old-to-new map of Hà Nội's wards"),
    "map_lead": (
        "Chọn một xã, phường, thị trấn cũ, một quận, huyện, thị xã cũ hoặc một phường, xã mới để xem luật chuyển "
        "phần nào "
        "về đâu.",
        "Choose an old commune, an old district or a new ward to see what the law sent where.",
    ),
    "file_lead": (
        "Tệp này mở được không cần mạng. Chọn một đơn vị trong danh sách hoặc bấm một phường, xã trên bản đồ.",
        "This file opens without a network. Choose a unit in a list or press a ward on the map.",
    ),
    "choose": ("Chọn đơn vị", "Choose a unit"),
    "pick_old": ("Xã, phường, thị trấn cũ", "Old commune"),
    "pick_district": ("Quận, huyện, thị xã cũ", "Old district"),
    "pick_ward": ("Phường, xã mới", "New ward"),
    "by_name": ("Tìm theo tên trong danh sách:", "Search the lists by name:"),
    "view": ("Xem", "Show"),
    "none_chosen": ("– chọn –", "– choose –"),
    "map_help": (
        "Bấm một phường, xã trên bản đồ để xem nó được lập từ đâu. Bàn phím: dùng các danh sách ở trên; phím mũi tên "
        "dời bản "
        "đồ, + − phóng to, thu nhỏ.",
        "Press a ward on the map to see what it was made from. Keyboard: use the lists above; arrows move the map, + "
        "− zoom.",
    ),
    "compare": ("So sánh cũ và mới", "Compare old and new"),
    "opacity": ("Độ đậm: cũ – mới", "Strength: old – new"),
    "only_old": ("Chỉ cũ", "Old only"),
    "both": ("Cả hai", "Both"),
    "only_new": ("Chỉ mới", "New only"),
    "unknown_code": (
        "Không có đơn vị nào mang mã {code} ở mục “{field}”. Hãy chọn trong danh sách.",
        "No unit has the code {code} under “{field}”. Choose from the list.",
    ),
    "no_figure": ("Chưa vẽ được: các phần này quá nhỏ.", "Cannot be drawn: these parts are too small."),
}

_SAID: Final[dict[str, tuple[str, str]]] = {
    "old_whole": (
        "Toàn bộ {old} về {ward}. Ai ở đây và đất ở đây nay đều thuộc {ward}.",
        "All of {old} went to {ward}. Its residents and its ground are all in {ward} now.",
    ),
    "old_settled": (
        "Đất của {old} chia về {count} nơi, nhưng dân cư chỉ về một nơi: ai cư trú ở đây thì nay thuộc {ward}. Với "
        "thửa đất, "
        "công trình thì cần biết vị trí.",
        "The ground of {old} went to {count} wards, but its residents to one: who lived here is in {ward} now. For a "
        "parcel "
        "or building its position is needed.",
    ),
    "old_divided": (
        "Dân cư của {old} được chia về {count} nơi. Chỉ biết tên đơn vị cũ thì chưa biết nay thuộc nơi nào: cần số "
        "nhà, "
        "đường phố, thôn, tổ dân phố hoặc vị trí.",
        "The residents of {old} were divided among {count} wards. The old name alone does not tell which: the house "
        "number, street, hamlet or position is needed.",
    ),
    "ward_made": (
        "{ward} được lập từ {count} đơn vị cũ, theo khoản {clause}.",
        "{ward} was made from {count} old communes, by clause {clause}.",
    ),
    "district_went": (
        "{count} xã, phường, thị trấn của {district} nay thuộc {wards} phường, xã mới; {divided} đơn vị có dân cư bị "
        "chia.",
        "The {count} communes of {district} are now in {wards} new wards; the residents of {divided} were divided.",
    ),
    "share_whole": ("toàn bộ", "all of it"),
    "share_about": ("khoảng {percent}\u00a0%", "about {percent}\u00a0%"),
    "share_little": ("dưới 1\u00a0%", "under 1\u00a0%"),
    "share_undrawn": ("quá nhỏ để vẽ", "too small to draw"),
}

_RESIDENTS: Final[dict[Residents, tuple[str, str]]] = {
    Residents.ALL: ("toàn bộ", "all"),
    Residents.SOME: ("một phần", "some"),
    Residents.NONE: ("không có", "none"),
}

_MAP_WORDS: Final[dict[str, tuple[str, str]]] = {
    **SUGGESTIONS,
    "typeName": ("Gõ tên, không cần dấu. Ví dụ: hang bac", "Type the name; accents are not needed: hang bac"),
    "foundNone": ("Không có đơn vị nào khớp.", "No commune matches."),
    "map": ("Bản đồ xã, phường cũ và phường, xã mới", "Map of old communes and new wards"),
    "loading": ("Đang tải…", "Loading…"),
    "failed": (
        "Không tải được. Hãy thử lại; bảng và danh sách vẫn đủ.",
        "Could not be loaded. Try again; tables and lists are complete.",
    ),
    "strength": ("cũ {old} %, mới {new} %", "old {old} %, new {new} %"),
}


@cache
def unit_words(lang: Language) -> dict[str, Any]:
    """Return every word of the pages in one language; the map's own words under ``map``."""
    return {**page_words(_WORDS, lang), "map": map_words(_MAP_WORDS, lang)}


def say(key: str, lang: Language, **values: object) -> str:
    """Return a sentence about what the law did."""
    return _SAID[key][lang == "en"].format(**values)


def residents_words(residents: Residents, lang: Language) -> str:
    """Say how many of the old commune's residents a link carries."""
    return _RESIDENTS[residents][lang == "en"]
