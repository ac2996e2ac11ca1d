"""Checks of terms (TRM)."""

from __future__ import annotations

from typing import ClassVar

from babel import Locale

from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.checks.consistency import inconsistency
from mtcheck.concepts import concept_index
from mtcheck.contradictions import Contradiction
from mtcheck.issues import Issue, Severity
from mtcheck.ledger import Rendering
from mtcheck.terminology import TermUse

_LEAST_EXPECTED = 2


class TermMistranslated:
    """A domain term or official title is rendered by a word that means something else.

    What it finds:
        A source word of the concept table whose counterpart is a word for a concept that
        excludes it, and that no other source word of the passage explains. An official title
        rendered by a title that its country does not use, where the article leaves no doubt
        which country is meant.

    Why it matters:
        A trial is not a court, a suspect is not a convict, a loan is not a grant. Pakistan has
        an Interior Ministry, India a Ministry of Home Affairs.

    Example:
        *Pengadilan lain memerintahkan…* → *Another trial has ordered…*

    Does not find:
        Words outside the concept table, renderings that are listed nowhere, and pairs that a
        translator may choose for each other (*press*, *reporters*). Titles of countries that the
        shipped termbase does not have, and forms that it does not name as wrong.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="TRM203",
        name="term-mistranslated",
        category="Accuracy/Mistranslation",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = [self._issue(analysis, found) for found in analysis.contradictions]
        taken = [issue.source for issue in issues if issue.source is not None]
        titles = [
            self._title_issue(use)
            for use in analysis.title_uses
            if use.target is not None and not any(use.source.overlaps(span) for span in taken)
        ]
        return [*issues, *titles]

    def _title_issue(self, use: TermUse) -> Issue:
        country = Locale("en").territories[use.entry.jurisdiction]
        found = use.target.text if use.target is not None else ""
        return self.rule.issue(
            f"“{found}” is not what this institution or office of {country} is called; "
            f"expected “{use.expected}”.",
            source=use.source,
            target=use.target,
            suggestions=[term.text for term in use.accepted[:3]],
            evidence={
                "title": use.entry.to_dict(),
                "accepted": [term.text for term in use.accepted],
                "rejected": use.found.text if use.found is not None else found,
                "country": use.entry.jurisdiction,
            },
        )

    def _issue(self, analysis: PairAnalysis, found: Contradiction) -> Issue:
        index = concept_index(analysis.target.lang)
        elsewhere = [
            rendering.text
            for entry in analysis.ledger
            if found.source.span in entry.mentions
            for rendering in entry.renderings
            if index.concepts_of(rendering.text) & found.source.concepts
        ]
        suggestions = list(dict.fromkeys([*elsewhere, *found.accepted]))
        return self.rule.issue(
            f"“{found.source.span.text}” does not mean “{found.target.span.text}”; "
            f"expected “{suggestions[0]}”.",
            source=found.source.span,
            target=found.target.span,
            suggestions=suggestions[:3],
            evidence={
                "source_concepts": sorted(found.source.concepts),
                "target_concepts": sorted(found.target.concepts),
                "rendered_elsewhere_in_article": elsewhere,
                "accepted": list(found.accepted),
                "fit_of_what_stands_there": found.actual_fit,
                "fit_of_best_accepted": found.accepted_fit,
            },
        )


class TermInconsistent:
    """A recurring term is rendered by a different word in a minority of places.

    What it finds:
        A term that the source repeats, rendered one way in most places and otherwise in one
        or a few, where neither rendering is a shorter form of the other.

    Why it matters:
        Readers look for a difference where there is none; house style asks for one term.

    Example:
        *gencatan senjata* is *ceasefire* three times and *weapons break* once.

    Does not find:
        Variation between accepted words of one concept (*ruling*, *verdict*), and terms that
        stand in the source once or twice.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="TRM204",
        name="term-inconsistent",
        category="Terminology/Inconsistent use of terminology",
        severity=Severity.MINOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = []
        for entry in analysis.ledger:
            if entry.reason == "termbase":
                continue  # judged place by place, by the termbase
            if entry.label != "TERM" or len(entry.mentions) < 3:
                continue
            expected = entry.renderings[0] if entry.renderings else None
            if expected is None or expected.count < _LEAST_EXPECTED:
                continue
            rivals = [r for r in entry.competing if self._objects(analysis, expected, r)]
            # Three wordings of one expression are a free translation, not a slip.
            if len(rivals) == 1:
                issues.append(inconsistency(self.rule, entry, rivals))
        return issues

    def _objects(self, analysis: PairAnalysis, expected: Rendering, rival: Rendering) -> bool:
        if rival.count * 2 > expected.count:
            return False
        index = concept_index(analysis.target.lang)
        return not index.concepts_of(expected.text) & index.concepts_of(rival.text)
