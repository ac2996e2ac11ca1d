"""What a termbase says twice, or takes back: problems that do not stop it from being read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from mtcheck.termbase import Problem, Status, Term, TermEntry


def problems_of(entries: Sequence[TermEntry]) -> tuple[Problem, ...]:
    """Contradictions, repetitions and gaps, inside each concept and between them.

    Args:
        entries: All concepts of a termbase.
    """
    found = [
        Problem(where=f"concept {entry.id}", reason=reason)
        for entry in entries
        for reason in _contradictions(entry)
    ]
    return (*found, *_clashes(entries))


def _contradictions(entry: TermEntry) -> Iterator[str]:
    """What is wrong inside one concept."""
    verdicts: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in entry.terms:
        verdicts[term.lang, term.text].append(term)
    for (lang, text), terms in verdicts.items():
        overlapping = [term for term in terms if _overlaps(term, terms[0])]
        if len(overlapping) > 1:
            stated = {str(term.status or "no status") for term in overlapping}
            yield (
                f"“{text}” ({lang}) is there twice"
                if len(stated) == 1
                else f"“{text}” ({lang}) is {' and '.join(sorted(stated))} at once"
            )
    preferred: dict[tuple[str | None, ...], list[Term]] = defaultdict(list)
    for term in entry.terms:
        if term.status is Status.PREFERRED:
            key = (term.lang, term.edition, term.reference, term.part_of_speech, term.term_type)
            preferred[key].append(term)
    for same in preferred.values():
        texts = list(dict.fromkeys(term.text for term in same if _overlaps(term, same[0])))
        if len(texts) > 1:
            named = ", ".join(f"“{text}”" for text in texts)
            yield f"{len(texts)} preferred terms in {same[0].lang}: {named}"
    if entry.do_not_translate:
        kept = {t.text.casefold() for t in entry.terms if t.status is Status.DO_NOT_TRANSLATE}
        others = [t for t in entry.terms if t.accepted and t.text.casefold() not in kept]
        if others:
            yield f"it is not to be translated, but “{others[0].text}” translates it"
        return
    if len(entry.languages) < 2:
        yield f"“{entry.terms[0].text}” has no term in another language"
    for lang in entry.languages:
        if not any(term.accepted for term in entry.terms if term.lang == lang):
            yield f"no term in {lang} is accepted"


def _overlaps(a: Term, b: Term) -> bool:
    """Whether two terms may be right, or wrong, at one time and in one edition."""
    start = max(a.valid_from or date.min, b.valid_from or date.min)
    end = min(a.valid_to or date.max, b.valid_to or date.max)
    return start <= end and (a.edition or "") == (b.edition or "") and a.reference == b.reference


def _clashes(entries: Sequence[TermEntry]) -> Iterator[Problem]:
    """Concepts that say the same, or the contrary, of one pair of words."""
    verdicts: dict[tuple[str | None, str, str, str, str], list[tuple[str, Term]]] = defaultdict(
        list
    )
    for entry in entries:
        # A concept of many languages makes many pairs; the first term of each speaks for it.
        heads = {lang: next(t for t in entry.terms if t.lang == lang) for lang in entry.languages}
        for head in heads.values():
            for term in entry.terms:
                if term.lang != head.lang:
                    key = (entry.jurisdiction, head.lang, head.text.casefold(), term.lang,
                           term.text.casefold())  # fmt: skip
                    verdicts[key].append((entry.id, term))
    said: set[tuple[str, ...]] = set()
    for (_, _, source, _, _), found in verdicts.items():
        ids = tuple(dict.fromkeys(name for name, _ in found))
        if len(ids) < 2:
            continue
        first = found[0][1]
        split = {term.accepted for _, term in found}
        if len(split) > 1:
            yield Problem(
                where=f"concepts {', '.join(ids)}",
                reason=f"“{first.text}” is both accepted and rejected for “{source}”",
            )
        elif ids not in said:
            said.add(ids)
            yield Problem(
                where=f"concepts {', '.join(ids)}",
                reason=f"the same pair twice: “{source}”, “{first.text}”",
            )
