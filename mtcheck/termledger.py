"""The ledger with a termbase: where the house has decided, its form is the expected one."""

from __future__ import annotations

from collections.abc import Sequence

from mtcheck.bookkeeping import CLEAR
from mtcheck.document import Span
from mtcheck.ledger import Entry, Ledger, Rendering
from mtcheck.terminology import TermUse, Verdict
from mtcheck.text.forms import spelled

REASON = "termbase"
_NAMES = frozenset({"PER", "ORG", "LOC", "MISC"})


def with_termbase(ledger: Ledger, uses: Sequence[TermUse]) -> Ledger:
    """A ledger in which the concepts of the termbase replace what was grouped without it.

    Args:
        ledger: Built without the termbase.
        uses: Terms of the termbase in the article.

    Returns:
        One entry for each concept, and the other entries that stand elsewhere too.
    """
    groups: dict[tuple[str, ...], list[TermUse]] = {}
    for use in uses:
        if use.verdict is not Verdict.UNALIGNED:
            groups.setdefault(tuple(entry.id for entry in use.entries), []).append(use)
    spans = [use.source for group in groups.values() for use in group]
    kept = [entry for entry in ledger if not _is_covered(entry, spans)]
    entries = [*kept, *(_entry(group) for group in groups.values())]
    return Ledger(tuple(sorted(entries, key=lambda entry: entry.mentions[0])))


def _is_covered(entry: Entry, spans: Sequence[Span]) -> bool:
    """Whether at least half of the mentions are terms of the termbase, or parts of them."""
    inside = sum(any(span.contains(mention) for span in spans) for mention in entry.mentions)
    return 2 * inside >= len(entry.mentions)


def _entry(uses: Sequence[TermUse]) -> Entry:
    first = uses[0]
    groups: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
    for use in uses:
        if use.target is not None:
            text = use.found.text if use.found is not None else use.target.text
            groups.setdefault((_status(use), spelled(text)), []).append((use.target, use.source))
    renderings = []
    for (status, _), places in groups.items():
        places.sort()
        targets, sources = tuple(t for t, _ in places), tuple(s for _, s in places)
        renderings.append(Rendering(targets[0].text, status, targets, sources))
    renderings.sort(key=lambda r: (r.status != "expected", -r.count, r.places[0]))
    kind = (first.entry.entity_type or "").upper()
    return Entry(
        source_text=first.source.text,
        label=kind if kind in _NAMES else "TERM",
        mentions=tuple(use.source for use in uses),
        renderings=tuple(renderings),
        expected=first.expected,
        reason=REASON,
        concept=first.entry.id,
    )


def _status(use: TermUse) -> str:
    if use.verdict is Verdict.FOLLOWED:
        return "expected" if use.found in {None, *use.accepted[:1]} else "variant"
    if use.verdict in {Verdict.SHORTENED, Verdict.LATER_FORM_FIRST}:
        return "variant"
    rejected = {Verdict.DEPRECATED, Verdict.SUPERSEDED, Verdict.UNTRANSLATED}
    if use.verdict in rejected or (use.verdict is Verdict.NOT_FOLLOWED and use.score >= CLEAR):
        return "competing"
    return "unclear"
