"""Every form, read back by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import junitparser
import openpyxl
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from mtcheck.checks import CHECKS
from mtcheck.cli.options import Format
from mtcheck.document import Part, Span
from mtcheck.errors import ConfigError
from mtcheck.issues import Acceptance, Severity
from mtcheck.report import NotChecked, Report
from mtcheck.reporters import github, sarif
from mtcheck.reporters.csv_table import guarded
from mtcheck.reporters.json_report import schema
from mtcheck.reporters.junit import xml_text
from mtcheck.reporters.places import Lines
from mtcheck.reporters.registry import WRITERS, Result, exit_code, render, writer_of
from mtcheck.reporters.xlsx import MAX_CHARACTERS
from mtcheck.termbases.workbook import read_cells_of

SAMPLES = ["clean", "english", "arabic", "japanese", "chinese", "hostile"]
SARIF_SCHEMA = json.loads(
    (Path(__file__).parent.parent / "data" / "sarif-schema-2.1.0.json").read_text("utf-8")
)
MANY = [name for name, writer in WRITERS.items() if writer.many]


def report_of(name: str) -> Report:
    """A sample; its codes are codes."""
    report = getattr(sample, name)()
    issues = [
        issue if re.fullmatch(r"[A-Z]{3}\d{3}", issue.code) else replace(issue, code="ACC501")
        for issue in report.issues
    ]
    return replace(report, issues=tuple(issues))


def result(name: str, **changes: object) -> Result:
    report = replace(report_of(name), **changes)
    return Result.of(report, name=f"{name}.target.txt", source_name=f"{name}.source.txt")


def incomplete(**changes: object) -> Report:
    gaps = (
        NotChecked("VAL301", "number-mismatch failed: ValueError: boom"),
        NotChecked("encoder", "the weights are missing"),
    )
    return replace(sample.clean(), not_checked=gaps, coverage=0.5, **changes)


def accepted(report: Report) -> Report:
    why = Acceptance(kind="waiver", reason="house style", person="desk", expires="2030-01-01")
    first = replace(report.issues[0], accepted=why)
    return replace(report, issues=(first, *report.issues[1:]))


# ------------------------------------------------------------------------------- the registry


def test_formats_of_the_command_line_are_those_of_the_registry():
    assert [form.value for form in Format] == list(WRITERS)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", SAMPLES)
def test_same_report_same_bytes(form, name):
    first = render(form, [result(name)])
    assert first == render(form, [result(name)])
    if not writer_of(form).binary:
        first.decode("utf-8")


@pytest.mark.parametrize("form", WRITERS)
def test_gaps_show_in_every_form(form):
    data = render(form, [Result.of(incomplete(), name="a.txt", source_name="b.txt")])
    text = sheet_text(data) if form == "xlsx" else data.decode("utf-8")
    assert "the weights are missing" in text
    assert "boom" in text


@pytest.mark.parametrize("form", MANY)
def test_many_reports_in_one(form):
    both = render(form, [result("english"), result("arabic")])
    text = sheet_text(both) if form == "xlsx" else both.decode("utf-8")
    assert "english.target.txt" in text
    assert "arabic.target.txt" in text


@pytest.mark.parametrize("form", sorted(set(WRITERS) - set(MANY)))
def test_one_report_only(form):
    with pytest.raises(ConfigError, match=f"{form} holds one report, and there are 2"):
        render(form, [result("clean"), result("english")])


def test_unknown_form():
    with pytest.raises(ConfigError, match="did you mean 'sarif'"):
        render("sarf", [])


def test_issues_outrank_gaps():
    gap = Result.of(incomplete())
    assert exit_code([gap]) == 3
    assert exit_code([gap, result("english")]) == 1
    assert exit_code([result("clean")]) == 0


# --------------------------------------------------------------------------------- JSON, JSONL


@pytest.mark.parametrize("name", SAMPLES)
def test_json_obeys_its_schema(name):
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    report = report_of(name)
    validator.validate(json.loads(report.to_json()))
    validator.validate(json.loads(render("json", [result(name)])))
    part = Part(name="headline", source=(0, 3), target=None)
    fuller = replace(report, parts=(part,), notices=("a notice",))
    validator.validate(json.loads(fuller.to_json()))


def test_schema_refuses_what_is_no_report():
    validator = jsonschema.Draft202012Validator(schema())
    table = json.loads(sample.english().to_json())
    for path, value in [
        (("schema",), 2),
        (("coverage",), 1.5),
        (("issues", 0, "severity"), "fatal"),
        (("issues", 0, "code"), "ENT"),
        (("issues", 0, "target", "start"), -1),
        (("not_checked", 0, "side"), "left"),
    ]:
        copy = json.loads(json.dumps(table))
        place = copy
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        assert not validator.is_valid(copy), path


def test_schema_names_every_field_that_is_written():
    report = replace(accepted(sample.english()), parts=(Part(name="body"),))
    table = report.to_dict()
    defs = schema()["$defs"]
    assert set(table) <= set(schema()["properties"])
    assert set(table["issues"][0]) == set(defs["issue"]["properties"])
    assert set(table["ledger"][0]) == set(defs["entry"]["properties"])
    assert set(table["not_checked"][0]) == set(defs["notChecked"]["properties"])
    assert set(table["issues"][0]["accepted"]) == set(defs["acceptance"]["properties"])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_line_is_a_report(name):
    text = render("jsonl", [result(name), result("clean")]).decode("utf-8")
    lines = text.splitlines()  # cuts at U+2028 and U+0085, too
    assert len(lines) == 2
    assert Report.from_dict(json.loads(lines[0])) == report_of(name)


# --------------------------------------------------------------------------------------- SARIF


def log(*results: Result) -> dict:
    found = json.loads(render("sarif", results))
    jsonschema.Draft4Validator(SARIF_SCHEMA).validate(found)
    return found["runs"][0]


@pytest.mark.parametrize("name", SAMPLES)
def test_sarif_obeys_the_schema_and_lands_on_the_words(name):
    one = result(name)
    run = log(result("clean"), one)
    report = one.report
    texts = [sample.clean().target, sample.clean().source, report.target, report.source]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(report.issues)
    for entry, issue in zip(run["results"], report.issues, strict=True):
        assert run["tool"]["driver"]["rules"][entry["ruleIndex"]]["id"] == entry["ruleId"]
        assert entry["partialFingerprints"]["mtcheckIssue/v1"] == issue.fingerprint
        home = issue.target or issue.source
        spans = [home, *([issue.source] if issue.target and issue.source else []), *issue.related]
        places = [*entry["locations"], *entry.get("relatedLocations", [])]
        assert len(places) == len(spans)
        for place, span in zip(places, spans, strict=True):
            physical = place["physicalLocation"]
            region = physical["region"]
            text = texts[physical["artifactLocation"]["index"]]
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == span.text
            assert cut(text, region) == span.text


def cut(text: str, region: dict) -> str:
    """The words of a region by line and column, as another program would find them."""
    lines = re.split(r"(?<=\n)", text)
    first, last = region["startLine"] - 1, region["endLine"] - 1
    if first == last:
        return lines[first][region["startColumn"] - 1 : region["endColumn"] - 1]
    middle = "".join(lines[first + 1 : last])
    return (
        lines[first][region["startColumn"] - 1 :] + middle + lines[last][: region["endColumn"] - 1]
    )


def test_sarif_says_what_was_not_checked():
    run = log(Result.of(incomplete(notices=("a waiver fits nothing",)), name="a.txt"))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 3
    rule, stage, notice = invocation["toolExecutionNotifications"]
    assert rule["associatedRule"]["id"] == "VAL301"
    assert (stage["level"], stage["descriptor"]["id"]) == ("error", "not-checked/encoder")
    assert (notice["level"], notice["message"]["text"]) == ("note", "a waiver fits nothing")
    clean = log(result("clean"))["invocations"][0]
    assert clean["executionSuccessful"] is True
    assert clean["exitCode"] == 0


def test_sarif_rules_levels_and_suppressions():
    report = accepted(sample.english())
    issues = (
        report.issues[0],
        *(
            replace(report.issues[1], severity=severity, code="XYZ999", name="from-elsewhere")
            for severity in Severity
        ),
    )
    run = log(Result.of(replace(report, issues=issues), name="t.txt"))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {check.rule.code for check in CHECKS} < set(rules)
    assert "Why it matters" in rules["ENT105"]["help"]["markdown"]
    assert rules["XYZ999"]["name"] == "from-elsewhere"
    levels = [entry["level"] for entry in run["results"][1:]]
    assert levels == ["note", "warning", "error", "error"]
    (suppression,) = run["results"][0]["suppressions"]
    assert suppression["status"] == "accepted"
    assert "house style" in suppression["justification"]
    assert [entry["suppressions"] for entry in run["results"][1:]] == [[]] * 4
    assert all("suppressions" not in entry for entry in log(result("english"))["results"])


def test_sarif_of_a_report(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found = sample.english().to_sarif(name=str(tmp_path / "a b.txt"), source_name="x:y.txt")
    jsonschema.Draft4Validator(SARIF_SCHEMA).validate(found)
    uris = [artifact["location"]["uri"] for artifact in found["runs"][0]["artifacts"]]
    assert uris == ["a%20b.txt", "x%3Ay.txt"]
    assert sarif.uri_of("/elsewhere/é.txt", "target") == "file:///elsewhere/%C3%A9.txt"
    assert sarif.uri_of("-", "source") == "source-from-standard-input"


@given(st.text(alphabet="a\r\n\u2028é😀 ", max_size=40), st.data())
def test_lines_and_columns(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = Lines(text).at(Span.of(text, start, end))
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    assert cut(text, region) == text[start:end]


# --------------------------------------------------------------------------------------- JUnit


def suites(*results: Result) -> list[junitparser.TestSuite]:
    return list(junitparser.JUnitXml.fromstring(render("junit", results)))


@pytest.mark.parametrize("name", SAMPLES)
def test_junit_counts(name):
    one = result(name)
    (suite,) = suites(one)
    assert suite.name == f"{name}.target.txt"
    cases = list(suite)
    codes = {issue.code for issue in one.gate.issues}
    failed = [c for c in cases if any(isinstance(r, junitparser.Failure) for r in c.result)]
    assert {case.name.split()[0] for case in failed} == codes
    assert suite.failures == len(failed)
    assert suite.tests == len(cases)
    assert suite.errors == (0 if one.gate.complete else 1)


def test_junit_incomplete_is_no_pass():
    (suite,) = suites(Result.of(incomplete(), name="a.txt"))
    cases = {case.name.split()[0]: case for case in suite}
    assert isinstance(cases["VAL301"].result[0], junitparser.Skipped)
    (error,) = cases["everything-checked"].result
    assert isinstance(error, junitparser.Error)
    assert "the weights are missing" in error.text
    assert (suite.errors, suite.skipped, suite.failures) == (1, 1, 0)


def test_junit_below_the_gate_is_said_and_passes():
    report = sample.english()
    one = Result.of(report, name="a.txt", gate=report.gate("never"))
    (suite,) = suites(one)
    assert suite.failures == 0
    assert any(report.issues[0].fingerprint in (case.system_out or "") for case in suite)


@given(st.text(st.characters(codec=None), max_size=30))
def test_xml_takes_any_text(text):
    from xml.etree import ElementTree as ET

    element = ET.Element("a", b=xml_text(text))
    element.text = xml_text(text)
    ET.fromstring(ET.tostring(element, encoding="utf-8"))
    if text.isprintable() and "\ufffe" not in text:
        assert xml_text(text) == text


# -------------------------------------------------------------------------------------- GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Commands as the runner reads them."""
    found = []
    for line in text.splitlines():
        kind, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        values = dict(item.split("=", 1) for item in properties.split(","))
        for code, character in [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")]:
            values = {key: value.replace(code, character) for key, value in values.items()}
            message = message.replace(code, character) if code < "%1" else message
        values = {key: value.replace("%25", "%") for key, value in values.items()}
        found.append((kind, values, message.replace("%25", "%")))
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_annotations(name):
    one = result(name)
    found = commands(render("github", [one]).decode("utf-8"))
    assert {kind for kind, _, _ in found} <= {"error", "warning", "notice"}
    issues = [item for item in found if re.match(r"[A-Z]{3}\d{3} ", item[1]["title"])]
    assert len(issues) == len(one.report.issues)
    worst = sorted(one.report.issues, key=lambda issue: -issue.severity)
    for (_, values, message), issue in zip(issues, worst, strict=True):
        assert values["title"].startswith(f"{issue.code} {issue.name}")
        assert message.split("\n")[0] in github.visible(issue.message)
        assert ("col" in values) == (values["line"] == values["endLine"])
    assert found[-1][1]["file"] == f"{name}.target.txt"


def test_no_text_becomes_a_command():
    report = sample.english()
    evil = replace(
        report.issues[0],
        message="100% sure\n::error::pwned\r\n::stop-commands::x",
        suggestions=("a\n::add-mask::b",),
    )
    one = Result.of(replace(report, issues=(evil,)), name="a,b:c%.txt", source_name="s.txt")
    text = render("github", [one]).decode("utf-8")
    assert not re.search(r"^::(stop-commands|add-mask)", text, re.MULTILINE)
    _, values, message = commands(text)[len(report.not_checked)]
    assert values["file"] == "a,b:c%.txt"
    assert message.startswith("100% sure\n::error::pwned\n::stop-commands::x")


def test_accepted_issue_is_a_notice_and_gap_an_error():
    one = Result.of(accepted(sample.english()), name="a.txt")
    found = commands(render("github", [one]).decode("utf-8"))
    assert [k for k, _, m in found if "house style" in m] == ["notice"]
    gaps = commands(render("github", [Result.of(incomplete(), name="a.txt")]).decode("utf-8"))
    assert [kind for kind, _, _ in gaps] == ["error", "error", "notice"]


def test_summary_of_a_step():
    from markdown_it import MarkdownIt

    one = result("hostile")
    text = github.write_summary([result("english"), one])
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<script" not in page
    assert "<a " not in page
    assert "<img" not in page
    n_issues = len(one.report.issues) + len(sample.english().issues)
    assert page.count("<tr>") == n_issues + 2
    assert page.count("<td>") == n_issues * 6
    short = github.write_summary([result("english"), one], room=1500)
    assert len(short.encode("utf-8")) <= 1500
    assert re.search(r"\d+ more lines did not fit", short)


# ----------------------------------------------------------------------------------- CSV, XLSX


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", SAMPLES)
def test_csv_rows(name):
    one = result(name)
    rows = table(render("csv", [one]))
    report = one.report
    assert rows[0]["kind"] == "article"
    issues = [row for row in rows if row["kind"] == "issue"]
    assert [row["fingerprint"] for row in issues] == [i.fingerprint for i in report.issues]
    for row, issue in zip(issues, report.issues, strict=True):
        if issue.target:
            words = report.target[int(row["target_start"]) : int(row["target_end"])]
            assert row["target"].removeprefix("'") == words.removeprefix("'")
    assert {row["code"] for row in rows if row["kind"] == "not-checked"} == {
        item.stage for item in report.not_checked
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(text):
    report = sample.english()
    evil = replace(report.issues[0], message=text, suggestions=(text,))
    one = Result.of(replace(report, issues=(evil,)), name=text)
    row = table(render("csv", [one]))[1]
    assert row["message"] == f"'{text}"
    assert row["article"] == f"'{text}"
    sheet = workbook(render("xlsx", [one]))["Issues"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    shown = xml_text(text).strip()
    assert shown in {str(cell.value).strip() for cell in cells}


def test_numbers_are_not_guarded():
    assert guarded(-1) == -1
    assert guarded("1 = 1") == "1 = 1"


def workbook(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def sheet_text(data: bytes) -> str:
    book = workbook(data)
    return "\n".join(str(c.value) for sheet in book for row in sheet for c in row if c.value)


@pytest.mark.parametrize("name", SAMPLES)
def test_workbook_opens_elsewhere(name):
    one = result(name)
    data = render("xlsx", [one])
    book = workbook(data)
    head, *rows = book["Issues"].iter_rows(values_only=True)
    column = {key: n for n, key in enumerate(head)}
    issues = [row for row in rows if row[column["kind"]] == "issue"]
    assert len(issues) == len(one.report.issues)
    for row, issue in zip(issues, one.report.issues, strict=True):
        assert row[column["fingerprint"]] == issue.fingerprint
        if issue.target:
            assert row[column["target_start"]] == issue.target.start
            assert row[column["target_line"]] >= 1
    ledger = list(book["Names and terms"].iter_rows(values_only=True))[1:]
    assert sum(row[9] or 0 for row in ledger) == sum(
        rendering.count for entry in one.report.ledger for rendering in entry.renderings
    )
    assert len(read_cells_of(data, "x.xlsx")) == 1 + len(rows)


def test_cells_are_short_and_exact():
    report = sample.english()
    long = replace(report.issues[0], message="😀" * 40_000, suggestions=("_x0041_", "a\x01b"))
    data = render("xlsx", [Result.of(replace(report, issues=(long,)))])
    values = [c.value for row in workbook(data)["Issues"] for c in row if isinstance(c.value, str)]
    assert max(len(value.encode("utf-16-le")) // 2 for value in values) <= MAX_CHARACTERS
    assert "_x005F_x0041_; a<U+0001>b" in values
