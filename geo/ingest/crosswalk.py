"""The legal links of Nghị quyết 1656/NQ-UBTVQH15."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.ingest import sources
from geo.ingest.output import OutputFolder
from geo.model import Residents, ShareKind

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.output import SourceFolder

_SHARE_OF_PHRASE = {
    "W": ShareKind.WHOLE,
    "P": ShareKind.AREA_AND_POPULATION,
    "PA": ShareKind.AREA_ONLY,
    "PW": ShareKind.AREA_AND_ALL_POPULATION,
    "R": ShareKind.REMAINDER,
}

_REMARKS = """
`links.csv`: one row for each link from an old commune to a ward, sorted by old code and khoản. `share` is the kind of
wording (whole; part-area-and-population; part-area-only; part-area-all-population; remainder), `residents` what the
wording sends along the link (all, some, none). For a remainder, `residents` follows from the other links of the same
commune: all where they name area only, none where one of them names the whole population, some otherwise.
"""


def build_crosswalk(folder: SourceFolder, root: Path) -> None:
    """Write ``crosswalk``."""
    rows = sorted(
        (
            row["old_code"],
            int(row["clause"]),
            row["new_code"],
            _SHARE_OF_PHRASE[row["phrase_code"]].value,
            Residents(row["population_implied"]).value,
        )
        for row in folder.csv(sources.LAW)
    )
    out = OutputFolder(root, "crosswalk")
    out.write_csv("links.csv", ("old_code", "clause", "ward_code", "share", "residents"), rows)
    degree = Counter(row[0] for row in rows)
    undivided = {row[0] for row in rows if row[4] == Residents.ALL}
    out.seal(
        title="The crosswalk: from 526 old communes to 126 wards",
        folder=folder,
        sources=(sources.LAW,),
        remarks=_REMARKS,
        facts={
            "links": len(rows),
            "old_units": len(degree),
            "whole": sum(1 for count in degree.values() if count == 1),
            "split": sum(1 for count in degree.values() if count > 1),
            "all_residents_to_one_ward": len(undivided),
            "residents_divided": len(degree) - len(undivided),
        },
    )
