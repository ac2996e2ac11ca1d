"""``mtcheck align``: formats, exit codes, and one clear line for everything else."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from conftest import ARTICLES
from fakes import FakeEncoder

import mtcheck
from mtcheck import cli, parse_pharaoh

ROOT = ARTICLES.parent.parent
SOURCE = ARTICLES / "id-en-platform" / "source.id.txt"
SOUND = ARTICLES / "id-en-platform" / "sound.en.txt"
OTHER = ARTICLES / "de-en-hospital" / "sound.en.txt"
LANGS = ("--source-lang", "id", "--target-lang", "en")


@pytest.fixture
def run(monkeypatch, capfdbinary):
    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["mtcheck", "align", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return call


@pytest.fixture
def fake(monkeypatch):
    dictionary = {"polisi": "police", "pencuri": "thief", "hujan": "rain"}
    monkeypatch.setattr("mtcheck.pipeline._load_encoder", lambda _: FakeEncoder(dictionary))


@pytest.fixture
def files(tmp_path):
    def write(source, target):
        paths = tmp_path / "source.txt", tmp_path / "target.txt"
        for path, text in zip(paths, (source, target), strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return paths

    return write


@pytest.fixture(scope="module")
def alignment():
    return mtcheck.align(SOURCE.read_text("utf-8"), SOUND.read_text("utf-8"))


def test_text_is_the_default(run):
    code, out, err = run(SOURCE, SOUND)
    assert (code, err) == (0, "")
    assert "Indonesian \u2192 English" in out
    assert "0 sentences dropped" in " ".join(out.split())


def test_pharaoh_of_an_article_is_one_line_of_whole_text_indices(run, alignment):
    code, out, err = run(SOURCE, SOUND, "--format", "pharaoh")
    assert (code, err) == (0, "")
    assert out == alignment.to_pharaoh() + "\n"
    assert out.count("\n") == 1
    links = parse_pharaoh(
        out, n_source=len(alignment.source_tokens), n_target=len(alignment.target_tokens)
    )
    assert links == tuple((link.i, link.j) for link in alignment.links)


def test_json_of_an_article_is_that_of_python(run, alignment):
    code, out, _ = run(SOURCE, SOUND, "--format", "json")
    assert code == 0
    value = json.loads(out)
    assert value == json.loads(json.dumps(alignment.to_dict()))
    text = SOURCE.read_text("utf-8")
    for token in value["source_tokens"]:
        assert text[token["start"] : token["end"]] == token["text"]


def test_html_goes_to_a_file(run, tmp_path, alignment):
    path = tmp_path / "alignment.html"
    code, out, _ = run(SOURCE, SOUND, "--format", "html", "--output", path)
    assert (code, out) == (0, "")
    assert path.read_text("utf-8") == alignment.to_html()


def test_one_side_from_stdin(run):
    expected = run(SOURCE, SOUND)[1]
    assert run(SOURCE, "-", stdin=SOUND.read_bytes())[1] == expected
    assert run("-", SOUND, stdin=SOURCE.read_bytes())[1] == expected


def test_tokens_give_one_line_for_each_line(run, files, fake):
    pair = files("Polisi , pencuri\n\nhujan : polisi\n", "thief , police\n\nrain : police\n")
    code, out, err = run(*pair, "--tokens", "--format", "pharaoh")
    assert (code, out, err) == (0, "0-2 1-1 2-0\n\n0-0 1-1 2-2\n", "")


def test_tokens_as_json_text_and_html(run, files, fake):
    pair = files("Polisi , pencuri\n\nhujan : polisi", "thief , police\n\nrain : police")
    lines = json.loads(run(*pair, "--tokens", "--format", "json")[1])["lines"]
    assert [len(line["source_tokens"]) for line in lines] == [3, 0, 3]
    assert [link[:2] for link in lines[2]["links"]] == [[0, 0], [1, 1], [2, 2]]
    text = run(*pair, "--tokens")[1]
    assert "3 hujan : polisi" in text
    assert "\u2192 3 rain : police" in text
    assert "<label" in run(*pair, "--tokens", "--format", "html")[1]


def test_a_line_with_an_empty_side_gives_three(run, files, fake):
    pair = files("polisi\nhujan\n\n", "police\n\nrain\n")
    code, out, err = run(*pair, "--tokens", "--format", "pharaoh")
    assert code == 3
    assert out == "0-0\n\n\n"
    assert err == "mtcheck: 2 pairs of lines have an empty side and no links (first: line 2)\n"
    assert "empty on the other side" in run(*pair, "--tokens")[1]


def test_only_spaces_and_tabs_part_tokens(run, files, fake):
    pair = files("Rp1\u00a0000 polisi\r\n", "Rp1\u00a0000\t police\u2028\r\n")
    code, out, _ = run(*pair, "--tokens", "--format", "json")
    assert code == 0
    (line,) = json.loads(out)["lines"]
    assert line["source_tokens"] == ["Rp1\u00a0000", "polisi"]
    assert line["target_tokens"] == ["Rp1\u00a0000", "police\u2028"]


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("a\nb\n", "a\n", "2 lines"),
        ("", "", "is empty"),
        ("\n\n", "a\nb\n", "is empty"),
        ("a \u3000 b", "c", "no word but U+3000"),
        ("a \x00", "c", "no word but U+0000"),
        (b"\xff\xfea\x00", "c", "UTF-16"),
        (b"caf\xe9", "c", "not UTF-8"),
    ],
)
def test_bad_tokens_are_one_line(run, files, fake, source, target, words):
    code, out, err = run(*files(source, target), "--tokens")
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("mtcheck: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing.txt", SOUND), "no such file"),
        (("-", "-"), "only one"),
        ((SOURCE, SOURCE), "same text"),
        ((SOUND, OTHER), "one language"),
        ((SOURCE, OTHER), "translations of each other"),
        ((SOURCE, SOUND, "--source-lang", "xx"), "unknown language tag"),
        ((SOURCE, SOUND, "--output", "no/such/folder/a.txt"), "cannot be written"),
    ],
)
def test_bad_input_is_one_line(run, arguments, words):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("mtcheck: ")
    assert err.count("\n") == 1


def test_wrong_use(run):
    assert run(SOURCE, SOUND, "--format", "xml")[0] == 2
    assert run(SOURCE)[0] == 2


def test_an_unsupported_language_gives_three_and_no_alignment(run, files):
    pair = files("Kua tae mai te ra. " * 9, SOUND.read_text("utf-8"))
    code, out, err = run(*pair, "--source-lang", "mi", "--format", "pharaoh")
    assert (code, out) == (3, "")
    assert "M\u0101ori" in err
    assert err.count("\n") == 1


def test_dropped_and_added_sentences_are_a_result(run, files):
    lines = [line for line in SOUND.read_text("utf-8").split("\n") if line]
    target = "\n".join([*lines[:2], *lines[3:], "An editor wrote this line at the very end."])
    pair = files(SOURCE.read_text("utf-8"), target)
    code, out, err = run(*pair, *LANGS)
    assert (code, err) == (0, "")
    assert "dropped: no sentence of the translation stands for it" in out
    assert "added: no sentence of the source stands for it" in out


def test_interrupt(run, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("mtcheck.pipeline.Checker.align", stop)
    assert run(SOURCE, SOUND) == (130, "", "mtcheck: interrupted\n")


@pytest.mark.parametrize(
    "arguments", [["align", SOURCE, SOUND, "--format", "json"], ["rules", "list"]]
)
def test_a_reader_that_went_away_changes_no_result(arguments):
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as pipe:
        command = [sys.executable, "-m", "mtcheck", *map(str, arguments)]
        result = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nmtcheck = 1", "tool = []"])
def test_a_config_without_table_is_one_line(run, tmp_path, text):
    path = tmp_path / "mtcheck.toml"
    path.write_text(text)
    code, out, err = run(SOURCE, SOUND, "--config", path)
    assert (code, out) == (2, "")
    assert "is not a table" in err
