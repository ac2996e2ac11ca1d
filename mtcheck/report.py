"""The answer: issues, the ledger, and what could not be looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mtcheck.document import Part, Span
from mtcheck.extras import load_pandas
from mtcheck.gating import Bar, BarLike, Gates, read_level, read_share
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 1
"""Version of the JSON form; grows with every change that is not an addition."""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that could not be looked at.

    Attributes:
        stage: Name of a stage (``encoder``, ``alignment`` …) or code of a rule.
        reason: Why, in one sentence.
        side: ``source``, ``target`` or ``None`` for both.
        spans: The passages concerned; empty = the whole article.
    """

    stage: str
    reason: str
    side: str | None = None
    spans: tuple[Span, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "stage": self.stage,
            "reason": self.reason,
            "side": self.side,
            "spans": [span.to_dict() for span in self.spans],
        }


@dataclass(frozen=True, slots=True)
class Gate:
    """The answer of :meth:`Report.gate`.

    Attributes:
        passed: No issue at the gate, and enough was looked at.
        issues: The issues at the gate.
        complete: Everything could be looked at, or at least the wanted share.
        exit_code: 0 nothing at the gate, 1 issues at the gate, 3 incomplete.
    """

    passed: bool
    issues: tuple[Issue, ...]
    complete: bool
    exit_code: int


@dataclass(frozen=True)
class Report:
    """What mtcheck has to say about one article.

    Attributes:
        source: The source text, as given.
        target: The translation, as given.
        source_lang: BCP 47 tag.
        target_lang: BCP 47 tag.
        issues: By place in the translation; issues without a place there by source place.
        not_checked: What could not be looked at, and why.
        coverage: Share of the source's words that could be looked at, in [0, 1].
        ledger: Names and terms with their renderings.
        signature: What exactly ran: version, rules, models, data.
        scores: Penalties of the issues: ``apt`` (absolute penalty total, lower is better, from 0),
            ``npt`` (the same for 1,000 source words), ``rqs`` (raw quality score, higher is better,
            at most 100), ``words``; empty where nothing was checked. See ``mtcheck.penalties``.
        paragraphs: Pairs of paragraph ranges that stand for each other, for display.
        notices: What is to be said about the run and no passage: waivers that have expired,
            waivers and known issues that fit nothing.
        parts: Headline, body and so on, as far as they are known.
    """

    source: str
    target: str
    source_lang: str
    target_lang: str
    issues: tuple[Issue, ...]
    not_checked: tuple[NotChecked, ...]
    coverage: float
    ledger: Ledger
    signature: Mapping[str, str]
    scores: Mapping[str, float] = field(default_factory=dict)
    paragraphs: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    notices: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Issues by severity, worst first; every severity is there."""
        return {
            str(severity): sum(issue.severity == severity for issue in self.issues)
            for severity in sorted(Severity, reverse=True)
        }

    def gate(
        self,
        fail_on: Severity | str = Severity.MAJOR,
        *,
        min_confidence: float = 0.0,
        min_coverage: float | None = None,
        rules: Mapping[str, BarLike] | None = None,
        parts: Mapping[str, BarLike] | None = None,
    ) -> Gate:
        """Whether the translation may pass.

        ``rules`` and ``parts`` hold a bar each: a severity, ``"never"``, or a table with
        ``fail_on`` and ``min_confidence``; a part's table may hold ``rules`` too. The most
        specific bar wins: rule within part, rule, part, general.

        Args:
            fail_on: Lowest severity that stops it, or ``"never"``.
            min_confidence: Issues less sure than this do not stop it; an issue without
                confidence always does.
            min_coverage: Least share of the source that must have been looked at; without it
                anything in ``not_checked`` makes the check incomplete. A stage or rule that
                failed for the whole article makes it incomplete either way.
            rules: Bars by code, name or group of rules.
            parts: Bars by part of the article, such as ``headline``.

        Returns:
            The verdict. Issues at the gate outrank incompleteness; waived and known issues
            never stop it.

        Raises:
            ConfigError: A value that is no severity, or no number from 0 to 1.
        """
        general = Bar(
            fail_on=read_level(fail_on, "fail_on"),
            min_confidence=read_share(min_confidence, "min_confidence"),
        )
        if min_coverage is not None:
            min_coverage = read_share(min_coverage, "min_coverage")
        gates = Gates.of({"rules": rules or {}, "parts": parts or {}})
        stopping = tuple(
            issue for issue in self.issues if gates.stops(issue, self.part_of(issue), general)
        )
        if min_coverage is None:
            complete = not self.not_checked
        else:
            # Passages are measured by the coverage; no coverage makes up for a failed stage.
            failed = any(not item.spans for item in self.not_checked)
            complete = self.coverage >= min_coverage and not failed
        code = 1 if stopping else 0 if complete else 3
        return Gate(passed=code == 0, issues=stopping, complete=complete, exit_code=code)

    def part_of(self, issue: Issue) -> str | None:
        """Name of the part in which an issue begins; ``None`` where that is not known.

        The place in the translation decides, the one in the source where there is no other.
        Of parts within each other the smallest counts.
        """
        span = issue.target or issue.source
        if span is None:
            return None
        found = []
        for part in self.parts:
            place = part.source if issue.target is None else part.target
            if place is not None and place[0] <= span.start <= max(place[0], place[1] - 1):
                found.append((place[1] - place[0], part.name))
        return min(found)[1] if found else None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; the same check gives the same bytes."""
        return {
            "schema": SCHEMA,
            "source_lang": self.source_lang,
            "target_lang": self.target_lang,
            "counts": self.counts,
            "coverage": self.coverage,
            "issues": [issue.to_dict() for issue in self.issues],
            "not_checked": [item.to_dict() for item in self.not_checked],
            "ledger": self.ledger.to_list(),
            "scores": dict(self.scores),
            "signature": dict(self.signature),
            "notices": list(self.notices),
            "parts": [part.to_dict() for part in self.parts],
            "paragraphs": [[list(source), list(target)] for source, target in self.paragraphs],
            "source": self.source,
            "target": self.target,
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """JSON text, ending in a line break."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent) + "\n"

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Report:
        """The report of what :meth:`to_dict` gave.

        Raises:
            InputError: It is no report, one of another version, or damaged.
        """
        from mtcheck.saved import report_from

        return report_from(table)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """The report of what :meth:`to_json` gave; writing it again gives the same bytes.

        Raises:
            InputError: It is not JSON, no report, one of another version, or damaged.
        """
        from mtcheck.saved import load_json, report_from

        return report_from(load_json(text))

    def to_sarif(self, *, name: str = "target", source_name: str = "source") -> dict[str, Any]:
        """A SARIF 2.1.0 log, JSON-ready.

        Args:
            name: Path or URI of the translation, as the log shall call it.
            source_name: The same of the source.
        """
        from mtcheck.reporters.registry import Result
        from mtcheck.reporters.sarif import sarif_log

        return sarif_log([Result.of(self, name=name, source_name=source_name)])

    def to_html(self) -> str:
        """One self-contained page; everything from the texts is escaped."""
        from mtcheck.reporters.html import render_page

        return render_page(self)

    def to_text(self, *, color: bool = False, width: int = 100) -> str:
        """Findings for a terminal."""
        from mtcheck.reporters.text import render_text

        return render_text(self, color=color, width=width)

    def to_frame(self) -> pd.DataFrame:
        """One row for each issue (needs pandas).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        columns = [
            "code", "name", "severity", "confidence", "category", "source", "source_start",
            "source_end", "target", "target_start", "target_end", "suggestion", "message",
            "fingerprint",
        ]  # fmt: skip
        rows = []
        for issue in self.issues:
            source, target = issue.source, issue.target
            rows.append(
                [
                    issue.code,
                    issue.name,
                    str(issue.severity),
                    issue.confidence,
                    issue.category,
                    source.text if source else None,
                    source.start if source else None,
                    source.end if source else None,
                    target.text if target else None,
                    target.start if target else None,
                    target.end if target else None,
                    issue.suggestions[0] if issue.suggestions else None,
                    issue.message,
                    issue.fingerprint,
                ]
            )
        return load_pandas().DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        return (
            f"<Report {self.source_lang} to {self.target_lang}: {len(self.issues)} issues, "
            f"{len(self.not_checked)} not checked, coverage {self.coverage:.2f}>"
        )

    def _repr_html_(self) -> str:
        from mtcheck.reporters.html import render_fragment

        return render_fragment(self)

    def __str__(self) -> str:
        return self.to_text()
