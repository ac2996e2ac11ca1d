import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from mtcheck.encoders.base import kept_layers
from mtcheck.encoders.bert import LENGTH_STEP, OVERLAP, WINDOW, PackagedEncoder, batched_windows
from mtcheck.encoders.packed import PackedWeights, find_weights
from mtcheck.encoders.unigram import UnigramTokenizer
from mtcheck.errors import ModelError

TEXTS = [
    "The harbour office closed early because a storm was coming.",
    "Kantor pelabuhan tutup lebih awal karena badai akan datang.",
    "Le bureau du port a fermé plus tôt à cause d’une tempête.",
    "La oficina del puerto cerró temprano por la tormenta: ¿volverá?",
    "Das Hafenamt schloss früher, weil ein Sturm über die Küste zog.",
    "Портовое управление закрылось раньше из-за приближающейся бури.",
    "أغلق مكتب الميناء أبوابه مبكرا بسبب العاصفة القادمة.",
    "港务局因风暴将至而提前关门。",
    "港の事務所は嵐が近づいているため早く閉まった。",
    "항만 사무소는 폭풍 때문에 일찍 문을 닫았다.",
    "สำนักงานท่าเรือปิดเร็วเพราะพายุกำลังมา",
    "Liman ofisi yaklaşan fırtına nedeniyle erken kapandı.",
    "बंदरगाह कार्यालय तूफ़ान के कारण जल्दी बंद हो गया।",
]
ODD = ["", " ", "a", "  two  blanks ", "e\u0301te\u0301", "\U0001f600 \U00020000", "ﬁn Ａ½"]


@pytest.fixture(scope="module")
def weights():
    return PackedWeights(find_weights(), verify=False)


@pytest.fixture(scope="module")
def tokenizer(weights):
    return UnigramTokenizer(weights.pieces(), weights.scores, unknown=weights.unk)


def same(left, right):
    return (
        left.layers == right.layers
        and np.array_equal(left.offsets, right.offsets)
        and left.states.tobytes() == right.states.tobytes()
    )


@pytest.fixture(scope="module")
def encoder():
    return PackagedEncoder(threads=1)


def test_a_wrong_hash_is_a_model_error(tmp_path):
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(b"E5S1" + bytes(1000))
    with pytest.raises(ModelError, match=r"SHA-256 .* reinstall") as caught:
        PackedWeights(path)
    assert "\n" not in str(caught.value)
    with pytest.raises(ModelError, match="SHA-256"):
        PackagedEncoder(path=path)


@pytest.mark.parametrize("size", [3, 40, 4_000, 6_000_000])
def test_a_truncated_copy_is_a_model_error_even_unverified(tmp_path, size):
    path = tmp_path / "e5-small-q4.bin"
    with find_weights().open("rb") as stream:
        path.write_bytes(stream.read(size))
    with pytest.raises(ModelError, match="SHA-256"):
        PackedWeights(path)
    if size > 100_000:
        return  # the directory is whole; only the hash tells
    with pytest.raises(ModelError, match="not a readable weight file") as caught:
        PackedWeights(path, verify=False)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(100_000)])
def test_another_file_is_a_model_error(tmp_path, content):
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="not a readable weight file"):
        PackedWeights(path, verify=False)


def test_a_missing_file_is_a_model_error(tmp_path):
    with pytest.raises(ModelError):
        PackagedEncoder(path=tmp_path / "nothing.bin")


def test_tensors_and_rows_agree(weights):
    index = np.array([5, 0, 77, 5])
    rows = weights.rows("emb.word", index)
    assert rows.shape == (4, weights.width)
    assert np.array_equal(rows[0], rows[3])
    assert np.isfinite(weights.tensor("emb.ln.w")).all()
    assert weights.tensor("l0.q.w", weights.width, weights.width).shape == (384, 384)


def test_pieces_equal_those_of_the_reference_library(weights, tokenizer):
    vocabulary = [
        (piece, float(score)) for piece, score in zip(weights.pieces(), weights.scores, strict=True)
    ]
    reference = Tokenizer(models.Unigram(vocabulary, unk_id=weights.unk, byte_fallback=False))
    reference.normalizer = normalizers.NFKC()
    reference.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    for text in TEXTS:
        expected = reference.encode(text, add_special_tokens=False).ids
        assert [number for number, _, _ in tokenizer.tokenize(text)] == expected, text


@pytest.mark.parametrize("text", [*TEXTS, *ODD])
def test_offsets_slice_in_order(tokenizer, text):
    pieces = tokenizer.tokenize(text)
    last = 0
    covered = set()
    for _, start, end in pieces:
        assert 0 <= start <= end <= len(text)
        assert start >= last or text[start:last]  # a folded letter may make two pieces
        last = start
        covered.update(range(start, end))
        assert not text[start:end].startswith(" ")
    assert not [c for k, c in enumerate(text) if c.isalnum() and k not in covered]


def test_offsets_point_at_the_words(weights, tokenizer):
    pieces = weights.pieces()
    text = "The  court"
    found = [(pieces[n], text[a:b]) for n, a, b in tokenizer.tokenize(text)]
    assert found == [("▁The", "The"), ("▁court", "court")]


def test_states_do_not_depend_on_company_batch_or_threads(encoder):
    texts = [*TEXTS, *ODD]
    together = encoder.encode(texts)
    assert all(same(encoder.encode([t])[0], e) for t, e in zip(texts, together, strict=True))
    small = PackagedEncoder(threads=2, batch_pieces=64).encode(texts[::-1])[::-1]
    assert all(same(a, b) for a, b in zip(together, small, strict=True))
    before = torch.get_num_threads()
    encoder.encode(TEXTS[:1])
    assert torch.get_num_threads() == before


def test_shapes_and_layers(encoder):
    found = encoder.encode(["Two words", ""])
    assert encoder.layers == kept_layers(12) == (6, 7, 8, 9, 12)
    assert found[0].states.shape == (5, len(found[0].offsets), 384)
    assert found[0].states.dtype == np.float32
    assert found[0].layer(12).shape == (len(found[0].offsets), 384)
    assert found[1].states.shape == (5, 0, 384)
    assert found[1].offsets.shape == (0, 2)
    assert encoder.encode([]) == []
    assert encoder.name.startswith("multilingual-e5-small@")


def test_translations_are_closer_than_strangers(encoder):
    english, indonesian, stranger = (
        e.layer(9).mean(axis=0)
        for e in encoder.encode([TEXTS[0], TEXTS[1], "Kucing itu tidur di atas meja dapur."])
    )

    def cosine(a, b):
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert cosine(english, indonesian) > cosine(english, stranger)


def test_a_text_of_3000_words_is_windowed(encoder):
    text = " ".join(f"{word}" for word in (TEXTS[0] + " ").split() * 300)
    (found,) = encoder.encode([text])
    assert len(text.split()) == 3_000
    assert len(found.offsets) >= 3_000
    assert np.isfinite(found.states).all()
    assert found.offsets[-1, 1] == len(text)
    # Inside the first window nothing differs from the beginning read alone.
    (start,) = encoder.encode([text[: found.offsets[WINDOW - 1, 1]]])
    kept = WINDOW - OVERLAP // 2
    assert np.array_equal(start.states[:, :kept], found.states[:, :kept])


@pytest.mark.parametrize("lengths", [[0], [1], [255, 256, 257], [1000, 3, 0, 640], [5000]])
def test_kept_ranges_tile_every_row(lengths):
    batches = batched_windows(lengths, window=WINDOW, ends=2, batch_pieces=1024)
    kept = {row: [] for row in range(len(lengths))}
    for length, windows in batches:
        assert length % LENGTH_STEP == 0
        assert len(windows) == 1 or len(windows) * length <= 1024
        for w in windows:
            assert w.start <= w.keep_from < w.keep_to <= w.end
            assert w.end - w.start <= WINDOW
            assert w.end - w.start + 2 <= length
            kept[w.row] += range(w.keep_from, w.keep_to)
    assert {row: sorted(found) for row, found in kept.items()} == {
        row: list(range(n)) for row, n in enumerate(lengths)
    }
