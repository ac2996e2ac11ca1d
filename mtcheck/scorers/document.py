"""Scores of an aligned article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side, Span
from mtcheck.encoders.base import EncodedText
from mtcheck.scorers.estimate import quality_model
from mtcheck.scorers.features import block_features
from mtcheck.scorers.reference import against_reference
from mtcheck.scores import Scores, SegmentScore


def score_alignment(
    alignment: Alignment,
    source_encoded: Sequence[EncodedText],
    target_encoded: Sequence[EncodedText],
    *,
    reference: str | None,
    signature: Mapping[str, str],
) -> Scores:
    """Estimates of all segments, and the scores against a reference where there is one.

    Args:
        alignment: Both sides with their word links.
        source_encoded: States of each source sentence.
        target_encoded: States of each target sentence.
        reference: A translation by a person, line for line, or ``None``.
        signature: What ran so far.

    Raises:
        InputError: Translation and reference differ in their number of lines.
        ModelError: The weights are missing or damaged.
    """
    compared = None
    if reference is not None:
        compared = against_reference(alignment.target.text, reference, alignment.target.lang)
    model = quality_model()
    features = block_features(alignment, source_encoded, target_encoded)
    segments = tuple(
        _segment(alignment, block, probability)
        for block, probability in zip(alignment.blocks, model.probabilities(features), strict=True)
    )
    total = sum(segment.major_error for segment in segments)
    return Scores(
        source_lang=alignment.source.lang,
        target_lang=alignment.target.lang,
        segments=segments,
        major_error_share=round(total / max(1, len(segments)), 4),
        reference=compared,
        signature={**signature, "quality": model.name},
    )


def _segment(alignment: Alignment, block: Block, probability: float) -> SegmentScore:
    return SegmentScore(
        source=_extent(alignment.source, block.source),
        target=_extent(alignment.target, block.target),
        source_sentences=block.source,
        major_error=probability,
    )


def _extent(side: Side, sentences: Sequence[int]) -> Span | None:
    if not sentences:
        return None
    first, last = side.sentences[min(sentences)].span, side.sentences[max(sentences)].span
    return Span.of(side.text, first.start, last.end)
