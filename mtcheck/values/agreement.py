"""When do two values say the same? Any reading of one with any reading of the other will do."""

from __future__ import annotations

from fractions import Fraction

from mtcheck.values.lexicon import units
from mtcheck.values.model import Amount, Kind, Moment, Reading, Value

SAME_SYSTEM = Fraction(1, 50)
"""Relative difference within which 18 months are one and a half years."""

OTHER_SYSTEM = Fraction(1, 10)
"""Relative difference within which translators round 200 miles to 300 kilometers."""

_ROUNDED = Fraction(1, 40)  # relative difference that rounding to fewer digits may make
_METRIC = frozenset(
    {"km", "m", "dm", "cm", "mm", "kg", "g", "mg", "t", "km2", "m2", "cm2", "ha", "l", "ml", "m3",
     "km/h", "m/s", "°C", "K", "W", "kW", "MW", "GW", "kWh", "V"}
)  # fmt: skip
_TENTH = Fraction(1, 10)


def agree(left: Value, right: Value) -> bool:
    """Whether two values admit one reading in common, by rounding or conversion if need be."""
    if left.kind is Kind.RELATIVE_DATE or right.kind is Kind.RELATIVE_DATE:
        return left.kind is right.kind
    return any(_agree(a, b) for a in left.readings for b in right.readings)


def same_number(left: Value, right: Value) -> bool:
    """Whether two amounts have a number in common, whatever their units."""
    return any(
        isinstance(a, Amount) and isinstance(b, Amount) and a.low == b.low and a.high == b.high
        for a in left.readings
        for b in right.readings
    )


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency code."""
    return (len(unit) == 3 and unit.isalpha() and unit.isupper()) or unit == "cent"


def dimension(unit: str) -> str:
    """What a unit measures: ``money``, ``share``, a dimension of the table, or nothing."""
    if is_currency(unit):
        return "money"
    if unit in {"%", "pp", "bp"}:
        return "share"
    found = units().get(unit)
    return found[0] if found is not None else ""


def _agree(left: Reading, right: Reading) -> bool:
    if isinstance(left, Amount) and isinstance(right, Amount):
        return _amounts(left, right)
    if isinstance(left, Moment) and isinstance(right, Moment):
        return _moments(left, right)
    if isinstance(left, Amount):
        left, right = right, left
    assert isinstance(left, Moment)
    assert isinstance(right, Amount)
    return _moment_is_number(left, right)


def _amounts(left: Amount, right: Amount) -> bool:
    if left.low != left.high or right.low != right.high:
        return _overlap(left, right)
    if left.unit == right.unit or not left.unit or not right.unit:
        if _equal(left.low, left.step, right.low, right.step):
            return True
        shares = {left.unit, right.unit}
        if shares == {"", "%"}:
            share, plain = (left, right) if left.unit == "%" else (right, left)
            return abs(share.low / 100 - plain.low) <= max(share.step / 200, Fraction(1, 200))
        return False
    if left.low == right.low and {left.unit, right.unit} == {"%", "pp"}:
        return True  # few languages keep them apart, and translators rarely do
    if left.low == right.low and dimension(left.unit) != dimension(right.unit):
        return True  # 85 miles, and 85 miles per hour: the wording differs, not the number
    if {left.unit, right.unit} == {"bp", "pp"} or {left.unit, right.unit} == {"bp", "%"}:
        points, share = (left, right) if left.unit == "bp" else (right, left)
        return points.low / 100 == share.low
    return _converted(left, right)


def _equal(a: Fraction, step_a: Fraction, b: Fraction, step_b: Fraction) -> bool:
    """Equal, or one is the other rounded to the digits it shows."""
    if a == b:
        return True
    fine, coarse = sorted((step_a, step_b))
    if coarse < 10 * fine or not a or not b:
        return False
    difference = abs(a - b)
    return difference <= coarse / 2 and difference <= _ROUNDED * max(a, b)


def _overlap(left: Amount, right: Amount) -> bool:
    """Whether a number may be meant by *dozens*, *hundreds*: the words are used loosely."""
    if left.low == left.high or right.low == right.high:
        exact, vague = (left, right) if left.low == left.high else (right, left)
        return vague.low / 2 <= exact.low <= vague.high
    return left.low <= right.high * 2 and right.low <= left.high * 2


def _converted(left: Amount, right: Amount) -> bool:
    table = units()
    first, second = table.get(left.unit), table.get(right.unit)
    if first is None or second is None:
        return False
    if {first[0], second[0]} == {"length", "speed"}:
        # "136 kilometers per hour" may be read as 136 kilometers: a speed is a length an hour.
        first, second = (
            ("length", size * 3600 if kind == "speed" else size) for kind, size in (first, second)
        )
    if first[0] != second[0]:
        return False
    if first[0] == "temperature":
        difference = abs(_kelvin(left) - _kelvin(right))
        return difference <= 1
    a, b = left.low * first[1], right.low * second[1]
    largest = max(a, b)
    if not largest:
        return a == b
    same = (left.unit in _METRIC) == (right.unit in _METRIC) or first[0] == "time"
    allowed = SAME_SYSTEM if same else OTHER_SYSTEM
    shown = max(left.step * first[1], right.step * second[1]) / 2
    difference = abs(a - b)
    return difference <= allowed * largest or (
        difference <= shown and difference < _TENTH * largest
    )


def _kelvin(amount: Amount) -> Fraction:
    if amount.unit == "°F":
        return (amount.low - 32) * Fraction(5, 9) + Fraction(27315, 100)
    if amount.unit == "°C":
        return amount.low + Fraction(27315, 100)
    return amount.low


def _moments(left: Moment, right: Moment) -> bool:
    shared = 0
    for name in ("month", "day", "weekday"):
        a, b = getattr(left, name), getattr(right, name)
        if a is not None and b is not None:
            if a != b:
                return False
            shared += 1
    if left.year is not None and right.year is not None:
        if not _same_year(left, right):
            return False
        shared += 1
    if left.minute is not None and right.minute is not None:
        if left.minute != right.minute and not _same_instant(left, right):
            return False
        shared += 1
    return shared > 0


def _same_year(left: Moment, right: Moment) -> bool:
    assert left.year is not None
    assert right.year is not None
    first = (left.year, left.last_year or left.year)
    second = (right.year, right.last_year or right.year)
    if first[0] <= second[1] and second[0] <= first[1]:
        return True
    return min(first[0], second[0]) < 100 and (first[0] - second[0]) % 100 == 0


def _same_instant(left: Moment, right: Moment) -> bool:
    if left.offset is None or right.offset is None:
        return False
    assert left.minute is not None
    assert right.minute is not None
    return (left.minute - left.offset - right.minute + right.offset) % 1440 == 0


def _moment_is_number(moment: Moment, amount: Amount) -> bool:
    """A lone year, day or hour may stand as a bare number on the other side."""
    if amount.low != amount.high or amount.low.denominator != 1:
        return False
    number = int(amount.low)
    said = [
        getattr(moment, name)
        for name in ("year", "month", "day", "weekday", "minute")
        if getattr(moment, name) is not None
    ]
    if moment.year is not None:
        if amount.unit not in {"", "year"}:
            return False
        if moment.year <= number <= (moment.last_year or moment.year):
            return True
        if len(said) == 1 and number == moment.year % 100:
            return True
    if moment.day is not None and moment.month is not None:
        return number == moment.day and not amount.unit  # "March 5-6", "5-6 March"
    if len(said) != 1 or amount.unit not in {"", "day", "month", "hour"}:
        return False
    if moment.minute is not None:
        return moment.minute % 60 == 0 and number % 12 == moment.minute // 60 % 12
    if amount.unit:
        return False
    return number == (moment.day or moment.month)
