"""Word alignment from the states of the shared encoder, without training.

The cosine of centered states of the middle layers, a small price for distance from the
diagonal, a two-way softmax, and one round in which each pair is helped by its best neighbor:
true links come in chains. Raw mutual argmax of the same states is the baseline in
``benchmarks/alignment``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mtcheck.alignment import Grid
from mtcheck.document import Span
from mtcheck.encoders.base import LINK_SLOTS, EncodedText, Floats

_TEMPERATURE = 16.0
_DISTANCE = 0.1
_NEIGHBOR = 0.2

Sentence = tuple[Sequence[Span], EncodedText, int]
"""Tokens of a sentence, its states, and the offset at which its text starts."""


def align_words(source: Sequence[Sentence], target: Sequence[Sentence]) -> tuple[Grid, Grid]:
    """Link probability of each pair of words of two aligned blocks.

    Args:
        source: The sentences of the source block.
        target: The sentences of the target block.

    Returns:
        The two-way link probability, shape (n_source, n_target), and the share of each
        target word that comes from each source word, same shape.

    Source:
        Jalili Sabet et al. 2020 (similarity), Dou and Neubig 2021 (two-way softmax).
    """
    source_states, source_owner = _side(source)
    target_states, target_owner = _side(target)
    n_source = sum(len(tokens) for tokens, _, _ in source)
    n_target = sum(len(tokens) for tokens, _, _ in target)
    if not len(source_owner) or not len(target_owner):
        empty = np.zeros((n_source, n_target), dtype=np.float32)
        return empty, empty
    similarity = _similarity(source_states, target_states)
    similarity -= _DISTANCE * _off_diagonal(*similarity.shape)
    forward, backward = _two_way(similarity)
    similarity += _NEIGHBOR * _best_neighbor(np.sqrt(forward * backward))
    forward, backward = _two_way(similarity)
    both = np.sqrt(forward * backward)
    links = _reduce(both, source_owner, target_owner, n_source, n_target)
    return links, _shares(backward, source_owner, target_owner, n_source, n_target)


def _side(sentences: Sequence[Sentence]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """States of the pieces that lie in a token, (n_layers, n, width), and the token of each."""
    states: list[Floats] = []
    owners: list[npt.NDArray[np.int64]] = []
    base = 0
    for tokens, encoded, offset in sentences:
        ends = np.array([token.end - offset for token in tokens], dtype=np.int64)
        starts = np.array([token.start - offset for token in tokens], dtype=np.int64)
        if len(ends) and len(encoded.offsets):
            owner = np.searchsorted(ends, encoded.offsets[:, 0], side="right")
            inside = owner < len(ends)
            last = np.minimum(owner, len(ends) - 1)
            # A piece without characters of its own (a lone space mark) belongs to what follows.
            inside &= np.maximum(encoded.offsets[:, 1], encoded.offsets[:, 0] + 1) > starts[last]
            chosen = encoded.states[LINK_SLOTS][:, inside]
            states.append(chosen)
            owners.append(owner[inside] + base)
        base += len(tokens)
    if not states:
        return np.zeros((0, 0, 1), dtype=np.float32), np.zeros(0, dtype=np.int64)
    return np.concatenate(states, axis=1), np.concatenate(owners)


def _similarity(source: Floats, target: Floats) -> Floats:
    total = np.zeros((source.shape[1], target.shape[1]), dtype=np.float32)
    for left, right in zip(source, target, strict=True):
        total += _unit(left - left.mean(axis=0)) @ _unit(right - right.mean(axis=0)).T
    return np.asarray(total / len(source), dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def _off_diagonal(n: int, m: int) -> Floats:
    rows = (np.arange(n, dtype=np.float32) + 0.5) / n
    columns = (np.arange(m, dtype=np.float32) + 0.5) / m
    return np.asarray(np.abs(rows[:, None] - columns[None, :]), dtype=np.float32)


def _two_way(similarity: Floats) -> tuple[Floats, Floats]:
    forward = np.exp(_TEMPERATURE * (similarity - similarity.max(axis=1, keepdims=True)))
    backward = np.exp(_TEMPERATURE * (similarity - similarity.max(axis=0, keepdims=True)))
    forward /= forward.sum(axis=1, keepdims=True)
    backward /= backward.sum(axis=0, keepdims=True)
    return forward, backward


def _best_neighbor(grid: Floats) -> Floats:
    """Greatest of the eight values around each cell."""
    padded = np.pad(grid, 1)
    n, m = grid.shape
    best = np.zeros_like(grid)
    for row in range(3):
        for column in range(3):
            if (row, column) != (1, 1):
                np.maximum(best, padded[row : row + n, column : column + m], out=best)
    return best


def _reduce(
    grid: Floats,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    n: int,
    m: int,
) -> Floats:
    """From pieces to words: the strongest pair of pieces counts."""
    by_row = np.zeros((n, grid.shape[1]), dtype=np.float32)
    np.maximum.at(by_row, rows, grid)
    result = np.zeros((m, n), dtype=np.float32)
    np.maximum.at(result, columns, by_row.T)
    return np.ascontiguousarray(result.T)


def _shares(
    backward: Floats,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    n: int,
    m: int,
) -> Floats:
    """From pieces to words: mass is summed over source pieces, averaged over target pieces."""
    by_row = np.zeros((n, backward.shape[1]), dtype=np.float32)
    np.add.at(by_row, rows, backward)
    result = np.zeros((m, n), dtype=np.float32)
    np.add.at(result, columns, by_row.T)
    counts = np.maximum(np.bincount(columns, minlength=m), 1).astype(np.float32)
    return np.ascontiguousarray((result / counts[:, None]).T)
