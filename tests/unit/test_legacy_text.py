"""Text typed in the fonts of the 1990s: every letter, real names, and all that must not be taken for it."""

from __future__ import annotations

import unicodedata

import pytest

from geo.text import LegacyFont, detect_legacy, fold, from_legacy

TCVN3, VNI = LegacyFont.TCVN3, LegacyFont.VNI

# By bytes, from TCVN 5712:1993: no source file can show the soft hyphen that is ư.
TCVN3_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
VNI_LETTERS = (
    "aù=á aø=à aû=ả aõ=ã aï=ạ aâ=â aá=ấ aà=ầ aå=ẩ aã=ẫ aä=ậ aê=ă aé=ắ aè=ằ aú=ẳ aü=ẵ aë=ặ "
    "eù=é eø=è eû=ẻ eõ=ẽ eï=ẹ eâ=ê eá=ế eà=ề eå=ể eã=ễ eä=ệ í=í ì=ì æ=ỉ ó=ĩ ò=ị "
    "où=ó oø=ò oû=ỏ oõ=õ oï=ọ oâ=ô oá=ố oà=ồ oå=ổ oã=ỗ oä=ộ ô=ơ ôù=ớ ôø=ờ ôû=ở ôõ=ỡ ôï=ợ "
    "uù=ú uø=ù uû=ủ uõ=ũ uï=ụ ö=ư öù=ứ öø=ừ öû=ử öõ=ữ öï=ự yù=ý yø=ỳ yû=ỷ yõ=ỹ î=ỵ ñ=đ"
)
EVERY_LETTER = set("àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ")

# Unicode, TCVN3, VNI; ~ stands for the soft hyphen
NAMES = [
    ("Phường Hàng Bạc", "Ph~êng Hµng B¹c", "Phöôøng Haøng Baïc"),
    ("Hà Nội", "Hµ Néi", "Haø Noäi"),
    ("Hoàn Kiếm", "Hoµn KiÕm", "Hoaøn Kieám"),
    ("Ba Đình", "Ba §×nh", "Ba Ñình"),
    ("Cầu Giấy", "CÇu GiÊy", "Caàu Giaáy"),
    ("Hai Bà Trưng", "Hai Bµ Tr~ng", "Hai Baø Tröng"),
    ("Đống Đa", "§èng §a", "Ñoáng Ña"),
    ("Tây Hồ", "T©y Hå", "Taây Hoà"),
    ("Thanh Trì", "Thanh Tr×", "Thanh Trì"),
    ("Sóc Sơn", "Sãc S¬n", "Soùc Sôn"),
    ("Mê Linh", "Mª Linh", "Meâ Linh"),
    ("Mỹ Đức", "Mü §øc", "Myõ Ñöùc"),
    ("Bạch Mai", "B¹ch Mai", "Baïch Mai"),
    ("Vĩnh Tuy", "VÜnh Tuy", "Vónh Tuy"),
    ("thị trấn Quốc Oai", "thÞ trÊn Quèc Oai", "thò traán Quoác Oai"),
    ("Phố Huế", "Phè HuÕ", "Phoá Hueá"),
    ("Số 5, ngõ 12 phố Bùi Ngọc Dương", "Sè 5, ngâ 12 phè Bïi Ngäc D~¬ng", "Soá 5, ngoõ 12 phoá Buøi Ngoïc Döông"),
]
ROWS = [(name, tcvn3.replace("~", "\u00ad"), TCVN3) for name, tcvn3, _ in NAMES] + [
    (name, vni, VNI) for name, _, vni in NAMES
]
# Spelled like Unicode Vietnamese: nothing tells that it is not.
UNTOLD = [("Thanh Trì", VNI)]


def test_every_letter_of_tcvn3_is_read() -> None:
    table = {chr(first + place): letter for first, run in TCVN3_LETTERS.items() for place, letter in enumerate(run)}
    assert set(table.values()) == EVERY_LETTER | set("ĂÂÊÔƠƯĐ")
    assert {code: from_legacy(code, TCVN3) for code in table} == table


def test_every_letter_of_vni_is_read_in_both_cases() -> None:
    table = dict(pair.split("=") for pair in VNI_LETTERS.split())
    assert set(table.values()) == EVERY_LETTER
    for code, letter in table.items():
        assert from_legacy(code, VNI) == letter
        assert from_legacy(code.upper(), VNI) == letter.upper()
        assert from_legacy(code[0].upper() + code[1:], VNI) == letter.upper()


@pytest.mark.parametrize(("name", "typed", "font"), ROWS)
def test_names_are_told_and_read(name: str, typed: str, font: LegacyFont) -> None:
    assert detect_legacy(typed) is (None if (name, font) in UNTOLD else font)
    assert from_legacy(typed, font) == name
    # a file that names no encoding is read as Windows-1258
    windows_1258 = typed.encode("latin-1").decode("cp1258")
    assert from_legacy(windows_1258, font) == name


@pytest.mark.parametrize(
    "typed",
    ["Sè 5 thÞ trÊn V¨n §iÓn, x· Thanh Tr×, Hµ Néi", "Soá 5 thò traán Vaên Ñieån, xaõ Thanh Trì, Haø Noäi"],
)
def test_an_address_read_as_windows_1258_is_told(typed: str) -> None:
    font = detect_legacy(typed)
    assert font is not None
    assert detect_legacy(typed.encode("latin-1").decode("cp1258")) is font


def test_capitals() -> None:
    assert detect_legacy("QUAÄN HOAØN KIEÁM") is VNI
    assert from_legacy("QUAÄN HOAØN KIEÁM", VNI) == "QUẬN HOÀN KIẾM"
    # .VnTimeH draws capitals over small letters
    assert fold(from_legacy("HOµN KIÕM", TCVN3)) == "hoan kiem"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 Hang Bac, Hoan Kiem, Ha Noi",
        "Số 12 phố Hàng Bạc, phường Hoàn Kiếm, Hà Nội",
        "Hai Bà Trưng",
        "Đông Anh",
        "Hoài Đức",
        "Thanh Oai, Hà Tây, hoà thuê quý",
        "Ðông Anh",  # the Icelandic letter, from old files
        "Nguyễn à Paris",
        "Thé à Paris",
        "où est Noël, François ? À côté de l'île, c'est naïf",
        "Loïc Tran",
        "Thaï Binh",
        "Seán Murphy",
        "Müller, Köln, Straße 5",
        "São Paulo, João, Peña, Ñuñoa",
        "Malmö, Åse, på gården",
        "3 × 4 m, 4m×5m, 10 µm, 20°C, © 2025, § 5, 5ª, Mª José",
        "«Paris» · Hoàng Mai · Vinamilk®",
        "Quan Hoa (河內)",
        "Hµ Néi (Hà Nội)",  # half of it is Unicode already
        "Cöa Nam",  # "Cửa Nam" in TCVN3, "Cưa Nam" in VNI
    ],
)
def test_what_is_not_certain_is_left_alone(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert detect_legacy(unicodedata.normalize(form, text)) is None


@pytest.mark.parametrize("name", [name for name, _, _ in NAMES])
def test_real_vietnamese_is_never_taken_for_it(name: str) -> None:
    proper = [name, name.upper(), *(unicodedata.normalize("NFD", text) for text in (name, name.upper()))]
    assert [detect_legacy(text) for text in proper] == [None] * 4


def test_other_characters_stay() -> None:
    assert from_legacy("Hµ Néi — 河內 😀\ud800", TCVN3) == "Hà Nội — 河內 😀\ud800"
    assert from_legacy("Haø Noäi — 河內 😀\ud800", VNI) == "Hà Nội — 河內 😀\ud800"
