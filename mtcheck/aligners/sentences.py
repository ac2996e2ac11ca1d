"""Sentence alignment by dynamic programming over token-level similarity.

Two blocks are as similar as their pieces find counterparts in each other: for every piece the
best cosine in the other block, averaged, the weaker direction counting. Pooled sentence vectors
lose to this by 8 to 20 points of F1 where scripts differ (docs/alignment.md). The similarity of
a document pair is then put on a scale of its own, 0 for a random pair of its sentences and 1
for a typical best pair, so that one null value fits every pair of languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtcheck.document import Side
from mtcheck.encoders.base import SENTENCE_SLOT, EncodedText

Grid = npt.NDArray[np.float64]

# Chosen by random search over 90 settings on 14 documents re-cut at random in 11 directions;
# the benchmark reports other documents.
_NULL_VALUE = 0.15  # what an unpaired sentence is worth on the document's scale
_MERGE_COST = 0.5  # for each sentence beyond one pair
_LENGTH_COST = 0.3
_EVIDENCE = 0.2
_PARAGRAPH = 0.2
_MOVED = 0.6  # a dropped and an added sentence this similar are one that moved
_WINDOW = 200  # sentences of one side that are looked at together
_MIN_CONTRAST = 0.05
_FEW = 3
_TYPICAL_CONTRAST = 0.25  # median over the documents above
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
_HARD = re.compile(r"\d+|[A-Za-z][A-Za-z0-9]{2,}")


class Bead(NamedTuple):
    """Sentences that stand for each other.

    ``source`` and ``target`` are sentence indices, an empty tuple being a null; ``similarity``
    is on the document's scale.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float


def align_sentences(
    source: Side,
    target: Side,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
) -> list[Bead]:
    """Align the sentences of two documents in order; then pair what was moved.

    Args:
        source: Source side.
        target: Target side.
        source_encoded: States of each source sentence.
        target_encoded: States of each target sentence.

    Returns:
        Beads in source order, an added sentence where it was added. Memory and time grow with
        the longer side, not with the product.
    """
    n, m = len(source.sentences), len(target.sentences)
    sides = _Side(source, source_encoded), _Side(target, target_encoded)
    beads: list[Bead] = []
    i = j = 0
    while i < n and j < m:
        last_i, last_j = min(n, i + _WINDOW), min(m, j + _WINDOW)
        grids = _Grids(*sides, (i, last_i), (j, last_j))
        found = _pair_moved(_best_path(grids), grids)
        if (last_i, last_j) != (n, m):
            found = _settled(found)
        beads += [
            Bead(tuple(i + k for k in b.source), tuple(j + k for k in b.target), b.similarity)
            for b in found
        ]
        i += max((bead.source[-1] + 1 for bead in found if bead.source), default=0)
        j += max((bead.target[-1] + 1 for bead in found if bead.target), default=0)
    beads += [Bead((k,), (), 0.0) for k in range(i, n)]
    beads += [Bead((), (k,), 0.0) for k in range(j, m)]
    return beads


def _settled(beads: list[Bead]) -> list[Bead]:
    """The first two thirds of a window's beads, up to a pair that nothing can move.

    What follows is aligned again in the next window, with more of the text in view.
    """
    for k in range(2 * len(beads) // 3, 0, -1):
        bead = beads[k - 1]
        if len(bead.source) == len(bead.target) == 1 and bead.similarity > 0.8:
            return beads[:k]
    return beads[: max(1, 2 * len(beads) // 3)]


class _Side:
    """One document: unit states of all pieces, and what each sentence holds."""

    def __init__(self, side: Side, encoded: Sequence[EncodedText]) -> None:
        lengths = [len(text.offsets) for text in encoded]
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        if encoded:
            states = np.concatenate([text.states[SENTENCE_SLOT] for text in encoded])
            states = states - states.mean(axis=0)  # mostly what marks the language
            norms = np.linalg.norm(states, axis=1, keepdims=True)
            self.states = states / np.maximum(norms, 1e-9)
        self.hard = [
            frozenset(match.group().casefold() for match in _HARD.finditer(sentence.span.text))
            for sentence in side.sentences
        ]
        numbers = [sentence.paragraph for sentence in side.sentences]
        self.opens = [k == 0 or numbers[k] != numbers[k - 1] for k in range(len(numbers))]


class _Grids:
    """Similarity of all blocks of a window: for each shape (a, b) one matrix over (i, j)."""

    def __init__(
        self, left: _Side, right: _Side, rows: tuple[int, int], columns: tuple[int, int]
    ) -> None:
        self.n, self.m = rows[1] - rows[0], columns[1] - columns[0]
        left_at = left.starts[rows[0] : rows[1] + 1]
        right_at = right.starts[columns[0] : columns[1] + 1]
        cosine = left.states[left_at[0] : left_at[-1]] @ right.states[right_at[0] : right_at[-1]].T
        left_at, right_at = left_at - left_at[0], right_at - right_at[0]
        # Best counterpart of each source piece in each target sentence, and the reverse.
        forward = np.maximum.reduceat(cosine, right_at[:-1], axis=1)
        backward = np.maximum.reduceat(cosine, left_at[:-1], axis=0).T
        grids = {
            (a, b): np.minimum(
                _mean_best(forward, left_at, a, b), _mean_best(backward, right_at, b, a).T
            )
            for a, b in _SHAPES
            if a <= self.n and b <= self.m
        }
        single = grids[1, 1]
        floor = float(np.median(single))
        best = np.concatenate([single.max(axis=0), single.max(axis=1)])
        contrast = float(np.median(best)) - floor
        if min(self.n, self.m) < _FEW:
            # Too few sentences to tell a typical pair from a random one.
            contrast = _TYPICAL_CONTRAST
            floor = float(np.median(best)) - contrast
        hard = left.hard[slice(*rows)], right.hard[slice(*columns)]
        opens = left.opens[slice(*rows)], right.opens[slice(*columns)]
        scale = 1.0 / max(contrast, _MIN_CONTRAST)
        self.of: dict[tuple[int, int], Grid] = {}
        for (a, b), grid in grids.items():
            skew = np.minimum(_skew(left_at, right_at, a, b), 2.0)
            same = np.equal.outer(opens[0][: self.n - a + 1], opens[1][: self.m - b + 1])
            self.of[a, b] = (
                (grid - floor) * scale
                - _LENGTH_COST * skew
                + _EVIDENCE * _shared(*hard, a, b)
                + np.where(same, _PARAGRAPH, -_PARAGRAPH)
            )


def _mean_best(best: npt.NDArray[np.float32], at: npt.NDArray[np.int64], a: int, b: int) -> Grid:
    """Mean over the pieces of blocks of ``a`` sentences of their best in blocks of ``b``.

    Args:
        best: Best cosine of each piece in each sentence of the other side. Shape: (pieces, m).
        at: Where each sentence's pieces start.
        a: Block size on the side of the pieces.
        b: Block size on the other side.
    """
    width = best.shape[1] - b + 1
    widest = best[:, :width]
    for k in range(1, b):
        widest = np.maximum(widest, best[:, k : k + width])
    sums = np.concatenate([np.zeros((1, width)), widest.cumsum(axis=0, dtype=np.float64)])
    count = len(at) - a
    lengths = np.maximum(at[a:] - at[:count], 1)
    return np.asarray((sums[at[a:]] - sums[at[:count]]) / lengths[:, None])


def _skew(left_at: npt.NDArray[np.int64], right_at: npt.NDArray[np.int64], a: int, b: int) -> Grid:
    """How far the length ratio of two blocks is from that of the documents, in log units."""
    left = np.log(np.maximum(left_at[a:] - left_at[:-a], 1))
    right = np.log(np.maximum(right_at[b:] - right_at[:-b], 1))
    usual = np.log(max(int(right_at[-1]), 1) / max(int(left_at[-1]), 1))
    return np.asarray(np.abs(np.subtract.outer(-left, -right) - usual))


def _shared(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]], a: int, b: int
) -> Grid:
    """Numbers and Latin words on both sides, as a share that grows towards 1."""
    rows = [frozenset().union(*left[k : k + a]) for k in range(len(left) - a + 1)]
    columns = [frozenset().union(*right[k : k + b]) for k in range(len(right) - b + 1)]
    counts = np.array([[len(x & y) for y in columns] for x in rows], dtype=np.float64)
    return np.asarray(counts / (counts + 2.0))


def _best_path(grids: _Grids) -> list[Bead]:
    n, m = grids.n, grids.m
    value = np.full((n + 1, m + 1), -np.inf)
    value[0, 0] = 0.0
    back: dict[tuple[int, int], tuple[int, int]] = {}

    def reach(i: int, j: int, a: int, b: int, total: float) -> None:
        if total > value[i + a, j + b]:
            value[i + a, j + b] = total
            back[i + a, j + b] = (a, b)

    gains = {
        (a, b): (grid * (a + b) / 2 - _MERGE_COST * (a + b - 2)).tolist()
        for (a, b), grid in grids.of.items()
    }
    for i in range(n + 1):
        for j in range(m + 1):
            here = float(value[i, j])
            if i < n:
                reach(i, j, 1, 0, here + _NULL_VALUE)
            if j < m:
                reach(i, j, 0, 1, here + _NULL_VALUE)
            for (a, b), gain in gains.items():
                if i + a <= n and j + b <= m:
                    reach(i, j, a, b, here + gain[i][j])
    beads: list[Bead] = []
    i, j = n, m
    while (i, j) != (0, 0):
        a, b = back[i, j]
        i, j = i - a, j - b
        similarity = float(grids.of[a, b][i, j]) if a and b else 0.0
        beads.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), similarity))
    beads.reverse()
    return beads


def _pair_moved(beads: list[Bead], grids: _Grids) -> list[Bead]:
    """Join a dropped and an added sentence that say the same."""
    single = grids.of[1, 1]
    candidates = sorted(
        (-float(single[x.source[0], y.target[0]]), d, a)
        for d, x in enumerate(beads)
        for a, y in enumerate(beads)
        if not x.target and not y.source and single[x.source[0], y.target[0]] >= _MOVED
    )
    result = list(beads)
    gone: set[int] = set()
    for negative, d, a in candidates:
        if d not in gone and a not in gone:
            result[d] = Bead(beads[d].source, beads[a].target, -negative)
            gone.update((d, a))
            result[a] = Bead((), (), 0.0)
    return [bead for bead in result if bead.source or bead.target]
