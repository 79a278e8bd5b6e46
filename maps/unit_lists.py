"""The lists of all wards and of all old communes: filtered and sorted by addresses, so they need no script."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geo.text import fold
from maps.page_parts import page_template, thousands
from maps.paths import OLD_UNITS, WARDS, old_unit_path, ward_path
from maps.unit_pages import unit_frame
from maps.unit_words import unit_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.errors import Language
    from geo.model import District, OldUnit, Ward
    from maps.unit_pages import UnitData

LONGEST_NAME: Final = 200
_LETTERS: Final = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 1)}
_TONES: Final = {mark: place for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}
_DESCENDING: Final = "-"

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked of a list.

    Parameters
    ----------
    name
        Part of a unit's name, or of its code.
    district
        Code of an old district.
    sort
        Name of a column; with a leading ``-`` from the largest.
    """

    name: str = ""
    district: str = ""
    sort: str = ""

    @property
    def column(self) -> str:
        """The column sorted by."""
        return self.sort.removeprefix(_DESCENDING)

    @property
    def descending(self) -> bool:
        """True from the largest to the smallest."""
        return self.sort.startswith(_DESCENDING)

    def address(self, lang: Language, sort: str | None = None) -> str:
        """Return the query part of this list's address, perhaps sorted otherwise."""
        asked = {"ten": self.name, "huyen": self.district, "xep": self.sort if sort is None else sort, "lang": lang}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and where its link leads: the list sorted by it, or the other way round."""

    name: str
    text: str
    address: str
    sorted: str
    number: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """A unit: the text of its cells after the name, and links for the last one where there are any."""

    name: str
    path: str
    cells: Sequence[str]
    keys: Sequence[_Key]
    links: Sequence[tuple[str, str]] = ()


def wards_list(data: UnitData, districts: Sequence[District], query: ListQuery, lang: Language) -> str:
    """Render the list of wards; the district filter keeps those with ground of that old district."""
    words = unit_words(lang)
    parts = {ward.code: [unit for _, unit in data.crosswalk.predecessors(ward.code)] for ward in data.wards}
    rows = [
        _ward_row(ward, parts[ward.code], lang)
        for ward in data.wards
        if _named(ward, query) and _of(parts[ward.code], query)
    ]
    columns = [("ten", words["name"]), ("ma", words["code"]), ("dan", words["population"])]
    columns += [("rong", words["area_km2"]), ("cu", words["old_count"])]
    return _render(data, districts, query, lang, path=WARDS, kind="wards", columns=columns, rows=rows, numbers=2)


def old_units_list(data: UnitData, districts: Sequence[District], query: ListQuery, lang: Language) -> str:
    """Render the list of old communes with the wards they are in now."""
    words = unit_words(lang)
    units = data.crosswalk.old_units.values()
    rows = []
    for unit in units:
        if _named(unit, query) and _of([unit], query):
            went = list({ward.code: ward for _, ward in data.crosswalk.successors(unit.code)}.values())
            rows.append(
                ListRow(
                    name=unit.full_name,
                    path=old_unit_path(unit),
                    cells=(unit.district, unit.code),
                    keys=(alphabetical(unit.name), alphabetical(unit.district), (unit.code,), (len(went),)),
                    links=[(ward.full_name, ward_path(ward)) for ward in went],
                )
            )
    columns = [("ten", words["name"]), ("huyen", words["district"]), ("ma", words["code"]), ("nay", words["went_to"])]
    return _render(
        data, districts, query, lang, path=OLD_UNITS, kind="old_units", columns=columns, rows=rows, numbers=9
    )


def alphabetical(text: str) -> _Key:
    """Return the key that sorts as Vietnamese is sorted: letters first (a ă â … d đ), then tones.

    >>> sorted(["Đại Mỗ", "Dương Nội", "Âu Cơ", "Ba Đình"], key=alphabetical)
    ['Âu Cơ', 'Ba Đình', 'Dương Nội', 'Đại Mỗ']
    """
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", text.lower()):
        parts = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in parts if mark in _TONES), "")
        bare = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        letters.append((_LETTERS.get(bare, 0), bare))
        tones.append(_TONES.get(tone, 0))
    return tuple(letters), tuple(tones)


def _ward_row(ward: Ward, parts: Sequence[OldUnit], lang: Language) -> ListRow:
    count = len(parts)
    return ListRow(
        name=ward.full_name,
        path=ward_path(ward),
        cells=(ward.code, thousands(ward.population, lang), thousands(ward.area_km2, lang, 2), str(count)),
        keys=(alphabetical(ward.name), (ward.code,), (ward.population,), (ward.area_km2,), (count,)),
    )


def _named(unit: Ward | OldUnit, query: ListQuery) -> bool:
    sought = fold(query.name)
    return sought in fold(unit.full_name) or sought in unit.code if sought else not query.name.strip()


def _of(units: Sequence[OldUnit], query: ListQuery) -> bool:
    return not query.district or any(unit.district_code == query.district for unit in units)


def _render(
    data: UnitData,
    districts: Sequence[District],
    query: ListQuery,
    lang: Language,
    *,
    path: str,
    kind: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[ListRow],
    numbers: int,
) -> str:
    """Render a list.

    Parameters
    ----------
    numbers
        The first column of figures, which stand on the right.
    """
    words = unit_words(lang)
    names = [name for name, _ in columns]
    by = names.index(query.column) if query.column in names else 0
    descending = query.descending and query.column in names
    ordered = sorted(rows, key=lambda row: (row.keys[by], row.keys[0]), reverse=descending)
    total = len(data.wards) if kind == "wards" else len(data.crosswalk.old_units)
    narrowed = urlencode({name: value for name, value in (("huyen", query.district),) if value})
    return page_template("unit_list.html").render(
        **unit_frame(
            data,
            lang,
            path=f"{path}?{narrowed}" if narrowed else path,
            title=words[f"{kind}_title"],
            description=words[f"{kind}_lead"],
        ),
        path=path,
        query=query,
        districts=districts,
        columns=[
            Column(
                name=name,
                text=text,
                address=query.address(lang, sort=f"-{name}" if place == by and not descending else name),
                sorted=("descending" if descending else "ascending") if place == by else "",
                number=place >= numbers,
            )
            for place, (name, text) in enumerate(columns)
        ],
        rows=ordered,
        shown=words["shown"].format(shown=len(ordered), all=total) if ordered else words["nothing"],
    )
