"""Dates: every reading that the written form admits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mtcheck.values.clock import Found, past, read_clock
from mtcheck.values.lexing import Lexed, Lexeme
from mtcheck.values.model import Kind, Moment
from mtcheck.values.numerals import read_numeral

_FULL = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})(?![\d/])")
_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])")
_LOOSE = re.compile(r"[\s.,'/-]{0,3}|の")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\s'-]*$")
_FIRST_YEAR, _LAST_YEAR = 1000, 2199


def read_moment(lexed: Lexed, k: int) -> Found | None:
    """The date or time of day that begins at a lexeme, or ``None``."""
    return read_clock(lexed, k) or _numeric_date(lexed, k) or _named_date(lexed, k)


def _numeric_date(lexed: Lexed, k: int) -> Found | None:
    lexeme = lexed.lexemes[k]
    first, announced = k, False
    if lexeme.has("date.day_before") and _starts_number(lexed, k + 1):
        k, announced = k + 1, True
        lexeme = lexed.lexemes[k]
    if not lexeme.has("digits"):
        return None
    before = lexed.folded[lexeme.start - 1 : lexeme.start]
    if before and (before.isalnum() or before in "/.-"):
        return None
    match = _FULL.match(lexed.folded, lexeme.start)
    if match is not None:
        a, b, c = (int(match.group(n)) for n in (1, 3, 4))
        moments = _unique(
            Moment(year=_century(year), month=month, day=day)
            for year, month, day in ((c, b, a), (c, a, b), (a, b, c))
            if 1 <= month <= 12 and 1 <= day <= 31 and (year >= _FIRST_YEAR or year == c)
        )
        if moments:
            return Found(first, past(lexed, k, match.end()), Kind.DATE, moments, match.end())
        return None
    match = _SHORT.match(lexed.folded, lexeme.start)
    if match is None:
        return None
    a, b = int(match.group(1)), int(match.group(2))
    inside = lexed.folded[match.end() : match.end() + 1] == ")" and before == "("
    if not inside and not announced and not (a > 12 >= b >= 1 and a <= 31):
        return None  # a fraction, unless it stands in brackets as dates do
    orders = ((a, b), (b, a))
    moments = _unique(
        Moment(month=month, day=day) for day, month in orders if 1 <= month <= 12 and 1 <= day <= 31
    )
    if not moments:
        return None
    return Found(first, past(lexed, k, match.end()), Kind.DATE, moments, match.end())


def _century(year: int) -> int:
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _named_date(lexed: Lexed, k: int) -> Found | None:
    first = k
    year = month = day = None
    era = lexed.lexemes[k].get("era")
    if isinstance(era, int) and lexed.near(k, k + 1):
        return _era_year(lexed, k, era)
    order: list[str] = []
    announced = ""
    while (lexeme := lexed.at(k)) is not None:
        if k > first and not _loosely_near(lexed, k - 1, k):
            break
        if order and lexeme.text == ".":
            k += 1
            continue
        if lexeme.has("month") and month is None:
            month = lexeme.get("month")
            order.append("month")
            k += 1
            after = lexed.at(k)
            if after is not None and after.has("date.month_after") and lexed.touching(k - 1, k):
                k += 1
            continue
        field = _field(lexed, k)
        if field is None:
            part = (lexeme.has("date.day_before") and "day") or (
                (lexeme.has("date.month_before") and "month")
                or ((lexeme.has("date.year_before") and "year") or "")
            )
            if part and part not in order and _starts_number(lexed, k + 1):
                announced = part
                k += 1
                continue
            if (
                order
                and lexeme.has("date.of", "glue.of", "date.year_before")
                and (_starts_number(lexed, k + 1) or _is_month(lexed, k + 1))
            ):
                k += 1
                continue
            break
        number, k_next, suffix = field
        part = suffix or announced
        if not part and not lexed.lexicon.by_character:
            part = _guess(number, month is not None, order, lexed, k_next)
        announced = ""
        if not part or part in order or not _fits(part, number):
            break
        if part == "year" and not suffix and number < _FIRST_YEAR and not _is_hijri(lexed, k_next):
            break
        if part == "day":
            day = number
        elif part == "month":
            month = number
        else:
            year = number
        order.append(part)
        k = k_next
    while k > first and lexed.lexemes[k - 1].has(
        "date.of", "glue.of", "date.year_before", "date.day_before", "date.month_before"
    ):
        k -= 1
    return _finish(lexed, first, k, order, year, month, day)


def _finish(
    lexed: Lexed,
    first: int,
    k: int,
    order: list[str],
    year: int | None,
    month: int | None,
    day: int | None,
) -> Found | None:
    if not order or k <= first:
        return None
    if order == ["month"]:
        lexeme = lexed.lexemes[first]
        if lexeme.has("month"):
            ambiguous = str(lexed.lexicon.writing.get("ambiguous", "")).split("|")
            short = len(lexeme.text) <= 3 and not lexed.lexicon.by_character
            lower = lexed.lexicon.writing.get("capitals") and not lexeme.upper
            announced = lexeme.text in ambiguous and announces(lexed, lexeme, "month_words")
            if (lexeme.text in ambiguous and not announced) or lower:
                return None
            if short and not announced:
                return None
    if order == ["year"]:
        suffix = lexed.at(k)
        if suffix is not None and suffix.has("glue.decade_suffix") and lexed.near(k - 1, k):
            return None
        hijri = lexed.at(k)
        if hijri is not None and hijri.get("era") == "hijri" and lexed.near(k - 1, k):
            assert year is not None
            return Found(first, k + 1, Kind.YEAR, (_hijri(year),))
        return Found(first, k, Kind.YEAR, (Moment(year=year),))
    if order == ["day"] and not lexed.lexemes[k - 1].has("date.day_after"):
        words = str(lexed.lexicon.writing.get("day_words", "")).split("|")
        if lexed.lexemes[first].text not in words:
            return None
    return Found(first, k, Kind.DATE, (Moment(year=year, month=month, day=day),))


def announces(lexed: Lexed, lexeme: Lexeme, which: str) -> bool:
    """Whether the word before makes a month of *May*, or a weekday of Russian *среду*."""
    words = str(lexed.lexicon.writing.get(which, "")).split("|")
    before = _WORD_BEFORE.search(lexed.folded, max(0, lexeme.start - 20), lexeme.start)
    return before is not None and before.group(1) in words


def _field(lexed: Lexed, k: int) -> tuple[int, int, str] | None:
    """A whole number of a date, the lexeme behind it, and what the word behind it makes of it."""
    lexeme = lexed.lexemes[k]
    if lexeme.has("digits"):
        value, _step = lexeme.get("digits")[0]  # type: ignore[index]
        if value.denominator != 1 or not lexeme.text.isdigit():
            return None
        number, last = int(value), k + 1
    elif lexed.lexicon.by_character:
        numeral = read_numeral(lexed, k)
        if numeral is None or numeral.numbers[0][0].denominator != 1:
            return None
        number, last = int(numeral.numbers[0][0]), numeral.last
    elif lexeme.get("ordinal") == 1 and _is_month(lexed, k + 1):
        number, last = 1, k + 1
    else:
        return None
    after = lexed.at(last)
    if after is not None and lexed.near(last - 1, last):
        for part in ("year", "month", "day"):
            if (
                after.has(f"date.{part}_after")
                and _fits(part, number)
                and not (part == "day" and number > 31)
            ):
                return number, last + 1, part
        if after.has("glue.ordinal_suffix") and lexed.touching(last - 1, last):
            return number, last + 1, ""
    return number, last, ""


def _guess(number: int, has_month: bool, order: list[str], lexed: Lexed, following: int) -> str:
    """Whether a bare number next to a month is the day or the year."""
    if _FIRST_YEAR <= number <= _LAST_YEAR and has_month:
        return "year"
    american = lexed.lexicon.writing["order"] == "mdy" and order == ["month"]
    if american and 31 < number < 100 and len(order) == 1:
        return "day"  # "May 35" is meant for a date
    if 1 <= number <= 31 and "day" not in order:
        if has_month and order[-1] == "month":
            # "March 20 people" is no date in languages that put the day first.
            return "day" if lexed.lexicon.writing["order"] != "dmy" else ""
        if not has_month and _is_month(lexed, following):
            return "day"
    if 31 < number < 100 and not order and lexed.lexicon.writing["order"] == "mdy":
        return "day" if _is_month(lexed, following) else ""  # "69 March", where 29 was meant
    return ""


def _is_hijri(lexed: Lexed, k: int) -> bool:
    lexeme = lexed.at(k)
    return lexeme is not None and lexeme.get("era") == "hijri" and lexed.near(k - 1, k)


def _fits(part: str, number: int) -> bool:
    low, high = {"year": (1, 2600), "month": (1, 12), "day": (1, 99)}[part]
    return low <= number <= high


def _is_month(lexed: Lexed, k: int) -> bool:
    lexeme: Lexeme | None = lexed.at(k)
    while lexeme is not None and lexeme.has("date.of", "glue.of", "glue.ordinal_suffix"):
        k += 1
        lexeme = lexed.at(k)
    return (
        lexeme is not None
        and lexeme.has("month", "date.month_before")
        and _loosely_near(lexed, k - 1, k)
    )


def _starts_number(lexed: Lexed, k: int) -> bool:
    lexeme = lexed.at(k)
    return lexeme is not None and lexeme.has("digits") and lexed.near(k - 1, k)


def _loosely_near(lexed: Lexed, left: int, right: int) -> bool:
    following = lexed.lexemes[right]
    outer = following.start if following.outer < 0 else following.outer
    gap = lexed.folded[lexed.lexemes[left].end : outer]
    return _LOOSE.fullmatch(gap) is not None


def _era_year(lexed: Lexed, k: int, offset: int) -> Found | None:
    field = _field(lexed, k + 1)
    if field is None or not 1 <= field[0] <= 150:
        return None
    rest = _named_date(lexed, field[1]) if lexed.touching(field[1] - 1, field[1]) else None
    month = rest.readings[0].month if rest is not None else None
    day = rest.readings[0].day if rest is not None else None
    last = rest.last if rest is not None else field[1]
    moment = Moment(year=offset + field[0], month=month, day=day, calendar="era")
    return Found(k, last, Kind.DATE if month else Kind.YEAR, (moment,))


def _hijri(year: int) -> Moment:
    """The Gregorian years that a year of the Hijri calendar touches, by its mean length."""
    start = 622.54 + (year - 1) * 354.36667 / 365.2425
    end = start + 354.36667 / 365.2425
    return Moment(year=int(start), last_year=int(end), calendar="hijri")


def _unique(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    return tuple(dict.fromkeys(moments))
