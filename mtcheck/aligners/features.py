"""What is known about each pair of words before they are linked: the channels of the grid.

A sentence pair becomes a picture of one row for each source word and one column for each
target word; each channel is one kind of evidence. :mod:`mtcheck.aligners.network` reads it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mtcheck.alignment import Grid
from mtcheck.document import Span
from mtcheck.encoders.base import EncodedText, Floats
from mtcheck.text.sounds import sound_likeness

N_EVIDENCE = 5
"""Channels of :func:`evidence`."""

N_WORD_FACTS = 7
"""Numbers that :attr:`Words.facts` holds for each word."""

_FILLED, _MARK = 1, 2  # places in the facts
_FEW_WORDS = 4  # below this a sentence cannot tell what its words have in common
_LONG = 12.0  # letters from which a word counts as long


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """The words of one side of a block.

    Attributes:
        texts: The words.
        states: Mean state of the pieces of each word at each kept layer, each piece counting by
            the characters it shares with the word; less what all words of the sentence have in
            common, and of unit length. Shape: (n_layers, n_words, width).
        facts: Length, share of its pieces that the word fills, and what kinds of character it
            has. Shape: (n_words, N_WORD_FACTS). Range: [0, 1].
    """

    texts: tuple[str, ...]
    states: Floats
    facts: Floats

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def is_mark(self) -> npt.NDArray[np.bool_]:
        """Which words hold neither a letter nor a digit. Shape: (n_words,)."""
        return np.asarray(self.facts[:, _MARK] > 0)

    def part(self, words: slice) -> Words:
        """Some neighboring words."""
        return Words(texts=self.texts[words], states=self.states[:, words], facts=self.facts[words])

    def select(self, kept: npt.NDArray[np.bool_]) -> Words:
        """Those words whose flag is set. Shape of the flags: (n_words,)."""
        texts = tuple(text for text, keep in zip(self.texts, kept, strict=True) if keep)
        return Words(texts=texts, states=self.states[:, kept], facts=self.facts[kept])


NO_WORDS = Words(
    texts=(),
    states=np.zeros((0, 0, 0), dtype=np.float32),
    facts=np.zeros((0, N_WORD_FACTS), dtype=np.float32),
)


def read_words(
    tokens: Sequence[Span], encoded: EncodedText, offset: int, common: Floats | None = None
) -> Words:
    """Pool the states of the pieces of a sentence into states of its words.

    Pieces and words need not nest: where a language writes no spaces, one piece may hold the end
    of a word and the particle after it, and then counts for both.

    Args:
        tokens: Words and marks of the sentence.
        encoded: What the encoder made of it.
        offset: Where the sentence starts in the text that the tokens refer to.
        common: Mean state of the whole text. Shape: (n_layers, width). A short sentence has too
            few words to tell what they have in common from what they say; this helps it out.
    """
    states, filled = _pooled(tokens, encoded, offset)
    facts = np.array([_kinds(token.text) for token in tokens], dtype=np.float32)
    facts = facts.reshape(-1, N_WORD_FACTS)
    facts[:, _FILLED] = filled
    return Words(
        texts=tuple(token.text for token in tokens), states=_centered(states, common), facts=facts
    )


def join(parts: Sequence[Words]) -> Words:
    """The words of several sentences in a row; at least one sentence."""
    if len(parts) == 1:
        return parts[0]
    return Words(
        texts=tuple(text for part in parts for text in part.texts),
        states=np.concatenate([part.states for part in parts], axis=1),
        facts=np.concatenate([part.facts for part in parts]),
    )


def _pooled(tokens: Sequence[Span], encoded: EncodedText, offset: int) -> tuple[Floats, Floats]:
    """States of the words of one sentence, and how much of its pieces each word fills."""
    n_layers, n_pieces, width = encoded.states.shape
    if not n_pieces or not tokens:
        return np.zeros((n_layers, len(tokens), width), np.float32), np.zeros(
            len(tokens), np.float32
        )
    starts, ends = encoded.offsets[:, 0], encoded.offsets[:, 1]
    first = np.array([[token.start - offset] for token in tokens])
    last = np.array([[token.end - offset] for token in tokens])
    common = np.maximum(np.minimum(ends, last) - np.maximum(starts, first), 0).astype(np.float32)
    # A character that the encoder's normalization removed: the nearest piece speaks for it.
    lost = np.flatnonzero(common.sum(axis=1) == 0)
    common[lost, np.abs((starts + ends) / 2 - (first + last)[lost] / 2).argmin(axis=1)] = 1.0
    filled = (last - first)[:, 0] / np.maximum((common > 0) @ (ends - starts), 1)
    weights = common / common.sum(axis=1, keepdims=True)
    pooled = np.matmul(weights, encoded.states)
    return pooled, np.minimum(filled, 1.0).astype(np.float32)


@lru_cache(maxsize=65536)
def _kinds(text: str) -> tuple[float, ...]:
    """Facts about one word; the second is filled in later."""
    letters = sum(character.isalpha() for character in text)
    return (
        min(len(text), _LONG) / _LONG,
        0.0,
        float(not letters and not any(character.isdigit() for character in text)),
        float(any(character.isdigit() for character in text)),
        float(text[:1].isupper()),
        float(any("\u3040" <= c <= "\u309f" for c in text)),  # hiragana: mostly grammar
        float(unicodedata.category(text[0])[0] == "L" and text.isascii()),
    )


def _centered(states: Floats, common: Floats | None) -> Floats:
    """Unit states without what all words of the sentence have in common."""
    n_words = states.shape[1]
    if not n_words:
        return states
    shared = states.mean(axis=1, keepdims=True)
    if common is not None and n_words < _FEW_WORDS:
        shared = (shared + common[:, None, :]) / 2.0
    rest = states - shared
    norms = np.linalg.norm(rest, axis=-1, keepdims=True)
    return np.asarray(rest / np.maximum(norms, 1e-9), dtype=np.float32)


def evidence(source: Words, target: Words) -> Grid:
    """Evidence about each pair of words that does not come from the encoder.

    Returns:
        Same spelling, same digits, likeness of sound (whole, consonants), distance from the
        diagonal. Shape: (N_EVIDENCE, n_source, n_target). Range: [0, 1].
    """
    left = [text.casefold() for text in source.texts]
    right = [text.casefold() for text in target.texts]
    same = np.equal.outer(np.array(left, dtype=object), np.array(right, dtype=object))
    digits = np.zeros_like(same)
    rows = [_digits(text) for text in left]
    columns = [_digits(text) for text in right]
    for i, number in enumerate(rows):
        if number:
            digits[i] = [number == other for other in columns]
    whole, inner = sound_likeness(source.texts, target.texts)
    return np.stack(
        [
            same.astype(np.float32),
            digits.astype(np.float32),
            whole,
            inner,
            _off_diagonal(len(source), len(target)),
        ]
    )


def _digits(text: str) -> str:
    """The digits of a word in ASCII, group marks and all else left out."""
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit() and c.isdecimal())


def _off_diagonal(n: int, m: int) -> Floats:
    rows = (np.arange(n, dtype=np.float32) + 0.5) / n
    columns = (np.arange(m, dtype=np.float32) + 0.5) / m
    return np.asarray(np.abs(rows[:, None] - columns[None, :]), dtype=np.float32)
