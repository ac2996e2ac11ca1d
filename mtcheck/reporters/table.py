"""The rows that tables share: one for each issue, gap and note, and one for each article."""

from __future__ import annotations

from collections.abc import Iterator

from mtcheck.document import Span
from mtcheck.report import Report
from mtcheck.reporters.places import Lines
from mtcheck.reporters.registry import Result
from mtcheck.reporters.text import verdict

Cell = str | int | float | None

COLUMNS = (
    "article", "kind", "code", "name", "severity", "confidence", "category", "part", "at_gate",
    "message", "suggestions", "target", "target_line", "target_column", "target_start",
    "target_end", "source", "source_line", "source_column", "source_start", "source_end",
    "accepted", "fingerprint", "source_lang", "target_lang", "coverage",
)  # fmt: skip
"""Names of the columns. ``kind`` is ``article``, ``issue``, ``not-checked`` or ``note``."""


def rows(result: Result) -> Iterator[dict[str, Cell]]:
    """The rows of one report; a column that is not named is empty."""
    report = result.report
    common: dict[str, Cell] = {
        "article": result.title,
        "source_lang": report.source_lang,
        "target_lang": report.target_lang,
        "coverage": report.coverage,
    }
    yield {**common, "kind": "article", "message": verdict(report)}
    lines = {"target": Lines(report.target), "source": Lines(report.source)}
    for issue in report.issues:
        yield {
            **common,
            "kind": "issue",
            "code": issue.code,
            "name": issue.name,
            "severity": str(issue.severity),
            "confidence": issue.confidence,
            "category": issue.category,
            "part": report.part_of(issue),
            "at_gate": "yes" if result.at_gate(issue) else "no",
            "message": issue.message,
            "suggestions": "; ".join(issue.suggestions),
            **_place("target", issue.target, lines),
            **_place("source", issue.source, lines),
            "accepted": None if issue.accepted is None else str(issue.accepted),
            "fingerprint": issue.fingerprint,
        }
    for item in report.not_checked:
        gap: dict[str, Cell] = {**common, "kind": "not-checked", "code": item.stage}
        gap["message"] = item.reason
        if not item.spans:
            yield gap
        for span in item.spans:
            yield {**gap, **_place(_side(report, item.side, span), span, lines)}
    for notice in report.notices:
        yield {**common, "kind": "note", "message": notice}


def _side(report: Report, side: str | None, span: Span) -> str:
    if side in {"source", "target"}:
        return str(side)
    return "source" if report.source[span.start : span.end] == span.text else "target"


def _place(side: str, span: Span | None, lines: dict[str, Lines]) -> dict[str, Cell]:
    if span is None:
        return {}
    place = lines[side].at(span)
    return {
        side: span.text,
        f"{side}_line": place.line,
        f"{side}_column": place.column,
        f"{side}_start": span.start,
        f"{side}_end": span.end,
    }
