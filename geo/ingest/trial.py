"""The trial of 20-26 June 2025: its plan and the public facts about it, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.ingest import sources, trial_facts
from geo.ingest.output import OutputFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.ingest.output import SourceFolder

_REMARKS = """
Facts from prose, declared with their sources in `geo/ingest/trial_facts.py`; `sources.csv` names each source, and the
other tables refer to it by `id`. `phases.csv`: the three phases. `contents.csv`: the ten content groups; where
`our_reading` is true, the article names the content without numbering it among the ten. `participation.csv`: the 126
wards, each with the statement that covers it and, where the press speaks of that very ward, what it says.
`branches.csv`: the 12 branches of the city's Public Administration Service Centre; `premises_id` is the known premises
at the very same address. `groups.csv`, `group_districts.csv`, `group_heads.csv`: the 11 working groups, the old
districts that the press saw them work with, and their heads as published, without the groups' numbers.

An empty cell means that no source says it. Not found in any source: the annex that assigns the 30 districts to the
groups (26 districts are unknown), the addresses of branches 3 to 6 and 8 to 12, and any figure of the trial for a ward
or for the city. The article dates Quyết định 2844/QĐ-UBND 9/6/2024; the city's portal, followed here, 9/6/2025.
"""


def build_trial(folder: SourceFolder, root: Path) -> None:
    """Write ``trial``."""
    codes = {row["new_unit"].split(" ", 1)[1]: row["new_code"] for row in folder.csv(sources.LAW)}
    out = OutputFolder(root, "trial")
    out.write_csv("sources.csv", ("id", "title", "url"), ((key, *about) for key, about in trial_facts.SOURCES.items()))
    out.write_csv("phases.csv", _PHASE_COLUMNS, trial_facts.PHASES)
    out.write_csv(
        "contents.csv",
        ("number", "short_vi", "short_en", "what_vi", "what_en", "our_reading", "source"),
        (
            (number, *content[:4], "true" if content[4] else "false", "plan")
            for number, content in enumerate(trial_facts.CONTENTS, 1)
        ),
    )
    out.write_csv(
        "participation.csv", ("ward_code", "source", "named_vi", "named_en", "named_source"), _participation(codes)
    )
    out.write_csv(
        "branches.csv",
        ("number", "source", "address", "serves_vi", "serves_en", "ward_codes", "premises_id", "said_by"),
        _branches(codes),
    )
    out.write_csv("groups.csv", ("number", "head", "source"), _groups())
    out.write_csv(
        "group_districts.csv",
        ("number", "district_code", "district", "source"),
        ((number, *district) for number, (_, districts) in trial_facts.GROUPS.items() for district in districts),
    )
    out.write_csv("group_heads.csv", ("name",), ((name,) for name in trial_facts.GROUP_HEADS))
    out.seal(
        title="The trial of 20–26 June 2025",
        folder=folder,
        sources=(sources.TRIAL_PLAN, sources.TRIAL_PRESS, sources.LAW),
        remarks=_REMARKS,
        facts={
            "wards": len(codes),
            "phases": len(trial_facts.PHASES),
            "contents": len(trial_facts.CONTENTS),
            "wards_named_by_the_press": len(trial_facts.NAMED_WARDS),
            "branches": trial_facts.BRANCH_COUNT,
            "branches_with_address": sum(1 for branch in trial_facts.BRANCHES.values() if branch[0]),
            "working_groups": trial_facts.GROUP_COUNT,
            "districts_of_known_group": sum(len(districts) for _, districts in trial_facts.GROUPS.values()),
        },
    )


_PHASE_COLUMNS = ("key", "first_day", "last_day", "name_vi", "name_en", "what_vi", "what_en", "source")


def _participation(codes: dict[str, str]) -> Iterator[tuple[str, ...]]:
    named = {codes[name]: said for name, *said in trial_facts.NAMED_WARDS}
    for code in sorted(codes.values()):
        yield (code, trial_facts.PARTICIPATION_SOURCE, *named.get(code, ("", "", "")))


def _branches(codes: dict[str, str]) -> Iterator[tuple[object, ...]]:
    unknown: tuple[str, str, str, tuple[str, ...], str, tuple[str, ...]] = ("", "", "", (), "", ())
    for number in range(1, trial_facts.BRANCH_COUNT + 1):
        address, serves_vi, serves_en, wards, premises, where = trial_facts.BRANCHES.get(number, unknown)
        served = ";".join(sorted(codes[name] for name in wards))
        yield (
            number, trial_facts.BRANCHES_SOURCE, address, serves_vi, serves_en, served, premises, ";".join(where)
        )  # fmt: skip


def _groups() -> Iterator[tuple[object, ...]]:
    for number in range(1, trial_facts.GROUP_COUNT + 1):
        head, _ = trial_facts.GROUPS.get(number, ("", ()))
        yield (number, head, trial_facts.GROUPS_SOURCE)
