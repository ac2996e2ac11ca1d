"""What the benchmarks share: where the data is, and floors that must hold."""

from __future__ import annotations

import gzip
import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "benchmarks" / "floors.toml"
SETTINGS_DOCUMENTS = 19
"""So many documents of ``ntrex``, from the first, serve for choosing settings and for training;
no benchmark reports them."""


def data_folder() -> Path:
    """The folder that MTCHECK_DATA names; exits with code 2 where it names none."""
    name = os.environ.get("MTCHECK_DATA")
    if not name or not Path(name).is_dir():
        print("set MTCHECK_DATA to the folder of the development data", file=sys.stderr)
        raise SystemExit(2)
    return Path(name)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def read_tsv(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a gzipped table with a header."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        header = stream.readline().rstrip("\n").split("\t")
        for line in stream:
            yield dict(zip(header, line.rstrip("\n").split("\t"), strict=True))


def ntrex_documents(data: Path) -> dict[str, list[dict[str, str]]]:
    """Parallel news by document: rows of sentences by language."""
    columns = {
        "eng": "en", "ind": "id", "msa": "ms", "zho-CN": "zh", "jpn": "ja", "arb": "ar",
        "fra": "fr", "deu": "de", "spa": "es", "rus": "ru", "hin": "hi", "kor": "ko",
        "tur": "tr", "vie": "vi", "por": "pt", "tha": "th",
    }  # fmt: skip
    documents: dict[str, list[dict[str, str]]] = {}
    for row in read_tsv(data / "ntrex/dev/ntrex.tsv.gz"):
        sentences = {columns[name]: text for name, text in row.items() if name in columns}
        documents.setdefault(row["doc_id"], []).append(sentences)
    return documents


def check_floors(section: str, figures: Mapping[str, float], *, partial: bool = False) -> int:
    """Compare figures with their floors (names ending in _max are ceilings); 1 if one breaks.

    Args:
        section: Table of the floors.
        figures: What was measured.
        partial: Leave out the floors of what was not measured.
    """
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[section]
    broken = 0
    for name, floor in floors.items():
        if partial and name not in figures:
            continue
        value = figures[name]
        bad = value > floor if name.endswith("_max") else value < floor
        broken += bad
        print(f"{'BELOW' if bad else 'ok':6} {name:38} {value:8.3f}   floor {floor:g}")
    return 1 if broken else 0
