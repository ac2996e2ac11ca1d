"""Parallel sentences of the sets that may be trained on, with the encoder's states kept on disk.

No sentence of ``align_pud`` or ``pud_entity_links`` is read here, nor any document of ``ntrex``
that a benchmark reports.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.common import SETTINGS_DOCUMENTS, ntrex_documents, read_jsonl
from mtcheck.encoders.base import EncodedText
from mtcheck.encoders.bert import PackagedEncoder

LONGEST = 400
"""Characters of the longest sentence that is used; longer ones are rare and slow."""

Text = tuple[str, str]
"""A sentence and its language."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation."""

    source: Text
    target: Text


def parallel_sentences(data: Path) -> list[Pair]:
    """All training pairs, in a fixed order, without repetitions."""
    found = dict.fromkeys((*_tico(data), *_ntrex(data), *_critical(data), *_names(data)))
    found |= dict.fromkeys((*_demetr(data), *_quality(data), *_mqm(data)))
    return [p for p in found if max(len(p.source[0]), len(p.target[0])) <= LONGEST]


def _tsv(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def _share(key: str) -> float:
    """A number in [0, 1) that depends on the key alone."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32


_TICO = {
    "id": 0.8, "zh": 0.8, "ar": 0.8, "fr": 0.4, "ru": 0.5, "hi": 0.3, "es-LA": 0.2, "pt-BR": 0.2,
    "ms": 0.15, "fa": 0.15, "bn": 0.15, "ur": 0.1, "sw": 0.1, "tl": 0.1,
}  # fmt: skip
"""Share of the sentences used for each language."""


def _tico(data: Path) -> Iterator[Pair]:
    for row in _tsv(data / "tico19/dev/tico19.tsv.gz"):
        for column, share in _TICO.items():
            if row[column] and _share(column + row["en"]) < share:
                yield Pair((row["en"], "en"), (row[column], column.split("-")[0]))


def _ntrex(data: Path) -> Iterator[Pair]:
    for rows in list(ntrex_documents(data).values())[:SETTINGS_DOCUMENTS]:
        for row in rows:
            for lang, text in row.items():
                if lang != "en":
                    yield Pair((row["en"], "en"), (text, lang))
            for lang in ("zh", "ja", "ar", "fr", "ko"):
                yield Pair((row["id"], "id"), (row[lang], lang))


_CRITICAL = {"ja": 0.30, "zh": 0.10, "de": 0.08, "cs": 0.08}


def _critical(data: Path) -> Iterator[Pair]:
    for lang, share in _CRITICAL.items():
        for row in _tsv(data / f"ced_mlqe/dev/en{lang}.tsv.gz"):
            if row["split"] == "train" and row["label"] == "NOT" and _share(row["src"]) < share:
                text = row["mt"].replace(" ", "") if lang in {"ja", "zh"} else row["mt"]
                yield Pair((row["src"], "en"), (text, lang))


def _names(data: Path) -> Iterator[Pair]:
    for row in read_jsonl(data / "eamt/dev/eamt.jsonl.gz"):
        lang = row["target_locale"].split("_")[0]
        for reference in row["refs"][:1]:
            yield Pair((row["src"], "en"), (reference["translation"], lang))


def _demetr(data: Path) -> Iterator[Pair]:
    tags = {"german": "de", "spanish": "es", "italian": "it", "polish": "pl", "czech": "cs"}
    with gzip.open(data / "demetr/dev/clean.tsv.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            cells = line.rstrip("\n").split("\t")
            if cells[0] in tags:
                yield Pair((cells[2], tags[cells[0]]), (cells[3], "en"))


def _quality(data: Path) -> Iterator[Pair]:
    for name in ("ru-en", "ro-en", "et-en"):
        source, target = name.split("-")
        for row in read_jsonl(data / f"mlqe_pe_word/train/{name}.train.jsonl.gz"):
            pair = Pair((_text(row["src"]), source), (_text(row["mt"]), target))
            if _share(pair.source[0]) < 0.07:
                yield pair


def _text(cell: str | Sequence[str]) -> str:
    return cell if isinstance(cell, str) else " ".join(cell)


def _mqm(data: Path) -> Iterator[Pair]:
    for row in read_jsonl(data / "wmt_mqm/dev/zhen23.jsonl.gz"):
        if _share(row["src"] + row["system"]) < 0.5:
            yield Pair((row["src"], "zh"), (row["mt"], "en"))


class StateCache:
    """Encoder states of sentences, float16, in one memory-mapped file.

    Args:
        folder: Where the files lie or are made.
        texts: The sentences; a folder made for other sentences is refused.
    """

    def __init__(self, folder: Path, texts: Sequence[str]) -> None:
        self._number = {text: k for k, text in enumerate(dict.fromkeys(texts))}
        mark = hashlib.sha256("\n".join(self._number).encode()).hexdigest()
        if not (folder / "done.json").exists():
            self._fill(folder, mark)
        done = json.loads((folder / "done.json").read_text(encoding="utf-8"))
        if done["texts"] != mark:
            raise SystemExit(f"{folder.name} was made for other sentences: remove it")
        self.layers: tuple[int, ...] = tuple(done["layers"])
        self._starts = np.load(folder / "starts.npy")
        self._offsets = np.load(folder / "offsets.npy")
        shape = (int(self._starts[-1]), len(self.layers), done["width"])
        self._states: npt.NDArray[np.float16] = np.memmap(
            folder / "states.f16", dtype=np.float16, mode="r", shape=shape
        )

    def _fill(self, folder: Path, mark: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        encoder = PackagedEncoder()
        texts = list(self._number)
        starts, offsets = [0], []
        with (folder / "states.f16").open("wb") as stream:
            for k in range(0, len(texts), 512):
                for text in encoder.encode(texts[k : k + 512]):
                    states = text.states.transpose(1, 0, 2).astype(np.float16)
                    stream.write(np.ascontiguousarray(states).tobytes())
                    offsets.append(text.offsets)
                    starts.append(starts[-1] + len(text.offsets))
                print(f"encoded {min(k + 512, len(texts))} of {len(texts)}", file=sys.stderr)
        np.save(folder / "starts.npy", np.array(starts))
        np.save(folder / "offsets.npy", np.concatenate(offsets))
        width = int(states.shape[-1])
        done = {"texts": mark, "layers": encoder.layers, "width": width}
        (folder / "done.json").write_text(json.dumps(done), encoding="utf-8")

    def encoded(self, text: str) -> EncodedText:
        """What the encoder made of a sentence, as float32."""
        k = self._number[text]
        part = slice(int(self._starts[k]), int(self._starts[k + 1]))
        states = np.ascontiguousarray(self._states[part].transpose(1, 0, 2), dtype=np.float32)
        return EncodedText(offsets=self._offsets[part], states=states, layers=self.layers)
