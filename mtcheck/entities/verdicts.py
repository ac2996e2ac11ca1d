"""Which names of an article are rendered wrongly, left out or made up.

A name is suspect when nothing that stands for it renders it, and what stands there renders
nothing else of the source either: two errors of the alignment would have to meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from mtcheck.alignment import Block
from mtcheck.document import Mention
from mtcheck.encoders.base import Floats
from mtcheck.entities.candidates import BlockNames, candidates
from mtcheck.entities.evidence import FEATURES, Evidence, content_tokens
from mtcheck.entities.judge import NameJudge
from mtcheck.names.gazetteer import lookup
from mtcheck.text.words import is_content

_INTO = FEATURES.index("source_linked")
_COVERED = FEATURES.index("target_linked")


class Fate(Enum):
    """What became of a name."""

    MISTRANSLATED = "mistranslated"
    OMITTED = "omitted"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """A name with something wrong.

    Attributes:
        fate: What.
        source: The name in the source; ``None`` where it was added.
        target: What stands for it; ``None`` where it was left out.
        doubt: How sure it is that nothing renders the name, and that what stands there renders
            nothing. Range: [0, 1].
        likeness: Whether the two strings name the same thing. Range: [0, 1].
        reason: What the comparison of the strings says, in words for an editor.
    """

    fate: Fate
    source: Mention | None
    target: Mention | None
    doubt: float
    likeness: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The names of two aligned blocks with what the judge says about each pair.

    Attributes:
        names: Names and pairs.
        rows: Evidence of the pairs. Shape: (n_pairs, len(FEATURES)).
        probabilities: That the one renders the other. Shape: (n_pairs,).
        source_best: The best of them for each name of the source.
        target_best: The best of them for each name of the translation.
    """

    names: BlockNames
    rows: Floats
    probabilities: Floats
    source_best: Floats
    target_best: Floats


def judge_names(
    evidence: Evidence,
    source_names: Sequence[Mention],
    target_names: Sequence[Mention],
    judge: NameJudge,
) -> tuple[Judged, ...]:
    """Every name of an article set against what may stand for it.

    Args:
        evidence: Evidence about the article.
        source_names: Names of the source.
        target_names: Names of the translation.
        judge: Says how likely a pair is right.
    """
    groups = list(candidates(evidence.alignment, source_names, target_names))
    rows = [
        evidence.row(group.block, group.source[i], group.target[j])
        for group in groups
        for i, j in group.pairs
    ]
    table = np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES))
    everything = judge.probabilities(table)
    found, at = [], 0
    for group in groups:
        part = slice(at, at + len(group.pairs))
        at += len(group.pairs)
        clash = [_are_others(evidence, group.source[i], group.target[j]) for i, j in group.pairs]
        probabilities = np.where(clash, np.minimum(everything[part], _KNOWN), everything[part])
        source_best = np.zeros(len(group.source), dtype=np.float32)
        target_best = np.zeros(len(group.target), dtype=np.float32)
        for (i, j), probability in zip(group.pairs, probabilities, strict=True):
            source_best[i] = max(source_best[i], probability)
            target_best[j] = max(target_best[j], probability)
        found.append(Judged(group, table[part], probabilities, source_best, target_best))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From which doubt on a name is reported.

    Attributes:
        wrong: For another name in its place.
        omitted: For a name without anything in its place.
        added: For a name that the source has nothing for.
    """

    wrong: float = 0.95
    omitted: float = 0.98
    added: float = 0.98


_DEFAULT_LIMITS = Limits()
_KNOWN = 0.01  # probability that one country renders another
_LINKED = 0.15  # from here on two suspect names stand for each other
_TYPES = frozenset({"PER", "ORG", "LOC"})
_SURE_NAME = 0.9
_RENDERED = 0.5  # a name rendered like this is in the article
_DESCRIBED = 0.5  # words linked like this are rendered by something, if not by a name


def _are_others(evidence: Evidence, source: Mention, target: Mention) -> bool:
    """Whether the gazetteer knows both, as two countries or two cities."""
    left = lookup(source.span.text, evidence.alignment.source.lang)
    right = lookup(target.span.text, evidence.alignment.target.lang) if left else ()
    return (
        bool(right)
        and len({entity.kind for entity in (*left, *right)}) == 1
        and not {entity.id for entity in left} & {entity.id for entity in right}
    )


def find_verdicts(
    evidence: Evidence, judged: Sequence[Judged], limits: Limits = _DEFAULT_LIMITS
) -> tuple[NameVerdict, ...]:
    """Names with something wrong, in the order of the article.

    Args:
        evidence: Evidence about the article.
        judged: Its names as judged.
        limits: From which doubt on a name is reported.
    """
    found = [verdict for block in judged for verdict in _of_block(evidence, block, limits)]
    return tuple(verdict for verdict in found if not _stands_elsewhere(evidence, judged, verdict))


def _stands_elsewhere(evidence: Evidence, judged: Sequence[Judged], verdict: NameVerdict) -> bool:
    """Whether a name that is missing here stands somewhere else in the article.

    A name that was given once may be a pronoun the next time, or stand for one.
    """
    if verdict.fate is Fate.OMITTED and verdict.source:
        key = verdict.source.span.text.casefold()
        return any(
            name.span.text.casefold() == key and best >= _RENDERED
            for block in judged
            for name, best in zip(block.names.source, block.source_best, strict=True)
        )
    if verdict.fate is Fate.ADDED and verdict.target:
        return any(
            evidence.likeness(name.span, verdict.target.span).score >= _RENDERED
            for block in judged
            for name in block.names.source[: block.names.n_source]
        )
    return False


def _of_block(evidence: Evidence, block: Judged, limits: Limits) -> Iterator[NameVerdict]:
    names = block.names
    doubtful = 1.0 - min(limits.wrong, limits.omitted, limits.added)
    left = {i for i in range(len(names.source)) if block.source_best[i] <= doubtful}
    right = {j for j in range(names.n_target) if block.target_best[j] <= doubtful}
    for i, j in _partners(block, left, right):
        if i not in left or j not in right:
            continue
        left.discard(i)
        right.discard(j)
        doubt = 1.0 - max(float(block.source_best[i]), float(block.target_best[j]))
        if doubt >= limits.wrong and i < names.n_source:
            source, target = names.source[i], names.target[j]
            match = evidence.likeness(source.span, target.span)
            yield NameVerdict(Fate.MISTRANSLATED, source, target, doubt, match.score, match.reason)
    for i in sorted(left):
        doubt = 1.0 - float(block.source_best[i])
        if (
            i < names.n_source
            and doubt >= limits.omitted
            and _is_sure(names.source[i])
            and not _is_linked(evidence, names.block, names.source[i])
        ):
            yield NameVerdict(Fate.OMITTED, names.source[i], None, doubt)
    for j in sorted(right):
        doubt = 1.0 - float(block.target_best[j])
        if (
            doubt >= limits.added
            and _is_sure(names.target[j])
            and not _is_linked(evidence, names.block, names.target[j], reverse=True)
        ):
            yield NameVerdict(Fate.ADDED, None, names.target[j], doubt)


def _partners(block: Judged, left: set[int], right: set[int]) -> list[tuple[int, int]]:
    """Suspect names that stand for each other: by their links, else by being left over."""
    names = block.names
    ranked = []
    for k, (i, j) in enumerate(names.pairs):
        if i not in left or j not in right:
            continue
        linked = float(block.rows[k, _INTO] + block.rows[k, _COVERED])
        is_name = i < names.n_source
        types = {names.source[i].label, names.target[j].label} - {"MISC"}
        if linked >= _LINKED or (is_name and len(types) < 2):
            ranked.append((linked + 0.1 * is_name, -k, (i, j)))
    return [pair for _, _, pair in sorted(ranked, reverse=True)]


def _is_sure(name: Mention) -> bool:
    """Whether the trained recognizer has no doubt: capitals alone also begin a weekday."""
    return name.label in _TYPES and name.score >= _SURE_NAME


def _is_linked(evidence: Evidence, block: Block, name: Mention, *, reverse: bool = False) -> bool:
    """Whether something describes a name: words that are linked to it and to nothing else more."""
    here, there = evidence.alignment.source, evidence.alignment.target
    own, other, links = block.source_tokens, block.target_tokens, block.links
    if reverse:
        here, there, own, other, links = there, here, other, own, links.T
    rows = content_tokens(here, name.span, own)
    content = [
        k for k, token in enumerate(other) if is_content(there.tokens[token].text, there.lang)
    ]
    if not content:
        return False
    mine = links[np.ix_(rows, content)].max(axis=0)
    rivals = np.delete(links, rows, axis=0)[:, content].max(axis=0, initial=0.0)
    return bool(mine[mine >= rivals].max(initial=0.0) >= _DESCRIBED)
