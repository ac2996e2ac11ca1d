"""When do two renderings of one name or term agree?

A rendering is reduced to the keys of its content words. Two agree when one is a shorter form of
the other, in any order and inflection; they compete when each holds content that the other
lacks. Languages without spaces compare characters: a shorter form is a subsequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mtcheck.document import Side, Span
from mtcheck.text.languages import language
from mtcheck.text.lemmas import fold, lemma, readings, same_word
from mtcheck.text.tokenization import tokenize
from mtcheck.text.words import function_words, is_content


@dataclass(frozen=True, slots=True)
class RenderingKey:
    """Content of a rendering.

    Attributes:
        words: Keys of the content words, or of the characters where words are not spaced.
        lang: BCP 47 tag.
        acronym: The rendering is one word in capitals.
    """

    words: tuple[str, ...]
    lang: str
    acronym: bool

    @classmethod
    def of(cls, side: Side, span: Span) -> RenderingKey:
        """Key of a span of a side."""
        return cls._of([side.tokens[k].text for k in side.tokens_in(span)], side.lang)

    @classmethod
    def of_text(cls, text: str, lang: str) -> RenderingKey:
        """Key of a word or phrase by itself."""
        return cls._of([text[a:b] for a, b in tokenize(text, lang)], lang)

    @classmethod
    def _of(cls, tokens: Sequence[str], lang: str) -> RenderingKey:
        if not language(lang).spaced:
            text = fold(_strip_edges("".join(tokens), lang))
            kept = tuple(c for c in text if c.isalnum())
            return cls(kept, lang, acronym=_is_acronym("".join(tokens)))
        content = [token for token in tokens if is_content(token, lang)]
        keys = tuple(lemma(token, lang) for token in content)
        return cls(keys, lang, acronym=len(content) == 1 and _is_acronym(content[0]))

    @property
    def spaced(self) -> bool:
        """Whether :attr:`words` are words and not characters."""
        return language(self.lang).spaced

    def __bool__(self) -> bool:
        return bool(self.words)

    def same(self, other: RenderingKey) -> bool:
        """Whether both have the same content, in any order."""
        if not self.spaced:
            return self.words == other.words
        return not self.lacks(other) and not other.lacks(self)

    def agrees(self, other: RenderingKey) -> bool:
        """Whether one may be a shorter form of the other."""
        if not self.words or not other.words:
            return True
        if self.acronym or other.acronym:
            return self._acronym_fits(other) or other._acronym_fits(self)
        if not self.spaced:
            short, long = sorted((self.words, other.words), key=len)
            return _is_subsequence(short, long)
        return not self.lacks(other) or not other.lacks(self)

    def abbreviates(self, other: RenderingKey) -> bool:
        """Whether every word stands in the other as it is; like spelling is not enough here.

        *minister* and *ministry* are spelled alike and are different things.
        """
        if not self.spaced:
            return _is_subsequence(self.words, other.words)
        known = {form for word in other.words for form in readings(word, other.lang)}
        return all(known.intersection(readings(word, self.lang)) for word in self.words)

    def lacks(self, other: RenderingKey) -> tuple[str, ...]:
        """Words of the other that have no form here."""
        return tuple(
            word
            for word in other.words
            if not any(same_word(word, mine, self.lang) for mine in self.words)
        )

    def shares(self, other: RenderingKey) -> bool:
        """Whether the two have any content in common."""
        if not self.spaced:
            return bool(set(self.words) & set(other.words))
        return any(same_word(a, b, self.lang) for a in self.words for b in other.words)

    def _acronym_fits(self, full: RenderingKey) -> bool:
        """An acronym agrees with anything it may abbreviate: with a full form it is no clash."""
        return self.acronym and (not full.acronym or self.words == full.words)


def _is_acronym(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return 2 <= len(letters) <= 8 and all(c.isupper() for c in letters) and text.isascii()


def _is_subsequence(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def _strip_edges(text: str, lang: str) -> str:
    """A text without marks at its ends and the one-letter function words glued behind it.

    In front they are left alone: 被告 begins with a function word and is none.
    """
    functions = function_words(lang)
    while len(text) > 1 and not text[0].isalnum():
        text = text[1:]
    while len(text) > 1 and (text[-1] in functions or not text[-1].isalnum()):
        text = text[:-1]
    return text


def trim(side: Side, span: Span) -> Span | None:
    """A span without the function words and marks at its ends; ``None`` if nothing is left."""
    tokens = list(side.tokens_in(span))

    def weak(index: int) -> bool:
        return not is_content(side.tokens[index].text, side.lang)

    while tokens and weak(tokens[0]):
        tokens.pop(0)
    while tokens and weak(tokens[-1]):
        tokens.pop()
    if not tokens:
        return None
    kept = side.cover(tokens)
    if language(side.lang).spaced:
        return kept
    inner = _strip_edges(kept.text, side.lang)
    start = kept.start + kept.text.index(inner)
    return Span.of(side.text, start, start + len(inner))
