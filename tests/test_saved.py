"""Saved reports: read back exactly, or refused in one line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "reporters"))
import sample

from mtcheck import cli
from mtcheck.document import Span
from mtcheck.errors import InputError
from mtcheck.issues import Acceptance, Severity
from mtcheck.report import NotChecked, Report

SAMPLES = ["clean", "english", "arabic", "japanese", "chinese", "hostile"]


@pytest.mark.parametrize("name", SAMPLES)
def test_round_trip(name):
    report = getattr(sample, name)()
    text = report.to_json()
    again = Report.from_json(text)
    assert again.to_json() == text
    assert again == report
    assert again.gate() == report.gate()


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(texts, texts, st.data())
def test_round_trip_of_any_report(source, target, data):
    def span(text):
        start = data.draw(st.integers(0, len(text)))
        return Span.of(text, start, data.draw(st.integers(start, len(text))))

    words = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
    plain = st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | words,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=5,
    )
    found = sample.issue(
        "ENT105",
        data.draw(words),
        data.draw(words),
        data.draw(st.none() | st.just(span(source))),
        data.draw(st.none() | st.just(span(target))),
        severity=data.draw(st.sampled_from(Severity)),
        confidence=data.draw(st.none() | st.floats(0, 1)),
        related=(span(target),),
        suggestions=tuple(data.draw(st.lists(words, max_size=2))),
        evidence=data.draw(st.dictionaries(words, plain, max_size=3)),
        accepted=data.draw(st.none() | st.just(Acceptance(kind="waiver", reason="r"))),
    )
    report = sample.report(
        source,
        target,
        [found],
        coverage=data.draw(st.floats(0, 1)),
        not_checked=(NotChecked("alignment", "why", "source", (span(source),)),),
        scores={"npt": data.draw(st.floats(0, 10))},
    )
    assert Report.from_json(report.to_json()).to_json() == report.to_json()


def table() -> dict:
    return json.loads(sample.english().to_json())


def test_fields_that_came_later_may_be_missing():
    old = table()
    for key in ("notices", "parts", "paragraphs"):
        del old[key]
    for row in old["issues"]:
        del row["accepted"]
    report = Report.from_dict({**old, "something_new": 1})
    assert report.issues == sample.english().issues
    assert report.parts == ()


def changed(path, value):
    whole = table()
    place = whole
    for key in path[:-1]:
        place = place[key]
    if value is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("schema",), KeyError, "no field 'schema'"),
        (("schema",), 2, "schema 2; this version of mtcheck reads schema 1"),
        (("schema",), True, "schema True"),
        (("issues",), {}, "issues is not a list"),
        (("issues", 0), [], "issues[0] is not an object"),
        (("issues", 0, "severity"), "fatal", "issues[0].severity is no severity"),
        (("issues", 0, "code"), KeyError, "issues[0].code is missing"),
        (("issues", 0, "confidence"), 1.5, "issues[0].confidence is not between"),
        (("issues", 0, "target", "start"), -4, "issues[0].target does not slice the target"),
        (("issues", 0, "target", "text"), "x", "issues[0].target does not slice the target"),
        (("issues", 0, "target", "end"), "9", "issues[0].target.end is not a whole number"),
        (("issues", 0, "evidence"), [], "issues[0].evidence is not an object"),
        (("coverage",), True, "coverage is not a number"),
        (("coverage",), 7, "coverage is not between"),
        (("source",), None, "source is not a string"),
        (("target",), "another", "does not slice the target"),
        (("signature",), {"a": 1}, "signature.a is not a string"),
        (("paragraphs", 0), [[0, 1]], "paragraphs[0] is no pair"),
        (("paragraphs", 0), [[0, 1], [5, 2]], "paragraphs[0][1] does not fit the target"),
        (("ledger", 0, "mentions", 0, "text"), "x", "mentions[0] does not slice the source"),
        (("parts",), [{"name": 1}], "parts[0].name is not a string"),
        (("not_checked",), KeyError, "not_checked is missing"),
    ],
)
def test_damage_is_named(path, value, words):
    with pytest.raises(InputError) as error:
        Report.from_dict(changed(path, value))
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not valid JSON"),
        ("[]", "no field 'schema'"),
        ("null", "no field 'schema'"),
        ("{", "line 1, column 2"),
        ('{"schema": NaN}', "NaN is no number"),
        ('{"schema": 1e999}', "not valid JSON"),
        ('{"schema": "\\ud800"}', "half a surrogate pair"),
        ("[" * 200_000, "nested too deeply"),
        ('{"schema": ' + "9" * 5000 + "}", "not valid JSON"),
        (b"\xff\xfe", "not"),
    ],
)
def test_what_is_no_json(text, words):
    with pytest.raises(InputError, match=words):
        Report.from_json(text)


# ------------------------------------------------------------------------------ the command


@pytest.fixture
def run(monkeypatch, capfdbinary, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["mtcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code, out, err.decode()

    return call


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "saved.json"
    path.write_text(sample.english().to_json(), "utf-8")
    return path


@pytest.mark.parametrize(
    "form", ["text", "json", "jsonl", "html", "sarif", "junit", "github", "csv", "xlsx"]
)
def test_every_form_and_the_gate(run, saved, tmp_path, form):
    code, out, err = run("report", saved, "--format", form)
    assert (code, err) == (1, "")
    assert out
    assert run("report", saved, "--format", form, "--fail-on", "never", "-q")[0] == 3
    path = tmp_path / "out"
    code, nothing, _ = run("report", saved, "--format", form, "--output", path)
    assert (code, nothing) == (1, b"")
    assert path.read_bytes() == out


def test_json_again_gives_the_same_bytes(run, saved):
    assert run("report", saved, "--format", "json")[1] == saved.read_bytes()


def test_lines_keep_their_names(run, tmp_path):
    from mtcheck.reporters.registry import Result, render

    path = tmp_path / "many.jsonl"
    both = [Result.of(sample.clean(), name="a.txt"), Result.of(sample.english(), name="b.txt")]
    path.write_bytes(render("jsonl", both))
    code, out, _ = run("report", path, "--format", "jsonl")
    assert (code, out) == (1, path.read_bytes())
    code, _, err = run("report", path, "--format", "html")
    assert code == 2
    assert "html holds one report, and there are 2" in err
    path.write_bytes(path.read_bytes() + b'{"schema": 1')
    code, _, err = run("report", path)
    assert code == 2
    assert "many.jsonl, line 3: not valid JSON" in err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"{}", "not a report of mtcheck"),
        (b'{"schema": 9}', "schema 9"),
        (b"{\n 'a'", "not valid JSON"),
        (b"caf\xe9", "not UTF-8"),
        (b'{"schema": 1, "files": 3}', "damaged report"),
    ],
)
def test_bad_saved_report_is_one_line(run, tmp_path, content, words):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    code, out, err = run("report", path, "--format", "sarif")
    assert (code, out) == (2, b"")
    assert words in err
    assert err.count("\n") == 1


def test_unwritable_output_is_one_line(run, saved, tmp_path):
    code, out, err = run("report", saved, "--output", tmp_path / "no" / "such" / "x.csv")
    assert (code, out) == (2, b"")
    assert "cannot be written" in err
    assert err.count("\n") == 1


def test_step_summary_is_added_to(run, saved, tmp_path, monkeypatch):
    path = tmp_path / "summary.md"
    path.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    assert run("report", saved, "--format", "github")[0] == 1
    text = path.read_text("utf-8")
    assert text.startswith("before\n### mtcheck")
    run("report", saved, "--format", "csv")
    assert path.read_text("utf-8") == text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    code, _, err = run("report", saved, "--format", "github")
    assert code == 2
    assert "cannot be written" in err


def test_no_model_is_loaded(saved):
    import subprocess

    program = (
        "import sys; from mtcheck import cli; sys.argv = ['mtcheck', 'report', sys.argv[1], "
        "'--format', 'sarif', '--output', sys.argv[1] + '.sarif']\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print('torch' in sys.modules, 'transformers' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(saved)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False False"
