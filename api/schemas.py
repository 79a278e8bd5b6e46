"""The shapes of requests and answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from geo.crs import LAT_RANGE, LON_RANGE, InputCrs
from geo.locate import LARGEST_RADIUS_M
from geo.model import Outcome, PositionMethod, PremisesStatus, Residents, ShareKind, Subject

Code = Annotated[str, Field(pattern=r"^\d{5}$", description="Five digits, kept as text.", examples=["00070"])]


DEGREES: dict[str, dict[str, Any]] = {
    "lon": {"minimum": LON_RANGE[0], "maximum": LON_RANGE[1]},
    "lat": {"minimum": LAT_RANGE[0], "maximum": LAT_RANGE[1]},
}
RADIUS: dict[str, Any] = {"exclusiveMinimum": 0, "maximum": LARGEST_RADIUS_M}
"""Limits for the schema only: the core checks them, for it can tell a swapped pair from a wrong number."""


class Answer(BaseModel):
    """What every answer carries: which data it was made from."""

    generation: str = Field(description="Date of entry into force of the units used.", examples=["2025-07-01"])
    data_version: str = Field(description="Version of the data, from their content.")
    attribution: str


class WardBrief(BaseModel):
    """A unit in one line."""

    code: Code
    name: str
    type: str
    full_name: str


class OldUnitBrief(WardBrief):
    """An old commune in one line."""

    district: str


class PositionOut(BaseModel):
    """A position with the radius we stand by."""

    lon: float
    lat: float
    method: PositionMethod
    uncertainty_m: float
    inside_ward: bool


class PremisesFacts(BaseModel):
    """What is known of a premises but where it is."""

    id: str
    ward_code: Code
    role: str
    bodies: list[str]
    status: PremisesStatus
    address: str | None = Field(description="Null where only its existence is known.")
    confidence: str
    source: str


class PremisesOut(PremisesFacts):
    """A known premises."""

    position: PositionOut | None = Field(description="Null where no honest position is known.")
    distance_m: float | None = Field(
        None, description="Straight line from the point asked for; null without a position."
    )


class DisagreementOut(BaseModel):
    """How far the two boundary sources lie apart along a border, metres."""

    p50_m: float
    p90_m: float
    doubt_m: float


class BorderOut(BaseModel):
    """The nearest border."""

    distance_m: float
    across: OldUnitBrief | WardBrief | None = Field(
        description="The unit across it; null where that is another province."
    )
    disagreement: DisagreementOut | None


class WardShareOut(WardBrief):
    """A unit under the accuracy disc."""

    share: float = Field(ge=0, le=1)
    district: str | None = Field(None, description="Only of an old commune.")


class CoordinateOut(BaseModel):
    """How the coordinates were understood."""

    lon: float
    lat: float
    crs: InputCrs
    order: str
    notices: list[str]


class PointAnswer(Answer):
    """Where a point lies."""

    query: CoordinateOut
    outcome: Outcome
    wards: list[OldUnitBrief | WardBrief] = Field(description="Old communes, with their district, before 1 July 2025.")
    border: BorderOut
    certain: bool = Field(description="True when both boundary sources give this answer.")
    approximate: bool
    notices: list[str] = Field(description="What is not certain, in words.")
    near: list[WardShareOut] = Field(description="Units under the accuracy disc, where an accuracy was given.")
    premises: list[PremisesOut] = Field(description="Every known premises of the wards answered.")


class PointQuery(BaseModel):
    """A point: ``lon`` and ``lat``, or free ``text`` as staff have it (decimal, DMS, VN-2000)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"lon": 105.8542, "lat": 21.0285},
                {"text": "21°01'42\"N 105°51'15\"E"},
                {"text": "X=2326000 Y=588500", "crs": "vn2000-105-00"},
            ],
            "oneOf": [
                {
                    "required": ["lon", "lat"],
                    "properties": {
                        "lon": {"type": "number"},
                        "lat": {"type": "number"},
                        "text": {"type": "null"},
                        "crs": {"enum": [InputCrs.WGS84, None]},
                    },
                },
                {
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}, "lon": {"type": "null"}, "lat": {"type": "null"}},
                },
            ],
        },
    )

    lon: float | None = Field(None, strict=True, json_schema_extra=DEGREES["lon"])
    lat: float | None = Field(None, strict=True, json_schema_extra=DEGREES["lat"])
    text: str | None = Field(None, max_length=500)
    crs: InputCrs | None = Field(None, description="How to read `text`; detected where not given.")
    accuracy_m: float | None = Field(
        None, strict=True, description="Radius of a GPS accuracy disc, metres.", json_schema_extra=RADIUS
    )
    as_of: date | None = Field(None, strict=True)


class BulkResult(BaseModel):
    """Where one of many points lies."""

    outcome: Outcome
    wards: list[Code] = Field(description="The ward; every ward that touches the point on a border; none outside.")
    possible: list[Code] = Field(description="The wards that the two boundary sources allow: the honest set.")
    certain: bool
    border_distance_m: float


class BulkItem(BaseModel):
    """One answer of a bulk look-up, in the place of its question."""

    query: Any
    result: BulkResult | None = None
    error: dict[str, Any] | None = None


class BulkAnswer(Answer):
    """Answers in the order of the questions."""

    count: int
    items: list[BulkItem]


class CompactAnswer(Answer):
    """The quickest form: for each point a position in ``codes``, −1 outside, −2 an invalid point."""

    count: int
    codes: list[Code]
    positions: list[int]


class LinkOut(BaseModel):
    """One legal link."""

    clause: int = Field(description="Khoản of Article 1, Nghị quyết 1656/NQ-UBTVQH15.")
    share: ShareKind
    residents: Residents
    wording: str = Field(description="What the khoản hands over, in words.")


class PredecessorOut(LinkOut):
    """An old commune that a ward was made from."""

    old_unit: OldUnitBrief


class SuccessorOut(LinkOut):
    """A ward that an old commune went to."""

    ward: WardBrief


class WardOut(WardBrief):
    """Everything about a ward but its shape."""

    population: int
    area_km2: float
    polygon_area_km2: float
    bbox: tuple[float, ...] = Field(min_length=4, max_length=4, description="West, south, east, north; degrees.")
    doubt: str = Field(description="What is known to be doubtful; empty where nothing is.")


class WardDetail(WardOut, Answer):
    """A ward with what it was made from, its neighbours and its premises."""

    predecessors: list[PredecessorOut]
    neighbours: list[WardBrief]
    premises: list[PremisesOut]


class WardList(Answer):
    """All wards."""

    count: int
    items: list[WardOut]


class OldUnitDetail(OldUnitBrief, Answer):
    """An old commune and where it went."""

    district_code: str
    approximate: Literal[True] = True
    successors: list[SuccessorOut]
    divided: bool = Field(description="True when its residents were divided: the name alone does not route them.")


class DestinationsAnswer(Answer):
    """Where an old commune's residents or parcels may be now."""

    old_unit: OldUnitBrief
    subject: Subject
    settled: bool = Field(description="True when the law leaves one ward.")
    destinations: list[SuccessorOut]


class OldUnitReading(OldUnitBrief):
    """An old commune that a code or name may mean, with where it went."""

    successors: list[SuccessorOut]


class ReadingsAnswer(Answer):
    """Everything that a code or name without a date may mean."""

    settled: bool = Field(description="True when there is exactly one reading.")
    wards: list[WardBrief]
    old_units: list[OldUnitReading]


class GenerationOut(BaseModel):
    """A generation of units."""

    id: str
    valid_from: date
    valid_to: date | None
    unit_count: int
    approximate: bool
    current: bool


class GenerationList(BaseModel):
    """The generations held."""

    data_version: str
    attribution: str
    items: list[GenerationOut]


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None
    successors: list[dict[str, Any]] | None = None
