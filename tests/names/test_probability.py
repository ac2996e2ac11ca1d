import json

import numpy as np
import pytest

from benchmarks.names.comparison import auc, calibration_error
from mtcheck.errors import ModelError
from mtcheck.names import probability
from mtcheck.names.probability import TABLES, network, sigmoid, word_inputs, word_logit
from mtcheck.names.spelling import compare_words
from training.names.transducer import SHAPES, digamma, fit


def test_the_network_of_one_table_is_the_whole_one():
    for left, right, script in (
        ("putin", "путин", "cyrillic"),
        ("abe", "アベ", "kana"),
        ("ali", "aly", "latin"),
    ):
        spelling = compare_words(left, "latin", right, script)
        assert word_logit(spelling) == pytest.approx(network("word").logit(word_inputs(spelling)))
        assert len(word_inputs(spelling)) == len(network("word").hidden[0]) - 1 == 9 + len(TABLES)


def test_sigmoid_is_stable():
    assert sigmoid(0) == 0.5
    assert sigmoid(800) == 1
    assert sigmoid(-800) == 0


def test_damaged_weights(monkeypatch, tmp_path):
    network.cache_clear()
    damaged = tmp_path / "data/models"
    damaged.mkdir(parents=True)
    (damaged / "name-match.json").write_text(json.dumps({"word": {"hidden": []}}))
    monkeypatch.setattr(probability.resources, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="damaged"):
        network("word")
    with pytest.raises(ModelError, match="damaged"):
        network("name")
    network.cache_clear()


def test_area_under_the_curve():
    assert auc([0.1, 0.4, 0.35, 0.8], [False, False, True, True]) == 0.75
    assert auc([1, 1], [True, False]) == 0.5
    assert np.isnan(auc([1], [True]))


def test_calibration_error_of_honest_scores_is_small():
    chance = np.random.default_rng(1)
    scores = chance.uniform(size=20_000)
    labels = chance.uniform(size=20_000) < scores
    assert calibration_error(list(scores), list(labels)) < 0.02
    assert calibration_error(list(scores**3), list(labels)) > 0.1


def test_digamma():
    assert digamma(1) == pytest.approx(-0.5772157, abs=1e-6)
    assert digamma(0.05) == pytest.approx(-20.4978, abs=1e-3)


def test_the_transducer_learns_letters_and_finds_the_noise():
    # Every letter has a partner of its own; one pair in ten is two unrelated words.
    chance = np.random.default_rng(3)
    letters = "abcdefgh"
    words = ["".join(chance.choice(list(letters), size=5)) for _ in range(300)]
    pairs = [(tuple(w), tuple(w.upper())) for w in words]
    wrong = [(tuple(words[k]), tuple(words[(7 * k + 1) % 300].upper())) for k in range(30)]
    odds, posterior = fit(pairs + wrong, SHAPES["cyrillic"], rounds=5)
    assert all(max(odds[c.upper()], key=odds[c.upper()].get) == c for c in letters)
    assert np.mean(posterior[:300]) > 0.95
    assert np.mean(posterior[300:]) < 0.2
