"""Learn how one script spells the sounds of another: EM over pairs of names.

A pair of names is cut into operations, each a chunk of Latin letters against a chunk of symbols
of the other script; either may be empty, one of the two has at most two symbols. The probability
of an operation is what is learned. Two things keep it honest:

* A pair may be no transliteration at all (the data was aligned by machine): every pair has a
  posterior probability of coming from the transducer rather than from two unrelated spellers
  (Sajjad, Fraser and Schmid 2012, "A statistical model for unsupervised and semi-supervised
  transliteration mining").
* Expected counts pass through exp(digamma(.)), the variational M-step of a sparse Dirichlet prior
  (Johnson 2007), so that rare long chunks are not memorized: plain likelihood prefers them, as a
  longer chunk means fewer factors.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Pair = tuple[tuple[str, ...], tuple[str, ...]]
Table = dict[str, dict[str, float]]
"""Log-odds of an operation by other chunk, then Latin chunk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of operations that are allowed: (Latin symbols, other symbols)."""

    sizes: tuple[tuple[int, int], ...]


SHAPES = {
    "arabic": Shape(sizes=((1, 1), (2, 1), (3, 1), (1, 0), (2, 0), (0, 1), (1, 2), (2, 2), (0, 2))),
    "hebrew": Shape(sizes=((1, 1), (2, 1), (3, 1), (1, 0), (2, 0), (0, 1), (1, 2), (2, 2))),
    "cyrillic": Shape(sizes=((1, 1), (2, 1), (3, 1), (4, 1), (1, 0), (0, 1), (1, 2), (2, 2))),
    "hangul": Shape(sizes=((1, 1), (2, 1), (3, 1), (1, 0), (2, 0), (0, 1), (1, 2), (2, 2), (0, 2))),
    "kana": Shape(sizes=((1, 1), (2, 1), (3, 1), (1, 0), (0, 1), (1, 2), (2, 2), (3, 2))),
    "han": Shape(sizes=((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (1, 0), (2, 0), (0, 1))),
    "pinyin": Shape(sizes=((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (1, 0), (2, 0), (0, 1))),
    "roman": Shape(sizes=((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (1, 0), (0, 1))),
    "latin": Shape(sizes=((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (1, 0), (0, 1))),
    "pivot": Shape(sizes=((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (1, 0), (0, 1))),
}


def digamma(x: float) -> float:
    """Derivative of the logarithm of the gamma function, for x > 0."""
    value = 0.0
    while x < 6:
        value -= 1 / x
        x += 1
    inverse = 1 / (x * x)
    return value + math.log(x) - 0.5 / x - inverse * (1 / 12 - inverse * (1 / 120 - inverse / 252))


def unigrams(words: Iterable[Sequence[str]]) -> dict[str, float]:
    """Probability of each symbol, add-half smoothed."""
    counts = Counter(symbol for word in words for symbol in word)
    total = sum(counts.values()) + 0.5 * len(counts)
    return {symbol: (count + 0.5) / total for symbol, count in counts.items()}


def fit(
    pairs: Sequence[Pair], shape: Shape, *, rounds: int = 7, prior: float = 0.05, rare: float = 1.0
) -> tuple[Table, list[float]]:
    """Learn the operations of one script.

    Args:
        pairs: (Latin symbols, other symbols) of each pair of names.
        shape: Operations that are allowed.
        rounds: Rounds of EM.
        prior: Concentration of the Dirichlet prior, per operation.
        rare: An operation expected less often than this in all pairs is dropped.

    Returns:
        Log-odds of each operation against unrelated spelling, and the posterior of each pair in
        the last round.
    """
    left, right = unigrams(p[0] for p in pairs), unigrams(p[1] for p in pairs)
    unit = {**{("x", k): v for k, v in left.items()}, **{("y", k): v for k, v in right.items()}}

    def independent(x: Sequence[str], y: Sequence[str]) -> float:
        value = 1.0
        for s in x:
            value *= unit["x", s]
        for s in y:
            value *= unit["y", s]
        return value

    # First guess: how often chunks occur near the diagonal, worth one Latin letter a symbol less.
    first: Counter[tuple[str, str]] = Counter()
    for x, y in pairs:
        n, m = len(x), len(y)
        for lx, ly in shape.sizes:
            for i in range(n - lx + 1):
                for j in range(m - ly + 1):
                    gap = abs((i + lx / 2) / n - (j + ly / 2) / m)
                    if gap < 0.25:
                        first["".join(x[i : i + lx]), "".join(y[j : j + ly])] += math.exp(
                            -8 * gap
                        ) * 0.1 ** (lx + ly)
    odds = _odds(first, left, right, prior=None)
    posterior = [1.0] * len(pairs)
    share = 0.9
    for turn in range(rounds):
        counts: Counter[tuple[str, str]] = Counter()
        kept = 0.0
        for number, (x, y) in enumerate(pairs):
            likelihood, found = _expect(x, y, odds, shape)
            if not likelihood:
                posterior[number] = 0.0
                continue
            weight = share * likelihood / (share * likelihood + 1 - share)
            posterior[number] = weight
            kept += weight
            for operation, count in found:
                counts[operation] += weight * count
        share = min(max(kept / len(pairs), 0.5), 0.99)
        odds = _odds(counts, left, right, prior=prior, rare=rare * (turn + 1) / rounds)
    return odds, posterior


def _odds(
    counts: Counter[tuple[str, str]],
    left: dict[str, float],
    right: dict[str, float],
    *,
    prior: float | None,
    rare: float = 0.0,
) -> Table:
    """Odds (not logarithms) of operations against unrelated spelling."""
    total = sum(counts.values())
    if prior is None:
        weights = {operation: count / total for operation, count in counts.items()}
    else:
        base = digamma(total + prior * len(counts))
        weights = {
            operation: math.exp(digamma(count + prior) - base)
            for operation, count in counts.items()
            if count > rare
        }
    table: Table = defaultdict(dict)
    for (cx, cy), weight in weights.items():
        chance = math.prod(left[s] for s in cx) * math.prod(right[s] for s in cy)
        table[cy][cx] = weight / chance
    return dict(table)


def _expect(
    x: tuple[str, ...], y: tuple[str, ...], odds: Table, shape: Shape
) -> tuple[float, list[tuple[tuple[str, str], float]]]:
    """Likelihood ratio of a pair and the expected count of each operation (forward-backward)."""
    n, m = len(x), len(y)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    arcs: list[tuple[int, int, int, int, float, str, str]] = []
    chunks = [["".join(x[i : i + k]) for k in range(6)] for i in range(n + 1)]
    for j in range(m + 1):
        rows = [
            (lx, ly, cy, odds.get(cy))
            for lx, ly in shape.sizes
            if j + ly <= m
            for cy in ("".join(y[j : j + ly]),)
        ]
        usable = [(lx, ly, cy, row) for lx, ly, cy, row in rows if row]
        for i in range(n + 1):
            value = forward[i][j]
            if not value:
                continue
            for lx, ly, cy, row in usable:
                if i + lx <= n:
                    odd = row.get(chunks[i][lx])
                    if odd:
                        forward[i + lx][j + ly] += value * odd
                        arcs.append((i, j, lx, ly, odd, chunks[i][lx], cy))
    # Operations without a symbol on one side stay in the row or column, in order: see above.
    total = forward[n][m]
    if not total:
        return 0.0, []
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward[n][m] = 1.0
    found = []
    for i, j, lx, ly, odd, cx, cy in reversed(arcs):
        onward = backward[i + lx][j + ly] * odd
        if onward:
            backward[i][j] += onward
            found.append(((cx, cy), forward[i][j] * onward / total))
    return total, found
