"""Sentence alignment by dynamic programming over the words of both texts.

Two questions are asked of each pair of blocks. How much of the one does the other explain: all
words of the two texts compete for each other at once, and what a sentence gives to another is the
link probability of their words, so that a common word, having many rivals, counts for little.
And how alike are they: for each word the best cosine in the other block, averaged, the weaker
direction counting. Both are put on a scale of the document pair's own, so that one set of values
fits every pair of languages. Length and hard evidence (numbers, copied words) have their say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtcheck.aligners.features import Words
from mtcheck.aligners.words import two_way
from mtcheck.document import Side
from mtcheck.encoders.base import Floats

Grid = npt.NDArray[np.float64]

# Chosen by random search on the documents of ntrex that serve for settings, re-cut at random in
# twelve directions; the benchmark reports other documents.
_SHARPNESS = 20.0
_EXPLAINED = 0.20  # share of a sentence that must be explained, on the document's scale
_ENOUGH = 0.63  # what is explained beyond this counts no more
_LIKENESS = 0.5
_ALIKE = 0.07  # likeness from which it speaks for a pair
_MERGE_COST = 0.23  # for each sentence beyond one pair
_LENGTH_COST = 1.5
_MOST_LENGTH_COST = 1.4
_EVIDENCE = 0.2
_PARAGRAPH = 0.1
_CLEARLY = 1.8  # of two ways to pair two sentences with two, one this much better is taken
_MOVED = 0.47  # a dropped and an added sentence that explain this much of each other moved

_WINDOW = 100  # sentences of one side that are looked at together
_MOST_WORDS = 120  # of one sentence; of a longer one an even sample
_LEAST_SCALE = 0.05
_FEW = 3
_TYPICAL_EXPLAINED, _TYPICAL_CONTRAST = 0.4, 0.25
"""Medians over the documents above, for texts of too few sentences to tell."""
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
_HARD = re.compile(r"\d+|[A-Za-z][A-Za-z0-9]{2,}")

Sentences = tuple[Sequence[Words], Sequence[Floats]]
"""The words of each sentence and their vectors, comparable across languages."""


class Bead(NamedTuple):
    """Sentences that stand for each other.

    ``source`` and ``target`` are sentence indices, an empty tuple being a null. ``score`` is in
    [0, 1]: of a pair, how much the two explain of each other, 1 for a typical pair of the
    document; of a null, how sure it is that nothing explains it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


def align_sentences(
    source: Side, target: Side, source_words: Sentences, target_words: Sentences
) -> list[Bead]:
    """Align the sentences of two documents in order; then pair what was moved.

    Args:
        source: Source side.
        target: Target side.
        source_words: Words of each source sentence with their vectors.
        target_words: Words of each target sentence with their vectors.

    Returns:
        Beads in source order, an added sentence where it was added. Memory and time grow with
        the longer side, not with the product.
    """
    n, m = len(source.sentences), len(target.sentences)
    sides = _Side(source, source_words), _Side(target, target_words)
    beads: list[Bead] = []
    i = j = 0
    while i < n and j < m:
        last_i, last_j = min(n, i + _WINDOW), min(m, j + _WINDOW)
        grids = _Grids(*sides, (i, last_i), (j, last_j))
        found = _pair_moved(_pair_crossed(_best_path(grids), grids), grids)
        if (last_i, last_j) != (n, m):
            found = _settled(found)
        beads += [
            Bead(tuple(i + k for k in b.source), tuple(j + k for k in b.target), b.score)
            for b in found
        ]
        i += max((bead.source[-1] + 1 for bead in found if bead.source), default=0)
        j += max((bead.target[-1] + 1 for bead in found if bead.target), default=0)
    beads += [Bead((k,), (), 1.0) for k in range(i, n)]
    beads += [Bead((), (k,), 1.0) for k in range(j, m)]
    return beads


def _settled(beads: list[Bead]) -> list[Bead]:
    """The first two thirds of a window's beads, up to a pair that nothing can move.

    What follows is aligned again in the next window, with more of the text in view.
    """
    for k in range(2 * len(beads) // 3, 0, -1):
        bead = beads[k - 1]
        if len(bead.source) == len(bead.target) == 1 and bead.score > 0.8:
            return beads[:k]
    return beads[: max(1, 2 * len(beads) // 3)]


class _Side:
    """One document: unit vectors of its words, and what else each sentence holds."""

    def __init__(self, side: Side, sentences: Sentences) -> None:
        vectors = [_telling(words, rows) for words, rows in zip(*sentences, strict=True)]
        counts = [len(rows) for rows in vectors]
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.vectors = np.concatenate(vectors) if vectors else np.zeros((0, 1), np.float32)
        self.lengths = np.array([len(s.span.text) for s in side.sentences], dtype=np.float64)
        self.hard = [
            frozenset(match.group().casefold() for match in _HARD.finditer(sentence.span.text))
            for sentence in side.sentences
        ]
        numbers = [sentence.paragraph for sentence in side.sentences]
        self.opens = [k == 0 or numbers[k] != numbers[k - 1] for k in range(len(numbers))]


def _telling(words: Words, vectors: Floats) -> Floats:
    """Vectors of the words of a sentence without its marks; at least one."""
    kept = np.flatnonzero(~words.is_mark)
    if not len(kept):
        return vectors[:1] if len(vectors) else np.zeros((1, vectors.shape[1]), np.float32)
    if len(kept) > _MOST_WORDS:
        kept = kept[np.linspace(0, len(kept) - 1, _MOST_WORDS).astype(int)]
    return np.asarray(vectors[kept])


class _Grids:
    """What all blocks of a window are worth as pairs.

    Attributes:
        of: For each shape (a, b) the value of pairing ``a`` sentences from ``i`` with ``b`` from
            ``j``. Shape: (n - a + 1, m - b + 1).
        source_share: Share of each source sentence that a target sentence explains, on the
            document's scale. Shape: (n, m).
        target_share: Share of each target sentence that a source sentence explains, same shape.
    """

    def __init__(
        self, left: _Side, right: _Side, rows: tuple[int, int], columns: tuple[int, int]
    ) -> None:
        self.n, self.m = rows[1] - rows[0], columns[1] - columns[0]
        few = min(self.n, self.m) < _FEW
        left_at = left.starts[rows[0] : rows[1] + 1]
        right_at = right.starts[columns[0] : columns[1] + 1]
        cosine = (
            left.vectors[left_at[0] : left_at[-1]] @ right.vectors[right_at[0] : right_at[-1]].T
        )
        left_at, right_at = left_at - left_at[0], right_at - right_at[0]
        linked = np.add.reduceat(two_way(cosine, _SHARPNESS), right_at[:-1], axis=1)
        linked = np.add.reduceat(linked, left_at[:-1], axis=0).astype(np.float64)
        self.source_share = _scaled(linked / np.diff(left_at)[:, None], few)
        self.target_share = _scaled((linked / np.diff(right_at)[None, :]).T, few).T
        likeness = _likeness(cosine, left_at, right_at, few)
        hard = left.hard[slice(*rows)], right.hard[slice(*columns)]
        opens = left.opens[slice(*rows)], right.opens[slice(*columns)]
        lengths = left.lengths[slice(*rows)], right.lengths[slice(*columns)]
        self.of: dict[tuple[int, int], Grid] = {}
        for (a, b), alike in likeness.items():
            same = np.equal.outer(opens[0][: self.n - a + 1], opens[1][: self.m - b + 1])
            self.of[a, b] = (
                self._explained(a, b)
                + _LIKENESS * (a + b) / 2 * (alike - _ALIKE)
                - _MERGE_COST * (a + b - 2)
                - np.minimum(_LENGTH_COST * _skew(*lengths, a, b), _MOST_LENGTH_COST)
                + _EVIDENCE * _shared(*hard, a, b)
                + np.where(same, _PARAGRAPH, -_PARAGRAPH)
            )

    def _explained(self, a: int, b: int) -> Grid:
        """What each sentence of a pair of blocks owes to the other block, summed."""
        by_source = _windows(self.source_share, b, axis=1)
        by_target = _windows(self.target_share, a, axis=0)
        return _windows(np.minimum(by_source, _ENOUGH) - _EXPLAINED, a, axis=0) + _windows(
            np.minimum(by_target, _ENOUGH) - _EXPLAINED, b, axis=1
        )

    def score(self, source: Sequence[int], target: Sequence[int]) -> float:
        """Score of a bead; see :class:`Bead`."""
        if not target:
            return 1.0 - min(1.0, float(self.source_share[source[0]].max(initial=0.0)))
        if not source:
            return 1.0 - min(1.0, float(self.target_share[:, target[0]].max(initial=0.0)))
        part = np.ix_(source, target)
        shares = [*self.source_share[part].sum(axis=1), *self.target_share[part].sum(axis=0)]
        return float(np.mean(np.minimum(shares, 1.0)))


def _scaled(share: Grid, few: bool) -> Grid:
    """Shares of rows in units of what explains a typical row best."""
    usual = _TYPICAL_EXPLAINED if few else float(np.median(share.max(axis=1)))
    return share / max(usual, _LEAST_SCALE)


def _windows(grid: Grid, size: int, *, axis: int) -> Grid:
    """Sums of ``size`` neighbors along an axis."""
    count = grid.shape[axis] - size + 1
    return np.asarray(sum(grid.take(range(k, k + count), axis=axis) for k in range(size)))


def _likeness(
    cosine: Floats, left_at: npt.NDArray[np.int64], right_at: npt.NDArray[np.int64], few: bool
) -> dict[tuple[int, int], Grid]:
    """Likeness of all pairs of blocks: 0 for a random pair of sentences, 1 for a typical pair."""
    # Best counterpart of each source word in each target sentence, and the reverse.
    forward = np.maximum.reduceat(cosine, right_at[:-1], axis=1)
    backward = np.maximum.reduceat(cosine, left_at[:-1], axis=0).T
    n, m = len(left_at) - 1, len(right_at) - 1
    grids = {
        (a, b): np.minimum(
            _mean_best(forward, left_at, a, b), _mean_best(backward, right_at, b, a).T
        )
        for a, b in _SHAPES
        if a <= n and b <= m
    }
    single = grids[1, 1]
    floor = float(np.median(single))
    best = float(np.median(np.concatenate([single.max(axis=0), single.max(axis=1)])))
    contrast = best - floor
    if few:
        contrast = _TYPICAL_CONTRAST
        floor = best - contrast
    return {shape: (grid - floor) / max(contrast, _LEAST_SCALE) for shape, grid in grids.items()}


def _mean_best(best: Floats, at: npt.NDArray[np.int64], a: int, b: int) -> Grid:
    """Mean over the words of blocks of ``a`` sentences of their best in blocks of ``b``.

    Args:
        best: Best cosine of each word in each sentence of the other side. Shape: (words, m).
        at: Where each sentence's words start.
        a: Block size on the side of the words.
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


def _skew(left: Grid, right: Grid, a: int, b: int) -> Grid:
    """How unlikely the length ratio of two blocks is: square of its log, firmer for long ones."""
    rows = np.maximum(_windows(left, a, axis=0), 1.0)
    columns = np.maximum(_windows(right, b, axis=0), 1.0)
    usual = np.log(max(right.sum(), 1.0) / max(left.sum(), 1.0))
    off = np.subtract.outer(-np.log(rows), -np.log(columns)) - usual
    return np.asarray(off**2 * np.sqrt(np.minimum.outer(rows, columns) / 100.0))


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
    value = [[-np.inf] * (m + 1) for _ in range(n + 1)]
    value[0][0] = 0.0
    back: dict[tuple[int, int], tuple[int, int]] = {}

    def reach(i: int, j: int, a: int, b: int, total: float) -> None:
        if total > value[i + a][j + b]:
            value[i + a][j + b] = total
            back[i + a, j + b] = (a, b)

    gains = {shape: grid.tolist() for shape, grid in grids.of.items()}
    for i in range(n + 1):
        for j in range(m + 1):
            here = value[i][j]
            if i < n:
                reach(i, j, 1, 0, here)
            if j < m:
                reach(i, j, 0, 1, here)
            for (a, b), gain in gains.items():
                if i + a <= n and j + b <= m:
                    reach(i, j, a, b, here + gain[i][j])
    beads: list[Bead] = []
    i, j = n, m
    while (i, j) != (0, 0):
        a, b = back[i, j]
        i, j = i - a, j - b
        source, target = tuple(range(i, i + a)), tuple(range(j, j + b))
        beads.append(Bead(source, target, grids.score(source, target)))
    beads.reverse()
    return beads


def _pair_crossed(beads: list[Bead], grids: _Grids) -> list[Bead]:
    """Take two sentences that stand for two apart, in order or crossed, where that is clear."""
    result: list[Bead] = []
    shares = grids.source_share + grids.target_share
    for bead in beads:
        if len(bead.source) == len(bead.target) == 2:
            (i, j), (x, y) = bead.source, bead.target
            straight, crossed = shares[i, x] + shares[j, y], shares[i, y] + shares[j, x]
            if max(straight, crossed) > _CLEARLY * min(straight, crossed):
                ends = (x, y) if straight > crossed else (y, x)
                result += [
                    Bead((k,), (end,), grids.score((k,), (end,)))
                    for k, end in zip((i, j), ends, strict=True)
                ]
                continue
        result.append(bead)
    return result


def _pair_moved(beads: list[Bead], grids: _Grids) -> list[Bead]:
    """Join a dropped and an added sentence that say the same."""
    shares = np.minimum(grids.source_share, grids.target_share)
    candidates = sorted(
        (-float(shares[x.source[0], y.target[0]]), d, a)
        for d, x in enumerate(beads)
        for a, y in enumerate(beads)
        if not x.target and not y.source and shares[x.source[0], y.target[0]] >= _MOVED
    )
    result = list(beads)
    gone: set[int] = set()
    for _, d, a in candidates:
        if d not in gone and a not in gone:
            source, target = beads[d].source, beads[a].target
            result[d] = Bead(source, target, grids.score(source, target))
            gone.update((d, a))
            result[a] = Bead((), (), 0.0)
    return [bead for bead in result if bead.source or bead.target]
