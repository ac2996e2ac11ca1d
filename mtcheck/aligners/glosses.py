"""Names given again in the original, in brackets: 马克龙（Macron）.

A copy is the strongest evidence there is, so the copy in brackets would take the whole link of a
name and leave its rendering, which is what a reader reads and a checker must judge, with nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mtcheck.aligners.base import Linker
from mtcheck.aligners.features import Words
from mtcheck.alignment import Grid

_PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】"}
_LONGEST = 12  # words
_SHARE = 0.5  # of its words that the other side holds too


def link_past_glosses(linker: Linker, source: Words, target: Words) -> Grid:
    """Link words twice where a side holds glosses: with them, and as if they were not there.

    Returns:
        Link probabilities, those of a gloss from the first look, all others from the second.
        Shape: (n_source, n_target).
    """
    grid = linker.links(source, target)
    rows, columns = glosses(source.texts, target.texts), glosses(target.texts, source.texts)
    # Brackets with the same words on both sides are a translated aside.
    if rows.any() == columns.any():
        return grid
    rest = linker.links(source.select(~rows), target.select(~columns))
    grid[np.ix_(np.flatnonzero(~rows), np.flatnonzero(~columns))] = rest
    return grid


def glosses(texts: Sequence[str], others: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which words stand in brackets that mostly repeat words of the other side.

    The brackets themselves are not counted in. Shape: (len(texts),).
    """
    found = np.zeros(len(texts), dtype=np.bool_)
    known = {text.casefold() for text in others if text.isalnum()}
    for k, text in enumerate(texts):
        closing = _PAIRS.get(text)
        if closing is None or k == 0 or not texts[k - 1][-1].isalnum():
            continue
        stop = min(len(texts), k + _LONGEST + 2)
        end = next((n for n in range(k + 1, stop) if texts[n] == closing), None)
        if end is None:
            continue
        words = [texts[n].casefold() for n in range(k + 1, end) if texts[n].isalnum()]
        if words and sum(word in known for word in words) >= _SHARE * len(words):
            found[k + 1 : end] = True
    return found
