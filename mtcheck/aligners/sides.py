"""Align two documents: sentences first, then the words of each pair of blocks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mtcheck.aligners.base import Linker
from mtcheck.aligners.features import NO_WORDS, Words, join, read_words
from mtcheck.aligners.glosses import link_past_glosses
from mtcheck.aligners.sentences import Bead, align_sentences
from mtcheck.aligners.words import PlainLinker
from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side
from mtcheck.encoders.base import EncodedText


def align_sides(
    source: Side,
    target: Side,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
    linker: Linker | None = None,
    *,
    beads: Sequence[Bead] | None = None,
) -> Alignment:
    """Sentence and word alignment of two encoded documents.

    Args:
        source: Source side.
        target: Target side.
        source_encoded: States of each source sentence.
        target_encoded: States of each target sentence.
        linker: How words are linked; without training by default.
        beads: Sentences that stand for each other, where that is known.
    """
    linker = linker or PlainLinker()
    left, right = _words(source, source_encoded), _words(target, target_encoded)
    if beads is None:
        beads = align_sentences(
            source,
            target,
            (left, [linker.vectors(words) for words in left]),
            (right, [linker.vectors(words) for words in right]),
        )
    return Alignment(
        source=source,
        target=target,
        blocks=tuple(
            Block(
                source=rows,
                target=columns,
                score=score,
                source_tokens=_token_range(source, rows),
                target_tokens=_token_range(target, columns),
                links=link_past_glosses(linker, _joined(left, rows), _joined(right, columns)),
            )
            for rows, columns, score in beads
        ),
    )


def _words(side: Side, encoded: Sequence[EncodedText]) -> list[Words]:
    if not encoded:
        return []
    totals = sum(text.states.sum(axis=1, dtype=np.float64) for text in encoded)
    n_pieces = sum(len(text.offsets) for text in encoded)
    common = (totals / max(n_pieces, 1)).astype(np.float32)
    return [
        read_words(side.sentence_tokens(k), encoded[k], sentence.span.start, common)
        for k, sentence in enumerate(side.sentences)
    ]


def _joined(words: Sequence[Words], sentences: Sequence[int]) -> Words:
    if not sentences:
        return NO_WORDS
    return join([words[k] for k in sentences])


def _token_range(side: Side, sentences: Sequence[int]) -> range:
    if not sentences:
        return range(0)
    return range(side.sentences[sentences[0]].first_token, side.sentences[sentences[-1]].last_token)
