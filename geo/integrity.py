"""The checks on a dataset: one implementation for the build and for the committed data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.crs import geometry_to_metres
from geo.model import Residents, ShareKind, Ward
from geo.stores.dataset import DISPLAY_LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.errors import Language
    from geo.model import CrosswalkLink, TrialFacts
    from geo.stores import Dataset, GazetteerTables, Store

WARDS, WARDS_PHUONG, WARDS_XA = 126, 51, 75
OLD_UNITS, DISTRICTS, LINKS = 526, 30, 795
TRIAL_CONTENTS, TRIAL_DAYS, TRIAL_BRANCHES, TRIAL_GROUPS = 10, 7, 12, 11
AREA_TOLERANCE_PCT = 2.0
ROUNDING_DEG = 2e-6

AREA_OUTLIERS = {
    "Hòa Lạc", "Yên Xuân", "Cầu Giấy", "Minh Châu", "Kiến Hưng", "Suối Hai", "Hà Đông", "Hoàng Mai", "Bồ Đề",
    "Quốc Oai", "Ngọc Hà", "Hạ Bằng", "Dương Nội", "Vĩnh Hưng",
}  # fmt: skip
"""Wards whose polygon is known to differ by 2 % or more from the official area."""


class Severity(StrEnum):
    """What a finding means: passed, look at it, or do not serve these data."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    severity: Severity
    vi: str
    en: str

    def message(self, lang: Language) -> str:
        """Return the finding in words."""
        return self.vi if lang == "vi" else self.en

    def __str__(self) -> str:
        return f"[{self.severity}] {self.check}: {self.en}"


def check_store(store: Store) -> list[Finding]:
    """Run every check over every generation of a store."""
    old, new = (store.dataset(generation) for generation in store.generations())
    findings = [*_counts(old, new), *_links(old, new), *_areas(new), *_premises(new)]
    findings += _trial(old, new, store.trial())
    findings += _gazetteer(old, new, store.gazetteer())
    for dataset in (old, new):
        findings += _coverage(dataset, "lookup", dataset.geometries)
        for tolerance in DISPLAY_LEVELS:
            shapes = store.display_geometries(dataset.generation, tolerance)
            findings += _coverage(dataset, f"display-{tolerance}m", shapes)
    return findings


def _finding(check: str, *, vi: str, en: str, ok: bool, otherwise: Severity = Severity.ERROR) -> Finding:
    return Finding(check=check, severity=Severity.OK if ok else otherwise, vi=vi, en=en)


def _counts(old: Dataset, new: Dataset) -> Iterator[Finding]:
    types = Counter(unit.type for unit in new.units)
    yield _finding(
        "wards",
        ok=types == {"phường": WARDS_PHUONG, "xã": WARDS_XA},
        vi=f"{len(new.units)} đơn vị mới: {types['phường']} phường, {types['xã']} xã (luật: 126 = 51 + 75)",
        en=f"{len(new.units)} new units: {types['phường']} phường, {types['xã']} xã (the law: 126 = 51 + 75)",
    )
    yield _finding(
        "old-units",
        ok=len(old.units) == OLD_UNITS and len(old.districts) == DISTRICTS,
        vi=f"{len(old.units)} xã, phường, thị trấn cũ và {len(old.districts)} quận, huyện cũ (luật: 526 và 30)",
        en=f"{len(old.units)} old communes and {len(old.districts)} old districts (the law: 526 and 30)",
    )
    for dataset in (old, new):
        codes = [unit.code for unit in dataset.units]
        bad = [code for code in codes if not (len(code) == 5 and code.isdigit())]  # noqa: PLR2004 (GSO codes)
        yield _finding(
            f"codes-{dataset.generation.id}",
            ok=codes == sorted(set(codes)) and not bad,
            vi=f"{len(set(codes))} mã khác nhau, xếp thứ tự; mã sai: {bad or 'không'}",
            en=f"{len(set(codes))} distinct codes in order; malformed: {bad or 'none'}",
        )


def _links(old: Dataset, new: Dataset) -> Iterator[Finding]:
    links = new.links
    linked_old, linked_new = {link.old_code for link in links}, {link.ward_code for link in links}
    missing = sorted({u.code for u in old.units} ^ linked_old) + sorted({u.code for u in new.units} ^ linked_new)
    yield _finding(
        "links",
        ok=len({(link.old_code, link.ward_code) for link in links}) == LINKS == len(links) and not missing,
        vi=f"{len(links)} liên kết cũ → mới (luật: 795); mã không khớp: {missing or 'không'}",
        en=f"{len(links)} links old → new (the law: 795); codes that do not match: {missing or 'none'}",
    )
    clause_of_ward = {(link.ward_code, link.clause) for link in links}
    yield _finding(
        "clauses",
        ok=len(clause_of_ward) == WARDS and {clause for _, clause in clause_of_ward} == set(range(1, WARDS + 1)),
        vi=f"mỗi đơn vị mới có đúng một khoản, từ 1 đến {WARDS}",
        en=f"each new unit has exactly one khoản, 1 to {WARDS}",
    )
    bad = sorted(code for code in linked_old if not _shares_add_up([k for k in links if k.old_code == code]))
    yield _finding(
        "shares",
        ok=not bad,
        vi=f"phần của mỗi xã cũ cộng lại đủ (toàn bộ, hoặc các phần và một phần còn lại); sai: {bad or 'không'}",
        en=f"the shares of each old unit add up (whole, or parts and one remainder); wrong: {bad or 'none'}",
    )


def _shares_add_up(links: list[CrosswalkLink]) -> bool:
    shares = Counter(link.share for link in links)
    residents = Counter(link.residents for link in links)
    if len(links) == 1:
        return shares[ShareKind.WHOLE] == 1 and residents[Residents.ALL] == 1
    one_remainder = shares[ShareKind.WHOLE] == 0 and shares[ShareKind.REMAINDER] == 1
    return one_remainder and ((residents[Residents.ALL] == 1) != (residents[Residents.SOME] > 1))


def _areas(new: Dataset) -> Iterator[Finding]:
    wards = [unit for unit in new.units if isinstance(unit, Ward)]
    off = {ward.name: 100 * (ward.polygon_area_km2 / ward.area_km2 - 1) for ward in wards}
    outliers = {name: pct for name, pct in off.items() if abs(pct) >= AREA_TOLERANCE_PCT}
    listed = ", ".join(f"{name} {pct:+.1f} %" for name, pct in sorted(outliers.items(), key=lambda kv: -abs(kv[1])))
    fresh = sorted(set(outliers) - AREA_OUTLIERS)
    yield _finding(
        "areas-known",
        ok=not fresh,
        vi=f"đơn vị lệch diện tích ngoài danh sách đã biết: {', '.join(fresh) or 'không'}",
        en=f"area outliers that are not on the known list: {', '.join(fresh) or 'none'}",
    )
    yield _finding(
        "areas",
        ok=not outliers,
        otherwise=Severity.WARNING,
        vi=f"diện tích bản đồ lệch từ 2 % so với công bố: {listed or 'không'}",
        en=f"map area 2 % or more off the official area: {listed or 'none'}",
    )


def _premises(new: Dataset) -> Iterator[Finding]:
    codes = {unit.code for unit in new.units}
    with_premises = {premises.ward_code for premises in new.premises}
    ids = [premises.id for premises in new.premises]
    yield _finding(
        "premises",
        ok=with_premises == codes and len(ids) == len(set(ids)),
        vi=f"{len(ids)} trụ sở đã biết, phủ {len(with_premises & codes)}/126 đơn vị; mã đơn vị lạ: "
        f"{sorted(with_premises - codes) or 'không'}",
        en=f"{len(ids)} known premises over {len(with_premises & codes)} of 126 wards; unknown ward codes: "
        f"{sorted(with_premises - codes) or 'none'}",
    )
    shapes: Mapping[str, shapely.Geometry] = dict(zip((u.code for u in new.units), new.geometries, strict=True))
    placed = [(p, p.position) for p in new.premises if p.position and p.ward_code in codes]
    inside = {p.id: bool(shapely.intersects_xy(shapes[p.ward_code], at.lon, at.lat)) for p, at in placed}
    misflagged = sorted(p.id for p, at in placed if at.inside_ward is not inside[p.id])
    yield _finding(
        "premises-flags",
        ok=not misflagged,
        vi=f"cờ 'nằm trong đơn vị' đúng với hình; sai: {misflagged or 'không'}",
        en=f"the inside-its-ward flags agree with the shapes; wrong: {misflagged or 'none'}",
    )
    outside = sorted(identifier for identifier, is_inside in inside.items() if not is_inside)
    yield _finding(
        "premises-inside",
        ok=not outside,
        otherwise=Severity.WARNING,
        vi=f"trụ sở có vị trí nằm ngoài đơn vị của mình: {', '.join(outside) or 'không'}",
        en=f"premises positioned outside their own ward: {', '.join(outside) or 'none'}",
    )


def _trial(old: Dataset, new: Dataset, facts: TrialFacts) -> Iterator[Finding]:
    """Check that the trial's facts name wards, districts and premises that exist, and number what the city numbers."""
    codes = {unit.code for unit in new.units}
    districts = {(district.code, district.full_name) for district in old.districts}
    premises = {known.id for known in new.premises}
    named = [(district.code, district.name) for group in facts.groups for district in group.districts]
    numbers = [
        [content.number for content in facts.contents] == list(range(1, TRIAL_CONTENTS + 1)),
        [branch.number for branch in facts.branches] == list(range(1, TRIAL_BRANCHES + 1)),
        [group.number for group in facts.groups] == list(range(1, TRIAL_GROUPS + 1)),
    ]
    yield _finding(
        "trial",
        ok=all(numbers) and len(facts.heads) == TRIAL_GROUPS and len(facts.days) == TRIAL_DAYS,
        vi=f"{len(facts.contents)} nhóm nội dung, {len(facts.days)} ngày, {len(facts.branches)} chi nhánh, "
        f"{len(facts.groups)} tổ công tác (công bố: 10, 7, 12, 11)",
        en=f"{len(facts.contents)} content groups, {len(facts.days)} days, {len(facts.branches)} branches, "
        f"{len(facts.groups)} working groups (as published: 10, 7, 12, 11)",
    )
    strange = sorted(
        [one.ward_code for one in facts.participation if one.ward_code not in codes]
        + [code for branch in facts.branches for code in branch.ward_codes if code not in codes]
        + [branch.premises_id for branch in facts.branches if branch.premises_id and branch.premises_id not in premises]
        + [name for code, name in named if (code, name) not in districts]
    )
    took_part = {one.ward_code for one in facts.participation}
    yield _finding(
        "trial-wards",
        ok=took_part == codes and len(facts.participation) == WARDS and not strange and len(set(named)) == len(named),
        vi=f"{len(took_part & codes)}/126 đơn vị tham gia thử nghiệm; mã lạ: {strange or 'không'}",
        en=f"{len(took_part & codes)} of 126 wards in the trial; unknown names: {strange or 'none'}",
    )


def _gazetteer(old: Dataset, new: Dataset, tables: GazetteerTables) -> Iterator[Finding]:
    """Check that streets, numbers and places stand on ground that the law sent from their commune to their ward."""
    lawful = {(link.old_code, link.ward_code) for link in new.links}
    where = {
        "street_communes": [(row[4], row[3]) for row in tables.street_communes],
        "house_numbers": [(row[7], row[6]) for row in tables.house_numbers],
        "places": [(row[6], row[5]) for row in tables.places],
        "commune_pieces": [(row[0], row[1]) for row in tables.commune_pieces],
    }
    rows = sum(map(len, where.values()))
    strange = sorted(f"{name}: {len(set(pairs) - lawful)}" for name, pairs in where.items() if set(pairs) - lawful)
    yield _finding(
        "gazetteer-law",
        ok=not strange and set(where["commune_pieces"]) == lawful,
        vi=f"{rows} dòng địa danh đều nằm trên phần đất luật chuyển; trái: {strange or 'không'}",
        en=f"{rows} gazetteer rows, all on ground that the law moved; not: {strange or 'none'}",
    )
    shapes = dict(zip((unit.code for unit in new.units), new.geometries, strict=True))
    points = [(row[6], row[4], row[5]) for row in tables.house_numbers] + [
        (row[5], row[3], row[4]) for row in tables.places
    ]
    wards = np.array([shapes.get(ward) for ward, _, _ in points], dtype=object)
    at = shapely.points(np.array([(float(lon), float(lat)) for _, lon, lat in points]))
    # Positions are rounded to 6 decimals, 0.1 m: one that lies that near to a border may have crossed it.
    astray = int((~shapely.dwithin(wards, at, ROUNDING_DEG)).sum())
    older = {row[3] for row in tables.older_communes} - {unit.code for unit in old.units}
    yield _finding(
        "gazetteer-points",
        ok=astray == 0 and not older,
        vi=f"{len(points)} số nhà và địa điểm nằm trong đơn vị của mình; lệch: {astray}; tên cũ dẫn tới mã lạ: "
        f"{sorted(older) or 'không'}",
        en=f"{len(points)} house numbers and places lie in their ward; astray: {astray}; older names that lead to "
        f"unknown codes: {sorted(older) or 'none'}",
    )


def _coverage(dataset: Dataset, use: str, shapes: np.ndarray[tuple[int], np.dtype[np.object_]]) -> Iterator[Finding]:
    """Check that shapes fill the city once: valid, edges matched, no overlap, no gap."""
    union = shapely.coverage_union_all(shapes)
    holes = sum(len(part.interiors) for part in shapely.get_parts(union))
    metric = geometry_to_metres(shapes)
    overlap_m2 = float(shapely.area(metric).sum() - geometry_to_metres(np.array([union], dtype=object))[0].area)
    ok = (
        len(shapes) == dataset.generation.unit_count
        and bool(shapely.is_valid(shapes).all())
        and bool(shapely.coverage_is_valid(shapes))
        and holes == 0
        and abs(overlap_m2) < 1  # square metres; the sum of 126 areas in floating point is good to about 1e-3
    )
    yield _finding(
        f"coverage-{dataset.generation.id}-{use}",
        ok=ok,
        vi=f"{len(shapes)} hình, phủ kín không chồng lấn: hở {holes}, chồng {abs(overlap_m2):.2f} m²",
        en=f"{len(shapes)} shapes, a valid coverage: {holes} gaps, {abs(overlap_m2):.2f} m² of overlap",
    )
