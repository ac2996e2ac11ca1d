"""Fit and calibrate the probability that a segment holds a major error.

Run from the root of the repository::

    MTCHECK_DATA=... python -m training.score.train --cache features.jsonl

The features of some 3,600 sentence pairs are computed once (about four minutes on one core), the
fit takes seconds. Half of the documents and source sentences (by a checksum of their key) is
never fitted on: ``benchmarks.score`` reports those. Scale and shift come from four folds of the
other half.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from mtcheck.scorers.estimate import MODEL, QualityModel, parse_model
from mtcheck.scorers.features import NAMES
from training.score.data import cached, is_held_out

HIDDEN = 12
STEPS = 500
DECAY = 2e-2
STRAIGHT_DECAY = 1e-3
PAIRWISE = 3.0
"""Weight of "the damaged text has more than the clean one" beside the labels."""


def fit(rows: list[dict[str, Any]], *, folds: int = 4) -> QualityModel:
    """A model of all rows, calibrated on what models of the other folds say of each row."""
    rows = [row for row in rows if row["features"]]
    fold = [zlib.crc32(("c" + row["key"]).encode()) % folds for row in rows]
    logits, labels = [], []
    for number in range(folds):
        model = _fit([row for row, k in zip(rows, fold, strict=True) if k != number])
        # The calibration is for natural errors of news and talks, judged by experts.
        kept = [row for row, k in zip(rows, fold, strict=True) if k == number and "penalty" in row]
        logits += [float(x) for x in model.logits(np.asarray([row["features"] for row in kept]))]
        labels += [row["label"] for row in kept]
    scale, shift = _platt(np.asarray(logits), np.asarray(labels))
    return replace(_fit(rows), scale=scale, shift=shift)


def _fit(rows: list[dict[str, Any]], *, seed: int = 7) -> QualityModel:
    """A model that is not calibrated."""
    torch.manual_seed(seed)
    x = np.asarray([row["features"] for row in rows])
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)

    def inputs(some: list[dict[str, Any]]) -> torch.Tensor:
        table = (np.asarray([row["features"] for row in some]) - mean) / spread
        return torch.tensor(np.clip(table, -6, 6), dtype=torch.float64)

    natural = [row for row in rows if row["set"] != "demetr"]
    damaged, clean = couples(rows)
    labels = torch.tensor([row["label"] for row in natural], dtype=torch.float64)
    x_natural, x_damaged, x_clean = inputs(natural), inputs(damaged), inputs(clean)
    hidden = torch.nn.Linear(len(NAMES), HIDDEN, dtype=torch.float64)
    output = torch.nn.Linear(HIDDEN, 1, dtype=torch.float64)
    straight = torch.zeros(len(NAMES), dtype=torch.float64, requires_grad=True)
    parameters = [*hidden.parameters(), *output.parameters(), straight]
    optimizer = torch.optim.AdamW(parameters, lr=0.01, weight_decay=0.0)

    def logits(table: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = output(torch.tanh(hidden(table))).squeeze(1) + table @ straight
        return result

    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits(x_natural), labels)
        gaps = logits(x_damaged) - logits(x_clean)
        loss = loss + PAIRWISE * torch.nn.functional.softplus(-gaps).mean()
        loss = loss + DECAY * sum((p**2).sum() for p in (hidden.weight, output.weight))
        loss = loss + STRAIGHT_DECAY * (straight**2).sum()
        loss.backward()
        optimizer.step()
    weights = {
        "hidden": torch.cat([hidden.weight, hidden.bias[:, None]], dim=1),
        "straight": straight,
        "output": torch.cat([output.weight[0], output.bias]),
    }
    return parse_model(
        json.dumps(
            {
                "name": "segment-quality@1",
                "features": list(NAMES),
                "mean": np.round(mean, 5).tolist(),
                "spread": np.round(spread, 5).tolist(),
                **{k: np.round(v.detach().numpy(), 5).tolist() for k, v in weights.items()},
                "scale": 1.0,
                "shift": 0.0,
            }
        )
    )


def couples(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Damaged rows, and for each the same translation undamaged."""
    clean = {(r["src"], r["mt"]): r for r in rows if r["set"] == "demetr" and r["kind"] == "clean"}
    both = [(r, clean[r["src"], r["clean"]]) for r in rows
            if r["set"] == "demetr" and r["kind"] != "clean"
            and (r["src"], r["clean"]) in clean]  # fmt: skip
    return [a for a, _ in both], [b for _, b in both]


def _platt(logits: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Scale (never negative) and shift of least log loss, by a grid that cannot diverge."""
    best = (np.inf, 1.0, 0.0)
    for scale in np.linspace(0.02, 2.0, 100):
        for shift in np.linspace(-4.0, 4.0, 161):
            z = scale * logits + shift
            loss = float(np.mean(np.logaddexp(0.0, z) - labels * z))
            best = min(best, (loss, float(scale), float(shift)))
    return round(best[1], 5), round(best[2], 5)


def to_json(model: QualityModel) -> str:
    """The file of a model."""
    arrays = {
        k: np.round(getattr(model, k).astype(float), 5).tolist()
        for k in ("mean", "spread", "straight", "hidden", "output")
    }
    scalars = {"name": model.name, "scale": model.scale, "shift": model.shift}
    return json.dumps({"features": list(NAMES), **scalars, **arrays}) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("mtcheck") / MODEL)
    options = parser.parse_args()
    if "MTCHECK_DATA" not in os.environ:
        print("set MTCHECK_DATA to the folder of the development data", file=sys.stderr)
        raise SystemExit(2)
    rows = cached(Path(os.environ["MTCHECK_DATA"]), options.cache)
    model = fit([row for row in rows if not is_held_out(row["key"])])
    options.output.write_text(to_json(model), encoding="utf-8")


if __name__ == "__main__":
    main()
