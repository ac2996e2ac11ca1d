"""The probability that a segment holds a major error, from a small fitted network.

Fitted and calibrated by ``training/score/train.py``; the card is
``data/models/segment-quality.md``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from mtcheck.encoders.base import Floats
from mtcheck.errors import ModelError
from mtcheck.scorers.features import NAMES

MODEL = "data/models/segment-quality.json"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class QualityModel:
    """A linear part and a layer of tanh units over standardized features; calibrated log-odds.

    Attributes:
        name: Name and revision, for signatures.
        mean: Mean of each feature. Shape: (n_features,).
        spread: Standard deviation of each feature. Shape: (n_features,).
        straight: Weights that lead past the hidden units. Shape: (n_features,).
        hidden: Weights of the hidden units, the bias last. Shape: (n_hidden, n_features + 1).
        output: Weights of the output, the bias last. Shape: (n_hidden + 1,).
        scale: Factor on the output, from calibration on rows the fit did not see.
        shift: Added after scaling.
    """

    name: str
    mean: Floats
    spread: Floats
    straight: Floats
    hidden: Floats
    output: Floats
    scale: float
    shift: float

    def logits(self, features: Floats) -> Floats:
        """Calibrated log-odds of a major error, within ±12. Shape: (n_segments,)."""
        standard = np.clip((features - self.mean) / self.spread, -6, 6).astype(np.float64)
        units = np.tanh(standard @ self.hidden[:, :-1].T + self.hidden[:, -1])
        logits = units @ self.output[:-1] + self.output[-1] + standard @ self.straight
        return np.asarray(np.clip(self.scale * logits + self.shift, -12, 12), dtype=np.float32)

    def probabilities(self, features: Floats) -> list[float]:
        """Probability that each segment holds a major error, in [0, 1]."""
        return [round(float(p), 4) for p in 1 / (1 + np.exp(-self.logits(features)))]


@cache
def quality_model() -> QualityModel:
    """The shipped model.

    Raises:
        ModelError: The file is missing or damaged.
    """
    try:
        text = resources.files("mtcheck").joinpath(MODEL).read_text("utf-8")
        return parse_model(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{MODEL} is missing or damaged ({type(error).__name__}): reinstall mtcheck"
        ) from error


def parse_model(text: str) -> QualityModel:
    """A model from its JSON text.

    Raises:
        ValueError: It is no JSON, or was fitted on other features.
    """
    data = json.loads(text)
    if tuple(data["features"]) != NAMES:
        raise ValueError("fitted on other features")
    arrays: dict[str, Floats] = {
        key: np.asarray(data[key], dtype=np.float64).astype(np.float32)
        for key in ("mean", "spread", "straight", "hidden", "output")
    }
    if arrays["hidden"].shape != (len(arrays["output"]) - 1, len(NAMES) + 1):
        raise ValueError("weights of the wrong shape")
    return QualityModel(
        name=data["name"], scale=float(data["scale"]), shift=float(data["shift"]), **arrays
    )
