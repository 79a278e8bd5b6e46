"""What the law says of one old commune, one old district or one ward: the same rows for pages, map and file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.model import ShareKind, Subject
from maps.paths import OLD_TO_NEW, old_unit_path, ward_path
from maps.unit_words import residents_words, say
from maps.words import share_wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.crosswalk import Crosswalk
    from geo.errors import Language
    from geo.model import CrosswalkLink, District, OldUnit, Ward
    from geo.pieces import Pieces

Kind = Literal["old", "ward", "district"]

PARAMETERS: Final[dict[Kind, str]] = {"old": "xa", "district": "huyen", "ward": "phuong"}
"""Names of the choices in the map's address."""
ENDPOINT: Final = "/v1/crosswalk/pieces"
QUERIES: Final[dict[Kind, str]] = {"old": "old_code", "district": "district_code", "ward": "ward_code"}

_LITTLE: Final = 0.01


@dataclass(frozen=True, slots=True)
class LawRow:
    """One link in words.

    ``number`` marks its piece in the drawing: that of the ward, or of the old commune where a ward was asked for.
    """

    number: int
    link: CrosswalkLink
    old: OldUnit
    ward: Ward
    wording: str
    residents: str
    share: str

    @property
    def old_path(self) -> str:
        """Address of the old commune's page."""
        return old_unit_path(self.old)

    @property
    def ward_path(self) -> str:
        """Address of the ward's page."""
        return ward_path(self.ward)


@dataclass(frozen=True, slots=True)
class Choice:
    """One unit with everything that the law says of it.

    Parameters
    ----------
    title
        The unit; an old commune with its district.
    said
        The answer in one sentence.
    page
        Address of the unit's own page; empty for a district, which has none.
    settled
        Only of an old commune: True where a resident's ward follows from its name alone.
    """

    kind: Kind
    code: str
    title: str
    said: str
    rows: Sequence[LawRow]
    page: str = ""
    settled: bool | None = None

    @property
    def key(self) -> str:
        """Name of the choice in the page."""
        return f"{self.kind}-{self.code}"

    @property
    def map_path(self) -> str:
        """Address of the old-to-new map with this choice."""
        return f"{OLD_TO_NEW}?{PARAMETERS[self.kind]}={self.code}"

    @property
    def pieces_path(self) -> str:
        """Address of the pieces to draw."""
        return f"{ENDPOINT}?{QUERIES[self.kind]}={self.code}"


def choose_old(crosswalk: Crosswalk, pieces: Pieces, code: str, lang: Language) -> Choice:
    """Say where an old commune went.

    Raises
    ------
    UnknownUnit
        No old commune had that code.
    """
    old = crosswalk.old_unit(code)
    links = crosswalk.successors(code)
    homes = crosswalk.destinations(code, Subject.RESIDENT)
    rows = [_row(n, link, old, ward, pieces=pieces, lang=lang) for n, (link, ward) in enumerate(links, 1)]
    key = "old_whole" if len(links) == 1 else "old_settled" if len(homes) == 1 else "old_divided"
    count = len(homes) if key == "old_divided" else len(links)
    return Choice(
        kind="old",
        code=code,
        title=f"{old.full_name} ({old.district})",
        said=say(key, lang, old=old.full_name, ward=homes[0][1].full_name, count=count),
        rows=rows,
        page=old_unit_path(old),
        settled=len(homes) == 1,
    )


def choose_ward(crosswalk: Crosswalk, pieces: Pieces, ward: Ward, lang: Language) -> Choice:
    """Say what a ward was made from."""
    links = crosswalk.predecessors(ward.code)
    rows = [_row(n, link, old, ward, pieces=pieces, lang=lang) for n, (link, old) in enumerate(links, 1)]
    return Choice(
        kind="ward",
        code=ward.code,
        title=ward.full_name,
        said=say("ward_made", lang, ward=ward.full_name, count=len(links), clause=links[0][0].clause),
        rows=rows,
        page=ward_path(ward),
    )


def choose_district(crosswalk: Crosswalk, pieces: Pieces, district: District, lang: Language) -> Choice:
    """Say where the communes of an old district went; the wards are numbered."""
    communes = [unit for unit in crosswalk.old_units.values() if unit.district_code == district.code]
    links = [(link, unit, ward) for unit in communes for link, ward in crosswalk.successors(unit.code)]
    numbers = {code: n for n, code in enumerate(sorted({ward.code for _, _, ward in links}), 1)}
    divided = sum(len(crosswalk.destinations(unit.code, Subject.RESIDENT)) > 1 for unit in communes)
    return Choice(
        kind="district",
        code=district.code,
        title=district.full_name,
        said=say(
            "district_went",
            lang,
            count=len(communes),
            district=district.full_name,
            wards=len(numbers),
            divided=divided,
        ),
        rows=[_row(numbers[ward.code], link, unit, ward, pieces=pieces, lang=lang) for link, unit, ward in links],
    )


def _row(number: int, link: CrosswalkLink, old: OldUnit, ward: Ward, *, pieces: Pieces, lang: Language) -> LawRow:
    return LawRow(
        number=number,
        link=link,
        old=old,
        ward=ward,
        wording=share_wording(link.share, lang),
        residents=residents_words(link.residents, lang),
        share=_drawn_share(link, pieces, lang),
    )


def _drawn_share(link: CrosswalkLink, pieces: Pieces, lang: Language) -> str:
    piece = pieces.of_link(link)
    if piece.shape is None:
        return say("share_undrawn", lang)
    if link.share is ShareKind.WHOLE:
        return say("share_whole", lang)
    if piece.share < _LITTLE:
        return say("share_little", lang)
    # A part is never all of it, however the drawing is rounded.
    return say("share_about", lang, percent=min(99, round(100 * piece.share)))
