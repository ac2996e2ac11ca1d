"""Two Latin spellings of one foreign sound: Soekarno and Sukarno, Zelensky and Zelenskyj."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from mtcheck.names.scripts import LATIN, base_letter, symbols

_DOUBLED = re.compile(r"(.)\1+")
_SPELLED = {"č": "ch", "š": "sh", "ž": "zh", "ć": "ch", "ç": "ch", "ş": "sh", "ș": "sh", "ğ": "gh",
            "ñ": "ny", "ń": "ny", "ü": "u", "ö": "o", "ä": "a"}  # fmt: skip


@cache
def _rules() -> tuple[tuple[str, bool, bool, str], ...]:
    """(letters, at the start, at the end, replacement) in the order of the file."""
    rules = []
    path = resources.files("mtcheck").joinpath("data/names/latin_spellings.tsv")
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            letters, new = line.split("\t")
            new = "" if new == "-" else new
            rules.append((letters.strip("^$"), letters[0] == "^", letters[-1] == "$", new))
    return tuple(rules)


@lru_cache(maxsize=32768)
def spelling_key(word: str) -> str:
    """A Latin word in one orthography; equal keys are romanizations of one name.

    Args:
        word: One word, any case, with its diacritics.
    """
    key = "".join(_SPELLED.get(s) or base_letter(s) for s in symbols(word, LATIN))
    for letters, first, last, new in _rules():
        if letters not in key:
            continue
        if first:
            key = new + key[len(letters) :] if key.startswith(letters) else key
        elif last:
            key = key[: -len(letters)] + new if key.endswith(letters) else key
        else:
            key = key.replace(letters, new)
    return _DOUBLED.sub(r"\1", key)
