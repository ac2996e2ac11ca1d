"""Every check is documented, has cases that are worth their name, and has a name we promised."""

import re
import sys
from itertools import pairwise

import pytest
import yaml
from conftest import ARTICLES

from mtcheck import cli
from mtcheck.checks import CHECKS, HEADINGS, page, summary
from mtcheck.text.languages import language

FOLDER = ARTICLES.parent / "checks"
KINDS = {"fires", "near miss", "inflecting or unspaced"}
KEYS = {"kind", "source_lang", "target_lang", "source", "target", "expect"}

# The names of the contract, section 3.
PROMISED = {
    "ENT": "entity-mistranslated entity-omitted entity-added entity-untranslated "
    "entity-inconsistent name-variant",
    "TRM": "term-not-followed term-deprecated term-mistranslated term-inconsistent "
    "term-untranslated",
    "VAL": "number-mismatch unit-mismatch currency-mismatch percent-mismatch date-mismatch "
    "time-mismatch value-omitted value-added",
    "QUO": "quote-unbalanced quote-misplaced quote-omitted quote-added attribution-changed",
    "ACC": "segment-omitted segment-added span-omitted span-added meaning-flipped "
    "segment-mistranslated segment-untranslated",
    "FRM": "url-changed handle-changed bracket-unbalanced repeated-text wrong-language "
    "wrong-script markup-damaged",
}

every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.rule.code)


def cases(check):
    return yaml.safe_load((FOLDER / f"{check.rule.code}.yaml").read_text("utf-8"))


def sections(check):
    """The text under each heading of a check's page."""
    parts = re.split(r"^([A-Z][a-z ]+):$", page(check), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@every_check
def test_name_is_promised_for_its_group(check):
    assert check.rule.name in PROMISED[check.rule.code[:3]].split()


@every_check
def test_page_says_something_under_every_heading(check):
    found = sections(check)
    assert tuple(found) == HEADINGS
    assert all(text.strip() for text in found.values())
    assert summary(check) == page(check).splitlines()[0]
    assert page(check).splitlines()[1] == ""


@every_check
def test_rule_is_complete(check):
    assert check.rule.category
    assert check.rule.severity > 0


def test_codes_are_in_order():
    codes = [check.rule.code for check in CHECKS]
    groups = [code[:3] for code in codes]
    assert groups == sorted(groups, key=list(PROMISED).index)
    assert all(a < b for a, b in pairwise(codes) if a[:3] == b[:3])


def test_each_check_has_its_case_file_and_no_file_is_left_over():
    assert {path.stem for path in FOLDER.iterdir()} == {check.rule.code for check in CHECKS}


@every_check
def test_cases_are_what_they_claim(check):
    name = check.rule.name
    for case in cases(check):
        assert set(case) - {"places", "termbase"} == KEYS
        assert case["kind"] in KINDS
        assert set(case["expect"]) <= {name}
        if case["kind"] != "inflecting or unspaced":
            assert bool(case["expect"]) == (case["kind"] == "fires")
        places = case.get("places", [])
        assert len(places) in {0, len(case["expect"])}
        for place in places:
            assert place.get("source", "") in case["source"]
            assert place["target"] in case["target"]
            assert len(place["target"]) > 1 or place["target"] in place["around"]


@every_check
def test_cases_cover_languages(check):
    found = cases(check)
    assert {case["kind"] for case in found} == KINDS
    assert len({(case["source_lang"], case["target_lang"]) for case in found}) >= 3
    for case in found:
        assert {case["source_lang"], case["target_lang"]} <= {
            "id", "en", "zh", "ja", "ar", "fr", "es", "ru", "de",
        }  # fmt: skip
        if case["kind"] == "inflecting or unspaced":
            pair = {case["source_lang"], case["target_lang"]}
            assert pair & {"ru", "de", "ar"} or not all(language(tag).spaced for tag in pair)


@every_check
def test_cases_are_not_taken_from_the_articles(check):
    articles = "\n".join(path.read_text("utf-8") for path in ARTICLES.rglob("*.txt"))
    for case in cases(check):
        for sentence in re.split(r"(?<=[.。])\s*", case["source"] + case["target"]):
            assert len(sentence) < 12 or sentence not in articles


def test_rules_list_shows_every_check(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["mtcheck", "rules", "list"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert not end.value.code
    out, err = capsys.readouterr()
    assert err == ""
    for check in CHECKS:
        line = next(line for line in out.splitlines() if line.startswith(check.rule.code))
        assert check.rule.name in line


@every_check
def test_rules_explain_prints_the_page(check, monkeypatch, capsys):
    for key in (check.rule.code, check.rule.name):
        monkeypatch.setattr(sys, "argv", ["mtcheck", "rules", "explain", key])
        with pytest.raises(SystemExit):
            cli.main()
        out = capsys.readouterr().out
        assert all(heading in out for heading in HEADINGS)
        assert summary(check).rstrip(".") in out
