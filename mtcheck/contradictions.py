"""Words of the concept table that contradict each other across the two texts.

A source word and its counterpart contradict each other when both are listed, every sense of
the one excludes every sense of the other, and no other word of the passage explains either.
For the editor's evidence the encoder then weighs what stands there against the words the table
accepts, each put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mtcheck.alignment import Alignment, Block
from mtcheck.concepts import CLAIMS, ConceptMatch, load_concepts
from mtcheck.document import Span
from mtcheck.encoders.base import EncodedText, Encoder, Floats
from mtcheck.renderings import RenderingKey
from mtcheck.text.languages import primary
from mtcheck.text.words import is_content

_LEAST_LINK = 0.5
_LEAST_MASS = 0.6
_WEAK_LINK = 0.3
_MOST_ACCEPTED = 6


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A source word, what stands for it, and what the table expects.

    Attributes:
        source: The source word and its concepts.
        target: Its counterpart and its concepts.
        accepted: Words of the target language that the table accepts, the usual ones first.
        actual_fit: Cosine of the source word with the counterpart, in context.
        accepted_fit: The same with the best-fitting accepted word in the counterpart's place.
    """

    source: ConceptMatch
    target: ConceptMatch
    accepted: tuple[str, ...]
    actual_fit: float
    accepted_fit: float


def find_contradictions(
    alignment: Alignment,
    source_concepts: Sequence[ConceptMatch],
    target_concepts: Sequence[ConceptMatch],
    source_encoded: Sequence[EncodedText],
    encoder: Encoder,
) -> tuple[Contradiction, ...]:
    """All contradictions of an article, weighed by substitution.

    Args:
        alignment: The aligned article.
        source_concepts: Words of the table in the source.
        target_concepts: Words of the table in the translation.
        source_encoded: States of each source sentence.
        encoder: Reads the sentences with the accepted words put in.
    """
    candidates: list[tuple[ConceptMatch, ConceptMatch]] = []
    for block in alignment.blocks:
        if not block.source_tokens or not block.target_tokens:
            continue
        sources = _inside(source_concepts, alignment.source.cover(block.source_tokens))
        targets = _inside(target_concepts, alignment.target.cover(block.target_tokens))
        candidates.extend(_linked(alignment, block, sources, targets))
    return tuple(_weigh(alignment, candidates, source_encoded, encoder))


def _inside(matches: Sequence[ConceptMatch], span: Span) -> list[ConceptMatch]:
    return [match for match in matches if span.contains(match.span)]


def _linked(
    alignment: Alignment,
    block: Block,
    sources: Sequence[ConceptMatch],
    targets: Sequence[ConceptMatch],
) -> Iterator[tuple[ConceptMatch, ConceptMatch]]:
    """Pairs of words that are linked, both listed, and never listed together."""
    unexplained = [t for t in targets if not any(s.explains(t) for s in sources)]
    for source in sources:
        agreeing = [t for t in targets if t.concepts & source.concepts]
        rivals = [s for s in sources if s.concepts & source.concepts]
        # As many good renderings as mentions: whatever else is linked is a slip of alignment.
        if len(agreeing) >= len(rivals):
            continue
        if any(_strength(alignment, block, source.span, t.span) >= _WEAK_LINK for t in agreeing):
            continue
        linked = [
            (_strength(alignment, block, source.span, t.span), t)
            for t in unexplained
            if source.excludes(t)
        ]
        best = max(linked, key=lambda item: item[0], default=None)
        if (
            best is not None
            and best[0] >= _LEAST_LINK
            and not _is_short(alignment, source, best[1])
        ):
            yield source, best[1]


def _is_short(alignment: Alignment, source: ConceptMatch, target: ConceptMatch) -> bool:
    """Whether a counterpart is a shorter or longer form of an accepted word: *the ministry*."""
    lang = alignment.target.lang
    found = RenderingKey.of(alignment.target, target.span)
    return any(
        found.abbreviates(accepted) or accepted.abbreviates(found)
        for accepted in (RenderingKey.of_text(word, lang) for word in accepted_words(source, lang))
    )


def _strength(alignment: Alignment, block: Block, source: Span, target: Span) -> float:
    """Link probability of two spans, 0 unless the target gets most of its mass from the source."""
    rows = [k - block.source_tokens.start for k in alignment.source.tokens_in(source)]
    columns = [k - block.target_tokens.start for k in alignment.target.tokens_in(target)]
    grid = np.ix_(rows, columns)
    # An article of the source ("the") takes half the mass where the target has none.
    content = [
        k - block.source_tokens.start
        for k in block.source_tokens
        if is_content(alignment.source.tokens[k].text, alignment.source.lang)
    ]
    whole = np.maximum(block.mass[np.ix_(content, columns)].sum(axis=0), 1e-6)
    if float((block.mass[grid].sum(axis=0) / whole).mean()) < _LEAST_MASS:
        return 0.0
    return float(block.links[grid].max(axis=0).mean())


def _weigh(
    alignment: Alignment,
    candidates: Sequence[tuple[ConceptMatch, ConceptMatch]],
    source_encoded: Sequence[EncodedText],
    encoder: Encoder,
) -> Iterator[Contradiction]:
    target = alignment.target
    jobs: list[tuple[str, int, int]] = []
    accepted = [accepted_words(source, target.lang)[:_MOST_ACCEPTED] for source, _ in candidates]
    for (_, match), words in zip(candidates, accepted, strict=True):
        sentence = target.sentences[target.sentence_at(match.span.start)].span
        start, end = match.span.start - sentence.start, match.span.end - sentence.start
        for word in (match.span.text, *words):
            cased = word[:1].upper() + word[1:] if match.span.text[:1].isupper() else word
            text = sentence.text[:start] + cased + sentence.text[end:]
            jobs.append((text, start, start + len(cased)))
    encoded = iter(zip(encoder.encode([text for text, _, _ in jobs]), jobs, strict=True))
    for (source, match), words in zip(candidates, accepted, strict=True):
        number = alignment.source.sentence_at(source.span.start)
        offset = alignment.source.sentences[number].span.start
        left = _meaning(
            source_encoded[number], source.span.start - offset, source.span.end - offset
        )
        fits = []
        for _ in range(len(words) + 1):
            states, (_, start, end) = next(encoded)
            fits.append(round(float(left @ _meaning(states, start, end)), 4))
        yield Contradiction(
            source=source,
            target=match,
            accepted=tuple(words),
            actual_fit=fits[0],
            accepted_fit=max(fits[1:], default=-1.0),
        )


def accepted_words(source: ConceptMatch, lang: str) -> tuple[str, ...]:
    """Words of a language that the table accepts for a source word, the usual ones first."""
    table = load_concepts() | load_concepts(CLAIMS)
    words = [table[c].terms.get(primary(lang), ()) for c in sorted(source.concepts)]
    # The usual words of every concept come before the rarer words of the first.
    longest = max(map(len, words), default=0)
    mixed = [terms[k] for k in range(longest) for terms in words if k < len(terms)]
    return tuple(dict.fromkeys(mixed))


def _meaning(encoded: EncodedText, start: int, end: int) -> Floats:
    """Unit vector of a stretch of a text: its upper states, less what the whole text shares."""
    inside = (encoded.offsets[:, 0] < end) & (encoded.offsets[:, 1] > start)
    if not inside.any():
        return np.zeros(encoded.states.shape[-1] * 2, dtype=np.float32)
    parts = []
    for states in encoded.states[-2:]:
        part = states[inside].mean(axis=0) - states.mean(axis=0)
        parts.append(part / max(float(np.linalg.norm(part)), 1e-9))
    return np.asarray(np.concatenate(parts) / np.sqrt(2.0), dtype=np.float32)
