"""What stands behind a number: its unit, and what the two make together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mtcheck.values.lexicon import units
from mtcheck.values.lexing import Lexeme
from mtcheck.values.making import Making, codes_of
from mtcheck.values.model import Amount, Kind, Reading
from mtcheck.values.numerals import Numeral, read_numeral

YEARS = range(1000, 2200)
"""Bare numbers that may be years."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a number: its unit and where it ends."""

    last: int
    kind: Kind
    units: tuple[str, ...]
    factor: Fraction = Fraction(1)
    weak: bool = False


class TailReader(Making):
    """Reads the unit of a number."""

    __slots__ = ()

    def _tail(self, numeral: Numeral, codes: tuple[str, ...]) -> Tail:
        lexed = self.lexed
        k = numeral.last
        if codes:
            after = lexed.at(k)
            behind = lexed.at(k + 1)
            prefixes = behind is not None and lexed.near(k, k + 1) and behind.has("digits")
            if (
                after is not None
                and lexed.near(k - 1, k)
                and after.has("currency")
                and not prefixes
            ):
                narrowed = tuple(c for c in codes_of(after) if c in codes)
                if narrowed:  # "$5 US", "Rp 500 rupiah"
                    return Tail(k + 1, Kind.MONEY, narrowed)
            return Tail(k, Kind.MONEY, codes)
        lexeme = lexed.at(k)
        value = numeral.numbers[0][0]
        suffix = lexeme is not None and lexeme.has("glue.decade_suffix")
        if suffix and self._gap(k - 1) == "'" and value % 10 == 0 and 10 <= value < 2200:
            return Tail(k + 1, Kind.DECADE, ())  # the 1850's
        if lexeme is None or not lexed.near(k - 1, k):
            return Tail(k, Kind.CARDINAL, ())
        touching = lexed.touching(k - 1, k)
        if lexeme.has("currency") and not touching and lexed.touching(k, k + 1):
            behind = lexed.at(k + 1)
            if behind is not None and behind.has("digits"):  # "in 2007 Rp980"
                return Tail(k, Kind.CARDINAL, ())
        if lexeme.has("glue.of") and (numeral.scaled or value >= 1000):
            behind = lexed.at(k + 1)
            if behind is not None and lexed.near(k, k + 1) and behind.has("currency", "unit"):
                k, lexeme = k + 1, behind
        if lexeme.has("glue.point"):
            return Tail(k + 1, Kind.PERCENTAGE_POINT, ("pp",))
        if lexeme.has("glue.basis"):
            return Tail(k + 1, Kind.BASIS_POINT, ("bp",))
        if lexeme.has("glue.percent"):
            return Tail(k + 1, Kind.PERCENT, ("%",))
        if lexeme.has("glue.times") and value <= 3:
            return Tail(k + 1, Kind.CARDINAL, (), weak=True)  # doubled, tripled
        if lexeme.has("glue.teens") and value % 10 == 0:
            return Tail(k + 1, Kind.DECADE, (), weak=True)  # people in their teens or twenties
        if lexeme.has("glue.tenths"):
            return Tail(k + 1, Kind.PERCENT, ("%",), Fraction(10))
        century = lexeme.has("ordered.century")
        decade_word = lexeme.has("glue.decade_suffix", "ordered.decade")
        if (
            not numeral.in_words
            and value % 10 == 0
            and 10 <= value < 2200
            and lexeme.has("glue.decade_suffix")
            and (touching or self._gap(k - 1) in "-'")
            and decade_word
        ):
            return Tail(k + 1, Kind.DECADE, ())
        if lexeme.has("glue.ordinal_suffix") and touching and not numeral.in_words:
            behind = lexed.at(k + 1)
            if behind is not None and lexed.near(k, k + 1) and behind.has("ordered.century"):
                return Tail(k + 2, Kind.CENTURY, ())
            if lexeme.text != ".":
                return Tail(k + 1, Kind.ORDINAL, ())
        if century and (lexed.lexicon.by_character or not lexeme.has("unit")):
            return Tail(k + 1, Kind.CENTURY, ())
        if lexeme.has("unit", "currency"):
            return self._with_unit(numeral, lexeme, k)
        if numeral.in_words and value % 10 == 0 and 20 <= value < 100:
            ordinal = lexeme.get("ordinal")
            if ordinal is not None and 1 <= ordinal <= 9:
                return Tail(k + 1, Kind.ORDINAL, (), weak=True)
        return Tail(numeral.last, Kind.CARDINAL, ())

    def _with_unit(self, numeral: Numeral, lexeme: Lexeme, k: int) -> Tail:
        glued = str(self.lexed.lexicon.writing.get("glued_units", "")).split("|")
        if lexeme.text in glued and not self.lexed.touching(k - 1, k):
            return Tail(numeral.last, Kind.CARDINAL, ())
        symbols = lexeme.all("unit")
        codes = codes_of(lexeme)
        if codes and not symbols:
            return Tail(k + 1, Kind.MONEY, codes)
        if "age" in symbols:
            others = tuple(dict.fromkeys("year" if s == "age" else s for s in symbols))
            return Tail(k + 1, Kind.AGE, others)
        size = units().get(symbols[0])
        kind = Kind.DURATION if size is not None and size[0] == "time" else Kind.MEASURE
        value, _ = numeral.numbers[0]
        if symbols[0] == "year" and value in YEARS and not numeral.scaled:
            kind = Kind.YEAR
        behind = self.lexed.at(k + 1)
        if symbols[0] == "year" and behind is not None and self.lexed.near(k, k + 1):
            digits = behind.get("digits")
            if digits and digits[0][0] in YEARS:  # "law 11 of the year 1995" in Indonesian
                return Tail(k, Kind.CARDINAL, ())
        found = [*symbols, *codes]
        if lexeme.has("short") and self.lexed.touching(k - 1, k):
            return Tail(k + 1, kind, (*found, ""))
        return Tail(k + 1, kind, tuple(found))

    def _compound(
        self, tail: Tail, readings: tuple[Reading, ...]
    ) -> tuple[int, tuple[Reading, ...]]:
        """Add what follows in a smaller unit of the same dimension: *5 ft 10 in*."""
        lexed = self.lexed
        first = readings[0]
        if tail.kind not in {Kind.MEASURE, Kind.DURATION, Kind.AGE} or not isinstance(
            first, Amount
        ):
            return tail.last, readings
        size = units().get(first.unit)
        joint = tail.last
        if size is None or joint >= len(lexed.lexemes):
            return tail.last, readings
        if lexed.lexemes[joint].has("glue.and") and lexed.near(joint - 1, joint):
            joint += 1
        if not lexed.near(joint - 1, joint):
            return tail.last, readings
        more = read_numeral(lexed, joint)
        if more is None or more.numbers[0][0] >= 1000:
            return tail.last, readings
        further = self._tail(more, ())
        if first.unit == "ft" and not further.units and self._gap(joint - 1) == "-":
            further = Tail(more.last, Kind.MEASURE, ("in",))  # a 6-foot-6 player
        if not further.units or further.kind not in {Kind.MEASURE, Kind.DURATION}:
            return tail.last, readings
        smaller = units().get(further.units[0])
        if smaller is None or smaller[0] != size[0] or smaller[1] >= size[1]:
            return tail.last, readings
        value, step = more.numbers[0]
        ratio = smaller[1] / size[1]
        total = first.low + value * ratio
        whole = Amount(low=total, high=total, step=step * ratio, unit=first.unit)
        return further.last, (whole,)
