"""``python -m training.entities.train ROWS --output FILE``: the judge of names.

Learns to tell a name's rendering in clean text from one that was damaged. A clean pair is what the
links propose, their slips included: that is what the judge has to forgive.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import safetensors.numpy
import torch
from torch import nn
from torch.nn import functional

from mtcheck.entities.evidence import FEATURES

SEED = 7
_WIDTH, _EPOCHS, _BATCH, _RATE, _DECAY = 24, 40, 1024, 3e-3, 1e-2
_HELD_OUT = 5  # every fifth article
_CLEAN, _DAMAGED, _UNRELATED = 1.0, 2.0, 0.1  # weights of the three kinds of pair


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    with np.load(options.rows) as data:
        rows, labels, groups = data["rows"], data["labels"], data["groups"]
    column = {name: k for k, name in enumerate(FEATURES)}
    into, covered = rows[:, column["source_linked"]], rows[:, column["target_linked"]]
    clean = groups[:, 1] == "0"
    right = clean & (np.maximum(into, covered) >= 0.3) & (np.minimum(into, covered) >= 0.15)
    wrong = ~clean & labels[:, 0]
    unrelated = clean & (np.maximum(into, covered) < 0.05) & (rows[:, column["likeness"]] < 0)
    weights = _CLEAN * right + _DAMAGED * wrong + _UNRELATED * unrelated
    held = groups[:, 0].astype(int) % _HELD_OUT == _HELD_OUT - 1
    usable = weights > 0
    for name, part in (("held out", usable & ~held), ("final", usable)):
        network, center, spread = _fit(rows[part], right[part], weights[part])
        if name == "held out":
            for kind, chosen in (("right", right), ("wrong", wrong)):
                scores = _scores(network, (rows[chosen & held] - center) / spread)
                shares = "  ".join(f"{(scores < t).mean():.3f} < {t}" for t in (0.05, 0.1, 0.2))
                print(f"{name} {kind:6} {len(scores):6d}  {shares}")
    tensors = {"center": center, "spread": spread}
    for k, layer in enumerate(m for m in network if isinstance(m, nn.Linear)):
        tensors[f"weight{k}"] = layer.weight.detach().numpy()
        tensors[f"bias{k}"] = layer.bias.detach().numpy()
    safetensors.numpy.save_file(
        {key: np.ascontiguousarray(value, dtype=np.float32) for key, value in tensors.items()},
        options.output,
        metadata={"features": json.dumps(FEATURES)},
    )
    return 0


def _fit(
    rows: np.ndarray, right: np.ndarray, weights: np.ndarray
) -> tuple[nn.Sequential, np.ndarray, np.ndarray]:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    center, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    inputs = torch.tensor((rows - center) / spread, dtype=torch.float32)
    wanted = torch.tensor(right, dtype=torch.float32)
    counts = torch.tensor(weights, dtype=torch.float32)
    network = nn.Sequential(
        nn.Linear(len(FEATURES), _WIDTH), nn.ReLU(), nn.Linear(_WIDTH, _WIDTH), nn.ReLU(),
        nn.Linear(_WIDTH, 1),
    )  # fmt: skip
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, _EPOCHS)
    for _ in range(_EPOCHS):
        for batch in torch.randperm(len(inputs)).split(_BATCH):
            loss = functional.binary_cross_entropy_with_logits(
                network(inputs[batch])[:, 0], wanted[batch], weight=counts[batch]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    return network.eval(), center, spread


def _scores(network: nn.Sequential, rows: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        return torch.sigmoid(network(torch.tensor(rows, dtype=torch.float32))[:, 0]).numpy()


if __name__ == "__main__":
    sys.exit(main())
