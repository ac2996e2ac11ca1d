"""``python -m benchmarks.alignment``: words, counterparts of names, and sentences.

Beside the word aligner stands the raw encoder's mutual argmax on the same states.
The first 160 rows of each ``align_pud`` pair were used to choose four settings; the figures are
of the rest. Sentences: documents that were not used for choosing settings.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.common import check_floors, data_folder, ntrex_documents, read_jsonl
from mtcheck.aligners.sentences import align_sentences
from mtcheck.alignment import Alignment
from mtcheck.document import Sentence, Side, Span
from mtcheck.encoders.base import EncodedText
from mtcheck.pipeline import Checker

TUNED_ROWS = 160
PAIRS = ("fr", "ru", "zh-Hans", "ar", "ko", "ja")
DIRECTIONS = (
    ("en", "id"), ("id", "en"), ("id", "zh"), ("id", "ja"), ("id", "ar"), ("en", "fr"),
    ("en", "zh"), ("en", "ja"), ("ru", "en"), ("en", "th"), ("ko", "ar"), ("de", "en"),
)  # fmt: skip


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / max(1, found + gold)


def words(checker: Checker, data: Any) -> dict[str, tuple[float, float]]:
    """F1 of content-word links, ours and raw, by pair."""
    results = {}
    for pair in PAIRS:
        rows = list(read_jsonl(data / f"align_pud/dev/en-{pair}.jsonl.gz"))
        rows = rows[TUNED_ROWS:]
        aligned = checker.align_tokens([(row["src_tokens"], row["tgt_tokens"]) for row in rows])
        counts = np.zeros(5, dtype=int)
        for row, alignment in zip(rows, aligned, strict=True):
            gold = {(i, j) for i, j in row["align"]}
            sources = {i for i, _ in gold} | set(row["src_unaligned"])
            targets = {j for _, j in gold} | set(row["tgt_unaligned"])

            def kept(
                links: set[tuple[int, int]], a: set[int] = sources, b: set[int] = targets
            ) -> set[tuple[int, int]]:
                return {(i, j) for i, j in links if i in a and j in b}

            ours = kept({(link.i, link.j) for link in alignment.links})
            raw = kept(raw_links(checker, alignment))
            counts += len(gold & ours), len(ours), len(gold & raw), len(raw), len(gold)
        results[pair] = (
            f1(counts[0], counts[1], counts[4]),
            f1(counts[2], counts[3], counts[4]),
        )
    return results


def raw_links(checker: Checker, alignment: Alignment) -> set[tuple[int, int]]:
    """Mutual argmax of cosine between the pieces at layer 7."""
    sides = (alignment.source, alignment.target)
    if not all(side.text for side in sides):
        return set()
    encoded = checker.encoder.encode([side.text for side in sides])
    states = []
    for text in encoded:
        layer = text.states[1]
        states.append(layer / np.linalg.norm(layer, axis=1, keepdims=True))
    cosine = states[0] @ states[1].T
    best, back = cosine.argmax(axis=1), cosine.argmax(axis=0)
    pairs = [(p, int(q)) for p, q in enumerate(best) if back[q] == p]
    owners = [owner(side.tokens, text) for side, text in zip(sides, encoded, strict=True)]
    return {(owners[0][p], owners[1][q]) for p, q in pairs}


def owner(tokens: Sequence[Span], encoded: EncodedText) -> list[int]:
    """Token of each piece."""
    ends = [token.end for token in tokens]
    found = np.searchsorted(ends, encoded.offsets[:, 0], side="right")
    return [int(k) for k in np.minimum(found, len(ends) - 1)]


def counterparts(checker: Checker, data: Any) -> dict[str, tuple[float, float]]:
    """Share of gold names whose projection is exact / overlaps, by pair."""
    results = {}
    for pair in PAIRS:
        tokens = {
            row["sent_id"]: row for row in read_jsonl(data / f"align_pud/dev/en-{pair}.jsonl.gz")
        }
        exact = overlap = total = 0
        for row in read_jsonl(data / f"pud_entity_links/dev/en-{pair}.jsonl.gz"):
            given = tokens.get(row["sent_id"])
            if given is None:
                continue
            alignment = checker.align_tokens([(given["src_tokens"], given["tgt_tokens"])])[0]
            for link in row["links"]:
                if link["status"] != "aligned":
                    continue
                span = alignment.source.cover(range(*link["src_tok"]))
                projected = {
                    k
                    for part in alignment.project(span).spans
                    for k in alignment.target.tokens_in(part)
                }
                total += 1
                exact += projected == set(link["tgt_tok"])
                overlap += bool(projected & set(link["tgt_tok"]))
        results[pair] = (exact / max(1, total), overlap / max(1, total))
    return results


Gold = set[tuple[tuple[int, ...], tuple[int, ...]]]


def recut(rows: Sequence[str], chance: random.Random, gap: str) -> tuple[list[str], Gold]:
    """Merge 10 %, split 10 %, drop 5 % and move 3 % of the sentences of a translation."""
    units: list[tuple[tuple[int, ...], list[str]]] = []
    i = 0
    while i < len(rows):
        draw = chance.random()
        if draw < 0.10 and i + 1 < len(rows):
            units.append(((i, i + 1), [rows[i] + gap + rows[i + 1]]))
            i += 1
        elif draw < 0.20 and len(rows[i]) > 20:
            middle = len(rows[i]) // 2
            cut = rows[i].find(" ", middle) if gap else middle
            halves = [rows[i][:cut], rows[i][cut:].strip()] if cut > 0 else [rows[i]]
            units.append(((i,), halves))
        elif draw < 0.25:
            units.append(((i,), []))
        else:
            units.append(((i,), [rows[i]]))
        i += 1
    for k in range(len(units)):
        if chance.random() < 0.03 and len(units[k][0]) == len(units[k][1]) == 1:
            units.insert(chance.randrange(len(units)), units.pop(k))
    cut_rows: list[str] = []
    gold: Gold = set()
    for numbers, parts in units:
        gold.add((numbers, tuple(range(len(cut_rows), len(cut_rows) + len(parts)))))
        cut_rows += parts
    return cut_rows, gold


def one_line_each(rows: Sequence[str], lang: str) -> Side:
    text = "\n".join(rows)
    sentences, position = [], 0
    for row in rows:
        span = Span.of(text, position, position + len(row))
        # All in one paragraph: the breaks must not give the answer away.
        sentences.append(Sentence(span=span, paragraph=0, first_token=0, last_token=0))
        position += len(row) + 1
    return Side(text=text, lang=lang, paragraphs=(), sentences=tuple(sentences), tokens=())


def sentences(checker: Checker, data: Any) -> dict[str, tuple[float, float]]:
    """F1 of beads and of dropped sentences, by direction."""
    documents = [rows for rows in ntrex_documents(data).values() if len(rows) >= 8][14:34]
    results = {}
    for source, target in DIRECTIONS:
        chance = random.Random(11)
        counts = np.zeros(6, dtype=int)
        for rows in documents:
            left = [row[source] for row in rows]
            right, gold = recut(
                [row[target] for row in rows], chance, "" if target in {"zh", "ja", "th"} else " "
            )
            encoded = checker.encoder.encode([*left, *right])
            beads = align_sentences(
                one_line_each(left, source),
                one_line_each(right, target),
                encoded[: len(left)],
                encoded[len(left) :],
            )
            found = {(bead.source, bead.target) for bead in beads}
            lost = {bead for bead in found if not bead[1]}
            gone = {bead for bead in gold if not bead[1]}
            counts += (
                len(found & gold), len(found), len(gold), len(lost & gone), len(lost), len(gone),
            )  # fmt: skip
        results[f"{source}-{target}"] = (f1(*counts[:3]), f1(*counts[3:]))
    return results


def show(title: str, columns: str, results: dict[str, tuple[float, float]]) -> None:
    print(f"{title:12} {columns}")
    for name, (first, second) in sorted(results.items(), key=lambda item: item[1][0]):
        print(f"{name:12} {first:8.3f} {second:8.3f}")
    print()


def main() -> int:
    data = data_folder()
    checker = Checker()
    by_word = words(checker, data)
    show("words F1", "    ours      raw", by_word)
    by_name = counterparts(checker, data)
    show("names", "   exact  overlap", by_name)
    by_sentence = sentences(checker, data)
    show("sentences F1", "   beads  dropped", by_sentence)
    return check_floors(
        "alignment",
        {
            **{f"words_{pair}": ours for pair, (ours, _) in by_word.items()},
            "names_exact_worst": min(exact for exact, _ in by_name.values()),
            "names_overlap_worst": min(overlap for _, overlap in by_name.values()),
            "beads_worst": min(beads for beads, _ in by_sentence.values()),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
