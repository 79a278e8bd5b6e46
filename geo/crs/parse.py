"""Free text to a point: decimal degrees, degrees-minutes-seconds, VN-2000 metres and map links."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NoReturn

from geo.crs.coordinate import (
    Coordinate,
    Notice,
    from_vn2000,
    in_vietnam,
    is_easting,
    is_northing,
    outside_vietnam,
)
from geo.crs.links import link_text
from geo.crs.named import Named, named_system
from geo.crs.quantities import Quantity, quantity, refuse_names, split
from geo.crs.reproject import InputCrs
from geo.crs.tokens import CONVENTIONS, Axis, Convention, Rank, Rejected, normalise, tokenise
from geo.errors import InvalidCoordinate

_NOT_FINITE: Final = re.compile(r"(?<![^\W_])(?:nan|inf|infinity|null|none)(?![^\W_])|[∞]")
_EXPONENT: Final = re.compile(r"[0-9]e(?:[+-][0-9]|[0-9])")
_NORTH_LETTER: Final = re.compile(r"[nsb]")

_METRES_START: Final = 1000.0
_RIGHT_ANGLE: Final = 90.0
_COARSE_M: Final = 50.0
_METRES_PER_DEGREE: Final = 111_320.0

_ASSUMED_ZONE: Final = Notice(
    vi="Văn bản không ghi múi chiếu: đã dùng múi 3°, kinh tuyến trục 105°00′ của Hà Nội. Nếu giấy tờ ghi "
    "khác, "
    "hãy nêu rõ.",
    en="No zone was stated: Hà Nội's 3° zone, central meridian 105°00′, was used. If the paper says "
    "otherwise, "
    "name it.",
)
_DECIMAL_COMMA: Final = Notice(vi="Dấu phẩy được đọc là dấu thập phân.", en="The comma was read as the decimal mark.")


def parse_coordinate(text: str, *, crs: InputCrs | None = None, field: str = "text") -> Coordinate:
    """Read one point from free text.

    Parameters
    ----------
    text
        Two values in either order, told apart by their size:

        - degrees: ``21.0285, 105.8542``, ``105,8542; 21,0285``, ``vĩ độ 21.0285, kinh độ 105.8542``;
        - degrees and minutes, with or without seconds: ``21°01'42"N 105°51'15"E``,
          ``21 01.7, 105 51.25``, ``21 độ 01 phút 42 giây Bắc, 105 độ 51 phút 15 giây Đông``;
        - VN-2000 metres, where X is the northing: ``X = 2326366.34, Y = 588383.93``,
          ``2.326.366,34 588.383,93``, with the zone if need be: ``KTT 105°30'``, ``UTM 48N``;
        - a Google Maps or OpenStreetMap link, or a ``geo:`` URI.
    crs
        The system, when the caller knows it. By default degrees are WGS 84 and metres EPSG:5897
        unless the text names another.
    field
        What the caller calls the text, for the error.

    Returns
    -------
    Coordinate
        In EPSG:4326, in Viet Nam's envelope. What was detected is in its fields and notices.

    Raises
    ------
    InvalidCoordinate
        When the text is not exactly one point in Viet Nam, when it can be read in two ways, or when
        it contradicts `crs`. The message is that of the reading that came nearest.

    Notes
    -----
    Every convention for commas, dots and spaces is tried. One that ends in Viet Nam is the answer;
    when two conventions end in different places the text is refused as ambiguous.
    """
    try:
        return _parse(text, crs)
    except InvalidCoordinate as error:
        raise InvalidCoordinate(vi=error.vi, en=error.en, field=field) from None


def _parse(text: str, crs: InputCrs | None) -> Coordinate:
    remarks: tuple[Notice, ...] = ()
    plain = normalise(text)
    if (link := link_text(text)) is not None:
        plain, remarks = normalise(link[0]), link[1]
    named = named_system(plain)
    _refuse_odd_numbers(named.text)
    system = _agreed(named, crs)
    readings: dict[tuple[float, float], Coordinate] = {}
    failures: list[InvalidCoordinate] = []
    for convention in CONVENTIONS:
        if convention.only and not re.search(convention.only, named.text):
            continue
        try:
            reading = _read(named, convention, system)
        except InvalidCoordinate as error:
            failures.append(error)
        else:
            readings.setdefault((reading.lon, reading.lat), reading)
    if len(readings) > 1:
        _refuse_ambiguous()
    if not readings:
        raise max(failures, key=lambda error: error.rank if isinstance(error, Rejected) else Rank.PLACE)
    (reading,) = readings.values()
    return replace(reading, remarks=(*reading.remarks, *remarks))


def _refuse_odd_numbers(text: str) -> None:
    if not re.search("[0-9]", text) and not _NOT_FINITE.search(text):
        raise Rejected(
            rank=Rank.WORDS,
            vi="Không thấy con số nào. Hãy ghi hai số, ví dụ “21.0285, 105.8542”.",
            en="There are no numbers. Give two, such as '21.0285, 105.8542'.",
        )
    if _NOT_FINITE.search(text):
        raise Rejected(
            rank=Rank.WORDS,
            vi="Một giá trị trống hoặc vô hạn (NaN, inf, null). Hãy ghi hai số, ví dụ “21.0285, 105.8542”.",
            en="A value is empty or infinite (NaN, inf, null). Give two numbers, such as '21.0285, 105.8542'.",
        )
    # "105.8542E21.0285N" is no power of ten; beside an E without N it is
    if _EXPONENT.search(text) and not _NORTH_LETTER.search(text):
        raise Rejected(
            rank=Rank.WORDS,
            vi="Số viết dạng khoa học (1,06E+02) thường đã mất chữ số. Hãy ghi đủ các chữ số, ví dụ 105.8542.",
            en="Numbers in scientific notation (1.06E+02) have often lost digits. Write them in full, as 105.8542.",
        )


def _agreed(named: Named, crs: InputCrs | None) -> InputCrs | None:
    """Return the one system that the text and the caller agree on."""
    contradicts_zone = named.crs is not None and named.crs is not crs
    contradicts_datum = named.vn2000 and crs is InputCrs.WGS84
    if crs is not None and (contradicts_zone or contradicts_datum):
        other = named.crs
        name_vi = other.label("vi") if other else "VN-2000"
        name_en = other.label("en") if other else "VN-2000"
        raise Rejected(
            rank=Rank.WORDS,
            vi=f"Văn bản ghi {name_vi} nhưng hệ được chọn là {crs.label('vi')}. Hãy chọn cho khớp.",
            en=f"The text says {name_en} but the system chosen is {crs.label('en')}. Make the two agree.",
        )
    return crs or named.crs


def _refuse_ambiguous() -> NoReturn:
    raise Rejected(
        rank=Rank.WORDS,
        vi="Các số có thể đọc theo nhiều cách. Hãy dùng dấu chấm thập phân và dấu chấm phẩy giữa hai số, "
        "ví dụ “21.0285; 105.8542”.",
        en="The numbers can be read in more than one way. Use a decimal point and put a semicolon between "
        "the two, such as '21.0285; 105.8542'.",
    )


def _read(named: Named, convention: Convention, crs: InputCrs | None) -> Coordinate:
    """Read the text by one convention, or raise `InvalidCoordinate`."""
    tokens = tokenise(named.text, convention)
    total = sum(token.kind == "number" for token in tokens)
    first, second = (quantity(part, total) for part in split(tokens))
    metres = [abs(quantity.value) >= _METRES_START for quantity in (first, second)]
    if any(metres) and crs is not InputCrs.WGS84:
        found = _from_metres(first, second, crs or InputCrs.VN2000_105_00)
        remarks = (*found.remarks, *(() if crs else (_ASSUMED_ZONE,)))
    elif named.vn2000 or crs not in {None, InputCrs.WGS84}:
        raise Rejected(
            rank=Rank.PLACE,
            vi="Hệ VN-2000 được nêu nhưng các giá trị là độ. Hãy ghi X, Y bằng mét, hoặc chọn WGS 84 nếu "
            "đó là "
            "kinh độ và vĩ độ từ GPS (hai hệ lệch nhau khoảng 220 m).",
            en="VN-2000 is named but the values are degrees. Give X and Y in metres, or choose WGS 84 if "
            "they are "
            "longitude and latitude from a GPS (the two systems are some 220 m apart).",
        )
    else:
        found = _from_degrees(first, second)
        _refuse_whole_degrees(first, second)
        remarks = _coarseness(max(first.resolution, second.resolution))
    if convention.decimal == "," and "," in named.text and any("." in token.text for token in tokens):
        remarks = (*remarks, _DECIMAL_COMMA)
    return replace(found, remarks=remarks)


def _refuse_whole_degrees(first: Quantity, second: Quantity) -> None:
    """Refuse "21, 105": no ward can be told from it, and "21/105" is how a house in an alley is written."""
    if first.resolution >= 1 and second.resolution >= 1:
        raise Rejected(
            rank=Rank.PLACE,
            vi="Hai số nguyên độ không đủ để tìm một phường, xã (sai tới hàng chục km). Hãy ghi ít nhất bốn "
            "chữ số thập phân, ví dụ 21.0285; nếu là số nhà thì hãy dùng ô tìm địa chỉ.",
            en="Whole degrees are not enough to find a ward (they may be tens of km off). Give at least four "
            "decimals, as in 21.0285; a house number goes in the address field.",
        )


def _coarseness(resolution: float) -> tuple[Notice, ...]:
    metres = resolution / 2 * _METRES_PER_DEGREE
    if metres < _COARSE_M:
        return ()
    size = f"{metres:.0f} m" if metres < _METRES_START else f"{metres / _METRES_START:.0f} km"
    return (
        Notice(
            vi=f"Tọa độ được ghi thô, có thể lệch tới khoảng ±{size}.",
            en=f"The coordinates are written coarsely: they may be off by about ±{size}.",
        ),
    )


def _from_degrees(first: Quantity, second: Quantity) -> Coordinate:
    """Tell latitude from longitude by size; names only confirm or show a swap.

    X and Y name no order here: programs write X for the longitude, Vietnamese papers for the north.
    """
    _refuse_same_names(first, second, ("lat",), ("lon",))
    if in_vietnam(second.value, first.value):
        swapped = first.is_named("lon") or second.is_named("lat")
        return Coordinate(lon=second.value, lat=first.value, crs=InputCrs.WGS84, order="lat-lon", swapped=swapped)
    if in_vietnam(first.value, second.value):
        swapped = first.is_named("lat") or second.is_named("lon")
        return Coordinate(lon=first.value, lat=second.value, crs=InputCrs.WGS84, order="lon-lat", swapped=swapped)
    lon_first = _longitude_is_first(first, second)
    lon, lat = (first.value, second.value) if lon_first else (second.value, first.value)
    raise outside_vietnam(lon=lon, lat=lat, field_lon="lon", field_lat="lat")


def _longitude_is_first(first: Quantity, second: Quantity) -> bool:
    """Guess the order of values outside Viet Nam, for the message only; unnamed, latitude is first."""
    if first.is_named("lon") or second.is_named("lat"):
        return True
    if first.is_named("lat") or second.is_named("lon"):
        return False
    return abs(first.value) > abs(second.value) and abs(first.value) > _RIGHT_ANGLE


def _from_metres(first: Quantity, second: Quantity, crs: InputCrs) -> Coordinate:
    """Tell northing from easting by size; N and E name them as X and Y do."""
    _refuse_same_names(first, second, ("x", "lat"), ("y", "lon"))
    northing_named_second = first.is_named("y", "lon") or second.is_named("x", "lat")
    northing_named_first = first.is_named("x", "lat") or second.is_named("y", "lon")
    northing_is_second = is_northing(second.value) and is_easting(first.value)
    x_is_second = northing_named_second or (northing_is_second and not northing_named_first)
    x, y = (second.value, first.value) if x_is_second else (first.value, second.value)
    found = from_vn2000(x=x, y=y, crs=crs)
    return replace(found, order="y-x" if northing_is_second else "x-y")


def _refuse_same_names(first: Quantity, second: Quantity, north: tuple[Axis, ...], east: tuple[Axis, ...]) -> None:
    for names in (north, east):
        if first.is_named(*names) and second.is_named(*names):
            refuse_names()
