"""Map elements of our own, one folium MacroElement a file."""

from maps.elements.finder import Finder
from maps.elements.pieces import PiecesMap
from maps.elements.premises import PremisesMarks
from maps.elements.trial import TrialChoropleth

__all__ = ["Finder", "PiecesMap", "PremisesMarks", "TrialChoropleth"]
