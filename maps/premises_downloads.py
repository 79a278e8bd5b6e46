"""The register to take away: CSV, XLSX and GeoJSON."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from geo.premises import known_sheet, premises_features
from geo.tables.workbook import Column, Sheet, csv_bytes, workbook_bytes

if TYPE_CHECKING:
    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.premises import PremisesSurvey

CSV_NAME, XLSX_NAME, GEOJSON_NAME = "tru-so.csv", "tru-so.xlsx", "tru-so.geojson"
MEDIA_TYPES = {
    CSV_NAME: "text/csv; charset=utf-8",
    XLSX_NAME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    GEOJSON_NAME: "application/geo+json",
}


def premises_csv(survey: PremisesSurvey) -> bytes:
    """Return every known premises as CSV that Excel reads: UTF-8 with a byte-order mark."""
    return csv_bytes(known_sheet(survey.register))


def premises_xlsx(survey: PremisesSurvey, crosswalk: Crosswalk, lang: Language) -> bytes:
    """Return every known premises, and the figures of each ward, as a workbook."""
    from maps.ward_figures import figure_columns, proxy_text  # noqa: PLC0415  (mapclassify is slow to load)

    figures = figure_columns(survey, crosswalk, lang)
    lines = survey.register.wards
    columns = [
        Column("ma_phuong_xa"),
        Column("ten_phuong_xa", 26),
        *(Column(heading, 16) for heading in (*(figure.heading for figure in figures), "proxy")),
    ]
    rows = [
        (
            line.ward.code,
            line.ward.full_name,
            # Numbers go out as numbers; where the text says more than the number (1/?), the text does.
            *(
                cell.value if cell.value is not None and figure.key != "known" else cell.text
                for figure, cell in ((figure, figure.cells[i]) for figure in figures)
            ),
            proxy_text(survey.access[line.ward.code], lang),
        )
        for i, line in enumerate(lines)
    ]
    return workbook_bytes([known_sheet(survey.register), Sheet("phuong-xa", columns, rows)])


def premises_geojson(survey: PremisesSurvey) -> bytes:
    """Return every known premises as a GeoJSON feature collection."""
    collection = {"type": "FeatureCollection", "features": premises_features(survey.register)}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def data_address(name: str, content: bytes) -> str:
    """Return a download that stands in the page itself, for the file that opens without a network."""
    media_type = MEDIA_TYPES[name].replace(" ", "")
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
