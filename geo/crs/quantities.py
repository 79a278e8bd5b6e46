"""From tokens to two quantities: each with its number, its fineness and its names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

from geo.crs.tokens import Axis, Rank, Rejected, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIXTY: Final = 60.0
_HUNDRED: Final = 100.0
_PAIR: Final = 2
_PARTS: Final = 3  # degrees, minutes, seconds
_OPENERS: Final = frozenset({"axis", "separator"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One of the two values: its number, how finely it is written, and what the text calls it."""

    value: float
    resolution: float
    axes: frozenset[Axis]

    def is_named(self, *names: Axis) -> bool:
        """Tell whether the text gives the value one of these names."""
        return not self.axes.isdisjoint(names)


def split(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Divide the tokens between the two values.

    Separators decide; failing them the names, then the degree signs, then the count of numbers.
    """
    tokens = _without_idle_separators(tokens)
    first_number = next((i for i, token in enumerate(tokens) if token.kind == "number"), len(tokens))
    heading = [token for token in tokens[:first_number] if token.kind == "axis"]
    if len(heading) == _PAIR and heading[0].text != heading[1].text:
        rest = tokens[first_number:]
        if not any(token.kind == "axis" for token in rest):  # both names come first, as in a heading
            one, two = split(rest)
            return [heading[0], *one], [heading[1], *two]
    parts = _divided(tokens, {i for i, token in enumerate(tokens) if token.kind == "separator"})
    if len(parts) == 1:
        (part,) = parts
        parts = _divided(part, _cuts(part))
    if len(parts) != _PAIR:
        _refuse_count(sum(token.kind == "number" for token in tokens))
    return parts[0], parts[1]


def _without_idle_separators(tokens: Sequence[Token]) -> list[Token]:
    """Drop the separators between a name and its value, when the value is on the next line."""
    kept: list[Token] = []
    for token in tokens:
        names_next = bool(kept) and kept[-1].kind == "axis" and (len(kept) == 1 or kept[-2].kind in _OPENERS)
        if not (token.kind == "separator" and names_next):
            kept.append(token)
    return kept


def _divided(tokens: Sequence[Token], cuts: set[int]) -> list[list[Token]]:
    """Cut before each index; separators and parts without anything else vanish."""
    bounds = [0, *sorted(cuts), len(tokens)]
    parts = [[token for token in tokens[i:j] if token.kind != "separator"] for i, j in pairwise(bounds)]
    return [part for part in parts if part]


def _cuts(tokens: Sequence[Token]) -> set[int]:
    """Return where a second value begins in tokens without separators."""
    kinds = [token.kind for token in tokens]
    numbers = [i for i, kind in enumerate(kinds) if kind == "number"]
    if "axis" in kinds and kinds[0] == "axis":  # "N 21 01 42 E 105 51 15"
        cuts = {i for i in range(1, len(kinds) - 1) if kinds[i] == "axis" and kinds[i + 1] == "number"}
    elif "axis" in kinds:  # "21 01 42 N 105 51 15 E"
        cuts = {i for i in numbers if i and kinds[i - 1] == "axis"}
    elif any(token == Token("mark", "0") for token in tokens):
        cuts = {i for i in numbers if i and tokens[i + 1 : i + 2] == [Token("mark", "0")]}
    elif len(numbers) in {_PAIR, 2 * _PAIR, _PARTS * _PAIR}:
        cuts = {numbers[len(numbers) // 2]}
    else:
        cuts = set()
    return cuts


def _refuse_count(count: int) -> NoReturn:
    raise Rejected(
        rank=Rank.COUNT,
        vi=f"Cần đúng hai giá trị, nhưng ở đây đọc được {count} số. Hãy bỏ số thứ tự, độ cao và ghi đủ cả hai, "
        "ví dụ “21.0285; 105.8542”.",
        en=f"Exactly two values are needed, but {count} number(s) were read here. Leave out point numbers and heights, "
        "and give both, for example '21.0285; 105.8542'.",
    )


def quantity(tokens: Sequence[Token], total: int) -> Quantity:
    """Add up degrees, minutes and seconds, and collect the names; `total` is the count for messages."""
    numbers: list[Token] = []
    axes: set[Axis] = set()
    letter_sign = 1.0
    marked = False
    for token in tokens:
        if token.kind == "number":
            numbers.append(token)
        elif token.kind == "axis":
            axes.add(token.text)  # type: ignore[arg-type]
            letter_sign = token.value or letter_sign
        else:
            marked = True
            if int(token.text) != len(numbers) - 1:
                _refuse_marks()
    if not 1 <= len(numbers) <= _PARTS:
        _refuse_count(total)
    if {"lat", "lon"} <= axes or {"x", "y"} <= axes:
        refuse_names()
    value = _sexagesimal(numbers, total, marked=marked)
    if letter_sign < 0 and numbers[0].text.startswith("-"):
        _refuse_marks()
    decimals = len(numbers[-1].text.partition(".")[2])
    resolution = 10.0**-decimals / _SIXTY ** (len(numbers) - 1)
    return Quantity(value=letter_sign * value, resolution=resolution, axes=frozenset(axes))


def _sexagesimal(numbers: Sequence[Token], total: int, *, marked: bool) -> float:
    """Return degrees from one to three numbers, checking each part's range."""
    degrees = 0.0
    for index, token in enumerate(numbers):
        if index < len(numbers) - 1 and "." in token.text:
            if marked:
                _refuse_marks()
            _refuse_count(total)
        if index and token.text[0] in "+-":
            _refuse_marks()
        if index and token.value >= _HUNDRED and not marked:
            _refuse_count(total)  # no minutes at all: a point number or a height among the values
        if index and token.value >= _SIXTY:
            part_vi, part_en = (("Phút", "Minutes"), ("Giây", "Seconds"))[index - 1]
            raise Rejected(
                rank=Rank.STRUCTURE,
                vi=f"{part_vi} phải nhỏ hơn 60, nhưng văn bản ghi {token.text}. Hãy kiểm tra lại; nếu là "
                "độ thập "
                "phân, hãy dùng dấu chấm, ví dụ 21.0285.",
                en=f"{part_en} must be less than 60, but the text has {token.text}. Check it; if these "
                "are decimal "
                "degrees, use a decimal point, as in 21.0285.",
            )
        degrees += abs(token.value) / _SIXTY**index
    return -degrees if numbers[0].text.startswith("-") else degrees


def _refuse_marks() -> NoReturn:
    raise Rejected(
        rank=Rank.STRUCTURE,
        vi="Dấu độ, phút, giây hoặc dấu trừ không đúng chỗ. Hãy ghi như 21°01'42\"N 105°51'15\"E.",
        en="The degree, minute or second signs, or a minus sign, are out of place. Write it like "
        "21°01'42\"N 105°51'15\"E.",
    )


def refuse_names() -> NoReturn:
    """Refuse two latitudes, two longitudes, or one value that is both."""
    raise Rejected(
        rank=Rank.STRUCTURE,
        vi="Tên hai giá trị mâu thuẫn. Cần một vĩ độ (hoặc X) và một kinh độ (hoặc Y).",
        en="The names of the two values contradict each other. One latitude (or X) and one longitude (or Y) "
        "are needed.",
    )
