"""Settings, gates, waivers and baselines on the command line, with a checker of no model."""

from __future__ import annotations

import json
import os
import pty
import sys
import threading
import time
from dataclasses import replace

import pytest
from builders import SOURCE, TARGET, issue, report
from fakes import FakeEncoder

from mtcheck import Checker, Document, Part, cli
from mtcheck.cli.bars import progress
from mtcheck.issues import Severity, fingerprints

# The tests' encoder is not the packaged one, and that is said.
NO_JUDGE = (
    "mtcheck: wrong, omitted and added names are found with the packaged encoder, not with fake@1\n"
)


@pytest.fixture
def run(monkeypatch, capfdbinary, tmp_path):
    """Runs a command in an empty folder that holds the two texts."""
    for name in [name for name in os.environ if name.startswith("MTCHECK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.txt").write_text(SOURCE, "utf-8")
    (tmp_path / "t.txt").write_text(TARGET, "utf-8")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["mtcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return call


@pytest.fixture
def canned(monkeypatch):
    """Every article has two issues: a major and a minor one."""

    class Rule:
        class rule:
            code, name = "TRM203", "term-mistranslated"

        def run(self, analysis):
            return [issue("major", "trees"), issue("minor", "song", source=None)]

    monkeypatch.setattr("mtcheck.pipeline.CHECKS", (Rule,))
    monkeypatch.setattr("mtcheck.pipeline._load_encoder", lambda _: FakeEncoder())
    monkeypatch.setattr("mtcheck.pipeline.is_unrelated", lambda _: False)


CHECK = (
    "check",
    "s.txt",
    "t.txt",
    "--source-lang",
    "id",
    "--target-lang",
    "en",
    "--format",
    "json",
)


def found(run, *options):
    code, out, err = run(*CHECK, *options)
    return code, json.loads(out), err


def test_settings_reach_the_check(run, canned, tmp_path, monkeypatch):
    code, table, err = found(run)
    assert [i["severity"] for i in table["issues"]] == ["major", "minor"]
    assert (code, err) == (1, NO_JUDGE)
    (tmp_path / "mtcheck.toml").write_text("fail_on = 'critical'")
    assert found(run)[0] == 0
    monkeypatch.setenv("MTCHECK_FAIL_ON", "minor")
    assert found(run)[0] == 1
    assert found(run, "--fail-on", "never")[0] == 0
    (tmp_path / "mtcheck.toml").write_text("[severity]\nterm-mistranslated = 'neutral'")
    code, table, _ = found(run)
    assert (code, table["counts"]["neutral"]) == (0, 2)
    assert table["signature"]["severity"] == "term-mistranslated=neutral"


def test_rules_of_the_gate(run, canned, tmp_path):
    (tmp_path / "mtcheck.toml").write_text("[gates.rules]\nterm-mistranslated = 'critical'")
    assert found(run)[0] == 0
    (tmp_path / "mtcheck.toml").write_text("[gates.rules]\nTRM = 'never'")
    assert found(run)[0] == 0


def test_a_bar_for_parts_that_are_not_known_is_said(run, canned, tmp_path):
    (tmp_path / "mtcheck.toml").write_text("[gates.parts]\nheadline = 'minor'")
    code, table, err = found(run)
    assert code == 1
    assert "gates.parts changes nothing" in err
    assert table["parts"] == []


def test_parts_reach_the_gate(canned):
    parts = [Part(name="headline", target=(0, len(TARGET)))]
    document = Document(SOURCE, TARGET, "id", "en", id="a", parts=tuple(parts))
    (checked,) = Checker().check_documents([document])
    assert len(checked.gate("critical", parts={"headline": "minor"}).issues) == 2
    assert checked.gate("critical").issues == ()


def test_waivers(run, canned, tmp_path):
    path = tmp_path / "mtcheck-waivers.toml"
    rule = "[[waivers]]\nrule = 'TRM203'\ntarget = 'Trees'\nreason = 'House style'\n"
    path.write_text(f"{rule}expires = 2027-01-31\n")
    today = ("--config", tmp_path / "c.toml")
    (tmp_path / "c.toml").write_text("today = 2027-01-31")
    code, table, err = found(run, *today)
    assert (code, err) == (0, NO_JUDGE)
    assert table["issues"][0]["accepted"]["reason"] == "House style"
    assert table["counts"]["major"] == 1
    (tmp_path / "c.toml").write_text("today = 2027-02-01")
    code, table, err = found(run, *today)
    assert code == 1
    assert "expired on 2027-01-31: its issue counts again" in err
    assert table["notices"][0] == NO_JUDGE.removeprefix("mtcheck: ").strip()
    assert table["notices"][1:] == [err.removeprefix(NO_JUDGE).removeprefix("mtcheck: ").strip()]
    assert found(run, *today, "--quiet")[2] == ""
    path.write_text(rule.replace("Trees", "tundra"))
    code, table, err = found(run, *today)
    assert code == 1
    assert "covers no issue" in err


def test_baseline(run, canned, tmp_path):
    write = ("baseline", "write", *CHECK[1:-2], "-o", "b.json")
    code, out, err = run(*write)
    assert (code, out) == (0, "")
    assert "2 issues in the baseline" in err
    code, table, err = found(run, "--baseline", "b.json")
    assert (code, err) == (0, NO_JUDGE)
    assert [i["accepted"]["kind"] for i in table["issues"]] == ["baseline"] * 2
    (tmp_path / "mtcheck.toml").write_text("baseline = 'b.json'")
    assert run(*write, "--quiet")[2] == ""  # the baseline in use does not hide its issues
    assert len(json.loads((tmp_path / "b.json").read_text())["issues"]) == 2
    assert run("baseline", "write", "s.txt", "none.txt")[0] == 2


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--baseline", "none.json"), "no such file"),
        (("--baseline", "s.txt"), "not valid JSON"),
        (("--waivers", "none.toml"), "no such file"),
        (("--waivers", "s.txt"), "not valid TOML"),
        (("--disable", "TRM203x"), "did you mean 'TRM203'"),
        (("--config", "s.txt"), "not valid TOML"),
        (("--termbase", "none.tbx"), "no such file"),
    ],
)
def test_wrong_use_is_one_line(run, option, words):
    code, out, err = run(*CHECK, *option)
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("mtcheck: ")
    assert err.count("\n") == 1


def test_the_line_for_a_chat(run, canned, tmp_path):
    found(run, "--summary", "line.txt")
    line = (tmp_path / "line.txt").read_text()
    assert line.startswith("t.txt (Indonesian to English): held; 1 issue at the gate; the worst is")
    assert "major term-mistranslated \u201ctrees\u201d, suggested: woods" in line
    assert "1 below the gate" in line
    assert line.count("\n") == 1
    found(run, "--summary", "line.txt", "--fail-on", "never")
    assert "may go out" in (tmp_path / "line.txt").read_text()


def test_config_show(run, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text("[tool.mtcheck.gates.rules]\nTRM203 = 'minor'")
    monkeypatch.setenv("MTCHECK_THREADS", "1")
    code, out, err = run("config", "show", "--fail-on", "minor")
    assert (code, err) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines()}
    assert rows["gates.rules.TRM203.fail_on"] == ['"minor"', str(tmp_path / "pyproject.toml")]
    assert rows["threads"] == ["1", "MTCHECK_THREADS"]
    assert rows["fail_on"] == ['"minor"', "--fail-on"]
    assert rows["encoder"] == ["-", "default"]
    table = json.loads(run("config", "show", "--format", "json")[1])
    assert table["file"] == str(tmp_path / "pyproject.toml")
    names = [row["name"] for row in table["settings"]]
    assert len(names) == len(set(names))
    monkeypatch.setenv("MTCHECK_THREAD", "1")
    code, out, err = run("config", "show")
    assert (code, out) == (2, "")
    assert "did you mean 'MTCHECK_THREADS'" in err


def test_a_neutral_severity_by_code_is_not_skipped(canned):
    checker = Checker({"severity": {"TRM203": "neutral", "term-mistranslated": "major"}})
    checked = checker.check(SOURCE, TARGET, source_lang="id", target_lang="en")
    assert {i.severity for i in checked.issues} == {Severity.NEUTRAL}


def test_accepted_issues_show_in_text_and_html():
    from mtcheck.issues import Acceptance

    mark = fingerprints([("TRM203", "a", "b")])[0]
    accepted = Acceptance(kind="waiver", reason="<b>House</b> style", person="Desk")
    page = replace(report(issue(fingerprint=mark, accepted=accepted)), notices=("<i>note</i>",))
    text = page.to_text()
    assert "Accepted:     waived by Desk: <b>House</b> style" in text
    assert "1 accepted already" in text
    assert "Note:         <i>note</i>" in text
    html = page.to_html()
    assert "&lt;b&gt;House&lt;/b&gt; style" in html
    assert "&lt;i&gt;note&lt;/i&gt;" in html


# ---------------------------------------------------------------------------------- the bar


def shown_on_a_terminal(monkeypatch, action) -> str:
    """What a terminal on stderr is sent."""
    ours, theirs = pty.openpty()
    seen = bytearray()

    def read():
        try:
            while data := os.read(ours, 4096):
                seen.extend(data)
        except OSError:  # the other end is closed
            return

    reader = threading.Thread(target=read)
    reader.start()
    with os.fdopen(theirs, "w") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        action()
        monkeypatch.undo()
    reader.join(5)
    os.close(ours)
    return seen.decode(errors="replace")


def test_the_bar_comes_late_and_counts(monkeypatch):
    def slow(quiet=False):
        with progress("checking", total=3, quiet=quiet) as advance:
            advance(1)
            time.sleep(0.4)
            advance(1)
            time.sleep(0.2)

    monkeypatch.setattr("mtcheck.cli.bars.PATIENCE", 0.1)
    shown = shown_on_a_terminal(monkeypatch, slow)
    assert "checking" in shown
    assert "2/3" in shown
    monkeypatch.setattr("mtcheck.cli.bars.PATIENCE", 0.1)
    assert shown_on_a_terminal(monkeypatch, lambda: slow(quiet=True)) == ""
    monkeypatch.setattr("mtcheck.cli.bars.PATIENCE", 60)
    assert shown_on_a_terminal(monkeypatch, slow) == ""


def test_no_bar_where_nobody_watches(capfd):
    with progress("checking") as advance:
        advance(1)
    assert capfd.readouterr() == ("", "")
