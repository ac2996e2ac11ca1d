"""The termbase in the pipeline and on the command line, with the real encoder."""

import json
import sys
from pathlib import Path

import pytest

import mtcheck
from mtcheck import Checker, Config, Termbase, cli
from mtcheck.errors import ConfigError, TermbaseError

HOUSE = Path(__file__).parent.parent / "fixtures" / "termbases" / "courts.csv"
SOURCE = (
    "Kementerian Dalam Negeri Pakistan meminta pengadilan menunda sidang.\n\n"
    "Menurut juru bicara, Kementerian Dalam Negeri akan mengajukan banding pada hari Senin."
)
GOOD = (
    "Pakistan's Interior Ministry asked the court to postpone the hearing.\n\n"
    "According to a spokesman, the Interior Ministry will file an appeal on Monday."
)
BAD = GOOD.replace("the Interior Ministry will", "the Ministry of Home Affairs will")
LANGS = {"source_lang": "id", "target_lang": "en"}


def codes(report):
    return [issue.code for issue in report.issues]


def test_in_check_and_in_a_checker(checker):
    by_call = checker.check(SOURCE, BAD, **LANGS, termbase=HOUSE)
    assert codes(by_call) == ["TRM202"]
    issue = by_call.issues[0]
    assert issue.target.text == "Ministry of Home Affairs"
    assert issue.suggestions[0] == "Interior Ministry"
    card = issue.evidence["termbase"][0]
    assert (card["id"], card["jurisdiction"]) == ("interior.pk", "PK")
    assert issue.evidence["found"]["note"] == "That is Indonesia's and India's."
    json.dumps(by_call.to_dict())
    kept = Checker(termbase=Termbase.read(HOUSE), encoder=checker.encoder)
    assert kept.check(SOURCE, BAD, **LANGS).to_json() == by_call.to_json()
    assert codes(kept.check(SOURCE, GOOD, **LANGS)) == []
    assert "termbase" not in checker.check(SOURCE, GOOD, **LANGS).signature
    entry = next(e for e in by_call.ledger if e.reason == "termbase" and len(e.mentions) == 2)
    assert (entry.expected, entry.concept) == ("Interior Ministry", "interior.pk")


def test_rows_and_the_function_of_the_package():
    rows = [{"source_term": "pengadilan", "target_term": "tribunal"}]
    report = mtcheck.check(SOURCE, GOOD, **LANGS, termbase=rows)
    assert [(i.name, i.target.text) for i in report.issues] == [("term-not-followed", "court")]
    assert report.issues[0].suggestions == ("tribunal",)


def test_what_cannot_be_applied_is_said(checker):
    report = checker.check(SOURCE, GOOD, **LANGS, termbase=[
        {"source_term": "a", "target_term": "b", "source_lang": "fr", "target_lang": "de"}
    ])  # fmt: skip
    assert [item.stage for item in report.not_checked] == ["termbase"]
    assert "Indonesian and English" in report.not_checked[0].reason
    assert report.gate().exit_code == 3


def test_the_date_of_the_article():
    assert Config.from_mapping({"date": "2024-10-21"}).date.year == 2024
    for bad in ("soon", 7):
        with pytest.raises(ConfigError, match="date"):
            Config.from_mapping({"date": bad})


def test_a_bad_termbase_is_an_error(checker, tmp_path):
    with pytest.raises(TermbaseError, match="no such file"):
        Checker(termbase=tmp_path / "none.tbx")
    with pytest.raises(TermbaseError, match="row 1"):
        checker.check(SOURCE, GOOD, **LANGS, termbase=[{"source_term": "a"}])


# ---------------------------------------------------------------- command line


@pytest.fixture
def run(monkeypatch, capfdbinary):
    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["mtcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code or 0, out.decode(), err.decode()

    return call


@pytest.fixture
def texts(tmp_path):
    for name, text in (("s", SOURCE), ("good", GOOD), ("bad", BAD)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def test_check_with_a_termbase(run, texts):
    args = (
        "check",
        texts / "s.txt",
        texts / "bad.txt",
        "--source-lang",
        "id",
        "--target-lang",
        "en",
    )
    code, out, err = run(*args, "--format", "json", "--termbase", HOUSE)
    assert (code, err) == (1, "")
    assert [i["name"] for i in json.loads(out)["issues"]] == ["term-deprecated"]
    broken = texts / "broken.csv"
    broken.write_text("source,target\npengadilan,\nsidang,hearing\n")
    code, out, err = run(*args, "--termbase", broken)
    assert (code, out) == (2, "")
    assert "line 2: no target term" in err
    assert err.count("\n") == 1
    args = ("check", texts / "s.txt", texts / "good.txt", *args[3:])
    code, out, _ = run(*args, "--termbase", broken, "--skip-bad-rows", "--format", "json")
    assert code == 3
    assert "a bad row of broken.csv left out" in json.loads(out)["not_checked"][0]["reason"]


def test_terms_import_and_export(run, tmp_path):
    tbx = tmp_path / "house.tbx"
    code, out, err = run("terms", "import", HOUSE, "--output", tbx)
    assert (code, out) == (0, "")
    assert "concepts" in err
    assert {e.id for e in Termbase.read(tbx)} == {e.id for e in Termbase.read(HOUSE)}
    code, out, err = run("terms", "export", tbx)
    assert (code, err) == (0, "")
    assert out.startswith("concept_id,lang,term")
    code, out, _ = run("terms", "export", tbx, "--source-lang", "id", "--target-lang", "en")
    assert code == 0
    assert "pengadilan,id,court,en" in out
    code, out, _ = run("terms", "export", tbx, "--format", "tbx")
    assert out == tbx.read_text("utf-8").replace("courts.csv", "house.tbx")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export", HOUSE, "--source-lang", "id"), "name both"),
        (("export", HOUSE, "--source-lang", "ja", "--target-lang", "fr"), "no concept with terms"),
        (("export", HOUSE, "--format", "tbx", "--source-lang", "id", "--target-lang", "en"),
         "leave the languages out"),
        (("import", "none.tbx"), "no such file"),
        (("import", HOUSE, "--output", "/none/x.tbx"), "cannot be written"),
        (("validate", HOUSE.parent), "is a folder"),
    ],
)  # fmt: skip
def test_wrong_use_of_terms(run, arguments, words):
    code, out, err = run("terms", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_terms_validate(run, tmp_path):
    code, out, err = run("terms", "validate", HOUSE)
    assert (code, out) == (0, "")
    assert "0 problems" in err
    path = tmp_path / "bad.csv"
    path.write_text("source,target,status\na,b,preferred\na,c,preferred\nd,,\n")
    code, out, _ = run("terms", "validate", path)
    assert code == 1
    assert out.splitlines() == [
        "bad.csv: line 4: no target term for “d”",
        "bad.csv: concept row-1: 2 preferred terms in x-target: “b”, “c”",
    ]
