"""The point inside a map link or a geo: URI.

A link is turned into the plain text it stands for ("lat 21.0285, lon 105.8542"), which is then read
like any other. Where a link holds a pin and a map centre, the pin is the place.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_plus

from geo.crs.coordinate import Notice
from geo.crs.tokens import Rank, Rejected

_LINK: Final = re.compile(r"(?:https?://|www\.|geo:|maps\.)\S+|^\s*[?@]\S.*$", re.IGNORECASE)
_NUMBER: Final = r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?"
_PAIR: Final = rf"(?P<lat>{_NUMBER})\s*,\s*(?P<lon>{_NUMBER})(?![0-9.])"

_PINS: Final = (
    re.compile(rf"!3d(?P<lat>{_NUMBER})!4d(?P<lon>{_NUMBER})(?![0-9.])"),
    re.compile(rf"[?&](?:q|query|ll|daddr|destination)=(?:loc:)?\s*{_PAIR}"),
    re.compile(rf"[?&#]mlat=(?P<lat>{_NUMBER})&mlon=(?P<lon>{_NUMBER})(?![0-9.])"),
    re.compile(rf"/(?:search|place)/{_PAIR}"),
    re.compile(rf"^geo:{_PAIR}", re.IGNORECASE),
)
_CENTRES: Final = (
    re.compile(rf"@{_PAIR}"),
    re.compile(rf"[?&]center={_PAIR}"),
    re.compile(rf"#map=[0-9.]+/(?P<lat>{_NUMBER})/(?P<lon>{_NUMBER})(?![0-9.])"),
)
# degrees, minutes and seconds: /place/21°01'42"N 105°51'15"E/ and ?q=21°01'42"N 105°51'15"E
_SEXAGESIMAL: Final = re.compile(r"(?:/(?:search|place)/|[?&](?:q|query)=)(?P<text>[^/&?]*[0-9]\s*[°º][^/&?@]*)")
_GEO_CRS: Final = re.compile(r";crs=(?P<crs>[^;?]*)", re.IGNORECASE)

_CENTRE: Final = Notice(
    vi="Liên kết không có điểm ghim: đã lấy tâm của bản đồ. Hãy kiểm tra đó có phải nơi cần tìm không.",
    en="The link has no pin: the centre of its map was taken. Please check that this is the place meant.",
)


def link_text(text: str) -> tuple[str, tuple[Notice, ...]] | None:
    """Return the coordinates inside a link as plain text, with what the user should know.

    Returns None when the text holds no link.

    Raises
    ------
    Rejected
        When the link holds no point, several points, or a route.
    """
    links = [match.group() for match in _LINK.finditer(text)]
    if not links:
        return None
    if len(links) > 1:
        raise _several()
    link = unquote_plus(links[0])
    if "/dir/" in link:
        raise Rejected(
            rank=Rank.WORDS,
            vi="Liên kết này là một lộ trình, không phải một điểm. Hãy mở địa điểm rồi sao chép liên kết của nó.",
            en="This link is a route, not one place. Open the place itself and copy its link.",
        )
    if (crs := _GEO_CRS.search(link)) and crs["crs"].lower() != "wgs84":
        raise Rejected(
            rank=Rank.WORDS,
            vi="Chỉ đọc được geo: URI trong hệ WGS 84.",
            en="Only geo: URIs in WGS 84 are read.",
        )
    for patterns, remarks in ((_PINS, ()), (_CENTRES, (_CENTRE,))):
        if patterns is _CENTRES and (written := _SEXAGESIMAL.search(link)):
            return written["text"], ()
        for pattern in patterns:
            if pairs := {(match["lat"], match["lon"]) for match in pattern.finditer(link)}:
                if len(pairs) > 1:
                    raise _several()
                lat, lon = pairs.pop()
                return f"lat {lat}, lon {lon}", remarks
    raise Rejected(
        rank=Rank.WORDS,
        vi="Liên kết không chứa tọa độ (liên kết rút gọn không có). Hãy mở liên kết rồi sao chép địa chỉ "
        "đầy đủ, "
        "hoặc nhấn giữ vào điểm trên bản đồ và sao chép hai số hiện ra.",
        en="The link holds no coordinates (short links do not). Open it and copy the full address, or "
        "press and "
        "hold the place on the map and copy the two numbers shown.",
    )


def _several() -> Rejected:
    return Rejected(
        rank=Rank.WORDS,
        vi="Văn bản chứa nhiều điểm. Hãy chỉ gửi một điểm.",
        en="The text holds several places. Give one only.",
    )
