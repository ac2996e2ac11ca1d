"""What the aligner and the value parser know about a pair of sentences, as numbers.

The reference-free estimate (:mod:`mtcheck.scorers.estimate`) reads nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from mtcheck.aligners.features import read_words
from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side
from mtcheck.encoders.base import EncodedText, Floats
from mtcheck.text.words import is_content
from mtcheck.values.matching import match_values

NAMES = (
    "source_links_mean", "source_links_min", "source_links_second", "source_unlinked_share",
    "source_unlinked_log", "source_surprise",
    "target_links_mean", "target_links_min", "target_links_second", "target_unlinked_share",
    "target_unlinked_log", "target_surprise",
    "source_nearness_mean", "source_nearness_min", "source_nearness_second",
    "target_nearness_mean", "target_nearness_min", "target_nearness_second",
    "cosine", "length_ratio", "length_gap", "words_log", "copied_share", "all_links_mean",
    "values_differing", "values_omitted", "values_added", "block_score",
)  # fmt: skip
"""Names of the features, in the order of their columns."""

_UNLINKED = 0.3  # below this a word has no counterpart worth the name


def block_features(
    alignment: Alignment,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
) -> Floats:
    """Features of each block of an alignment.

    Args:
        alignment: Both sides with their word links.
        source_encoded: States of each source sentence.
        target_encoded: States of each target sentence.

    Returns:
        One row a block. Shape: (n_blocks, len(NAMES)).
    """
    values = _value_counts(alignment)
    rows = [
        [*_features(block, alignment, source_encoded, target_encoded), *counts, block.score]
        for block, counts in zip(alignment.blocks, values, strict=True)
    ]
    return np.asarray(rows, dtype=np.float32).reshape(len(rows), len(NAMES))


def sentence_cosine(source: Sequence[EncodedText], target: Sequence[EncodedText]) -> float:
    """Cosine of the mean top states of two groups of sentences; 0 where a side is empty."""
    if not source or not target:
        return 0.0
    left, right = (
        np.concatenate([text.states[-1] for text in side]).astype(np.float64).mean(axis=0)
        for side in (source, target)
    )
    length = float(np.linalg.norm(left) * np.linalg.norm(right))
    return float(left @ right) / length if length else 0.0


def _features(
    block: Block,
    alignment: Alignment,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
) -> list[float]:
    source, target = alignment.source, alignment.target
    rows, columns = list(block.source_tokens), list(block.target_tokens)
    links = block.links
    if not links.size:
        links = np.zeros((max(1, len(rows)), max(1, len(columns))), dtype=np.float32)
    near = _nearness(block, source, target, source_encoded, target_encoded, links.shape)
    kept_rows = _content(source, rows)
    kept_columns = _content(target, columns)
    n_rows, n_columns = len(kept_rows), len(kept_columns)
    # Whether the counterpart a word is linked to also means what it means: the link's own
    # similarity, not the best one of the sentence.
    bound = np.where(links >= links.max(axis=1, keepdims=True) - 1e-6, near, -1.0)
    bound_back = np.where(links >= links.max(axis=0, keepdims=True) - 1e-6, near, -1.0)
    words = {source.tokens[k].text for k in rows}
    copied = sum(target.tokens[k].text in words for k in columns if target.tokens[k].text.isalpha())
    return [
        *_link_facts(links.max(axis=1), kept_rows),
        *_link_facts(links.max(axis=0), kept_columns),
        *_lowest(bound.max(axis=1), kept_rows),
        *_lowest(bound_back.max(axis=0), kept_columns),
        sentence_cosine(
            [source_encoded[k] for k in block.source], [target_encoded[k] for k in block.target]
        ),
        math.log((n_columns + 1) / (n_rows + 1)),
        abs(math.log((n_columns + 1) / (n_rows + 1))),
        math.log(n_rows + n_columns + 1),
        copied / max(1, len(columns)),
        float(links.max(axis=1).mean() + links.max(axis=0).mean()) / 2,
    ]


def _link_facts(best: Floats, kept: Sequence[int]) -> list[float]:
    """Mean, lowest, second lowest, unlinked share, their number (log), and mean surprise."""
    if not kept:
        return [0.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    chosen = np.sort(best[list(kept)].astype(np.float64))
    unlinked = int((chosen < _UNLINKED).sum())
    return [
        float(chosen.mean()),
        float(chosen[0]),
        float(chosen[min(1, len(chosen) - 1)]),
        unlinked / len(chosen),
        math.log1p(unlinked),
        float(-np.log(np.maximum(chosen, 0.01)).mean()),
    ]


def _lowest(best: Floats, kept: Sequence[int]) -> list[float]:
    if not kept:
        return [0.0, 0.0, 0.0]
    chosen = np.sort(best[list(kept)].astype(np.float64))
    return [float(chosen.mean()), float(chosen[0]), float(chosen[min(1, len(chosen) - 1)])]


def _content(side: Side, tokens: Sequence[int]) -> list[int]:
    return [n for n, k in enumerate(tokens) if is_content(side.tokens[k].text, side.lang)]


def _nearness(
    block: Block,
    source: Side,
    target: Side,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
    shape: tuple[int, ...],
) -> Floats:
    """Cosine of the words' top states. Shape: (n_source, n_target). Range: [-1, 1]."""
    left = _states(source, block.source, source_encoded)
    right = _states(target, block.target, target_encoded)
    if left is None or right is None or (len(left), len(right)) != shape:
        return np.zeros(shape, dtype=np.float32)
    return np.asarray(left @ right.T, dtype=np.float32)


def _states(side: Side, sentences: Sequence[int], encoded: Sequence[EncodedText]) -> Floats | None:
    found = []
    for number in sentences:
        sentence = side.sentences[number]
        tokens = side.tokens[sentence.first_token : sentence.last_token]
        if tokens:
            words = read_words(tokens, encoded[number], sentence.span.start)
            found.append(words.states[-1])
    return np.concatenate(found) if found else None


def _value_counts(alignment: Alignment) -> list[list[float]]:
    """Values that differ, are left out and were added, by block."""
    matches = match_values(alignment)
    counts = [[0.0, 0.0, 0.0] for _ in alignment.blocks]
    for pair in matches.differing:
        counts[pair.source.block][0] += 1
    for place, items in ((1, matches.omitted), (2, matches.added)):
        for item in items:
            counts[item.block][place] += 1
    return counts
