"""What of a term or text counts for matching: words without articles, characters without blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mtcheck.termbase import Term
from mtcheck.text.forms import HYPHENS, SILENT, articles, spelled, word_keys
from mtcheck.text.languages import language
from mtcheck.text.tokenization import tokenize

_BRACKETED = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_AT_HYPHENS = re.compile("|".join(map(re.escape, sorted(HYPHENS))))


def variants(text: str) -> tuple[str, ...]:
    """A term with and without the bracket behind it; an acronym in the bracket by itself.

    ``Pusat Pengendalian Penyakit (CDC)`` is also either of its parts.
    """
    match = _BRACKETED.search(text)
    if match is None or not text[: match.start()].strip():
        return (text,)
    inside = match.group(1).strip()
    kept = (inside,) if is_acronym(inside) else ()
    return (text, text[: match.start()].strip(), *kept)


def is_acronym(text: str) -> bool:
    """Whether a text is one word in capitals, such as WHO or SARS-CoV-2."""
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return " " not in text and upper >= 2 and 2 * upper > len(letters)


def minds_case(term: Term, text: str, lang: str) -> bool:
    """Whether capitals belong to a term: the house says so, or it is an acronym."""
    if not language(lang).cased:
        return False
    return is_acronym(text) if term.case_sensitive is None else term.case_sensitive


@dataclass(slots=True)
class Words:
    """Words of a term or sentence that count for matching.

    Attributes:
        tokens: Their texts.
        keys: The keys of each.
        indices: The index of each among all tokens.
    """

    tokens: list[str]
    keys: list[tuple[str, ...]]
    indices: list[int]


def content_of(tokens: Iterable[str], lang: str) -> Words:
    """All words but articles and the marks that may be left out.

    Args:
        tokens: All tokens.
        lang: BCP 47 tag.
    """
    skipped = articles(lang)
    found = Words([], [], [])
    for index, token in enumerate(tokens):
        if token in SILENT or spelled(token) in skipped:
            continue
        found.tokens.append(token)
        found.keys.append(word_keys(token, lang))
        found.indices.append(index)
    return found


@lru_cache(maxsize=50_000)
def term_tokens(text: str, lang: str) -> tuple[str, ...]:
    """Tokens of a term; what was one with a hyphen may stand as several."""
    return tuple(text[a:b] for a, b in tokenize(text, lang))


def characters(text: str) -> tuple[list[str], list[int]]:
    """Folded characters of an unspaced text without blanks and silent marks, and their places."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace() or character in SILENT:
            continue
        for part in spelled(character) or character:
            folded.append(part)
            places.append(place)
    return folded, places


def hyphen_parts(token: str) -> list[str]:
    """Parts of a word between its hyphens; the word itself if it has none."""
    return [part for part in _AT_HYPHENS.split(token) if part] or [token]
