"""Numbers with their units: money, measures, shares, ages, ordinals."""

from __future__ import annotations

import re
from dataclasses import replace

from mtcheck.values.making import codes_of
from mtcheck.values.model import Amount, Kind, Moment, Reading, Value
from mtcheck.values.numerals import Numeral, read_numeral
from mtcheck.values.ratios import RatioReader
from mtcheck.values.tails import Tail, TailReader

_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})")


class AmountReader(TailReader, RatioReader):
    """Reads a number and what belongs to it."""

    __slots__ = ()

    def _amount(self, k: int) -> tuple[Value, int] | None:
        lexed = self.lexed
        first = k
        codes: tuple[str, ...] = ()
        prefix_percent = False
        ordinal = False
        lexeme = lexed.lexemes[k]
        following = lexed.at(k + 1)
        if following is None and not lexeme.has("digits", "cardinal", "implied", "native"):
            return None
        is_number_next = following is not None and lexed.near(k, k + 1)
        written = lexed.text[lexeme.start : lexeme.end]
        is_sign = not written.islower()  # "$5", "Rp 5", "EUR 5"; but "they won 5"
        if (
            lexeme.has("currency")
            and is_sign
            and is_number_next
            and following
            and following.has("digits")
        ):
            codes = codes_of(lexeme)
            k += 1
        elif lexeme.has("glue.percent_before") and is_number_next:
            prefix_percent = True
            k += 1
        elif (
            lexeme.has("glue.ordinal_prefix")
            and following is not None
            and following.has("digits", "cardinal", "multiplier")
            and (lexed.touching(k, k + 1) or self._gap(k).strip() == "-")
        ):
            ordinal = True
            k += 1
        numeral = read_numeral(lexed, k)
        if numeral is None or not self._is_number(numeral, ordinal or prefix_percent):
            return None
        fraction = self._fraction(first, numeral)
        if fraction is not None:
            return fraction
        tail = self._tail(numeral, codes)
        if prefix_percent:
            tail = replace(tail, kind=Kind.PERCENT, units=("%",))
        if ordinal and tail.kind is Kind.CARDINAL:
            tail = replace(tail, kind=Kind.ORDINAL)
        readings = self._readings(numeral, tail)
        last, readings = self._compound(tail, readings)
        readings = (*readings, *self._as_time(numeral, tail), *self._dotted_time(numeral, tail))
        if tail.kind is Kind.DECADE and numeral.numbers[0][0] >= 1000:
            short = numeral.numbers[0][0] % 100
            readings = (*readings, Amount(low=short, high=short))
        small = numeral.in_words and numeral.numbers[0][0] < 2
        bare_letter = self._stands_alone(numeral, first)
        if bare_letter and tail.kind is Kind.CARDINAL:
            end = self.lexed.lexemes[numeral.last - 1].end
            made = self._value(first, last, Kind.IDENTIFIER, readings, end=end + 1)
            return made, last
        weak = small or tail.weak
        value = self._value(
            first, last, tail.kind, readings,
            weak=weak, in_words=numeral.in_words, numeral=(numeral.first, numeral.last),
        )  # fmt: skip
        return value, last

    def _stands_alone(self, numeral: Numeral, first: int) -> bool:
        """Digits that are part of a word of letters: 4K, 5G, T20."""
        lexed = self.lexed
        start = lexed.lexemes[first].start
        end = lexed.lexemes[numeral.last - 1].end
        if numeral.in_words:
            return False
        left = lexed.folded[start - 1 : start]
        right = lexed.folded[end : end + 1]
        known = numeral.last < len(lexed.lexemes) and lexed.lexemes[numeral.last].start == end
        latin = right.isascii() and right.isalpha() and not known
        return latin and not (left.isascii() and left.isalpha())

    def _is_number(self, numeral: Numeral, announced: bool) -> bool:
        """Whether numerals of a script without spaces stand for a number and not in a word."""
        lexed = self.lexed
        if not lexed.lexicon.by_character or not numeral.in_words or announced:
            return True
        lexeme = lexed.lexemes[numeral.first]
        if lexeme.has("native") and not lexeme.has("cardinal") and len(lexeme.text) > 1:
            if not lexed.lexicon.writing.get("word_start"):
                return True
        elif not numeral.bare_letter and (
            not lexeme.has("multiplier")
            or numeral.last - numeral.first > 2
            or 10 < numeral.numbers[0][0] < 20
        ):
            return True
        end = lexed.lexemes[numeral.last - 1].end
        rest = lexed.folded[end : end + 6]
        spaced = rest[:1] == " "
        if spaced and not lexeme.has("native"):
            return False
        rest = rest.lstrip()
        if any(rest.startswith("".join(c)) for c in lexed.lexicon.counters):
            return True
        after = lexed.at(numeral.last)
        return (
            after is not None
            and lexed.touching(numeral.last - 1, numeral.last)
            and after.has(
                "unit", "currency", "ordered.century", "glue.fraction_inverse", "glue.percent"
            )
        )

    def _readings(self, numeral: Numeral, tail: Tail) -> tuple[Reading, ...]:
        found: list[Reading] = []
        for unit in tail.units or ("",):
            for value, step in numeral.numbers:
                number = value * tail.factor
                found.append(Amount(low=number, high=number, step=step * tail.factor, unit=unit))
        return tuple(dict.fromkeys(found))

    def _also_amount(self, first: int, last: int) -> tuple[Reading, ...]:
        """3日 is the third day or three days; 20 heures is a time or a duration."""
        numeral = read_numeral(self.lexed, first)
        if numeral is None or numeral.last != last - 1:
            return ()
        lexeme = self.lexed.lexemes[last - 1]
        unit = lexeme.get("unit")
        value, step = numeral.numbers[0]
        if unit is None:
            return ()
        return (Amount(low=value, high=value, step=step, unit=unit),)

    def _dotted_time(self, numeral: Numeral, tail: Tail) -> tuple[Reading, ...]:
        """18.29 where the point is no decimal mark: a time of day."""
        lexed = self.lexed
        match = _DOTTED.fullmatch(lexed.lexemes[numeral.first].text)
        if match is None or tail.last != numeral.first + 1:
            return ()
        if "." in lexed.lexicon.writing.get("decimal", "."):
            return ()
        hour, minute = int(match.group(1)), int(match.group(2))
        return (Moment(minute=hour * 60 + minute),) if hour < 24 and minute < 60 else ()

    def _as_time(self, numeral: Numeral, tail: Tail) -> tuple[Reading, ...]:
        """12時 is no time of day to a reader who takes it for hours, and the reverse."""
        last = self.lexed.at(tail.last - 1)
        if last is None or tail.last == numeral.last or not last.has("time.after"):
            return ()
        value, step = numeral.numbers[0]
        if value.denominator != 1 or step != 1 or not 0 <= value <= 24:
            return ()
        hour = int(value) * 60
        return tuple(Moment(minute=m % 1440) for m in (hour, hour + 720 if value <= 12 else hour))
