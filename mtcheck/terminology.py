"""What became of the terms of a termbase: for each place in the source, what stands for it.

The accepted forms that stand in the aligned sentences are dealt out to the source places by the
links of their words. So the required term elsewhere in a sentence neither hides an error nor
causes one; where the alignment is unsure, an accepted form that nothing else claims counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mtcheck.alignment import LINK_THRESHOLD, Alignment, Block
from mtcheck.document import Span
from mtcheck.renderings import RenderingKey, trim
from mtcheck.termbase import TARGET_SIDE, Status, Term, TermEntry
from mtcheck.termbases.finding import Finder, Place
from mtcheck.termbases.jurisdictions import Countries, choose
from mtcheck.termbases.matching import TermMatch, is_acronym, variants
from mtcheck.text.forms import spelled
from mtcheck.text.languages import language, region, same_language
from mtcheck.text.words import is_content

_SURE_LINK = 0.5  # link probability from which a word certainly stands for another
_FOREIGN = 0.15  # share of a place's mass below which it does not come from a source term
_CLEAR = 0.5  # mean link probability from which a counterpart is taken at its word
_WIDEST_GAP = 3  # target words between two parts of one counterpart
_LEAST_KEPT = 2  # words around a copied term that make it part of a longer copied name


class Verdict(StrEnum):
    """What became of a term at one place."""

    FOLLOWED = "followed"
    LATER_FORM_FIRST = "later form first"
    SHORTENED = "shortened"
    NOT_FOLLOWED = "not followed"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"
    UNTRANSLATED = "untranslated"
    LEFT_OUT = "left out"
    KEPT_NAME = "kept in a name"
    UNALIGNED = "unaligned"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUse:
    """A term of the termbase at one place of the source.

    Attributes:
        source: The place.
        entries: The concepts it may stand for.
        term: The source term.
        verdict: What became of it.
        target: What stands for it in the translation, or ``None``.
        found: The target term that stands there, accepted or rejected; ``None`` = none.
        accepted: The target terms that may stand there, the expected one first.
        score: Mean link probability of the counterpart, in [0, 1].
    """

    source: Span
    entries: tuple[TermEntry, ...]
    term: Term
    verdict: Verdict
    target: Span | None = None
    found: Term | None = None
    accepted: tuple[Term, ...] = ()
    score: float = 0.0

    @property
    def entry(self) -> TermEntry:
        """The concept that speaks: the one of the term found, or the first."""
        return next((e for e in self.entries if self.found in e.terms), self.entries[0])

    @property
    def expected(self) -> str | None:
        """The form that should stand there; ``None`` if the house only rejects."""
        return self.accepted[0].text if self.accepted else None


@dataclass(slots=True, eq=False)
class _Open:
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


def verify_terms(
    alignment: Alignment, matches: Iterable[TermMatch], *, day: date | None = None
) -> tuple[TermUse, ...]:
    """What became of each term found in the source.

    Args:
        alignment: The aligned article.
        matches: Terms of a termbase in the source.
        day: Day of the article, for terms with dates; ``None`` = every date will do.

    Returns:
        One use for each match whose concept has terms in the target language, or is not to be
        translated; in text order.
    """
    matches = list(matches)
    if not matches:
        return ()
    countries = Countries(alignment.source)
    by_block: dict[int, list[_Open]] = {}
    order: list[tuple[_Open, Block]] = []
    for match in matches:
        block = alignment.block_of_source(match.span.start)
        item = _open(match, alignment, countries, day)
        if item is None or block is None:
            continue
        by_block.setdefault(id(block), []).append(item)
        order.append((item, block))
    finders = {id(block): Finder(alignment.target, block.target_tokens) for _, block in order}
    blocks = {id(block): block for _, block in order}
    for key, items in by_block.items():
        _deal(alignment, blocks[key], items, finders[key])
    uses = [_use(alignment, block, item, finders[id(block)]) for item, block in order]
    uses.sort(key=lambda use: use.source)
    return tuple(_in_article(alignment, uses))


# ---------------------------------------------------------------- what may stand there


def _open(
    match: TermMatch, alignment: Alignment, countries: Countries, day: date | None
) -> _Open | None:
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
    return _Open(match, tuple(entries), tuple(_by_preference(accepted)), tuple(rejected))


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


# ---------------------------------------------------------------- what does stand there


def _deal(alignment: Alignment, block: Block, items: Sequence[_Open], finder: Finder) -> None:
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
            weight = _weight(alignment, block, item, place)
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
    exact = _same_text(rejected.span.text, rejected.term.text)
    return not accepted.sure or (exact and not _same_text(accepted.span.text, accepted.term.text))


def _project(alignment: Alignment, block: Block, item: _Open) -> None:
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


def _weight(alignment: Alignment, block: Block, item: _Open, place: Place) -> float | None:
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
        apart = not item.counterpart.overlaps(place.span) and item.score >= _CLEAR
        if foreign >= _SURE_LINK and apart:
            return None
    return 1.0 + link + mass


def _use(alignment: Alignment, block: Block, item: _Open, finder: Finder) -> TermUse:
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
            weight = _weight(alignment, block, item, place)
            if linked and weight is not None:
                superseded = term.status is Status.SUPERSEDED
                verdict = Verdict.SUPERSEDED if superseded else Verdict.DEPRECATED
                return replace(use, verdict=verdict, target=place.span, found=term)
    if item.places:
        # The form stands there once for several source places: one is left out or a pronoun.
        if item.counterpart is None or item.score < _CLEAR or item.counterpart.overlaps(
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


def _copy(item: _Open, finder: Finder) -> Place | None:
    """Where the source term itself stands in the translation."""
    if any(term.status is Status.DO_NOT_TRANSLATE for term in item.accepted):
        return None
    here = Term(text=item.match.span.text, lang=finder.lang, case_sensitive=False)
    for place in finder.find(here):
        if _same_text(place.span.text, here.text) and (
            item.counterpart is None or place.span.overlaps(item.counterpart)
        ):
            return place
    return None


def _in_kept_name(alignment: Alignment, block: Block, item: _Open, copy: Place) -> bool:
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


def _same_text(a: str, b: str) -> bool:
    return "".join(spelled(a).split()) == "".join(spelled(b).split())


# ---------------------------------------------------------------- by the whole article


def _in_article(alignment: Alignment, uses: Sequence[TermUse]) -> Iterable[TermUse]:
    """Verdicts that depend on what stands before: short forms, omissions, first mentions."""
    introduced: set[str] = set()
    mentioned: set[str] = set()
    headline = alignment.target.paragraphs[0].end if len(alignment.target.paragraphs) > 1 else 0
    moved = _Moved(alignment, uses)
    for given in uses:
        use = given
        known = any(entry.id in introduced for entry in use.entries)
        if use.verdict is Verdict.NOT_FOLLOWED:
            elsewhere = moved.find(use)
            if elsewhere is not None:
                use = replace(
                    use, verdict=Verdict.FOLLOWED, target=elsewhere.span, found=elsewhere.term
                )
            elif known and use.target is None:
                use = replace(use, verdict=Verdict.LEFT_OUT)
            elif known and _is_short_form(alignment, use):
                use = replace(use, verdict=Verdict.SHORTENED)
        in_body = use.target is not None and use.target.start >= headline
        if in_body and not any(entry.id in mentioned for entry in use.entries):
            mentioned.update(entry.id for entry in use.entries)
            if use.verdict is Verdict.FOLLOWED and _is_later_form(use):
                use = replace(use, verdict=Verdict.LATER_FORM_FIRST)
        if use.verdict is Verdict.FOLLOWED:
            introduced.update(entry.id for entry in use.entries)
        yield use


def _is_later_form(use: TermUse) -> bool:
    """Whether a form for later mentions stands where one for the first is asked for."""
    first = any(term.reference == "first" for term in use.accepted)
    return first and use.found is not None and use.found.reference == "later"


def _is_short_form(alignment: Alignment, use: TermUse) -> bool:
    """Whether what stands there only abbreviates an accepted form, which stood there before."""
    if use.target is None:
        return False
    lang = alignment.target.lang
    here = RenderingKey.of(alignment.target, use.target)
    for term in use.accepted:
        for text in variants(term.text):
            full = RenderingKey.of_text(text, lang)
            if here and len(here.words) < len(full.words):
                if here.abbreviates(full) and (here.spaced or len(here.words) >= 2):
                    return True
                if is_acronym(use.target.text) and _initials(text, use.target.text):
                    return True
    return False


def _initials(text: str, acronym: str) -> bool:
    """Whether an acronym is made of initials of a form, in order."""
    initials = iter(word[0].casefold() for word in text.replace("-", " ").split())
    return all(c.casefold() in initials for c in acronym if c.isalpha())


class _Moved:
    """Accepted forms in the sentences beside, which the sentence alignment may have misjudged."""

    def __init__(self, alignment: Alignment, uses: Sequence[TermUse]) -> None:
        self._alignment = alignment
        self._claimed = [use.target for use in uses if use.verdict is Verdict.FOLLOWED]
        self._blocks = list(alignment.blocks)
        self._at = {id(block): k for k, block in enumerate(self._blocks)}

    def find(self, use: TermUse) -> Place | None:
        """A sure, unclaimed place of an accepted form in a neighboring block."""
        if use.target is not None and use.score >= _CLEAR:
            return None
        block = self._alignment.block_of_source(use.source.start)
        if block is None:
            return None
        at = self._at[id(block)]
        for neighbor in self._blocks[max(0, at - 1) : at + 2]:
            if neighbor is block:
                continue
            finder = Finder(self._alignment.target, neighbor.target_tokens)
            for term in use.accepted:
                for place in finder.find(term):
                    free = not any(c is not None and c.overlaps(place.span) for c in self._claimed)
                    if place.sure and free:
                        self._claimed.append(place.span)
                        return place
        return None


def cased_like(expected: str, target: Span, alignment: Alignment) -> str:
    """An expected form with the capital that its place asks for: at the start of a sentence.

    Args:
        expected: The form as the house spells it.
        target: What it should replace.
        alignment: The aligned article.
    """
    side = alignment.target
    if not language(side.lang).cased:
        return expected
    sentence = side.sentences[side.sentence_at(target.start)].span
    letters = [c for c in sentence.text if c.isalpha()]
    if len(letters) > len(target.text) and all(c.isupper() for c in letters):
        return expected.upper()
    before = side.text[sentence.start : target.start]
    if not any(c.isalnum() for c in before):
        return expected[:1].upper() + expected[1:]
    return expected
