"""mtcheck compares a machine-translated news article with its source.

    >>> import mtcheck
    >>> report = mtcheck.check(source, target, source_lang="id", target_lang="en")
    >>> for issue in report.issues:
    ...     print(issue.severity, issue.name, issue.target.text)

Importing it loads neither torch nor transformers; the first check does.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mtcheck.alignment import Alignment, Link
    from mtcheck.config import Config
    from mtcheck.document import Document, Mention, Part, Span
    from mtcheck.errors import MtcheckError
    from mtcheck.issues import Issue, Severity
    from mtcheck.ledger import Entry, Ledger, Rendering
    from mtcheck.names.match import NameMatch, compare_names
    from mtcheck.pharaoh import parse_pharaoh
    from mtcheck.pipeline import Checker
    from mtcheck.projection import Projection
    from mtcheck.report import NotChecked, Report
    from mtcheck.scores import ComparedMetric, Comparison, ReferenceScores, Scores, SegmentScore
    from mtcheck.termbase import Status, Term, Termbase, TermEntry
    from mtcheck.values.model import Amount, Moment, Value

__version__ = "0.1.0"

_HOME = {
    "Alignment": "alignment", "Link": "alignment", "Projection": "projection",
    "Config": "config",
    "Document": "document", "Mention": "document", "Part": "document", "Span": "document",
    "MtcheckError": "errors",
    "Issue": "issues", "Severity": "issues",
    "Entry": "ledger", "Ledger": "ledger", "Rendering": "ledger",
    "parse_pharaoh": "pharaoh",
    "NameMatch": "names.match", "compare_names": "names.match",
    "Checker": "pipeline",
    "NotChecked": "report", "Report": "report",
    "ComparedMetric": "scores", "Comparison": "scores", "ReferenceScores": "scores",
    "Scores": "scores", "SegmentScore": "scores",
    "Status": "termbase", "Term": "termbase", "TermEntry": "termbase", "Termbase": "termbase",
    "Amount": "values.model", "Moment": "values.model", "Value": "values.model",
}  # fmt: skip

__all__ = [
    "Alignment",
    "Amount",
    "Checker",
    "ComparedMetric",
    "Comparison",
    "Config",
    "Document",
    "Entry",
    "Issue",
    "Ledger",
    "Link",
    "Mention",
    "Moment",
    "MtcheckError",
    "NameMatch",
    "NotChecked",
    "Part",
    "Projection",
    "ReferenceScores",
    "Rendering",
    "Report",
    "Scores",
    "SegmentScore",
    "Severity",
    "Span",
    "Status",
    "Term",
    "TermEntry",
    "Termbase",
    "Value",
    "align",
    "align_tokens",
    "check",
    "compare_names",
    "extract_values",
    "parse_pharaoh",
    "recognize",
    "score",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f"mtcheck.{_HOME[name]}"), name)
    raise AttributeError(f"module 'mtcheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def check(
    source: str,
    target: str,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
    termbase: Termbase | str | Path | Mapping[str, Any] | Iterable[Mapping[str, Any]] | None = None,
    config: Config | None = None,
) -> Report:
    """Compare a translation with its source.

    Args:
        source: The text as it was written.
        target: Its machine translation.
        source_lang: BCP 47 tag; ``None`` means detect.
        target_lang: BCP 47 tag; ``None`` means detect.
        termbase: The house's terms: a path, a :class:`Termbase`, a mapping of source to target
            terms, or rows with the CSV column names.
        config: Settings; a :class:`Checker` of your own is faster for more than one article
            with settings.

    Raises:
        InputError: The texts cannot be checked; one line says why and what to do.
        TermbaseError: The termbase cannot be read; one line says where and why.
        ModelError: The encoder's weights are missing or damaged.
    """
    from mtcheck.pipeline import Checker, default_checker

    checker = default_checker() if config is None else Checker(config)
    return checker.check(
        source, target, source_lang=source_lang, target_lang=target_lang, termbase=termbase
    )


def align(
    source: str,
    target: str,
    *,
    source_lang: str | None = None,
    target_lang: str | None = None,
) -> Alignment:
    """Align sentences and words of a text and its translation.

    Args:
        source: The text as it was written.
        target: Its translation.
        source_lang: BCP 47 tag; ``None`` means detect.
        target_lang: BCP 47 tag; ``None`` means detect.

    Raises:
        InputError: The texts cannot be aligned; one line says why and what to do.
        LanguageError: The encoder was not trained on one of the languages.
        ModelError: The encoder's weights are missing or damaged.
    """
    from mtcheck.pipeline import default_checker

    return default_checker().align(source, target, source_lang=source_lang, target_lang=target_lang)


def align_tokens(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[Alignment]:
    """Align the words of sentence pairs that are tokenized already.

    Args:
        pairs: (source tokens, target tokens) of each pair; a side may be empty, a token must
            not.

    Returns:
        One alignment for each pair, same order.

    Raises:
        InputError: Something is no pair of lists of tokens; the message names the pair.
    """
    from mtcheck.pipeline import default_checker

    return default_checker().align_tokens(pairs)


def score(
    source: str,
    target: str,
    *,
    reference: str | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
) -> Scores:
    """Estimate the quality of a translation, by segment and for the document.

    Args:
        source: The text as it was written.
        target: Its translation.
        reference: A translation by a person, its lines matching those of ``target``: adds BLEU,
            chrF and TER.
        source_lang: BCP 47 tag; ``None`` means detect.
        target_lang: BCP 47 tag; ``None`` means detect.

    Raises:
        InputError: The texts cannot be scored; one line says why and what to do.
        LanguageError: The encoder was not trained on one of the languages.
        ModelError: Weights are missing or damaged.
    """
    from mtcheck.pipeline import default_checker

    return default_checker().score(
        source, target, reference=reference, source_lang=source_lang, target_lang=target_lang
    )


def recognize(text: str, *, lang: str | None = None) -> tuple[Mention, ...]:
    """Names in a text, in text order.

    Args:
        text: Any text.
        lang: BCP 47 tag; ``None`` means detect.
    """
    from mtcheck.pipeline import default_checker

    return default_checker().recognize(text, lang=lang)


def extract_values(text: str, *, lang: str | None = None) -> tuple[Value, ...]:
    """Numbers, money, percentages, measures, dates and times in a text, in text order.

    Needs no model. Eighteen languages have tables of their own (``docs/values.md``); a text in
    any other is read by its digits and symbols.

    Args:
        text: Any text.
        lang: BCP 47 tag; ``None`` means detect, or digits and symbols alone where that fails.

    Raises:
        InputError: The text is too long or not made of characters, or there is no such language.
    """
    from mtcheck.text.languages import canonical_tag
    from mtcheck.validation import check_text
    from mtcheck.values.reader import read_values

    if isinstance(text, str) and not any(c.isalnum() for c in text):
        return ()
    text = check_text(text, "text")
    if lang is not None:
        return read_values(text, canonical_tag(lang))
    from mtcheck.text.detection import detect

    return read_values(text, detect(text).lang or "und")
