"""``python -m benchmarks.alignment``: words, counterparts of names, and sentences.

Beside the word aligner stand, on the same rows, the raw encoder's mutual argmax, our aligner for
encoders that nothing was trained on, and, where the package ``sil-thot`` is installed, a
statistical aligner (HMM both ways) that is trained on all rows of the pair. The first 160 rows of
each ``align_pud`` pair were used to choose settings and to calibrate: the figures for words and
names are of the rest. Sentences: documents that no setting was chosen on.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.common import (
    ROOT,
    SETTINGS_DOCUMENTS,
    check_floors,
    data_folder,
    ntrex_documents,
    read_jsonl,
)
from mtcheck.aligners.sides import align_sides
from mtcheck.aligners.words import PlainLinker
from mtcheck.alignment import Alignment
from mtcheck.document import Sentence, Side, Span
from mtcheck.encoders.base import EncodedText
from mtcheck.pipeline import Checker
from mtcheck.text.reading import read_side
from mtcheck.text.tokenization import tokenize

TUNED_ROWS = 160
PAIRS = ("fr", "ru", "zh-Hans", "ar", "ko", "ja")
DIRECTIONS = (
    ("en", "id"), ("id", "en"), ("id", "zh"), ("id", "ja"), ("id", "ar"), ("en", "fr"),
    ("en", "zh"), ("en", "ja"), ("ru", "en"), ("en", "th"), ("ko", "ar"), ("de", "en"),
)  # fmt: skip


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / max(1, found + gold)


Links = set[tuple[int, int]]


def words(checker: Checker, data: Any) -> dict[str, dict[str, float]]:
    """F1 of content-word links by pair and aligner."""
    plain = Checker(encoder=checker.encoder, linker=PlainLinker())
    results = {}
    for pair in PAIRS:
        rows = list(read_jsonl(data / f"align_pud/dev/en-{pair}.jsonl.gz"))
        counted = statistical_links(rows)
        rows = rows[TUNED_ROWS:]
        tokens = [(row["src_tokens"], row["tgt_tokens"]) for row in rows]
        aligned = checker.align_tokens(tokens)
        found = {
            "ours": [_pairs(alignment) for alignment in aligned],
            "plain": [_pairs(alignment) for alignment in plain.align_tokens(tokens)],
            "argmax": [raw_links(checker, alignment) for alignment in aligned],
        }
        if counted:
            found["hmm"] = counted[TUNED_ROWS:]
        results[pair] = {name: score_links(rows, links) for name, links in found.items()}
    return results


def _pairs(alignment: Alignment) -> Links:
    return {(link.i, link.j) for link in alignment.links}


def score_links(rows: Sequence[Any], found: Sequence[Links]) -> float:
    """F1 over the words that the annotators looked at: linked, or marked as without a link."""
    counts = np.zeros(3, dtype=int)
    for row, links in zip(rows, found, strict=True):
        gold = {(i, j) for i, j in row["align"]}
        sources = {i for i, _ in gold} | set(row["src_unaligned"])
        targets = {j for _, j in gold} | set(row["tgt_unaligned"])
        kept = {(i, j) for i, j in links if i in sources and j in targets}
        counts += len(gold & kept), len(kept), len(gold)
    return f1(*counts)


def statistical_links(rows: Sequence[Any]) -> list[Links] | None:
    """Symmetrized HMM alignment of all rows; ``None`` where the package is missing."""
    try:
        from thot import alignment as thot
    except ImportError:
        return None
    texts = [
        ([t.lower() for t in row["src_tokens"]], [t.lower() for t in row["tgt_tokens"]])
        for row in rows
    ]
    models = thot.HmmAlignmentModel(), thot.HmmAlignmentModel()
    for model, (first, second) in zip(models, ((0, 1), (1, 0)), strict=True):
        for text in texts:
            model.add_sentence_pair(text[first], text[second], 1)
        model.start_training()
        for _ in range(5):
            model.train()
        model.end_training()
    aligner = thot.SymmetrizedAligner(*models)
    aligner.heuristic = thot.SymmetrizationHeuristic.GROW_DIAG_FINAL_AND
    found = []
    for left, right in texts:
        grid = np.asarray(aligner.get_best_alignment(left, right)[1].to_numpy())
        found.append({(int(i), int(j)) for i, j in np.argwhere(grid)})
    return found


def raw_links(checker: Checker, alignment: Alignment) -> Links:
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


def counterparts(checker: Checker, data: Any) -> dict[str, dict[str, float]]:
    """Share of gold names whose counterpart is exact / overlaps, by pair.

    Marks do not count, nor does what stands between the ends of a name: the annotators linked
    content words alone, so ``du`` in *Corée du Nord* and the dot in ジョー・バイデン have no link.
    ``words`` is the stricter share in which no word may be more than in the gold link.
    """
    results = {}
    for pair in PAIRS:
        given = list(read_jsonl(data / f"align_pud/dev/en-{pair}.jsonl.gz"))[TUNED_ROWS:]
        tokens = {row["sent_id"]: row for row in given}
        counts = np.zeros(4, dtype=int)
        for row in read_jsonl(data / f"pud_entity_links/dev/en-{pair}.jsonl.gz"):
            sentence = tokens.get(row["sent_id"])
            if sentence is None:
                continue
            alignment = checker.align_tokens([(sentence["src_tokens"], sentence["tgt_tokens"])])[0]
            target = alignment.target
            for link in row["links"]:
                gold = {k for k in link["tgt_tok"] if _is_word(target.tokens[k].text)}
                if link["status"] != "aligned" or not gold:
                    continue
                span = alignment.source.cover(range(*link["src_tok"]))
                projected = {
                    k
                    for part in alignment.project(span).spans
                    for k in target.tokens_in(part)
                    if _is_word(target.tokens[k].text)
                }
                ends = bool(projected) and (min(projected), max(projected)) == (
                    min(gold),
                    max(gold),
                )
                counts += ends, bool(projected & gold), projected == gold, 1
        exact, overlap, same, total = counts.tolist()
        results[pair] = {
            "exact": exact / total,
            "overlap": overlap / total,
            "words": same / total,
        }
    return results


def _is_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


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
    """A side with one sentence a row, all in one paragraph: breaks must not give it away."""
    text = "\n".join(rows)
    sentences: list[Sentence] = []
    tokens: list[Span] = []
    position = 0
    for row in rows:
        first = len(tokens)
        tokens += [
            Span.of(text, position + start, position + end) for start, end in tokenize(row, lang)
        ]
        sentences.append(
            Sentence(
                span=Span.of(text, position, position + len(row)),
                paragraph=0,
                first_token=first,
                last_token=len(tokens),
            )
        )
        position += len(row) + 1
    return Side(
        text=text, lang=lang, paragraphs=(), sentences=tuple(sentences), tokens=tuple(tokens)
    )


def sentences(checker: Checker, data: Any) -> dict[str, dict[str, float]]:
    """F1 of beads and of dropped sentences, by direction."""
    unseen = list(ntrex_documents(data).values())[SETTINGS_DOCUMENTS:]
    documents = [rows for rows in unseen if len(rows) >= 8][:22]
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
            alignment = align_sides(
                one_line_each(left, source),
                one_line_each(right, target),
                encoded[: len(left)],
                encoded[len(left) :],
                checker.linker,
            )
            found = set(alignment.sentences)
            lost = {bead for bead in found if not bead[1]}
            gone = {bead for bead in gold if not bead[1]}
            counts += (
                len(found & gold), len(found), len(gold), len(lost & gone), len(lost), len(gone),
            )  # fmt: skip
        results[f"{source}-{target}"] = {"beads": f1(*counts[:3]), "dropped": f1(*counts[3:])}
    return results


def cost(checker: Checker) -> float:
    """Time to encode and align an article of 600 words, as a multiple of encoding alone."""
    folder = ROOT / "fixtures/articles/id-en-platform"
    source, target = (
        read_side((folder / name).read_text(encoding="utf-8"), lang)
        for name, lang in (("source.id.txt", "id"), ("sound.en.txt", "en"))
    )
    texts = [s.span.text for side in (source, target) for s in side.sentences]
    cut = len(source.sentences)
    best = [float("inf")] * 2
    for _ in range(5):
        started = time.perf_counter()
        encoded = checker.encoder.encode(texts)
        between = time.perf_counter()
        align_sides(source, target, encoded[:cut], encoded[cut:], checker.linker)
        ended = time.perf_counter()
        best = [min(best[0], between - started), min(best[1], ended - between)]
    return sum(best) / best[0]


def show(title: str, results: Mapping[str, Mapping[str, float]], by: str) -> None:
    """Print a table, the worst row first."""
    columns = list(next(iter(results.values())))
    print(f"{title:12} " + " ".join(f"{column:>8}" for column in columns))
    for name, row in sorted(results.items(), key=lambda item: item[1][by]):
        print(f"{name:12} " + " ".join(f"{row[column]:8.3f}" for column in columns))
    print(flush=True)


def main() -> int:
    data = data_folder()
    checker = Checker()
    by_word = words(checker, data)
    show("words F1", by_word, "ours")
    by_name = counterparts(checker, data)
    show("names", by_name, "exact")
    by_sentence = sentences(checker, data)
    show("sentences F1", by_sentence, "beads")
    times = cost(checker)
    print(f"encode and align an article: {times:.2f} times the forward pass\n")
    return check_floors(
        "alignment",
        {
            **{f"words_{pair}": row["ours"] for pair, row in by_word.items()},
            "names_exact_worst": min(row["exact"] for row in by_name.values()),
            "names_overlap_worst": min(row["overlap"] for row in by_name.values()),
            "beads_worst": min(row["beads"] for row in by_sentence.values()),
            "dropped_worst": min(row["dropped"] for row in by_sentence.values()),
            "times_forward_max": times,
        },
    )


if __name__ == "__main__":
    sys.exit(main())
