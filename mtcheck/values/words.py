"""Values that are words: weekdays, ordinals, halves, dozens."""

from __future__ import annotations

from fractions import Fraction

from mtcheck.values.lexing import Lexeme
from mtcheck.values.making import Making
from mtcheck.values.model import Amount, Kind, Moment, Reading, Value
from mtcheck.values.moments import announces

_COMMON = 10  # up to here ordinals in words are as often idioms as numbers


class WordReader(Making):
    """Reads values that no number spells."""

    __slots__ = ()

    def _word(self, k: int) -> tuple[Value | None, int]:
        lexed = self.lexed
        lexeme = lexed.lexemes[k]
        for category in ("fraction_of", "fraction"):
            part = lexeme.get(category)
            if isinstance(part, Fraction):
                return self._part(k, part)
        weekday = lexeme.get("weekday")
        if weekday is not None and self._is_weekday(lexeme):
            readings: tuple[Reading, ...] = (Moment(weekday=weekday),)
            ordinal = lexeme.get("ordinal")
            if ordinal is not None:
                readings = (*readings, Amount(low=Fraction(ordinal), high=Fraction(ordinal)))
            # Vietnamese thứ ba is Tuesday or the third; the name of the day has a capital.
            name = self.lexed.text[lexeme.start + 1 : lexeme.end]
            weak = ordinal is not None and not any(c.isupper() for c in name)
            return self._value(k, k + 1, Kind.WEEKDAY, readings, weak=weak), k + 1
        vague = lexeme.get("vague")
        if vague is not None:
            low, high = vague
            amount = Amount(low=Fraction(low), high=Fraction(high))
            return self._value(k, k + 1, Kind.VAGUE, (amount,), weak=True, in_words=True), k + 1
        dual = lexeme.get("dual")
        if dual is not None:
            number, unit = dual
            amount = Amount(low=Fraction(number), high=Fraction(number), unit=unit)
            return self._value(k, k + 1, Kind.DURATION, (amount,), weak=True, in_words=True), k + 1
        for category, kind in (
            ("multiple", Kind.CARDINAL), ("ordinal", Kind.ORDINAL), ("roman", Kind.ORDINAL)
        ):  # fmt: skip
            number = lexeme.get(category)
            if number is None:
                continue
            last = k + 1
            after = lexed.at(last)
            if (
                category == "ordinal"
                and 1 <= number <= 9
                and after is not None
                and after.glued
                and lexed.near(k, last)
                and 20 <= (after.get("cardinal") or 0) < 100
            ):
                number, last = number + after.get("cardinal"), last + 1  # "the fifth and forty"
                after = lexed.at(last)
            century = after is not None and after.has("ordered.century") and lexed.near(k, last)
            before = lexed.at(k - 1)
            century_before = (
                before is not None and before.has("ordered.century") and lexed.near(k - 1, k)
            )
            if category == "roman" and len(lexeme.text) == 1 and not (century or century_before):
                return None, last
            numbers_century = category != "multiple" and (century or century_before)
            if numbers_century:
                last += century
            amount = Amount(low=Fraction(number), high=Fraction(number))
            weak = not numbers_century and (category != "ordinal" or number <= _COMMON)
            told = Kind.CENTURY if numbers_century else kind
            return self._value(k, last, told, (amount,), weak=weak, in_words=True), last
        relative = lexeme.get("relative")
        if relative is not None:
            return self._value(k, k + 1, Kind.RELATIVE_DATE, (Moment(),), weak=True), k + 1
        for category, minute in (("time.noon", 720), ("time.midnight", 0)):
            if lexeme.has(category):
                moment = Moment(minute=minute)
                return self._value(k, k + 1, Kind.TIME, (moment,), weak=True, in_words=True), k + 1
        return None, k + 1

    def _part(self, k: int, part: Fraction) -> tuple[Value, int]:
        """*half*, or *half a million*."""
        after = self.lexed.at(k + 1)
        if after is not None and self.lexed.near(k, k + 1):
            scale = after.get("implied") or after.get("multiplier")
            if scale and scale >= 1000:
                number = part * scale
                amount = Amount(low=number, high=number, step=Fraction(scale, 10))
                value = self._value(k, k + 2, Kind.CARDINAL, (amount,), in_words=True)
                return value, k + 2
        amount = Amount(low=part, high=part, step=Fraction(1, 100))
        readings: list[Reading] = [amount]
        if after is not None and self.lexed.near(k, k + 1) and after.has("unit"):
            unit = after.get("unit")
            readings.append(Amount(low=part, high=part, step=Fraction(1, 10), unit=str(unit)))
        made = self._value(k, k + 1, Kind.FRACTION, tuple(readings), weak=True, in_words=True)
        return made, k + 1

    def _is_weekday(self, lexeme: Lexeme) -> bool:
        writing = self.lexed.lexicon.writing
        if lexeme.text in str(writing.get("ambiguous", "")).split("|"):
            inside = self.lexed.text[: lexeme.start].rstrip()[-1:].isalnum()
            named = bool(writing.get("capitals")) and lexeme.upper and inside
            return named or announces(self.lexed, lexeme, "weekday_words")
        return bool(lexeme.upper or not writing.get("capitals"))
