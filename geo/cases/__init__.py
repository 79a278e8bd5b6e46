"""Tables of people's work, row by row: one row in, one row out."""

from geo.cases.points import ADDED_COLUMNS, LocateReport, PointColumns, locate_table

__all__ = ["ADDED_COLUMNS", "LocateReport", "PointColumns", "locate_table"]
