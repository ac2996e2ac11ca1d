"""Numbers by composition: digits, words and both, in any order a language has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mtcheck.values.lexing import Lexed, Lexeme

Number = tuple[Fraction, Fraction]
"""A value and the unit of its last digit shown."""

_NUMERIC = ("digits", "cardinal", "native", "implied", "multiplier", "long", "short", "plus")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that stands at some lexemes.

    Attributes:
        first: Index of its first lexeme.
        last: One past the index of its last.
        numbers: Its readings.
        in_words: No digit in it.
        scaled: It holds a word or letter for a power of ten.
        bare_letter: It is one letter of a script in which numerals are parts of words.
    """

    first: int
    last: int
    numbers: tuple[Number, ...]
    in_words: bool
    scaled: bool
    bare_letter: bool = False


@dataclass(slots=True)
class _Item:
    value: Fraction
    step: Fraction
    grain: Fraction
    digits: bool = False


class _Stack:
    """Parts of a number, each smaller than the grain of the one before it."""

    def __init__(self, *, vigesimal: bool) -> None:
        self.items: list[_Item] = []
        self.vigesimal = vigesimal

    def push(self, value: Fraction, step: Fraction, *, digits: bool = False) -> bool:
        if self.items and not 0 < value < self.items[-1].grain:
            return False
        grain = step if digits else self._grain(value)
        self.items.append(_Item(value, step, grain, digits))
        return True

    def _grain(self, value: Fraction) -> Fraction:
        if value.denominator != 1 or value == 0:
            return Fraction(1)
        if self.vigesimal and value in {60, 80}:
            return Fraction(20)
        grain = 1
        while value % (grain * 10) == 0:
            grain *= 10
        return Fraction(grain)

    def multiply(self, factor: int) -> bool:
        popped: list[_Item] = []
        while self.items and self.items[-1].value < factor:
            popped.append(self.items.pop())
        total = sum((item.value for item in popped), Fraction(0)) if popped else Fraction(1)
        if total == 0 or (self.items and total * factor >= self.items[-1].grain):
            self.items.extend(reversed(popped))
            return False
        step = popped[0].step if popped else Fraction(1)
        self.items.append(_Item(total * factor, step * factor, Fraction(factor)))
        return True

    def teen(self, ten: int) -> bool:
        if not self.items or not 0 < self.items[-1].value < ten or self.items[-1].digits:
            return False
        unit = self.items.pop()
        self.items.append(_Item(unit.value + ten, Fraction(1), Fraction(1)))
        return True

    def tens_after_unit(self, tens: Fraction) -> bool:
        if not self.items or not 0 < self.items[-1].value < 10 or self.items[-1].digits:
            return False
        unit = self.items.pop()
        if self.items and not tens + unit.value < self.items[-1].grain:
            self.items.append(unit)
            return False
        self.items.append(_Item(tens + unit.value, Fraction(1), Fraction(1)))
        return True

    def total(self) -> Number:
        value = sum((item.value for item in self.items), Fraction(0))
        return value, min(item.step for item in self.items)


def read_numeral(lexed: Lexed, first: int) -> Numeral | None:
    """The longest number that begins at a lexeme, or ``None``."""
    lexeme = lexed.at(first)
    if lexeme is None or not lexeme.has(*_NUMERIC, "before"):
        return None
    start = lexeme.get("digits")
    if start is None:
        return _compose(lexed, first, None)
    found: list[Numeral] = []
    for reading in start:
        numeral = _compose(lexed, first, reading)
        if numeral is not None:
            found.append(numeral)
    if not found:
        return None
    longest = max(n.last for n in found)
    kept = [n for n in found if n.last == longest]
    numbers = tuple(dict.fromkeys(number for n in kept for number in n.numbers))
    return Numeral(first, longest, numbers, False, kept[0].scaled)


def _compose(lexed: Lexed, first: int, digits: Number | None) -> Numeral | None:
    writing = lexed.lexicon.writing
    stack = _Stack(vigesimal=bool(writing.get("vigesimal")))
    by_character = lexed.lexicon.by_character
    k = first
    scaled = False
    words = True
    extra = Fraction(0)
    alternatives: list[Number] = []
    while (lexeme := lexed.at(k)) is not None:
        if k > first and not lexed.near(k - 1, k):
            break
        if k == first and (before := lexeme.get("before")) is not None:
            extra = before
            k += 1
            continue
        if lexeme.has("digits"):
            if not _push_digits(lexed, stack, k, first, digits, by_character=by_character):
                break
            words = False
            k += 1
            continue
        step = _step(lexed, stack, k, first)
        if step == "stop":
            break
        if step == "join":
            k += 1
            continue
        if extra and step == "cardinal":
            stack.items[-1].value += extra
            extra = Fraction(0)
        scaled = scaled or step in {"scale", "teen"}
        k += 1
        if step == "scale" and (after := _after(lexed, k)) is not None:
            alternatives.append(_with_half(stack, after))
            k += 1
            break
    if not stack.items or k == first:
        return None
    k = _trim_joiners(lexed, first, k)
    number = stack.total()
    if alternatives:
        number = alternatives[-1]
    point = lexed.at(k)
    if point is not None and point.has("glue.point_word") and lexed.near(k - 1, k):
        number, k = _decimals(lexed, number, k)
    half = _after(lexed, k)
    if half is not None and number[1] == 1:
        number = (number[0] + half, Fraction(1, 10))
        k += 1
        scale = lexed.at(k)
        if scale is not None and scale.has("multiplier") and lexed.near(k - 1, k):
            factor = int(scale.get("multiplier") or 1)
            number = (number[0] * factor, number[1] * factor)
            scaled = True
            k += 1
    bare = by_character and words and k - first == 1
    numbers: tuple[Number, ...] = (number,)
    last = lexed.at(k - 1)
    if last is not None and last.has("long") and len(stack.items) == 1:
        long = int(last.get("long") or 1)
        short = int(last.get("multiplier") or long)
        factor_of = Fraction(long, short)
        numbers = tuple(dict.fromkeys((number, (number[0] * factor_of, number[1] * factor_of))))
    return Numeral(first, k, numbers, words, scaled, bare)


def _push_digits(
    lexed: Lexed,
    stack: _Stack,
    k: int,
    first: int,
    digits: Number | None,
    *,
    by_character: bool,
) -> bool:
    lexeme = lexed.lexemes[k]
    if k == first:
        value, step = digits if digits is not None else lexeme.get("digits")[0]  # type: ignore[index]
        return stack.push(value, step, digits=True)
    if not stack.items or stack.items[-1].grain == 1 or stack.items[-1].digits:
        return False
    # "2 million 300 people" is two numbers; "2 million 300 thousand" and 3万5000 are one.
    following = lexed.at(k + 1)
    scale_follows = (
        following is not None and lexed.near(k, k + 1) and following.has("multiplier", "short")
    )
    if not scale_follows and not (by_character and lexed.touching(k - 1, k)):
        return False
    value, step = lexeme.get("digits")[0]  # type: ignore[index]
    return stack.push(value, step, digits=True)


def _step(lexed: Lexed, stack: _Stack, k: int, first: int) -> str:
    """Add one word to a number: what it was, ``join`` for a particle, ``stop`` if it ends here."""
    lexeme = lexed.lexemes[k]
    unit_first = lexed.lexicon.writing.get("unit_first")
    tens = lexeme.get("cardinal")
    joined = lexeme.glued or (k > first and unit_first == lexed.lexemes[k - 1].text)
    if (
        unit_first
        and joined
        and tens
        and 20 <= tens < 100
        and stack.tens_after_unit(Fraction(tens))
    ):
        return "cardinal"
    if stack.items:
        plus = lexeme.get("plus")
        if plus is not None and not lexeme.glued and stack.teen(plus):
            return "teen"
        multiplier = lexeme.get("multiplier") or lexeme.get("long")
        if multiplier is None and lexed.lexemes[k - 1].has("digits"):
            multiplier = _short(lexed, k)
        if multiplier is not None and not lexeme.glued and stack.multiply(multiplier):
            return "scale"
        if lexeme.has("zero.words") and stack.items[-1].grain >= 100:
            return "join"
        if _joins(lexed, lexeme, stack, k):
            return "join"
        if lexed.lexicon.by_character and lexeme.get("cardinal") == 0 and stack.items[-1].grain > 1:
            return "join"  # the zero that stands for a missing power of ten
    implied = lexeme.get("implied")
    if implied is not None and stack.push(Fraction(implied), Fraction(1)):
        return "cardinal"
    value = lexeme.get("cardinal")
    if value is None and _native_fits(lexed, stack, k):
        value = lexeme.get("native")
    if value is not None and stack.push(Fraction(value), Fraction(1)):
        return "cardinal"
    if lexed.lexicon.by_character and lexeme.has("multiplier"):
        factor = int(lexeme.get("multiplier") or 1)
        fits = not stack.items or factor < stack.items[-1].grain
        if factor <= 1000 and fits and stack.multiply(factor):
            return "scale"
    return "stop"


def _native_fits(lexed: Lexed, stack: _Stack, k: int) -> bool:
    """Words such as Vietnamese *năm*, five and year: a number at the start and before a scale."""
    if not stack.items or lexed.lexemes[k - 1].has("zero.words"):
        return True
    following = lexed.at(k + 1)
    return following is not None and following.has("multiplier") and lexed.near(k, k + 1)


def _short(lexed: Lexed, k: int) -> int | None:
    """A letter for a power of ten stands right behind digits, and is no unit there."""
    lexeme = lexed.lexemes[k]
    factor = lexeme.get("short")
    if factor is None or (lexeme.has("unit") and not _is_money(lexed, k - 1)):
        return None
    return int(factor)


def _is_money(lexed: Lexed, k: int) -> bool:
    return (k > 0 and lexed.lexemes[k - 1].has("currency") and lexed.near(k - 1, k)) or (
        (following := lexed.at(k + 2)) is not None
        and following.has("currency")
        and lexed.near(k + 1, k + 2)
    )


def _joins(lexed: Lexed, lexeme: Lexeme, stack: _Stack, k: int) -> bool:
    if not lexeme.has("glue.and"):
        return False
    following = lexed.at(k + 1)
    if following is None or not lexed.near(k, k + 1) or following.has("digits"):
        return False
    unit_first = lexed.lexicon.writing.get("unit_first")
    value = following.get("cardinal")
    if value is None:
        value = following.get("implied")
    if value is None:
        return False
    if unit_first and 20 <= value < 100 and 0 < stack.items[-1].value < 10:
        return True
    return bool(0 < value < stack.items[-1].grain)


def _trim_joiners(lexed: Lexed, first: int, k: int) -> int:
    while k - 1 > first and not lexed.lexemes[k - 1].has(*_NUMERIC, "after"):
        k -= 1
    return k


def _after(lexed: Lexed, k: int) -> Fraction | None:
    """A half or quarter that is added to the number before it: *two and a half*."""
    lexeme = lexed.at(k)
    if lexeme is None or k == 0 or not lexed.near(k - 1, k):
        return None
    value = lexeme.get("after")
    return value if isinstance(value, Fraction) else None


def _with_half(stack: _Stack, half: Fraction) -> Number:
    """*two million and a half*: the half is one of the last power of ten."""
    value, _ = stack.total()
    grain = stack.items[-1].grain
    return value + half * grain, grain / 10


def _decimals(lexed: Lexed, number: Number, k: int) -> tuple[Number, int]:
    digits = []
    position = k + 1
    while (lexeme := lexed.at(position)) is not None and lexed.near(position - 1, position):
        value = lexeme.get("cardinal")
        if value is None or not 0 <= value <= 9:
            break
        digits.append(value)
        position += 1
    if not digits:
        return number, k
    step = Fraction(1, 10 ** len(digits))
    value = number[0] + int("".join(map(str, digits))) * step
    scale = lexed.at(position)
    if scale is not None and scale.has("multiplier") and lexed.near(position - 1, position):
        factor = int(scale.get("multiplier") or 1)
        return (value * factor, step * factor), position + 1
    return (value, step), position
