"""``python -m benchmarks.meaning``: meaning and attribution, damaged pairs and clean articles.

Reads ``demetr`` (every second row; the others trained the model) and ``ntrex`` from document 30
on; earlier documents trained the model or were read for the tables.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from types import SimpleNamespace

from benchmarks.clean import DIRECTIONS, SEEN
from benchmarks.common import check_floors, data_folder, ntrex_documents
from benchmarks.meaning.pairs import AlignedPairs, antonym_rows, negation_rows
from mtcheck.checks.meaning import AttributionChanged, MeaningFlipped
from mtcheck.concepts import CLAIMS, concept_index
from mtcheck.contradictions import find_contradictions
from mtcheck.issues import Issue
from mtcheck.meaning.cues import find_cues
from mtcheck.meaning.polarity import lone_negators
from mtcheck.text.reading import read_side

CHECKS = (MeaningFlipped(), AttributionChanged())


def issues(aligned: AlignedPairs, texts: tuple[str, str], langs: tuple[str, str]) -> list[Issue]:
    """Issues of the rules of meaning alone; they need no other evidence."""
    alignment = aligned.align(*texts, *langs)
    claims = find_contradictions(
        alignment,
        concept_index(alignment.source.lang, CLAIMS).match(alignment.source),
        concept_index(alignment.target.lang, CLAIMS).match(alignment.target),
        aligned.states(alignment.source),
        aligned.encoder,
    )
    analysis = SimpleNamespace(
        source=alignment.source,
        target=alignment.target,
        claims=claims,
        contradictions=(),
        lone_negators=lone_negators(alignment, aligned.encoder),
    )
    return [issue for check in CHECKS for issue in check.run(analysis)]  # type: ignore[arg-type]


def naive(source: str, target: str, lang: str) -> bool:
    """The baseline: the two texts have different numbers of negators."""
    left, right = (
        sum(cue.negates for cue in find_cues(read_side(text, code)))
        for text, code in ((source, lang), (target, "en"))
    )
    return left != right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20, help="in each direction")
    parser.add_argument("--pairs", type=int, default=250, help="damaged pairs of each kind")
    parser.add_argument("--show", action="store_true", help="print the alarms on clean articles")
    options = parser.parse_args()
    data = data_folder()
    aligned = AlignedPairs()
    figures = {}
    for name, rows in (("negation", negation_rows(data)), ("antonym", antonym_rows(data))):
        unseen = rows[1::2][: options.pairs]
        found = false = plain = plain_false = 0
        for row in unseen:
            langs = (row.lang, "en")
            right = len(issues(aligned, (row.source, row.right), langs))
            found += len(issues(aligned, (row.source, row.damaged), langs)) > right
            false += right > 0
            plain += naive(row.source, row.damaged, row.lang)
            plain_false += naive(row.source, row.right, row.lang)
        n = max(1, len(unseen))
        figures[f"{name}_found"] = found / n
        print(
            f"demetr {name}: {n} pairs, more issues when damaged {found / n:.3f}, alarms when "
            f"right {false / n:.3f}; counting negators: {plain / n:.3f}, {plain_false / n:.3f}"
        )
    documents = list(ntrex_documents(data).values())[SEEN : SEEN + options.documents]
    words = sum(len(row["en"].split()) for rows in documents for row in rows)
    rates = []
    for pair in DIRECTIONS:
        counts: Counter[str] = Counter()
        for rows in documents:
            texts = ("\n".join(r[pair[0]] for r in rows), "\n".join(r[pair[1]] for r in rows))
            for issue in issues(aligned, texts, pair):
                counts[issue.name] += 1
                if options.show:
                    print(f"  {'-'.join(pair)} {issue.message}")
        rates.append((600 * counts.total() / words, "-".join(pair), dict(counts)))
        print(f"{words} words {rates[-1][1]} {rates[-1][0]:.3f} {rates[-1][2]}", flush=True)
    figures["clean_worst_max"] = max(rate for rate, _, _ in rates)
    return check_floors("meaning", figures)


if __name__ == "__main__":
    sys.exit(main())
