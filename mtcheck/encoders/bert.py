"""multilingual-e5-small from the packaged file, as a transformers model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from transformers import BertConfig, BertModel

from mtcheck.encoders.base import EncodedText, Floats, kept_layers
from mtcheck.encoders.packed import SHA256, PackedWeights, find_weights
from mtcheck.encoders.unigram import UnigramTokenizer

WINDOW = 256
"""Pieces in one window; attention cost grows with the square, sentences are rarely longer."""

OVERLAP = 64
"""Pieces two neighboring windows share; each piece is read where its context is longest."""

LENGTH_STEP = 8
"""Lengths are padded to a multiple of this, alone or in a batch, so that the arithmetic
of a text is the same in any company."""

Ids = npt.NDArray[np.int64]
Forward = Callable[[torch.Tensor, torch.Tensor], Sequence[torch.Tensor]]


class Window(NamedTuple):
    """Part of a row that goes through the model at once; the kept ranges tile the row."""

    row: int
    start: int
    end: int
    keep_from: int
    keep_to: int


class _PackedEmbedding(nn.Module):
    """The word table, left 4-bit and memory-mapped; only the rows in use are expanded."""

    def __init__(self, weights: PackedWeights) -> None:
        super().__init__()
        self._weights = weights

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        unique, inverse = np.unique(input_ids.numpy(), return_inverse=True)
        rows = self._weights.rows("emb.word", unique)
        return torch.from_numpy(rows[inverse.reshape(input_ids.shape)])


class PackagedEncoder:
    """The default encoder: 12 layers of width 384, about 100 languages, nothing to download.

    Args:
        layers: Which hidden layers to keep, ascending; by default those at ``KEPT_DEPTHS``.
        threads: Texts encoded side by side, each on one core; ``None`` takes torch's setting.
        batch_pieces: Most pieces in one forward pass. Changes speed, never the result.

    Raises:
        ModelError: The weight file is missing or is not the published one.

    Source:
        Wang et al. 2024, Multilingual E5 text embeddings.
    """

    def __init__(
        self,
        *,
        layers: Sequence[int] | None = None,
        threads: int | None = None,
        batch_pieces: int = 1024,
        path: Path | None = None,
    ) -> None:
        weights = PackedWeights(path or find_weights())
        self.layers = tuple(layers or kept_layers(weights.n_layers))
        self._weights = weights
        self.tokenizer = UnigramTokenizer(weights.pieces(), weights.scores, unknown=weights.unk)
        self.model = _build(weights)
        self._threads = threads or torch.get_num_threads()
        self._batch_pieces = batch_pieces

    @property
    def name(self) -> str:
        """Name and revision of the weights."""
        return f"multilingual-e5-small@{SHA256[:8]}"

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """States of each text; a text longer than the window is read in overlapping windows."""
        pieces = [self.tokenizer.tokenize(text) for text in texts]
        ids = [np.array([number for number, _, _ in row], dtype=np.int64) for row in pieces]
        states = encode_ids(
            ids,
            self._forward,
            ends=(self._weights.bos, self._weights.eos, self._weights.pad),
            window=WINDOW,
            n_layers=len(self.layers),
            width=self._weights.width,
            threads=self._threads,
            batch_pieces=self._batch_pieces,
        )
        return [
            EncodedText(
                offsets=np.array([(a, b) for _, a, b in row], dtype=np.int32).reshape(-1, 2),
                states=state,
                layers=self.layers,
            )
            for row, state in zip(pieces, states, strict=True)
        ]

    def _forward(self, ids: torch.Tensor, mask: torch.Tensor) -> Sequence[torch.Tensor]:
        output = self.model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        return [output.hidden_states[layer] for layer in self.layers]


def encode_ids(
    rows: Sequence[Ids],
    forward: Forward,
    *,
    ends: tuple[int, int, int],
    window: int,
    n_layers: int,
    width: int,
    threads: int,
    batch_pieces: int,
) -> list[Floats]:
    """Run a forward function over rows of any length, bucketed by length.

    Every window is padded to the next multiple of :data:`LENGTH_STEP` whether it runs alone
    or in a batch, and each batch runs on one core, so neither the company nor the number of
    threads changes a single bit of the result.

    Args:
        rows: Piece numbers of each text, without special pieces.
        forward: From ids and mask, both (batch, length), to states (batch, length, width)
            for each kept layer.
        ends: Numbers of the first, last and padding piece.
        window: Most pieces of text in one pass.
        n_layers: How many layers ``forward`` returns.
        width: Width of a state.
        threads: Batches that run side by side.
        batch_pieces: Most pieces in one batch, padding included.

    Returns:
        One array of shape (n_layers, n_pieces, width) for each row.
    """
    first, last, padding = ends
    results = [np.empty((n_layers, len(row), width), dtype=np.float32) for row in rows]
    batches = batched_windows(
        [len(row) for row in rows], window=window, ends=2, batch_pieces=batch_pieces
    )

    def run(batch: tuple[int, Sequence[Window]]) -> None:
        length, items = batch
        ids = np.full((len(items), length), padding, dtype=np.int64)
        mask = np.zeros((len(items), length), dtype=np.int64)
        for k, (row, start, end, _, _) in enumerate(items):
            ids[k, 0], ids[k, end - start + 1] = first, last
            ids[k, 1 : end - start + 1] = rows[row][start:end]
            mask[k, : end - start + 2] = 1
        with torch.inference_mode():
            output = forward(torch.from_numpy(ids), torch.from_numpy(mask))
            layers = [layer.numpy() for layer in output]
        for k, (row, start, _, keep_from, keep_to) in enumerate(items):
            part = slice(keep_from - start + 1, keep_to - start + 1)
            for number, layer in enumerate(layers):
                results[row][number, keep_from:keep_to] = layer[k, part]

    run_on_single_cores(run, batches, threads)
    return results


def batched_windows(
    lengths: Sequence[int], *, window: int, ends: int, batch_pieces: int
) -> list[tuple[int, list[Window]]]:
    """Cut rows into windows and group windows of the same padded length, longest first.

    Args:
        lengths: Pieces of each row; a row without pieces has no window.
        window: Most pieces of text in one pass.
        ends: Places a window needs besides its pieces (first and last piece).
        batch_pieces: Most pieces in one batch, padding included.

    Returns:
        For each batch its padded length, a multiple of :data:`LENGTH_STEP`, and its windows.
    """
    buckets: dict[int, list[Window]] = defaultdict(list)
    for row, n in enumerate(lengths):
        for start, end, keep_from, keep_to in _windows(n, window):
            length = -(-(end - start + ends) // LENGTH_STEP) * LENGTH_STEP
            buckets[length].append(Window(row, start, end, keep_from, keep_to))
    batches: list[tuple[int, list[Window]]] = []
    for length, items in sorted(buckets.items(), reverse=True):
        size = max(1, batch_pieces // length)
        batches.extend((length, items[k : k + size]) for k in range(0, len(items), size))
    return batches


def _windows(n: int, window: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start, end, keep_from, keep_to); the kept ranges tile 0..n."""
    if n <= window:
        if n:
            yield 0, n, 0, n
        return
    overlap = min(OVERLAP, window // 4)  # a small window must still move on
    step = window - overlap
    start = keep_from = 0
    while True:
        end = min(n, start + window)
        keep_to = n if end == n else end - overlap // 2
        yield start, end, keep_from, keep_to
        if end == n:
            return
        start, keep_from = start + step, keep_to


def run_on_single_cores(run: Callable[[Any], None], batches: Sequence[Any], threads: int) -> None:
    """Run the batches side by side with torch limited to one core in each."""
    before = torch.get_num_threads()

    def limited(batch: Any) -> None:
        torch.set_num_threads(1)  # the setting belongs to the calling thread
        run(batch)

    try:
        if threads == 1 or len(batches) < 2:
            for batch in batches:
                limited(batch)
        else:
            with ThreadPoolExecutor(threads, thread_name_prefix="mtcheck-encode") as pool:
                list(pool.map(limited, batches))
    finally:
        torch.set_num_threads(before)


def _build(weights: PackedWeights) -> BertModel:
    """A BertModel whose parameters are the expanded tensors and whose word table stays packed."""
    config = BertConfig(
        vocab_size=1,  # the real table never becomes a parameter
        hidden_size=weights.width,
        num_hidden_layers=weights.n_layers,
        num_attention_heads=weights.n_heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.n_positions,
        type_vocab_size=weights.n_types,
        layer_norm_eps=weights.epsilon,
        attn_implementation="sdpa",
    )
    with torch.device("meta"):
        model = BertModel(config, add_pooling_layer=False)
    width, wide = weights.width, weights.feed_forward
    state = {
        "embeddings.word_embeddings.weight": np.zeros((1, width), dtype=np.float32),
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos", -1, width),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type", -1, width),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b"),
    }
    dense = {
        "attention.self.query": ("q", (width, width)),
        "attention.self.key": ("k", (width, width)),
        "attention.self.value": ("v", (width, width)),
        "attention.output.dense": ("ao", (width, width)),
        "intermediate.dense": ("fi", (wide, width)),
        "output.dense": ("fo", (width, wide)),
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    for layer in range(weights.n_layers):
        prefix = f"encoder.layer.{layer}."
        for ours, (theirs, shape) in dense.items():
            state[f"{prefix}{ours}.weight"] = weights.tensor(f"l{layer}.{theirs}.w", *shape)
            state[f"{prefix}{ours}.bias"] = weights.tensor(f"l{layer}.{theirs}.b")
        for ours, theirs in norms.items():
            state[f"{prefix}{ours}.weight"] = weights.tensor(f"l{layer}.{theirs}.w")
            state[f"{prefix}{ours}.bias"] = weights.tensor(f"l{layer}.{theirs}.b")
    tensors = {name: torch.from_numpy(value) for name, value in state.items()}
    model.load_state_dict(tensors, strict=True, assign=True)
    embeddings: Any = model.embeddings
    embeddings.word_embeddings = _PackedEmbedding(weights)
    # These buffers hold positions and types, not weights: they are not in the file.
    embeddings.register_buffer(
        "position_ids", torch.arange(weights.n_positions).unsqueeze(0), persistent=False
    )
    embeddings.register_buffer(
        "token_type_ids", torch.zeros((1, weights.n_positions), dtype=torch.long), persistent=False
    )
    return model.eval().requires_grad_(False)
