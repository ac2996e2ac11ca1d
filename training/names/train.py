"""Train the name recognizer: a branch of adapters on the frozen shared encoder.

Run from the root of the repository::

    MTCHECK_DATA=... python -m training.names.train --output names.safetensors

The states that the branch reads are computed once and kept as float16 in ``--cache``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import save_file

from mtcheck.encoders.base import EncodedText
from mtcheck.encoders.bert import PackagedEncoder
from mtcheck.recognizers.neural import LABELS, TYPES, Branch, NeuralRecognizer, units
from training.names.data import (
    DataMissingError,
    Example,
    Score,
    data_folder,
    evaluation_sets,
    held_out,
    name_pools,
    score,
    training_sets,
)

SEED = 7
LONGEST = 200
"""Pieces of the longest training text; longer ones are rare and slow."""

WEIGHT = {"id_idner2k": 1.5, "id_nerp": 0.3}
"""NERP is lower-cased and marks no organizations; IDNer-News is the genre we check."""

SHARE = {"id_nerp": 0.35}
"""Share of a set that is used at all; NERP is four times as large as it is useful."""

UPPER_OR_TITLE, LOWER, JOINED = 0.05, 0.05, 0.10
"""Share of extra copies: headline case or capitals, no capitals, several texts in a row."""

SWAPPED = {
    "id_idner2k": 1.0,
    "id_nergrit": 0.7,
    "en_ewt": 1.0,
    "zh_gsdsimp": 0.4,
    "ja_stockmark": 0.4,
}
"""Share of the texts with names that get a copy with other names in it."""

_CASED = ("id_idner2k", "id_nergrit", "en_ewt")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One training text, ready for the branch.

    Attributes:
        states: Input states. Shape: (n_pieces, width), float16.
        unit: Number of the unit of each piece. Shape: (n_pieces,).
        allowed: Which labels each unit may have. Shape: (n_units, n_labels).
        weight: Weight of its loss.
    """

    states: npt.NDArray[np.float16]
    unit: npt.NDArray[np.int64]
    allowed: npt.NDArray[np.bool_]
    weight: float


def augmented(sets: dict[str, list[Example]], generator: random.Random) -> dict[str, list[Example]]:
    """The sets with extra copies in other capitals and of several texts in a row."""
    result = {}
    for name, examples in sets.items():
        extra = []
        if name in _CASED:
            for example in examples:
                draw = generator.random()
                changed = example.text
                if draw < LOWER:
                    changed = example.text.lower()
                elif draw < LOWER + UPPER_OR_TITLE:
                    upper = generator.random() < 0.5
                    changed = example.text.upper() if upper else _headline(example.text)
                # Some letters change their number of code points with their case.
                if changed != example.text and len(changed) == len(example.text):
                    extra.append(replace(example, text=changed))
        for start in range(0, len(examples) - 3, 3):
            if generator.random() < JOINED * 3 / 2:
                count = generator.choice((2, 3))
                glue = "" if name[:2] in {"zh", "ja"} else " "
                extra.append(_join(examples[start : start + count], glue))
        result[name] = examples + extra
    return result


def swapped(
    sets: dict[str, list[Example]], pools: dict[str, dict[str, list[str]]]
) -> dict[str, list[Example]]:
    """Copies of texts with names in which other names stand, for more names than texts."""
    result = {}
    for name, share in SWAPPED.items():
        generator = random.Random(f"{SEED} {name}")
        pool, copies = pools[name[:2]], []
        for example in sets[name]:
            if example.names and generator.random() < share:
                copies.append(_swap(example, pool, generator))
        result[f"{name}_swapped"] = copies
    return result


def _swap(example: Example, pool: dict[str, list[str]], generator: random.Random) -> Example:
    text, names, position = "", [], 0
    for start, end, kind in sorted(example.names):
        if start < position:  # a set may nest names; the outer one came first
            continue
        text += example.text[position:start]
        name = example.text[start:end]
        if generator.random() < 0.8:
            name = generator.choice(pool[kind])
        names.append((len(text), len(text) + len(name), kind))
        text += name
        position = end
    return Example(text + example.text[position:], tuple(names), example.complete)


def _headline(text: str) -> str:
    return "".join(
        character.upper() if k == 0 or text[k - 1].isspace() else character
        for k, character in enumerate(text)
    )


def _join(examples: Sequence[Example], glue: str) -> Example:
    text, names = "", []
    for example in examples:
        offset = len(text)
        names += [(start + offset, end + offset, kind) for start, end, kind in example.names]
        text += example.text + glue
    return Example(text.rstrip(" "), tuple(names), examples[0].complete)


def allowed_labels(
    example: Example, groups: Sequence[tuple[int, int, int, int]]
) -> npt.NDArray[np.bool_]:
    """Which labels each unit may have; a unit is in a name if half of it is.

    Where the set leaves organizations unmarked, an unmarked unit may be O or any ORG label.
    """
    open_ = np.zeros(len(LABELS), dtype=np.bool_)
    open_[[0, LABELS.index("B-ORG"), LABELS.index("I-ORG")]] = True
    allowed = np.zeros((len(groups), len(LABELS)), dtype=np.bool_)
    if example.complete:
        allowed[:, 0] = True
    else:
        allowed[:] = open_
    for start, end, kind in example.names:
        inside = False
        for k, (_, _, first, last) in enumerate(groups):
            if 2 * (min(end, last) - max(start, first)) >= last - first:
                allowed[k] = open_ if kind == "?" else False
                if kind != "?":
                    allowed[k, 1 + 2 * TYPES.index(kind) + inside] = True
                inside = True
    return allowed


def encode(
    encoder: PackagedEncoder, texts: Sequence[str], cache: Path, name: str
) -> list[EncodedText]:
    """States of the one layer the encoder keeps, as float16, from the cache if it holds them."""
    (layer,) = encoder.layers
    states_file = cache / f"{name}.{layer}.npy"
    offsets_file, lengths_file = cache / f"{name}.offsets.npy", cache / f"{name}.lengths.npy"
    if not states_file.exists():
        entries = []
        for k in range(0, len(texts), 256):
            for entry in encoder.encode(texts[k : k + 256]):
                entries.append((entry.offsets, entry.layer(layer).astype(np.float16)))
        np.save(lengths_file, np.array([len(offsets) for offsets, _ in entries]))
        np.save(offsets_file, np.concatenate([offsets for offsets, _ in entries]))
        np.save(states_file, np.concatenate([states for _, states in entries]))
    ends = np.cumsum(np.load(lengths_file))
    if len(ends) != len(texts):
        raise ValueError(f"{states_file.name} is of other data: remove the cache")
    states, places = np.load(states_file, mmap_mode="r"), np.load(offsets_file)
    return [
        EncodedText(offsets=places[a:b], states=states[None, a:b], layers=(layer,))
        for a, b in zip([0, *ends[:-1]], ends, strict=True)
    ]


def prepare(
    examples: Sequence[Example], encoded: Sequence[EncodedText], weight: float
) -> list[Row]:
    """Rows for training; texts without words or longer than :data:`LONGEST` are left out."""
    rows = []
    for example, entry in zip(examples, encoded, strict=True):
        groups = units(example.text, entry.offsets)
        if not groups or len(entry.offsets) > LONGEST:
            continue
        unit = np.full(len(entry.offsets), -1, dtype=np.int64)
        for k, (first, last, _, _) in enumerate(groups):
            unit[first:last] = k
        if unit.min() < 0:  # a lone space mark at the very end: no unit votes with it
            continue
        states = np.asarray(entry.states[0], dtype=np.float16)
        rows.append(Row(states, unit, allowed_labels(example, groups), weight))
    return rows


def batches(rows: Sequence[Row], size: int, generator: random.Random) -> list[list[Row]]:
    """Rows of similar length together, at most ``size`` pieces with padding, shuffled."""
    order = sorted(rows, key=lambda row: len(row.states) + generator.random() * 4)
    result: list[list[Row]] = [[]]
    for row in order:
        if (len(result[-1]) + 1) * len(row.states) > size and result[-1]:
            result.append([])
        result[-1].append(row)
    generator.shuffle(result)
    return result


def padded(batch: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """States and mask of a batch. Shapes: (batch, length, width), (batch, length)."""
    length = max(len(row.states) for row in batch)
    states = torch.zeros((len(batch), length, batch[0].states.shape[1]))
    mask = torch.zeros((len(batch), length), dtype=torch.bool)
    for k, row in enumerate(batch):
        states[k, : len(row.states)] = torch.from_numpy(row.states.astype(np.float32))
        mask[k, : len(row.states)] = True
    return states, mask


def loss_of(branch: Branch, batch: Sequence[Row]) -> torch.Tensor:
    """Mean over units of -log of the probability of the allowed labels."""
    states, mask = padded(batch)
    index, n_units = [], 0
    for row in batch:
        index.append(row.unit + n_units)
        n_units += len(row.allowed)
    allowed = torch.from_numpy(np.concatenate([row.allowed for row in batch]))
    weight = torch.tensor([row.weight for row in batch for _ in row.allowed])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = branch(states, mask)
    pieces = logits[mask].float()
    of_unit = torch.from_numpy(np.concatenate(index))
    sums = torch.zeros((n_units, len(LABELS))).index_add(0, of_unit, pieces)
    means = sums / torch.bincount(of_unit, minlength=n_units)[:, None]
    logs = means.log_softmax(dim=1)
    logs = logs.masked_fill(~allowed, -1e9)
    return -(logs.logsumexp(dim=1) * weight).sum() / weight.sum()


def train(branch: Branch, rows: Sequence[Row], *, epochs: float, rate: float, size: int) -> None:
    """Run the optimizer: AdamW, warm-up, then cosine to zero."""
    generator = random.Random(SEED)
    adapters = [p for name, p in branch.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(adapters, lr=rate, weight_decay=0.01)
    per_epoch = len(batches(rows, size, random.Random(SEED)))
    n_steps = int(epochs * per_epoch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=rate, total_steps=n_steps + 1, pct_start=0.06
    )
    stream = itertools.chain.from_iterable(
        batches(rows, size, generator) for _ in range(int(epochs) + 1)
    )
    started, running = time.monotonic(), 0.0
    branch.train()
    for step, batch in enumerate(itertools.islice(stream, n_steps), 1):
        loss = loss_of(branch, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(adapters, 1.0)
        optimizer.step()
        schedule.step()
        running += loss.item()
        if step % 100 == 0 or step == n_steps:
            seconds = time.monotonic() - started
            print(f"step {step}/{n_steps}  loss {running / 100:.4f}  {seconds:.0f} s", flush=True)
            running = 0.0
    branch.eval()


def save(branch: Branch, encoder: PackagedEncoder, path: Path, *, layer: int, rank: int) -> None:
    """Write the adapters and the head as float16 with what is needed to load them."""
    facts = {"encoder": encoder.name, "labels": LABELS, "layer": layer, "rank": rank}
    tensors = {name: p.detach().half().contiguous() for name, p in branch.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata={"branch": json.dumps(facts)})


def evaluate(
    recognizer: NeuralRecognizer, examples: Sequence[Example], encoded: Sequence[EncodedText]
) -> Score:
    """Exact-span figures on one set."""
    found = recognizer.recognize([example.text for example in examples], encoded)
    names = [[(m.span.start, m.span.end, m.label) for m in row] for row in found]
    return score(names, examples)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, save and print the figures; the exit code is 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, required=True, help="weights to write")
    parser.add_argument("--cache", type=Path, required=True, help="folder for computed states")
    parser.add_argument("--layer", type=int, default=6, help="layer the branch starts from")
    parser.add_argument("--rank", type=int, default=48)
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--batch", type=int, default=1024, help="pieces in a batch")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", nargs="*", default=[], help="training sets to leave out")
    options = parser.parse_args(arguments)
    try:
        data = data_folder()
        learned, reported = training_sets(data), evaluation_sets(data)
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    options.cache.mkdir(parents=True, exist_ok=True)
    encoder = PackagedEncoder(layers=(options.layer,), threads=options.threads)
    rows: list[Row] = []
    overlap = held_out(learned, reported)
    material = augmented(learned, random.Random(SEED))
    material |= swapped(learned, name_pools(data, learned))
    for name, examples in material.items():
        texts = [example.text for example in examples]
        encoded = encode(encoder, texts, options.cache, name)
        if name not in options.without:
            used = int(SHARE.get(name, 1.0) * len(examples))
            new = [
                k < used and not any(text in example.text for text in overlap)
                for k, example in enumerate(examples)
            ]
            rows += prepare(
                list(itertools.compress(examples, new)),
                list(itertools.compress(encoded, new)),
                WEIGHT.get(name.removesuffix("_swapped"), 1.0),
            )
        print(f"{name}: {len(examples)} texts", flush=True)
    branch = Branch(encoder, layer=options.layer, rank=options.rank, dropout=options.dropout)
    branch.standardize(*padded(random.Random(SEED).sample(rows, 200)))
    train(branch, rows, epochs=options.epochs, rate=options.rate, size=options.batch)
    save(branch, encoder, options.output, layer=options.layer, rank=options.rank)
    recognizer = NeuralRecognizer(encoder, path=options.output, threads=options.threads)
    figures = {}
    for name, examples in reported.items():
        texts = [example.text for example in examples]
        key = "eval_" + name.replace(" ", "_")
        encoded = [
            replace(entry, states=np.asarray(entry.states, dtype=np.float32))
            for entry in encode(encoder, texts, options.cache, key)
        ]
        figures[name] = evaluate(recognizer, examples, encoded)
    for name, figure in sorted(figures.items(), key=lambda item: item[1].f1):
        print(
            f"{name:14} F1 {figure.f1:.3f}  P {figure.precision:.3f}  R {figure.recall:.3f}"
            f"  n {figure.n}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
