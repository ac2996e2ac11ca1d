"""Which country's institution an article means: the countries it names decide.

*Kementerian Dalam Negeri* is Pakistan's Interior Ministry in one story and Indonesia's Ministry of
Home Affairs in another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from mtcheck.document import Side, Span
from mtcheck.termbase import Term, Termbase, TermEntry
from mtcheck.termbases.matching import TermIndex
from mtcheck.text.forms import spelled
from mtcheck.text.languages import language, primary

_LEAST_NAME = 5  # letters of a country's name that its adjective keeps
_MOST_ENDING = 4
_CLEAR = 2  # times that one country must be named more often than another to be the one meant


@lru_cache(maxsize=64)
def _country_index(lang: str) -> tuple[TermIndex, dict[str, str]]:
    """Names of countries in a language, and the folded name by code.

    Source: CLDR territory names, through Babel.
    """
    from babel import Locale, UnknownLocaleError

    try:
        names = dict(Locale(primary(lang)).territories)
    except UnknownLocaleError:
        names = {}
    countries = {
        str(code): str(name) for code, name in names.items() if len(code) == 2 and code.isalpha()
    }
    entries = tuple(
        TermEntry(id=code, terms=(Term(text=name, lang=lang, case_sensitive=True),))
        for code, name in sorted(countries.items())
    )
    return TermIndex(Termbase(entries), lang), {c: spelled(n) for c, n in countries.items()}


class Countries:
    """The countries that a text names, and where.

    Args:
        side: The text.

    Attributes:
        counts: How often each is named, by ISO 3166 code.
        spans: Where their names stand.
    """

    def __init__(self, side: Side) -> None:
        index, self._names = _country_index(side.lang)
        self._side = side
        self._spaced = language(side.lang).spaced
        matches = index.match(side)
        self.spans = tuple(match.span for match in matches)
        self._places: list[tuple[int, str]] = [
            (match.span.start, entry.id) for match in matches for entry, _ in match.senses
        ]
        self.counts = Counter(code for _, code in self._places)

    def count(self, code: str) -> int:
        """How often a country is named, its adjective included (*Pakistani*)."""
        return self.counts[code] + len(self._adjectives(code, range(len(self._side.tokens))))

    def in_sentence(self, code: str, span: Span) -> bool:
        """Whether the country is named in the sentence of a span."""
        sentence = self._side.sentences[self._side.sentence_at(span.start)]
        if any(c == code and sentence.span.start <= at < sentence.span.end
               for at, c in self._places):  # fmt: skip
            return True
        return bool(self._adjectives(code, range(sentence.first_token, sentence.last_token)))

    def _adjectives(self, code: str, tokens: range) -> list[int]:
        name = self._names.get(code, "")
        if not self._spaced or " " in name or len(name) < _LEAST_NAME:
            return []
        stem = name[: max(_LEAST_NAME, len(name) - 1)]
        found = []
        for k in tokens:
            word = spelled(self._side.tokens[k].text)
            if word != name and word.startswith(stem) and len(word) - len(stem) <= _MOST_ENDING:
                found.append(k)
        return found


def choose(entries: Sequence[TermEntry], span: Span, countries: Countries) -> tuple[TermEntry, ...]:
    """The entries that a term can stand for at a place.

    Args:
        entries: Concepts that list the term.
        span: Where it stands.
        countries: The countries of the article.

    Returns:
        The entries of the country named in the same sentence, or named clearly more often than
        the others; all, if that decides nothing. An entry of a country that is not named, in
        an article that names others, is left out.
    """
    placed = {entry.jurisdiction for entry in entries if entry.jurisdiction}
    if not placed:
        return tuple(entries)
    counts = {code: countries.count(code.upper()) for code in placed}
    if not any(counts.values()):
        open_to_all = tuple(entry for entry in entries if not entry.jurisdiction)
        return open_to_all if countries.counts else tuple(entries)
    here = [code for code in placed if countries.in_sentence(code.upper(), span)]
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    if len(here) == 1:
        meant = here
    elif len(ranked) == 1 or counts[ranked[0]] >= _CLEAR * max(1, counts[ranked[1]]):
        meant = ranked[:1]
    else:
        meant = [code for code in ranked if counts[code]]
    kept = tuple(entry for entry in entries if entry.jurisdiction in meant)
    return kept or tuple(entries)
