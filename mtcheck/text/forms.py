"""Which forms of words meet when a term is looked for: exact keys, and a looser comparison."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import fuzz

from mtcheck.text.languages import language, primary
from mtcheck.text.lemmas import dictionary_form, fold, lemma, readings

HYPHENS = frozenset("-‐‑‒–")
_MIDDLE_DOTS = frozenset("·・‧•")
SILENT = HYPHENS | _MIDDLE_DOTS
"""Marks that may be written or left out inside a term."""

_LEAST_STEM = 4  # characters that two loosely equal words have in common at their start
_MOST_ENDING = 3  # characters that may follow the common start, in one of them at most 2
_SHORT_STEM, _SHORT_ENDING = 3, 2  # a short word and its inflected form: тип, типа
_WHOLE_STEM, _LONG_ENDING = 5, 4  # a word and its derivative: баланс, балансовый
_LEAST_SHARE = 0.6  # of the longer word that the common start must make
_SAME = 88.0  # similarity in percent from which two long words are spellings of one
_LONG = 6
_LEAST_PARTICLE_STEM = 2  # Korean nouns are two syllables or more
_LEAST_PART = 4  # characters of a word that may begin a compound
_LEAST_LAST_PART, _LEAST_INNER_PART = 3, 5  # the same at its end and in its middle

# Letters that are written one for the other.
# Source: Larkey et al. 2002 (light10), normalization of Arabic; Persian forms of kaf and yeh.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ئ": "ي", "ی": "ي", "ؤ": "و", "ة": "ه", "ک": "ك",
        "ё": "е", "’": "'", "ʼ": "'", "‘": "'",
    }
)  # fmt: skip


@cache
def _facts() -> dict[tuple[str, str], str]:
    text = resources.files("mtcheck").joinpath("data/term_words.tsv").read_text("utf-8")
    table = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            lang, kind, words = line.split("\t")
            table[lang, kind] = words
    return table


@cache
def articles(lang: str) -> frozenset[str]:
    """Articles that may stand inside a term or not, folded."""
    words = _facts().get((primary(lang), "article"), "").split()
    return frozenset(spelled(word) for word in words)


@cache
def linkers(lang: str) -> frozenset[str]:
    """Characters that may stand between the parts of an unspaced term."""
    return frozenset(_facts().get((primary(lang), "linker"), "").split())


@cache
def compounds(lang: str) -> bool:
    """Whether a term may be written as part of one longer word."""
    return (primary(lang), "compound") in _facts()


def is_participle(word: str, lang: str) -> bool:
    """Whether a word ends like a participle, which dictionaries file under the verb."""
    endings = tuple(_facts().get((primary(lang), "participle"), "").split())
    return bool(endings) and len(word) >= _LONG and fold(word).endswith(endings)


@cache
def _contractions(lang: str) -> dict[str, str]:
    pairs = _facts().get((primary(lang), "contraction"), "").split()
    return {spelled(a): spelled(b) for a, b in (pair.split("=") for pair in pairs)}


@cache
def _particles(lang: str) -> tuple[str, ...]:
    return tuple(_facts().get((primary(lang), "particle"), "").split())


@cache
def _verb_prefixes(lang: str) -> tuple[tuple[str, str], ...]:
    pairs = _facts().get((primary(lang), "prefix"), "").split()
    return tuple((a, b) for a, b in (pair.split("=") for pair in pairs))


@cache
def _verb_suffixes(lang: str) -> tuple[str, ...]:
    return tuple(_facts().get((primary(lang), "suffix"), "").split())


def spelled(word: str) -> str:
    """Folded form with letters that are written one for the other made one."""
    return fold(word).translate(_LETTERS)


@lru_cache(maxsize=200_000)
def word_keys(word: str, lang: str) -> tuple[str, ...]:
    """Keys of a word: words with a key in common are forms of one word.

    Args:
        word: One token.
        lang: BCP 47 tag.

    Returns:
        Its spelling first, its dictionary form second, then further readings.
    """
    surface = spelled(word)
    found = [surface, spelled(lemma(word, lang))]
    found += (_contractions(lang).get(surface, surface),)
    if len(word) > 2 and word.endswith("s") and word[:-1].isupper():
        found.append(spelled(word[:-1]))  # a plural acronym: CDCs
    facts = language(lang)
    if facts.prefixes:
        # Stripping alone misses broken plurals, which the dictionary has.
        for form in (fold(word), lemma(word, lang)):
            found.append(spelled(dictionary_form(form, primary(lang))))
    for reading in readings(fold(word), lang)[1:]:
        found += (spelled(reading), spelled(lemma(reading, lang)))
    for particle in _particles(lang):
        if surface.endswith(particle) and len(surface) - len(particle) >= _LEAST_PARTICLE_STEM:
            found.append(surface[: -len(particle)])
    halves = [part for part in surface.split("-") if part]
    if facts.joins_hyphens and len(halves) == 2 and _is_doubled(halves, lang):
        found.append(spelled(lemma(halves[0], lang)))
    # The first two keep their places, also where they are the same.
    return (*found[:2], *dict.fromkeys(key for key in found[2:] if key not in found[:2]))


def _is_doubled(halves: list[str], lang: str) -> bool:
    return spelled(lemma(halves[0], lang)) == spelled(lemma(halves[1], lang))


def loosely_same(token: tuple[str, ...], term: tuple[str, ...], lang: str) -> bool:
    """Whether two words may be forms of one: a common start, a like spelling, a verb prefix.

    *Minister* and *ministry* are loosely the same: only words that the alignment links should
    be compared so.

    Args:
        token: Keys of a word of a text.
        term: Keys of a word of a term.
        lang: BCP 47 tag.
    """
    for a in token[:2]:
        for b in term[:2]:
            if _common_start(a, b):
                return True
            if min(len(a), len(b)) >= _LONG and a[0] == b[0] and fuzz.ratio(a, b) >= _SAME:
                return True
    prefixes = _verb_prefixes(lang)
    if not prefixes:
        return False
    return bool(_verb_stems(token[0], lang) & _verb_stems(term[0], lang))


def _common_start(a: str, b: str) -> bool:
    shared = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        shared += 1
    shortest, longest = sorted((len(a), len(b)))
    ending, other = longest - shared, shortest - shared
    if other == 0:
        if shared >= _WHOLE_STEM:
            return ending <= _LONG_ENDING
        if shared >= _SHORT_STEM:
            return ending <= _SHORT_ENDING
    return (
        shared >= _LEAST_STEM
        and ending <= _MOST_ENDING
        and other < _MOST_ENDING
        and shared >= _LEAST_SHARE * longest
    )


@lru_cache(maxsize=50_000)
def _verb_stems(word: str, lang: str) -> frozenset[str]:
    """A word and what it may be without its verb prefix and suffix."""
    stems = {word}
    for prefix, replaced in _verb_prefixes(lang):
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_STEM - 1:
            stems.add(replaced + word[len(prefix) :])
    for suffix in _verb_suffixes(lang):
        stems |= {
            s[: -len(suffix)]
            for s in tuple(stems)
            if s.endswith(suffix) and len(s) - len(suffix) >= _LEAST_STEM
        }
    return frozenset(stems)


def is_part(token: tuple[str, ...], term: tuple[str, ...], lang: str) -> bool:
    """Whether a word of a term is part of a compound of the text.

    Only languages that write compounds in one word have any.

    Args:
        token: Keys of the word of the text.
        term: Keys of the word of the term.
        lang: BCP 47 tag.
    """
    if not compounds(lang):
        return False
    cased = language(lang).cased
    return any(_holds(whole, part, cased=cased) for part in term[:2] for whole in token[:2])


def _holds(whole: str, part: str, *, cased: bool) -> bool:
    at = whole.find(part)
    if at < 0 or len(whole) == len(part):
        return False
    if not cased:  # Korean: a syllable is two or three letters
        return len(part) >= 2
    last = whole.rfind(part)
    if len(part) >= _LEAST_INNER_PART or (at == 0 and len(part) >= _LEAST_PART):
        return True
    return len(part) >= _LEAST_LAST_PART and len(whole) - last - len(part) <= _SHORT_ENDING
