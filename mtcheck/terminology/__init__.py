"""What became of the terms of a termbase: for each place in the source, what stands for it.

The accepted forms that stand in the aligned sentences are dealt out to the source places by the
links of their words. So the required term elsewhere in a sentence neither hides an error nor
causes one; where the alignment is unsure, an accepted form that nothing else claims counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Span
from mtcheck.termbases.finding import Finder
from mtcheck.termbases.jurisdictions import Countries
from mtcheck.termbases.matching import TermMatch
from mtcheck.terminology.article import cased_like, in_article
from mtcheck.terminology.blocks import deal, settle
from mtcheck.terminology.demands import OpenUse, open_use
from mtcheck.terminology.uses import TermUse, Verdict

__all__ = ["TermUse", "Verdict", "cased_like", "verify_terms"]


def verify_terms(
    alignment: Alignment,
    matches: Iterable[TermMatch],
    *,
    names: Sequence[Span] = (),
    day: date | None = None,
) -> tuple[TermUse, ...]:
    """What became of each term found in the source.

    Args:
        alignment: The aligned article.
        matches: Terms of a termbase in the source.
        names: Names in the source. A term of one word inside a longer name may have no
            rendering of its own.
        day: Day of the article, for terms with dates; ``None`` = every date will do.

    Returns:
        One use for each match whose concept has terms in the target language, or is not to be
        translated; in text order.
    """
    matches = list(matches)
    if not matches:
        return ()
    countries = Countries(alignment.source)
    by_block: dict[int, list[OpenUse]] = {}
    order: list[tuple[OpenUse, Block]] = []
    for match in matches:
        block = alignment.block_of_source(match.span.start)
        item = open_use(match, alignment, countries, day)
        if item is None or block is None:
            continue
        by_block.setdefault(id(block), []).append(item)
        order.append((item, block))
    finders = {id(block): Finder(alignment.target, block.target_tokens) for _, block in order}
    blocks = {id(block): block for _, block in order}
    for key, items in by_block.items():
        deal(alignment, blocks[key], items, finders[key])
    uses = [settle(alignment, block, item, finders[id(block)]) for item, block in order]
    uses.sort(key=lambda use: use.source)
    judged = [_within_names(alignment, use, names, countries.spans) for use in uses]
    return tuple(in_article(alignment, judged))


def _within_names(
    alignment: Alignment, use: TermUse, names: Sequence[Span], countries: Sequence[Span]
) -> TermUse:
    """A breach by a term of one word inside a longer name is the name's affair.

    Inside a country's name always (*Serikat* in *Amerika Serikat*); inside another name if nothing
    stands for the term by itself (*Partai Republik* as *Republicans*).
    """
    breaches = {Verdict.NOT_FOLLOWED, Verdict.UNTRANSLATED}
    if use.verdict not in breaches or len(alignment.source.tokens_in(use.source)) > 1:
        return use
    longer = [*countries, *(names if use.target is None else ())]
    if any(name.contains(use.source) and name != use.source for name in longer):
        return replace(use, verdict=Verdict.IN_NAME)
    return use
