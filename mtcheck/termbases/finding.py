"""Find the forms that the house accepts, or rejects, in some sentences of the translation.

Two grades. *Sure*: the words as they stand or inflected, in order, articles apart. *Loose*: like
spelling, another order, a few words between, a part of a compound. Looser forms need the support
of the alignment; that is for the caller to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.document import Side, Span
from mtcheck.termbase import Term
from mtcheck.termbases.words import (
    characters,
    hyphen_parts,
    minds_case,
    term_tokens,
    variants,
)
from mtcheck.text.forms import HYPHENS, is_part, linkers, loosely_same, spelled, word_keys
from mtcheck.text.forms import articles as articles_of
from mtcheck.text.languages import language
from mtcheck.text.words import is_content

_WIDEST = 3  # words that may stand between the words of a loosely found form
_LONGEST_SHORT = 3  # unspaced characters up to which a form is not found with others in between

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands.

    Attributes:
        span: From its first to its last word.
        tokens: Indices of the tokens of the side that make it.
        sure: The form stands there inflected at most.
        term: The term whose form it is.
    """

    span: Span
    tokens: tuple[int, ...]
    sure: bool
    term: Term

    def overlaps(self, other: Place) -> bool:
        """Whether the two share text."""
        return self.span.overlaps(other.span)

    def inside(self, other: Place) -> bool:
        """Whether it lies in a longer place."""
        return other.span.contains(self.span) and self.span != other.span


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: one token, or several that hyphens join."""

    text: str
    keys: Key
    tokens: tuple[int, ...]


class Finder:
    """Finds forms in a stretch of one side.

    Args:
        side: The side.
        tokens: The tokens to look in.
    """

    def __init__(self, side: Side, tokens: range) -> None:
        self.side = side
        self.lang = side.lang
        self._tokens = tokens
        self._spaced = language(side.lang).spaced
        self._words: list[_Word] = []
        self._joined: list[_Word] = []
        self._folded: str = ""
        self._places: list[int] = []
        if not tokens:
            return
        if self._spaced:
            self._read_words()
        else:
            cover = side.cover(tokens)
            folded, places = characters(cover.text)
            self._folded = "".join(folded)
            self._places = [cover.start + place for place in places]

    def find(self, term: Term) -> list[Place]:
        """All places of a term, sure ones first."""
        if not self._tokens:
            return []
        found: list[Place] = []
        for text in variants(term.text):
            search = self._search_words if self._spaced else self._search_characters
            for place in search(text, term):
                if not any(place.overlaps(other) for other in found):
                    found.append(place)
        return sorted(found, key=lambda place: (not place.sure, place.span))

    # -------------------------------------------------------------- words

    def _read_words(self) -> None:
        tokens = self.side.tokens
        skipped = articles_of(self.lang)
        for index in self._tokens:
            token = tokens[index].text
            if token in HYPHENS or spelled(token) in skipped:
                continue
            parts = hyphen_parts(token)
            if len(parts) > 1:  # one word to the tokenizer, perhaps two to the house
                self._joined.append(_Word(token, word_keys(token, self.lang), (index,)))
            self._words += [_Word(part, word_keys(part, self.lang), (index,)) for part in parts]
        run: list[int] = []
        for index in (*self._tokens, None):
            if index is not None and run and tokens[run[-1]].end == tokens[index].start:
                glued = tokens[index].text in HYPHENS or tokens[run[-1]].text in HYPHENS
                if glued:
                    run.append(index)
                    continue
            if len(run) >= 3:
                self._join(run)
            run = [index] if index is not None else []

    def _join(self, run: Sequence[int]) -> None:
        parts = [k for k in run if self.side.tokens[k].text not in HYPHENS]
        text = "".join(self.side.tokens[k].text for k in parts)
        self._joined.append(_Word(text, word_keys(text, self.lang), tuple(parts)))

    def _search_words(self, text: str, term: Term) -> Iterator[Place]:
        tokens = [
            part
            for token in term_tokens(text, self.lang)
            if token not in HYPHENS
            for part in hyphen_parts(token)
        ]
        skipped = articles_of(self.lang)
        wanted = [t for t in tokens if spelled(t) not in skipped] or tokens
        keys = [word_keys(token, self.lang) for token in wanted]
        cased = minds_case(term, text, self.lang)
        yield from self._in_order(wanted, keys, term, cased=cased)
        joined = spelled("".join(wanted))
        for word in (*self._words, *self._joined):
            if len(wanted) > 1 or word in self._joined:
                joins = any(key == joined for key in word.keys[:2])
                if joins or (len(wanted) == 1 and _meet(word.keys, keys[0])):
                    yield self._place(word.tokens, term, sure=True)
        content = [
            key for token, key in zip(wanted, keys, strict=True) if is_content(token, self.lang)
        ]
        yield from self._loosely(content or keys, term)

    def _in_order(
        self, wanted: Sequence[str], keys: Sequence[Key], term: Term, *, cased: bool
    ) -> Iterator[Place]:
        """Sure places: all words one after the other."""
        n = len(keys)
        for start in range(len(self._words) - n + 1):
            here = self._words[start : start + n]
            if not all(_meet(word.keys, key) for word, key in zip(here, keys, strict=True)):
                continue
            same = [a.text.casefold() == b.casefold() for a, b in zip(here, wanted, strict=True)]
            # An acronym in other capitals is another word, unless the alignment says the same.
            sure = not cased or all(
                word.text[:1].isupper() == token[:1].isupper()
                for word, token, equal in zip(here, wanted, same, strict=True)
                if equal
            )
            yield self._place([k for word in here for k in word.tokens], term, sure=sure)

    def _loosely(self, content: Sequence[Key], term: Term) -> Iterator[Place]:
        """Loose places: every content word near the others, in any order."""
        spots = [
            [
                position
                for position, word in enumerate(self._words)
                if _meet(word.keys, key)
                or loosely_same(word.keys, key, self.lang)
                or is_part(word.keys, key, self.lang)
            ]
            for key in content
        ]
        if not spots or not all(spots):
            return
        rarest = min(spots, key=len)
        for anchor in rarest:
            chosen = {min(spot, key=lambda p: (abs(p - anchor), p)) for spot in spots}
            if max(chosen) - min(chosen) + 1 <= len(content) + _WIDEST:
                yield self._place(
                    [k for p in sorted(chosen) for k in self._words[p].tokens], term, sure=False
                )

    # -------------------------------------------------------------- characters

    def _search_characters(self, text: str, term: Term) -> Iterator[Place]:
        wanted, _ = characters(text)
        for start, end in _occurrences(self._folded, "".join(wanted)):
            yield self._from_characters(start, end, term, sure=True)
        extra = linkers(self.lang)
        if extra and len(wanted) > _LONGEST_SHORT:
            kept = [k for k, c in enumerate(self._folded) if c not in extra]
            bare = "".join(self._folded[k] for k in kept)
            slim = "".join(c for c in wanted if c not in extra)
            for start, end in _occurrences(bare, slim):
                yield self._from_characters(kept[start], kept[end - 1] + 1, term, sure=True)

    def _from_characters(self, start: int, end: int, term: Term, *, sure: bool) -> Place:
        span = Span.of(self.side.text, self._places[start], self._places[end - 1] + 1)
        return Place(span, tuple(self.side.tokens_in(span)), sure, term)

    def _place(self, tokens: Sequence[int], term: Term, *, sure: bool) -> Place:
        distinct = tuple(sorted(set(tokens)))
        return Place(self.side.cover(distinct), distinct, sure, term)


def _meet(a: Key, b: Key) -> bool:
    """Whether two words have a key in common."""
    return a[0] == b[0] or any(key in b for key in a)


def _occurrences(text: str, part: str) -> Iterator[tuple[int, int]]:
    position = text.find(part) if part else -1
    while position >= 0:
        end = position + len(part)
        first, last = part[0], part[-1]
        glued_left = position > 0 and _latin(text[position - 1]) and _latin(first)
        glued_right = end < len(text) and _latin(text[end]) and _latin(last)
        if not glued_left and not glued_right:
            yield position, end
        position = text.find(part, position + 1)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
