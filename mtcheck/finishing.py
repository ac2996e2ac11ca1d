"""From what the checks found to the issues of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mtcheck.issues import Issue, Severity, fingerprints


def finish(issues: Iterable[Issue], severity: Mapping[str, Severity]) -> tuple[Issue, ...]:
    """Merge what says the same, order by place, add fingerprints.

    Args:
        issues: What the checks found, in any order.
        severity: What the settings give a rule, by code or name.
    """
    ordered = sorted(_merge(_weighed(issues, severity)), key=_position)
    keys = [
        (
            issue.code,
            issue.source.text if issue.source else "",
            issue.target.text if issue.target else "",
        )
        for issue in ordered
    ]
    return tuple(
        replace(issue, fingerprint=mark)
        for issue, mark in zip(ordered, fingerprints(keys), strict=True)
    )


def _merge(issues: Iterable[Issue]) -> list[Issue]:
    """Of two issues about the same words of the translation the more severe stays.

    Among equals the house's own word outranks ours.
    """
    kept: list[Issue] = []
    for issue in sorted(
        issues, key=lambda i: (-i.severity, "termbase" not in i.evidence, i.code, _position(i))
    ):
        covered = any(
            issue.target is not None
            and other.target is not None
            and issue.target.overlaps(other.target)
            and issue.code[:3] in {"ENT", "TRM"}
            and other.code[:3] in {"ENT", "TRM"}
            for other in kept
        )
        if not covered:
            kept.append(issue)
    return kept


def _position(issue: Issue) -> tuple[int, int, int, str]:
    source = issue.source.start if issue.source else -1
    if issue.target is None:
        return (1, source, source, issue.code)
    return (0, issue.target.start, source, issue.code)


def _weighed(issues: Iterable[Issue], severity: Mapping[str, Severity]) -> list[Issue]:
    """Issues with the severity that the settings give their rule."""
    if not severity:
        return list(issues)
    return [
        replace(
            issue,
            severity=severity.get(issue.code, severity.get(issue.name, issue.severity)),
        )
        for issue in issues
    ]
