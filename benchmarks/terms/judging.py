"""Whether a translation obeys a glossary, judged without mtcheck: substrings and Snowball stems.

What is neither clearly obeyed nor clearly broken is left out of recall and precision, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

LANGUAGES = {
    "en": "english",
    "de": "german", "es": "spanish", "ru": "russian", "id": "indonesian", "fr": "french",
    "ar": "arabic",
}  # fmt: skip
_WORD = re.compile(r"\w+")
_INSIDE_WORDS = frozenset({"zh", "de", "ar"})  # unspaced, compounds, glued articles
_STEMMERS = {lang: snowballstemmer.stemmer(name) for lang, name in LANGUAGES.items()}


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """Snowball stem of a lower-case word."""
    return str(_STEMMERS[lang].stemWord(word))


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def count(form: str, text: str, lang: str) -> int:
    """How often a form stands in a text: as it is with up to two more letters, or by stems."""
    wanted, whole = form.casefold(), text.casefold()
    if lang in _INSIDE_WORDS:
        found = whole.count(wanted)
    else:
        found = len(re.findall(rf"(?<!\w){re.escape(wanted)}\w{{0,2}}(?!\w)", whole))
    if found or lang not in LANGUAGES:
        return found
    stems = [stem(word, lang) for word in words(text)]
    return min((stems.count(stem(word, lang)) for word in words(form)), default=0)


def is_near(form: str, text: str, lang: str) -> bool:
    """Whether something like each word of a form stands there."""
    if form.casefold() in text.casefold():
        return True
    if lang not in LANGUAGES:
        return False
    here = words(text)
    starts = [s[: max(4, len(s) - 2)] for s in (stem(word, lang) for word in words(form))]
    return all(any(start in word for word in here) for start in starts)


def judge(forms: Sequence[str], text: str, lang: str, times: int) -> str:
    """``obeyed``, ``broken`` or ``unclear``.

    Args:
        forms: The accepted forms.
        text: The translation.
        lang: Its language.
        times: How often the source term stands in the source: with fewer forms than that in the
            translation, one place may be wrong and nobody has said which.
    """
    found = sum(count(form, text, lang) for form in dict.fromkeys(forms))
    if found >= times:
        return "obeyed"
    if found or any(is_near(form, text, lang) for form in forms):
        return "unclear"
    return "broken"
