"""Reports as annotations of GitHub Actions, and as the summary of a step.

Annotations are lines on stdout that the runner reads. Everything in them is escaped, so no text
of an article can become a command.

Source: GitHub, workflow commands; escaping as in the toolkit's ``command.ts``: ``%``, CR and LF
in messages, ``:`` and ``,`` as well in properties. Columns count only where a span ends in the
line in which it begins. The runner shows ten annotations of a kind for each step, so the worst
come first and the summary lists all.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from mtcheck.document import Span
from mtcheck.issues import Issue
from mtcheck.reporters.places import lines_of
from mtcheck.reporters.registry import Result
from mtcheck.reporters.sarif import LEVELS
from mtcheck.reporters.text import confidence, flat, languages, shortened, verdict, visible

SUMMARY_LIMIT = 1_000_000
"""Bytes of a summary; GitHub drops one that has more than 1024 KiB, steps before it included."""

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~@-])")


def write(results: Iterable[Result]) -> Iterator[str]:
    """An annotation for each issue and gap, the worst first, and a verdict for each article."""
    found = list(results)
    for result in found:
        for item in result.report.not_checked:
            side = item.side if item.side in {"source", "target"} else "target"
            span = item.spans[0] if item.spans else None
            kind = "warning" if result.gate.complete else "error"
            more = f" ({len(item.spans):,} passages)" if len(item.spans) > 1 else ""
            title = f"mtcheck: not checked: {item.stage}"
            yield _annotation(kind, result, side, span, title, item.reason + more)
    issues = [(result, issue) for result in found for issue in result.report.issues]
    # Sorting is stable: within a severity the articles and places keep their order.
    for result, issue in sorted(issues, key=lambda pair: -pair[1].severity):
        yield _issue(result, issue)
    for result in found:
        for notice in result.report.notices:
            yield _annotation("notice", result, "target", None, "mtcheck: note", notice)
        yield _annotation("notice", result, "target", None, "mtcheck", verdict(result.report))


def write_summary(results: Iterable[Result], room: int = SUMMARY_LIMIT) -> str:
    """The summary of a step: Markdown with a table for each article, the worst first.

    Args:
        results: The reports.
        room: Most bytes; what does not fit is counted.

    Returns:
        Markdown, ending in a line break. No markup of the texts acts.
    """
    parts: list[str] = []
    room -= 200  # the line that says what was left out
    left_out = 0
    for result in results:
        for piece in _sections(result):
            size = len(piece.encode("utf-8"))
            if left_out or size > room:
                left_out += 1
            else:
                parts.append(piece)
                room -= size
    if left_out:
        parts.append(f"\n{left_out:,} more lines did not fit.\n")
    return "".join(parts)


def escape_data(text: str) -> str:
    """A message as a workflow command takes it."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).translate(
        {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
    )


def escape_property(text: str) -> str:
    """A value of a property as a workflow command takes it."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _issue(result: Result, issue: Issue) -> str:
    side = "target" if issue.target is not None else "source"
    span = issue.target if issue.target is not None else issue.source
    rows = [issue.message]
    if issue.target is not None and issue.source is not None:
        rows.append(f"Source: {shortened(flat(issue.source.text))}")
    if issue.suggestions:
        rows.append(f"Suggested: {'; '.join(shortened(s) for s in issue.suggestions)}")
    if issue.accepted is not None:
        rows.append(f"Accepted: {issue.accepted}")
    kind = "notice" if issue.accepted else _COMMANDS[LEVELS[issue.severity]]
    title = f"{issue.code} {issue.name} ({issue.severity}, {confidence(issue)})"
    return _annotation(kind, result, side, span, title, "\n".join(rows))


def _annotation(
    kind: str, result: Result, side: str, span: Span | None, title: str, message: str
) -> str:
    name = result.name if side == "target" else result.source_name
    values: dict[str, str] = {}
    if name not in {"", "-"}:
        values["file"] = name
        if span is not None:
            report = result.report
            place = lines_of(report.target if side == "target" else report.source).at(span)
            values["line"] = str(place.line)
            values["endLine"] = str(place.end_line)
            if place.line == place.end_line:
                values["col"] = str(place.column)
                values["endColumn"] = str(place.end_column)
    values["title"] = title
    properties = ",".join(f"{key}={escape_property(value)}" for key, value in values.items())
    return f"::{kind} {properties}::{escape_data(message)}\n"


def _sections(result: Result) -> Iterator[str]:
    report = result.report
    yield f"### mtcheck: {_cell(result.title)} ({_cell(languages(report))})\n\n"
    yield f"{_cell(verdict(report))}\n"
    for item in report.not_checked:
        yield f"- **Not checked**: {_cell(item.stage)}: {_cell(item.reason)}\n"
    for notice in report.notices:
        yield f"- Note: {_cell(notice)}\n"
    yield "\n"
    if report.issues:
        yield "| Severity | Rule | Translation | Source | Finding | Suggested |\n"
        yield "|---|---|---|---|---|---|\n"
    for issue in sorted(report.issues, key=lambda issue: -issue.severity):
        accepted = f" (accepted: {issue.accepted})" if issue.accepted else ""
        cells = [
            str(issue.severity),
            f"{issue.code} {issue.name}",
            _where(report.target, issue.target),
            _where(report.source, issue.source),
            issue.message + accepted,
            "; ".join(issue.suggestions),
        ]
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |\n"
    if report.issues:
        yield "\n"


def _where(text: str, span: Span | None) -> str:
    if span is None:
        return ""
    place = lines_of(text).at(span)
    return f"{place.line}:{place.column} {span.text}".strip()


def _cell(text: str) -> str:
    """A text on one line of Markdown, none of its marks acting."""
    plain = html.escape(visible(flat(shortened(text))), quote=False)
    return _MARKS.sub(r"\\\1", plain)
