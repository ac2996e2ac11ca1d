"""The evidence about one article that all checks read."""

from __future__ import annotations

from dataclasses import dataclass

from mtcheck.alignment import Alignment
from mtcheck.concepts import ConceptMatch
from mtcheck.contradictions import Contradiction
from mtcheck.document import Mention, Side
from mtcheck.entities.verdicts import NameVerdict
from mtcheck.ledger import Ledger
from mtcheck.meaning.polarity import LoneNegator
from mtcheck.terminology import TermUse


@dataclass(frozen=True, slots=True)
class PairAnalysis:
    """One article, looked at from every side; a plain value, no check changes it.

    Attributes:
        alignment: Sentences and words of both sides.
        source_mentions: Names and terms of the source, in text order.
        target_mentions: Names and terms of the translation, in text order.
        source_concepts: Words of the concept table in the source.
        target_concepts: Words of the concept table in the translation.
        ledger: Names and terms with their renderings.
        contradictions: Words of the concept table that contradict each other.
        term_uses: What became of the terms of the termbase; empty without one.
        claims: Opposites and verbs of saying that contradict each other.
        lone_negators: Negators of either side that the other does not answer.
        name_verdicts: Names rendered wrongly, left out or added.
        title_uses: Official titles rendered by those of another country.
    """

    alignment: Alignment
    source_mentions: tuple[Mention, ...]
    target_mentions: tuple[Mention, ...]
    source_concepts: tuple[ConceptMatch, ...]
    target_concepts: tuple[ConceptMatch, ...]
    ledger: Ledger
    contradictions: tuple[Contradiction, ...]
    term_uses: tuple[TermUse, ...] = ()
    claims: tuple[Contradiction, ...] = ()
    lone_negators: tuple[LoneNegator, ...] = ()
    name_verdicts: tuple[NameVerdict, ...] = ()
    title_uses: tuple[TermUse, ...] = ()

    @property
    def source(self) -> Side:
        """The source side."""
        return self.alignment.source

    @property
    def target(self) -> Side:
        """The translation."""
        return self.alignment.target
