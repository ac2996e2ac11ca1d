"""What every check is: one rule with a code, a name and a page."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from mtcheck.analysis import PairAnalysis
from mtcheck.document import Span
from mtcheck.issues import Issue, Severity

HEADINGS = ("What it finds", "Why it matters", "Example", "Does not find", "Options")
"""Sections that the docstring of every check has, in this order."""


class Check(Protocol):
    """Reads the evidence and yields issues; finding nothing is an empty list."""

    rule: ClassVar[Rule]

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article, in any order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Identity of a check.

    Attributes:
        code: Group and three digits, stable for ever.
        name: Stable name.
        category: MQM path.
        severity: Severity of its issues.
    """

    code: str
    name: str
    category: str
    severity: Severity

    def issue(
        self,
        message: str,
        *,
        source: Span | None,
        target: Span | None,
        related: Iterable[Span] = (),
        suggestions: Iterable[str] = (),
        evidence: dict[str, Any] | None = None,
    ) -> Issue:
        """An issue of this rule."""
        return Issue(
            code=self.code,
            name=self.name,
            message=message,
            severity=self.severity,
            category=self.category,
            source=source,
            target=target,
            related=tuple(related),
            suggestions=tuple(suggestions),
            evidence=evidence or {},
        )


def page(check: type[Check] | Check) -> str:
    """The documentation page of a check: its docstring, unindented."""
    owner = check if isinstance(check, type) else type(check)
    return inspect.getdoc(owner) or ""


def summary(check: type[Check] | Check) -> str:
    """First line of the page."""
    return page(check).split("\n", 1)[0]
