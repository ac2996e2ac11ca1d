"""Put errors into names of a translation: what machine translation does to them.

Every error is one that a desk would mark; what a desk accepts (short forms, role nouns, exonyms)
is in the clean text beside it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.document import Mention

KINDS = ("swap", "swap", "swap", "letters", "part", "drop", "drop", "add")


@dataclass(frozen=True, slots=True)
class Damage:
    """One error in a line.

    Attributes:
        kind: Which.
        line: The damaged line.
        start: Where the wrong words stand in it; for a drop the place.
        end: One past their end; equals ``start`` for a drop.
        original: The right words; empty for an addition.
        original_start: Where they stood.
    """

    kind: str
    line: str
    start: int
    end: int
    original: str
    original_start: int


class Pool:
    """Names by language and type, with the document they come from."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)

    def add(self, lang: str, document: str, names: Sequence[Mention]) -> None:
        """Keep the surest names of a document."""
        for name in names:
            if name.label in {"PER", "ORG", "LOC"} and name.score >= 0.8:
                self._names[lang, name.label].append((name.span.text, document))

    def draw(self, rng: random.Random, lang: str, label: str, document: str, like: str) -> str:
        """A name of another document of about the same length; empty where there is none."""
        names = [
            text
            for text, origin in self._names[lang, label]
            if origin != document and text.casefold() != like.casefold()
        ]
        if not names:
            return ""
        few = rng.sample(names, min(6, len(names)))
        return min(few, key=lambda text: abs(len(text) - len(like)))


def damage(
    rng: random.Random, line: str, names: Sequence[Mention], lang: str, document: str, pool: Pool
) -> Damage | None:
    """One error in one of the names of a line; ``None`` where none can be made.

    Args:
        rng: Source of chance.
        line: A line of the translation.
        names: Its names, with offsets in the line.
        lang: Its language.
        document: Its document: names of others are put in.
        pool: Names to put in.
    """
    sure = [n for n in names if n.score >= 0.8 and len(n.span.text) >= 2]
    if not sure:
        return None
    name = rng.choice(sure)
    kind = rng.choice(KINDS)
    text, start, end = name.span.text, name.span.start, name.span.end
    if kind in {"swap", "add"}:
        other = pool.draw(rng, lang, name.label, document, text)
        if not other:
            return None
        if kind == "swap":
            return _put(kind, line, start, end, other)
        joined = text + _and(lang) + other
        made = line[:start] + joined + line[end:]
        at = start + len(joined) - len(other)
        return Damage(kind, made, at, at + len(other), "", start)
    if kind == "drop":
        made = (line[:start].rstrip() + line[end:]) if start else line[end:].lstrip()
        at = len(line[:start].rstrip())
        return Damage(kind, made, at, at, text, start)
    if kind == "part":
        words = text.split(" ")
        if len(words) < 2:
            return None
        k = rng.randrange(len(words))
        other = pool.draw(rng, lang, name.label, document, text).split(" ")
        word = other[min(k, len(other) - 1)]
        if not word or word.casefold() == words[k].casefold() or len(words[k]) < 3:
            return None
        return _put(kind, line, start, end, " ".join([*words[:k], word, *words[k + 1 :]]))
    return _letters(rng, line, start, end)


def _put(kind: str, line: str, start: int, end: int, new: str) -> Damage:
    return Damage(
        kind, line[:start] + new + line[end:], start, start + len(new), line[start:end], start
    )


def _letters(rng: random.Random, line: str, start: int, end: int) -> Damage | None:
    """Two letters of the name exchanged for others of its script, or one Han character."""
    text = line[start:end]
    places = [k for k, c in enumerate(text) if c.isalpha() and k > 0]
    unspaced = any("\u3040" <= c <= "\u9fff" for c in text)
    if len(text) < (2 if unspaced else 5) or len(places) < 2:
        return None
    letters = sorted({c for c in line.lower() if c.isalpha() and c.isascii() == text[1].isascii()})
    made = list(text)
    for k in rng.sample(places, 1 if unspaced else 2):
        made[k] = rng.choice(letters)
    if "".join(made).casefold() == text.casefold():
        return None
    return _put("letters", line, start, end, "".join(made))


def _and(lang: str) -> str:
    words = {"en": " and ", "id": " dan ", "fr": " et ", "es": " y ", "de": " und ", "pt": " e "}
    words |= {"ru": " и ", "ar": " و", "zh": "和", "ja": "と", "ko": "와 ", "tr": " ve "}
    words |= {"vi": " và ", "ms": " dan ", "hi": " और ", "th": "และ"}
    return words[lang]
