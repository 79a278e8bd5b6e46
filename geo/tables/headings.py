"""Which column is which: by the name the user gives, or by a heading that is recognised."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from geo.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ALPHABET = 26


def fold_heading(text: str) -> str:
    """Return the form headings are compared in: letters and digits only, no case, no diacritics.

    >>> fold_heading("Kinh_Độ "), fold_heading("KINH ĐỘ")
    ('kinhdo', 'kinhdo')
    """
    bare = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(character for character in bare if character.isalnum())


def column_letter(index: int) -> str:
    """Return a column's letters as spreadsheets show them: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_column(columns: Sequence[str], *, named: str | None, headings: Iterable[str], what: str) -> int | None:
    """Return the position of a column, by name or by its heading; never guessed by position.

    Parameters
    ----------
    columns
        The headings of the table.
    named
        The heading the user names. An exact match wins; otherwise one that differs only in case,
        diacritics, spaces or punctuation, if there is just one.
    headings
        The headings recognised where none is named; compared folded (`fold_heading`). Their order has no
        weight. A mapping offers its keys.
    what
        What the column is for, for messages: ``"kinh độ"``.

    Returns
    -------
    int or None
        0-based; None where no column is named and none is recognised.

    Raises
    ------
    TableError
        Where the named column does not exist, or the name or the recognised headings fit several columns.
    """
    if named is not None:
        exact = [index for index, column in enumerate(columns) if column == named]
        wanted = fold_heading(named)
        found = exact or [i for i, column in enumerate(columns) if wanted and fold_heading(column) == wanted]
        if not found:
            raise _no_such_column(columns, named, what)
    else:
        known = {fold_heading(heading) for heading in headings} - {""}
        found = [index for index, column in enumerate(columns) if fold_heading(column) in known]
    if len(found) > 1:
        raise _ambiguous(columns, found, named, what)
    return found[0] if found else None


def describe_columns(columns: Sequence[str], indexes: Iterable[int], *, word: str) -> str:
    """Return ``“lon” (cột 2, B), “Kinh độ” (cột 4, D)``."""
    return ", ".join(f"“{columns[i]}” ({word} {i + 1}, {column_letter(i)})" for i in indexes)


def duplicate_positions(columns: Sequence[str]) -> list[int]:
    """Return the positions of headings that occur more than once."""
    seen: dict[str, list[int]] = {}
    for index, column in enumerate(columns):
        seen.setdefault(column, []).append(index)
    return sorted(index for places in seen.values() if len(places) > 1 for index in places)


def _no_such_column(columns: Sequence[str], named: str, what: str) -> TableError:
    """Return the error for a name that no heading has."""
    listed = ", ".join(f"“{column}”" for column in columns)
    return TableError(
        vi=f"Không có cột “{named}” ({what}). Bảng có các cột: {listed}.",
        en=f"There is no column “{named}” ({what}). The table has: {listed}.",
        field=named,
    )


def _ambiguous(columns: Sequence[str], found: Sequence[int], named: str | None, what: str) -> TableError:
    """Return the error for several columns that fit."""
    vi = describe_columns(columns, found, word="cột")
    en = describe_columns(columns, found, word="column")
    if len({columns[index] for index in found}) == 1:
        return TableError(
            vi=f"Có {len(found)} cột trùng tiêu đề: {vi}. Không biết cột nào là {what}: hãy đổi tên cho khác nhau.",
            en=f"{len(found)} columns have the same heading: {en}. Which one is {what} cannot be told: "
            "rename them apart.",
            field=columns[found[0]],
        )
    return TableError(
        vi=f"Có {len(found)} cột có thể là {what}: {vi}. Hãy nêu đúng tên một cột.",
        en=f"{len(found)} columns could be {what}: {en}. Name one of them exactly.",
        field=named or columns[found[0]],
    )
