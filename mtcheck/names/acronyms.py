"""Acronyms against each other and against the words they are made of."""

from __future__ import annotations

import re

from mtcheck.names.parts import Name, words_of
from mtcheck.names.romanize import romanize
from mtcheck.names.scripts import LATIN, symbols
from mtcheck.names.verdict import Verdict

_HYPHEN = re.compile(r"[-‐‑–]")


def compare(left: Name, right: Name) -> Verdict | None:
    """Compare two names one of which is an acronym; ``None`` where neither is."""
    if bool(left.acronym) == bool(right.acronym):
        return _both(left, right) if left.acronym else None
    short, full = (left, right) if left.acronym else (right, left)
    if len(short.acronym) < 2:
        return None
    if len(full.words) < 2:
        return None
    if short.script != full.script:
        return Verdict(
            0.4, f"{short.text.strip()} is an acronym of another script: spelling cannot tell"
        )
    made = spells(short.acronym, full)
    if made == 1:
        return Verdict(0.93, f"{short.acronym} are the initials of {full.text.strip()}")
    if made:
        return Verdict(0.8, f"{short.acronym} can be made of {full.text.strip()}")
    if short.lang and short.lang == full.lang:
        return Verdict(0.06, f"{short.acronym} are not the initials of {full.text.strip()}")
    why = f"{short.acronym} are not the initials of {full.text.strip()}"
    return Verdict(0.25, why + ": perhaps those of another language")


def spells(acronym: str, full: Name) -> float:
    """Whether letters are the initials of words: 1 fully, 0.5 loosely, 0 not at all."""
    letters = acronym.lower()
    joiners = words_of("joiner", full.lang)
    raw = [
        part.lower()
        for word in full.text.replace("'", " ").replace("’", " ").split()
        for part in _HYPHEN.split(word)
        if part[:1].isalnum()
    ]
    content = [word for word in raw if word not in joiners] or raw
    for words in (content, raw):
        if "".join(_first(word, full.script) for word in words) == letters:
            return 1.0
    return 0.5 if len(letters) >= 3 and _loose(letters, content) else 0.0


def _first(word: str, script: str | None) -> str:
    return "".join(symbols(word[:1], script or LATIN))[:1]


def _loose(letters: str, words: list[str]) -> bool:
    """Whether the letters come in order from the words, each giving one to three from its start.

    Kemlu is *Kementerian Luar Negeri* only for its makers; Interpol, Unicef and Benelux are of
    this kind too. Every word but one must give a letter, the first must.
    """

    def rest(position: int, number: int, skipped: int) -> bool:
        if position == len(letters):
            return number == len(words) or (len(words) - number) + skipped <= 1
        if number == len(words):
            return False
        word = words[number]
        for size in (1, 2, 3):
            piece = letters[position : position + size]
            if (
                len(piece) == size
                and word.startswith(piece)
                and rest(position + size, number + 1, skipped)
            ):
                return True
        return bool(number) and skipped < 1 and rest(position, number + 1, skipped + 1)

    return rest(0, 0, 0)


def _both(left: Name, right: Name) -> Verdict | None:
    """Two acronyms that differ."""
    if left.script != right.script:
        first, second = (
            romanize("".join(symbols(n.acronym, n.script or LATIN)), n.script or LATIN)
            if n.script != LATIN else n.acronym.lower()
            for n in (left, right)
        )  # fmt: skip
        if first == second:
            return Verdict(0.9, "same acronym in another script")
        return Verdict(0.35, "acronyms of two scripts: spelling cannot tell")
    if left.acronym == right.acronym:
        return Verdict(0.985, "same acronym")
    if left.lang and right.lang and left.lang == right.lang:
        return Verdict(0.02, f"two acronyms: {left.acronym}, {right.acronym}")
    if sorted(left.acronym) == sorted(right.acronym) and len(left.acronym) > 2:
        return Verdict(0.75, f"same initials in another order: {left.acronym}, {right.acronym}")
    return Verdict(0.15, f"two acronyms: {left.acronym}, {right.acronym}")
