"""Every source in one declarative place: authority, document, address, licence, date, CRS and caveats.

``SOURCES.md`` of each data folder is written from here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One source file and what must be said of it."""

    path: str
    title: str
    authority: str
    url: str
    licence: str
    retrieved: str
    crs: str
    notes: str


LAW = Source(
    path="law/resolution_1656.csv",
    title="Nghị quyết 1656/NQ-UBTVQH15 (16/6/2025), Điều 1: 795 links of 526 old and 126 new units",
    authority="Ủy ban Thường vụ Quốc hội",
    url="Nghị quyết 1656/NQ-UBTVQH15",
    licence="text of a state document: not subject to copyright (Luật Sở hữu trí tuệ, Điều 15)",
    retrieved="2025; two independent readings of the text agree on all 795 links",
    crs="none",
    notes="Names are spelled as in the resolution. `clause` is the khoản of Article 1.",
)

WARDS = Source(
    path="boundaries/wards_2025-07-01_publisher.geojson",
    title="The 126 new units as drawn by the national map publisher",
    authority="Nhà xuất bản Tài nguyên – Môi trường và Bản đồ Việt Nam",
    url="https://sapnhap.bando.com.vn",
    licence="no open licence was found; the operator confirms permission before public release",
    retrieved="2026-03-15",
    crs="EPSG:4326",
    notes=(
        "Not the legal boundary record. Bad edges mended with coverage_clean, two hair-line spurs on the Đà "
        "river border (Bất Bạt, Cổ Đô) cut off, 6 decimals kept. The line Hòa Lạc / Yên Xuân / Yên Bài is "
        "likely wrong in both boundary sources (up to 8 km² in doubt)."
    ),
)

WARD_FIGURES = Source(
    path="boundaries/wards_attributes.csv",
    title="Official area and population of the 126 units",
    authority="Nghị quyết 1656/NQ-UBTVQH15, as tabulated by the map publisher",
    url="https://sapnhap.bando.com.vn",
    licence="facts of a state document",
    retrieved="2026-03-15",
    crs="none",
    notes="Eight populations misprinted in the 2026 table were repaired from the 2025 table.",
)

WARDS_OSM = Source(
    path="boundaries/wards_2025-07-01_osm.geojson",
    title="The same 126 units in OpenStreetMap; used only to measure how far two drawings disagree",
    authority="OpenStreetMap contributors",
    url="https://www.openstreetmap.org/copyright",
    licence="© OpenStreetMap contributors, ODbL 1.0",
    retrieved="about December 2025",
    crs="EPSG:4326",
    notes="No shape of it is kept; `border_disagreement.csv` holds only distances and is offered under ODbL 1.0.",
)

OLD_COMMUNES = Source(
    path="boundaries/old_communes_526_fitted.geojson",
    title="The 526 communes of 1 January 2025, fitted to the law and to the new wards",
    authority="derived from the R package vietnam63 (communes in force until 2020)",
    url="https://cran.r-project.org/package=vietnam63",
    licence="declared MIT by vietnam63, underlying authorship unclear; approximate, for orientation",
    retrieved="2025",
    crs="EPSG:4326",
    notes=(
        "Position error p50 35 m, p90 115 m. Forced to agree with the law, so never evidence for the law. "
        "Every answer made from it says approximate."
    ),
)

OLD_DISTRICTS = Source(
    path="boundaries/old_districts.geojson",
    title="The 30 districts abolished on 1 July 2025 (drawing of 2019)",
    authority="gis.chinhphu.vn",
    url="https://gis.chinhphu.vn",
    licence="no licence stated; approximate, for orientation",
    retrieved="2019 vintage",
    crs="EPSG:4326",
    notes="Drawn separately from the communes: the two do not share their lines.",
)

OFFICES = Source(
    path="premises/offices.csv",
    title="Addresses found for the premises of Thông báo 729/TB-UBND (25/6/2025)",
    authority="UBND thành phố Hà Nội; gathered from the map publisher's table and the press, named row by row",
    url="Thông báo 729/TB-UBND",
    licence="facts; each row names its source",
    retrieved="2025–2026",
    crs="EPSG:4326",
    notes=(
        "The notice lists 232 premises; it was published as images. At least one is known for each ward, "
        "about 102 second premises are not public as text and are missing here."
    ),
)

OFFICE_CANDIDATES = Source(
    path="premises/offices_geocode_candidates.csv",
    title="Candidate positions of those addresses from house numbers, alleys and streets",
    authority="OpenStreetMap contributors",
    url="https://www.openstreetmap.org/copyright",
    licence="© OpenStreetMap contributors, ODbL 1.0",
    retrieved="2025–2026",
    crs="EPSG:4326",
    notes=(
        "Taken: house-number anchors within 6 of the number, alley lines up to 500 m, streets with at most "
        "1,000 m inside the ward; the uncertainty is half of that length. Left out, so that the premises says "
        "'position unknown': longer streets, villages, GeoNames places, and bus stops that may name the office "
        "of an old unit."
    ),
)

ADDRESS_POINTS = Source(
    path="gazetteer/address_points_osm_hanoi.csv",
    title="House numbers of OpenStreetMap",
    authority="OpenStreetMap contributors",
    url="https://www.openstreetmap.org/copyright",
    licence="© OpenStreetMap contributors, ODbL 1.0",
    retrieved="May–October 2025",
    crs="EPSG:4326",
    notes=(
        "For premises: the 90th percentile of the distance between numbers within 6 of each other is the uncertainty "
        "given to house-number anchors. Some numbers are read from the names of bus stops."
    ),
)

STREETS = Source(
    path="gazetteer/streets_osm_hanoi.parquet",
    title="Named streets and numbered alleys of OpenStreetMap",
    authority="OpenStreetMap contributors",
    url="https://www.openstreetmap.org/copyright",
    licence="© OpenStreetMap contributors, ODbL 1.0",
    retrieved="May–October 2025",
    crs="EPSG:4326",
    notes="49 of 51 phường are covered, 57 of 75 xã have no street. Names are keyed anew by our own reader.",
)

BUS_STOPS = Source(
    path="gazetteer/bus_stops_osm_hanoi.csv",
    title="Bus stops of OpenStreetMap",
    authority="OpenStreetMap contributors",
    url="https://www.openstreetmap.org/copyright",
    licence="© OpenStreetMap contributors, ODbL 1.0",
    retrieved="2025–2026",
    crs="EPSG:4326",
    notes="Their names carry villages, buildings and house numbers.",
)

GEONAMES = Source(
    path="gazetteer/places_geonames_hanoi.csv",
    title="Populated places of GeoNames",
    authority="GeoNames",
    url="https://www.geonames.org",
    licence="CC BY 4.0",
    retrieved="dump of 2020-01-15",
    crs="EPSG:4326",
    notes="Positions are often 1 km off.",
)

STREET_NAMES = Source(
    path="gazetteer/street_names_by_old_district_thien0291.csv",
    title="Street names by old district, without geometry",
    authority="thien0291/vietnam_dataset",
    url="https://github.com/thien0291/vietnam_dataset",
    licence="MIT",
    retrieved="March 2019",
    crs="none",
    notes="Says only that a street of that name is known in a district.",
)

LINEAGE = Source(
    path="boundaries/lineage_584_526.csv",
    title="Communes of the list in force until 2020 and what they had become on 1 January 2025",
    authority="compiled from the resolutions of 2020 and 2025",
    url="Nghị quyết 895/NQ-UBTVQH14, 1286/NQ-UBTVQH15",
    licence="facts of state documents",
    retrieved="2025",
    crs="none",
    notes="Where a note says 'partial', the commune was divided among the communes that the note names.",
)


TRIAL_PLAN = Source(
    path="trial/plan_341.md",
    title="Kế hoạch 341-KH/TU (12/6/2025) of the Standing Committee of Thành ủy Hà Nội, as the press printed it",
    authority="Ban Thường vụ Thành ủy Hà Nội; Pháp luật & Xã hội",
    url="https://phapluatxahoi.kinhtedothi.vn/ha-noi-126-xa-phuong-van-hanh-thu-nghiem-mo-hinh-chinh-quyen-dia-phuong-"
    "hai-cap-421667.html",
    licence="facts of a state document, reported by the press",
    retrieved="2025",
    crs="none",
    notes="The plan itself was not seen; the article lists seven contents and names three kinds of meeting after them.",
)

TRIAL_PRESS = Source(
    path="premises/facts.md",
    title="Public facts of the trial, the working groups and the service-centre branches, one source a line",
    authority="the city's portals and the press, named fact by fact",
    url="`sources.csv`",
    licence="facts; each names its source",
    retrieved="2025; stored excerpts, nothing was read live",
    crs="none",
    notes="Most titles in English are machine translations of Vietnamese pages.",
)


def sources_markdown(title: str, sources: tuple[Source, ...], remarks: str) -> str:
    """Write the ``SOURCES.md`` of one data folder."""
    parts = [f"# {title}", "", remarks.strip(), ""]
    for source in sources:
        parts += [
            f"## {source.title}",
            "",
            f"- Authority: {source.authority}",
            f"- Document or address: {source.url}",
            f"- Licence: {source.licence}",
            f"- Retrieved: {source.retrieved}",
            f"- CRS: {source.crs}",
            f"- Source file: `{source.path}` (sha256 in `MANIFEST.json`)",
            f"- Notes: {source.notes}",
            "",
        ]
    return "\n".join(parts)
