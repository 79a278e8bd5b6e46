"""The cover sheet of a handover package as a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.cases.handover.cover import (
    body_lines,
    closing_lines,
    heading_lines,
    signers,
    table_headings,
    table_lines,
    title,
)
from maps.page_parts import page_template

if TYPE_CHECKING:
    from geo.cases.handover import CoverSheet
    from geo.errors import Language


def cover_page(cover: CoverSheet, lang: Language) -> str:
    """Return the cover as one self-contained HTML page, A4; every text is escaped."""
    left, right, day = signers(lang)
    return page_template("handover_cover.html").render(
        lang=lang,
        title=title(lang),
        ward_name=cover.ward_name,
        heading=heading_lines(lang),
        body=body_lines(cover, lang),
        headings=table_headings(cover, lang),
        rows=table_lines(cover, lang),
        closing=closing_lines(cover, lang),
        day=day,
        signers=(left, right),
    )
