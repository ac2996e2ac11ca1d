"""Which value of the source stands for which of the translation, and which stands for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side
from mtcheck.values.agreement import agree, dimension, same_number
from mtcheck.values.assignment import assign
from mtcheck.values.lexicon import fold
from mtcheck.values.model import Amount, Kind, Moment, Value
from mtcheck.values.reader import read_values

LINKED = 0.3
"""Two-way link probability from which two numbers that differ stand for each other."""

_STRONG = 0.5  # link probability from which a repeated number is taken for a wrong one
_FREE = 0.35  # link probability below which a number has no counterpart at all
_MOST_TERMS = 20  # the greatest denominator of a fraction that is told as one in so many
_REACH = 2  # blocks before and behind in which a moved value is looked for
_SEPARATORS = re.compile(r"(?<=\d)[\s.,'،]{1,2}(?=\d{3})")
_GROUPED = re.compile(r"\d+|\d{1,3}(?:[\s.,'،]\d{3})+")
_NEVER = 1e6
_UNPAIRED = 2.0  # dearer than any pair, cheaper than two doubtful conversions for a certain one
_DATES = frozenset({Kind.DATE, Kind.YEAR, Kind.WEEKDAY})


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A value in its block.

    Attributes:
        value: The value; the ends of a range are items of their own.
        whole: The range or score it is an end of, or the value itself.
        block: Number of its block.
        tokens: Its rows or columns of the block's grid.
    """

    value: Value
    whole: Value
    block: int
    tokens: range


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values that stand for each other.

    Attributes:
        source: The value of the source.
        target: The value of the translation.
        link: Greatest link probability between their words, in [0, 1].
        alone: No other value of either side could be meant.
    """

    source: Item
    target: Item
    link: float
    alone: bool


@dataclass(frozen=True, slots=True)
class ValueMatches:
    """The values of an article, matched.

    Attributes:
        agreed: Pairs that say the same.
        differing: Pairs that stand for each other and say different things.
        omitted: Values of the source without a counterpart.
        added: Values of the translation without a counterpart.
    """

    agreed: tuple[Pair, ...]
    differing: tuple[Pair, ...]
    omitted: tuple[Item, ...]
    added: tuple[Item, ...]


def match_values(alignment: Alignment) -> ValueMatches:
    """Match the values of both sides inside aligned blocks.

    Values that agree are paired first, at the least total cost, where the word links and the
    order decide between equals. What is left over is paired where the words are linked, or
    where one value of the same sort is left over on either side.

    Args:
        alignment: Both sides with their word links.
    """
    source = _items(alignment.source, alignment, of_source=True)
    target = _items(alignment.target, alignment, of_source=False)
    agreed: list[Pair] = []
    rest: list[tuple[Block, list[Item], list[Item]]] = []
    for number, block in enumerate(alignment.blocks):
        rows = [item for item in source if item.block == number]
        columns = [item for item in target if item.block == number]
        pairs, rows_left, columns_left = _agreeing(block, rows, columns)
        agreed.extend(pairs)
        opened, opposite = rows_left, columns_left
        if not any(item.value.kind is Kind.DATE for item in (*rows_left, *columns_left)):
            opened = _opened(alignment.source, block.source_tokens, rows_left)
            opposite = _opened(alignment.target, block.target_tokens, columns_left)
        if len(opened) > len(rows_left) or len(opposite) > len(columns_left):
            pairs, opened, opposite = _agreeing(block, opened, opposite)
            if pairs:
                agreed.extend(pairs)
                rows_left, columns_left = opened, opposite
        rest.append((block, rows_left, columns_left))
    matched = {id(item) for pair in agreed for item in (pair.source, pair.target)}
    differing: list[Pair] = []
    omitted: list[Item] = []
    added: list[Item] = []
    for number, (block, rows, columns) in enumerate(rest):
        near_source = _within(source, number)
        near_target = _within(target, number)
        told = {id(i) for i in rows if _is_explained(i, near_target, matched)}
        told |= {id(i) for i in columns if _is_explained(i, near_source, matched)}
        if not block.source or not block.target:
            continue
        copied = _copied(alignment.target, block.target, rows)
        copied |= _copied(alignment.source, block.source, columns)
        left = [item for item in rows if id(item) not in copied]
        right = [item for item in columns if id(item) not in copied]
        pairs = _differing(block, left, right, told)
        pairs += _overruled(block, [p for p in agreed if p.source.block == number], right)
        differing.extend(pairs)
        told |= {id(i) for i in left if any(agree(i.value, o.value) for o in near_target)}
        told |= {id(i) for i in right if any(agree(i.value, o.value) for o in near_source)}
        taken = {id(p.source) for p in pairs} | {id(p.target) for p in pairs} | told
        omitted.extend(_lone(block, [i for i in left if id(i) not in taken], of_source=True))
        added.extend(_lone(block, [i for i in right if id(i) not in taken], of_source=False))
    return ValueMatches(
        agreed=tuple(agreed),
        differing=tuple(differing),
        omitted=tuple(omitted),
        added=tuple(added),
    )


def _items(side: Side, alignment: Alignment, *, of_source: bool) -> list[Item]:
    home = alignment.block_of_source if of_source else alignment.block_of_target
    numbers = {id(block): n for n, block in enumerate(alignment.blocks)}
    found = []
    for whole in read_values(side.text, side.lang):
        if whole.kind is Kind.RELATIVE_DATE:
            continue
        paired = whole.kind in {Kind.RANGE, Kind.SCORE}
        for value in whole.parts if paired else (whole,):
            block = home(value.span.start)
            if block is None:
                continue
            base = (block.source_tokens if of_source else block.target_tokens).start
            size = len(block.source_tokens if of_source else block.target_tokens)
            inside = side.tokens_in(value.numeral or value.span)
            tokens = range(max(0, inside.start - base), min(size, inside.stop - base))
            found.append(Item(value, whole, numbers[id(block)], tokens))
    return found


def _opened(side: Side, block: range, items: list[Item]) -> list[Item]:
    """Items with the fractions among them replaced by their two numbers."""
    found = []
    for item in items:
        if item.value.kind is not Kind.FRACTION:
            found.append(item)
            continue
        for part in item.value.parts or _terms(item.value):
            inside = side.tokens_in(part.span)
            tokens = range(
                max(0, inside.start - block.start), min(len(block), inside.stop - block.start)
            )
            found.append(Item(part, item.whole, item.block, tokens))
    return found


def _terms(value: Value) -> tuple[Value, ...]:
    """Both numbers of a fraction in words: a fifth may be told as *one in five*."""
    reading = value.readings[0]
    if not isinstance(reading, Amount) or reading.low.denominator > _MOST_TERMS:
        return (value,)
    return tuple(
        replace(
            value,
            kind=Kind.CARDINAL,
            readings=(Amount(low=Fraction(n), high=Fraction(n)),),
            weak=value.weak or n == 1,
        )
        for n in (reading.low.numerator, reading.low.denominator)
    )


def _within(items: Sequence[Item], number: int) -> list[Item]:
    return [item for item in items if abs(item.block - number) <= _REACH]


def link(block: Block, source: Item, target: Item) -> float:
    """Greatest link probability between the words of two values."""
    if not source.tokens or not target.tokens:
        return 0.0
    grid = block.links[source.tokens.start : source.tokens.stop]
    return float(grid[:, target.tokens.start : target.tokens.stop].max())


def _best(
    rows: Sequence[Item], columns: Sequence[Item], cost: Callable[[Item, Item], float]
) -> list[tuple[Item, Item]]:
    """Pairs of the cheapest assignment, without those that cost too much."""
    if not rows or not columns:
        return []
    nobody = [_UNPAIRED] * len(rows)
    table = [[*(cost(row, column) for column in columns), *nobody] for row in rows]
    return [
        (rows[k], columns[j])
        for k, j in enumerate(assign(table))
        if j < len(columns) and table[k][j] < _NEVER
    ]


def _agreeing(
    block: Block, rows: list[Item], columns: list[Item]
) -> tuple[list[Pair], list[Item], list[Item]]:
    def cost(source: Item, target: Item) -> float:
        if not agree(source.value, target.value):
            return _NEVER
        if _loose(source.value) != _loose(target.value) and link(block, source, target) < _FREE:
            return _NEVER
        order = abs(
            (source.tokens.start + 1) / (len(block.source_tokens) + 1)
            - (target.tokens.start + 1) / (len(block.target_tokens) + 1)
        )
        loose = 0.0 if same_number(source.value, target.value) else 0.5
        weak = 0.3 * (source.value.weak != target.value.weak)
        return 1.0 - link(block, source, target) + 0.2 * order + loose + weak

    chosen = _best(rows, columns, cost)
    taken = {id(item) for pair in chosen for item in pair}
    pairs = [Pair(a, b, link(block, a, b), alone=False) for a, b in chosen]
    return (
        pairs,
        [item for item in rows if id(item) not in taken],
        [item for item in columns if id(item) not in taken],
    )


def _copied(side: Side, sentences: Sequence[int], items: Sequence[Item]) -> set[int]:
    """Items whose digits stand on the other side with other spaces or marks: 116 123."""
    text = fold(" ".join(side.sentences[k].span.text for k in sentences))
    runs = set(re.findall(r"\d+", _SEPARATORS.sub("", text)))
    return {
        id(item)
        for item in items
        if item.value.kind in {Kind.CARDINAL, Kind.MEASURE, Kind.MONEY}
        and len(_digits(item.whole)) >= 3
        and _GROUPED.fullmatch(fold(item.whole.span.text))
        and _digits(item.whole) in runs
    }


def _digits(value: Value) -> str:
    return "".join(re.findall(r"\d", fold(value.span.text)))


def _is_explained(item: Item, others: Sequence[Item], matched: set[int]) -> bool:
    """Whether a value stands on the other side, in the block or near it, if only once for two.

    What has an exact counterpart of its own is not taken for a conversion as well: in
    *65 km (40 mi)* the kilometers do not excuse wrong miles.
    """
    return any(
        agree(item.value, other.value)
        and (not _loose(other.value) or _loose(item.value))
        and (id(other) not in matched or same_number(item.value, other.value))
        for other in others
    )


def _sort(value: Value) -> str:
    """Values of one sort may be meant for each other."""
    if value.kind is Kind.WEEKDAY:
        return "weekday"
    first = value.readings[0]
    if isinstance(first, Moment):
        if first.minute is not None:
            return "time"
        return "year" if first.month is None and first.day is None else "date"
    return "number"


def _letters(value: Value) -> str:
    return "".join(c for c in value.span.text.casefold() if c.isalpha())


def _comparable(source: Value, target: Value) -> bool:
    a, b = _sort(source), _sort(target)
    kinds = {source.kind, target.kind}
    if Kind.IDENTIFIER in kinds:
        return kinds == {Kind.IDENTIFIER} and _letters(source) == _letters(target)
    ordered = {Kind.CENTURY, Kind.ORDINAL}
    if kinds & ordered and not kinds <= {*ordered, Kind.CARDINAL}:
        return False
    if kinds & {Kind.YEAR, Kind.DECADE} and (source.in_words or target.in_words):
        return False
    if kinds == {Kind.DATE, Kind.FRACTION}:
        return True  # 61/22 was meant for a date
    years = [_unit(value) == "year" for value in (source, target)]
    if "number" in {a, b} and sum(years) == 1:
        number = target if years[0] else source
        if _sort(number) == "number" and _symbols(number):
            return False  # in 2007, and in five years
    if a == b:
        # A change in basis points is not the level that it led to.
        return "bp" not in _symbols(source) ^ _symbols(target)
    if {a, b} == {"number", "time"}:
        return _has_time(source) and _has_time(target)
    return {a, b} <= {"number", "year"} or {a, b} <= {"date", "year"}


def _has_time(value: Value) -> bool:
    return any(isinstance(r, Moment) and r.minute is not None for r in value.readings)


def _unit(value: Value) -> str:
    first = value.readings[0]
    if value.kind is Kind.CARDINAL and len(value.span.text) == 4 and value.span.text.isdigit():
        return "year"
    if value.kind is Kind.FRACTION and value.parts:
        return "date"
    return dimension(first.unit) if isinstance(first, Amount) else _sort(value)


def _differing(block: Block, rows: list[Item], columns: list[Item], told: set[int]) -> list[Pair]:
    """Pairs of what is left over.

    ``told`` are values that stand elsewhere on the other side, most often a repetition: they
    are paired only with a value that does not, and only by a strong link.
    """
    all_rows = [i for i in rows if not i.value.weak]
    all_columns = [i for i in columns if not i.value.weak]
    strong_rows = [i for i in all_rows if id(i) not in told]
    strong_columns = [i for i in all_columns if id(i) not in told]

    def alone(source: Item, target: Item) -> bool:
        """The only ones left of their dimension on either side."""
        unit = _unit(source.value)
        if unit != _unit(target.value):
            return False
        small = source.value.in_words or target.value.in_words
        if small and not _symbols(source.value) and link(block, source, target) < _FREE:
            return False  # "two 18-year-olds", and "the four young people"
        symbols = _symbols(source.value), _symbols(target.value)
        if all(symbols) and not symbols[0] & symbols[1]:
            return False
        return (
            sum(_unit(i.value) == unit for i in strong_rows) == 1
            and sum(_unit(i.value) == unit for i in strong_columns) == 1
        )

    def repeated(source: Item, target: Item) -> bool:
        """One number twice in the source, once in the translation beside one that is not there."""
        unit = _unit(source.value)
        return (
            id(target) not in told
            and not (source.value.in_words or target.value.in_words)
            and unit == _unit(target.value)
            and not strong_rows
            and len(strong_columns) == 1
            and sum(_unit(i.value) == unit for i in all_rows) == 1
        )

    def cost(source: Item, target: Item) -> float:
        if not _comparable(source.value, target.value):
            return _NEVER
        strength = link(block, source, target)
        n_told = (id(source) in told) + (id(target) in told)
        if n_told:
            lone = n_told == 1 and (strength >= _STRONG or repeated(source, target))
            return 1.5 - strength if lone else _NEVER
        if strength < LINKED and not alone(source, target):
            return _NEVER
        return 1.0 - strength + 0.3 * (_unit(source.value) != _unit(target.value))

    return [
        Pair(a, b, link(block, a, b), alone=alone(a, b))
        for a, b in _best(all_rows, all_columns, cost)
    ]


def _overruled(block: Block, agreed: Sequence[Pair], columns: Sequence[Item]) -> list[Pair]:
    """Wrong values whose right conversion stands beside them: 35 km as *31 km (22 miles)*."""
    found = []
    for pair in agreed:
        if same_number(pair.source.value, pair.target.value) or pair.source.value.weak:
            continue
        for column in columns:
            if (
                not column.value.weak
                and _symbols(column.value) & _symbols(pair.source.value)
                and not agree(pair.source.value, column.value)
                and link(block, pair.source, column) >= LINKED
            ):
                found.append(
                    Pair(pair.source, column, link(block, pair.source, column), alone=False)
                )
                break
    return found


def _loose(value: Value) -> bool:
    """Words that agree with many numbers, or are no number at all: *dozens*, Spanish *segundo*."""
    return value.kind is Kind.VAGUE or (value.kind is Kind.ORDINAL and value.weak)


def _symbols(value: Value) -> set[str]:
    return {r.unit for r in value.readings if isinstance(r, Amount) and r.unit}


def _lone(block: Block, items: list[Item], *, of_source: bool) -> list[Item]:
    """Values without a counterpart; of a range only both ends together, told otherwise if not."""
    found = [item for item in items if _is_free(block, item, of_source=of_source)]
    return [
        item
        for item in found
        if item.whole is item.value
        or sum(other.whole is item.whole for other in found) == len(item.whole.parts)
    ]


def _is_free(block: Block, item: Item, *, of_source: bool) -> bool:
    """Whether no word of the other side is linked to a value's own words."""
    if not item.tokens:
        return False
    part = slice(item.tokens.start, item.tokens.stop)
    grid = block.links[part] if of_source else block.links[:, part]
    return grid.size > 0 and float(grid.max()) < _FREE
