"""How well names are found: exact span and type, by language, worst first.

Run from the root of the repository::

    MTCHECK_DATA=... python -m benchmarks.names.recognition

The baseline takes every run of capitalized words that does not begin the text, and for scripts
without capitals it does not exist. It knows no types, so its column counts spans alone.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from mtcheck.encoders.bert import PackagedEncoder
from mtcheck.recognizers.neural import NeuralRecognizer
from training.names.data import (
    DataMissingError,
    Example,
    Name,
    Score,
    data_folder,
    evaluation_sets,
    score,
)

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_UNCASED = ("ar", "ja", "zh")


def capitalized_runs(text: str) -> list[Name]:
    """Runs of capitalized words one space apart, without a word that begins the text."""
    runs: list[Name] = []
    for word in _WORD.finditer(text):
        if not word[0][0].isupper() or not text[: word.start()].strip("\"'“‘„«( "):
            continue
        if runs and text[runs[-1][1] : word.start()] == " ":
            runs[-1] = (runs[-1][0], word.end(), "")
        else:
            runs.append((word.start(), word.end(), ""))
    return runs


def without_types(names: Sequence[Name]) -> list[Name]:
    """The same spans, all of one type."""
    return [(start, end, "") for start, end, _ in names]


def baseline(examples: Sequence[Example]) -> Score:
    """The capitalized runs, counted on spans alone."""
    untyped = [Example(e.text, tuple(without_types(e.names))) for e in examples]
    return score([capitalized_runs(e.text) for e in examples], untyped)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit code is 2 where the data is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--weights", type=Path, help="other weights than the packaged ones")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args(arguments)
    try:
        sets = evaluation_sets(data_folder())
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    encoder = PackagedEncoder(threads=options.threads)
    recognizer = NeuralRecognizer(encoder, path=options.weights, threads=options.threads)
    lines = []
    encoding = recognizing = 0.0
    for name, examples in sets.items():
        texts = [example.text for example in examples]
        started = time.perf_counter()
        encoded = encoder.encode(texts)
        encoding += time.perf_counter() - started
        started = time.perf_counter()
        found = recognizer.recognize(texts, encoded)
        recognizing += time.perf_counter() - started
        names = [[(m.span.start, m.span.end, m.label) for m in row] for row in found]
        typed = score(names, examples)
        untyped = [Example(e.text, tuple(without_types(e.names))) for e in examples]
        spans = score([without_types(row) for row in names], untyped)
        runs = "-" if name[:2] in _UNCASED else f"{baseline(examples).f1:.3f}"
        lines.append((typed.f1, name, typed, spans, runs))
    print("set            F1     P      R      spans F1  capital runs, spans F1  names")
    for _, name, typed, spans, runs in sorted(lines, key=lambda line: line[0]):
        print(
            f"{name:14} {typed.f1:.3f}  {typed.precision:.3f}  {typed.recall:.3f}  "
            f"{spans.f1:.3f}     {runs:22}  {typed.n}"
        )
    print(f"time: {recognizing / encoding:.0%} of the encoder pass")
    return 0


if __name__ == "__main__":
    sys.exit(main())
