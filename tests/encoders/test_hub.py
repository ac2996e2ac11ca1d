import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from mtcheck import Checker, Config
from mtcheck.errors import ModelError


@pytest.fixture
def folder(tmp_path):
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghij"]
    tokenizer = Tokenizer(models.WordLevel({w: k for k, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(tmp_path)  # fmt: skip
    BertModel(
        BertConfig(
            vocab_size=len(words),
            hidden_size=32,
            num_hidden_layers=4,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=128,
        )
    ).save_pretrained(tmp_path)
    return str(tmp_path)


def test_another_encoder_from_a_folder(folder):
    encoder = Checker(Config(encoder=folder)).encoder
    text = "a b  cé " + "d e f " * 200
    (alone,) = encoder.encode([text])
    together = encoder.encode(["g h", text, ""])
    assert np.array_equal(alone.states, together[1].states)
    assert [text[a:b] for a, b in alone.offsets[:3]] == ["a", "b", "cé"]
    assert len(alone.offsets) == 603
    assert together[2].states.shape[1] == 0


def test_missing_model_is_one_line(tmp_path):
    with pytest.raises(ModelError, match="no usable encoder") as caught:
        _ = Checker(Config(encoder=str(tmp_path / "nothing"))).encoder
    assert "\n" not in str(caught.value)
