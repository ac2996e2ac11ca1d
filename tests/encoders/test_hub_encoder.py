import socket
from itertools import islice

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from mtcheck.encoders.base import kept_layers
from mtcheck.encoders.bert import _windows
from mtcheck.encoders.hub import HubEncoder
from mtcheck.errors import ModelError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghij", "the", "court", "##s"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny-bert")
    tokenizer = Tokenizer(models.WordPiece({w: k for k, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(folder)
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_states_shapes_and_offsets(tiny):
    encoder = HubEncoder(str(tiny))
    text = "The courts  a b"
    (found,) = encoder.encode([text])
    assert encoder.layers == found.layers == kept_layers(3)
    assert found.states.shape == (5, 5, 32)
    assert [text[a:b] for a, b in found.offsets] == ["The", "court", "s", "a", "b"]
    assert encoder.name == f"{tiny.name}@local"
    assert encoder.encode([]) == []


def test_states_do_not_depend_on_company_batch_or_threads(tiny):
    texts = ["a b c", "", "the court " * 100, "d", "e f g h i j the court"]
    one = HubEncoder(str(tiny), threads=1).encode(texts)
    alone = [HubEncoder(str(tiny), threads=1).encode([text])[0] for text in texts]
    many = HubEncoder(str(tiny), threads=2, batch_pieces=64).encode(texts[::-1])[::-1]
    for a, b, c in zip(one, alone, many, strict=True):
        assert a.states.tobytes() == b.states.tobytes() == c.states.tobytes()
        assert np.array_equal(a.offsets, c.offsets)


def test_a_text_longer_than_the_positions_is_windowed(tiny):
    (found,) = HubEncoder(str(tiny)).encode(["a b c d " * 100])
    assert found.states.shape == (5, 400, 32)
    assert np.isfinite(found.states).all()


def test_a_window_shorter_than_the_overlap_still_ends():
    # An encoder of 64 positions leaves a window of 60 pieces.
    assert len(list(islice(_windows(400, 60), 1_000))) < 1_000


def test_a_missing_folder_is_one_line(tmp_path):
    with pytest.raises(ModelError, match="no usable encoder") as caught:
        HubEncoder(str(tmp_path / "nothing"))
    assert "\n" not in str(caught.value)


def test_a_folder_without_weights_is_one_line(tiny, tmp_path):
    for path in tiny.iterdir():
        if path.suffix == ".json":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(ModelError, match="no usable encoder") as caught:
        HubEncoder(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_damaged_weights_are_one_line(tiny, tmp_path):
    for path in tiny.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"not weights at all")
    with pytest.raises(ModelError, match="no usable encoder") as caught:
        HubEncoder(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_a_hub_name_is_not_fetched():
    with pytest.raises(ModelError, match="on this machine"):
        HubEncoder("mtcheck-tests/no-such-model")
