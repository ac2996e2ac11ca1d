"""What the gazetteer and the concept table say about two names."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from mtcheck.names.gazetteer import (
    Entity,
    gazetteer_key,
    generic_words,
    inside_unspaced,
    label,
    lookup,
    phrases,
)
from mtcheck.names.parts import Name, Word, unspaced, words_of
from mtcheck.names.scripts import LATIN, script_of
from mtcheck.names.verdict import Verdict
from mtcheck.text.words import function_words

_SAME = 0.985
_SAME_ADJECTIVE = 0.95
_AMBIGUOUS = 0.93
_OTHER_OF_KIND = 0.01
_OTHER_KIND = 0.03
_CONCEPT_SAME = 0.9
_CONCEPT_OTHER = 0.03

_DICTIONARY = {"no": "nb", "fil": "tl", "sr": "hbs", "hr": "hbs", "bs": "hbs"}
"""Tags of the package simplemma where they differ from ours."""
_NONE: frozenset[str] = frozenset()

_KIND_NAMES = {
    "country": "countries", "region": "regions", "city": "cities", "lang": "languages",
    "currency": "currencies", "body": "bodies",
}  # fmt: skip

_ROMAJI = re.compile(
    r"^(?:(?:[kgnhmr]|[kgnhbpmr]y|sh|ch|j|b|p|ky|s(?!i)|z(?!i)|t(?![iu])|ts(?=u)|d(?![iu])|f(?=u)"
    r"|w(?=a)|y(?![ie])|kk|ss(?=h|a|e|o|u)|tt|pp|t(?=ch))?[aiueo]|n(?![aiueoy])|h(?=[^aiueo]|$)|t(?=ch)"
    r"|[ks](?=[ks])|m(?=[pbm]))+$"
)
"""Syllables of Japanese in Hepburn romanization."""


def compare(left: Name, right: Name) -> Verdict | None:
    """Two names that the gazetteer both knows; ``None`` where it lacks one."""
    first, second = _entities(left), _entities(right)
    if not first or not second:
        return None
    shared = sorted({e.id for e in first} & {e.id for e in second})
    if shared:
        best = shared[0]
        adjective = any(e.id == best and e.demonym for e in (*first, *second))
        both = all(any(e.id == best and e.demonym for e in side) for side in (first, second))
        if adjective and not both:
            return Verdict(_SAME_ADJECTIVE, f"{label(best)} and its adjective or inhabitants")
        if len(first) > 1 and len(second) > 1 and len(shared) < min(len(first), len(second)):
            return Verdict(_AMBIGUOUS, f"both may name {label(best)}")
        return Verdict(_SAME, f"both name {label(best)}")
    x, y = _prominent(first), _prominent(second)
    kinds = sorted({e.kind for e in first} & {e.kind for e in second})
    if kinds:
        x = next(e for e in first if e.kind == kinds[0])
        y = next(e for e in second if e.kind == kinds[0])
        kind = _KIND_NAMES.get(kinds[0], kinds[0])
        return Verdict(_OTHER_OF_KIND, f"{label(x.id)} and {label(y.id)} are different {kind}")
    return Verdict(_OTHER_KIND, f"{label(x.id)} is not {label(y.id)}")


def clash_inside(left: Name, right: Name) -> Verdict | None:
    """Longer names that hold different countries, regions or cities and share none."""
    if len(left.words) < 2 and not unspaced(left):
        return None
    if len(right.words) < 2 and not unspaced(right):
        return None
    first = _inside(left)
    second = _inside(right) if first else ()
    if not second:
        return None
    if {e.id for e in first} & {e.id for e in second}:
        return None
    for kind in ("country", "region", "city"):
        x = next((e for e in first if e.kind == kind), None)
        y = next((e for e in second if e.kind == kind), None)
        if x and y:
            return Verdict(0.02, f"{label(x.id)} in the one, {label(y.id)} in the other")
    return None


def concepts(left: Name, right: Name) -> Verdict | None:
    """Titles of bodies and offices that the concept table lists."""
    if left.lang is None or right.lang is None:
        return None
    first, second = _concepts_of(left.text, left.lang), _concepts_of(right.text, right.lang)
    if not first or not second:
        return None
    shared = sorted(first & second)
    if shared:
        return Verdict(_CONCEPT_SAME, f"both are listed for {_concept_name(shared[0])}")
    from mtcheck.concepts import distinct_pairs

    pairs = distinct_pairs()
    if all((x, y) in pairs for x in first for y in second):
        x, y = (_concept_name(min(side)) for side in (first, second))
        return Verdict(_CONCEPT_OTHER, f"{x} is not {y}")
    return None


def mean_the_same(x: Word, x_lang: str | None, y: Word, y_lang: str | None) -> bool:
    """Whether two words of names are one country, city or body, or words of one concept.

    *Universitas* and *University*, *Jepang* and *Japan*, *Gunung* and *Mount*: no sound tells them.
    """
    if x_lang is None or y_lang is None:
        return False
    kinds = generic_words(x_lang).get(x.key, _NONE) & generic_words(y_lang).get(y.key, _NONE)
    if kinds or _concepts_of(x.text, x_lang) & _concepts_of(y.text, y_lang):
        return True
    return bool({e.id for e in lookup(x.text, x_lang)} & {e.id for e in lookup(y.text, y_lang)})


def is_ordinary(word: Word, lang: str | None) -> bool:
    """Whether a word of a name is one of the dictionary: a kind of thing, a term of the news."""
    if lang is None:
        return False
    return bool(word.key in generic_words(lang) or _concepts_of(word.text, lang))


@lru_cache(maxsize=8192)
def is_proper(word: Word, lang: str | None) -> bool:
    """Whether a word of a name is in no dictionary of its language, so that none translates it.

    Without a dictionary of the language the answer is no: the word may be ordinary.
    """
    from simplemma import is_known

    if lang is None or is_ordinary(word, lang):
        return False
    try:
        return not is_known(word.text.lower(), lang=_DICTIONARY.get(lang, lang))
    except ValueError:
        return False


def looks_japanese(key: str) -> bool:
    """Whether a folded Latin word is made of Japanese syllables."""
    return bool(_ROMAJI.match(key))


@lru_cache(maxsize=16384)
def is_descriptive(name: Name) -> bool:
    """Whether a name is made of ordinary words, so that its translation sounds different.

    A function word, a word in lower case or a word of the concept table says so.
    """
    if name.lang is None:
        joiners = words_of("joiner", "en")
    else:
        joiners = words_of("joiner", name.lang) | function_words(name.lang)
    words = name.text.split()
    if name.script == LATIN and len(words) > 1:
        plain = [w.strip("'’\"()[],.").lower() for w in words]
        if any(w in joiners for w in plain[1:]) and not _is_particle(name):
            return True
    if name.lang is None:
        return False
    return any(is_ordinary(word, name.lang) for word in name.words) or (
        unspaced(name) and _holds_concept(name)
    )


def _is_particle(name: Name) -> bool:
    """Whether all small words of a name are those of persons (de, van, bin)."""
    particles = words_of("particle", name.lang)
    small = [w for w in name.text.split() if w[:1].islower()]
    return bool(small) and all(w in particles for w in small)


@lru_cache(maxsize=8192)
def _holds_concept(name: Name) -> bool:
    text = name.text.strip()
    return any(
        _concepts_of(text[start:], name.lang or "") or _concepts_of(text[:-start], name.lang or "")
        for start in range(1, min(len(text) - 1, 12))
    )


@lru_cache(maxsize=16384)
def _concepts_of(text: str, lang: str) -> frozenset[str]:
    """Concepts that list a term; folded, but without lemmas, whose dictionaries load slowly."""
    script = script_of(text)
    if script is None:
        return frozenset()
    key = gazetteer_key(text, script)
    return _terms(lang).get("!" + key if text.isupper() else key, frozenset())


@cache
def _terms(lang: str) -> dict[str, frozenset[str]]:
    """Concepts by folded term; acronyms with "!" before them, for WHO is not who."""
    from mtcheck.concepts import load_concepts

    found: dict[str, set[str]] = defaultdict(set)
    for concept in load_concepts().values():
        for term in concept.terms.get(lang, ()):
            script = script_of(term)
            if script is not None:
                key = gazetteer_key(term, script)
                if not term.isupper():
                    found[key].add(concept.id)
                # A term may stand in capitals, an acronym must.
                found["!" + key].add(concept.id)
    return {key: frozenset(concepts) for key, concepts in found.items()}


def _concept_name(concept: str) -> str:
    from mtcheck.concepts import load_concepts

    return load_concepts()[concept].terms["en"][0]


def _entities(name: Name) -> tuple[Entity, ...]:
    found = lookup(name.text, name.lang)
    if found or len(name.core) != 1:
        return found
    # Inflected: the forms the word may stand for.
    return tuple(
        dict.fromkeys(
            e for reading in name.core[0].readings[1:] for e in lookup(reading, name.lang)
        )
    )


@lru_cache(maxsize=16384)
def _inside(name: Name) -> tuple[Entity, ...]:
    if unspaced(name):
        return inside_unspaced(name.text.strip(), name.lang)
    return phrases(tuple((w.text, w.key) for w in name.words), name.lang)


def _prominent(entities: tuple[Entity, ...]) -> Entity:
    order = ("country", "body", "city", "region", "currency", "lang")
    return min(entities, key=lambda e: (order.index(e.kind) if e.kind in order else 9, e.id))
