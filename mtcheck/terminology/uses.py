"""What became of a term of the termbase at one place of the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mtcheck.document import Span
from mtcheck.termbase import Term, TermEntry


class Verdict(StrEnum):
    """What became of a term at one place."""

    FOLLOWED = "followed"
    LATER_FORM_FIRST = "later form first"
    SHORTENED = "shortened"
    NOT_FOLLOWED = "not followed"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    UNTRANSLATED = "untranslated"
    LEFT_OUT = "left out"
    KEPT_NAME = "kept in a name"
    IN_NAME = "part of a name"
    UNALIGNED = "unaligned"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUse:
    """A term of the termbase at one place of the source.

    Attributes:
        source: The place.
        entries: The concepts it may stand for.
        term: The source term.
        verdict: What became of it.
        target: What stands for it in the translation, or ``None``.
        found: The target term that stands there, accepted or rejected; ``None`` = none.
        accepted: The target terms that may stand there, the expected one first.
        score: Mean link probability of the counterpart, in [0, 1].
    """

    source: Span
    entries: tuple[TermEntry, ...]
    term: Term
    verdict: Verdict
    target: Span | None = None
    found: Term | None = None
    accepted: tuple[Term, ...] = ()
    score: float = 0.0

    @property
    def entry(self) -> TermEntry:
        """The concept that speaks: the one of the term found, or the first."""
        return next((e for e in self.entries if self.found in e.terms), self.entries[0])

    @property
    def expected(self) -> str | None:
        """The form that should stand there; ``None`` if the house only rejects."""
        return self.accepted[0].text if self.accepted else None
