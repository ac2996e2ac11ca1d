"""``python -m benchmarks.terms``: terms against a termbase, worst first.

``wmt25_terminology`` (evaluation only): outputs of systems that did not see the glossary; is each
breach found, and is nothing else called one? ``tico19``: professional translations; how many
alarms where an accepted form stands in the translation? Settings were chosen on the even rows of
``tico19``, the odd ones are reported. Then 10,000 entries against an article.

The baseline looks for the glossary's target term as a substring, as the data's own labels do.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.articles.__main__ import read
from benchmarks.common import ROOT, check_floors, data_folder, read_jsonl
from benchmarks.terms.judging import count, judge
from mtcheck.aligners.sides import align_sides
from mtcheck.alignment import Alignment
from mtcheck.document import Span, without_overlaps
from mtcheck.pipeline import Checker
from mtcheck.recognizers.capitals import recognize_capitals
from mtcheck.termbase import Termbase
from mtcheck.termbases.matching import TermIndex
from mtcheck.termbases.words import variants
from mtcheck.terminology import TermUse, Verdict, verify_terms
from mtcheck.text.reading import read_side

ALARMS = frozenset({Verdict.NOT_FOLLOWED, Verdict.DEPRECATED, Verdict.SUPERSEDED,
                    Verdict.UNTRANSLATED})  # fmt: skip
WMT = ("de", "es", "ru")
TICO = {"id": ("id_ID", "id"), "ar": ("ar_AR", "ar"), "zh": ("zh_CN", "zh-CN"),
        "fr": ("fr_XX", "fr-FR")}  # fmt: skip
ENTRIES = 10_000
RUNS = 9


@dataclass
class Figures:
    """Counts of (judgement, alarm), by rule and by baseline."""

    ours: Counter[tuple[str, bool]] = field(default_factory=Counter)
    naive: Counter[tuple[str, bool]] = field(default_factory=Counter)
    labels: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    absent: int = 0
    read: list[str] = field(default_factory=list)


def recall(counts: Counter[tuple[str, bool]]) -> float:
    return counts["broken", True] / max(1, counts["broken", True] + counts["broken", False])


def precision(counts: Counter[tuple[str, bool]], *, strict: bool = False) -> float:
    """Alarms that are right; ``strict`` counts unclear ones as wrong."""
    wrong = counts["obeyed", True] + (counts["unclear", True] if strict else 0)
    return counts["broken", True] / max(1, counts["broken", True] + wrong)


def per_thousand(counts: Counter[tuple[str, bool]]) -> float:
    obeyed = counts["obeyed", True] + counts["obeyed", False]
    return 1000 * counts["obeyed", True] / max(1, obeyed)


def align(checker: Checker, pairs: Sequence[tuple[str, str]], lang: str) -> list[Alignment]:
    """English segments and their translations; equal texts are encoded once."""
    sides = [(read_side(a, "en"), read_side(b, lang)) for a, b in pairs]
    texts = list(dict.fromkeys(s.span.text for p in sides for x in p for s in x.sentences))
    encoded = dict(zip(texts, checker.encoder.encode(texts), strict=True))
    return [
        align_sides(
            source, target,
            [encoded[s.span.text] for s in source.sentences],
            [encoded[s.span.text] for s in target.sentences],
            checker.linker,
        )
        for source, target in sides
    ]  # fmt: skip


def wmt(checker: Checker, data: Path, lang: str) -> Figures:
    """One judgement for each glossary term of each distinct output.

    Terms that differ in case alone are one. A row whose source does not have its term, by Snowball
    stems, is counted and left out.
    """
    rows = list(read_jsonl(data / f"wmt25_terminology/dev/track1.en-{lang}.jsonl.gz"))
    keys = list(
        dict.fromkeys(
            (number, system["text"])
            for number, row in enumerate(rows)
            for system in row["mt"].values()
            if system["text"].strip()
        )
    )
    glossaries: list[dict[str, list[str]]] = []
    for row in rows:
        glossaries.append(defaultdict(list))
        for source, target in row["terms"].items():
            glossaries[-1][source.casefold()].append(target)
    alignments = align(checker, [(rows[n]["src"], text) for n, text in keys], lang)
    indexes = [TermIndex(Termbase.of(row["terms"]), "en") for row in rows]
    figures = Figures()
    for (number, text), alignment in zip(keys, alignments, strict=True):
        uses = verify_terms(
            alignment, indexes[number].match(alignment.source), names=names_of(alignment)
        )
        for source, targets in glossaries[number].items():
            mine = [use for use in uses if use.term.text.casefold() == source]
            inside = any(source != other and source in other for other in glossaries[number])
            if not mine and inside:
                continue  # stands only inside a longer term of the glossary
            if not mine and not count(source, alignment.source.text, "en"):
                figures.absent += 1
                continue
            alarm = any(use.verdict in ALARMS for use in mine)
            truth = judge(targets, text, lang, max(1, len(mine)))
            figures.ours[truth, alarm] += 1
            plain = any(target.casefold() in text.casefold() for target in targets)
            figures.naive[truth, not plain] += 1
            figures.labels[plain, alarm] += 1
            if (truth, alarm) in {("obeyed", True), ("broken", False)}:
                what = "missed" if truth == "broken" else "false alarm"
                forms = " | ".join(targets)
                figures.read.append(
                    f"{what}: {source} = {forms} | {alignment.source.text} | {text}"
                )
    return figures


def tico(checker: Checker, data: Path, lang: str, half: int) -> Figures:
    """One judgement for each source occurrence in professional translations."""
    glossary: dict[str, list[str]] = defaultdict(list)
    for _, source_lang, target_lang, _, source, target, _ in rows_of(
        data / "tico19/dev/terms.tsv.gz"
    )[1:]:
        if source_lang == "en" and target_lang in TICO[lang] and target.strip():
            glossary[source.strip()].append(target.strip())
    index = TermIndex(Termbase.of(glossary), "en")
    header, *rows = rows_of(data / "tico19/dev/tico19.tsv.gz")
    pairs = [(r[header.index("en")], r[header.index(lang)]) for r in rows[half::2]]
    figures = Figures()
    for alignment in align(checker, pairs, lang):
        uses = verify_terms(alignment, index.match(alignment.source), names=names_of(alignment))
        text = alignment.target.text
        for use in uses:
            forms = [form for term in use.accepted for form in variants(term.text)]
            truth = judge(forms, text, lang, sum(_share(use, other) for other in uses))
            alarm = use.verdict in ALARMS
            figures.ours[truth, alarm] += 1
            plain = any(term.text.casefold() in text.casefold() for term in use.accepted)
            figures.naive[truth, not plain] += 1
            if truth == "obeyed" and alarm:
                shown = use.target.text if use.target else "nothing"
                figures.read.append(
                    f"{use.source.text} = {' | '.join(forms)} | {shown} | "
                    f"{alignment.source.text} | {text}"
                )
    return figures


def names_of(alignment: Alignment) -> list[Span]:
    """Names in the source, as the pipeline has them."""
    return [mention.span for mention in without_overlaps(recognize_capitals(alignment.source))]


def _share(a: TermUse, b: TermUse) -> bool:
    return bool({term.text for term in a.accepted} & {term.text for term in b.accepted})


def rows_of(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.rstrip("\n").split("\t") for line in stream]


def timed(run: Callable[[], Any]) -> float:
    """Median seconds of processor time: other work on the machine does not count."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def speed() -> dict[str, float]:
    """10,000 made-up entries of one to three words of the articles' own vocabulary."""
    text = "\n".join(
        read(ROOT / "fixtures/articles" / slug, "source.id.txt")
        for slug in ("id-en-platform", "id-en-volcano")
    )
    text = " ".join(text.split()[:600])
    chance = random.Random(3)
    vocabulary = sorted({word.strip('.,“”"()') for word in text.split() if len(word) > 4})
    terms: set[str] = set()
    while len(terms) < ENTRIES:
        n_words = chance.choice((2, 2, 3))
        terms.add(" ".join(chance.choice(vocabulary) for _ in range(n_words)))
    termbase = Termbase.of({term: f"term {k}" for k, term in enumerate(sorted(terms))})
    start = time.process_time()
    index = TermIndex(termbase, "id")
    build = time.process_time() - start
    side = read_side(text, "id")
    match = timed(lambda: index.match(side))
    reading = timed(lambda: read_side(text, "id"))
    lowered = text.casefold()
    wanted = [term.casefold() for term in terms]
    naive = timed(lambda: [term in lowered for term in wanted])
    print(f"{ENTRIES:,} entries, {len(text.split())} words, {len(index.match(side))} matches: "
          f"index {build * 1000:.0f} ms once, matching {match * 1000:.2f} ms, "
          f"{match / reading:.2f} x reading the article, {match / naive:.2f} x substring "
          f"search ({naive * 1000:.2f} ms)\n")  # fmt: skip
    return {"match_milliseconds_max": match * 1000, "match_to_substring_max": match / naive}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="mistakes to print for reading")
    parser.add_argument("--tuning-half", action="store_true", help="the even rows of tico19")
    options = parser.parse_args()
    data = data_folder()
    figures = speed()
    checker = Checker()
    broken = {lang: wmt(checker, data, lang) for lang in WMT}
    print("wmt25       recall  precision  strict | data's labels: recall  precision | "
          "substring: recall  precision | unclear, absent")  # fmt: skip
    for lang, f in sorted(broken.items(), key=lambda item: recall(item[1].ours)):
        labels = f.labels
        by_label = (
            labels[False, True] / max(1, labels[False, True] + labels[False, False]),
            labels[False, True] / max(1, labels[False, True] + labels[True, True]),
        )
        unclear = f.ours["unclear", True] + f.ours["unclear", False]
        print(f"en-{lang}     {recall(f.ours):8.3f} {precision(f.ours):10.3f} "
              f"{precision(f.ours, strict=True):7.3f} | {by_label[0]:21.3f} {by_label[1]:10.3f} | "
              f"{recall(f.naive):17.3f} {precision(f.naive):10.3f} | "
              f"{unclear}, {f.absent} of {sum(f.ours.values())}")  # fmt: skip
    half = 0 if options.tuning_half else 1
    clean = {lang: tico(checker, data, lang, half) for lang in TICO}
    print("\ntico19   false alarms per 1,000 obeyed | substring | obeyed  broken  unclear | "
          "alarms per 1,000 of all, real breaches included")  # fmt: skip
    for lang, f in sorted(clean.items(), key=lambda item: -per_thousand(item[1].ours)):
        sums = [f.ours[truth, True] + f.ours[truth, False]
                for truth in ("obeyed", "broken", "unclear")]  # fmt: skip
        alarms = sum(n for (_, alarm), n in f.ours.items() if alarm)
        print(
            f"en-{lang}    {per_thousand(f.ours):29.1f} | {per_thousand(f.naive):9.1f} | "
            f"{sums[0]:6} {sums[1]:7} {sums[2]:8} | {1000 * alarms / max(1, sum(sums)):8.1f}"
        )
    print()
    for name, f in (*broken.items(), *clean.items()):
        for line in random.Random(1).sample(f.read, min(options.show, len(f.read))):
            print(f"{name}: {line}")
    figures |= {
        "wmt_recall_worst": min(recall(f.ours) for f in broken.values()),
        "wmt_precision_worst": min(precision(f.ours) for f in broken.values()),
        "tico_false_per_1000_max": max(per_thousand(f.ours) for f in clean.values()),
    }
    return check_floors("terms", figures)


if __name__ == "__main__":
    sys.exit(main())
