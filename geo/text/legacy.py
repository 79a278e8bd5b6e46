"""Text typed in a Vietnamese font of the 1990s, which drew Vietnamese over Western letters.

Read as what it is stored as, "Phường Hàng Bạc" is "Ph\N{SOFT HYPHEN}êng Hµng B¹c" in TCVN3 (ABC: .VnTime) and
"Phöôøng Haøng Baïc" in VNI (VNI-Times). The bytes may have been read as Latin-1, Windows-1252 or Windows-1258;
all three are understood here.

Sources of the tables: TCVN 5712:1993 (its third form, VN3), checked against glibc's TCVN5712-1, for TCVN3; the
VNI-Windows letters as xvnkb lists them for VNI.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, StrEnum, auto
from functools import lru_cache
from itertools import product

from geo.text.forms import TONES


class LegacyFont(StrEnum):
    """The family of fonts a text was typed in."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


# ---- the letters

_HIGH_BYTES = bytes(range(0xA0, 0x100))
_WESTERN = {
    ord(vietnamese): western
    for vietnamese, western in zip(_HIGH_BYTES.decode("cp1258"), _HIGH_BYTES.decode("latin-1"), strict=True)
    if vietnamese != western
}
"""Windows-1258 is read where a file says nothing else, and has its own letters at 14 places of Windows-1252."""

_TCVN3 = str.maketrans(
    # The soft hyphen is ư: named, because it cannot be seen.
    "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\N{SOFT HYPHEN}®¡¢£¤¥¦§",
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ",
)

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_TONES = {"ø": _GRAVE, "ù": _ACUTE, "õ": _TILDE, "û": _HOOK, "ï": _DOT}
_VNI_CIRCUMFLEXES = {
    "â": "", "à": _GRAVE, "á": _ACUTE, "ã": _TILDE, "å": _HOOK, "ä": _DOT,
}  # fmt: skip
_VNI_BREVES = {
    "ê": "", "è": _GRAVE, "é": _ACUTE, "ü": _TILDE, "ú": _HOOK, "ë": _DOT,
}  # fmt: skip
_VNI_SINGLES = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_letters() -> dict[str, str]:
    """Return what each letter and each pair of letter and mark stands for."""
    marks = [
        ("aeouyôö", _VNI_TONES),
        ("aeo", {mark: _CIRCUMFLEX + tone for mark, tone in _VNI_CIRCUMFLEXES.items()}),
        ("a", {mark: _BREVE + tone for mark, tone in _VNI_BREVES.items()}),
    ]
    small = dict(_VNI_SINGLES)
    for bases, meanings in marks:
        for base, (mark, meaning) in product(bases, meanings.items()):
            small[base + mark] = unicodedata.normalize("NFC", _VNI_SINGLES.get(base, base) + meaning)
    # A mark has a tall shape for capitals; typists use the low one there too.
    low_marks = {letter[0].upper() + letter[1:]: meaning.upper() for letter, meaning in small.items()}
    return small | low_marks | {letter.upper(): meaning.upper() for letter, meaning in small.items()}


_VNI = _vni_letters()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def from_legacy(text: str, font: LegacyFont) -> str:
    """Return text typed in a legacy font as Unicode (NFC); other characters stay as they are.

    Parameters
    ----------
    text
        All of it in the font, its bytes read as Latin-1, Windows-1252 or Windows-1258.
    font
        What `detect_legacy` found.

    Notes
    -----
    The capital fonts of TCVN3 (.VnTimeH) draw capitals over the same characters, and the text does not say
    which font it was in: "Hµ NéI" comes back as "Hà NộI". Comparison ignores case, so nothing is lost there.

    Examples
    --------
    >>> from_legacy("Hoµn KiÕm", LegacyFont.TCVN3)
    'Hoàn Kiếm'
    >>> from_legacy("Hoaøn Kieám", LegacyFont.VNI)
    'Hoàn Kiếm'
    """
    western = text.translate(_WESTERN)
    if font is LegacyFont.TCVN3:
        return unicodedata.normalize("NFC", western.translate(_TCVN3))
    return unicodedata.normalize("NFC", _VNI_LETTER.sub(lambda letter: _VNI[letter[0]], western))


# ---- the syllables of Vietnamese, without their tone

# c and g are written k, gh and ngh before e, ê and i; c is written q before a gliding u; few words end in a bare y.
_BEFORE_FRONT = "ch|g(?=i)|gi|gh|kh?|ngh|b|d|đ|h|l|m|nh?|ph?|qu|r|s|th?|tr|v|x|"
# No lip sound comes before a gliding o: "phoá" is VNI for "phố".
_BEFORE_BACK = "ch|c(?!o[aăe]|u[âêơy])|g|gi|kh|ng|d|đ|h|l|nh?|qu|r|s|th?|tr|x|(?:b|m|ph?|v)(?!o[aăe])|"
_BEFORE_Y = "h|k|l|m|qu|s|t|v|"
_FRONT = ("e(?:[cmnopt]|ng)?", "ê(?:[mnptu]|ch|nh)?", "i(?:[amnptu]|ch|nh|ê[cmnptu]|êng)?")
_Y = "y|yê[mntu]|yêng|(?<=u)y(?:[nt]|nh)"
_BACK = (
    "a(?:[cimnoptuy]|ch|ng|nh)?",
    "ă(?:[cmnpt]|ng)",
    "â(?:[cmnptuy]|ng)",
    "o(?:[cimnpt]|ng|a[cimnopty]?|ach|ang|anh|ă[cmnt]|ăng|e[not]?)?",
    "ô(?:[cimnpt]|ng)?",
    "ơ[imnpt]?",
    "u(?:[acimnptơ]|ng|â[nty]|âng|ê|êch|ênh|ô[cimnt]|ông|y[aptu]?|ych|ynh|yê[nt])?",
    "ư(?:[acitu]|ng|ơ[cimnptu]|ơng)?",
)
_SYLLABLE = re.compile(
    f"(?:{_BEFORE_FRONT})(?:{'|'.join(_FRONT)})|(?:{_BEFORE_BACK})(?:{'|'.join(_BACK)})|(?:{_BEFORE_Y})(?:{_Y})"
)
_STOPS = ("c", "ch", "p", "t")
_NOT_BEFORE_STOPS = frozenset({_GRAVE, _TILDE, _HOOK})
_TONE = f"[{''.join(sorted(TONES))}]"
# On a consonant; or on a last glide ("maõ"), which is not the u or i of "quý" and "gió" nor the y of "thuý".
_MISPLACED_TONE = re.compile(
    f"[^aeiouy\u0302\u0306\u031b]{_TONE}|^(?!gi|qu).*[aeiouy][\u0302\u0306\u031b]?(?:[iou]|(?<!u)y){_TONE}$"
)


def _is_syllable(word: str) -> bool:
    """Return whether a word is spelled like one Vietnamese syllable.

    "Hoà" and "hòa" both are. A syllable that ends in a stop passes without a tone, as in names typed without any.
    """
    # Old texts have the Icelandic ð, which looks like đ as a capital.
    letters = unicodedata.normalize("NFD", word.lower().replace("ð", "đ"))
    tones = [letter for letter in letters if letter in TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES))
    if len(tones) > 1 or _MISPLACED_TONE.search(letters) or not _SYLLABLE.fullmatch(bare):
        return False
    return not (bare.endswith(_STOPS) and _NOT_BEFORE_STOPS.intersection(tones))


# ---- detection

_POSSIBLE = "".join(
    sorted({*bytes(range(256)).decode("latin-1"), *_HIGH_BYTES.decode("cp1258"), *"€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"})
)
_IMPOSSIBLE = re.compile(f"[^{re.escape(_POSSIBLE)}]")
"""What no byte is read as. Nearly every address in Unicode has such a letter (ạ … ỹ; in NFD, the mark of â)."""

_WORD = re.compile("(?:[^\\W_]|[\u00a1-\u00bf×÷₫\u0300-\u0323])+")
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
# Signs inside a word; or a letter and a mark that Western languages do not write one after the other.
_STRONG = {
    LegacyFont.TCVN3: re.compile("[\u00a1-\u00be×÷]"),
    LegacyFont.VNI: re.compile("[aeouyôö][øùõû]|[ôö]ï|[aeo]â|a[êéèú]|öô|^ñ", re.IGNORECASE),
}
_WESTERN_WORDS = frozenset({"haï", "laïc", "loïc", "où", "seán", "thaï"})
_TWO_LETTERS = 2
_TOO_LONG = 12  # letters, marks among them: no syllable has so many, and nothing longer need be remembered
_SURE = 2
_MISTYPED_SHARE = 4  # one word in so many may be no syllable in the font: a slip, a foreign name


class _Says(Enum):
    """What one word says of the text being in a font."""

    NOTHING = auto()
    FOREIGN = auto()
    """Plain letters, not Vietnamese."""
    VIETNAMESE = auto()
    """A syllable in the font, but also as it stands."""
    NO = auto()
    """No syllable in the font."""
    PERHAPS = auto()
    """A syllable in the font only, of letters that Western languages have too."""
    YES = auto()


def detect_legacy(text: str) -> LegacyFont | None:
    """Return the legacy font a short text (a name, an address) is typed in; None where that is not certain.

    A word counts for a font where it is no Vietnamese syllable as it stands and is one once converted. One word
    of a kind hardly found in other languages is enough, or two words, or one among words that are Vietnamese
    anyway. Text with any letter that a legacy font cannot give is never taken for one: a cell half in
    Unicode is left alone.

    Examples
    --------
    >>> detect_legacy("Ba §×nh"), detect_legacy("Ba Ñình")
    (<LegacyFont.TCVN3: 'TCVN3'>, <LegacyFont.VNI: 'VNI'>)
    >>> detect_legacy("Ba Đình"), detect_legacy("Thé à Paris"), detect_legacy("Müller")
    (None, None, None)
    """
    if text.isascii() or _IMPOSSIBLE.search(text):
        return None
    words = {word[:_TOO_LONG] for word in _WORD.findall(text)}
    scores = {font: _score([_says(word, font) for word in words]) for font in LegacyFont}
    font = max(scores, key=lambda font: scores[font])
    return font if scores[font] > min(scores.values()) else None


def _score(said: list[_Says]) -> int:
    """Return how strongly the words of a text say that it is in a font; 0 where they do not say it surely."""
    certain, likely = said.count(_Says.YES), said.count(_Says.PERHAPS)
    if said.count(_Says.NO) * _MISTYPED_SHARE > certain + likely:
        return 0
    foreign, vietnamese = said.count(_Says.FOREIGN), said.count(_Says.VIETNAMESE)
    if not certain and (foreign >= likely or likely + vietnamese < _SURE):
        return 0
    return _SURE * certain + likely


@lru_cache(maxsize=1 << 14)
def _says(word: str, font: LegacyFont) -> _Says:
    """Return what a word says; words repeat from row to row, so the answers are kept."""
    if _tells_nothing(word):
        return _Says.NOTHING
    now, then = _is_syllable(word), _is_syllable(from_legacy(word, font))
    if not then:
        return _Says.FOREIGN if word.isascii() else _Says.NO
    if now or word.lower() in _WESTERN_WORDS:
        return _Says.VIETNAMESE
    western = word.translate(_WESTERN)
    return _Says.YES if len(western) > _TWO_LETTERS and _STRONG[font].search(western) else _Says.PERHAPS


def _tells_nothing(word: str) -> bool:
    """Return whether a word is left out: a sign alone (©, ×), a number (5ª), a unit (µm), "P"."""
    if _DIGIT.search(word) or (word.isascii() and not _VOWEL.search(word)):
        return True
    return len(word) == 1 or word[0] == "µ"
