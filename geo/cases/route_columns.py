"""Which columns of a table say where a case belongs: named, or recognised by their headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.cases.points import LAT_HEADINGS, LON_HEADINGS
from geo.errors import TableError
from geo.tables import find_column, fold_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.cases.route_chunk import QueryCells
    from geo.errors import Language
    from geo.tables import Batch

_ADDRESS = (
    "địa chỉ", "địa chỉ cũ", "địa chỉ đầy đủ", "địa chỉ chi tiết", "địa chỉ thường trú", "địa chỉ tạm trú",
    "địa chỉ cư trú", "địa chỉ nơi ở", "địa chỉ nhà", "địa chỉ hộ khẩu", "hộ khẩu thường trú", "nơi cư trú", "nơi ở",
    "nơi ở hiện tại", "nơi thường trú", "nơi đăng ký thường trú", "địa chỉ thửa đất", "vị trí thửa đất",
    "địa chỉ công trình", "địa chỉ xây dựng", "địa điểm xây dựng", "địa chỉ kinh doanh", "địa điểm kinh doanh",
    "địa chỉ trụ sở", "địa điểm", "address", "full address", "old address",
)  # fmt: skip
_WARD = (
    "phường xã", "xã phường", "phường/xã", "xã/phường", "phường", "xã", "phường, xã, thị trấn", "xã, phường, thị trấn",
    "ward", "commune",
)  # fmt: skip
_OLD_WARD = (
    "phường (cũ)", "xã (cũ)", "phường xã (cũ)", "xã phường (cũ)", "phường, xã, thị trấn (cũ)",
    "xã, phường, thị trấn (cũ)", "phường xã thị trấn cũ", "đơn vị cũ", "old ward", "old commune",
)  # fmt: skip
_DISTRICT = (
    "quận huyện", "quận/huyện", "quận", "huyện", "quận (cũ)", "huyện (cũ)", "quận huyện (cũ)", "quận, huyện, thị xã",
    "quận, huyện, thị xã (cũ)", "district", "old district",
)  # fmt: skip
_KIND = ("loại hồ sơ", "lĩnh vực", "loại đối tượng", "kind", "case kind", "subject")

_PERSONAL = re.compile(
    r"(so|ma|masothe|sothe)?(cccd|cmnd|cmt|cmtnd|cccdcmnd|cmndcccd|cancuoc|cancuoccongdan|dinhdanh|dinhdanhcanhan|hochieu"
    r"|giaytotuythan|bhxh|bhyt|baohiemxahoi|baohiemyte|dienthoai|dt|dtdd|didong|sdt)"
    r"|sdtlienhe|sodienthoailienhe|phone|phonenumber|mobile|tel|email|emailaddress|thudientu|hopthu"
    r"|(ngaythangnam|ngay|nam|ngaythang)sinh|dateofbirth|birthdate|birthday|dob"
    r"|(ho|hova|hochuva|hovachu|hochudem|hochudemva)?ten(khaisinh|chuho|chuhoso|nguoinop|congdan|nguoidan)?|hotendem|chuho|nguoinop"
    r"|nguoiyeucau|name|fullname|firstname|lastname|surname"
)
"""Folded headings of what identifies a person."""


@dataclass(frozen=True, slots=True)
class RouteColumns:
    """Which columns to read, where their headings alone do not say it.

    Parameters
    ----------
    address
        Several are joined by ``", "`` in this order.
    lon, lat
        Degrees; both or neither.
    kind
        What the row is about, or the field of the file: tells a person's address from a parcel.
    """

    address: tuple[str, ...] = ()
    old_ward: str | None = None
    district: str | None = None
    lon: str | None = None
    lat: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class FoundColumns:
    """Which columns are read: positions from 0, and all headings of the table."""

    headings: tuple[str, ...]
    address: tuple[int, ...]
    old_ward: int | None
    district: int | None
    lon: int | None
    lat: int | None
    kind: int | None

    def used(self) -> dict[str, list[str]]:
        """Return what each column is used as, and the headings: ``{"address": ["Địa chỉ"]}``."""
        positions = {"address": self.address} | {
            name: () if (at := getattr(self, name)) is None else (at,)
            for name in ("old_ward", "district", "lon", "lat", "kind")
        }
        return {name: [self.headings[at] for at in found] for name, found in positions.items() if found}

    def positions(self) -> list[list[int] | int | None]:
        """Return the positions, for telling one choice of columns from another."""
        return [list(self.address), self.old_ward, self.district, self.lon, self.lat, self.kind]

    @property
    def point_headings(self) -> tuple[str, str]:
        """The headings of longitude and latitude, for messages."""
        if self.lon is None or self.lat is None:
            return ("lon", "lat")
        return self.headings[self.lon], self.headings[self.lat]

    def query_cells(self, batch: Batch, lang: Language) -> list[QueryCells]:
        """Return what the rows of a batch say; no other column is looked at."""
        nothing = [""] * len(batch)

        def column(position: int | None) -> list[str]:
            return nothing if position is None else batch.column(position)

        addresses = column(self.address[0]) if len(self.address) == 1 else nothing
        if len(self.address) > 1:
            parts = zip(*(batch.column(position) for position in self.address), strict=True)
            addresses = [", ".join(text for cell in row if (text := cell.strip())) for row in parts]
        problems = [row.problem.message(lang) if row.problem else "" for row in batch]
        others = (column(at) for at in (self.old_ward, self.district, self.lon, self.lat, self.kind))
        return list(zip(addresses, *others, problems, strict=True))


def find_route_columns(columns: Sequence[str], named: RouteColumns, *, look_for_kind: bool = True) -> FoundColumns:
    """Find the columns; a name comes before a heading that is recognised, and nothing is told by position.

    A heading that says only "phường, xã" does not tell an old commune from a new ward: such a column is read as part of
    the address, where a name of both is both, until a district or the date settles it.

    Parameters
    ----------
    look_for_kind
        Whether a column of kinds counts that is not named: not where the whole table is said to be of one subject.

    Raises
    ------
    TableError
        A named column does not exist or identifies people, several columns fit, only one of longitude and latitude
        is named, or nothing says where a case belongs.
    """
    _refuse_personal(named)

    def find(name: str | None, headings: Sequence[str], what: str) -> int | None:
        return find_column(columns, named=name, headings=headings, what=what)

    addresses = [find(name, (), "--address-column") for name in named.address]
    if not addresses:
        addresses = [find(None, _ADDRESS, "--address-column")]
    old_ward = find(named.old_ward, _OLD_WARD, "--old-ward")
    if old_ward is None:
        addresses.append(find(None, _WARD, "--address-column"))
    lon, lat = find(named.lon, LON_HEADINGS, "--lon"), find(named.lat, LAT_HEADINGS, "--lat")
    if (lon is None) != (lat is None):
        if named.lon or named.lat:
            raise TableError(
                vi="Toạ độ cần cả hai cột: hãy chỉ tên cả --lon và --lat.",
                en="Coordinates take two columns: name both --lon and --lat.",
                field="columns",
            )
        lon = lat = None
    found = FoundColumns(
        headings=tuple(columns),
        address=tuple(dict.fromkeys(at for at in addresses if at is not None)),
        old_ward=old_ward,
        district=find(named.district, _DISTRICT, "--district"),
        lon=lon,
        lat=lat,
        kind=find(named.kind, _KIND if look_for_kind else (), "--kind"),
    )
    if not found.address and old_ward is None and found.lon is None:
        raise _nothing_to_go_by(columns)
    return found


def is_personal(heading: str) -> bool:
    """Tell whether a heading is of what identifies a person: numbers of papers, telephone, birth, name.

    >>> is_personal("Số CCCD"), is_personal("Ngày sinh"), is_personal("Địa chỉ")
    (True, True, False)
    """
    return _PERSONAL.fullmatch(fold_heading(heading)) is not None


def _refuse_personal(named: RouteColumns) -> None:
    names = (*named.address, named.old_ward, named.district, named.lon, named.lat, named.kind)
    for name in names:
        if name is not None and is_personal(name):
            raise TableError(
                vi=f"Cột “{name}” là thông tin cá nhân và không cho biết nơi nào: chương trình không đọc cột này.",
                en=f"“{name}” identifies people and tells no place: it is not read.",
                field=name,
            )


def _nothing_to_go_by(columns: Sequence[str]) -> TableError:
    listed = ", ".join(f"“{column}”" for column in columns)
    return TableError(
        vi="Không thấy cột nào cho biết địa chỉ. Hãy chỉ tên cột bằng --address-column, --old-ward (phường, xã cũ), "
        f"hoặc --lon và --lat. Các cột hiện có: {listed}.",
        en="No column tells an address. Name it with --address-column, --old-ward (the old commune), or --lon and "
        f"--lat. The columns are: {listed}.",
        field="columns",
    )
