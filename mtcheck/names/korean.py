"""Korean names against the ways their bearers spell them in Latin letters.

Foreign names in Hangul follow rules that are learned with the other scripts. Korean names do not:
each person chooses a spelling (Park for 박, Yeol or Yul for 열). The given name is compared in
classes of sound, the family name by a table.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS = "g kk n d tt r m b pp s ss _ j jj ch k t p h"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_FINALS = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t"
"""Revised Romanization of 2000 by the number of a letter; "_" is silent."""

_CLASSES = (
    ("ck", "k"), ("wh", "hw"), (r"(.)\1+", r"\1"), ("ch", "j"), ("sh", "s"), ("ng", "N"),
    ("you|yeo|yu", "yo"), ("ya(?=e)", "y"), ("eo|eu|oo|ou|uh|u", "o"),
    ("ae|ai|ei|oe|wae|we|ui", "e"), ("ee|ey", "i"), ("k", "g"), ("t", "d"), ("p", "b"),
    ("l", "r"), ("wi", "i"), ("wo", "o"),
    (r"(.)\1+", r"\1"),
)  # fmt: skip
"""Letters in use for one Korean sound, each with its class, applied in this order."""


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    path = resources.files("mtcheck").joinpath("data/names/korean_surnames.tsv")
    rows = [
        line.split("\t")
        for line in path.read_text("utf-8").splitlines()
        if line[:1] not in ("", "#")
    ]
    return {hangul: tuple(spellings.split()) for hangul, spellings in rows}


@lru_cache(maxsize=16384)
def is_korean_reading(latin: str, hangul: str) -> bool:
    """Whether Latin letters spell a Korean person's full name, family name first.

    Args:
        latin: Letters of the whole name without spaces, lower case.
        hangul: The name in Hangul, two to four syllables.
    """
    if not 2 <= len(hangul) <= 4 or not all(_FIRST <= ord(c) <= _LAST for c in hangul):
        return False
    given = _sound_class("".join(map(_romanized, hangul[1:])))
    return any(
        latin.startswith(spelling) and _sound_class(latin[len(spelling) :]) == given
        for spelling in _surnames().get(hangul[0], ())
        if len(latin) > len(spelling)
    )


def is_korean_surname(latin: str, hangul: str) -> bool:
    """Whether Latin letters are a usual spelling of a Korean family name."""
    return latin in _surnames().get(hangul, ())


def _romanized(syllable: str) -> str:
    code = ord(syllable) - _FIRST
    initials, vowels, finals = (row.split(" ") for row in (_INITIALS, _VOWELS, _FINALS))
    letters = initials[code // 588] + vowels[code % 588 // 28] + finals[code % 28]
    return letters.replace("_", "")


def _sound_class(letters: str) -> str:
    for pattern, new in _CLASSES:
        letters = re.sub(pattern, new, letters)
    return letters
