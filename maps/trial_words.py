"""The words of the trial page and of its annex, Vietnamese and English side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from maps.words import map_words, page_words

if TYPE_CHECKING:
    from geo.errors import Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": (
        "Vận hành thử nghiệm chính quyền hai cấp, 20–26/6/2025",
        "Trial of the two-tier government, 20–26 June 2025",
    ),
    "annex_title": (
        "Phụ lục: vận hành thử nghiệm chính quyền hai cấp, 20–26/6/2025",
        "Annex: trial of the two-tier government, 20–26 June 2025",
    ),
    "skip_map": ("Bỏ qua bản đồ", "Skip the map"),
    "lead": (
        "Cả {count} phường, xã cùng vận hành thử nghiệm theo Kế hoạch 341-KH/TU, trước khi mô hình chính thức chạy từ "
        "01/7/2025.",
        "All {count} wards ran the trial under plan 341-KH/TU, before the model started officially on 1 July 2025.",
    ),
    "participation": ("phường, xã tham gia", "wards took part"),
    "days_word": ("ngày vận hành", "days of operation"),
    "contents_word": ("nhóm nội dung", "content groups"),
    "reports_word": ("báo cáo đã nạp", "reports loaded"),
    "reporting_short": ("có báo cáo", "reporting"),
    "reporting_word": ("phường, xã có báo cáo", "wards with a report"),
    "facts": ("Tóm tắt", "In short"),
    "source": ("nguồn", "source"),
    "sources": ("Nguồn", "Sources"),
    "none_loaded": ("Chưa nạp số liệu", "No figures are loaded"),
    "none_loaded_text": (
        "Trang này chưa có báo cáo nào của phường, xã, nên không hiện số hồ sơ, tỷ lệ hay thời gian. Chưa tìm thấy "
        "nguồn công khai nào có số liệu thử nghiệm của từng phường, xã hoặc của cả thành phố.",
        "No report of any ward is loaded, so no files, shares or times are shown. No public source was found "
        "that gives figures of the trial for a ward or for the city.",
    ),
    "none_loaded_how": (
        "Nạp báo cáo: hanoi-wards trial template, điền, rồi hanoi-wards trial import.",
        "To load reports: hanoi-wards trial template, fill in, then hanoi-wards trial import.",
    ),
    "trouble": ("Chưa đọc được số liệu đã nạp", "The loaded figures cannot be read"),
    "notice": ("Lưu ý", "Note"),
    "wrong_choice": (
        "Không có lựa chọn “{value}” cho {name}; đang hiện {shown}.",
        "There is no choice “{value}” of {name}; {shown} is shown.",
    ),
    "downloads": ("Phụ lục", "Annex"),
    "annex_html": ("bản in", "to print"),
    "choose": ("Chọn số liệu", "Choose figures"),
    "figure": ("Số liệu", "Figure"),
    "day": ("Ngày", "Day"),
    "content": ("Nội dung", "Content"),
    "all_days": ("cả đợt 20–26/6", "all days, 20–26 June"),
    "all_contents": ("cả 10 nhóm nội dung", "all 10 content groups"),
    "show": ("Xem", "Show"),
    "day_before": ("Ngày trước", "Day before"),
    "day_after": ("Ngày sau", "Day after"),
    "map_participation": (
        "Bản đồ 126 phường, xã, tất cả đều tham gia",
        "Map of the 126 wards, all of which took part",
    ),
    "map_help": (
        "Chạm hoặc bấm vào một phường, xã để xem số liệu; bàn phím: dùng ô chọn “Phường, xã”. Phím mũi tên dời bản đồ, "
        "+ − phóng to, thu nhỏ. Phóng to để thấy tên và số trên từng nơi.",
        "Press a ward to see its figures; by keyboard, use the choice “Ward”. Arrows move the map, + − zoom. Zoom in "
        "to see names and figures on every ward.",
    ),
    "legend": ("Chú giải", "Legend"),
    "legend_took_part": ("tham gia vận hành thử nghiệm", "took part in the trial"),
    "no_value": ("chưa có số liệu", "no figure"),
    "branch_short": ("CN", "B"),
    "branch_mark": ("chi nhánh có vị trí đã biết", "branch whose position is known"),
    "city": ("Toàn thành phố", "The city"),
    "no_ward": ("Chọn một phường, xã", "Choose a ward"),
    "by_day": ("Theo ngày", "By day"),
    "by_content": ("Theo nhóm nội dung", "By content group"),
    "by_ward": ("Theo phường, xã", "By ward"),
    "city_by_day": ("Toàn thành phố theo ngày", "The city by day"),
    "city_by_content": ("Toàn thành phố theo nhóm nội dung", "The city by content group"),
    "whole": ("Cả đợt", "All days"),
    "gaps": ("Còn thiếu báo cáo", "Reports that are missing"),
    "gaps_note": (
        "Số phường, xã có báo cáo, theo nội dung và ngày. Các nguồn đã xem không nói mỗi nội dung phải có mỗi ngày: "
        "số 0 chỉ nghĩa là chưa có báo cáo.",
        "Wards with a report, by content and day. The sources seen do not say that every content was due on every "
        "day: 0 only means that there is no report.",
    ),
    "gap_wards": ("phường, xã chưa có báo cáo", "wards without a report"),
    "gap_none": ("Phường, xã nào cũng có báo cáo.", "Every ward has a report."),
    "gap_content": ("chưa có báo cáo nào", "no report at all"),
    "of_wards": ("/ {count} phường, xã", "of {count} wards"),
    "issues": ("Vướng mắc đã nêu", "Issues noted"),
    "issues_none": ("Không báo cáo nào nêu vướng mắc.", "No report notes an issue."),
    "issues_more": ("Còn {count} vướng mắc nữa trong phụ lục.", "{count} more in the annex."),
    "plan": ("Kế hoạch 341-KH/TU", "Plan 341-KH/TU"),
    "phases": ("Ba giai đoạn", "Three phases"),
    "contents": ("Mười nhóm nội dung", "Ten content groups"),
    "our_reading": ("cách hiểu của chúng tôi", "our reading"),
    "our_reading_note": (
        "Bài báo nêu bảy nội dung, rồi nêu thêm ba loại cuộc họp; coi đó là nhóm 8, 9, 10 là cách hiểu của chúng tôi.",
        "The article lists seven contents and then names three kinds of meeting; that these are groups 8, 9 and 10 is "
        "our reading.",
    ),
    "branches": ("12 chi nhánh Trung tâm Phục vụ hành chính công", "12 branches of the Public Administration Centre"),
    "branches_note": (
        "Nguồn công khai cho địa chỉ của {known} trong 12 chi nhánh; phần còn lại ghi là chưa rõ, không suy đoán.",
        "Public sources give the address of {known} of the 12 branches; the rest is not known, and not guessed.",
    ),
    "branch": ("Chi nhánh", "Branch"),
    "address": ("Địa chỉ", "Address"),
    "serves": ("Phục vụ", "Serves"),
    "groups": ("11 tổ công tác (Quyết định 2844/QĐ-UBND)", "11 working groups (Decision 2844/QĐ-UBND)"),
    "groups_note": (
        "Phụ lục phân công 30 quận, huyện, thị xã chưa công bố dạng văn bản; báo chí cho biết {known}. Danh sách tổ "
        "trưởng được công bố không nói ai phụ trách tổ số mấy, nên ở đây không suy ra:",
        "The annex that assigns the 30 districts is not public as text; the press tells of {known}. The published list "
        "of heads does not say who leads which group, and none is inferred here:",
    ),
    "group": ("Tổ", "Group"),
    "head": ("Tổ trưởng", "Head"),
    "districts": ("Quận, huyện cũ đã làm việc", "Old districts seen to work with"),
    "unknown": ("chưa rõ", "not known"),
    "position": ("vị trí có sai số khoảng", "position good to about"),
    "named": ("Nguồn nêu riêng", "Named by a source"),
    "took_part": ("tham gia", "took part"),
    "took_part_heading": ("Thử nghiệm", "Trial"),
    "code": ("Mã (từ 01/7/2025)", "Code (since 1 July 2025)"),
    "named_note": (
        "Một nguồn nói chung cho cả 126 phường, xã; {named} nơi được báo chí nêu riêng.",
        "One source speaks for all 126 wards; the press names {named} of them.",
    ),
    "how": ("Cách tính", "How figures come about"),
    "minutes": ("phút", "minutes"),
    "reports_version": ("báo cáo phiên bản", "reports version"),
    "imported": ("nạp lúc", "loaded at"),
}

_MAP_WORDS: dict[str, tuple[str, str]] = {
    "map": ("Bản đồ vận hành thử nghiệm", "Map of the trial"),
    "noWards": ("Không tải được ranh giới để vẽ.", "The borders could not be drawn."),
    "noFigures": (
        "Không tải được số liệu; bảng dưới đây là của lựa chọn lúc mở trang.",
        "The figures could not be loaded; the tables below are those of the choice when the page was opened.",
    ),
    "content": ("nội dung", "content"),
}


_FOR_THE_MAP: tuple[str, ...] = (
    "legend_took_part",
    "no_value",
    "wards_word",
    "minutes",
    "gap_wards",
    "gap_none",
    "issues_none",
    "issues_more",
    "city",
)
"""Words of the page that its script needs too."""


@cache
def trial_words(lang: Language) -> dict[str, Any]:
    """Return every word of the page in one language; the script's own under ``map``."""
    words: dict[str, Any] = page_words(_WORDS, lang)
    words["map"] = {**map_words(_MAP_WORDS, lang), **{name: words[name] for name in _FOR_THE_MAP}}
    return words
