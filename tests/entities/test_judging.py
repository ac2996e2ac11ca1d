"""Names set against what stands for them, with the packaged weights."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import safetensors.numpy

from mtcheck.checks.entities import EntityMistranslated
from mtcheck.document import Mention, Span
from mtcheck.entities import judge as judging
from mtcheck.entities.evidence import FEATURES, Evidence
from mtcheck.entities.judge import NameJudge, load_judge
from mtcheck.entities.mentions import merge_names
from mtcheck.entities.verdicts import Fate, NameVerdict, find_verdicts, judge_names
from mtcheck.errors import ModelError
from mtcheck.issues import Severity
from mtcheck.ledger import Entry, Ledger, Rendering
from mtcheck.text.reading import read_side

SOURCE = "Gubernur bertemu para nelayan di Kendari pada hari Senin. Hujan turun sejak pagi.\n"
RIGHT = "The governor met fishermen in Kendari on Monday. It has been raining since morning.\n"


def issues(checker, target, source=SOURCE):
    report = checker.check(source, target, source_lang="id", target_lang="en")
    return [i for i in report.issues if i.code in {"ENT101", "ENT102", "ENT103"}]


def test_a_right_name_is_left_alone(checker):
    assert issues(checker, RIGHT) == []


def test_another_name_closes_the_gate(checker):
    (issue,) = issues(checker, RIGHT.replace("Kendari", "Vancouver"))
    assert (issue.name, issue.source.text, issue.target.text) == (
        "entity-mistranslated", "Kendari", "Vancouver",
    )  # fmt: skip
    assert issue.severity is Severity.MAJOR
    assert issue.evidence["doubt"] >= 0.95


def test_a_name_left_out_is_placed_where_it_should_stand(checker):
    target = RIGHT.replace(" in Kendari", "")
    (issue,) = issues(checker, target)
    assert issue.name == "entity-omitted"
    assert issue.severity is Severity.MINOR
    assert issue.target.start == issue.target.end
    assert target[: issue.target.start].endswith("fishermen")


def test_two_countries_are_told_apart_by_the_gazetteer(checker):
    source = "Presiden Kolombia tiba di ibu kota pada hari Kamis. Ia disambut anak sekolah.\n"
    target = "The president of Bolivia arrived in the capital on Thursday. Pupils welcomed him.\n"
    found = issues(checker, target, source)
    assert [(i.source.text, i.target.text) for i in found] == [("Kolombia", "Bolivia")]
    assert found[0].suggestions == ("Colombia",)


def test_the_judge_gives_probabilities():
    rows = np.random.default_rng(0).normal(size=(50, len(FEATURES))).astype(np.float32)
    scores = load_judge().probabilities(rows)
    assert scores.shape == (50,)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert load_judge().probabilities(rows[:0]).shape == (0,)


def test_links_speak_for_a_pair():
    judge = load_judge()
    row = np.tile(judge._center, (2, 1))
    for name in ("source_linked", "source_weakest", "target_linked", "target_weakest"):
        row[:, FEATURES.index(name)] = (0.0, 1.0)
    low, high = judge.probabilities(row)
    assert low < high


def test_damaged_weights_are_a_model_error(monkeypatch, tmp_path):
    tensors = {"center": np.zeros(1, np.float32), "spread": np.ones(1, np.float32)}
    folder = tmp_path / "data" / "models"
    folder.mkdir(parents=True)
    monkeypatch.setattr(judging.resources, "files", lambda _: tmp_path)
    load_judge.cache_clear()
    try:
        with pytest.raises(ModelError, match="no usable weights"):
            load_judge()
        (folder / judging.WEIGHTS).write_bytes(b"\x10")
        with pytest.raises(ModelError):
            load_judge()
        metadata = {"features": json.dumps(["other"])}
        safetensors.numpy.save_file(tensors, folder / judging.WEIGHTS, metadata=metadata)
        with pytest.raises(ModelError, match="other evidence"):
            load_judge()
    finally:
        load_judge.cache_clear()


def test_capitals_fill_in_only_where_the_recognizer_is_silent():
    trained = [Mention(Span(4, 12, "New York"), "LOC", 0.9, "neural")]
    capitals = [
        Mention(Span(0, 12, "The New York"), "MISC", 0.6, "capitals"),
        Mention(Span(20, 26, "Monday"), "MISC", 0.6, "capitals"),
    ]
    merged = merge_names(trained, capitals)
    assert [name.span.text for name in merged] == ["New York", "Monday"]


def test_a_judge_is_its_layers():
    tensors = {
        "center": np.zeros(2, np.float32), "spread": np.ones(2, np.float32),
        "weight0": np.array([[1.0, -1.0]], np.float32), "bias0": np.zeros(1, np.float32),
    }  # fmt: skip
    scores = NameJudge(tensors, "x").probabilities(np.array([[3.0, 3.0], [9.0, 0.0]], np.float32))
    assert scores[0] == pytest.approx(0.5)
    assert scores[1] > 0.99


class Doubter:
    """A judge to whom no pair is right."""

    name = "doubter"

    def probabilities(self, rows):
        return np.zeros(len(rows), dtype=np.float32)


def fates(checker, source, target, source_names, target_names):
    """What becomes of names that are given by hand, under a judge who trusts no pair."""
    prepared = checker._prepare(read_side(source, "id"), read_side(target, "en"))
    alignment = checker._align(prepared)
    evidence = Evidence(alignment, prepared.source_encoded, prepared.target_encoded)
    names = [
        [
            Mention(
                Span.of(text, text.index(word), text.index(word) + len(word)), label, score, "x"
            )
            for word, label, score in given
        ]
        for text, given in ((source, source_names), (target, target_names))
    ]
    judged = judge_names(evidence, *names, Doubter())
    return [
        (v.fate, v.source and v.source.span.text, v.target and v.target.span.text)
        for v in find_verdicts(evidence, judged)
    ]


BUS = "Para pengungsi dibawa ke rumah sakit di Surabaya dengan bus.\n"
NO_BUS = "The refugees were taken to a hospital by bus.\n"


def test_a_name_that_is_not_sure_is_not_missed(checker):
    assert fates(checker, BUS, NO_BUS, [("Surabaya", "LOC", 0.95)], []) == [
        (Fate.OMITTED, "Surabaya", None)
    ]
    assert fates(checker, BUS, NO_BUS, [("Surabaya", "MISC", 0.95)], []) == []
    assert fates(checker, BUS, NO_BUS, [("Surabaya", "LOC", 0.6)], []) == []


def test_a_name_that_is_not_sure_is_not_added(checker):
    source, target = BUS.replace(" di Surabaya", ""), NO_BUS.replace(" by", " in Surabaya by")
    assert fates(checker, source, target, [], [("Surabaya", "LOC", 0.95)]) == [
        (Fate.ADDED, None, "Surabaya")
    ]
    assert fates(checker, source, target, [], [("Surabaya", "MISC", 0.95)]) == []


def test_a_description_stands_for_a_name(checker, monkeypatch):
    source = "Ribuan orang berpawai di Paris pada pagi hari.\n"
    target = "Thousands marched through the capital in the morning.\n"
    assert fates(checker, source, target, [("Paris", "LOC", 0.95)], []) == []
    monkeypatch.setattr("mtcheck.entities.verdicts._DESCRIBED", 1.1)  # nothing describes
    assert fates(checker, source, target, [("Paris", "LOC", 0.95)], []) == [
        (Fate.OMITTED, "Paris", None)
    ]


def test_a_wrong_name_needs_a_name_on_both_sides(checker):
    wrong = RIGHT.replace("Kendari", "Vancouver")
    both = fates(checker, SOURCE, wrong, [("Kendari", "LOC", 0.9)], [("Vancouver", "LOC", 0.9)])
    assert both == [(Fate.MISTRANSLATED, "Kendari", "Vancouver")]
    only = fates(checker, SOURCE, wrong, [], [("Vancouver", "LOC", 0.8)])
    assert Fate.MISTRANSLATED not in {fate for fate, _, _ in only}


def test_sums_and_weekdays_are_no_names(checker):
    side = read_side("Bantuan US$3 juta tiba di Kupang pada Senin, 4 Mei 2020.\n", "id")
    encoded = checker.encoder.encode([s.span.text for s in side.sentences])
    assert [name.span.text for name in checker._names_of(side, encoded)] == ["Kupang"]


def test_an_inconsistent_name_is_reported_once():
    place, other = Span(0, 9, "Vancouver"), Span(30, 39, "Vancouver")
    verdict = NameVerdict(
        Fate.MISTRANSLATED,
        Mention(Span(0, 7, "Kendari"), "LOC", 0.9, "x"),
        Mention(place, "LOC", 0.9, "x"),
        0.99,
    )

    def found(competing):
        rendering = Rendering("Vancouver", "competing", (competing,), (Span(0, 7, "Kendari"),))
        entry = Entry("Kendari", "LOC", (), (rendering,), None, "majority")
        analysis = SimpleNamespace(
            name_verdicts=(verdict,),
            ledger=Ledger((entry,)),
            source=SimpleNamespace(lang="id"),
            target=SimpleNamespace(lang="en"),
        )
        return EntityMistranslated().run(analysis)

    assert found(place) == []
    assert len(found(other)) == 1


def test_a_row_says_what_the_strings_say(checker):
    source, target = SOURCE, RIGHT
    prepared = checker._prepare(read_side(source, "id"), read_side(target, "en"))
    alignment = checker._align(prepared)
    evidence = Evidence(alignment, prepared.source_encoded, prepared.target_encoded)

    def mention(text, word):
        at = text.index(word)
        return Mention(Span.of(text, at, at + len(word)), "LOC", 0.9, "x")

    def row(word, other):
        values = evidence.row(alignment.blocks[0], mention(source, word), mention(target, other))
        return dict(zip(FEATURES, values.tolist(), strict=True))

    same = row("Kendari", "Kendari")
    assert (same["alike"], same["same_spelling"], same["different"]) == (1, 1, 0)
    assert same["source_linked"] > 0.9
    assert same["target_leaks"] < 0.1
    assert (same["same_type"], same["other_type"]) == (1, 0)
    another = row("Kendari", "Monday")
    assert (another["alike"], another["same_spelling"], another["different"]) == (0, 0, 1)
    assert another["source_linked"] < 0.1
    assert another["source_escapes"] > 0.9


def test_a_foreign_script_is_read_out(checker):
    source = "ニューヨークの市長は水曜日に記者会見を開いた。新しい駅は来年完成する。\n"
    target = (
        "The mayor of Chicago held a news conference on Wednesday. "
        "The new station will be finished next year.\n"
    )
    report = checker.check(source, target, source_lang="ja", target_lang="en")
    (issue,) = [i for i in report.issues if i.code == "ENT101"]
    assert "“ニューヨーク” (New York)" in issue.message
    assert issue.suggestions == ("New York",)
