"""From evidence to the probability that two names are one: two tiny fitted networks.

The first reads how two words fit each other, the second how the words of two names fit as a
whole. Both are fitted and calibrated by ``training/names/probability.py``; the card is
``data/models/name-match.md``. The weights are a few hundred numbers in JSON, and no library is
needed to run them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import mul

from mtcheck.errors import ModelError
from mtcheck.names.spelling import Spelling

TABLES = (
    "arabic", "cyrillic", "han", "hangul", "hebrew", "kana", "latin", "pivot", "roman",
)  # fmt: skip
"""Tables of operations, in the order of the one-hot inputs."""

MODEL = "data/models/name-match.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One hidden layer of tanh units and a logistic output.

    Attributes:
        hidden: Weights of each hidden unit, the bias last. Shape: (n_hidden, n_inputs + 1).
        output: Weight of each hidden unit, the bias last. Shape: (n_hidden + 1,).
        scale: Factor on the output, from calibration on other rows than those of the fit.
        shift: Added to the output after scaling.
    """

    hidden: tuple[tuple[float, ...], ...]
    output: tuple[float, ...]
    scale: float
    shift: float

    def logit(self, inputs: Sequence[float]) -> float:
        """Log-odds that the answer is yes; bounded, so that scores never are exactly 0 or 1."""
        total = self.output[-1]
        for weights, factor in zip(self.hidden, self.output, strict=False):
            total += factor * math.tanh(weights[-1] + sum(map(mul, weights, inputs)))
        return max(-12.0, min(12.0, self.scale * total + self.shift))


@cache
def network(name: str) -> Network:
    """One network of the shipped file.

    Raises:
        ModelError: The file is missing or damaged.
    """
    try:
        raw = json.loads(resources.files("mtcheck").joinpath(MODEL).read_text("utf-8"))[name]
        return Network(
            hidden=tuple(tuple(map(float, row)) for row in raw["hidden"]),
            output=tuple(map(float, raw["output"])),
            scale=float(raw["scale"]),
            shift=float(raw["shift"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the weights of the name comparison ({MODEL}) are damaged") from error


def sigmoid(logit: float) -> float:
    """Probability of log-odds."""
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))


def word_inputs(spelling: Spelling) -> tuple[float, ...]:
    """Inputs of the network for words, all of the order of 1; the same from either side."""
    return (
        *_fit_inputs(spelling),
        *(1.0 if spelling.table == table else 0.0 for table in TABLES),
    )


def word_logit(spelling: Spelling) -> float:
    """Log-odds that two words are one, from how they fit."""
    return _word_network(spelling.table).logit(_fit_inputs(spelling))


def _fit_inputs(spelling: Spelling) -> tuple[float, ...]:
    left = spelling.odds - spelling.left_best
    right = spelling.odds - spelling.right_best
    if left > right and spelling.table in ("latin", "pivot"):
        left, right = right, left
    n = spelling.n_left + spelling.n_right
    return (
        spelling.odds / 12,
        left / 8,
        right / 8,
        2 * spelling.odds / n,
        4 * left / n,
        4 * right / n,
        spelling.worst / 5,
        spelling.weak / 2,
        min(spelling.n_left, spelling.n_right) / 6,
    )


@cache
def _word_network(table: str) -> Network:
    """The network for words with the weight of one table in the bias of each unit."""
    whole = network("word")
    n = len(whole.hidden[0]) - 1 - len(TABLES)
    place = n + TABLES.index(table)
    return Network(
        hidden=tuple((*row[:n], row[-1] + row[place]) for row in whole.hidden),
        output=whole.output,
        scale=whole.scale,
        shift=whole.shift,
    )
