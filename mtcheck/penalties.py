"""What the issues of a report add up to, by the formulas of the MQM scoring model.

Source: MQM scoring models (themqm.org), linear model without calibration: absolute penalty
total, normed penalty total and raw quality score. All error types weigh 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from mtcheck.issues import Issue

REFERENCE_WORDS = 1_000
"""Reference word count: the length of text that ``npt`` speaks of."""

MAXIMUM = 100.0
"""Maximum score value: the ``rqs`` of a text without penalties."""

SCALES = {
    "apt": "absolute penalty total; lower is better; 0 and up",
    "npt": "normed penalty total, penalty points per 1,000 source words; lower is better; 0 and up",
    "rqs": "raw quality score, 100 x (1 - apt / words); higher is better; at most 100, may be "
    "negative",
    "words": "evaluation word count: source tokens that hold a letter or a digit",
}
"""Direction and range of each number of :func:`penalty_totals`."""


def penalty_totals(issues: Iterable[Issue], n_words: int) -> dict[str, float]:
    """Penalties of issues, in points: neutral 0, minor 1, major 5, critical 25.

    The model is meant for 500 to 20,000 words; of a shorter text read the counts by severity.

    Args:
        issues: Issues of one text.
        n_words: Words of the source.

    Returns:
        ``apt``, ``npt``, ``rqs`` and ``words``, as :data:`SCALES` says; empty without words.
    """
    if n_words <= 0:
        return {}
    apt = float(sum(int(issue.severity) for issue in issues))
    by_word = apt / n_words
    return {
        "apt": apt,
        "npt": round(by_word * REFERENCE_WORDS, 4),
        "rqs": round(MAXIMUM * (1 - by_word), 4),
        "words": float(n_words),
    }
