"""What a coordinate is once it has been understood, and the checks that every one passes.

Values are told apart by size. Viet Nam's latitudes (7 to 24) and longitudes (102 to 118) do not
overlap, nor do its VN-2000 northings (850 km to 2 700 km) and eastings (150 km to 850 km), so the
order of two values never has to be guessed.

Messages name a place only to a tenth of a degree (some 10 km): their English text goes to logs,
and a log has no business knowing where somebody lives.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from geo.crs.reproject import InputCrs, to_lonlat
from geo.errors import InvalidCoordinate

if TYPE_CHECKING:
    from geo.errors import Language

Order: TypeAlias = Literal["lon-lat", "lat-lon", "x-y", "y-x"]

# Viet Nam's land, sea and islands (Trường Sa and Hoàng Sa included), with a margin.
LON_RANGE: Final = (102.0, 118.0)
LAT_RANGE: Final = (7.0, 24.0)

NORTHING_RANGE: Final = (850_000.0, 2_700_000.0)
EASTING_RANGE: Final = (150_000.0, 850_000.0)

_WIDE_ZONES: Final = frozenset({InputCrs.VN2000_UTM48, InputCrs.VN2000_UTM49})
_NARROW_EASTINGS: Final = (300_000.0, 700_000.0)

# Numbers that old and new papers write in front of the easting: 6° zones by UTM's count and by
# Gauss's, and the 3° zones.
_ZONE_PREFIXES: Final = frozenset({18, 19, 48, 49, 481, 482, 491})
_MILLION: Final = 1_000_000

_MAX_LAT: Final = 90.0
_MAX_LON: Final = 180.0
_DEGREES_END: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Notice:
    """A plain sentence about how a coordinate was read."""

    vi: str
    en: str

    def text(self, lang: Language) -> str:
        """Return the sentence in that language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A point in WGS 84 and how it was read.

    Parameters
    ----------
    lon, lat
        Degrees in EPSG:4326.
    crs
        The system the values were given in.
    order
        The order the values stood in, told from their size: ``"lon-lat"``, ``"lat-lon"``, ``"x-y"``
        (X, the northing, first) or ``"y-x"``.
    swapped
        True when the values carried names (lat and lon, X and Y) and their size shows that the
        names were the wrong way round. The point is the corrected one.
    remarks
        What else a user should know about the reading.
    """

    lon: float
    lat: float
    crs: InputCrs
    order: Order
    swapped: bool = False
    remarks: tuple[Notice, ...] = ()

    def notices(self, lang: Language) -> list[str]:
        """Return, in that language, what was detected: system and order first, then the rest."""
        order = _ORDER_NAMES[self.order].text(lang)
        label = self.crs.label(lang)
        read = f"Đã đọc theo {label}, thứ tự: {order}." if lang == "vi" else f"Read as {label}, order: {order}."
        swapped = [_SWAPPED.text(lang)] if self.swapped else []
        return [read, *swapped, *(remark.text(lang) for remark in self.remarks)]


_ORDER_NAMES: Final[dict[Order, Notice]] = {
    "lon-lat": Notice(vi="kinh độ, vĩ độ", en="longitude, latitude"),
    "lat-lon": Notice(vi="vĩ độ, kinh độ", en="latitude, longitude"),
    "x-y": Notice(vi="X (hướng Bắc), Y (hướng Đông)", en="X (northing), Y (easting)"),
    "y-x": Notice(vi="Y (hướng Đông), X (hướng Bắc)", en="Y (easting), X (northing)"),
}

_SWAPPED: Final = Notice(
    vi="Hai giá trị được ghi đảo tên (theo độ lớn của chúng) và đã được đổi lại cho đúng; hãy kiểm tra.",
    en="The two values carried each other's names (their size shows it) and were put right; please check.",
)


def in_vietnam(lon: float, lat: float) -> bool:
    """Tell whether a point in degrees lies in Viet Nam's envelope, its edges included."""
    return LON_RANGE[0] <= lon <= LON_RANGE[1] and LAT_RANGE[0] <= lat <= LAT_RANGE[1]


def is_northing(metres: float) -> bool:
    """Tell whether a number can be a VN-2000 northing in Viet Nam."""
    return NORTHING_RANGE[0] <= metres < NORTHING_RANGE[1]


def is_easting(metres: float) -> bool:
    """Tell whether a number can be a VN-2000 easting in Viet Nam."""
    return EASTING_RANGE[0] <= metres < EASTING_RANGE[1]


def check_lonlat(*, lon: float, lat: float, field_lon: str = "lon", field_lat: str = "lat") -> tuple[float, float]:
    """Check a point given as a named longitude and a named latitude.

    Parameters
    ----------
    lon, lat
        Degrees in EPSG:4326.
    field_lon, field_lat
        What the caller's form, column or parameter calls the two, for the error.

    Returns
    -------
    tuple
        Longitude and latitude as floats, in that order, in Viet Nam's envelope: longitude 102 to
        118, latitude 7 to 24, edges included, which takes in its sea and islands.

    Raises
    ------
    InvalidCoordinate
        When a value is not a finite number, is out of range, lies outside Viet Nam, or when the two
        look swapped: named values are never swapped in silence.
    """
    lon = _finite(lon, field_lon)
    lat = _finite(lat, field_lat)
    if not in_vietnam(lon, lat):
        raise outside_vietnam(lon=lon, lat=lat, field_lon=field_lon, field_lat=field_lat)
    return lon, lat


def from_lonlat(*, lon: float, lat: float, field_lon: str = "lon", field_lat: str = "lat") -> Coordinate:
    """Take a named longitude and latitude as a `Coordinate`, with the checks and errors of `check_lonlat`."""
    lon, lat = check_lonlat(lon=lon, lat=lat, field_lon=field_lon, field_lat=field_lat)
    return Coordinate(lon=lon, lat=lat, crs=InputCrs.WGS84, order="lon-lat")


def from_vn2000(
    *,
    x: float,
    y: float,
    crs: InputCrs = InputCrs.VN2000_105_00,
    field_x: str = "x",
    field_y: str = "y",
) -> Coordinate:
    """Read X and Y as Vietnamese land papers give them.

    Parameters
    ----------
    x, y
        Metres in VN-2000. X is the northing (2 270 000 to 2 370 000 in Hà Nội) and Y the
        easting (525 000 to 610 000), without a zone number in front.
    crs
        The zone; EPSG:5897 (3° zone, central meridian 105°00′) is Hà Nội's. The values themselves do
        not show the zone: 105°30′ in place of 105°00′ moves a point by 52 km, and the 6° zone of the
        same meridian by 700 m.
    field_x, field_y
        What the caller calls the two, for the error.

    Returns
    -------
    Coordinate
        In EPSG:4326, by EPSG:6960 "VN-2000 to WGS 84 (2)", accuracy 1 m. When X and Y are swapped
        they are put right, and `swapped` and the notices say so.

    Raises
    ------
    InvalidCoordinate
        When a value is not a finite number or cannot be a northing or an easting in Viet Nam, when
        the easting carries a zone number, when the values are degrees, or when `crs` is WGS 84.
    """
    if crs is InputCrs.WGS84:
        raise InvalidCoordinate(
            vi="X và Y tính bằng mét cần một múi chiếu VN-2000; WGS 84 dùng kinh độ và vĩ độ.",
            en="X and Y in metres need a VN-2000 zone; WGS 84 takes longitude and latitude.",
            field="crs",
        )
    x = _finite(x, field_x)
    y = _finite(y, field_y)
    swapped = is_easting(x) and is_northing(y)
    northing, easting = (y, x) if swapped else (x, y)
    if not (is_northing(northing) and is_easting(easting) and _reaches(crs, easting)):
        raise _not_vn2000(x, y, field_x, field_y)
    lon, lat = to_lonlat(easting, northing, crs=crs)
    if not in_vietnam(lon, lat):
        raise outside_vietnam(lon=lon, lat=lat, field_lon=field_y, field_lat=field_x)
    written = f"X = {_spaced(northing)} m, Y = {_spaced(easting)} m"
    remark = Notice(vi=f"Đã đọc: {written}.", en=f"Values read: {written}.")
    return Coordinate(lon=lon, lat=lat, crs=crs, order="y-x" if swapped else "x-y", swapped=swapped, remarks=(remark,))


def outside_vietnam(*, lon: float, lat: float, field_lon: str, field_lat: str) -> InvalidCoordinate:
    """Say what is wrong with finite degrees that are not in Viet Nam, and what to check.

    The likeliest slips are tried first: a swap, metres for degrees, a wrong sign, then the rest.
    """
    if in_vietnam(lat, lon):
        return InvalidCoordinate(
            vi="Kinh độ và vĩ độ có vẻ bị đảo: ở Việt Nam kinh độ khoảng 102–110, vĩ độ khoảng 8–23,5. "
            f"Hãy ghi kinh độ vào “{field_lon}” và vĩ độ vào “{field_lat}”.",
            en="Longitude and latitude look swapped: in Viet Nam longitude is about 102 to 110 and "
            f"latitude about 8 to 23.5. Give the longitude as '{field_lon}', the latitude as '{field_lat}'.",
            field=field_lon,
        )
    if abs(lon) > _DEGREES_END or abs(lat) > _DEGREES_END:
        return InvalidCoordinate(
            vi="Giá trị quá lớn, không phải là độ. Hãy kiểm tra dấu thập phân; nếu đây là X, Y (mét) trên "
            "giấy chứng nhận thì hãy chọn hệ VN-2000.",
            en="The value is too large to be degrees. Check the decimal mark; if these are X and Y in "
            "metres from a land paper, choose VN-2000.",
            field=field_lon if abs(lon) > _DEGREES_END else field_lat,
        )
    if abs(lat) > _MAX_LAT:
        return _out_of_range("Vĩ độ", "Latitude", "90", field_lat)
    if abs(lon) > _MAX_LON:
        return _out_of_range("Kinh độ", "Longitude", "180", field_lon)
    if in_vietnam(abs(lon), abs(lat)) or in_vietnam(abs(lat), abs(lon)):
        return InvalidCoordinate(
            vi="Sai dấu: ở Việt Nam kinh độ và vĩ độ đều dương (Đông và Bắc). Hãy bỏ dấu trừ, "
            "hoặc sửa chữ Nam (S), Tây (W).",
            en="Wrong sign: in Viet Nam longitude and latitude are both positive (east and north). "
            "Remove the minus sign, or correct the letter S or W.",
            field=field_lon if lon < 0 else field_lat,
        )
    return InvalidCoordinate(
        vi=f"Tọa độ này (vĩ độ khoảng {lat:.1f}, kinh độ khoảng {lon:.1f}) là một nơi có thật trên Trái Đất "
        "nhưng không ở Việt Nam. Hãy kiểm tra dấu thập phân, chữ số thiếu hoặc thừa và thứ tự hai số.",
        en=f"These values (latitude about {lat:.1f}, longitude about {lon:.1f}) are a valid place on earth "
        "but not in Viet Nam. Check the decimal mark, missing or extra digits and the order of the two.",
        field=field_lat if LON_RANGE[0] <= lon <= LON_RANGE[1] else field_lon,
    )


def _out_of_range(name_vi: str, name_en: str, limit: str, field: str) -> InvalidCoordinate:
    return InvalidCoordinate(
        vi=f"{name_vi} phải nằm trong khoảng từ -{limit} đến {limit} độ. Hãy kiểm tra dấu thập phân.",
        en=f"{name_en} must lie between -{limit} and {limit} degrees. Check the decimal mark.",
        field=field,
    )


def _reaches(crs: InputCrs, easting: float) -> bool:
    """Tell whether a zone is used so far from its meridian (in a 3° zone, some 1.9° at most).

    Without this, degrees that lost their decimal marks (210285, 1058542) would pass for metres.
    """
    return crs in _WIDE_ZONES or _NARROW_EASTINGS[0] <= easting <= _NARROW_EASTINGS[1]


def _not_vn2000(x: float, y: float, field_x: str, field_y: str) -> InvalidCoordinate:
    """Say why two finite numbers are no X and Y of VN-2000."""
    for value, field in ((y, field_y), (x, field_x)):
        zone, rest = divmod(value, _MILLION)
        if zone in _ZONE_PREFIXES and is_easting(rest):
            return InvalidCoordinate(
                vi=f"Y có số hiệu múi chiếu {zone:.0f} ở đầu. Hãy bỏ số đó đi và chọn đúng múi chiếu "
                "(ví dụ UTM 48 nếu bản đồ dùng múi 6°).",
                en=f"The easting carries the zone number {zone:.0f} in front. Remove it and choose the zone "
                "(for example UTM 48 when the map uses 6° zones).",
                field=field,
            )
    if abs(x) < _DEGREES_END and abs(y) < _DEGREES_END:
        return InvalidCoordinate(
            vi="Các giá trị này trông như độ, không phải mét VN-2000. Nếu là kinh độ và vĩ độ, hãy chọn WGS 84.",
            en="These values look like degrees, not VN-2000 metres. If they are longitude and latitude, choose WGS 84.",
            field=field_x,
        )
    wrong = field_y if is_northing(x) else field_x
    return InvalidCoordinate(
        vi="Không phải X, Y của VN-2000 ở Việt Nam. Ở Hà Nội X (hướng Bắc) từ 2 270 000 đến 2 370 000 m "
        "và Y (hướng Đông) từ 525 000 đến 610 000 m. Hãy kiểm tra chữ số thiếu hoặc thừa, dấu thập phân "
        "và dấu phân cách nghìn.",
        en="Not an X and Y of VN-2000 in Viet Nam. In Hà Nội X (northing) runs from 2 270 000 to 2 370 000 m "
        "and Y (easting) from 525 000 to 610 000 m. Check missing or extra digits, the decimal mark and "
        "thousands separators.",
        field=wrong,
    )


def _finite(value: float, field: str) -> float:
    """Return the value as a float, or say which field holds no usable number."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise InvalidCoordinate(
            vi=f"“{field}” không phải là một số hữu hạn. Hãy ghi một số, ví dụ 105.8542.",
            en=f"'{field}' is not a finite number. Give a number such as 105.8542.",
            field=field,
        )
    return number


def _spaced(metres: float) -> str:
    return f"{metres:,.2f}".replace(",", " ")
