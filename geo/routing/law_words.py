"""The law as evidence, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model import Evidence, EvidenceKind, Residents, ShareKind, Subject, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.addresses import CommuneName
    from geo.crosswalk import Crosswalk
    from geo.model import CrosswalkLink, Ward
    from geo.routing.case import Cell

LAW = "Nghị quyết 1656/NQ-UBTVQH15, Điều 1"

_SHARES = {
    ShareKind.WHOLE: Text("toàn bộ", "whole"),
    ShareKind.AREA_AND_POPULATION: Text("một phần diện tích và dân số", "part of the area and population"),
    ShareKind.AREA_ONLY: Text("một phần diện tích, không có dân", "part of the area, no residents"),
    ShareKind.AREA_AND_ALL_POPULATION: Text("một phần diện tích", "part of the area"),
    ShareKind.REMAINDER: Text("phần còn lại", "the remainder"),
}
_ALL_RESIDENTS = Text(" và toàn bộ dân số", " and all residents")


def law_evidence(crosswalk: Crosswalk, code: str, name: CommuneName, subject: Subject) -> Evidence:
    """Say where the law sent an old commune's residents or ground.

    Parameters
    ----------
    code
        The commune of 30 June 2025.
    name
        The name by which the address calls it, which may be an older one.
    """
    unit = crosswalk.old_unit(code)
    links = crosswalk.destinations(code, subject)
    vi, en = f"{unit.full_name}, {unit.district}", f"{unit.full_name}, {unit.district}"
    if not name.current:
        vi = f"{name.type} {name.name} trước đây, đến 30/6/2025 thuộc {vi}"
        en = f"the former {name.type} {name.name}, by 30 June 2025 in {en}"
    return Evidence(
        kind=EvidenceKind.OLD_COMMUNE,
        wards=tuple(ward.code for _, ward in links),
        text=Text(
            f"{vi} (mã cũ {code}) → " + "; ".join(_link(link, ward, subject).vi for link, ward in links),
            f"{en} (old code {code}) → " + "; ".join(_link(link, ward, subject).en for link, ward in links),
        ),
        source=LAW,
        clauses=tuple(link.clause for link, _ in links),
    )


def new_ward_evidence(ward: Ward) -> Evidence:
    """Say that the address names the ward itself."""
    return Evidence(
        EvidenceKind.NEW_WARD,
        (ward.code,),
        Text(f"địa chỉ nêu tên mới {ward.full_name}", f"the address names the new {ward.full_name}"),
        LAW,
    )


def district_evidence(districts: tuple[str, ...], cells: Iterable[Cell]) -> Evidence:
    """Say to how many wards the districts named went."""
    wards = tuple(dict.fromkeys(ward for _, ward in cells))
    listed = ", ".join(districts)
    text = Text(f"{listed} đã chia về {len(wards)} phường, xã", f"{listed} went to {len(wards)} wards")
    return Evidence(EvidenceKind.DISTRICT, wards, text, LAW)


def _link(link: CrosswalkLink, ward: Ward, subject: Subject) -> Text:
    """Say what part of the commune one khoản sends to a ward."""
    share = _SHARES[link.share]
    everyone = link.residents is Residents.ALL and link.share is not ShareKind.WHOLE and subject is Subject.RESIDENT
    also = _ALL_RESIDENTS if everyone else Text("", "")
    return Text(
        f"{share.vi}{also.vi} về {ward.full_name} (khoản {link.clause})",
        f"{share.en}{also.en} to {ward.full_name} (clause {link.clause})",
    )
