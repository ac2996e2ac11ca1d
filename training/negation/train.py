"""Fit what tells a lost or added negation from a free translation.

Run from the root of the repository; it writes mtcheck/data/models/negation.json in place::

    MTCHECK_DATA=... python -m training.negation.train

Right are the lone negators of documents 10 to 29 of ``ntrex`` in eleven directions; wrong are the
negations that every other pair of ``demetr`` adds, and the negations of the first ten of those
documents whose answer is cut out of the translation. Ten minutes on one core.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.clean import DIRECTIONS
from benchmarks.common import data_folder, ntrex_documents
from benchmarks.meaning.pairs import AlignedPairs, negation_rows
from mtcheck.alignment import Alignment, Block
from mtcheck.document import Span
from mtcheck.meaning.cues import find_cues, has_negators
from mtcheck.meaning.polarity import ANSWERED, FEATURES, lone_negators

OUTPUT = Path("mtcheck/data/models/negation.json")
DOCUMENTS = range(10, 30)
DROPPED_FROM = range(10, 20)
PENALTY = 1.0
MOST_ALARMS = 2
"""In one direction of the clean documents, about 7,400 English words."""


@dataclass(frozen=True, slots=True)
class Example:
    """One lone negator.

    Attributes:
        features: Its features.
        wrong: Whether the negation is a mistake.
        direction: Of the texts, ``id-en``.
    """

    features: tuple[float, ...]
    wrong: bool
    direction: str


def clean_examples(aligned: AlignedPairs) -> Iterator[Example]:
    """Lone negators of professional translations, and those made by cutting out their answer."""
    documents = list(ntrex_documents(data_folder()).values())
    for source_lang, target_lang in DIRECTIONS:
        if not (has_negators(source_lang) and has_negators(target_lang)):
            continue
        name = f"{source_lang}-{target_lang}"
        for number in DOCUMENTS:
            rows = documents[number]
            texts = ["\n".join(row[lang] for row in rows) for lang in (source_lang, target_lang)]
            alignment = aligned.align(*texts, source_lang, target_lang)
            for lone in lone_negators(alignment, aligned.encoder):
                yield Example(lone.features, False, name)
            if number in DROPPED_FROM:
                for source, target, start in cut_answers(alignment):
                    damaged = aligned.align(source, target, source_lang, target_lang)
                    for lone in lone_negators(damaged, aligned.encoder):
                        if not lone.in_target and lone.cue.start == start:
                            yield Example(lone.features, True, name)


def cut_answers(alignment: Alignment) -> Iterator[tuple[str, str, int]]:
    """Sentence pairs without the answer of a source negator, and where that negator stands."""
    left, right = find_cues(alignment.source), find_cues(alignment.target)
    for block in alignment.blocks:
        if len(block.source) != 1 or len(block.target) != 1:
            continue
        source = alignment.source.cover(block.source_tokens)
        target = alignment.target.cover(block.target_tokens)
        for cue in left:
            if not cue.negates or not source.contains(cue.span):
                continue
            answers = [
                other
                for other in right
                if target.contains(other.span)
                and _link(alignment, block, cue.span, other.span) >= ANSWERED
            ]
            if any(other.negates for other in answers):
                yield source.text, _cut(target, answers), cue.span.start - source.start


def _link(alignment: Alignment, block: Block, source: Span, target: Span) -> float:
    rows = [k - block.source_tokens.start for k in alignment.source.tokens_in(source)]
    columns = [k - block.target_tokens.start for k in alignment.target.tokens_in(target)]
    return float(block.links[np.ix_(rows, columns)].max())


def _cut(target: Span, answers: list) -> str:  # type: ignore[type-arg]
    text = target.text
    for answer in sorted(answers, key=lambda cue: -cue.span.start):
        before = text[: answer.span.start - target.start]
        after = text[answer.span.end - target.start :]
        text = before + (after.lstrip(" ") if before.endswith(" ") else after)
    return text


def added_examples(aligned: AlignedPairs) -> Iterator[Example]:
    """Negations that the damaged translations add."""
    for row in negation_rows(data_folder())[::2]:
        alignment = aligned.align(row.source, row.damaged, row.lang, "en")
        for lone in lone_negators(alignment, aligned.encoder):
            yield Example(lone.features, True, f"{row.lang}-en")


Matrix = npt.NDArray[np.float64]


def fit(features: Matrix, wrong: Matrix) -> Matrix:
    """Weights of a logistic regression with an L2 penalty, the bias last; Newton's method."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    x = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.zeros(x.shape[1])
    penalty = np.eye(x.shape[1]) * PENALTY
    penalty[-1, -1] = 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (wrong - p) - penalty @ weights
        curve = (x.T * (p * (1 - p))) @ x + penalty
        weights = weights + np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - float(plain @ mean))


def main() -> int:
    aligned = AlignedPairs()
    examples = [*clean_examples(aligned), *added_examples(aligned)]
    features = np.array([e.features for e in examples], dtype=np.float64)
    wrong = np.array([e.wrong for e in examples], dtype=np.float64)
    weights = fit(features, wrong)
    scores = 1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1])))
    alarms: dict[str, list[float]] = defaultdict(list)
    for example, score in zip(examples, scores.tolist(), strict=True):
        if not example.wrong:
            alarms[example.direction].append(score)
    # Just above the strongest alarm that may not be raised in any direction.
    ranked = [sorted(values, reverse=True) for values in alarms.values()]
    threshold = max(v[MOST_ALARMS] for v in ranked if len(v) > MOST_ALARMS) + 1e-3
    OUTPUT.write_text(
        json.dumps(
            {
                "features": list(FEATURES),
                "weights": [round(w, 4) for w in weights[:-1].tolist()],
                "bias": round(float(weights[-1]), 4),
                "threshold": round(float(threshold), 3),
            }
        )
        + "\n",
        encoding="utf-8",
    )
    print(Counter((e.wrong, e.direction) for e in examples))
    print(dict(zip(FEATURES, weights.round(3).tolist(), strict=False)), "threshold", threshold)
    print("found of the wrong ones:", float((scores[wrong == 1] >= threshold).mean()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
