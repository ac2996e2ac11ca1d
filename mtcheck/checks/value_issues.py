"""What the checks of values have in common: which rule a pair belongs to, and its issue."""

from __future__ import annotations

import weakref
from fractions import Fraction
from typing import Any

from mtcheck.alignment import LINK_THRESHOLD, Alignment
from mtcheck.analysis import PairAnalysis
from mtcheck.checks.base import Rule
from mtcheck.document import Span
from mtcheck.issues import Issue
from mtcheck.values.agreement import dimension, is_currency, same_number
from mtcheck.values.matching import Item, Pair, ValueMatches, match_values
from mtcheck.values.model import Amount, Kind, Moment, Value
from mtcheck.values.rendering import render
from mtcheck.values.tails import YEARS

_matched: weakref.WeakKeyDictionary[Alignment, ValueMatches] = weakref.WeakKeyDictionary()
_MOST_SHOWN = 3  # readings of one value in a message
_CALENDAR = frozenset({Kind.DATE, Kind.WEEKDAY, Kind.YEAR, Kind.DECADE, Kind.CENTURY})
_HARMLESS = frozenset(
    {Kind.IDENTIFIER, Kind.WEEKDAY, Kind.TIME, Kind.CENTURY, Kind.DECADE, Kind.ORDINAL}
)
_SMALL = 10  # bare numbers up to here are told in many other ways: third, double, both
_SHARES = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.BASIS_POINT})
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def matches(analysis: PairAnalysis) -> ValueMatches:
    """The values of an article, matched once for all checks."""
    found = _matched.get(analysis.alignment)
    if found is None:
        found = match_values(analysis.alignment)
        _matched[analysis.alignment] = found
    return found


def rule_of(pair: Pair) -> str:
    """Name of the rule that a pair of differing values belongs to; empty if none objects."""
    source, target = pair.source.value, pair.target.value
    kinds = {source.kind, target.kind}
    if Kind.TIME in kinds:
        return "time-mismatch"
    if kinds & _CALENDAR:
        return "date-mismatch"
    left, right = _units(source), _units(target)
    money = bool(left and right) and all(is_currency(u) for u in left | right)
    if same_number(source, target):
        if money:
            return "currency-mismatch"
        if left and right:
            return "unit-mismatch"
    elif money and not left & right:
        return ""  # an amount converted by the translator: no rate, no verdict
    if kinds & _SHARES:
        return "percent-mismatch"
    return "number-mismatch"


def _units(value: Value) -> set[str]:
    return {r.unit for r in value.readings if isinstance(r, Amount) and r.unit}


def mismatches(rule: Rule, analysis: PairAnalysis) -> list[Issue]:
    """Issues of one rule about pairs that stand for each other and differ."""
    return [
        _mismatch(rule, analysis, pair)
        for pair in matches(analysis).differing
        if rule_of(pair) == rule.name
    ]


def _mismatch(rule: Rule, analysis: PairAnalysis, pair: Pair) -> Issue:
    source, target = pair.source.value, pair.target.value
    suggestion = render(source, target, analysis.target.lang)
    if suggestion is not None and suggestion.casefold() == target.span.text.casefold():
        suggestion = None
    message = (
        f"“{source.span.text}” in the source is {spoken(source, target)}; "
        f"the translation says “{target.span.text}”{_apart(source, target)}."
    )
    return rule.issue(
        message,
        source=source.span,
        target=target.span,
        suggestions=[suggestion] if suggestion else [],
        evidence={
            "source_reading": [str(r) for r in source.readings[:_MOST_SHOWN]],
            "target_reading": [str(r) for r in target.readings[:_MOST_SHOWN]],
            "source_kind": str(source.kind),
            "target_kind": str(target.kind),
            "link": round(pair.link, 3),
            "only_pair_of_its_kind": pair.alone,
        },
    )


def _apart(source: Value, target: Value) -> str:
    """Say so where a factor of ten or a thousand separates the two: a scale word went wrong."""
    left = next((r.low for r in source.readings if isinstance(r, Amount)), Fraction(0))
    right = next((r.low for r in target.readings if isinstance(r, Amount)), Fraction(0))
    if left <= 0 or right <= 0 or left == right:
        return ""
    ratio = max(left, right) / min(left, right)
    power = 0
    while ratio % 10 == 0:
        ratio /= 10
        power += 1
    if power and ratio == 1:
        size = "greater" if right > left else "smaller"
        return f", which is {10**power:,} times {size}"
    return ""


def spoken(value: Value, other: Value | None = None) -> str:
    """A value in plain English; the reading whose unit the other value has, where there is one."""
    reading = value.readings[0]
    if other is not None:
        units = _units(other)
        fitting = (r for r in value.readings if isinstance(r, Amount) and r.unit in units)
        reading = next(fitting, reading)
    if isinstance(reading, Moment):
        return _spoken_moment(reading)
    codes = {r.unit for r in value.readings if isinstance(r, Amount) and r.low == reading.low}
    if len(codes) > 1 and all(is_currency(code) for code in codes):
        number = str(reading).rsplit(" ", 1)[0]
        return f"{number} ({' or '.join(sorted(codes)[:_MOST_SHOWN])})"
    text = str(reading)
    return (
        text.replace(" %", "%").replace(" pp", " percentage points").replace(" bp", " basis points")
    )


def _spoken_moment(moment: Moment) -> str:
    parts = []
    if moment.weekday is not None:
        parts.append(_WEEKDAYS[moment.weekday - 1])
    if moment.day is not None:
        parts.append(str(moment.day))
    if moment.month is not None:
        parts.append(_MONTHS[moment.month - 1])
    if moment.year is not None:
        last = f"/{moment.last_year}" if moment.last_year not in {None, moment.year} else ""
        parts.append(f"{moment.year}{last}")
    if moment.minute is not None:
        parts.append(f"{moment.minute // 60}:{moment.minute % 60:02}")
    return " ".join(parts)


def lone_values(rule: Rule, analysis: PairAnalysis, *, omitted: bool) -> list[Issue]:
    """Issues about values that stand on one side alone."""
    found = matches(analysis)
    issues = []
    seen = set()
    for item in found.omitted if omitted else found.added:
        value = item.whole if item.whole.parts else item.value
        if value.span in seen or not matters(item.value):
            continue
        seen.add(value.span)
        side = "source" if omitted else "translation"
        other = "translation" if omitted else "source"
        evidence: dict[str, Any] = {
            "reading": [str(r) for r in value.readings[:_MOST_SHOWN]],
            "kind": str(value.kind),
        }
        gap = _gap(analysis.alignment, item, omitted=omitted)
        issues.append(
            rule.issue(
                f"“{value.span.text}” ({spoken(value)}) stands in the {side} and has no "
                f"counterpart in the {other}.",
                source=value.span if omitted else gap,
                target=gap if omitted else value.span,
                evidence=evidence,
            )
        )
    return issues


def _gap(alignment: Alignment, item: Item, *, omitted: bool) -> Span:
    """Where the other side would have the value: behind what stands for the word before it."""
    block = alignment.blocks[item.block]
    grid = block.links if omitted else block.links.T
    side = alignment.target if omitted else alignment.source
    tokens = block.target_tokens if omitted else block.source_tokens
    for row in range(item.tokens.start - 1, -1, -1):
        if float(grid[row].max()) >= LINK_THRESHOLD:
            place = side.tokens[tokens[int(grid[row].argmax())]].end
            return Span.of(side.text, place, place)
    place = side.tokens[tokens.start].start
    return Span.of(side.text, place, place)


def matters(value: Value) -> bool:
    """Whether a reader misses it: written in digits, or money, a measure, a share, a full date.

    Weekdays, lone months, years and hours are dropped, added and told otherwise by translators
    without harm, and so are small numbers in words.
    """
    if value.weak or value.in_words or value.kind in _HARMLESS:
        return False
    reading = value.readings[0]
    if isinstance(reading, Moment):
        return reading.day is not None and reading.month is not None
    if not reading.unit and reading.low in YEARS and value.span.text.isdigit():
        return False  # "in 2007" is "last year" to the translator
    return reading.low > _SMALL or dimension(reading.unit) != ""
