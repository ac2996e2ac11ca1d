"""Verdicts that depend on the article as a whole, and how a suggestion fits its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mtcheck.alignment import Alignment
from mtcheck.document import Span
from mtcheck.renderings import RenderingKey
from mtcheck.termbases.finding import Finder, Place
from mtcheck.termbases.words import is_acronym, variants
from mtcheck.terminology.blocks import CLEAR
from mtcheck.terminology.uses import TermUse, Verdict
from mtcheck.text.languages import language


def in_article(alignment: Alignment, uses: Sequence[TermUse]) -> Iterable[TermUse]:
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
        if use.target is not None and use.score >= CLEAR:
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
