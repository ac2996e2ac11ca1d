"""Values in real text: minimal pairs, injected errors, and clean professional translations."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from benchmarks.clean import DIRECTIONS
from benchmarks.common import ntrex_documents, read_jsonl
from mtcheck.aligners.sides import align_sides
from mtcheck.alignment import Alignment
from mtcheck.checks import CHECKS
from mtcheck.encoders.base import Encoder
from mtcheck.issues import Issue
from mtcheck.text.reading import read_side

RULES = tuple(check() for check in CHECKS if check.rule.code.startswith("VAL"))
_CHUNK = 64
_LANGS = {"german": "de", "spanish": "es", "italian": "it", "polish": "pl", "czech": "cs"}
_DIGITS = re.compile(r"\d+")


def value_issues(alignment: Alignment) -> list[Issue]:
    """Issues of the value rules alone; no other evidence is needed for them."""
    analysis = SimpleNamespace(
        alignment=alignment, source=alignment.source, target=alignment.target
    )
    return [issue for rule in RULES for issue in rule.run(analysis)]  # type: ignore[arg-type]


def naive(source: str, target: str) -> bool:
    """The baseline: the digit strings of the two texts differ, separators and zeros apart."""
    left, right = (Counter(_DIGITS.findall(re.sub(r"(?<=\d)[.,  ](?=\d)", "", text)))
                   for text in (source, target))  # fmt: skip
    return left != right


@dataclass(slots=True)
class Pairs:
    """Counts of one set of sentence pairs, right and damaged.

    Attributes:
        name: Name of the set.
        n: Pairs.
        found: Damaged ones with a value issue.
        false: Undamaged ones with a value issue.
        words: English words of the undamaged ones.
        naive_found: The same of the baseline.
        naive_false: The same of the baseline.
        by_lang: (found, pairs) by source language.
    """

    name: str
    n: int = 0
    found: int = 0
    false: int = 0
    words: int = 0
    naive_found: int = 0
    naive_false: int = 0
    by_lang: dict[str, list[int]] = field(default_factory=dict)


Row = tuple[str, str, str, str]
"""Language, source, right English, damaged English."""


def demetr_rows(data: Path) -> list[Row]:
    """Minimal pairs in which a number was replaced."""
    return [
        (_LANGS[row["lang"]], row["src"], row["mt"], row["pert"])
        for row in read_jsonl(data / "demetr/dev/pairs.jsonl.gz")
        if row["pert_name"] == "critical_id10_numbers_replaced"
    ]


def indonesian_rows(data: Path) -> list[Row]:
    """Indonesian news with a changed number in its English translation."""
    return [
        ("id", row["id"], row["en_good"], row["en_bad"])
        for row in read_jsonl(data / "id_news_injected/dev/id-en_injected.jsonl.gz")
        if row["kind"] == "number_change"
    ]


def pud_rows(data: Path) -> list[Row]:
    """English sentences with a changed number or date, from ten languages."""
    with gzip.open(data / "pud_parallel/dev/pud_text.tsv.gz", "rt", encoding="utf-8") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        texts = {row["sent_id"]: row for row in reader}
    found = []
    for row in read_jsonl(data / "pud_injected/dev/x-en_injected.jsonl.gz"):
        if row["kind"] not in {"number_change", "date_change"} or row["sent_id"] not in texts:
            continue
        for lang, text in texts[row["sent_id"]].items():
            if lang not in {"sent_id", "genre", "en"} and text:
                found.append((lang, text, row["en_good"], row["en_bad"]))
    return found


def run_pairs(name: str, rows: Sequence[Row], encoder: Encoder) -> Iterator[Pairs]:
    """Counts after each chunk, the last being the result."""
    result = Pairs(name)
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        for (lang, source, right, wrong), alignments in zip(
            chunk, _align(chunk, encoder), strict=True
        ):
            flags = [bool(value_issues(alignment)) for alignment in alignments]
            result.n += 1
            result.words += len(right.split())
            result.false += flags[0]
            result.found += flags[1]
            result.naive_false += naive(source, right)
            result.naive_found += naive(source, wrong)
            count = result.by_lang.setdefault(lang, [0, 0])
            count[0] += flags[1]
            count[1] += 1
        yield result


def _align(rows: Sequence[Row], encoder: Encoder) -> list[tuple[Alignment, Alignment]]:
    sides = [
        [read_side(source, lang), read_side(right, "en"), read_side(wrong, "en")]
        for lang, source, right, wrong in rows
    ]
    texts = list({s.span.text: None for row in sides for side in row for s in side.sentences})
    states = dict(zip(texts, encoder.encode(texts), strict=True))

    def align(a: int, b: int, row: int) -> Alignment:
        left, right = sides[row][a], sides[row][b]
        encoded = [[states[s.span.text] for s in side.sentences] for side in (left, right)]
        return align_sides(left, right, *encoded)

    return [(align(0, 1, k), align(0, 2, k)) for k in range(len(rows))]


def run_clean(
    data: Path, encoder: Encoder, n_documents: int, *, show: bool
) -> Iterator[tuple[str, int, Counter[str]]]:
    """Direction, English words and alarms by rule, on professional translations by document."""
    documents = list(ntrex_documents(data).values())[:n_documents]
    words = sum(len(row["en"].split()) for rows in documents for row in rows)
    cache = {}
    for pair in DIRECTIONS:
        for lang in pair:
            if lang not in cache:
                sides = [read_side("\n".join(r[lang] for r in rows), lang) for rows in documents]
                cache[lang] = [
                    (side, encoder.encode([s.span.text for s in side.sentences])) for side in sides
                ]
        counts: Counter[str] = Counter()
        for left, right in zip(cache[pair[0]], cache[pair[1]], strict=True):
            for issue in value_issues(align_sides(left[0], right[0], left[1], right[1])):
                counts[issue.name] += 1
                if show:
                    print(f"  {'-'.join(pair)} {issue.code} {issue.message}")
        yield "-".join(pair), words, counts
