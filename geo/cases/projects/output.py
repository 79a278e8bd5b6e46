"""The answer as a table (a row for each project and ward) or as the pieces themselves."""

from __future__ import annotations

import datetime as dt
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.cases.projects.shares import Role, Shape
from geo.crs import geometry_to_lonlat
from geo.errors import TableError
from geo.model import Text
from geo.tables.whole_output import cannot_write, ending, refuse_existing
from geo.tables.workbook import Column, Sheet, csv_bytes, workbook_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geo.cases.projects.shares import Piece, ProjectAnswer
    from geo.errors import Language

PROJECT_COLUMNS: Final = (
    "du_an", "ma_phuong_xa", "ten_phuong_xa", "vai_tro", "loai_hinh", "dien_tich_m2", "chieu_dai_m", "ty_le", "ghi_chu",
    "phien_ban",
)  # fmt: skip
"""What stands after the columns of the input, in this order, for good."""

SUFFIXES: Final = (".xlsx", ".csv", ".geojson", ".gpkg")
_WIDTHS: Final = (8, 12, 26, 18, 12, 16, 14, 9, 70, 26)
_SHAPES: Final[Mapping[Shape | None, Text]] = {
    Shape.POLYGON: Text("vùng", "polygon"),
    Shape.LINE: Text("đường", "line"),
    Shape.POINT: Text("điểm", "point"),
    None: Text("", ""),
}
_MAX_INTEGER: Final = 10**15


def write_answers(
    path: Path,
    answers: Sequence[ProjectAnswer],
    attributes: pd.DataFrame,
    *,
    version: str,
    lang: Language,
    overwrite: bool = False,
) -> int:
    """Write the answers in the format of the ending, aside first; return the number of rows.

    Raises
    ------
    TableError
        The ending is none of `SUFFIXES`, the file exists, or the input has a column of ours.
    """
    check_target(path, overwrite=overwrite)
    clashes = [name for name in attributes.columns if str(name).strip().casefold() in PROJECT_COLUMNS]
    if clashes:
        raise TableError(
            vi=f"Tệp vào đã có cột “{clashes[0]}”, trùng tên cột sẽ thêm. Hãy đổi tên cột đó.",
            en=f"The input already has “{clashes[0]}”, the name of a column to be added. Rename it.",
            field=str(clashes[0]),
        )
    pieces = [(position, answer, piece) for position, answer in enumerate(answers) for piece in answer.pieces]
    ours = [_cells(answer, piece, version, lang) for _, answer, piece in pieces]
    frame = attributes.iloc[[position for position, _, _ in pieces]].reset_index(drop=True)
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        if path.suffix.lower() in (".xlsx", ".csv"):
            _write_table(part, frame, ours, lang)
        else:
            _write_pieces(part, frame, ours, [piece for _, _, piece in pieces])
        part.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return len(ours)


def check_target(path: Path, *, overwrite: bool) -> None:
    """Refuse an output that cannot be written; better before the work than after it.

    Raises
    ------
    TableError
        See `write_answers`.
    """
    ending(path, SUFFIXES)
    if not overwrite:
        refuse_existing(path)


def _cells(answer: ProjectAnswer, piece: Piece, version: str, lang: Language) -> tuple[Any, ...]:
    answered = piece.role is not Role.ERROR
    outside = Text("ngoài Hà Nội", "outside Hà Nội").message(lang)
    name = piece.unit.full_name if piece.unit else outside if piece.role is Role.OUTSIDE else ""
    return (
        answer.project.number,
        piece.unit.code if piece.unit else "",
        name,
        piece.role.value,
        _SHAPES[answer.shape].message(lang),
        round(piece.measure, 2) if answer.shape is Shape.POLYGON else None,
        round(piece.measure, 2) if answer.shape is Shape.LINE else None,
        round(100 * piece.share, 2) if answered else None,
        "; ".join(note.message(lang) for note in piece.notes),
        version,
    )


def _write_table(path: Path, frame: pd.DataFrame, ours: Sequence[tuple[Any, ...]], lang: Language) -> None:
    own = [[_plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    headings = [*map(str, frame.columns), *PROJECT_COLUMNS]
    rows = [[*row, *cells] for row, cells in zip(own, ours, strict=True)]
    widths = [*([18] * len(frame.columns)), *_WIDTHS]
    columns = [Column(heading, width) for heading, width in zip(headings, widths, strict=True)]
    sheet = Sheet("Dự án" if lang == "vi" else "Projects", columns, rows)
    path.write_bytes(workbook_bytes([sheet]) if path.suffix.lower() == ".xlsx" else csv_bytes(sheet))


def _write_pieces(path: Path, frame: pd.DataFrame, ours: Sequence[tuple[Any, ...]], pieces: Sequence[Piece]) -> None:
    """Write the pieces in EPSG:4326; a project without an answer has no geometry."""
    import geopandas as gpd  # noqa: PLC0415  (slow to load, and tables do without it)

    shapes = np.asarray([piece.geometry for piece in pieces], dtype=object)
    table = gpd.GeoDataFrame(
        pd.concat([frame, pd.DataFrame(list(ours), columns=list(PROJECT_COLUMNS))], axis=1),
        geometry=geometry_to_lonlat(shapes),
        crs="EPSG:4326",
    )
    geojson = path.suffix.lower() == ".geojson"
    options = {"RFC7946": "YES", "COORDINATE_PRECISION": "7"} if geojson else {"FID": "_fid", "GEOMETRY_NAME": "_geom"}
    with warnings.catch_warnings():
        # GDAL warns of reversing rings to the right-hand rule, which is what is wanted.
        warnings.simplefilter("ignore")
        try:
            table.to_file(
                path, driver="GeoJSON" if geojson else "GPKG", engine="pyogrio", layer="projects",
                layer_options=options,
            )  # fmt: skip
        except (RuntimeError, ValueError) as error:
            raise TableError(
                vi=f"Không ghi được “{path.suffix}”: {error}. Hãy ghi ra XLSX.",
                en=f"Cannot write “{path.suffix}”: {error}. Write XLSX.",
                field="output",
            ) from error


def _plain(value: Any) -> Any:
    """Return an attribute as a cell can hold it; what it cannot becomes text."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NaT or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if isinstance(value, int | float) and abs(value) < _MAX_INTEGER:
        return value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return str(value)
