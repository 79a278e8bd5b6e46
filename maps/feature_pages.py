"""The pages of OGC API – Features: what its JSON documents say, for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maps.frame import frame
from maps.page_parts import page_template
from maps.words import page_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.errors import Language
    from geo.stores import Dataset

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "trail": ("Vị trí trang", "Where this page is"),
    "links": ("Liên kết", "Links"),
    "geometry": ("Toạ độ của hình", "Coordinates of the shape"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One of several things of a kind."""

    title: str
    address: str
    paragraphs: Sequence[str]
    facts: Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row whose first cell may lead somewhere."""

    name: str
    cells: Sequence[Any]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first heading is that of the rows' names."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[TableRow]


@dataclass(frozen=True, slots=True)
class FeaturePage:
    """What stands on a page.

    Parameters
    ----------
    path
        The page's own address, without its language.
    links
        Link objects as the JSON has them.
    trail
        Names and addresses of the pages above.
    """

    path: str
    title: str
    links: Sequence[dict[str, Any]]
    paragraphs: Sequence[str] = ()
    facts: Sequence[tuple[str, Any]] = ()
    sections: Sequence[Section] = ()
    table: Table | None = None
    geometry: str = ""
    trail: Sequence[tuple[str, str]] = ()


def feature_page(dataset: Dataset, page: FeaturePage, lang: Language) -> str:
    """Render a page."""
    description = page.paragraphs[0] if page.paragraphs else page.title
    return page_template("features.html").render(
        **frame(
            page_words(_WORDS, lang),
            lang,
            generation=dataset.generation.id,
            data_version=dataset.data_version,
            page="unit_pages",
            path=page.path,
            title=page.title,
            description=description,
        ),
        trail=page.trail,
        paragraphs=page.paragraphs,
        facts=page.facts,
        sections=page.sections,
        table=page.table,
        geometry=page.geometry,
        links=page.links,
    )
