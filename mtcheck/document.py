"""An article and its parts: documents, sides, spans, tokens, sentences, mentions.

All offsets are half-open and count Unicode code points of the string that the caller passed in.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from mtcheck.errors import SpanError


class Span(NamedTuple):
    """A piece of a text: ``text == original[start:end]``, always.

    Ordered by position. ``start == end`` marks a place between two characters.
    """

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, original: str, start: int, end: int) -> Span:
        """The span of a text between two offsets.

        Raises:
            SpanError: The offsets lie outside the text or are in the wrong order.
        """
        if not 0 <= start <= end <= len(original):
            raise SpanError(
                f"span [{start}, {end}) does not fit a text of {len(original)} characters"
            )
        return cls(start, end, original[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {"start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        span: Where it stands.
        paragraph: Number of its paragraph, from 0.
        first_token: Index of its first token in ``Side.tokens``.
        last_token: One past the index of its last token.
    """

    span: Span
    paragraph: int
    first_token: int
    last_token: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an article, segmented and tokenized.

    Attributes:
        text: The caller's string, untouched.
        lang: BCP 47 tag.
        paragraphs: Blocks between line breaks; the headline is the first.
        sentences: In reading order, never across a paragraph break.
        tokens: Words and punctuation marks of all sentences.
    """

    text: str
    lang: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Span, ...]

    def sentence_tokens(self, sentence: int) -> tuple[Span, ...]:
        """Tokens of one sentence."""
        entry = self.sentences[sentence]
        return self.tokens[entry.first_token : entry.last_token]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds an offset, or of the last one before it."""
        starts = [sentence.span.start for sentence in self.sentences]
        return max(0, bisect.bisect_right(starts, offset) - 1)

    def tokens_in(self, span: Span) -> range:
        """Indices of the tokens that share a character with a span."""
        first = bisect.bisect_right(self.tokens, span.start, key=lambda token: token.end)
        last = bisect.bisect_left(self.tokens, span.end, key=lambda token: token.start)
        return range(first, max(first, last))

    def cover(self, tokens: Sequence[int]) -> Span:
        """The span from the first to the last of some tokens."""
        return Span.of(self.text, self.tokens[tokens[0]].start, self.tokens[tokens[-1]].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an article, such as its headline.

    Attributes:
        name: ``headline``, ``standfirst``, ``body``, ``caption`` or what the reader calls it.
        source: Start and end in the source, or ``None``.
        target: Start and end in the translation, or ``None``.
    """

    name: str
    source: tuple[int, int] | None = None
    target: tuple[int, int] | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "name": self.name,
            "source": list(self.source) if self.source else None,
            "target": list(self.target) if self.target else None,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """An article to check: the text as it was written and its translation.

    Attributes:
        source: The source text.
        target: Its translation.
        source_lang: BCP 47 tag; ``None`` means detect.
        target_lang: BCP 47 tag; ``None`` means detect.
        id: The caller's name for it, for messages.
        parts: Its parts, as far as they are known.
    """

    source: str
    target: str
    source_lang: str | None = None
    target_lang: str | None = None
    id: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something.

    Attributes:
        span: Where it stands.
        label: PER, ORG, LOC or MISC for names; TERM for a domain term.
        score: How sure the recognizer is, in [0, 1].
        recognizer: Which recognizer found it.
    """

    span: Span
    label: str
    score: float
    recognizer: str


def without_overlaps(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Keep the best of overlapping mentions: longer first, then surer; in text order."""
    kept: list[Mention] = []
    ranked = sorted(
        mentions,
        key=lambda m: (-(m.span.end - m.span.start), -m.score, m.span.start, m.recognizer),
    )
    for mention in ranked:
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.span))
