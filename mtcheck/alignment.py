"""Which sentences and words of two texts stand for each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mtcheck.document import Side, Span

if TYPE_CHECKING:
    import pandas as pd

    from mtcheck.reporters.heat_map import HeatMap

Grid = npt.NDArray[np.float32]

LINK_THRESHOLD = 0.25
"""Two-way link probability from which a pair of words counts as a link.

Source: first 160 rows of each pair of the hand-made alignments, best mean F1 of six pairs
(docs/alignment.md).
"""

_NULL = 0.45  # share of a target word's mass that must come from a span to belong to it
_REST = 0.3  # a source word linked weaker than this is not yet rendered


class Link(NamedTuple):
    """Source token ``i`` and target token ``j`` stand for each other.

    ``score`` is the two-way link probability in [0, 1].
    """

    i: int
    j: int
    score: float


@dataclass(frozen=True, slots=True)
class Projection:
    """The counterpart of a source span.

    Attributes:
        spans: Where it stands in the target, in order; empty = no counterpart.
        score: Link mass inside the spans, in [0, 1]; 0 without a counterpart.
        runner_up: The next best place, or ``None``.
        runner_up_score: Its link mass.
    """

    spans: tuple[Span, ...]
    score: float
    runner_up: Span | None = None
    runner_up_score: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Aligned sentences with the grid of their words.

    Attributes:
        source: Indices of the source sentences; empty = added text.
        target: Indices of the target sentences; empty = dropped text.
        score: Similarity on the scale of the document pair: about 1 for a typical pair, 0 for
            a random one or a null.
        source_tokens: Indices of the source tokens, the rows of the grid.
        target_tokens: Indices of the target tokens, its columns.
        links: Two-way link probability. Shape: (n_source, n_target). Range: [0, 1].
        mass: Share of each target word that comes from each source word; columns sum
            to at most 1. Shape: (n_source, n_target).
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    source_tokens: range
    target_tokens: range
    links: Grid = field(repr=False)
    mass: Grid = field(repr=False)


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

        About 0.7 for a translation of any quality, about 0.25 for two unrelated texts.
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

        The best contiguous stretch of target words is taken; a second one is added only for
        source words that the first leaves without a counterpart.

        Args:
            span: A span of the source text.
        """
        rows = list(self.source.tokens_in(span))
        block = self.block_of_source(span.start)
        if not rows or block is None or not block.target:
            return Projection((), 0.0)
        rows = [row - block.source_tokens.start for row in rows if row in block.source_tokens]
        if not rows or not block.target_tokens:
            return Projection((), 0.0)
        gain = block.mass[rows].sum(axis=0) - _NULL
        strength = block.links[rows].max(axis=0)
        first = _best_run(gain, strength)
        if first is None:
            return Projection((), 0.0)
        chosen = [first]
        masked = gain.copy()
        masked[first[0] : first[1]] = -1.0
        second = _best_run(masked, strength)
        spans_score = self._share(block, rows, [first])
        runner_up, runner_score = None, 0.0
        if second is not None:
            covered = block.links[rows, first[0] : first[1]].max(axis=1)
            fresh = block.links[rows, second[0] : second[1]].max(axis=1)
            if ((covered < _REST) & (fresh >= 0.5)).any():
                chosen.append(second)
                spans_score = self._share(block, rows, chosen)
            else:
                runner_up = self._target_span(block, second)
                runner_score = self._share(block, rows, [second])
        spans = tuple(sorted(self._target_span(block, run) for run in chosen))
        return Projection(spans, spans_score, runner_up, runner_score)

    def _share(self, block: Block, rows: Sequence[int], runs: Sequence[tuple[int, int]]) -> float:
        """Mean over the source words of their best link inside some runs."""
        columns = [column for start, end in runs for column in range(start, end)]
        best = block.links[np.ix_(rows, columns)].max(axis=1)
        return round(float(best.mean()), 4)

    def _target_span(self, block: Block, run: tuple[int, int]) -> Span:
        return self.target.cover(block.target_tokens[run[0] : run[1]])

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
        try:
            import pandas as pd
        except ImportError as error:
            from mtcheck.errors import MissingExtraError

            raise MissingExtraError("pandas", "notebook") from error
        columns = [
            "i", "j", "score", "source", "target", "source_start", "source_end", "target_start",
            "target_end",
        ]  # fmt: skip
        rows = []
        for link in self.links:
            source, target = self.source_tokens[link.i], self.target_tokens[link.j]
            rows.append([*link, source.text, target.text, *source[:2], *target[:2]])
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        return (
            f"<Alignment {self.source.lang} to {self.target.lang}: {len(self.blocks)} blocks, "
            f"{len(self.links)} links>"
        )

    def _repr_html_(self) -> str:
        from mtcheck.reporters.alignment_html import render_fragment

        return render_fragment(self)


def _best_run(gain: Grid, strength: Grid) -> tuple[int, int] | None:
    """The contiguous run of columns with the greatest total gain that holds one real link."""
    best: tuple[float, int, int] | None = None
    for start, end in _positive_runs(gain):
        if strength[start:end].max() >= LINK_THRESHOLD:
            total = float(gain[start:end].sum())
            if best is None or total > best[0] + 1e-9:
                best = (total, start, end)
    return None if best is None else best[1:]


def _positive_runs(gain: Grid) -> Iterator[tuple[int, int]]:
    """Maximal-scoring runs: the disjoint stretches that no extension improves.

    Source: Ruzzo and Tompa 1999, all maximal scoring subsequences.
    """
    runs: list[tuple[int, int, float, float]] = []  # start, end, sum before, sum after
    total = 0.0
    for k, value in enumerate(gain.tolist()):
        before, total = total, total + value
        if value <= 0:
            continue
        run = (k, k + 1, before, total)
        while True:
            previous = next((n for n in range(len(runs) - 1, -1, -1) if runs[n][2] < run[2]), None)
            if previous is None or runs[previous][3] >= run[3]:
                runs.append(run)
                break
            run = (runs[previous][0], run[1], runs[previous][2], run[3])
            del runs[previous:]
    for start, end, _, _ in runs:
        yield start, end


def _cover(numbers: set[int]) -> range:
    return range(min(numbers), max(numbers) + 1) if numbers else range(0)
