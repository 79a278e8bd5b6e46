"""From the characters people type to numbers, signs, words and separators.

One character can mean several things: a comma is a decimal mark, a thousands mark or a separator.
A `Convention` is one consistent way of taking them; the parser tries each and keeps the readings
that land in Viet Nam, so that nothing here has to guess.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias

from geo.errors import InvalidCoordinate

MAX_LENGTH: Final = 2000  # longer than any map link; keeps the work bounded


class Rank(IntEnum):
    """How telling a failure is; of several conventions' failures the most telling is shown."""

    CHARACTERS = 0
    COUNT = 1
    PLACE = 2
    STRUCTURE = 3
    WORDS = 4


class Rejected(InvalidCoordinate):
    """One reading of the text failed; becomes the user's error when no other reading succeeds."""

    def __init__(self, *, rank: Rank, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.rank = rank


Axis: TypeAlias = Literal["lat", "lon", "x", "y"]
Kind: TypeAlias = Literal["number", "mark", "axis", "separator"]


class Token(NamedTuple):
    """One piece of the text: `text` is a number's digits, a mark's level or an axis's name."""

    kind: Kind
    text: str
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Convention:
    """One way of taking commas, dots and spaces.

    Parameters
    ----------
    number
        A regular expression for an unsigned number.
    comma
        A regular expression for the comma that separates two values.
    decimal
        The decimal mark.
    only
        When given, the convention is tried only on texts that contain this expression.
    """

    number: str
    comma: str
    decimal: str
    only: str | None = None


_FREE_COMMA: Final = ","
_SPACED_COMMA: Final = ",(?![0-9])"

CONVENTIONS: Final = (
    # 21.0285, 105.8542
    Convention(number=r"[0-9]+(?:\.[0-9]+)?(?!\.?[0-9])", comma=_FREE_COMMA, decimal="."),
    # 21,0285; 105,8542
    Convention(number=r"[0-9]+(?:,[0-9]+)?(?![.,]?[0-9])", comma=_SPACED_COMMA, decimal=",", only=r"[0-9],[0-9]"),
    # 21,0285,105,8542: every comma between digits, alternately decimal mark and separator
    Convention(
        number=r"[0-9]+,[0-9]+(?!\.?[0-9])",
        comma=_FREE_COMMA,
        decimal=",",
        only=r"^[^0-9]*[0-9]+,[0-9]+,[0-9]+,[0-9]+[^0-9]*$",
    ),
    # 2,325,123.45 588,623.10
    Convention(
        number=r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![.,]?[0-9])",
        comma=_SPACED_COMMA,
        decimal=".",
        only=r"[0-9],[0-9]{3}(?![0-9])",
    ),
    # 2.325.123,45 588.623,10
    Convention(
        number=r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?(?![.,]?[0-9])",
        comma=_SPACED_COMMA,
        decimal=",",
        only=r"[0-9]\.[0-9]{3}(?![0-9])",
    ),
    # 2 325 123.45 588 623.10: a northing has three groups and an easting two, which is what keeps
    # "2 325 123 588 623" from being one number
    Convention(
        number=r"(?:(?:[0-9]{1,2} )?[0-9]{3} [0-9]{3}|[0-9]+)(?:\.[0-9]+)?(?!\.?[0-9])",
        comma=_FREE_COMMA,
        decimal=".",
        only=r"[0-9] [0-9]{3}(?![0-9])",
    ),
    # 2 325 123,45 588 623,10
    Convention(
        number=r"(?:(?:[0-9]{1,2} )?[0-9]{3} [0-9]{3}|[0-9]+)(?:,[0-9]+)?(?![.,]?[0-9])",
        comma=_SPACED_COMMA,
        decimal=",",
        only=r"[0-9] [0-9]{3},[0-9]",
    ),
)

# The letter N is north in English and Nam (south) in Vietnamese. All of Viet Nam is north of the
# equator, so N is north; Nam spelt out, S and T, W are kept and end in the "wrong sign" message.
_AXES: Final[dict[str, tuple[Axis, float]]] = {
    **dict.fromkeys(("n", "b", "north", "bắc", "bac"), ("lat", 1.0)),
    **dict.fromkeys(("s", "south", "nam"), ("lat", -1.0)),
    **dict.fromkeys(("e", "đ", "d", "east", "đông", "dong"), ("lon", 1.0)),
    **dict.fromkeys(("w", "t", "west", "tây", "tay"), ("lon", -1.0)),
    **dict.fromkeys(("lat", "latitude", "vĩ độ", "vĩ tuyến", "độ vĩ", "vĩ", "vi do", "vi tuyen"), ("lat", 0.0)),
    **dict.fromkeys(
        (
            "lon",
            "lng",
            "long",
            "longitude",
            "kinh độ",
            "kinh tuyến",
            "độ kinh",
            "kinh",
            "kinh do",
            "kinh tuyen",
        ),
        ("lon", 0.0),
    ),
    **dict.fromkeys(("x", "northing"), ("x", 0.0)),
    **dict.fromkeys(("y", "easting"), ("y", 0.0)),
}

_MARK_WORDS: Final = {
    **dict.fromkeys(("°", "độ", "do", "deg", "degrees"), "0"),
    **dict.fromkeys(("'", "phút", "phut", "min"), "1"),
    **dict.fromkeys(('"', "giây", "giay", "sec"), "2"),
}

# Words that say nothing about the values. Any other word is refused: "số 21 ngõ 105" is an address.
# fmt: off
_IDLE_WORDS: Final = frozenset({
    "tọa độ", "toạ độ", "toa do", "hệ tọa độ", "hệ toạ độ", "vị trí", "điểm", "gps", "point",
    "coordinates", "coordinate", "location", "và", "and", "là", "m", "mét", "met",
    "metres", "meters", "hà nội", "ha noi", "hanoi", "việt nam", "viet nam", "vietnam",
})
# fmt: on

_CHARACTERS: Final = str.maketrans(
    {
        **dict.fromkeys("−‐‑‒–—﹣－", "-"),
        **dict.fromkeys("′’‘´`ʹ‛ʼ＇", "'"),
        **dict.fromkeys("″”“„ʺ˝〃＂", '"'),
        **dict.fromkeys("º˚⁰", "°"),
        **dict.fromkeys("，、", ","),
        "．": ".",
        "；": ";",
        "：": ":",
        "／": "/",
        "（": "(",
        "）": ")",
        "＋": "+",
        "＝": "=",
        "Ð": "Đ",  # Icelandic eth, which looks the same
        "\u200b": None,
        "\u200e": None,
        "\u200f": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def normalise(text: str) -> str:
    """Return the text in lower case with one form of each digit, dash, quote, letter and space."""
    if len(text) > MAX_LENGTH:
        raise Rejected(
            rank=Rank.WORDS,
            vi=f"Văn bản quá dài (trên {MAX_LENGTH} ký tự). Hãy chỉ ghi một cặp tọa độ.",
            en=f"The text is too long (over {MAX_LENGTH} characters). Give one pair of coordinates only.",
        )
    text = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
    text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text).lower()
    text = re.sub(r"[^\S\n\t]+", " ", text).replace("''", '"').strip()
    # "21o01'42": the letter o typed for the degree sign
    return re.sub(r"(?<=[0-9]) ?o(?![^\W\d_])", "°", text)


def tokenise(text: str, convention: Convention) -> list[Token]:
    """Cut normalised text into tokens by one convention.

    Raises
    ------
    Rejected
        At the first character or word that has no meaning in it.
    """
    tokens: list[Token] = []
    pattern = _pattern(convention)
    position = 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            raise _unreadable(text[position])
        token = _token(match, convention)
        if token is not None:
            tokens.append(token)
        position = match.end()
    return tokens


def _token(match: re.Match[str], convention: Convention) -> Token | None:
    piece = match.group()
    match match.lastgroup:
        case "number":
            digits = piece.replace(" ", "").replace("," if convention.decimal == "." else ".", "")
            digits = digits.replace(",", ".")
            value = float(digits)
            if not math.isfinite(value):
                raise _unreadable(digits[0])
            return Token("number", digits, value)
        case "word" if piece in _AXES:
            axis, sign = _AXES[piece]
            return Token("axis", axis, sign)
        case "word" | "mark" if piece in _MARK_WORDS:
            return Token("mark", _MARK_WORDS[piece])
        case "separator":
            return Token("separator", piece)
        case _:
            return None


@cache
def _pattern(convention: Convention) -> re.Pattern[str]:
    words = sorted({*_AXES, *_MARK_WORDS, *_IDLE_WORDS} - {"°", "'", '"'}, key=len, reverse=True)
    return re.compile(
        # a sign stands before its digits and after no digit: "21-01-42" holds no negative number
        rf"(?P<number>(?:(?<![0-9°'\".,])[+-])?(?:{convention.number}))"
        rf"|(?P<separator>{convention.comma}|[;\n\t/|]|(?<=[0-9°'\"a-zđ] )-(?= ))"
        r"|(?P<mark>[°'\"])"
        rf"|(?P<word>(?:{'|'.join(words)})(?![^\W\d_]))"
        r"|(?P<idle>[ :=()\[\]{}<>]|\.(?![0-9])|(?<=[0-9])-(?=[0-9]))"
    )


def _unreadable(char: str) -> Rejected:
    if char.isalpha():
        return Rejected(
            rank=Rank.WORDS,
            vi="Văn bản có chữ không thuộc về tọa độ (ví dụ số nhà, tên đường). Hãy chỉ ghi hai số, ví dụ "
            "“21.0285, 105.8542”; nếu là địa chỉ, hãy dùng ô tìm địa chỉ.",
            en="The text has words that are not part of a coordinate (a house number or street name, "
            "say). Give "
            "the two numbers only, such as '21.0285, 105.8542'; an address goes in the address field.",
        )
    return Rejected(
        rank=Rank.CHARACTERS,
        vi="Không đọc được dấu câu quanh các số. Hãy ghi như “21.0285, 105.8542”.",
        en="The punctuation around the numbers cannot be read. Write it like '21.0285, 105.8542'.",
    )
