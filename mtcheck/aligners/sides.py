"""Align two documents: sentences first, then the words of each pair of blocks."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.aligners.sentences import Bead, align_sentences
from mtcheck.aligners.words import align_words
from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side, Span
from mtcheck.encoders.base import EncodedText


def align_sides(
    source: Side,
    target: Side,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
    *,
    beads: Sequence[Bead] | None = None,
) -> Alignment:
    """Sentence and word alignment of two encoded documents.

    Args:
        source: Source side.
        target: Target side.
        source_encoded: States of each source sentence.
        target_encoded: States of each target sentence.
        beads: Sentences that stand for each other, where that is known.
    """
    if beads is None:
        beads = align_sentences(source, target, source_encoded, target_encoded)
    return Alignment(
        source=source,
        target=target,
        blocks=tuple(
            _block(bead, source, target, source_encoded, target_encoded) for bead in beads
        ),
    )


def _block(
    bead: Bead,
    source: Side,
    target: Side,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
) -> Block:
    rows, columns, score = bead
    links, mass = align_words(
        [_part(source, source_encoded, row) for row in rows],
        [_part(target, target_encoded, column) for column in columns],
    )
    return Block(
        source=rows,
        target=columns,
        score=score,
        source_tokens=_token_range(source, rows),
        target_tokens=_token_range(target, columns),
        links=links,
        mass=mass,
    )


def _part(
    side: Side, encoded: Sequence[EncodedText], sentence: int
) -> tuple[Sequence[Span], EncodedText, int]:
    return (
        side.sentence_tokens(sentence),
        encoded[sentence],
        side.sentences[sentence].span.start,
    )


def _token_range(side: Side, sentences: Sequence[int]) -> range:
    if not sentences:
        return range(0)
    return range(side.sentences[sentences[0]].first_token, side.sentences[sentences[-1]].last_token)
