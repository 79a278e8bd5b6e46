"""The tables of ``data/trial`` as the words of the model."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.model import (
    BranchFact,
    ContentGroup,
    GroupDistrict,
    Participation,
    PhaseKey,
    SourceRef,
    Text,
    TrialFacts,
    TrialPhase,
    WorkingGroupFact,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    _Row = Mapping[str, str]
    _Sources = Mapping[str, SourceRef]


def trial_facts(table: Callable[[str], Sequence[_Row]]) -> TrialFacts:
    """Read the facts of the trial; `table` gives the rows of one file of the folder."""
    sources = {row["id"]: SourceRef(title=row["title"], url=row["url"]) for row in table("sources.csv")}
    branches, groups = table("branches.csv"), table("groups.csv")
    districts = table("group_districts.csv")
    return TrialFacts(
        phases=tuple(_phase(row, sources) for row in table("phases.csv")),
        contents=tuple(_content(row, sources) for row in table("contents.csv")),
        participation=tuple(_participation(row, sources) for row in table("participation.csv")),
        branches=tuple(_branch(row, sources) for row in branches),
        groups=tuple(_group(row, districts, sources) for row in groups),
        heads=tuple(row["name"] for row in table("group_heads.csv")),
        groups_source=sources[groups[0]["source"]],
        branches_source=sources[branches[0]["source"]],
    )


def _phase(row: _Row, sources: _Sources) -> TrialPhase:
    return TrialPhase(
        key=PhaseKey(row["key"]),
        first_day=date.fromisoformat(row["first_day"]),
        last_day=date.fromisoformat(row["last_day"]),
        name=Text(row["name_vi"], row["name_en"]),
        what=Text(row["what_vi"], row["what_en"]),
        source=sources[row["source"]],
    )


def _content(row: _Row, sources: _Sources) -> ContentGroup:
    return ContentGroup(
        number=int(row["number"]),
        short=Text(row["short_vi"], row["short_en"]),
        what=Text(row["what_vi"], row["what_en"]),
        our_reading=row["our_reading"] == "true",
        source=sources[row["source"]],
    )


def _participation(row: _Row, sources: _Sources) -> Participation:
    named = bool(row["named_source"])
    return Participation(
        ward_code=row["ward_code"],
        source=sources[row["source"]],
        named=Text(row["named_vi"], row["named_en"]) if named else None,
        named_source=sources[row["named_source"]] if named else None,
    )


def _branch(row: _Row, sources: _Sources) -> BranchFact:
    return BranchFact(
        number=int(row["number"]),
        address=row["address"] or None,
        serves=Text(row["serves_vi"], row["serves_en"]) if row["serves_vi"] else None,
        ward_codes=_parts(row["ward_codes"]),
        premises_id=row["premises_id"] or None,
        sources=tuple(sources[key] for key in _parts(row["said_by"])),
    )


def _group(row: _Row, districts: Sequence[_Row], sources: _Sources) -> WorkingGroupFact:
    return WorkingGroupFact(
        number=int(row["number"]),
        head=row["head"] or None,
        districts=tuple(
            GroupDistrict(found["district_code"], found["district"], sources[found["source"]])
            for found in districts
            if found["number"] == row["number"]
        ),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
