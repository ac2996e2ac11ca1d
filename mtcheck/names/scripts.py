"""The script a name is written in, and the symbols of that script that carry its sound.

Every script has an alphabet of symbols for the learned edit model (see ``spelling``): letters
without vowel points for Arabic and Hebrew, single jamo for Hangul, katakana for both kana,
simplified characters for Han, letters with the few diacritics that change a sound for Latin.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

LATIN = "latin"
HAN = "han"
HANGUL = "hangul"
KANA = "kana"
OTHER = "other"
LEARNED = ("arabic", "cyrillic", HAN, HANGUL, "hebrew", KANA)
"""Scripts with a table of their own against Latin; all others are romanized first."""

_BLOCKS = (
    (0x0370, 0x03FF, "greek"), (0x0400, 0x052F, "cyrillic"), (0x0530, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"), (0x0600, 0x06FF, "arabic"), (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"), (0x0900, 0x097F, "devanagari"), (0x0980, 0x0DFF, "indic"),
    (0x0E00, 0x0E7F, "thai"), (0x0E80, 0x0EFF, "lao"), (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"), (0x1100, 0x11FF, "hangul"), (0x1780, 0x17FF, "khmer"),
    (0x1C80, 0x1C8F, "cyrillic"), (0x1E00, 0x1EFF, LATIN), (0x1F00, 0x1FFF, "greek"),
    (0x2DE0, 0x2DFF, "cyrillic"), (0x3005, 0x3007, HAN), (0x3040, 0x30FF, KANA),
    (0x3130, 0x318F, "hangul"), (0x31F0, 0x31FF, KANA), (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN), (0xA640, 0xA69F, "cyrillic"), (0xAC00, 0xD7FF, "hangul"),
    (0xF900, 0xFAFF, HAN), (0xFB1D, 0xFB4F, "hebrew"), (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"), (0xFF66, 0xFF9F, KANA), (0x20000, 0x3FFFF, HAN),
)  # fmt: skip
"""First code point, last code point, script. Source: Unicode block charts."""

_LATIN_KEPT = frozenset("äöüåčšžćçşğñńśźřěďťőűœæøñćłșțż")
"""Letters whose diacritic changes the sound enough to be a symbol of their own."""

_LATIN_SPELLED = {
    "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e", "ơ": "o",
    "ư": "u", "ĳ": "ij", "ﬁ": "fi", "ﬂ": "fl", "ſ": "s", "ţ": "ț", "œ": "oe", "æ": "ae",
}  # fmt: skip

_LATIN_BASE = {"ø": "o", "ł": "l"}

_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
        "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ۃ": "ة", "ڨ": "ق", "ڭ": "ك",
        "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن", "ۆ": "و", "ۇ": "و", "ۋ": "و", "ە": "ه",
        "ـ": None, "ڕ": "ر", "ڵ": "ل", "ێ": "ي",
    }
)  # fmt: skip
"""Letters that other languages, or other hands, write for the same Arabic sound."""

_HEBREW = str.maketrans({"ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ", "׳": "'", "״": None})

_CYRILLIC = str.maketrans(
    {"ѐ": "е", "ѝ": "и", "ґ": "г", "ў": "у", "ә": "а", "ө": "о", "ү": "у", "ұ": "у", "қ": "к",
     "ғ": "г", "ң": "н", "һ": "х", "ҳ": "х", "ӣ": "и", "ӯ": "у", "ҷ": "ж"}
)  # fmt: skip

_DROPPED = frozenset("'’‘ʼʻ`´-‐‑‒–—·・•=＝.,،\u200c\u200d\u200e\u200f\u00ad\ufeff")


@lru_cache(maxsize=4096)
def script_of_character(character: str) -> str | None:
    """Script of a letter; ``None`` for what is no letter or mark of a word."""
    code = ord(character)
    if code < 0x0370:
        return LATIN if character.isalpha() else None
    for first, last, script in _BLOCKS:
        if first <= code <= last:
            return script if unicodedata.category(character)[0] in "LM" else None
    if not character.isalpha():
        return None
    return LATIN if unicodedata.name(character, "").startswith("LATIN") else OTHER


@lru_cache(maxsize=65536)
def script_of(text: str) -> str | None:
    """The script most letters of a name are in; ``None`` where it has no letter.

    A name with any Han character is a Han name: the kana in it are endings or a loan.
    """
    counts = Counter(
        script for character in text if (script := script_of_character(character)) is not None
    )
    if not counts:
        return None
    if counts[HAN] and counts[HAN] + counts[KANA] >= 0.5 * sum(counts.values()):
        return HAN
    return max(sorted(counts), key=lambda script: counts[script])


@cache
def han_variants() -> dict[str, str]:
    """Traditional and Japanese forms of Han characters, each with the form it is folded to."""
    path = resources.files("mtcheck").joinpath("data/names/han_variants.tsv")
    folded: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            form, variants = line.split("\t")
            folded.update(dict.fromkeys(variants, form))
    return folded


@lru_cache(maxsize=65536)
def symbols(word: str, script: str) -> tuple[str, ...]:
    """The sound-carrying symbols of one word.

    Args:
        word: A word without spaces, any case.
        script: Its script as :func:`script_of` names it.

    Returns:
        Symbols in order; empty where nothing of the script is left.
    """
    text = unicodedata.normalize("NFKC", word).lower()
    return tuple(_SYMBOLS.get(script, _other)(text))


def base_letter(symbol: str) -> str:
    """A Latin letter without its diacritic, in ASCII where there is one."""
    if symbol in _LATIN_BASE:
        return _LATIN_BASE[symbol]
    return unicodedata.normalize("NFD", symbol)[0]


def _latin(text: str) -> str:
    out = []
    for character in text:
        if character in _LATIN_KEPT and character not in _LATIN_SPELLED:
            out.append(character)
            continue
        for plain in _LATIN_SPELLED.get(character, character):
            letter = plain if plain in _LATIN_KEPT else base_letter(plain)
            if letter.isalpha() or letter.isdigit():
                out.append(letter)
    return "".join(out)


def _arabic(text: str) -> str:
    return "".join(c for c in text.translate(_ARABIC) if c.isalpha() or c.isdigit())


def _hebrew(text: str) -> str:
    plain = "".join(c for c in text.translate(_HEBREW) if unicodedata.category(c) != "Mn")
    return "".join(c for c in plain if c.isalpha() or c.isdigit() or c == "'")


def _cyrillic(text: str) -> str:
    return "".join(c for c in text.translate(_CYRILLIC) if c.isalpha() or c.isdigit())


def _hangul(text: str) -> str:
    # The first ieung of a syllable is no sound.
    return "".join(
        c
        for c in unicodedata.normalize("NFD", text)
        if (c.isalpha() or c.isdigit()) and c != "\u110b"
    )


def _kana(text: str) -> str:
    return "".join(
        chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c
        for c in text
        if c not in _DROPPED and (c.isalpha() or c.isdigit() or c == "ー")
    )


def _han(text: str) -> str:
    table = han_variants()
    return "".join(table.get(c, c) for c in _kana(text))


def _other(text: str) -> str:
    return "".join(c for c in text if c.isalpha() or unicodedata.category(c)[0] in "MN")


_SYMBOLS = {
    LATIN: _latin, "arabic": _arabic, "hebrew": _hebrew, "cyrillic": _cyrillic,
    "hangul": _hangul, KANA: _kana, HAN: _han,
}  # fmt: skip
