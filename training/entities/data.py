"""Articles, clean and damaged, as rows of evidence with what is right."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import numpy as np

from benchmarks.common import data_folder, ntrex_documents
from mtcheck.document import Mention, Span
from mtcheck.entities.candidates import BlockNames, candidates
from mtcheck.entities.evidence import Evidence
from mtcheck.pipeline import Checker
from mtcheck.text.reading import read_side
from training.entities.damage import Damage, Pool, damage

DOCUMENTS = 30
"""So many documents of ``ntrex``, from the first: those that no benchmark of clean text reports."""

DIRECTIONS = (
    ("id", "en"), ("zh", "en"), ("ja", "en"), ("ar", "en"), ("ko", "en"), ("ru", "en"),
    ("de", "en"), ("fr", "en"), ("pt", "en"), ("en", "zh"), ("en", "ja"), ("en", "ar"),
    ("en", "fr"), ("en", "id"), ("id", "zh"), ("id", "ja"), ("id", "ar"), ("id", "fr"),
    ("en", "de"), ("en", "ru"), ("en", "ko"), ("es", "fr"), ("vi", "en"), ("hi", "en"),
)  # fmt: skip
_SHARE = 0.35  # of the lines of an article that get an error


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    documents = list(ntrex_documents(data_folder()).items())[: options.documents]
    checker = Checker()
    langs = sorted({lang for pair in DIRECTIONS for lang in pair})
    pool = Pool()
    line_names: dict[tuple[str, str], list[list[Mention]]] = {}
    for name, rows in documents:
        for lang in langs:
            found = [list(names_of(checker, row[lang], lang)) for row in rows]
            line_names[name, lang] = found
            for each in found:
                pool.add(lang, name, each)
    collected: dict[str, list[object]] = {"rows": [], "labels": [], "groups": []}
    rng = random.Random(options.seed)
    for number, (name, rows) in enumerate(documents):
        for source, target in DIRECTIONS:
            clean = [row[target] for row in rows]
            damages: list[Damage | None] = [
                damage(rng, line, names, target, name, pool) if rng.random() < _SHARE else None
                for line, names in zip(clean, line_names[name, target], strict=True)
            ]
            text = "\n".join(row[source] for row in rows)
            for run, made in enumerate(([None] * len(clean), damages)):
                lines = [d.line if d else line for d, line in zip(made, clean, strict=True)]
                _collect(collected, checker, text, lines, made, (source, target), (number, run))
        print(name, len(collected["rows"]), file=sys.stderr, flush=True)
        np.savez(options.output, **{key: np.array(value) for key, value in collected.items()})
    return 0


def names_of(checker: Checker, text: str, lang: str) -> tuple[Mention, ...]:
    side = read_side(text, lang)
    encoded = checker.encoder.encode([s.span.text for s in side.sentences])
    return checker._names_of(side, encoded)


def _collect(collected, checker, text, lines, made, langs, number):
    source, target = read_side(text, langs[0]), read_side("\n".join(lines), langs[1])
    prepared = checker._prepare(source, target)
    alignment = checker._align(prepared)
    names = [
        checker._names_of(side, encoded)
        for side, encoded in ((source, prepared.source_encoded), (target, prepared.target_encoded))
    ]
    evidence = Evidence(alignment, prepared.source_encoded, prepared.target_encoded)
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
    wrong = [
        (Span(int(start) + d.start, int(start) + d.end, ""), d)
        for start, d in zip(starts, made, strict=False)
        if d
    ]
    for group in candidates(alignment, *names):
        _label(collected, evidence, group, wrong, langs, number)


def _label(collected, evidence, group: BlockNames, wrong, langs, number):
    block = group.block
    here = evidence.alignment.target.cover(block.target_tokens)
    damages = [(s, d) for s, d in wrong if here.start <= s.start < here.end]
    for i, j in group.pairs:
        source, target = group.source[i], group.target[j]
        touched = [d for s, d in damages if s.start < s.end and target.span.overlaps(s)]
        collected["rows"].append(evidence.row(block, source, target))
        collected["labels"].append((bool(touched), bool(damages)))
        collected["groups"].append(
            (
                *number, "-".join(langs), block.source[0], i, j, i < group.n_source,
                j < group.n_target, source.span.text, target.span.text,
                source.span.start, target.span.start,
                ",".join(d.kind + ":" + d.original for _, d in damages), source.label, target.label,
            )
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
