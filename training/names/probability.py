"""Fit the two networks of the name comparison and calibrate them on other names.

Run from the root of the repository; it writes mtcheck/data/models/name-match.json in place, as the
second network reads words through the first::

    MTCHECK_DATA=... python -m training.names.probability

The network for words is fitted on the second part of the pairs, the one for names of several words
on names put together from the same part by another draw. Scale and shift (Platt) come from the
third part. The fourth is left to ``benchmarks.names.comparison``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mtcheck.names import known
from mtcheck.names.evidence import gather, name_inputs
from mtcheck.names.parts import take_apart
from mtcheck.names.probability import MODEL, _word_network, network, word_inputs
from mtcheck.names.wordwise import words_logit
from training.names.examples import name_examples, word_examples
from training.names.pairs import FILES, DataMissingError, data_folder, read_pairs

SEED = 23
OUTPUT = Path("mtcheck") / MODEL
HIDDEN = {"word": 24, "name": 16}
STEPS = 900
STARTS = 2
RIGHT_LATIN = 0.6
"""Weight of right pairs where both names are Latin and differ (wrong ones have 1.4): a name is
copied from one Latin language into another, so a second spelling is more often a mistake."""


def fit(inputs: np.ndarray, labels: np.ndarray, weights: np.ndarray, hidden: int) -> dict[str, Any]:
    """Fit one network by full-batch Adam; the best start by training loss."""
    best: tuple[float, dict[str, Any]] | None = None
    x = torch.tensor(inputs, dtype=torch.float32)
    y = torch.tensor(labels, dtype=torch.float32)
    w = torch.tensor(weights, dtype=torch.float32)
    for start in range(STARTS):
        torch.manual_seed(SEED + start)
        first = torch.nn.Linear(x.shape[1], hidden, dtype=torch.float32)
        second = torch.nn.Linear(hidden, 1, dtype=torch.float32)
        parameters = [*first.parameters(), *second.parameters()]
        optimizer = torch.optim.AdamW(parameters, lr=0.02, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
        for _ in range(STEPS):
            optimizer.zero_grad()
            logits = second(torch.tanh(first(x))).squeeze(1)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y, weight=w)
            loss.backward()
            optimizer.step()
            schedule.step()
        found = {
            "hidden": [
                [round(v, 4) for v in (*row, bias)]
                for row, bias in zip(first.weight.tolist(), first.bias.tolist(), strict=True)
            ],
            "output": [round(v, 4) for v in (*second.weight[0].tolist(), second.bias.item())],
            "scale": 1.0,
            "shift": 0.0,
        }
        if best is None or loss.item() < best[0]:
            best = (loss.item(), found)
    if best is None:
        raise ValueError("no start")
    print(f"loss {best[0]:.4f}")
    return best[1]


def calibrate(logits: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Scale and shift of log-odds with the least loss (Platt), by Newton's method."""
    scale, shift = 1.0, 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-(scale * logits + shift)))
        residual = weights * (p - labels)
        gradient = np.array([(residual * logits).sum(), residual.sum()])
        curve = weights * p * (1 - p)
        hessian = np.array(
            [
                [(curve * logits * logits).sum(), (curve * logits).sum()],
                [(curve * logits).sum(), curve.sum()],
            ]
        )
        step = np.linalg.solve(hessian + 1e-9 * np.eye(2), gradient)
        scale, shift = scale - step[0], shift - step[1]
    return round(float(scale), 4), round(float(shift), 4)


def balanced(groups: Sequence[tuple[str, bool]]) -> np.ndarray:
    """Weights that give each table the same sum, right and wrong alike but for Latin; mean 1."""
    counts: dict[tuple[str, bool], int] = {}
    for group in groups:
        counts[group] = counts.get(group, 0) + 1
    weights = np.array(
        [
            (RIGHT_LATIN if same else 2 - RIGHT_LATIN) / counts[table, same]
            if table.startswith("latin")
            else 1 / counts[table, same]
            for table, same in groups
        ]
    )
    return np.asarray(weights / weights.mean())


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, calibrate and write; the exit code is 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--words", type=int, default=2000, help="true pairs of a table")
    parser.add_argument("--names", type=int, default=2500, help="examples of a script")
    options = parser.parse_args(arguments)
    try:
        data = data_folder()
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    torch.set_num_threads(1)
    # The table of known words holds names of all parts but the last: fitted with it, the second
    # network would see words too easy.
    known.latin_forms = lambda *_: frozenset()  # type: ignore[assignment]
    pairs = [p for name in FILES for p in read_pairs(data, name)]
    fitting = [p for p in pairs if p.part == "fit"]
    choosing = [p for p in pairs if p.part == "choose"]
    model: dict[str, Any] = {}

    def write() -> None:
        OUTPUT.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
        network.cache_clear()
        _word_network.cache_clear()
        words_logit.cache_clear()

    for name in ("word", "name"):
        rows = []
        for part, share, seed in ((fitting, 1.0, SEED), (choosing, 0.4, SEED + 1)):
            if name == "word":
                words = word_examples(part, most=int(options.words * share), seed=seed)
                rows.append(
                    (
                        np.array([word_inputs(e.spelling) for e in words]),
                        np.array([float(e.same) for e in words]),
                        balanced([(e.table, e.same) for e in words]),
                    )
                )
            else:
                names = name_examples(part, most=int(options.names * share), seed=seed)
                inputs = [
                    name_inputs(
                        gather(take_apart(e.left, e.left_lang), take_apart(e.right, e.right_lang))
                    )
                    for e in names
                ]
                rows.append(
                    (
                        np.array(inputs),
                        np.array([float(e.same) for e in names]),
                        balanced([(e.script + (e.right_lang or ""), e.same) for e in names]),
                    )
                )
        (x, y, w), (x_other, y_other, w_other) = rows
        print(f"{name}: {len(x)} rows to fit, {len(x_other)} to calibrate", flush=True)
        model[name] = fit(x, y, w, HIDDEN[name])
        write()
        logits = np.array([network(name).logit(row) for row in x_other])
        model[name]["scale"], model[name]["shift"] = calibrate(logits, y_other, w_other)
        write()
        print(f"{name}: scale {model[name]['scale']}, shift {model[name]['shift']}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
