"""The shapes of the register's answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas import Answer, PremisesFacts, PremisesOut, WardBrief
from geo.model import PositionMethod
from geo.premises import Arrangement, Proxy


class _RegisterFacts(PremisesFacts):
    number: int
    ward_name: str
    note: str
    valid_from: date | None
    imported_on: date | None = Field(description="Day an operator loaded it; null for what the data carry.")


class RegisteredPremises(_RegisterFacts, PremisesOut):
    """A premises as the register has it."""


class PremisesProperties(_RegisterFacts):
    """The same beside its point; the last three only where there is one."""

    method: PositionMethod | None = None
    uncertainty_m: float | None = None
    inside_ward: bool | None = None


class ReachOut(BaseModel):
    """Straight lines from the residents' stand-in to the nearest premises, metres in EPSG:5897."""

    median_m: float
    p90_m: float
    uncertainty_m: float = Field(description="Largest uncertainty among the positions measured to.")


class WardAccessOut(BaseModel):
    """How far a ward's residents are from premises whose position is known: at most this far."""

    people_per_premises: float | None
    proxy: Proxy = Field(description="What stands in for residents: points along streets, or a grid over the ground.")
    proxy_points: int
    own: ReachOut | None = Field(description="To this ward's premises; null where none has a position.")
    nearest: ReachOut | None = Field(description="To the premises of any ward.")


class WardPremisesOut(WardBrief):
    """What is known of one ward's premises."""

    known: int = Field(description="Premises in use, temporary ones included.")
    planned: int = Field(description="Premises that only a plan names.")
    positioned: int = Field(description="Premises in use with a position.")
    arrangement: Arrangement = Field(description="What the sources say; `not-said` where they do not.")
    expected: Annotated[int, Field(ge=1, le=2)] | None = Field(description="1 or 2 where a source says so; else null.")
    outside_ward: list[str] = Field(description="Ids of premises that lie outside this ward.")
    access: WardAccessOut


class RegisterOut(BaseModel):
    """How complete the register is."""

    total: int = Field(description="Premises listed by Thông báo 729/TB-UBND.", examples=[232])
    known: int = Field(description="Premises known here in any way.")
    in_use: int
    planned: int
    positioned: int = Field(description="Premises with a position, planned ones included.")
    imported: int = Field(description="Premises that an operator loaded.")
    version: str = Field(description="Version of the operator's register; empty where there is none.")


class PremisesList(Answer):
    """The known premises, and the register ward by ward."""

    summary: RegisterOut
    count: int
    items: list[RegisteredPremises]
    wards: list[WardPremisesOut]
