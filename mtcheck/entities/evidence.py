"""What is known about a source name and a stretch of the translation: does one render the other?

A pair becomes a row of numbers; :mod:`mtcheck.entities.judge` turns it into a probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

import numpy as np

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Mention, Side, Span
from mtcheck.encoders.base import EncodedText, Floats
from mtcheck.names.match import NameMatch, compare_names
from mtcheck.names.scripts import LATIN, script_of
from mtcheck.text.words import is_content

FEATURES = (
    "source_linked",  # mean over the words of the name: best link into the stretch
    "source_weakest",  # the same, weakest word
    "source_escapes",  # mean over them: best link out of the stretch
    "target_linked",  # mean over the words of the stretch: linked to any word of the name
    "target_weakest",
    "target_leaks",  # mean over them: best link to any other source word
    "cosine_low",  # likeness of the mean states, less what their sentences have in common
    "cosine_middle",
    "cosine_top",
    "likeness",  # log-odds that the two strings name the same thing
    "alike",  # the strings decide: the same
    "different",  # the strings decide: another
    "undecided",  # names of ordinary words, or a reading that is not known
    "same_spelling",
    "one_script",
    "source_name",  # how sure the recognizer is of a name here
    "target_name",
    "same_type",
    "other_type",
    "source_words",
    "target_words",
    "longer",  # log ratio of the letters, by the usual ratio of the two texts
    "off_diagonal",
)
"""What the numbers of a row are, in order."""

_MOST_LOGIT = 4.0
_MANY_WORDS = 4.0
_ALIKE, _DIFFERENT, _UNDECIDED = 0.9, 0.05, (0.14, 0.41)


class Evidence:
    """Evidence about pairs of names of one article.

    Args:
        alignment: The aligned article.
        source_encoded: States of each source sentence.
        target_encoded: States of each target sentence.
    """

    def __init__(
        self,
        alignment: Alignment,
        source_encoded: Sequence[EncodedText],
        target_encoded: Sequence[EncodedText],
    ) -> None:
        self.alignment = alignment
        self._source = _SpanStates(alignment.source, source_encoded)
        self._target = _SpanStates(alignment.target, target_encoded)
        self._ratio = log(
            max(1, len(alignment.target.text.strip())) / max(1, len(alignment.source.text.strip()))
        )

    def likeness(self, source: Span, target: Span) -> NameMatch:
        """Whether two stretches name the same thing, as strings."""
        return likeness(
            source.text, target.text, self.alignment.source.lang, self.alignment.target.lang
        )

    def row(self, block: Block, source: Mention, target: Mention) -> Floats:
        """One pair as numbers.

        Args:
            block: Where both stand.
            source: A name of the source, or a stretch that may be one: score 0.
            target: The same of the translation.

        Returns:
            Shape: (len(FEATURES),).
        """
        rows = content_tokens(self.alignment.source, source.span, block.source_tokens)
        columns = content_tokens(self.alignment.target, target.span, block.target_tokens)
        grid = block.links[np.ix_(rows, columns)]
        into = grid.max(axis=1)
        covered = 1.0 - np.prod(1.0 - grid, axis=0)
        escapes = np.delete(block.links[rows], columns, axis=1).max(axis=1, initial=0.0)
        leaks = np.delete(block.links[:, columns], rows, axis=0).max(axis=0, initial=0.0)
        cosines = _cosines(self._source.mean(source.span), self._target.mean(target.span))
        match = self.likeness(source.span, target.span)
        probability = min(max(match.score, 1e-6), 1 - 1e-6)
        logit = log(probability / (1 - probability))
        typed = source.score > 0 and target.score > 0 and "MISC" not in (source.label, target.label)
        here = (rows[0] + 0.5) / len(block.source_tokens)
        there = (columns[0] + 0.5) / len(block.target_tokens)
        letters = log(len(target.span.text) / len(source.span.text)) - self._ratio
        return np.array(
            [
                into.mean(),
                into.min(),
                escapes.mean(),
                covered.mean(),
                covered.min(),
                leaks.mean(),
                *cosines,
                max(-_MOST_LOGIT, min(_MOST_LOGIT, logit)) / _MOST_LOGIT,
                match.score >= _ALIKE,
                match.score <= _DIFFERENT,
                _UNDECIDED[0] <= match.score <= _UNDECIDED[1],
                source.span.text.casefold() == target.span.text.casefold(),
                (script_of(source.span.text) == LATIN) == (script_of(target.span.text) == LATIN),
                source.score,
                target.score,
                typed and source.label == target.label,
                typed and source.label != target.label,
                min(len(rows), _MANY_WORDS) / _MANY_WORDS,
                min(len(columns), _MANY_WORDS) / _MANY_WORDS,
                max(-2.0, min(2.0, letters)),
                abs(here - there),
            ],
            dtype=np.float32,
        )


def content_tokens(side: Side, span: Span, within: range) -> list[int]:
    """Places of the content words of a span in a grid; of all its words where none is one."""
    tokens = [k for k in side.tokens_in(span) if k in within]
    content = [k for k in tokens if is_content(side.tokens[k].text, side.lang)]
    return [k - within.start for k in content or tokens]


@lru_cache(maxsize=65536)
def likeness(source: str, target: str, source_lang: str, target_lang: str) -> NameMatch:
    """:func:`mtcheck.compare_names`, remembered."""
    return compare_names(source, target, lang_a=source_lang, lang_b=target_lang)


class _SpanStates:
    """Mean states of stretches of one side."""

    def __init__(self, side: Side, encoded: Sequence[EncodedText]) -> None:
        self._side = side
        self._encoded = encoded
        self._common: dict[int, Floats] = {}
        self._means: dict[tuple[int, int], Floats] = {}

    def mean(self, span: Span) -> Floats:
        """Unit mean state less the mean of its sentence, by layer. Shape: (n_layers, width)."""
        key = (span.start, span.end)
        if key not in self._means:
            self._means[key] = self._mean(span)
        return self._means[key]

    def _mean(self, span: Span) -> Floats:
        number = self._side.sentence_at(span.start)
        encoded = self._encoded[number]
        if number not in self._common:
            self._common[number] = encoded.states.mean(axis=1)
        offset = self._side.sentences[number].span.start
        starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
        shared = np.minimum(ends, span.end - offset) - np.maximum(starts, span.start - offset)
        weights = np.maximum(shared, 0).astype(np.float32)
        if not weights.any():
            return np.zeros_like(self._common[number])
        pooled = np.tensordot(encoded.states, weights / weights.sum(), axes=([1], [0]))
        rest = pooled - self._common[number]
        norms = np.linalg.norm(rest, axis=-1, keepdims=True)
        return np.asarray(rest / np.maximum(norms, 1e-9), dtype=np.float32)


def _cosines(left: Floats, right: Floats) -> tuple[float, float, float]:
    """At the lowest kept layer, a middle one and the top."""
    each = (left * right).sum(axis=-1)
    return float(each[0]), float(each[len(each) // 2]), float(each[-1])
