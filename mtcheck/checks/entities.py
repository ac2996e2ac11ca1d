"""Checks of names (ENT)."""

from __future__ import annotations

from typing import ClassVar

from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.checks.consistency import inconsistency
from mtcheck.document import Side, Span
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Rendering
from mtcheck.renderings import RenderingKey
from mtcheck.text.languages import language

_LEAST_EXPECTED = 2
_LEAST_WORDS = 2
_LEAST_CHARACTERS = 3


class EntityInconsistent:
    """One name is rendered by two full names that contradict each other.

    What it finds:
        An institution, organization or place that the source calls by one name throughout,
        and the translation by two or more full names: neither is a shorter form, an inflection
        or a reordering of the other. One issue for each name, with all places.

    Why it matters:
        A reader takes two names for two institutions.

    Example:
        *Kementerian Dalam Negeri* is *Ministry of Home Affairs* four times and *Interior
        Ministry* once.

    Does not find:
        Short forms after the full name (*the ministry*), acronyms, descriptions in lower case
        (*the central bank*), names of one word, and a name rendered by the same wrong name
        everywhere.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="ENT105",
        name="entity-inconsistent",
        category="Terminology/Inconsistent use of terminology",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = []
        for entry in analysis.ledger:
            if entry.reason == "termbase":
                continue  # judged place by place, by the termbase
            if entry.label == "TERM" or not _is_full(analysis.target, entry.renderings[:1]):
                continue
            expected = RenderingKey.of(analysis.target, entry.renderings[0].places[0])
            supporting = [r for r in entry.renderings if r.status in {"expected", "variant"}]
            if sum(r.count for r in supporting) < _LEAST_EXPECTED:
                continue
            rivals = [
                r
                for r in entry.competing
                if _is_full(analysis.target, [r]) and _is_comparable(analysis.target, r, expected)
            ]
            if rivals:
                issues.append(inconsistency(self.rule, entry, rivals))
        return issues


def _is_full(target: Side, renderings: list[Rendering] | tuple[Rendering, ...]) -> bool:
    """Whether a rendering is a full name: long enough, and capitalized where names are."""
    if not renderings:
        return False
    place = renderings[0].places[0]
    key = RenderingKey.of(target, place)
    if not key.spaced:
        return len(key.words) >= _LEAST_CHARACTERS
    if len(key.words) < _LEAST_WORDS:
        return False
    return not language(target.lang).cased or any(
        token.text[:1].isupper() for token in _tokens(target, place)
    )


def _is_comparable(target: Side, rival: Rendering, expected: RenderingKey) -> bool:
    """Where no capitals tell a name from a description, the two must share a part."""
    if language(target.lang).cased:
        return True
    return RenderingKey.of(target, rival.places[0]).shares(expected)


def _tokens(side: Side, span: Span) -> list[Span]:
    return [side.tokens[k] for k in side.tokens_in(span)]
