"""Build the ledger: group the source mentions, find each counterpart, compare the renderings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mtcheck.alignment import LINK_THRESHOLD, Alignment
from mtcheck.concepts import ConceptMatch
from mtcheck.document import Mention, Side, Span
from mtcheck.ledger import Entry, Ledger, Occurrence, Rendering
from mtcheck.renderings import RenderingKey, trim
from mtcheck.text.lemmas import fold, lemma
from mtcheck.text.words import is_content

CLEAR = 0.5
"""Mean link probability from which a counterpart is taken at its word."""

_OWN = 0.5  # share of a target word's mass that must come from outside to belong elsewhere
_LEAST_OWN = 0.25  # share that every single content word of a rendering must have
_WIDEST_GAP = 3  # target words between two parts of one counterpart

Key = tuple[str, ...]


def build_ledger(
    alignment: Alignment,
    source_mentions: Iterable[Mention],
    source_concepts: Iterable[ConceptMatch],
    target_mentions: Sequence[Mention],
) -> Ledger:
    """One entry for each name, and for each term that stands in the source twice or more.

    Args:
        alignment: The aligned article.
        source_mentions: Names and recurring terms of the source.
        source_concepts: Words of the concept table in the source.
        target_mentions: Names of the translation; a counterpart is widened to the whole name.
    """
    source = alignment.source
    labels: dict[Key, tuple[str, float]] = {}
    for mention in source_mentions:
        key = _key(source, mention.span)
        if key and mention.score > labels.get(key, ("", -1.0))[1]:
            labels[key] = (mention.label, mention.score)
    concepts: dict[Key, str] = {}
    for match in source_concepts:
        key = _key(source, match.span)
        concepts.setdefault(key, min(match.concepts))
        if match.institution:
            labels[key] = ("ORG", 1.0)
        else:
            labels.setdefault(key, ("TERM", 0.5))
    entries = []
    for key, spans in _occurrences(source, labels).items():
        label = labels[key][0]
        if label == "TERM" and len(spans) < 2:
            continue
        found = [_counterpart(alignment, span, target_mentions) for span in spans]
        entries.append(_entry(alignment, label, found, concepts.get(key)))
    return Ledger(tuple(sorted(entries, key=lambda entry: entry.mentions[0])))


def _key(side: Side, span: Span) -> Key:
    return tuple(lemma(side.tokens[k].text, side.lang) for k in side.tokens_in(span))


def _occurrences(side: Side, wanted: Iterable[Key]) -> dict[Key, list[Span]]:
    """Every place where a key stands.

    A key of several words also counts inside a longer one: "High Court" in "High Court of
    Sindh". A single word does not: a bank is not "Bank of England".
    """
    by_first: dict[str, list[Key]] = defaultdict(list)
    for key in wanted:
        by_first[key[0]].append(key)
    places: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for sentence in side.sentences:
        keys = [
            lemma(side.tokens[k].text, side.lang)
            for k in range(sentence.first_token, sentence.last_token)
        ]
        for start, first in enumerate(keys):
            for key in by_first.get(first, ()):
                if tuple(keys[start : start + len(key)]) == key:
                    at = sentence.first_token + start
                    places[key].append((at, at + len(key)))
    taken: set[int] = set()
    result: dict[Key, list[Span]] = {}
    for key in sorted(places, key=lambda k: (-len(k), k)):
        free = [(start, end) for start, end in places[key] if len(key) > 1 or start not in taken]
        taken.update(k for start, end in free for k in range(start, end))
        if free:
            result[key] = [side.cover(range(start, end)) for start, end in free]
    return result


def _counterpart(
    alignment: Alignment, span: Span, target_mentions: Sequence[Mention]
) -> Occurrence:
    projection = alignment.project(span)
    if not projection.spans:
        return Occurrence(span, None, 0.0)
    target = alignment.target
    tokens = [list(target.tokens_in(part)) for part in projection.spans]
    together = tokens[0]
    for part in tokens[1:]:
        if part[0] - together[-1] - 1 <= _WIDEST_GAP:
            together = list(range(together[0], part[-1] + 1))
    whole = _widen(alignment, span, target.cover(together), target_mentions)
    trimmed = trim(target, whole)
    return Occurrence(span, trimmed, projection.score if trimmed else 0.0)


def _widen(
    alignment: Alignment, source: Span, found: Span, target_mentions: Sequence[Mention]
) -> Span:
    """Widen a counterpart inside the target name it is part of, up to words with other sources."""
    mention = next((m.span for m in target_mentions if m.span.contains(found)), None)
    block = alignment.block_of_target(found.start)
    if mention is None or mention == found or block is None:
        return found
    rows = [k - block.source_tokens.start for k in alignment.source.tokens_in(source)]
    outside_mass = np.delete(block.mass, rows, axis=0)
    outside_links = np.delete(block.links, rows, axis=0)

    def is_foreign(token: int) -> bool:
        column = token - block.target_tokens.start
        if token not in block.target_tokens:
            return True
        if not len(outside_mass):
            return False
        return bool(
            outside_mass[:, column].sum() > _OWN
            and outside_links[:, column].max() >= LINK_THRESHOLD
        )

    own = alignment.target.tokens_in(found)
    name = alignment.target.tokens_in(mention)
    first, last = own.start, own.stop
    while first > name.start and not is_foreign(first - 1):
        first -= 1
    while last < name.stop and not is_foreign(last):
        last += 1
    return alignment.target.cover(range(first, last))


@dataclass(slots=True)
class _Group:
    key: RenderingKey
    occurrences: list[Occurrence]

    @property
    def count(self) -> int:
        return len(self.occurrences)

    def mean_score(self) -> float:
        return sum(item.score for item in self.occurrences) / self.count


def _entry(
    alignment: Alignment, label: str, found: Sequence[Occurrence], concept: str | None
) -> Entry:
    groups: list[_Group] = []
    for item in found:
        if item.target is None:
            continue
        key = RenderingKey.of(alignment.target, item.target)
        if not key:
            continue
        group = next((g for g in groups if g.key.same(key)), None)
        if group is None:
            groups.append(_Group(key, [item]))
        else:
            group.occurrences.append(item)
    expected = _expected(groups)
    renderings = []
    for group in sorted(groups, key=lambda g: (g is not expected, -g.count, _first(g))):
        status = "expected"
        if expected is not None and group is not expected:
            status = _status(alignment, group, expected)
        places = sorted(group.occurrences, key=lambda item: item.target or item.source)
        targets = tuple(item.target for item in places if item.target is not None)
        renderings.append(
            Rendering(targets[0].text, status, targets, tuple(item.source for item in places))
        )
    return Entry(
        source_text=found[0].source.text,
        label=label,
        mentions=tuple(item.source for item in found),
        renderings=tuple(renderings),
        expected=renderings[0].text if renderings else None,
        reason="only one"
        if len(groups) < 2
        else "majority"
        if _leads(groups)
        else "first full form",
        concept=concept,
    )


def _first(group: _Group) -> Span:
    return min(item.target for item in group.occurrences if item.target is not None)


def _leads(groups: Sequence[_Group]) -> bool:
    counts = sorted((group.count for group in groups), reverse=True)
    return counts[0] > counts[1]


def _expected(groups: Sequence[_Group]) -> _Group | None:
    """The full form that most mentions support: its own, and the shorter forms of it."""
    full = [group for group in groups if not _is_short_form(group, groups)]
    if not full:
        return None

    def support(group: _Group) -> tuple[float, ...]:
        shorter = sum(
            other.count for other in groups if other is not group and other.key.agrees(group.key)
        )
        clear = group.mean_score() >= CLEAR
        return (
            clear,
            group.count + 0.5 * shorter,
            group.count,
            len(group.key.words),
            -_first(group).start,
        )

    return max(full, key=support)


def _is_short_form(group: _Group, groups: Sequence[_Group]) -> bool:
    """Whether a rendering only abbreviates longer ones that are about as frequent."""
    longer = [
        other
        for other in groups
        if other is not group
        and len(other.key.words) > len(group.key.words)
        and other.key.agrees(group.key)
        and other.mean_score() >= CLEAR
    ]
    return 2 * sum(other.count for other in longer) > group.count


def _status(alignment: Alignment, group: _Group, expected: _Group) -> str:
    if group.key.agrees(expected.key):
        return "variant"
    if all(
        item.target and fold(item.target.text) == fold(item.source.text)
        for item in group.occurrences
    ):
        return "unclear"  # left in the source language, perhaps inside a foreign name
    if group.mean_score() < CLEAR or not _is_own(alignment, group):
        return "unclear"
    if all(_stands_near(alignment, item, expected.key) for item in group.occurrences):
        return "unclear"  # the usual rendering is there: the alignment slipped
    return "competing"


def _is_own(alignment: Alignment, group: _Group) -> bool:
    """Whether the words of a rendering come from the mention and not from its neighbors."""
    for item in group.occurrences:
        block = alignment.block_of_source(item.source.start)
        if block is None or item.target is None:
            return False
        rows = [k - block.source_tokens.start for k in alignment.source.tokens_in(item.source)]
        columns = [
            k - block.target_tokens.start
            for k in alignment.target.tokens_in(item.target)
            if k in block.target_tokens
            and is_content(alignment.target.tokens[k].text, alignment.target.lang)
        ]
        if not columns:
            return False
        shares = block.mass[np.ix_(rows, columns)].sum(axis=0)
        if float(shares.mean()) < _OWN or float(shares.min()) < _LEAST_OWN:
            return False
    return True


def _stands_near(alignment: Alignment, item: Occurrence, key: RenderingKey) -> bool:
    """Whether the expected words all stand in the target sentences of an occurrence."""
    block = alignment.block_of_source(item.source.start)
    if block is None or not block.target_tokens:
        return False
    here = alignment.target.cover(block.target_tokens)
    present = RenderingKey.of(alignment.target, here)
    if not key.spaced:
        return "".join(key.words) in "".join(present.words)
    return not present.lacks(key)
