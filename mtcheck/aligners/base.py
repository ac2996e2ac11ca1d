"""What every word aligner gives, trained or not."""

from __future__ import annotations

from typing import Protocol

from mtcheck.aligners.features import Words
from mtcheck.alignment import Grid
from mtcheck.encoders.base import Floats


class Linker(Protocol):
    """Links the words of two aligned blocks."""

    @property
    def name(self) -> str:
        """Name and revision, for the signature of a report."""

    def vectors(self, words: Words) -> Floats:
        """Unit vectors that are alike for words of like meaning. Shape: (n_words, rank)."""

    def links(self, source: Words, target: Words) -> Grid:
        """Link probability of each pair of words. Shape: (n_source, n_target). Range: [0, 1]."""
