import subprocess
import sys

import pytest
from conftest import load_article

import mtcheck
from mtcheck import Checker, Config, Document
from mtcheck.checks import TermMistranslated
from mtcheck.errors import ConfigError, InputError


def spans_of(report):
    for issue in report.issues:
        yield from ((report.target, s) for s in (issue.target, *issue.related) if s)
        if issue.source:
            yield report.source, issue.source
    for entry in report.ledger:
        yield from ((report.source, span) for span in entry.mentions)
        for rendering in entry.renderings:
            yield from ((report.target, span) for span in rendering.places)


def test_import_is_light():
    code = "import sys, mtcheck; print({'torch', 'transformers', 'numpy'} & set(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "set()"


@pytest.mark.parametrize("slug", ["id-zh-nickel", "id-ar-hajj", "de-en-hospital"])
def test_spans_slice_the_callers_text(checker, slug):
    article = load_article(slug)
    report = checker.check(article.source, article.damaged, **article.langs)
    found = list(spans_of(report))
    assert found
    assert all(text[span.start : span.end] == span.text for text, span in found)


def test_offsets_past_emoji(checker, platform):
    report = checker.check("😀 " + platform.source, "👩‍👩‍👧 " + platform.damaged, **platform.langs)
    assert report.issues
    assert all(text[span.start : span.end] == span.text for text, span in spans_of(report))


def test_same_bytes_whatever_the_batch_and_threads(checker, platform):
    texts = (platform.source, platform.damaged)
    expected = checker.check(*texts, **platform.langs).to_json()
    for settings in (Config(batch_pieces=64, threads=1), Config(batch_pieces=4096, threads=2)):
        assert Checker(settings).check(*texts, **platform.langs).to_json() == expected


def test_documents_are_lazy_and_in_order(checker, platform):
    seen = []

    def documents():
        for text in (platform.sound, platform.damaged):
            seen.append(text)
            yield Document(platform.source, text)

    reports = checker.check_documents(documents())
    first = next(reports)
    assert len(seen) == 1
    assert first.target == platform.sound
    assert next(reports).target == platform.damaged


def test_align_tokens(checker):
    pairs = [
        (["Polisi", "menangkap", "pencuri"], ["Police", "arrested", "a", "thief"]),
        (["Hujan", "turun"], ["雨", "が", "降った"]),
        ([], ["nothing"]),
    ]
    together = checker.align_tokens(pairs)
    assert [a.to_pharaoh() for a in together] == [
        checker.align_tokens([pair])[0].to_pharaoh() for pair in pairs
    ]
    assert {(0, 0), (1, 1), (2, 3)} <= {(link.i, link.j) for link in together[0].links}
    assert together[2].links == ()
    with pytest.raises(InputError):
        checker.align_tokens([([""], ["x"])])


def test_align_covers_every_sentence_once(checker, platform):
    alignment = checker.align(platform.source, platform.sound, **platform.langs)
    rows = sorted(k for source, _ in alignment.sentences for k in source)
    columns = sorted(k for _, target in alignment.sentences for k in target)
    assert rows == list(range(len(alignment.source.sentences)))
    assert columns == list(range(len(alignment.target.sentences)))
    start = platform.source.index("Pengadilan Tinggi Sindh")
    span = mtcheck.Span.of(platform.source, start, start + len("Pengadilan Tinggi Sindh"))
    assert [s.text for s in alignment.project(span).spans] == ["Sindh High Court"]


def test_recognize(checker):
    text = "😀 李强总理在北京会见了德国外交部长。"
    names = checker.recognize(text, lang="zh")
    assert all(text[m.span.start : m.span.end] == m.span.text for m in names)
    assert {"李强", "德国"} <= {m.span.text for m in names}
    assert list(names) == sorted(names, key=lambda m: m.span)
    assert checker.recognize("  ") == ()


def test_a_crashed_rule_is_reported(checker, platform, monkeypatch):
    def crash(self, analysis):
        raise RuntimeError("no luck")

    monkeypatch.setattr(TermMistranslated, "run", crash)
    report = checker.check(platform.source, platform.damaged, **platform.langs)
    assert [item.stage for item in report.not_checked] == ["TRM203"]
    assert "quote-unbalanced" in {issue.name for issue in report.issues}
    sound = checker.check(platform.source, platform.sound, **platform.langs)
    assert sound.gate("critical").exit_code == 3


def test_unsupported_language_is_said(checker, platform):
    report = checker.check("Kua tae mai te ra. " * 9, platform.sound, source_lang="mi")
    assert report.coverage == 0
    assert report.gate().exit_code == 3
    assert "Māori" in report.not_checked[0].reason


def test_gate(checker, platform):
    report = checker.check(platform.source, platform.damaged, **platform.langs)
    assert report.gate().exit_code == 1
    assert {i.name for i in report.gate("critical").issues} == {"number-mismatch"}
    sound = checker.check(platform.source, platform.sound, **platform.langs)
    assert sound.gate("critical").exit_code == 0


def test_unknown_settings():
    with pytest.raises(ConfigError, match="did you mean 'threads'"):
        Config.from_mapping({"thread": 1})
    with pytest.raises(ConfigError, match="no rule"):
        Checker({"disable": ["ENT999"]})
