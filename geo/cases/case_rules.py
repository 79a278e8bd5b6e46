"""Which address decides for which kind of file, and by which wording: a small table, documented in docs/case-files.md.

The table is our reading of who is responsible for what; people may overrule any row of it. What it never does is take
an address that says nothing of the matter: a landowner's residence does not place the parcel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.model import AddressRole, CaseKind, CaseState, Subject, Text
from geo.text import detect_legacy, fold, from_legacy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class CaseRule:
    """What decides for one kind.

    Parameters
    ----------
    roles
        The first of these that the file carries is the address that decides; no other address is ever taken.
    subject
        Whether a khoản's wording on the population or that on the area applies.
    why
        Why so, in a sentence.
    """

    kind: CaseKind
    roles: tuple[AddressRole, ...]
    subject: Subject
    why: Text


_R = AddressRole

RULES: Final[Mapping[CaseKind, CaseRule]] = {
    rule.kind: rule
    for rule in (
        CaseRule(
            CaseKind.CIVIL_STATUS,
            (_R.RESIDENCE, _R.REGISTRATION, _R.OTHER),
            Subject.RESIDENT,
            Text(
                vi="nơi cư trú có thẩm quyền đăng ký; không ghi nơi cư trú thì nơi đã đăng ký, nơi giữ sổ hộ tịch",
                en="the place of residence registers; without it, the place of registration, which keeps the register",
            ),
        ),
        CaseRule(
            CaseKind.CERTIFICATION,
            (_R.RESIDENCE, _R.REGISTRATION, _R.OTHER),
            Subject.RESIDENT,
            Text(
                vi="chứng thực không gắn với địa bàn: chuyển về nơi người nộp cư trú để nhận kết quả",
                en="certification is bound to no place: the file goes to where its applicant lives and collects it",
            ),
        ),
        CaseRule(
            CaseKind.SOCIAL,
            (_R.RESIDENCE, _R.REGISTRATION, _R.OTHER),
            Subject.RESIDENT,
            Text(vi="chế độ chi trả theo nơi cư trú", en="benefits are paid where a person lives"),
        ),
        CaseRule(
            CaseKind.LAND,
            (_R.PARCEL, _R.SITE, _R.OTHER),
            Subject.PARCEL,
            Text(vi="theo nơi có thửa đất, không theo nơi ở của chủ", en="where the parcel is, not where its owner is"),
        ),
        CaseRule(
            CaseKind.CONSTRUCTION,
            (_R.SITE, _R.PARCEL, _R.OTHER),
            Subject.PARCEL,
            Text(vi="theo nơi xây dựng", en="where the building site is"),
        ),
        CaseRule(
            CaseKind.ENVIRONMENT,
            (_R.SITE, _R.PREMISES, _R.PARCEL, _R.OTHER),
            Subject.PARCEL,
            Text(vi="theo nơi có dự án hoặc cơ sở", en="where the project or plant is"),
        ),
        CaseRule(
            CaseKind.BUSINESS,
            (_R.PREMISES, _R.SITE, _R.OTHER),
            Subject.PARCEL,
            Text(
                vi="theo địa điểm kinh doanh, không theo nơi ở của chủ hộ", en="where the premises are, not their owner"
            ),
        ),
    )
}
"""The kinds that have a rule; OTHER has none: every address and both wordings must agree."""

WORDS: Final[Mapping[CaseKind, tuple[str, ...]]] = {
    CaseKind.CIVIL_STATUS: (
        "hộ tịch", "khai sinh", "khai tử", "kết hôn", "ly hôn", "tình trạng hôn nhân", "XNTTHN", "TTHN",
        "giám hộ", "nhận cha mẹ con", "nhận cha, mẹ, con", "nuôi con nuôi", "con nuôi", "xác định lại dân tộc",
    ),
    CaseKind.CERTIFICATION: ("chứng thực", "sao y", "bản sao từ bản chính"),
    CaseKind.SOCIAL: (
        "bảo trợ xã hội", "bảo trợ XH", "BTXH", "người có công", "NCC", "hộ nghèo", "cận nghèo", "trợ cấp",
        "mai táng phí", "khuyết tật", "người cao tuổi", "lao động", "LĐTBXH", "TBXH", "chính sách xã hội",
    ),
    CaseKind.LAND: (
        "đất đai", "sử dụng đất", "QSDĐ", "GCNQSDĐ", "GCNQSD", "QSD đất", "SDĐ", "sở hữu nhà ở", "sổ đỏ", "sổ hồng",
        "CMĐSDĐ", "CMĐ", "MĐSDĐ", "chuyển mục đích", "tách thửa", "hợp thửa", "thửa đất", "biến động đất", "giao đất",
        "thuê đất", "thu hồi đất", "tranh chấp đất", "đăng ký đất", "địa chính", "đo đạc", "giải phóng mặt bằng",
        "GPMB", "bồi thường hỗ trợ tái định cư", "bồi thường, hỗ trợ, tái định cư",
    ),
    CaseKind.CONSTRUCTION: (
        "xây dựng", "XD", "GPXD", "CPXD", "GPXDNO", "TTXD", "hoàn công", "quy hoạch", "quản lý đô thị", "QLĐT",
        "sửa chữa nhà", "cải tạo nhà",
    ),
    CaseKind.ENVIRONMENT: (
        "giấy phép môi trường", "GPMT", "đăng ký môi trường", "bảo vệ môi trường", "BVMT", "ĐTM",
        "đánh giá tác động môi trường",
    ),
    CaseKind.BUSINESS: (
        "kinh doanh", "ĐKKD", "HKD", "KD", "GPKD", "hộ kinh doanh", "hợp tác xã", "HTX", "an toàn thực phẩm", "ATTP",
        "VSATTP", "bán lẻ rượu", "bán lẻ thuốc lá", "karaoke",
    ),
}  # fmt: skip
"""Words and abbreviations by which a kind is recognised, wherever they stand in the cell."""

OFFICES: Final[Mapping[str, tuple[CaseKind, ...]]] = {
    "tư pháp": (CaseKind.CIVIL_STATUS, CaseKind.CERTIFICATION),
    "tài nguyên và môi trường": (CaseKind.LAND, CaseKind.ENVIRONMENT),
    "tài nguyên môi trường": (CaseKind.LAND, CaseKind.ENVIRONMENT),
    "TNMT": (CaseKind.LAND, CaseKind.ENVIRONMENT),
    "dự án": (CaseKind.CONSTRUCTION,),
}
"""Words that only count where none of `WORDS` is there: an office's name covers all of its fields."""

WHOLE_CELLS: Final[Mapping[str, CaseKind]] = {
    "đất": CaseKind.LAND,
    "môi trường": CaseKind.ENVIRONMENT,
}
"""Words too common to count in a sentence ("lắp đặt" without its marks reads like "đất")."""

STATE_WORDS: Final[tuple[tuple[CaseState, tuple[str, ...]], ...]] = (
    (
        CaseState.RESULT_NOT_COLLECTED,
        (
            "chưa trả", "chưa nhận", "chưa bàn giao kết quả", "chờ trả", "chưa đến lấy", "đã có kết quả",
            "chưa lấy kết quả", "đã giải quyết chưa trả", "result not collected",
        ),
    ),
    (CaseState.PROJECT_UNDER_WAY, ("dự án", "đang thực hiện", "đang triển khai", "dở dang", "project under way")),
    (
        CaseState.PENDING,
        (
            "chưa giải quyết", "đang giải quyết", "đang xử lý", "chưa xử lý", "đang thụ lý", "tồn đọng", "tồn",
            "chờ giải quyết", "chờ xử lý", "chờ bổ sung", "yêu cầu bổ sung", "quá hạn", "mới tiếp nhận",
            "đã tiếp nhận", "pending",
        ),
    ),
)  # fmt: skip
"""The first that fits counts; a file that is settled and handed out fits none, and that is said."""

KIND_NAMES: Final[Mapping[CaseKind, Text]] = {
    CaseKind.CIVIL_STATUS: Text("hộ tịch", "civil status"),
    CaseKind.CERTIFICATION: Text("chứng thực", "certification"),
    CaseKind.SOCIAL: Text("lao động, chính sách xã hội", "social affairs"),
    CaseKind.LAND: Text("đất đai", "land"),
    CaseKind.CONSTRUCTION: Text("xây dựng", "construction"),
    CaseKind.ENVIRONMENT: Text("môi trường", "environment"),
    CaseKind.BUSINESS: Text("đăng ký kinh doanh", "business registration"),
    CaseKind.OTHER: Text("khác hoặc chưa rõ lĩnh vực", "other, or the field is not clear"),
}
STATE_NAMES: Final[Mapping[CaseState | None, Text]] = {
    CaseState.PENDING: Text("chưa giải quyết xong", "pending"),
    CaseState.RESULT_NOT_COLLECTED: Text("kết quả chưa trả", "result not collected"),
    CaseState.PROJECT_UNDER_WAY: Text("dự án đang thực hiện", "project under way"),
    None: Text("chưa rõ trạng thái", "state not clear"),
}
ROLE_NAMES: Final[Mapping[AddressRole, Text]] = {
    AddressRole.RESIDENCE: Text("nơi cư trú", "residence"),
    AddressRole.REGISTRATION: Text("nơi đăng ký hộ tịch", "place of registration"),
    AddressRole.PARCEL: Text("thửa đất", "parcel"),
    AddressRole.SITE: Text("địa điểm xây dựng, dự án", "building or project site"),
    AddressRole.PREMISES: Text("địa điểm kinh doanh, cơ sở", "business premises"),
    AddressRole.OTHER: Text("địa chỉ không nói rõ của gì", "address without a role"),
}
SUBJECT_NAMES: Final[Mapping[Subject, Text]] = {
    Subject.RESIDENT: Text("phần quy mô dân số", "the wording on the population"),
    Subject.PARCEL: Text("phần diện tích tự nhiên", "the wording on the area"),
}


@dataclass(frozen=True, slots=True)
class KindReading:
    """What the words of a file say of its kind.

    Parameters
    ----------
    kind
        The kind, where the words name exactly one; OTHER otherwise.
    kinds
        Every kind that they name: none, one or several.
    """

    kind: CaseKind
    kinds: tuple[CaseKind, ...]


@lru_cache(maxsize=10_000)
def recognise_kind(text: str) -> KindReading:
    """Recognise a kind from messy words; several kinds or none are said, and none is guessed.

    >>> recognise_kind("Cấp GCN QSDĐ lần đầu").kind, recognise_kind("xyz").kind
    (<CaseKind.LAND: 'land'>, <CaseKind.OTHER: 'other'>)
    """
    words = _padded(text)
    found = {kind for kind, phrases in WORDS.items() if _any_in(phrases, words)}
    if not found:
        found = {kind for phrase, kinds in OFFICES.items() if _padded(phrase) in words for kind in kinds}
    if not found:
        found = {kind for phrase, kind in WHOLE_CELLS.items() if _padded(phrase) == words}
    kinds = tuple(kind for kind in RULES if kind in found)
    return KindReading(kind=kinds[0] if len(kinds) == 1 else CaseKind.OTHER, kinds=kinds)


@lru_cache(maxsize=10_000)
def recognise_state(text: str) -> CaseState | None:
    """Recognise why a file is handed over; None where the words do not say it."""
    words = _padded(text)
    return next((state for state, phrases in STATE_WORDS if _any_in(phrases, words)), None)


def _any_in(phrases: Iterable[str], words: str) -> bool:
    return any(_padded(phrase) in words for phrase in phrases)


@lru_cache(maxsize=10_000)
def _padded(text: str) -> str:
    """Return the comparison form with a space at each end, so that only whole words are found."""
    font = detect_legacy(text)
    return f" {fold(from_legacy(text, font) if font else text)} "
