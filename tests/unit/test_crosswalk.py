"""The crosswalk is the law: every commune gives exactly what the resolution gives it."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from geo.crosswalk import Crosswalk
from geo.errors import UnknownUnit
from geo.model import Residents, ShareKind, Subject
from geo.text import fold, slug, spelling


def codes(answer) -> list[str]:
    return [ward.code for _, ward in answer]


def test_526_of_526_communes_give_exactly_the_set_of_the_resolution(crosswalk: Crosswalk, source_data: Path) -> None:
    law: dict[str, set[tuple[str, int]]] = defaultdict(set)
    with (source_data / "law/resolution_1656.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            law[row["old_code"]].add((row["new_code"], int(row["clause"])))
    assert len(law) == len(crosswalk.old_units) == 526
    for old_code, expected in law.items():
        assert {(ward.code, link.clause) for link, ward in crosswalk.successors(old_code)} == expected
        assert {(ward.code, link.clause) for link, ward in crosswalk.destinations(old_code, Subject.PARCEL)} == expected


def test_the_two_directions_are_one_relation(crosswalk: Crosswalk) -> None:
    forward = {
        (old, link.ward_code, link.clause) for old in crosswalk.old_units for link, _ in crosswalk.successors(old)
    }
    backward = {
        (unit.code, ward, link.clause) for ward in crosswalk.wards for link, unit in crosswalk.predecessors(ward)
    }
    assert forward == backward
    assert len(forward) == 795


def test_368_communes_send_all_their_residents_to_one_ward_and_158_divide_them(crosswalk: Crosswalk) -> None:
    sizes = [len(crosswalk.destinations(code, Subject.RESIDENT)) for code in crosswalk.old_units]
    assert sizes.count(1) == 368
    assert sum(size > 1 for size in sizes) == 158
    assert 0 not in sizes


@pytest.mark.parametrize(
    ("name", "district", "ward", "clause"),
    [
        ("Ngọc Thụy", "Long Biên", "Bồ Đề", 40),
        ("Vân Canh", "Hoài Đức", "Sơn Đồng", 104),
        ("Tây Đằng", "Ba Vì", "Quảng Oai", 82),
        ("Chu Minh", "Ba Vì", "Quảng Oai", 82),
        ("Tân Lập", "Đan Phượng", "Ô Diên", 107),
        ("Mai Đình", "Sóc Sơn", "Sóc Sơn", 122),
        ("Quang Tiến", "Sóc Sơn", "Nội Bài", 124),
    ],
)
def test_communes_whose_area_is_split_but_whose_residents_are_not(
    crosswalk: Crosswalk, name: str, district: str, ward: str, clause: int
) -> None:
    """Converters that take the first or largest piece send these residents to the wrong ward."""
    (unit,) = crosswalk.readings_of_name(name, district=district).old_units
    ((link, found),) = crosswalk.destinations(unit.code, Subject.RESIDENT)
    assert (found.name, link.clause, link.residents) == (ward, clause, Residents.ALL)
    assert len(crosswalk.destinations(unit.code, Subject.PARCEL)) == 2


def test_area_only_links_count_for_parcels_and_not_for_residents(crosswalk: Crosswalk) -> None:
    area_only = 0
    for code in crosswalk.old_units:
        residents = set(codes(crosswalk.destinations(code, Subject.RESIDENT)))
        for link, ward in crosswalk.destinations(code, Subject.PARCEL):
            if link.share is ShareKind.AREA_ONLY:
                area_only += 1
                assert ward.code not in residents
    assert area_only == 40


def test_every_ward_code_has_two_readings_without_a_date(crosswalk: Crosswalk) -> None:
    for code in crosswalk.wards:
        readings = crosswalk.readings_of_code(code)
        assert len(readings.wards) == len(readings.old_units) == 1
        assert not readings.settled
    assert crosswalk.readings_of_code("00001").settled
    nothing = crosswalk.readings_of_code("99999")
    assert nothing.wards == nothing.old_units == ()


def test_96_ward_codes_belonged_to_a_commune_of_another_name(crosswalk: Crosswalk) -> None:
    differ = [code for code, ward in crosswalk.wards.items() if ward.name != crosswalk.old_units[code].name]
    assert len(differ) == 96


def test_names_shared_by_communes_are_a_set_until_a_district_settles_them(crosswalk: Crosswalk) -> None:
    shared = {fold(unit.name) for unit in crosswalk.old_units.values()}
    several = [name for name in shared if len(crosswalk.readings_of_name(name).old_units) > 1]
    assert several
    for name in several:
        readings = crosswalk.readings_of_name(name).old_units
        districts = {unit.district for unit in readings}
        for unit in readings:
            narrowed = crosswalk.readings_of_name(unit.name, district=unit.district, type_=unit.type).old_units
            assert unit in narrowed
            if len(districts) == len(readings):
                assert narrowed == (unit,)


def test_a_name_of_a_ward_and_of_a_commune_has_both_readings(crosswalk: Crosswalk) -> None:
    readings = crosswalk.readings_of_name("Hòa Lạc")
    assert [ward.name for ward in readings.wards] == ["Hòa Lạc"]
    both = [ward for ward in crosswalk.wards.values() if crosswalk.readings_of_name(ward.name).old_units]
    assert len(both) == 80  # in the spelling of the resolution, wherever the tone stands
    assert crosswalk.readings_of_name("Hoàn Kiếm", district="Hoàn Kiếm").wards == ()


def test_diacritics_are_optional_but_count_where_given(crosswalk: Crosswalk) -> None:
    plain = crosswalk.readings_of_name("yen hoa")
    toned = crosswalk.readings_of_name("Yên Hoà")
    assert toned == crosswalk.readings_of_name("YÊN HÒA")
    assert set(toned.wards) <= set(plain.wards)


def test_an_unknown_code_is_said_to_be_unknown(crosswalk: Crosswalk) -> None:
    with pytest.raises(UnknownUnit, match="99999"):
        crosswalk.destinations("99999", Subject.RESIDENT)
    assert crosswalk.successors("99999") == crosswalk.predecessors("99999") == ()


@pytest.mark.parametrize(
    ("text", "folded", "slugged"),
    [
        ("Văn Miếu - Quốc Tử Giám", "van mieu quoc tu giam", "van-mieu-quoc-tu-giam"),
        ("Đống Đa", "dong da", "dong-da"),
        ("  HOÀ   LẠC ", "hoa lac", "hoa-lac"),
        ("Hòa Lạc", "hoa lac", "hoa-lac"),
    ],
)
def test_folding(text: str, folded: str, slugged: str) -> None:
    assert fold(text) == folded
    assert slug(text) == slugged


def test_spelling_ignores_the_tones_place_and_unicode_form_only() -> None:
    assert spelling("Hoà Lạc") == spelling("Hòa  lạc") == spelling("Ho\N{LATIN SMALL LETTER A WITH GRAVE} La\u0323c")
    assert spelling("Hoa Lac") != spelling("Hòa Lạc")
    assert spelling("Thuỵ") == spelling("Thụy") != spelling("Thúy")
