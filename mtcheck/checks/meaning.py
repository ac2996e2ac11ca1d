"""Checks of what is claimed (QUO405, ACC505)."""

from __future__ import annotations

from typing import ClassVar

from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.contradictions import Contradiction
from mtcheck.document import Span
from mtcheck.issues import Issue, Severity
from mtcheck.meaning.cues import usual_negator
from mtcheck.meaning.polarity import LoneNegator, flip_threshold

_NEAR = 40  # characters within which a negator may turn an opposite back


class AttributionChanged:
    """A verb of saying became another kind of saying.

    What it finds:
        A verb of saying whose counterpart claims more, or something else: what was claimed or
        suspected is confirmed, proved or admitted; what was denied is confirmed.

    Why it matters:
        An allegation printed as a fact is libel.

    Example:
        *Perusahaan itu membantah…* → *The company confirmed…*

    Does not find:
        Words that may stand for several kinds of saying (*affirm*, *mengaku*), a neutral *said*
        for most other verbs, and a changed speaker.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="QUO405",
        name="attribution-changed",
        category="Accuracy/Mistranslation",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return [
            _opposed(self.rule, found, "says something else")
            for found in analysis.claims
            if _field(found) == "saying"
        ]


class MeaningFlipped:
    """The translation says the opposite of the source.

    What it finds:
        A negation of one text that nothing in the other answers, where the encoder finds the two
        texts closer without it; and a word rendered by its opposite: rose and fell, before and
        after, won and lost, suspected and convicted.

    Why it matters:
        The sentence reads well and is false.

    Example:
        *Pemerintah tidak menaikkan pajak.* → *The government raised taxes.*

    Does not find:
        A negation answered by a word that negates by its meaning (*fail*, *without*, *gagal*),
        opposites that are not in the table, and languages without a list of negators.

    Options:
        None.
    """

    rule: ClassVar[Rule] = Rule(
        code="ACC505",
        name="meaning-flipped",
        category="Accuracy/Mistranslation",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        opposites = [
            found
            for found in analysis.claims
            if _field(found) == "opposite"
            and found.accepted_fit > found.actual_fit
            # term-mistranslated says it already.
            and not any(
                found.target.span.overlaps(other.target.span) for other in analysis.contradictions
            )
        ]
        lone = analysis.lone_negators
        issues = [
            _opposed(self.rule, found, "is the opposite")
            for found in opposites
            # *not low* for *high*: the negator turns the opposite back.
            if not any(_turns(negator, found) for negator in lone)
        ]
        for negator in lone:
            if negator.probability >= flip_threshold() and not any(
                _turns(negator, found) for found in analysis.claims
            ):
                issues.append(self._issue(analysis, negator))
        return issues

    def _issue(self, analysis: PairAnalysis, lone: LoneNegator) -> Issue:
        expected = usual_negator(analysis.target.lang)
        if lone.in_target:
            source, target = lone.counterpart, lone.cue
            message = (
                f"“{lone.cue.text}” negates what the source affirms: nothing answers it there, "
                f"near “{lone.counterpart.text}”."
            )
        else:
            source, target = lone.cue, lone.counterpart
            message = (
                f"The source negates (“{lone.cue.text}”: {expected}), the translation does not: "
                f"expected “{expected}” or the like at “{lone.counterpart.text}”."
            )
        return self.rule.issue(
            message,
            source=source,
            target=target,
            evidence={
                "negator": lone.cue.text,
                "negator_in": "target" if lone.in_target else "source",
                "negated": lone.negated.text,
                "counterpart": lone.counterpart.text,
                "expected": None if lone.in_target else expected,
                "closer_without_it": lone.gain,
                "probability": lone.probability,
            },
        )


def _field(found: Contradiction) -> str:
    """``opposite`` or ``saying``."""
    # A word that is both (*deny*) is judged by the counterpart.
    pair = (found.source.concepts, found.target.concepts)
    both = any(all(c.startswith("saying.") for c in concepts) for concepts in pair)
    return "saying" if both else "opposite"


def _turns(negator: LoneNegator, found: Contradiction) -> bool:
    """Whether a negator stands near a contradiction, on its side."""
    span = found.target.span if negator.in_target else found.source.span
    return _distance(negator.cue, span) <= _NEAR


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _opposed(rule: Rule, found: Contradiction, relation: str) -> Issue:
    source, target = found.source, found.target
    return rule.issue(
        f"“{source.span.text}” means “{found.accepted[0]}”; the translation has "
        f"“{target.span.text}”, which {relation}.",
        source=source.span,
        target=target.span,
        suggestions=found.accepted[:3],
        evidence={
            "source_senses": sorted(source.concepts),
            "target_senses": sorted(target.concepts),
            "accepted": list(found.accepted),
            "fit_of_what_stands_there": found.actual_fit,
            "fit_of_best_accepted": found.accepted_fit,
        },
    )
