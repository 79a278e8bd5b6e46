"""Which column of a table of case files is which: named, or recognised by its heading; never by position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.cases.points import LAT_HEADINGS, LON_HEADINGS
from geo.cases.route_columns import is_personal
from geo.errors import TableError
from geo.model import AddressRole, Text
from geo.tables import find_column, fold_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NUMBER = (
    "số hồ sơ", "mã hồ sơ", "mã số hồ sơ", "mã HS", "số HS", "mã biên nhận", "số biên nhận", "case number", "case no",
)  # fmt: skip
_KIND = (
    "loại", "loại hồ sơ", "lĩnh vực", "loại hình", "nhóm thủ tục", "thủ tục", "tên thủ tục", "thủ tục hành chính",
    "loại thủ tục", "TTHC", "kind", "case kind",
)  # fmt: skip
_RECEIVED = (
    "ngày nhận", "ngày tiếp nhận", "ngày nộp", "ngày nhận hồ sơ", "ngày tiếp nhận hồ sơ", "ngày nộp hồ sơ",
    "thời gian tiếp nhận", "received", "received date",
)  # fmt: skip
_DISTRICT = (
    "quận huyện cũ", "quận, huyện", "quận huyện", "quận/huyện/thị xã", "quận huyện thị xã cũ", "huyện cũ", "quận cũ",
    "quận", "huyện", "old district", "district",
)  # fmt: skip
_COMMUNE = (
    "phường xã cũ", "xã phường cũ", "phường/xã", "xã/phường", "phường xã thị trấn", "xã phường thị trấn",
    "phường xã thị trấn cũ", "xã phường thị trấn cũ", "phường cũ", "xã cũ", "phường", "xã", "old ward", "old commune",
)  # fmt: skip
_STATE = (
    "trạng thái", "tình trạng", "trạng thái hồ sơ", "tình trạng hồ sơ", "tình trạng giải quyết", "tình trạng xử lý",
    "trạng thái xử lý", "state", "status",
)  # fmt: skip

ADDRESS_HEADINGS: Final[Mapping[AddressRole, tuple[str, ...]]] = {
    AddressRole.RESIDENCE: (
        "địa chỉ thường trú", "thường trú", "nơi thường trú", "hộ khẩu thường trú", "HKTT", "địa chỉ tạm trú",
        "nơi tạm trú", "nơi cư trú", "địa chỉ cư trú", "nơi ở hiện tại", "nơi ở", "chỗ ở hiện nay", "residence",
    ),
    AddressRole.REGISTRATION: (
        "nơi đăng ký", "nơi đăng ký hộ tịch", "địa chỉ đăng ký hộ tịch", "nơi đã đăng ký", "nơi đăng ký khai sinh",
        "nơi đăng ký kết hôn", "place of registration",
    ),
    AddressRole.PARCEL: (
        "địa chỉ thửa đất", "vị trí thửa đất", "địa điểm thửa đất", "thửa đất", "nơi có đất", "địa chỉ đất",
        "vị trí khu đất", "địa chỉ khu đất", "parcel", "parcel address",
    ),
    AddressRole.SITE: (
        "địa điểm xây dựng", "địa chỉ xây dựng", "địa chỉ công trình", "vị trí công trình", "địa điểm công trình",
        "địa điểm dự án", "vị trí dự án", "địa điểm thực hiện", "địa điểm thực hiện dự án", "site", "site address",
    ),
    AddressRole.PREMISES: (
        "địa điểm kinh doanh", "địa chỉ kinh doanh", "trụ sở hộ kinh doanh", "địa chỉ trụ sở", "trụ sở chính",
        "địa chỉ cơ sở", "premises", "business premises",
    ),
    AddressRole.OTHER: ("địa chỉ", "address", "địa chỉ người nộp", "địa chỉ liên hệ", "địa chỉ chủ hồ sơ"),
}  # fmt: skip
"""A role may have several columns; the first of a row that is filled counts."""

ROLE_OPTIONS: Final[Mapping[AddressRole, str]] = {
    AddressRole.RESIDENCE: "--residence",
    AddressRole.REGISTRATION: "--registration",
    AddressRole.PARCEL: "--parcel",
    AddressRole.SITE: "--site",
    AddressRole.PREMISES: "--premises",
    AddressRole.OTHER: "--address",
}


@dataclass(frozen=True, slots=True)
class CaseColumns:
    """Headings of the columns as the user names them; those that are None are recognised.

    ``addresses`` holds the columns named for a role; where a role is named, no other column is taken for it.
    """

    number: str | None = None
    kind: str | None = None
    received: str | None = None
    old_district: str | None = None
    old_commune: str | None = None
    state: str | None = None
    lon: str | None = None
    lat: str | None = None
    addresses: tuple[tuple[AddressRole, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundColumns:
    """Positions of the columns, 0-based; None where the table has no such column."""

    number: int | None
    kind: int | None
    received: int | None
    old_district: int | None
    old_commune: int | None
    state: int | None
    lon: int | None
    lat: int | None
    addresses: tuple[tuple[AddressRole, int], ...]

    def described(self, columns: Sequence[str]) -> list[Text]:
        """Say which column was taken for what, one line a column."""
        named = [(_WHAT[name], position) for name, position in self._single() if position is not None]
        roles = [(_ROLE_WHAT[role], position) for role, position in self.addresses]
        return [Text(f"{what.vi}: “{columns[i]}”", f"{what.en}: “{columns[i]}”") for what, i in named + roles]

    def missing(self) -> list[Text]:
        """Say what the table has no column for."""
        return [_WHAT[name] for name, position in self._single() if position is None and name not in ("lon", "lat")]

    def _single(self) -> list[tuple[str, int | None]]:
        return [(name, getattr(self, name)) for name in _WHAT]


_WHAT: Final[Mapping[str, Text]] = {
    "number": Text("số hồ sơ", "case number"),
    "kind": Text("lĩnh vực", "kind"),
    "received": Text("ngày nhận", "received"),
    "old_district": Text("quận, huyện cũ", "old district"),
    "old_commune": Text("phường, xã cũ", "old commune"),
    "state": Text("trạng thái", "state"),
    "lon": Text("kinh độ", "longitude"),
    "lat": Text("vĩ độ", "latitude"),
}
_ROLE_WHAT: Final[Mapping[AddressRole, Text]] = {
    AddressRole.RESIDENCE: Text("nơi cư trú", "residence"),
    AddressRole.REGISTRATION: Text("nơi đăng ký hộ tịch", "place of registration"),
    AddressRole.PARCEL: Text("thửa đất", "parcel"),
    AddressRole.SITE: Text("địa điểm xây dựng, dự án", "site"),
    AddressRole.PREMISES: Text("địa điểm kinh doanh", "business premises"),
    AddressRole.OTHER: Text("địa chỉ", "address"),
}
_HEADINGS: Final[Mapping[str, Sequence[str]]] = {
    "number": _NUMBER,
    "kind": _KIND,
    "received": _RECEIVED,
    "old_district": _DISTRICT,
    "old_commune": _COMMUNE,
    "state": _STATE,
    "lon": LON_HEADINGS,
    "lat": LAT_HEADINGS,
}


def find_columns(columns: Sequence[str], named: CaseColumns) -> FoundColumns:
    """Find the columns of a table of case files.

    Raises
    ------
    TableError
        A named column is not there or identifies people, a heading fits several columns, only one of longitude and
        latitude is there, or no column places a file.
    """
    _refuse_personal(named)
    single = {
        name: find_column(columns, named=getattr(named, name), headings=_HEADINGS[name], what=what.vi)
        for name, what in _WHAT.items()
    }
    found = FoundColumns(addresses=_address_columns(columns, named), **single)
    if (found.lon is None) != (found.lat is None):
        raise TableError(
            vi="Chỉ thấy một trong hai cột kinh độ, vĩ độ. Hãy chỉ tên cả hai bằng --lon và --lat.",
            en="Only one of the columns for longitude and latitude is there. Name both with --lon and --lat.",
            field="lon" if found.lon is None else "lat",
        )
    if not found.addresses and found.old_commune is None and found.lon is None:
        listed = ", ".join(f"“{column}”" for column in columns)
        raise TableError(
            vi="Không thấy cột nào cho biết hồ sơ ở đâu (địa chỉ, phường xã cũ, toạ độ). Hãy chỉ tên cột, ví dụ "
            f"--address “Địa chỉ”. Bảng có các cột: {listed}.",
            en="No column tells where a file belongs (address, old commune, coordinates). Name one, for example "
            f"--address “Địa chỉ”. The table has: {listed}.",
            field="columns",
        )
    return found


def _refuse_personal(named: CaseColumns) -> None:
    """Refuse to read what identifies a person, whoever names it."""
    names = [getattr(named, name) for name in _WHAT] + [heading for _, heading in named.addresses]
    for name in names:
        if name is not None and is_personal(name):
            raise TableError(
                vi=f"Cột “{name}” là thông tin cá nhân, chương trình không đọc. Hãy chọn cột khác.",
                en=f"“{name}” identifies people and is not read. Name another column.",
                field=name,
            )


def _address_columns(columns: Sequence[str], named: CaseColumns) -> tuple[tuple[AddressRole, int], ...]:
    given = {role for role, _ in named.addresses}
    found: dict[int, AddressRole] = {}
    for role, heading in named.addresses:
        position = find_column(columns, named=heading, headings=(), what=_ROLE_WHAT[role].vi)
        if position is not None:
            found[position] = role
    for role, headings in ADDRESS_HEADINGS.items():
        if role in given:
            continue
        known = {fold_heading(heading) for heading in headings}
        for position, column in enumerate(columns):
            if fold_heading(column) in known:
                found.setdefault(position, role)
    return tuple((found[position], position) for position in sorted(found))
