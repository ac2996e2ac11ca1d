"""Names in Han characters: against each other, and against their Mandarin reading."""

from __future__ import annotations

import itertools
from functools import cache, lru_cache
from importlib import resources

from mtcheck.names.romanize import pinyin

_LONGEST = 6
_MOST_READINGS = 64


@lru_cache(maxsize=16384)
def is_pinyin(latin: str, han: str) -> bool:
    """Whether Latin letters are exactly a Mandarin reading of the characters.

    Args:
        latin: Letters without tones, lower case.
        han: Characters.
    """
    if not 0 < len(han) <= _LONGEST:
        return False
    readings = [pinyin(c) for c in han]
    if not all(readings):
        return False
    # ü is written v, u or yu.
    spelled = latin.replace("ü", "v")
    cuts = itertools.islice(itertools.product(*readings), _MOST_READINGS)
    return any(
        spelled in (text, text.replace("v", "u"), text.replace("v", "yu"))
        for text in ("".join(cut) for cut in cuts)
    )


@cache
def _surnames() -> frozenset[str]:
    path = resources.files("mtcheck").joinpath("data/names/han_surnames.tsv")
    found: set[str] = set()
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            length, names = line.split("\t")
            size = 1 if length == "一" else 2
            found.update(names[k : k + size] for k in range(0, len(names), size))
    return frozenset(found)


def has_surname(han: str) -> bool:
    """Whether a string may be a full name that begins with a frequent family name.

    Args:
        han: Characters in folded form.
    """
    known = _surnames()
    return (2 <= len(han) <= 3 and han[0] in known) or (3 <= len(han) <= 4 and han[:2] in known)


def han_logit(first: str, second: str) -> float:
    """Log-odds that two different strings of Han characters are one name.

    Such names are copied, not spelled by ear: another character is another name or a mistake.
    Only foreign names of three characters and more have rival transcriptions (奥巴马, 欧巴马).

    Args:
        first: Characters in folded form.
        second: The same, not equal to the first.
    """
    n, m = len(first), len(second)
    if n != m and min(n, m) >= 2 and (first in second or second in first):
        return 0.5  # a short form, or a name with a title
    sounds = [{next(iter(pinyin(c)), c) for c in text} for text in (first, second)]
    heard = len(sounds[0] & sounds[1]) / max(len(sounds[0] | sounds[1]), 1)
    seen = sum(a == b for a, b in zip(first, second, strict=False)) / max(n, m)
    if min(n, m) >= 3 and heard >= 0.5 and seen < 1:
        return -1.0
    if heard == 1:
        return -1.5
    return -2.5 if seen >= 0.5 else -5.0
