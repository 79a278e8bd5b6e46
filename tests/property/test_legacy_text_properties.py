"""What holds for every text: what was typed in a legacy font comes back, and nothing else is taken for it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from geo.text import LegacyFont, detect_legacy, from_legacy

TONES = "\u0300\u0301\u0303\u0309\u0323"
GRAVE, ACUTE, TILDE, HOOK, DOT = TONES
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x"
FRONT = "e em en eo ê ên ênh êu i ia im in inh iêm iên iêng iêu"
BACK = (
    "a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây oi om on ong ô ôi ôm ôn ông ơ ơi ơn u ua ui um un ung "
    "uôi uôn uông ư ưa ưi ưng ươi ươm ương ươu"
)
GLIDING = "oa oai oan oang oanh oay oe oen uân uê uy uyên"
STOPPED = {True: "ech ich iêc iêt êch êt et", False: "ac ach at ăc ăt âc âp ât oc ôc ôt ơt uc uôc ươc ưt"}
FOREIGN = "café naïve Noël Zoë Müller Köln über São João Peña señor Malmö Ångström où là"
VOWELS = "ăâêôơưaeiouy"


@st.composite
def syllables(draw: st.DrawFn) -> str:
    """Return one syllable spelled as Vietnamese spells it, in NFC."""
    onset = draw(st.sampled_from(ONSETS.split()))
    front = onset in {"gh", "k", "ngh"} or (onset not in {"c", "g", "ng", "gi"} and draw(st.booleans()))
    stopped = draw(st.booleans())
    if stopped:
        rhyme, tone = draw(st.sampled_from(STOPPED[front].split())), draw(st.sampled_from([ACUTE, DOT]))
    else:
        rhymes = FRONT if front else BACK + " " + GLIDING if onset in {"h", "l", "ng", "th", "x"} else BACK
        rhyme, tone = draw(st.sampled_from(rhymes.split())), draw(st.sampled_from(["", *TONES]))
    if onset == "qu":
        rhyme = rhyme if rhyme[0] not in "uưoôơ" else "an" if not stopped else "ân"
    marked = [place for place, letter in enumerate(rhyme) if letter in VOWELS[:6]]
    place = marked[-1] if marked else 0
    word = unicodedata.normalize("NFC", onset + rhyme[: place + 1] + tone + rhyme[place + 1 :])
    return draw(st.sampled_from([word, word.capitalize()]))


phrases = st.lists(syllables() | st.sampled_from(["12", "P.5", "Times City", "-"]), min_size=1, max_size=10).map(
    " ".join
)
TCVN3_RUNS = {0xA1: "ĂÂÊÔƠƯĐăâêôơưđ", 0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ"}
TCVN3_RUNS |= {0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ"}
TCVN3 = {letter: chr(first + place) for first, run in TCVN3_RUNS.items() for place, letter in enumerate(run)}
VNI_WHOLE = dict(zip("đĐìÌíÍỉỈĩĨịỊỵỴ", "ñÑìÌíÍæÆóÓòÒîÎ", strict=True))
VNI_BASES = {"o" + HORN: "ô", "u" + HORN: "ö", "O" + HORN: "Ô", "U" + HORN: "Ö"}
VNI_MARKS = {
    "": dict(zip(TONES, "øùõûï", strict=True)),
    CIRCUMFLEX: dict(zip(["", *TONES], "âàáãåä", strict=True)),
    BREVE: dict(zip(["", *TONES], "êèéüúë", strict=True)),
}


def to_tcvn3(text: str) -> str:
    """Return text as typed in a TCVN3 font of small letters, which has no capitals with tones."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in text)


def to_vni(text: str) -> str:
    """Return text as typed in a VNI font."""
    return "".join(letter if letter.isascii() else _vni_letter(letter) for letter in text)


def _vni_letter(letter: str) -> str:
    if letter in VNI_WHOLE:
        return VNI_WHOLE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in TONES)
    shape = "".join(mark for mark in marks if mark not in TONES)
    if shape == HORN:
        base, shape = VNI_BASES[base + HORN], ""
    mark = VNI_MARKS[shape].get(tone, "")
    return base + (mark.upper() if base.isupper() else mark)


@given(phrases)
def test_what_is_typed_in_vni_comes_back(phrase: str) -> None:
    typed = to_vni(phrase)
    assert from_legacy(typed, LegacyFont.VNI) == phrase
    assert from_legacy(typed.encode("latin-1").decode("cp1258"), LegacyFont.VNI) == phrase
    assert detect_legacy(typed) in {LegacyFont.VNI, None}


@given(phrases)
def test_what_is_typed_in_tcvn3_comes_back_but_for_capitals(phrase: str) -> None:
    typed = to_tcvn3(phrase)
    assert from_legacy(typed, LegacyFont.TCVN3).lower() == phrase.lower()
    assert from_legacy(to_tcvn3(phrase.lower()), LegacyFont.TCVN3) == phrase.lower()
    assert from_legacy(typed.encode("latin-1").decode("cp1258"), LegacyFont.TCVN3).lower() == phrase.lower()


@given(phrases, st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_unicode_vietnamese_is_never_taken_for_it(phrase: str, form: str, upper: bool) -> None:
    text = unicodedata.normalize(form, phrase.upper() if upper else phrase)
    assert detect_legacy(text) is None


@given(phrases)
def test_real_windows_1258_is_never_taken_for_it(phrase: str) -> None:
    # Windows-1258 has no letter with both a shape and a tone: the tone is a character of its own.
    parts = (unicodedata.normalize("NFD", letter) for letter in phrase)
    apart = "".join(
        unicodedata.normalize("NFC", "".join(p for p in part if p not in TONES))
        + "".join(p for p in part if p in TONES)
        for part in parts
    )
    assert apart.encode("cp1258")
    assert detect_legacy(apart) is None


@given(st.text() | st.text(st.characters(max_codepoint=0xFF)), st.sampled_from(LegacyFont))
def test_no_text_is_refused(text: str, font: LegacyFont) -> None:
    assert unicodedata.is_normalized("NFC", from_legacy(text, font))
    assert detect_legacy(text) in {*LegacyFont, None}


@given(st.lists(st.sampled_from(FOREIGN.split())))
def test_names_of_other_languages_are_never_taken_for_it(words: list[str]) -> None:
    assert detect_legacy(" ".join(words)) is None
