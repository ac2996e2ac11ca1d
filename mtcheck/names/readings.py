"""Japanese readings of names in kanji, where the optional dictionary is installed.

A name in kanji may be read in ways that no table of sounds gives (長谷川 is Hasegawa). Without
``pip install 'mtcheck[ja]'`` the comparison says so and abstains instead of guessing.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

_LONGEST: Final = 20
"""Characters of a name that is read."""


@cache
def _tokenizer() -> Any:
    """Sudachi's tokenizer with the installed dictionary; ``None`` without one."""
    try:
        from sudachipy import Dictionary
    except ImportError:
        return None
    for size in ("core", "small", "full"):
        try:
            return Dictionary(dict=size).create()
        except Exception:  # noqa: S112 - it raises whatever its Rust side does; try the next size
            continue
    return None


def can_read_kanji() -> bool:
    """Whether a dictionary of readings is installed."""
    return _tokenizer() is not None


_ROWS = {
    "オ": "オコゴソゾトドノホボポモヨロヲョ", "ウ": "ウクグスズツヅヌフブプムユルュ",
}  # fmt: skip
"""Kana that end in a vowel, which a second vowel makes long: シンゾウ is spelled シンゾー."""


@lru_cache(maxsize=8192)
def kanji_readings(text: str) -> tuple[str, ...]:
    """Katakana readings of a string with kanji, the likely one first; empty without dictionary."""
    found = ["".join(pieces) for pieces in _pieces(text)]
    return tuple(dict.fromkeys([*found, *(_with_long_marks(reading) for reading in found)]))


@lru_cache(maxsize=8192)
def family_name_readings(text: str) -> tuple[str, ...]:
    """Readings of the first word of a name of several, usually the family name."""
    heads = [pieces[0] for pieces in _pieces(text) if len(pieces) > 1]
    return tuple(dict.fromkeys([*heads, *(_with_long_marks(head) for head in heads)]))


def _pieces(text: str) -> list[list[str]]:
    tokenizer = _tokenizer()
    if tokenizer is None or len(text) > _LONGEST:
        return []
    from sudachipy import SplitMode

    found = []
    for mode in (SplitMode.C, SplitMode.A):
        pieces = [m.reading_form() for m in tokenizer.tokenize(text, mode)]
        if pieces and all("KATAKANA" in unicodedata.name(c, "") for c in "".join(pieces)):
            found.append(pieces)
    return found


def _with_long_marks(reading: str) -> str:
    out = reading[:1]
    for before, c in pairwise(reading):
        long = (c in "ウオ" and before in _ROWS["オ"]) or (c == "ウ" and before in _ROWS["ウ"])
        out += "ー" if long else c
    return out
