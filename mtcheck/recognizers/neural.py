"""A trained name recognizer that continues from states the shared encoder already computed.

The recognizer is a branch: it takes the states of one middle layer and runs them through the
encoder's own upper layers once more, now with low-rank adapters, down to a linear head that
labels words. The shared states, which links and similarity rest on, stay as they are, and
the recognizer costs a part of an encoder pass instead of a second encoder.
"""

from __future__ import annotations

import itertools
import json
import unicodedata
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors
import torch
from torch import nn
from torch.nn import functional

from mtcheck.document import Mention, Span
from mtcheck.encoders.base import EncodedText, Floats
from mtcheck.encoders.bert import (
    WINDOW,
    PackagedEncoder,
    Window,
    batched_windows,
    run_on_single_cores,
)
from mtcheck.errors import ModelError

NAME = "neural"
TYPES = ("PER", "ORG", "LOC")
LABELS = ("O", *(f"{prefix}-{name}" for name in TYPES for prefix in "BI"))
"""Label 0 is "no name"; then B and I of each type in turn."""

WEIGHTS = "names.safetensors"
ADAPTED = ("query", "key", "value", "attended", "widened", "narrowed")

# Scripts written without spaces: there a piece, not a run of letters, is the unit that votes.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x323AF),
)


class LowRank(nn.Module):
    """A correction of rank ``rank`` to a linear map; starts at zero.

    Source:
        Hu et al. 2021, LoRA: Low-rank adaptation of large language models.
    """

    def __init__(self, inner: int, outer: int, rank: int) -> None:
        super().__init__()
        # A third of the usual scale: at full scale and a high rate the training collapses.
        self.down = nn.Parameter(torch.randn(rank, inner) * (0.3 / inner**0.5))
        self.up = nn.Parameter(torch.zeros(outer, rank))

    def forward(self, states: torch.Tensor, linear: nn.Linear) -> torch.Tensor:
        """The linear map of the states plus the correction."""
        plain: torch.Tensor = linear(states)
        return plain + functional.linear(functional.linear(states, self.down), self.up)


class Branch(nn.Module):
    """The encoder's layers above ``layer`` with adapters, and a head over :data:`LABELS`.

    Args:
        encoder: Lends its layers; they are neither copied nor changed.
        layer: Takes the states of this layer, counted from 1.
        rank: Rank of every adapter.
        dropout: Share of values zeroed before the head, in training only.
    """

    def __init__(
        self, encoder: PackagedEncoder, *, layer: int, rank: int, dropout: float = 0.0
    ) -> None:
        super().__init__()
        model: Any = encoder.model
        # A tuple keeps the shared layers out of this module's own parameters.
        self._blocks = tuple(model.encoder.layer[layer:])
        self._n_heads = int(model.config.num_attention_heads)
        width, wide = int(model.config.hidden_size), int(model.config.intermediate_size)
        shapes = dict.fromkeys(ADAPTED[:4], (width, width))
        shapes |= {"widened": (width, wide), "narrowed": (wide, width)}
        self.adapters = nn.ModuleList(
            nn.ModuleDict({name: LowRank(*shapes[name], rank) for name in ADAPTED})
            for _ in self._blocks
        )
        self.dropout = nn.Dropout(dropout)
        self.center: torch.Tensor
        self.spread: torch.Tensor
        self.register_buffer("center", torch.zeros(width))
        self.register_buffer("spread", torch.ones(width))
        self.head = nn.Linear(width, len(LABELS))

    def standardize(self, states: torch.Tensor, mask: torch.Tensor) -> None:
        """Take mean and spread of what the untrained branch gives, for the head to see past.

        All states of this encoder share a large common part; without this step the head
        learns from that part alone for hundreds of steps.
        """
        with torch.no_grad():
            top = self._top(states, mask)[mask]
        self.center, self.spread = top.mean(dim=0), top.std(dim=0)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Label scores of each piece.

        Args:
            states: States of the input layer. Shape: (batch, length, width).
            mask: True where there is a piece. Shape: (batch, length).

        Returns:
            Logits. Shape: (batch, length, n_labels).
        """
        top = (self._top(states, mask) - self.center) / self.spread
        return torch.as_tensor(self.head(self.dropout(top)))

    def _top(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        visible = mask[:, None, None, :]
        for block, adapter in zip(self._blocks, self.adapters, strict=True):
            states = self._layer(block, adapter, states, visible)
        return states

    def _layer(
        self, block: Any, adapter: Any, states: torch.Tensor, visible: torch.Tensor
    ) -> torch.Tensor:
        batch, length, width = states.shape
        attention = block.attention.self

        def heads(name: str) -> torch.Tensor:
            flat: torch.Tensor = adapter[name](states, getattr(attention, name))
            return flat.view(batch, length, self._n_heads, -1).transpose(1, 2)

        mixed = functional.scaled_dot_product_attention(
            heads("query"), heads("key"), heads("value"), attn_mask=visible
        )
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        mixed = adapter["attended"](mixed, block.attention.output.dense)
        states = block.attention.output.LayerNorm(states + mixed)
        wide = functional.gelu(adapter["widened"](states, block.intermediate.dense))
        narrow = adapter["narrowed"](wide, block.output.dense)
        return torch.as_tensor(block.output.LayerNorm(states + narrow))


class NeuralRecognizer:
    """Finds persons, organizations and places in about 100 languages.

    Args:
        encoder: The encoder that computes the states; its upper layers are used again.
        path: Weights, by default the packaged ones (their card: ``names.md`` beside them).
        threads: Batches that run side by side, each on one core; ``None`` takes torch's setting.
        batch_pieces: Most pieces in one forward pass. Changes speed, never the result.

    Raises:
        ModelError: The weights are missing or do not fit the encoder.
    """

    def __init__(
        self,
        encoder: PackagedEncoder,
        *,
        path: Path | None = None,
        threads: int | None = None,
        batch_pieces: int = 1024,
    ) -> None:
        self._branch, self._layer = load_branch(encoder, path)
        self._threads = threads or torch.get_num_threads()
        self._batch_pieces = batch_pieces

    @property
    def layer(self) -> int:
        """The layer whose states the recognizer reads."""
        return self._layer

    def recognize(
        self, texts: Sequence[str], encoded: Sequence[EncodedText]
    ) -> list[tuple[Mention, ...]]:
        """Names in each text, in text order, without overlaps.

        Args:
            texts: The texts.
            encoded: What the encoder made of each; must keep :attr:`layer`.

        Returns:
            One tuple for each text. ``score`` is the geometric mean of the probability of the
            type over the words of the name.

        Raises:
            ModelError: The states do not hold the layer that the recognizer reads.
        """
        rows: list[Floats] = []
        for entry in encoded:
            if self._layer not in entry.layers:
                raise ModelError(
                    f"the name recognizer reads layer {self._layer}, "
                    f"the encoder keeps {entry.layers}"
                )
            rows.append(entry.layer(self._layer))
        return [
            _mentions(text, entry.offsets, logits)
            for text, entry, logits in zip(texts, encoded, self._logits(rows), strict=True)
        ]

    def _logits(self, rows: Sequence[Floats]) -> list[Floats]:
        """Label scores of the pieces of each row. Shapes: (n_pieces, n_labels)."""
        results = [np.empty((len(row), len(LABELS)), dtype=np.float32) for row in rows]
        batches = batched_windows(
            [len(row) for row in rows], window=WINDOW, ends=0, batch_pieces=self._batch_pieces
        )

        def run(batch: tuple[int, Sequence[Window]]) -> None:
            length, items = batch
            states = np.zeros((len(items), length, rows[0].shape[1]), dtype=np.float32)
            mask = np.zeros((len(items), length), dtype=np.bool_)
            for k, (row, start, end, _, _) in enumerate(items):
                states[k, : end - start] = rows[row][start:end]
                mask[k, : end - start] = True
            with torch.inference_mode():
                logits = self._branch(torch.from_numpy(states), torch.from_numpy(mask)).numpy()
            for k, (row, start, _, keep_from, keep_to) in enumerate(items):
                results[row][keep_from:keep_to] = logits[k, keep_from - start : keep_to - start]

        run_on_single_cores(run, batches, self._threads)
        return results


def load_branch(encoder: PackagedEncoder, path: Path | None = None) -> tuple[Branch, int]:
    """The trained branch and the layer it starts from.

    Raises:
        ModelError: The weights are missing, damaged or for another encoder.
    """
    try:
        if path is None:
            folder = resources.files("mtcheck").joinpath("data", "models")
            with resources.as_file(folder.joinpath(WEIGHTS)) as packaged:
                tensors, facts = _read(packaged)
        else:
            tensors, facts = _read(path)
        if facts["encoder"] != encoder.name or facts["labels"] != list(LABELS):
            raise ModelError(f"the name recognizer belongs to {facts['encoder']}")
        branch = Branch(encoder, layer=facts["layer"], rank=facts["rank"])
        branch.load_state_dict(tensors, strict=True)
    except (OSError, KeyError, ValueError, RuntimeError, safetensors.SafetensorError) as error:
        raise ModelError(f"no usable weights of the name recognizer: {error}") from error
    return branch.eval().requires_grad_(False), int(facts["layer"])


def _read(path: Path) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    with safetensors.safe_open(path, framework="pt") as file:
        facts = json.loads((file.metadata() or {})["branch"])
        return {name: file.get_tensor(name).float() for name in file.keys()}, facts  # noqa: SIM118


def units(text: str, offsets: npt.NDArray[np.int32]) -> list[tuple[int, int, int, int]]:
    """Group pieces into the units that are labelled: words, or pieces in unspaced scripts.

    Args:
        text: The text.
        offsets: Half-open code-point ranges of its pieces. Shape: (n_pieces, 2).

    Returns:
        (first piece, one past the last piece, start, end) of each unit; the offsets are of the
        text and hold no white space at either end.
    """
    found: list[tuple[int, int, int, int]] = []
    for piece, (start, end) in enumerate(offsets.tolist()):
        if found:
            first, _, from_, to = found[-1]
            # A lone space mark covers nothing and belongs to what follows it.
            if from_ == to or start < to or (start == to and _joined(text, start)):
                found[-1] = (first, piece + 1, start if from_ == to else from_, max(to, end))
                continue
        found.append((piece, piece + 1, start, end))
    return [unit for unit in found if unit[2] < unit[3]]


def _joined(text: str, position: int) -> bool:
    """Whether the characters on both sides of a position belong to one word."""
    after = unicodedata.category(text[position])[0]
    if after == "M" and not _unspaced(text[position]):
        return True
    return (
        after in "LN"
        and unicodedata.category(text[position - 1])[0] in "LMN"
        and not _unspaced(text[position])
        and not _unspaced(text[position - 1])
    )


def _unspaced(character: str) -> bool:
    code = ord(character)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _UNSPACED)


def unit_logits(logits: Floats, groups: Iterable[tuple[int, int, int, int]]) -> Floats:
    """The mean vote of the pieces of each unit. Shapes: (n_pieces, n) -> (n_units, n)."""
    return np.stack([logits[first:last].mean(axis=0) for first, last, _, _ in groups])


def _transitions() -> Floats:
    """0 where a label may follow another, else minus infinity. Shape: (n_labels, n_labels)."""
    table = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for before, after in itertools.product(range(len(LABELS)), repeat=2):
        name = LABELS[after]
        if name[0] == "I" and LABELS[before][2:] != name[2:]:
            table[before, after] = -np.inf
    return table


_ALLOWED = _transitions()


def best_path(log_probabilities: Floats) -> list[int]:
    """The most probable label sequence in which I follows B or I of its own type.

    Args:
        log_probabilities: Of each label at each unit. Shape: (n_units, n_labels).
    """
    score = log_probabilities[0] + _ALLOWED[0]  # a text begins as if after "O"
    back = []
    for row in log_probabilities[1:]:
        reach = score[:, None] + _ALLOWED
        back.append(reach.argmax(axis=0))
        score = reach.max(axis=0) + row
    path = [int(score.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    path.reverse()
    return path


def _mentions(text: str, offsets: npt.NDArray[np.int32], logits: Floats) -> tuple[Mention, ...]:
    groups = units(text, offsets)
    if not groups:
        return ()
    pooled = unit_logits(logits, groups)
    pooled -= pooled.max(axis=1, keepdims=True)
    log_probabilities = pooled - np.log(np.exp(pooled).sum(axis=1, keepdims=True))
    path = best_path(log_probabilities)
    mentions = []
    for label, first, last in _runs(path):
        start, end = _trim(text, groups[first:last])
        column = 1 + 2 * TYPES.index(label)
        part = np.logaddexp(*log_probabilities[first:last, column : column + 2].T)
        score = min(1.0, float(np.exp(part.mean())))
        mentions.append(Mention(Span.of(text, start, end), label, score, NAME))
    return tuple(mentions)


def _runs(path: Sequence[int]) -> Iterable[tuple[str, int, int]]:
    """(type, first unit, one past the last unit) of each name in a label sequence."""
    first = None
    for k, label in enumerate([*path, 0]):
        if first is not None and not LABELS[label].startswith("I"):
            yield LABELS[path[first]][2:], first, k
            first = None
        if LABELS[label].startswith("B"):
            first = k


# Function words that the vocabulary glues to a name in one piece (日本の, 在美國).
_GLUED_AFTER = frozenset("のとはがにをもやへで的")
_GLUED_BEFORE = frozenset("在")


def _trim(text: str, groups: Sequence[tuple[int, int, int, int]]) -> tuple[int, int]:
    """Offsets of a name without function words that share a piece with its first or last part."""
    start, end = groups[0][2], groups[-1][3]
    if groups[0][3] - start > 1 and text[start] in _GLUED_BEFORE and _is_han(text[start + 1]):
        start += 1
    if end - groups[-1][2] > 1 and text[end - 1] in _GLUED_AFTER and _is_name(text[end - 2]):
        end -= 1
    return (start, end) if start < end else (groups[0][2], groups[-1][3])


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _is_name(character: str) -> bool:
    return _is_han(character) or "\u30a0" <= character <= "\u30ff"
