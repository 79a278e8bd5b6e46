"""The words of the premises map, Vietnamese and English side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from geo.model import PositionMethod, PremisesStatus
from maps.words import map_words, page_words

if TYPE_CHECKING:
    from geo.errors import Language

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Bản đồ trụ sở 126 phường, xã của Hà Nội", "Office premises of Hà Nội's 126 wards"),
    "skip_map": ("Bỏ qua bản đồ, đến bảng trụ sở", "Skip the map, go to the table of premises"),
    "lead": (
        "Thông báo 729/TB-UBND ngày 25/6/2025 có {total} trụ sở cho 126 phường, xã; danh sách được đăng dạng ảnh. "
        "Ở đây đã biết {known}. Trụ sở không có vị trí đáng tin thì không được vẽ, và không bao giờ đặt vào giữa "
        "phường, xã.",
        "Notice 729/TB-UBND of 25 June 2025 lists {total} premises for 126 wards, as pictures. {known} are known here. "
        "A premises without an honest position is not drawn, and never put in the middle of its ward.",
    ),
    "facts": ("Sổ trụ sở", "The register"),
    "fact_known": ("đã biết, trên {total}", "known, of {total}"),
    "fact_in_use": ("đang dùng", "in use"),
    "fact_planned": ("chỉ có trong phương án", "only in a plan"),
    "fact_placed": ("có vị trí", "with a position"),
    "fact_unplaced": ("chưa xác định vị trí", "position not known"),
    "fact_outside": ("nằm ngoài phường, xã mình", "outside their ward"),
    "fact_imported": ("do đơn vị vận hành nhập", "loaded by the operator"),
    "filters": ("Lọc trụ sở", "Filter the premises"),
    "find": ("Tìm trụ sở", "Search"),
    "find_hint": ("tên, địa chỉ; không cần dấu", "name, address; accents not needed"),
    "zoom_to": ("Phóng tới dấu đang hiện", "Zoom to marks shown"),
    "role_unsaid": ("nguồn không ghi rõ cơ quan", "the source does not name the bodies"),
    "count_filter": ("Số trụ sở", "Number of premises"),
    "quality_filter": ("Vị trí", "Position"),
    "district_filter": ("Quận, huyện cũ", "Old district"),
    "known_1": ("Biết một trụ sở", "One known"),
    "known_2": ("Biết hai trụ sở trở lên", "Two or more known"),
    "said_central": ("Nguồn nêu một (tập trung)", "Stated: one (central)"),
    "said_dispersed": ("Nguồn nêu hai (phân tán)", "Stated: two (dispersed)"),
    "said_not-said": ("Nguồn chưa nêu một hay hai", "One or two not stated"),
    "said_contradictory": ("Nguồn mâu thuẫn", "Sources conflict"),
    "outside_filter": ("Nằm ngoài phường, xã mình", "Outside their ward"),
    "known_group": ("Đã biết", "Known"),
    "said_group": ("Theo nguồn", "By the sources"),
    "reset": ("Bỏ lọc", "Clear filters"),
    "map_help": (
        "Bấm một dấu để xem trụ sở, bấm một phường, xã để xem số liệu. Bàn phím: Tab đến từng dấu, Enter để mở, Esc để "
        "đóng, phím mũi tên để dời, + − để phóng to, thu nhỏ. Vòng tròn quanh dấu là sai số của vị trí.",
        "Press a mark for its premises, a ward for its figures. Keyboard: Tab to each mark, Enter opens, Esc closes, "
        "arrows move, + − zoom. The circle round a mark is the uncertainty of its position.",
    ),
    "figure": ("Tô màu phường, xã theo", "Colour the wards by"),
    "figure_none": ("không tô", "nothing"),
    "legend_of_marks": ("Dấu trên bản đồ, theo chất lượng vị trí", "Marks on the map, by quality of the position"),
    "legend_planned": ("viền đứt: chỉ có trong phương án", "dashed: only in a plan"),
    "legend_group": ("×3: ba trụ sở ở gần nhau, bấm để phóng tới", "×3: three premises close together, press to zoom"),
    "legend_outside": ("dấu !: nằm ngoài phường, xã mình", "!: outside their ward"),
    "placed_heading": ("Trụ sở có vị trí", "Premises with a position"),
    "unplaced_heading": ("Vị trí chưa xác định", "Position not known"),
    "unplaced_note": (
        "Những trụ sở này có thật nhưng chưa có vị trí đáng tin nên không ở trên bản đồ.",
        "These premises exist, but no honest position is known, so they are not on the map.",
    ),
    "premises": ("Trụ sở", "Premises"),
    "number": ("trụ sở", "premises"),
    "address_column": ("Địa chỉ, cơ quan", "Address, bodies"),
    "position_column": ("Vị trí, độ tin cậy", "Position, confidence"),
    "no_address": ("địa chỉ chưa được công bố dạng văn bản", "address not public as text"),
    "no_position": ("vị trí chưa xác định", "position not known"),
    "confidence": ("Tin cậy", "Confidence"),
    "source": ("Nguồn", "Source"),
    "note": ("Ghi chú", "Note"),
    "outside": ("nằm ngoài phường, xã mình", "outside its ward"),
    "imported": ("đơn vị vận hành nhập ngày {day}", "loaded by the operator on {day}"),
    "wards_heading": ("Số liệu từng phường, xã", "Figures of each ward"),
    "proxy": ("Đo từ", "Measured from"),
    "outside_column": ("Trụ sở ở ngoài", "Premises outside"),
    "none": ("không", "none"),
    "how_heading": ("Cách đo", "How it is measured"),
    "how_1": (
        "Dữ liệu không có nơi ở của cư dân. Thay vào đó là các điểm cách nhau khoảng 50 m dọc đường, ngõ đã vẽ trong "
        "OpenStreetMap, hoặc lưới 200 m phủ phường, xã nếu có ít hơn 1 km đường trên mỗi km². Cột “Đo từ” nói rõ.",
        "Where residents live is not in the data. Points about every 50 m along the streets and alleys mapped in "
        "OpenStreetMap stand in for them, or a 200 m grid over the ward where fewer than 1 km of street per km² is "
        "mapped. The column “Measured from” says which.",
    ),
    "how_2": (
        "Khoảng cách là đường thẳng, tính trong EPSG:5897. Chỉ {positioned} trong {in_use} trụ sở đang dùng có vị trí, "
        "nên khoảng cách thật có thể ngắn hơn nhiều; ± là sai số lớn nhất của các vị trí được đo tới.",
        "Distances are straight lines in EPSG:5897. Only {positioned} of {in_use} premises in use have a position, so "
        "the true distance may be much shorter; ± is the largest uncertainty of the positions measured to.",
    ),
    "how_3": (
        "Một trụ sở (tập trung) hay hai (phân tán) chỉ ghi khi nguồn nêu; phương án tháng 5/2025 không tính. Nhóm màu "
        "theo ngắt tự nhiên (Fisher–Jenks), bảng màu YlGnBu dùng được cho người mù màu.",
        "One premises (central) or two (dispersed) is given only where a source says so; plans of May 2025 do not "
        "count. Classes are natural breaks (Fisher–Jenks); the palette YlGnBu is safe for colour-blind readers.",
    ),
    "downloads": ("Tải về", "Download"),
    "template": (
        "Bổ sung trụ sở còn thiếu: hanoi-wards premises template -o tru-so.xlsx, điền, rồi hanoi-wards premises import "
        "tru-so.xlsx.",
        "To add missing premises: hanoi-wards premises template -o tru-so.xlsx, fill it in, then hanoi-wards premises "
        "import tru-so.xlsx.",
    ),
    "register_version": ("sổ trụ sở của đơn vị vận hành", "operator's register"),
}

METHODS: Final[dict[PositionMethod, tuple[str, str]]] = {
    PositionMethod.BUILDING: ("toà nhà", "building"),
    PositionMethod.HOUSE_NUMBER: ("số nhà", "house number"),
    PositionMethod.BUS_STOP: ("bến xe buýt", "bus stop"),
    PositionMethod.ALLEY: ("ngõ", "alley"),
    PositionMethod.STREET: ("đường phố", "street"),
}

STATUSES: Final[dict[PremisesStatus, tuple[str, str]]] = {
    PremisesStatus.LISTED: ("", ""),
    PremisesStatus.TEMPORARY: ("tạm thời", "temporary"),
    PremisesStatus.PLANNED: ("chỉ có trong phương án", "only in a plan"),
}

CONFIDENCES: Final[dict[str, tuple[str, str]]] = {
    "A": ("hai nguồn khớp nhau", "two sources agree"),
    "A-": ("giữa A và B", "between A and B"),
    "B": ("một bảng", "one table"),
    "C": ("phương án hoặc báo, không ghi địa chỉ", "plan, or press without an address"),
    "D": ("nguồn mâu thuẫn", "sources conflict"),
}

_MAP_WORDS: Final[dict[str, tuple[str, str]]] = {
    "shown": (
        "Đang hiện {shown} trong {all} trụ sở: {placed} có vị trí, {unplaced} chưa xác định vị trí.",
        "Showing {shown} of {all} premises: {placed} with a position, {unplaced} without.",
    ),
    "inView": ("{count} trụ sở trong khung bản đồ.", "{count} premises in the map's view."),
    "group": ("{count} trụ sở ở gần nhau, bấm để phóng tới", "{count} premises close together, press to zoom in"),
    "onMap": ("Bản đồ", "Map"),
    "showOnMap": ("Xem trên bản đồ", "Show on the map"),
    "close": ("Đóng", "Close"),
    "noWards": (
        "Không tải được ranh giới để vẽ; các bảng vẫn đủ.",
        "The borders could not be drawn; the tables are complete.",
    ),
    "map": ("Bản đồ trụ sở phường, xã Hà Nội", "Map of the premises of Hà Nội's wards"),
    "sortBy": ("Xếp theo", "Sort by"),
}


@cache
def premises_words(lang: Language) -> dict[str, Any]:
    """Return every word of the page in one language; the map's own words under ``map``."""
    methods = {method.value: pair[lang == "en"] for method, pair in METHODS.items()}
    return {**page_words(_WORDS, lang), "map": map_words(_MAP_WORDS, lang), "methods": methods}
