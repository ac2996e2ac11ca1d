"""Fractions, and durations that are written like times of day."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from mtcheck.document import Span
from mtcheck.values.making import Making
from mtcheck.values.model import Amount, Kind, Moment, Reading, Value
from mtcheck.values.numerals import Numeral, read_numeral

_CLOCK_LONG = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?(?:[.,](\d+))?(?!\d)")
_MIXED = re.compile(r" (\d)/(\d)(?![\d/])")
_RATIO = re.compile(r"(\d{1,2})/(\d{1,4})(?![\d/])")
_DIGIT_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
                "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}  # fmt: skip


class RatioReader(Making):
    """Reads numbers that are made of two numbers."""

    __slots__ = ()

    def _fraction(self, first: int, numeral: Numeral) -> tuple[Value, int] | None:
        lexed = self.lexed
        k = numeral.last
        lexeme = lexed.at(k)
        end = lexed.lexemes[k - 1].end
        value = numeral.numbers[0][0]
        glyph = _DIGIT_PARTS.get(lexed.text[end : end + 1])
        if glyph is not None and not numeral.in_words:
            number = value + glyph
            amount = Amount(low=number, high=number, step=Fraction(1, 4))
            return self._value(first, k, Kind.CARDINAL, (amount,), end=end + 1), k
        mixed = _MIXED.match(lexed.folded, end) if not numeral.in_words else None
        if mixed is not None and 0 < int(mixed.group(1)) < int(mixed.group(2)):
            number = value + Fraction(int(mixed.group(1)), int(mixed.group(2)))
            amount = Amount(low=number, high=number, step=Fraction(1, 4))
            last = k
            while last < len(lexed.lexemes) and lexed.lexemes[last].start < mixed.end():
                last += 1
            return self._value(first, last, Kind.CARDINAL, (amount,), end=mixed.end()), last
        start = lexed.lexemes[numeral.first].start
        ratio = _RATIO.match(lexed.folded, start) if not numeral.in_words else None
        if ratio is not None and int(ratio.group(2)):
            a, b = int(ratio.group(1)), int(ratio.group(2))
            exact = Fraction(a, b)
            last = k
            while last < len(lexed.lexemes) and lexed.lexemes[last].start < ratio.end():
                last += 1
            readings: list[Reading] = [Amount(low=exact, high=exact, step=Fraction(1, 100))]
            if 1 <= a <= 31 and 1 <= b <= 12:
                readings.append(Moment(day=a, month=b))
            if 1 <= a <= 12 and 1 <= b <= 31:
                readings.append(Moment(month=a, day=b))
            made = self._value(
                first, last, Kind.FRACTION, tuple(readings), weak=b > 100, end=ratio.end()
            )
            return replace(made, parts=self._terms(made, ratio)), last
        if lexeme is None or not lexed.near(k - 1, k):
            return None
        if lexeme.has("glue.fraction_inverse", "glue.fraction_between"):
            below = read_numeral(lexed, k + 1) if lexed.near(k, k + 1) else None
            if below is None or not value:
                return None
            other = below.numbers[0][0]
            exact = value / other if lexeme.has("glue.fraction_between") else other / value
            if lexeme.has("glue.fraction_between") and not other:
                return None
            amount = Amount(low=exact, high=exact, step=Fraction(1, 100))
            return self._value(first, below.last, Kind.FRACTION, (amount,)), below.last
        below_word = lexeme.get("denominator")
        if below_word and value.denominator == 1 and 1 <= value < 10 * below_word:
            exact = value / below_word
            amount = Amount(low=exact, high=exact, step=Fraction(1, 100))
            weak = value == 1
            return self._value(
                first, k + 1, Kind.FRACTION, (amount,), weak=weak, in_words=True
            ), k + 1
        return None

    def _terms(self, whole: Value, ratio: re.Match[str]) -> tuple[Value, Value]:
        """19/29 may be told as *19 of 29*."""
        above, below = (
            replace(
                whole,
                span=Span.of(self.lexed.text, ratio.start(n), ratio.end(n)),
                kind=Kind.CARDINAL,
                readings=(Amount(low=Fraction(ratio.group(n)), high=Fraction(ratio.group(n))),),
            )
            for n in (1, 2)
        )
        return above, below

    def _elapsed(self, k: int) -> tuple[Value, int] | None:
        """2:03:26 or 45:30 behind a race: a duration that may be a time of day."""
        lexeme = self.lexed.lexemes[k]
        if not lexeme.has("digits"):
            return None
        match = _CLOCK_LONG.match(self.lexed.folded, lexeme.start)
        if match is None:
            return None
        a, b, c = (int(g) if g else 0 for g in match.group(1, 2, 3))
        if not match.group(3) and not match.group(4):
            return None
        last = k
        while last < len(self.lexed.lexemes) and self.lexed.lexemes[last].start < match.end():
            last += 1
        seconds = Fraction(a * 3600 + b * 60 + c if match.group(3) else a * 60 + b)
        amount = Amount(low=seconds, high=seconds, unit="sec")
        value = self._value(k, last, Kind.DURATION, (amount,), end=match.end())
        return value, last
