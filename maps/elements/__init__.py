"""Map elements of our own, one folium MacroElement a file."""

from maps.elements.finder import Finder

__all__ = ["Finder"]
