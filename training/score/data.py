"""Pairs of sentences with what people said of them, and their features, computed once."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mtcheck.pipeline import Checker, _given, _Prepared
from mtcheck.scorers.features import block_features
from mtcheck.text.reading import read_side

SEED = 7
KINDS = {
    "critical_id9_ne_replaced": "entity_swap",
    "critical_id25_ne_removed": "entity_removed",
    "critical_id10_numbers_replaced": "number",
    "critical_id8_negation": "negation",
    "critical_id7_antonym": "antonym",
    "critical_id23_noun_removed": "noun_removed",
    "critical_id6_addition": "addition",
}
"""Kinds of damage in ``demetr`` that are learned and reported."""

LANGUAGES = {"german": "de", "spanish": "es", "italian": "it", "polish": "pl", "czech": "cs"}
PENALTIES = {"Minor": 1.0, "Major": 5.0, "Critical": 25.0}


def is_held_out(key: str) -> bool:
    """Whether a document or source sentence is kept for reporting (half of them)."""
    return zlib.crc32(key.encode()) % 2 == 1


def rows(data: Path) -> Iterator[dict[str, Any]]:
    """Samples of all sets, mixed, each with its set, key and label."""
    found = [*_demetr(data), *_mqm(data), *_critical(data)]
    random.Random(SEED).shuffle(found)
    yield from found


def _read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def _demetr(data: Path) -> Iterator[dict[str, Any]]:
    draw = random.Random(SEED)
    pairs = [row for row in _read(data / "demetr/dev/pairs.jsonl.gz") if row["pert_name"] in KINDS]
    clean: set[tuple[str, str]] = set()
    for name, kind in KINDS.items():
        mine = [row for row in pairs if row["pert_name"] == name]
        for row in draw.sample(mine, min(150, len(mine))):
            lang = LANGUAGES[row["lang"].lower()]
            shared = {"set": "demetr", "pair": f"{lang}-en", "key": row["src"], "src": row["src"]}
            yield {**shared, "mt": row["pert"], "kind": kind, "clean": row["mt"], "label": 1.0}
            if (row["src"], row["mt"]) not in clean:
                clean.add((row["src"], row["mt"]))
                yield {**shared, "mt": row["mt"], "kind": "clean", "label": 0.0}


def _mqm(data: Path) -> Iterator[dict[str, Any]]:
    draw = random.Random(SEED)
    for name, pair, limit in (
        ("zhen23", "zh-en", 500), ("ende23", "en-de", 300),
        ("ted_zhen", "zh-en", 250), ("ted_ende", "en-de", 250),
    ):  # fmt: skip
        found = _read(data / f"wmt_mqm/dev/{name}.jsonl.gz")
        for row in draw.sample(found, min(limit, len(found))):
            raters = list(row["raters"].values())
            major = [any(e["severity"] in {"Major", "Critical"} for e in one) for one in raters]
            total = [sum(PENALTIES.get(e["severity"], 0.0) for e in one) for one in raters]
            yield {
                "set": name, "pair": pair, "key": row["doc"], "src": row["src"], "mt": row["mt"],
                "kind": row["system"], "label": sum(major) / len(major),
                "penalty": sum(total) / len(total),
            }  # fmt: skip


def _critical(data: Path) -> Iterator[dict[str, Any]]:
    draw = random.Random(SEED)
    for name in ("encs", "ende", "enja", "enzh"):
        with gzip.open(data / f"ced_mlqe/dev/{name}.tsv.gz", "rt", encoding="utf-8") as stream:
            found = [line.rstrip("\n").split("\t") for line in stream]
        found = [row for row in found if row[0] == "train" and len(row) == 6]
        for row in draw.sample(found, min(220, len(found))):
            yield {
                "set": "ced", "pair": f"en-{name[2:]}", "key": row[1], "src": row[2],
                "mt": row[3], "kind": "", "label": float(row[5] == "ERR"),
            }  # fmt: skip


def cached(data: Path, cache: Path, *, seconds: float | None = None) -> list[dict[str, Any]]:
    """Rows with their features, from the cache as far as it goes.

    Args:
        data: Folder of the development data.
        cache: JSON Lines file; grows as rows are computed, and goes on where it ended.
        seconds: Stop computing after this time.
    """
    import time

    known: list[dict[str, Any]] = []
    if cache.exists():
        for line in cache.read_text(encoding="utf-8").splitlines():
            try:
                known.append(json.loads(line))
            except json.JSONDecodeError:
                break
    begin, checker = time.monotonic(), Checker()
    todo = list(rows(data))[len(known) :]
    with cache.open("a", encoding="utf-8") as stream:
        for start in range(0, len(todo), 32):
            if seconds is not None and time.monotonic() - begin > seconds:
                break
            part = todo[start : start + 32]
            for row, features in zip(part, pair_features(checker, part), strict=True):
                known.append({**row, "features": features})
                stream.write(json.dumps(known[-1], ensure_ascii=False) + "\n")
            stream.flush()
    return known


def pair_features(checker: Checker, part: list[dict[str, Any]]) -> list[list[float]]:
    """Features of sentence pairs, encoded together."""
    sides = []
    for row in part:
        first, second = row["pair"].split("-")
        sides.append((read_side(row["src"], first), read_side(row["mt"], second)))
    texts = [s.span.text for both in sides for side in both for s in side.sentences]
    encoded = iter(checker.encoder.encode(texts))
    found = []
    for source, target in sides:
        prepared = _Prepared(
            source, target,
            [next(encoded) for _ in source.sentences], [next(encoded) for _ in target.sentences],
        )  # fmt: skip
        alignment = checker._align(prepared, beads=_given(source, target))
        got = block_features(alignment, prepared.source_encoded, prepared.target_encoded)
        found.append(np.round(got[0].astype(float), 5).tolist() if len(got) else [])
    return found


if __name__ == "__main__":
    import sys

    cached(Path(sys.argv[1]), Path(sys.argv[2]))
