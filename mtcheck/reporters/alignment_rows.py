"""What every view of an alignment shows: its rows of sentences, and what there is to count."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mtcheck.alignment import Alignment, Block, Link
from mtcheck.document import Side, Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """Sentences that stand for each other, or a sentence alone.

    Attributes:
        alignment: Where the block is from.
        block: The sentences and their grid.
        source_number: Numbers of the source sentences from 1, such as ``3`` or ``3–4``; empty
            for added text.
        target_number: The same on the other side; empty for dropped text.
        moved: The translation has these sentences at another place of the order.
        note: What is to be said of it in words; usually nothing.
        links: Links between the words of the block, with indices of the whole alignment.
    """

    alignment: Alignment
    block: Block
    source_number: str
    target_number: str
    moved: bool
    note: str
    links: tuple[Link, ...]

    @property
    def dropped(self) -> bool:
        """Nothing in the translation stands for it."""
        return not self.block.target

    @property
    def added(self) -> bool:
        """Nothing in the source stands for it."""
        return not self.block.source

    def sentences(self, side: str) -> list[Span]:
        """Spans of the sentences on ``source`` or ``target``."""
        whole, numbers = self._side(side)
        return [whole.sentences[k].span for k in numbers]

    def tokens(self, side: str) -> list[list[int]]:
        """Token indices of each sentence on a side."""
        whole, numbers = self._side(side)
        entries = [whole.sentences[k] for k in numbers]
        return [list(range(entry.first_token, entry.last_token)) for entry in entries]

    def _side(self, side: str) -> tuple[Side, tuple[int, ...]]:
        if side == "source":
            return self.alignment.source, self.block.source
        return self.alignment.target, self.block.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What there is to count in some rows.

    Attributes:
        pairs: Rows with both sides.
        uneven: Pairs that are not one sentence for one.
        moved: Pairs out of order.
        dropped: Source sentences without a counterpart.
        added: Sentences of the translation without one.
        links: Links between words.
        linked: Source words with a link.
        words: Words and marks of the source.
    """

    pairs: int
    uneven: int
    moved: int
    dropped: int
    added: int
    links: int
    linked: int
    words: int

    @property
    def phrases(self) -> list[str]:
        """The same in words."""
        found = [_counted(self.pairs, "pair of sentences", "pairs of sentences")]
        if self.uneven:
            found.append(f"{self.uneven:,} merged or split")
        if self.moved:
            found.append(f"{self.moved:,} moved")
        found.append(_counted(self.dropped, "sentence dropped", "sentences dropped"))
        found.append(_counted(self.added, "sentence added", "sentences added"))
        found.append(_counted(self.links, "link between words", "links between words"))
        if self.words:
            share = 100 * self.linked / self.words
            found.append(f"{share:.0f} % of the source\u2019s words linked")
        return found


def rows_of(alignments: Sequence[Alignment], *, by_line: bool = False) -> list[Row]:
    """Rows of an alignment, in source order.

    Args:
        alignments: One of an article, or those of many pairs of lines.
        by_line: Number the rows by their place in ``alignments``, not by sentence.
    """
    found = []
    for line, alignment in enumerate(alignments, 1):
        blocks = alignment.blocks
        by_block = _links_by_block(alignment)
        moved = set() if by_line else _out_of_order(blocks)
        for number, block in enumerate(blocks):
            found.append(
                Row(
                    alignment=alignment,
                    block=block,
                    source_number=_number(block.source, line if by_line else None),
                    target_number=_number(block.target, line if by_line else None),
                    moved=number in moved,
                    note=_note(block, number in moved, by_line),
                    links=tuple(by_block[number]),
                )
            )
    return found


def tally(rows: Sequence[Row]) -> Tally:
    """Count what there is in some rows."""
    pairs = [row for row in rows if not row.dropped and not row.added]
    return Tally(
        pairs=len(pairs),
        uneven=sum(len(r.block.source) != 1 or len(r.block.target) != 1 for r in pairs),
        moved=sum(row.moved for row in pairs),
        dropped=sum(len(row.block.source) for row in rows if row.dropped),
        added=sum(len(row.block.target) for row in rows if row.added),
        links=sum(len(row.links) for row in rows),
        linked=sum(len({link.i for link in row.links}) for row in rows),
        words=sum(len(tokens) for row in rows for tokens in row.tokens("source")),
    )


def _note(block: Block, moved: bool, by_line: bool) -> str:
    if by_line and not (block.source and block.target):
        return "this line is empty on the other side"
    if not block.target:
        return "dropped: no sentence of the translation stands for it"
    if not block.source:
        return "added: no sentence of the source stands for it"
    return "moved: at another place of the translation" if moved else ""


def _links_by_block(alignment: Alignment) -> dict[int, list[Link]]:
    owner: dict[int, int] = {}
    for number, block in enumerate(alignment.blocks):
        for k in block.source:
            sentence = alignment.source.sentences[k]
            owner.update(dict.fromkeys(range(sentence.first_token, sentence.last_token), number))
    found: dict[int, list[Link]] = defaultdict(list)
    for link in alignment.links:
        found[owner[link.i]].append(link)
    return found


def _number(sentences: Sequence[int], line: int | None) -> str:
    if not sentences:
        return ""
    if line is not None:
        return str(line)
    return ", ".join(
        str(first + 1) if first == last else f"{first + 1}\u2013{last + 1}"
        for first, last in _runs(sorted(sentences))
    )


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _out_of_order(blocks: Sequence[Block]) -> set[int]:
    """Pairs outside the longest run of pairs whose order is the same on both sides."""
    pairs = [(k, b.target[0]) for k, b in enumerate(blocks) if b.source and b.target]
    tails: list[int] = []  # smallest last target of an ordered run of each length
    at: list[int] = []  # which pair that is
    before: list[int] = []
    for n, (_, target) in enumerate(pairs):
        length = bisect_left(tails, target)
        before.append(at[length - 1] if length else -1)
        tails[length : length + 1] = [target]
        at[length : length + 1] = [n]
    kept = set()
    n = at[-1] if at else -1
    while n >= 0:
        kept.add(pairs[n][0])
        n = before[n]
    return {k for k, _ in pairs} - kept


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
