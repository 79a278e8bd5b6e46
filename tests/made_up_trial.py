"""Reports of the trial that are MADE UP, for tests only: no ward ever reported these figures.

No public source gives a figure of the trial for a ward or for the city. These follow a simple rule, with gaps: every
tenth ward has no report, the third day lacks a content group, and meetings have no files.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from geo.model import TrialReport
from geo.trial.report_folder import write_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import TrialFacts

MADE_UP = "SỐ LIỆU BỊA để thử phần mềm"
AT = datetime(2025, 6, 27, 9, 30, tzinfo=timezone(timedelta(hours=7)))
MEETINGS = (3, 8, 9, 10)


def made_up_reports(facts: TrialFacts, codes: Sequence[str]) -> list[TrialReport]:
    """Make reports up by rule; the same every time."""
    reports = []
    for place, code in enumerate(codes):
        if place % 10 == 9:
            continue
        for passed, day in enumerate(facts.days):
            for content in range(1, 11):
                if (passed, content) == (2, 6):
                    continue
                received = (place * 7 + passed * 5 + content * 3) % 40
                meeting = content in MEETINGS
                resolved = received - (place + content) % 4 if received > 4 else received
                late = (place + passed) % 3 if resolved > 2 else 0
                reports.append(
                    TrialReport(
                        ward_code=code,
                        day=day,
                        content=content,
                        scenarios=1 + (place + passed) % 5,
                        received=None if meeting else received,
                        resolved=None if meeting else resolved,
                        on_time=None if meeting else resolved - late,
                        median_minutes=None if meeting else 15.0 + (place * 11 + content * 13) % 90,
                        satisfaction_pct=None if meeting or content == 6 else 80.0 + (place * 3 + passed) % 20,
                        issues=f"{MADE_UP}: mạng chậm" if (place + passed + content) % 29 == 0 else "",
                    )
                )
    return reports


def made_up_folder(folder: Path, facts: TrialFacts, codes: Sequence[str]) -> Path:
    """Write made-up reports as the first version of a folder."""
    write_version(folder, made_up_reports(facts, codes), base=0, at=AT, what={"file_sha256": "0" * 64})
    return folder
