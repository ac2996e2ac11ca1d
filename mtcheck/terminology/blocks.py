"""What does stand there, by the links and the words of aligned sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mtcheck.alignment import LINK_THRESHOLD, Alignment, Block
from mtcheck.renderings import trim
from mtcheck.termbase import Status, Term
from mtcheck.termbases.finding import Finder, Place
from mtcheck.terminology.demands import OpenUse
from mtcheck.terminology.uses import TermUse, Verdict
from mtcheck.text.forms import spelled
from mtcheck.text.words import is_content

_SURE_LINK = 0.5  # link probability from which a word certainly stands for another
_FOREIGN = 0.15  # share of a place's mass below which it does not come from a source term
_WIDEST_GAP = 3  # target words between two parts of one counterpart
_LEAST_KEPT = 2  # words around a copied term that make it part of a longer copied name
CLEAR = 0.5  # mean link probability from which a counterpart is taken at its word


def deal(alignment: Alignment, block: Block, items: Sequence[OpenUse], finder: Finder) -> None:
    """Give each source place of a block the accepted form that its words link to best."""
    offers: list[tuple[float, int, int, Place]] = []
    for number, item in enumerate(items):
        _project(alignment, block, item)
        rejected = [p for term in item.rejected for p in finder.find(term) if p.sure]
        found = [(rank, p) for rank, t in enumerate(item.accepted) for p in finder.find(t)]
        sure = [place for _, place in found if place.sure]
        for rank, place in found:
            if any(place.inside(other) for other in sure):
                continue  # the longer form is what stands there
            if any(_outdone(place, other) for other in rejected):
                continue
            weight = weigh(alignment, block, item, place)
            if weight is None:
                continue
            item.places.append(place)
            offers.append((weight, rank, number, place))
    claimed: list[Place] = []
    for _, _, number, place in sorted(offers, key=lambda o: (-o[0], o[1], o[2], o[3].span)):
        item = items[number]
        if item.taken is None and not any(place.overlaps(other) for other in claimed):
            item.taken = place
            claimed.append(place)


def _outdone(accepted: Place, rejected: Place) -> bool:
    """Whether a rejected form is what stands there, and the accepted one only looks like it."""
    if accepted.inside(rejected):
        return True
    if not accepted.overlaps(rejected) or rejected.inside(accepted):
        return False
    exact = same_text(rejected.span.text, rejected.term.text)
    return not accepted.sure or (exact and not same_text(accepted.span.text, accepted.term.text))


def _project(alignment: Alignment, block: Block, item: OpenUse) -> None:
    item.rows = [
        k - block.source_tokens.start
        for k in alignment.source.tokens_in(item.match.span)
        if k in block.source_tokens
    ]
    projection = alignment.project(item.match.span)
    if not projection.spans:
        return
    tokens = [list(alignment.target.tokens_in(part)) for part in projection.spans]
    together = tokens[0]
    for part in tokens[1:]:
        if part[0] - together[-1] - 1 <= _WIDEST_GAP:
            together = list(range(together[0], part[-1] + 1))
    item.counterpart = trim(alignment.target, alignment.target.cover(together))
    item.score = projection.score if item.counterpart else 0.0


def weigh(alignment: Alignment, block: Block, item: OpenUse, place: Place) -> float | None:
    """How well the words of a place fit those of a source place; ``None`` if they do not."""
    columns = [k - block.target_tokens.start for k in place.tokens]
    content = [
        column
        for column, k in zip(columns, place.tokens, strict=True)
        if is_content(alignment.target.tokens[k].text, alignment.target.lang)
    ]
    columns = content or columns
    if not item.rows or not columns or not block.links.size:
        return 0.0 if place.sure else None
    link = float(block.links[item.rows][:, columns].max())
    mass = float(block.mass[item.rows][:, columns].sum(axis=0).mean())
    if not place.sure:
        supported = max(link, mass) >= LINK_THRESHOLD or item.counterpart is None
        return link + mass if supported else None
    if mass < _FOREIGN and link < LINK_THRESHOLD and item.counterpart is not None:
        others = [k for k in range(len(block.source_tokens)) if k not in item.rows]
        foreign = float(block.links[others][:, columns].max()) if others else 0.0
        apart = not item.counterpart.overlaps(place.span) and item.score >= CLEAR
        if foreign >= _SURE_LINK and apart:
            return None
    return 1.0 + link + mass


def settle(alignment: Alignment, block: Block, item: OpenUse, finder: Finder) -> TermUse:
    """The verdict on one source place, by its block alone."""
    use = TermUse(
        source=item.match.span,
        entries=item.entries,
        term=next(term for entry, term in item.match.senses if entry in item.entries),
        verdict=Verdict.NOT_FOLLOWED,
        target=item.counterpart,
        accepted=item.accepted,
        score=item.score,
    )
    if item.taken is not None:
        return replace(use, verdict=Verdict.FOLLOWED, target=item.taken.span, found=item.taken.term)
    if not block.target:
        return replace(use, verdict=Verdict.UNALIGNED, target=None)
    for term in item.rejected:
        for place in finder.find(term):
            linked = item.counterpart is None or place.span.overlaps(item.counterpart)
            weight = weigh(alignment, block, item, place)
            if linked and weight is not None:
                superseded = term.status is Status.SUPERSEDED
                verdict = Verdict.SUPERSEDED if superseded else Verdict.DEPRECATED
                return replace(use, verdict=verdict, target=place.span, found=term)
    if item.places:
        # The form stands there once for several source places: one is left out or a pronoun.
        if item.counterpart is None or item.score < CLEAR or item.counterpart.overlaps(
            item.places[0].span
        ):  # fmt: skip
            place = item.places[0]
            return replace(use, verdict=Verdict.FOLLOWED, target=place.span, found=place.term)
        return use
    copy = _copy(item, finder)
    if copy is not None:
        if _in_kept_name(alignment, block, item, copy):
            return replace(use, verdict=Verdict.KEPT_NAME, target=copy.span)
        return replace(use, verdict=Verdict.UNTRANSLATED, target=copy.span)
    if item.accepted:
        return use
    return replace(use, verdict=Verdict.FOLLOWED)  # the house only rejects, and that is not there


def _copy(item: OpenUse, finder: Finder) -> Place | None:
    """Where the source term itself stands in the translation."""
    if any(term.status is Status.DO_NOT_TRANSLATE for term in item.accepted):
        return None
    here = Term(text=item.match.span.text, lang=finder.lang, case_sensitive=False)
    for place in finder.find(here):
        if same_text(place.span.text, here.text) and (
            item.counterpart is None or place.span.overlaps(item.counterpart)
        ):
            return place
    return None


def _in_kept_name(alignment: Alignment, block: Block, item: OpenUse, copy: Place) -> bool:
    """Whether the copy is part of a longer name that was kept as it is.

    The words around the term stand around the copy too, and the sentence as a whole is
    translated: *London School of Hygiene*.
    """
    rows = alignment.source.tokens_in(item.match.span)
    if not any(alignment.source.tokens[k].text[:1].isupper() for k in rows):
        return False
    before = _copied(alignment, block, rows.start - 1, copy.tokens[0] - 1, -1)
    after = _copied(alignment, block, rows.stop, copy.tokens[-1] + 1, 1)
    return _LEAST_KEPT <= before + after < len(block.target_tokens) / 2


def _copied(alignment: Alignment, block: Block, i: int, j: int, step: int) -> int:
    """How many words from two positions on are the same in source and translation."""
    source, target = alignment.source.tokens, alignment.target.tokens
    run = 0
    while (
        i in block.source_tokens
        and j in block.target_tokens
        and spelled(source[i].text) == spelled(target[j].text)
    ):
        run += source[i].text[0].isalpha()
        i, j = i + step, j + step
    return run


def same_text(a: str, b: str) -> bool:
    """Whether two texts are spelled the same, capitals and blanks apart."""
    return "".join(spelled(a).split()) == "".join(spelled(b).split())
