"""What only attacks and accidents hold is refused in one clear line, soon."""

import json
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from mtcheck import cli
from mtcheck.cli.many import Tally
from mtcheck.errors import InputError
from mtcheck.files import is_mojibake, read_bytes
from mtcheck.readers import Problem, read_article, read_documents
from mtcheck.reporters.registry import WRITERS

FORMATS = Path(__file__).parent.parent.parent / "fixtures" / "formats"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
XML = {
    "a.xlf": '<xliff version="1.2"><file><body><trans-unit id="1"><source>&i;</source>'
    "<target>x</target></trans-unit></body></file></xliff>",
    "a.tmx": '<tmx><header srclang="id"/><body><tu><tuv xml:lang="id"><seg>&i;</seg></tuv></tu>'
    "</body></tmx>",
    "a.nitf": "<nitf><body><body.content><p>&i;</p></body.content></body></nitf>",
}


def read(data, name):
    if name.rpartition(".")[2] in {"xlf", "tmx", "jsonl"}:
        return list(read_documents(data, name))
    return read_article(data, name)


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("prolog", [LAUGHS, EXTERNAL])
def test_entities_are_refused(name, prolog):
    with pytest.raises(InputError, match="entities are not read"):
        read((prolog + XML[name]).encode(), name)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b'{"a":' * 200_000, "nested too deeply"),
        ("a.json", b'{"body": ' + b"9" * 10_000 + b"}", "number"),
        ("a.json", b"[1]", "not one article"),
        ("a.json", b'{"price": 3}', "no headline or body"),
        ("a.xlf", b"<a>" * 200_000, "nested too deeply"),
        ("a.xlf", b"<xliff version='3.0'/>", "no XLIFF 1.2 or 2.x"),
        ("a.xlf", b"", "no element found"),
        ("a.tmx", b"<tmx><body/></tmx>", "no units in two languages"),
        ("a.xml", b"<invoice/>", "<invoice> is no kind of XML"),
        ("a.txt", b"", "is empty"),
        ("a.txt", "teks".encode("utf-16"), "UTF-16"),
        ("a.txt", b"caf\xe9", "not UTF-8"),
        ("a.txt", "é, über, naïve, señor".encode().decode("cp1252").encode(), "Windows-1252"),
        ("a.txt", "é, über, naïve, “ya”".encode().decode("latin-1").encode(), "Windows-1252"),
        ("a.html", b"", "no readable HTML"),
        ("a.html", b"<p>a\x00b</p>", "characters that no text has"),
        ("a.html", b"<meta charset=rot13><p>a</p>", "not rot13, which it declares"),
        ("a.html", b"<nav></nav>", "no article can be found"),
        ("a.html", b"<p>one</p>" + b"<div>" * 300 + b"<p>two</p>", "nested too deeply"),
        ("a.json", b'{"body_html": "' + b"<div>" * 300 + b'x"}', "a.json: its HTML: nested"),
        ("a.md", b"<div>" * 300 + b"x", "a.md: its HTML: nested"),
        ("a.md", b"[" * 1_000_001, "larger than 1 MB"),
        ("a.md", b"caf\xe9", "not UTF-8"),
    ],
)  # fmt: skip
def test_refused_in_one_line(name, data, words):
    with pytest.raises(InputError) as caught:
        read(data, name)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.json", "a.jsonl", "a.xlf"])
def test_one_line_of_50_mb(name):
    data = b"kata " * 10_000_000
    start = time.perf_counter()
    tracemalloc.start()
    if name == "a.jsonl":
        (found,) = read(data, name)
        assert isinstance(found, Problem)
    elif name == "a.txt":
        with pytest.raises(InputError, match="larger than 16 MB"):
            read(data, name)
    else:
        with pytest.raises(InputError) as caught:
            read(data, name)
        assert "\n" not in str(caught.value)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 400_000_000
    assert time.perf_counter() - start < 20


def test_a_wrong_encoding_is_seen_in_a_long_text():
    wrong = ("é" * 60_000).encode().decode("latin-1")
    assert is_mojibake("a" + wrong)  # what is looked at ends within a character
    assert is_mojibake(wrong)
    assert not is_mojibake("é" * 60_000)
    assert not is_mojibake("Ã©")


def test_files_are_bounded(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(InputError, match=r"a\.txt: larger than 1 MB"):
        read_bytes(path, 1_000_000)
    assert len(read_bytes(path, 1_000_001)) == 1_000_001


def test_a_page_in_the_encoding_it_declares():
    page = (
        '<html lang="de"><meta charset="iso-8859-1"><article><h1>Über die Brücke</h1>'
        "<p>Die Brücke über den Fluß wird im März für den Verkehr geöffnet, sagte der "
        "Bürgermeister von Köln.</p><p>Die Kosten betrugen „zehn Millionen“.</p></article></html>"
    )
    article = read_article(page.encode("cp1252"), "a.html")
    assert "Fluß wird im März für den Verkehr geöffnet" in article.text
    assert "„zehn Millionen“" in article.text


@pytest.fixture
def run(monkeypatch, capfdbinary):
    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["mtcheck", "check", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return call


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.txt",), "holds one text: name its translation too"),
        (("p.jsonl", "a.txt"), "holds source and translation: name it alone"),
        (("d", "a.txt"), "is a folder; name two files or two folders"),
        (("a.txt", "missing.txt"), "no such file"),
        (("bad.jsonl",), "nothing could be checked"),
        (("a.txt", "a.txt"), "mtcheck: source and target are the same text"),
        (("wrong.xlf",), "the target is UTF-8 that was read as Windows-1252"),
    ],
)
def test_wrong_use_gives_2(run, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    (tmp_path / "a.txt").write_text("Pengadilan memutus perkara itu.")
    (tmp_path / "p.jsonl").write_text('{"source": "x", "target": "y"}')
    (tmp_path / "wrong.xlf").write_text(
        '<xliff version="1.2"><file source-language="id" target-language="fr"><body><trans-unit>'
        "<source>Pengadilan memutus.</source><target>CafÃ© Ã¼ber naÃ¯ve seÃ±or</target>"
        "</trans-unit></body></file></xliff>"
    )
    (tmp_path / "bad.jsonl").write_text("[]\n{}\n")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    # The only article says why; of many, each does, and the last line sums up.
    assert ("nothing could be checked" in err) == (arguments[0] in {"bad.jsonl", "wrong.xlf"})


def test_many_articles_and_their_exit_code(run, tmp_path):
    path = tmp_path / "pairs.jsonl"
    good = (FORMATS / "pairs.jsonl").read_text("utf-8").splitlines()[:2]
    path.write_text("\n".join([*good, "[]"]), "utf-8")
    code, out, err = run(path, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["files"]["target"] for row in rows] == ["satu", "dua", f"{path}:3"]
    assert "not a JSON object" in rows[2]["not_checked"][0]["reason"]
    assert rows[1]["parts"][0]["name"] == "headline"
    assert "pairs.jsonl:3: not a JSON object with source and target" in err
    assert "articles: 2 checked" in err
    assert code == 3
    path.write_text("\n".join(good), "utf-8")
    code, out, _ = run(path)
    assert out.index("== satu ==") < out.index("== dua ==")
    assert code == 0


def test_folders_and_stated_languages(run, tmp_path):
    code, out, err = run(FORMATS / "folders" / "id", FORMATS / "folders" / "en")
    assert "sendiri.txt: a source without a translation" in err
    assert "== satu.en.txt ==" in out
    assert code in {1, 3}
    code, _, err = run(FORMATS / "article.12.xlf", "--target-lang", "de")
    assert code == 2
    assert "German" in err


@pytest.mark.parametrize("form", list(WRITERS))
def test_an_article_that_nobody_could_read_looks_clean_in_no_form(run, tmp_path, form):
    path = tmp_path / "pairs.jsonl"
    good = (FORMATS / "pairs.jsonl").read_text("utf-8").splitlines()[0]
    path.write_text(f"{good}\n[]\n", "utf-8")
    output = tmp_path / "report"
    code, _, err = run(path, "--format", form, "--output", output)
    if not WRITERS[form].many:
        assert (code, output.exists()) == (2, False)
        assert "checking" not in err
        assert "holds one" in err
        return
    assert code == 3
    data = output.read_bytes()
    if WRITERS[form].binary:
        data = b"".join(zipfile.ZipFile(output).read(n) for n in zipfile.ZipFile(output).namelist())
    assert b"not a JSON object" in data
    if form == "sarif":
        (invocation,) = json.loads(data)["runs"][0]["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)


@pytest.mark.parametrize(
    ("codes", "problems", "expected"),
    [([0, 3, 1], 1, 1), ([0, 0], 1, 3), ([0, 3], 0, 3), ([0], 0, 0), ([], 2, 2)],
)
def test_precedence_of_exit_codes(codes, problems, expected):
    tally = Tally(codes=codes, problems=[Problem(name="a", reason="b")] * problems)
    assert tally.exit_code == expected
