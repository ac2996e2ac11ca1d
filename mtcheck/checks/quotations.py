"""Checks of quotations (QUO)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from mtcheck.alignment import Alignment
from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.document import Side, Span
from mtcheck.issues import Issue, Severity
from mtcheck.text.quotes import Quotation, find_quotations
from mtcheck.text.words import is_content

_DECIDED = 0.8  # share of a word's mass from which we say on which side of a mark it belongs
_LEAST_WORDS = 2  # content words on the wrong side of a mark
_CERTAIN = 0.95  # share from which a single word is enough
_LINKED = 0.5  # link probability from which a word has a counterpart
_CLEAR = 0.8  # and from which there is no doubt about it
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class _Passage:
    """Paragraphs that stand for each other, with their quotations."""

    source: tuple[Quotation, ...]
    target: tuple[Quotation, ...]
    source_range: Span
    target_range: Span


def _passages(analysis: PairAnalysis) -> Iterator[_Passage]:
    source, target = analysis.source, analysis.target
    left = find_quotations(source.text, source.paragraphs)
    right = find_quotations(target.text, target.paragraphs)
    for rows, columns in analysis.alignment.paragraphs:
        if rows and columns:
            yield _Passage(
                source=tuple(q for k in rows for q in left[k]),
                target=tuple(q for k in columns for q in right[k]),
                source_range=_cover(source, rows),
                target_range=_cover(target, columns),
            )


def _cover(side: Side, paragraphs: range) -> Span:
    return Span.of(
        side.text,
        side.paragraphs[paragraphs[0]].start,
        side.paragraphs[paragraphs[-1]].end,
    )


class QuoteUnbalanced:
    """A quotation mark is missing or one too many, while the source is in order.

    What it finds:
        A mark without its partner in a paragraph whose source counterpart has every mark
        paired. A quotation that runs over paragraphs is in order when each new paragraph
        opens it again.

    Why it matters:
        The reader cannot tell where somebody's words begin or end.

    Example:
        *within a week, "said the lawyer.* with no other mark in the paragraph.

    Does not find:
        Single quotation marks, which cannot be told from apostrophes, and passages whose
        source is itself unbalanced.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="QUO401",
        name="quote-unbalanced",
        category="Linguistic conventions/Punctuation/Unpaired quote marks",
        severity=Severity.MINOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = []
        for passage in _passages(analysis):
            if not all(q.balanced for q in passage.source):
                continue
            for quotation in passage.target:
                if not quotation.balanced or not _does_continue(analysis, passage, quotation):
                    issues.append(self._issue(analysis, passage, quotation))
        return issues

    def _issue(self, analysis: PairAnalysis, passage: _Passage, quotation: Quotation) -> Issue:
        mark = quotation.marks[0]
        text = analysis.target.text
        around = text[max(0, mark.start - _CONTEXT) : mark.end + _CONTEXT].strip()
        here = sum(len(q.marks) for q in passage.target)
        there = sum(len(q.marks) for q in passage.source)
        return self.rule.issue(
            f"The quotation mark in “{_plain(around)}” has no partner: {here} in this passage, "
            f"{there} in the source.",
            source=_partner(analysis.alignment, passage, quotation),
            target=mark,
            evidence={"marks_in_source_passage": there, "marks_in_target_passage": here},
        )


def _does_continue(analysis: PairAnalysis, passage: _Passage, quotation: Quotation) -> bool:
    """Whether what a quotation runs over to the end of the paragraph is quoted in the source."""
    if not quotation.continues:
        return True
    origin = _origin(analysis, passage)
    shares = [origin[k] for k in _tokens_of(analysis.target, quotation, passage) if k in origin]
    return not shares or sum(shares) / len(shares) >= 0.5


def _plain(text: str) -> str:
    return " ".join(text.split())


def _partner(alignment: Alignment, passage: _Passage, quotation: Quotation) -> Span | None:
    """The source mark that corresponds to a target mark: their neighbors are linked best."""
    mark = quotation.marks[0]
    opening = quotation.opening is not None
    candidates = [q.opening if opening else q.closing for q in passage.source]
    marks = [m for m in candidates if m is not None]
    if not marks:
        return None
    column = _neighbor(alignment.target, mark, opening)
    best = None
    for candidate in marks:
        row = _neighbor(alignment.source, candidate, opening)
        strength = _link(alignment, row, column)
        if best is None or strength > best[0]:
            best = (strength, candidate)
    return best[1] if best else None


def _neighbor(side: Side, mark: Span, inside_after: bool) -> int | None:
    """The content token next to a mark on the quoted side."""
    tokens = side.tokens
    inside = side.tokens_in(mark)
    if inside_after:
        candidates: Sequence[int] = range(inside.stop, min(len(tokens), inside.stop + 4))
    else:
        candidates = range(inside.start - 1, max(-1, inside.start - 5), -1)
    return next((k for k in candidates if is_content(tokens[k].text, side.lang)), None)


def _link(alignment: Alignment, i: int | None, j: int | None) -> float:
    if i is None or j is None:
        return 0.0
    block = alignment.block_of_source(alignment.source.tokens[i].start)
    if block is None or i not in block.source_tokens or j not in block.target_tokens:
        return 0.0
    return float(block.links[i - block.source_tokens.start, j - block.target_tokens.start])


class QuoteMisplaced:
    """A quotation begins or ends at another word than in the source.

    What it finds:
        Words next to a quotation mark of the translation that stand inside the quotation
        while their source words stand outside, or the reverse.

    Why it matters:
        Words are put into somebody's mouth, or taken out of it.

    Example:
        *"The measure is temporary," the ministry said.* in the source, and
        *"The measure is temporary, the ministry said."* in the translation.

    Does not find:
        A shift past function words alone, passages with unpaired marks, and quotations that
        the translation added.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="QUO402",
        name="quote-misplaced",
        category="Linguistic conventions/Punctuation",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = []
        for passage in _passages(analysis):
            quotations = [*passage.source, *passage.target]
            if not passage.source or not passage.target:
                continue
            if not all(q.balanced for q in quotations):
                continue
            origin = _origin(analysis, passage)
            for quotation in passage.target:
                if not _is_matched(analysis, passage, origin, quotation):
                    continue
                for mark, opening in ((quotation.opening, True), (quotation.closing, False)):
                    if mark is None:
                        continue
                    words, inside = _wrong_side(analysis, passage, origin, quotation, mark, opening)
                    if words:
                        issues.append(self._issue(analysis, passage, mark, opening, words, inside))
        return issues

    def _issue(
        self,
        analysis: PairAnalysis,
        passage: _Passage,
        mark: Span,
        opening: bool,
        words: list[int],
        inside: bool,
    ) -> Issue:
        stretch = analysis.target.cover(sorted(words))
        kind = "opening" if opening else "closing"
        quotation = Quotation(mark, None) if opening else Quotation(None, mark)
        place = "inside" if inside else "outside"
        right = "outside" if inside else "inside"
        return self.rule.issue(
            f"The {kind} quotation mark is misplaced: “{_plain(stretch.text)}” stands {place} the "
            f"quotation, in the source it is {right}.",
            source=_partner(analysis.alignment, passage, quotation),
            target=mark,
            related=[stretch],
            evidence={"words": stretch.text, "stands": place, "in_source": right},
        )


class _Origin(dict[int, float]):
    """For target tokens with a counterpart, the share of their links that goes to quoted words.

    Attributes:
        sure: Those whose counterpart is beyond doubt: only these speak for a shifted mark, while
            any of them may speak against it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sure: set[int] = set()


def _origin(analysis: PairAnalysis, passage: _Passage) -> _Origin:
    """Where the words of a passage come from: from inside or outside the source's quotations."""
    quoted: set[int] = set()
    for quotation in passage.source:
        start = quotation.opening.end if quotation.opening else passage.source_range.start
        end = quotation.closing.start if quotation.closing else passage.source_range.end
        quoted.update(analysis.source.tokens_in(Span(start, end, "")))
    origin = _Origin()
    for block in analysis.alignment.blocks:
        if not block.source or not block.target:
            continue
        rows = np.array([k in quoted for k in block.source_tokens])
        weight = block.links**2  # many faint links elsewhere are no second origin
        inside = weight[rows].sum(axis=0)
        total = np.maximum(weight.sum(axis=0), 1e-6)
        best = block.links.max(axis=0)
        for column, token in enumerate(block.target_tokens):
            text = analysis.target.tokens[token].text
            if best[column] >= _LINKED and is_content(text, analysis.target.lang):
                origin[token] = float(inside[column] / total[column])
                if best[column] >= _CLEAR:
                    origin.sure.add(token)
    return origin


def _is_matched(
    analysis: PairAnalysis, passage: _Passage, origin: _Origin, quotation: Quotation
) -> bool:
    """Whether a quotation holds words that are quoted in the source: else it was added."""
    tokens = _tokens_of(analysis.target, quotation, passage)
    return any(origin.get(token, 0.0) >= _DECIDED for token in tokens)


def _wrong_side(
    analysis: PairAnalysis,
    passage: _Passage,
    origin: _Origin,
    quotation: Quotation,
    mark: Span,
    opening: bool,
) -> tuple[list[int], bool]:
    """Content words next to a mark that belong to its other side, and whether they are inside."""
    target = analysis.target
    start = quotation.opening.end if quotation.opening else passage.target_range.start
    end = quotation.closing.start if quotation.closing else passage.target_range.end
    within = target.tokens_in(Span(start, end, ""))
    marked = {k for q in passage.target for k in _tokens_of(target, q, passage)}
    everything = target.tokens_in(passage.target_range)
    if opening:
        inner: Sequence[int] = within
        outer: Sequence[int] = range(target.tokens_in(mark).start - 1, everything.start - 1, -1)
    else:
        inner = range(within.stop - 1, within.start - 1, -1)
        outer = range(target.tokens_in(mark).stop, everything.stop)
    leaked = _run(inner, origin, lambda share: 1 - share)
    if leaked:
        return leaked, True
    free = []
    for k in outer:
        if k in marked:
            break
        free.append(k)
    return _run(free, origin, lambda share: share), False


def _tokens_of(side: Side, quotation: Quotation, passage: _Passage) -> range:
    start = quotation.opening.start if quotation.opening else passage.target_range.start
    end = quotation.closing.end if quotation.closing else passage.target_range.end
    return side.tokens_in(Span(start, end, ""))


def _run(tokens: Sequence[int], origin: _Origin, wrong: Callable[[float], float]) -> list[int]:
    """The unbroken stretch of decided words from a mark on that are on its wrong side.

    Args:
        tokens: Tokens from the mark outwards.
        origin: Share of quoted source words, by token; undecided tokens are passed over.
        wrong: From that share to the degree in which a word is on the wrong side, in [0, 1].

    Returns:
        Two words or more, or a single word beyond doubt; else nothing.
    """
    found = []
    for token in tokens:
        share = origin.get(token)
        if share is None:
            continue
        if wrong(share) < _DECIDED:
            break
        if token in origin.sure:
            found.append(token)
    sure = len(found) >= _LEAST_WORDS or any(wrong(origin[k]) >= _CERTAIN for k in found)
    return found if sure else []
