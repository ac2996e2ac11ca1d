"""Ranges and scores: two values that are told together."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from mtcheck.document import Span
from mtcheck.values.lexing import Lexed
from mtcheck.values.model import Amount, Kind, Moment, Reading, Value
from mtcheck.values.tails import YEARS

_DASHED = re.compile(r"\s?[-~]\s?")
_SCORE_LIMIT = 200
_PAIRED = frozenset(
    {Kind.CARDINAL, Kind.ORDINAL, Kind.PERCENT, Kind.MONEY, Kind.MEASURE, Kind.DURATION,
     Kind.AGE, Kind.YEAR, Kind.PERCENTAGE_POINT}
)  # fmt: skip


def join_ranges(lexed: Lexed, values: list[Value]) -> list[Value]:
    """Join the two ends of ranges and scores; the first end may take the unit of the second."""
    by_start = {lexeme.start: n for n, lexeme in enumerate(lexed.lexemes)}
    by_end = {lexeme.end: n for n, lexeme in enumerate(lexed.lexemes)}
    found: list[Value] = []
    for value in values:
        previous = found[-1] if found else None
        days = _days(lexed, previous, value, by_end, by_start) if previous is not None else None
        if days is not None:
            found[-1:] = days
            continue
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
                found[-1] = _range(lexed, previous, value, link, by_end)
                continue
        found.append(value)
    return found


def _days(
    lexed: Lexed, left: Value, right: Value, by_end: dict[int, int], by_start: dict[int, int]
) -> list[Value] | None:
    """Both days of *March 5-6* and *5 to 6 March*, each with its month."""
    if {left.kind, right.kind} != {Kind.DATE, Kind.CARDINAL}:
        return None
    date, number = (left, right) if left.kind is Kind.DATE else (right, left)
    moment, amount = date.readings[0], number.readings[0]
    if not isinstance(moment, Moment) or not isinstance(amount, Amount):
        return None
    if moment.month is None or moment.day is None or number.in_words:
        return None
    day = amount.low
    if (
        day.denominator != 1
        or not 1 <= day < 100
        or not _link(lexed, left, right, by_end, by_start)
    ):
        return None
    other = replace(number, kind=Kind.DATE, readings=(replace(moment, day=int(day)),))
    return [date, other] if date is left else [other, date]


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


def _range(lexed: Lexed, left: Value, right: Value, link: str, by_end: dict[int, int]) -> Value:
    a, b = left.readings[0], right.readings[0]
    assert isinstance(a, Amount)
    assert isinstance(b, Amount)
    extended: list[Reading] = list(left.readings)
    if not a.unit:
        if b.unit and a.low not in YEARS and _is_true_range(lexed, left, link, by_end):
            extended = []
        # "5 to 10 million km": the first end may be five, five km or five million km.
        factors = {Fraction(1)} | ({b.step} if b.step > 1 else set())
        for reading in right.readings:
            if isinstance(reading, Amount):
                for factor in sorted(factors):
                    low = a.low * factor
                    extended.append(
                        Amount(low=low, high=low, step=a.step * factor, unit=reading.unit)
                    )
    if lexed.folded[left.span.end : right.span.start] == ":" and b.low < 60:
        seconds = a.low * 60 + b.low  # 27:37 into a match
        extended.append(Amount(low=seconds, high=seconds, unit="sec"))
    parts = (replace(left, readings=tuple(dict.fromkeys(extended))), right)
    last = next(r for r in reversed(parts[0].readings) if isinstance(r, Amount) and r.unit != "sec")
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


def _is_true_range(lexed: Lexed, left: Value, link: str, by_end: dict[int, int]) -> bool:
    """Whether the first end surely has the unit of the second: not in *3 and 5 km*."""
    if link == "-":
        return True
    k = by_end[left.span.end]
    first = k
    while first > 0 and lexed.lexemes[first - 1].start >= left.span.start:
        first -= 1
    before = lexed.at(first - 1)
    if before is not None and before.has("glue.between") and lexed.near(first - 1, first):
        return True
    word = lexed.at(k + 1)
    return word is not None and not word.has("glue.and")
