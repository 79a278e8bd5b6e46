"""Free text to a point: decimal degrees, degrees-minutes-seconds, VN-2000 metres and map links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

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
from geo.crs.reproject import InputCrs
from geo.crs.tokens import CONVENTIONS, Axis, Convention, Rank, Rejected, Token, normalise, tokenise
from geo.errors import InvalidCoordinate

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_FINITE: Final = re.compile(r"(?<![^\W_])(?:nan|inf|infinity|null|none)(?![^\W_])|[∞]")
_EXPONENT: Final = re.compile(r"[0-9]e(?:[+-][0-9]|[0-9])")
_NORTH_LETTER: Final = re.compile(r"[nsb]")

_METRES_START: Final = 1000.0
_SIXTY: Final = 60.0
_HUNDRED: Final = 100.0
_RIGHT_ANGLE: Final = 90.0
_OPENERS: Final = frozenset({"axis", "separator"})
_COARSE_M: Final = 50.0
_METRES_PER_DEGREE: Final = 111_320.0
_PAIR: Final = 2
_PARTS: Final = 3  # degrees, minutes, seconds

_ASSUMED_ZONE: Final = Notice(
    vi="Văn bản không ghi múi chiếu: đã dùng múi 3°, kinh tuyến trục 105°00′ của Hà Nội. Nếu giấy tờ ghi "
    "khác, "
    "hãy nêu rõ.",
    en="No zone was stated: Hà Nội's 3° zone, central meridian 105°00′, was used. If the paper says "
    "otherwise, "
    "name it.",
)
_DECIMAL_COMMA: Final = Notice(
    vi="Dấu phẩy được đọc là dấu thập phân.", en="The comma was read as the decimal mark."
)


@dataclass(frozen=True, slots=True)
class _Quantity:
    """One of the two values: its number, how finely it is written, and what the text calls it."""

    value: float
    resolution: float
    axes: frozenset[Axis]

    def is_named(self, *names: Axis) -> bool:
        return not self.axes.isdisjoint(names)


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
            en="A value is empty or infinite (NaN, inf, null). Give two numbers, such as '21.0285, "
            "105.8542'.",
        )
    # "105.8542E21.0285N" is no power of ten; beside an E without N it is
    if _EXPONENT.search(text) and not _NORTH_LETTER.search(text):
        raise Rejected(
            rank=Rank.WORDS,
            vi="Số viết dạng khoa học (1,06E+02) thường đã mất chữ số. Hãy ghi đủ các chữ số, ví dụ "
            "105.8542.",
            en="Numbers in scientific notation (1.06E+02) have often lost digits. Write them in full, as "
            "105.8542.",
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
    first, second = (_quantity(part, total) for part in _split(tokens))
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
        remarks = _coarseness(max(first.resolution, second.resolution))
    if convention.decimal == "," and "," in named.text and any("." in token.text for token in tokens):
        remarks = (*remarks, _DECIMAL_COMMA)
    return replace(found, remarks=remarks)


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


# ---------------------------------------------------------------- from tokens to two quantities


def _split(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Divide the tokens between the two values.

    Separators decide; failing them the names, then the degree signs, then the count of numbers.
    """
    tokens = _without_idle_separators(tokens)
    first_number = next((i for i, token in enumerate(tokens) if token.kind == "number"), len(tokens))
    heading = [token for token in tokens[:first_number] if token.kind == "axis"]
    if len(heading) == _PAIR and heading[0].text != heading[1].text:
        rest = tokens[first_number:]
        if not any(token.kind == "axis" for token in rest):  # both names come first, as in a heading
            one, two = _split(rest)
            return [heading[0], *one], [heading[1], *two]
    parts = _divided(tokens, {i for i, token in enumerate(tokens) if token.kind == "separator"})
    if len(parts) == 1:
        (part,) = parts
        parts = _divided(part, _cuts(part))
    if len(parts) != _PAIR:
        _refuse_count(sum(token.kind == "number" for token in tokens))
    return parts[0], parts[1]


def _without_idle_separators(tokens: Sequence[Token]) -> list[Token]:
    """Drop the separators between a name and its value, when the value is on the next line."""
    kept: list[Token] = []
    for token in tokens:
        names_next = bool(kept) and kept[-1].kind == "axis" and (len(kept) == 1 or kept[-2].kind in _OPENERS)
        if not (token.kind == "separator" and names_next):
            kept.append(token)
    return kept


def _divided(tokens: Sequence[Token], cuts: set[int]) -> list[list[Token]]:
    """Cut before each index; separators and parts without anything else vanish."""
    bounds = [0, *sorted(cuts), len(tokens)]
    parts = [[token for token in tokens[i:j] if token.kind != "separator"] for i, j in pairwise(bounds)]
    return [part for part in parts if part]


def _cuts(tokens: Sequence[Token]) -> set[int]:
    """Return where a second value begins in tokens without separators."""
    kinds = [token.kind for token in tokens]
    numbers = [i for i, kind in enumerate(kinds) if kind == "number"]
    if "axis" in kinds and kinds[0] == "axis":  # "N 21 01 42 E 105 51 15"
        cuts = {i for i in range(1, len(kinds) - 1) if kinds[i] == "axis" and kinds[i + 1] == "number"}
    elif "axis" in kinds:  # "21 01 42 N 105 51 15 E"
        cuts = {i for i in numbers if i and kinds[i - 1] == "axis"}
    elif any(token == Token("mark", "0") for token in tokens):
        cuts = {i for i in numbers if i and tokens[i + 1 : i + 2] == [Token("mark", "0")]}
    elif len(numbers) in {_PAIR, 2 * _PAIR, _PARTS * _PAIR}:
        cuts = {numbers[len(numbers) // 2]}
    else:
        cuts = set()
    return cuts


def _refuse_count(count: int) -> NoReturn:
    raise Rejected(
        rank=Rank.COUNT,
        vi=f"Cần đúng hai giá trị nhưng văn bản có {count} số không tách được thành hai. Hãy bỏ số thứ "
        "tự, độ cao "
        "và ghi như “21.0285; 105.8542”.",
        en=f"Exactly two values are needed, but the text has {count} number(s) that do not make two. "
        "Leave out "
        "point numbers and heights, and write it like '21.0285; 105.8542'.",
    )


def _quantity(tokens: Sequence[Token], total: int) -> _Quantity:
    """Add up degrees, minutes and seconds, and collect the names."""
    numbers: list[Token] = []
    axes: set[Axis] = set()
    letter_sign = 1.0
    marked = False
    for token in tokens:
        if token.kind == "number":
            numbers.append(token)
        elif token.kind == "axis":
            axes.add(token.text)  # type: ignore[arg-type]
            letter_sign = token.value or letter_sign
        else:
            marked = True
            if int(token.text) != len(numbers) - 1:
                _refuse_marks()
    if not 1 <= len(numbers) <= _PARTS:
        _refuse_count(total)
    if {"lat", "lon"} <= axes or {"x", "y"} <= axes:
        _refuse_names()
    value = _sexagesimal(numbers, total, marked=marked)
    if letter_sign < 0 and numbers[0].text.startswith("-"):
        _refuse_marks()
    decimals = len(numbers[-1].text.partition(".")[2])
    resolution = 10.0**-decimals / _SIXTY ** (len(numbers) - 1)
    return _Quantity(value=letter_sign * value, resolution=resolution, axes=frozenset(axes))


def _sexagesimal(numbers: Sequence[Token], total: int, *, marked: bool) -> float:
    """Return degrees from one to three numbers, checking each part's range."""
    degrees = 0.0
    for index, token in enumerate(numbers):
        if index < len(numbers) - 1 and "." in token.text:
            if marked:
                _refuse_marks()
            _refuse_count(total)
        if index and token.text[0] in "+-":
            _refuse_marks()
        if index and token.value >= _HUNDRED and not marked:
            _refuse_count(total)  # no minutes at all: a point number or a height among the values
        if index and token.value >= _SIXTY:
            part_vi, part_en = (("Phút", "Minutes"), ("Giây", "Seconds"))[index - 1]
            raise Rejected(
                rank=Rank.STRUCTURE,
                vi=f"{part_vi} phải nhỏ hơn 60, nhưng văn bản ghi {token.text}. Hãy kiểm tra lại; nếu là "
                "độ thập "
                "phân, hãy dùng dấu chấm, ví dụ 21.0285.",
                en=f"{part_en} must be less than 60, but the text has {token.text}. Check it; if these "
                "are decimal "
                "degrees, use a decimal point, as in 21.0285.",
            )
        degrees += abs(token.value) / _SIXTY**index
    return -degrees if numbers[0].text.startswith("-") else degrees


def _refuse_marks() -> NoReturn:
    raise Rejected(
        rank=Rank.STRUCTURE,
        vi="Dấu độ, phút, giây hoặc dấu trừ không đúng chỗ. Hãy ghi như 21°01'42\"N 105°51'15\"E.",
        en="The degree, minute or second signs, or a minus sign, are out of place. Write it like "
        "21°01'42\"N 105°51'15\"E.",
    )


def _refuse_names() -> NoReturn:
    raise Rejected(
        rank=Rank.STRUCTURE,
        vi="Tên hai giá trị mâu thuẫn. Cần một vĩ độ (hoặc X) và một kinh độ (hoặc Y).",
        en="The names of the two values contradict each other. One latitude (or X) and one longitude (or Y) "
        "are needed.",
    )


# ---------------------------------------------------------------- from two quantities to a point


def _from_degrees(first: _Quantity, second: _Quantity) -> Coordinate:
    """Tell latitude from longitude by size; names only confirm or show a swap.

    X and Y name no order here: programs write X for the longitude, Vietnamese papers for the north.
    """
    _refuse_same_names(first, second, ("lat",), ("lon",))
    if in_vietnam(second.value, first.value):
        swapped = first.is_named("lon") or second.is_named("lat")
        return Coordinate(
            lon=second.value, lat=first.value, crs=InputCrs.WGS84, order="lat-lon", swapped=swapped
        )
    if in_vietnam(first.value, second.value):
        swapped = first.is_named("lat") or second.is_named("lon")
        return Coordinate(
            lon=first.value, lat=second.value, crs=InputCrs.WGS84, order="lon-lat", swapped=swapped
        )
    lon_first = _longitude_is_first(first, second)
    lon, lat = (first.value, second.value) if lon_first else (second.value, first.value)
    raise outside_vietnam(lon=lon, lat=lat, field_lon="lon", field_lat="lat")


def _longitude_is_first(first: _Quantity, second: _Quantity) -> bool:
    """Guess the order of values outside Viet Nam, for the message only; unnamed, latitude is first."""
    if first.is_named("lon") or second.is_named("lat"):
        return True
    if first.is_named("lat") or second.is_named("lon"):
        return False
    return abs(first.value) > abs(second.value) and abs(first.value) > _RIGHT_ANGLE


def _from_metres(first: _Quantity, second: _Quantity, crs: InputCrs) -> Coordinate:
    """Tell northing from easting by size; N and E name them as X and Y do."""
    _refuse_same_names(first, second, ("x", "lat"), ("y", "lon"))
    northing_named_second = first.is_named("y", "lon") or second.is_named("x", "lat")
    northing_named_first = first.is_named("x", "lat") or second.is_named("y", "lon")
    northing_is_second = is_northing(second.value) and is_easting(first.value)
    x_is_second = northing_named_second or (northing_is_second and not northing_named_first)
    x, y = (second.value, first.value) if x_is_second else (first.value, second.value)
    found = from_vn2000(x=x, y=y, crs=crs)
    return replace(found, order="y-x" if northing_is_second else "x-y")


def _refuse_same_names(
    first: _Quantity, second: _Quantity, north: tuple[Axis, ...], east: tuple[Axis, ...]
) -> None:
    for names in (north, east):
        if first.is_named(*names) and second.is_named(*names):
            _refuse_names()
