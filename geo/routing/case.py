"""One case while evidence is collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.addresses import AddressReading
    from geo.model import Evidence, EvidenceKind, RouteQuery, Text
    from geo.routing.units import Resolution

Cell = tuple[str, str]
"""An old commune's code and a ward's code: the ground that the law sent from one to the other. The first is empty
where the ward itself is named or a position is given."""


class Case:
    """The query, its reading, the evidence so far, and the weight that it leaves on each piece of ground.

    Attributes
    ----------
    located
        The last kind of evidence, beyond the names, that narrowed the set; None where none did.
    certain
        True where a position settles the ward.
    conflict
        What contradicts what; None where nothing does.
    outside
        Why this is not in Hà Nội; None where nothing says so.
    """

    __slots__ = (
        "_cells", "_wards", "certain", "conflict", "evidence", "located", "outside", "query", "reading", "resolution",
    )  # fmt: skip

    def __init__(self, query: RouteQuery, reading: AddressReading) -> None:
        self.query = query
        self.reading = reading
        self.resolution: Resolution | None = None
        self._cells: dict[Cell, float] = {}
        self._wards: dict[str, float] | None = None
        self.evidence: list[Evidence] = []
        self.located: EvidenceKind | None = None
        self.certain = False
        self.conflict: Text | None = None
        self.outside: Text | None = None

    @property
    def cells(self) -> Mapping[Cell, float]:
        """Weight of each cell that is still possible; set it anew to change it."""
        return self._cells

    @cells.setter
    def cells(self, cells: dict[Cell, float]) -> None:
        self._cells, self._wards = cells, None

    @property
    def named(self) -> bool:
        """Whether a commune or a ward is named, not just a district."""
        return self.resolution is not None and self.resolution.named

    @property
    def closed(self) -> bool:
        """Whether the address is outside Hà Nội for all that it says: streets of the same name are namesakes."""
        return self.outside is not None and not self._cells

    def wards(self) -> Mapping[str, float]:
        """Return the weight of each ward, adding up to 1."""
        if self._wards is None:
            weights: dict[str, float] = {}
            for (_, ward), weight in self._cells.items():
                if weight > 0:
                    weights[ward] = weights.get(ward, 0.0) + weight
            total = sum(weights.values())
            self._wards = {ward: weight / total for ward, weight in weights.items()}
        return self._wards

    def update(self, known: Mapping[str, float], *, prior: float) -> None:
        """Weigh the wards anew by what is known of each, as counts, against what was thought before.

        Parameters
        ----------
        known
            Counts of evidence by ward; those of other wards do not matter.
        prior
            How many counts the present weights are worth.
        """
        weights = self.wards()
        total = prior + sum(known.get(ward, 0.0) for ward in weights)
        factors = {ward: (prior * weight + known.get(ward, 0.0)) / total / weight for ward, weight in weights.items()}
        self.cells = {cell: weight * factors.get(cell[1], 0.0) for cell, weight in self.cells.items()}
