"""Point lookup: exact, and fast in bulk."""

from geo.locate.ward_index import WardIndex

__all__ = ["WardIndex"]
