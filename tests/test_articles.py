import unicodedata
from collections import Counter

import pytest
from conftest import ARTICLES, load_article
from test_check_catalogue import PROMISED

from mtcheck.issues import Severity

RULES = {name for group in PROMISED.values() for name in group.split()}
SLUGS = sorted(path.name for path in ARTICLES.iterdir())


@pytest.mark.parametrize("slug", SLUGS)
def test_gold_is_valid(slug):
    article = load_article(slug)
    assert len(article.source.split()) >= 250
    assert article.sound.count("\n\n") == article.damaged.count("\n\n")
    assert article.sound != article.damaged
    for error in article.gold["errors"]:
        Severity.parse(error["severity"])
        for span, text in ((error["source"], article.source), (error["target"], article.damaged)):
            if span is not None:
                assert text[span["start"] : span["end"]] == span["text"]
        for span in error["related"]:
            assert article.damaged[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("slug", SLUGS)
def test_gold_has_the_agreed_shape(slug):
    article = load_article(slug)
    gold = article.gold
    assert set(gold) == {"id", "source_lang", "target_lang", "title", "errors"}
    assert gold["id"] == slug
    assert slug.startswith(f"{gold['source_lang']}-{gold['target_lang']}-")
    assert gold["title"].strip()
    assert gold["errors"]
    for error in gold["errors"]:
        assert set(error) == {
            "rule", "severity", "source", "target", "related", "expected", "note",
        }  # fmt: skip
        assert error["rule"] in RULES
        assert error["note"].strip()
        assert error["source"] or error["target"]
        for span in filter(None, (error["source"], error["target"], *error["related"])):
            assert set(span) == {"start", "end", "text"}
            assert span["start"] < span["end"]
    targets = [error["target"]["start"] for error in gold["errors"] if error["target"]]
    assert targets == sorted(targets)


@pytest.mark.parametrize("slug", SLUGS)
def test_texts_are_clean(slug):
    article = load_article(slug)
    for text in (article.source, article.sound, article.damaged):
        assert "\r" not in text
        assert "\ufeff" not in text
        assert text == unicodedata.normalize("NFC", text)
    paragraphs = [len(text.split("\n")) for text in (article.sound, article.damaged)]
    assert paragraphs[0] == paragraphs[1]


def test_directions():
    assert len(SLUGS) >= 12
    pairs = Counter(slug[:5] for slug in SLUGS)
    assert pairs["id-en"] >= 4
    assert {"id-zh", "id-ja", "id-ar", "id-fr", "en-id", "es-en", "ru-en", "de-en"} <= set(pairs)


def test_sound_articles_are_quiet(checker):
    loud = []
    for slug in SLUGS:
        article = load_article(slug)
        report = checker.check(article.source, article.sound, **article.langs)
        if report.gate(Severity.MAJOR).issues:
            loud.append(slug)
    assert len(loud) <= 2, loud


def overlap(span, place):
    return span.start < place["end"] and place["start"] < span.end


def test_founding_case(checker, platform):
    report = checker.check(platform.source, platform.damaged, **platform.langs)
    gold = platform.gold["errors"]
    ministry = [e for e in gold if e["rule"] == "entity-inconsistent"]
    issues = [i for i in report.issues if i.name in {"entity-inconsistent", "term-inconsistent"}]
    holding = [
        i
        for i in issues
        if all(any(overlap(s, e["target"]) for s in (i.target, *i.related)) for e in ministry)
    ]
    assert len(holding) == 1
    places = (holding[0].target, *holding[0].related)
    for error in ministry:
        for place in error["related"]:
            assert any(overlap(span, place) for span in places), place
    for rule in ("term-mistranslated", "quote-misplaced", "quote-unbalanced"):
        error = next(e for e in gold if e["rule"] == rule)
        assert any(i.name == rule and overlap(i.target, error["target"]) for i in report.issues)
    for issue in report.gate(Severity.MAJOR).issues:
        assert any(e["target"] and overlap(issue.target, e["target"]) for e in gold), issue
