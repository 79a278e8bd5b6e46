"""Look up a whole table of points: every row keeps its place, whatever is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.crs import InputCrs, from_lonlat, from_vn2000, parse_coordinate
from geo.errors import HanoiWardsError, InvalidCoordinate, TableError
from geo.model import Outcome
from geo.tables import create_table, find_column, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.crs import Coordinate
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import LookupResult
    from geo.tables import Batch

ADDED_COLUMNS = (
    "ket_qua", "ma_phuong_xa", "ten_phuong_xa", "diem", "kha_nang", "ly_do", "can_cu", "don_vi_cu", "phien_ban",
)  # fmt: skip
"""What is appended to every row, in this order, for good."""

_BATCH = 5_000

_LON = ("lon", "lng", "long", "longitude", "kinh độ", "kinhdo")
_LAT = ("lat", "latitude", "vĩ độ", "vido")
_X = ("x", "x vn2000", "toạ độ x")
_Y = ("y", "y vn2000", "toạ độ y")
_TEXT = ("toạ độ", "toado", "coordinates", "coordinate", "gps")


@dataclass(frozen=True, slots=True)
class PointColumns:
    """Which columns hold the points, where the headings alone do not say it.

    ``lon`` and ``lat``: degrees. ``x`` and ``y``: VN-2000 northing and easting, metres. ``text``: both in one cell.
    """

    lon: str | None = None
    lat: str | None = None
    x: str | None = None
    y: str | None = None
    text: str | None = None
    crs: InputCrs | None = None


@dataclass(slots=True)
class LocateReport:
    """What was done: counts that add up to the rows of the table."""

    columns: tuple[str, ...] = ()
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)


def locate_table(
    source: Path,
    target: Path,
    *,
    index: WardIndex,
    named: PointColumns,
    lang: Language,
    overwrite: bool = False,
    excel_bom: bool = False,
    progress: Callable[[int], object] = lambda _: None,
) -> LocateReport:
    """Write ``target``: every row of ``source`` as it is, with the answer appended.

    Memory does not grow with the table. The output appears under its name only when it is complete.

    Parameters
    ----------
    source, target
        CSV, XLSX or Parquet, by their endings.
    named
        Columns named by the user; the others are recognised by their headings, never by position.
    progress
        Called with the number of rows done since the last call.

    Raises
    ------
    TableError
        The table cannot be read or written, or no column holds points.
    """
    report = LocateReport()
    with open_table(source) as table:
        read, report.columns = _point_reader(table.columns, named)
        with create_table(
            target, like=table, added_columns=ADDED_COLUMNS, overwrite=overwrite, excel_bom=excel_bom
        ) as out:
            for batch in table.batches(_BATCH):
                answers = _answers(batch, read, index, lang)
                out.write(batch, answers)
                report.rows += len(answers)
                report.outcomes.update(cells[0] for cells in answers)
                progress(len(answers))
        report.notices = [notice.message(lang) for notice in table.report.notices]
    return report


def _answers(
    batch: Batch, read: Callable[[Sequence[str]], Coordinate], index: WardIndex, lang: Language
) -> list[Sequence[str]]:
    version = f"{index.dataset.generation.id}/{index.dataset.data_version}"
    answers: list[Sequence[str]] = []
    asked: list[tuple[int, Coordinate]] = []
    for position, row in enumerate(batch):
        try:
            coordinate = read(row.cells)
        except HanoiWardsError as error:
            answers.append(("thieu_thong_tin", "", "", "", "", error.message(lang), "", "", version))
        else:
            asked.append((position, coordinate))
            answers.append(())
    results = index.locate_each([c.lon for _, c in asked], [c.lat for _, c in asked])
    for (position, coordinate), result in zip(asked, results, strict=True):
        answers[position] = _cells(result, coordinate, version, lang)
    return answers


def _cells(result: LookupResult, coordinate: Coordinate, version: str, lang: Language) -> Sequence[str]:
    english = lang == "en"
    across = result.border.across.full_name if result.border.across else ("another province" if english else "tỉnh khác")
    distance = round(result.border.distance_m)
    evidence = (
        f"coordinates {result.lon:.6f}, {result.lat:.6f} (lon, lat); {distance} m from the border"
        if english
        else f"toạ độ {result.lon:.6f}, {result.lat:.6f} (kinh, vĩ); cách ranh giới {distance} m"
    )
    candidates = ";".join(unit.code for unit in result.possible)
    said = "; ".join(coordinate.notices(lang))
    if result.certain and result.outcome is Outcome.OUTSIDE:
        reason = "outside Hà Nội" if english else "nằm ngoài Hà Nội"
        return ("ngoai_ha_noi", "", "", "", "", _join(reason, said), evidence, "", version)
    if result.certain:
        unit = result.units[0]
        reason = "inside, away from every border in doubt" if english else "nằm trong, xa mọi ranh giới còn nghi vấn"
        return ("da_xac_dinh", unit.code, unit.full_name, "", candidates, _join(reason, said), evidence, "", version)
    if result.approximate:
        reason = "old boundaries are approximate" if english else "ranh giới cũ chỉ gần đúng"
    elif result.outcome is Outcome.ON_BORDER:
        reason = "exactly on the border line" if english else "nằm đúng trên đường ranh giới"
    elif english:
        reason = f"{distance} m from {across}, where the two map sources differ"
    else:
        reason = f"cách {across} {distance} m, nơi hai nguồn bản đồ lệch nhau"
    return ("can_chon", "", "", "", candidates, _join(reason, said), evidence, "", version)


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _point_reader(
    columns: Sequence[str], named: PointColumns
) -> tuple[Callable[[Sequence[str]], Coordinate], tuple[str, ...]]:
    """Find the columns of the points; return how to read a row, and the columns' headings.

    Raises
    ------
    TableError
        No column, or only half of a pair, holds points.
    """
    text = find_column(columns, named=named.text, headings=_TEXT, what="--text")
    lon = find_column(columns, named=named.lon, headings=_LON, what="--lon")
    lat = find_column(columns, named=named.lat, headings=_LAT, what="--lat")
    x = find_column(columns, named=named.x, headings=_X, what="--x")
    y = find_column(columns, named=named.y, headings=_Y, what="--y")
    by_metres = named.x is not None or named.y is not None or (lon is None and lat is None)
    if named.text is None and lon is not None and lat is not None and not (named.x or named.y):
        return _degrees_reader(lon, lat, columns), (columns[lon], columns[lat])
    if named.text is None and by_metres and x is not None and y is not None:
        return _metres_reader(x, y, columns, named.crs or InputCrs.VN2000_105_00), (columns[x], columns[y])
    if text is not None and not (named.lon or named.lat or named.x or named.y):
        return (lambda cells: parse_coordinate(_cell(cells, text), crs=named.crs)), (columns[text],)
    raise TableError(
        vi="Không thấy cột toạ độ. Hãy chỉ tên cột bằng --lon và --lat (độ), --x và --y (VN-2000), hoặc --text (cả hai "
        f"trong một ô). Các cột hiện có: {', '.join(columns)}.",
        en="No column holds coordinates. Name them with --lon and --lat (degrees), --x and --y (VN-2000), or --text "
        f"(both in one cell). The columns are: {', '.join(columns)}.",
        field="columns",
    )


def _degrees_reader(lon: int, lat: int, columns: Sequence[str]) -> Callable[[Sequence[str]], Coordinate]:
    def read(cells: Sequence[str]) -> Coordinate:
        east, north = _cell(cells, lon), _cell(cells, lat)
        _refuse_empty(east, columns[lon])
        _refuse_empty(north, columns[lat])
        try:
            degrees = float(east), float(north)
        except ValueError:  # decimal commas, degrees-minutes-seconds: the reader of free text knows them all
            return parse_coordinate(f"lon: {east} lat: {north}", crs=InputCrs.WGS84)
        return from_lonlat(lon=degrees[0], lat=degrees[1], field_lon=columns[lon], field_lat=columns[lat])

    return read


def _metres_reader(x: int, y: int, columns: Sequence[str], crs: InputCrs) -> Callable[[Sequence[str]], Coordinate]:
    def read(cells: Sequence[str]) -> Coordinate:
        northing, easting = _cell(cells, x), _cell(cells, y)
        _refuse_empty(northing, columns[x])
        _refuse_empty(easting, columns[y])
        try:
            metres = float(northing), float(easting)
        except ValueError:  # thousands separators
            return parse_coordinate(f"X={northing} Y={easting}", crs=crs)
        return from_vn2000(x=metres[0], y=metres[1], crs=crs, field_x=columns[x], field_y=columns[y])

    return read


def _refuse_empty(cell: str, column: str) -> None:
    if not cell.strip():
        raise InvalidCoordinate(
            vi=f"Ô “{column}” để trống.", en=f"The cell of '{column}' is empty.", field=column
        )


def _cell(cells: Sequence[str], index: int) -> str:
    """Return a cell; a row that is too short has an empty one."""
    return cells[index] if index < len(cells) else ""
