"""Checks of terms against a termbase (TRM)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.issues import Issue, Severity
from mtcheck.termbase import Status, Term
from mtcheck.terminology import TermUse, Verdict, cased_like

_MOST_SUGGESTIONS = 3


class TermNotFollowed:
    """A term of the termbase is rendered by something that the termbase does not accept.

    What it finds:
        A source term of the termbase whose counterpart is none of its accepted target terms, in
        any inflection; a name not to be translated that was; a form for later mentions at the
        first (minor).

    Why it matters:
        The house has decided what the thing is called. Another name makes readers look for
        another thing.

    Example:
        *Kementerian Dalam Negeri* → *Ministry of Home Affairs*, where the termbase asks for
        *Interior Ministry*.

    Does not find:
        Short forms after the full one (*the ministry*), a term of one word in a country's name or
        inside a name that is called otherwise (*Partai Republik* as *Republicans*), a term
        rendered by a pronoun or left out after its first mention, terms in sentences that were
        left out as a whole, concepts without a term in the target language.

    Options:
        ``termbase`` is the termbase; ``date`` is the day of the article, for terms with dates.
    """

    rule: ClassVar[Rule] = Rule(
        code="TRM201",
        name="term-not-followed",
        category="Terminology/Inconsistent with terminology resource",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return [
            issue
            for use in analysis.term_uses
            if use.verdict in {Verdict.NOT_FOLLOWED, Verdict.LATER_FORM_FIRST}
            for issue in self._issues(analysis, use)
        ]

    def _issues(self, analysis: PairAnalysis, use: TermUse) -> Iterator[Issue]:
        wanted = _wanted(use)
        source = use.source.text
        if use.verdict is Verdict.LATER_FORM_FIRST and use.target is not None:
            message = (
                f"First mention of “{source}”: the termbase asks for {wanted} before "
                f"“{use.target.text}”."
            )
            yield replace(_issue(self.rule, analysis, use, message), severity=Severity.MINOR)
            return
        if use.entry.do_not_translate:
            message = f"“{source}” is not to be translated."
        elif use.target is None:
            message = f"“{source}”: the termbase asks for {wanted}, which was not found."
        else:
            message = f"“{source}”: the termbase asks for {wanted}, not “{use.target.text}”."
        yield _issue(self.rule, analysis, use, message)


class TermDeprecated:
    """A term is rendered by a form that the termbase rejects.

    What it finds:
        A source term of the termbase whose counterpart is a deprecated or superseded target term,
        one that was not valid on the day of the article, or one of another edition. Superseded
        terms and those of another edition are minor.

    Why it matters:
        The house has decided against the form: it is wrong, out of date or offensive.

    Example:
        *Kolkata* rendered as *Calcutta*, which the termbase calls superseded.

    Does not find:
        Rejected forms that do not stand for the source term they are listed with.

    Options:
        ``termbase`` is the termbase; ``date`` is the day of the article, for terms with dates.
    """

    rule: ClassVar[Rule] = Rule(
        code="TRM202",
        name="term-deprecated",
        category="Terminology/Inconsistent with terminology resource",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        issues = []
        for use in analysis.term_uses:
            if use.verdict not in {Verdict.DEPRECATED, Verdict.SUPERSEDED} or use.target is None:
                continue
            status = use.found.status if use.found is not None else None
            what = str(status) if status in {Status.DEPRECATED, Status.SUPERSEDED} else "not ours"
            instead = f"; write {_wanted(use)}" if use.accepted else ""
            message = f"“{use.target.text}” for “{use.source.text}” is {what}{instead}."
            issue = _issue(self.rule, analysis, use, message)
            if status is not Status.DEPRECATED:
                issue = replace(issue, severity=Severity.MINOR)
            issues.append(issue)
        return issues


class TermUntranslated:
    """A term of the termbase was left in the source language.

    What it finds:
        A source term of the termbase that stands in the translation as it is, though the
        termbase has another form for it in the target language.

    Why it matters:
        Readers do not know the word, and an official name exists.

    Example:
        *Mahkamah Konstitusi* left as it is, where the termbase has *Constitutional Court*.

    Does not find:
        Foreign words that the termbase does not list, and copies beside a translation
        (*the Constitutional Court, Mahkamah Konstitusi*).

    Options:
        ``termbase`` is the termbase.
    """

    rule: ClassVar[Rule] = Rule(
        code="TRM205",
        name="term-untranslated",
        category="Accuracy/Untranslated",
        severity=Severity.MAJOR,
    )

    def run(self, analysis: PairAnalysis) -> list[Issue]:
        """Issues of one article."""
        return [
            _issue(
                self.rule,
                analysis,
                use,
                f"“{use.source.text}” is left untranslated; the termbase has {_wanted(use)}.",
            )
            for use in analysis.term_uses
            if use.verdict is Verdict.UNTRANSLATED
        ]


def _wanted(use: TermUse) -> str:
    """The accepted forms in words: “Interior Ministry” or “Ministry of the Interior”."""
    forms = list(dict.fromkeys(term.text for term in _fitting(use)))
    named = [f"“{form}”" for form in forms[:_MOST_SUGGESTIONS]]
    return " or ".join(named)


def _fitting(use: TermUse) -> list[Term]:
    """Accepted terms that may stand at this mention."""
    if use.verdict is Verdict.LATER_FORM_FIRST:
        return [term for term in use.accepted if term.reference != "later"]
    return list(use.accepted)


def _card(term: Term) -> dict[str, str | None]:
    """What the evidence shows of a term."""
    status = str(term.status) if term.status else None
    return {"text": term.text, "status": status, "note": term.note, "source": term.source}


def _issue(rule: Rule, analysis: PairAnalysis, use: TermUse, message: str) -> Issue:
    suggestions = [term.text for term in _fitting(use)]
    if use.target is not None:
        suggestions = [cased_like(s, use.target, analysis.alignment) for s in suggestions]
    return rule.issue(
        message,
        source=use.source,
        target=use.target,
        suggestions=list(dict.fromkeys(suggestions))[:_MOST_SUGGESTIONS],
        evidence={
            "termbase": [entry.to_dict() for entry in use.entries],
            "source_term": use.term.text,
            "accepted": [_card(term) for term in use.accepted],
            "found": None if use.found is None else _card(use.found),
            "link_score": use.score,
        },
    )
