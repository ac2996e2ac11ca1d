"""Aligned texts for measuring and training: states are kept, sentences are encoded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.common import read_jsonl
from mtcheck.aligners.sides import align_sides
from mtcheck.alignment import Alignment
from mtcheck.document import Side
from mtcheck.encoders.base import EncodedText, Encoder
from mtcheck.pipeline import Checker
from mtcheck.text.reading import read_side

LANGS = {"german": "de", "spanish": "es", "italian": "it", "polish": "pl", "czech": "cs"}
_KEPT = 400  # sentences, about 150 MB


@dataclass(frozen=True, slots=True)
class Pair:
    """A minimal pair: a source with a right and a damaged English translation.

    Attributes:
        lang: Language of the source.
        source: The source.
        right: Its translation.
        damaged: The same with one mistake.
    """

    lang: str
    source: str
    right: str
    damaged: str


def demetr_rows(data: Path, kind: str) -> list[Pair]:
    """Minimal pairs of one kind of damage."""
    return [
        Pair(LANGS[row["lang"]], row["src"], row["mt"], row["pert"])
        for row in read_jsonl(data / "demetr/dev/pairs.jsonl.gz")
        if row["pert_name"] == kind
    ]


def negation_rows(data: Path) -> list[Pair]:
    """Minimal pairs with a negation put in or taken out."""
    return demetr_rows(data, "critical_id8_negation")


def antonym_rows(data: Path) -> list[Pair]:
    """Minimal pairs with a word replaced by its opposite."""
    return demetr_rows(data, "critical_id7_antonym")


class AlignedPairs:
    """Aligns texts; the states of the last sentences are kept."""

    def __init__(self) -> None:
        checker = Checker()
        self.encoder: Encoder = checker.encoder
        self._linker = checker.linker
        self._states: dict[str, EncodedText] = {}

    def align(self, source: str, target: str, source_lang: str, target_lang: str) -> Alignment:
        """The alignment of two texts."""
        left, right = read_side(source, source_lang), read_side(target, target_lang)
        self.remember([s.span.text for side in (left, right) for s in side.sentences])
        return align_sides(left, right, self.states(left), self.states(right), self._linker)

    def states(self, side: Side) -> list[EncodedText]:
        """States of the sentences of a side that was aligned last."""
        return [self._states[sentence.span.text] for sentence in side.sentences]

    def remember(self, texts: Iterable[str]) -> None:
        """Encode what is not known yet; forget the oldest."""
        wanted: Sequence[str] = list(dict.fromkeys(texts))
        unknown = [text for text in wanted if text not in self._states]
        for text, states in zip(unknown, self.encoder.encode(unknown), strict=True):
            self._states[text] = states
        for text in wanted:
            self._states[text] = self._states.pop(text)
        for text in list(self._states)[: max(0, len(self._states) - max(_KEPT, len(wanted)))]:
            del self._states[text]
