"""Reports as a SARIF 2.1.0 log: one run, the translations and sources as its artifacts.

The primary location of an issue is its place in the translation; the source and the other places
are related locations. Regions carry lines and columns and offsets, both in code points. What
could not be checked is a notification of the invocation, which then was not successful.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0 (3.14 run, 3.20 invocation,
3.27 result and its suppressions, 3.30 region, 3.49 reportingDescriptor); level of each severity
as in ``docs/formats.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mtcheck.checks import CHECKS, HEADINGS, page, summary
from mtcheck.document import Span
from mtcheck.issues import Issue, Severity
from mtcheck.report import NotChecked
from mtcheck.reporters.places import Lines
from mtcheck.reporters.registry import Result, exit_code
from mtcheck.reporters.text import flat, languages, shortened, visible

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "note",
}

_SIDES = ("target", "source")
_BESIDES = {"target": "another place", "source": "the source"}


def write(results: Iterable[Result]) -> Iterator[str]:
    """The log as indented JSON."""
    yield json.dumps(sarif_log(results), ensure_ascii=False, indent=2) + "\n"


def sarif_log(results: Iterable[Result]) -> dict[str, Any]:
    """A log with one run for all results, JSON-ready."""
    found = list(results)
    rules = _rules(issue for result in found for issue in result.report.issues)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    artifacts = [
        artifact
        for number, result in enumerate(found, 1)
        for artifact in _artifacts(result, number)
    ]
    # Within a run, either every result says how it is suppressed or none does.
    suppressing = any(issue.accepted for result in found for issue in result.report.issues)
    articles = [
        _Article(result, 2 * number, index, suppressing=suppressing)
        for number, result in enumerate(found)
    ]
    run = {
        "tool": {"driver": {"name": "mtcheck", "version": _version(found), "rules": rules}},
        "invocations": [
            {
                "executionSuccessful": all(result.gate.complete for result in found),
                "exitCode": exit_code(found),
                "toolExecutionNotifications": [
                    notice for article in articles for notice in article.notifications()
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "results": [entry for article in articles for entry in article.entries()],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


class _Article:
    """The results of one report; its artifacts stand at ``first`` (target) and after it."""

    def __init__(
        self, result: Result, first: int, rules: dict[str, int], *, suppressing: bool
    ) -> None:
        self._suppressing = suppressing
        self._report = result.report
        self._result = result
        self._rules = rules
        self._artifact = {side: first + number for number, side in enumerate(_SIDES)}
        self._lines = {"target": Lines(self._report.target), "source": Lines(self._report.source)}
        self._uris = _uris(result)

    def entries(self) -> Iterator[dict[str, Any]]:
        for issue in self._report.issues:
            yield self._entry(issue)

    def notifications(self) -> Iterator[dict[str, Any]]:
        for item in self._report.not_checked:
            yield self._gap(item)
        if self._report.coverage < 1 and not self._report.not_checked:
            words = f"only {self._report.coverage:g} of the source's words could be looked at"
            yield self._gap(NotChecked("coverage", words))
        for notice in self._report.notices:
            yield {"level": "note", "message": {"text": visible(flat(notice))}}

    def _entry(self, issue: Issue) -> dict[str, Any]:
        spans = {"target": issue.target, "source": issue.source}
        home = "target" if issue.target is not None else "source"
        others = [("target", span) for span in issue.related]
        if home == "target" and issue.source is not None:
            others.insert(0, ("source", issue.source))
        entry: dict[str, Any] = {
            "ruleId": issue.code,
            "ruleIndex": self._rules[issue.code],
            "level": LEVELS[issue.severity],
            "message": {"text": _message(issue)},
            "locations": [self._location(home, spans[home])],
            "partialFingerprints": {
                "mtcheckIssue/v1": issue.fingerprint,
                # The only one that GitHub's code scanning looks at; the name is theirs.
                "primaryLocationLineHash": f"{issue.fingerprint}:1",
            },
            "properties": {
                "severity": str(issue.severity),
                "confidence": issue.confidence,
                "category": issue.category,
                "part": self._report.part_of(issue),
                "atGate": self._result.at_gate(issue),
                "suggestions": list(issue.suggestions),
                "evidence": dict(issue.evidence),
            },
        }
        if others:
            entry["relatedLocations"] = [
                {"id": number, **self._location(side, span), "message": {"text": _BESIDES[side]}}
                for number, (side, span) in enumerate(others, 1)
            ]
        if self._suppressing:
            entry["suppressions"] = []  # said to be none, not unknown
        if issue.accepted is not None:
            entry["suppressions"] = [
                {
                    "kind": "external",
                    "status": "accepted",
                    "justification": visible(flat(str(issue.accepted))),
                    "properties": issue.accepted.to_dict(),
                }
            ]
        return entry

    def _gap(self, item: NotChecked) -> dict[str, Any]:
        """A notification: an error where a whole stage failed, a warning for some passages."""
        places = []
        for span in item.spans:
            side = item.side
            if side not in _SIDES:
                fits = self._report.source[span.start : span.end] == span.text
                side = "source" if fits else "target"
            places.append(self._location(side, span))
        if not places:
            side = item.side if item.side in _SIDES else "target"
            places = [self._location(side, None)]
        found: dict[str, Any] = {
            "descriptor": {"id": f"not-checked/{item.stage}"},
            "level": "warning" if item.spans else "error",
            "message": {"text": visible(flat(f"not checked: {item.stage}: {item.reason}"))},
            "locations": places,
        }
        if item.stage in self._rules:
            found["associatedRule"] = {"id": item.stage, "index": self._rules[item.stage]}
        return found

    def _location(self, side: str, span: Span | None) -> dict[str, Any]:
        artifact = {"uri": self._uris[side], "index": self._artifact[side]}
        physical: dict[str, Any] = {"artifactLocation": artifact}
        if span is not None:
            place = self._lines[side].at(span)
            physical["region"] = {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
                "charOffset": span.start,
                "charLength": span.end - span.start,
                "snippet": {"text": span.text},
            }
        return {"physicalLocation": physical}


def _rules(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Descriptors of all rules, and of those that an older or newer version reported."""
    rules = []
    for check in CHECKS:
        rule = check.rule
        rules.append(
            {
                "id": rule.code,
                "name": rule.name,
                "shortDescription": {"text": summary(check)},
                "fullDescription": {"text": summary(check)},
                "help": {"text": page(check), "markdown": _markdown(page(check))},
                "defaultConfiguration": {"level": LEVELS[rule.severity]},
                "properties": {"category": rule.category, "severity": str(rule.severity)},
            }
        )
    known = {rule["id"] for rule in rules}
    for issue in issues:
        if issue.code not in known:
            known.add(issue.code)
            rules.append(
                {
                    "id": issue.code,
                    "name": issue.name,
                    "shortDescription": {"text": issue.name},
                    "properties": {"category": issue.category},
                }
            )
    return rules


def _markdown(text: str) -> str:
    """The page of a rule as Markdown: its indented sections would be blocks of code."""
    headings = {f"{heading}:" for heading in HEADINGS}
    lines = text.splitlines()
    return "\n".join(f"**{line[:-1]}**\n" if line in headings else line.strip() for line in lines)


def _artifacts(result: Result, number: int) -> Iterator[dict[str, Any]]:
    """Both texts of an article; numbered, because several articles may come from one file."""
    report, uris = result.report, _uris(result)
    properties = {
        "language": report.target_lang,
        "languages": languages(report),
        "coverage": report.coverage,
        "counts": report.counts,
        "signature": dict(report.signature),
    }
    yield {
        "location": {"uri": uris["target"]},
        "roles": ["analysisTarget"],
        "encoding": "UTF-8",
        "properties": {"article": number, "side": "target", **properties},
    }
    yield {
        "location": {"uri": uris["source"]},
        "roles": ["analysisTarget"],
        "encoding": "UTF-8",
        "properties": {"article": number, "side": "source", "language": report.source_lang},
    }


def _uris(result: Result) -> dict[str, str]:
    return {
        "target": uri_of(result.name, "target"),
        "source": uri_of(result.source_name, "source"),
    }


def uri_of(name: str, side: str) -> str:
    """A relative reference for a path below the working folder, a file URI for another one.

    Args:
        name: The path; empty or ``-`` for a text that came from none.
        side: Stands for such a text.
    """
    if name in {"", "-"}:
        return side if not name else f"{side}-from-standard-input"
    path = Path(name)
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return "file://" + quote(path.as_posix())
    # A colon in the first segment would be taken for a scheme.
    return quote(path.as_posix())


def _message(issue: Issue) -> str:
    text = issue.message
    if issue.suggestions:
        text = f"{text} Suggested: {'; '.join(shortened(s) for s in issue.suggestions)}."
    return visible(flat(text))


def _version(results: list[Result]) -> str:
    """The version that checked, which a saved report remembers; ours where they differ."""
    versions = {result.report.signature.get("mtcheck", "") for result in results} - {""}
    if len(versions) == 1:
        return versions.pop()
    return metadata.version("mtcheck")
