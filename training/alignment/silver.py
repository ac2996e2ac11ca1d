"""Silver links: what the raw states say, and what the whole collection of sentences says.

No hand-made alignment is used. The prior is the plain aligner's; an association of word types,
counted over all sentence pairs but the one at hand, is added and counted again, a few rounds.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mtcheck.aligners.words import best_neighbor, two_way
from mtcheck.alignment import Grid

ROUNDS = 3
_SHARPNESS, _NEIGHBOR = 16.0, 0.2
_ASSOCIATION = 0.5
_SHRINK = 2.0  # occurrences that a pair of types is held back by
_COUNTED = 0.05


def silver_links(
    similarity: Sequence[Grid], sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
) -> list[npt.NDArray[np.uint8]]:
    """Link probability of each pair of words of each sentence pair.

    Args:
        similarity: Evidence of the states for each sentence pair. Shape: (n_source, n_target).
        sources: Keys of the source words, language included.
        targets: Keys of the target words, language included.

    Returns:
        Probabilities times 255, one grid for each sentence pair.

    Source:
        The association is the Dice coefficient of Melamed 2000, leave-one-out and shrunk.
    """
    numbers: dict[str, int] = {}
    left = [[numbers.setdefault(key, len(numbers)) for key in keys] for keys in sources]
    right = [[numbers.setdefault(key, len(numbers)) for key in keys] for keys in targets]
    # A word is counted among the sentences of each language pair apart.
    scopes = [_scope(a, b) for a, b in zip(sources, targets, strict=True)]
    links = [_links(grid) for grid in similarity]
    for number in range(ROUNDS):
        together: defaultdict[tuple[int, int], float] = defaultdict(float)
        alone: defaultdict[tuple[str, int], int] = defaultdict(int)
        for grid, rows, columns, scope in zip(links, left, right, scopes, strict=True):
            for word in (*rows, *columns):
                alone[scope, word] += 1
            for i, j in np.argwhere(grid > _COUNTED).tolist():
                together[rows[i], columns[j]] += float(grid[i, j])
        renewed = []
        for plain, grid, rows, columns, scope in zip(
            similarity, links, left, right, scopes, strict=True
        ):
            bonus = np.zeros_like(plain)
            n_rows = [alone[scope, word] - 1 for word in rows]
            n_columns = [alone[scope, word] - 1 for word in columns]
            for i, j in np.argwhere(grid > _COUNTED / 10).tolist():
                rest = together.get((rows[i], columns[j]), 0.0) - float(grid[i, j])
                if rest > 0 and n_rows[i] > 0 and n_columns[j] > 0:
                    bonus[i, j] = rest / (np.sqrt(n_rows[i] * n_columns[j]) + _SHRINK)
            renewed.append(_links(plain + _ASSOCIATION * bonus))
        change = np.mean(
            [np.abs(a - b).sum() / max(1, len(a)) for a, b in zip(links, renewed, strict=True)]
        )
        print(f"silver links, round {number + 1}: change of {change:.4f} a word", file=sys.stderr)
        links = renewed
    return [np.round(grid * 255).astype(np.uint8) for grid in links]


def _scope(source: Sequence[str], target: Sequence[str]) -> str:
    return " ".join(sorted({keys[0].split("\t")[0] for keys in (source, target) if keys}))


def _links(similarity: Grid) -> Grid:
    helped = similarity + _NEIGHBOR * best_neighbor(two_way(similarity, _SHARPNESS))
    return two_way(helped, _SHARPNESS)
