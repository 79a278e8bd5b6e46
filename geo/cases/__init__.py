"""Tables of people's work, row by row: one row in, one row out."""

from geo.cases.added_columns import ADDED_COLUMNS
from geo.cases.decision_cells import decision_cells
from geo.cases.points import LocateReport, PointColumns, locate_table
from geo.cases.route_columns import RouteColumns
from geo.cases.route_table import RouteOptions, RouteReport, RouteStart, journal_path, route_table

__all__ = [
    "ADDED_COLUMNS",
    "LocateReport",
    "PointColumns",
    "RouteColumns",
    "RouteOptions",
    "RouteReport",
    "RouteStart",
    "decision_cells",
    "journal_path",
    "locate_table",
    "route_table",
]
