"""From a query to a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.routing.case import Case
from geo.routing.collectors import COLLECTORS
from geo.routing.collectors.streets import StreetNarrower
from geo.routing.decide import decide
from geo.routing.knowledge import Knowledge
from geo.routing.units import UnitResolver
from geo.stores import open_store

if TYPE_CHECKING:
    from geo.model import RouteDecision, RouteQuery
    from geo.stores import Store


class Router:
    """Routes one case at a time; batches, pages and the API all call `route`.

    Parameters
    ----------
    knowledge
        The law, the names, the streets and the shapes.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.units = UnitResolver(knowledge)
        self.streets = StreetNarrower(knowledge)
        self.generation = knowledge.index.dataset.generation.id
        self.data_version = knowledge.index.dataset.data_version

    @classmethod
    def open(cls, store: Store | None = None) -> Router:
        """Open a router on a store; the embedded data where none is given.

        Raises
        ------
        DataMissing, DataDamaged
            The data cannot be read.
        """
        return cls(Knowledge.open(store or open_store()))

    def route(self, query: RouteQuery) -> RouteDecision:
        """Decide where a case belongs. Never fails, whatever the text is.

        Parameters
        ----------
        query
            Coordinates, where given, are EPSG:4326 degrees in Hà Nội's surroundings: check them with
            `geo.crs.check_lonlat` first.

        Returns
        -------
        RouteDecision
            ASSIGNED only where the evidence leaves one ward, or the score's measured precision earns it.
        """
        case = self.collect(query)
        return decide(case, self)

    def forget(self) -> None:
        """Drop every word of addresses that is remembered for speed: a service does so after each request."""
        self.knowledge.parser.forget()
        self.streets.forget()
        self.units.resolve.cache_clear()

    def collect(self, query: RouteQuery) -> Case:
        """Collect the evidence on a case, in the collectors' order."""
        case = Case(query, self.knowledge.parser.read(query.address))
        for collector in COLLECTORS:
            collector(case, self)
        return case
