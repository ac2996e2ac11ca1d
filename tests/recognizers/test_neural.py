"""The trained name recognizer: offsets, company, edge cases, and that it finds names."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mtcheck.document import Mention
from mtcheck.encoders.base import EncodedText
from mtcheck.encoders.bert import OVERLAP, WINDOW, PackagedEncoder
from mtcheck.errors import ModelError
from mtcheck.recognizers.neural import LABELS, NeuralRecognizer, best_path, units

INDONESIAN = "Presiden Joko Widodo bertemu Perdana Menteri Anwar Ibrahim di Kuala Lumpur, Senin."
ENGLISH = "Angela Merkel met executives of Deutsche Bank in Frankfurt on Tuesday."
CHINESE = "德国总理默克尔周二在法兰克福会见了德意志银行的高管。"
TRICKY = (
    "🎉👩‍👩‍👧 Joko Widodo 🇮🇩 tiba di Tokyo 🗼!",
    unicodedata.normalize("NFD", "Hervé Müller a rencontré François Hollande à Orléans."),
    "菅義偉首相は東京でアメリカのバイデン大統領と会談した。",
    "قال الرئيس محمود عباس في رام الله إن الأمم المتحدة ستدعم فلسطين.",
    "ราชวงศ์ไทยเสด็จเยือนกรุงโตเกียว ประเทศญี่ปุ่น",
    "नरेन्द्र मोदी ने नई दिल्ली में बराक ओबामा से मुलाकात की।",
    "이재명 대통령은 서울에서 유엔 사무총장을 만났다.",
    "ﬁfty Ｔｏｋｙｏ\u3000①\u200bparis\u00a0… \ufeff São\tPaulo",
)


@pytest.fixture(scope="module")
def encoder() -> PackagedEncoder:
    return PackagedEncoder(threads=2)


@pytest.fixture(scope="module")
def recognizer(encoder: PackagedEncoder) -> NeuralRecognizer:
    return NeuralRecognizer(encoder, threads=2)


def found(
    recognizer: NeuralRecognizer, encoder: PackagedEncoder, texts: Sequence[str]
) -> list[tuple[Mention, ...]]:
    return recognizer.recognize(texts, encoder.encode(texts))


@pytest.mark.parametrize("text", [*TRICKY, INDONESIAN, ENGLISH, CHINESE])
def test_spans_slice_their_text(
    recognizer: NeuralRecognizer, encoder: PackagedEncoder, text: str
) -> None:
    (mentions,) = found(recognizer, encoder, [text])
    for mention in mentions:
        assert mention.span.text == text[mention.span.start : mention.span.end]
        assert mention.span.text == mention.span.text.strip() != ""
        assert 0.0 < mention.score <= 1.0
        assert mention.label in {"PER", "ORG", "LOC"}
    ends = [0, *(mention.span.end for mention in mentions)]
    assert all(m.span.start >= end for m, end in zip(mentions, ends, strict=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            INDONESIAN,
            {("Joko Widodo", "PER"), ("Anwar Ibrahim", "PER"), ("Kuala Lumpur", "LOC")},
        ),
        (
            ENGLISH,
            {("Angela Merkel", "PER"), ("Deutsche Bank", "ORG"), ("Frankfurt", "LOC")},
        ),
        (CHINESE, {("默克尔", "PER"), ("法兰克福", "LOC"), ("德意志银行", "ORG")}),
    ],
)
def test_finds_plain_names(
    recognizer: NeuralRecognizer,
    encoder: PackagedEncoder,
    text: str,
    expected: set[tuple[str, str]],
) -> None:
    (mentions,) = found(recognizer, encoder, [text])
    assert {(m.span.text, m.label) for m in mentions} >= expected


def test_batch_equals_singles(recognizer: NeuralRecognizer, encoder: PackagedEncoder) -> None:
    texts = [*TRICKY, "", INDONESIAN, ENGLISH, CHINESE, " ".join([ENGLISH] * 40), INDONESIAN]
    encoded = encoder.encode(texts)
    together = recognizer.recognize(texts, encoded)
    alone = [
        recognizer.recognize([text], [entry])[0] for text, entry in zip(texts, encoded, strict=True)
    ]
    assert together == alone  # scores included: equal to the last bit
    other = NeuralRecognizer(encoder, threads=1, batch_pieces=300)
    assert other.recognize(texts[::-1], encoded[::-1]) == together[::-1]


def test_states_are_left_as_they_were(
    recognizer: NeuralRecognizer, encoder: PackagedEncoder
) -> None:
    before, after = encoder.encode([ENGLISH]), encoder.encode([ENGLISH])
    recognizer.recognize([ENGLISH], after)
    assert np.array_equal(before[0].states, after[0].states)
    assert np.array_equal(encoder.encode([ENGLISH])[0].states, before[0].states)


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b", "…"])
def test_text_without_words(
    recognizer: NeuralRecognizer, encoder: PackagedEncoder, text: str
) -> None:
    assert found(recognizer, encoder, [text]) == [()]


def test_no_texts(recognizer: NeuralRecognizer) -> None:
    assert recognizer.recognize([], []) == []


def test_very_long_text(recognizer: NeuralRecognizer, encoder: PackagedEncoder) -> None:
    names = ("Angela Merkel", "Joko Widodo", "Emmanuel Macron", "Justin Trudeau", "Narendra Modi")
    places = ("Frankfurt", "Jakarta", "Paris", "Ottawa", "Mumbai", "Tokyo", "Nairobi")
    events = (
        "met officials in {} on Tuesday to talk about fishing rights.",
        "arrived in {} late at night, two hours after the talks had ended.",
        "told reporters in {} that the price of rice would fall before the summer.",
    )
    parts = itertools.product(names, events, places)
    text = " ".join(f"{name} {event.format(place)}" for name, event, place in parts)
    encoded = encoder.encode([text])
    assert len(encoded[0].offsets) > 4 * WINDOW
    (mentions,) = recognizer.recognize([text], encoded)
    assert all(text[m.span.start : m.span.end] == m.span.text for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))
    assert mentions[0].span.start < 0.1 * len(text)
    assert mentions[-1].span.end > 0.9 * len(text)


def test_windows_tile_a_long_text(recognizer: NeuralRecognizer, encoder: PackagedEncoder) -> None:
    (entry,) = encoder.encode([" ".join([ENGLISH, INDONESIAN, CHINESE] * 12)])
    row = entry.layer(recognizer.layer)
    kept, step = WINDOW - OVERLAP // 2, WINDOW - OVERLAP
    assert len(row) > WINDOW + step
    # The votes in a long text are those of its windows, each read away from its borders.
    whole, head, middle = recognizer._logits([row, row[:WINDOW], row[step : step + WINDOW]])
    assert np.array_equal(whole[:kept], head[:kept])
    assert np.array_equal(whole[kept : step + kept], middle[kept - step : kept])


def test_layer_must_be_kept(recognizer: NeuralRecognizer) -> None:
    entry = EncodedText(
        offsets=np.array([(0, 5)], dtype=np.int32),
        states=np.zeros((1, 1, 384), dtype=np.float32),
        layers=(12,),
    )
    with pytest.raises(ModelError, match="layer"):
        recognizer.recognize(["Paris"], [entry])


def test_missing_weights(encoder: PackagedEncoder, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="name recognizer"):
        NeuralRecognizer(encoder, path=tmp_path / "none.safetensors")


def test_damaged_weights(encoder: PackagedEncoder, tmp_path: Path) -> None:
    path = tmp_path / "names.safetensors"
    path.write_bytes(b"not weights")
    with pytest.raises(ModelError, match="name recognizer"):
        NeuralRecognizer(encoder, path=path)


def test_units_are_words_or_pieces() -> None:
    text = "di Surabaya, 東京タワー"
    pieces = [(0, 2), (3, 6), (6, 11), (11, 12), (13, 13), (13, 15), (15, 18)]
    groups = units(text, np.array(pieces, dtype=np.int32))
    words = [text[start:end] for _, _, start, end in groups]
    assert words == ["di", "Surabaya", ",", "東京", "タワー"]
    assert [group[0] for group in groups] == [0, 1, 3, 4, 6]


def test_inside_follows_its_own_type() -> None:
    scores = np.full((3, len(LABELS)), -5.0, dtype=np.float32)
    scores[0, LABELS.index("O")] = -0.1
    scores[1, LABELS.index("I-PER")] = -0.1
    scores[1, LABELS.index("B-PER")] = -0.5
    scores[2, LABELS.index("I-ORG")] = -0.1
    scores[2, LABELS.index("I-PER")] = -0.5
    assert [LABELS[k] for k in best_path(scores)] == ["O", "B-PER", "I-PER"]
