"""A small trained network that says how likely a stretch of the translation renders a name."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources

import numpy as np
import safetensors

from mtcheck.encoders.base import Floats
from mtcheck.entities.evidence import FEATURES
from mtcheck.errors import ModelError

WEIGHTS = "entities.safetensors"


class NameJudge:
    """Probability that a stretch of the translation is a right rendering of a name.

    Args:
        tensors: ``center`` and ``spread`` of the features, then weights and biases of the layers
            in order: ``weight0``, ``bias0``, ...
        name: Name and revision, for the signature of a report.
    """

    def __init__(self, tensors: dict[str, Floats], name: str) -> None:
        self._center, self._spread = tensors["center"], tensors["spread"]
        depth = sum(key.startswith("weight") for key in tensors)
        self._layers = [(tensors[f"weight{k}"], tensors[f"bias{k}"]) for k in range(depth)]
        self.name = name

    def probabilities(self, rows: Floats) -> Floats:
        """How likely the one of each pair renders the other.

        Args:
            rows: Evidence. Shape: (n_pairs, len(FEATURES)).

        Returns:
            Shape: (n_pairs,). Range: [0, 1].
        """
        hidden = (rows - self._center) / self._spread
        for k, (weight, bias) in enumerate(self._layers):
            hidden = hidden @ weight.T + bias
            if k + 1 < len(self._layers):
                hidden = np.maximum(hidden, 0.0)
        return np.asarray(1.0 / (1.0 + np.exp(-hidden[:, 0])), dtype=np.float32)


@cache
def load_judge() -> NameJudge:
    """The packaged weights.

    Raises:
        ModelError: They are missing, damaged or for other evidence.
    """
    folder = resources.files("mtcheck").joinpath("data", "models")
    try:
        with resources.as_file(folder.joinpath(WEIGHTS)) as path:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            with safetensors.safe_open(path, framework="numpy") as file:
                features = json.loads((file.metadata() or {})["features"])
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, KeyError, ValueError, safetensors.SafetensorError) as error:
        raise ModelError(f"no usable weights of the name judge: {error}") from error
    if features != list(FEATURES):
        raise ModelError("the weights of the name judge are for other evidence")
    return NameJudge(tensors, f"entities@{digest[:8]}")
