"""What a value is: a place in a text and the set of readings it admits."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from mtcheck.document import Span


class Kind(StrEnum):
    """What a value says; the spelling alone decides, so a year may be a cardinal."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    RANGE = "range"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage-point"
    BASIS_POINT = "basis-point"
    MONEY = "money"
    MEASURE = "measure"
    AGE = "age"
    SCORE = "score"
    IDENTIFIER = "identifier"
    DATE = "date"
    WEEKDAY = "weekday"
    RELATIVE_DATE = "relative-date"
    TIME = "time"
    DURATION = "duration"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity, exact or an interval.

    Attributes:
        low: Least value it admits.
        high: Greatest value it admits; equal to ``low`` for an exact number.
        step: Unit of the last digit shown: 100,000 for *1.2 million*, 1 for *1,234,567*,
            1/10 for *3.5*.
        unit: Symbol of a unit, code of a currency, ``%``, ``pp``, ``bp`` or ``""``.
    """

    low: Fraction
    high: Fraction
    step: Fraction = Fraction(1)
    unit: str = ""

    def __str__(self) -> str:
        number = show(self.low) if self.low == self.high else f"{show(self.low)}-{show(self.high)}"
        return f"{number} {self.unit}".rstrip()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; numbers as decimal or fraction text, so that nothing is rounded."""
        return {
            "low": str(self.low),
            "high": str(self.high),
            "step": str(self.step),
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in the calendar or on the clock; what is not said is ``None``.

    Attributes:
        year: Gregorian year.
        last_year: Last Gregorian year that a year of another calendar touches.
        month: 1 to 12.
        day: 1 to 31.
        weekday: 1 (Monday) to 7.
        minute: Minutes since midnight, 0 to 1,439.
        offset: Minutes that the stated time zone is ahead of UTC.
        calendar: ``gregorian``, ``hijri`` or ``era`` (counted from a ruler or a founding).
    """

    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None
    offset: int | None = None
    calendar: str = "gregorian"

    def __str__(self) -> str:
        parts = [f"{part:02}" for part in (self.year, self.month, self.day) if part is not None]
        if self.weekday is not None:
            parts.append(f"weekday {self.weekday}")
        if self.minute is not None:
            parts.append(f"{self.minute // 60:02}:{self.minute % 60:02}")
        return " ".join(["-".join(parts[:3]), *parts[3:]])

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form: only what is said."""
        fields = ("year", "last_year", "month", "day", "weekday", "minute", "offset")
        said = {name: getattr(self, name) for name in fields if getattr(self, name) is not None}
        return {**said, "calendar": self.calendar}


Reading = Amount | Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number, amount, date or time in a text.

    Attributes:
        span: Where it stands.
        kind: What it says.
        readings: All readings it admits, the likeliest first: *1.234* is 1234 and 1.234.
        approximation: ``about``, ``over``, ``under``, ``nearly`` or ``None``.
        in_words: No digit is written.
        weak: Too common or too loose a word to object to by itself: *one*, *both*, *half*,
            *dozens*, *first*; it may explain a value of the other side.
        parts: The two ends of a range or score, the parts of *5 ft 10 in*.
        numeral: The digits or number words alone, without unit, currency or calendar words.
    """

    span: Span
    kind: Kind
    readings: tuple[Reading, ...]
    approximation: str | None = None
    in_words: bool = False
    weak: bool = False
    parts: tuple[Value, ...] = field(default=(), repr=False)
    numeral: Span | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.span.text!r} {self.kind}: {' or '.join(str(r) for r in self.readings)}"

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {
            "span": self.span.to_dict(),
            "kind": str(self.kind),
            "readings": [reading.to_dict() for reading in self.readings],
            "approximation": self.approximation,
            "in_words": self.in_words,
        }


_MOST_TERMS = 20  # a fraction with a greater denominator reads better as a decimal number


def show(number: Fraction) -> str:
    """A number as an editor reads it: ``1,250,000``, ``3.5``, ``2/3``."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1 and number.denominator > _MOST_TERMS:
        return f"{float(number):,.2f}"
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    text = f"{float(number):,.6f}".rstrip("0")
    return text.rstrip(".")
