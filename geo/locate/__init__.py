"""Point lookup: exact, and fast in bulk."""

from geo.locate.ward_index import LARGEST_RADIUS_M, WardIndex

__all__ = ["LARGEST_RADIUS_M", "WardIndex"]
