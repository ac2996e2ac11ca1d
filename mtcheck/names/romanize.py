"""Latin letters for words of any script, and the readings of single Han characters.

``anyascii`` covers Unicode. It is put right here where it hurts names: the vowel that Indic
consonants carry unwritten, Thai vowels written before their consonant, long marks of kana.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from mtcheck.names.scripts import HAN, KANA, script_of_character

_INDIC_LETTER = re.compile(r"^[A-Z ]+? LETTER ([A-Z]+A)$")
_INDIC_VOWEL = re.compile(r"^[A-Z ]+? (VOWEL SIGN|SIGN VIRAMA|SIGN AL-LAKUNA)")
_INDIC = frozenset({"devanagari", "indic"})
_THAI_LEADING = re.compile(r"([เแโไใເແໂໄໃ])([ก-ฮກ-ຮ])")
_THAI_SILENT = re.compile(r"(?:ท(?=ร))?[ก-ฮ][ิุ]?์")
"""A consonant under the mark of silence, and the t before a silent r (จันทร์ is chan)."""
_SMALL_Y = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL_VOWEL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}


@lru_cache(maxsize=16384)
def romanize(word: str, script: str) -> str:
    """A rough Latin form of a word: lower case, letters only.

    Args:
        word: A word in any script, best as the symbols of that script.
        script: Its script.
    """
    from anyascii import anyascii

    if script == HAN:
        text = "".join(next(iter(pinyin(c)), "") or anyascii(c) for c in word)
    elif script == KANA:
        text = _kana(word)
    elif script in _INDIC:
        text = _indic(word)
    else:
        text = unicodedata.normalize("NFC", word)
        text = anyascii(_THAI_LEADING.sub(r"\2\1", _THAI_SILENT.sub("", text)))
    return "".join(c for c in text.lower() if "a" <= c <= "z")


@lru_cache(maxsize=16384)
def pinyin(character: str) -> tuple[str, ...]:
    """Mandarin readings of a Han character without tones, the usual one first; may be empty."""
    if script_of_character(character) != HAN:
        return ()
    from pypinyin import Style
    from pypinyin import pinyin as read

    readings = read(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(readings[0])) if readings else ()


def _kana(word: str) -> str:
    from anyascii import anyascii

    out = ""
    double = False
    for c in word:
        if c == "ッ":
            double = True
            continue
        if c == "ー":
            continue
        if c in _SMALL_Y and out[-1:] == "i":
            stem = out[:-1]
            out = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL_Y[c]
            continue
        if c in _SMALL_VOWEL and out:
            # ファ fa, ティ ti, ヴィ vi: the small vowel takes the place of the large one.
            out = out[:-1] + ("w" if out.endswith("u") and len(out) == 1 else "") + _SMALL_VOWEL[c]
            continue
        piece = {"シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji",
                 "ヅ": "zu", "ヴ": "vu"}.get(c) or anyascii(c).lower()  # fmt: skip
        out += piece[:1] + piece if double and piece else piece
        double = False
    return out


def _indic(word: str) -> str:
    from anyascii import anyascii

    out = ""
    pending = False
    for c in unicodedata.normalize("NFC", word):
        name = unicodedata.name(c, "")
        if name.endswith("SIGN NUKTA"):
            continue
        if _INDIC_VOWEL.match(name):
            pending = False
        letter = _INDIC_LETTER.match(name)
        out += ("a" if pending else "") + anyascii(c).lower()
        pending = bool(letter) and letter is not None and len(letter[1]) > 1
    return out
