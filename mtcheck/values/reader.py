"""All values of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from mtcheck.document import Span
from mtcheck.values.lexicon import currency_codes, lexicon, units
from mtcheck.values.lexing import Lexed, Lexeme, lex
from mtcheck.values.model import Amount, Kind, Moment, Reading, Value
from mtcheck.values.moments import read_moment
from mtcheck.values.numerals import Number, Numeral, read_numeral

_WEB = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)[@#]\w+", re.I)
_CLOCK_LONG = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?(?:[.,](\d+))?(?!\d)")
_RATIO = re.compile(r"(\d{1,2})/(\d{1,4})(?![\d/])")
_DASHED = re.compile(r"\s?[-~]\s?")
_APPROXIMATIONS = ("about", "over", "under", "nearly")
_DIGIT_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
                "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}  # fmt: skip
_SCORE_LIMIT = 200
_YEARS = range(1000, 2200)


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
    return tuple(_ranges(lexed, found))


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands behind a number: its unit and where it ends."""

    last: int
    kind: Kind
    units: tuple[str, ...]
    factor: Fraction = Fraction(1)
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Reader:
    lexed: Lexed

    def value_at(self, k: int) -> tuple[Value | None, int]:
        """The value that begins at a lexeme and the lexeme behind it."""
        lexeme = self.lexed.lexemes[k]
        identifier = lexeme.get("identifier")
        if identifier is not None:
            number, _ = identifier
            amount = Amount(low=number, high=number, unit="")
            return self._value(k, k + 1, Kind.IDENTIFIER, (amount,)), k + 1
        long_clock = self._elapsed(k)
        if long_clock is not None:
            return long_clock
        moment = read_moment(self.lexed, k)
        if moment is not None:
            readings: tuple[Reading, ...] = moment.readings
            extra = self._also_amount(k, moment.last)
            value = self._value(
                k, moment.last, moment.kind, (*readings, *extra), end=moment.end
            )
            return value, moment.last
        amount = self._amount(k)
        if amount is not None:
            return amount
        return self._word(k)

    # ---------------------------------------------------------------------------- amounts

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
        if lexeme.has("currency") and is_number_next and following and following.has("digits"):
            codes = _codes(lexeme)
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
        last, readings = self._compound(numeral, tail, readings)
        readings = (*readings, *self._as_year(numeral, tail))
        if tail.kind is Kind.DECADE and numeral.numbers[0][0] >= 1000:
            short = numeral.numbers[0][0] % 100
            readings = (*readings, Amount(low=short, high=short))
        small = numeral.in_words and numeral.numbers[0][0] < 2
        before = lexed.at(first - 1)
        bare_letter = self._stands_alone(numeral, first)
        if bare_letter and tail.kind is Kind.CARDINAL:
            end = self.lexed.lexemes[numeral.last - 1].end
            made = self._value(first, last, Kind.IDENTIFIER, readings, end=end + 1)
            return made, last
        weak = small or tail.weak or (
            before is not None and before.has("glue.number_sign") and lexed.near(first - 1, first)
        )
        value = self._value(
            first, last, tail.kind, readings,
            weak=weak, in_words=numeral.in_words, numeral=(numeral.first, numeral.last),
        )  # fmt: skip
        return value, last

    def _gap(self, k: int) -> str:
        return self.lexed.folded[self.lexed.lexemes[k].end : self.lexed.lexemes[k + 1].start]

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
        elif not numeral.bare_letter and not lexeme.has("multiplier"):
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
            and after.has("unit", "currency", "glue.fraction_inverse", "glue.percent")
        )

    def _readings(self, numeral: Numeral, tail: _Tail) -> tuple[Reading, ...]:
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

    def _as_year(self, numeral: Numeral, tail: _Tail) -> tuple[Reading, ...]:
        """12時 is no time of day to a reader who takes it for hours, and the reverse."""
        last = self.lexed.at(tail.last - 1)
        if last is None or tail.last == numeral.last or not last.has("time.after"):
            return ()
        value, step = numeral.numbers[0]
        if value.denominator != 1 or step != 1 or not 0 <= value <= 24:
            return ()
        hour = int(value) * 60
        return tuple(Moment(minute=m % 1440) for m in (hour, hour + 720 if value <= 12 else hour))

    def _tail(self, numeral: Numeral, codes: tuple[str, ...]) -> _Tail:
        lexed = self.lexed
        k = numeral.last
        if codes:
            after = lexed.at(k)
            behind = lexed.at(k + 1)
            prefixes = behind is not None and lexed.near(k, k + 1) and behind.has("digits")
            if after is not None and lexed.near(k - 1, k) and after.has("currency") and not prefixes:
                narrowed = tuple(c for c in _codes(after) if c in codes)
                if narrowed:  # "$5 US", "Rp 500 rupiah"
                    return _Tail(k + 1, Kind.MONEY, narrowed)
            return _Tail(k, Kind.MONEY, codes)
        lexeme = lexed.at(k)
        value = numeral.numbers[0][0]
        if lexeme is None or not lexed.near(k - 1, k):
            return _Tail(k, Kind.CARDINAL, ())
        touching = lexed.touching(k - 1, k)
        if lexeme.has("glue.of") and (numeral.scaled or value >= 1000):
            behind = lexed.at(k + 1)
            if behind is not None and lexed.near(k, k + 1) and behind.has("currency", "unit"):
                k, lexeme = k + 1, behind
        if lexeme.has("glue.point"):
            return _Tail(k + 1, Kind.PERCENTAGE_POINT, ("pp",))
        if lexeme.has("glue.basis"):
            return _Tail(k + 1, Kind.BASIS_POINT, ("bp",))
        if lexeme.has("glue.percent"):
            return _Tail(k + 1, Kind.PERCENT, ("%",))
        if lexeme.has("glue.tenths"):
            return _Tail(k + 1, Kind.PERCENT, ("%",), Fraction(10))
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
            return _Tail(k + 1, Kind.DECADE, ())
        if lexeme.has("glue.ordinal_suffix") and touching and not numeral.in_words:
            behind = lexed.at(k + 1)
            if behind is not None and lexed.near(k, k + 1) and behind.has("ordered.century"):
                return _Tail(k + 2, Kind.CENTURY, ())
            if lexeme.text != ".":
                return _Tail(k + 1, Kind.ORDINAL, ())
        if century and (lexed.lexicon.by_character or not lexeme.has("unit")):
            return _Tail(k + 1, Kind.CENTURY, ())
        if lexeme.has("unit", "currency"):
            return self._with_unit(numeral, lexeme, k)
        if numeral.in_words and value % 10 == 0 and 20 <= value < 100:
            ordinal = lexeme.get("ordinal")
            if ordinal is not None and 1 <= ordinal <= 9:
                return _Tail(k + 1, Kind.ORDINAL, (), weak=True)
        return _Tail(numeral.last, Kind.CARDINAL, ())

    def _with_unit(self, numeral: Numeral, lexeme: Lexeme, k: int) -> _Tail:
        symbols = lexeme.all("unit")
        codes = _codes(lexeme)
        if codes and not symbols:
            return _Tail(k + 1, Kind.MONEY, codes)
        if "age" in symbols:
            others = tuple(dict.fromkeys("year" if s == "age" else s for s in symbols))
            return _Tail(k + 1, Kind.AGE, others)
        size = units().get(symbols[0])
        kind = Kind.DURATION if size is not None and size[0] == "time" else Kind.MEASURE
        value, _ = numeral.numbers[0]
        if symbols[0] == "year" and value in _YEARS and not numeral.scaled:
            kind = Kind.YEAR
        found = [*symbols, *codes]
        if lexeme.has("short") and self.lexed.touching(k - 1, k):
            return _Tail(k + 1, kind, (*found, ""))
        return _Tail(k + 1, kind, tuple(found))

    def _compound(
        self, numeral: Numeral, tail: _Tail, readings: tuple[Reading, ...]
    ) -> tuple[int, tuple[Reading, ...]]:
        """Add what follows in a smaller unit of the same dimension: *5 ft 10 in*."""
        lexed = self.lexed
        first = readings[0]
        if tail.kind not in {Kind.MEASURE, Kind.DURATION, Kind.AGE} or not isinstance(first, Amount):
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
            weak = b > 100
            made = self._value(
                first, last, Kind.FRACTION, tuple(readings), weak=weak, end=ratio.end()
            )
            return made, last
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
            return self._value(first, k + 1, Kind.FRACTION, (amount,), weak=weak, in_words=True), k + 1
        return None

    def _elapsed(self, k: int) -> tuple[Value, int] | None:
        """2:03:26 or 45:30 behind a race: a duration that may be a time of day."""
        lexeme = self.lexed.lexemes[k]
        if not lexeme.has("digits"):
            return None
        match = _CLOCK_LONG.match(self.lexed.folded, lexeme.start)
        if match is None:
            return None
        a, b, c = (int(g) if g else 0 for g in match.group(1, 2, 3))
        if not match.group(3) and a < 25 and not match.group(4):
            return None
        last = k
        while last < len(self.lexed.lexemes) and self.lexed.lexemes[last].start < match.end():
            last += 1
        seconds = Fraction(a * 3600 + b * 60 + c if match.group(3) else a * 60 + b)
        amount = Amount(low=seconds, high=seconds, unit="sec")
        value = self._value(k, last, Kind.DURATION, (amount,), end=match.end())
        return value, last

    # ------------------------------------------------------------------------------ words

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
            return self._value(k, k + 1, Kind.WEEKDAY, readings, weak=ordinal is not None), k + 1
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
            century = after is not None and after.has("ordered.century") and lexed.near(k, last)
            before = lexed.at(k - 1)
            century_before = (
                before is not None and before.has("ordered.century") and lexed.near(k - 1, k)
            )
            if category == "roman" and len(lexeme.text) == 1 and not (century or century_before):
                return None, last
            if century and category != "multiple":
                kind, last = Kind.CENTURY, last + 1
            amount = Amount(low=Fraction(number), high=Fraction(number))
            weak = not century
            return self._value(k, last, kind, (amount,), weak=weak, in_words=True), last
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
            return False
        return bool(lexeme.upper or not writing.get("capitals"))

    # ------------------------------------------------------------------------------- making

    def _value(
        self,
        first: int,
        last: int,
        kind: Kind,
        readings: Iterable[Reading],
        *,
        weak: bool = False,
        in_words: bool = False,
        numeral: tuple[int, int] | None = None,
        end: int = -1,
    ) -> Value:
        lexed = self.lexed
        start = lexed.lexemes[first].start
        stop = max(end, lexed.lexemes[max(first, last - 1)].end)
        own = None
        if numeral is not None:
            own = Span.of(
                lexed.text, lexed.lexemes[numeral[0]].start, lexed.lexemes[numeral[1] - 1].end
            )
        return Value(
            span=Span.of(lexed.text, start, stop),
            kind=kind,
            readings=tuple(dict.fromkeys(readings)),
            approximation=self._approximation(first, last),
            in_words=in_words,
            weak=weak,
            numeral=own,
        )

    def _approximation(self, first: int, last: int) -> str | None:
        before, after = self.lexed.at(first - 1), self.lexed.at(last)
        for lexeme, near in (
            (before, first > 0 and self.lexed.near(first - 1, first)),
            (after, self.lexed.near(last - 1, last)),
        ):
            if lexeme is not None and near:
                for name in _APPROXIMATIONS:
                    if lexeme.has(f"glue.{name}"):
                        return name
        return None


def _codes(lexeme: Lexeme) -> tuple[str, ...]:
    found: list[str] = []
    for name in lexeme.all("currency"):
        found.extend(currency_codes().get(name, (name,)))
    return tuple(dict.fromkeys(found))


# ---------------------------------------------------------------------------------- ranges

_PAIRED = frozenset(
    {Kind.CARDINAL, Kind.ORDINAL, Kind.PERCENT, Kind.MONEY, Kind.MEASURE, Kind.DURATION,
     Kind.AGE, Kind.YEAR, Kind.PERCENTAGE_POINT}
)  # fmt: skip


def _ranges(lexed: Lexed, values: list[Value]) -> list[Value]:
    """Join the two ends of ranges and scores; the first end may take the unit of the second."""
    by_start = {lexeme.start: n for n, lexeme in enumerate(lexed.lexemes)}
    by_end = {lexeme.end: n for n, lexeme in enumerate(lexed.lexemes)}
    found: list[Value] = []
    for value in values:
        previous = found[-1] if found else None
        if (
            previous is not None
            and not previous.parts
            and value.kind in _PAIRED
            and previous.kind in _PAIRED
            and isinstance(value.readings[0], Amount)
            and isinstance(previous.readings[0], Amount)
        ):
            link = _link(lexed, previous, value, by_end, by_start)
            if link:
                found[-1] = _range(lexed, previous, value, link)
                continue
        found.append(value)
    return found


def _link(
    lexed: Lexed, left: Value, right: Value, by_end: dict[int, int], by_start: dict[int, int]
) -> str:
    """``-`` for a dash, ``to`` for a word, or nothing."""
    gap = lexed.folded[left.span.end : right.span.start]
    if len(gap) > 14:
        return ""
    if _DASHED.fullmatch(gap) or gap in {":", "比", "対", "대", "x", "×", " x "}:
        return "-" if not (left.in_words or right.in_words) else ""
    first, last = by_end.get(left.span.end), by_start.get(right.span.start)
    if first is None or last is None or last - first != 2:
        return ""
    word = lexed.lexemes[first + 1]
    return "to" if word.has("glue.range") and gap.strip() == word.text else ""


def _range(lexed: Lexed, left: Value, right: Value, link: str) -> Value:
    a, b = left.readings[0], right.readings[0]
    assert isinstance(a, Amount) and isinstance(b, Amount)
    extended: list[Reading] = list(left.readings)
    if not a.unit:
        # "5 to 10 million km": the first end may be five, five km or five million km.
        factors = {Fraction(1)} | ({b.step} if b.step > 1 else set())
        for reading in right.readings:
            if isinstance(reading, Amount):
                for factor in sorted(factors):
                    low = a.low * factor
                    extended.append(
                        Amount(low=low, high=low, step=a.step * factor, unit=reading.unit)
                    )
    parts = (replace(left, readings=tuple(dict.fromkeys(extended))), right)
    last = parts[0].readings[-1]
    assert isinstance(last, Amount)
    is_score = (
        link == "-"
        and not a.unit
        and not b.unit
        and a.low >= b.low
        and a.low < _SCORE_LIMIT
        and a.low.denominator == 1
    )
    low, high = sorted((last.low, b.low))
    return Value(
        span=Span.of(lexed.text, left.span.start, right.span.end),
        kind=Kind.SCORE if is_score else Kind.RANGE,
        readings=(Amount(low=low, high=high, step=b.step, unit=b.unit),),
        approximation=left.approximation,
        in_words=left.in_words and right.in_words,
        weak=left.weak and right.weak,
        parts=parts,
    )


__all__ = ["Number", "read_values"]
