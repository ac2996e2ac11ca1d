"""Whether one translation is better than another, by a paired bootstrap over segments."""

from __future__ import annotations

import numpy as np

from mtcheck.errors import InputError
from mtcheck.scorers.reference import SAMPLE_SEED, SAMPLES
from mtcheck.scores import ComparedMetric, Scores

FEWEST = 2
"""Segments below which there is nothing to draw from."""


def compare_estimates(first: Scores, second: Scores) -> ComparedMetric:
    """Paired bootstrap of the estimate, a source sentence being drawn for both translations.

    A source sentence has the probability of the segment it stands in; text that was added has no
    source sentence and counts in :attr:`Scores.major_error_share` alone.

    Raises:
        InputError: Less than two source sentences.
    """
    left, right = _by_sentence(first), _by_sentence(second)
    shared = sorted(left.keys() & right.keys())
    if len(shared) < FEWEST:
        raise InputError(
            "the source has a single sentence: two translations are compared by at least two"
        )
    table = np.asarray([[left[k], right[k]] for k in shared])
    picks = np.random.default_rng(SAMPLE_SEED).integers(0, len(shared), (SAMPLES, len(shared)))
    gaps = (table[:, 1] - table[:, 0])[picks].mean(axis=1)
    means = table.mean(axis=0)
    return ComparedMetric.of(
        "major_error_share", float(means[0]), float(means[1]), gaps.tolist(),
        higher_is_better=False, n_segments=len(shared),
    )  # fmt: skip


def _by_sentence(scores: Scores) -> dict[int, float]:
    return {k: item.major_error for item in scores.segments for k in item.source_sentences}
