import json
import sys

import pytest
from conftest import ARTICLES

from mtcheck import cli

SOURCE = str(ARTICLES / "id-en-platform" / "source.id.txt")
SOUND = str(ARTICLES / "id-en-platform" / "sound.en.txt")
DAMAGED = str(ARTICLES / "id-en-platform" / "damaged.en.txt")
OTHER = str(ARTICLES / "de-en-hospital" / "sound.en.txt")


@pytest.fixture
def run(monkeypatch, capfdbinary):
    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["mtcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return call


def test_formats_and_exit_codes(run, tmp_path):
    html = tmp_path / "r.html"
    code, out, err = run("check", SOURCE, DAMAGED, "--format", "json", "--html", html)
    assert (code, err) == (1, "")
    assert json.loads(out)["counts"]["major"] >= 3
    assert html.read_text("utf-8").startswith("<!")
    code, out, _ = run("check", SOURCE, SOUND)
    assert code == 0
    assert "No issues" in out


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        (b"", SOUND, "empty"),
        (b" \n\t", SOUND, "empty"),
        (b"caf\xe9 abc", SOUND, "not UTF-8"),
        ("abc".encode("utf-16"), SOUND, "UTF-16"),
        (b"a\x00b word", SOUND, "U+0000"),
        ("missing.txt", SOUND, "no such file"),
        (str(ARTICLES), SOUND, "folder"),
        (SOUND, SOUND, "same text"),
        (SOUND, OTHER, "one language"),
        (SOURCE, OTHER, "translations of each other"),
        ("-", "-", "only one"),
    ],
)
def test_bad_input_is_one_line(run, tmp_path, source, target, words):
    if isinstance(source, bytes):
        path = tmp_path / "bad.txt"
        path.write_bytes(source)
        source = path
    code, out, err = run("check", source, target)
    assert code == 2
    assert out == ""
    assert err.startswith("mtcheck: ")
    assert words in err
    assert err.count("\n") == 1


def test_swapped_wrong_and_unknown_languages(run):
    langs = ("--source-lang", "id", "--target-lang", "en")
    assert "exchanged" in run("check", SOUND, SOURCE, *langs)[2]
    assert "looks like Indonesian" in run("check", SOURCE, SOUND, "--source-lang", "fr")[2]
    code, _, err = run("check", SOURCE, SOUND, "--source-lang", "xx")
    assert code == 2
    assert "unknown language tag" in err


def test_config(run, tmp_path):
    path = tmp_path / "mtcheck.toml"
    path.write_text("[tool.mtcheck]\ndisable = ['TRM203']\n")
    code, out, _ = run("check", SOURCE, DAMAGED, "--config", path, "--format", "json")
    assert code == 1
    assert "TRM203" not in json.loads(out)["signature"]["rules"]
    path.write_text("disabel = []\n")
    code, _, err = run("check", SOURCE, DAMAGED, "--config", path)
    assert code == 2
    assert "did you mean 'disable'" in err


def test_rules(run):
    _, out, _ = run("rules", "list")
    assert "ENT105" in out
    _, out, _ = run("rules", "explain", "quote-misplaced")
    assert "Why it matters" in out
    code, _, err = run("rules", "explain", "ENT15")
    assert code == 2
    assert "did you mean" in err


def test_crash_and_interrupt(run, monkeypatch):
    def crash(*_, **__):
        raise RuntimeError("boom")

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("mtcheck.pipeline.Checker.check", crash)
    code, out, err = run("check", SOURCE, SOUND)
    assert (code, out) == (3, "")
    assert "internal error" in err
    monkeypatch.setattr("mtcheck.pipeline.Checker.check", stop)
    assert run("check", SOURCE, SOUND)[0] == 130
