"""What is known of the 232 premises, ward by ward, and how many the sources say there are.

A source that does not say is never completed: a ward whose arrangement nobody states has an unknown number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from geo.model import PremisesStatus, Ward

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.model import Premises
    from geo.stores import Dataset

_PLAN_WORDS = ("phương án", "dự kiến")
_CENTRAL_WORD = "tập trung"


class Arrangement(StrEnum):
    """What the sources say of a ward's premises."""

    CENTRAL = "central"
    DISPERSED = "dispersed"
    NOT_SAID = "not-said"
    CONTRADICTORY = "contradictory"

    @property
    def premises_count(self) -> int | None:
        """How many premises that is: one, two, or unknown."""
        return {Arrangement.CENTRAL: 1, Arrangement.DISPERSED: 2}.get(self)


@dataclass(frozen=True, slots=True)
class WardPremises:
    """The premises of one ward.

    Parameters
    ----------
    premises
        All that is known, by number: in use, temporary and planned ones.
    arrangement
        What the sources say: one central premises, or two for two blocs.
    said_by
        Ids of the premises whose sources say it.
    """

    ward: Ward
    premises: tuple[Premises, ...]
    arrangement: Arrangement
    said_by: tuple[str, ...]

    @property
    def in_use(self) -> tuple[Premises, ...]:
        """Premises that a source says are used, temporary ones included; plans are not."""
        return tuple(one for one in self.premises if one.status is not PremisesStatus.PLANNED)

    @property
    def positioned(self) -> tuple[Premises, ...]:
        """Premises in use with a position."""
        return tuple(one for one in self.in_use if one.position is not None)

    @property
    def outside(self) -> tuple[Premises, ...]:
        """Premises whose position lies outside the ward they belong to."""
        return tuple(one for one in self.premises if one.position is not None and not one.position.inside_ward)

    @property
    def expected(self) -> int | None:
        """How many premises the sources say; None where they do not, or contradict each other."""
        return self.arrangement.premises_count


@dataclass(frozen=True)
class Register:
    """The register of premises.

    Parameters
    ----------
    total
        What Thông báo 729/TB-UBND lists for all wards together.
    wards
        One line a ward, by code.
    imported
        Days on which an operator's rows came in, by premises id.
    version
        Version of the operator's register; empty where there is none.
    """

    total: int
    wards: tuple[WardPremises, ...]
    imported: Mapping[str, date] = field(default_factory=dict)
    version: str = ""

    @property
    def premises(self) -> tuple[Premises, ...]:
        """Every known premises, by ward and number."""
        return tuple(one for line in self.wards for one in line.premises)

    @property
    def in_use(self) -> tuple[Premises, ...]:
        """Premises in use, temporary ones included."""
        return tuple(one for line in self.wards for one in line.in_use)

    @property
    def planned(self) -> tuple[Premises, ...]:
        """Premises that only a plan names."""
        return tuple(one for one in self.premises if one.status is PremisesStatus.PLANNED)

    @property
    def placed(self) -> tuple[Premises, ...]:
        """Premises with a position, planned ones included."""
        return tuple(one for one in self.premises if one.position is not None)

    def wards_said(self, arrangement: Arrangement) -> int:
        """Count the wards of which the sources say this."""
        return sum(line.arrangement is arrangement for line in self.wards)


def open_register(dataset: Dataset, *, imported: Mapping[str, date] | None = None, version: str = "") -> Register:
    """Lay the known premises out ward by ward.

    Parameters
    ----------
    dataset
        The generation of the wards, with an operator's rows laid over it where there are any.
    imported, version
        As for `Register`.
    """
    by_ward: dict[str, list[Premises]] = defaultdict(list)
    for premises in dataset.premises:
        by_ward[premises.ward_code].append(premises)
    lines = []
    for ward in dataset.units:
        if isinstance(ward, Ward):
            known = tuple(sorted(by_ward[ward.code], key=lambda one: one.number))
            arrangement, said_by = arrangement_said(known)
            lines.append(WardPremises(ward=ward, premises=known, arrangement=arrangement, said_by=said_by))
    facts = cast("Mapping[str, Any]", dataset.manifests["premises"]["facts"])
    return Register(
        total=int(facts["premises_total"]), wards=tuple(lines), imported=dict(imported or {}), version=version
    )


def arrangement_said(premises: Sequence[Premises]) -> tuple[Arrangement, tuple[str, ...]]:
    """Read from the sources whether a ward has one central premises or one for each of two blocs.

    Central: a source says so in words. Dispersed: one premises is named for the People's Committee without the
    Party Committee, another for the Party Committee without the People's Committee. A plan settles neither, for
    several plans of May 2025 were superseded.

    Returns
    -------
    The arrangement, and the ids of the premises that say it.
    """
    settled = [one for one in premises if not is_plan(one)]
    central = [one.id for one in settled if _CENTRAL_WORD in one.role]
    party = [one.id for one in settled if "Đảng ủy" in one.bodies and "UBND" not in one.bodies]
    government = [one.id for one in settled if "UBND" in one.bodies and "Đảng ủy" not in one.bodies]
    dispersed = [*government, *party] if government and party else []
    if central and (dispersed or len(central) > 1):
        return Arrangement.CONTRADICTORY, (*central, *dispersed)
    if central:
        return Arrangement.CENTRAL, tuple(central)
    if dispersed:
        return Arrangement.DISPERSED, tuple(dispersed)
    return Arrangement.NOT_SAID, ()


def is_plan(premises: Premises) -> bool:
    """Tell whether a premises, or what works there, is known from a plan only."""
    role = premises.role.lower()
    planned = premises.status is PremisesStatus.PLANNED or any(word in role for word in _PLAN_WORDS)
    return planned or "plan only" in premises.note.lower()
