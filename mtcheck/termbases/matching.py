"""Find the terms of a termbase in a text: inflected, hyphenated, longest first.

A trie over words (over characters where words are not spaced) is walked from every position
along all keys that a word has. What lies inside a longer match, or inside a longer word, is no
match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mtcheck.document import Sentence, Side, Span
from mtcheck.termbase import SOURCE_SIDE, TARGET_SIDE, Term, Termbase, TermEntry
from mtcheck.termbases.words import (
    Words,
    characters,
    content_of,
    hyphen_parts,
    is_acronym,
    minds_case,
    term_tokens,
    variants,
)
from mtcheck.text.forms import HYPHENS, is_participle, spelled, word_keys
from mtcheck.text.languages import language, same_language
from mtcheck.text.words import function_words

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)[@#]\w+", re.IGNORECASE)
_LEAST_LOWER = 5  # terms of one word without a capital that make the capitals of others count
_LEAST_LOOSE = 4  # unspaced characters that may begin or end inside what the tokenizer takes as one

Sense = tuple[TermEntry, Term]


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a text.

    Attributes:
        span: Where.
        senses: The concepts it may stand for, each with the term that matched.
    """

    span: Span
    senses: tuple[Sense, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    senses: list[tuple[TermEntry, Term, str]] = field(default_factory=list)


class TermIndex:
    """The terms of one language, ready to be found.

    Args:
        termbase: The termbase.
        lang: BCP 47 tag of the texts.
        side: ``x-source`` or ``x-target``: which terms without a language are meant.
    """

    def __init__(self, termbase: Termbase, lang: str, *, side: str = SOURCE_SIDE) -> None:
        if side not in {SOURCE_SIDE, TARGET_SIDE}:
            raise ValueError(f"side must be {SOURCE_SIDE} or {TARGET_SIDE}, not {side!r}")
        self.lang = lang
        self.side = side
        self._spaced = language(lang).spaced
        self._root = _Node()
        mine = [
            (entry, term)
            for entry in termbase
            for term in entry.terms
            if term.lang == side or same_language(term.lang, lang)
        ]
        self._size = len(mine)
        self._capitals_count = _capitals_count([term.text for _, term in mine], lang)
        for entry, term in mine:
            for text in variants(term.text):
                self._add(entry, term, text)

    def __len__(self) -> int:
        return self._size

    def match(self, text: Side) -> tuple[TermMatch, ...]:
        """All matches in a text, in text order, none inside a longer one."""
        if not self._root.children:
            return ()
        find = self._in_words if self._spaced else self._in_characters
        found = [m for sentence in text.sentences for m in find(text, sentence)]
        addresses = [m.span() for m in _ADDRESS.finditer(text.text)]
        if addresses:
            found = [
                match for match in found if not any(a <= match.span.start < b for a, b in addresses)
            ]
        kept: list[TermMatch] = []
        taken: list[Span] = []
        for match in sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start)):
            if not any(match.span.overlaps(other) for other in taken):
                taken.append(match.span)
                kept.append(match)
        return tuple(sorted(kept, key=lambda m: m.span))

    # -------------------------------------------------------------- building

    def _add(self, entry: TermEntry, term: Term, text: str) -> None:
        for path in self._paths(text):
            node = self._root
            for key in path:
                node = node.children.setdefault(key, _Node())
            if not any(e is entry and t is term for e, t, _ in node.senses):
                node.senses.append((entry, term, text))

    def _paths(self, text: str) -> set[tuple[str, ...]]:
        """Key sequences under which a term is found."""
        if not self._spaced:
            folded, _ = characters(text)
            return {tuple(folded)} - {()}
        tokens = term_tokens(text, self.lang)
        words = content_of(tokens, self.lang)
        if not words.keys:  # all articles: a name such as "The The"
            words = Words(list(tokens), [word_keys(t, self.lang) for t in tokens], [])
        paths = {tuple(keys[0] for keys in words.keys)}
        fixed = len(words.tokens) == 1 and is_participle(words.tokens[0], self.lang)
        if not is_acronym(text) and not fixed:  # "wanted" is not "want"
            paths.add(tuple(keys[1] for keys in words.keys))
        if len(tokens) > 1 and language(self.lang).joins_hyphens:
            paths.add((spelled("-".join(tokens)),))
        parts = [part for token in tokens for part in hyphen_parts(token)]
        if len(parts) > len(tokens):
            pieces = content_of(parts, self.lang)
            paths.add(tuple(keys[0] for keys in pieces.keys))
        if len(words.keys) == 2 and all(t.isalpha() for t in words.tokens):
            joined = "".join(words.tokens)  # "data base" is also "database"
            paths.add((spelled(joined),))
        return paths - {()}

    # -------------------------------------------------------------- finding

    def _in_words(self, text: Side, sentence: Sentence) -> Iterator[TermMatch]:
        tokens = text.tokens[sentence.first_token : sentence.last_token]
        words = content_of((token.text for token in tokens), self.lang)
        loud = not any(c.islower() for c in sentence.span.text)
        for start, first in enumerate(words.indices):
            if _follows_hyphen(tokens, first):
                continue
            longest: tuple[int, list[Sense]] | None = None
            for length, node in _walk(self._root, words.keys, start):
                surface = words.tokens[start : start + length]
                senses = [
                    (entry, term)
                    for entry, term, wanted in node.senses
                    if self._case_fits(term, wanted, surface, loud=loud)
                ]
                if senses and (longest is None or length > longest[0]):
                    longest = length, senses
                elif senses and longest is not None and length == longest[0]:
                    longest[1].extend(s for s in senses if not _holds(longest[1], s))
            if longest is not None:
                last = words.indices[start + longest[0] - 1]
                if is_acronym(tokens[last].text) and _precedes_hyphen(tokens, last):
                    continue
                span = Span.of(text.text, tokens[first].start, tokens[last].end)
                yield TermMatch(span, tuple(longest[1]))

    def _case_fits(self, term: Term, wanted: str, surface: Sequence[str], *, loud: bool) -> bool:
        if len(surface) == 1 and term.part_of_speech == "noun":
            word = surface[0]
            if is_participle(word, self.lang) and spelled(word) != spelled(wanted):
                return False  # "commissioned" is no form of the noun "commission"
        if not minds_case(term, wanted, self.lang):
            named = self._capitals_count and term.case_sensitive is None and len(surface) == 1
            return not (named and wanted[:1].isupper() and surface[0][:1].islower())
        if loud:  # a headline in capitals: WHO may be who
            return spelled(wanted) not in function_words(self.lang)
        words = content_of(term_tokens(wanted, self.lang), self.lang).tokens
        if len(words) != len(surface):
            return _without_hyphens(words) == _without_hyphens(surface)
        return all(_same_case(a, b) for a, b in zip(words, surface, strict=True))

    def _in_characters(self, text: Side, sentence: Sentence) -> Iterator[TermMatch]:
        base = sentence.span.start
        folded, places = characters(sentence.span.text)
        bounds = {t.start for t in text.tokens[sentence.first_token : sentence.last_token]}
        bounds |= {t.end for t in text.tokens[sentence.first_token : sentence.last_token]}
        for start in range(len(folded)):
            node: _Node | None = self._root
            longest: tuple[int, _Node] | None = None
            for position in range(start, len(folded)):
                node = node.children.get(folded[position]) if node else None
                if node is None:
                    break
                if node.senses:
                    first, last = base + places[start], base + places[position] + 1
                    if _is_whole(text, first, last, bounds):
                        longest = last, node
            if longest is not None:
                span = Span.of(text.text, base + places[start], longest[0])
                yield TermMatch(span, tuple((e, t) for e, t, _ in longest[1].senses))


def _capitals_count(texts: Sequence[str], lang: str) -> bool:
    """Whether capitals of terms of one word mean something: most of the others have none.

    Some termbases begin every entry with a capital.
    """
    facts = language(lang)
    if not facts.cased or facts.nouns_capitalized:
        return False
    words = [text for text in texts if " " not in text and not is_acronym(text)]
    lower = sum(text[:1].islower() for text in words)
    return lower >= _LEAST_LOWER and 2 * lower > len(words)


def _walk(root: _Node, keys: Sequence[tuple[str, ...]], start: int) -> Iterator[tuple[int, _Node]]:
    """Nodes with terms that can be reached from a position, with the words used."""
    reached = {id(root): root}
    for length, position in enumerate(range(start, len(keys)), start=1):
        following: dict[int, _Node] = {}
        for node in reached.values():
            for key in keys[position]:
                child = node.children.get(key)
                if child is not None:
                    following[id(child)] = child
        if not following:
            return
        for node in following.values():
            if node.senses:
                yield length, node
        reached = following


def _holds(senses: Sequence[Sense], sense: Sense) -> bool:
    return any(entry is sense[0] and term is sense[1] for entry, term in senses)


def _without_hyphens(words: Sequence[str]) -> str:
    return "".join(part for word in words for part in hyphen_parts(word))


def _same_case(wanted: str, found: str) -> bool:
    """Whether two forms of a word are capitalized alike; an acronym may have a plural s."""
    if is_acronym(wanted) and found.isupper():
        return True  # CoV and COV
    if wanted.isupper() and len(wanted) > 1:
        return found.isupper() or (found[-1:] == "s" and found[:-1] == wanted)
    return wanted[:1].isupper() == found[:1].isupper() and found.isupper() == wanted.isupper()


def _follows_hyphen(tokens: Sequence[Span], index: int) -> bool:
    """Whether a word is the second part of a hyphenated one: *self-quarantine*."""
    if index < 2 or tokens[index - 1].text not in HYPHENS:
        return False
    mark, before = tokens[index - 1], tokens[index - 2]
    glued = before.end == mark.start and mark.end == tokens[index].start
    return glued and before.text[-1:].isalpha()


def _precedes_hyphen(tokens: Sequence[Span], index: int) -> bool:
    """Whether an acronym is the first part of a longer code: *SARS-CoV-2*, but not *US-led*."""
    if index + 2 >= len(tokens) or tokens[index + 1].text not in HYPHENS:
        return False
    mark, after = tokens[index + 1], tokens[index + 2]
    glued = tokens[index].end == mark.start and mark.end == after.start
    return glued and not any(c.islower() for c in after.text[:1]) and after.text[:1].isalnum()


def _is_whole(text: Side, start: int, end: int, bounds: set[int]) -> bool:
    """Whether an unspaced match is no piece of a longer word."""
    whole = text.text
    for left, right in ((start - 1, start), (end - 1, end)):
        if left >= 0 and right < len(whole) and _glues(whole[left], whole[right]):
            return False
    if start in bounds and end in bounds:
        return True
    inside = not any(start < bound < end for bound in bounds) and not (
        start in bounds or end in bounds
    )
    return end - start >= _LEAST_LOOSE and not inside


def _glues(left: str, right: str) -> bool:
    """Whether a word certainly goes on between two characters."""
    if unicodedata.category(right).startswith("M"):
        return True
    kinds = _kind(left), _kind(right)
    return kinds[0] == kinds[1] != ""


def _kind(character: str) -> str:
    if "\u30a0" <= character <= "\u30ff" and character != "・":
        return "katakana"
    if character.isalnum() and character < "\u0e00":
        return "digit" if character.isdigit() else "letter"
    return ""
