"""Train the link network on silver links of parallel sentences.

Run from the root of the repository::

    MTCHECK_DATA=... python -m training.alignment.train --output links.safetensors --cache CACHE

The encoder's states are computed once and kept in ``--cache``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from benchmarks.common import data_folder, read_jsonl
from mtcheck.aligners.features import N_EVIDENCE, N_WORD_FACTS, Words, evidence, read_words
from mtcheck.aligners.network import LinkNetwork, save_network
from mtcheck.aligners.words import PlainLinker
from mtcheck.document import Span
from mtcheck.encoders.base import Floats
from mtcheck.encoders.bert import PackagedEncoder
from mtcheck.text.tokenization import tokenize
from training.alignment.data import Pair, StateCache, Text, parallel_sentences
from training.alignment.silver import silver_links

SEED = 7
EPOCHS = 3
RATE = 2e-3
MOST_CELLS = 6_000
"""Pairs of words of the largest sentence pair that is used."""
BATCH_CELLS = 40_000
PIECES_OF_PRINCIPAL_COMPONENTS = 20_000
_LINK_WEIGHT, _SHARED_WEIGHT, _CONTRAST_WEIGHT = 20.0, 0.3, 0.3
_CONTRASTED = 24  # sentence pairs that are told apart in one step
_CONTRAST_SHARPNESS = 12.0
_DROPPED, _SWAPPED = 0.3, 0.5
CALIBRATION_ROWS = 160
Bytes = npt.NDArray[np.uint8]
PAIRS = ("fr", "ru", "zh-Hans", "ar", "ko", "ja")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A sentence pair ready for training.

    Attributes:
        source: Words of the source; states as float16.
        target: Words of the target.
        evidence: Times 255. Shape: (N_EVIDENCE, n_source, n_target).
        links: Silver links times 255. Shape: (n_source, n_target).
    """

    source: Words
    target: Words
    evidence: Bytes
    links: Bytes


def read_rows(pairs: Sequence[Pair], cache: StateCache) -> list[Row]:
    words: dict[Text, Words] = {}

    def of(text: Text) -> Words:
        if text not in words:
            tokens = tuple(Span(a, b, text[0][a:b]) for a, b in tokenize(*text))
            found = read_words(tokens, cache.encoded(text[0]), 0)
            states = found.states.astype(np.float16)
            words[text] = Words(texts=found.texts, states=states, facts=found.facts)
        return words[text]

    both = [(of(pair.source), of(pair.target)) for pair in pairs]
    plain = PlainLinker()
    facts = [np.round(evidence(a, b) * 255).astype(np.uint8) for a, b in both]
    silver = silver_links(
        [plain.similarity(_wide(a), _wide(b)) for a, b in both],
        [_keys(pair.source[1], a) for pair, (a, _) in zip(pairs, both, strict=True)],
        [_keys(pair.target[1], b) for pair, (_, b) in zip(pairs, both, strict=True)],
    )
    return [
        Row(a, b, known, links)
        for (a, b), known, links in zip(both, facts, silver, strict=True)
        if min(len(a), len(b)) >= 2 and len(a) * len(b) < MOST_CELLS
    ]


def _keys(lang: str, words: Words) -> list[str]:
    return [f"{lang}\t{text.casefold()}" for text in words.texts]


def _wide(words: Words) -> Words:
    return Words(texts=words.texts, states=words.states.astype(np.float32), facts=words.facts)


def batches(rows: Sequence[Row], chance: random.Random) -> list[list[Row]]:
    """Batches of pairs of like size, in random order."""
    order = list(rows)
    chance.shuffle(order)
    found: list[list[Row]] = []
    for start in range(0, len(order), 1024):
        batch: list[Row] = []
        longest = 0
        for row in sorted(order[start : start + 1024], key=lambda r: r.links.size):
            size = max(len(row.source), len(row.target))
            if batch and max(longest, size) ** 2 * (len(batch) + 1) > BATCH_CELLS:
                found.append(batch)
                batch, longest = [], 0
            batch.append(row)
            longest = max(longest, size)
        found.append(batch)
    chance.shuffle(found)
    return found


Tensors = dict[str, torch.Tensor]


def collate(batch: Sequence[Row], chance: random.Random) -> Tensors:
    """Pad a batch; some pairs are turned around, some lose a stretch of the target."""
    items = [_varied(row, chance) for row in batch]
    n = max(len(item[0][1]) for item in items)
    m = max(len(item[1][1]) for item in items)
    layers, _, width = items[0][0][0].shape
    size = len(items)
    result = {
        "source": torch.zeros(size, layers, n, width),
        "target": torch.zeros(size, layers, m, width),
        "source_facts": torch.zeros(size, n, N_WORD_FACTS),
        "target_facts": torch.zeros(size, m, N_WORD_FACTS),
        "source_mask": torch.zeros(size, n),
        "target_mask": torch.zeros(size, m),
        "evidence": torch.zeros(size, N_EVIDENCE, n, m),
        "links": torch.zeros(size, n, m),
    }
    for k, (left, right, known, links) in enumerate(items):
        for name, (states, facts) in (("source", left), ("target", right)):
            length = len(facts)
            result[name][k, :, :length] = torch.from_numpy(states.astype(np.float32))
            result[f"{name}_facts"][k, :length] = torch.from_numpy(facts)
            result[f"{name}_mask"][k, :length] = 1.0
        a, b = links.shape
        result["evidence"][k, :, :a, :b] = torch.from_numpy(known.astype(np.float32) / 255)
        result["links"][k, :a, :b] = torch.from_numpy(links.astype(np.float32) / 255)
    return result


def _varied(
    row: Row, chance: random.Random
) -> tuple[
    tuple[Floats, Floats], tuple[Floats, Floats], npt.NDArray[np.uint8], npt.NDArray[np.uint8]
]:
    left, right = (row.source.states, row.source.facts), (row.target.states, row.target.facts)
    known, links = row.evidence, row.links
    if chance.random() < _SWAPPED:
        left, right, known, links = right, left, known.transpose(0, 2, 1), links.T
    m = links.shape[1]
    if m > 6 and chance.random() < _DROPPED:
        length = chance.randint(1, max(1, m // 4))
        start = chance.randint(0, m - length)
        kept = np.r_[0:start, start + length : m]
        right = right[0][:, kept], right[1][kept]
        known, links = known[:, :, kept], links[:, kept]
    return left, right, known, links


def losses(network: LinkNetwork, batch: Tensors) -> torch.Tensor:
    """Silver links by the network, silver links by the shared space, pairs told apart."""
    source, target = batch["source"], batch["target"]
    masks = batch["source_mask"], batch["target_mask"]
    visible = masks[0][:, :, None] * masks[1][:, None, :]
    facts = batch["source_facts"], batch["target_facts"]
    logits = network(source, target, batch["evidence"], facts, masks)
    gold = batch["links"]
    cells = functional.binary_cross_entropy_with_logits(logits, gold, reduction="none")
    linked = _LINK_WEIGHT * (cells * visible).sum() / visible.sum()
    scores = network.similarity(source, target) * network.sharpness
    scores = scores.masked_fill(visible == 0, -1e4)
    either = scores.log_softmax(dim=2) + scores.log_softmax(dim=1)
    shared = -(gold * visible * either).sum() / (2 * (gold * visible).sum()).clamp(min=1)
    total = linked + _SHARED_WEIGHT * shared
    if len(source) > 3:
        few = slice(0, _CONTRASTED)
        total = total + _CONTRAST_WEIGHT * _contrast(
            network, source[few], target[few], [f[few] for f in facts], [k[few] for k in masks]
        )
    return total


def _contrast(
    network: LinkNetwork,
    source: torch.Tensor,
    target: torch.Tensor,
    facts: Sequence[torch.Tensor],
    masks: Sequence[torch.Tensor],
) -> torch.Tensor:
    """Cross entropy of the true partner among the batch, by late interaction.

    Source:
        Khattab and Zaharia 2020, ColBERT (the score), here in both directions.
    """
    left, right = network.shared(source), network.shared(target)
    weights = [mask * (1 - fact[:, :, 2]) for mask, fact in zip(masks, facts, strict=True)]
    cosine = torch.einsum("anr,bmr->abnm", left, right)
    forward = cosine.masked_fill(masks[1][None, :, None, :] == 0, -1).amax(dim=3)
    backward = cosine.masked_fill(masks[0][:, None, :, None] == 0, -1).amax(dim=2)
    score = (forward * weights[0][:, None]).sum(dim=2) / weights[0].sum(dim=1)[:, None].clamp(1)
    score = score + (backward * weights[1][None]).sum(dim=2) / weights[1].sum(1)[None].clamp(1)
    score = score * _CONTRAST_SHARPNESS
    truth = torch.arange(len(left))
    return (functional.cross_entropy(score, truth) + functional.cross_entropy(score.T, truth)) / 2


def principal_components(rows: Sequence[Row], rank: int) -> torch.Tensor:
    """Where the shared space starts from. Shape: (rank, n_layers * width)."""
    chosen, total = [], 0
    for row in rows:
        chosen.append(row.source.states.astype(np.float32).transpose(1, 0, 2))
        total += len(row.source)
        if total > PIECES_OF_PRINCIPAL_COMPONENTS:
            break
    words = torch.from_numpy(np.concatenate(chosen)).flatten(1)
    _, vectors = torch.linalg.eigh(words.T @ words / len(words))
    return vectors[:, -rank:].T.contiguous()


def train(rows: Sequence[Row], *, epochs: int) -> LinkNetwork:
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    layers, _, width = rows[0].source.states.shape
    network = LinkNetwork(layers, width)
    network.project.weight.data = principal_components(rows, network.project.out_features)
    rest = [value for name, value in network.named_parameters() if name != "project.weight"]
    groups = [{"params": [network.project.weight], "lr": RATE / 4}, {"params": rest, "lr": RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=1e-4)
    total = epochs * len(batches(rows, random.Random(SEED)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min(1, (t + 1) / 100) * 0.5 * (1 + np.cos(np.pi * min(1, t / total)))
    )
    started, step = time.time(), 0
    for _ in range(epochs):
        for batch in batches(rows, chance):
            loss = losses(network, collate(batch, chance))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 100 == 0:
                seconds = time.time() - started
                print(
                    f"step {step} of {total}: loss {loss.item():.3f}, {seconds:.0f} s",
                    file=sys.stderr,
                )
    return network.eval()


def calibrate(network: LinkNetwork, encoder: PackagedEncoder, data: Path) -> tuple[float, float]:
    """Slope and shift of the logit, on the rows of the hand-made alignments set apart for it."""
    scores, truth = [], []
    for logits, gold, rows, columns in _settings_rows(network, encoder, data):
        scores.append(logits[np.ix_(rows, columns)].ravel())
        truth.append(gold[np.ix_(rows, columns)].ravel())
    x = torch.from_numpy(np.concatenate(scores))
    y = torch.from_numpy(np.concatenate(truth).astype(np.float32))
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=50)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(line[0] * x + line[1], y)
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, shift = line.detach().tolist()
    return slope, shift


def _settings_rows(
    network: LinkNetwork, encoder: PackagedEncoder, data: Path
) -> Iterator[tuple[Floats, npt.NDArray[np.bool_], list[int], list[int]]]:
    from mtcheck.text.reading import sides_of_tokens

    for pair in PAIRS:
        rows = list(read_jsonl(data / f"align_pud/dev/en-{pair}.jsonl.gz"))[:CALIBRATION_ROWS]
        for row, sides in zip(
            rows, sides_of_tokens([(r["src_tokens"], r["tgt_tokens"]) for r in rows]), strict=True
        ):
            encoded = encoder.encode([side.text for side in sides])
            left, right = (
                read_words(side.tokens, text, 0) for side, text in zip(sides, encoded, strict=True)
            )
            gold = np.zeros((len(left), len(right)), dtype=np.bool_)
            for i, j in row["align"]:
                gold[i, j] = True
            sources = sorted({i for i, _ in row["align"]} | set(row["src_unaligned"]))
            targets = sorted({j for _, j in row["align"]} | set(row["tgt_unaligned"]))
            yield network.logits(left, right), gold, sources, targets


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    data = data_folder()
    pairs = parallel_sentences(data)
    cache = StateCache(options.cache, [t[0] for pair in pairs for t in (pair.source, pair.target)])
    rows = read_rows(pairs, cache)
    print(f"{len(rows)} sentence pairs", file=sys.stderr)
    network = train(rows, epochs=options.epochs)
    encoder = PackagedEncoder()
    calibration = calibrate(network, encoder, data)
    layers, width = len(cache.layers), rows[0].source.states.shape[2]
    shape = {"n_layers": layers, "width": width}
    about = {"encoder": encoder.name, "shape": shape, "calibration": calibration}
    save_network(network, options.output, about)
    print(f"calibration {calibration[0]:.3f} {calibration[1]:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
