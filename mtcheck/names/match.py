"""Do two strings name the same thing? The verdict, its probability and its reason."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from mtcheck.errors import InputError
from mtcheck.names import acronyms, knowledge
from mtcheck.names.evidence import Evidence, weigh
from mtcheck.names.parts import LONGEST_NAME, Name, Role, plain, take_apart
from mtcheck.names.probability import sigmoid
from mtcheck.names.readings import can_read_kanji
from mtcheck.names.scripts import HAN, LATIN
from mtcheck.names.verdict import Verdict
from mtcheck.names.wordwise import Kind
from mtcheck.text.languages import canonical_tag

PRIOR = 0.5
"""Score where the strings decide nothing: the networks saw as many right as wrong pairs."""

_IDENTICAL = 0.995
_FOLDED = 0.985
_REORDERED = 0.97
_NOTHING = 0.0
_OTHER_PROPER = 0.05
_INFORMATIVE = 0.9
"""From here on sound alone is trusted in spite of a reading that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """Whether two names name the same thing.

    Attributes:
        score: Probability that they do, where right and wrong are equally likely beforehand.
            Range: [0, 1].
        reason: What decided, in words for an editor.
    """

    score: float
    reason: str


def compare_names(
    a: str, b: str, *, lang_a: str | None = None, lang_b: str | None = None
) -> NameMatch:
    """Compare two names as strings, in any scripts and languages.

    Args:
        a: A name.
        b: Another.
        lang_a: BCP 47 tag of the language the first stands in; ``None`` where it is not known.
        lang_b: The same of the second.

    Returns:
        The same for (a, b) and for (b, a) with their languages exchanged.

    Raises:
        InputError: Not strings, or a language tag that does not exist.

    Example:
        >>> compare_names("PBB", "Nations unies", lang_a="id", lang_b="fr")
        NameMatch(score=0.985, reason='both name United Nations')
    """
    for value in (a, b):
        if not isinstance(value, str):
            raise InputError(f"a name is {type(value).__name__}, not text: pass a str")
    sides = sorted(
        (text, canonical_tag(lang) if lang else "") for text, lang in ((a, lang_a), (b, lang_b))
    )
    (left_text, left_lang), (right_text, right_lang) = sides
    verdict = _decide(left_text, left_lang or None, right_text, right_lang or None)
    return NameMatch(score=round(min(max(verdict.score, 0.0), 1.0), 6), reason=verdict.reason)


def _decide(
    left_text: str, left_lang: str | None, right_text: str, right_lang: str | None
) -> Verdict:
    left_shown, right_shown = _clean(left_text), _clean(right_text)
    if not _has_content(left_shown) or not _has_content(right_shown):
        return Verdict(_NOTHING, "a name without letters or digits")
    if max(len(left_shown), len(right_shown)) > LONGEST_NAME:
        if left_shown == right_shown:
            return Verdict(_IDENTICAL, "same spelling")
        return Verdict(0.02, f"longer than {LONGEST_NAME} characters: no name")
    left, right = take_apart(left_text, left_lang), take_apart(right_text, right_lang)
    known = knowledge.compare(left, right)
    if left_shown == right_shown:
        if known and known.score < PRIOR:
            return Verdict(PRIOR, f"same spelling, but {known.reason}")
        return Verdict(_IDENTICAL, "same spelling")
    if known:
        return known
    same = _same_letters(left, right)
    if same:
        return same
    if left.script is None or right.script is None:
        return _without_letters(left, right)
    short = acronyms.compare(left, right)
    if short:
        return short
    if _digits(left) != _digits(right):
        return Verdict(
            0.03, f"numbers differ: {_digits(left) or 'none'}, {_digits(right) or 'none'}"
        )
    evidence = weigh(left, right)
    score = sigmoid(evidence.logit)
    verdict = Verdict(score, _reason(left, right, evidence, alike=score >= PRIOR))
    clash = knowledge.clash_inside(left, right)
    if clash:
        return Verdict(min(verdict.score, clash.score), clash.reason)
    if verdict.score >= _INFORMATIVE:
        return verdict
    listed = knowledge.concepts(left, right)
    if listed:
        return listed
    if verdict.score < PRIOR and _proper_clash(left, right, evidence):
        # That both are universities says nothing about which.
        return Verdict(min(verdict.score, _OTHER_PROPER), verdict.reason)
    return _abstain(left, right, verdict) or verdict


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _has_content(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _digits(name: Name) -> str:
    """Numbers in a name, such as the 2 of Apollo 2; digits of any script."""
    digits = [
        str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else " "
        for c in unicodedata.normalize("NFKC", name.text)
    ]
    return " ".join("".join(digits).split())


def _same_letters(left: Name, right: Name) -> Verdict | None:
    """Names of one script that differ in case, accents, titles, spaces or the order of words."""
    if left.script != right.script or not left.key:
        return None
    if left.key == right.key:
        titles = {w.key for w in (*left.words, *right.words) if w.role is Role.TITLE}
        if titles and {w.key for w in left.words} != {w.key for w in right.words}:
            return Verdict(_FOLDED, "same name, with and without a title")
        if left.script == HAN:
            return Verdict(_FOLDED, "same characters, simplified or traditional")
        return Verdict(_FOLDED, "same letters apart from case, accents, spaces or punctuation")
    if len(left.core) > 1 and sorted(w.key for w in left.core) == sorted(w.key for w in right.core):
        return Verdict(_REORDERED, "same words in another order")
    for x in left.core[0].readings if len(left.core) == 1 else ():
        for y in right.core[0].readings if len(right.core) == 1 else ():
            if plain(x, left.script) == plain(y, right.script):
                return Verdict(
                    0.95, f"forms of one word: {left.core[0].text}, {right.core[0].text}"
                )
    return None


def _without_letters(left: Name, right: Name) -> Verdict:
    if _digits(left) == _digits(right) and left.script is right.script is None:
        return Verdict(_FOLDED, "same digits")
    return Verdict(
        0.02, "one name has only digits" if left.script != right.script else "digits differ"
    )


def _abstain(left: Name, right: Name, verdict: Verdict) -> Verdict | None:
    """The strings do not decide: a reading that is not known, a name that may be translated."""
    for han, other in ((left, right), (right, left)):
        if han.script == HAN and other.script != HAN:
            unread = han.lang in (None, "ja") and not can_read_kanji()
            if unread and verdict.score < PRIOR and _may_be_kanji(han, other):
                return Verdict(
                    0.4, "kanji without a dictionary of readings: pip install 'mtcheck[ja]'"
                )
            if (
                verdict.score < PRIOR and other.script == LATIN and len(han.key) <= 5
                and all(knowledge.looks_japanese(w.key) for w in other.core)
            ):  # fmt: skip
                read = han.lang == "ja" and can_read_kanji()
                why = "may be read otherwise" if read else "whose reading is not known"
                return Verdict(
                    max(verdict.score, 0.15 if read else 0.3), f"perhaps a Japanese name, {why}"
                )
    two_languages = left.lang is None or left.lang != right.lang or left.script != right.script
    ordinary = knowledge.is_descriptive(left) and knowledge.is_descriptive(right)
    if verdict.score < 0.4 and two_languages and ordinary:
        return Verdict(0.4, "names made of ordinary words: spelling cannot tell")
    return None


def _proper_clash(left: Name, right: Name, evidence: Evidence) -> bool:
    """Whether the ordinary words agree and a proper name beside them does not.

    Airlangga University is not Universitas Brawijaya, whatever its words mean.
    """
    agreed = any(p.kind in (Kind.MEANING, Kind.EQUAL) for p in evidence.pairs)
    return agreed and any(
        knowledge.is_proper(evidence.left[p.i], left.lang)
        and knowledge.is_proper(evidence.right[p.j], right.lang)
        for p in evidence.clashes
    )


def _may_be_kanji(han: Name, other: Name) -> bool:
    """Not surely Chinese: the other side is no name of Chinese syllables."""
    return (
        han.lang == "ja"
        or other.script != LATIN
        or all(knowledge.looks_japanese(w.key) for w in other.core)
    )


def _reason(left: Name, right: Name, evidence: Evidence, *, alike: bool) -> str:
    """What the words say, the deciding fact first."""
    weakest = min((p.logit for p in evidence.pairs), default=-99.0)
    one_word = min(len(evidence.left), len(evidence.right)) == 1
    if (
        evidence.joined is not None
        and evidence.joined > weakest
        and (one_word or evidence.joined > 0)
    ):
        text = "sounds alike" if evidence.joined > 0 else "sounds different"
        if left.script == right.script:
            text = "spelled alike" if evidence.joined > 0 else "spelled differently"
        text += " written as one word"
        return text + (
            ", family name at the other end" if evidence.turned and evidence.joined > 0 else ""
        )
    a, b = evidence.left, evidence.right
    if evidence.clashes:
        pair = min(evidence.clashes, key=lambda p: p.logit)
        x, y = a[pair.i].text, b[pair.j].text
        if alike:
            return f"mostly alike, though {x} is not {y}"
        others = [p for p in evidence.pairs if p.logit > 0]
        fitting = f"{a[others[0].i].text} fits, but " if others and len(evidence.pairs) > 1 else ""
        if pair.spelling and pair.spelling.where != ("", "") and pair.logit > -4:
            here = " for ".join(part or "nothing" for part in pair.spelling.where)
            return f"{fitting}{x} is not {y} ({here})"
        return f"{fitting}{x} is not {y}"
    alone = [w.text for side in evidence.alone for w in side]
    initials = any(p.kind is Kind.INITIAL for p in evidence.pairs)
    crossed = any(
        (p.i - q.i) * (p.j - q.j) < 0
        for k, p in enumerate(evidence.pairs)
        for q in evidence.pairs[k + 1 :]
    )
    if all(p.kind is Kind.EQUAL for p in evidence.pairs):
        text = "same words"
    elif any(p.kind is Kind.MEANING for p in evidence.pairs):
        text = "words that sound alike or mean the same"
    elif any(p.kind is Kind.ROMANIZATION for p in evidence.pairs):
        text = "two romanizations of one name"
    elif left.script == right.script:
        text = "spelled alike"
    else:
        text = "sounds alike"
    if any(p.inflected for p in evidence.pairs):
        text += ", inflected"
    if initials:
        text += ", with an initial"
    if crossed:
        text += ", in another order"
    if alone:
        text += f", short form without {' '.join(alone[:3])}"
    return text
