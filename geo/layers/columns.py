"""The columns of each layer, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.layers.layer import Column
from geo.model import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.layers.layer import Kind


def _column(name: str, kind: Kind, vi: str, en: str) -> Column:
    return Column(name, kind, Text(vi, en))


def _asked(name: str, kind: Kind, vi: str, en: str) -> Column:
    return Column(name, kind, Text(vi, en), by_value=True)


_CODE = _asked("code", "string", "Mã, năm chữ số, ghi dạng chữ", "Code: five digits, kept as text")
_NAME = _asked("name", "string", "Tên, không kèm loại", "Name without its type")
_FULL_NAME = _asked("full_name", "string", "Loại và tên", "Type and name")
_DISTRICT_CODE = _asked("district_code", "string", "Mã quận, huyện, thị xã cũ", "Code of the old district")
_DISTRICT = _asked("district", "string", "Quận, huyện, thị xã cũ", "Old district")
_MEASURED = _column(
    "polygon_area_km2",
    "number",
    "Diện tích đo trên hình vẽ, km² (EPSG:5897)",
    "Area measured on the shape, square kilometres (EPSG:5897)",
)
_END = (
    _column("valid_from", "string", "Ngày bắt đầu hiệu lực", "First day in force"),
    _column("valid_to", "string", "Ngày đầu tiên hết hiệu lực", "First day no longer in force"),
)
_EVERY = (
    _column("approximate", "boolean", "Hình vẽ chỉ gần đúng", "The shape is for orientation only"),
    _column("generation", "string", "Thế hệ địa giới", "Generation of the units"),
    _column("data_version", "string", "Phiên bản dữ liệu", "Data version"),
)
_WARD_CODE = _asked("ward_code", "string", "Mã phường, xã mới", "Code of the new ward")
_WARD_NAME = _asked("ward_name", "string", "Phường, xã mới", "New ward")

COLUMNS: Final[Mapping[str, Sequence[Column]]] = {
    "wards": (
        _CODE,
        _NAME,
        _asked("type", "string", "phường hoặc xã", "phường or xã"),
        _FULL_NAME,
        _column("population", "integer", "Dân số chính thức, người", "Official population"),
        _column("area_km2", "number", "Diện tích chính thức, km²", "Official area, square kilometres"),
        _MEASURED,
        _column(
            "old_codes",
            "string",
            "Mã các đơn vị cũ đã lập nên, cách nhau bởi dấu chấm phẩy",
            "Codes of the old communes it was made from, separated by semicolons",
        ),
        _column("doubt_vi", "string", "Điều chưa chắc, tiếng Việt", "What is doubtful, in Vietnamese"),
        _column("doubt_en", "string", "Điều chưa chắc, tiếng Anh", "What is doubtful, in English"),
        _column("source", "string", "Nguồn hình vẽ", "Source of the shape"),
        *_END,
        *_EVERY,
    ),
    "old-communes": (
        _CODE,
        _NAME,
        _asked("type", "string", "phường, xã hoặc thị trấn", "phường, xã or thị trấn"),
        _FULL_NAME,
        _DISTRICT_CODE,
        _DISTRICT,
        _MEASURED,
        _column(
            "ward_codes",
            "string",
            "Mã các phường, xã mới đã nhận, cách nhau bởi dấu chấm phẩy",
            "Codes of the wards it went to, separated by semicolons",
        ),
        *_END,
        *_EVERY,
    ),
    "old-districts": (
        _asked("code", "string", "Mã, ba chữ số, ghi dạng chữ", "Code: three digits, kept as text"),
        _FULL_NAME,
        _column("commune_count", "integer", "Số xã, phường, thị trấn", "Number of its communes"),
        *_END,
        *_EVERY,
    ),
    "premises": (
        _asked("id", "string", "Mã trụ sở: mã phường, xã và số", "Ward code and number"),
        _WARD_CODE,
        _WARD_NAME,
        _column("number", "integer", "Số thứ tự trong phường, xã", "Number within the ward"),
        _column("role", "string", "Vai trò", "Role"),
        _column("bodies", "string", "Các cơ quan ở đó", "Bodies that sit there"),
        _asked("status", "string", "listed, temporary hoặc planned", "listed, temporary or planned"),
        _column("address", "string", "Địa chỉ như đã công bố", "Address as published"),
        _column("position_method", "string", "Cách xác định vị trí", "How the position was found"),
        _column("uncertainty_m", "number", "Sai số vị trí, mét", "Uncertainty of the position, metres"),
        _column("inside_ward", "boolean", "Vị trí nằm trong phường, xã", "The position lies in its own ward"),
        _column("position_source", "string", "Nguồn vị trí", "Source of the position"),
        _asked("confidence", "string", "Độ tin cậy: A, A-, B, C, D", "Confidence: A, A-, B, C, D"),
        _column("source", "string", "Nguồn", "Source"),
        _column("note", "string", "Ghi chú", "Note"),
        _column("valid_from", "string", "Ngày bắt đầu, nếu biết", "First day, where known"),
        *_EVERY,
    ),
    "crosswalk-pieces": (
        _asked("id", "string", "Mã đơn vị cũ và mã phường, xã mới", "Code of the old commune and of the ward"),
        _asked("old_code", "string", "Mã đơn vị cũ", "Code of the old commune"),
        _asked("old_name", "string", "Đơn vị cũ", "Old commune"),
        _DISTRICT_CODE,
        _DISTRICT,
        _WARD_CODE,
        _WARD_NAME,
        _asked(
            "clause", "integer", "Khoản của Điều 1, Nghị quyết 1656", "Khoản of Article 1, Nghị quyết 1656/NQ-UBTVQH15"
        ),
        _asked("share", "string", "Phần được chuyển, theo khoản", "What the khoản hands over"),
        _asked("residents", "string", "Dân cư được chuyển: all, some, none", "Residents handed over: all, some, none"),
        _column(
            "drawn_share",
            "number",
            "Phần diện tích vẽ của đơn vị cũ, 0 đến 1; luật không nêu số này",
            "Part of the commune's drawn area, 0 to 1; the law states no such figure",
        ),
        *_END,
        *_EVERY,
    ),
}
