"""What one kind of evidence says about two names."""

from __future__ import annotations

from typing import NamedTuple


class Verdict(NamedTuple):
    """A probability and its reason; evidence that says nothing gives no verdict at all.

    Attributes:
        score: Probability that the names name the same thing. Range: [0, 1].
        reason: Why, in words for an editor.
    """

    score: float
    reason: str
