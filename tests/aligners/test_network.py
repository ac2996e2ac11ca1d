import numpy as np
import pytest
import torch

from mtcheck.aligners.features import N_WORD_FACTS, Words, evidence, read_words
from mtcheck.aligners.network import LinkNetwork, TrainedLinker, save_network
from mtcheck.errors import ModelError
from mtcheck.text.reading import read_side

SHAPE = {"n_layers": 3, "width": 8, "rank": 4, "channels": 4, "depth": 2}
ABOUT = {"encoder": "tiny@1", "shape": SHAPE, "calibration": [0.5, 1.0]}


@pytest.fixture
def saved(tmp_path):
    torch.manual_seed(1)
    path = tmp_path / "tiny.safetensors"
    save_network(LinkNetwork(**SHAPE), path, ABOUT)
    return path


def words(n, seed):
    chance = np.random.default_rng(seed)
    states = chance.standard_normal((3, n, 8), dtype=np.float32)
    states /= np.linalg.norm(states, axis=-1, keepdims=True)
    return Words(
        texts=tuple(f"w{k}" for k in range(n)),
        states=states,
        facts=np.zeros((n, N_WORD_FACTS), dtype=np.float32),
    )


def test_saved_weights_give_calibrated_probabilities(saved):
    linker = TrainedLinker("tiny@1", saved)
    source, target = words(5, 1), words(7, 2)
    links = linker.links(source, target)
    assert links.shape == (5, 7)
    logits = linker._network.logits(source, target)
    assert links == pytest.approx(1 / (1 + np.exp(-(0.5 * logits + 1.0))), abs=1e-6)
    assert np.linalg.norm(linker.vectors(source), axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert linker.name.startswith("links@")


def test_padding_in_a_batch_changes_nothing(saved):
    network = TrainedLinker("tiny@1", saved)._network
    source, target = words(4, 3), words(5, 4)
    alone = network.logits(source, target)
    wide = [torch.zeros(1, 3, n + 3, 8) for n in (4, 5)]
    wide[0][0, :, :4], wide[1][0, :, :5] = (torch.from_numpy(w.states) for w in (source, target))
    known = torch.zeros(1, 5, 7, 8)
    known[0, :, :4, :5] = torch.from_numpy(evidence(source, target))
    facts = tuple(torch.zeros(1, n + 3, 7) for n in (4, 5))
    masks = tuple(torch.cat([torch.ones(1, n), torch.zeros(1, 3)], dim=1) for n in (4, 5))
    with torch.inference_mode():
        padded = network(*wide, known, facts, masks)[0, :4, :5].numpy()
    assert padded == pytest.approx(alone, abs=1e-4)


def test_weights_for_another_encoder_are_refused(saved):
    with pytest.raises(ModelError, match=r"trained on tiny@1, not on other@2"):
        TrainedLinker("other@2", saved)


def test_missing_or_damaged_weights_are_one_line(saved, tmp_path):
    with pytest.raises(ModelError, match=r"nowhere\.safetensors: not readable"):
        TrainedLinker("tiny@1", tmp_path / "nowhere.safetensors")
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(saved.read_bytes()[:100])
    with pytest.raises(ModelError, match="not readable"):
        TrainedLinker("tiny@1", damaged)


@pytest.mark.model
def test_a_name_in_another_script_and_a_court_are_linked(checker):
    source, target = (
        read_side("Menteri Lavrov berbicara di pengadilan di Moskow.", "id"),
        read_side("Министр Лавров выступил в суде в Москве.", "ru"),
    )
    left, right = (
        read_words(side.tokens, checker.encoder.encode([side.text])[0], 0)
        for side in (source, target)
    )
    links = checker.linker.links(left, right)
    best = {w: right.texts[int(links[k].argmax())] for k, w in enumerate(left.texts)}
    assert best["Lavrov"] == "Лавров"
    assert best["pengadilan"] == "суде"
    assert best["Moskow"] == "Москве"
    assert checker.linker.links(left, right).tobytes() == links.tobytes()
