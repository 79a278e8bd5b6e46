"""What the first visitors would wait for, done before they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.finder import page_files
from maps.premises_rows import premises_tables
from maps.words import LANGUAGES

if TYPE_CHECKING:
    from api.services import Services


def warm_up(services: Services) -> None:
    """Make the files and tables that pages are made from; they are kept for as long as the data."""
    page_files(services)
    for lang in LANGUAGES:
        premises_tables(services.premises, services.crosswalk, lang)
