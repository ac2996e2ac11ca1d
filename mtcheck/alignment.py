"""Which sentences and words of two texts stand for each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mtcheck.document import Side, Span
from mtcheck.extras import load_pandas
from mtcheck.projection import Projection, Run, counterpart_runs

if TYPE_CHECKING:
    import pandas as pd

    from mtcheck.reporters.heat_map import HeatMap

Grid = npt.NDArray[np.float32]

LINK_THRESHOLD = 0.45
"""Two-way link probability from which a pair of words counts as a link.

Source: first 160 rows of each pair of the hand-made alignments, best mean F1 of six pairs
(docs/alignment.md).
"""


class Link(NamedTuple):
    """Source token ``i`` and target token ``j`` stand for each other.

    ``score`` is the two-way link probability in [0, 1].
    """

    i: int
    j: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Aligned sentences with the grid of their words.

    Attributes:
        source: Indices of the source sentences; empty = added text.
        target: Indices of the target sentences; empty = dropped text.
        score: In [0, 1]: of a pair, how much the two explain of each other, 1 for a typical pair
            of the document; of a null, how sure it is that there is no counterpart.
        source_tokens: Indices of the source tokens, the rows of the grid.
        target_tokens: Indices of the target tokens, its columns.
        links: Two-way link probability. Shape: (n_source, n_target). Range: [0, 1].
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    source_tokens: range
    target_tokens: range
    links: Grid = field(repr=False)

    @property
    def mass(self) -> Grid:
        """Share of each target word that comes from each source word.

        Columns sum to at most 1, and to less where nothing in the source is linked.
        Shape: (n_source, n_target).
        """
        return np.asarray(self.links / np.maximum(self.links.sum(axis=0), 0.5))


@dataclass(frozen=True, eq=False)
class Alignment:
    """Sentence and word alignment of two texts.

    Attributes:
        source: The source side.
        target: The target side.
        blocks: Aligned sentences in source order, nulls included.
    """

    source: Side
    target: Side
    blocks: tuple[Block, ...]

    @property
    def source_tokens(self) -> tuple[Span, ...]:
        """Tokens of the source."""
        return self.source.tokens

    @property
    def target_tokens(self) -> tuple[Span, ...]:
        """Tokens of the target."""
        return self.target.tokens

    @property
    def sentences(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """Pairs of tuples of sentence indices; an empty tuple is a null."""
        return tuple((block.source, block.target) for block in self.blocks)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links, sorted by (i, j)."""
        found = []
        for block in self.blocks:
            rows, columns = np.nonzero(block.links >= LINK_THRESHOLD)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
                score = round(float(block.links[row, column]), 4)
                found.append(Link(block.source_tokens[row], block.target_tokens[column], score))
        return tuple(sorted(found))

    @cached_property
    def linked_share(self) -> float:
        """Share of the source tokens with a link of 0.5 or more, in [0, 1].

        About 0.93 for a translation, about 0.65 for two unrelated texts.
        """
        linked = sum(
            int((block.links.max(axis=1) >= 0.5).sum()) for block in self.blocks if block.links.size
        )
        return linked / max(1, len(self.source_tokens))

    @cached_property
    def _block_of_source(self) -> dict[int, Block]:
        return {sentence: block for block in self.blocks for sentence in block.source}

    @cached_property
    def _block_of_target(self) -> dict[int, Block]:
        return {sentence: block for block in self.blocks for sentence in block.target}

    def block_of_source(self, offset: int) -> Block | None:
        """The block that holds a source offset."""
        return self._block_of_source.get(self.source.sentence_at(offset))

    def block_of_target(self, offset: int) -> Block | None:
        """The block that holds a target offset."""
        return self._block_of_target.get(self.target.sentence_at(offset))

    @cached_property
    def paragraphs(self) -> tuple[tuple[range, range], ...]:
        """Smallest groups of paragraphs that stand for each other, in source order.

        A dropped or added paragraph has an empty partner.
        """
        pairs = []
        for block in self.blocks:
            rows = {self.source.sentences[k].paragraph for k in block.source}
            columns = {self.target.sentences[k].paragraph for k in block.target}
            pairs.append((rows, columns))
        groups: list[tuple[set[int], set[int]]] = []
        for rows, columns in pairs:
            touching = [g for g in groups if g[0] & rows or g[1] & columns]
            merged = (
                rows.union(*(g[0] for g in touching)),
                columns.union(*(g[1] for g in touching)),
            )
            groups = [g for g in groups if g not in touching] + [merged]
        # A moved sentence ties distant paragraphs together; ranges cover what lies between.
        found = [(_cover(rows), _cover(columns)) for rows, columns in groups]
        return tuple(sorted(found, key=lambda g: (g[0].start, g[1].start)))

    def to_pharaoh(self) -> str:
        """Links in Pharaoh format: ``0-0 1-2``, source first, counted from 0."""
        return " ".join(f"{link.i}-{link.j}" for link in self.links)

    def project(self, span: Span) -> Projection:
        """The counterpart of a source span.

        Args:
            span: A span of the source text.
        """
        block = self.block_of_source(span.start)
        if block is None or not block.target_tokens:
            return Projection((), 0.0)
        first = block.source_tokens.start
        rows = [k - first for k in self.source.tokens_in(span) if k in block.source_tokens]
        if not rows:
            return Projection((), 0.0)
        runs, second = counterpart_runs(
            block.links,
            rows,
            [self.source_tokens[k].text for k in block.source_tokens],
            [self.target_tokens[k].text for k in block.target_tokens],
        )
        return Projection(
            spans=tuple(self._target_span(block, run) for run in runs),
            score=_mean_link(block, rows, runs),
            runner_up=self._target_span(block, second) if second else None,
            runner_up_score=_mean_link(block, rows, [second] if second else []),
        )

    def _target_span(self, block: Block, run: Run) -> Span:
        return self.target.cover(block.target_tokens[run.start : run.end])

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form: sentences, tokens of both sides and links."""
        return {
            "source_lang": self.source.lang,
            "target_lang": self.target.lang,
            "sentences": [
                {
                    "source": list(b.source),
                    "target": list(b.target),
                    "similarity": round(b.score, 3),
                }
                for b in self.blocks
            ],
            "source_tokens": [token.to_dict() for token in self.source_tokens],
            "target_tokens": [token.to_dict() for token in self.target_tokens],
            "links": [[link.i, link.j, round(link.score, 3)] for link in self.links],
        }

    def to_json(self, *, indent: int | None = 2) -> str:
        """:meth:`to_dict` as JSON text, ending in a line break."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent) + "\n"

    def to_text(self, *, color: bool = False, width: int = 100) -> str:
        """Pairs of sentences for a terminal, those without a counterpart said plainly."""
        from mtcheck.reporters.alignment_text import render_text

        return render_text([self], color=color, width=width)

    def to_html(self) -> str:
        """One self-contained page; everything from the texts is escaped.

        Both texts side by side, words that light up with their counterparts, and the grid of
        each pair of sentences.
        """
        from mtcheck.reporters.alignment_html import render_page

        return render_page([self])

    def heat_map(self, sentence: int, *, side: str = "source") -> HeatMap:
        """A picture of the grid of links of one sentence; a notebook shows it by itself.

        Args:
            sentence: Index of the sentence, as in :attr:`sentences`.
            side: Whose sentence it is, ``source`` or ``target``.

        Returns:
            An SVG image in ``.svg``; where there is no grid, or one of more words than can be
            read, it says so.

        Raises:
            InputError: There is no such sentence.
        """
        from mtcheck.reporters.heat_map import heat_map

        return heat_map(self, sentence, side=side)

    def to_frame(self) -> pd.DataFrame:
        """One row for each link: both words, their places, and the score (needs pandas).

        Raises:
            MissingExtraError: pandas is not installed.
        """
        columns = [
            "i", "j", "score", "source", "target", "source_start", "source_end", "target_start",
            "target_end",
        ]  # fmt: skip
        rows = []
        for link in self.links:
            source, target = self.source_tokens[link.i], self.target_tokens[link.j]
            rows.append([*link, source.text, target.text, *source[:2], *target[:2]])
        return load_pandas().DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        return (
            f"<Alignment {self.source.lang} to {self.target.lang}: {len(self.blocks)} blocks, "
            f"{len(self.links)} links>"
        )

    def _repr_html_(self) -> str:
        from mtcheck.reporters.alignment_html import render_fragment

        return render_fragment(self)


def _mean_link(block: Block, rows: Sequence[int], runs: Sequence[Run]) -> float:
    """Mean over some source words of their best link inside some runs; 0 without a run."""
    columns = [column for run in runs for column in range(run.start, run.end)]
    if not columns:
        return 0.0
    return round(float(block.links[np.ix_(rows, columns)].max(axis=1).mean()), 4)


def _cover(numbers: set[int]) -> range:
    return range(min(numbers), max(numbers) + 1) if numbers else range(0)
