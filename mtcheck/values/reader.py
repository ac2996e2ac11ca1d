"""All values of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from mtcheck.values.amounts import AmountReader
from mtcheck.values.lexicon import lexicon
from mtcheck.values.lexing import lex
from mtcheck.values.model import Amount, Kind, Reading, Value
from mtcheck.values.moments import read_moment
from mtcheck.values.ranges import join_ranges
from mtcheck.values.words import WordReader

_WEB = re.compile(
    r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+|(?<!\w)[@#]\w+", re.I
)


@lru_cache(maxsize=4)  # names and values of a side are read in turn
def read_values(text: str, lang: str) -> tuple[Value, ...]:
    """Values of a text, in text order and without overlaps.

    Args:
        text: Any text.
        lang: BCP 47 tag. A language without tables is read by digits and symbols alone.
    """
    lexed = lex(text, lexicon(lang))
    web = [(m.start(), m.end()) for m in _WEB.finditer(lexed.folded)]
    starts = [start for start, _ in web]
    found: list[Value] = []
    k = 0
    while k < len(lexed.lexemes):
        offset = lexed.lexemes[k].start
        inside = bisect_right(starts, offset) - 1
        if inside >= 0 and offset < web[inside][1]:
            k += 1
            continue
        value, following = _Reader(lexed).value_at(k)
        if value is not None:
            found.append(value)
        k = max(k + 1, following)
    return tuple(join_ranges(lexed, found))


class _Reader(AmountReader, WordReader):
    """Reads what stands at a lexeme."""

    __slots__ = ()

    def value_at(self, k: int) -> tuple[Value | None, int]:
        """The value that begins at a lexeme and the lexeme behind it."""
        lexeme = self.lexed.lexemes[k]
        identifier = lexeme.get("identifier")
        if identifier is not None:
            number, _ = identifier
            named = Amount(low=number, high=number)
            return self._value(k, k + 1, Kind.IDENTIFIER, (named,)), k + 1
        long_clock = self._elapsed(k)
        if long_clock is not None:
            return long_clock
        moment = read_moment(self.lexed, k)
        if moment is not None:
            readings: tuple[Reading, ...] = moment.readings
            extra = self._also_amount(k, moment.last)
            value = self._value(k, moment.last, moment.kind, (*readings, *extra), end=moment.end)
            return value, moment.last
        return self._amount(k) or self._word(k)
