"""A SentencePiece unigram tokenizer that knows where every piece came from.

The general-purpose tokenizer library needs 230 MB and more than a second to
hold this vocabulary of 250,000 pieces; a dictionary and a Viterbi search over
single words need a fifth of it, and give exact offsets into the caller's string.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_SPACE = "\u2581"  # SentencePiece writes a space as this mark at the start of a piece
_UNKNOWN_PENALTY = 10.0  # below the worst piece, as SentencePiece has it

Piece = tuple[int, int, int]
"""(vocabulary number, start, end): half-open code-point offsets of the caller's text."""


class UnigramTokenizer:
    """Most probable segmentation of a text into vocabulary pieces.

    Args:
        pieces: The vocabulary.
        scores: Log-probability of each piece. Shape: (n_pieces,).
        unknown: Number of the piece that stands for anything else.

    Source:
        Kudo 2018, Subword regularization, section 3.2 (Viterbi decoding).
    """

    def __init__(
        self, pieces: Sequence[str], scores: npt.NDArray[np.float32], *, unknown: int
    ) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._scores = scores
        self._unknown = unknown
        self._unknown_score = float(scores.min()) - _UNKNOWN_PENALTY
        self._longest = max(map(len, pieces))
        self._cache: dict[str, list[tuple[int, int]]] = {}

    def tokenize(self, text: str) -> list[Piece]:
        """Pieces of a text in reading order; a lone space mark is attached to what follows."""
        found: list[Piece] = []
        for word, origin in _words(text):
            position = 0
            for number, length in self._segment(word):
                # The mark stands for no character of the text when it is added or a space.
                lead = 1 if position == 0 else 0
                if length > lead:
                    first = origin[position + lead - 1]
                    last = origin[position + length - 2]
                    found.append((number, first[0], last[1]))
                else:
                    first = origin[0] if origin else (0, 0)
                    found.append((number, first[0], first[0]))
                position += length
        return found

    def _segment(self, word: str) -> list[tuple[int, int]]:
        """(piece number, length in characters) of one word that starts with the space mark."""
        known = self._cache.get(word)
        if known is not None:
            return known
        n = len(word)
        best = [0.0] + [-1e30] * n
        back = [(self._unknown, 0)] * (n + 1)
        numbers, scores = self._numbers, self._scores
        for start in range(n):
            base = best[start]
            for end in range(start + 1, min(n, start + self._longest) + 1):
                number = numbers.get(word[start:end])
                if number is not None:
                    score = base + float(scores[number])
                    if score > best[end]:
                        best[end], back[end] = score, (number, start)
            if base + self._unknown_score > best[start + 1]:
                best[start + 1] = base + self._unknown_score
                back[start + 1] = (self._unknown, start)
        result: list[tuple[int, int]] = []
        end = n
        while end:
            number, start = back[end]
            result.append((number, end - start))
            end = start
        result.reverse()
        if len(self._cache) >= 50_000:  # bounds a long-lived process; one article has ~2,000 words
            self._cache.clear()
        self._cache[word] = result
        return result


def _words(text: str) -> list[tuple[str, list[tuple[int, int]]]]:
    """Split at spaces after NFKC; each word with the source range of each of its characters."""
    words: list[tuple[str, list[tuple[int, int]]]] = []
    characters: list[str] = []
    origin: list[tuple[int, int]] = []

    def flush() -> None:
        if characters:
            words.append((_SPACE + "".join(characters), origin.copy()))
            characters.clear()
            origin.clear()

    position = 0
    while position < len(text):
        end = position + 1
        # A base with its combining marks is one unit: NFKC composes it.
        while end < len(text) and text[end] > "\u02ff" and unicodedata.combining(text[end]):
            end += 1
        unit = text[position:end]
        if not unit.isascii():
            unit = unicodedata.normalize("NFKC", unit)
        for character in unit:
            if character.isspace():
                flush()
            elif unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn"}:
                characters.append(character)
                origin.append((position, end))
        position = end
    flush()
    return words
