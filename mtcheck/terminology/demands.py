"""What the house demands at one place: the terms that may stand there, and those that may not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mtcheck.alignment import Alignment
from mtcheck.document import Span
from mtcheck.termbase import TARGET_SIDE, Status, Term, TermEntry
from mtcheck.termbases.finding import Place
from mtcheck.termbases.jurisdictions import Countries, choose
from mtcheck.termbases.matching import TermMatch
from mtcheck.text.forms import spelled
from mtcheck.text.languages import region, same_language


@dataclass(slots=True, eq=False)
class OpenUse:
    """A source place while its counterpart is sought."""

    match: TermMatch
    entries: tuple[TermEntry, ...]
    accepted: tuple[Term, ...]
    rejected: tuple[Term, ...]
    rows: list[int] = field(default_factory=list)
    counterpart: Span | None = None
    score: float = 0.0
    places: list[Place] = field(default_factory=list)
    taken: Place | None = None


def open_use(
    match: TermMatch, alignment: Alignment, countries: Countries, day: date | None
) -> OpenUse | None:
    """A match with the target terms that count at its place; ``None`` if there are none."""
    lang = alignment.target.lang
    distinct = list(dict.fromkeys(entry.id for entry, _ in match.senses))
    by_id = {entry.id: entry for entry, _ in match.senses}
    entries = choose([by_id[key] for key in distinct], match.span, countries)
    accepted: list[Term] = []
    rejected: list[Term] = []
    for entry in entries:
        terms = [t for t in entry.terms if t.lang == TARGET_SIDE or same_language(t.lang, lang)]
        if entry.do_not_translate:
            terms += [t for t in entry.terms if t.status is Status.DO_NOT_TRANSLATE]
        good, bad = _sort_out(terms, lang, day)
        accepted += good
        rejected += bad
    if not accepted and not rejected:
        return None
    good_texts = {spelled(term.text) for term in accepted}
    rejected = [term for term in rejected if spelled(term.text) not in good_texts]
    return OpenUse(match, tuple(entries), tuple(_by_preference(accepted)), tuple(rejected))


def _sort_out(terms: Sequence[Term], lang: str, day: date | None) -> tuple[list[Term], list[Term]]:
    """Terms that may stand in an article of a day and edition, and terms that may not."""
    wanted = region(lang)
    good, bad = [], []
    for term in terms:
        if not term.accepted:
            bad.append(term)
        elif not term.valid_on(day):
            bad.append(replace(term, status=Status.SUPERSEDED))
        else:
            good.append(term)
    editions = {_edition(term) for term in good}
    if wanted in editions:
        bad += [term for term in good if _edition(term) not in {None, wanted}]
        good = [term for term in good if _edition(term) in {None, wanted}]
        good.sort(key=lambda term: _edition(term) != wanted)
    return good, bad


def _edition(term: Term) -> str | None:
    return term.edition.upper() if term.edition else region(term.lang)


def _by_preference(terms: Iterable[Term]) -> list[Term]:
    unique: dict[tuple[str, str | None], Term] = {}
    for term in terms:
        unique.setdefault((term.text, term.reference), term)
    rank = {Status.PREFERRED: 0, Status.DO_NOT_TRANSLATE: 0, None: 1, Status.ADMITTED: 2}
    return sorted(
        unique.values(), key=lambda term: (term.reference == "later", rank.get(term.status, 3))
    )
