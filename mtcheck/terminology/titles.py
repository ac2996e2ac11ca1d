"""Official titles that belong to another country's institution, found without a termbase.

*Kementerian Dalam Negeri* in a story about Pakistan is the *Interior Ministry*; *Ministry of Home
Affairs* is India's. The shipped termbase lists for each title the forms that its country does not
use; only those are reported. A form that it does not know, or admits, says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from mtcheck.alignment import Alignment
from mtcheck.document import Span
from mtcheck.termbase import Termbase, TermEntry
from mtcheck.termbases.jurisdictions import Countries
from mtcheck.termbases.matching import TermIndex
from mtcheck.termbases.news import news_termbase
from mtcheck.terminology import verify_terms
from mtcheck.terminology.uses import TermUse, Verdict
from mtcheck.text.languages import primary, same_language

_LEAST_SCORE = 0.5


def wrong_titles(
    alignment: Alignment, *, names: Sequence[Span] = (), day: date | None = None
) -> tuple[TermUse, ...]:
    """Places where an official title is rendered by one that its country does not use.

    Args:
        alignment: The aligned article.
        names: Names in the source.
        day: Day of the article; ``None`` = any.

    Returns:
        Uses with the verdict ``DEPRECATED`` whose country the article leaves in no doubt: the
        sentence names it alone, or the article names no country more often; and names none
        that uses the form that was found.
    """
    index = _title_index(alignment.source.lang, primary(alignment.target.lang))
    matches = index.match(alignment.source)
    if not matches:
        return ()
    countries = Countries(alignment.source)
    rivals = {match.span: [entry for entry, _ in match.senses] for match in matches}
    uses = verify_terms(alignment, matches, names=names, day=day)
    return tuple(
        use
        for use in uses
        if use.verdict is Verdict.DEPRECATED
        and use.score >= _LEAST_SCORE
        and _is_certain(use, countries)
        and not _is_anothers(use, rivals.get(use.source, []), countries)
    )


def _is_certain(use: TermUse, countries: Countries) -> bool:
    """Whether the country of a title is beyond doubt."""
    places = {entry.jurisdiction for entry in use.entries}
    if len(places) != 1:
        return False
    code = next(iter(places)) or ""
    count = countries.count(code)
    if not count:
        return False
    others = [other for other in countries.counts if other != code]
    alone = countries.in_sentence(code, use.source) and not any(
        countries.in_sentence(other, use.source) for other in others
    )
    return alone or all(countries.count(other) < count for other in others)


def _is_anothers(use: TermUse, entries: Sequence[TermEntry], countries: Countries) -> bool:
    """Whether another country that the article names calls its institution so."""
    if use.found is None:
        return True
    found = use.found.text.casefold()
    return any(
        term.accepted and term.text.casefold() == found
        for entry in entries
        if entry not in use.entries and entry.jurisdiction and countries.count(entry.jurisdiction)
        for term in entry.terms
    )


@lru_cache(maxsize=8)
def _title_index(source_lang: str, target_lang: str) -> TermIndex:
    """The source terms of titles for which the target language has forms to avoid."""
    rejecting = {
        term.text.casefold()
        for entry in news_termbase()
        if entry.jurisdiction
        and any(
            not other.accepted and same_language(other.lang, target_lang) for other in entry.terms
        )
        for term in entry.terms
        if same_language(term.lang, source_lang)
    }
    # Titles of other countries with the same source term take part, for they may be meant.
    return TermIndex(
        Termbase(
            tuple(
                entry
                for entry in news_termbase()
                if entry.jurisdiction
                and any(term.text.casefold() in rejecting for term in entry.terms)
            )
        ),
        source_lang,
    )
