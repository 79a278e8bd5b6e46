"""What an import would do, before it does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.premises import columns as col

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.model import Ward
    from geo.premises.import_rows import Remark
    from geo.premises.operator_register import OperatorRegister
    from geo.tables import Notice


_COMPARED: Final = (*(name for name in col.NAMES if name not in {col.WARD_CODE, col.WARD_NAME, col.NUMBER}), col.INSIDE)


@dataclass(frozen=True, slots=True)
class Change:
    """One premises before and after, as cells of a download; None where it was not or will not be there.

    ``source`` is what the spreadsheet gives as its source: of a withdrawn premises it stands nowhere else.
    """

    id: str
    ward: Ward
    number: int
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None
    source: str

    @property
    def differences(self) -> tuple[tuple[str, str, str], ...]:
        """The cells that differ: column, before, after."""
        before, after = self.before or {}, self.after or {}
        return tuple(
            (name, before.get(name, ""), after.get(name, ""))
            for name in _COMPARED
            if before.get(name, "") != after.get(name, "")
        )

    @property
    def kind(self) -> str:
        """``added``, ``changed`` or ``withdrawn``."""
        return "withdrawn" if self.after is None else "changed" if self.before else "added"


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do.

    Parameters
    ----------
    columns
        Which heading was taken for which column.
    ignored
        Headings that mean nothing here.
    rows, blank, unchanged
        Rows under the heading; those with nothing filled in; those that say what is known already.
    problems
        Everything that is wrong; nothing is written while there is any.
    flags, notices
        What to look at, of cells and of the file.
    register
        The operator's register as it would be; its version is that of the register it was made from.
    in_use
        Premises in use before and after, all wards together.
    """

    file_sha256: str
    columns: Mapping[str, str]
    ignored: Sequence[str]
    rows: int
    blank: int
    unchanged: int
    problems: Sequence[Remark]
    flags: Sequence[Remark]
    notices: Sequence[Notice]
    changes: Sequence[Change]
    register: OperatorRegister
    in_use: tuple[int, int]
    on: date

    def count(self, kind: str) -> int:
        """Count the changes of a kind."""
        return sum(change.kind == kind for change in self.changes)

    def entry(self) -> dict[str, Any]:
        """Return the import's entry in the history: no person, no name of a file."""
        return {
            "on": self.on.isoformat(),
            "file_sha256": self.file_sha256,
            "rows": self.rows,
            "added": self.count("added"),
            "changed": self.count("changed"),
            "withdrawn": self.count("withdrawn"),
            "unchanged": self.unchanged,
            "changes": [
                {
                    "id": change.id,
                    "before": _plain(change.before),
                    "after": _plain(change.after),
                    "source": change.source,
                }
                for change in self.changes
            ],
        }


def _plain(cells: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if cells is None else {name: text for name, text in cells.items() if text}
