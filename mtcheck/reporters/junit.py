"""Reports as JUnit XML, for the test view of a CI system.

A test suite is an article, a test case a rule that ran; one more case says whether everything
could be checked. Issues at the gate are a failure, a rule that could not run is skipped, and an
incomplete check is an error: no article looks green that was not looked at.

Source: there is no standard; the elements are those of Ant's JUnit task, which all readers know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from mtcheck.checks import CHECKS
from mtcheck.issues import Issue
from mtcheck.report import NotChecked
from mtcheck.reporters.places import Lines
from mtcheck.reporters.registry import Result
from mtcheck.reporters.text import code_point, confidence, flat, languages, shortened, verdict

_COMPLETE = "everything-checked"


def write(results: Iterable[Result]) -> Iterator[str]:
    """One document with a suite for each report."""
    root = ET.Element("testsuites", name="mtcheck")
    root.extend(_suite(result) for result in results)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("time", "0")
    ET.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ET.tostring(root, encoding="unicode") + "\n"


def xml_text(text: str) -> str:
    """A text as XML 1.0 can hold it: what it forbids is spelled out as ``<U+0001>``.

    CR LF becomes LF, and a bare carriage return is spelled out: every reader of XML would turn
    both into LF.

    Source: XML 1.0, production 2 (Char).
    """
    return "".join(c if _allowed(c) else f"<{code_point(c)}>" for c in text.replace("\r\n", "\n"))


def _allowed(character: str) -> bool:
    return character in "\t\n" or (
        character >= " "
        and not "\ud800" <= character <= "\udfff"
        and character not in "\ufffe\uffff"
    )


def _suite(result: Result) -> ET.Element:
    report = result.report
    names = {check.rule.code: check.rule.name for check in CHECKS}
    names |= {issue.code: issue.name for issue in report.issues}
    ran = [code for code in report.signature.get("rules", "").split(",") if code]
    found = [issue.code for issue in report.issues]
    failed = {item.stage: item for item in report.not_checked if item.stage in names}
    lines = Lines(report.target), Lines(report.source)
    title = xml_text(result.title)
    cases = [
        _case(
            title,
            f"{code} {names.get(code, code)}",
            [issue for issue in report.issues if issue.code == code],
            result,
            failed.get(code),
            lines,
        )
        for code in sorted({*ran, *found, *failed})
    ]
    cases.append(_completeness(title, result))
    suite = ET.Element("testsuite", name=title)
    suite.set("tests", str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    properties = ET.SubElement(suite, "properties")
    values = {
        "languages": languages(report),
        "coverage": f"{report.coverage:g}",
        "verdict": verdict(report),
        **{f"signature.{key}": value for key, value in report.signature.items()},
    }
    for key, value in values.items():
        ET.SubElement(properties, "property", name=xml_text(key), value=xml_text(value))
    suite.extend(cases)
    if report.notices:
        ET.SubElement(suite, "system-err").text = xml_text("\n".join(report.notices))
    return suite


def _case(
    title: str,
    name: str,
    issues: list[Issue],
    result: Result,
    failed: NotChecked | None,
    lines: tuple[Lines, Lines],
) -> ET.Element:
    case = ET.Element("testcase", classname=title, name=xml_text(name), time="0")
    stopping = [issue for issue in issues if result.at_gate(issue)]
    others = [issue for issue in issues if not result.at_gate(issue)]
    if stopping:
        worst = max(stopping, key=lambda issue: issue.severity)
        failure = ET.SubElement(case, "failure", message=xml_text(flat(worst.message)))
        failure.set("type", str(worst.severity))
        failure.text = xml_text("\n\n".join(_described(issue, lines) for issue in stopping))
    elif failed is not None:
        ET.SubElement(case, "skipped", message=xml_text(flat(failed.reason)))
    if others:
        below = "\n\n".join(_described(issue, lines) for issue in others)
        ET.SubElement(case, "system-out").text = xml_text(f"Not at the gate:\n{below}")
    return case


def _completeness(title: str, result: Result) -> ET.Element:
    report = result.report
    case = ET.Element("testcase", classname=title, name=_COMPLETE, time="0")
    gaps = [f"{item.stage}: {flat(item.reason)}" for item in report.not_checked]
    text = xml_text("\n".join([*gaps, f"coverage {report.coverage:g}"]))
    if not result.gate.complete:
        error = ET.SubElement(case, "error", message=xml_text(verdict(report)), type="incomplete")
        error.text = text
    elif gaps or report.coverage < 1:
        ET.SubElement(case, "system-out").text = f"Not checked, but within the gate:\n{text}"
    return case


def _described(issue: Issue, lines: tuple[Lines, Lines]) -> str:
    head = f"{issue.severity} {issue.name}, {confidence(issue)}: {flat(issue.message)}"
    rows = [head]
    for name, span, side in (
        ("translation", issue.target, lines[0]),
        ("source", issue.source, lines[1]),
    ):
        if span is not None:
            place = side.at(span)
            quote = f": {shortened(flat(span.text))}" if span.text else ""
            rows.append(f"{name} {place.line}:{place.column}{quote}")
    if issue.suggestions:
        rows.append(f"suggested: {'; '.join(shortened(s) for s in issue.suggestions)}")
    if issue.accepted is not None:
        rows.append(f"accepted: {issue.accepted}")
    rows.append(f"fingerprint {issue.fingerprint}")
    return "\n".join(rows)
