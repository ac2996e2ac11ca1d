"""How surely one word is another: letters, characters, known forms, romanizations, sound."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from mtcheck.names.han import han_logit, has_surname, is_pinyin
from mtcheck.names.known import are_known
from mtcheck.names.korean import is_korean_reading
from mtcheck.names.orthography import spelling_key
from mtcheck.names.parts import Word
from mtcheck.names.probability import word_logit
from mtcheck.names.romanize import romanize
from mtcheck.names.scripts import HAN, HANGUL, LATIN, script_of, symbols
from mtcheck.names.spelling import Spelling, compare_words, tables

_KNOWN = 5.0
"""Log-odds of two words that several entities of the data share."""
_SYLLABLES = 3.5
"""Log-odds of a Latin word that is exactly the Mandarin reading of a Han one, or a Korean one."""
_SYLLABLES_ONLY = 1.0
"""The same where a character is none that names of the data have: right sound, odd character."""
_ROMANIZED = 2.2
"""Log-odds of two romanizations of one name: Soekarno, Sukarno."""
_LONG_ENOUGH = 4
"""Letters of a common romanization; shorter words agree by chance."""
_SAME_SCRIPT = 2.0
"""Taken off within one script that is not Latin: a name is copied there, not spelled by ear."""
_INFLECTED_EQUAL = 4.0
"""Log-odds of two words with the same letters once an ending is removed."""
_HOPELESS = -6.0
"""Sum of log-odds below which no ending that is removed makes two words one."""
_INFLECTED = 1.0
"""Taken off where a word only fits after an ending is removed; endings come off by chance too."""


class Kind(StrEnum):
    """What two words were compared by."""

    EQUAL = "equal"
    INITIAL = "initial"
    KNOWN = "known"
    CHARACTERS = "characters"
    ROMANIZATION = "romanization"
    MEANING = "meaning"
    SOUND = "sound"


class WordVerdict(NamedTuple):
    """Log-odds of two words, what they rest on, and whether an ending was removed."""

    logit: float
    kind: Kind
    spelling: Spelling | None
    inflected: bool


_NO_SOUND = WordVerdict(-12.0, Kind.SOUND, None, False)


@lru_cache(maxsize=65536)
def words_logit(
    left: tuple[str, ...], left_script: str, right: tuple[str, ...], right_script: str
) -> WordVerdict:
    """Log-odds that two words, in any of their forms, are one."""
    best = _forms_logit(left[0], left_script, right[0], right_script)
    if best.spelling and best.spelling.odds < _HOPELESS:
        return best
    for x_number, x in enumerate(left):
        for y_number, y in enumerate(right):
            if x_number or y_number:
                found = _forms_logit(x, left_script, y, right_script)
                if found.logit - _INFLECTED > best.logit:
                    best = found._replace(logit=found.logit - _INFLECTED, inflected=True)
    return best


def _forms_logit(x: str, x_script: str, y: str, y_script: str) -> WordVerdict:
    """Log-odds of two forms."""
    if x_script == y_script:
        first, second = symbols(x, x_script), symbols(y, y_script)
        if first == second:
            return WordVerdict(_INFLECTED_EQUAL, Kind.EQUAL, None, False)
        if x_script == HAN:
            logit = han_logit("".join(first), "".join(second))
            return WordVerdict(logit, Kind.CHARACTERS, None, False)
    if are_known(x, x_script, y, y_script):
        return WordVerdict(_KNOWN, Kind.KNOWN, None, False)
    spelling = compare_words(x, x_script, y, y_script)
    if spelling is None:
        return _NO_SOUND
    logit = word_logit(spelling)
    if x_script == y_script == LATIN:
        key = spelling_key(x)
        if len(key) >= _LONG_ENOUGH and key == spelling_key(y) and logit < _ROMANIZED:
            return WordVerdict(_ROMANIZED, Kind.ROMANIZATION, None, False)
    elif x_script == y_script:
        logit -= _SAME_SCRIPT
    elif HAN in (x_script, y_script) and LATIN in (x_script, y_script):
        latin, han = (x, y) if x_script == LATIN else (y, x)
        characters = symbols(han, HAN)
        if is_pinyin("".join(symbols(latin, LATIN)), "".join(characters)):
            usual = has_surname("".join(characters)) or all(
                c in tables()[HAN].rows for c in characters
            )
            logit = max(logit, _SYLLABLES if usual else _SYLLABLES_ONLY)
    elif HANGUL in (x_script, y_script) and LATIN in (x_script, y_script):
        latin, hangul = (x, y) if x_script == LATIN else (y, x)
        if is_korean_reading("".join(symbols(latin, LATIN)), hangul):
            logit = max(logit, _SYLLABLES)
    return WordVerdict(logit, Kind.SOUND, spelling, False)


def initials_fit(x: Word, y: Word, x_script: str, y_script: str) -> bool:
    """Whether the first letters are one, or agree in sound where the scripts differ."""
    scripts = script_of(x.text) or x_script, script_of(y.text) or y_script
    if scripts[0] == scripts[1]:
        return x.key[:1] == y.key[:1]
    return bool(_first_letter(x, scripts[0]) & _first_letter(y, scripts[1]))


_FIRST_SOUNDS = {
    "a": "e", "b": "v", "c": "kst", "e": "iya", "f": "pbh", "g": "jdkh", "h": "xgkaeiou",
    "i": "yea", "j": "ydzhig", "k": "gcn", "l": "r",
    "o": "ua", "p": "fbs", "q": "kc", "r": "l", "s": "zct",
    "t": "dcs", "u": "yiw", "v": "wbfp", "w": "vugh", "x": "ksghz", "y": "ieju", "z": "sjtd",
}  # fmt: skip
"""First letters that romanizations of other scripts have for a Latin one."""


@lru_cache(maxsize=4096)
def _first_letter(word: Word, script: str) -> frozenset[str]:
    sounds = symbols(word.text, script)
    letter = "".join(sounds[:1])
    if script != LATIN:
        letter = romanize("".join(sounds[:2]), script)[:1]
    return frozenset(letter + (_FIRST_SOUNDS.get(letter, "") if script == LATIN else ""))
