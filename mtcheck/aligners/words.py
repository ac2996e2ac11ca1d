"""Word alignment from the states of any encoder, without training; and grids of any size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mtcheck.aligners.features import Words, evidence
from mtcheck.alignment import Grid
from mtcheck.encoders.base import LINK_SLOTS, Floats

# Chosen on the first 160 rows of each pair of the hand-made alignments.
_SHARPNESS = 16.0
_SOUND = 0.1
_DISTANCE = 0.1
_NEIGHBOR = 0.2

_MOST_CELLS = 160_000
"""Pairs of words that are looked at together: 400 words on each side."""

_BAND = 256
_MARGIN = 96
"""Source words of one band of a larger grid, and target words beyond its corners."""


class PlainLinker:
    """Links words by the cosine of their states; for encoders that nothing was trained on.

    A small bonus for likeness of sound, a small price for distance from the diagonal, a two-way
    softmax, and one round in which each pair is helped by its best neighbor: true links come
    in chains.

    Source:
        Jalili Sabet et al. 2020 (similarity), Dou and Neubig 2021 (two-way softmax).
    """

    name = "plain"

    def vectors(self, words: Words) -> Floats:
        """Unit vectors that are alike for words of like meaning. Shape: (n_words, rank)."""
        layers = words.states[LINK_SLOTS]
        flat = layers.transpose(1, 0, 2).reshape(len(words), layers.shape[0] * layers.shape[2])
        return np.asarray(flat / np.sqrt(len(layers)), dtype=np.float32)

    def links(self, source: Words, target: Words) -> Grid:
        """Two-way link probability. Shape: (n_source, n_target). Range: [0, 1]."""
        return in_bands(self._links, source, target)

    def similarity(self, source: Words, target: Words) -> Grid:
        """Cosine with what sound and place have to say. Shape: (n_source, n_target)."""
        _, _, _, sound, distance = evidence(source, target)
        cosine = self.vectors(source) @ self.vectors(target).T
        return np.asarray(cosine + _SOUND * sound - _DISTANCE * distance, dtype=np.float32)

    def _links(self, source: Words, target: Words) -> Grid:
        similarity = self.similarity(source, target)
        similarity += _NEIGHBOR * best_neighbor(two_way(similarity, _SHARPNESS))
        return two_way(similarity, _SHARPNESS)


def two_way(similarity: Floats, sharpness: float) -> Grid:
    """Geometric mean of the softmax over rows and over columns. Range: [0, 1]."""
    forward = np.exp(sharpness * (similarity - similarity.max(axis=1, keepdims=True)))
    backward = np.exp(sharpness * (similarity - similarity.max(axis=0, keepdims=True)))
    forward /= forward.sum(axis=1, keepdims=True)
    backward /= backward.sum(axis=0, keepdims=True)
    return np.asarray(np.sqrt(forward * backward), dtype=np.float32)


def in_bands(links: Callable[[Words, Words], Grid], source: Words, target: Words) -> Grid:
    """Link words; grids that are too large for one look are read in bands along the diagonal.

    Args:
        links: Links two sides of moderate length.
        source: Words of the source block.
        target: Words of the target block.

    Returns:
        What ``links`` gives, 0 outside the bands. Shape: (n_source, n_target).
    """
    n, m = len(source), len(target)
    if not n or not m:
        return np.zeros((n, m), dtype=np.float32)
    if n * m <= _MOST_CELLS:
        return links(source, target)
    n_bands = max(-(-n // _BAND), -(-m // _BAND))
    rows = np.linspace(0, n, n_bands + 1).astype(int).tolist()
    columns = np.linspace(0, m, n_bands + 1).astype(int).tolist()
    result = np.zeros((n, m), dtype=np.float32)
    for k in range(n_bands):
        across = slice(rows[k], rows[k + 1])
        down = slice(max(0, columns[k] - _MARGIN), min(m, columns[k + 1] + _MARGIN))
        if across.start < across.stop and down.start < down.stop:
            result[across, down] = links(source.part(across), target.part(down))
    return result


def best_neighbor(grid: Grid) -> Grid:
    """Greatest of the eight values around each cell."""
    padded = np.pad(grid, 1)
    n, m = grid.shape
    best = np.zeros_like(grid)
    for row in range(3):
        for column in range(3):
            if (row, column) != (1, 1):
                np.maximum(best, padded[row : row + n, column : column + m], out=best)
    return best
