"""Vietnamese text: one form to store, one form to compare, and the way back from the fonts of the 1990s."""

from __future__ import annotations

from geo.text.forms import fold, slug, spelling
from geo.text.legacy import LegacyFont, detect_legacy, from_legacy

__all__ = ["LegacyFont", "detect_legacy", "fold", "from_legacy", "slug", "spelling"]
