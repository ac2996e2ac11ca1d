"""The counterpart of a span, from the link probabilities of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtcheck.document import Span

Grid = npt.NDArray[np.float32]

# Chosen on the first 160 rows of each pair of the hand-made links of names.
_OWN = 0.15  # by so much a word must be linked better to the span than to any other word
_IDLE = 0.3  # a word linked to nothing costs this much inside a counterpart
_MARK = 0.05  # and a mark this much
_LINKED = 0.1  # below this a word counts as linked to nothing
_STRONGEST = 0.15  # the best link a counterpart must have
_GLOSS = 0.3  # weight of words in brackets that repeat the source: a name in the original
_BRACKETS = frozenset("()（）[]［］【】〔〕")
_REST = 0.3  # a source word linked weaker than this is not yet rendered
_CLEAR = 0.5


@dataclass(frozen=True, slots=True)
class Projection:
    """The counterpart of a source span.

    Attributes:
        spans: Where it stands in the target, in order; empty = no counterpart.
        score: Mean over the words of the span of their best link inside the counterpart, in
            [0, 1]; 0 without a counterpart.
        runner_up: The next best place, or ``None``.
        runner_up_score: Its score.
    """

    spans: tuple[Span, ...]
    score: float
    runner_up: Span | None = None
    runner_up_score: float = 0.0


class Run(NamedTuple):
    """Neighboring columns ``start`` to ``end`` of a grid and what speaks for them."""

    start: int
    end: int
    gain: float


def counterpart_runs(
    links: Grid, rows: Sequence[int], source: Sequence[str], target: Sequence[str]
) -> tuple[list[Run], Run | None]:
    """Find the columns of a grid that stand for some of its rows.

    Every column gains what links it to the rows, less what links it to any other row; the
    stretch that gains most is the counterpart. A second stretch is added only for rows that the
    first leaves without a link.

    Args:
        links: Link probabilities. Shape: (n_source, n_target).
        rows: The rows of the span.
        source: All source words of the grid.
        target: All target words.

    Returns:
        The runs of the counterpart in order, none if there is no counterpart; and the next best.
    """
    inside = 1.0 - np.prod(1.0 - links[rows], axis=0)
    others = np.delete(links, rows, axis=0)
    outside = others.max(axis=0) if len(others) else np.zeros_like(inside)
    gain = inside - outside - _OWN
    gain[(inside < _LINKED) & (outside < _LINKED)] = -_IDLE
    mark = np.array([not any(c.isalnum() for c in text) for text in target])
    gain[mark] = np.minimum(gain[mark], -_MARK)
    gain[[text in _BRACKETS for text in target]] = -np.inf
    own = {source[row].casefold() for row in rows}
    runs = []
    for start, end in positive_runs(gain):
        if inside[start:end].max() < _STRONGEST:
            continue
        total = float(gain[start:end].sum())
        if _is_gloss(target, start, end, own):
            total *= _GLOSS
        runs.append(Run(start, end, total))
    runs.sort(key=lambda run: (-run.gain, run.start))
    if not runs:
        return [], None
    first, rest = runs[0], runs[1:]
    if not rest:
        return [first], None
    second = rest[0]
    covered = links[rows, first.start : first.end].max(axis=1)
    fresh = links[rows, second.start : second.end].max(axis=1)
    is_gloss = _is_gloss(target, second.start, second.end, own)
    if ((covered < _REST) & (fresh >= _CLEAR)).any() and not is_gloss:
        return sorted([first, second]), rest[1] if len(rest) > 1 else None
    return [first], second


def _is_gloss(target: Sequence[str], start: int, end: int, own: set[str]) -> bool:
    """Whether a run stands in brackets and repeats the source: 马克龙（Macron）."""
    return (
        start > 0
        and target[start - 1] in _BRACKETS
        and any(text.casefold() in own for text in target[start:end])
    )


def positive_runs(gain: Grid) -> Iterator[tuple[int, int]]:
    """Maximal-scoring runs: the disjoint stretches that no extension improves.

    Source: Ruzzo and Tompa 1999, all maximal scoring subsequences.
    """
    runs: list[tuple[int, int, float, float]] = []  # start, end, sum before, sum after
    total = 0.0
    for k, value in enumerate(gain.tolist()):
        if value == -np.inf:  # nothing reaches across
            yield from ((start, end) for start, end, _, _ in runs)
            runs, total = [], 0.0
            continue
        before, total = total, total + value
        if value <= 0:
            continue
        run = (k, k + 1, before, total)
        while True:
            previous = next((n for n in range(len(runs) - 1, -1, -1) if runs[n][2] < run[2]), None)
            if previous is None or runs[previous][3] >= run[3]:
                runs.append(run)
                break
            run = (runs[previous][0], run[1], runs[previous][2], run[3])
            del runs[previous:]
    yield from ((start, end) for start, end, _, _ in runs)
