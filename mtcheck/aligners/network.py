"""A small trained network that reads the grid of a sentence pair and says which words are linked.

Two parts: a projection that makes the encoder's states comparable across languages, and a few
convolutions over the grid of all pairs of words, in which each cell also sees the best of its
row and of its column: a link is a matter of who else could be the counterpart.
"""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from torch import nn
from torch.nn import functional

from mtcheck.aligners.features import N_EVIDENCE, N_WORD_FACTS, Words, evidence
from mtcheck.aligners.words import in_bands
from mtcheck.alignment import Grid
from mtcheck.encoders.base import LINK_SLOTS, Floats
from mtcheck.errors import ModelError

WEIGHTS = "links.safetensors"
_PLAIN_SHARPNESS = 16.0


class LinkNetwork(nn.Module):
    """Link scores of all pairs of words of two aligned blocks.

    Args:
        n_layers: Kept layers of the encoder.
        width: Width of its states.
        rank: Width of the shared space.
        channels: Width of the convolutions.
        depth: How many of them.
    """

    def __init__(
        self, n_layers: int, width: int, *, rank: int = 128, channels: int = 24, depth: int = 3
    ) -> None:
        super().__init__()
        self.project = nn.Linear(n_layers * width, rank, bias=False)
        self.sharpness = nn.Parameter(torch.tensor(12.0))
        n_inputs = n_layers + 1 + 4 + N_EVIDENCE + 2 * N_WORD_FACTS
        self.enter = nn.Conv2d(n_inputs, channels, 1)
        self.mix = nn.ModuleList(nn.Conv2d(channels, channels, 3, padding=1) for _ in range(depth))
        self.context = nn.ModuleList(nn.Conv2d(3 * channels, channels, 1) for _ in range(depth))
        self.leave = nn.Conv2d(channels, 1, 1)

    def similarity(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Cosine in the shared space.

        Args:
            source: Centered unit states. Shape: (batch, n_layers, n_source, width).
            target: The same of the other side.

        Returns:
            Shape: (batch, n_source, n_target).
        """
        left, right = self.shared(source), self.shared(target)
        return left @ right.transpose(-1, -2)

    def shared(self, states: torch.Tensor) -> torch.Tensor:
        """Unit vectors in the shared space. Shape: (batch, n_words, rank)."""
        flat = states.transpose(1, 2).flatten(2)
        return functional.normalize(self.project(flat), dim=-1)

    def forward(
        self,
        source: torch.Tensor,
        target: torch.Tensor,
        evidence: torch.Tensor,
        facts: tuple[torch.Tensor, torch.Tensor],
        masks: tuple[torch.Tensor, torch.Tensor],
    ) -> torch.Tensor:
        """Link logits.

        Args:
            source: Centered unit states. Shape: (batch, n_layers, n_source, width).
            target: The same of the other side.
            evidence: See :func:`mtcheck.aligners.features.evidence`. Shape:
                (batch, N_EVIDENCE, n_source, n_target).
            facts: Facts about the words of each side. Shape: (batch, n_words, N_WORD_FACTS).
            masks: 1 where there is a word, on each side. Shape: (batch, n_words).

        Returns:
            Shape: (batch, n_source, n_target).
        """
        layers = source @ target.transpose(-1, -2)
        shared = self.similarity(source, target)
        plain = layers[:, LINK_SLOTS].mean(dim=1)
        visible = masks[0][:, :, None] * masks[1][:, None, :]
        n, m = visible.shape[1:]
        inputs = [
            layers,
            shared[:, None],
            *self._two_way(shared, visible, self.sharpness),
            *self._two_way(plain, visible, _PLAIN_SHARPNESS),
            evidence,
            facts[0].transpose(1, 2)[:, :, :, None].expand(-1, -1, n, m),
            facts[1].transpose(1, 2)[:, :, None, :].expand(-1, -1, n, m),
        ]
        seen = visible[:, None]
        hidden = functional.gelu(self.enter(torch.cat(inputs, dim=1))) * seen
        for mix, context in zip(self.mix, self.context, strict=True):
            spread = functional.gelu(mix(hidden)) * seen
            real = spread.masked_fill(seen == 0, -1e4)  # padding is nobody's rival
            rivals = torch.cat(
                [
                    spread,
                    real.amax(dim=3, keepdim=True).expand_as(spread),
                    real.amax(dim=2, keepdim=True).expand_as(spread),
                ],
                dim=1,
            )
            hidden = (hidden + functional.gelu(context(rivals))) * seen
        return torch.as_tensor(self.leave(hidden)[:, 0])

    def logits(self, source: Words, target: Words) -> Floats:
        """Link logits of two blocks. Shape: (n_source, n_target)."""
        with torch.inference_mode():
            logits = self(
                _batch(source.states),
                _batch(target.states),
                _batch(evidence(source, target)),
                (_batch(source.facts), _batch(target.facts)),
                (torch.ones(1, len(source)), torch.ones(1, len(target))),
            )
        return np.asarray(logits[0].numpy())

    def _two_way(
        self, similarity: torch.Tensor, visible: torch.Tensor, sharpness: torch.Tensor | float
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Probability of each target word for a source word, and the reverse."""
        scores = (similarity * sharpness).masked_fill(visible == 0, -1e4)
        forward = scores.softmax(dim=2) * visible
        backward = scores.softmax(dim=1) * visible
        return forward[:, None], backward[:, None]


class TrainedLinker:
    """The trained network behind the interface of :class:`mtcheck.aligners.base.Linker`.

    Args:
        encoder: Name of the encoder whose states it will read.
        path: Weights, by default the packaged ones (their card: ``links.md`` beside them).

    Raises:
        ModelError: The weights are missing, damaged or were trained on another encoder.
    """

    def __init__(self, encoder: str, path: Path | None = None) -> None:
        name = path.name if path else WEIGHTS
        try:
            data = path.read_bytes() if path else _packaged()
            tensors = safetensors.torch.load(data)
            about = json.loads(bytes(tensors.pop("about").numpy()))
        except (OSError, KeyError, ValueError, safetensors.SafetensorError) as error:
            raise ModelError(f"{name}: not readable weights of a link network ({error})") from error
        if about["encoder"] != encoder:
            raise ModelError(f"{name} was trained on {about['encoder']}, not on {encoder}")
        self.name = f"links@{hashlib.sha256(data).hexdigest()[:8]}"
        self._network = LinkNetwork(**about["shape"])
        state = {key: value.to(torch.float32) for key, value in tensors.items()}
        try:
            self._network.load_state_dict(state)
        except RuntimeError as error:
            raise ModelError(f"{name}: tensors do not fit the network it describes") from error
        self._network.eval().requires_grad_(False)
        self._slope, self._shift = about["calibration"]

    def vectors(self, words: Words) -> Floats:
        """Unit vectors that are alike for words of like meaning. Shape: (n_words, rank)."""
        with torch.inference_mode():
            return np.asarray(self._network.shared(_batch(words.states))[0].numpy())

    def links(self, source: Words, target: Words) -> Grid:
        """Calibrated link probability. Shape: (n_source, n_target). Range: [0, 1]."""
        return in_bands(self._links, source, target)

    def _links(self, source: Words, target: Words) -> Grid:
        logits = self._slope * self._network.logits(source, target) + self._shift
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def save_network(network: LinkNetwork, path: Path, about: dict[str, object]) -> None:
    """Write weights as float16 with what :class:`TrainedLinker` needs to know about them.

    Args:
        network: The trained network.
        path: Where to.
        about: ``encoder`` (name), ``shape`` (arguments of :class:`LinkNetwork`) and
            ``calibration`` (slope and shift of the logit).
    """
    tensors = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    described = json.dumps(about, sort_keys=True).encode()
    tensors["about"] = torch.from_numpy(np.frombuffer(described, dtype=np.uint8).copy())
    safetensors.torch.save_file(tensors, path)


def _packaged() -> bytes:
    return resources.files("mtcheck").joinpath("data", "models", WEIGHTS).read_bytes()


def _batch(values: Floats) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32))[None]
