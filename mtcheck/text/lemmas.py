"""Keys under which inflected forms of one word meet, and different words do not."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from mtcheck.text.languages import language, primary

_MIN_STEM = 3
_COMMON_PREFIX = 4
_SAME_WORD = 85.0  # similarity in percent from which two keys are forms of one word


@lru_cache(maxsize=100_000)
def lemma(word: str, lang: str) -> str:
    """Dictionary form of a word, lower case, or the word itself where none is known.

    Args:
        word: One token.
        lang: BCP 47 tag.
    """
    folded = fold(word)
    facts = language(lang)
    if facts.prefixes or facts.suffixes:
        return _strip(folded, facts.prefixes, facts.suffixes)
    if not facts.spaced or not folded.isalpha():
        return folded
    found = fold(dictionary_form(folded, primary(lang)))
    if found == folded and word[:1].isupper():
        # German nouns, and names, stand in the dictionaries with their capital.
        found = fold(dictionary_form(word, primary(lang)))
    return found


def same_word(a: str, b: str, lang: str) -> bool:
    """Whether two keys may be forms of one word: spelling, derivation or a proclitic apart.

    Args:
        a: A key from :func:`lemma`.
        b: Another.
        lang: BCP 47 tag of both.
    """
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if any(long == proclitic + short for proclitic in language(lang).proclitics):
        return True
    if len(short) < _COMMON_PREFIX:
        return False
    return long.startswith(short) or fuzz.ratio(a, b) >= _SAME_WORD


def readings(key: str, lang: str) -> tuple[str, ...]:
    """A key and what it is without a letter that may be a proclitic."""
    cut = [
        key[len(p) :]
        for p in language(lang).proclitics
        if key.startswith(p) and len(key) - len(p) >= _MIN_STEM
    ]
    return (key, *cut)


def fold(word: str) -> str:
    """Compatibility form, lower case, without marks that only tell how to read."""
    text = unicodedata.normalize("NFKC", word).casefold()
    return "".join(c for c in text if not _is_optional(c))


def _is_optional(character: str) -> bool:
    # Arabic short vowels and elongation, Hebrew points, format characters.
    return (
        "\u064b" <= character <= "\u0652"
        or character == "\u0640"
        or "\u0591" <= character <= "\u05c7"
        or unicodedata.category(character) == "Cf"
    )


def dictionary_form(word: str, code: str) -> str:
    """A word's form in the dictionary of a language, or the word where there is none.

    Args:
        word: One token; German nouns are listed with their capital.
        code: Primary language subtag.
    """
    import simplemma

    try:
        return str(simplemma.lemmatize(word, lang=code))
    except ValueError:  # the library has no table for this language
        return word


def _strip(word: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_STEM:
            word = word[len(prefix) :]
            break
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            return word[: -len(suffix)]
    return word
