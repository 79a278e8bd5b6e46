"""The cover sheet of a handover package as a page to print."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import jinja2

from geo.cases.handover.cover import (
    body_lines,
    closing_lines,
    heading_lines,
    signers,
    table_headings,
    table_lines,
    title,
)

if TYPE_CHECKING:
    from geo.cases.handover import CoverSheet
    from geo.errors import Language


def cover_page(cover: CoverSheet, lang: Language) -> str:
    """Return the cover as one self-contained HTML page, A4; every text is escaped."""
    left, right, day = signers(lang)
    return _template().render(
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


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("maps"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("handover_cover.html")
