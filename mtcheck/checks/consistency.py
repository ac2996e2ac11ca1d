"""What the checks of consistent use have in common: the issue for one ledger entry."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.checks.base import Rule
from mtcheck.issues import Issue
from mtcheck.ledger import Entry, Rendering


def inconsistency(rule: Rule, entry: Entry, rivals: Sequence[Rendering]) -> Issue:
    """One issue for an entry: the first competing place, all other places as related.

    Args:
        rule: The rule that speaks.
        entry: The name or term.
        rivals: Its competing renderings that the rule objects to.
    """
    expected = entry.renderings[0]
    places = sorted(
        (place, source)
        for rival in rivals
        for place, source in zip(rival.places, rival.sources, strict=True)
    )
    target, source = places[0]
    others = [place for place, _ in places[1:]]
    for rendering in entry.renderings:
        if rendering.status in {"expected", "variant"}:
            others.extend(rendering.places)
    forms = " and ".join(f"“{r.text}” ({r.count}×)" for r in (expected, *rivals))
    return rule.issue(
        f"“{entry.source_text}” is rendered in different ways: {forms}. "
        "The source uses one expression throughout.",
        source=source,
        target=target,
        related=sorted(set(others) - {target}),
        suggestions=[expected.text],
        evidence={
            "source_mentions": len(entry.mentions),
            "expected": expected.text,
            "expected_because": entry.reason,
            "expected_places": [place.to_dict() for place in expected.places],
            "competing": [
                {"text": r.text, "places": [place.to_dict() for place in r.places]} for r in rivals
            ],
        },
    )
