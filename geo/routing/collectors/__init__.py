"""The collectors of evidence, in their declared order; each narrows what those before it left.

Law first (`collect_names`), then a position, then streets, numbers and places. A collector adds named evidence to
the case and reweighs its cells; it never removes a ward that the law allows unless a position settles it.
"""

from __future__ import annotations

from geo.routing.collectors.coordinates import collect_coordinates
from geo.routing.collectors.names import collect_names
from geo.routing.collectors.places import collect_places, collect_premises
from geo.routing.collectors.streets import collect_house_number, collect_street

COLLECTORS = (
    collect_names,
    collect_street,
    collect_house_number,
    collect_premises,
    collect_places,
    collect_coordinates,
)

__all__ = ["COLLECTORS"]
