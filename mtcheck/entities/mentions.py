"""Names of one side: the trained recognizer's, and capitals it passed over."""

from __future__ import annotations

from collections.abc import Iterable

from mtcheck.document import Mention


def merge_names(trained: Iterable[Mention], capitals: Iterable[Mention]) -> tuple[Mention, ...]:
    """Names of the trained recognizer, and runs of capitals that touch none of them.

    Args:
        trained: Names with their types, without overlaps.
        capitals: Runs of capitalized words.
    """
    kept = list(trained)
    for mention in capitals:
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.span))
