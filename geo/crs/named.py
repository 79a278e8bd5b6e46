"""The coordinate system that a text names: "VN-2000, KTT 105°30'", "UTM 48N", "EPSG:5897".

What is found is taken out of the text, so that its figures are not read as coordinates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.crs.reproject import InputCrs
from geo.crs.tokens import Rank, Rejected

_START: Final = r"(?<![^\W_])"

_EPSG: Final = re.compile(_START + r"epsg\s*:{0,2}\s*(?P<code>[0-9]{4,6})")
_MERIDIAN: Final = re.compile(
    _START + r"(?:kinh tuyến trục|kinh tuyến trung ương|kinh tuyen truc|kttw?|central meridian|tm-?3(?= 10[0-9]-))"
    r"\s*[:=]?\s*(?P<degrees>1[01][0-9])(?![0-9])"
    r"(?:[.,](?P<decimals>[0-9]{1,3})\s*°?|\s*[°-]\s*(?P<minutes>[0-9]{2})(?![0-9]|[.,][0-9])\s*'?|\s*°)?"
)
_UTM: Final = re.compile(
    _START + r"utm(?:\s*(?:-|zone|múi|mui))*\s*(?:(?P<zone>[0-9]{1,2})(?![0-9]|[.,][0-9]))?\s?n?\b"
)
_WIDTH: Final = re.compile(_START + r"(?:múi chiếu|mui chieu|múi|mui)\s*(?P<width>[36])\s*(?:°|độ)")
_TM3: Final = re.compile(_START + r"tm-?3\b(?: zone (?P<zone>48[12]|491)\b)?")
_VN2000: Final = re.compile(_START + r"vn[ -]?2000\b")
_WGS84: Final = re.compile(_START + r"wgs[ -]?(?:19)?84\b")
_HANOI72: Final = re.compile(_START + r"(?:hn|hanoi|ha noi|hà nội)[ -]?(?:19)?72\b(?!\.)")

_BY_EPSG: Final = {crs.epsg.removeprefix("EPSG:"): crs for crs in InputCrs}
_BY_MERIDIAN: Final = {
    (3, 105.0): InputCrs.VN2000_105_00,
    (3, 105.5): InputCrs.VN2000_105_30,
    (6, 105.0): InputCrs.VN2000_UTM48,
    (6, 111.0): InputCrs.VN2000_UTM49,
}
_TM3_MERIDIANS: Final = {"481": 102.0, "482": 105.0, "491": 108.0}
_UTM_MERIDIANS: Final = {None: 105.0, "48": 105.0, "49": 111.0}


@dataclass(frozen=True, slots=True)
class Named:
    """What a text says of its system.

    Parameters
    ----------
    text
        The text without those words.
    crs
        The system, or None when none is named or only "VN-2000" is.
    vn2000
        True when the text names VN-2000, with or without a zone.
    """

    text: str
    crs: InputCrs | None
    vn2000: bool


def named_system(text: str) -> Named:
    """Find the system named in normalised text.

    Raises
    ------
    Rejected
        When the system named is not one of `InputCrs`, or two are named.
    """
    found: dict[str, re.Match[str]] = {}
    # VN-2000 goes before the widths and meridians, and TM-3 with a meridian before TM-3 alone.
    for name, pattern in (
        ("hanoi72", _HANOI72), ("epsg", _EPSG), ("wgs84", _WGS84), ("vn2000", _VN2000),
        ("meridian", _MERIDIAN), ("utm", _UTM), ("tm3", _TM3), ("width", _WIDTH),
    ):  # fmt: skip
        if match := pattern.search(text):
            found[name] = match
            text = f"{text[: match.start()]};{text[match.end() :]}"
    if "hanoi72" in found:
        raise _unsupported("Hà Nội-72 (HN-72)")
    text = re.sub(r"^[ ,:]*;[ ,;:]*- |\s-[ ,;:]*$", "", text)  # "WGS 84 - 21.0285, 105.8542"
    vn2000 = not found.keys() <= {"epsg", "wgs84"}
    named = {crs for crs in (_from_code(found), _from_zone(found)) if crs is not None}
    if "wgs84" in found:
        named.add(InputCrs.WGS84)
    if len(named) > 1 or (vn2000 and InputCrs.WGS84 in named):
        raise Rejected(
            rank=Rank.WORDS,
            vi="Văn bản nêu hai hệ tọa độ khác nhau. Hãy giữ lại một hệ; UTM trên nền WGS 84 chưa được hỗ trợ.",
            en="The text names two coordinate systems. Keep one of them; UTM on WGS 84 is not supported.",
        )
    return Named(text=text, crs=next(iter(named), None), vn2000=vn2000)


def _from_code(found: dict[str, re.Match[str]]) -> InputCrs | None:
    if "epsg" not in found:
        return None
    code = found["epsg"]["code"]
    if code not in _BY_EPSG:
        raise _unsupported(f"EPSG:{code}")
    return _BY_EPSG[code]


def _from_zone(found: dict[str, re.Match[str]]) -> InputCrs | None:
    """Put together zone width and central meridian; None when neither is named."""
    width = int(found["width"]["width"]) if "width" in found else None
    meridian = _meridian(found["meridian"]) if "meridian" in found else None
    if "tm3" in found:
        width = width or 3
        if zone := found["tm3"]["zone"]:
            meridian = meridian or _TM3_MERIDIANS[zone]
    if "utm" in found:
        width = width or 6
        meridian = meridian or _UTM_MERIDIANS.get(found["utm"]["zone"], 0.0)
    if width is None and meridian is None:
        return None
    # a 3° zone is what land papers use; both widths have the meridian 105° that Hà Nội lies on
    key = (width or 3, 105.0 if meridian is None else meridian)
    if key not in _BY_MERIDIAN:
        raise _unsupported(f"{key[0]}°, {key[1]:g}°")
    return _BY_MERIDIAN[key]


def _meridian(match: re.Match[str]) -> float:
    degrees = float(match["degrees"])
    if match["decimals"]:
        return degrees + float(f"0.{match['decimals']}")
    return degrees + int(match["minutes"] or 0) / 60


def _unsupported(name: str) -> Rejected:
    return Rejected(
        rank=Rank.WORDS,
        vi=f"Hệ tọa độ hoặc múi chiếu “{name}” chưa được hỗ trợ. Các hệ đọc được: WGS 84; VN-2000 múi 3° "
        "kinh "
        "tuyến trục 105°00′ hoặc 105°30′; VN-2000 UTM 48N hoặc 49N.",
        en=f"The coordinate system or zone '{name}' is not supported. These are: WGS 84; VN-2000 3° zone "
        "with "
        "central meridian 105°00′ or 105°30′; VN-2000 UTM 48N or 49N.",
    )
