"""Scores: estimates, references, comparisons, penalties, the command, and bad input."""

from __future__ import annotations

import csv
import io
import json
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mtcheck
from mtcheck import cli
from mtcheck.errors import InputError, LanguageError, ModelError
from mtcheck.issues import Issue, Severity
from mtcheck.penalties import penalty_totals
from mtcheck.scorers import estimate
from mtcheck.scorers.features import NAMES
from mtcheck.scorers.reference import against_reference
from mtcheck.scores import ComparedMetric

SOURCE = (
    "Menteri Luar Negeri bertemu Presiden di Islamabad pada hari Senin.\n"
    "Pemerintah mengalokasikan 25 juta rupiah untuk korban banjir.\n"
    "Polisi menangkap tiga tersangka setelah penyelidikan panjang.\n"
)
SOUND = (
    "The Foreign Minister met the President in Islamabad on Monday.\n"
    "The government allocated 25 million rupiah for flood victims.\n"
    "Police arrested three suspects after a long investigation.\n"
)
DAMAGED = SOUND.replace("Islamabad", "Jakarta").replace("25", "35")
LANGS = {"source_lang": "id", "target_lang": "en"}


@pytest.fixture(scope="module")
def scores(checker):
    return checker.score(SOURCE, DAMAGED, reference=SOUND, **LANGS)


def test_segments_slice_their_texts(scores):
    assert len(scores.segments) == 3
    for segment in scores.segments:
        assert SOURCE[segment.source.start : segment.source.end] == segment.source.text
        assert DAMAGED[segment.target.start : segment.target.end] == segment.target.text
        assert 0 <= segment.major_error <= 1
    mean = np.mean([segment.major_error for segment in scores.segments])
    assert scores.major_error_share == pytest.approx(mean, abs=1e-3)


def test_damaged_text_is_estimated_worse(checker, scores):
    sound = checker.score(SOURCE, SOUND, **LANGS)
    for good, bad in zip(sound.segments[:2], scores.segments[:2], strict=True):
        assert bad.major_error > good.major_error
    assert sound.reference is None


def test_reference_scores_are_those_of_sacrebleu(scores):
    from sacrebleu.metrics import BLEU, CHRF, TER

    lines, references = DAMAGED.splitlines(), [SOUND.splitlines()]
    ours = scores.reference
    assert ours.bleu == pytest.approx(BLEU().corpus_score(lines, references).score, abs=1e-4)
    assert ours.chrf == pytest.approx(CHRF().corpus_score(lines, references).score, abs=1e-4)
    assert ours.ter == pytest.approx(TER().corpus_score(lines, references).score, abs=1e-4)
    assert "tok:13a" in ours.signatures["bleu"]
    assert "version:" in ours.signatures["ter"]


def test_json_says_direction_and_range(scores):
    value = json.loads(scores.to_json())
    for name in ("major_error", "major_error_share", "bleu", "chrf", "ter"):
        assert "is better" in value["scales"][name]
    assert scores.to_json() == scores.to_json()
    assert "score" not in value


def test_text_notebook_and_frame(scores):
    assert "lower is better" in scores.to_text()
    assert "<table>" in scores._repr_html_()
    assert list(scores.to_frame()["major_error"]) == [s.major_error for s in scores.segments]


def test_same_input_same_scores(checker, scores):
    assert checker.score(SOURCE, DAMAGED, reference=SOUND, **LANGS).to_json() == scores.to_json()


def test_comparison_finds_the_better_one(checker):
    result = checker.compare(SOURCE, DAMAGED, SOUND, reference=SOUND, **LANGS)
    assert [m.name for m in result.metrics] == ["major_error_share", "bleu", "chrf", "ter"]
    by_name = {m.name: m for m in result.metrics}
    assert by_name["bleu"].second == pytest.approx(100)
    assert by_name["bleu"].first == result.first.reference.bleu
    assert by_name["ter"].second == 0
    assert by_name["chrf"].first == result.first.reference.chrf
    assert (
        result.to_json()
        == checker.compare(SOURCE, DAMAGED, SOUND, reference=SOUND, **LANGS).to_json()
    )
    assert len(result.to_frame()) == 4
    assert "95 %" in result._repr_html_()


def test_equal_translations_show_no_difference(checker):
    (only,) = checker.compare(SOURCE, SOUND, SOUND, **LANGS).metrics
    assert only.better is None
    assert only.p_value == 1.0
    assert only.low == only.high == 0


@given(st.lists(st.floats(-5, 5), min_size=20, max_size=80), st.booleans())
def test_turned_comparison_turns_the_answer(differences, higher):
    def of(values):
        return ComparedMetric.of("bleu", 1, 2, values, higher_is_better=higher, n_segments=9)

    one, other = of(differences), of([-d for d in differences])
    assert one.low <= one.high
    assert 0 < one.p_value <= 1
    assert one.p_value == other.p_value


@pytest.mark.parametrize(
    ("lang", "token"), [("zh-Hans", "tok:zh"), ("th", "tok:char"), ("de", "tok:13a")]
)
def test_tokenizer_follows_the_language(lang, token):
    assert token in against_reference("abc def", "abc def", lang).signatures["bleu"]


def test_missing_japanese_tokenizer_is_said(monkeypatch):
    import sacrebleu.metrics

    real = sacrebleu.metrics.BLEU

    def without(tokenize):
        if tokenize == "ja-mecab":
            raise RuntimeError("install it")
        return real(tokenize=tokenize)

    monkeypatch.setattr(sacrebleu.metrics, "BLEU", without)
    found = against_reference("東京都", "東京都", "ja")
    assert "tok:char" in found.signatures["bleu"]
    assert "ja-mecab is not installed" in found.notes[0]


@pytest.mark.parametrize(
    ("texts", "options", "message"),
    [
        ((" ", SOUND), {}, "source is empty"),
        ((SOURCE, ""), {}, "target is empty"),
        ((SOURCE, SOUND), {"reference": ""}, "reference is empty"),
        ((SOURCE, SOUND), {"reference": "One line."}, "3 lines with text, the reference 1"),
        ((SOURCE, SOUND), {"reference": SOURCE}, "the reference looks like Indonesian"),
        ((SOURCE, SOUND), {"source_lang": "xx-nope"}, "xx-nope"),
    ],
)
def test_bad_input_gets_one_clear_line(checker, texts, options, message):
    with pytest.raises(InputError, match=message) as error:
        checker.score(*texts, **{**LANGS, **options})
    assert "\n" not in str(error.value)


def test_unsupported_language_is_said(checker):
    with pytest.raises(LanguageError, match="nothing was scored"):
        checker.score("Kua tae mai te ra. " * 9, SOUND, source_lang="mi", target_lang="en")


def test_single_sentence_cannot_be_compared(checker):
    source, target = SOURCE.splitlines()[0], SOUND.splitlines()[0]
    with pytest.raises(InputError, match="at least two"):
        checker.compare(source, target, target, **LANGS)


def test_damaged_weights_are_said(monkeypatch):
    estimate.quality_model.cache_clear()
    monkeypatch.setattr(estimate, "MODEL", "data/models/nothing.json")
    with pytest.raises(ModelError, match="missing or damaged"):
        estimate.quality_model()
    monkeypatch.undo()
    assert estimate.quality_model().hidden.shape[1] == len(NAMES) + 1


def test_weights_of_other_features_are_refused():
    with pytest.raises(ValueError, match="other features"):
        estimate.parse_model('{"features": ["a"]}')


def test_penalties_follow_the_standard():
    def issue(severity):
        return Issue(
            code="X", name="x", message="", severity=severity, category="", source=None,
            target=None,
        )  # fmt: skip

    issues = [issue(s) for s in (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)]
    found = penalty_totals([*issues, issue(Severity.NEUTRAL)], 620)
    assert found["apt"] == 31
    assert found["npt"] == pytest.approx(50)
    assert found["rqs"] == pytest.approx(95)
    assert penalty_totals(issues, 0) == {}


def test_report_carries_the_penalties(checker):
    report = checker.check(SOURCE, DAMAGED, **LANGS)
    total = sum(int(issue.severity) for issue in report.issues)
    assert total > 0
    assert report.scores["apt"] == total
    assert report.scores["npt"] == pytest.approx(1000 * total / report.scores["words"], abs=1e-3)


def test_a_waived_issue_costs_nothing(checker):
    report = checker.check(SOURCE, DAMAGED, **LANGS)
    code = report.issues[0].code
    rest = sum(int(issue.severity) for issue in report.issues if issue.code != code)
    waivers = [
        {"rule": code, "target": issue.target.text, "reason": "agreed"}
        for issue in report.issues
        if issue.code == code
    ]
    waived = mtcheck.Checker({"waivers": waivers}, encoder=checker.encoder)
    assert waived.check(SOURCE, DAMAGED, **LANGS).scores["apt"] == rest


@pytest.fixture
def run(monkeypatch, capfdbinary, tmp_path):
    paths = {}
    for name, text in (("source", SOURCE), ("sound", SOUND), ("damaged", DAMAGED)):
        paths[name] = tmp_path / f"{name}.txt"
        paths[name].write_text(text, encoding="utf-8")

    def call(*arguments):
        given = [str(paths.get(a, a)) for a in arguments]
        langs = ["--source-lang", "id", "--target-lang", "en"]
        monkeypatch.setattr(sys, "argv", ["mtcheck", "score", *given, *langs])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return call


def test_command(run):
    code, out, err = run("source", "damaged", "--reference", "sound")
    assert (code, err) == (0, "")
    assert "higher is better" in out
    code, out, _ = run("source", "damaged", "--compare", "sound", "--format", "json")
    assert code == 0
    assert json.loads(out)["metrics"][0]["better"] in {"second", None}


def test_command_writes_csv(run):
    code, out, _ = run("source", "damaged", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows) == 3
    assert rows[1]["target"] == DAMAGED.splitlines()[1]


def test_command_says_what_is_wrong(run):
    code, out, err = run("source", "damaged", "--reference", "nowhere.txt")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    code, _, err = run("source", "-", "--compare", "-")
    assert code == 2
    assert "only one" in err


def test_cells_are_no_formulas():
    from mtcheck.cli.score import _harmless

    assert _harmless("=1+1") == "'=1+1"
    assert _harmless(-0.5) == -0.5


def test_function_of_the_package():
    assert mtcheck.score(SOURCE, SOUND, **LANGS).signature["quality"] == "segment-quality@1"
