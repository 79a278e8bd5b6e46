"""What a request for items asks for, read and checked."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from api.errors import BadRequest
from api.ogc.times import days_asked
from geo.crs.published import PublishedCrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from fastapi import Request

    from geo.layers import Column, Layer

DEFAULT_LIMIT: Final = 10
LARGEST_LIMIT: Final = 1000

COMMON: Final = ("f", "lang")
_ITEMS: Final = (*COMMON, "limit", "offset", "bbox", "bbox-crs", "crs", "datetime")
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
_WHOLE: Final = re.compile(r"-?[0-9]{1,18}")
_FLAT, _WITH_HEIGHTS = 4, 6
_LON, _LAT = 180.0, 90.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ItemsQuery:
    """A request for items.

    Parameters
    ----------
    boxes
        In `bbox_crs` and its axis order; two where the box asked for crosses the antimeridian; None for everywhere.
    days
        First and last day; None for every time.
    values
        What columns must hold, by name.
    """

    limit: int
    offset: int
    boxes: tuple[Box, ...] | None
    bbox_crs: PublishedCrs
    crs: PublishedCrs
    days: tuple[date, date] | None
    values: Mapping[str, str]


def check_parameters(request: Request, known: Iterable[str]) -> None:
    """Refuse what the address asks for and the resource does not know.

    Raises
    ------
    BadRequest
        A parameter is unknown or given twice, or the language is not one of ours.
    """
    takes = sorted(known)
    for name in request.query_params:
        if name not in takes:
            listed = ", ".join(takes)
            raise BadRequest(
                vi=f"Không có tham số {name!r}. Các tham số dùng được: {listed}.",
                en=f"There is no parameter {name!r}. This resource takes: {listed}.",
                field=name,
            )
        if len(request.query_params.getlist(name)) > 1:
            raise BadRequest(
                vi=f"Tham số {name} được ghi hai lần.", en=f"The parameter {name} is given twice.", field=name
            )
    lang = request.query_params.get("lang")
    if lang not in {None, "vi", "en"}:
        raise BadRequest(vi="lang phải là vi hoặc en.", en="lang must be vi or en.", field="lang")


def items_query(request: Request, layer: Layer) -> ItemsQuery:
    """Read a request for items.

    Raises
    ------
    BadRequest
        A parameter is unknown, or its value cannot be used; the error names it.
    """
    columns = layer.filters
    check_parameters(request, (*_ITEMS, *(column.name for column in columns)))
    asked = request.query_params
    bbox_crs = crs_asked(request, "bbox-crs")
    return ItemsQuery(
        # More than the largest page is no error: the standard has the server send what it can, and a next link.
        limit=min(_count(asked.get("limit", str(DEFAULT_LIMIT)), "limit", least=1), LARGEST_LIMIT),
        offset=_count(asked.get("offset", "0"), "offset", least=0),
        boxes=boxes_asked(asked["bbox"], bbox_crs) if "bbox" in asked else None,
        bbox_crs=bbox_crs,
        crs=crs_asked(request, "crs"),
        days=days_asked(asked["datetime"]) if "datetime" in asked else None,
        values={column.name: _value(column, asked[column.name]) for column in columns if column.name in asked},
    )


def crs_asked(request: Request, name: str) -> PublishedCrs:
    """Read the URI of a reference system; CRS84 where none is given.

    Raises
    ------
    BadRequest
        It is not one of those that every collection lists.
    """
    asked = request.query_params.get(name, PublishedCrs.CRS84.value)
    try:
        return PublishedCrs(asked)
    except ValueError:
        listed = ", ".join(PublishedCrs)
        raise BadRequest(
            vi=f"{name} phải là một trong: {listed}.", en=f"{name} must be one of: {listed}.", field=name
        ) from None


def boxes_asked(text: str, crs: PublishedCrs) -> tuple[Box, ...]:
    """Read four numbers, or six with heights, which nothing here has and which therefore exclude nothing.

    Raises
    ------
    BadRequest
        They are not a box in that reference system.
    """
    parts = text.split(",")
    if len(parts) not in {_FLAT, _WITH_HEIGHTS}:
        raise _no_box("cần 4 hoặc 6 số, cách nhau bởi dấu phẩy", "4 or 6 numbers with commas between are needed")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise _no_box("có phần không phải là số", "a part is not a number") from None
    if not all(math.isfinite(number) for number in numbers):
        raise _no_box("có số không hữu hạn", "a number is not finite")
    if len(numbers) == _WITH_HEIGHTS:
        low, high = numbers.pop(2), numbers.pop(4)
        if low > high:
            raise _no_box("độ cao thấp nhất lớn hơn độ cao cao nhất", "the lowest height is above the highest")
    first, second, third, fourth = numbers
    if not crs.in_degrees:
        if first > third or second > fourth:
            raise _no_box("góc thứ nhất phải nhỏ hơn góc thứ hai", "the first corner must be the lower one")
        return ((first, second, third, fourth),)
    west, south, east, north = (second, first, fourth, third) if crs.latitude_first else (first, second, third, fourth)
    if max(abs(south), abs(north)) > _LAT or max(abs(west), abs(east)) > _LON:
        raise _no_box(
            "vĩ độ từ -90 đến 90, kinh độ từ -180 đến 180 (hãy xem thứ tự trục)",
            "latitudes run from -90 to 90 and longitudes from -180 to 180 (mind the axis order)",
        )
    if south > north:
        raise _no_box("vĩ độ thứ nhất lớn hơn vĩ độ thứ hai", "the first latitude is above the second")
    spans = ((west, east),) if west <= east else ((west, _LON), (-_LON, east))
    return tuple((south, a, north, b) if crs.latitude_first else (a, south, b, north) for a, b in spans)


def _value(column: Column, text: str) -> str:
    if column.kind != "integer":
        return unicodedata.normalize("NFC", text)
    if _WHOLE.fullmatch(text) is None:
        raise BadRequest(
            vi=f"{column.name} phải là một số nguyên.", en=f"{column.name} must be a whole number.", field=column.name
        )
    return str(int(text))


def _count(text: str, name: str, *, least: int) -> int:
    if _NUMBER.fullmatch(text) is None or int(text) < least:
        raise BadRequest(
            vi=f"{name} phải là một số nguyên từ {least} trở lên.",
            en=f"{name} must be a whole number, {least} or more.",
            field=name,
        )
    return int(text)


def _no_box(vi: str, en: str) -> BadRequest:
    return BadRequest(vi=f"bbox không dùng được: {vi}.", en=f"bbox cannot be used: {en}.", field="bbox")
