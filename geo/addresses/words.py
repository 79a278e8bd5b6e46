"""The words that announce a component of an address, folded, and what they announce."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """What an administrative name is a name of."""

    COMMUNE = "commune"
    """A phường, xã or thị trấn, old or new."""
    DISTRICT = "district"
    CITY = "city"
    """Hà Nội itself, or the former tỉnh Hà Tây."""
    COUNTRY = "country"
    """Việt Nam or a postcode: says nothing more."""
    PROVINCE = "province"
    """Another province."""


COMMUNE_WORDS = {
    "phuong": "phường", "p": "phường", "ph": "phường", "xa": "xã", "x": "xã", "thi tran": "thị trấn", "tt": "thị trấn",
}  # fmt: skip
DISTRICT_WORDS = {
    "quan": "quận", "q": "quận", "huyen": "huyện", "h": "huyện", "thi xa": "thị xã", "tx": "thị xã",
    "thanh pho": "", "tp": "",
}  # fmt: skip
ADMIN_WORDS = {**COMMUNE_WORDS, **DISTRICT_WORDS, "tinh": "tỉnh", "t": "tỉnh"}

SPELLED = {
    "phuong": "phường", "xa": "xã", "quan": "quận", "huyen": "huyện", "tinh": "tỉnh", "ngo": "ngõ", "lang": "làng",
    "duong": "đường", "pho": "phố", "to": "tổ", "lo": "lô", "so": "số", "khu": "khu", "o": "ô", "day": "dãy",
    "phong": "phòng", "tang": "tầng", "toa": "tòa", "can": "căn", "cho": "chợ", "xom": "xóm", "thon": "thôn",
    "nha": "nhà", "doi": "đội", "khoi": "khối", "cum": "cụm", "ban": "bản", "ap": "ấp", "kiot": "kiốt",
}  # fmt: skip
"""How a folded word is spelled when it is the announcing word and not part of a name (Ngô Quyền is no ngõ)."""

NUMBER_WORDS = frozenset({"so", "sn", "nha", "km"})
ALLEY_WORDS = {"ngo": 0, "kiet": 0, "ngach": 1, "hem": 2}
STREET_WORDS = frozenset({"duong", "pho", "d"})
BUILDING_WORDS = frozenset({"nha", "toa", "block", "lo", "day", "o", "can", "phong", "tang", "kiot"})
ENGLISH_STREET = frozenset({"street", "str", "st", "road", "rd", "avenue", "ave", "alley", "lane"})
ENGLISH_UNIT = {"district": "quận", "dist": "quận", "ward": "phường", "commune": "xã", "town": "thị trấn"}

PLACE_WORDS = frozenset(
    {
        "thon", "xom", "lang", "ban", "ap", "cum", "khu", "kdt", "ktt", "kcn", "ccn", "cc", "tdp", "to", "doi", "khoi",
        "toa", "chung", "tap", "lo", "o", "day", "tang", "phong", "can", "kiot", "ki", "cho", "dai",
    }
)  # fmt: skip
NEED_A_FIGURE = frozenset(
    {"to", "doi", "khoi", "lo", "o", "day", "tang", "phong", "can", "kiot", "ban", "khu", "toa", "ki"}
)
"""These announce a place only before a figure or a short code: Đội Cấn and Tố Hữu are streets."""

PLACE_PAIRS = frozenset(
    {
        "khu do", "khu tap", "khu dan", "khu cong", "khu nha", "khu biet", "to dan", "tap the", "chung cu", "toa nha",
        "cum dan", "cum cong", "dai hoc", "ban dao",
    }
)  # fmt: skip
PLACE_PREFIXES = tuple(
    prefix.split()
    for prefix in (
        "khu do thi moi", "khu do thi", "khu tap the", "khu dan cu", "khu cong nghiep", "khu nha o", "khu biet thu",
        "to dan pho so", "to dan pho", "tap the", "chung cu", "toa nha", "cum dan cu", "cum cong nghiep", "thon", "xom",
        "lang", "ban", "ap", "cum", "khu", "kdt", "ktt", "kcn", "ccn", "cc", "tdp", "to", "doi", "khoi", "toa", "cho",
    )
)  # fmt: skip

LANDMARKS = frozenset(
    {
        "doi dien so nha", "doi dien", "doi dien so", "doi dien duong vao", "doi dien cong", "truoc cua",
        "truoc so nha", "truoc", "truoc duong vao", "sau lung", "phia sau", "sau", "canh so nha", "canh",
        "ben canh", "sat canh", "gan", "gan so", "giua so nha", "qua duong vao", "duong vao", "qua loi vao",
        "loi vao", "qua cong", "qua", "cach", "sat", "goc", "dau", "cuoi", "nga ba", "nga tu", "nga nam", "cong",
    }
)  # fmt: skip
"""What stands before an address that is only near: its numbers say less."""

CITY_NAMES = frozenset(
    {
        "ha noi", "hanoi", "hn", "hni", "thu do ha noi", "ha noi city", "hanoi city", "ha noi viet nam", "ha tay",
        "hanoi vietnam", "ha noi vietnam", "viet nam hanoi",
    }
)  # fmt: skip
COUNTRY_NAMES = frozenset({"viet nam", "vietnam", "vn", "city"})

OTHER_PROVINCES = {
    "an giang": "An Giang", "ba ria vung tau": "Bà Rịa - Vũng Tàu", "vung tau": "Vũng Tàu", "bac giang": "Bắc Giang",
    "bac kan": "Bắc Kạn", "bac can": "Bắc Kạn", "bac lieu": "Bạc Liêu", "bac ninh": "Bắc Ninh", "ben tre": "Bến Tre",
    "binh dinh": "Bình Định", "binh duong": "Bình Dương", "binh phuoc": "Bình Phước", "binh thuan": "Bình Thuận",
    "ca mau": "Cà Mau", "can tho": "Cần Thơ", "cao bang": "Cao Bằng", "da nang": "Đà Nẵng", "dak lak": "Đắk Lắk",
    "dac lac": "Đắk Lắk", "dak nong": "Đắk Nông", "dien bien": "Điện Biên", "dong nai": "Đồng Nai",
    "dong thap": "Đồng Tháp", "gia lai": "Gia Lai", "ha giang": "Hà Giang", "ha nam": "Hà Nam", "ha tinh": "Hà Tĩnh",
    "hai duong": "Hải Dương", "hai phong": "Hải Phòng", "hau giang": "Hậu Giang", "hoa binh": "Hòa Bình",
    "hung yen": "Hưng Yên", "khanh hoa": "Khánh Hòa", "nha trang": "Nha Trang", "kien giang": "Kiên Giang",
    "kon tum": "Kon Tum", "lai chau": "Lai Châu", "lam dong": "Lâm Đồng", "da lat": "Đà Lạt", "lang son": "Lạng Sơn",
    "lao cai": "Lào Cai", "long an": "Long An", "nam dinh": "Nam Định", "nghe an": "Nghệ An", "vinh": "Vinh",
    "ninh binh": "Ninh Bình", "ninh thuan": "Ninh Thuận", "phu tho": "Phú Thọ", "viet tri": "Việt Trì",
    "phu yen": "Phú Yên", "quang binh": "Quảng Bình", "quang nam": "Quảng Nam", "quang ngai": "Quảng Ngãi",
    "quang ninh": "Quảng Ninh", "ha long": "Hạ Long", "quang tri": "Quảng Trị", "soc trang": "Sóc Trăng",
    "son la": "Sơn La", "tay ninh": "Tây Ninh", "thai binh": "Thái Bình", "thai nguyen": "Thái Nguyên",
    "thanh hoa": "Thanh Hóa", "thua thien hue": "Thừa Thiên Huế", "hue": "Huế", "tien giang": "Tiền Giang",
    "ho chi minh": "Hồ Chí Minh", "hcm": "Hồ Chí Minh", "hcmc": "Hồ Chí Minh", "tphcm": "Hồ Chí Minh",
    "sai gon": "Hồ Chí Minh", "tra vinh": "Trà Vinh", "tuyen quang": "Tuyên Quang", "vinh long": "Vĩnh Long",
    "vinh phuc": "Vĩnh Phúc", "yen bai": "Yên Bái",
}  # fmt: skip
"""Names of the other provinces and of some of their cities, before and since 2025."""

NEED_A_PROVINCE_WORD = frozenset(
    {"vinh", "hue", "hoa binh", "yen bai", "vinh phuc", "ha nam", "thanh hoa", "vung tau", "phu yen", "sai gon"}
)
"""Also names of streets, villages or communes of Hà Nội: another province only after "tỉnh" or "TP"."""
