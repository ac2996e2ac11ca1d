"""Times of day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mtcheck.values.lexing import Lexed
from mtcheck.values.model import Kind, Moment
from mtcheck.values.numerals import read_numeral

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})")


@dataclass(frozen=True, slots=True)
class Found:
    """A date or time at some lexemes.

    Attributes:
        first: Index of the first lexeme.
        last: One past the index of the last.
        kind: What it is.
        readings: Its readings, the likeliest first.
        end: Last offset, where digits behind the last lexeme belong to it; or -1.
    """

    first: int
    last: int
    kind: Kind
    readings: tuple[Moment, ...]
    end: int = -1


def past(lexed: Lexed, k: int, end: int) -> int:
    """Index of the first lexeme from here that begins at an offset or behind it."""
    while k < len(lexed.lexemes) and lexed.lexemes[k].start < end:
        k += 1
    return k


def read_clock(lexed: Lexed, k: int) -> Found | None:
    """The time of day that begins at a lexeme, or ``None``."""
    first = k
    half = 0  # 1 before noon, 2 after noon
    announced = False
    lexeme = lexed.lexemes[k]
    if lexeme.has("time.am_before", "time.pm_before"):
        half = 1 if lexeme.has("time.am_before") else 2
        k += 1
    elif lexeme.has("time.before"):
        announced = True
        k += 1
    if k > first and (k >= len(lexed.lexemes) or not lexed.near(k - 1, k)):
        return None
    lexeme = lexed.lexemes[k]
    hour, minute, k, exact = _hour(lexed, k, announced=announced)
    if hour is None:
        return None
    suffix = _half_of_day(lexed, k)
    if suffix:
        half = suffix
        k += 1
    zone = lexed.at(k)
    offset = None
    if zone is not None and lexed.near(k - 1, k) and zone.has("zone"):
        offset = zone.get("zone")
        k += 1
    if not (exact or half or announced or offset is not None):
        return None
    if hour > 24 or minute > 59:
        return None
    readings = tuple(
        Moment(minute=value % 1440, offset=offset) for value in _minutes(hour, minute, half)
    )
    return Found(first, k, Kind.TIME, readings)


def _hour(lexed: Lexed, k: int, *, announced: bool) -> tuple[int | None, int, int, bool]:
    """Hour, minute, next lexeme, and whether the form alone says that it is a time."""
    lexeme = lexed.lexemes[k]
    match = _CLOCK.match(lexed.folded, lexeme.start) if lexeme.has("digits") else None
    if match is not None and not match.group(3):
        last = past(lexed, k, match.end())
        return int(match.group(1)), int(match.group(2)), last, True
    dotted = _DOTTED.fullmatch(lexeme.text) if lexeme.has("digits") else None
    if dotted is not None:
        following = lexed.at(k + 1)
        told = announced or (
            following is not None
            and lexed.near(k, k + 1)
            and following.has("time.am", "time.pm", "zone", "time.after")
        )
        if told:
            skip = following is not None and lexed.near(k, k + 1) and following.has("time.after")
            return int(dotted.group(1)), int(dotted.group(2)), k + (2 if skip else 1), True
        return None, 0, k, False
    numeral = read_numeral(lexed, k)
    ordinal = lexeme.get("ordinal") if announced else None
    if numeral is None and ordinal is None:
        return None, 0, k, False
    if numeral is not None:
        value, step = numeral.numbers[0]
        if value.denominator != 1 or step != 1 or numeral.scaled:
            return None, 0, k, False
        hour, k = int(value), numeral.last
    else:
        hour, k = int(ordinal or 0), k + 1
    after = lexed.at(k)
    if after is None or not after.has("time.after") or not lexed.near(k - 1, k):
        return hour, 0, k, False
    spaced = after.has("unit") and not lexed.touching(k - 1, k)
    if spaced and not announced and not _half_of_day(lexed, k + 1):
        # "3 hours" and "3 o'clock" are one word in many languages: a part of day must decide.
        return None, 0, k, False
    k += 1
    minute = read_numeral(lexed, k) if lexed.near(k - 1, k) else None
    if minute is not None and 0 <= minute.numbers[0][0] < 60 and minute.numbers[0][1] == 1:
        word = lexed.at(minute.last)
        told = (
            word is not None
            and word.has("time.minute")
            and lexed.near(minute.last - 1, minute.last)
        )
        if told or lexed.touching(k - 1, k):
            return hour, int(minute.numbers[0][0]), minute.last + told, True
    half = lexed.at(k)
    if half is not None and half.has("time.half") and lexed.touching(k - 1, k):
        return hour, 30, k + 1, True
    return hour, 0, k, not after.has("unit")


def _half_of_day(lexed: Lexed, k: int) -> int:
    lexeme = lexed.at(k)
    if lexeme is None or not lexed.near(k - 1, k):
        return 0
    if lexeme.has("time.am"):
        return 1
    return 2 if lexeme.has("time.pm") else 0


def _minutes(hour: int, minute: int, half: int) -> list[int]:
    value = hour * 60 + minute
    if half == 1:
        return [value - 720 if hour == 12 else value]
    if half == 2:
        return [value + 720] if hour < 12 else [value, value + 720] if hour == 12 else [value]
    return [value, value + 720] if hour <= 12 else [value]
