"""What an import would change, report by report and figure by figure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from geo.model import TrialReport

if TYPE_CHECKING:
    from collections.abc import Sequence

FIGURE_FIELDS: Final = tuple(one.name for one in fields(TrialReport) if one.name not in ("ward_code", "day", "content"))


@dataclass(frozen=True, slots=True)
class Changed:
    """A report that is there already and would say something else."""

    before: TrialReport
    after: TrialReport

    @property
    def differences(self) -> tuple[tuple[str, object, object], ...]:
        """The figures that differ: field, before, after."""
        pairs = ((name, getattr(self.before, name), getattr(self.after, name)) for name in FIGURE_FIELDS)
        return tuple(pair for pair in pairs if pair[1] != pair[2])


@dataclass(frozen=True, slots=True)
class Changes:
    """The reports before and after, each sorted by ward, day and content.

    Parameters
    ----------
    unchanged
        How many reports stay as they are.
    """

    before: Sequence[TrialReport]
    after: Sequence[TrialReport]
    added: Sequence[TrialReport]
    changed: Sequence[Changed]
    removed: Sequence[TrialReport]
    unchanged: int

    @property
    def any(self) -> bool:
        """True where something would change."""
        return bool(self.added or self.changed or self.removed)


def compare(held: Sequence[TrialReport], given: Sequence[TrialReport], *, whole: bool) -> Changes:
    """Compare the reports held with those given.

    Parameters
    ----------
    held, given
        One report for each ward, day and content.
    whole
        True where those given are all there are, so that the others go; False where the others stay.
    """
    before = {report.key: report for report in held}
    stated = {report.key: report for report in given}
    after = stated if whole else before | stated
    changed = [
        Changed(before[key], report)
        for key, report in sorted(stated.items())
        if key in before and before[key] != report
    ]
    return Changes(
        before=[before[key] for key in sorted(before)],
        after=[after[key] for key in sorted(after)],
        added=[stated[key] for key in sorted(stated.keys() - before.keys())],
        changed=changed,
        removed=[before[key] for key in sorted(before.keys() - after.keys())],
        unchanged=len(before.keys() & after.keys()) - len(changed),
    )
