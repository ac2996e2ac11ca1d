"""BLEU, chrF and TER against a reference, all by sacrebleu."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from mtcheck.errors import InputError
from mtcheck.scores import ComparedMetric, ReferenceScores
from mtcheck.text.languages import primary

SAMPLES = 1_000
"""Bootstrap samples, as in sacrebleu."""

_DEFAULT = "13a"


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something: its segments."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def matched_lines(target: str, reference: str, *, name: str = "translation") -> list[str]:
    """The lines of the reference, one for each line of the translation.

    Raises:
        InputError: They differ in number.
    """
    lines, references = lines_of(target), lines_of(reference)
    if len(lines) != len(references):
        raise InputError(
            f"the {name} has {len(lines):,} lines with text, the reference {len(references):,}: "
            "line n of one must stand for line n of the other"
        )
    return references


def against_reference(target: str, reference: str, lang: str) -> ReferenceScores:
    """Corpus scores of a translation, its lines against those of a reference.

    Args:
        target: The translation.
        reference: A translation by a person.
        lang: Language of both.

    Raises:
        InputError: They differ in their number of lines.
    """
    references = matched_lines(target, reference)
    metrics, notes = _metrics(lang)
    values, signatures = {}, {}
    for name, metric in metrics.items():
        values[name] = round(metric.corpus_score(lines_of(target), [references]).score, 4)
        signatures[name] = str(metric.get_signature())
    return ReferenceScores(
        bleu=values["bleu"], chrf=values["chrf"], ter=values["ter"],
        signatures=signatures, notes=notes, n_segments=len(references),
    )  # fmt: skip


def compare_against_reference(
    first: str, second: str, reference: str, lang: str
) -> tuple[ComparedMetric, ...]:
    """Paired bootstrap of two translations by their lines, sample for sample.

    Raises:
        InputError: A translation and the reference differ in their number of lines.
    """
    import numpy as np

    references = matched_lines(first, reference, name="first translation")
    matched_lines(second, reference, name="second translation")
    metrics, _ = _metrics(lang)
    picks = np.random.default_rng(SAMPLE_SEED).integers(
        0, len(references), (SAMPLES, len(references))
    )
    found = []
    for name, metric in metrics.items():
        values, drawn = [], []
        for text in (first, second):
            # sacrebleu scores a corpus by adding up the statistics of its segments.
            stats = metric._extract_corpus_statistics(lines_of(text), [references])
            table = np.asarray(stats, dtype=np.float64)
            values.append(_from_statistics(metric, table.sum(axis=0)))
            drawn.append([_from_statistics(metric, table[rows].sum(axis=0)) for rows in picks])
        found.append(
            ComparedMetric.of(
                name, values[0], values[1],
                [b - a for a, b in zip(*drawn, strict=True)],
                higher_is_better=name != "ter", n_segments=len(references),
            )
        )  # fmt: skip
    return tuple(found)


SAMPLE_SEED = 12345
"""Seed of the bootstrap, sacrebleu's own default."""


def _from_statistics(metric: Any, statistics: Any) -> float:
    values = [float(value) for value in statistics]
    if type(metric).__name__ != "TER":
        values = [int(value) for value in values]
    return float(metric._compute_score_from_stats(values).score)


def _metrics(lang: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    from sacrebleu.metrics import BLEU, CHRF, TER

    notes = []
    bleu = None
    for name in [*_tokenizers().get(primary(lang), ()), _DEFAULT]:
        try:
            bleu = BLEU(tokenize=name)
        except (ImportError, RuntimeError):
            notes.append(f"BLEU: tokenizer {name} is not installed, the next best was used")
            continue
        break
    unspaced = primary(lang) in _tokenizers() and _tokenizers()[primary(lang)][-1] != _DEFAULT
    ter = TER(normalized=True, asian_support=True) if unspaced else TER()
    return {"bleu": bleu, "chrf": CHRF(), "ter": ter}, tuple(notes)


@cache
def _tokenizers() -> dict[str, tuple[str, ...]]:
    text = resources.files("mtcheck").joinpath("data/bleu_tokenizers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {lang: tuple(names.split()) for lang, names in rows}
