"""Which words of two names belong together, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from mtcheck.names.han import han_logit, is_pinyin
from mtcheck.names.known import are_known
from mtcheck.names.orthography import spelling_key
from mtcheck.names.parts import Name, Role, Word, joined, unspaced
from mtcheck.names.probability import network, word_inputs
from mtcheck.names.readings import family_name_readings, kanji_readings
from mtcheck.names.scripts import HAN, HANGUL, KANA, LATIN, script_of, symbols
from mtcheck.names.spelling import Spelling, compare_words, tables

EQUAL = 8.0
"""Log-odds of two words with the same letters."""
INITIAL_FITS = 1.5
INITIAL_DIFFERS = -4.0
_INFLECTED_EQUAL = 4.0
"""Log-odds of two words with the same letters once an ending is removed."""
_INFLECTED = 0.5
"""Taken off where a word only fits after an ending is removed; endings come off by chance too."""
_MOST_WORDS = 8
_SURE = 2.5
"""No other cut into words is tried beyond."""
_GROUPED = 0.3
_SHORT = 2.0
"""Most that a short form can reach: the words it leaves out may be another person's."""
_KNOWN = 5.0
"""Log-odds of two words that several entities of the data share."""
_SYLLABLES = 3.5
"""Log-odds of a Latin word that is exactly the Mandarin reading of a Han one."""
_SYLLABLES_ONLY = 1.0
"""The same where a character is none that names of the data have: right sound, odd character."""
_ROMANIZED = 2.2
"""Log-odds of two romanizations of one name: Soekarno, Sukarno."""
_LONG_ENOUGH = 4
"""Letters of a common romanization; shorter words agree by chance."""
_SAME_SCRIPT = 2.0
"""Taken off within one script that is not Latin: a name is copied there, not spelled by ear."""
_CLASH = -0.5
"""A pair of words below is one that differs, not one that is spelled oddly."""


class Kind(StrEnum):
    """What two words were compared by."""

    EQUAL = "equal"
    INITIAL = "initial"
    KNOWN = "known"
    CHARACTERS = "characters"
    ROMANIZATION = "romanization"
    SOUND = "sound"


class WordVerdict(NamedTuple):
    """Log-odds of two words, what they rest on, and whether an ending was removed."""

    logit: float
    kind: Kind
    spelling: Spelling | None
    inflected: bool


_NO_SOUND = WordVerdict(-12.0, Kind.SOUND, None, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPair:
    """Two words that were put together.

    Attributes:
        i: Number of the left word in its core.
        j: Number of the right word.
        logit: Log-odds that they are one word.
        kind: What was compared.
        spelling: The cut behind it; ``None`` unless sounds were compared.
        inflected: An ending was removed.
    """

    i: int
    j: int
    logit: float
    kind: Kind
    spelling: Spelling | None
    inflected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Two names held against each other word by word.

    Attributes:
        left: Words of the left name that must be accounted for.
        right: Words of the right name.
        pairs: Words put together, in the order of the left name.
        joined: Log-odds of both names written as one word; ``None`` where that says nothing.
        joined_spelling: The cut behind it.
        turned: The joined reading that fits best has the surname at the other end.
        logit: Log-odds that the names are one.
    """

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    pairs: tuple[WordPair, ...]
    joined: float | None
    joined_spelling: Spelling | None
    turned: bool
    logit: float

    @property
    def clashes(self) -> tuple[WordPair, ...]:
        """Pairs that differ."""
        return tuple(p for p in self.pairs if p.logit < _CLASH)

    @property
    def alone(self) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        """Words without partner, left and right."""
        lefts = {p.i for p in self.pairs}
        rights = {p.j for p in self.pairs}
        return (
            tuple(w for k, w in enumerate(self.left) if k not in lefts),
            tuple(w for k, w in enumerate(self.right) if k not in rights),
        )


def weigh(left: Name, right: Name) -> Evidence:
    """Hold two names against each other."""
    best = _judge(gather(left, right))
    if best.logit >= _SURE:
        return best
    for a, b in _groupings(left, right):
        found = _judge(gather(left, right, a, b))
        # Words may be put together in several ways, so one that fits is worth a little less.
        if found.logit - _GROUPED > best.logit:
            best = replace(found, logit=found.logit - _GROUPED)
    return best


def _judge(found: Evidence) -> Evidence:
    """Evidence with the log-odds that follow from it."""
    if len(found.left) == len(found.right) == 1:
        only = found.pairs[0].logit
        return replace(found, logit=only if found.joined is None else max(only, found.joined))
    logit = network("name").logit(name_inputs(found))
    # The whole is not surer than its surest part: outside of what the network was fitted on
    # (many words, none of which fits) it would guess.
    surest = max((p.logit for p in found.pairs), default=-12.0)
    if found.joined is not None:
        surest = max(surest, found.joined)
    elif len(found.left) != len(found.right):
        surest = min(surest, _SHORT)
    return replace(found, logit=min(logit, surest))


def gather(
    left: Name,
    right: Name,
    a: tuple[Word, ...] | None = None,
    b: tuple[Word, ...] | None = None,
) -> Evidence:
    """The evidence without a verdict; its log-odds are 0.

    Args:
        left: A name.
        right: Another.
        a: Words to take for the left name instead of its core.
        b: Words to take for the right name.
    """
    a = (left.core if a is None else a)[:_MOST_WORDS]
    b = (right.core if b is None else b)[:_MOST_WORDS]
    whole, spelling, turned = _joined(a, b, left, right)
    return Evidence(
        left=a, right=b, pairs=_assign(a, b, left, right), joined=whole,
        joined_spelling=spelling, turned=turned, logit=0.0,
    )  # fmt: skip


def _groupings(left: Name, right: Name) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Other ways to cut both names into words: particles kept or glued, neighbors as one word."""
    if max(len(left.words), len(right.words)) > _MOST_WORDS:
        return
    lefts, rights = _ways(left), _ways(right)
    for k, a in enumerate(lefts):
        for m, b in enumerate(rights):
            if bool(k) != bool(m) and len(a) == len(b):
                yield a, b


def _ways(name: Name) -> list[tuple[Word, ...]]:
    """The core; with particles; with particles glued to the next word; with two words as one."""
    ways = [name.core]
    if any(w.role is Role.PARTICLE for w in name.words):
        full = tuple(w for w in name.words if w.role is not Role.TITLE)
        glued: list[Word] = []
        pending: tuple[Word, ...] = ()
        for word in full:
            pending = (*pending, word)
            if word.role is not Role.PARTICLE:
                glued.append(_glue(pending))
                pending = ()
        ways += [full, (*glued, *pending)]
    core = name.core
    if 2 <= len(core) <= 4:
        ways += [(*core[:k], _glue(core[k : k + 2]), *core[k + 2 :]) for k in range(len(core) - 1)]
    return list(dict.fromkeys(ways))


def _glue(words: tuple[Word, ...]) -> Word:
    """Words as one; its endings are those of the last."""
    if len(words) == 1:
        return words[0]
    head = joined(words[:-1])
    return Word(
        text=joined(words),
        role=Role.NAME,
        readings=tuple(head + reading for reading in words[-1].readings),
        key="".join(w.key for w in words),
    )


def name_inputs(evidence: Evidence) -> tuple[float, ...]:
    """Inputs of the network for names, all of the order of 1; the same from either side."""
    left, right, pairs, whole = evidence.left, evidence.right, evidence.pairs, evidence.joined
    logits = [max(-6.0, min(6.0, p.logit)) for p in pairs]
    initials = sum(p.kind is Kind.INITIAL for p in pairs)
    alone_left, alone_right = len(left) - len(pairs), len(right) - len(pairs)
    crossed = any(
        (p.i - q.i) * (p.j - q.j) < 0 for k, p in enumerate(pairs) for q in pairs[k + 1 :]
    )
    unaccounted = sorted((alone_left, alone_right))
    return (
        min(logits, default=-6.0) / 4,
        max(logits, default=-6.0) / 4,
        sum(logits) / max(len(logits), 1) / 4,
        sum(logit < _CLASH for logit in logits) / 2,
        len(pairs) / 3,
        unaccounted[0] / 2,
        unaccounted[1] / 2,
        initials / 2,
        1.0 if crossed else 0.0,
        0.0 if whole is None else max(-6.0, min(6.0, whole)) / 4,
        1.0 if whole is None else 0.0,
        1.0 if min(len(left), len(right)) == 1 else 0.0,
    )


def _assign(
    a: tuple[Word, ...], b: tuple[Word, ...], left: Name, right: Name
) -> tuple[WordPair, ...]:
    """Put words together, the surest first; every word of the shorter name gets one."""
    scored = [
        _pair(i, j, x, y, left.script or LATIN, right.script or LATIN)
        for i, x in enumerate(a)
        for j, y in enumerate(b)
    ]
    scored.sort(key=lambda p: (-p.logit, abs(p.i - p.j), p.i, p.j))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    chosen = []
    for pair in scored:
        if pair.i not in taken_left and pair.j not in taken_right:
            chosen.append(pair)
            taken_left.add(pair.i)
            taken_right.add(pair.j)
    return tuple(sorted(chosen, key=lambda p: p.i))


def _pair(i: int, j: int, x: Word, y: Word, x_script: str, y_script: str) -> WordPair:
    if x.key == y.key:
        return WordPair(i=i, j=j, logit=EQUAL, kind=Kind.EQUAL, spelling=None, inflected=False)
    if Role.INITIAL in (x.role, y.role):
        fits = _initial_fits(x, y, x_script, y_script)
        logit = INITIAL_FITS if fits else INITIAL_DIFFERS
        return WordPair(i=i, j=j, logit=logit, kind=Kind.INITIAL, spelling=None, inflected=False)
    found = words_logit(
        x.readings, script_of(x.text) or x_script, y.readings, script_of(y.text) or y_script
    )
    return WordPair(
        i=i,
        j=j,
        logit=found.logit,
        kind=found.kind,
        spelling=found.spelling,
        inflected=found.inflected,
    )


def _initial_fits(x: Word, y: Word, x_script: str, y_script: str) -> bool:
    """Whether the first letters agree in sound."""
    first = [
        _first_letter(word, script_of(word.text) or script)
        for word, script in ((x, x_script), (y, y_script))
    ]
    return bool(first[0] & first[1])


@lru_cache(maxsize=4096)
def _first_letter(word: Word, script: str) -> frozenset[str]:
    from mtcheck.names.romanize import romanize

    sounds = symbols(word.text, script)
    if script == LATIN:
        letter = "".join(sounds[:1])
    else:
        letter = romanize("".join(sounds[:2]), script)[:1]
    # Romanizations disagree on the first letter of these sounds.
    groups = ("cks", "jyg", "ijy", "zjs", "uw", "vw", "fp", "xhk", "eyj", "ckg", "td", "bp")
    return frozenset(letter).union(*(g for g in groups if letter and letter in g))


@lru_cache(maxsize=65536)
def words_logit(
    left: tuple[str, ...], left_script: str, right: tuple[str, ...], right_script: str
) -> WordVerdict:
    """Log-odds that two words, in any of their forms, are one."""
    best = _NO_SOUND
    for x_number, x in enumerate(left):
        for y_number, y in enumerate(right):
            found = _forms_logit(x, left_script, y, right_script)
            if x_number or y_number:
                found = found._replace(logit=found.logit - _INFLECTED, inflected=True)
            if found.logit > best.logit:
                best = found
    return best


def _forms_logit(x: str, x_script: str, y: str, y_script: str) -> WordVerdict:
    """Log-odds of two forms."""
    if x_script == y_script:
        first, second = symbols(x, x_script), symbols(y, y_script)
        if first == second:
            return WordVerdict(_INFLECTED_EQUAL, Kind.EQUAL, None, False)
        if x_script == HAN:
            logit = han_logit("".join(first), "".join(second))
            return WordVerdict(logit, Kind.CHARACTERS, None, False)
    if are_known(x, x_script, y, y_script):
        return WordVerdict(_KNOWN, Kind.KNOWN, None, False)
    spelling = compare_words(x, x_script, y, y_script)
    if spelling is None:
        return _NO_SOUND
    logit = network("word").logit(word_inputs(spelling))
    if x_script == y_script == LATIN:
        key = spelling_key(x)
        if len(key) >= _LONG_ENOUGH and key == spelling_key(y) and logit < _ROMANIZED:
            return WordVerdict(_ROMANIZED, Kind.ROMANIZATION, None, False)
    elif x_script == y_script:
        logit -= _SAME_SCRIPT
    elif HAN in (x_script, y_script) and LATIN in (x_script, y_script):
        latin, han = (x, y) if x_script == LATIN else (y, x)
        characters = symbols(han, HAN)
        if is_pinyin("".join(symbols(latin, LATIN)), "".join(characters)):
            usual = all(c in tables()[HAN].rows for c in characters)
            logit = max(logit, _SYLLABLES if usual else _SYLLABLES_ONLY)
    return WordVerdict(logit, Kind.SOUND, spelling, False)


def _joined(
    a: tuple[Word, ...], b: tuple[Word, ...], left: Name, right: Name
) -> tuple[float | None, Spelling | None, bool]:
    """Both names as one word each: for scripts without spaces, and words written together."""
    if not a or not b or not left.script or not right.script:
        return None, None, False
    if len(a) == len(b) > 1 or (
        len(a) == len(b) and not {HAN, HANGUL} & {left.script, right.script}
    ):
        return None, None, False
    best: tuple[float | None, Spelling | None, bool] = (None, None, False)
    for x, x_turned in _orders(a, left):
        for y, y_turned in _orders(b, right):
            if x_turned and y_turned:
                continue
            for x_script, x_form in _forms(x, left):
                for y_script, y_form in _forms(y, right):
                    found = words_logit((x_form,), x_script, (y_form,), y_script)
                    if best[0] is None or found.logit > best[0]:
                        best = (found.logit, found.spelling, x_turned or y_turned)
    if len(a) == len(b) == 1 and best[0] is not None and best[0] < _SHORT:
        short = max(_family_name(a[0], left, b[0], right), _family_name(b[0], right, a[0], left))
        if short > best[0]:
            return short, None, False
    return best


def _family_name(full: Word, name: Name, short: Word, other: Name) -> float:
    """Log-odds that a word is the family name of a person written without spaces."""
    text, script = full.text, name.script
    if script not in (HAN, HANGUL) or not 2 <= len(text) <= 4 or other.script in (None, script):
        return -12.0
    script_short = script_of(short.text) or other.script or LATIN
    best = -12.0
    for size in (1, 2):
        head = text[:size]
        if size == len(text):
            continue
        if script == HAN:
            latin = "".join(symbols(short.text, script_short))
            if script_short == LATIN and is_pinyin(latin, "".join(symbols(head, HAN))):
                best = _SHORT
        else:
            found = words_logit((head,), HANGUL, short.readings, script_short)
            best = max(best, found.logit)
    if script == HAN and name.lang in (None, "ja"):
        for reading in family_name_readings(text):
            best = max(best, words_logit((reading,), KANA, short.readings, script_short).logit)
    return min(best, _SHORT) - _GROUPED


def _orders(words: tuple[Word, ...], name: Name) -> Iterator[tuple[str, bool]]:
    """The words as one, in order and with the last word first and the first word last."""
    if len(words) == 1:
        for reading in words[0].readings[:4]:
            yield reading, False
        return
    yield joined(words), False
    if len(words) <= 4 and not unspaced(name):
        yield joined((words[-1], *words[:-1])), True
        if len(words) > 2:
            yield joined((*words[1:], words[0])), True


def _forms(text: str, name: Name) -> Iterator[tuple[str, str]]:
    """(script, form): the text, and its Japanese readings where a dictionary is installed."""
    script = script_of(text) or name.script or LATIN
    yield script, text
    if script == HAN and name.lang in (None, "ja"):
        for reading in kanji_readings(text):
            yield KANA, reading
