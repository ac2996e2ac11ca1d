"""Stand-ins that need no model: logic is tested with vectors one can reason about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

import numpy as np

from mtcheck.aligners.sides import align_sides
from mtcheck.alignment import Alignment
from mtcheck.document import Mention, Side, Span
from mtcheck.encoders.base import EncodedText
from mtcheck.text.reading import read_side

WIDTH = 96
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class FakeEncoder:
    """Equal words have equal states, and so have the words that a dictionary pairs.

    A piece is a word or a mark; its state depends on its lower-cased text alone. It obeys
    ``mtcheck.encoders.base.Encoder``.
    """

    name = "fake@1"
    layers = (1, 2, 3, 4, 5)

    def __init__(self, dictionary: Mapping[str, str] | None = None) -> None:
        self.dictionary = {k.lower(): v.lower() for k, v in (dictionary or {}).items()}
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        self.calls += 1
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> EncodedText:
        words = list(_WORD.finditer(text))
        row = np.array([self._vector(m.group()) for m in words], dtype=np.float32)
        row = row.reshape(-1, WIDTH)
        return EncodedText(
            offsets=np.array([m.span() for m in words], dtype=np.int32).reshape(-1, 2),
            states=np.repeat(row[None], len(self.layers), axis=0),
            layers=self.layers,
        )

    def _vector(self, word: str) -> np.ndarray:
        key = word.lower()
        key = self.dictionary.get(key, key)
        seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "little")
        return np.random.default_rng(seed).standard_normal(WIDTH, dtype=np.float32)


def fake_alignment(
    source: str,
    target: str,
    langs: tuple[str, str] = ("id", "en"),
    dictionary: Mapping[str, str] | None = None,
) -> Alignment:
    """Two texts aligned by a :class:`FakeEncoder`."""
    encoder = FakeEncoder(dictionary)
    sides = [read_side(text, lang) for text, lang in zip((source, target), langs, strict=True)]
    encoded = [encoder.encode([s.span.text for s in side.sentences]) for side in sides]
    return align_sides(*sides, *encoded)


def mentions_of(side: Side, text: str, label: str = "ORG", score: float = 1.0) -> list[Mention]:
    """A mention at every place where a text stands."""
    return [
        Mention(Span.of(side.text, m.start(), m.end()), label, score, "fake")
        for m in re.finditer(re.escape(text), side.text)
    ]
