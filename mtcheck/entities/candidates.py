"""Which stretches of the two sides may be names of each other.

Every name of the source is set against its counterpart by the links and against every name of the
aligned sentences, and every name of the translation against its counterpart in the source: a
name that one recognizer missed is still found from the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Mention, Side, Span
from mtcheck.projection import counterpart_runs
from mtcheck.renderings import trim
from mtcheck.text.words import is_content

GUESSED = "links"
"""Recognizer of a stretch that only the links propose."""


@dataclass(frozen=True, slots=True)
class BlockNames:
    """The names of two aligned blocks and the pairs worth judging.

    Attributes:
        block: The aligned sentences.
        source: Names of its source, then stretches that names of the translation point to.
        target: The same of the translation.
        n_source: How many of ``source`` are names.
        n_target: How many of ``target`` are names.
        pairs: Indices (source, target) worth judging.
    """

    block: Block
    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    n_source: int
    n_target: int
    pairs: tuple[tuple[int, int], ...]


def candidates(
    alignment: Alignment, source_names: Sequence[Mention], target_names: Sequence[Mention]
) -> Iterator[BlockNames]:
    """Names and pairs of each pair of blocks with names on either side."""
    for block in alignment.blocks:
        if not block.source_tokens or not block.target_tokens:
            continue
        left = _within(alignment.source, source_names, block.source_tokens)
        right = _within(alignment.target, target_names, block.target_tokens)
        if not left and not right:
            continue
        source, target = list(left), list(right)
        pairs = [(i, j) for i in range(len(left)) for j in range(len(right))]
        for i, name in enumerate(left):
            found = counterpart(alignment, block, name.span)
            if found is not None:
                pairs.append((i, _place(target, found)))
        for j, name in enumerate(right):
            found = counterpart(alignment, block, name.span, reverse=True)
            if found is not None:
                pairs.append((_place(source, found), j))
        yield BlockNames(
            block=block,
            source=tuple(source),
            target=tuple(target),
            n_source=len(left),
            n_target=len(right),
            pairs=tuple(dict.fromkeys(pairs)),
        )


def _within(side: Side, names: Iterable[Mention], tokens: range) -> list[Mention]:
    here = side.cover(tokens)
    return [
        name
        for name in names
        if here.contains(name.span)
        and any(is_content(side.tokens[k].text, side.lang) for k in side.tokens_in(name.span))
    ]


def _place(known: list[Mention], span: Span) -> int:
    """Index of a span among mentions, added where it is new."""
    for k, mention in enumerate(known):
        if mention.span == span:
            return k
    known.append(Mention(span, "MISC", 0.0, GUESSED))
    return len(known) - 1


def counterpart(
    alignment: Alignment, block: Block, span: Span, *, reverse: bool = False
) -> Span | None:
    """The stretch of the other side that the links give for a span, without its weak ends.

    Args:
        alignment: The aligned article.
        block: Where the span stands.
        span: A stretch of the source, or of the translation in ``reverse``.
        reverse: From the translation back to the source.
    """
    here, there = alignment.source, alignment.target
    rows, columns, links = block.source_tokens, block.target_tokens, block.links
    if reverse:
        here, there, rows, columns, links = (
            there,
            here,
            columns,
            rows,
            np.ascontiguousarray(links.T),
        )
    inside = [k - rows.start for k in here.tokens_in(span) if k in rows]
    runs, _ = counterpart_runs(
        links,
        inside,
        [here.tokens[k].text for k in rows],
        [there.tokens[k].text for k in columns],
    )
    if not runs:
        return None
    best = max(runs, key=lambda run: run.gain)
    return trim(there, there.cover(columns[best.start : best.end]))
