"""Which words of two names belong together, and how surely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mtcheck.names.han import is_pinyin
from mtcheck.names.knowledge import mean_the_same
from mtcheck.names.korean import is_korean_surname
from mtcheck.names.parts import Name, Role, Word, joined, unspaced
from mtcheck.names.probability import network
from mtcheck.names.readings import family_name_readings, kanji_readings
from mtcheck.names.scripts import HAN, HANGUL, KANA, LATIN, script_of, symbols
from mtcheck.names.spelling import Spelling
from mtcheck.names.wordwise import Kind, WordVerdict, initials_fit, words_logit

EQUAL = 8.0
"""Log-odds of two words with the same letters."""
INITIAL_FITS = 1.5
INITIAL_DIFFERS = -4.0
_MOST_WORDS = 8
_LETTERS = {LATIN, "cyrillic", "greek", "armenian", "georgian"}
_LEAST_RATIO = 0.65
"""Letters of the shorter of two words in scripts that write all vowels."""
_MEANING = 3.0
"""Log-odds of two words that mean the same, as parts of longer names."""
_SURE = 2.5
"""No other cut into words is tried beyond."""
_GROUPED = 0.3
_MOST = 4.5
"""Most that names of several words can reach unless all their letters are equal."""
_SHORT = 1.4
"""Most that a short form can reach: the words it leaves out may be another person's."""
_CLASH = -0.5
"""A pair of words below is one that differs, not one that is spelled oddly."""


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
    surest = min(max((p.logit for p in found.pairs), default=-12.0), _MOST)
    if found.joined is not None and found.joined > _SURE:
        surest = max(surest, found.joined)
        if min(len(found.left), len(found.right)) == 1:
            # Written as one word there is nothing left out.
            logit = max(logit, found.joined - _GROUPED)
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
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    chosen: list[WordPair] = []

    def compare(places: list[tuple[int, int]], least: float) -> None:
        scored = [
            _pair(i, j, a[i], b[j], left, right)
            for i, j in places
            if i not in taken_left and j not in taken_right
        ]
        scored.sort(key=lambda p: (-p.logit, abs(p.i - p.j), p.i, p.j))
        for pair in scored:
            if pair.logit >= least and pair.i not in taken_left and pair.j not in taken_right:
                chosen.append(pair)
                taken_left.add(pair.i)
                taken_right.add(pair.j)

    # Most names keep their order: what surely fits in place need not be tried elsewhere.
    compare([(k, k) for k in range(min(len(a), len(b)))], _SURE)
    compare([(i, j) for i in range(len(a)) for j in range(len(b))], -99.0)
    return tuple(sorted(chosen, key=lambda p: p.i))


def _pair(i: int, j: int, x: Word, y: Word, left: Name, right: Name) -> WordPair:
    x_script, y_script = left.script or LATIN, right.script or LATIN
    if x.key == y.key:
        return WordPair(i=i, j=j, logit=EQUAL, kind=Kind.EQUAL, spelling=None, inflected=False)
    if Role.INITIAL in (x.role, y.role):
        fits = initials_fit(x, y, x_script, y_script)
        logit = INITIAL_FITS if fits else INITIAL_DIFFERS
        return WordPair(i=i, j=j, logit=logit, kind=Kind.INITIAL, spelling=None, inflected=False)
    found = words_logit(
        x.readings, script_of(x.text) or x_script, y.readings, script_of(y.text) or y_script
    )
    if found.logit < _MEANING and mean_the_same(x, left.lang, y, right.lang):
        found = WordVerdict(_MEANING, Kind.MEANING, None, False)
    return WordPair(
        i=i,
        j=j,
        logit=found.logit,
        kind=found.kind,
        spelling=found.spelling,
        inflected=found.inflected,
    )


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
            if (x_turned and y_turned) or _too_unlike(x, left, y, right):
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


def _too_unlike(x: str, left: Name, y: str, right: Name) -> bool:
    """Whether two letter scripts need so different numbers of letters that a word is missing."""
    if not {left.script, right.script} <= _LETTERS:
        return False
    return min(len(x), len(y)) < _LEAST_RATIO * max(len(x), len(y))


def _family_name(full: Word, name: Name, short: Word, other: Name) -> float:
    """Log-odds that a word is the family name of a person written without spaces."""
    text, script = full.text, name.script
    if script not in (HAN, HANGUL) or not 2 <= len(text) <= 4 or other.script in (None, script):
        return -12.0
    script_short = script_of(short.text) or other.script or LATIN
    best = -12.0
    latin = "".join(symbols(short.text, LATIN)) if script_short == LATIN else ""
    if script == HANGUL and is_korean_surname(latin, text[0]):
        best = _SHORT
    for size in (1, 2) if script == HAN and latin else ():
        if size < len(text) and is_pinyin(latin, "".join(symbols(text[:size], HAN))):
            best = _SHORT
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
