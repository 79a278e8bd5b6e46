"""Reading addresses: which name is what, whatever the order, the separators and the spelling."""

from __future__ import annotations

import unicodedata

import pytest

from geo.addresses import AddressParser, AdminNames, Gazetteer, Level, StreetKey, fold_words, named_way, street_key
from geo.crosswalk import Crosswalk
from geo.stores import open_store


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(open_store().gazetteer())


@pytest.fixture(scope="module")
def names() -> AdminNames:
    crosswalk = Crosswalk.open()
    return AdminNames(crosswalk.old_units, crosswalk.wards, open_store().gazetteer().older_communes)


@pytest.fixture(scope="module")
def parser(names: AdminNames, gazetteer: Gazetteer) -> AddressParser:
    return AddressParser(names, gazetteer)


def summary(parser: AddressParser, text: str) -> tuple[object, ...]:
    """Number, alleys, street, communes, districts."""
    reading = parser.read(text)
    return (
        reading.number,
        reading.alleys,
        reading.street,
        tuple(unit.key for unit in reading.communes),
        tuple(unit.key for unit in reading.districts),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36 Hàng Bạc, P. Hàng Bạc, Q. Hoàn Kiếm, TP. Hà Nội", (36, (), "hang bac", ("hang bac",), ("hoan kiem",))),
        ("số 36A phố Hàng Bạc, phường Hàng Bạc", (36, (), "hang bac", ("hang bac",), ())),
        ("36-38 Hàng Bạc, Hoàn Kiếm", (36, (), "hang bac", (), ("hoan kiem",))),
        ("36, Hàng Bạc, Q. Hoàn Kiếm", (36, (), "hang bac", (), ("hoan kiem",))),
        ("Số 5 ngách 12/34 ngõ 34 Kim Ngưu, P. Thanh Nhàn, Q. Hai Bà Trưng",
         (5, ("34", "12", "34"), "kim nguu", ("thanh nhan",), ("hai ba trung",))),
        ("Số 5 ngõ 34 ngách 12 hẻm 7 Kim Ngưu", (5, ("34", "12", "7"), "kim nguu", (), ())),
        ("34/12/5 Kim Ngưu, Thanh Nhàn, Hai Bà Trưng",
         (5, ("34", "12"), "kim nguu", ("thanh nhan",), ("hai ba trung",))),
        ("20 ngõ 640, Nguyễn Văn Cừ, Q. Long Biên", (20, ("640",), "nguyen van cu", (), ("long bien",))),
        ("45 Quang Trung- Trần Hưng Đạo- Hoàn Kiếm- Hà Nội",
         (45, (), "quang trung", ("tran hung dao",), ("hoan kiem",))),
        ("Hà Nội, quận Ba Đình, phường Kim Mã, 12 phố Kim Mã", (12, (), "kim ma", ("kim ma",), ("ba dinh",))),
        ("so 5 ngo 12 pho hue hai ba trung ha noi", (5, ("12",), "hue", (), ("hai ba trung",))),
        ("12 Kim Mã/Kim Mã/Ba Đình", (12, (), "kim ma", ("kim ma",), ("ba dinh",))),
        ("QL 32, TT Phùng, Đan Phượng", (None, (), "ql32", ("phung",), ("dan phuong",))),
        ("Quốc lộ 32, thị trấn Phùng", (None, (), "ql32", ("phung",), ())),
        ("12 Dương Khuê, Mai Dịch, Cầu Giấy", (12, (), "duong khue", ("mai dich",), ("cau giay",))),
        ("12 Đường Láng, Láng Thượng, Đống Đa", (12, (), "lang", ("lang thuong",), ("dong da",))),
        ("8 Tố Hữu, Hà Đông", (8, (), "to huu", (), ("ha dong",))),
        ("3 Đội Cấn, Ba Đình", (3, (), "doi can", (), ("ba dinh",))),
        ("11 Xã Đàn, Đống Đa", (11, (), "xa dan", (), ("dong da",))),
        ("3 Trang Thi street, Hoan Kiem District, Hanoi", (3, (), "trang thi", (), ("hoan kiem",))),
        ("thôn 7 xã Thạch Hòa huyện Thạch Thất", (None, (), "", ("thach hoa",), ("thach that",))),
    ],
)  # fmt: skip
def test_components(parser: AddressParser, text: str, expected: tuple[object, ...]) -> None:
    assert summary(parser, text) == expected


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_unicode_form_and_the_case_do_not_matter(parser: AddressParser, form: str) -> None:
    text = "36 Hàng Bạc, phường Hàng Bạc, quận Hoàn Kiếm"
    expected = summary(parser, text)
    written = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert summary(parser, written) == summary(parser, written.upper()) == expected


def test_a_name_that_may_be_the_street_or_the_commune_is_said_to_be_either(parser: AddressParser) -> None:
    assert parser.read("Quang Trung, Hà Đông").either == "quang trung"
    assert parser.read("Phường Quang Trung, Hà Đông").either == ""
    assert parser.read("12 Quang Trung, Hà Đông").street == "quang trung"


def test_the_era_that_is_written_is_kept(parser: AddressParser) -> None:
    assert parser.read("phường Hàng Bạc cũ").communes[0].era == "cũ"
    assert parser.read("(Phường Từ Liêm, Hà Nội mới), nay thuộc phường Láng").communes[0].era == "mới"
    assert parser.parse("phường Hàng Bạc cũ, quận Hoàn Kiếm").communes[0].old


def test_provinces_are_told_from_hanoi_and_from_what_came_from_them(parser: AddressParser) -> None:
    assert parser.read("12 Lê Lợi, phường Bến Nghé, quận 1, TP Hồ Chí Minh").province == "Hồ Chí Minh"
    assert parser.read("xã Tráng Việt, huyện Mê Linh, tỉnh Vĩnh Phúc").province == ""
    assert parser.read("phường Vạn Phúc, Hà Đông, Hà Tây").city
    assert parser.read("12 phố Huế, Hà Nội").province == ""


def test_nothing_is_lost_of_what_is_not_understood(parser: AddressParser) -> None:
    parsed = parser.parse("Phòng 704, Tầng 3, Tòa nhà Sao Mai, 6B Láng Hạ, P. Thành Công, Ba Đình")
    said = " ".join((parsed.house, parsed.street, parsed.place, *parsed.unread))
    for word in ("704", "Tầng 3", "Sao Mai", "6B", "Láng Hạ"):
        assert word in said
    tail = "x" * 700
    assert "x" * 100 in parser.parse("12 Hàng Bạc, " + tail).unread[-1]


def test_legacy_fonts_are_read(parser: AddressParser) -> None:
    assert summary(parser, "Ph­êng Hµng B¹c, quËn Hoµn KiÕm")[3:] == (("hang bac",), ("hoan kiem",))


def test_street_keys_have_one_form_for_roads() -> None:
    assert street_key("ql 32") == street_key("quoc lo 32") == "ql32"
    assert named_way("Hẻm 71 Ngách 90 Ngõ 13 Đường Lĩnh Nam") == StreetKey("linh nam", ("13", "90", "71"))
    assert fold_words("Số 36-38, 112 / 44 Nam Dư - Lĩnh Nam") == "so 36-38 112/44 nam du linh nam"


def test_streets_that_differ_only_in_diacritics_are_two(gazetteer: Gazetteer) -> None:
    dau = {stretch.ward for stretch in gazetteer.stretches("hang dau", written="Hàng Đậu")}
    oil = {stretch.ward for stretch in gazetteer.stretches("hang dau", written="Hàng Dầu")}
    both = {stretch.ward for stretch in gazetteer.stretches("hang dau", written="hang dau")}
    assert dau != oil
    assert both == dau | oil


def test_anchors_are_those_within_reach(gazetteer: Gazetteer) -> None:
    near = gazetteer.anchors("giai phong", number=300, reach=40)
    assert near
    assert all(abs(anchor.number - 300) <= 40 for anchor in near)
    assert [anchor.number for anchor in near] == sorted(anchor.number for anchor in near)
    assert {anchor.kind for anchor in near} <= {"mapped", "across", "alley-mouth"}


def test_alley_numbers_lead_to_a_mapped_alley_as_far_as_they_do(gazetteer: Gazetteer) -> None:
    assert gazetteer.mapped_chain("linh nam", ("13", "90", "71")) == ("13", "90", "71")
    assert gazetteer.mapped_chain("linh nam", ("13", "90", "9999")) == ("13", "90")
    assert gazetteer.mapped_chain("no such street", ("1",)) == ()


def test_older_names_lead_to_what_they_became(names: AdminNames) -> None:
    (trung_tu,) = (name for name in names.communes["trung tu"] if name.district == "Quận Đống Đa")
    assert len(trung_tu.codes) == 2
    assert not trung_tu.current
    assert {code for name in names.communes["co nhue"] for code in name.codes} == {"00616", "00617"}


def test_slips_find_one_name_or_none(names: AdminNames) -> None:
    assert names.alike_commune("hang bacc", ("Quận Hoàn Kiếm",)) == "hang bac"
    assert names.alike_commune("zzzz", ("Quận Hoàn Kiếm",)) is None
    assert names.alike_district("hoan kiemm") == "hoan kiem"


def test_a_cell_of_one_unit_is_read_with_or_without_its_type(parser: AddressParser) -> None:
    assert parser.unit("Q. Hoàn Kiếm", Level.DISTRICT).key == "hoan kiem"
    assert parser.unit("Hoàn Kiếm", Level.DISTRICT).key == "hoan kiem"
    assert parser.unit("Phường Hàng Bạc", Level.COMMUNE).type == "phường"
