"""Look up a whole table of points: every row keeps its place, whatever is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.cases.added_columns import ADDED_COLUMNS
from geo.crs import InputCrs, from_lonlat, from_vn2000, parse_coordinate
from geo.errors import HanoiWardsError, InvalidCoordinate, TableError
from geo.model import OldUnit, Outcome
from geo.tables import create_table, find_column, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.crs import Coordinate
    from geo.errors import Language
    from geo.locate import WardIndex
    from geo.model import LookupResult
    from geo.tables import Batch

_BATCH = 5_000

LON_HEADINGS = ("lon", "lng", "long", "longitude", "kinh độ", "kinh độ (E)", "lon (WGS 84)", "kinh độ (WGS 84)")
LAT_HEADINGS = ("lat", "latitude", "vĩ độ", "vĩ độ (N)", "lat (WGS 84)", "vĩ độ (WGS 84)")
_X = ("x", "x (m)", "x VN-2000", "x VN-2000 (m)", "toạ độ x", "toạ độ x (m)")
_Y = ("y", "y (m)", "y VN-2000", "y VN-2000 (m)", "toạ độ y", "toạ độ y (m)")
_TEXT = (
    "toạ độ", "coordinates", "coordinate", "gps", "toạ độ gps", "vị trí gps", "lat lon", "lat long", "lat lng",
    "lon lat", "google maps", "link google maps",
)  # fmt: skip


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
    asked: list[tuple[int, Coordinate, str]] = []
    for position, row in enumerate(batch):
        problem = row.problem.message(lang) if row.problem else ""
        try:
            coordinate = read(row.cells)
        except HanoiWardsError as error:
            blank = not any(cell.strip() for cell in row.cells)
            reason = problem if problem and blank else _join(error.message(lang), problem)
            answers.append(("thieu_thong_tin", "", "", "", "", reason, "", "", version))
        else:
            asked.append((position, coordinate, _join(*reading_remarks(coordinate, lang), problem)))
            answers.append(())
    results = index.locate_each([c.lon for _, c, _ in asked], [c.lat for _, c, _ in asked])
    for (position, _, remarks), result in zip(asked, results, strict=True):
        answers[position] = _cells(result, remarks, version, lang)
    return answers


def reading_remarks(coordinate: Coordinate, lang: Language) -> list[str]:
    """Say how a point was read, where that was not plainly degrees, longitude first."""
    said = coordinate.notices(lang)
    plain = coordinate.crs is InputCrs.WGS84 and coordinate.order == "lon-lat"
    return said[1:] if plain else said


def _cells(result: LookupResult, remarks: str, version: str, lang: Language) -> Sequence[str]:
    english = lang == "en"
    distance = round(result.border.distance_m)
    evidence = (
        f"coordinates {result.lon:.6f}, {result.lat:.6f} (lon, lat); {distance} m from the border"
        if english
        else f"toạ độ {result.lon:.6f}, {result.lat:.6f} (kinh, vĩ); cách ranh giới {distance} m"
    )
    old = "; ".join(f"{unit.full_name}, {unit.district}" for unit in result.units if isinstance(unit, OldUnit))
    codes = ";".join(unit.code for unit in result.possible)
    if not result.possible:
        reason = "Outside Hà Nội." if english else "Nằm ngoài Hà Nội."
        return ("ngoai_ha_noi", "", "", "", "", _join(reason, remarks), evidence, "", version)
    if result.certain:
        unit = result.units[0]
        reason = "Inside, away from every border in doubt." if english else "Nằm trong, xa mọi ranh giới còn nghi vấn."
        reason = _join(reason, remarks)
        return ("da_xac_dinh", unit.code, unit.full_name, "", codes, reason, evidence, old, version)
    reason = _join(_why_to_choose(result, lang), remarks)
    return ("can_chon", "", "", "", codes, reason, evidence, old, version)


def _why_to_choose(result: LookupResult, lang: Language) -> str:
    """Name the units that are possible, and say why it is not just one."""
    english = lang == "en"
    names = [unit.full_name for unit in result.possible]
    if result.outcome is Outcome.OUTSIDE or len(names) == 1:
        names.append("another province" if english else "tỉnh khác")
    distance = round(result.border.distance_m)
    if result.approximate:
        names = names[: len(result.possible)]
        why = "the old boundaries are only approximate" if english else "ranh giới cũ chỉ gần đúng"
    elif result.outcome is Outcome.ON_BORDER:
        why = "exactly on the border line" if english else "nằm đúng trên đường ranh giới"
    elif english:
        why = f"{distance} m from the border, where the two map sources differ"
    else:
        why = f"cách ranh giới {distance} m, nơi hai nguồn bản đồ lệch nhau"
    return f"{(' or ' if english else ' hoặc ').join(names)}: {why}."


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _point_reader(
    columns: Sequence[str], named: PointColumns
) -> tuple[Callable[[Sequence[str]], Coordinate], tuple[str, ...]]:
    """Find the columns of the points; return how to read a row, and the columns' headings.

    Columns that the user names come before all others. Where none is named, degrees come before metres and both
    before one text, except that metres come first where a VN-2000 zone is asked for.

    Raises
    ------
    TableError
        No column, or only half of a pair, holds points, or columns of two kinds are named.
    """

    def degrees() -> tuple[Callable[[Sequence[str]], Coordinate], tuple[str, ...]] | None:
        lon = find_column(columns, named=named.lon, headings=LON_HEADINGS, what="--lon")
        lat = find_column(columns, named=named.lat, headings=LAT_HEADINGS, what="--lat")
        if lon is None or lat is None:
            return None
        return degrees_reader(lon, lat, columns), (columns[lon], columns[lat])

    def metres() -> tuple[Callable[[Sequence[str]], Coordinate], tuple[str, ...]] | None:
        x = find_column(columns, named=named.x, headings=_X, what="--x")
        y = find_column(columns, named=named.y, headings=_Y, what="--y")
        if x is None or y is None:
            return None
        return _metres_reader(x, y, columns, named.crs or InputCrs.VN2000_105_00), (columns[x], columns[y])

    def text() -> tuple[Callable[[Sequence[str]], Coordinate], tuple[str, ...]] | None:
        both = find_column(columns, named=named.text, headings=_TEXT, what="--text")
        if both is None:
            return None
        return _text_reader(both, columns, named.crs), (columns[both],)

    kinds = {degrees: (named.lon, named.lat), metres: (named.x, named.y), text: (named.text,)}
    asked = [kind for kind, names in kinds.items() if any(names)]
    in_metres = named.crs not in (None, InputCrs.WGS84)
    if len(asked) > 1 or (in_metres and asked == [degrees]):
        raise TableError(
            vi="Hãy chỉ tên một loại cột thôi: --lon và --lat (độ), --x và --y (VN-2000), hoặc --text.",
            en="Name columns of one kind only: --lon and --lat (degrees), --x and --y (VN-2000), or --text.",
            field="columns",
        )
    for kind in asked or ([metres, text] if in_metres else [degrees, metres, text]):
        if (found := kind()) is not None:
            return found
    raise TableError(
        vi="Không thấy cột toạ độ. Hãy chỉ tên cột bằng --lon và --lat (độ), --x và --y (VN-2000), hoặc --text (cả hai "
        f"trong một ô). Các cột hiện có: {', '.join(columns)}.",
        en="No column holds coordinates. Name them with --lon and --lat (degrees), --x and --y (VN-2000), or --text "
        f"(both in one cell). The columns are: {', '.join(columns)}.",
        field="columns",
    )


def _text_reader(text: int, columns: Sequence[str], crs: InputCrs | None) -> Callable[[Sequence[str]], Coordinate]:
    def read(cells: Sequence[str]) -> Coordinate:
        return parse_coordinate(_filled(cells, columns, text)[0], crs=crs, field=columns[text])

    return read


def degrees_reader(lon: int, lat: int, columns: Sequence[str]) -> Callable[[Sequence[str]], Coordinate]:
    """Return what reads a longitude and a latitude from a row, and raises `InvalidCoordinate` naming the column."""

    def read(cells: Sequence[str]) -> Coordinate:
        east, north = _figures(cells, columns, lon, lat)
        names = {"field_lon": columns[lon], "field_lat": columns[lat]}
        try:
            degrees = float(east), float(north)
        except ValueError:  # decimal commas, degrees-minutes-seconds: the reader of free text knows them all
            found = parse_coordinate(f"lon: {east} lat: {north}", crs=InputCrs.WGS84)
            if found.swapped:  # the columns are wrong for this row, however its figures are written
                return from_lonlat(lon=found.lat, lat=found.lon, **names)
            return found
        return from_lonlat(lon=degrees[0], lat=degrees[1], **names)

    return read


def _metres_reader(x: int, y: int, columns: Sequence[str], crs: InputCrs) -> Callable[[Sequence[str]], Coordinate]:
    def read(cells: Sequence[str]) -> Coordinate:
        northing, easting = _figures(cells, columns, x, y)
        try:
            metres = float(northing), float(easting)
        except ValueError:  # thousands separators
            return parse_coordinate(f"X={northing} Y={easting}", crs=crs)
        return from_vn2000(x=metres[0], y=metres[1], crs=crs, field_x=columns[x], field_y=columns[y])

    return read


def _filled(cells: Sequence[str], columns: Sequence[str], *wanted: int) -> list[str]:
    """Return the cells of a point; a row that is too short has empty ones.

    Raises
    ------
    InvalidCoordinate
        A cell is empty; the message names its column.
    """
    found = [cells[index].strip() if index < len(cells) else "" for index in wanted]
    for index, cell in zip(wanted, found, strict=True):
        if not cell:
            column = columns[index]
            raise InvalidCoordinate(vi=f"Ô “{column}” để trống.", en=f"The cell of “{column}” is empty.", field=column)
    return found


def _figures(cells: Sequence[str], columns: Sequence[str], *wanted: int) -> list[str]:
    """Return the cells of a point that is written in two columns.

    Raises
    ------
    InvalidCoordinate
        A cell is empty or holds no figure; the message names its column.
    """
    found = _filled(cells, columns, *wanted)
    for index, cell in zip(wanted, found, strict=True):
        if not any(character.isdecimal() for character in cell):
            column = columns[index]
            raise InvalidCoordinate(
                vi=f"Ô “{column}” không có con số nào: “{cell[:40]}”.",
                en=f"The cell of “{column}” holds no figure: “{cell[:40]}”.",
                field=column,
            )
    return found
