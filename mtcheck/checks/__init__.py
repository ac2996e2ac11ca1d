"""All checks, in the order of their codes."""

from __future__ import annotations

from mtcheck.checks.base import HEADINGS, Check, Rule, page, summary
from mtcheck.checks.entities import (
    EntityAdded,
    EntityInconsistent,
    EntityMistranslated,
    EntityOmitted,
)
from mtcheck.checks.meaning import AttributionChanged, MeaningFlipped
from mtcheck.checks.quotations import QuoteMisplaced, QuoteUnbalanced
from mtcheck.checks.termbase import TermDeprecated, TermNotFollowed, TermUntranslated
from mtcheck.checks.terms import TermInconsistent, TermMistranslated
from mtcheck.checks.values import (
    CurrencyMismatch,
    DateMismatch,
    NumberMismatch,
    PercentMismatch,
    TimeMismatch,
    UnitMismatch,
    ValueAdded,
    ValueOmitted,
)

CHECKS: tuple[type[Check], ...] = (
    EntityMistranslated,
    EntityOmitted,
    EntityAdded,
    EntityInconsistent,
    TermNotFollowed,
    TermDeprecated,
    TermMistranslated,
    TermInconsistent,
    TermUntranslated,
    NumberMismatch,
    UnitMismatch,
    CurrencyMismatch,
    PercentMismatch,
    DateMismatch,
    TimeMismatch,
    ValueOmitted,
    ValueAdded,
    QuoteUnbalanced,
    QuoteMisplaced,
    AttributionChanged,
    MeaningFlipped,
)

__all__ = ["CHECKS", "HEADINGS", "Check", "Rule", "page", "summary"]
