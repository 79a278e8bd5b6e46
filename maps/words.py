"""Words that citizens read, in both languages: those that pages share, what the law says, what is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model import Outcome, ShareKind, Ward

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.errors import Language
    from geo.model import LookupResult

LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")

ATTRIBUTION: dict[Language, str] = {
    "vi": "Ranh giới: Nhà xuất bản Tài nguyên – Môi trường và Bản đồ Việt Nam (15/3/2026), không phải hồ sơ địa giới "
    "pháp lý. Luật: Nghị quyết 1656/NQ-UBTVQH15. Vị trí trụ sở và so sánh ranh giới: © những người đóng góp "
    "OpenStreetMap, ODbL 1.0.",
    "en": "Borders: Vietnam Publishing House of Natural Resources, Environment and Cartography (15 March 2026), not "
    "the legal boundary record. Law: Resolution 1656/NQ-UBTVQH15. Office positions and border comparison: "
    "© OpenStreetMap contributors, ODbL 1.0.",
}

_SHARED: Final[Mapping[str, tuple[str, str]]] = {
    "skip": ("Đến nội dung chính", "Skip to main content"),
    "pages": ("Các trang", "Pages"),
    "find_ward": ("Tìm phường, xã", "Find a ward"),
    "all_wards": ("126 phường, xã", "126 wards"),
    "all_old": ("526 đơn vị cũ", "526 old communes"),
    "old_to_new": ("Bản đồ sắp xếp", "Old-to-new map"),
    "premises_page": ("Bản đồ trụ sở", "Premises map"),
    "trial_page": ("Vận hành thử nghiệm", "Trial of June 2025"),
    "language": ("Ngôn ngữ", "Language"),
    "other_language": ("English", "Tiếng Việt"),
    "data": ("Dữ liệu", "Data"),
    "version": ("phiên bản dữ liệu", "data version"),
    "in_force": ("phường, xã có hiệu lực từ", "wards in force since"),
    "law": ("Điều 1 Nghị quyết 1656/NQ-UBTVQH15", "Article 1, Resolution 1656/NQ-UBTVQH15"),
    "clause": ("khoản", "clause"),
    "name": ("Tên", "Name"),
    "ward": ("Phường, xã", "Ward"),
    "wards_word": ("phường, xã", "wards"),
    "all": ("Tất cả", "All"),
    "population": ("Dân số", "Population"),
    "uncertain": ("Điều chưa chắc", "What is not certain"),
    "offices": ("Trụ sở đã biết", "Known offices"),
    "no_address": ("Địa chỉ chưa được công bố dạng văn bản", "Address not public as text"),
    "temporary": ("tạm thời", "temporary"),
    "outside_ward": ("nằm ngoài phường, xã này", "outside this ward"),
    "open_map": ("Mở bằng ứng dụng bản đồ", "Open in a map app"),
    "made_from": ("Được lập từ", "Made from"),
    "neighbours": ("Giáp với", "Neighbours"),
    "map_heading": ("Bản đồ", "Map"),
}

_MAP: Final[Mapping[str, tuple[str, str]]] = {
    "up": ("Dời lên trên", "Move up"),
    "down": ("Dời xuống dưới", "Move down"),
    "left": ("Dời sang trái", "Move left"),
    "right": ("Dời sang phải", "Move right"),
    "whole": ("Xem cả Hà Nội", "See the whole city"),
    "zoomIn": ("Phóng to", "Zoom in"),
    "zoomOut": ("Thu nhỏ", "Zoom out"),
}

SUGGESTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "suggestions": ("Gợi ý", "Suggestions"),
    "found": ("{} gợi ý. Dùng phím mũi tên để chọn.", "{} suggestions. Use the arrow keys to choose."),
    "newWard": ("phường, xã mới", "new ward"),
    "oldCommune": ("cũ", "old"),
    "street": ("đường, phố", "street"),
}
"""Words of ``combobox.js``, for the scripts that use it."""

_SHARES: dict[ShareKind, tuple[str, str]] = {
    ShareKind.WHOLE: ("toàn bộ diện tích tự nhiên, quy mô dân số", "the whole area and population"),
    ShareKind.AREA_AND_POPULATION: (
        "một phần diện tích tự nhiên, quy mô dân số",
        "part of the area and of the population",
    ),
    ShareKind.AREA_ONLY: (
        "một phần diện tích tự nhiên (không có dân cư)",
        "part of the area only (no residents)",
    ),
    ShareKind.AREA_AND_ALL_POPULATION: (
        "một phần diện tích tự nhiên, toàn bộ quy mô dân số",
        "part of the area with the whole population",
    ),
    ShareKind.REMAINDER: ("phần còn lại sau khi sắp xếp", "what remains after the other parts"),
}

_NOTICES: dict[str, tuple[str, str]] = {
    "approximate": (
        "Ranh giới xã, phường cũ chỉ là gần đúng (sai lệch thường 35 m, có nơi trên 115 m).",
        "The old communes' borders are approximate (usually 35 m off, in places more than 115 m).",
    ),
    "on-border": (
        "Điểm nằm đúng trên đường ranh giới: cả hai bên đều có thể. Hãy hỏi trụ sở hoặc xem giấy tờ nhà đất.",
        "The point is exactly on the border line: either side is possible. Ask at the office or look at your land "
        "papers.",
    ),
    "near-border": (
        "Sát ranh giới: cách {across} {distance} m. Hai nguồn bản đồ lệch nhau ở đây, hãy hỏi trụ sở cho chắc.",
        "Near the border: {distance} m from {across}. Two map sources differ here; ask at the office to be sure.",
    ),
    "near-city": (
        "Ngoài Hà Nội, nhưng chỉ cách {across} {distance} m và hai nguồn bản đồ lệch nhau ở đây.",
        "Outside Hà Nội, but only {distance} m from {across}, and two map sources differ here.",
    ),
    "other-province": ("tỉnh khác", "another province"),
}


def in_one(words: Mapping[str, tuple[str, str]], lang: Language) -> dict[str, str]:
    """Return words that stand in both languages side by side in one of them."""
    return {key: pair[lang == "en"] for key, pair in words.items()}


def page_words(own: Mapping[str, tuple[str, str]], lang: Language) -> dict[str, str]:
    """Return a page's own words and those that all pages share; its own come first."""
    return in_one({**_SHARED, **own}, lang)


def map_words(own: Mapping[str, tuple[str, str]], lang: Language) -> dict[str, str]:
    """Return the words of a map's script: its own and those of the buttons."""
    return in_one({**_MAP, **own}, lang)


def share_wording(share: ShareKind, lang: Language) -> str:
    """Return the resolution's wording of a share."""
    return _SHARES[share][lang == "en"]


def doubts(result: LookupResult, lang: Language) -> list[str]:
    """Say in words what is not certain about an answer; empty where nothing is in doubt."""

    def say(key: str, **values: object) -> str:
        return _NOTICES[key][lang == "en"].format(**values)

    said = []
    if result.approximate:
        said.append(say("approximate"))
    across, distance = result.border.across, round(result.border.distance_m)
    if result.outcome is Outcome.ON_BORDER:
        said.append(say("on-border"))
    elif not result.certain and result.outcome is Outcome.INSIDE and not result.approximate:
        name = across.full_name if across else say("other-province")
        said.append(say("near-border", distance=distance, across=name))
    elif not result.certain and result.outcome is Outcome.OUTSIDE and across:
        said.append(say("near-city", distance=distance, across=across.full_name))
    wards = [unit for unit in result.units if isinstance(unit, Ward)]
    return said + [ward.doubt_vi if lang == "vi" else ward.doubt_en for ward in wards if ward.doubt_vi]
